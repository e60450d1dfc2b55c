"""The gatherer against other people's programs on loopback: the interface of Mastodon as mastodon_mock imitates it, a
server of the fediverse made with Fedify."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from audit.models import Fact, State
from tests.real_asking import exact, gathered, link_to
from tests.servers.fedify import Fedify, FediverseAccount, Written
from tests.servers.mastodon import Mastodon
from tests.servers.nginx import Nginx

# ---------------------------------------------------------------------------------------------------- Mastodon


@dataclass(frozen=True)
class Town:
    """A server with Mastodon's interface, and what the test wrote there: the answers to what was posted."""

    nginx: Nginx
    posts: list[dict[str, Any]]


@pytest.fixture(scope="session")
def town() -> Iterator[Town]:
    """mastodon.uno with aurora, who has posted seven times, replied and repeated a post; lina and piero follow her."""
    with (
        Mastodon(["aurora", "lina", "piero"], name="mastodon.uno") as mastodon,
        Nginx({"mastodon.uno": mastodon.port}) as nginx,
    ):
        aurora, lina, piero = (mastodon.member(handle) for handle in ("aurora", "lina", "piero"))
        aurora.introduce(
            display_name="Torrefazione Aurora",
            note="<p>Caffè tostato a Modena</p>",
            **{
                "fields_attributes[0][name]": "Sito",
                "fields_attributes[0][value]": '<a href="https://aurora.example/" rel="me">aurora.example</a>',
            },
        )
        posts = [aurora.post(f"Notizia {number}") for number in range(1, 8)]
        elsewhere = lina.post("Filati nuovi")
        aurora.post("Belli!", in_reply_to_id=elsewhere["id"])
        aurora.repeat(elsewhere)
        for member in (lina, piero):
            member.follow(aurora)
            member.like(posts[4])
        aurora.follow(lina)
        lina.repeat(posts[4])
        piero.post("Buono", in_reply_to_id=posts[4]["id"])
        yield Town(nginx, posts)


def test_an_account_of_a_mastodon_server_is_read_as_it_was_made(town: Town) -> None:
    """Name, text, site and all figures; the server counts replies and repeated posts among the posts."""
    profile, _ = gathered(link_to("https://mastodon.uno/@aurora"), **town.nginx.fetching)

    assert (State.OBSERVED, "aurora@mastodon.uno") == (profile.state, profile.handle)
    assert Fact(value="Torrefazione Aurora", page="profile", where="#/display_name") == profile.name
    assert Fact(value="Caffè tostato a Modena", page="profile", where="#/note") == profile.bio
    assert Fact(value="https://aurora.example/", page="profile", where="#/fields/0/value") == profile.website
    assert exact(2, "profile", "#/followers_count") == profile.followers
    assert exact(1, "profile", "#/following_count") == profile.following
    assert exact(9, "profile", "#/statuses_count") == profile.posts


def test_its_posts_are_read_as_they_were_written(town: Town) -> None:
    """The seven posts with text, second and address, the newest first; the repeated one is marked, the reply left
    out."""
    profile, _ = gathered(link_to("https://mastodon.uno/@aurora"), **town.nginx.fetching)

    own = [post for post in profile.recent if not post.repost]
    assert [f"Notizia {number}" for number in range(7, 0, -1)] == [post.text for post in own]
    assert [f"https://mastodon.uno/@aurora/{post['id']}" for post in reversed(town.posts)] == [post.url for post in own]
    moments = [datetime.fromisoformat(post["created_at"]) for post in reversed(town.posts)]
    assert [moment.replace(microsecond=0) for moment in moments] == [post.at for post in own]
    assert 1 == len([post for post in profile.recent if post.repost])
    [answered] = [post for post in own if post.text == "Notizia 5"]
    assert (2, 1, 1) == (answered.reactions, answered.comments, answered.shares)


def test_an_account_that_a_mastodon_server_does_not_know_is_missing(town: Town) -> None:
    """The server says so in its interface, and nothing else is asked."""
    profile, pages = gathered(link_to("https://mastodon.uno/@nessuno"), **town.nginx.fetching)
    assert (State.MISSING, {"profile"}) == (profile.state, pages.keys())


# ------------------------------------------------------------------------------------------------------ Fedify

ORIGIN = "https://social.aurora.example"
LINA = "https://altrove.example/users/lina"
FOLLOWERS = [f"https://altrove.example/users/persona{number}" for number in range(1, 35)]
NEWS = 25  # posts of the account, "Notizia 25" is the newest: more than are on a page of the server


def day_of_news(number: int) -> datetime:
    """When the piece of news of that number was written."""
    return datetime(2026, 10, 20, 8, 30, tzinfo=UTC) + timedelta(days=number)


def written(at: datetime) -> str:
    """A moment as the server takes it."""
    return at.isoformat().replace("+00:00", "Z")


AURORA = FediverseAccount(
    handle="aurora",
    name="Torrefazione Aurora",
    summary="<p>Caffè tostato a Modena.<br>Dal 1921</p>",
    created="2024-03-05T00:00:00Z",
    fields=[
        ("Orari", "7–13"),
        ("Sito", '<a href="https://aurora.example/">aurora.example</a>'),
    ],
    followers=FOLLOWERS,
    following=[LINA, f"{LINA}2"],
    posts=[
        Written(at="2026-11-20T10:00:00Z", repeats=f"{LINA}/posts/7"),
        *(Written(at=written(day_of_news(n)), text=f"<p>Notizia {n}</p>") for n in range(NEWS, 0, -1)),
    ],
)
SANTORSO = FediverseAccount(handle="santorso", name="Caffè Sant'Orso", summary="", created="2025-01-01T00:00:00Z")


