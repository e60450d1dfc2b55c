"""The only speaker of HTTP to the outside: robots.txt, pace, retries, guard; whatever comes back is a `Page`.

One request at a time per host, started no faster than the host's delay. Addresses are checked after the name
is resolved and the connection goes to the checked address, so that a name cannot point into the own network.
No cookies, no proxies, no credentials of the environment, HTTP/1.1.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
import ssl
import time
import zlib
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from pathlib import Path
from socket import AI_ADDRCONFIG, SOCK_STREAM
from types import TracebackType
from typing import Self

import httpx
from protego import Protego

from audit.errors import UsageError
from audit.models import KEPT_HEADER_LENGTH, KEPT_HEADERS, Link, Page, Request, Source, State
from audit.parse.address import absolute, parts
from audit.parse.text import clean
from audit.platforms import platform_of, platforms
from audit.platforms._base import Platform

ROBOTS_BYTES = 500 * 1024  # RFC 9309: at least this much is read; the rest is ignored
WEB_PORTS = frozenset({80, 443, 8080, 8443})  # no others on public hosts: the fetcher is not a port scanner
ROUNDS = 5  # times that a platform may ask for more, given what came
SETTLED = frozenset({State.OBSERVED, State.MISSING})  # a stored page of these states is not asked for again

_NAT64 = IPv6Network("64:ff9b::/96")
_NAT64_LOCAL = IPv6Network("64:ff9b:1::/48")  # leads into the own network, wherever its operator likes
_TRANSLATED = IPv6Network("::ffff:0:0:0/96")  # IPv4 as SIIT writes it
_SITE_LOCAL = IPv6Network("fec0::/10")  # withdrawn, but some networks still use it inside
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ADDRESSES_TRIED = 3

Resolver = Callable[[str, int], Awaitable[Sequence[tuple[str, int]]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one request may cost. Times are seconds, sizes bytes.

    `deadline` covers all attempts of one hop without the waits between them; `retry_after` is the longest
    wait that a server may ask for; `attempts` counts the first one (5xx and broken connections get two).
    """

    connect: float = 10.0
    read: float = 20.0
    deadline: float = 60.0
    body: int = 5_000_000
    redirects: int = 5
    delay: float = 2.0
    crawl_delay: float = 60.0
    retry_after: float = 60.0
    attempts: int = 3
    parallel: int = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something to show while fetching: `kind` is asking, waiting, answered, refused or saved."""

    kind: str
    url: str
    text: str


class _NoAnswer(Exception):
    """Why there is no usable answer. `again`: worth a second attempt; `dead`: the host is silent."""

    def __init__(self, state: State, reason: str, *, again: bool = False, dead: bool = False) -> None:
        reason = clean(reason)  # it quotes what servers sent
        super().__init__(reason)
        self.state, self.reason, self.again, self.dead = state, reason, again, dead


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """An address taken apart: what to connect to, what to ask for."""

    url: str
    scheme: str
    name: str
    port: int
    target: str

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.authority}"

    @property
    def authority(self) -> str:
        default = 443 if self.scheme == "https" else 80
        return self.name if self.port == default else f"{self.name}:{self.port}"


@dataclass(slots=True)
class _Host:
    """Pace of one host (by name) and, per port, why it is not asked any more."""

    delay: float
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0
    closed: dict[int, _NoAnswer] = field(default_factory=dict)


@dataclass(slots=True)
class _Robots:
    """robots.txt of one origin: rules once read, or the trouble that kept it from being read."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    text: str = ""
    rules: Protego | None = None
    trouble: _NoAnswer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    status: int
    media_type: str | None
    location: str | None
    retry_after: str | None
    kept: Mapping[str, str]
    body: bytes


