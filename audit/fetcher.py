"""Asks politely: robots.txt, pace, retries, redirects; whatever comes back is a `Page`.

One request at a time per host, started no faster than the host's delay. Where it may go is the `guard`'s business, the
exchange itself the `wire`'s, and what was asked stands in the courtesy ledger. No cookies, HTTP/1.1.

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
import hashlib
import re
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import partial
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Self

from pydantic import SecretStr
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt

from audit import walls
from audit.courtesy import Ledger
from audit.credentials import CREDENTIALS, Attached, Keys, needed, refused
from audit.errors import UsageError
from audit.guard import Address, Guard, NoAnswer, Place, Resolver, place_of
from audit.limits import Limits
from audit.models import (
    KEPT_HEADER_LENGTH,
    KEPT_HEADERS,
    Courtesy,
    Link,
    Page,
    Request,
    RobotsRuling,
    Source,
    State,
)
from audit.pace import Pace
from audit.parse.address import absolute, parts
from audit.parse.document import Document
from audit.parse.text import clean
from audit.paying import Budget
from audit.platforms import platform_of, platforms
from audit.platforms._api import KeyedApi, said
from audit.platforms._base import Platform
from audit.robots import ROBOTS_BYTES, Rules, rule_against
from audit.wire import Answer, Ask, Cache, Wire, kept_for
from audit.wording import counted

__all__ = ["Event", "Fetcher", "Limits", "expected_requests", "fetch_profiles", "retry_after_seconds", "rule_against"]

ROUNDS = 5  # times that a platform may ask for more, given what came
SETTLED = frozenset({State.OBSERVED, State.MISSING})  # a stored page of these states is not asked for again
ANSWERED = frozenset({State.OBSERVED, State.MISSING, State.GONE, State.PRIVATE})  # what an API says of an account
_DAY = 24 * 3600  # RFC 9309: rules older than this are read anew
_MONTH = 30 * _DAY
_TOKEN_BYTES = 65_536
_WALL_BYTES = 65_536  # of a failing answer: enough to see whether it is a wall


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something to show while fetching: `kind` is asking, waiting, answered, refused, saved, or done (nothing more
    is asked for a profile).

    `company`, `platform` and `handle` say for whose sake ("" when nobody's), `host` who is asked, `wait` how many
    seconds a waiting takes.
    """

    kind: str
    url: str
    text: str
    company: str = ""
    platform: str = ""
    handle: str = ""
    host: str = ""
    wait: float = 0.0


@dataclass(slots=True)
class _Host:
    """One host (by name): its pace and, per port, why it is not asked any more."""

    pace: Pace
    closed: dict[int, NoAnswer] = field(default_factory=dict)


@dataclass(slots=True)
class _Robots:
    """robots.txt of one origin: rules once read, or the trouble that kept them from being read."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    rules: Rules | None = None
    trouble: NoAnswer | None = None
    sha256: str = ""


@dataclass(slots=True)
class _Token:
    """The token that stands for an id and a secret in this run, or why there is none."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    value: SecretStr | None = None
    trouble: NoAnswer | None = None


