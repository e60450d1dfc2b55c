"""What servers do that mean harm, byte by byte: routes for `tests.loopback.Web`, a listener that counts who calls, and
a fetch in a process of its own whose memory is measured.

`python -m tests.hostile_server PORT PATH …` is that process: it asks this machine for each path and prints one line of
JSON per answer.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Self

from audit.fetcher import Fetcher
from audit.limits import Limits
from audit.models import Request
from tests.loopback import Raw, Web
from tests.loopback_fetcher import AGENT, NOON

ROOT = Path(__file__).resolve().parent.parent
BODY_CAP = 2_000_000
DEADLINE = 2.0
MEASURED = Limits(connect=1.0, read=1.5, deadline=DEADLINE, body=BODY_CAP, delay=0.0, attempts=1)
MEGABYTE = 1_000_000


# --- answers ----------------------------------------------------------------------------------------------------


def raw(*pieces: bytes, forever: bool = False, pause: float = 0.0) -> Raw:
    """Writes `pieces` with a pause after each; `forever`: the last one again and again, as fast as it is taken."""

    async def write(writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            for piece in pieces[:-1] if forever else pieces:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(pause)
            while forever:
                writer.write(pieces[-1])
                await writer.drain()
                await asyncio.sleep(pause)

    return write


HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n"
CHUNKED = HEAD + b"transfer-encoding: chunked\r\n\r\n"
CHUNK = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"


def drips() -> Mapping[str, Raw]:
    """Answers that never end and never pause for long: each read succeeds, the whole would take for ever."""
    return {
        "/body": raw(HEAD + b"content-length: 1000000\r\n\r\n", b"x", forever=True, pause=0.2),
        "/headers": raw(b"HTTP/1.1 200 OK\r\n", b"x-drip: 1\r\n", forever=True, pause=0.05),
        "/status": raw(b"HTTP/1.1 2", b"0", forever=True, pause=0.2),
        "/chunks": raw(CHUNKED, b"1\r\nx\r\n", forever=True, pause=0.05),
        "/chunk-line": raw(CHUNKED, b"0", forever=True, pause=0.05),
        "/trailers": raw(CHUNKED + b"1\r\nx\r\n0\r\n", b"x-trailer: 1\r\n", forever=True, pause=0.05),
        "/gzip": raw(HEAD + b"content-encoding: gzip\r\n\r\n", gzip.compress(b"")[:10], b"\x00\x00\x00\xff\xff",
                     forever=True, pause=0.05),
        "/continue": raw(b"HTTP/1.1 100 Continue\r\n\r\n", forever=True, pause=0.05),
        "/silence": raw(b"", pause=DEADLINE + 1),
    }  # fmt: skip


def floods() -> Mapping[str, Raw]:
    """Answers that never end, as fast as they are taken."""
    return {
        "/body": raw(HEAD + b"\r\n", b"x" * 65_536, forever=True),
        "/chunks": raw(CHUNKED, CHUNK, forever=True),
        "/small-chunks": raw(CHUNKED, b"1\r\nx\r\n" * 10_000, forever=True),
        "/extensions": raw(CHUNKED, b"1;" + b"a" * 60_000 + b"\r\nx\r\n", forever=True),
        "/2-gigabytes": raw(HEAD + b"content-length: 2147483648\r\n\r\n", b"x" * 65_536, forever=True),
        "/headers": raw(b"HTTP/1.1 200 OK\r\n", b"x-flood: 1\r\n" * 1_000, forever=True),
        "/continue": raw(b"HTTP/1.1 100 Continue\r\n\r\n" * 1_000, forever=True),
        "/early-hints": raw(b"HTTP/1.1 103 Early Hints\r\nlink: </a>; rel=preload\r\n\r\n" * 1_000, forever=True),
        "/trailers": raw(CHUNKED + b"0\r\n", b"x-trailer: 1\r\n" * 1_000, forever=True),
    }


def packed(encoding: str, body: bytes, **headers: str) -> bytes:
    """A whole answer whose body is said to be packed so."""
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    head = f"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-encoding: {encoding}\r\n{lines}"
    return f"{head}content-length: {len(body)}\r\n\r\n".encode() + body


def zeros(size: int, window: int = 31) -> bytes:
    """So many zero bytes, packed about 1:1000; `window` 31 is gzip, 15 zlib, -15 raw deflate."""
    packer = zlib.compressobj(9, wbits=window)
    return b"".join(packer.compress(bytes(MEGABYTE)) for _ in range(size // MEGABYTE)) + packer.flush()


def bombs() -> Mapping[str, bytes]:
    """Small answers that unpack to much, or claim to be packed in ways that were not asked for, or are damaged."""
    bomb = zeros(256 * MEGABYTE)
    page = gzip.compress(b"<title>Aurora</title>", mtime=0)
    brotli = bytes.fromhex("cfffff7ff82700e2b14020f7fe9f") + b"\xff" * 390
    frame = b"\x28\xb5\x2f\xfd\xa4\x00\x00\x00\x10"  # zstd: one frame of 256 MB, in blocks that repeat one byte
    return {
        "/gzip-1-to-1000": packed("gzip", bomb),
        "/x-gzip": packed("x-gzip", bomb),
        "/gzip-members": packed("gzip", gzip.compress(bytes(1_000), mtime=0) * 100_000),
        "/gzip-of-nothing": packed("gzip", gzip.compress(b"", mtime=0) * 500_000),
        "/gzip-gzip": packed("gzip, gzip", gzip.compress(bomb, mtime=0)),
        "/gzip-in-gzip": packed("gzip", gzip.compress(bomb, mtime=0)),
        "/two-header-lines": packed("gzip\r\ncontent-encoding: gzip", gzip.compress(bomb, mtime=0)),
        "/2000-encodings": packed(", ".join(["gzip"] * 2_000), bomb),
        "/2000-times-identity": packed(", ".join(["identity"] * 2_000), page),
        "/br": packed("br", brotli),
        "/zstd": packed("zstd", frame + b"\x02\x00\x10\x00" * 2_048),
        "/deflate": packed("deflate", zeros(256 * MEGABYTE, 15)),
        "/raw-deflate": packed("deflate", zeros(256 * MEGABYTE, -15)),
        "/compress": packed("compress", b"\x1f\x9d\x90" + bytes(1_000)),
        "/lying-name": packed("gzip;q=1.0", bomb),
        "/lying-size": packed("gzip", page[:-4] + (4_000_000_000).to_bytes(4, "little")),
        "/lying-checksum": packed("gzip", page[:-8] + bytes(4) + page[-4:]),
        "/truncated": packed("gzip", page[:-12]),
        "/no-trailer": packed("gzip", page[:-8]),
        "/no-gzip": packed("gzip", b"<title>Aurora</title>"),
        "/rest-is-no-gzip": packed("gzip", page + b"<title>Aurora</title>"),
    }


# --- who called -------------------------------------------------------------------------------------------------


@dataclass
class Listener:
    """A machine of the own network on 127.0.0.2: counts the connections, also those that say nothing."""

    address: str = "127.0.0.2"
    port: int = 0
    connections: int = 0
    _writers: list[asyncio.StreamWriter] = field(default_factory=list)

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._called, self.address, 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for writer in self._writers:
            writer.close()

    async def _called(self, _: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._writers.append(writer)


_reached: list[str] | None = None


def _note_connection(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect" and _reached is not None:
        address = arguments[1]
        _reached.append(str(address[0]) if isinstance(address, tuple) else str(address))


@contextmanager
def connections_made() -> Iterator[list[str]]:
    """The addresses that this process tries to connect to while the block runs, whoever asks for it."""
    global _reached
    if not getattr(_note_connection, "installed", False):
        sys.addaudithook(_note_connection)
        _note_connection.installed = True  # type: ignore[attr-defined]  # such a hook can never be taken away again
    _reached = []
    try:
        yield _reached
    finally:
        _reached = None


# --- a fetch in a process of its own ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Measured:
    """What came of one path: state and reason of the page, its body's length, seconds by the clock and of the
    processor, bytes that memory grew by."""

    path: str
    state: str
    reason: str
    length: int
    seconds: float
    worked: float
    growth: int


def measured(port: int, paths: list[str]) -> dict[str, Measured]:
    """Asks this machine for each path in turn, in a new process; the outcome by path. Standard error must be empty."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile_server", str(port), *paths],
        cwd=ROOT, capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    if done.returncode or done.stderr:
        raise AssertionError(f"the fetching process ended with {done.returncode}: {done.stderr}")
    return {one.path: one for one in (Measured(**json.loads(line)) for line in done.stdout.splitlines())}


