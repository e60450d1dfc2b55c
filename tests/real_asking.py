"""Asking real servers for profiles as the gatherer does, and what is expected of them."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

from audit.asking import fetch_profiles
from audit.fetcher import Fetcher
from audit.limits import Limits
from audit.models import CountFact, Link, Page, Profile, Request
from audit.platforms import link_of, platforms

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
AGENT = "Finestra/0.1.0 (+https://agency.example; audit@agency.example)"


def link_to(url: str, *, declared: bool = False) -> Link:
    """The profile at an address; `declared` as in `link_of`."""
    link = link_of(url, declared=declared)
    assert link is not None
    return link


def fetcher_of(**settings: Any) -> Fetcher:
    """A fetcher without a pause between requests."""
    return Fetcher(user_agent=AGENT, now=lambda: NOON, limits=Limits(delay=0.0, deadline=20.0), **settings)


def gathered(link: Link, **settings: Any) -> tuple[Profile, dict[str, Page]]:
    """What the platform of `link` reads in the pages that it wants, and those pages."""
    pages: dict[str, Page] = {}

    async def run() -> None:
        async with fetcher_of(**settings) as fetcher:
            await fetch_profiles(
                fetcher, [link], stored=lambda _: {}, save=lambda _, page: pages.update({page.role: page})
            )

    asyncio.run(run())
    return platforms()[link.platform].read(link, pages), pages


def asked_for(*urls: str, role: str = "home", **settings: Any) -> list[Page]:
    """The pages at `urls`, asked for one after the other, each as one of that role."""

    async def run() -> list[Page]:
        async with fetcher_of(**settings) as fetcher:
            return [await fetcher.get(Request(url=url), role=role) for url in urls]

    return asyncio.run(run())


def exact(value: int, page: str, where: str) -> CountFact:
    """An exact count."""
    return CountFact(value=value, low=value, high=value, raw=str(value), page=page, where=where)