@dataclass(slots=True)
class _Effort:
    """What one hop has taken so far: `left` seconds of its deadline; the last answer, if it was a server's failure."""

    left: float
    attempts: int = 0
    answer: Answer | None = None


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
        on_event: Callable[[Event], None] | None = None,
        resolve: Resolver | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
        chance: Random | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self._product = re.split(r"[/\s]", user_agent, maxsplit=1)[0]
        self._now, self._sleep, self._monotonic = now, sleep, monotonic
        self._chance = chance or Random()  # noqa: S311  # spreads visits, guards nothing
        self._on_event = on_event
        self._refresh = refresh
        self._known_robots, self._keep_robots = known_robots or {}, keep_robots
        self._hosts: dict[str, _Host] = {}
        self._robots: dict[str, _Robots] = {}
        self._retries_left = self.limits.retry_budget
        self._ledger = Ledger(courtesy_before)
        self.keys = keys or Keys()
        self._budget = Budget(self._ledger, max_cost)
        self._tokens: dict[str, _Token] = {}
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
            key = await self._key_for(request)
            source = Source.PUBLIC if key is None else Source.API
            self._budget.check(request.price)
            answer = await self._follow(request, key, trail)
        except NoAnswer as trouble:
            self._tell("refused", trail[-1], trouble.reason)
            page = self.page(request.url, role, trouble.state, trouble.reason, final_url=trail[-1])
            return replace(page, source=source)
        origin = ", kept from before" if answer.kept else ""
        self._tell("answered", trail[-1], f"{answer.status}, {counted(len(answer.body), 'byte')}{origin}")
        return replace(_page_of(answer, request.url, trail[-1], role), source=source)

    def page(self, url: str, role: str, state: State, reason: str, *, final_url: str | None = None) -> Page:
        """A page without a body: what was not asked or did not answer, with the reason."""
        return Page(
            url=url,
            final_url=final_url or url,
            role=role,
            state=state,
            source=Source.PUBLIC,
            fetched_at=self._now(),
            sha256=hashlib.sha256(b"").hexdigest(),
            reason=reason,
        )

    async def _follow(self, request: Request, key: Attached | None, trail: list[str]) -> Answer:
        url = request.url
        for _ in range(self.limits.redirects + 1):
            place = place_of(url)
            trail[-1] = place.url
            if key is not None:
                _check_place_of_key(request.credential, place)
            await self._check_robots(place, by_key=key is not None)
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
            url = self._redirect_target(answer.location, place)
            if url in trail:
                raise NoAnswer(State.FAILED, f"redirects in a circle, back to {url}")
            trail.append(url)  # before the refusal: where a short link leads is worth knowing, also unasked
            if key is None:
                _check_permission(url)
        raise NoAnswer(State.FAILED, f"redirects more than {self.limits.redirects} times")

    def _redirect_target(self, location: str, place: Place) -> str:
        target = absolute(location, place.url)
        if target is None:
            raise NoAnswer(State.FAILED, f"redirects to {location[:200]!r}, which is no web address")
        url = target.partition("#")[0]
        downgrades = self._ledger.of(place.name).downgrades
        if place.scheme == "https" and url.startswith("http:") and place.url not in downgrades:
            downgrades.append(place.url)
        return url

    # --- keys and what they cost --------------------------------------------------------------------------------

    async def _key_for(self, request: Request) -> Attached | None:
        """What goes out with the request; None for what everybody may ask."""
        name = request.credential
        if not name:
            return None
        missing = self.keys.missing(name)
        if missing and request.keyless:
            return None
        if missing:
            raise NoAnswer(State.NO_CREDENTIAL, needed(name, missing))
        if CREDENTIALS[name].exchange is None:
            return self.keys.attached(name)
        return self.keys.attached(name, await self._token_for(name))

    async def _token_for(self, name: str) -> SecretStr:
        """The token of an id and a secret, asked for once in a run."""
        token = self._tokens.setdefault(name, _Token())
        async with token.lock:
            if token.value is None and token.trouble is None:
                try:
                    token.value = await self._exchange(name)
                except NoAnswer as trouble:
                    token.trouble = trouble
        if token.value is None:
            assert token.trouble is not None
            raise token.trouble.with_traceback(None)
        return token.value

    async def _exchange(self, name: str) -> SecretStr:
        exchange = CREDENTIALS[name].exchange
        assert exchange is not None
        key = self.keys.for_exchange(name)
        place = place_of(exchange.url)
        answer = await self._ask_host(Ask(place=place, accept="application/json", cap=_TOKEN_BYTES, key=key), {})
        document = Document(answer.body, answer.headers.get("content-type"))
        found = document.json.get("access_token") if isinstance(document.json, dict) else None
        if answer.status == 200 and isinstance(found, str) and found.isascii() and found.isprintable() and found:
            return SecretStr(found)
        words = said(document) or f"HTTP {answer.status}"
        if answer.status in (400, 401, 403):
            raise NoAnswer(State.NO_CREDENTIAL, refused(name, words))
        raise NoAnswer(State.FAILED, f"{place.authority} gave no token: {words}")

    # --- robots.txt -----------------------------------------------------------------------------------------

    async def _check_robots(self, place: Place, *, by_key: bool = False) -> None:
        robots = self._robots.setdefault(place.origin, _Robots())
        async with robots.lock:
            if robots.rules is None and robots.trouble is None:
                await self._read_robots(robots, place)
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
                robots=_robots_url(place),
                sha256=robots.sha256,
            )
        )
        if not ruling.permitted:
            reason = f"robots.txt of {place.authority} does not permit it ({ruling.rule})"
            raise NoAnswer(State.NOT_PERMITTED, reason)

    async def _read_robots(self, robots: _Robots, place: Place) -> None:
        page = self._known_robots.get(place.origin)
        if page is None or page.state is not State.OBSERVED or self._now() - page.fetched_at > timedelta(seconds=_DAY):
            page = await self._robots_page(robots, place)
            if self._keep_robots is not None:
                self._keep_robots(place.origin, page)
        if robots.trouble is not None:
            return
        # RFC 9309 reads any 4xx as "no rules".
        body = page.body if page.status is not None and 200 <= page.status < 300 else b""
        robots.sha256 = hashlib.sha256(body).hexdigest()
        robots.rules = Rules(body, self._product)
        delay = robots.rules.crawl_delay
        if delay is not None:
            self._host(place).pace.slow_down(min(delay, self.limits.crawl_delay))

    async def _robots_page(self, robots: _Robots, place: Place) -> Page:
        """robots.txt as it came; `robots.trouble` is set when it cannot be read."""
        trail = [_robots_url(place)]
        try:
            answer = await self._robots_answer(trail)
        except NoAnswer as trouble:
            state = trouble.state if trouble.state is State.RATE_LIMITED else State.FAILED
            robots.trouble = NoAnswer(state, f"robots.txt could not be read: {trouble.reason}")
            return self.page(trail[0], "robots", state, robots.trouble.reason, final_url=trail[-1])
        return _page_of(answer, trail[0], trail[-1], "robots")

    async def _robots_answer(self, trail: list[str]) -> Answer:
        for _ in range(self.limits.redirects + 1):
            asked = place_of(trail[-1])
            ask = Ask(place=asked, accept="text/plain,*/*;q=0.5", cap=ROBOTS_BYTES, cut=True)
            answer = await self._ask(ask, fresh_for=_DAY, longest=_DAY)
            if answer.location is None:
                break
            trail.append(self._redirect_target(answer.location, asked))
            _check_permission(trail[-1])
        else:
            raise NoAnswer(State.FAILED, f"redirects more than {self.limits.redirects} times")
        if answer.status >= 500:
            raise NoAnswer(State.FAILED, f"the server answered {answer.status}")
        return answer

    # --- one host: cache, pace, retries, circuit ------------------------------------------------------------

    def _host(self, place: Place) -> _Host:
        if place.name not in self._hosts:
            limits = self.limits
            pace = Pace(limits.delay, jitter=limits.jitter, chance=self._chance, monotonic=self._monotonic)
            self._hosts[place.name] = _Host(pace)
        return self._hosts[place.name]

    async def _ask(self, ask: Ask, *, fresh_for: int = 0, longest: int = _MONTH) -> Answer:
        """The kept answer where it still holds, else the host's, which is kept if it may be. An answer to a key is
        nobody else's: it is never kept."""
        if ask.key is not None:
            return await self._ask_host(ask, {})

        async def send(conditions: Mapping[str, str]) -> Answer:
            answer = await self._ask_host(ask, conditions)
            return kept_for(answer, fresh_for) if fresh_for else answer

        keep = partial(self._cache.ask, ask, self._wire.headers(ask), send, longest=longest)
        answer = await keep(check=self._refresh)
        if answer.kept and not answer.revalidated and self._now() - answer.at > timedelta(seconds=self.limits.kept):
            answer = await keep(check=True)
        tally = self._ledger.of(ask.place.name)
        tally.revalidated += answer.revalidated
        tally.cached += answer.kept and not answer.revalidated
        return answer

    async def _ask_host(self, ask: Ask, conditions: Mapping[str, str]) -> Answer:
        host = self._host(ask.place)
        effort = _Effort(self.limits.deadline)
        retrying = AsyncRetrying(
            retry=retry_if_exception(partial(self._worth_another, effort, ask.price)),
            stop=stop_after_attempt(self.limits.attempts),
            wait=self._wait_before_retry,
            before_sleep=partial(self._note_retry, host, ask.place, effort),
            sleep=_leave_to_the_pace,
            reraise=True,
        )
        async with host.pace.lock:
            if ask.place.port in host.closed:
                raise host.closed[ask.place.port].with_traceback(None)
            try:
                return await retrying(self._attempt, host, ask, conditions, effort)
            except NoAnswer as trouble:
                if effort.answer is not None:
                    return effort.answer
                if trouble.dead:
                    host.closed[ask.place.port] = NoAnswer(trouble.state, f"not asked again: {trouble.reason}")
                raise

    async def _attempt(self, host: _Host, ask: Ask, conditions: Mapping[str, str], effort: _Effort) -> Answer:
        effort.attempts += 1
        effort.answer = None
        await self._wait_for_turn(host, ask.place)
        self._tell("asking", ask.place.url, f"attempt {effort.attempts}")
        self._ledger.of(ask.place.name).requests += 1
        started = self._monotonic()
        with self._budget.paying(ask.place, ask.price) as payment:
            try:
                answer = await self._wire.exchange(
                    ask, conditions, effort.left, sending=host.pace.start, sent=payment.sent
                )
            finally:
                effort.left -= self._monotonic() - started
            payment.answered(answer.status)
        self._check_wait_asked_for(answer, effort.attempts)
        if 500 <= answer.status < 600 and not _is_challenge(answer, ask.place):
            effort.answer = answer
            raise NoAnswer(State.FAILED, f"the server answered {answer.status}", again=True)
        return answer

    async def _wait_for_turn(self, host: _Host, place: Place) -> None:
        wait = host.pace.wait()
        if wait > 0:
            self._tell("waiting", place.url, f"{wait:.1f} s", wait=wait)
            await self._sleep(wait)
            tally = self._ledger.of(place.name)
            tally.pace_wait += min(wait, host.pace.delay * (1 + self.limits.jitter))
            tally.asked_wait += max(0.0, wait - host.pace.delay * (1 + self.limits.jitter))

    def _check_wait_asked_for(self, answer: Answer, number: int) -> None:
        """Raises NoAnswer when the server asks to come back later, worth another attempt if that is soon."""
        wait = retry_after_seconds(answer.headers.get("retry-after"), self._now())
        if answer.status not in (429, 503) or (answer.status == 503 and wait is None):
            return
        asked = "without saying for how long" if wait is None else f"for {wait:.0f} s"
        reason = f"the server answered {answer.status} and asks to wait {asked} (attempt {number})"
        soon = wait is not None and wait <= self.limits.retry_after
        raise NoAnswer(State.RATE_LIMITED, reason, again=soon, dead=True, wait=wait)

    def _worth_another(self, effort: _Effort, price: float, error: BaseException) -> bool:
        in_time = isinstance(error, NoAnswer) and error.again and effort.left > 0 and self._retries_left > 0
        return in_time and self._budget.permits(price)

    def _wait_before_retry(self, state: RetryCallState) -> float:
        """What the server asked for, else by chance up to twice, then four times the delay (full jitter)."""
        asked = _trouble_of(state).wait
        return self._chance.uniform(0, self.limits.delay * 2**state.attempt_number) if asked is None else asked

    def _note_retry(self, host: _Host, place: Place, effort: _Effort, state: RetryCallState) -> None:
        self._retries_left -= 1
        self._ledger.of(place.name).retries += 1
        host.pace.hold(state.upcoming_sleep)
        if _trouble_of(state).wait is None:  # a wait of our own is part of what the hop may take
            effort.left -= state.upcoming_sleep

    def _count_bytes(self, place: Place, number: int) -> None:
        self._ledger.of(place.name).bytes += number

    def _tell(self, kind: str, url: str, text: str, *, wait: float = 0.0) -> None:
        if self._on_event is not None:
            self._on_event(_event(kind, url, text, _for_link.get(), wait=wait))


