"""The network at its worst: answers that never end, bombs, lies, redirects, ways into the own network, robots.txt."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

import pytest
from bs4 import BeautifulSoup

from audit.fetcher import Fetcher, Limits
from audit.models import Courtesy, Page, Request, State
from audit.platforms import read_page
from tests.hostile_server import (
    AGENT,
    BODY_CAP,
    CHUNKED,
    DEADLINE,
    HEAD,
    MEGABYTE,
    NOON,
    Listener,
    Measured,
    bombs,
    drips,
    floods,
    measure,
    packed,
)
from tests.loopback import Route, Web, answer
from tests.project import Project

CORPUS = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus"
QUICK = Limits(connect=0.5, read=0.5, deadline=1.5, delay=0.0)
NAMES = ("one.example", "two.example", "three.example")


def fetcher_for(web: Web, limits: Limits = QUICK, **settings: object) -> Fetcher:
    """A fetcher to which the example names lie at `web`."""
    usual: dict[str, object] = {"allow_loopback": True, "resolve": web.resolver(*NAMES), "chance": Random(1)}
    return Fetcher(user_agent=AGENT, now=lambda: NOON, limits=limits, **{**usual, **settings})  # type: ignore[arg-type]


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
    return f"{outcome.path}: {outcome.seconds:.2f} s, {outcome.growth / MEGABYTE:.1f} MB, {outcome.reason}"


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
    assert outcomes["/2-gigabytes"].seconds < 0.5


def test_n01_total_deadline_of_a_robots_txt() -> None:
    """A robots.txt that drips costs one deadline; then nothing of the host is asked for."""
    [page], web, _ = fetched({"/robots.txt": drips()["/body"], "/": answer(b"never")}, "http://one.example/")
    assert State.FAILED is page.state
    assert "robots.txt could not be read" in str(page.reason)
    assert ["one.example/robots.txt"] == web.paths()


def test_n01_total_deadline_of_a_handshake() -> None:
    """A server that takes the connection and never speaks TLS."""

    async def run() -> Page:
        async with Listener("127.0.0.1") as silent, Web({}) as web, fetcher_for(web) as fetcher:
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
    """Each ends in words within half a second and 20 MB; what is packed twice but said to be once stays packed."""
    outcomes = measure(bombs())
    assert {"/gzip-in-gzip"} == set(outcomes) - set(BOMBS_IN_WORDS)
    for path, words in BOMBS_IN_WORDS.items():
        assert State.FAILED.value == outcomes[path].state, shown(outcomes[path])
        assert words in outcomes[path].reason, shown(outcomes[path])
    for outcome in outcomes.values():
        assert outcome.seconds < 0.5, shown(outcome)
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