class Fetcher:
    """Asks politely and never raises for remote trouble. Use as `async with Fetcher(…) as fetcher`.

    `now` gives the time stored in pages (aware, UTC). `allow_loopback` opens this machine's loopback
    addresses only, for tests and rehearsals; private addresses stay closed. `languages` go into
    Accept-Language, the first preferred. `ca_file` replaces the public certificate authorities. `resolve`,
    `sleep` and `monotonic` are seams: host and port to addresses and ports, seconds to wait, seconds of a
    steady clock.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        now: Callable[[], datetime],
        limits: Limits | None = None,
        allow_loopback: bool = False,
        languages: Sequence[str] = (),
        ca_file: Path | None = None,
        on_event: Callable[[Event], None] | None = None,
        resolve: Resolver | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.limits = limits or Limits()
        self._user_agent = user_agent
        self._product = re.split(r"[/\s]", user_agent, maxsplit=1)[0]
        self._now, self._sleep, self._monotonic = now, sleep, monotonic
        self._allow_loopback = allow_loopback
        self._languages = languages
        self._on_event = on_event
        self._resolve = resolve or _resolve_by_system
        self._hosts: dict[str, _Host] = {}
        self._robots: dict[str, _Robots] = {}
        # The bare transport: no cookies, no proxies, no redirects of its own.
        self._transport = httpx.AsyncHTTPTransport(
            verify=_trusted(ca_file),
            trust_env=False,
            # Two names can share an address: a kept connection would skip the second name's certificate.
            limits=httpx.Limits(max_keepalive_connections=0),
        )

    async def __aenter__(self) -> Self:
        await self._transport.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._transport.__aexit__(kind, error, trace)

    async def get(self, request: Request, *, role: str) -> Page:
        """The answer to `request` as a page in `role`, or a page that says in words why there is none."""
        trail: list[str] = [request.url]
        try:
            answer = await self._follow(request, trail)
        except _NoAnswer as trouble:
            self._tell("refused", trail[-1], trouble.reason)
            return self.page(request.url, role, trouble.state, trouble.reason, final_url=trail[-1])
        self._tell("answered", trail[-1], f"{answer.status}, {len(answer.body)} bytes")
        return Page(
            url=request.url,
            final_url=trail[-1],
            role=role,
            state=State.OBSERVED,
            source=Source.PUBLIC,
            fetched_at=self._now(),
            status=answer.status,
            media_type=answer.media_type,
            sha256=hashlib.sha256(answer.body).hexdigest(),
            headers=answer.kept,
            body=answer.body,
        )

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

    async def _follow(self, request: Request, trail: list[str]) -> _Answer:
        url = request.url
        for _ in range(self.limits.redirects + 1):
            place = self._place(url)
            trail[-1] = place.url
            await self._check_robots(place)
            answer = await self._ask(place, request.accept, self.limits.body, cut=False)
            if answer.location is None:
                return answer
            url = _redirect_target(answer.location, place)
            if url in trail:
                raise _NoAnswer(State.FAILED, f"redirects in a circle, back to {url}")
            _check_permission(url)
            trail.append(url)
        raise _NoAnswer(State.FAILED, f"redirects more than {self.limits.redirects} times")

    def _place(self, url: str) -> _Place:
        parsed = parts(url)
        if parsed is None:
            raise _NoAnswer(State.FAILED, f"is no http or https address: {url[:200]}")
        if parsed.username or parsed.password:
            raise _NoAnswer(State.FAILED, "carries a user name or a password in its address")
        scheme = parsed.protocol.rstrip(":")
        port = int(parsed.port) if parsed.port else 443 if scheme == "https" else 80
        return _Place(
            url=parsed.href.partition("#")[0],
            scheme=scheme,
            name=parsed.hostname,
            port=port,
            target=(parsed.pathname or "/") + parsed.search,
        )

    # --- robots.txt -----------------------------------------------------------------------------------------

    async def _check_robots(self, place: _Place) -> None:
        robots = self._robots.setdefault(place.origin, _Robots())
        async with robots.lock:
            if robots.rules is None and robots.trouble is None:
                await self._read_robots(robots, place)
        if robots.trouble is not None:
            raise robots.trouble
        if robots.rules is not None and not robots.rules.can_fetch(place.url, self._product):
            rule = rule_against(robots.text, place.url, self._product)
            raise _NoAnswer(State.NOT_PERMITTED, f"robots.txt of {place.authority} does not permit it ({rule})")

    async def _read_robots(self, robots: _Robots, place: _Place) -> None:
        try:
            robots.text = await self._robots_text(place)
        except _NoAnswer as trouble:
            state = trouble.state if trouble.state is State.RATE_LIMITED else State.FAILED
            robots.trouble = _NoAnswer(state, f"robots.txt could not be read: {trouble.reason}")
            return
        robots.rules = Protego.parse(robots.text)
        delay = robots.rules.crawl_delay(self._product)
        if delay is not None:
            host = self._host(place)
            host.delay = max(host.delay, min(delay, self.limits.crawl_delay))
            host.free_at = max(host.free_at, self._monotonic() + host.delay)

    async def _robots_text(self, place: _Place) -> str:
        """The rules' text; "" where RFC 9309 reads the answer as "no rules" (any 4xx)."""
        url = f"{place.origin}/robots.txt"
        for _ in range(self.limits.redirects + 1):
            asked = self._place(url)
            answer = await self._ask(asked, "text/plain,*/*;q=0.5", ROBOTS_BYTES, cut=True)
            if answer.location is None:
                break
            url = _redirect_target(answer.location, asked)
            _check_permission(url)
        else:
            raise _NoAnswer(State.FAILED, f"redirects more than {self.limits.redirects} times")
        if answer.status >= 500:
            raise _NoAnswer(State.FAILED, f"the server answered {answer.status}")
        if not 200 <= answer.status < 300:
            return ""
        text = answer.body.decode("utf-8-sig", "replace")
        # RFC 9309 compares product tokens only: "Name/1.0" and "Name bot" both mean "Name".
        return re.sub(r"(?im)^([ \t]*user-agent[ \t]*:[ \t]*[a-z_-]+)[^\r\n#]*", r"\1", text)

    # --- one host: pace, retries, circuit -------------------------------------------------------------------

    def _host(self, place: _Place) -> _Host:
        return self._hosts.setdefault(place.name, _Host(self.limits.delay))

    async def _ask(self, place: _Place, accept: str, cap: int, *, cut: bool) -> _Answer:
        host = self._host(place)
        left = self.limits.deadline
        for attempt in range(1, self.limits.attempts + 1):
            async with host.lock:
                await self._wait_for_turn(host, place)
                started = self._monotonic()
                self._tell("asking", place.url, f"attempt {attempt}")
                try:
                    answer = await self._exchange(place, accept, cap, cut=cut, seconds=left)
                except _NoAnswer as trouble:
                    left -= self._monotonic() - started
                    if trouble.again and attempt == 1 and attempt < self.limits.attempts and left > 0:
                        continue
                    if trouble.dead:
                        host.closed[place.port] = _NoAnswer(State.FAILED, f"not asked again: {trouble.reason}")
                    raise
                left -= self._monotonic() - started
                if not self._wait_asked_for(host, place, answer, attempt) and not (
                    500 <= answer.status < 600 and attempt == 1 and left > 0
                ):
                    return answer
        return answer

    async def _wait_for_turn(self, host: _Host, place: _Place) -> None:
        if place.port in host.closed:
            raise host.closed[place.port]
        wait = host.free_at - self._monotonic()
        if wait > 0:
            self._tell("waiting", place.url, f"{wait:.1f} s")
            await self._sleep(wait)
        host.free_at = self._monotonic() + host.delay

    def _wait_asked_for(self, host: _Host, place: _Place, answer: _Answer, attempt: int) -> bool:
        """Whether the server asks to come back later and that is possible; notes the time on the host."""
        if answer.status not in (429, 503) or (answer.status == 503 and answer.retry_after is None):
            return False
        wait = retry_after_seconds(answer.retry_after, self._now())
        if wait is None and answer.status == 503:
            return False
        if wait is not None and wait <= self.limits.retry_after and attempt < self.limits.attempts:
            host.free_at = max(host.free_at, self._monotonic() + wait)
            return True
        asked = "without saying for how long" if wait is None else f"for {wait:.0f} s"
        reason = f"the server answered {answer.status} and asks to wait {asked} (attempt {attempt})"
        host.closed[place.port] = _NoAnswer(State.RATE_LIMITED, f"not asked again: {reason}")
        raise _NoAnswer(State.RATE_LIMITED, reason)

    # --- one exchange ---------------------------------------------------------------------------------------

    async def _exchange(self, place: _Place, accept: str, cap: int, *, cut: bool, seconds: float) -> _Answer:
        try:
            async with asyncio.timeout(seconds):
                addresses = await self._addresses(place)
                response = await self._connect(place, addresses, accept)
                try:
                    body = await _body(response, cap, cut=cut)
                finally:
                    await response.aclose()
        except TimeoutError as error:
            reason = f"{place.authority} did not finish its answer within {self.limits.deadline:g} s"
            raise _NoAnswer(State.FAILED, reason, dead=True) from error
        except httpx.TimeoutException as error:
            waited = self.limits.connect if isinstance(error, httpx.ConnectTimeout) else self.limits.read
            reason = f"{place.authority} was silent for {waited:g} s"
            raise _NoAnswer(State.FAILED, reason, again=True, dead=True) from error
        except httpx.ConnectError as error:
            reason = f"no connection to {place.authority}: {_words(error)}"
            raise _NoAnswer(State.FAILED, reason, again=True, dead=True) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            reason = f"the answer of {place.authority} broke off or is no HTTP: {_words(error)}"
            raise _NoAnswer(State.FAILED, reason, again=isinstance(error, httpx.NetworkError)) from error
        headers = response.headers
        return _Answer(
            status=response.status_code,
            media_type=headers.get("content-type"),
            location=headers.get("location") if response.status_code in _REDIRECTS else None,
            retry_after=headers.get("retry-after"),
            kept=_kept_headers(headers),
            body=body,
        )

    async def _connect(self, place: _Place, addresses: Sequence[tuple[str, int]], accept: str) -> httpx.Response:
        headers = {
            "Host": place.authority,
            "User-Agent": self._user_agent,
            "Accept": accept,
            "Accept-Encoding": "gzip",
            "Connection": "close",
        }
        if self._languages:
            headers["Accept-Language"] = _accept_language(self._languages)
        times = httpx.Timeout(self.limits.read, connect=self.limits.connect).as_dict()
        # The certificate is checked against the name, the connection goes to the checked address.
        extensions = {"sni_hostname": place.name.strip("[]"), "timeout": times}
        for number, (address, port) in enumerate(addresses, 1):
            url = httpx.URL(scheme=place.scheme, host=address, port=port, raw_path=place.target.encode())
            request = httpx.Request("GET", url, headers=headers, extensions=extensions)
            try:
                return await self._transport.handle_async_request(request)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                if number == len(addresses):
                    raise
        raise httpx.ConnectError("the name has no address")

    async def _addresses(self, place: _Place) -> Sequence[tuple[str, int]]:
        """Where `place` lies, each address checked; one that is not permitted refuses them all."""
        name = place.name.strip("[]")
        try:
            addresses = await self._resolve(name, place.port)
        except (OSError, UnicodeError) as error:
            raise _NoAnswer(State.FAILED, f"the name {name} was not found: {_words(error)}", dead=True) from error
        for address, _ in addresses:
            self._check_address(address, place)
        return addresses[:_ADDRESSES_TRIED]

    def _check_address(self, address: str, place: _Place) -> None:
        plain = _unwrapped(ip_address(address.partition("%")[0]))
        if plain.is_loopback and self._allow_loopback:
            return
        if not plain.is_global or plain.is_multicast or _is_inside(plain):
            raise _NoAnswer(State.FAILED, f"{place.authority} lies at {address}, which is not a public address")
        if place.port not in WEB_PORTS:
            raise _NoAnswer(State.FAILED, f"port {place.port} of {place.name} is not a web server's")

    def _tell(self, kind: str, url: str, text: str) -> None:
        if self._on_event is not None:
            self._on_event(Event(kind=kind, url=url, text=text))


