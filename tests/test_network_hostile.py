"""The network at its worst: answers that never end, bombs, lies, redirects, ways into the own network, robots.txt."""

from __future__ import annotations

import asyncio
import codecs
import json
import socket
import ssl
import time
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import trustme
from bs4 import BeautifulSoup

from audit.asking import fetch_profiles
from audit.guard import NoAnswer, Resolver, place_of
from audit.limits import Limits
from audit.models import Courtesy, Link, Page, Request, State
from audit.parse.address import absolute, parts
from audit.parse.document import Document
from audit.parse.feed import posts_in
from audit.platforms import read_page
from audit.robots import Rules
from audit.visit import visit
from tests import loopback_fetcher
from tests.hostile_server import (
    BODY_CAP,
    CHUNKED,
    DEADLINE,
    HEAD,
    MEGABYTE,
    Listener,
    Measured,
    bombs,
    connections_made,
    drips,
    floods,
    measure,
    packed,
)  # fmt: skip
from tests.loopback import Route, Web, answer, redirect
from tests.loopback_fetcher import NAMES, fetcher_for
from tests.project import Project
from tests.test_audit import serving

CORPUS = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus"
QUICK = replace(loopback_fetcher.QUICK, deadline=1.5)


def fetched(
    routes: Mapping[str, Route], *urls: str, limits: Limits = QUICK, **settings: object
) -> tuple[list[Page], Web, Courtesy]:
    """The pages for `urls`, each asked by a fetcher of its own; the web that answered; the last ledger."""

    async def run() -> tuple[list[Page], Web, Courtesy]:
        pages, ledger = [], Courtesy()
        async with Web(routes) as web:
            for url in urls:
                async with fetcher_for(web, limits, **settings) as fetcher:
                    pages.append(await fetcher.get(Request(url=url), role="profile"))
                    ledger = fetcher.courtesy()
        return pages, web, ledger

    return asyncio.run(run())


def corpus_file(*parts: str) -> Path:
    """A file of the corpus of public test data, which lies beside the project where it is at hand."""
    path = CORPUS.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"the corpus is not at hand: {'/'.join(parts)}")
    return path


def shown(outcome: Measured) -> str:
    """One line of what was measured, for a failing test."""
    times = f"{outcome.seconds:.2f} s ({outcome.worked:.2f} of work)"
    return f"{outcome.path}: {times}, {outcome.growth / MEGABYTE:.1f} MB, {outcome.reason}"


# --- N01 --------------------------------------------------------------------------------------------------------


def test_n01_total_deadline_of_drips() -> None:
    """One byte every 0.2 s, a header every 50 ms, chunks without end, trailers, packed nothing: each ends half a
    second after the deadline at the latest, in words, within 20 MB."""
    for path, outcome in measure(drips()).items():
        assert State.FAILED.value == outcome.state, shown(outcome)
        assert "did not finish its answer within 2 s" in outcome.reason or path == "/silence", shown(outcome)
        assert outcome.seconds <= DEADLINE + 0.5, shown(outcome)
        assert outcome.growth < 20 * MEGABYTE, shown(outcome)


def test_n01_total_deadline_of_floods() -> None:
    """What comes without end and fast is cut by size or by the deadline, within 20 MB; so is a page of 2 GB."""
    outcomes = measure(floods())
    for outcome in outcomes.values():
        assert State.FAILED.value == outcome.state, shown(outcome)
        assert outcome.seconds <= DEADLINE + 0.5, shown(outcome)
        assert outcome.growth < 20 * MEGABYTE, shown(outcome)
    assert "the answer is longer than 2,000,000 bytes" == outcomes["/2-gigabytes"].reason
    assert outcomes["/2-gigabytes"].worked < 0.5


def test_n01_total_deadline_of_a_robots_txt() -> None:
    """A robots.txt that drips costs one deadline; then nothing of the host is asked for."""
    [page], web, _ = fetched({"/robots.txt": drips()["/body"], "/": answer(b"never")}, "http://one.example/")
    assert State.FAILED is page.state
    assert "robots.txt could not be read" in str(page.reason)
    assert ["one.example/robots.txt"] == web.paths()


def test_n01_total_deadline_of_a_handshake() -> None:
    """A server that takes the connection and never speaks TLS."""

    async def run() -> Page:
        async with Listener("127.0.0.1") as silent, Web({}) as web, fetcher_for(web, QUICK) as fetcher:
            async with asyncio.timeout(QUICK.deadline + 0.5):
                return await fetcher.get(Request(url=f"https://127.0.0.1:{silent.port}/"), role="profile")

    assert State.FAILED is asyncio.run(run()).state


def audited(tmp_path: Path, websites: Sequence[str], **settings: str) -> tuple[Project, str]:
    """A whole audit of a company with these websites, as a user runs it; the project's copy and the page's text."""
    project = Project.at(tmp_path)
    listed = ", ".join(json.dumps(address) for address in websites)
    project.client(
        "aurora",
        f'name = "Torrefazione Aurora"\nsite = {json.dumps(websites[0])}\nsector = "food_beverage"\nsize = "small"\n'
        f'country = "IT"\nlanguages = ["en"]\n[profiles]\nwebsite = [{listed}]\n',
    )
    usual = {
        "INVOKE_FETCH_ALLOW_LOOPBACK": "1", "INVOKE_FETCH_DELAY": "0", "INVOKE_FETCH_DEADLINE": "2",
        "INVOKE_FETCH_RETRY_AFTER": "1",
    }  # fmt: skip
    done = project.invoke("audit", "--client", "aurora", "--day", "2026-11-23", **{**usual, **settings})
    assert (0, "") == (done.returncode, done.stderr if "Traceback" in done.stderr else ""), done.stderr
    html = (project.root / "output" / "aurora" / "index.html").read_text("utf-8")
    return project, " ".join(BeautifulSoup(html, "lxml").get_text(" ").split())


def audit_of(project: Project) -> dict[str, object]:
    """The result of the copy's only audit."""
    result = project.root / "clients" / "aurora" / "2026-11-23" / "audit.json"
    loaded: dict[str, object] = json.loads(result.read_text("utf-8"))
    return loaded


# --- N02 --------------------------------------------------------------------------------------------------------

ONE_MEMBER_ONLY = "the answer is longer than 2,000,000 bytes"
BOMBS_IN_WORDS = {
    "/gzip-1-to-1000": ONE_MEMBER_ONLY,
    "/x-gzip": ONE_MEMBER_ONLY,
    "/gzip-members": ONE_MEMBER_ONLY,
    "/gzip-of-nothing": ONE_MEMBER_ONLY,
    "/gzip-gzip": "the answer is packed as 'gzip, gzip', which was not asked for",
    "/two-header-lines": "the answer is packed as 'gzip, gzip', which was not asked for",
    "/2000-encodings": "which was not asked for",
    "/2000-times-identity": "which was not asked for",
    "/br": "the answer is packed as 'br', which was not asked for",
    "/zstd": "the answer is packed as 'zstd', which was not asked for",
    "/deflate": "the answer is packed as 'deflate', which was not asked for",
    "/raw-deflate": "the answer is packed as 'deflate', which was not asked for",
    "/compress": "the answer is packed as 'compress', which was not asked for",
    "/lying-name": "which was not asked for",
    "/lying-size": "the packed answer is damaged",
    "/lying-checksum": "the packed answer is damaged",
    "/truncated": "the packed answer broke off",
    "/no-trailer": "the packed answer broke off",
    "/no-gzip": "the packed answer is damaged",
    "/rest-is-no-gzip": "the packed answer is damaged",
}


