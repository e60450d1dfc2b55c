"""What the fetcher owes to others: pace, retries within a budget, a cache, no secrets, no way into the own network."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import gzip
import hashlib
import socket
import sqlite3
import ssl
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from ipaddress import IPv4Address, IPv6Address
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from audit.asking import fetch_profiles
from audit.errors import MachineTrouble
from audit.events import Event
from audit.fetcher import Fetcher
from audit.forecast import hosts_in_order
from audit.guard import Guard, NoAnswer, place_of, raise_if_ours
from audit.models import Courtesy, HostCourtesy, Link, Page, Request, RobotsRuling, State
from audit.pace import Pace
from audit.platforms import platforms
from tests.loopback import Asked, Route, Web, answer, redirect
from tests.loopback_fetcher import AGENT, NAMES, NOON, QUICK, JumpingClock, asked, fetcher_for

# --- N06: names that change their mind -----------------------------------------------------------------------


class NameServer(asyncio.DatagramProtocol):
    """A DNS server on loopback that gives each question the next of its answers (lists of IPv4 addresses)."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.questions = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, sender: tuple[str, int]) -> None:
        given = self.answers[min(self.questions, len(self.answers) - 1)]
        self.questions += 1
        end = data.index(b"\0", 12) + 5
        records = b"".join(
            b"\xc0\x0c\0\x01\0\x01\0\0\0\0\0\x04" + bytes(int(part) for part in address.split(".")) for address in given
        )
        head = data[:2] + b"\x81\x80\0\x01" + len(given).to_bytes(2, "big") + b"\0\0\0\0"
        self.transport.sendto(head + data[12:end] + records, sender)  # type: ignore[attr-defined]


async def ask_name_server(server: tuple[str, int], name: str) -> list[str]:
    """The A records that the server gives for `name`."""
    loop = asyncio.get_running_loop()
    came: asyncio.Future[bytes] = loop.create_future()

    class Client(asyncio.DatagramProtocol):
        def datagram_received(self, data: bytes, _: tuple[str, int]) -> None:
            came.set_result(data)

    transport, _ = await loop.create_datagram_endpoint(Client, remote_addr=server)
    labels = b"".join(bytes([len(label)]) + label.encode() for label in name.split("."))
    transport.sendto(b"\x12\x34\x01\0\0\x01\0\0\0\0\0\0" + labels + b"\0\0\x01\0\x01")
    data = await asyncio.wait_for(came, 2)
    transport.close()
    count = int.from_bytes(data[6:8], "big")
    records = data[len(data) - 16 * count :]
    return [".".join(str(part) for part in records[16 * row + 12 : 16 * row + 16]) for row in range(count)]


