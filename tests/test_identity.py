"""Whose page an answer is: what belongs to somebody else, or cannot be told, is never taken for the profile."""

from __future__ import annotations

import hashlib
import html
import json
from datetime import UTC, datetime

import pytest

from audit.models import Link, Page, Profile, Source, State
from audit.platforms import platforms, read_page


def head(title: str, description: str, address: str) -> bytes:
    """A page with what it says for sharing, at `address`."""
    return (
        f"<html><head><title>{html.escape(title)}</title>"
        f'<meta property="og:title" content="{html.escape(title)}"><meta property="og:url" content="{address}">'
        f'<meta property="og:description" content="{html.escape(description)}"></head><body>x</body></html>'
    ).encode()


def read_for(platform: str, handle: str, link: str, url: str, body: bytes) -> Profile:
    """What an answer from `url` shows of the profile at `link`."""
    role = platforms()[platform].role(url)
    assert role is not None
    page = Page(
        url=url,
        final_url=url,
        role=role,
        state=State.OBSERVED,
        source=Source.SAVED,
        fetched_at=datetime(2026, 11, 24, tzinfo=UTC),
        status=200,
        sha256=hashlib.sha256(body).hexdigest(),
        body=body,
    )
    asked = Link(company="client", platform=platform, handle=handle, url=link)
    return platforms()[platform].read(asked, {role: page})


@pytest.mark.parametrize(
    ("address", "state"),
    [
        ("https://www.facebook.com/aurora", State.OBSERVED),
        ("https://www.facebook.com/Au.rora/", State.OBSERVED),
        ("https://www.facebook.com/tramonto", State.SHELL),
        ("https://www.facebook.com/100064000000001", State.SHELL),
    ],
)
def test_a_facebook_page_says_whose_it_is(address: str, state: State) -> None:
    """Names are compared with names; a number alone may be anybody's."""
    page = head("Aurora", "Aurora. 351 likes", address)
    assert read_page("https://www.facebook.com/aurora", page).state is state


def test_a_facebook_bio_is_not_a_figure() -> None:
    """What follows the first sentence with figures are the Page's own words, and its name is no figure either."""
    bio = head("Aurora", "Aurora. 351 likes. Join our 20,000 followers on Instagram", "https://www.facebook.com/aurora")
    profile = read_page("https://www.facebook.com/aurora", bio)
    assert profile.likes is not None
    assert (profile.likes.value, profile.followers) == (351, None)

    name = "Million 900,000 likes club"
    named = head(name, f"{name}. 12 talking about this", "https://www.facebook.com/aurora")
    assert read_page("https://www.facebook.com/aurora", named).likes is None


def test_a_tiktok_name_is_not_a_figure() -> None:
    """The figures stand behind the account's name."""
    text = "9M Followers Club (@aurora) on TikTok | 120 Likes. 35 Followers. Coffee"
    page = head("9M Followers Club (@aurora)", text, "https://www.tiktok.com/@aurora")
    profile = read_page("https://www.tiktok.com/@aurora", page)
    assert profile.followers is not None
    assert profile.followers.value == 35


@pytest.mark.parametrize(
    ("title", "address", "state"),
    [
        ("Aurora (@aurora) • Instagram", "https://www.instagram.com/aurora/", State.OBSERVED),
        ("Fan of (@aurora) (@tramonto) • Instagram", "https://www.instagram.com/tramonto/", State.SHELL),
        ("Aurora (@aurora) • Instagram", "https://www.instagram.com/tramonto/", State.SHELL),
    ],
)
def test_an_instagram_title_and_address_agree(title: str, address: str, state: State) -> None:
    """The account is the last one in parentheses, and the page's own address is the same account's."""
    page = head(title, "12 Followers, 3 Following, 4 Posts", address)
    assert read_page("https://www.instagram.com/aurora/", page).state is state


def test_an_unnamed_user_of_another_query_is_not_missing() -> None:
    """`"user": null` is a word about the account only where the query named it."""
    body = b'{"data":{"user":null}}'
    link = "https://www.instagram.com/aurora/"
    by_number = "https://www.instagram.com/graphql/query/?variables=%7B%22id%22%3A1%7D"
    by_name = "https://www.instagram.com/api/v1/users/web_profile_info/?username=aurora"
    assert read_for("instagram", "aurora", link, by_number, body).state is State.SHELL
    assert read_for("instagram", "aurora", link, by_name, body).state is State.MISSING


def test_an_empty_channel_list_is_about_the_channel_asked_for() -> None:
    """No items: missing only where the query named this handle."""
    body = b'{"kind":"youtube#channelListResponse","items":[]}'
    query = "https://www.googleapis.com/youtube/v3/channels?forHandle=%40{}"
    link = "https://www.youtube.com/@aurora"
    assert read_for("youtube", "aurora", link, query.format("aurora"), body).state is State.MISSING
    assert read_for("youtube", "aurora", link, query.format("tramonto"), body).state is State.SHELL


def test_posts_of_somebody_else_are_not_taken() -> None:
    """API v2 lists posts by the author's number; the user object ties the number to a name."""
    users = [{"id": "7", "name": "Aurora", "username": "aurora"}]
    post = {"id": "1460323737035677698", "text": "x", "author_id": "7"}
    url = "https://api.x.com/2/users/7/tweets"
    for author, state in (("7", State.OBSERVED), ("8", State.SHELL)):
        body = json.dumps({"data": [{**post, "author_id": author}], "includes": {"users": users}}).encode()
        assert read_for("x", "aurora", "https://x.com/aurora", url, body).state is state


def test_a_follower_count_by_number_alone_is_nobodys() -> None:
    """LinkedIn's count names a number; without the company's answer it is not the slug's."""
    url = "https://api.linkedin.com/rest/networkSizes/urn%3Ali%3Aorganization%3A7?edgeType=COMPANY_FOLLOWED_BY_MEMBER"
    body = b'{"firstDegreeSize":5750}'
    link = "https://www.linkedin.com/company/aurora/"
    assert read_for("linkedin", "aurora", link, url, body).state is State.SHELL


def test_a_telegram_card_without_a_name_is_a_shell() -> None:
    """A card that neither prints nor links its name may be any channel's."""
    body = b'<html><div class="tgme_page_title"><span>Aurora</span></div></html>'
    assert read_page("https://t.me/aurora", body).state is State.SHELL