def test_n02_bombs_cost_neither_memory_nor_time() -> None:
    """Each ends in words within half a second of the processor and 20 MB; what is packed twice but said to be once
    stays packed."""
    outcomes = measure(bombs())
    assert {"/gzip-in-gzip"} == set(outcomes) - set(BOMBS_IN_WORDS)
    for path, words in BOMBS_IN_WORDS.items():
        assert State.FAILED.value == outcomes[path].state, shown(outcomes[path])
        assert words in outcomes[path].reason, shown(outcomes[path])
    for outcome in outcomes.values():
        assert outcome.worked < 0.5, shown(outcome)
        assert outcome.seconds < DEADLINE, shown(outcome)
        assert outcome.growth < 20 * MEGABYTE, shown(outcome)
        assert outcome.length < BODY_CAP, shown(outcome)


def test_n02_bombs_stay_packed_when_read() -> None:
    """A body that is itself packed is a file and no page: nothing unpacks it later on."""
    body = packed("gzip", b"")[:0] + bytes.fromhex("1f8b08000000000000ff") + bytes(100)
    assert State.SHELL is read_page("https://aurora.example/", body).state


def test_n02_bombs_only_gzip_is_asked_for() -> None:
    """No packing is offered that could not be unpacked bounded."""
    _, web, _ = fetched({"/": answer(b"x")}, "http://one.example/")
    assert {"gzip"} == {asked.headers["accept-encoding"] for asked in web.asked}


# --- N03 --------------------------------------------------------------------------------------------------------

PAGE = b"<title>Aurora</title>"
OK = b"HTTP/1.1 200 OK\r\n"


def lines(*headers: bytes) -> bytes:
    """An answer with these header lines and the page as its body."""
    length = b"content-length: %d" % len(PAGE)
    return OK + b"".join(line + b"\r\n" for line in (*headers, length)) + b"\r\n" + PAGE


NO_HTTP = {
    "shorter than it says": OK + b"content-length: 1000\r\n\r\n" + PAGE,
    "a negative length": OK + b"content-length: -5\r\n\r\n" + PAGE,
    "two lengths": OK + b"content-length: 5\r\ncontent-length: 6\r\n\r\n" + PAGE,
    "a length of words": OK + b"content-length: ten\r\n\r\n" + PAGE,
    "a length of 10,000 digits": OK + b"content-length: " + b"9" * 10_000 + b"\r\n\r\n" + PAGE,
    "a length that is none": OK + b"content-length: 1e3\r\n\r\n" + PAGE,
    "5 MB of header": lines(b"x-large: " + b"a" * 5_000_000),
    "5 MB of reason": b"HTTP/1.1 200 " + b"O" * 5_000_000 + b"\r\n\r\n",
    "10,000 headers": lines(*[b"x-many: 1"] * 10_000),
    "300 headers": lines(*[b"x-many: 1"] * 300),
    "NUL in a header": lines(b"x-nul: a\0b"),
    "NUL in a header's name": lines(b"x\0nul: ab"),
    "a header without a name": lines(b": value"),
    "a header without a colon": lines(b"just words"),
    "an unfinished chunk": CHUNKED + b"ffff\r\n" + PAGE,
    "a chunk of words": CHUNKED + b"many\r\n" + PAGE + b"\r\n0\r\n\r\n",
    "a negative chunk": CHUNKED + b"-5\r\n" + PAGE + b"\r\n0\r\n\r\n",
    "a chunk of 10^40 bytes": CHUNKED + b"f" * 33 + b"\r\n" + PAGE + b"\r\n0\r\n\r\n",
    "a chunk longer than it says": CHUNKED + b"3\r\n" + PAGE + b"\r\n0\r\n\r\n",
    "no last chunk": CHUNKED + b"%x\r\n" % len(PAGE) + PAGE + b"\r\n",
    "an unknown transfer": OK + b"transfer-encoding: gzip, chunked\r\n\r\n" + PAGE,
    "HTTP/0.9": PAGE,
    "no status": b"HTTP/1.1 OK\r\n\r\n" + PAGE,
    "a status of four digits": b"HTTP/1.1 2000 OK\r\n\r\n" + PAGE,
    "a status of zero": b"HTTP/1.1 000 No\r\n\r\n" + PAGE,
    "another protocol": b"SSH-2.0-OpenSSH_9.2\r\n",
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "TLS": b"\x15\x03\x01\x00\x02\x02\x28",
    "nothing": b"",
    "half a header": b"HTTP/1.1 200 OK\r\ncontent-ty",
    "switching protocols": b"HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n",
    "line feeds alone, and no end": b"\n" * 200_000,
}
STILL_HTTP = {
    "longer than it says": (OK + b"content-length: %d\r\n\r\n" % len(PAGE) + PAGE + b"<p>and more", PAGE),
    "no length, closed": (OK + b"\r\n" + PAGE, PAGE),
    "the same length twice": (OK + b"content-length: 21\r\ncontent-length: 21\r\n\r\n" + PAGE, PAGE),
    "chunks and a length": (CHUNKED[:-2] + b"content-length: 3\r\n\r\n15\r\n" + PAGE + b"\r\n0\r\n\r\n", PAGE),
    "a few early answers": (b"HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n" * 20 + lines(), PAGE),
    "bytes of no encoding": (lines(b"x-bytes: \xff\xfe\x80"), PAGE),
    "HTTP/9.9": (b"HTTP/9.9 200 OK\r\n\r\n" + PAGE, PAGE),
    "204 with a body": (b"HTTP/1.1 204 No Content\r\n\r\n" + PAGE, b""),
}


@pytest.mark.parametrize("name", NO_HTTP)
def test_n03_endless_and_huge_answers_are_failures_in_words(name: str) -> None:
    """What is no proper HTTP becomes a failed page with a reason, never an exception and never half a page."""
    [page], _, _ = fetched({"/robots.txt": answer(status="404 Not Found"), "/": NO_HTTP[name]}, "http://one.example/")
    assert (State.FAILED, b"") == (page.state, page.body)
    assert page.reason is not None
    assert 10 < len(page.reason) < 500
    assert page.reason.isprintable()


@pytest.mark.parametrize("name", STILL_HTTP)
def test_n03_endless_and_huge_oddities_are_read_as_browsers_do(name: str) -> None:
    """Not every oddity is an attack; the body is what belongs to the answer and no more."""
    written, body = STILL_HTTP[name]
    [page], _, _ = fetched({"/robots.txt": answer(status="404 Not Found"), "/": written}, "http://one.example/")
    assert (State.OBSERVED, body) == (page.state, page.body), page.reason


def test_n03_endless_and_huge_robots_answers_close_the_host() -> None:
    """A robots.txt that is no proper HTTP was not read: then nothing is asked."""
    for name, written in NO_HTTP.items():
        [page], web, _ = fetched({"/robots.txt": written, "/": answer(PAGE)}, "http://one.example/")
        assert State.FAILED is page.state, name
        assert {"one.example/robots.txt"} == set(web.paths()), name


def test_n03_endless_and_huge_answers_cut_by_a_reset() -> None:
    """A connection torn down in the middle is a failure, tried again and then told."""

    async def reset(writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD + b"content-length: 1000\r\n\r\n" + PAGE)
        await writer.drain()
        writer.transport.abort()

    [page], web, _ = fetched({"/": reset}, "http://one.example/")
    assert (State.FAILED, b"") == (page.state, page.body)
    assert "broke off" in str(page.reason)
    assert web.paths().count("one.example/") <= 3


# --- N04 --------------------------------------------------------------------------------------------------------