Wants = Callable[[Link, Mapping[str, Page]], Awaitable[Mapping[str, Request]]]


async def fetch_profiles(
    fetcher: Fetcher,
    links: Iterable[Link],
    *,
    stored: Callable[[Link], Mapping[str, Page]],
    save: Callable[[Link, Page], None],
    on_event: Callable[[Event], None] | None = None,
    known: Mapping[str, Platform] | None = None,
    wants: Wants | None = None,
) -> None:
    """Asks for all that the platforms want of `links`, hosts in parallel; each page is saved as it comes.

    `stored` gives the pages already here by role: one that shows an answer is not asked for again. The host with most
    to do begins, so that none is left for the end. When one link fails for a reason of ours, the others are finished
    first; then the first such error is raised. `known` are the platforms by name, all of them unless told otherwise;
    `wants` works out what to ask next elsewhere than in this process, which must not parse hostile pages.
    """
    offered = platforms() if known is None else known
    slots = asyncio.Semaphore(fetcher.limits.parallel)

    async def fetch(link: Link) -> None:
        def keep(page: Page) -> None:
            save(link, page)
            if on_event is not None:
                on_event(saved(link, page))

        platform = offered.get(link.platform)
        if platform is None:
            raise UsageError(f"{link.platform!r} of {link.url} is no platform; see ./invoke platforms")
        with fetcher.on_behalf_of(link):
            await _fetch_profile(fetcher, platform, link, stored(link), keep, wants or _in_this_process(platform))
        if on_event is not None:
            on_event(done(link))

    async def visit(group: Sequence[Link]) -> list[BaseException | None]:
        async with slots:
            return [result for link in group for result in await asyncio.gather(fetch(link), return_exceptions=True)]

    groups = hosts_in_order(links, offered)
    for results in await asyncio.gather(*(visit(group) for group in groups)):
        for result in results:
            if result is not None:
                raise result


