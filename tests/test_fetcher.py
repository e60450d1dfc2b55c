"""The fetcher against servers on loopback that behave badly in every way that matters."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import ssl
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from socket import gaierror
from typing import ClassVar

import pytest
import trustme
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.asking import fetch_profiles
from audit.attempts import retry_after_seconds
from audit.errors import UsageError
from audit.events import Event
from audit.fetcher import Fetcher
from audit.models import Link, Page, Profile, Request, Source, State
from audit.parse.document import Document
from audit.platforms._base import Platform
from audit.robots import Rules
from tests.loopback import Route, Web, answer, redirect
from tests.loopback_fetcher import AGENT, NAMES, NOON, QUICK, JumpingClock, fetched, fetcher_for


def test_an_answer_is_stored_as_it_came() -> None:
    """Status, media type, digest, time, role and addresses stand in the page; the agent says who asks."""
    body = b"<title>Aurora</title>"
    [page], web = fetched(
        {"/aurora": answer(body, content_type="text/html; charset=utf-8")}, "http://one.example/aurora"
    )

    assert page == Page(
        url="http://one.example/aurora",
        final_url="http://one.example/aurora",
        role="profile",
        state=State.OBSERVED,
        source=Source.PUBLIC,
        fetched_at=NOON,
        status=200,
        media_type="text/html; charset=utf-8",
        sha256=hashlib.sha256(body).hexdigest(),
        body=body,
    )
    assert web.paths() == ["one.example/robots.txt", "one.example/aurora"]
    assert web.asked[1].headers["user-agent"] == AGENT
    assert web.asked[1].headers["accept-encoding"] == "gzip"


@pytest.mark.parametrize("status", ["404 Not Found", "403 Forbidden", "999 Denied", "410 Gone"])
def test_a_refusing_status_is_an_answer_too(status: str) -> None:
    """What the status means is judged later; the fetcher stores it and asks once only."""
    [page], web = fetched({"/x": answer(b"no", status=status)}, "http://one.example/x")

    assert (State.OBSERVED, int(status[:3]), b"no") == (page.state, page.status, page.body)
    assert web.paths().count("one.example/x") == 1


def test_languages_are_asked_for_in_order() -> None:
    """The client's language first, the others behind it."""
    _, web = fetched({}, "http://one.example/x", languages=("it", "en"))

    assert web.asked[-1].headers["accept-language"] == "it, en;q=0.9"


def test_no_cookie_and_no_credential_leaves(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Cookies set by a page are forgotten; proxies and .netrc of the environment are not used."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine one.example login aurora password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    pages, web = fetched(
        {"/x": answer(b"x", set_cookie="session=1; Path=/")}, "http://one.example/x", "http://one.example/x"
    )

    assert [page.state for page in pages] == [State.OBSERVED, State.OBSERVED]
    assert not any("cookie" in asked.headers or "authorization" in asked.headers for asked in web.asked)


# --- robots.txt -------------------------------------------------------------------------------------------


def test_a_forbidden_path_is_never_asked_for() -> None:
    """The page says which line of robots.txt forbids it; the request is not made."""
    robots = answer(b"User-agent: *\nAllow: /\nDisallow: /private\n")
    pages, web = fetched(
        {"/robots.txt": robots, "/open": answer(b"o")},
        "http://one.example/private/a",
        "http://one.example/open",
    )

    assert [State.NOT_PERMITTED, State.OBSERVED] == [page.state for page in pages]
    assert pages[0].reason == "robots.txt of one.example does not permit it (line 3: Disallow: /private)"
    assert web.paths() == ["one.example/robots.txt", "one.example/open"]


@pytest.mark.parametrize("named", ["Finestra", "finestra/2.0", "FINESTRA bot"])
def test_a_group_with_our_name_beats_the_general_one(named: str) -> None:
    """RFC 9309 compares the product token only, without case."""
    robots = answer(f"User-agent: *\nAllow: /\n\nUser-agent: {named}\nDisallow: /\n".encode())
    [page], _ = fetched({"/robots.txt": robots}, "http://one.example/x")

    assert State.NOT_PERMITTED == page.state