async def fetch_profiles(
    fetcher: Fetcher,
    links: Iterable[Link],
    *,
    stored: Callable[[Link], Mapping[str, Page]],
    save: Callable[[Link, Page], None],
    on_event: Callable[[Event], None] | None = None,
    known: Mapping[str, Platform] | None = None,
) -> None:
    """Asks for all that the platforms want of `links`, hosts in parallel; each page is saved as it comes.

    `stored` gives the pages already here by role: one that shows an answer is not asked for again. When one
    link fails for a reason of ours, the others are finished first; then the first such error is raised.
    `known` are the platforms by name, all of them unless told otherwise.
    """
    offered = platforms() if known is None else known
    slots = asyncio.Semaphore(fetcher.limits.parallel)

    async def fetch(link: Link) -> None:
        def keep(page: Page) -> None:
            save(link, page)
            if on_event is not None:
                on_event(Event(kind="saved", url=page.url, text=f"{link.platform} {link.handle}: {page.state}"))

        async with slots:
            platform = offered.get(link.platform)
            if platform is None:
                raise UsageError(f"{link.platform!r} of {link.url} is no platform; see ./invoke platforms")
            await _fetch_profile(fetcher, platform, link, stored(link), keep)

    results = await asyncio.gather(*(fetch(link) for link in links), return_exceptions=True)
    for result in results:
        if isinstance(result, BaseException):
            raise result


