"""Small servers on this machine's loopback address for the tests: a web that answers as told, byte by byte.

A route is the raw answer, a list of raw answers given in turn (the last one stays), or a coroutine that
writes to the connection itself.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

Raw = Callable[[asyncio.StreamWriter], Awaitable[None]]
Route = bytes | list[bytes] | Raw


@dataclass(frozen=True)
class Asked:
    """One request as it arrived: `at` is seconds of a steady clock."""

    host: str
    path: str
    headers: Mapping[str, str]
    at: float


def answer(body: bytes = b"", *, status: str = "200 OK", **headers: str) -> bytes:
    """A complete HTTP/1.1 answer; header names are written with underscores."""
    lines = {
        "content-length": str(len(body)),
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


def redirect(location: str, status: str = "302 Found") -> bytes:
    """A redirect to `location`, written as it is."""
    return answer(status=status, location=location)


@dataclass
class Web:
    """A web server on 127.0.0.1; `routes` by path or by host and path ("one.example/robots.txt").

    What is in no route is answered with 404. Use as `async with Web({...}) as web`.
    """

    routes: Mapping[str, Route]
    tls: ssl.SSLContext | None = None
    address: str = "127.0.0.1"
    asked: list[Asked] = field(default_factory=list)
    most_at_once: dict[str, int] = field(default_factory=dict)
    port: int = 0
    _open: dict[str, int] = field(default_factory=dict)
    _given: dict[str, int] = field(default_factory=dict)

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, self.address, 0, ssl=self.tls)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()

    def paths(self) -> list[str]:
        """The paths asked for, in order, as host and path."""
        return [asked.host + asked.path for asked in self.asked]

    def resolver(self, *names: str) -> Callable[[str, int], Awaitable[Sequence[tuple[str, int]]]]:
        """A name service that knows these names only, all of them at this server."""

        async def resolve(name: str, port: int) -> Sequence[tuple[str, int]]:
            if name in names:
                return [(self.address, self.port)]
            return [(name, port)]

        return resolve

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            request, *lines = head.rstrip("\r\n").split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
            asked = Asked(headers.get("host", ""), request.split(" ")[1], headers, time.monotonic())
            self.asked.append(asked)
            self._open[asked.host] = self._open.get(asked.host, 0) + 1
            self.most_at_once[asked.host] = max(self.most_at_once.get(asked.host, 0), self._open[asked.host])
            try:
                await self._answer(asked, writer)
            finally:
                self._open[asked.host] -= 1
                writer.close()

    async def _answer(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        key = asked.host + asked.path
        route = self.routes.get(key, self.routes.get(asked.path, answer(status="404 Not Found")))
        if isinstance(route, list):
            turn = self._given.get(key, 0)
            self._given[key] = turn + 1
            route = route[min(turn, len(route) - 1)]
        if isinstance(route, bytes):
            writer.write(route)
        else:
            await route(writer)
        await writer.drain()