CHAIN: dict[str, Route] = {f"/chain/{number}": redirect(f"/chain/{number + 1}") for number in range(1_000)}
WHERE_REDIRECTS_END: dict[str, tuple[dict[str, Route], str, int]] = {
    # routes beginning at /a, words of the reason, requests (without robots.txt) that are made
    "a loop": ({"/a": redirect("/a")}, "redirects in a circle", 1),
    "a loop by another spelling": ({"/a": redirect("http://ONE.example:80/./a#again")}, "redirects in a circle", 1),
    "two in a circle": ({"/a": redirect("/b"), "/b": redirect("/a")}, "redirects in a circle", 2),
    "two hosts in a circle": (
        {"one.example/a": redirect("http://two.example/a"), "two.example/a": redirect("http://one.example/a")},
        "redirects in a circle",
        2,
    ),
    "a thousand in a row": ({"/a": redirect("/chain/0"), **CHAIN}, "redirects more than 5 times", 6),
    "ever new addresses": ({"/a": redirect("/a?x"), "/a?x": redirect("/a?xx"), "/a?xx": redirect("/a?xxx"),
                            "/a?xxx": redirect("/a?xxxx"), "/a?xxxx": redirect("/a?xxxxx"),
                            "/a?xxxxx": redirect("/a?xxxxxx")}, "redirects more than 5 times", 6),
    "javascript:": ({"/a": redirect("javascript:alert(1)")}, "which is no web address", 1),
    "file:": ({"/a": redirect("file:///etc/passwd")}, "which is no web address", 1),
    "data:": ({"/a": redirect("data:text/html,<title>x</title>")}, "which is no web address", 1),
    "ftp:": ({"/a": redirect("ftp://one.example/a")}, "which is no web address", 1),
    "gopher:": ({"/a": redirect("gopher://one.example:6379/_FLUSHALL")}, "which is no web address", 1),
    "a scheme behind blanks": ({"/a": redirect(" \tjavascript:alert(1)")}, "which is no web address", 1),
    "a password": ({"/a": redirect("http://user:secret@one.example/b")}, "carries a user name or a password", 1),
    "another port": ({"/a": redirect("http://one.example:22/")}, "", 1),
    "no host": ({"/a": redirect("http://")}, "which is no web address", 1),
    "a host of no letters": ({"/a": redirect("http://%00/")}, "which is no web address", 1),
    "an unknown name": ({"/a": redirect("http://nowhere.example/")}, "nowhere.example", 1),
}  # fmt: skip


@pytest.mark.parametrize("name", WHERE_REDIRECTS_END)
def test_n04_redirects_that_lead_nowhere_end_in_words(name: str) -> None:
    """At most five are followed; circles, other schemes, passwords and unknown names are refused unasked."""
    routes, words, requests = WHERE_REDIRECTS_END[name]

    async def run() -> tuple[Page, Web]:
        async with Web({**routes, "/robots.txt": answer(status="404 Not Found")}) as web:
            known = web.resolver(*NAMES)

            async def resolve(host: str, port: int) -> Sequence[tuple[str, int]]:
                if host == "nowhere.example":
                    raise OSError("no such name")
                if port == 22:  # where a name really lies there, the port is judged: see the matrix of N05
                    return [("93.184.215.14", port)]
                return await known(host, port)

            async with fetcher_for(web, QUICK, resolve=resolve) as fetcher:
                return await fetcher.get(Request(url="http://one.example/a"), role="profile"), web

    page, web = asyncio.run(run())
    assert (State.FAILED, b"") == (page.state, page.body)
    assert words in str(page.reason)
    assert str(page.reason).isprintable()
    assert requests == sum(not path.endswith("/robots.txt") for path in web.paths())


@pytest.mark.parametrize(
    ("location", "arrived"),
    [
        ("/b", "http://one.example/b"),
        ("b?q=1#part", "http://one.example/b?q=1"),
        ("//two.example/b", "http://two.example/b"),
        ("\\\\two.example\\b", "http://two.example/b"),
        ("///two.example/b", "http://two.example/b"),
        ("http:/b", "http://one.example/b"),
        ("HTTP://TWO.EXAMPLE:80/b", "http://two.example/b"),
        ("http://two.example/\tb", "http://two.example/b"),
        ("/caff%C3%A8", "http://one.example/caff%C3%A8"),
        ("?q=1", "http://one.example/a?q=1"),
    ],
)
def test_n04_redirects_lead_where_a_browser_goes(location: str, arrived: str) -> None:
    """Relative addresses, two slashes and backslashes are read as browsers read them; each host's robots.txt first."""
    routes: dict[str, Route] = {"one.example/a": redirect(location)}
    [page], web, _ = fetched({**routes, arrived.removeprefix("http://"): answer(PAGE)}, "http://one.example/a")
    assert (State.OBSERVED, PAGE, arrived) == (page.state, page.body, page.final_url)
    hosts = [path.partition("/")[0] for path in web.paths() if path.endswith("/robots.txt")]
    assert sorted({"one.example", arrived.split("/")[2]}) == sorted(hosts)


@pytest.mark.parametrize("written", ["/b\rSet-Cookie: a=b", "/b\r\nSet-Cookie: a=b", "/b\r\n\r\n<html>", "/b\nx: y"])
def test_n04_redirects_with_line_ends_add_nothing(written: str) -> None:
    """A line end inside Location ends the header or the answer; nothing behind it becomes part of a request."""
    routes: dict[str, Route] = {
        "/a": OK.replace(b"200 OK", b"302 Found") + f"Location: {written}\r\ncontent-length: 0\r\n\r\n".encode(),
        "/b": answer(PAGE),
    }
    [page], web, _ = fetched(routes, "http://one.example/a")
    assert page.state in (State.OBSERVED, State.FAILED)
    assert {"/robots.txt", "/a"} <= {asked.path for asked in web.asked} <= {"/robots.txt", "/a", "/b"}
    assert not any("cookie" in asked.headers for asked in web.asked)
    assert not any(set("\r\n") & set(asked.path) for asked in web.asked)


@pytest.mark.parametrize("escaped", ["%0d%0aSet-Cookie:%20a=b", "%0D%0A%0D%0AGET%20/inner%20HTTP/1.1"])
def test_n04_redirects_with_escaped_line_ends_stay_escaped(escaped: str) -> None:
    """%0d%0a reaches the server as it was written: as part of the path."""
    _, web, _ = fetched({"/a": redirect(f"/b{escaped}")}, "http://one.example/a")
    assert ["/robots.txt", "/a", f"/b{escaped}"] == [asked.path for asked in web.asked]
    assert {"host", "accept", "user-agent", "accept-encoding", "connection"} == set(web.asked[-1].headers)


def test_n04_redirects_obey_the_robots_txt_of_each_hop() -> None:
    """What the second host closes is not asked of it, though the first one sends us there."""
    routes: dict[str, Route] = {
        "one.example/a": redirect("http://two.example/closed"),
        "two.example/robots.txt": answer(b"User-agent: *\nDisallow: /closed\n"),
    }
    [page], web, _ = fetched(routes, "http://one.example/a")
    assert State.NOT_PERMITTED is page.state
    assert "line 2: Disallow: /closed" in str(page.reason)
    assert ["one.example/robots.txt", "one.example/a", "two.example/robots.txt"] == web.paths()


def test_n04_redirects_from_https_to_http_are_followed_and_noted(tmp_path: Path) -> None:
    """The step down stands in the ledger; it is what the site does to its visitors."""
    authority = trustme.CA()
    ca_file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(ca_file)

    async def run() -> tuple[Page, list[str]]:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("one.example").configure_cert(context)
        async with Web({"/b": answer(PAGE)}) as plain, Web({"/a": redirect("http://one.example/b")}, context) as safe:

            async def resolve(host: str, port: int) -> Sequence[tuple[str, int]]:
                return [("127.0.0.1", safe.port if port == 443 else plain.port)]

            async with fetcher_for(plain, QUICK, resolve=resolve, ca_file=ca_file) as fetcher:
                page = await fetcher.get(Request(url="https://one.example/a"), role="profile")
                return page, [place for host in fetcher.courtesy().hosts for place in host.downgrades]

    page, noted = asyncio.run(run())
    assert (State.OBSERVED, "http://one.example/b") == (page.state, page.final_url)
    assert ["https://one.example/a"] == noted


