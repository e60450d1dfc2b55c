"""X in the answers of its three APIs, the ways sites embed it, its languages, and what stands in an account's place."""

from __future__ import annotations

from typing import Any

import pytest

from tests.shown_pages import page_of, read_shown

PAGE = "https://x.com/acmecaffe"
API = "https://api.twitter.com/"
USER: dict[str, Any] = {
    "id": 123456, "id_str": "123456", "name": "Acme Caffè", "screen_name": "acmecaffe", "location": "Milano",
    "description": "Torrefazione", "url": "https://t.co/abc", "protected": False, "followers_count": 1234,
    "entities": {"url": {"urls": [{"url": "https://t.co/abc", "expanded_url": "https://acme.example"}]}},
    "friends_count": 56, "statuses_count": 7890, "verified": False, "created_at": "Wed May 23 06:01:13 +0000 2007",
}  # fmt: skip
FIGURES = {"followers": 1234, "following": 56, "posts": 7890}
WHO = {"state": "observed", "name": "Acme Caffè", "handle": "acmecaffe"}


def post(identifier: str, **more: Any) -> dict[str, Any]:
    """A post of the first API."""
    return {"created_at": "Wed Nov 18 06:01:13 +0000 2026", "id_str": identifier, "text": "Ciao", "user": USER} | more


