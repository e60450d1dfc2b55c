"""One exchange over HTTP/1.1, bounded in every direction; the only module that knows the HTTP library.

No cookies, nothing of the environment, no credentials but the key that a request to its own API carries: that is
attached at the moment of sending, and hidden again in whatever comes back. What comes back is an `Answer`: the whole
body within its cap, unpacked, and a short list of headers.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import sqlite3
import ssl
import zlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import cast

import httpx
from hishel import AsyncSqliteStorage, CacheOptions
from hishel.httpx import AsyncCacheTransport

from audit.credentials import Attached
from audit.guard import Address, Guard, NoAnswer, Place, raise_if_ours, words
from audit.limits import Limits
from audit.models import KEPT_HEADERS, State

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CACHE_HEADERS = ("age", "cache-control", "date", "etag", "expires", "last-modified", "vary")
_HEADERS = frozenset({"content-type", "location", "retry-after", "cf-mitigated", *_CACHE_HEADERS, *KEPT_HEADERS})
_TAGS = ("etag", "last-modified")
_MONTH = 30 * 24 * 3600
_PACKING = 65_536  # bytes that packing may add to a body that cannot be packed
_CACHE_BYTES = 200_000_000
_OUT_OF_ORDER = (sqlite3.Error, OSError, RuntimeError, ValueError, LookupError, TypeError, AttributeError)

logging.getLogger("httpcore").setLevel(
    logging.INFO
)  # below that it writes the headers of answers, which may quote a key
logging.getLogger("hishel").addHandler(logging.NullHandler())  # a cache out of order is no news for the terminal


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back: `at` is when the server said so, which for a kept answer is earlier than now. `came_as` is the
    digest in hex of the body as it came, where people were taken out of it."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    at: datetime
    came_as: str | None = None
    kept: bool = False  # the body comes out of the cache
    revalidated: bool = False  # and the server said that it still holds

    @property
    def location(self) -> str | None:
        """Where a redirect leads; None when this is none."""
        return self.headers.get("location") if self.status in REDIRECTS else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request: what is wanted of the answer. `cut`: a body over `cap` is cut instead of refused.

    `key` is what goes out with it, and `json` a text to POST; neither is part of what is kept or told. `price` is what
    sending it once costs at most, in US dollars.
    """

    place: Place
    accept: str
    cap: int
    cut: bool = False
    key: Attached | None = None
    json: str = ""
    price: float = 0.0

    @property
    def is_post(self) -> bool:
        """Whether something is sent with it: a text, or the form by which a key is exchanged for a token."""
        return bool(self.json) or (self.key is not None and self.key.form is not None)