# --- N05 --------------------------------------------------------------------------------------------------------

# How 127.0.0.2, which plays a machine of the own network, can be written; `{port}` is where it listens.
SPELLINGS = (
    "127.0.0.2:{port}", "127.2:{port}", "127.0.2:{port}", "2130706434:{port}", "0x7f000002:{port}", "0x7f.2:{port}",
    "0177.0.0.2:{port}", "017700000002:{port}", "0x7f.0x0.0x0.0x2:{port}", "127.0.0.2.:{port}",
    "%31%32%37.0.0.2:{port}", "１２７.０.０.２:{port}", "127。0。0。2:{port}", "127．0．0｡2:{port}",
    "①②⑦.⓪.⓪.②:{port}", "𝟏𝟐𝟕.𝟎.𝟎.𝟐:{port}",
    "127.0.0.\u00ad2:{port}", "[::ffff:127.0.0.2]:{port}", "[::ffff:7f00:2]:{port}", "[0:0:0:0:0:ffff:7f00:2]:{port}",
    "[::127.0.0.2]:{port}", "[64:ff9b::7f00:2]:{port}", "[64:ff9b:1::7f00:2]:{port}", "[2002:7f00:2::]:{port}",
    "[::ffff:0:7f00:2]:{port}", "inner.one.example:{port}", "xn--mnchen-3ya.example:{port}", "münchen.example:{port}",
    "INNER.one.example.:{port}",
)  # fmt: skip
INNER_NAMES = ("inner.one.example", "inner.one.example.", "xn--mnchen-3ya.example")
# Addresses of no public host, whatever listens there.
NOT_PUBLIC = (
    "0.0.0.0", "0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.254", "127.0.0.3", "127.255.255.254",
    "169.254.169.254", "172.16.0.1", "172.31.255.254", "192.0.0.8", "192.0.2.1", "192.168.0.1", "198.18.0.1",
    "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "[::]", "[::2]", "[fd00::1]",
    "[fc00::1]", "[fdff:ffff::1]", "[fe80::1]", "[fec0::1]", "[ff02::1]", "[2001:db8::1]", "[2001::1]", "[100::1]",
    "[64:ff9b::a00:1]", "[64:ff9b::a9fe:a9fe]", "[2002:a00:1::]", "[2002:c0a8:1::1]", "[::ffff:192.168.0.1]",
    "[::ffff:169.254.169.254]", "[fd00:ec2::254]", "[5f00::1]",
)  # fmt: skip


def inner_resolver(web: Web, inner: Listener) -> Resolver:
    """The example names lie at `web`, the inner names at `inner`, numbers where they say."""
    known = web.resolver(*NAMES)

    async def resolve(name: str, port: int) -> Sequence[tuple[str, int]]:
        return [(inner.address, inner.port)] if name in INNER_NAMES else await known(name, port)

    return resolve


HOME_LINKING_IN = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Aurora</title>
<base href="{inner}/"><link rel="canonical" href="{inner}/canonical"><link rel="icon" href="{inner}/icon.png">
<link rel="alternate" type="application/rss+xml" href="{inner}/feed.xml"><link rel="stylesheet" href="{inner}/a.css">
<link rel="https://api.w.org/" href="{inner}/wp-json/"><link rel="sitemap" href="{inner}/sitemap.xml">
<link rel="alternate" hreflang="it" href="{inner}/it"><meta http-equiv="refresh" content="0; url={inner}/refresh">
<meta property="og:image" content="{inner}/og.png"><meta property="og:url" content="{inner}/og">
<meta name="twitter:image" content="{inner}/twitter.png">
<script type="application/ld+json">{{"@type":"Organization","name":"Aurora","url":"{inner}/","logo":"{inner}/logo.png",
"sameAs":["{inner}/same","https://www.wikidata.org.{host}/wiki/Q1"]}}</script></head>
<body><p>Coffee, roasted since 1961.</p><a href="{inner}/contact">Contact</a><a href="{inner}/about">About us</a>
<a rel="me" href="{inner}/@aurora">Mastodon</a><a href="{inner}/linktree">linktr.ee</a><img src="{inner}/a.png" alt="A">
<iframe src="{inner}/frame"></iframe><object data="{inner}/o"></object></body></html>"""
WAYS_IN = ("direct", "redirect", "page", "robots", "robots redirected", "sitemap", "feed")


def ways_in(way: str, inner: str) -> dict[str, Route]:
    """A public site that leads to the inner machine in one way; "page": canonical, og:image, feed link and others."""
    plain = '<title>Aurora</title><p>Coffee.</p><link rel="alternate" type="application/rss+xml" href="/feed">'
    routes: dict[str, Route] = {"/": answer(plain.encode(), content_type="text/html")}
    items = "".join(f"<item><title>x</title><link>{inner}/{number}</link></item>" for number in range(3))
    if way == "redirect":
        routes["/"] = redirect(f"{inner}/")
        routes["/robots.txt"] = answer(b"User-agent: *\nAllow: /\n")
    elif way == "page":
        home = HOME_LINKING_IN.format(inner=inner, host=inner.partition("://")[2])
        link = f'<{inner}/wp-json/>; rel="https://api.w.org/", <{inner}/a.css>; rel=preload'
        routes["/"] = answer(home.encode(), content_type="text/html; charset=utf-8", link=link)
    elif way == "robots redirected":
        routes["/robots.txt"] = redirect(f"{inner}/robots.txt")
    elif way == "robots":
        routes["/robots.txt"] = answer(
            f"User-agent: *\nAllow: /\nSitemap: {inner}/sitemap.xml\nHost: {inner}\n".encode()
        )
    elif way == "sitemap":
        entries = f"<sitemapindex><sitemap><loc>{inner}/a.xml</loc></sitemap></sitemapindex>"
        routes["/sitemap.xml"] = answer(entries.encode(), content_type="application/xml")
    elif way == "feed":
        feed = f'<?xml-stylesheet href="{inner}/a.xsl"?><rss version="2.0"><channel>{items}</channel></rss>'
        routes["/feed"] = answer(feed.encode(), content_type="application/rss+xml")
    return routes


async def try_to_get_in(way: str, spelling: str) -> tuple[int, list[str], list[Page]]:
    """Gathers a site that leads inside: connections that the inner machine saw, all addresses that were connected to,
    the pages that came."""
    async with Listener() as inner:
        address = f"http://{spelling.format(port=inner.port)}"
        async with (
            Web(ways_in(way, address)) as web,
            fetcher_for(web, QUICK, resolve=inner_resolver(web, inner)) as fetcher,
        ):
            url = f"{address}/" if way == "direct" else "http://one.example/"
            site = Link(company="client", platform="website", handle="one.example", url=url)
            pages: dict[str, Page] = {}

            def save(_: Link, page: Page) -> None:
                pages[page.role] = page

            with connections_made() as reached:
                await fetch_profiles(fetcher, [site], stored=lambda _: {}, save=save)
                await visit(fetcher, site, dict(pages), save=lambda page: save(site, page))
            return inner.connections, reached, list(pages.values())


@pytest.mark.allow_hosts(["127.0.0.1", "127.0.0.2", "::1"])
@pytest.mark.parametrize("way", WAYS_IN)
def test_n05_ssrf_matrix_reaches_nobody_inside(way: str) -> None:
    """However an inner address is written and whoever leads there: the inner machine sees no connection, and the
    process tries none."""

    async def run() -> None:
        for spelling in SPELLINGS:
            connections, reached, pages = await try_to_get_in(way, spelling)
            assert 0 == connections, spelling
            assert {"127.0.0.1"} >= set(reached), spelling
            if way in ("direct", "redirect", "robots redirected"):
                assert [State.FAILED] == [page.state for page in pages], spelling
                assert "not a public address" in str(pages[0].reason), spelling

    asyncio.run(run())


@pytest.mark.allow_hosts(["127.0.0.1", "127.0.0.2", "::1"])
def test_n05_ssrf_matrix_would_notice_a_connection() -> None:
    """The inner machine does count: one call is one connection, and the process's own record shows it."""

    async def run() -> tuple[int, list[str]]:
        async with Listener() as inner:
            with connections_made() as reached:
                _, writer = await asyncio.open_connection(inner.address, inner.port)
                await asyncio.sleep(0.05)
                writer.close()
            return inner.connections, reached

    assert (1, ["127.0.0.2"]) == asyncio.run(run())


