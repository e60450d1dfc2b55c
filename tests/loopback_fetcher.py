"""A fetcher whose example names lie at a web on loopback, for the tests of what it asks and what comes of that."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from random import Random

from audit.fetcher import Fetcher
from audit.limits import Limits
from audit.models import Courtesy, Page, Request
from tests.loopback import Route, Web

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
AGENT = "Finestra/0.1.0 (+https://agency.example; audit@agency.example)"
QUICK = Limits(connect=0.5, read=0.5, deadline=1.0, delay=0.0)
NAMES = ("one.example", "two.example", "three.example")


class JumpingClock:
    """A steady clock that jumps ahead instead of sleeping; `slept` holds the waits asked for."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self._ahead = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self._ahead

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self._ahead += seconds
        await asyncio.sleep(0)


def fetcher_for(web: Web, limits: Limits = QUICK, **settings: object) -> Fetcher:
    """A fetcher to which the example names lie at `web`."""
    usual: dict[str, object] = {
        "now": lambda: NOON, "allow_loopback": True, "resolve": web.resolver(*NAMES), "chance": Random(1),
    }  # fmt: skip
    return Fetcher(user_agent=AGENT, limits=limits, **{**usual, **settings})  # type: ignore[arg-type]


def asked(
    routes: Mapping[str, Route], *urls: str, limits: Limits = QUICK, **settings: object
) -> tuple[list[Page], Web, Courtesy]:
    """The pages for `urls`, asked one after the other by one fetcher; the web that answered; the ledger."""

    async def run() -> tuple[list[Page], Web, Courtesy]:
        async with Web(routes) as web, fetcher_for(web, limits, **settings) as fetcher:
            pages = [await fetcher.get(Request(url=url), role="profile") for url in urls]
            return pages, web, fetcher.courtesy()

    return asyncio.run(run())


def fetched(
    routes: Mapping[str, Route], *urls: str, limits: Limits = QUICK, **settings: object
) -> tuple[list[Page], Web]:
    """The same without the ledger."""
    pages, web, _ = asked(routes, *urls, limits=limits, **settings)
    return pages, web
