"""Bluesky's addresses, and what its answers do not say."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.models import State
from audit.platforms import link_of, platform_of, read_page
from audit.platforms.bluesky import PLATFORM

PROFILE = "https://public.api.bsky.app/xrpc/app.bsky.actor.getProfile?actor=aurora.example"
FEED = "https://public.api.bsky.app/xrpc/app.bsky.feed.getAuthorFeed?actor=aurora.example&limit=50"
DID = "did:plc:aurora2222222222222222xx"
AURORA = {"did": DID, "handle": "aurora.example"}


def answer(value: Any) -> bytes:
    """A JSON answer."""
    return json.dumps(value).encode()


@pytest.mark.parametrize(
    ("url", "handle"),
    [
        ("https://bsky.app/profile/aurora.example", "aurora.example"),
        ("https://bsky.app/profile/Aurora.BSKY.social/?lang=it", "aurora.bsky.social"),
        ("https://www.bsky.app/profile/@aurora.bsky.social", "aurora.bsky.social"),
        (f"https://bsky.app/profile/{DID}", DID),
        ("https://bsky.app/profile/did:web:aurora.example", "did:web:aurora.example"),
        ("https://main.bsky.dev/profile/aurora.example", "aurora.example"),
        ("https://aurora.bsky.social/", "aurora.bsky.social"),
        (PROFILE, "aurora.example"),
    ],
)
def test_a_profile_address_is_recognised(url: str, handle: str) -> None:
    """The handle in lower case or the DID; the address is the one that people open."""
    link = link_of(url)
    assert link is not None
    assert ("bluesky", handle, f"https://bsky.app/profile/{handle}") == (link.platform, link.handle, link.url)


@pytest.mark.parametrize(
    "url",
    [
        "https://bsky.app/",
        "https://bsky.app/intent/compose?text=ciao",
        "https://bsky.app/profile/aurora.example/post/3kabc2222222a",
        "https://bsky.app/profile/aurora.example/feed/notizie",
        "https://bsky.app/profile/aurora.example/lists/3kabc2222222a",
        "https://bsky.app/starter-pack/aurora.example/3kabc2222222a",
        "https://bsky.app/feeds",
        "https://bsky.app/search?q=aurora.example",
        "https://bsky.app/hashtag/caffe",
        "https://bsky.app/profile/aurora",
        "https://bsky.app/profile/handle.invalid",
        "https://bsky.app/profile/yourhandle.bsky.social",
        "https://bsky.app/profile/did:plc:corto",
        "https://bsky.social/",
        "https://bsky.social/about/blog",
        "https://public.api.bsky.app/xrpc/app.bsky.feed.searchPosts?q=aurora.example",
    ],
)
def test_other_addresses_of_bluesky_are_no_profiles(url: str) -> None:
    """Posts, feeds, lists, starter packs, the compose window, placeholders and the service's own pages."""
    assert "bluesky" == platform_of(url).name
    assert link_of(url) is None


@given(st.text(max_size=60))
def test_any_handle_gives_an_address_that_gives_it_back(text: str) -> None:
    """What is recognised once is recognised again under its own address, and nothing raises."""
    link = PLATFORM.link(f"https://bsky.app/profile/{text}")
    if link is not None:
        assert link == PLATFORM.link(link.url)


def test_a_domain_as_handle_is_no_verification() -> None:
    """Where the API says nothing of a verification nothing is known of it."""
    profile = read_page(PROFILE, answer({**AURORA, "followersCount": 3}))
    assert State.OBSERVED == profile.state
    assert profile.verified is None


def test_a_count_that_is_not_shown_is_unknown() -> None:
    """Absent, negative or worded counts are not zero."""
    profile = read_page(PROFILE, answer({**AURORA, "followersCount": -1, "postsCount": "many"}))
    assert (None, None, None) == (profile.followers, profile.following, profile.posts)


def test_posts_of_others_and_broken_items_are_left_out() -> None:
    """Only posts of the account asked for count; what has no address, or is no object, is passed over."""
    other = {"did": "did:plc:lina22222222222222222222", "handle": "lina.example"}
    record = {"text": "Ciao", "createdAt": "2026-11-20T09:00:00Z"}
    items = [
        {"post": {"uri": f"at://{other['did']}/app.bsky.feed.post/3a", "author": other, "record": record}},
        {"post": {"uri": "javascript:alert(1)", "author": AURORA, "record": record}},
        {"post": {"uri": f"at://{DID}/app.bsky.feed.post/3b", "author": AURORA, "record": {"createdAt": "ieri"}}},
        7,
        None,
    ]
    profile = read_page(FEED, answer({"feed": items}))
    assert [(f"https://bsky.app/profile/{DID}/post/3b", None, None)] == [
        (post.url, post.at, post.text) for post in profile.recent
    ]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500, 502])
def test_an_error_without_bluesky_s_own_words_is_never_missing(status: int) -> None:
    """Only the API's "Profile not found" says that there is nobody."""
    profile = read_page(PROFILE, answer({"error": "Odd", "message": "Something"}), status=status)
    assert profile.state not in (State.OBSERVED, State.MISSING, State.GONE)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "feed",
                        "post",
                        "author",
                        "did",
                        "handle",
                        "labels",
                        "uri",
                        "record",
                        "reason",
                        "$type",
                        "profiles",
                        "error",
                        "verification",
                    ]
                ),
                inner,
                max_size=5,
            )
        ),
        max_leaves=15,
    )
)
def test_no_answer_breaks_the_reader(value: Any) -> None:
    """Whatever JSON comes, a profile comes back."""
    for url in (PROFILE, FEED):
        assert read_page(url, answer(value)).platform == "bluesky"