@pytest.mark.parametrize("permitted", [False, True], ids=["strict", "loopback permitted"])
def test_n05_ssrf_matrix_of_addresses_that_are_not_public(permitted: bool) -> None:
    """Private, link-local, shared, reserved and translated addresses are refused by name before any connection, given
    as numbers, by a name that lies there, and by a redirect."""

    async def run() -> None:
        async with Web({"/": answer(b"x")}) as web:
            for written in NOT_PUBLIC:
                place = parts(f"http://{written}/")
                assert place is not None
                address = place.hostname.strip("[]")

                async def resolve(name: str, port: int, address: str = address) -> Sequence[tuple[str, int]]:
                    return [(address, port)]

                for url in (f"http://{written}/", f"https://{written}:8443/", "http://one.example/"):
                    with connections_made() as reached:
                        async with fetcher_for(web, QUICK, resolve=resolve, allow_loopback=permitted) as fetcher:
                            page = await fetcher.get(Request(url=url), role="profile")
                    assert (State.FAILED, []) == (page.state, reached), url
                    assert f"lies at {address}, which is not a public address" in str(page.reason), url

    asyncio.run(run())


@pytest.mark.parametrize("port", [1, 22, 25, 110, 3306, 5432, 6379, 9200, 11211, 27017, 65535])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_n05_ssrf_matrix_of_ports(scheme: str, port: int) -> None:
    """On public hosts only a web server's ports are asked: mail, shell and database servers are left alone."""

    async def resolve(name: str, port: int) -> Sequence[tuple[str, int]]:
        return [("93.184.215.14", port)]

    async def run() -> tuple[Page, list[str]]:
        async with Web({}) as web, fetcher_for(web, QUICK, resolve=resolve) as fetcher:
            with connections_made() as reached:
                return await fetcher.get(Request(url=f"{scheme}://one.example:{port}/"), role="profile"), reached

    page, reached = asyncio.run(run())
    assert (State.FAILED, []) == (page.state, reached)
    assert f"port {port} of one.example is not a web server's" in str(page.reason)


@pytest.mark.parametrize(
    "url",
    [
        "http://one.example@127.0.0.2/", "http://127.0.0.2@one.example/", "http://one.example:80@127.0.0.2/",
        "http://one.example%40127.0.0.2/", "http://one.example\\@127.0.0.2/", "http://127.0.0.2#@one.example/",
        "http://one.example／@127.0.0.2/", "http://1.1.1.1 &@127.0.0.2# @3.3.3.3/", "http://127.0.0.2:80:80/",
        "http:///127.0.0.2/", "http:127.0.0.2/", "//127.0.0.2/", "http://[::1%25eth0]/", "http://0x7f.0.0.0x2.0/",
        "http://127.0.0.2\t/", "http://127.\r\n0.0.2/", "http://256.0.0.2/", "http://127.0.0.2.nip.example/",
    ],
)  # fmt: skip
@pytest.mark.allow_hosts(["127.0.0.1", "127.0.0.2", "::1"])
def test_n05_ssrf_matrix_of_misleading_addresses(url: str) -> None:
    """What is read differently by different parsers leads nowhere inside: at most the public host is asked."""

    async def run() -> tuple[Page, int, list[str]]:
        async with Listener() as inner, Web({"/": answer(b"x")}) as web:
            known = inner_resolver(web, inner)

            async def resolve(name: str, port: int) -> Sequence[tuple[str, int]]:
                return [(inner.address, inner.port)] if name == "127.0.0.2.nip.example" else await known(name, port)

            async with fetcher_for(web, QUICK, resolve=resolve) as fetcher:
                with connections_made() as reached:
                    page = await fetcher.get(Request(url=url), role="profile")
                return page, inner.connections, reached

    page, connections, reached = asyncio.run(run())
    assert 0 == connections
    assert {"127.0.0.1"} >= set(reached)
    assert State.FAILED is page.state or "one.example" in page.final_url


def test_n05_ssrf_matrix_is_refused_by_name_in_the_report(tmp_path: Path) -> None:
    """A company whose site is an address of the local network: the report names the address and the reason."""
    project, text = audited(tmp_path, ["http://192.168.1.1/", "http://printer.internal/"])
    assert "192.168.1.1 lies at 192.168.1.1, which is not a public address" in json.dumps(audit_of(project))
    assert "192.168.1.1/ The address lies in a local network, where nothing is asked." in text
    assert "printer.internal/ The address" in text


# --- N08 --------------------------------------------------------------------------------------------------------

LETTERS = (
    "<!doctype html><html lang='it'><head>{head}<title>Caffè Città Perché</title>"
    "<meta name='description' content='Più buono, così com’è.'></head><body><p>Il caffè è più buono.</p></body></html>"
)
UTF_8 = "text/html; charset=utf-8"
RIGHT = "Caffè Città Perché"


def page_in(encoding: str, head: str = "") -> bytes:
    """The page in an encoding, without a byte order mark."""
    return LETTERS.format(head=head).encode(encoding)


CHARSETS_READ: dict[str, tuple[bytes, str]] = {
    # body, content-type: the text is right whatever the header says
    "all agree": (page_in("utf-8", '<meta charset="utf-8">'), UTF_8),
    "no header, UTF-8": (page_in("utf-8"), "text/html"),
    "no header, meta windows-1252": (page_in("cp1252", '<meta charset="windows-1252">'), "text/html"),
    "no header, meta by http-equiv": (
        page_in("cp1252", '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">'),
        "text/html",
    ),
    "header latin-1, which means windows-1252": (page_in("cp1252"), "text/html; charset=ISO-8859-1"),
    "header utf-8, meta latin-1, body UTF-8": (page_in("utf-8", '<meta charset="iso-8859-1">'), UTF_8),
    "header latin-1, body UTF-8": (page_in("utf-8"), "text/html; charset=iso-8859-1"),
    "header latin-1, meta and body UTF-8": (page_in("utf-8", '<meta charset="utf-8">'), "text/html; charset=latin1"),
    "meta latin-1, body UTF-8": (page_in("utf-8", '<meta charset="iso-8859-1">'), "text/html"),
    "header utf-8, meta and body latin-1": (page_in("cp1252", '<meta charset="windows-1252">'), UTF_8),
    "UTF-8 with a byte order mark, header latin-1": (codecs.BOM_UTF8 + page_in("utf-8"), "text/html; charset=latin1"),
    "UTF-16 with a byte order mark, header utf-8": (codecs.BOM_UTF16_LE + page_in("utf-16-le"), UTF_8),
    "UTF-16 the other way round, no header": (codecs.BOM_UTF16_BE + page_in("utf-16-be"), "text/html"),
    "UTF-16 as its header says": (page_in("utf-16-le"), "text/html; charset=utf-16le"),
    "header utf-16, body UTF-8": (page_in("utf-8"), "text/html; charset=utf-16"),
    "meta utf-16, body UTF-8": (page_in("utf-8", '<meta charset="utf-16">'), "text/html"),
    "a header of nonsense": (page_in("utf-8"), "text/html; charset=klingon"),
    "a header of two": (page_in("utf-8"), "text/html; charset=utf-8; charset=latin1"),
    "a codec that is no encoding": (page_in("utf-8"), "text/html; charset=base64"),
    "header utf-7, which nobody reads": (page_in("utf-8"), "text/html; charset=utf-7"),
}
CHARSETS_UNCERTAIN: dict[str, tuple[bytes, str]] = {
    "header utf-8, body latin-1": (page_in("cp1252"), UTF_8),
    "no header, body latin-1": (page_in("cp1252"), "text/html"),
    "header and meta utf-8, body latin-1": (page_in("cp1252", '<meta charset="utf-8">'), UTF_8),
    "header utf-8, body UTF-16 without a mark": (page_in("utf-16-le"), UTF_8),
    "no header, body UTF-16 without a mark": (page_in("utf-16-be"), "text/html"),
    "UTF-32": (page_in("utf-32-le"), UTF_8),
    "header utf-8, body Mac Roman": (page_in("mac-roman"), UTF_8),
    "UTF-8 with bytes knocked out": (page_in("utf-8").replace(b"\xa8", b"").replace(b"\xa0", b""), UTF_8),
}


