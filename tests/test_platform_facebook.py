"""Facebook's pages of twelve years and in its languages: figures, and what stands in the place of a Page."""

from __future__ import annotations

from typing import Any

import pytest

from tests.shown_pages import island, page_of, read_shown

PAGE = "https://www.facebook.com/acmecaffe"
PLUGIN = "https://www.facebook.com/plugins/page.php?href=https%3A%2F%2Fwww.facebook.com%2Facmecaffe&tabs=timeline"
GRAPH = "https://graph.facebook.com/"
META = {"og:title": "Acme Caffè", "og:url": f"{PAGE}/"}

BOXES = {
    "en": ("12,345 people like this", "12,401 people follow this"),
    "it": ("Piace a 12.345 persone", "12.401 persone seguono questa Pagina"),
    "it-2": ("A 12.345 persone piace questo elemento", "Follower: 12.401 persone"),
    "de": ("12.345 Personen gefällt das", "12.401 Personen haben das abonniert"),
    "es": ("A 12.345 personas les gusta esto", "12.401 personas siguen esto"),
    "fr": ("12 345 personnes aiment ça", "12 401 personnes suivent ce lieu"),
    "pt-br": ("12.345 pessoas curtiram isso", "12.401 pessoas estão seguindo isso"),
    "pt": ("12 345 pessoas gostam disto", "12 401 pessoas seguem isto"),
    "nl": ("12.345 mensen vinden dit leuk", "12.401 mensen volgen dit"),
    "ru": ("Нравится 12 345 людям", "Подписаны 12 401 человек"),
    "pl": ("12 345 osób lubi to", "12 401 osób obserwuje to"),
}


@pytest.mark.parametrize("language", BOXES)
def test_the_boxes_of_the_older_desktop_page_are_read(language: str) -> None:
    """A box each for the people who like and who follow the Page."""
    likes, followers = (f'<div class="_4bl9"><div>{text}</div></div>' for text in BOXES[language])
    body = page_of(f"<div>{likes}{followers}</div>", title="Acme Caffè", meta=META, language=language[:2])

    expected = {"likes": 12_345, "followers": 12_401}
    assert expected == read_shown(PAGE, body, expected)


def test_a_long_text_with_the_words_of_a_box_is_none() -> None:
    """What a Page writes of itself is not a figure of its own."""
    text = "In 1961 we began with 12 people. Today 345 people like this place every day, say our neighbours in town."
    body = page_of(f"<div>{text}</div>", title="Acme Caffè", meta=META)

    expected = {"likes": None, "followers": None, "state": "observed"}
    assert expected == read_shown(PAGE, body, expected)


HEADS: dict[str, tuple[str, dict[str, Any]]] = {
    "2015": (
        '<div><h1><a href="https://www.facebook.com/acmecaffe/">Acme Caffè</a></h1><span id="PagesLikesCountDOMID">'
        "<span>12,345 <span>likes</span></span></span></div>",
        {"likes": 12_345, "followers": None},
    ),
    "links": (
        "<div><div><h1>Acme Caffè</h1><div><span>"
        '<a href="https://www.facebook.com/acmecaffe/friends_likes/">1.2K likes</a></span> • <span>'
        '<a href="https://www.facebook.com/acmecaffe/followers/">1.3K followers</a></span></div></div></div>',
        {"likes": 1_200, "followers": 1_300},
    ),
    "without links": (
        "<div><div><div><h1>Acme Caffè</h1></div><div><span>12K likes</span><span> • </span><span>13K followers</span>"
        '</div></div></div><div><a href="https://www.facebook.com/other/">Other</a><span>7,147 followers</span></div>',
        {"likes": 12_000, "followers": 13_000},
    ),
    "phone": (
        '<div><div><div class="f1"><h1>Acme Caffè</h1></div></div><div><div class="f2"><span>12K</span>'
        " <span>likes</span> • <span>12.4K</span> <span>followers</span></div></div></div>",
        {"likes": 12_000, "followers": 12_400},
    ),
    "only others": (
        '<div><h1>Acme Caffè</h1></div><div><a href="https://www.facebook.com/other/">Other</a>'
        "<span>7,147 followers</span></div>",
        {"likes": None, "followers": None},
    ),
}


@pytest.mark.parametrize("layout", HEADS)
def test_the_head_of_a_drawn_page_is_read(layout: str) -> None:
    """The figures below the Page's name; those of related Pages farther down are not its own."""
    body, figures = HEADS[layout]
    expected = {"name": "Acme Caffè"} | figures
    assert expected == read_shown(PAGE, page_of(body, title="Acme Caffè | Milan", meta=META), expected)