@pytest.mark.parametrize("status", ["400 Bad", "401 No", "403 Forbidden", "404 Not Found", "410 Gone"])
def test_robots_4xx_means_no_rules(status: str) -> None:
    """RFC 9309: "unavailable" permits everything."""
    [page], _ = fetched({"/robots.txt": answer(b"Disallow", status=status), "/x": answer(b"x")}, "http://one.example/x")

    assert State.OBSERVED == page.state


def test_robots_5xx_means_not_asked() -> None:
    """RFC 9309: "unreachable" forbids everything; it is trouble, not a verdict, and not asked for twice."""
    pages, web = fetched({"/robots.txt": answer(status="500 Oops")}, "http://one.example/x", "http://one.example/y")

    assert [State.FAILED, State.FAILED] == [page.state for page in pages]
    assert pages[0].reason == "robots.txt could not be read: the server answered 500"
    assert web.paths() == ["one.example/robots.txt"] * 3  # two retries, and none for the second page


def test_robots_of_each_hop_are_obeyed() -> None:
    """A redirect into a forbidden place ends there; the forbidden address is the final one."""
    routes: dict[str, Route] = {
        "one.example/x": redirect("http://two.example/login"),
        "two.example/robots.txt": answer(b"User-agent: *\nDisallow: /login\n"),
    }
    [page], web = fetched(routes, "http://one.example/x")

    assert (State.NOT_PERMITTED, "http://two.example/login") == (page.state, page.final_url)
    assert "two.example/login" not in web.paths()


def test_robots_are_cut_at_500_kib() -> None:
    """A rule inside the first 500 KiB counts, the endless rest is not read."""
    robots = answer(b"User-agent: *\nDisallow: /private\n" + b"# filler\n" * 100_000)
    [page], _ = fetched({"/robots.txt": robots}, "http://one.example/private")

    assert State.NOT_PERMITTED == page.state