def hosts_in_order(links: Iterable[Link], offered: Mapping[str, Platform]) -> list[list[Link]]:
    """The links by host, the host with most to ask first; a website is many pages, a profile one or two."""
    groups: dict[str, list[Link]] = {}
    for link in links:
        groups.setdefault(_host_of(link.url), []).append(link)
    return sorted(groups.values(), key=lambda group: -sum(expected_requests(link, offered) for link in group))


def expected_requests(link: Link, offered: Mapping[str, Platform], keys: Keys | None = None) -> int:
    """About how many pages will be asked for on behalf of `link`: none of a platform that is not asked."""
    platform = offered.get(link.platform)
    if platform is None or platform.read(link, {}).state is State.RETIRED:
        return 0
    if platform.api is not None and keys is not None and keys.has(platform.api.credential):
        return len(platform.api.roles)
    if not platform.keyless:
        return 0
    return len(platform.roles) if link.platform == "website" else len(platform.wants(link, {}))


def expected_costs(links: Iterable[Link], offered: Mapping[str, Platform], keys: Keys) -> dict[str, tuple[int, float]]:
    """How many profiles will be asked for through an API that costs money, and what they cost at most together (US
    dollars), by platform."""
    costs: dict[str, tuple[int, float]] = {}
    for link in links:
        api = offered[link.platform].api if link.platform in offered else None
        if api is not None and api.prices and keys.has(api.credential):
            number, cost = costs.get(link.platform, (0, 0.0))
            costs[link.platform] = (number + 1, round(cost + sum(api.prices.values()), 4))
    return costs


