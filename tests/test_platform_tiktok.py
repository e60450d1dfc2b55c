"""TikTok's page in the generations of its data, drawn, and what it says where it shows nobody."""

from __future__ import annotations

from typing import Any

import pytest

from tests.shown_pages import island, page_of, read_shown

PAGE = "https://www.tiktok.com/@acmecaffe"
USER = {
    "id": "6",
    "uniqueId": "acmecaffe",
    "nickname": "Acme Caffè",
    "verified": True,
    "bioLink": {"link": "acme.example"},
}
ROUNDED = {"followerCount": 783_400, "followingCount": 3, "heartCount": 3_900_000, "videoCount": 19}
EXACT = {"followerCount": "783427", "followingCount": "3", "heartCount": "3922256", "videoCount": "19"}
ISLAND = 'id="__UNIVERSAL_DATA_FOR_REHYDRATION__"'


def today(information: dict[str, Any], code: int = 0, words: str = "") -> str:
    """A page with the data of today, or its status code."""
    detail = {"userInfo": information, "statusCode": code, "statusMsg": words}
    return page_of(
        island({"__DEFAULT_SCOPE__": {"webapp.user-detail": detail}}, ISLAND), title="TikTok - Make Your Day"
    )


FIRST = {
    "uniqueId": "acmecaffe",
    "nickName": "Acme Caffè",
    "fans": 783_400,
    "following": 3,
    "heart": "3900000",
    "video": 19,
}
PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "today": (
        today({"user": USER, "stats": ROUNDED, "statsV2": EXACT}),
        {"followers": 783_427, "likes": 3_922_256, "posts": 19, "website": "acme.example"},
    ),
    "a number that ran over": (
        today({"user": USER, "stats": ROUNDED | {"heartCount": -1_614_092_016}}),
        {"followers": 783_400, "likes": None, "posts": 19},
    ),
    "private, but shown": (
        today({"user": USER | {"privateAccount": True}, "stats": ROUNDED, "statsV2": EXACT}, 10222),
        {"followers": 783_427},
    ),
    "2021": (
        page_of(island({"props": {"userInfo": {"user": USER, "stats": ROUNDED}}}, 'id="__NEXT_DATA__"')),
        {"followers": 783_400, "posts": 19, "verified": True},
    ),
    "2019": (
        page_of(island({"props": {"pageProps": {"userData": FIRST}}}, 'id="__NEXT_DATA__"')),
        {"followers": 783_400, "following": 3, "likes": 3_900_000, "posts": 19, "name": "Acme Caffè"},
    ),
}


@pytest.mark.parametrize("kind", PAGES)
def test_the_data_of_each_generation_are_read(kind: str) -> None:
    """Exact figures where they are, the rounded ones else."""
    page, figures = PAGES[kind]
    expected = {"state": "observed", "handle": "acmecaffe"} | figures
    assert expected == read_shown(PAGE, page, expected)


DRAWN = {
    "en": ("783.4K", "3.9M", (783_400, 3_900_000)),
    "de": ("783,4 Tsd.", "3,9 Mio.", (783_400, 3_900_000)),
    "es": ("783,4 mil", "3,9 M", (783_400, 3_900_000)),
    "ja": ("78.3万", "390万", (783_000, 3_900_000)),
}


@pytest.mark.parametrize("language", DRAWN)
def test_the_drawn_page_is_read_without_its_data(language: str) -> None:
    """Name, figures and the link to the company's site."""
    followers, likes, (followed_by, liked) = DRAWN[language]
    body = (
        f'<strong data-e2e="followers-count">{followers}</strong><strong data-e2e="likes-count">{likes}</strong>'
        '<a data-e2e="user-link" href="/link/v2?target=x"><span>acme.example</span></a>'
    )
    expected = {"name": "Acme Caffè", "followers": followed_by, "likes": liked, "website": "acme.example"}
    assert expected == read_shown(
        PAGE, page_of(body, title="Acme Caffè (@acmecaffe) | TikTok", language=language), expected
    )


def test_a_title_without_the_handle_needs_the_address() -> None:
    """As pages of 2020 were titled."""
    meta = {"og:title": "Acme Caffè on TikTok", "og:url": PAGE}
    expected = {"state": "observed", "name": "Acme Caffè", "handle": "acmecaffe"}
    assert expected == read_shown(PAGE, page_of(title="Acme", meta=meta), expected)
    assert {"state": "shell"} == read_shown(PAGE, page_of(title="Acme Caffè on TikTok"), {"state": ""})


CODES = {
    (10221, ""): "missing", (10221, "user banned"): "gone", (10202, "user doesn't exist"): "missing",
    (10222, ""): "private", (10204, ""): "challenged", (10231, ""): "private", (10000, ""): "challenged",
    (10101, ""): "shell", (0, ""): "shell",
}  # fmt: skip


@pytest.mark.parametrize("code", CODES, ids=str)
def test_a_code_says_why_nobody_is_shown(code: tuple[int, str]) -> None:
    """Only the two that say so mean that there is no such account."""
    assert {"state": CODES[code]} == read_shown(PAGE, today({}, *code), {"state": ""})


SAID = {
    "Couldn't find this account": "missing", "Questo account non è disponibile": "missing",
    "No se pudo encontrar esta cuenta": "missing", "Konto konnte nicht gefunden werden": "missing",
    "このアカウントは見つかりません": "missing",
    "On June 29, 2020 the Govt. of India decided to block 59 apps, including TikTok": "private",
}  # fmt: skip


@pytest.mark.parametrize("words", SAID)
def test_a_drawn_page_says_why_nobody_is_shown(words: str) -> None:
    """In its own words, where it has no data."""
    page = page_of(f"<main><p>{words}</p></main>", title="TikTok - Make Your Day")
    assert {"state": SAID[words]} == read_shown(PAGE, page, {"state": ""})


def test_the_login_page_is_known_by_its_title() -> None:
    """Also where the address is the profile's."""
    assert {"state": "login_wall"} == read_shown(PAGE, page_of(title="Log in | TikTok"), {"state": ""})
