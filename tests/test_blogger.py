"""Blogs made with Blogger: where their total of posts is asked for, and which totals are believed."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.asking import fetch_profiles
from audit.models import CountFact, Page, Profile, Source, State
from audit.parse.document import Document
from audit.platforms import link_of
from audit.platforms._blogger import posts_total
from audit.platforms.website import PLATFORM as WEBSITE
from tests.loopback import Web, answer
from tests.loopback_fetcher import fetcher_for

BLOG = "https://diario.forno.example/"
ASKED = "feeds/posts/summary?alt=json&max-results=0&redirect=false"
NAME = "tag:blogger.com,1999:blog-5550100200300400500"
SEARCH = "http://a9.com/-/spec/opensearchrss/1.0/"
MADE_WITH = "<meta content='blogger' name='generator'/>"
TEXTS = st.text(st.characters(codec="utf-8"), max_size=100)
POST = "<entry><title>Pane</title><content type='xhtml'><openSearch:totalResults>9</openSearch:totalResults></content>"


def answered(role: str, url: str, body: str, *, arrived: str = "", media_type: str = "text/html") -> Page:
    """A page as the evidence holds it."""
    sent = body.encode()
    return Page(
        url=url, final_url=arrived or url, role=role, state=State.OBSERVED, source=Source.PUBLIC, status=200,
        fetched_at=datetime(2026, 11, 23, 9, tzinfo=UTC), media_type=media_type, body=sent,
        sha256=hashlib.sha256(sent).hexdigest(),
    )  # fmt: skip


def home(url: str, head: str) -> Page:
    """A home page with `head` in its head."""
    return answered("home", url, f"<html><head><title>Forno</title>{head}</head><body><h1>Forno</h1></body></html>")


def feed_link(url: str) -> str:
    """A feed as a page names it."""
    return f'<link rel="alternate" type="application/atom+xml" title="Forno" href="{url}">'


def atom(*totals: object, name: str = NAME, posts: str = "") -> str:
    """A blog's feed in Atom, with these totals of its own."""
    said = "".join(f"<openSearch:totalResults>{total}</openSearch:totalResults>" for total in totals)
    head = f"<feed xmlns='http://www.w3.org/2005/Atom' xmlns:openSearch='{SEARCH}'>"
    return f"<?xml version='1.0' encoding='UTF-8'?>{head}<id>{name}</id><title>Forno</title>{said}{posts}</feed>"


def rss(total: object) -> str:
    """The same in RSS."""
    head = f"<rss xmlns:atom='http://www.w3.org/2005/Atom' xmlns:openSearch='{SEARCH}' version='2.0'><channel>"
    said = f"<openSearch:totalResults>{total}</openSearch:totalResults>"
    return f"<?xml version='1.0' encoding='UTF-8'?>{head}<atom:id>{NAME}</atom:id>{said}</channel></rss>"


def in_json(total: object, name: str = NAME) -> str:
    """The same in JSON."""
    return json.dumps({"version": "1.0", "feed": {"id": {"$t": name}, "openSearch$totalResults": {"$t": total}}})


def total_of(body: str, path: str = ASKED, *, arrived: str = "") -> CountFact | None:
    """What is believed of an answer."""
    page = answered("post_count", BLOG + path, body, arrived=arrived, media_type="")
    return posts_total(page, Document(page.body, page.media_type))


def exactly(number: int, where: str) -> CountFact:
    """A count that is known exactly."""
    return CountFact(value=number, low=number, high=number, raw=str(number), page="post_count", where=where)