async def _fetch_profile(
    fetcher: Fetcher, platform: Platform, link: Link, stored: Mapping[str, Page], keep: Callable[[Page], None]
) -> None:
    pages = {role: page for role, page in stored.items() if page.state in SETTLED}
    refusal = _not_asked(fetcher, platform, link)
    if refusal is not None:
        if not pages:
            keep(refusal)
        return
    for _ in range(ROUNDS):
        wanted = {role: request for role, request in platform.wants(link, pages).items() if role not in pages}
        if not wanted:
            return
        for role, request in wanted.items():
            pages[role] = await _one_page(fetcher, platform, request, role)
            keep(pages[role])


async def _one_page(fetcher: Fetcher, platform: Platform, request: Request, role: str) -> Page:
    if request.api:
        reason = f"the official API of {platform.title} needs a key, and none is set"
        return fetcher.page(request.url, role, State.NO_CREDENTIAL, reason)
    return await fetcher.get(request, role=role)


def _not_asked(fetcher: Fetcher, platform: Platform, link: Link) -> Page | None:
    """The page that says why a platform is not asked at all; None for the platforms that are."""
    unasked = platform.read(link, {})
    if unasked.state is State.RETIRED:
        return fetcher.page(link.url, platform.roles[0], State.RETIRED, unasked.reason or "the platform has closed")
    if platform.keyless:
        return None
    reason = platform.robots_note or f"{platform.title} does not permit reading without a key"
    return fetcher.page(link.url, platform.roles[0], State.NOT_PERMITTED, reason)


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


