"""Feeds: RSS, Atom and JSON Feed to posts; hostile ones to nothing."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.models import Precision
from audit.parse.document import Document
from audit.parse.feed import MAX_POSTS, MAX_TEXT, is_feed, plain_text, posts_in

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
URL = "https://www.aurora-caffe.example/feed/"
RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Aurora</title><link>https://www.aurora-caffe.example/</link>
<item><title>Miscela &lt;b&gt;Alba&lt;/b&gt;</title><link>/blog/alba</link>
<pubDate>Tue, 17 Nov 2026 10:00:00 +0100</pubDate>
<description><![CDATA[<p onclick="steal()">Testo</p>]]></description></item>
<item><title></title><link>javascript:alert(1)</link>
<description>&lt;p&gt;Solo il &lt;i&gt;testo&lt;/i&gt;&lt;/p&gt;</description>
<pubDate>no date</pubDate></item>
</channel></rss>"""
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Aurora</title><id>urn:a</id><updated>2026-11-17T09:00:00Z</updated>
<entry><title type="html">Visite &amp;amp; degustazioni</title><link href="https://www.aurora-caffe.example/b/visite"/>
<id>urn:a:1</id><updated>2026-11-18</updated></entry></feed>"""
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Aurora",
    "items": [
        {"id": "1", "url": "b/alba", "content_html": "<p>Alba</p>", "date_published": "2026-11-17T10:00:00+01:00"},
        {"id": "2", "title": "Senza data", "date_published": 12},
        "no item",
    ],
}


def corpus_rows() -> list[dict[str, str]]:
    """The rows of real feeds; none where the corpus is not beside the project."""
    if not CORPUS.exists():
        return []
    csv.field_size_limit(10**8)
    with (CORPUS / "INDEX.tsv").open(encoding="utf-8") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [row for row in rows if row["platform"] == "feeds"]


def test_rss_items_become_posts_in_their_order() -> None:
    """Title as text without markup, relative links resolved, times in UTC."""
    first, second = posts_in(RSS.encode(), url=URL)

    assert "Miscela Alba" == first.text
    assert "https://www.aurora-caffe.example/blog/alba" == first.url
    assert datetime(2026, 11, 17, 9, 0, tzinfo=UTC) == first.at
    assert Precision.SECOND is first.precision
    assert "article" == first.kind
    assert ("Solo il testo", None, None, None) == (second.text, second.url, second.at, second.precision)


@pytest.mark.parametrize(("feed", "first"), [(RSS, "Miscela <b>Alba</b>"), (ATOM, "Visite &amp; degustazioni")])
def test_a_post_is_found_again_in_its_feed(feed: str, first: str) -> None:
    """The place names the item, whose text holds the title as it was sent."""
    found = Document(feed.encode(), "application/xml").find(posts_in(feed.encode(), url=URL)[0].where)

    assert found is not None
    assert first in found


def test_an_atom_date_without_a_time_is_known_to_the_day() -> None:
    """The day alone; the hour is not invented as if it were known."""
    (entry,) = posts_in(ATOM.encode(), url=URL)

    assert "Visite & degustazioni" == entry.text
    assert (datetime(2026, 11, 18, tzinfo=UTC), Precision.DAY) == (entry.at, entry.precision)


def test_a_json_feed_is_read_as_well() -> None:
    """Items that are no items are passed over; a date that is none stays empty."""
    first, second = posts_in(json.dumps(JSON_FEED).encode(), url=URL, media_type="application/feed+json")

    assert "Alba" == first.text
    assert "https://www.aurora-caffe.example/feed/b/alba" == first.url
    assert datetime(2026, 11, 17, 9, 0, tzinfo=UTC) == first.at
    assert ("Senza data", None) == (second.text, second.at)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>rss</body></html>",
        b"/etc/passwd",
        b"https://www.aurora-caffe.example/feed/",
        b"{}",
        b"[1]",
        b"\xff\xfe\x00",
    ],
)
def test_what_is_no_feed_has_no_posts(body: bytes) -> None:
    """A body that looks like a file name or an address is neither opened nor asked for."""
    assert [] == posts_in(body, url=URL)
    assert not is_feed(body)


def test_a_feed_without_items_is_a_feed() -> None:
    """Empty is not absent."""
    empty = b'<?xml version="1.0"?><rss version="2.0"><channel><title>A</title></channel></rss>'

    assert is_feed(empty)
    assert [] == posts_in(empty, url=URL)


def test_entities_that_multiply_are_not_expanded() -> None:
    """The classic bomb: nine levels of ten entities each."""
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    start = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY l0 "ha">{levels}]>'
    bomb = f"{start}<rss><channel><item><title>&l9;</title></item></channel></rss>"

    posts = posts_in(bomb.encode(), url=URL)

    assert all(len(post.text or "") <= MAX_TEXT for post in posts)


def test_an_outside_entity_is_not_read() -> None:
    """A file of this machine never becomes the text of a post."""
    start = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    body = start + b"<rss><channel><item><title>A &f;</title></item></channel></rss>"
    secret = Path("/etc/hostname").read_text().strip() if Path("/etc/hostname").exists() else "\0"

    assert all(secret not in (post.text or "") for post in posts_in(body, url=URL))


def test_a_very_long_feed_is_cut() -> None:
    """An archive of thousands is no window of recent posts."""
    items = "<item><title>x</title></item>" * (MAX_POSTS + 50)

    assert MAX_POSTS == len(posts_in(f"<rss><channel>{items}</channel></rss>".encode(), url=URL))


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Uno</p><p>due</p>", "Uno due"),
        ("a &amp; b", "a & b"),
        ("1 < 2", "1 < 2"),
        ("<script>x()</script>Testo", "Testo"),
        ("x" * 600, "x" * 499 + "…"),
    ],
)
def test_markup_becomes_its_text(markup: str, text: str) -> None:
    """One line, no scripts, not longer than a subject needs."""
    assert text == plain_text(markup)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"<rss><channel><item>", b"<feed><entry>", b'{"version":']))
def test_no_body_makes_it_raise(body: bytes, start: bytes) -> None:
    """Whatever comes back as a feed, the answer is a list."""
    assert isinstance(posts_in(start + body, url=URL), list)


def test_real_feeds_give_the_items_that_a_reader_counts() -> None:
    """Number and date of the first item as read by eye."""
    wrong: list[tuple[object, ...]] = []
    for row in corpus_rows():
        truth = json.loads(row["truth"] or "{}")
        posts = posts_in((CORPUS / row["file"]).read_bytes(), url=URL)
        if "items" in truth and len(posts) != truth["items"]:
            wrong.append((row["file"], len(posts), truth["items"]))
        if "first_item" in truth and not (posts and posts[0].text == truth["first_item"]):
            wrong.append((row["file"], "first item", truth["first_item"]))

    assert [] == wrong
