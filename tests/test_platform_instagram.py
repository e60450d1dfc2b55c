"""Instagram's drawn profiles, the answers of its interfaces through the years, and its walls in many languages."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.shown_pages import island, page_of, read_shown

DATA = "<script>window._sharedData = {};</script>"
PAGE = "https://www.instagram.com/acmecaffe/"
TITLE = "Acme Caffè (@acmecaffe) • Instagram photos and videos"
SENTENCE = "2,362 Followers, 136 Following, 224 Posts - See Instagram photos and videos from Acme (@acmecaffe)"
FIGURES = {"followers": 2362, "following": 136, "posts": 224}

TITLES = {
    "Acme Caffè (@acmecaffe) • Foto e video di Instagram": "Acme Caffè",
    "@acmecaffe • Instagram photos and videos": None,
    "Acme Caffè(@acmecaffe) • Instagram写真と動画": "Acme Caffè",
    "Acme Caffè | Coffee (@acmecaffe) • Fotos y videos de Instagram": "Acme Caffè | Coffee",
    "(2) Acme Caffè (@acmecaffe) • Instagram": "(2) Acme Caffè",
    "Acme (@borea) Caffè (@acmecaffe) • Instagram": "Acme (@borea) Caffè",
}


@pytest.mark.parametrize("title", TITLES)
def test_a_title_has_the_name(title: str) -> None:
    """Before the account's handle, which is the last one in it."""
    page = page_of(title=title, meta={"og:title": title, "og:url": PAGE, "og:description": SENTENCE})
    expected = {"state": "observed", "handle": "acmecaffe", "name": TITLES[title], "followers": 2362}
    assert expected == read_shown(PAGE, page, expected)


def test_unread_messages_are_left_out_of_the_name() -> None:
    """A browser shows their number before the page's own title, and never in what is for sharing."""
    title = "(2) Acme Caffè (@acmecaffe) • Instagram"
    page = page_of(title=title, meta={"og:url": PAGE, "og:description": SENTENCE})
    expected = {"state": "observed", "handle": "acmecaffe", "name": "Acme Caffè", "followers": 2362}
    assert expected == read_shown(PAGE, page, expected)


HEADS = {
    "en": ("224", " posts", "2,362", " followers", "2,362", "136", " following", FIGURES),
    "en, rounded": (
        "1,224", " posts", "12.3K", " followers", "12,345", "136", " following",
        {"followers": 12_345, "following": 136, "posts": 1224},
    ),
    "it": (
        "1.224", " post", "12,3 mila", " follower", "12.345", "136", " seguiti",
        {"followers": 12_345, "following": 136, "posts": 1224},
    ),
    "de": ("224", " Beiträge", "2.362", " Follower", "2.362", "136", " gefolgt", FIGURES),
    "fr": ("224", " publications", "2 362", " followers", "2 362", "136", " suivi(e)s", FIGURES),
    "ja": ("投稿", "224件", "フォロワー", "2,362人", "", "フォロー中", "136人", FIGURES),
}  # fmt: skip


@pytest.mark.parametrize("language", HEADS)
def test_the_head_of_a_drawn_profile_is_read(language: str) -> None:
    """Three figures with their words; of rounded followers the whole number that the page keeps."""
    one, word, two, followers, whole, three, following, figures = HEADS[language]
    body = (
        f"<main><header><h2>acmecaffe</h2><ul><li><span>{one}</span>{word}</li>"
        f'<li><a href="/acmecaffe/followers/"><span title="{whole}">{two}</span>{followers}</a></li>'
        f'<li><a href="/acmecaffe/following/"><span>{three}</span>{following}</a></li></ul></header></main>'
    )
    assert figures == read_shown(PAGE, page_of(body, title=TITLE, language=language[:2]), figures)