def rule_against(robots: str, url: str, product: str) -> str:
    """The line of a robots.txt that forbids `url` to `product` ("line 2: Disallow: /"), for the reason."""
    named: list[tuple[int, str]] = []
    everybody: list[tuple[int, str]] = []
    agents: list[str] = []
    in_rules = False
    for number, line in enumerate(robots.splitlines(), 1):
        key, _, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if key == "user-agent":
            agents = [value.lower()] if in_rules else [*agents, value.lower()]
            in_rules = False
        elif key in ("allow", "disallow"):
            in_rules = True
            if key == "disallow" and product.lower() in agents:
                named.append((number, value))
            elif key == "disallow" and "*" in agents:
                everybody.append((number, value))
    against = [(number, value) for number, value in named or everybody if _forbids(value, url)]
    if not against:
        return "its rules taken together"
    number, value = max(against, key=lambda rule: len(rule[1]))
    return f"line {number}: Disallow: {value[:100]}"


def _forbids(pattern: str, url: str) -> bool:
    return bool(pattern) and not Protego.parse(f"User-agent: *\nDisallow: {pattern}\n").can_fetch(url, "any")


def _trusted(ca_file: Path | None) -> ssl.SSLContext:
    if ca_file is not None:
        return ssl.create_default_context(cafile=str(ca_file))
    return httpx.create_ssl_context(trust_env=False)


