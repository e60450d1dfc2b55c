"""The robots.txt of every origin that is asked: read once a day, obeyed, each ruling kept with the line behind it.

A file that a server cannot give forbids everything for now; one that is not there permits everything (RFC 9309).
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Protocol

from audit.courtesy import Ledger
from audit.fetched_page import page_of, page_without_answer
from audit.guard import NoAnswer, Place, place_of
from audit.hops import check_permission, redirect_target
from audit.limits import Limits
from audit.models import Page, RobotsRuling, State
from audit.parse.address import absolute, parts
from audit.robots import ROBOTS_BYTES, Rules
from audit.wire import Answer, Ask

_DAY = 24 * 3600  # RFC 9309: rules older than this are read anew
_MOST_SITEMAPS = 50  # lines that are looked at


class AskKept(Protocol):
    """Asks, or gives a kept answer: one without a time of its own is fresh for `fresh_for` seconds, and none is good
    after `longest`."""

    def __call__(self, ask: Ask, *, fresh_for: int, longest: int) -> Awaitable[Answer]:
        """The answer; raises NoAnswer."""


@dataclass(slots=True)
class _Robots:
    """robots.txt of one origin: rules once read, or the trouble that kept them from being read."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    rules: Rules | None = None
    trouble: NoAnswer | None = None
    sha256: str = ""


class RobotsFiles:
    """Says what may be asked. `product` is our own name; `known` are files of an earlier start of this run by origin,
    `keep` gets each one that is read, `slow_down` the delay in seconds that a file asks for."""

    def __init__(
        self,
        ask: AskKept,
        *,
        product: str,
        limits: Limits,
        ledger: Ledger,
        now: Callable[[], datetime],
        known: Mapping[str, Page],
        keep: Callable[[str, Page], None] | None,
        slow_down: Callable[[Place, float], None],
    ) -> None:
        self._ask, self._product, self._limits, self._ledger, self._now = ask, product, limits, ledger, now
        self._known, self._keep, self._slow_down = known, keep, slow_down
        self._files: dict[str, _Robots] = {}

    async def check(self, place: Place, *, by_key: bool = False) -> None:
        """Raises NoAnswer where `place` may not be asked for. `by_key`: only a group that names us speaks to it."""
        robots = await self._of(place)
        if by_key and (robots.rules is None or not robots.rules.names_product):
            return
        if robots.trouble is not None:
            raise robots.trouble.with_traceback(None)
        if robots.rules is None:
            return
        ruling = robots.rules.ruling(place.url)
        self._ledger.ruled(
            RobotsRuling(
                url=place.url,
                permitted=ruling.permitted,
                rule=ruling.rule,
                robots=_address(place),
                sha256=robots.sha256,
            )
        )
        if not ruling.permitted:
            reason = f"robots.txt of {place.authority} does not permit it ({ruling.rule})"
            raise NoAnswer(State.NOT_PERMITTED, reason)

    async def sitemap(self, place: Place) -> str:
        """The first sitemap on the host of `place` that its robots.txt names; "" for none. Packed ones are left out:
        they are not opened."""
        robots = await self._of(place)
        for written in islice(robots.rules.sitemaps, _MOST_SITEMAPS) if robots.rules is not None else ():
            named = parts(absolute(written, place.url) or "")
            if named is None or named.username or named.password or named.pathname.lower().endswith(".gz"):
                continue
            if place_of(named.href).authority == place.authority:
                return named.href
        return ""

    async def _of(self, place: Place) -> _Robots:
        robots = self._files.setdefault(place.origin, _Robots())
        async with robots.lock:
            if robots.rules is None and robots.trouble is None:
                await self._read(robots, place)
        return robots

    async def _read(self, robots: _Robots, place: Place) -> None:
        page = self._known.get(place.origin)
        if page is None or page.state is not State.OBSERVED or self._now() - page.fetched_at > timedelta(seconds=_DAY):
            page = await self._page(robots, place)
            if self._keep is not None:
                self._keep(place.origin, page)
        if robots.trouble is not None:
            return
        # RFC 9309 reads any 4xx as "no rules".
        body = page.body if page.status is not None and 200 <= page.status < 300 else b""
        robots.sha256 = hashlib.sha256(body).hexdigest()
        robots.rules = Rules(body, self._product)
        delay = robots.rules.crawl_delay
        if delay is not None:
            self._slow_down(place, min(delay, self._limits.crawl_delay))

    async def _page(self, robots: _Robots, place: Place) -> Page:
        """robots.txt as it came; `robots.trouble` is set when it cannot be read."""
        trail = [_address(place)]
        try:
            answer = await self._answer(trail)
        except NoAnswer as trouble:
            state = trouble.state if trouble.state is State.RATE_LIMITED else State.FAILED
            robots.trouble = NoAnswer(state, f"robots.txt could not be read: {trouble.reason}")
            return page_without_answer(
                trail[0], "robots", state, robots.trouble.reason, at=self._now(), final_url=trail[-1]
            )
        return page_of(answer, trail[0], trail[-1], "robots")

    async def _answer(self, trail: list[str]) -> Answer:
        for _ in range(self._limits.redirects + 1):
            asked = place_of(trail[-1])
            ask = Ask(place=asked, accept="text/plain,*/*;q=0.5", cap=ROBOTS_BYTES, cut=True)
            answer = await self._ask(ask, fresh_for=_DAY, longest=_DAY)
            if answer.location is None:
                break
            trail.append(redirect_target(answer.location, asked, self._ledger))
            check_permission(trail[-1])
        else:
            raise NoAnswer(State.FAILED, f"redirects more than {self._limits.redirects} times")
        if answer.status >= 500:
            raise NoAnswer(State.FAILED, f"the server answered {answer.status}")
        return answer


def _address(place: Place) -> str:
    return f"{place.origin}/robots.txt"