USER: dict[str, Any] = {
    "username": "acmecaffe", "full_name": "Acme Caffè", "external_url": "https://acme.example/", "is_verified": False,
}  # fmt: skip
EDGES = USER | {
    "edge_followed_by": {"count": 2362}, "edge_follow": {"count": 136}, "edge_owner_to_timeline_media": {"count": 224},
}  # fmt: skip
COUNTS = USER | {"pk": 123, "follower_count": 2362, "following_count": 136, "media_count": 224}
FIRST = USER | {"followed_by": {"count": 2362}, "follows": {"count": 136}, "media": {"count": 224, "nodes": []}}
OLD_API = {
    "id": "123", "username": "acmecaffe", "full_name": "Acme Caffè", "website": "https://acme.example/",
    "counts": {"media": 224, "follows": 136, "followed_by": 2362},
}  # fmt: skip
CONTEXT = {"context": {"username": "acmecaffe", "followers_count": 2362, "posts_count": 224}}
ANSWERS: dict[str, tuple[str, Any]] = {
    "site": ("https://i.instagram.com/api/v1/users/web_profile_info/?username=acmecaffe", {"data": {"user": EDGES}}),
    "page as data": (f"{PAGE}?__a=1&__d=dis", {"logging_page_id": "profilePage_1", "graphql": {"user": EDGES}}),
    "page as data, first": (f"{PAGE}?__a=1", {"user": FIRST}),
    "app": ("https://i.instagram.com/api/v1/users/123/info/", {"user": COUNTS, "status": "ok"}),
    "app by name": ("https://i.instagram.com/api/v1/users/acmecaffe/usernameinfo/", {"user": COUNTS}),
    "graphql": ("https://www.instagram.com/api/graphql", {"data": {"user": COUNTS, "viewer": {"user": None}}}),
    "first api": ("https://api.instagram.com/v1/users/123/?access_token=x", {"data": OLD_API, "meta": {"code": 200}}),
    "in the page, 2016": (PAGE, page_of(DATA.format(json.dumps({"page": {"user": FIRST}})))),
    "in the page, 2019": (
        PAGE, page_of(DATA.format(json.dumps({"page": {"graphql": {"user": EDGES}}}))),
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", ANSWERS)
def test_the_account_is_read_in_the_answers_of_ten_years(kind: str) -> None:
    """The same figures under the names that each time had for them."""
    address, answer = ANSWERS[kind]
    expected = FIGURES | {"handle": "acmecaffe", "name": "Acme Caffè", "website": "https://acme.example/"}
    assert expected == read_shown(address, answer, expected)


def test_the_embed_page_has_its_data_in_a_text() -> None:
    """JSON inside a quoted text inside a script."""
    script = f'<script>s.handle({{"x":[{{"contextJSON":{json.dumps(json.dumps(CONTEXT))}}}]}});</script>'
    expected = {"handle": "acmecaffe", "followers": 2362, "posts": 224, "following": None}
    assert expected == read_shown(f"{PAGE}embed/", page_of(script, title="Instagram"), expected)


def test_another_account_in_the_data_is_not_the_one_asked_for() -> None:
    """A page's suggestions have followers too."""
    page = page_of(island({"suggested": COUNTS | {"username": "borea"}}), title="Instagram")
    assert {"state": "shell"} == read_shown(PAGE, page, {"state": ""})


ERRORS: dict[str, tuple[Any, int, str]] = {
    "first api, missing": (
        {"meta": {"error_type": "APINotFoundError", "error_message": "no such user"}},
        400,
        "missing",
    ),
    "first api, private": ({"meta": {"error_type": "APINotAllowedError", "error_message": "no"}}, 400, "private"),
    "first api, key": ({"meta": {"error_type": "OAuthAccessTokenException"}}, 400, "no_credential"),
    "wait": (
        {"message": "Please wait a few minutes before you try again.", "require_login": True},
        401,
        "rate_limited",
    ),
    "client": ({"message": "useragent mismatch", "status": "fail"}, 400, "challenged"),
    "login": ({"message": "login_required", "status": "fail"}, 403, "login_wall"),
    "check": ({"message": "challenge_required", "status": "fail"}, 400, "challenged"),
    "missing": ({"message": "User not found", "status": "fail"}, 404, "missing"),
}


@pytest.mark.parametrize("kind", ERRORS)
def test_an_error_says_why(kind: str) -> None:
    """In the words of the interface that gave it."""
    answer, status, state = ERRORS[kind]
    address = "https://api.instagram.com/v1/users/123/" if "first" in kind else f"{PAGE}?__a=1"
    assert {"state": state} == read_shown(address, answer, {"state": state}, status=status)


LOGINS = (
    "Login • Instagram", "Accedi • Instagram", "Anmelden • Instagram", "Iniciar sesión • Instagram",
    "Se connecter • Instagram", "Entrar • Instagram", "Войти • Instagram", "ログイン • Instagram", "로그인 • Instagram",
    "登录 • Instagram", "تسجيل الدخول • Instagram", "लॉग इन करें • Instagram", "Giriş Yap • Instagram",
    "Inloggen • Instagram",
)  # fmt: skip


@pytest.mark.parametrize("title", LOGINS)
def test_the_login_page_is_known_in_any_language(title: str) -> None:
    """At the address of the profile, as it is often served."""
    assert {"state": "login_wall"} == read_shown(PAGE, page_of(title=title), {"state": ""})


MISSING = (
    ("Page Not Found • Instagram", ""), ("Pagina non trovata • Instagram", ""),
    ("Página no encontrada • Instagram", ""),
    ("Seite nicht gefunden • Instagram", ""), ("ページが見つかりません • Instagram", ""),
    ("Страница не найдена • Instagram", ""),
    ("Instagram", "Sorry, this page isn't available."), ("Instagram", "Spiacenti, questa pagina non è disponibile."),
    ("Instagram", "Diese Seite ist leider nicht verfügbar."), ("Instagram", "Esta página no está disponible."),
    ("Instagram", "Cette page n’est malheureusement pas disponible."), ("Instagram", "Profile isn't available"),
    ("Instagram", "このページはご利用いただけません。"), ("Instagram", "К сожалению, эта страница недоступна."),
)  # fmt: skip


@pytest.mark.parametrize(("title", "words"), MISSING)
def test_a_missing_account_is_known_in_any_language(title: str, words: str) -> None:
    """By the title, or by the headline of the page that stands in its place."""
    assert {"state": "missing"} == read_shown(PAGE, page_of(f"<h2>{words}</h2>", title=title), {"state": ""})


def test_the_words_of_a_missing_account_in_a_profile_are_its_own() -> None:
    """A company may write anything about itself."""
    meta = {"og:title": TITLE, "og:url": PAGE, "og:description": SENTENCE}
    page = page_of("<p>Sorry, this page isn't available.</p>", title=TITLE, meta=meta)
    assert {"state": "observed"} == read_shown(PAGE, page, {"state": ""})


def test_a_profile_for_adults_is_private() -> None:
    """It is there, and shown to nobody without an account."""
    page = page_of("<p>You must be 18 years old or over.</p>", title="Restricted profile • Instagram")
    assert {"state": "private"} == read_shown(PAGE, page, {"state": ""})


OTHER_ADDRESSES = {
    "post of another": "https://www.instagram.com/borea/p/AbC/",
    "post": "https://www.instagram.com/p/AbC/",
    "reel": "https://www.instagram.com/borea/reel/AbC/",
    "tag": "https://www.instagram.com/explore/tags/coffee/",
}


@pytest.mark.parametrize("kind", OTHER_ADDRESSES)
@pytest.mark.parametrize("place", ["canonical", "og:url"])
def test_a_page_with_an_address_that_is_no_profiles_is_nobodys(kind: str, place: str) -> None:
    """Whatever it was saved as and whom it mentions; the figures of its head are not the account's either."""
    address = OTHER_ADDRESSES[kind]
    title = 'Borea on Instagram: "Thanks to our friends (@acmecaffe)"'
    meta = {"og:title": title, "og:description": "1,234 likes, 56 comments - borea on May 1: Thanks"}
    head = f'<link rel="canonical" href="{address}">' if place == "canonical" else ""
    body = "<header><a>5,000 followers</a></header>"
    page = page_of(body, title="Borea on Instagram", meta=meta | ({place: address} if not head else {}), head=head)
    expected = {"state": "shell", "name": None, "followers": None}
    assert expected == read_shown(PAGE, page, expected)


def test_an_account_that_a_post_mentions_is_not_its_author() -> None:
    """The post is quoted in the title; the page gives no address for itself."""
    title = 'Borea on Instagram: "Thanks to our friends (@acmecaffe)"'
    expected = {"state": "shell", "name": None, "followers": None}
    body = "<header><a>5,000 followers</a></header>"
    assert expected == read_shown(PAGE, page_of(body, title=title, meta={"og:title": title}), expected)


def test_the_accounts_own_address_is_its_own_in_any_spelling() -> None:
    """A tab of it, with a language, and beside the front page."""
    expected = {"state": "observed", "name": "Acme Caffè"} | FIGURES
    meta = {"og:title": TITLE, "og:description": SENTENCE}
    for path in ("acmecaffe/?hl=it", "acmecaffe/reels/", "_u/acmecaffe", ""):
        page = page_of(title=TITLE, meta=meta | {"og:url": f"https://www.instagram.com/{path}"})
        assert expected == read_shown(PAGE, page, expected)