def _check_permission(url: str) -> None:
    """Refuses a redirect to a platform that is never asked without a key, before anything is asked there."""
    platform = platform_of(url)
    if not platform.keyless:
        reason = f"redirects to {platform.title}, which does not permit reading without a key: {platform.robots_note}"
        raise _NoAnswer(State.NOT_PERMITTED, reason)


def _redirect_target(location: str, place: _Place) -> str:
    url = absolute(location, place.url)
    if url is None:
        raise _NoAnswer(State.FAILED, f"redirects to {location[:200]!r}, which is no web address")
    return url.partition("#")[0]


async def _body(response: httpx.Response, cap: int, *, cut: bool) -> bytes:
    """The unpacked body, at most `cap` bytes: a longer one is cut or refused. Only gzip was asked for."""
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise _NoAnswer(State.FAILED, f"the answer is packed as {encoding[:60]!r}, which was not asked for")
    unpack = _Gunzip() if "gzip" in encoding else None
    body = bytearray()
    async for chunk in response.aiter_raw():
        # One byte more than permitted tells "too long" from "just as long".
        body += chunk if unpack is None else unpack.feed(chunk, cap + 1 - len(body))
        if len(body) > cap and not cut:
            raise _NoAnswer(State.FAILED, f"the answer is longer than {cap:,} bytes")
        if len(body) > cap:
            return bytes(body[:cap])
    if unpack is not None and body and not unpack.complete:
        raise _NoAnswer(State.FAILED, "the packed answer broke off", again=True)
    return bytes(body)


class _Gunzip:
    """Unpacks gzip piece by piece and never more than asked for, so that a bomb costs no memory."""

    def __init__(self) -> None:
        self._inflater = zlib.decompressobj(31)

    @property
    def complete(self) -> bool:
        """Whether the end of the packed data was reached."""
        return self._inflater.eof

    def feed(self, data: bytes, limit: int) -> bytes:
        """What `data` unpacks to, at most `limit` bytes."""
        unpacked = bytearray()
        try:
            while data and len(unpacked) < limit:
                if self._inflater.eof:  # a gzip file may consist of several members
                    self._inflater = zlib.decompressobj(31)
                unpacked += self._inflater.decompress(data, limit - len(unpacked))
                data = self._inflater.unused_data if self._inflater.eof else self._inflater.unconsumed_tail
        except zlib.error as error:
            raise _NoAnswer(State.FAILED, "the packed answer is damaged") from error
        return bytes(unpacked)


def _is_inside(address: IPv4Address | IPv6Address) -> bool:
    return isinstance(address, IPv6Address) and (address in _SITE_LOCAL or address in _NAT64_LOCAL)


def _unwrapped(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address inside an IPv6 one (mapped, NAT64, 6to4 …): it is judged as what it reaches."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64 or address in _TRANSLATED or 1 < int(address) <= 0xFFFFFFFF:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


async def _resolve_by_system(name: str, port: int) -> list[tuple[str, int]]:
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(name, port, type=SOCK_STREAM, flags=AI_ADDRCONFIG)
    return list(dict.fromkeys((str(place[0]), port) for *_, place in found))


def _kept_headers(headers: Mapping[str, str]) -> dict[str, str]:
    kept = {name: clean(headers[name]) for name in KEPT_HEADERS if name in headers}
    return {name: value for name, value in kept.items() if len(value) <= KEPT_HEADER_LENGTH}


def _accept_language(languages: Sequence[str]) -> str:
    """`it, en;q=0.9`: the order is the preference."""
    return ", ".join(
        language if number == 0 else f"{language};q={max(0.1, 1 - number / 10):.1f}"
        for number, language in enumerate(languages)
    )


def _words(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