def test_a_title_with_the_city_is_told_from_the_name_by_the_headline() -> None:
    """`Name | City` is the title where the headline is the name."""
    meta = META | {"og:title": "Acme Caffè | Milan"}
    expected = {"name": "Acme Caffè"}
    assert expected == read_shown(PAGE, page_of("<h1>Acme Caffè</h1>", title="Acme", meta=meta), expected)


@pytest.mark.parametrize(
    ("language", "text", "field"), [("en", "12,345 likes", "likes"), ("it", "12.345 follower", "followers")]
)
def test_the_plugin_of_a_page_is_read(language: str, text: str, field: str) -> None:
    """The box that sites show of their Page: its name and one figure."""
    link = '<a href="https://www.facebook.com/acmecaffe" title="Acme Caffè">Acme Caffè</a>'
    body = page_of(f"<div><div>{link}<div>{text}</div></div></div>", title="Facebook", language=language)

    expected = {"handle": "acmecaffe", "name": "Acme Caffè", "state": "observed", field: 12_345}
    assert expected == read_shown(PLUGIN, body, expected)


def test_the_card_of_introduction_is_read_beside_the_header() -> None:
    """Website, address and category of the Page stand in a card of the data, the figures in its header."""
    cards = {
        "INTRO_CARD_INFLUENCER_CATEGORY": "Page · Coffee shop",
        "INTRO_CARD_ADDRESS": "Via Roma 1, Milan, Italy",
        "INTRO_CARD_WEBSITE": "acmecaffe.example",
    }
    items = [
        {"timeline_context_list_item_type": kind, "renderer": {"context_item": {"title": {"text": text}}}}
        for kind, text in cards.items()
    ]
    counts = [("12.345 Mi piace", "friends_likes"), ("12.401 follower", "followers")]
    content = [{"text": {"text": text}, "uri": f"{PAGE}/{tab}/"} for text, tab in counts]
    user = {"id": "100064812345678", "name": "Acme Caffè", "url": PAGE, "is_verified": True}
    data = {"user": user | {"profile_social_context": {"content": content}}, "cards": items}
    body = page_of(island({"require": [data]}), title="Acme Caffè", meta=META, language="it")

    expected = {
        "likes": 12_345, "followers": 12_401, "verified": True, "website": "acmecaffe.example",
        "location": "Via Roma 1, Milan, Italy", "category": "Coffee shop",
    }  # fmt: skip
    assert expected == read_shown(PAGE, body, expected)


GRAPH_ANSWERS: dict[str, tuple[str, Any, dict[str, Any]]] = {
    "one field": ("v3.2/acmecaffe?fields=fan_count", {"fan_count": 12_345, "id": "119240841493711"}, {"likes": 12_345}),
    "by ids": (
        "?ids=acmecaffe",
        {"acmecaffe": {"name": "Acme Caffè", "fan_count": 12_345, "id": "119240841493711"}},
        {"likes": 12_345, "name": "Acme Caffè"},
    ),
    "a search with one result": (
        "search?q=acme&type=page",
        {"data": [{"name": "Acme Caffè", "id": "119240841493711", "category": "Cafe"}]},
        {"name": "Acme Caffè", "likes": None},
    ),
    "first version": (
        "acmecaffe",
        {
            "id": "119",
            "name": "Acme Caffè",
            "link": "http://www.facebook.com/acmecaffe",
            "username": "acmecaffe",
            "likes": 97,
        },
        {"likes": 97, "handle": "acmecaffe"},
    ),
}


@pytest.mark.parametrize("kind", GRAPH_ANSWERS)
def test_an_answer_of_the_graph_is_read(kind: str) -> None:
    """A Page alone, by `ids`, or the only one that a search finds."""
    path, answer, figures = GRAPH_ANSWERS[kind]
    expected = {"state": "observed"} | figures
    assert expected == read_shown(GRAPH + path, answer, expected)


GRAPH_REFUSALS: dict[str, tuple[Any, int, str]] = {
    "false": ("false", 200, "missing"),
    "alias": ({"error": {"message": "(#803) Some of the aliases you requested do not exist: zzz"}}, 404, "missing"),
    "limit": ({"error": {"message": "(#4) Application request limit reached", "code": 4}}, 403, "rate_limited"),
    "shares of an address": ({"id": "http://acme.example", "shares": 12}, 200, "shell"),
}