@pytest.fixture(scope="session")
def fediverse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    """https://social.aurora.example/ with two accounts: one with posts and followers, one without anything. The
    company's own site says that the first one goes by the site's name, too."""
    site, empty = tmp_path_factory.mktemp("site"), tmp_path_factory.mktemp("empty")
    (site / ".well-known").mkdir()
    named = {"rel": "self", "type": "application/activity+json", "href": f"{ORIGIN}/users/aurora"}
    answer = {"subject": "acct:aurora@aurora.example", "links": [named]}
    (site / ".well-known" / "webfinger").write_text(json.dumps(answer), "utf-8")
    with (
        Fedify([AURORA, SANTORSO], origin=ORIGIN) as fedify,
        Nginx({"social.aurora.example": fedify.port, "aurora.example": site, "santorso.example": empty}) as nginx,
    ):
        yield nginx


def test_an_account_of_the_fediverse_is_read_as_it_was_made(fediverse: Nginx) -> None:
    """Its server has no interface as Mastodon's: WebFinger names the actor, the actor the rest."""
    profile, _ = gathered(link_to(f"{ORIGIN}/@aurora", declared=True), **fediverse.fetching)

    assert (State.OBSERVED, "aurora@social.aurora.example") == (profile.state, profile.handle)
    assert Fact(value="Torrefazione Aurora", page="actor", where="#/name") == profile.name
    assert Fact(value="Caffè tostato a Modena. Dal 1921", page="actor", where="#/summary") == profile.bio
    assert Fact(value="https://aurora.example/", page="actor", where="#/attachment/1/value") == profile.website
    assert Fact(value=date(2024, 3, 5), page="actor", where="#/published") == profile.created
    assert Fact(value=f"{ORIGIN}/pictures/aurora.png", page="actor", where="#/icon/url") == profile.avatar
    assert exact(len(FOLLOWERS), "followers", "#/totalItems") == profile.followers
    assert exact(2, "following", "#/totalItems") == profile.following
    assert exact(NEWS + 1, "outbox", "#/totalItems") == profile.posts


def test_its_newest_posts_are_read_as_they_were_written(fediverse: Nginx) -> None:
    """The first page of its activities: nineteen pieces of news and the repeated post, which is marked."""
    profile, _ = gathered(link_to(f"{ORIGIN}/@aurora", declared=True), **fediverse.fetching)

    own = [(post.text, post.at) for post in profile.recent if not post.repost]
    assert [(f"Notizia {n}", day_of_news(n)) for n in range(NEWS, NEWS - 19, -1)] == own
    [repeated] = [post for post in profile.recent if post.repost]
    assert (f"{LINA}/posts/7", None) == (repeated.url, repeated.text)


def test_an_account_may_lie_on_another_host_than_its_name(fediverse: Nginx) -> None:
    """The site of the name says which server it is on; the figures are that server's."""
    profile, _ = gathered(link_to("https://aurora.example/@aurora", declared=True), **fediverse.fetching)

    assert (State.OBSERVED, "aurora@aurora.example") == (profile.state, profile.handle)
    assert exact(len(FOLLOWERS), "followers", "#/totalItems") == profile.followers
    assert exact(NEWS + 1, "outbox", "#/totalItems") == profile.posts


def test_another_account_than_the_one_asked_for_is_not_read(fediverse: Nginx) -> None:
    """The site of the name names the same account whoever is asked for: the actor goes by another name."""
    profile, pages = gathered(link_to("https://aurora.example/@nessuno", declared=True), **fediverse.fetching)
    assert {"profile", "webfinger", "actor"} == pages.keys()
    assert (State.SHELL, None) == (profile.state, profile.name)


def test_a_site_that_is_no_server_of_the_fediverse_says_nothing_of_accounts(fediverse: Nginx) -> None:
    """It knows no such name, and no other either: the account is not called missing."""
    profile, pages = gathered(link_to("https://santorso.example/@santorso", declared=True), **fediverse.fetching)
    assert {"profile", "webfinger", "nodeinfo_links"} == pages.keys()
    assert (State.FAILED, "the server does not answer as Mastodon's do") == (profile.state, profile.reason)


def test_who_follows_is_not_stored(fediverse: Nginx) -> None:
    """The server sends the addresses of all followers along with their number."""
    _, pages = gathered(link_to(f"{ORIGIN}/@aurora", declared=True), **fediverse.fetching)
    assert [False, False] == [b"altrove.example" in pages[role].body for role in ("followers", "following")]


def test_an_account_without_anything_shows_noughts(fediverse: Nginx) -> None:
    """Nobody follows, nothing was posted: the server says so, and so do we. What it does not say is not known."""
    profile, _ = gathered(link_to(f"{ORIGIN}/users/santorso", declared=True), **fediverse.fetching)
    counts = (profile.followers, profile.following, profile.posts)
    assert [0, 0, 0] == [count.value for count in counts if count is not None]
    assert (None, None, ()) == (profile.bio, profile.website, profile.recent)


def test_an_account_that_nobody_made_is_missing(fediverse: Nginx) -> None:
    """The server does not know the name, and its nodeinfo says that it is of the fediverse."""
    profile, pages = gathered(link_to(f"{ORIGIN}/@nessuno", declared=True), **fediverse.fetching)
    assert (State.MISSING, "the server, which is one of the fediverse, knows no such account") == (
        profile.state,
        profile.reason,
    )
    assert {"profile", "webfinger", "nodeinfo_links", "nodeinfo"} == pages.keys()