def _in_this_process(platform: Platform) -> Wants:
    async def wants(link: Link, pages: Mapping[str, Page]) -> Mapping[str, Request]:
        return platform.wants(link, pages)

    return wants


async def _fetch_profile(
    fetcher: Fetcher,
    platform: Platform,
    link: Link,
    stored: Mapping[str, Page],
    keep: Callable[[Page], None],
    wants: Wants,
) -> None:
    """Through the official API where a key is set; else, and where that brings nothing, as everybody may."""
    here = {role: page for role, page in stored.items() if page.state in SETTLED}
    refusal = _not_asked(fetcher, platform, link)
    by_api = set(platform.api.roles) if platform.api is not None else set()
    pages = {role: page for role, page in here.items() if role not in by_api or page.source != Source.API}
    retired = refusal is not None and refusal.state is State.RETIRED
    if platform.api is not None and not retired and await _ask_api(fetcher, platform, platform.api, link, here, keep):
        return
    if refusal is not None:
        if not pages:
            keep(refusal)
        return
    for _ in range(ROUNDS):
        wanted = {role: request for role, request in (await wants(link, pages)).items() if role not in pages}
        if not wanted:
            return
        for role, request in wanted.items():
            pages[role] = await fetcher.get(request, role=role)
            keep(pages[role])


async def _ask_api(
    fetcher: Fetcher,
    platform: Platform,
    api: KeyedApi,
    link: Link,
    stored: Mapping[str, Page],
    keep: Callable[[Page], None],
) -> bool:
    """Asks an official API; whether that settles the matter: it has answered, or there is no other way in.

    Without a key that is said only where nobody may look without one, and nothing is stored. The answers are parsed in
    this process: they come from a host that proved its name, and are JSON.
    """
    requests = api.wants(link, {})
    if not requests:
        return False
    if not fetcher.keys.has(api.credential):
        if not platform.keyless and not stored:
            [(role, request)] = list(requests.items())[:1]
            keep(await fetcher.get(request, role=role))
        return api.only and not platform.keyless
    pages = {role: page for role, page in stored.items() if role in api.roles and page.source == Source.API}
    if pages and platform.read(link, pages).state not in ANSWERED:
        pages = {}  # a key that was refused yesterday may be a new one today
    for _ in range(ROUNDS):
        wanted = {role: request for role, request in api.wants(link, pages).items() if role not in pages}
        if not wanted:
            break
        for role, request in wanted.items():
            pages[role] = await fetcher.get(request, role=role)
            keep(pages[role])
    return not platform.keyless or platform.read(link, pages).state in ANSWERED