@pytest.mark.parametrize("kind", GRAPH_REFUSALS)
def test_an_answer_of_the_graph_without_a_page_says_why(kind: str) -> None:
    """By its number, also where that stands in the words only."""
    answer, status, state = GRAPH_REFUSALS[kind]
    assert {"state": state} == read_shown(GRAPH + "zzz", answer, {"state": state}, status=status)


LOGIN_TITLES = (
    "Log in to Facebook", "Log into Facebook | Facebook", "Facebook – log in or sign up", "Accedi a Facebook",
    "Facebook: accedi o iscriviti", "Iniciar sesión en Facebook", "Facebook - Entre ou cadastre-se",
    "Facebook – Anmelden oder Registrieren", "Facebook - Connexion ou inscription", "Connexion à Facebook",
    "Facebook'a Giriş Yap", "Войдите на Facebook", "Facebookにログイン", "登录 Facebook", "Facebook에 로그인",
    "تسجيل الدخول إلى فيسبوك", "Zaloguj się do Facebooka", "Aanmelden bij Facebook", "Facebook में लॉग इन करें",
    "Welcome to Facebook - Log In, Sign Up or Learn More", "Facebook – přihlaste se nebo si založte účet",
    "Logga in på Facebook", "Conectează-te la Facebook",
)  # fmt: skip


@pytest.mark.parametrize("title", LOGIN_TITLES)
def test_a_login_page_is_known_in_any_language(title: str) -> None:
    """A page titled as the login is nobody's Page, whatever it describes."""
    meta = {"og:title": title, "og:description": title}
    body = page_of('<form id="login_form"><input type="password" name="pass"></form>', title=title, meta=meta)
    assert {"state": "login_wall"} == read_shown(PAGE, body, {"state": ""})


def test_a_page_named_after_the_login_is_a_page() -> None:
    """A Page may have any name: its own address says that it is one."""
    meta = {
        "og:title": "Facebook Login Help",
        "og:url": PAGE,
        "og:description": "Facebook Login Help. 12 likes. Blogger",
    }
    expected = {"state": "observed", "likes": 12}
    assert expected == read_shown(PAGE, page_of(title="Facebook Login Help", meta=meta), expected)


HIDDEN = (
    "This content isn't available right now", "Questo contenuto non è al momento disponibile",
    "Este contenido no está disponible en este momento", "Ce contenu n’est pas disponible pour le moment",
    "Dieser Inhalt ist momentan nicht verfügbar", "Este conteúdo não está disponível no momento",
    "Deze content is op dit moment niet beschikbaar", "Этот контент сейчас недоступен",
    "Bu içerik şu anda mevcut değil", "このコンテンツは現在ご利用いただけません", "目前無法查看此內容",
    "현재 이 콘텐츠를 이용할 수 없습니다", "هذا المحتوى غير متوفر الآن", "यह कंटेंट फ़िलहाल उपलब्ध नहीं है",
)  # fmt: skip


@pytest.mark.parametrize("words", HIDDEN)
@pytest.mark.parametrize("where", ["drawn", "data"])
def test_a_page_that_is_hidden_is_not_missing(words: str, where: str) -> None:
    """Age, country or deletion, as the page says in any language; drawn, or in its data with escaped letters."""
    body = f"<h2><span>{words}</span></h2>" if where == "drawn" else island({"title": words})
    assert {"state": "private"} == read_shown(PAGE, page_of(body, title="Facebook"), {"state": ""})


REFUSING: dict[str, tuple[str, str, int, str]] = {
    "shell": ("Facebook", "<div></div>", 200, "shell"),
    "trouble": ("Error", "<h1>Sorry, something went wrong.</h1>", 200, "failed"),
    "missing": ("Page Not Found | Facebook", "<h2>Sorry, this page isn't available</h2>", 404, "missing"),
    "missing-it": ("Pagina non trovata", "<h2>Spiacenti</h2>", 404, "missing"),
    "blocked": ("You’re Temporarily Blocked", "", 200, "rate_limited"),
    "old browser": ("Update Your Browser | Facebook", "<p>This browser is not supported.</p>", 200, "challenged"),
}


@pytest.mark.parametrize("kind", REFUSING)
def test_a_page_without_a_page_says_why(kind: str) -> None:
    """The empty shell, trouble, missing, blocked."""
    title, body, status, state = REFUSING[kind]
    assert {"state": state} == read_shown(PAGE, page_of(body, title=title), {"state": state}, status=status)