def test_robots_with_a_byte_order_mark_and_redirected() -> None:
    """Redirects of robots.txt are followed, a BOM before the first line is no part of it."""
    routes: dict[str, Route] = {
        "one.example/robots.txt": redirect("http://two.example/rules"),
        "two.example/rules": answer(b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n"),
    }
    [page], _ = fetched(routes, "http://one.example/x")

    assert State.NOT_PERMITTED == page.state


def test_html_as_robots_permits() -> None:
    """A page in place of rules holds no rules."""
    [page], _ = fetched({"/robots.txt": answer(b"<html>Disallow nothing"), "/x": answer(b"x")}, "http://one.example/x")

    assert State.OBSERVED == page.state


@pytest.mark.parametrize(("asked", "expected"), [("7", 7.0), ("1000000000", 60.0), ("nan", 0.0), ("-5", 0.0)])
def test_crawl_delay_is_obeyed_up_to_a_minute(asked: str, expected: float) -> None:
    """The delay of robots.txt applies from the first page on; nonsense is no delay."""
    clock = JumpingClock()
    robots = answer(f"User-agent: *\nCrawl-delay: {asked}\n".encode())
    fetched({"/robots.txt": robots}, "http://one.example/x", sleep=clock.sleep, monotonic=clock)

    assert [expected] * bool(expected) == [round(wait) for wait in clock.slept]


@settings(deadline=None)
@given(st.text(), st.text(alphabet="abc/?*$%", max_size=20))
def test_any_robots_text_gives_a_reason(text: str, path: str) -> None:
    """Naming the rule never raises, whatever the file holds."""
    assert Rules(text.encode("utf-8", "replace"), "Finestra").ruling(f"http://one.example/{path}").rule


# --- pace -------------------------------------------------------------------------------------------------


def test_one_request_at_a_time_per_host_with_a_delay_and_hosts_in_parallel() -> None:
    """Per host: never two at once, starts at least the delay apart. Three hosts take no longer than one."""
    delay = 0.05

    async def slow(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.02)
        writer.write(answer(b"x"))

    async def run() -> tuple[Web, float, float]:
        routes: dict[str, Route] = {f"/{number}": slow for number in range(4)}
        async with Web(routes) as web, fetcher_for(web, replace(QUICK, delay=delay)) as fetcher:
            started = time.monotonic()
            await asyncio.gather(
                *(
                    fetcher.get(Request(url=f"http://{name}/{number}"), role="profile")
                    for name in NAMES
                    for number in range(4)
                )
            )
            return web, started, time.monotonic() - started

    web, started, took = asyncio.run(run())
    assert dict.fromkeys(NAMES, 1) == web.most_at_once
    for name in NAMES:
        starts = [asked.at for asked in web.asked if asked.host == name]
        assert 5 == len(starts)
        # Counted from the beginning: a machine that stops for a moment shortens the gap after it as the server sees it.
        assert [] == [number for number, start in enumerate(starts) if start - started < number * delay - 0.02]
    assert took < 3 * 4 * delay + 0.5


# --- retries ----------------------------------------------------------------------------------------------


def test_retry_after_in_seconds_is_waited_for() -> None:
    """429 with a wait within the cap: wait, ask again, done."""
    clock = JumpingClock()
    routes: dict[str, Route] = {"/x": [answer(status="429 Slow", retry_after="7"), answer(b"x")]}
    [page], web = fetched(routes, "http://one.example/x", sleep=clock.sleep, monotonic=clock)

    assert (State.OBSERVED, b"x") == (page.state, page.body)
    assert [7] == [round(wait) for wait in clock.slept]
    assert 2 == web.paths().count("one.example/x")


def test_retry_after_as_a_date_is_waited_for() -> None:
    """503 with a date twenty seconds ahead."""
    clock = JumpingClock()
    when = "Mon, 23 Nov 2026 12:00:20 GMT"
    routes: dict[str, Route] = {"/x": [answer(status="503 Later", retry_after=when), answer(b"x")]}
    [page], _ = fetched(routes, "http://one.example/x", sleep=clock.sleep, monotonic=clock)

    assert State.OBSERVED == page.state
    assert [20] == [round(wait) for wait in clock.slept]


def test_a_long_wait_is_named_and_the_host_left_alone() -> None:
    """An hour is not waited; the next page of the host is not asked for."""
    routes: dict[str, Route] = {"/x": answer(status="429 Slow", retry_after="3600"), "/y": answer(b"y")}
    pages, web = fetched(routes, "http://one.example/x", "http://one.example/y")

    assert [State.RATE_LIMITED, State.RATE_LIMITED] == [page.state for page in pages]
    assert pages[0].reason == "the server answered 429 and asks to wait for 3600 s (attempt 1)"
    assert "one.example/y" not in web.paths()


@pytest.mark.parametrize("garbage", ["soon", "", "-3", "1e9", "Mon, 99 Nov 2026"])
def test_a_429_without_a_readable_wait_is_not_tried_again(garbage: str) -> None:
    """No wait named: rate limited at once."""
    [page], web = fetched({"/x": answer(status="429 Slow", retry_after=garbage)}, "http://one.example/x")

    assert State.RATE_LIMITED == page.state
    assert 1 == web.paths().count("one.example/x")


def test_a_server_that_always_says_wait_is_asked_three_times() -> None:
    """The attempts end, the last answer's wait is named."""
    clock = JumpingClock()
    [page], web = fetched(
        {"/x": answer(status="429 Slow", retry_after="1")},
        "http://one.example/x",
        sleep=clock.sleep,
        monotonic=clock,
    )

    assert State.RATE_LIMITED == page.state
    assert page.reason == "the server answered 429 and asks to wait for 1 s (attempt 3)"
    assert 3 == web.paths().count("one.example/x")


def test_n11_a_5xx_is_tried_three_times_and_then_stored() -> None:
    """502, 503, then 200: the page. Always 502: the page with its status."""
    [good, bad], web = fetched(
        {
            "/good": [answer(status="502 Bad"), answer(status="503 Later"), answer(b"x")],
            "/bad": answer(b"oops", status="502 Bad"),
        },
        "http://one.example/good",
        "http://one.example/bad",
    )

    assert (200, State.OBSERVED) == (good.status, good.state)
    assert (502, State.OBSERVED, b"oops") == (bad.status, bad.state, bad.body)
    assert 3 == web.paths().count("one.example/bad")


def test_retry_after_is_read_in_both_forms() -> None:
    """A number of seconds or a date (a past one means now); anything else is unreadable."""
    assert 120.0 == retry_after_seconds("120", NOON)
    assert 3600.0 == retry_after_seconds("Mon, 23 Nov 2026 13:00:00 GMT", NOON)
    assert 0.0 == retry_after_seconds("Mon, 23 Nov 2020 13:00:00 GMT", NOON)
    assert retry_after_seconds("tomorrow", NOON) is None
    assert retry_after_seconds(None, NOON) is None


@settings(deadline=None)
@given(st.text())
def test_any_retry_after_is_a_wait_or_none(text: str) -> None:
    """Never an exception, never a negative wait."""
    seconds = retry_after_seconds(text, NOON)
    assert seconds is None or seconds >= 0


# --- time and circuit -------------------------------------------------------------------------------------


async def _hang(_: asyncio.StreamWriter) -> None:
    await asyncio.sleep(30)


async def _drip_body(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n")
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.03)


async def _drip_headers(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"x-drip: 1\r\n")
        await writer.drain()
        await asyncio.sleep(0.03)


async def _endless_chunks(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
    while True:
        writer.write(b"1\r\nx\r\n")
        await writer.drain()
        await asyncio.sleep(0.03)


async def _endless_continue(writer: asyncio.StreamWriter) -> None:
    while True:
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        await writer.drain()
        await asyncio.sleep(0.01)


@pytest.mark.parametrize("route", [_drip_body, _drip_headers, _endless_chunks, _endless_continue])
def test_a_drip_ends_at_the_deadline(route: Route) -> None:
    """Bytes that keep coming do not buy time: the whole exchange has one deadline."""
    started = time.monotonic()
    [page], _ = fetched({"/x": route}, "http://one.example/x", limits=replace(QUICK, deadline=0.3))

    assert State.FAILED == page.state
    assert page.reason == "one.example did not finish its answer within 0.3 s"
    assert time.monotonic() - started < 1.0


def test_a_dead_host_costs_one_deadline_and_no_more() -> None:
    """After a silent page the other pages of the host fail at once; other hosts are asked as ever."""
    pages, web = fetched(
        {"one.example/x": _hang, "one.example/y": answer(b"y"), "two.example/x": answer(b"x")},
        "http://one.example/x",
        "http://one.example/y",
        "http://two.example/x",
        limits=replace(QUICK, read=0.1),
    )

    assert [State.FAILED, State.FAILED, State.OBSERVED] == [page.state for page in pages]
    assert pages[0].reason == "one.example was silent for 0.1 s"
    assert pages[1].reason == "not asked again: one.example was silent for 0.1 s"
    assert 3 == web.paths().count("one.example/x")
    assert "one.example/y" not in web.paths()


def test_a_closed_port_and_an_unknown_name_are_failures_with_words() -> None:
    """Nobody listens; the name does not exist: robots.txt could not be read, and why."""

    async def nowhere(name: str, port: int) -> Sequence[tuple[str, int]]:
        if name == "closed.example":
            return [("127.0.0.1", 1)]
        raise gaierror(-2, "Name or service not known")

    pages, _ = fetched({}, "http://closed.example/", "http://unknown.example/", resolve=nowhere)

    assert [State.FAILED, State.FAILED] == [page.state for page in pages]
    assert str(pages[0].reason).startswith("robots.txt could not be read: no connection to closed.example: ")
    assert "the name unknown.example was not found" in str(pages[1].reason)


# --- size and packing -------------------------------------------------------------------------------------


def test_a_body_over_the_cap_is_refused_and_one_at_the_cap_is_not() -> None:
    """10 MB against a cap of 5 MB; exactly the cap passes."""
    limits = replace(QUICK, deadline=5.0)
    pages, _ = fetched(
        {"/big": answer(b"x" * 10_000_000), "/full": answer(b"x" * 5_000_000)},
        "http://one.example/big",
        "http://one.example/full",
        limits=limits,
    )

    assert (State.FAILED, b"") == (pages[0].state, pages[0].body)
    assert pages[0].reason == "the answer is longer than 5,000,000 bytes"
    assert (State.OBSERVED, 5_000_000) == (pages[1].state, len(pages[1].body))


def test_gzip_is_unpacked_also_in_several_members() -> None:
    """A gzip answer is stored unpacked; a file of two members is read to its end."""
    packed = gzip.compress(b"Torrefazione ", mtime=0) + gzip.compress(b"Aurora", mtime=0)
    [page], _ = fetched({"/x": answer(packed, content_encoding="gzip")}, "http://one.example/x")

    assert b"Torrefazione Aurora" == page.body


def test_a_gzip_bomb_stops_at_the_cap() -> None:
    """A gigabyte in a megabyte: refused as too long, within a second."""
    bomb = gzip.compress(b"\0" * 2**26, mtime=0) * 16
    started = time.monotonic()
    [page], _ = fetched({"/x": answer(bomb, content_encoding="gzip")}, "http://one.example/x")

    assert (State.FAILED, "the answer is longer than 5,000,000 bytes") == (page.state, page.reason)
    assert time.monotonic() - started < 1.0


@pytest.mark.parametrize("encoding", ["br", "zstd", "deflate", "gzip, gzip", ", ".join(["gzip"] * 2000), "x"])
def test_packings_not_asked_for_are_refused(encoding: str) -> None:
    """Only gzip was offered; stacked packings are bombs."""
    [page], _ = fetched({"/x": answer(b"\x0b", content_encoding=encoding)}, "http://one.example/x")

    assert State.FAILED == page.state
    assert "was not asked for" in str(page.reason)


@pytest.mark.parametrize(
    ("body", "words"),
    [(gzip.compress(b"x" * 1000, mtime=0)[:-12], "broke off"), (b"not gzip", "damaged")],
)
def test_broken_gzip_is_a_failure(body: bytes, words: str) -> None:
    """A truncated or false gzip answer is no page."""
    [page], _ = fetched({"/x": answer(body, content_encoding="gzip")}, "http://one.example/x")

    assert State.FAILED == page.state
    assert words in str(page.reason)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<html>HTTP/0.9</html>",
        b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nx: a\0b\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nx: " + b"y" * 5_000_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 50_000 + b"\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
    ],
)
def test_what_is_no_http_is_a_failure(raw: bytes) -> None:
    """Answers that break the protocol are pages with a reason, never exceptions."""
    [page], _ = fetched({"/x": raw}, "http://one.example/x")

    assert State.FAILED == page.state
    assert page.reason