@pytest.mark.parametrize("name", CHARSETS_READ)
def test_n08_charset_lies_are_seen_through(name: str) -> None:
    """Where bytes or declarations leave no doubt the text is right, whatever else is declared."""
    body, media_type = CHARSETS_READ[name]
    profile = read_page("https://aurora.example/", body, media_type=media_type)
    assert profile.name is not None
    assert profile.bio is not None
    assert (RIGHT, "Più buono, così com’è.") == (profile.name.value, profile.bio.value)


@pytest.mark.parametrize("name", CHARSETS_UNCERTAIN)
def test_n08_charset_lies_without_a_way_out_are_uncertain(name: str) -> None:
    """Nothing is guessed: texts whose letters are not to be had are not given, and a page of which more than a
    hundredth cannot be read gives nothing at all."""
    body, media_type = CHARSETS_UNCERTAIN[name]
    profile = read_page("https://aurora.example/", body, media_type=media_type)
    assert (None, None) == (profile.name, profile.bio)
    document = Document(body, media_type)
    assert document.unreadable > 0
    assert (State.SHELL if document.unreadable > 0.01 else State.OBSERVED) is profile.state
    assert State.OBSERVED is profile.state or "encoding" in str(profile.reason)


def test_n08_charset_lies_of_a_few_bytes_cost_a_text_not_the_page() -> None:
    """One broken letter in a long page: the text that holds it is left out, the others stand."""
    good = LETTERS.format(head="").replace("</body>", "<p>Coffee, roasted since 1961.</p>" * 200 + "</body>").encode()
    profile = read_page("https://aurora.example/", good.replace("così".encode(), b"cos\xec"), media_type=UTF_8)
    assert (State.OBSERVED, None) == (profile.state, profile.bio)
    assert profile.name is not None
    assert RIGHT == profile.name.value


def test_n08_charset_lies_are_not_told_by_padding() -> None:
    """A run of null characters inside a page, as some servers leave behind, makes it no other encoding."""
    padded = page_in("utf-8").replace(b"<body>", b"<body>" + bytes(40))
    profile = read_page("https://aurora.example/", padded, media_type=UTF_8)
    assert profile.name is not None
    assert (State.OBSERVED, RIGHT) == (profile.state, profile.name.value)


def test_n08_charset_lies_of_other_scripts_are_not_read_as_western() -> None:
    """Cyrillic bytes said to be UTF-8 are uncertain, never "Ïðèâåò"; said to be windows-1251 they are right."""
    body = "<title>Кофейня Аврора</title><p>Привет, это кофейня.</p>".encode("cp1251")
    lying = read_page("https://aurora.example/", body, media_type=UTF_8)
    honest = read_page("https://aurora.example/", body, media_type="text/html; charset=windows-1251")
    assert (State.SHELL, None) == (lying.state, lying.name)
    assert honest.name is not None
    assert "Кофейня Аврора" == honest.name.value


@pytest.mark.parametrize(
    ("encoding", "declared", "media_type", "text"),
    [
        ("utf-8", "utf-8", "application/rss+xml", "Caffè perché"),
        ("cp1252", "iso-8859-1", "application/rss+xml", "Caffè perché"),
        ("cp1252", "iso-8859-1", "application/rss+xml; charset=utf-8", "Caffè perché"),
        ("utf-8", "iso-8859-1", "application/rss+xml", "Caffè perché"),
        ("utf-8", "utf-8", "text/xml; charset=iso-8859-1", "Caffè perché"),
        ("utf-16", "utf-16", "application/rss+xml", "Caffè perché"),
        ("utf-16-le", "utf-16", "application/rss+xml", "Caffè perché"),
        ("utf-16-be", "utf-16", "application/rss+xml; charset=utf-8", "Caffè perché"),
    ],
)
def test_n08_charset_lies_of_feeds_are_seen_through(encoding: str, declared: str, media_type: str, text: str) -> None:
    """A feed's titles are decoded as pages are."""
    feed = (
        f'<?xml version="1.0" encoding="{declared}"?><rss version="2.0"><channel><item><title>Caffè perché</title>'
        "<link>https://aurora.example/1</link></item></channel></rss>"
    ).encode(encoding)
    assert [text] == [post.text for post in posts_in(feed, url="https://aurora.example/", media_type=media_type)]


def test_n08_charset_lies_print_no_broken_letter(tmp_path: Path) -> None:
    """A site in an encoding that it does not declare: the report holds no U+FFFD and no mojibake, and says why."""
    body = "<title>Кофейня Аврора</title><p>Привет, это кофейня.</p>".encode("cp1251")
    lying = Web({"/": answer(body, content_type=UTF_8)})
    mixed = Web({"/": answer(page_in("utf-8"), content_type="text/html; charset=iso-8859-1")})
    with serving(lying, mixed):
        project, text = audited(tmp_path, [f"http://127.0.0.1:{web.port}/" for web in (mixed, lying)])
    everything = "".join(
        path.read_text("utf-8")
        for folder in ("output", "content")
        for path in (project.root / folder).rglob("*.*")
        if path.suffix in (".html", ".md")
    )
    assert not [sign for sign in ("\ufffd", "Ã", "Â", "Ï", "ð") if sign in everything]
    assert "The page is not written in the encoding that it declares." in text


# --- N10 --------------------------------------------------------------------------------------------------------

# Where we differ from Google's parser, by the number of the case, and why.
ROBOTS_DIFFERENCES = {
    40: "The agent asking is called 'Foo Bar'. Google finds no group for a name with a blank in it and falls back on "
    "everybody's rules. A product token has no blanks (RFC 9309, 2.2.1); the fetcher asks by the part before the first "
    "blank or slash, for which both read the group 'Foo Bar' alike (cases 38 and 39).",
    63: "The address holds the letter itself. Google compares what it is given, and leaves escaping to its caller; RFC "
    "9309, 2.2.2 compares both sides escaped. The fetcher asks only for escaped addresses: there both agree (case 62).",
    65: "As case 63, with the rule written escaped.",
    66: "The rule writes letters as escapes (%62%61%7A for baz). RFC 9309, 2.2.2 has unreserved characters unescaped "
    "before they are compared, and its table demands this very match; Google's parser notes that it does not.",
}  # fmt: skip


