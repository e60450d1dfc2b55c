"""The sitemap of a site stands where its robots.txt says; only where that says nothing it is looked for."""

from __future__ import annotations

import asyncio

import pytest

from audit.models import Page, Request, State
from audit.platforms.website import PLATFORM as WEBSITE
from tests.loopback import Web, answer
from tests.loopback_fetcher import fetcher_for

SITEMAP = b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>'
GUESSED = "http://one.example/sitemap.xml"
NAMED = "http://one.example/mappa.xml"


def sought(robots: str, *, sitemap: bool = True) -> tuple[Page, list[str]]:
    """The page in the role of the sitemap, and what was asked beside robots.txt."""
    found = answer(SITEMAP, content_type="application/xml")
    routes = {"/robots.txt": answer(robots.encode()), "/mappa.xml": found, "/sitemap.xml": found}

    async def run() -> tuple[Page, list[str]]:
        async with Web(routes) as web, fetcher_for(web) as fetcher:
            page = await fetcher.get(Request(url=GUESSED, sitemap=sitemap), role="sitemap")
            return page, [path for path in web.paths() if not path.endswith("/robots.txt")]

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("robots", "asked"),
    [
        (f"Sitemap: {NAMED}", NAMED),
        ("User-agent: *\nDisallow: /admin\n\nsitemap:http://one.example/mappa.xml # all pages", NAMED),
        ("Sitemap: /mappa.xml", NAMED),
        (f"Sitemap: http://one.example/all.xml.gz\nSitemap: {NAMED}\nSitemap: http://one.example/news.xml", NAMED),
        ("Sitemap: http://two.example/mappa.xml", GUESSED),
        ("Sitemap: http://one.example.two.example/mappa.xml", GUESSED),
        ("Sitemap: http://one.example:81/mappa.xml", GUESSED),
        ("Sitemap: http://user:secret@one.example/mappa.xml", GUESSED),
        ("Sitemap: file:///etc/passwd\nSitemap: http://[\nSitemap:", GUESSED),
        ("", GUESSED),
    ],
)
def test_the_sitemap_that_robots_txt_names_is_asked_for(robots: str, asked: str) -> None:
    """The first that is not packed, on the same host and no other; the page says which address was asked."""
    page, paths = sought(robots)
    assert (State.OBSERVED, asked, asked) == (page.state, page.url, page.final_url)
    assert [asked.removeprefix("http://")] == paths


def test_what_robots_txt_forbids_is_not_asked_for_though_it_names_it() -> None:
    """The ruling comes first."""
    page, paths = sought(f"User-agent: *\nDisallow: /mappa\nSitemap: {NAMED}")
    assert (State.NOT_PERMITTED, NAMED, []) == (page.state, page.url, paths)


def test_other_requests_are_not_led_elsewhere() -> None:
    """Only the one for the sitemap."""
    assert GUESSED == sought(f"Sitemap: {NAMED}", sitemap=False)[0].url


def test_of_a_robots_txt_that_names_many_sitemaps_a_few_are_looked_at() -> None:
    """What stands on another host is not asked for."""
    page, _ = sought("Sitemap: http://two.example/m.xml\n" * 100_000 + f"Sitemap: {NAMED}")
    assert GUESSED == page.url


def test_a_website_wants_its_sitemap_where_robots_txt_says() -> None:
    """The root's is the guess."""
    link = WEBSITE.link("http://one.example/")
    assert link is not None
    home, _ = sought("", sitemap=False)
    body = b"<html><head><title>Aurora</title></head><body>Coffee</body></html>"
    home = Page(
        url=link.url, final_url=link.url, role="home", state=State.OBSERVED, source=home.source,
        fetched_at=home.fetched_at, status=200, media_type="text/html", sha256="", body=body,
    )  # fmt: skip
    assert {"sitemap": Request(url=GUESSED, sitemap=True)} == WEBSITE.wants(link, {"home": home})
