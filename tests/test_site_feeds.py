"""Which link of a home page is the site's feed, in each kind of feed."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pytest

from audit.models import Page, Source, State
from audit.platforms import link_of
from audit.platforms.website import PLATFORM as WEBSITE

SITE = "https://studiopetali.example/"


def wanted_feed(head: str) -> str | None:
    """The address of the feed that is asked for after a home page with `head`."""
    body = f"<html><head><title>Studio Petali</title>{head}</head><body><h1>Studio Petali</h1></body></html>".encode()
    home = Page(
        url=SITE, final_url=SITE, role="home", state=State.OBSERVED, source=Source.PUBLIC, status=200,
        fetched_at=datetime(2026, 11, 23, 9, tzinfo=UTC), media_type="text/html", body=body,
        sha256=hashlib.sha256(body).hexdigest(),
    )  # fmt: skip
    link = link_of(SITE, company="client")
    assert link is not None
    wanted = WEBSITE.wants(link, {"home": home})
    return wanted["feed"].url if "feed" in wanted else None


@pytest.mark.parametrize(
    ("media_type", "href", "asked"),
    [
        ("application/rss+xml", "/rss.xml", "rss.xml"),
        ("application/atom+xml", "/blog/atom.xml", "blog/atom.xml"),
        ("application/rdf+xml", "index.rdf", "index.rdf"),
        ("application/feed+json", "/journal.json", "journal.json"),
        ("application/json", "/feed.json", "feed.json"),
        ("application/json", "https://studiopetali.example/feed/json?lang=en", "feed/json?lang=en"),
        ("application/json", "/wp-json/wp/v2/pages/12", None),
        ("application/json+oembed", "/feed/oembed.json", None),
        ("application/rss+xml", "/comments/feed/", None),
        ("application/rss+xml", "https://altri.example/feed/", None),
    ],
)
def test_the_feed_that_a_site_links_is_asked_for(media_type: str, href: str, asked: str | None) -> None:
    """RSS, Atom and JSON Feed of both versions; no comments, no answer of an interface, nothing of another site."""
    link = f'<link rel="alternate" type="{media_type}" href="{href}">'
    assert (SITE + asked if asked is not None else None) == wanted_feed(link)