class Wire:
    """Sends requests. `now` gives the time stored in answers; `received` is told the bytes of each body.

    `ca_file` replaces the public certificate authorities; `proxy` (http://host:port) takes all connections.
    """

    def __init__(
        self,
        *,
        guard: Guard,
        limits: Limits,
        user_agent: str,
        languages: Sequence[str],
        now: Callable[[], datetime],
        ca_file: Path | None = None,
        proxy: str = "",
        received: Callable[[Place, int], None],
    ) -> None:
        self._guard, self._limits, self._now, self._received = guard, limits, now, received
        self._headers = {"User-Agent": user_agent, "Accept-Encoding": "gzip", "Connection": "close"}
        if languages:
            self._headers["Accept-Language"] = _accept_language(languages)
        # The bare transport: no cookies, no redirects of its own, no settings of the environment.
        self._transport = httpx.AsyncHTTPTransport(
            verify=_trusted(ca_file),
            trust_env=False,
            proxy=httpx.Proxy(proxy) if proxy else None,
            # Two names can share an address: a kept connection would skip the second name's certificate.
            limits=httpx.Limits(max_keepalive_connections=0),
        )

    async def close(self) -> None:
        """Ends all connections and lookups."""
        await self._transport.aclose()
        self._guard.close()

    def headers(self, ask: Ask) -> dict[str, str]:
        """The headers of a request."""
        return {"Host": ask.place.authority, "Accept": ask.accept, **self._headers}

    async def exchange(
        self,
        ask: Ask,
        conditions: Mapping[str, str],
        seconds: float,
        sending: Callable[[], None],
        sent: Callable[[], None],
    ) -> Answer:
        """One request and its answer within `seconds`; raises NoAnswer for everything that goes wrong on the way.

        `sending` is called when the name is found and the connection begins, `sent` when the connection stands and
        the first byte of the request goes out.
        """
        if ask.key is None:
            return await self._exchange(ask, conditions, seconds, sending, sent)
        try:
            answer = await self._exchange(ask, conditions, seconds, sending, sent)
        except NoAnswer as trouble:
            trouble.hide(ask.key.hidden_text)
            raise
        headers = {name: ask.key.hidden_text(value) for name, value in answer.headers.items()}
        return replace(answer, headers=headers, body=ask.key.hidden(answer.body))

    async def _exchange(
        self,
        ask: Ask,
        conditions: Mapping[str, str],
        seconds: float,
        sending: Callable[[], None],
        sent: Callable[[], None],
    ) -> Answer:
        authority = ask.place.authority
        try:
            async with asyncio.timeout(seconds):
                addresses = await self._guard.addresses(ask.place)
                sending()
                response = await self._connect(ask, addresses, {**self.headers(ask), **conditions}, sent)
                try:
                    self._check_headers(response)
                    body = await self._body(response, ask)
                finally:
                    await response.aclose()
        except TimeoutError as error:
            reason = f"{authority} did not finish its answer within {self._limits.deadline:g} s"
            raise NoAnswer(State.FAILED, reason, dead=True) from error
        except httpx.TimeoutException as error:
            waited = self._limits.connect if isinstance(error, httpx.ConnectTimeout) else self._limits.read
            reason = f"{authority} was silent for {waited:g} s"
            raise NoAnswer(State.FAILED, reason, again=True, dead=True) from error
        except httpx.ConnectError as error:
            raise_if_ours(error)
            reason = f"no connection to {authority}: {words(error)}"
            raise NoAnswer(State.FAILED, reason, again=True, dead=True) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            reason = f"the answer of {authority} broke off or is no HTTP: {words(error)}"
            raise NoAnswer(State.FAILED, reason, again=isinstance(error, httpx.NetworkError)) from error
        headers = {name: response.headers[name] for name in _HEADERS if name in response.headers}
        return Answer(status=response.status_code, headers=headers, body=body, at=self._now())

    async def _connect(
        self, ask: Ask, addresses: Sequence[Address], headers: Mapping[str, str], sent: Callable[[], None]
    ) -> httpx.Response:
        place = ask.place
        times = httpx.Timeout(self._limits.read, connect=self._limits.connect).as_dict()
        # The certificate is checked against the name, the connection goes to the checked address.
        name = place.name.strip("[]")
        extensions = {"sni_hostname": name, "timeout": times, "trace": _told_when_sent(sent)}
        tried = addresses or [(name, place.port)]  # no addresses: the proxy finds the name
        for number, (address, port) in enumerate(tried, 1):
            try:
                return await self._transport.handle_async_request(_request(ask, (address, port), headers, extensions))
            except (httpx.ConnectError, httpx.ConnectTimeout):
                if number == len(tried):
                    raise
        raise AssertionError("the last address has answered or raised")

    def _check_headers(self, response: httpx.Response) -> None:
        lines = response.headers.raw
        size = sum(len(name) + len(value) for name, value in lines)
        if len(lines) > self._limits.header_lines or size > self._limits.header_bytes:
            reason = f"the answer has {len(lines)} header lines of {size:,} bytes, more than any honest one"
            raise NoAnswer(State.FAILED, reason)

    async def _body(self, response: httpx.Response, ask: Ask) -> bytes:
        """The unpacked body, at most `cap` bytes: a longer one is cut or refused. Only gzip was asked for."""
        encoding = response.headers.get("content-encoding", "").strip().lower()
        if encoding not in ("", "identity", "gzip", "x-gzip"):
            raise NoAnswer(State.FAILED, f"the answer is packed as {encoding[:60]!r}, which was not asked for")
        unpack = _Gunzip() if "gzip" in encoding else None
        body = bytearray()
        came = 0
        async for chunk in response.aiter_raw():
            self._received(ask.place, len(chunk))
            came += len(chunk)
            if came > ask.cap + _PACKING and unpack is not None:  # members of nothing, one after the other
                raise NoAnswer(State.FAILED, f"the answer is longer than {ask.cap:,} bytes")
            # One byte more than permitted tells "too long" from "just as long".
            body += chunk if unpack is None else unpack.feed(chunk, ask.cap + 1 - len(body))
            if len(body) > ask.cap and not ask.cut:
                raise NoAnswer(State.FAILED, f"the answer is longer than {ask.cap:,} bytes")
            if len(body) > ask.cap:
                return bytes(body[: ask.cap])
        if unpack is not None and body and not unpack.complete:
            raise NoAnswer(State.FAILED, "the packed answer broke off", again=True)
        return bytes(body)