@pytest.mark.parametrize(
    ("url", "head", "asked"),
    [
        pytest.param(BLOG, MADE_WITH, BLOG + ASKED, id="named as its generator"),
        pytest.param("https://forno.blogspot.com/", "", "https://forno.blogspot.com/" + ASKED, id="at blogspot.com"),
        pytest.param("https://forno.blogspot.co.uk/", "", "https://forno.blogspot.co.uk/" + ASKED, id="of a country"),
        pytest.param(BLOG, feed_link("/feeds/posts/default"), BLOG + ASKED, id="by its feed"),
        pytest.param("https://forno.example/", feed_link(BLOG + "feeds/posts/default?alt=rss"), BLOG + ASKED,
                     id="by the feed of the blog beside the site"),
        pytest.param(BLOG, feed_link("/feeds/posts/default/-/pane"), None, id="a feed of one label"),
        pytest.param(BLOG, feed_link("/feeds/comments/default"), None, id="a feed of comments"),
        pytest.param(BLOG, feed_link("https://altri.blogspot.com/feeds/posts/default"), None, id="a feed of others"),
        pytest.param(BLOG, "<meta name='generator' content='Hugo 0.150'>", None, id="made with something else"),
        pytest.param("https://blogspot.com.forno.example/", "", None, id="a host that only looks like it"),
        pytest.param(BLOG, MADE_WITH + "<link rel='https://api.w.org/' href='/wp-json/'>",
                     BLOG + "wp-json/wp/v2/posts?per_page=1&_fields=id,date,link", id="WordPress that names its own"),
    ],
)  # fmt: skip
def test_a_blog_of_blogger_is_asked_for_its_total(url: str, head: str, asked: str | None) -> None:
    """At the place where the blog is, in one small answer, only where the site itself says that it is such a blog."""
    link = link_of(url, company="client")
    assert link is not None
    wanted = WEBSITE.wants(link, {"home": home(url, head)})
    assert asked == (wanted["post_count"].url if "post_count" in wanted else None)


@pytest.mark.parametrize(
    ("path", "role"),
    [
        (ASKED, "post_count"),
        ("feeds/posts/default?max-results=1", "post_count"),
        ("feeds/posts/default?alt=json", "post_count"),
        ("feeds/posts/default", "feed"),
        ("feeds/posts/default?alt=rss", "feed"),
        ("feeds/posts/default/-/pane?max-results=0", "feed"),
        ("feeds/posts/default?q=pane&max-results=0", "feed"),
        ("feeds/comments/default?max-results=0", "feed"),
        ("feeds/11/comments/default", "feed"),
        ("feeds/posts", None),
    ],
)
def test_an_answer_of_blogger_plays_the_role_of_its_address(path: str, role: str | None) -> None:
    """A total is only the total of all posts; what lists some of them is a feed."""
    assert role == WEBSITE.role(BLOG + path)


@pytest.mark.parametrize(
    ("body", "where"),
    [
        pytest.param(atom(1043), "feed > opensearch\\:totalresults", id="Atom"),
        pytest.param(atom(1043, posts=f"{POST}</entry>"), "feed > opensearch\\:totalresults", id="Atom with a post"),
        pytest.param(rss(1043), "channel > opensearch\\:totalresults", id="RSS"),
        pytest.param(in_json("1043"), "#/feed/openSearch$totalResults/$t", id="JSON"),
    ],
)
def test_the_total_of_a_blogs_own_feed_is_exact(body: str, where: str) -> None:
    """In each shape, with the place where it stands; there the same number is found again."""
    assert exactly(1043, where) == total_of(body)
    assert "1043" == Document(body.encode()).find(where)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(atom(0), id="none published"),
        pytest.param(in_json("0"), id="none published, JSON"),
        pytest.param(atom(), id="not said"),
        pytest.param(atom(12, 13), id="said twice"),
        pytest.param(atom("1.043"), id="not a whole number"),
        pytest.param(atom(posts=f"{POST}</entry>"), id="said in a post alone"),
        pytest.param(atom(7, name=f"{NAME}.comments"), id="comments"),
        pytest.param(atom(7, name=f"{NAME}.post11..comments"), id="comments on one post"),
        pytest.param(atom(7, name="https://forno.example/search?q=pane"), id="results of some search"),
        pytest.param(in_json("7", name=f"{NAME}.comments"), id="comments, JSON"),
        pytest.param(in_json(True), id="true"),
        pytest.param(in_json({"a": 1}), id="an object"),
        pytest.param('{"feed": []}', id="a list"),
        pytest.param("<html><head><title>1043 results</title></head></html>", id="a page"),
    ],
)
def test_what_is_not_the_total_of_all_posts_is_no_total(body: str) -> None:
    """Nothing is read: neither 0 nor a guess."""
    assert None is total_of(body)