def test_n10_robots_cases_of_google() -> None:
    """All cases of Google's own test agree but those in the table; of these the four permit where Google does not, none
    of them for an address or a name as the fetcher sends it."""
    cases = json.loads(corpus_file("hostile", "robots_cases.json").read_text("utf-8"))
    ours = [Rules(case["robots"].encode(), case["agent"]).ruling(case["url"]).permitted for case in cases]
    assert 142 == len(cases)
    assert set(ROBOTS_DIFFERENCES) == {
        number for number, (case, permitted) in enumerate(zip(cases, ours, strict=True)) if case["allowed"] != permitted
    }
    for number in (63, 65):  # as the fetcher would write them
        place = place_of(cases[number]["url"])
        assert place.url.isascii()


def test_n10_robots_of_real_sites_are_read() -> None:
    """Every stored robots.txt is parsed, rules on a page and names a line of itself as the reason."""
    corpus_file("robots")
    for path in sorted((CORPUS / "robots").glob("*.txt")):
        body = path.read_bytes()
        lines_of_file = body.decode("utf-8-sig", "replace").splitlines()
        for product in ("Finestra", "Googlebot", "GPTBot", "*"):
            rules = Rules(body, product)
            for url in ("https://one.example/", "https://one.example/search?q=1", "https://one.example/a/b.html"):
                rule = rules.ruling(url).rule
                if rule.startswith("line "):
                    number = int(rule.removeprefix("line ").partition(":")[0])
                    assert rule.partition(": ")[0].split()[0] == "line", path.name
                    assert "allow" in lines_of_file[number - 1].lower(), path.name
            assert rules.crawl_delay is None or rules.crawl_delay >= 0, path.name


RFC_9309_PATHS = (
    # rule, path asked, whether the rule holds: the table of RFC 9309, 2.2.2, and the stars of 2.2.3
    ("/foo/bar?baz=quz", "/foo/bar?baz=quz", True),
    ("/foo/bar?baz=http://foo.bar", "/foo/bar?baz=http://foo.bar", True),
    ("/foo/bar/ツ", "/foo/bar/%E3%83%84", True),
    ("/foo/bar/%E3%83%84", "/foo/bar/%E3%83%84", True),
    ("/foo/bar/%62%61%7A", "/foo/bar/baz", True),
    ("/fish*.php", "/fishheads/catfish.php?id=1", True),
    ("/*.php$", "/a.php", True),
    ("/*.php$", "/a.php?x", False),
    ("/a$", "/ab", False),
    ("", "/a", False),
)


@pytest.mark.parametrize(("rule", "path", "holds"), RFC_9309_PATHS)
def test_n10_robots_paths_are_compared_as_the_rfc_says(rule: str, path: str, holds: bool) -> None:
    """Escapes, stars and ends."""
    rules = Rules(f"User-agent: Finestra\nDisallow: {rule}\n".encode(), "Finestra")
    assert holds is not rules.ruling(f"http://one.example{path}").permitted


def test_n10_robots_ties_and_groups() -> None:
    """The longest rule wins, Allow wins a tie, groups of the same name are one, lines of no meaning end none."""
    tie = Rules(b"User-agent: *\nDisallow: /page\nAllow: /page\nDisallow: /page/inner\n", "Finestra")
    assert tie.ruling("http://one.example/page").permitted
    assert not tie.ruling("http://one.example/page/inner").permitted
    joined = Rules(b"User-agent: finestra\nDisallow: /a\n\nUser-agent: FINESTRA\nDisallow: /b\n", "Finestra")
    assert not joined.ruling("http://one.example/a").permitted
    assert not joined.ruling("http://one.example/b").permitted
    between = Rules(b"User-agent: Finestra\nNoindex: /x\nUser-agent: *\nDisallow: /\n", "Finestra")
    assert not between.ruling("http://one.example/").permitted


async def silent(_: asyncio.StreamWriter) -> None:
    """Never answers."""
    await asyncio.sleep(3)


CLOSED = b"User-agent: *\nDisallow: /\n"
HOPS: dict[str, Route] = {f"/hop/{number}": redirect(f"/hop/{number + 1}") for number in range(1, 9)}
ROBOTS_ANSWERS: dict[str, tuple[dict[str, Route], State]] = {
    "500": ({"/robots.txt": answer(status="500 Internal Server Error")}, State.FAILED),
    "503 with a page that permits": (
        {"/robots.txt": answer(b"User-agent: *\nAllow: /\n", status="503 Service Unavailable")},
        State.FAILED,
    ),
    "599": ({"/robots.txt": answer(status="599 Odd")}, State.FAILED),
    "silence": ({"/robots.txt": silent}, State.FAILED),
    "a drip": ({"/robots.txt": drips()["/body"]}, State.FAILED),
    "cut short": ({"/robots.txt": OK + b"content-length: 100\r\n\r\nUser-agent: *\n"}, State.FAILED),
    "no HTTP": ({"/robots.txt": b"hello\r\n\r\n"}, State.FAILED),
    "429": ({"/robots.txt": answer(status="429 Too Many Requests")}, State.RATE_LIMITED),
    "a packing not asked for": ({"/robots.txt": packed("br", b"x")}, State.FAILED),
    "six redirects": ({"/robots.txt": redirect("/hop/3"), **HOPS, "/hop/8": answer(b"")}, State.FAILED),
    "a redirect in a circle": ({"/robots.txt": redirect("/robots.txt")}, State.FAILED),
    "a redirect to a file": ({"/robots.txt": redirect("file:///robots.txt")}, State.FAILED),
    "all closed": ({"/robots.txt": answer(CLOSED)}, State.NOT_PERMITTED),
    "closed, behind a byte order mark": ({"/robots.txt": answer(codecs.BOM_UTF8 + CLOSED)}, State.NOT_PERMITTED),
    "closed, after five redirects": (
        {"/robots.txt": redirect("/hop/5"), **HOPS, "/hop/9": answer(CLOSED)},
        State.NOT_PERMITTED,
    ),
    "closed, said to be HTML": ({"/robots.txt": answer(CLOSED, content_type="text/html")}, State.NOT_PERMITTED),
    "closed, with line ends of old": (
        {"/robots.txt": answer(CLOSED.replace(b"\n", b"\r"))},
        State.NOT_PERMITTED,
    ),
    "closed, without a line end": ({"/robots.txt": answer(CLOSED.rstrip())}, State.NOT_PERMITTED),
    "closed, then 501 KB": (
        {"/robots.txt": answer(CLOSED + b"#" * (501 * 1024))},
        State.NOT_PERMITTED,
    ),
    "closed, in the last line of 500 KiB": (
        {"/robots.txt": answer(b"#" * (500 * 1024 - len(CLOSED) - 1) + b"\n" + CLOSED)},
        State.NOT_PERMITTED,
    ),
    "closed, beyond 501 KB": ({"/robots.txt": answer(b"#" * (501 * 1024) + b"\n" + CLOSED)}, State.OBSERVED),
    "packed, closed": (
        {"/robots.txt": packed("gzip", zlib.compress(CLOSED, wbits=31))},
        State.NOT_PERMITTED,
    ),
    "404": ({"/robots.txt": answer(status="404 Not Found")}, State.OBSERVED),
    "404 with rules": ({"/robots.txt": answer(CLOSED, status="404 Not Found")}, State.OBSERVED),
    "401": ({"/robots.txt": answer(status="401 Unauthorized")}, State.OBSERVED),
    "403": ({"/robots.txt": answer(status="403 Forbidden")}, State.OBSERVED),
    "410": ({"/robots.txt": answer(status="410 Gone")}, State.OBSERVED),
    "empty": ({"/robots.txt": answer(b"")}, State.OBSERVED),
    "a page of HTML": (
        {
            "/robots.txt": answer(
                b"<!doctype html><title>Not found</title><p>Disallow: nothing", content_type="text/html"
            )
        },
        State.OBSERVED,
    ),
    "bytes": ({"/robots.txt": answer(bytes(range(256)) * 100)}, State.OBSERVED),
}