Send = Callable[[Mapping[str, str]], Awaitable[Answer]]


class Cache:
    """Answers of one client kept as RFC 9111 permits, in an SQLite file; without a file nothing is kept.

    A file that is damaged, or whose answers are not what was stored, is removed and the server asked again: the
    cache saves requests, it is never needed.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._transport: AsyncCacheTransport | None = None
        if path is not None and _is_usable(path):
            self._open(path)

    async def close(self) -> None:
        """Closes the file."""
        if self._transport is None:
            return
        try:
            await self._transport.aclose()
        except (sqlite3.Error, OSError):
            self._transport = None  # what was asked stays asked: a cache that cannot be closed is no reason to fail

    async def ask(self, ask: Ask, headers: Mapping[str, str], send: Send, *, check: bool, longest: float) -> Answer:
        """The kept answer where it is still good, else what `send` brings, which is kept if it may be.

        `send` gets the headers that ask "has it changed?". `check`: ask that in any case. `longest`: seconds after
        which a kept answer is no good whatever the server said.
        """
        came: list[Answer] = []

        async def sent(conditions: Mapping[str, str]) -> Answer:
            came.append(await send(conditions))
            return came[-1]

        for _ in range(2):  # the second time in a new file
            transport = self._transport
            if transport is None:
                break
            try:
                return await self._through(transport, ask, headers, sent, came, check=check, longest=longest)
            except _OUT_OF_ORDER:
                await self._start_anew(transport)
            if came and came[-1].status != 304:
                return came[-1]
        return await send({})

    async def _through(
        self,
        transport: AsyncCacheTransport,
        ask: Ask,
        headers: Mapping[str, str],
        send: Send,
        came: Sequence[Answer],
        *,
        check: bool,
        longest: float,
    ) -> Answer:
        place = ask.place
        request = httpx.Request(
            "GET",
            _url(place, place.name.strip("[]"), place.port),
            headers={**headers, "Cache-Control": "no-cache"} if check else headers,
            extensions={"caching": {"ttl": longest}, "send": send},
        )
        response = await transport.handle_async_request(request)
        try:
            body = await response.aread()
        finally:
            await response.aclose()
        status = response.extensions["caching"]
        if came and not status["from_cache"]:
            return came[-1]
        if hashlib.sha256(body).hexdigest() != response.headers["x-body-sha256"]:
            raise ValueError("the kept answer is not the one that was stored")
        return Answer(
            status=response.status_code,
            headers={name: response.headers[name] for name in _HEADERS if name in response.headers},
            body=body,
            at=datetime.fromisoformat(response.headers["x-received"]),
            came_as=response.headers.get("x-came-as"),
            kept=True,
            revalidated=status["revalidated"],
        )

    def _open(self, path: Path) -> None:
        storage = AsyncSqliteStorage(database_path=path, default_ttl=_MONTH, max_size=_CACHE_BYTES)
        self._transport = AsyncCacheTransport(_Below(), storage=storage, rfc=CacheOptions(shared=False))

    async def _start_anew(self, transport: AsyncCacheTransport) -> None:
        """Removes the file; where that does not help either, the run goes on without."""
        if self._transport is not transport or self._path is None:
            return  # another request has done so already
        self._transport = None
        try:
            await transport.aclose()
            _remove(self._path)
        except (sqlite3.Error, OSError):
            return
        self._open(self._path)


class _Below(httpx.AsyncBaseTransport):
    """What lies below the cache: the request's own way to the server."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        conditions = ("if-none-match", "if-modified-since")
        send = cast(Send, request.extensions["send"])
        answer = await send({name: request.headers[name] for name in conditions if name in request.headers})
        # A tag or a date in other letters could not be sent back.
        usable = {name: value for name, value in answer.headers.items() if value.isascii() or name not in _TAGS}
        headers = {**usable, "x-received": answer.at.isoformat()}
        if answer.status != 304:  # the body of a 304 is the kept one's
            headers["x-body-sha256"] = hashlib.sha256(answer.body).hexdigest()
            headers |= {"x-came-as": answer.came_as} if answer.came_as else {}
        if answer.status >= 400 and answer.status not in (404, 410):
            headers["cache-control"] = "no-store"  # trouble of today is no answer for tomorrow
        return httpx.Response(
            answer.status,
            headers=[(name.encode(), value.encode("utf-8", "replace")) for name, value in headers.items()],
            content=answer.body,
        )