def fetched_through_dns(answers: list[list[str]], *, requests: int = 1) -> tuple[list[Page], int, int, int]:
    """Pages of one.example whose name server answers as told: pages, questions, requests here, requests inside.

    The permitted server lies at 127.0.0.1, the internal one at 127.0.0.2, on one port.
    """

    async def run() -> tuple[list[Page], int, int, int]:
        loop = asyncio.get_running_loop()
        server = NameServer(*answers)
        transport, _ = await loop.create_datagram_endpoint(lambda: server, local_addr=("127.0.0.1", 0))
        place = transport.get_extra_info("sockname")
        async with Web({"/x": answer(b"here")}) as web:
            inside: list[str] = []

            async def count(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
                inside.append("a connection")
                writer.close()

            internal = await asyncio.start_server(count, "127.0.0.2", web.port)

            async def resolve(name: str, _: int) -> Sequence[tuple[str, int]]:
                return [(address, web.port) for address in await ask_name_server(place, name)]

            async with fetcher_for(web, resolve=resolve) as fetcher:
                pages = [
                    await fetcher.get(Request(url="http://one.example/x"), role="profile") for _ in range(requests)
                ]
            internal.close()
            transport.close()
            return pages, server.questions, len(web.asked), len(inside)

    return asyncio.run(run())


def test_n06_dns_rebinding_never_reaches_the_second_answer() -> None:
    """Each connection goes to the address that was checked: one question per connection, none between check and use."""
    pages, questions, here, inside = fetched_through_dns([["127.0.0.1"], ["127.0.0.1"], ["127.0.0.2"]], requests=2)

    assert [State.OBSERVED, State.FAILED] == [page.state for page in pages]
    assert "lies at 127.0.0.2, which is not a public address" in str(pages[1].reason)
    assert (3, 2, 0) == (questions, here, inside)  # robots.txt and the page; the third question gives no connection


@pytest.mark.parametrize("answers", [["127.0.0.1", "127.0.0.2"], ["127.0.0.2", "127.0.0.1"], ["127.0.0.1", "10.0.0.1"]])
def test_n06_dns_rebinding_by_mixed_answers_is_refused_whole(answers: list[str]) -> None:
    """A name with a permitted and an internal address is asked at neither."""
    [page], _, here, inside = fetched_through_dns([answers])

    assert State.FAILED == page.state
    assert "not a public address" in str(page.reason)
    assert (0, 0) == (here, inside)


def test_n06_dns_rebinding_the_certificate_is_still_the_names(tmp_path: Path) -> None:
    """The connection goes to an address, the certificate has to be the name's."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("one.example").configure_cert(context)

    async def run() -> list[Page]:
        web = Web({"/x": answer(b"x")}, tls=context)
        async with web, fetcher_for(web, ca_file=tmp_path / "ca.pem") as fetcher:
            return [
                await fetcher.get(Request(url=f"https://{host}/x"), role="profile")
                for host in ("one.example", "two.example", f"127.0.0.1:{web.port}")
            ]

    pages = asyncio.run(run())
    assert [State.OBSERVED, State.FAILED, State.FAILED] == [page.state for page in pages]
    assert "certificate" in str(pages[1].reason).lower()
    assert "certificate" in str(pages[2].reason).lower()


def addresses_of(guard: Guard, url: str) -> Sequence[tuple[str, int]] | str:
    """Where the guard lets `url` go, or why it does not."""
    try:
        return asyncio.run(guard.addresses(place_of(url)))
    except NoAnswer as refused:
        return refused.reason


def test_n06_fixed_addresses_hold_only_on_this_machine() -> None:
    """Fixed addresses open the loopback address they name, for that name and port, and only where loopback is open."""
    hosts = {"one.example": ("127.0.0.3", 8081), "two.example:443": ("127.0.0.3", 8443)}
    guard = Guard(allow_loopback=True, hosts=hosts, resolve=_nowhere)

    assert [("127.0.0.3", 8081)] == addresses_of(guard, "https://one.example/")
    assert [("127.0.0.3", 8443)] == addresses_of(guard, "https://two.example/")
    assert "was not found" in addresses_of(guard, "http://two.example/")
    assert "127.0.0.4, which is not a public address" in str(addresses_of(guard, "http://127.0.0.4/"))
    assert "was not found" in addresses_of(Guard(hosts=hosts, resolve=_nowhere), "http://one.example/")


@given(st.ip_addresses(v=4))
def test_n06_an_address_is_judged_alike_however_it_is_embedded(address: IPv4Address) -> None:
    """Mapped, through NAT64, 6to4 or compatible: what is closed as IPv4 is closed in IPv6 as well."""
    number = int(address)
    embedded = [
        IPv6Address(0xFFFF << 32 | number),
        IPv6Address(0x64FF9B << 96 | number),
        IPv6Address(0x2002 << 112 | number << 80),
    ]
    guard = Guard(resolve=_nowhere_but_numbers)
    verdicts = {isinstance(addresses_of(guard, f"http://[{one}]/"), str) for one in embedded}

    assert {isinstance(addresses_of(guard, f"http://{address}/"), str)} == verdicts
    siit = IPv6Address(0xFFFF << 48 | number)
    assert "not a public address" in str(addresses_of(guard, f"http://[{siit}]/"))


async def _nowhere_but_numbers(name: str, port: int) -> Sequence[tuple[str, int]]:
    return [(name, port)]


def test_n06_names_that_hang_hold_up_no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty lookups that take their time: another name is found at once, and the end waits for none of them."""
    over = threading.Event()

    def look_up(name: str, port: int, **_: int) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        if name.startswith("slow"):
            over.wait(5)
        return [(0, 0, 0, "", ("93.184.216.34", port))]

    monkeypatch.setattr("audit.guard.getaddrinfo", look_up)

    async def run() -> tuple[object, float]:
        guard = Guard()
        started = time.monotonic()
        slow = [
            asyncio.ensure_future(guard.addresses(place_of(f"http://slow{number}.example/"))) for number in range(20)
        ]
        await asyncio.sleep(0)
        found = await guard.addresses(place_of("http://quick.example/"))
        for one in slow:
            one.cancel()
        guard.close()
        return found, time.monotonic() - started

    found, took = asyncio.run(run())
    over.set()
    assert [("93.184.216.34", 80)] == found
    assert took < 1.0


async def _nowhere(name: str, port: int) -> Sequence[tuple[str, int]]:
    if name.startswith("127."):
        return [(name, port)]
    raise OSError(-2, "Name or service not known")


# --- N07: what is secret stays here ---------------------------------------------------------------------------

SECRETS = {
    "HTTP_PROXY": "http://127.0.0.1:9", "HTTPS_PROXY": "http://127.0.0.1:9", "ALL_PROXY": "http://127.0.0.1:9",
    "http_proxy": "http://127.0.0.1:9", "API_TOKEN": "token-canary", "INVOKE_SMTP_PASSWORD": "password-canary",
}  # fmt: skip


def test_n07_credentials_of_the_environment_reach_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Proxies, .netrc and tokens of the environment: no host sees any of them; a page's cookie goes to no host."""
    netrc = tmp_path / "netrc"
    netrc.write_text("default login aurora password netrc-canary\n")
    for name, value in {**SECRETS, "NETRC": str(netrc), "HOME": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    (tmp_path / ".netrc").write_text(netrc.read_text())
    routes: dict[str, Route] = {
        "one.example/a": answer(status="302 Found", location="http://two.example/b", set_cookie="id=cookie-canary"),
        "two.example/b": answer(b"b", set_cookie="id=cookie-canary; Domain=example"),
    }
    cache = tmp_path / "http.db"
    pages, web, _ = asked(routes, "http://one.example/a", "http://two.example/b", cache=cache)

    assert [State.OBSERVED, State.OBSERVED] == [page.state for page in pages]
    sent = " ".join(f"{name}: {value}" for one in web.asked for name, value in one.headers.items()).lower()
    assert not any(word in sent for word in ("canary", "cookie", "authorization", "referer"))
    assert b"cookie-canary" not in b"".join(file.read_bytes() for file in tmp_path.glob("http.db*"))


def test_n07_credentials_in_an_address_are_not_used() -> None:
    """An address or a redirect with a name and a password in it is refused, and nobody is asked with them."""
    pages, web, _ = asked(
        {"/a": redirect("http://user:secret@two.example/")}, "http://user:secret@one.example/", "http://one.example/a"
    )

    assert ["carries a user name or a password in its address"] * 2 == [page.reason for page in pages]
    assert ["one.example/robots.txt", "one.example/a"] == web.paths()


def through_proxy(*urls: str, **settings: object) -> tuple[list[Page], list[str]]:
    """Pages asked through a proxy on loopback, and the request lines that it got."""

    async def run() -> tuple[list[Page], list[str]]:
        lines: list[str] = []

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            lines.append(head.splitlines()[0])
            writer.write(answer(b"by proxy"))
            await writer.drain()
            writer.close()

        proxy = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = proxy.sockets[0].getsockname()[1]
        fetcher = Fetcher(
            user_agent=AGENT, now=lambda: NOON, limits=QUICK, proxy=f"http://127.0.0.1:{port}", resolve=_nowhere,
            **settings,  # type: ignore[arg-type]
        )  # fmt: skip
        async with fetcher:
            pages = [await fetcher.get(Request(url=url), role="profile") for url in urls]
        proxy.close()
        return pages, lines

    return asyncio.run(run())


def test_n07_credentials_a_named_proxy_finds_the_names() -> None:
    """With a proxy set, it is asked for the name; the name is not looked up here."""
    [page], lines = through_proxy("http://one.example/x")

    assert (State.OBSERVED, b"by proxy") == (page.state, page.body)
    assert ["GET http://one.example/robots.txt HTTP/1.1", "GET http://one.example/x HTTP/1.1"] == lines


@pytest.mark.parametrize(
    "url",
    ["http://10.0.0.1/", "http://2130706433/", "http://[::ffff:7f00:1]/", "http://localhost/", "http://a.localhost/",
     "http://169.254.169.254/latest/", "http://one.example:25/", "https://[fd00::1]/"],
)  # fmt: skip
def test_n07_credentials_the_proxy_is_no_way_inside(url: str) -> None:
    """An address of the own network, or a strange port, is refused before the proxy hears of it."""
    [page], lines = through_proxy(url)

    assert (State.FAILED, []) == (page.state, lines)


def test_n07_credentials_the_certificate_is_checked_through_a_proxy(tmp_path: Path) -> None:
    """A proxy that leads https elsewhere is found out by the certificate."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("one.example").configure_cert(context)

    async def run() -> tuple[list[Page], list[str]]:
        lines: list[str] = []
        async with Web({"/x": answer(b"x")}, tls=context) as web:

            async def tunnel(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
                lines.append((await reader.readuntil(b"\r\n\r\n")).decode().splitlines()[0])
                there, to_there = await asyncio.open_connection("127.0.0.1", web.port)
                writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
                await asyncio.gather(_copy(reader, to_there), _copy(there, writer))

            proxy = await asyncio.start_server(tunnel, "127.0.0.1", 0)
            address = f"http://127.0.0.1:{proxy.sockets[0].getsockname()[1]}"
            async with fetcher_for(web, proxy=address, ca_file=tmp_path / "ca.pem") as fetcher:
                pages = [
                    await fetcher.get(Request(url=f"https://{name}/x"), role="profile")
                    for name in ("one.example", "two.example")
                ]
            proxy.close()
            return pages, lines

    pages, lines = asyncio.run(run())
    assert [State.OBSERVED, State.FAILED] == [page.state for page in pages]
    assert "certificate" in str(pages[1].reason).lower()
    assert "CONNECT one.example:443 HTTP/1.1" == lines[0]


async def _copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while piece := await source.read(65_536):
            target.write(piece)
            await target.drain()
    target.close()


# --- N09: politeness -------------------------------------------------------------------------------------------


def test_n09_politeness_of_four_workers_on_three_servers() -> None:
    """20 addresses on each of 3 servers, asked by 4 workers: one at a time per host, starts a delay apart."""
    delay = 0.1
    limits = replace(QUICK, delay=delay, jitter=0.1)

    async def slow(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.03)
        writer.write(answer(b"x"))

    async def run() -> tuple[list[Web], list[Page], float, float]:
        routes: dict[str, Route] = {f"/{number}": slow for number in range(20)}
        async with Web(routes) as one, Web(routes) as two, Web(routes) as three:
            webs = dict(zip(NAMES, (one, two, three), strict=True))

            async def resolve(name: str, _: int) -> Sequence[tuple[str, int]]:
                return [("127.0.0.1", webs[name].port)]

            urls = [f"http://{name}/{number}" for number in range(20) for name in NAMES]
            async with fetcher_for(one, limits, resolve=resolve) as fetcher:
                started = time.monotonic()
                pages: list[Page] = []

                async def work() -> None:
                    while urls:
                        pages.append(await fetcher.get(Request(url=urls.pop(0)), role="profile"))

                await asyncio.gather(*(work() for _ in range(4)))
                return list(webs.values()), pages, started, time.monotonic() - started

    webs, pages, started, took = asyncio.run(run())
    assert [State.OBSERVED] * 60 == [page.state for page in pages]
    for name, web in zip(NAMES, webs, strict=True):
        assert {name: 1} == web.most_at_once
        starts = [one.at for one in web.asked]
        assert 21 == len(starts)
        # A machine that stops for a moment shortens the gap after it as the server sees it: no start comes early
        # counted from the beginning, and nine gaps of ten are whole.
        assert [] == [number for number, start in enumerate(starts) if start - started < number * delay - 0.02]
        assert sum(later - earlier >= delay - 0.02 for earlier, later in pairwise(starts)) >= 18
    assert took < 2 * 21 * delay  # three hosts side by side, not one after the other


def test_n09_politeness_counts_from_the_connection_not_from_the_lookup() -> None:
    """A name that is found slowly the first time and at once the next: the server still sees a delay between."""
    delay = 0.2

    async def run() -> list[Asked]:
        async with Web({}) as web:
            lookups: list[str] = []

            async def resolve(name: str, _: int) -> Sequence[tuple[str, int]]:
                lookups.append(name)
                await asyncio.sleep(0.15 if len(lookups) % 2 else 0.0)
                return [("127.0.0.1", web.port)]

            async with fetcher_for(web, replace(QUICK, delay=delay), resolve=resolve) as fetcher:
                for number in range(3):
                    await fetcher.get(Request(url=f"http://one.example/{number}"), role="profile")
            return web.asked

    starts = [one.at for one in asyncio.run(run())]
    assert 4 == len(starts)
    assert min(later - earlier for earlier, later in pairwise(starts)) >= delay - 0.02


def test_n09_politeness_jitter_only_ever_adds() -> None:
    """Over ten thousand starts the pause is never shorter than the delay and never longer than the jitter allows."""
    now = 0.0
    pace = Pace(2.0, jitter=0.05, chance=Random(7), monotonic=lambda: now)
    waits = []
    for _ in range(10_000):
        pace.start()
        waits.append(pace.wait())
        now += waits[-1]

    assert 2.0 - 1e-6 <= min(waits) < 2.01
    assert 2.09 < max(waits) <= 2.1 + 1e-6


def test_n09_politeness_jitter_is_repeatable() -> None:
    """The same seed gives the same waits."""
    waits = []
    for _ in range(2):
        pace = Pace(2.0, jitter=0.05, chance=Random(7), monotonic=lambda: 0.0)
        pace.start()
        waits.append(pace.wait())

    assert waits[0] == waits[1]


@pytest.mark.parametrize(
    ("header", "state", "waited"),
    [
        ("7", State.OBSERVED, 7),
        ("Mon, 23 Nov 2026 12:00:20 GMT", State.OBSERVED, 20),
        ("Mon, 23 Nov 2020 12:00:20 GMT", State.OBSERVED, 0),
        ("60", State.OBSERVED, 60),
        ("61", State.RATE_LIMITED, 0),
        ("315360000", State.RATE_LIMITED, 0),  # ten years
        ("Mon, 23 Nov 2036 12:00:00 GMT", State.RATE_LIMITED, 0),
        ("9" * 4000, State.RATE_LIMITED, 0),
    ],
)
@pytest.mark.parametrize("status", ["429 Slow", "503 Later"])
def test_n09_politeness_retry_after_is_obeyed_and_capped(status: str, header: str, state: State, waited: int) -> None:
    """Up to a minute is waited, exactly; more ends the host for this run."""
    clock = JumpingClock()
    routes: dict[str, Route] = {"/x": [answer(status=status, retry_after=header), answer(b"x")], "/y": answer(b"y")}
    pages, web, courtesy = asked(
        routes, "http://one.example/x", "http://one.example/y", sleep=clock.sleep, monotonic=clock
    )

    assert [state, state] == [page.state for page in pages]
    assert waited == round(sum(clock.slept)) == round(courtesy.hosts[0].asked_wait)
    assert (2 if state is State.OBSERVED else 1) == web.paths().count("one.example/x")


@pytest.mark.parametrize("garbage", ["soon", "-5", "nan", "1e9", "0x10", "Mon, 99 Nov 2026"])
def test_n09_politeness_an_unreadable_retry_after_is_no_wait(garbage: str) -> None:
    """A 503 with nonsense is a failing server: tried again in its own time, never sooner than the delay."""
    clock = JumpingClock()
    routes: dict[str, Route] = {"/x": [answer(status="503 Later", retry_after=garbage), answer(b"x")]}
    [page], _, _ = asked(
        routes, "http://one.example/x", limits=replace(QUICK, delay=3.0, deadline=30.0), sleep=clock.sleep,
        monotonic=clock,
    )  # fmt: skip

    assert State.OBSERVED == page.state
    assert all(wait >= 2.9 for wait in clock.slept)
    assert sum(clock.slept) <= 3.15 + 6.0 + 3.15  # robots.txt, then at most twice the delay or the delay


@pytest.mark.parametrize(("asks", "pause"), [("7", 7), ("1e9", 60), ("1000000000", 60), ("nan", 0), ("-5", 0), ("", 0)])
def test_n09_politeness_crawl_delay_is_obeyed_and_capped(asks: str, pause: int) -> None:
    """The delay of robots.txt holds between all requests that follow, up to a minute."""
    clock = JumpingClock()
    routes: dict[str, Route] = {"/robots.txt": answer(f"User-agent: *\nCrawl-delay: {asks}\n".encode())}
    asked(
        routes, "http://one.example/x", "http://one.example/y", limits=replace(QUICK, jitter=0.0), sleep=clock.sleep,
        monotonic=clock,
    )  # fmt: skip

    assert [pause, pause] * bool(pause) == [round(wait) for wait in clock.slept]


# --- N11: retries -----------------------------------------------------------------------------------------------


def test_n11_retry_budget_a_flapping_server_is_asked_three_times() -> None:
    """503, 503, 200: the page; the fourth answer of a server that needs four is never asked for."""
    flapping = [answer(status="503 Later"), answer(status="503 Later"), answer(b"up")]
    worse = [*[answer(status="503 Later")] * 3, answer(b"up")]
    pages, web, courtesy = asked({"/x": flapping, "/y": worse}, "http://one.example/x", "http://one.example/y")

    assert [(200, b"up"), (503, b"")] == [(page.status, page.body) for page in pages]
    assert (3, 3) == (web.paths().count("one.example/x"), web.paths().count("one.example/y"))
    assert (4, 7) == (courtesy.hosts[0].retries, courtesy.hosts[0].requests)


@pytest.mark.parametrize("status", ["503 Later", "429 Slow"])
def test_n11_retry_budget_a_post_is_never_sent_twice(status: str) -> None:
    """What a POST has done before its answer broke off nobody knows: it is asked once, whatever the server says."""

    async def run() -> tuple[Page, list[str], Courtesy]:
        post = Request(url="http://one.example/x", json='{"max_count": 20}')
        async with Web({"/x": [answer(status=status, retry_after="0"), answer(b"up")]}) as web, fetcher_for(web) as one:
            return await one.get(post, role="api"), web.paths(), one.courtesy()

    page, paths, courtesy = asyncio.run(run())
    assert 1 == paths.count("one.example/x")
    assert 0 == courtesy.hosts[0].retries
    assert b"" == page.body


def test_n11_retry_budget_of_the_whole_audit() -> None:
    """Three retries for all hosts together: then every address is asked once."""
    pages, web, courtesy = asked(
        {"/": answer(status="500 Oops"), "/robots.txt": answer(status="404 None")},
        *(f"http://{name}/" for name in NAMES), limits=replace(QUICK, retry_budget=3),
    )  # fmt: skip

    assert [500, 500, 500] == [page.status for page in pages]
    assert [3, 2, 1] == [web.paths().count(f"{name}/") for name in NAMES]
    assert 3 == sum(host.retries for host in courtesy.hosts)


@pytest.mark.parametrize("status", ["400", "401", "402", "403", "404", "410", "418", "451", "999"])
def test_n11_retry_budget_is_not_spent_on_refusals(status: str) -> None:
    """A refusal is an answer: asked once."""
    _, web, _ = asked({"/x": answer(b"no", status=f"{status} No")}, "http://one.example/x")

    assert 1 == web.paths().count("one.example/x")


@pytest.mark.parametrize(
    "wall",
    [
        answer(b"<title>Just a moment...</title>", status="503 Service Unavailable", cf_mitigated="challenge"),
        answer(
            b"<title>Just a moment...</title><script src='/cdn-cgi/challenge-platform/h/b/x.js'></script>",
            status="503 Service Unavailable", content_type="text/html",
        ),
    ],
)  # fmt: skip
def test_n11_retry_budget_is_not_spent_on_a_challenge(wall: bytes) -> None:
    """A page that checks for people is not pushed at, whatever its status."""
    [page], web, _ = asked({"/x": wall}, "http://one.example/x")

    assert 503 == page.status
    assert 1 == web.paths().count("one.example/x")


def test_n11_retry_budget_waits_by_chance() -> None:
    """Full jitter: somewhere between nothing and twice, then four times the delay, beyond no pause of the pace."""
    waits = []
    for seed in range(30):
        clock = JumpingClock()
        asked(
            {"/x": answer(status="500 Oops")}, "http://one.example/x", sleep=clock.sleep, monotonic=clock,
            limits=replace(QUICK, delay=1.0, jitter=0.0, deadline=60.0), chance=Random(seed),
        )  # fmt: skip
        waits.append(clock.slept[1:])  # the first wait is that between robots.txt and the page

    first, second = zip(*waits, strict=True)
    assert 0.9 < min(first) < 1.1 < 1.5 < max(first) <= 2.0
    assert 0.9 < min(second) < 1.1 < 3.0 < max(second) <= 4.0


def test_n11_retry_budget_a_dead_host_costs_one_deadline() -> None:
    """A host that says nothing: twenty addresses by four workers end within one deadline, and the others go on."""

    async def run() -> tuple[list[Page], float, Web]:
        web = Web({"one.example/robots.txt": _hang, "two.example/x": answer(b"x")})
        async with web, fetcher_for(web, replace(QUICK, read=0.4, deadline=1.0)) as fetcher:
            started = time.monotonic()
            urls = [f"http://one.example/{number}" for number in range(20)] + ["http://two.example/x"]
            pages = await asyncio.gather(*(fetcher.get(Request(url=url), role="profile") for url in urls))
            return pages, time.monotonic() - started, web

    pages, took, web = asyncio.run(run())
    assert [*[State.FAILED] * 20, State.OBSERVED] == [page.state for page in pages]
    assert took < 1.5
    assert web.paths().count("one.example/robots.txt") <= 3


async def _hang(_: asyncio.StreamWriter) -> None:
    await asyncio.sleep(5)


# --- N12: the cache ---------------------------------------------------------------------------------------------

X = "http://one.example/x"


class Visits:
    """Runs of a fetcher one after the other against one web, all with the cache file `http.db` in a folder."""

    def __init__(self, folder: Path, routes: Mapping[str, Route]) -> None:
        self.cache = folder / "http.db"
        self._routes = routes
        self.asked: list[list[Asked]] = []
        self.courtesy: list[Courtesy] = []

    def run(self, *runs: Mapping[str, object]) -> list[Page]:
        """The page at X as each run gets it; `between` in a run's settings is called before that run."""

        async def visits() -> list[Page]:
            pages = []
            async with Web(self._routes) as web:
                for settings in runs:
                    before = len(web.asked)
                    usual = {"cache": self.cache, **settings}
                    if callable(between := usual.pop("between", None)):
                        between()
                    async with fetcher_for(web, **usual) as fetcher:  # type: ignore[arg-type]
                        pages.append(await fetcher.get(Request(url=X), role="profile"))
                        self.courtesy.append(fetcher.courtesy())
                    self.asked.append(web.asked[before:])
            return pages

        return asyncio.run(visits())

    def on_disk(self) -> bytes:
        """All that lies in the cache's files."""
        return b"".join(file.read_bytes() for file in self.cache.parent.glob(self.cache.name + "*"))


def test_n12_cache_a_304_reuses_the_body(tmp_path: Path) -> None:
    """The second run asks whether the page has changed; the answer without a body gives the page of before."""
    tagged = answer(b"Torrefazione", etag='"a1"', cache_control="max-age=0", content_type="text/plain")
    visits = Visits(tmp_path, {"/x": [tagged, answer(status="304 Not Modified", etag='"a1"')]})
    first, second = visits.run({}, {})

    assert (200, b"Torrefazione", "text/plain") == (second.status, second.body, second.media_type)
    assert first == second
    assert "if-none-match" not in visits.asked[0][-1].headers
    assert ["/x"] == [one.path for one in visits.asked[1]]
    assert '"a1"' == visits.asked[1][0].headers["if-none-match"]
    assert (0, 1) == (visits.courtesy[0].hosts[0].revalidated, visits.courtesy[1].hosts[0].revalidated)


def test_n12_cache_a_changed_page_is_taken(tmp_path: Path) -> None:
    """Asked whether it has changed, the server sends the new page."""
    old, new = (answer(body, etag=f'"{body.decode()}"', cache_control="max-age=0") for body in (b"old", b"new"))
    visits = Visits(tmp_path, {"/x": [old, new]})

    assert [b"old", b"new"] == [page.body for page in visits.run({}, {})]


def test_n12_cache_a_fresh_page_is_not_asked_for(tmp_path: Path) -> None:
    """Within the time that the server names nobody is asked; the page says when it was really fetched."""
    visits = Visits(tmp_path, {"/x": answer(b"x", cache_control="max-age=3600")})
    first, second = visits.run({}, {"now": lambda: NOON + timedelta(minutes=30)})

    assert first == second
    assert NOON == second.fetched_at
    assert [] == visits.asked[1]
    assert 2 == visits.courtesy[1].hosts[0].cached  # robots.txt and the page


def test_n12_cache_refresh_asks_whether_it_still_holds(tmp_path: Path) -> None:
    """A fresh page too is checked when a refresh was asked for, its robots.txt with it."""
    fresh = answer(b"x", etag='"a1"', cache_control="max-age=3600")
    visits = Visits(tmp_path, {"/x": [fresh, answer(status="304 Not Modified", etag='"a1"')]})
    _, second = visits.run({}, {"refresh": True, "now": lambda: NOON + timedelta(minutes=30)})

    assert (b"x", NOON + timedelta(minutes=30)) == (second.body, second.fetched_at)
    assert ["/robots.txt", "/x"] == [one.path for one in visits.asked[1]]
    assert '"a1"' == visits.asked[1][1].headers["if-none-match"]


def test_n12_cache_after_a_day_asks_whether_it_still_holds(tmp_path: Path) -> None:
    """A page that may be kept for a year is checked in the audit of another day."""
    yearly = answer(b"x", etag='"a1"', cache_control="max-age=31536000")
    visits = Visits(tmp_path, {"/x": [yearly, answer(status="304 Not Modified", etag='"a1"')]})
    tomorrow = NOON + timedelta(hours=25)
    first, second = visits.run({}, {"now": lambda: tomorrow})

    assert (first.body, tomorrow) == (second.body, second.fetched_at)
    assert '"a1"' == visits.asked[1][-1].headers["if-none-match"]


@pytest.mark.parametrize("directive", ["no-store", "No-Store, max-age=3600", "max-age=3600, no-store"])
def test_n12_cache_no_store_is_never_on_disk(tmp_path: Path, directive: str) -> None:
    """What must not be kept is in no file, and asked for again."""
    visits = Visits(tmp_path, {"/x": answer(b"secret-canary", cache_control=directive, etag='"tag-canary"')})
    visits.run({}, {})

    assert b"canary" not in visits.on_disk()
    assert ["/x"] == [one.path for one in visits.asked[1]]


@pytest.mark.parametrize("status", ["401 No", "403 Forbidden", "429 Slow", "500 Oops", "503 Later", "999 Denied"])
def test_n12_cache_keeps_no_trouble(tmp_path: Path, status: str) -> None:
    """A refusal or a failure of today is no answer for tomorrow, whatever the server says."""
    trouble = answer(b"trouble", status=status, cache_control="public, max-age=3600")
    visits = Visits(tmp_path, {"/x": [*[trouble] * (3 if status[0] == "5" else 1), answer(b"x")]})
    pages = visits.run({}, {})

    assert b"x" == pages[1].body
    assert b"trouble" not in visits.on_disk()


def test_n12_cache_stores_no_bomb(tmp_path: Path) -> None:
    """A body over the cap is refused below the cache: nothing of it is kept, and the file stays small."""
    bomb = gzip.compress(b"boom" * 2**22, mtime=0)
    visits = Visits(tmp_path, {"/x": answer(bomb, content_encoding="gzip", cache_control="max-age=3600")})
    pages = visits.run({}, {})

    assert ["the answer is longer than 5,000,000 bytes"] * 2 == [page.reason for page in pages]
    assert b"boomboom" not in visits.on_disk()
    assert len(visits.on_disk()) < 300_000


def test_n12_cache_a_304_that_nobody_asked_for_harms_nothing(tmp_path: Path) -> None:
    """It is stored as the answer that it is, after one request; what else is kept stays."""
    visits = Visits(tmp_path, {"/x": [answer(status="304 Not Modified"), answer(b"x")]})
    first, second = visits.run({}, {})

    assert [(304, b""), (200, b"x")] == [(page.status, page.body) for page in (first, second)]
    assert [["/robots.txt", "/x"], ["/x"]] == [[one.path for one in run] for run in visits.asked]


@pytest.mark.parametrize("header", ["etag", "last_modified", "expires", "age", "date", "vary", "cache_control"])
@pytest.mark.parametrize("value", ["garbage", "", "-1", "9" * 400, "\xff\xfe", "Mon, 01 Jan 99999 00:00:00 GMT", "=,="])
def test_n12_cache_headers_of_nonsense_harm_nothing(tmp_path: Path, header: str, value: str) -> None:
    """The page comes in both runs, and robots.txt stays kept: the file was not thrown away."""
    head = f"HTTP/1.1 200 OK\r\ncontent-length: 1\r\n{header.replace('_', '-')}: {value}\r\n\r\nx"
    visits = Visits(tmp_path, {"/x": head.encode("latin-1")})

    assert [b"x", b"x"] == [page.body for page in visits.run({}, {})]
    assert "/robots.txt" not in [one.path for one in visits.asked[1]]


def garbage(cache: Path) -> None:
    """Not a database."""
    cache.write_bytes(b"no database at all" * 1000)


def cut(cache: Path) -> None:
    """A database that breaks off."""
    whole = cache.read_bytes()
    cache.write_bytes(whole[: len(whole) // 2])


def holes(cache: Path) -> None:
    """A database with zeros in the middle of its pages."""
    whole = bytearray(cache.read_bytes())
    whole[4096:-4096] = bytes(len(whole) - 8192)
    cache.write_bytes(whole)


def other_tables(cache: Path) -> None:
    """A database of something else under the same names."""
    cache.unlink()
    with sqlite3.connect(cache) as connection:
        connection.execute("CREATE TABLE entries (id, name)")


def changed_body(cache: Path) -> None:
    """Kept bodies that are not what was stored."""
    with sqlite3.connect(cache) as connection:
        connection.execute("UPDATE streams SET chunk_data = CAST('poison' AS BLOB)")


def changed_record(cache: Path) -> None:
    """Kept headers that are none."""
    with sqlite3.connect(cache) as connection:
        connection.execute("UPDATE entries SET data = CAST('poison' AS BLOB)")


def lost_bodies(cache: Path) -> None:
    """Records whose bodies are gone."""
    with sqlite3.connect(cache) as connection:
        connection.execute("DELETE FROM streams")


DAMAGES = [garbage, cut, holes, other_tables, changed_body, changed_record, lost_bodies]


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("fresh", [True, False])
def test_n12_cache_damage_is_thrown_away_and_the_page_asked_for(
    tmp_path: Path, damage: Callable[[Path], None], fresh: bool
) -> None:
    """Whatever has become of the file: the page is what the server says, and the next run has a cache again."""

    async def serve(writer: asyncio.StreamWriter) -> None:
        writer.write(answer(b"x", etag='"a1"', cache_control=f"max-age={3600 if fresh else 0}"))

    async def unchanged(writer: asyncio.StreamWriter) -> None:
        writer.write(answer(status="304 Not Modified", etag='"a1"'))

    visits = Visits(tmp_path, {"/x": [serve, serve, serve if fresh else unchanged]})
    pages = visits.run({}, {"between": lambda: damage(visits.cache)}, {})

    assert [(State.OBSERVED, b"x")] * 3 == [(page.state, page.body) for page in pages]
    assert ([] if fresh else ["/x"]) == [one.path for one in visits.asked[2] if one.path == "/x"]


def test_n12_cache_a_damaged_body_is_no_page_though_the_server_says_unchanged(tmp_path: Path) -> None:
    """The server confirms what was stored, but the file holds something else: the page is asked for whole."""
    tagged = answer(b"x", etag='"a1"', cache_control="max-age=0")
    visits = Visits(tmp_path, {"/x": [tagged, answer(status="304 Not Modified", etag='"a1"'), tagged]})

    def poison() -> None:
        with sqlite3.connect(visits.cache) as connection:
            of_page = "SELECT id FROM entries WHERE instr(data, '/x')"
            connection.execute(f"UPDATE streams SET chunk_data = CAST('poison' AS BLOB) WHERE entry_id IN ({of_page})")

    pages = visits.run({}, {"between": poison})
    assert [b"x", b"x"] == [page.body for page in pages]
    assert [True, False] == ["if-none-match" in one.headers for one in visits.asked[1]]


def test_n12_cache_where_nothing_can_be_kept(tmp_path: Path) -> None:
    """A folder in the file's place: the pages come all the same."""
    visits = Visits(tmp_path, {"/x": answer(b"x", cache_control="max-age=3600")})
    visits.cache.mkdir()

    assert [b"x", b"x"] == [page.body for page in visits.run({}, {})]


def test_n12_cache_of_one_client_is_not_the_others(tmp_path: Path) -> None:
    """Two clients, two files: the second client's run asks for itself."""
    visits = Visits(tmp_path, {"/x": answer(b"x", cache_control="max-age=3600")})
    visits.run({}, {"cache": tmp_path / "other" / "http.db"})

    assert ["/robots.txt", "/x"] == [one.path for one in visits.asked[1]]


def test_n12_cache_another_language_is_another_page(tmp_path: Path) -> None:
    """What varies with the language is not given to who asks for another one."""
    routes = {"/x": [answer(body, cache_control="max-age=3600", vary="Accept-Language") for body in (b"it", b"en")]}
    visits = Visits(tmp_path, routes)  # type: ignore[arg-type]

    assert [b"it", b"en"] == [page.body for page in visits.run({"languages": ["it"]}, {"languages": ["en"]})]


@pytest.mark.parametrize("directive", [None, "max-age=31536000", "public, immutable"])
def test_n12_cache_keeps_robots_for_a_day_at_most(tmp_path: Path, directive: str | None) -> None:
    """robots.txt is not asked for twice within a day, and is forgotten after one, whatever the server says."""
    headers = {} if directive is None else {"cache_control": directive}
    visits = Visits(tmp_path, {"/robots.txt": answer(b"User-agent: *\nDisallow: /y\n", **headers)})
    visits.run({}, {})
    with sqlite3.connect(visits.cache) as connection:
        query = "SELECT ttl_deadline - last_accessed_at FROM entries WHERE instr(data, 'robots.txt')"
        lives = [life for (life,) in connection.execute(query)]

    assert (["/x"] if directive != "public, immutable" else ["/robots.txt", "/x"]) == [
        one.path for one in visits.asked[1]
    ]
    assert all(0 < life <= 24 * 3600 for life in lives)
    assert lives or directive == "public, immutable"


# --- the ledger -------------------------------------------------------------------------------------------------


def test_the_ledger_says_what_was_asked_and_what_robots_said() -> None:
    """Requests, bytes, waits, retries per host; per address the line of robots.txt and the digest of the file."""
    clock = JumpingClock()
    robots = b"User-agent: *\nAllow: /open\nDisallow: /private\n"
    routes: dict[str, Route] = {
        "one.example/robots.txt": answer(robots),
        "one.example/open": [answer(status="500 Oops"), answer(b"12345")],
        "two.example/z": answer(b"z"),
    }
    urls = ["http://one.example/open", "http://one.example/private/a", "http://two.example/z"]
    _, _, courtesy = asked(
        routes, *urls, limits=replace(QUICK, delay=2.0, jitter=0.0, deadline=60.0), sleep=clock.sleep, monotonic=clock
    )

    one, two = courtesy.hosts
    assert ("one.example", 3, len(robots) + 5, 1) == (one.host, one.requests, one.bytes, one.retries)
    assert 4 <= round(one.pace_wait) <= 5
    assert ("two.example", 2, 1, 0) == (two.host, two.requests, two.bytes, two.retries)
    digest, empty = hashlib.sha256(robots).hexdigest(), hashlib.sha256(b"").hexdigest()
    rules = "http://one.example/robots.txt"
    assert courtesy.robots == (
        RobotsRuling(url=urls[0], permitted=True, rule="line 2: Allow: /open", robots=rules, sha256=digest),
        RobotsRuling(url=urls[1], permitted=False, rule="line 3: Disallow: /private", robots=rules, sha256=digest),
        RobotsRuling(url=urls[2], permitted=True, rule="no rule", robots="http://two.example/robots.txt", sha256=empty),
    )


def test_the_ledger_goes_on_where_an_earlier_start_ended() -> None:
    """A run that was started again adds to what it had asked before."""
    ruling = RobotsRuling(url="http://a.example/", permitted=True, rule="no rule", robots="r", sha256="0")
    before = Courtesy(
        hosts=(HostCourtesy(host="one.example", requests=5, bytes=7, retries=1), HostCourtesy(host="a.example")),
        robots=(ruling,),
    )
    _, _, courtesy = asked({"/x": answer(b"xyz")}, X, courtesy_before=before)

    assert ["a.example", "one.example"] == [host.host for host in courtesy.hosts]
    assert (7, 10, 1) == (courtesy.hosts[1].requests, courtesy.hosts[1].bytes, courtesy.hosts[1].retries)
    assert ["http://a.example/", X] == [ruling.url for ruling in courtesy.robots]


def test_robots_are_kept_and_given_back() -> None:
    """A restarted run asks for no robots.txt twice and obeys the one it has; one older than a day is read anew."""
    kept: dict[str, Page] = {}
    routes: dict[str, Route] = {"/robots.txt": answer(b"User-agent: *\nDisallow: /x\n"), "/y": answer(b"y")}
    asked(routes, X, keep_robots=kept.__setitem__)

    assert ["http://one.example"] == list(kept)
    page = kept["http://one.example"]
    assert ("robots", b"User-agent: *\nDisallow: /x\n") == (page.role, page.body)
    pages, web, _ = asked(routes, X, "http://one.example/y", known_robots=kept)
    assert [State.NOT_PERMITTED, State.OBSERVED] == [page.state for page in pages]
    assert ["one.example/y"] == web.paths()
    old = {"http://one.example": replace(page, fetched_at=NOON - timedelta(hours=25))}
    _, web, _ = asked(routes, X, known_robots=old)
    assert ["one.example/robots.txt"] == web.paths()


def test_robots_that_could_not_be_read_are_kept_with_the_reason_and_asked_again() -> None:
    """Trouble is evidence too, but no rule for a restarted run."""
    kept: dict[str, Page] = {}
    asked({"/robots.txt": answer(status="500 Oops")}, X, keep_robots=kept.__setitem__)

    page = kept["http://one.example"]
    assert (State.FAILED, "robots.txt could not be read: the server answered 500") == (page.state, page.reason)
    [page], _, _ = asked({"/x": answer(b"x")}, X, known_robots=kept)
    assert State.OBSERVED == page.state


def test_a_step_down_from_https_is_noted(tmp_path: Path) -> None:
    """A redirect from https to http is followed as a browser would, and stands in the ledger."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("one.example").configure_cert(context)

    async def run() -> tuple[Page, Courtesy]:
        routes: dict[str, Route] = {"/a": redirect("http://two.example/b")}
        async with Web(routes, tls=context) as safe, Web({"/b": answer(b"b")}) as plain:

            async def resolve(name: str, _: int) -> Sequence[tuple[str, int]]:
                return [("127.0.0.1", safe.port if name == "one.example" else plain.port)]

            async with fetcher_for(plain, resolve=resolve, ca_file=tmp_path / "ca.pem") as fetcher:
                return await fetcher.get(Request(url="https://one.example/a"), role="home"), fetcher.courtesy()

    page, courtesy = asyncio.run(run())
    assert (b"b", "http://two.example/b") == (page.body, page.final_url)
    assert ("https://one.example/a",) == courtesy.hosts[0].downgrades


# --- order and display ------------------------------------------------------------------------------------------


def link(platform: str, handle: str, url: str) -> Link:
    """A profile of the client's."""
    return Link(company="client", platform=platform, handle=handle, url=url)


def test_the_host_with_most_to_do_begins() -> None:
    """Three channels of three pages each, then two websites of six, one channel, and single pages in their order."""

    def channels(*names: str) -> list[Link]:
        return [link("youtube", name, f"https://www.youtube.com/@{name}") for name in names]

    telegram = link("telegram", "aurora", "https://t.me/aurora")
    snapchat = link("snapchat", "aurora", "https://www.snapchat.com/add/aurora")
    sites = [link("website", name, f"https://{name}/") for name in ("aurora.example", "bella.example")]
    many, one = channels("aurora", "bella", "corsa"), channels("aurora")

    assert [many, [sites[0]], [sites[1]], [telegram], [snapchat]] == hosts_in_order(
        [telegram, *many, sites[0], snapchat, sites[1]], platforms()
    )
    assert [[sites[0]], [sites[1]], one, [telegram], [snapchat]] == hosts_in_order(
        [telegram, *one, sites[0], snapchat, sites[1]], platforms()
    )


def test_events_say_for_whose_sake() -> None:
    """While a profile is fetched every event names platform, handle and host; a wait says how long."""
    clock = JumpingClock()
    events: list[Event] = []

    async def run() -> None:
        async with Web({"/": answer(b"<title>Aurora</title>", content_type="text/html")}) as web:
            limits = replace(QUICK, delay=2.0, jitter=0.0)
            fetcher = fetcher_for(web, limits, sleep=clock.sleep, monotonic=clock, on_event=events.append)
            async with fetcher:
                await fetch_profiles(
                    fetcher, [link("website", "one.example", "http://one.example/")],
                    stored=lambda _: {}, save=lambda _, __: None, on_event=events.append,
                )  # fmt: skip

    asyncio.run(run())
    assert {("website", "one.example", "one.example")} == {(one.platform, one.handle, one.host) for one in events}
    assert {"asking", "waiting", "answered", "saved"} <= {one.kind for one in events}
    assert all(1.5 < one.wait <= 2.0 for one in events if one.kind == "waiting")


def test_what_runs_out_on_this_machine_is_no_word_about_the_other_side() -> None:
    """Too few files for a connection end the run with the remedy; a refused connection does not."""
    inner = OSError(errno.EMFILE, "Too many open files")
    outer = OSError("All connection attempts failed")
    outer.__cause__ = ExceptionGroup("attempts", [inner])
    with pytest.raises(MachineTrouble, match=r"Too many open files.*ulimit -n 1024.*run the same task again"):
        raise_if_ours(outer)
    raise_if_ours(ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused"))
    raise_if_ours(socket.gaierror(socket.EAI_NONAME, "Name or service not known"))
    with pytest.raises(MachineTrouble):
        raise_if_ours(socket.gaierror(socket.EAI_SYSTEM, "System error"))