DATA_HEADS = {
    "it": ('12 mila "Mi piace"', "13.456 follower", 12_000, 13_456),
    "es": ("12 mil Me gusta", "13 mil seguidores", 12_000, 13_000),
    "de": ("12.345 „Gefällt mir“-Angaben", "1,3 Mio. Follower", 12_345, 1_300_000),
    "ja": ("いいね！1.2万件", "フォロワー1.3万人", 12_000, 13_000),
    "ar": ("١٢ ألف تسجيل إعجاب", "١٣ ألف متابع", 12_000, 13_000),
    "ru": ('12 тыс. отметок "Нравится"', "13 тыс. подписчиков", 12_000, 13_000),
}


@pytest.mark.parametrize("language", DATA_HEADS)
def test_the_header_in_the_data_is_read_in_the_pages_language(language: str) -> None:
    """Its texts are those that the page shows."""
    likes, followers, liked, followed = DATA_HEADS[language]
    content = [
        {"text": {"text": likes}, "uri": f"{PAGE}/friends_likes/"},
        {"text": {"text": followers}, "uri": f"{PAGE}/followers/"},
    ]
    user = {"id": "100064812345678", "name": "Acme Caffè", "url": PAGE, "profile_social_context": {"content": content}}
    body = page_of(island({"user": user}), title="Acme Caffè", meta=META, language=language)

    expected = {"likes": liked, "followers": followed}
    assert expected == read_shown(PAGE, body, expected)


NAMES = {
    "Coca-Cola | Facebook": "Coca-Cola",
    "Coca-Cola - Home | Facebook": "Coca-Cola",
    "Coca-Cola - Startseite | Facebook": "Coca-Cola",
    "Acme - Caffè dal 1961 | Facebook": "Acme - Caffè dal 1961",
    "Acme – Fotos | Facebook": "Acme",
}


@pytest.mark.parametrize("title", NAMES)
def test_a_title_is_the_name_without_the_site_and_the_open_tab(title: str) -> None:
    """A hyphen belongs to the name, and a dash too where no tab follows it."""
    expected = {"state": "observed", "name": NAMES[title]}
    assert expected == read_shown(PAGE, page_of(title=title), expected)


def other_page(title: str, address: str, description: str) -> str:
    """What Facebook serves for `address`, with a box of the older layout on it."""
    meta = {"og:title": title, "og:url": address, "og:description": description}
    head = f'<link rel="canonical" href="{address}">'
    return page_of("<div><div>12,345 people like this</div></div>", title=f"{title} | Facebook", meta=meta, head=head)


NOT_THE_PAGE = {
    "another Page's post": ("Borea", "borea/posts/123456", "9,000 likes, 12 comments. We have 10,000 followers now!"),
    "its own post": ("Acme Caffè", "acmecaffe/posts/123456", "345 likes, 12 comments. New opening hours."),
    "group": ("Friends of Acme", "groups/123456", "Friends of Acme has 12,345 members. Talk about coffee"),
    "reel": ("12K views · 345 likes | Coffee | Borea", "reel/123456", "12K views, 345 likes, 3 comments. Coffee"),
    "search": ("acme - Search Results", "search/top/?q=acme", "9,000 likes"),
    "event": ("Tasting at Acme", "events/123456", "9,000 followers"),
}


@pytest.mark.parametrize("kind", NOT_THE_PAGE)
def test_a_page_with_an_address_that_is_no_pages_is_not_the_page(kind: str) -> None:
    """Whatever it was saved as: the address that it gives itself says what it is."""
    title, path, description = NOT_THE_PAGE[kind]
    expected = {"state": "shell", "name": None, "likes": None, "followers": None, "bio": None}
    body = other_page(title, f"https://www.facebook.com/{path}", description)
    assert expected == read_shown(PAGE, body, expected)


@pytest.mark.parametrize("end", ["Search Results", "Risultati della ricerca", "Suchergebnisse"])
def test_a_search_is_not_the_page_that_was_looked_for(end: str) -> None:
    """It gives no address for itself; its title says that it is a search."""
    body = page_of("<div>Acme</div><div>5,000 people like this</div>", title=f"acme - {end} | Facebook")
    expected = {"state": "shell", "name": None, "likes": None}
    assert expected == read_shown(PAGE, body, expected)