def kept_for(answer: Answer, seconds: int) -> Answer:
    """The answer, fresh for so long where the server names no time of its own."""
    if "cache-control" in answer.headers or "expires" in answer.headers:
        return answer
    return replace(answer, headers={**answer.headers, "cache-control": f"max-age={seconds}"})


def _is_usable(path: Path) -> bool:
    """Whether answers can be kept there; a damaged file, or one of something else, is removed first."""
    if not path.exists():
        return True
    try:
        with closing(sqlite3.connect(path)) as connection:
            [verdict] = connection.execute("PRAGMA quick_check(1)").fetchone()
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if verdict == "ok" and tables <= {"entries", "streams"}:
            return True
    except sqlite3.Error:
        pass  # no database, or one that cannot be read: removed as a damaged one is
    try:
        _remove(path)
    except OSError:
        return False
    return True


def _remove(path: Path) -> None:
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        path.with_name(name).unlink(missing_ok=True)


def _url(place: Place, host: str, port: int, target: str = "") -> httpx.URL:
    return httpx.URL(scheme=place.scheme, host=host, port=port, raw_path=(target or place.target).encode())


def _request(ask: Ask, address: Address, headers: Mapping[str, str], extensions: Mapping[str, object]) -> httpx.Request:
    """The request as it is sent: the one place where a secret is open."""
    key = ask.key or Attached()
    content = key.open_form() or ask.json.encode() or None
    kind = "application/x-www-form-urlencoded" if key.form is not None else "application/json"
    described = {"Content-Type": kind, "Content-Length": str(len(content))} if content is not None else {}
    return httpx.Request(
        "GET" if content is None else "POST",
        _url(ask.place, *address, key.open_target(ask.place.target)),
        headers={**headers, **key.open_headers(), **described},
        content=content,
        extensions=dict(extensions),
    )


def _told_when_sent(sent: Callable[[], None]) -> Callable[[str, Mapping[str, object]], Awaitable[None]]:
    """What the library tells of each of its steps; asking a proxy for the connection is not yet the request."""

    async def trace(step: str, about: Mapping[str, object]) -> None:
        if step == "http11.send_request_headers.started" and getattr(about["request"], "method", b"") != b"CONNECT":
            sent()

    return trace


def _trusted(ca_file: Path | None) -> ssl.SSLContext:
    if ca_file is not None:
        return ssl.create_default_context(cafile=str(ca_file))
    return httpx.create_ssl_context(trust_env=False)


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
            raise NoAnswer(State.FAILED, "the packed answer is damaged") from error
        return bytes(unpacked)


def _accept_language(languages: Sequence[str]) -> str:
    """`it, en;q=0.9`: the order is the preference."""
    return ", ".join(
        language if number == 0 else f"{language};q={max(0.1, 1 - number / 10):.1f}"
        for number, language in enumerate(languages)
    )
