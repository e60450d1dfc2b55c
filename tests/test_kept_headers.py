"""The headers that are stored with an answer: a short list, cleaned, and read back as they were written."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from audit.fetcher import Fetcher
from audit.files import load_profile_folder, profile_folder, save_page
from audit.limits import Limits
from audit.models import Link, Page, Request
from tests.loopback import Web, answer

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SITE = Link(company="client", platform="website", handle="aurora.example", url="http://aurora.example/")


def page_with(**headers: str) -> Page:
    """The page of an answer that carries these headers."""

    async def run() -> Page:
        async with Web({"/": answer(b"<title>Aurora</title>", content_type="text/html", **headers)}) as web:
            fetcher = Fetcher(
                user_agent="Finestra/0.1.0 (+https://agency.example)", now=lambda: NOON, limits=Limits(delay=0),
                allow_loopback=True, resolve=web.resolver("aurora.example"),
            )  # fmt: skip
            async with fetcher:
                return await fetcher.get(Request(url=SITE.url), role="home")

    return asyncio.run(run())


def test_only_the_listed_headers_are_kept() -> None:
    """A total, a link and a tag are kept; a cookie and the server's name are not."""
    page = page_with(
        X_WP_Total="23", Link='<https://aurora.example/wp-json/>; rel="https://api.w.org/"', ETag='"a1"',
        Set_Cookie="id=1", Server="nginx",
    )  # fmt: skip
    expected = {
        "x-wp-total": "23",
        "link": '<https://aurora.example/wp-json/>; rel="https://api.w.org/"',
        "etag": '"a1"',
    }
    assert expected == page.headers


def test_a_kept_header_is_clean_and_of_bounded_length() -> None:
    """Control characters do not get through; a header longer than 2,000 characters is left out whole."""
    page = page_with(ETag='"a\x1b[31m1"', Link="<" + "a" * 2_100 + ">")
    assert ["etag"] == list(page.headers)
    assert "\x1b" not in page.headers["etag"]


def test_stored_headers_come_back(tmp_path: Path) -> None:
    """What was stored with a page is read with it again."""
    save_page(tmp_path, SITE, page_with(X_WP_Total="23"))
    assert {"x-wp-total": "23"} == load_profile_folder(profile_folder(tmp_path, SITE))[1]["home"].headers