@pytest.mark.parametrize(
    "path",
    [
        "feeds/posts/default/-/pane",
        "feeds/posts/default?q=pane",
        "feeds/posts/summary?published-min=2026-01-01T00:00:00Z",
        "feeds/posts/default?category=pane",
        "feeds/comments/default",
        "search?max-results=0",
    ],
)
def test_a_feed_of_some_posts_counts_those_alone(path: str) -> None:
    """The very answer that is believed of all posts is not the blog's total under another address."""
    assert None is total_of(atom(12), path)


def test_a_total_that_came_from_elsewhere_is_not_the_sites() -> None:
    """A feed that leads to another owner's place."""
    assert None is total_of(atom(12), arrived="https://altri.blogspot.com/" + ASKED)
    assert exactly(12, "feed > opensearch\\:totalresults") == total_of(
        atom(12), arrived="https://www.forno.example/" + ASKED
    )


def test_the_total_stands_in_the_profile_where_the_feed_is_not_open() -> None:
    """The site's other answers are read as ever."""
    pages = {
        "home": home(BLOG, MADE_WITH),
        "post_count": answered("post_count", BLOG + ASKED, in_json("212"), media_type="application/json"),
    }
    link = link_of(BLOG, company="client")
    assert link is not None
    profile = WEBSITE.read(link, pages)
    assert State.OBSERVED is profile.state
    assert exactly(212, "#/feed/openSearch$totalResults/$t") == profile.posts


@given(number=st.integers(1, 10**9), shape=st.sampled_from((atom, rss, lambda total: in_json(str(total)))))
def test_every_total_is_read_as_it_was_written(number: int, shape: Callable[[int], str]) -> None:
    """Whatever the number, in every shape."""
    total = total_of(shape(number))
    assert total is not None
    assert (number, number, number, str(number)) == (total.value, total.low, total.high, total.raw)


@given(body=st.one_of(TEXTS, TEXTS.map(atom), TEXTS.map(in_json)))
def test_no_answer_makes_it_raise(body: str) -> None:
    """A number or nothing."""
    total = total_of(body)
    assert total is None or total.value > 0


def gathered(robots: str) -> tuple[Profile, list[str]]:
    """What is read of a blog on loopback, and what it was asked for."""
    blog = "http://one.example/"
    routes = {
        "/robots.txt": answer(robots.encode()),
        "/": answer(home(blog, MADE_WITH + feed_link("/feeds/posts/default")).body, content_type="text/html"),
        "/feeds/posts/default": answer(atom(1043).encode(), content_type="application/atom+xml"),
        "/" + ASKED: answer(in_json("1043").encode(), content_type="application/json"),
    }
    link = link_of(blog, company="client")
    assert link is not None
    pages: dict[str, Page] = {}

    async def run() -> list[str]:
        async with Web(routes) as web, fetcher_for(web) as fetcher:
            await fetch_profiles(
                fetcher, [link], stored=lambda _: {}, save=lambda _, page: pages.update({page.role: page})
            )
            return [path.removeprefix("one.example") for path in web.paths()]

    paths = asyncio.run(run())
    return WEBSITE.read(link, pages), paths


def test_a_blog_is_asked_and_read() -> None:
    """Its home page, its feed, its total; each once."""
    profile, paths = gathered("User-agent: *\nDisallow: /search\nAllow: /\n")
    assert profile.posts is not None
    assert (1043, 1043) == (profile.posts.low, profile.posts.high)
    assert [1, 1, 1] == [paths.count(path) for path in ("/", "/feeds/posts/default", "/" + ASKED)]


def test_a_blog_whose_robots_txt_closes_its_feeds_is_not_asked_for_them() -> None:
    """Then its total is not known; the rest of the site is read."""
    profile, paths = gathered("User-agent: *\nDisallow: /feeds/\n")
    assert (State.OBSERVED, None) == (profile.state, profile.posts)
    assert [] == [path for path in paths if path.startswith("/feeds/")]