ANSWERS: dict[str, tuple[str, Any, dict[str, Any]]] = {
    "one account": ("1.1/users/show.json?screen_name=acmecaffe", USER | {"status": {"id_str": "1"}}, FIGURES),
    "a list of one": ("1.1/users/lookup.json?screen_name=acmecaffe", [USER], FIGURES | {"website": "https://acme.example"}),
    "its posts": (
        "1.1/statuses/user_timeline.json?screen_name=acmecaffe",
        [post("2000000000000000000"), post("2000000000000000001", retweeted_status={"id_str": "9", "user": USER})],
        FIGURES | {"recent": 2},
    ),
    "second version": (
        "2/users/by?usernames=acmecaffe",
        {"data": [{"id": "123456", "name": "Acme Caffè", "username": "acmecaffe", "verified_type": "business",
                   "public_metrics": {"followers_count": 1234, "following_count": 56, "tweet_count": 7890}}]},
        FIGURES | {"verified": True},
    ),
    "second version without figures": (
        "2/users/by/username/acmecaffe",
        {"data": {"id": "123456", "name": "Acme Caffè", "username": "acmecaffe"}},
        {"followers": None, "posts": None},
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", ANSWERS)
def test_an_answer_of_an_api_is_read(kind: str) -> None:
    """The account alone, in a list, or as the author of its posts."""
    path, answer, figures = ANSWERS[kind]
    expected = WHO | figures
    assert expected == read_shown(API + path, answer, expected)


def test_the_first_api_also_spoke_xml() -> None:
    """The same account, element by element; the post inside it is not the account."""
    answer = (
        '<?xml version="1.0" encoding="UTF-8"?><user><id>123456</id><name>Acme Caffè</name>'
        "<screen_name>acmecaffe</screen_name><url>http://acme.example</url><followers_count>1234</followers_count>"
        "<friends_count>56</friends_count><verified>false</verified><statuses_count>7890</statuses_count>"
        "<status><id>1</id><text>Ciao</text></status></user>"
    )
    expected = WHO | FIGURES | {"website": "http://acme.example", "verified": False}
    assert expected == read_shown(f"{API}1/users/show.xml?screen_name=acmecaffe", answer, expected)


EMBEDDED: dict[str, tuple[str, Any, dict[str, Any]]] = {
    "button": (
        "https://cdn.syndication.twimg.com/widgets/followbutton/info.json?screen_names=acmecaffe",
        [{"id": "123456", "screen_name": "acmecaffe", "name": "Acme Caffè", "followers_count": 1234}],
        {"followers": 1234},
    ),
    "post": (
        "https://cdn.syndication.twimg.com/tweet-result?id=2000000000000000000",
        {"__typename": "Tweet", "id_str": "2000000000000000000", "text": "Ciao",
         "user": {"id_str": "123456", "name": "Acme Caffè", "screen_name": "acmecaffe", "is_blue_verified": True}},
        {"followers": None, "verified": True},
    ),
    "oembed": (
        "https://publish.twitter.com/oembed?url=https://twitter.com/acmecaffe/status/20",
        {"author_name": "Acme Caffè", "author_url": "https://twitter.com/acmecaffe", "version": "1.0", "html": "<p>"},
        {"followers": None},
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", EMBEDDED)
def test_what_sites_embed_names_the_account(kind: str) -> None:
    """Its button has the followers; a post has its author and no figures of the account."""
    address, answer, figures = EMBEDDED[kind]
    expected = WHO | figures
    assert expected == read_shown(address, answer, expected)


ERRORS: dict[str, tuple[Any, int, str]] = {
    "not found": ({"errors": [{"code": 50, "message": "User not found."}]}, 404, "missing"),
    "no match": ({"errors": [{"code": 17, "message": "No user matches for specified terms."}]}, 404, "missing"),
    "suspended": ({"errors": [{"code": 63, "message": "User has been suspended."}]}, 403, "gone"),
    "limit": ({"errors": [{"code": 88, "message": "Rate limit exceeded"}]}, 429, "rate_limited"),
    "first limit": ({"error": "Rate limit exceeded. Clients may not make more than 150 requests"}, 400, "rate_limited"),
    "no key": ({"errors": [{"code": 215, "message": "Bad Authentication data."}]}, 400, "no_credential"),
    "poor key": (
        {"errors": [{"code": 453, "message": "You have access to a subset of endpoints"}]},
        403,
        "no_credential",
    ),
    "closed version": ({"errors": [{"code": 68, "message": "The REST API v1 is no longer active."}]}, 410, "failed"),
    "trouble": ({"errors": [{"code": 130, "message": "Over capacity"}]}, 503, "failed"),
    "protected": ({"request": "/1.1/statuses/user_timeline.json", "error": "Not authorized."}, 401, "private"),
}


@pytest.mark.parametrize("kind", ERRORS)
def test_an_error_of_an_api_is_known_by_its_number(kind: str) -> None:
    """The account, the key, the limit or the API's own trouble."""
    answer, status, state = ERRORS[kind]
    address = f"{API}1.1/statuses/user_timeline.json?screen_name=zz"
    assert {"state": state} == read_shown(address, answer, {"state": state}, status=status)


TITLES = {
    "Acme Caffè (@acmecaffe) / X": "Acme Caffè",
    "(3) Acme Caffè (@acmecaffe) / X": "Acme Caffè",
    "(20+) Acme Caffè (@AcmeCaffe) / Twitter": "Acme Caffè",
    "アクメさん (@acmecaffe) / X": "アクメ",
    "Acme Caffè 님 (@acmecaffe) / 트위터": "Acme Caffè",
    "Acme Caffè (@acmecaffe) | Twitter": "Acme Caffè",
    "Acme (Caffè) (@acmecaffe) su X": "Acme (Caffè)",
    "Acme Caffè (acmecaffe) on Twitter": "Acme Caffè",
}


@pytest.mark.parametrize("title", TITLES)
def test_a_title_has_the_name(title: str) -> None:
    """Without unread messages before it and a word of courtesy behind it."""
    expected = {"state": "observed", "name": TITLES[title]}
    assert expected == read_shown(PAGE, page_of(title=title), expected)


DRAWN = {
    "en": ("74.2K posts", "1,351", "86.4K", (74_200, 1_351, 86_400)),
    "it": ("12,3 mila post", "56", "1,2 Mln", (12_300, 56, 1_200_000)),
    "es": ("1,2 M posts", "56", "12,3 mil", (1_200_000, 56, 12_300)),
    "de": ("1,2 Mio. Posts", "56", "12.345", (1_200_000, 56, 12_345)),
    "fr": ("7 890 posts", "56", "12,3 k", (7_890, 56, 12_300)),
    "pt": ("12,3 mil posts", "56", "1,2 mi", (12_300, 56, 1_200_000)),
    "ja": ("12.3万 件のポスト", "56", "123.4万", (123_000, 56, 1_234_000)),
    "ru": ("7 890 постов", "56", "12,3 тыс.", (7_890, 56, 12_300)),
    "tr": ("7.890 gönderi", "56", "12,3 B", (7_890, 56, 12_300)),
    "ko": ("게시물 7,890개", "56", "1.2만", (7_890, 56, 12_000)),
    "ar": ("٧٬٨٩٠ منشور", "٥٦", "١٢٫٣ ألف", (7_890, 56, 12_300)),
    "pl": ("7890 wpisów", "56", "12,3 tys.", (7_890, 56, 12_300)),
    "id": ("7.890 postingan", "56", "12,3 rb", (7_890, 56, 12_300)),
    "hi": ("7,890 पोस्ट", "56", "12.3 हज़ार", (7_890, 56, 12_300)),
}


@pytest.mark.parametrize("language", DRAWN)
def test_the_drawn_page_is_read_in_its_language(language: str) -> None:
    """Posts, following and followers as the head of the profile shows them."""
    posts, following, followers, (written, followed, followed_by) = DRAWN[language]
    body = (
        f'<h2 dir="ltr"><span>Acme Caffè</span></h2><div dir="ltr">{posts}</div><div data-testid="UserName"><div><span>'
        "Acme Caffè</span></div><div><span>@acmecaffe</span></div></div>"
        f'<a href="/acmecaffe/following"><span>{following}</span></a>'
        f'<a href="/acmecaffe/verified_followers"><span>{followers}</span></a>'
    )
    expected = {"posts": written, "following": followed, "followers": followed_by, "verified": False}
    assert expected == read_shown(PAGE, page_of(body, title="Acme Caffè (@acmecaffe) / X", language=language), expected)


SAID = {
    "gone": (
        "Account suspended", "Account sospeso", "Cuenta suspendida", "Compte suspendu", "Account gesperrt",
        "Conta suspensa", "Учетная запись заблокирована", "アカウントは凍結されています", "Hesap askıya alındı",
        "계정이 일시 정지됨", "تم تعليق الحساب", "खाता निलंबित है", "Konto zawieszone", "Account geschorst",
        "账号已被冻结",
    ),
    "missing": (
        "This account doesn’t exist", "Questo account non esiste", "Esta cuenta no existe", "Ce compte n'existe pas",
        "Dieser Account existiert nicht", "Esta conta não existe", "Эта учетная запись не существует",
        "このアカウントは存在しません", "Bu hesap mevcut değil", "존재하지 않는 계정입니다", "هذا الحساب غير موجود",
        "यह खाता मौजूद नहीं है", "To konto nie istnieje", "Dit account bestaat niet", "此账号不存在", "Akun ini tidak ada",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("state", "words"), [(state, words) for state, all_ in SAID.items() for words in all_])
def test_an_account_that_is_not_there_is_known_in_any_language(state: str, words: str) -> None:
    """Suspended or never there, as the empty profile says it."""
    body = f'<div data-testid="emptyState"><div data-testid="empty_state_header_text"><span>{words}</span></div></div>'
    assert {"state": state} == read_shown(PAGE, page_of(body, title="Profile / X"), {"state": state})


@pytest.mark.parametrize("title", ["Log in to X / X", "X. It’s what’s happening / X", "Iniciar sesión en X / X"])
def test_the_front_page_is_a_login_wall(title: str) -> None:
    """A visitor without an account is sent there: it says nothing of anybody."""
    assert {"state": "login_wall"} == read_shown(PAGE, page_of("<h1>Join</h1>", title=title), {"state": ""})


def test_a_post_is_not_the_account() -> None:
    """The page of a post has its author's title and none of the account's figures."""
    meta = {"og:title": "Acme Caffè (@acmecaffe) on X", "og:type": "article"}
    body = page_of(title='Acme Caffè on X: "Ciao" / X', meta=meta)
    assert {"state": "shell"} == read_shown(f"{PAGE}/status/20", body, {"state": ""})


OTHER_ADDRESSES = {
    "a post of its own": "https://x.com/acmecaffe/status/20",
    "a post of another": "https://twitter.com/borea/status/20",
    "another account": "https://x.com/borea",
    "a search": "https://x.com/search?q=acmecaffe",
}


@pytest.mark.parametrize("kind", OTHER_ADDRESSES)
@pytest.mark.parametrize("place", ["canonical", "og:url"])
def test_a_page_with_an_address_that_is_not_the_accounts_is_not_the_account(kind: str, place: str) -> None:
    """Whatever it was saved as, and whatever kind it says it is or does not say."""
    address = OTHER_ADDRESSES[kind]
    meta = {"og:title": "Acme Caffè (@acmecaffe) on X", "og:description": "We have 5,000 followers"}
    head = f'<link rel="canonical" href="{address}">' if place == "canonical" else ""
    page = page_of(title="Acme Caffè (@acmecaffe) / X", meta=meta | ({place: address} if not head else {}), head=head)
    expected = {"state": "shell", "name": None, "bio": None}
    assert expected == read_shown(PAGE, page, expected)


def test_the_accounts_own_address_is_its_own_in_any_spelling() -> None:
    """Small letters or capitals, the old name of the site, a tab, the account's number."""
    expected = {"state": "observed", "name": "Acme Caffè", "bio": "Coffee"}
    meta = {"og:title": "Acme Caffè (@acmecaffe) on X", "og:description": "Coffee"}
    for path in ("AcmeCaffe", "acmecaffe/with_replies", "i/user/123456"):
        page = page_of(title="Acme Caffè (@acmecaffe) / X", meta=meta | {"og:url": f"https://twitter.com/{path}"})
        assert expected == read_shown(PAGE, page, expected)


@pytest.mark.parametrize(
    "title", ['Acme Caffè on X: "Ciao" / X', "Acme Caffè su X: «Ciao» / X", "アクメさん: 「どうも」 / X"]
)
def test_a_post_is_known_by_its_title_where_it_does_not_say_its_kind(title: str) -> None:
    """It quotes the post."""
    meta = {"og:title": "Acme Caffè (@acmecaffe) on X", "og:description": "Ciao"}
    expected = {"state": "shell", "name": None, "bio": None}
    assert expected == read_shown(PAGE, page_of(title=title, meta=meta), expected)


def test_an_account_that_a_post_names_is_not_its_author() -> None:
    """The post is quoted in the title, with whom it names."""
    title = 'Borea on X: "Thanks to Acme Caffè (@acmecaffe) for the coffee" / X'
    for page in (page_of(title=title), page_of(meta={"og:title": title})):
        expected = {"state": "shell", "name": None}
        assert expected == read_shown(PAGE, page, expected)


@pytest.mark.parametrize("title", ["(@acmecaffe) - Search / X", "acme (@acmecaffe) - Search / X"])
def test_a_search_for_an_account_is_not_the_account(title: str) -> None:
    """Its title has what was looked for, and behind it what the page lists."""
    expected = {"state": "shell", "name": None}
    assert expected == read_shown(PAGE, page_of(title=title), expected)
