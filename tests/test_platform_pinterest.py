"""Pinterest's pages in the generations of their data, drawn, by their title alone, and the answers of its APIs."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.shown_pages import island, page_of, read_shown

PAGE = "https://www.pinterest.com/acmecaffe/"
CANONICAL = f'<link rel="canonical" href="{PAGE}">'
USER = {
    "id": "1", "username": "acmecaffe", "full_name": "Acme Caffè", "follower_count": 12_345, "following_count": 67,
    "pin_count": 890, "website_url": "https://acme.example/",
}  # fmt: skip
OLD = {
    "username": "acmecaffe",
    "first_name": "Acme Caffè",
    "counts": {"pins": 890, "following": 67, "followers": 12_345},
}
RELAY = {
    "username": "acmecaffe",
    "fullName": "Acme Caffè",
    "followerCount": 12_345,
    "followingCount": 67,
    "pinCount": 890,
}
FIGURES = {"name": "Acme Caffè", "handle": "acmecaffe", "followers": 12_345, "following": 67, "posts": 890}
IN_PAGE: dict[str, str] = {
    "today": island({"initialReduxState": {"users": {"1": USER}}}, 'id="__PWS_INITIAL_PROPS__"'),
    "2020": island({"props": {"initialReduxState": {"users": {"1": USER}}}}, 'id="__PWS_DATA__"'),
    "2018": island({"resourceResponses": [{"response": {"data": USER}}]}, 'id="initial-state"'),
    "2016": island({"resourceDataCache": [{"data": USER}]}, 'id="jsInit1"'),
    "2014": f"<script>P.main.start({json.dumps({'tree': {'data': USER}})});</script>",
    "relay": f'<script>__PWS_RELAY_REGISTER_COMPLETED_REQUEST__("x", {json.dumps({"data": {"v3": RELAY}})});</script>',
}
API = "https://api.pinterest.com"
ANSWERS: dict[str, tuple[str, Any]] = {
    "first api": (f"{API}/v1/users/acmecaffe/?fields=counts", {"data": OLD}),
    "api of the app": (f"{API}/v3/users/acmecaffe/", {"status": "success", "code": 0, "data": USER}),
    "site": ("https://www.pinterest.com/resource/UserResource/get/?x=1", {"resource_response": {"data": USER}}),
}


@pytest.mark.parametrize("kind", IN_PAGE)
def test_the_data_of_a_page_are_read(kind: str) -> None:
    """The account's own record, wherever a generation of the site keeps it."""
    assert FIGURES == read_shown(PAGE, page_of(IN_PAGE[kind], head=CANONICAL), FIGURES)


@pytest.mark.parametrize("kind", ANSWERS)
def test_an_answer_is_read(kind: str) -> None:
    """Of the APIs, and of the site's own."""
    address, answer = ANSWERS[kind]
    assert FIGURES == read_shown(address, answer, FIGURES)


def test_what_sites_embed_names_the_account_by_its_address() -> None:
    """The answer for the widget has no handle but in the address of the profile."""
    user = {"full_name": "Acme Caffè", "follower_count": 12_345, "pin_count": 890, "profile_url": PAGE}
    expected = FIGURES | {"following": None}
    address = f"{API}/v3/pidgets/users/acmecaffe/pins/"
    assert expected == read_shown(address, {"status": "success", "data": {"user": user, "pins": []}}, expected)


TITLES = (
    "Acme Caffè (acmecaffe) - Profile | Pinterest", "Acme Caffè (acmecaffe) on Pinterest",
    "Acme Caffè (acmecaffe) su Pinterest", "Acme Caffè (acmecaffe) – Profil | Pinterest",
)  # fmt: skip


@pytest.mark.parametrize("title", TITLES)
def test_a_title_has_the_name(title: str) -> None:
    """Before the handle, which must be that of the page's own address."""
    expected = {"state": "observed", "name": "Acme Caffè", "handle": "acmecaffe", "followers": None}
    assert expected == read_shown(PAGE, page_of(title=title, head=CANONICAL), expected)


DRAWN = {
    "en": ("12.3k followers", "67 following", 12_300),
    "it": ("12,3 mila follower", "67 seguiti", 12_300),
    "de": ("12.345 Follower", "67 folge ich", 12_345),
    "es": ("12,3 mil seguidores", "67 siguiendo", 12_300),
    "fr": ("12,3 k abonnés", "67 abonnements", 12_300),
    "pt": ("12,3 mil seguidores", "67 seguindo", 12_300),
    "ja": ("フォロワー1.2万人", "フォロー中67人", 12_000),
}


@pytest.mark.parametrize("language", DRAWN)
def test_the_head_of_a_drawn_profile_is_read(language: str) -> None:
    """Name, followers and following, as the language writes them."""
    followers, following, followed_by = DRAWN[language]
    body = (
        '<div data-test-id="profile-header"><h1 data-test-id="profile-name"><div>Acme Caffè</div></h1>'
        f"<div><span>{followers}</span></div><div><span>{following}</span></div></div>"
    )
    expected = {"name": "Acme Caffè", "handle": "acmecaffe", "followers": followed_by, "following": 67}
    assert expected == read_shown(PAGE, page_of(body, head=CANONICAL, language=language), expected)


def test_a_pin_is_nobodys_profile() -> None:
    """Its page has the records of those who pinned it."""
    pinner = {"username": "borea", "full_name": "Borea", "follower_count": 5}
    data = island(
        {"initialReduxState": {"pins": {"123": {"id": "123", "pinner": pinner}}}}, 'id="__PWS_INITIAL_PROPS__"'
    )
    address = "https://www.pinterest.com/pin/123/"
    assert {"state": "shell"} == read_shown(address, page_of(data, title="Pin on Coffee"), {"state": ""})


ERRORS: dict[str, tuple[dict[str, Any], int, str]] = {
    "key": ({"status": "failure", "code": 3, "message": "Authentication failed."}, 401, "no_credential"),
    "right": ({"status": "failure", "message": "You are not permitted to access that resource."}, 403, "no_credential"),
    "missing": ({"status": "failure", "code": 30, "message": "User not found."}, 404, "missing"),
    "limit": ({"status": "failure", "message": "You have exceeded your rate limit."}, 429, "rate_limited"),
}


@pytest.mark.parametrize("kind", ERRORS)
def test_an_error_of_the_api_is_understood(kind: str) -> None:
    """The key, the right, the account or the limit."""
    answer, status, state = ERRORS[kind]
    assert {"state": state} == read_shown(f"{API}/v1/users/zz/", answer, {"state": state}, status=status)