def serve(routes: Mapping[str, Raw | bytes], use: Callable[[int], dict[str, Measured]]) -> dict[str, Measured]:
    """What `use` returns, run in a thread while a web with these routes answers at the port that it gets."""

    async def run() -> dict[str, Measured]:
        async with Web({**routes, "/plain": packed("identity", b"<title>Aurora</title>")}) as web:
            try:
                return await asyncio.to_thread(use, web.port)
            finally:
                await _let_answers_end()

    return asyncio.run(run())


async def _let_answers_end() -> None:
    """Waits until the answers under way have seen that nobody listens any more."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    if others:
        await asyncio.wait(others, timeout=5)


def measure(routes: Mapping[str, Raw | bytes]) -> dict[str, Measured]:
    """Each of `routes` fetched once by a process of its own."""
    return serve(routes, lambda port: measured(port, list(routes)))


def _memory(name: str) -> int:
    """Bytes of this process by the name in the kernel's table (VmRSS: now, VmHWM: the most so far)."""
    table = Path("/proc/self/status").read_text("ascii")
    line = next(line for line in table.splitlines() if line.startswith(f"{name}:"))
    return int(line.split()[1]) * 1024


async def _fetch_all(port: int, paths: list[str]) -> None:
    for number, path in enumerate(["/plain", *paths]):  # the first one loads what every fetch needs
        async with Fetcher(
            user_agent=AGENT, now=lambda: NOON, limits=MEASURED, allow_loopback=True
        ) as fetcher:  # a new one each: a host that failed is not asked again  # fmt: skip
            robots = Request(url=f"http://127.0.0.1:{port}/plain")
            await fetcher.get(robots, role="profile")
            Path("/proc/self/clear_refs").write_text("5", "ascii")  # the most so far begins anew
            before, started, idle = _memory("VmRSS"), time.monotonic(), time.process_time()
            page = await fetcher.get(Request(url=f"http://127.0.0.1:{port}{path}"), role="profile")
            seconds, worked = time.monotonic() - started, time.process_time() - idle
            growth = _memory("VmHWM") - before
        if number:
            outcome = Measured(path, page.state.value, page.reason or "", len(page.body), seconds, worked, growth)
            print(json.dumps(asdict(outcome)), flush=True)


if __name__ == "__main__":
    asyncio.run(_fetch_all(int(sys.argv[1]), sys.argv[2:]))