def _not_asked(fetcher: Fetcher, platform: Platform, link: Link) -> Page | None:
    """The page that says why a platform is not asked at all; None for the platforms that are."""
    role = "profile" if "profile" in platform.roles else platform.roles[0]
    unasked = platform.read(link, {})
    if unasked.state is State.RETIRED:
        return fetcher.page(link.url, role, State.RETIRED, unasked.reason or "the platform has closed")
    if platform.keyless:
        return None
    reason = platform.robots_note or f"{platform.title} does not permit reading without a key"
    return fetcher.page(link.url, role, State.NOT_PERMITTED, reason)


def retry_after_seconds(value: str | None, now: datetime) -> float | None:
    """The wait that a Retry-After header asks for, in seconds (a number or a date); None if unreadable."""
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return float(text[:12])
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - now).total_seconds())


def _check_place_of_key(name: str, place: Place) -> None:
    """Lets a key go to its API's own hosts alone, and never in the clear."""
    if place.scheme != "https" or place.port != 443 or place.name not in CREDENTIALS[name].hosts:
        raise NoAnswer(State.FAILED, f"the key of {CREDENTIALS[name].title} is not sent to {place.origin}")


def _check_permission(url: str) -> None:
    """Refuses a redirect to a platform that is never asked without a key, before anything is asked there."""
    platform = platform_of(url)
    if not platform.keyless:
        reason = f"redirects to {platform.title}, which does not permit reading without a key: {platform.robots_note}"
        raise NoAnswer(State.NOT_PERMITTED, reason)


async def _leave_to_the_pace(_: float) -> None:
    """The pace of the host waits before the next attempt."""


def _trouble_of(state: RetryCallState) -> NoAnswer:
    trouble = state.outcome.exception() if state.outcome else None
    return trouble if isinstance(trouble, NoAnswer) else NoAnswer(State.FAILED, "")


def _is_challenge(answer: Answer, place: Place) -> bool:
    """Whether a failing status is a wall that checks for people: asking again would be pushing at it."""
    if "cf-mitigated" in answer.headers:
        return True
    page = _page_of(answer, place.url, place.url, "")
    refusal = walls.judge(page, Document(answer.body[:_WALL_BYTES], page.media_type))
    return refusal is not None and refusal.state is State.CHALLENGED


def _page_of(answer: Answer, url: str, final_url: str, role: str) -> Page:
    kept = {name: clean(answer.headers[name]) for name in KEPT_HEADERS if name in answer.headers}
    return Page(
        url=url,
        final_url=final_url,
        role=role,
        state=State.OBSERVED,
        source=Source.PUBLIC,
        fetched_at=answer.at,
        status=answer.status,
        media_type=answer.headers.get("content-type"),
        sha256=hashlib.sha256(answer.body).hexdigest(),
        headers={name: value for name, value in kept.items() if len(value) <= KEPT_HEADER_LENGTH},
        body=answer.body,
    )


def _robots_url(place: Place) -> str:
    return f"{place.origin}/robots.txt"


def saved(link: Link, page: Page) -> Event:
    """A page came for the sake of a profile and is stored."""
    return _event("saved", page.url, _outcome(page), link)


def done(link: Link) -> Event:
    """Nothing more is asked for the sake of a profile."""
    return _event("done", link.url, "", link)


def _outcome(page: Page) -> str:
    """What came of a page, in words."""
    if page.state is not State.OBSERVED:
        return f"{page.role}: {page.state}" + (f", {page.reason}" if page.reason else "")
    return f"{page.role}: {page.status}, {counted(len(page.body), 'byte')}"


def _event(kind: str, url: str, text: str, link: Link | None, *, wait: float = 0.0) -> Event:
    company, platform, handle = (link.company, link.platform, link.handle) if link is not None else ("", "", "")
    return Event(
        kind=kind, url=url, text=text, company=company, platform=platform, handle=handle, host=_host_of(url), wait=wait
    )


def _host_of(url: str) -> str:
    parsed = parts(url)
    return parsed.hostname if parsed is not None else ""
