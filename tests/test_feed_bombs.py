"""Feeds made to cost minutes: read within bounds, or as showing no post."""

from __future__ import annotations

import time

import pytest

from audit.parse.feed import MAX_POSTS, posts_in

HEAD = b'<?xml version="1.0"?><rss version="2.0"><channel><title>Aurora</title>'
TAIL = b"</channel></rss>"
ATTRIBUTES = b" ".join(b'a%d="1"' % number for number in range(300_000))
BOMBS = {
    "elements": HEAD + b"<item>" + b"<category>x</category>" * 200_000 + b"</item>" + TAIL,
    "attributes": HEAD + b"<item " + ATTRIBUTES + b"/>" + TAIL,
    "attributes with > in them": HEAD + b"<item " + ATTRIBUTES.replace(b"1", b">") + b"/>" + TAIL,
    "attributes of a root": b"<rss " + ATTRIBUTES + b"><channel><item><title>A</title></item></channel></rss>",
    "namespaces": HEAD + b"".join(b'<x%d:y xmlns:x%d="u%d"/>' % (n, n, n) for n in range(60_000)) + TAIL,
    "nested": HEAD + b"<item>" + b"<a>" * 100_000,
    "open sections": HEAD + b"<item><title>" + b"<![CDATA[" * 100_000 + b"</title></item>",
    "ends without beginnings": HEAD + b"</item>" * 500_000 + TAIL,
}


def posts(body: bytes) -> list[str | None]:
    """The texts of a feed's posts."""
    return [post.text for post in posts_in(body, url="https://aurora.example/feed.xml")]


@pytest.mark.parametrize("name", BOMBS)
def test_a_feed_made_to_cost_minutes_costs_seconds(name: str) -> None:
    """Whatever it is made of, it shows nothing and costs processor time of a page."""
    begun = time.process_time()
    shown = posts(BOMBS[name])
    assert time.process_time() - begun < 3
    assert [] == [text for text in shown if text is not None and "<![CDATA[" not in text]


def test_an_archive_of_all_posts_shows_its_first_ones() -> None:
    """What stands behind the two hundredth is cut off before the feed is parsed; the feed stays well formed."""
    items = b"".join(b"<item><title>Post &amp; %d</title></item>" % number for number in range(40_000))
    assert [f"Post & {number}" for number in range(MAX_POSTS)] == posts(HEAD + items + TAIL)
    assert [f"Post & {number}" for number in range(MAX_POSTS)] == posts(HEAD + items)


def test_texts_of_many_elements_are_texts() -> None:
    """Posts given in full may hold as much HTML as they like."""
    item = b"<item><title>Post</title><description><![CDATA[" + b"<p>x</p>" * 2_000 + b"]]></description></item>"
    assert ["Post"] * 100 == posts(HEAD + item * 100 + TAIL)