@pytest.mark.parametrize("name", ROBOTS_ANSWERS)
def test_n10_robots_answers(name: str) -> None:
    """Server trouble and silence close the site, 4xx opens it, 500 KiB are read, and a closed page is never asked
    for."""
    routes, state = ROBOTS_ANSWERS[name]
    [page], web, _ = fetched({**routes, "/page": answer(PAGE)}, "http://one.example/page")
    assert state is page.state, page.reason
    assert (State.OBSERVED is state) is ("one.example/page" in web.paths())
    assert State.OBSERVED is state or "robots.txt" in str(page.reason)
    assert "one.example/robots.txt" == web.paths()[0]


def test_n10_robots_closed_pages_show_as_not_measured(tmp_path: Path) -> None:
    """Three sites: closed by rule, closed by trouble, open with a closed contact page. What is closed is never asked
    for and stands in the report as not measured, with robots.txt as the reason; nothing of it counts as missing."""
    closed = Web({"/robots.txt": answer(CLOSED), "/": answer(PAGE)})
    trouble = Web({"/robots.txt": answer(status="500 Internal Server Error"), "/": answer(PAGE)})
    home = (
        '<html lang="it"><head><title>Aurora</title></head><body><p>Caffè.</p><a href="/contatti">Contatti</a></body>'
    )
    open_ = Web(
        {
            "/robots.txt": answer(b"User-agent: *\nDisallow: /contatti\n"),
            "/": answer(home.encode(), content_type=UTF_8),
            "/contatti": answer(PAGE),
        }
    )
    with serving(closed, trouble, open_):
        webs = {"open": open_, "closed": closed, "trouble": trouble}
        names = {name: f"127.0.0.1:{web.port}/" for name, web in webs.items()}
        project, text = audited(tmp_path, [f"http://{name}" for name in names.values()])
    assert {"/robots.txt"} == {asked.path for asked in closed.asked}
    assert {"/robots.txt"} == {asked.path for asked in trouble.asked}
    assert "/contatti" not in {asked.path for asked in open_.asked}
    assert f"{names['closed']} Not measured: robots.txt does not permit it." in text
    assert f"{names['trouble']} Not measured: robots.txt could not be read." in text
    assert f"{names['open']}contatti Not measured: robots.txt does not permit it." in text
    rows = {row["url"].removeprefix("http://"): row["state"] for row in audit_of(project)["profiles"]}  # type: ignore[attr-defined]
    assert {names["open"]: "observed", names["closed"]: "not_permitted", names["trouble"]: "failed"} == rows


# --- N13 --------------------------------------------------------------------------------------------------------


def closed_port() -> int:
    """A port of this machine where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    return port


def test_n13_offline_is_a_report_without_a_score(tmp_path: Path) -> None:
    """All hosts refuse: the audit ends well, says 0 % coverage, gives no score and calls nothing absent."""
    port = closed_port()
    project, text = audited(
        tmp_path,
        ["http://aurora.example/", "http://shop.aurora.example/", f"http://127.0.0.1:{port}/"],
        INVOKE_FETCH_HOSTS=f"aurora.example=127.0.0.1:{port}, shop.aurora.example=127.0.0.1:{port}",
    )
    audit = audit_of(project)
    overall = audit["overall"]
    assert isinstance(overall, dict)
    assert (None, 0) == (overall["score"], overall["coverage"])
    assert {None} == {pillar["score"] for pillar in audit["pillars"]}  # type: ignore[attr-defined]
    assert {"failed"} == {row["state"] for row in audit["profiles"]}  # type: ignore[attr-defined]
    assert "Coverage 0%: too little could be seen to print a score." in text
    assert 3 == text.count("The address could not be reached.")
    assert "absent" not in text.partition("Findings What we found")[0]
    assert [] == [found for found in audit["findings"] if found["state"] == "observed"]  # type: ignore[attr-defined]
    assert list((project.root / "output" / "aurora").glob("*.pdf"))


def test_n01_total_deadline_lets_the_audit_end(tmp_path: Path) -> None:
    """A company whose four sites drip: the whole audit ends with a report, each site having cost one deadline."""
    webs = [Web({"/": drips()[path]}) for path in ("/body", "/headers", "/chunks", "/continue")]
    with serving(*webs):
        started = time.monotonic()
        _, text = audited(tmp_path, [f"http://127.0.0.1:{web.port}/" for web in webs])
        seconds = time.monotonic() - started
    assert 4 == text.count("The address could not be reached.")
    assert "Coverage 0%" in text
    assert seconds < 30


# --- addresses --------------------------------------------------------------------------------------------------


def test_urls_that_are_accepted_are_what_a_browser_opens() -> None:
    """Of the 891 cases of the web platform's own tests, everything that our policy accepts is the address that browsers
    open; what browsers refuse is refused, and so are other schemes, and users and passwords."""
    cases = [case for case in json.loads(corpus_file("hostile", "urltestdata.json").read_text("utf-8"))
             if isinstance(case, dict)]  # fmt: skip
    accepted, refused = [], []
    for case in cases:
        url = absolute(case["input"], case["base"]) if case["base"] else getattr(parts(case["input"]), "href", None)
        try:
            place = place_of(url or case["input"]) if url else None
        except NoAnswer:
            place = None
        if place is None:
            refused.append(case)
            continue
        accepted.append(case)
        assert not case.get("failure"), case["input"]
        assert case["href"].partition("#")[0] == place.url, case["input"]
        assert (case["hostname"], case["pathname"] + case["search"]) == (place.name, place.target), case["input"]
        assert case["port"] == ("" if place.port == (443 if place.scheme == "https" else 80) else str(place.port))
    assert (216, 675) == (len(accepted), len(refused))
    web = [case for case in refused if not case.get("failure") and case["protocol"] in ("http:", "https:")]
    assert all(case["username"] or case["password"] for case in web)


# --- what is too much -------------------------------------------------------------------------------------------


def test_a_site_of_50_000_links_is_capped_and_told(tmp_path: Path) -> None:
    """As many links as there are on one page, in a sitemap, or as short links: few requests, and a report that says
    what was too much; a page of 2 GB is cut off and told as well."""
    many = "".join(f'<li><a href="/page/{number}">Page {number}</a></li>' for number in range(50_000))
    short = "".join(f'<a href="https://bit.ly/{number}">More</a>' for number in range(2_000))
    contacts = "".join(f'<a href="/contact/{number}/contact">Contact</a>' for number in range(2_000))
    page = '<html lang="en"><head><title>Aurora</title></head><body><p>Coffee.</p>{}</body></html>'
    locations = "".join(f"<url><loc>http://one.example/{number}</loc></url>" for number in range(50_000))
    crowded = Web({"/": answer(page.format(many).encode(), content_type=UTF_8)})
    linking = Web(
        {
            "/": answer(page.format(short + contacts).encode(), content_type=UTF_8),
            "/sitemap.xml": answer(f"<urlset>{locations}</urlset>".encode(), content_type="application/xml"),
        }
    )
    large = Web({"/": floods()["/2-gigabytes"]})
    with serving(crowded, linking, large):
        webs = {"linking": linking, "crowded": crowded, "large": large}
        names = {name: f"127.0.0.1:{web.port}/" for name, web in webs.items()}
        _, text = audited(tmp_path, [f"http://{name}" for name in names.values()])
    assert len(linking.asked) <= 8, linking.paths()
    assert len(crowded.asked) <= 8, crowded.paths()
    assert {"/robots.txt", "/"} == {asked.path for asked in large.asked}
    assert len(large.asked) <= 3, large.paths()
    assert f"{names['crowded']} The page has more elements than what is read of one page." in text
    assert f"{names['large']} The page is larger than what is read of one page." in text
