"""Asks politely: robots.txt, pace, retries, redirects; whatever comes back is a `Page`.

One request at a time per host, started no faster than the host's delay: that, and when to try again, are the
`attempts`'. Where it may go is the `guard`'s business, the exchange itself the `wire`'s, and what was asked stands in
the courtesy ledger. No cookies, HTTP/1.1.

Official APIs are asked with a key where one is set. It goes to the API's own host over https and nowhere else, follows
no redirect to another host, and stands in no page, event, ledger or cache: such answers are not kept in the cache at
all. What they cost is added up, and nothing is bought beyond what the client file permits.

robots.txt and keys: RFC 9309 speaks to crawlers that come unbidden. Whoever hands out a key has told its holder by a
contract what may be asked, so the group for everybody (`*`), by which API hosts keep search engines out, does not speak
to a request that carries a key. A group that names this program does: that is the operator's word to us in person, and
it is obeyed, key or not. So the file is read on API hosts too; one that cannot be read names nobody.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Self

from audit.attempts import Attempts
from audit.courtesy import Ledger
from audit.credentials import Attached, Keys
from audit.events import Event, event
from audit.fetched_page import page_of, page_without_answer
from audit.guard import Address, Guard, NoAnswer, Place, Resolver, place_of
from audit.hops import check_permission, redirect_target
from audit.key_ring import KeyRing, check_place_of_key
from audit.limits import Limits
from audit.models import Courtesy, Link, Page, Request, Source, State
from audit.paying import Budget
from audit.reading import Apart, Unread, here
from audit.robots_files import RobotsFiles
from audit.third_persons import may_show_persons, without_third_persons
from audit.wire import Answer, Ask, Cache, Wire, kept_for
from audit.wording import counted

SETTLED = frozenset({State.OBSERVED, State.MISSING})  # a stored page of these states is not asked for again
_MONTH = 30 * 24 * 3600

_for_link: ContextVar[Link | None] = ContextVar("_for_link", default=None)


class Fetcher:
    """Asks politely and never raises for remote trouble. Use as `async with Fetcher(…) as fetcher`.

    `now` gives the time stored in pages (aware, UTC). `languages` go into Accept-Language, the first preferred.
    `allow_loopback` opens this machine's own addresses (see `Guard`) for tests and rehearsals, and with it `hosts`
    gives fixed addresses to names. `ca_file` replaces the public certificate authorities, `proxy` (http://host:port)
    takes all connections. `cache` is the file in which answers are kept; `refresh` asks for each of them whether it
    still holds. `known_robots` are the robots.txt of an earlier start of this run by origin; `keep_robots` gets each
    one that is read. `courtesy_before` is the ledger of that earlier start. `keys` are those of official APIs, and
    `max_cost` is what the ones that cost money may cost in this run and its earlier starts, in US dollars.

    `apart` reads what came, for whoever has to know it before the next question: elsewhere than in this process, which
    must not be brought down by a page. It also takes other people out of every answer before that is kept anywhere.

    `resolve`, `sleep`, `monotonic` and `chance` are seams: host and port to addresses and ports, seconds to wait,
    seconds of a steady clock, the generator behind every jitter.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        now: Callable[[], datetime],
        limits: Limits | None = None,
        allow_loopback: bool = False,
        hosts: Mapping[str, Address] | None = None,
        languages: Sequence[str] = (),
        ca_file: Path | None = None,
        proxy: str = "",
        cache: Path | None = None,
        refresh: bool = False,
        known_robots: Mapping[str, Page] | None = None,
        keep_robots: Callable[[str, Page], None] | None = None,
        courtesy_before: Courtesy | None = None,
        keys: Keys | None = None,
        max_cost: float = 0.0,
        apart: Apart = here,
        on_event: Callable[[Event], None] | None = None,
        resolve: Resolver | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
        chance: Random | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self.keys = keys or Keys()
        self.apart = apart
        self._now, self._on_event, self._refresh = now, on_event, refresh
        self._ledger = Ledger(courtesy_before)
        self._budget = Budget(self._ledger, max_cost)
        self._cache = Cache(cache)
        self._wire = Wire(
            guard=Guard(resolve=resolve, allow_loopback=allow_loopback, hosts=hosts, proxied=bool(proxy)),
            limits=self.limits,
            user_agent=user_agent,
            languages=languages,
            now=now,
            ca_file=ca_file,
            proxy=proxy,
            received=self._count_bytes,
        )
        self._attempts = Attempts(
            self._wire,
            limits=self.limits,
            ledger=self._ledger,
            budget=self._budget,
            tell=self._tell,
            apart=apart,
            now=now,
            sleep=sleep,
            monotonic=monotonic,
            chance=chance or Random(),  # noqa: S311  # spreads visits, guards nothing
        )
        self._robots = RobotsFiles(
            self._ask,
            product=re.split(r"[/\s]", user_agent, maxsplit=1)[0],
            limits=self.limits,
            ledger=self._ledger,
            now=now,
            known=known_robots or {},
            keep=keep_robots,
            slow_down=self._attempts.slow_down,
        )
        self._key_ring = KeyRing(self.keys, partial(self._attempts.ask, conditions={}))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._cache.close()
        await self._wire.close()

    def courtesy(self) -> Courtesy:
        """What was asked of whom so far, with that of `courtesy_before`."""
        return self._ledger.value()

    @contextmanager
    def on_behalf_of(self, link: Link) -> Iterator[None]:
        """Within it, events name the platform and the handle of `link`."""
        token = _for_link.set(link)
        try:
            yield
        finally:
            _for_link.reset(token)

    async def get(self, request: Request, *, role: str) -> Page:
        """The answer to `request` as a page in `role`, or a page that says in words why there is none."""
        trail: list[str] = [request.url]
        source = Source.PUBLIC
        try:
            if request.sitemap:
                named = await self._robots.sitemap(place_of(request.url))
                request = replace(request, url=named or request.url)
                trail[0] = request.url
            key = await self._key_ring.key_for(request)
            source = Source.PUBLIC if key is None else Source.API
            self._budget.check(request.price)
            answer = await self._follow(request, key, trail)
        except NoAnswer as trouble:
            self._tell("refused", trail[-1], trouble.reason)
            page = self.page(request.url, role, trouble.state, trouble.reason, final_url=trail[-1])
            return replace(page, source=source)
        origin = ", kept from before" if answer.kept else ""
        self._tell("answered", trail[-1], f"{answer.status}, {counted(len(answer.body), 'byte')}{origin}")
        return replace(page_of(answer, request.url, trail[-1], role), source=source)

    def page(self, url: str, role: str, state: State, reason: str, *, final_url: str | None = None) -> Page:
        """A page without a body: what was not asked or did not answer, with the reason."""
        return page_without_answer(url, role, state, reason, at=self._now(), final_url=final_url)

    async def _follow(self, request: Request, key: Attached | None, trail: list[str]) -> Answer:
        url = request.url
        for _ in range(self.limits.redirects + 1):
            place = place_of(url)
            trail[-1] = place.url
            if key is not None:
                check_place_of_key(request.credential, place)
            await self._robots.check(place, by_key=key is not None)
            ask = Ask(
                place=place,
                accept=request.accept,
                cap=self.limits.body,
                key=key,
                json=request.json,
                price=request.price,
            )
            answer = await self._ask(ask)
            if answer.location is None:
                return answer
            url = redirect_target(answer.location, place, self._ledger)
            if url in trail:
                raise NoAnswer(State.FAILED, f"redirects in a circle, back to {url}")
            trail.append(url)  # before the refusal: where a short link leads is worth knowing, also unasked
            if key is None:
                check_permission(url)
        raise NoAnswer(State.FAILED, f"redirects more than {self.limits.redirects} times")

    async def _ask(self, ask: Ask, *, fresh_for: int = 0, longest: int = _MONTH) -> Answer:
        """The kept answer where it still holds, else the host's, which is kept if it may be. An answer to a key is
        nobody else's: it is never kept."""
        if ask.key is not None:
            return await self._cleared(ask.place, await self._attempts.ask(ask, {}))

        async def send(conditions: Mapping[str, str]) -> Answer:
            answer = await self._cleared(ask.place, await self._attempts.ask(ask, conditions))
            return kept_for(answer, fresh_for) if fresh_for else answer

        keep = partial(self._cache.ask, ask, self._wire.headers(ask), send, longest=longest)
        answer = await keep(check=self._refresh)
        if answer.kept and not answer.revalidated and self._now() - answer.at > timedelta(seconds=self.limits.kept):
            answer = await keep(check=True)
        tally = self._ledger.of(ask.place.name)
        tally.revalidated += answer.revalidated
        tally.cached += answer.kept and not answer.revalidated
        return answer

    async def _cleared(self, place: Place, answer: Answer) -> Answer:
        """The answer without the people in it who are not the profile; raises NoAnswer when they cannot be told."""
        page = page_of(answer, place.url, place.url, "")
        link = _for_link.get() or Link(company="", platform="", handle="", url=place.url)
        if not may_show_persons(link, page):
            return answer
        try:
            cleared = await self.apart(without_third_persons, link, page)
        except Unread as unread:
            reason = f"other people could not be taken out of the answer, which is not kept: {unread.reason}"
            raise NoAnswer(State.FAILED, reason) from unread
        return replace(answer, body=cleared.body, came_as=cleared.came_as)

    def _count_bytes(self, place: Place, number: int) -> None:
        self._ledger.of(place.name).bytes += number

    def _tell(self, kind: str, url: str, text: str, *, wait: float = 0.0) -> None:
        if self._on_event is not None:
            self._on_event(event(kind, url, text, _for_link.get(), wait=wait))