FOREIGN_BOXES = {
    "related Page": '<div><div><a href="/borea">Borea</a></div><div>12,345 people like this</div></div>',
    "related Page, flat": '<a href="/acmecaffe/">Acme</a><a href="/borea">Borea</a><div>12,345 people like this</div>',
    "link behind": '<div><div>12,345 people like this</div><a href="https://www.facebook.com/borea/">Borea</a></div>',
    "post": '<div><a href="/acmecaffe/posts/12345">1 h</a><div>12 people like this</div></div>',
    "article": '<div role="article"><div>12 people like this</div></div>',
    "friends": "<div>Anna and 5 people like this</div>",
    "friends, Italian": "<div>Piace ad Anna e ad altre 5 persone</div>",
}


@pytest.mark.parametrize("kind", FOREIGN_BOXES)
def test_a_box_of_somebody_else_is_not_the_pages(kind: str) -> None:
    """A related Page has its figure beside its own link, a post in itself; a sentence with friends counts friends."""
    expected = {"name": "Acme Caffè", "likes": None}
    body = page_of(f"<h1>Acme Caffè</h1><div>{FOREIGN_BOXES[kind]}</div>", title="Acme Caffè", meta=META)
    assert expected == read_shown(PAGE, body, expected)


@pytest.mark.parametrize("words", ["Anna and 5 people like this", "Seguita da Anna e altri 12 follower"])
def test_friends_below_the_name_are_not_its_figures(words: str) -> None:
    """A figure of the head begins its text."""
    expected = {"name": "Acme Caffè", "likes": None, "followers": None}
    body = f"<div><div><h1>Acme Caffè</h1><span>{words}</span></div></div>"
    assert expected == read_shown(PAGE, page_of(body, title="Acme Caffè", meta=META), expected)


def test_the_pages_box_is_read_beside_a_related_pages() -> None:
    """Each stands beside the link to its Page, whichever comes first."""
    related = '<div><a href="/borea">Borea</a><div>99 people like this</div></div>'
    own = '<div><a href="/acmecaffe/community/">See all</a><div>12,345 people like this</div></div>'
    expected = {"likes": 12_345}
    for body in (related + own, own + related):
        page = page_of(f"<div>{body}</div>", title="Acme Caffè", meta=META)
        assert expected == read_shown(PAGE, page, expected)


def test_friends_in_a_link_to_a_list_are_not_its_number() -> None:
    """The list's own number stands alone with its word."""
    friends = (
        '<a href="/acmecaffe/friends_likes/">Anna and 3 other friends</a>'
        '<a href="/acmecaffe/followers/">Followed by Anna and 12 others</a>'
    )
    expected = {"likes": None, "followers": None}
    assert expected == read_shown(PAGE, page_of(friends, title="Acme Caffè", meta=META), expected)

    lists = '<a href="/acmecaffe/friends_likes/">1,234 likes</a><a href="/acmecaffe/followers/">1.3K followers</a>'
    expected_beside = {"likes": 1_234, "followers": 1_300}
    assert expected_beside == read_shown(PAGE, page_of(friends + lists, title="Acme Caffè", meta=META), expected_beside)


def test_friends_in_the_header_of_the_data_are_not_its_figures() -> None:
    """As on the drawn page."""
    content = [
        {"text": {"text": "Anna and 3 other friends"}, "uri": f"{PAGE}/friends_likes/"},
        {"text": {"text": "Followed by Anna and 12 others"}, "uri": f"{PAGE}/followers/"},
        {"text": {"text": "45 following"}, "uri": f"{PAGE}/following/"},
    ]
    user = {"id": "100064812345678", "name": "Acme Caffè", "url": PAGE, "profile_social_context": {"content": content}}
    expected = {"likes": None, "followers": None, "following": 45}
    assert expected == read_shown(PAGE, page_of(island({"user": user}), title="Acme", meta=META), expected)


OWN_WORDS = (
    "Acme Caffè. Thanks for 10,000 followers on Instagram!", "Acme Caffè. 10,000 followers on Instagram. Thanks",
    "Acme Caffè. Now 10,000 followers strong", "Acme Caffè. 10,000 followers! Thank you",
    "Acme Caffè, Milan. We collect 500 likes a day. Coffee",
)  # fmt: skip


@pytest.mark.parametrize("description", OWN_WORDS)
def test_figures_in_the_pages_own_words_are_not_its_own(description: str) -> None:
    """Facebook's sentence is a number and its word, nothing before and nothing behind."""
    expected = {"state": "observed", "likes": None, "followers": None}
    meta = META | {"og:description": description}
    assert expected == read_shown(PAGE, page_of(title="Acme Caffè", meta=meta), expected)