@pytest.mark.parametrize(
    ("headers", "state"),
    [
        (b"x: y\r\n" * 199, State.OBSERVED),  # and the content-length: 200 lines
        (b"x: y\r\n" * 200, State.FAILED),
        (b"x: " + b"y" * 60_000 + b"\r\n", State.OBSERVED),
        (b"x: " + b"y" * 66_000 + b"\r\n", State.FAILED),
    ],
)
def test_headers_are_capped_in_number_and_size(headers: bytes, state: State) -> None:
    """Two hundred lines and 64 KiB: more than any honest answer has."""
    [page], _ = fetched(
        {"/x": b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\n" + headers + b"\r\nx"}, "http://one.example/x"
    )

    assert state == page.state
    assert (page.reason is None) == (state is State.OBSERVED)


# --- redirects --------------------------------------------------------------------------------------------


def test_redirects_are_followed_and_the_last_address_is_kept() -> None:
    """Relative, absolute and scheme-relative targets; the fragment is no part of the address."""
    routes: dict[str, Route] = {
        "one.example/a": redirect("b?x=1"),
        "one.example/b?x=1": redirect("//two.example/c#top"),
        "two.example/c": answer(b"c"),
    }
    [page], _ = fetched(routes, "http://one.example/a")

    assert ("http://one.example/a", "http://two.example/c", b"c") == (page.url, page.final_url, page.body)


@pytest.mark.parametrize(
    ("routes", "words"),
    [
        ({"/a": redirect("/a")}, "redirects in a circle"),
        ({"/a": redirect("/b"), "/b": redirect("/a")}, "redirects in a circle"),
        (
            {f"/{name}": redirect(f"/a{name}") for name in ("a", "aa", "aaa", "aaaa", "aaaaa", "aaaaaa")},
            "more than 5",
        ),
        ({"/a": redirect("javascript:alert(1)")}, "is no web address"),
        ({"/a": redirect("file:///etc/passwd")}, "is no web address"),
        ({"/a": redirect("data:text/html,x")}, "is no web address"),
        ({"/a": redirect("http://user:secret@two.example/")}, "user name or a password"),
        ({"/a": redirect("http://10.0.0.1/")}, "not a public address"),
        ({"/a": redirect("http://169.254.169.254/latest/meta-data/")}, "not a public address"),
        ({"/a": redirect("http://[fd00::1]/")}, "not a public address"),
        ({"/a": redirect("http://93.184.216.34:25/")}, "port 25"),
    ],
)
def test_redirects_that_lead_nowhere_good_are_failures(routes: dict[str, Route], words: str) -> None:
    """Circles, chains, other schemes, credentials, private addresses, strange ports: pages with a reason."""
    [page], _ = fetched(routes, "http://one.example/a")

    assert State.FAILED == page.state
    assert words in str(page.reason)


# --- guard ------------------------------------------------------------------------------------------------

INSIDE = [
    "127.0.0.1", "127.1", "0x7f.1", "2130706433", "0177.0.0.1", "[::1]", "[::ffff:7f00:1]", "localhost",
    "[64:ff9b::7f00:1]", "[::7f00:1]", "[2002:7f00:1::]", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1",
    "169.254.1.1", "100.64.0.1", "[fd00::1]", "[fe80::1]", "[fec0::1]", "[ff02::1]", "224.0.0.1", "240.0.0.1",
    "１２７.0.0.1", "127。0。0。1",
]  # fmt: skip


@pytest.mark.parametrize("host", INSIDE)
def test_the_own_network_is_closed_by_default(host: str) -> None:
    """However the address is written, nothing is connected to."""

    async def run() -> tuple[Page, Web]:
        async with Web({}) as web, Fetcher(user_agent=AGENT, now=lambda: NOON, limits=QUICK) as fetcher:
            return await fetcher.get(Request(url=f"http://{host}:{web.port}/"), role="profile"), web

    page, web = asyncio.run(run())
    assert State.FAILED == page.state
    assert "not a public address" in str(page.reason)
    assert [] == web.asked


@pytest.mark.parametrize("host", ["10.1.2.3", "192.168.1.1", "[fd00::1]", "169.254.169.254", "100.64.0.1"])
def test_permitting_loopback_permits_nothing_else(host: str) -> None:
    """The setting for tests does not open the private network."""
    [page], _ = fetched({}, f"http://{host}/")

    assert "not a public address" in str(page.reason)


def test_a_name_with_one_private_address_is_refused() -> None:
    """A name that answers with a public and a private address is not asked at all."""

    async def mixed(_: str, port: int) -> Sequence[tuple[str, int]]:
        return [("93.184.216.34", port), ("10.0.0.1", port)]

    [page], _ = fetched({}, "http://one.example/", resolve=mixed)

    assert "lies at 10.0.0.1, which is not a public address" in str(page.reason)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://one.example/", "", "http://", "http://[", "http://a b/"])
def test_what_is_no_web_address_is_a_failure(url: str) -> None:
    """Only http and https are spoken."""
    [page], web = fetched({}, url)

    assert State.FAILED == page.state
    assert [] == web.asked


def _https_web(routes: Mapping[str, Route], authority: trustme.CA, *names: str) -> Web:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(*names).configure_cert(context)
    return Web(routes, tls=context)


def test_the_certificate_is_checked_against_the_name(tmp_path: Path) -> None:
    """The certificate must be the name's, also when another name at the same address was fine before."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))

    async def run() -> list[Page]:
        web = _https_web({"/x": answer(b"x")}, authority, "one.example")
        async with web, fetcher_for(web, ca_file=tmp_path / "ca.pem") as fetcher:
            return [
                await fetcher.get(Request(url=f"https://{name}/x"), role="profile")
                for name in ("one.example", "two.example")
            ]

    good, bad = asyncio.run(run())
    assert (State.OBSERVED, b"x") == (good.state, good.body)
    assert State.FAILED == bad.state
    assert "certificate" in str(bad.reason).lower()


def test_an_unknown_authority_is_refused() -> None:
    """Without our own authority file the test certificate is worth nothing."""

    async def run() -> Page:
        async with _https_web({}, trustme.CA(), "one.example") as web, fetcher_for(web) as fetcher:
            return await fetcher.get(Request(url="https://one.example/x"), role="profile")

    page = asyncio.run(run())
    assert State.FAILED == page.state
    assert "certificate" in str(page.reason).lower()


# --- whole profiles ---------------------------------------------------------------------------------------


class TwoStep(Platform):
    """A platform in the shape of the real ones: a page, then an address that stands in it, then more."""

    name, title = "two_step", "Two Step"
    hosts: ClassVar[frozenset[str]] = frozenset({"one.example"})

    def link(self, url: str) -> Link:
        return self._link("", url)

    def values(self, link: Link, page: Page, document: Document) -> None:
        """Nothing: these pages are asked for and not read."""

    def wants(self, link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
        if "profile" not in pages:
            return {"profile": Request(url=link.url)}
        if pages["profile"].state is not State.OBSERVED:
            return {}
        return {f"more-{len(pages)}": Request(url=pages["profile"].body.decode())}


class Closed(TwoStep):
    """A platform whose rules forbid asking."""

    name, title, keyless = "closed", "Closed", False
    robots_note = "robots.txt forbids everything to everybody"


class Retired(TwoStep):
    """A platform that has closed."""

    name, title = "retired", "Retired"

    def read(self, link: Link, pages: Mapping[str, Page]) -> Profile:
        return self.blank(link, state=State.RETIRED, reason="closed its profiles in 2022")


class KeyOnly(TwoStep):
    """A platform with nothing but an official API."""

    name, title = "key_only", "Key Only"

    def wants(self, link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
        return {} if "api" in pages else {"api": Request(url=link.url, credential="x")}


OWN: dict[str, Platform] = {one.name: one() for one in (TwoStep, Closed, Retired, KeyOnly)}


def profile_pages(
    routes: Mapping[str, Route],
    links: list[Link],
    stored: Callable[[Link], Mapping[str, Page]] = lambda _: {},
) -> tuple[list[tuple[str, str, State]], list[str], list[Event]]:
    """What `fetch_profiles` saves (handle, role, state), what the web was asked, what was told."""
    saved: list[tuple[str, str, State]] = []
    events: list[Event] = []

    async def run() -> list[str]:
        async with Web(routes) as web, fetcher_for(web) as fetcher:
            await fetch_profiles(
                fetcher,
                links,
                stored=stored,
                save=lambda link, page: saved.append((link.handle, page.role, page.state)),
                on_event=events.append,
                known=OWN,
            )
            return web.paths()

    return saved, asyncio.run(run()), events


def link_to(platform: str, handle: str = "aurora") -> Link:
    return Link(company="client", platform=platform, handle=handle, url=f"http://one.example/{handle}")


def stored_page(state: State) -> Page:
    body = b"http://one.example/more"
    return Page(
        url="http://one.example/aurora", final_url="http://one.example/aurora", role="profile", state=state,
        source=Source.PUBLIC, fetched_at=NOON, status=200, sha256=hashlib.sha256(body).hexdigest(), body=body,
    )  # fmt: skip


ROUTES: dict[str, Route] = {"/aurora": answer(b"http://one.example/more"), "/more": answer(b"more")}


def test_a_platform_is_asked_for_five_rounds_at_most() -> None:
    """A platform that always wants more gets five pages."""
    saved, _, events = profile_pages(ROUTES, [link_to("two_step")])

    assert ["profile", "more-1", "more-2", "more-3", "more-4"] == [role for _, role, _ in saved]
    assert "profile: 200, 23 bytes" == events[0].text


def test_closed_retired_and_key_platforms_are_not_asked() -> None:
    """Each leaves a page that says why, and the web sees nothing."""
    saved, asked, _ = profile_pages(ROUTES, [link_to("closed"), link_to("retired"), link_to("key_only")])

    assert {
        ("aurora", "profile", State.NOT_PERMITTED),
        ("aurora", "profile", State.RETIRED),
        ("aurora", "api", State.NO_CREDENTIAL),
    } == set(saved)
    assert [] == asked


@pytest.mark.parametrize("state", [State.OBSERVED, State.MISSING])
def test_a_stored_answer_is_not_asked_for_again(state: State) -> None:
    """What is settled stays; on a closed platform a saved page is not overwritten with the refusal."""
    keep = {"profile": stored_page(state)}
    saved, asked, _ = profile_pages(ROUTES, [link_to("two_step"), link_to("closed")], lambda _: keep)

    assert "one.example/aurora" not in asked
    assert "profile" not in [role for _, role, _ in saved]


def test_a_stored_failure_is_asked_for_again() -> None:
    """Trouble of yesterday may be gone today."""
    saved, _, _ = profile_pages(ROUTES, [link_to("two_step")], lambda _: {"profile": stored_page(State.FAILED)})

    assert ("aurora", "profile", State.OBSERVED) == saved[0]


def test_one_impossible_link_does_not_stop_the_others() -> None:
    """An unknown platform in links.json is a usage error, raised after the rest is done."""
    saved: list[str] = []

    async def run() -> None:
        async with Web(ROUTES) as web, fetcher_for(web) as fetcher:
            await fetch_profiles(
                fetcher,
                [link_to("nonsense"), link_to("two_step")],
                stored=lambda _: {},
                save=lambda link, page: saved.append(page.role),
                known=OWN,
            )

    with pytest.raises(UsageError, match="nonsense"):
        asyncio.run(run())
    assert 5 == len(saved)


def test_all_hosts_dead_is_still_a_set_of_pages() -> None:
    """Offline: every page is a failure with a reason, nothing is raised."""

    async def nowhere(name: str, port: int) -> Sequence[tuple[str, int]]:
        raise OSError(101, "Network is unreachable")

    resolve: Callable[[str, int], Awaitable[Sequence[tuple[str, int]]]] = nowhere
    pages, _ = fetched({}, *(f"http://{name}/" for name in NAMES), resolve=resolve)

    assert [State.FAILED] * 3 == [page.state for page in pages]
