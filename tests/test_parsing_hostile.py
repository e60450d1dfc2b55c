"""Hostile pages, JSON, XML and dates: read in a worker within bounds, shown as what they are, never as a number."""

from __future__ import annotations

import hashlib
import json
import re
import resource
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.discover import links_in
from audit.files import load_profile_folder
from audit.models import Page, Post, Profile, Source, State
from audit.parse.dates import parse_date
from audit.parse.document import Document, assigned_json, json_after, load_json
from audit.parse.feed import posts_in
from audit.parse.structured import ORGANIZATION_TYPES, json_ld_of
from audit.platforms import platforms, read_page
from audit.reading import Readers, ReadingLimits, Stopped

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
SECONDS = 2.0
MEMORY = 150_000_000  # bytes beyond what a worker starts with

HTML_BOMBS = {
    "deep div": b"<div>" * 100_000,
    "deep b": b"<b>" * 50_000,
    "attributes": b"<p " + b" ".join(b"a%d=1" % number for number in range(200_000)) + b">",
    "long tag name": b"<" + b"x" * 5_000_000 + b">",
    "comments": b"<!--" * 300_000,
    "ampersands": b"&amp" * 500_000,
    "tables": b"<table><tr><td>" * 30_000,
    "select": b"<select><option>" * 30_000,
    "svg": b"<svg><g>" * 30_000,
    "misnested links": b"<a><p></a>" * 30_000,
    "formatting": b"<b><i><u><s>" * 20_000,
}


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    """Workers with the bounds of these tests."""
    with Readers(ReadingLimits(seconds=10, memory=MEMORY, workers=1)) as started:
        yield started


@pytest.mark.parametrize("name", HTML_BOMBS)
def test_p01_html_bombs(readers: Readers, name: str) -> None:
    """Each ends within its seconds and its memory, shows no figure, and the worker reads on."""
    body = b"<html><title>Aurora</title><body>" + HTML_BOMBS[name]
    begun = time.monotonic()
    profile = readers.read(read_page, "https://aurora.example/", body)
    assert time.monotonic() - begun < SECONDS * 2  # the wall clock of a machine that others use too
    assert (None, None) == (profile.followers, profile.posts)
    assert 5 == readers.read(len, b"12345")


def test_p01_a_worker_that_takes_too_long_is_stopped_and_the_next_reads_on() -> None:
    """The reason is told in words."""
    with Readers(ReadingLimits(seconds=0.5, workers=1)) as short:
        with pytest.raises(Stopped, match=r"reading took longer than 0\.5 s"):
            short.read(time.sleep, 30)
        assert 3 == short.read(len, b"abc")


def test_p01_a_worker_that_needs_too_much_memory_is_stopped(readers: Readers) -> None:
    """A gigabyte is refused, in words."""
    with pytest.raises(Stopped, match="memory"):
        readers.read(bytes, 1_000_000_000)
    assert 3 == readers.read(len, b"abc")


JSON_BOMBS = {
    "depth": b"[" * 200_000,
    "closed depth": b"[" * 200_000 + b"]" * 200_000,
    "long integer": b'{"followers":' + b"9" * 5_000 + b"}",
    "infinite": b'{"followers": 1e400, "a": NaN, "b": Infinity, "c": -Infinity}',
    "half characters": b'{"\\ud800": "\\udfff"}',
    "the same key": b'{"followers_count": 1, "followers_count": 2}',
}
READ_AS_JSON = ("https://api.github.com/orgs/aurora", "https://mastodon.social/api/v1/accounts/lookup?acct=aurora")


def json_files() -> list[Path]:
    """Malformed and odd JSON of other people's test suites, where they are."""
    return sorted((CORPUS / "hostile" / "json").glob("*.json"))


@pytest.mark.parametrize("url", READ_AS_JSON)
def test_p02_json_bombs(readers: Readers, url: str) -> None:
    """No file and no bomb raises or hangs, and none gives a figure."""
    bodies = [*JSON_BOMBS.values(), *(path.read_bytes() for path in json_files())]
    begun = time.monotonic()
    profiles = [outcome() for outcome in readers.each(read_page, [(url, body) for body in bodies])]
    assert time.monotonic() - begun < 20
    assert [] == [profile for profile in profiles if not shows_no_figure(profile)]


def shows_no_figure(profile: Profile) -> bool:
    """Whether every count is None: a zero would be a figure."""
    counts = (profile.followers, profile.following, profile.posts, profile.likes, profile.reviews, profile.rating)
    return counts == (None,) * 6


@pytest.mark.parametrize("number", ["1e400", "-1e400", "Infinity", "-Infinity", "NaN", "9" * 5_000, "[1]", '{"a": 1}'])
def test_p02_no_number_is_no_figure(number: str) -> None:
    """In the answer of the very account that is asked about."""
    answer = '{"login": "aurora", "type": "Organization", "name": "Aurora", "followers": %s}'
    url = "https://api.github.com/orgs/aurora"
    honest = read_page(url, (answer % 812).encode()).followers
    assert honest is not None
    assert 812 == honest.value
    assert shows_no_figure(read_page(url, (answer % number).encode()))


@pytest.mark.parametrize("number", ["1e400", "-1e400", "1E+99999", "Infinity", "-Infinity", "NaN"])
def test_p02_infinity_and_nan_are_no_json(number: str) -> None:
    """Each alone, as a whole answer, assigned to a script's variable and handed to a function."""
    assert load_json(f'{{"a": {number}}}') is None
    assert load_json(f"[1, [{number}]]") is None
    assert assigned_json(f'var data = {{"a": {number}}};', "data") is None
    assert [] == list(json_after(f'show({{"a": {number}}})', "show"))


def test_p02_large_and_small_numbers_are_read() -> None:
    """What a float holds is a number; more digits than any count has are none."""
    assert {"a": 1e308, "b": 0.0, "c": -2.5} == load_json('{"a": 1e308, "b": 1e-400, "c": -2.5}')
    assert {"a": 18_446_744_073_709_551_615, "b": None} == load_json(
        '{"a": 18446744073709551615, "b": %s}' % ("9" * 5_000)
    )


def test_p02_endless_structures_are_nothing() -> None:
    """Depth beyond any page is not read, whether it ends or not."""
    assert load_json(JSON_BOMBS["depth"].decode()) is None
    assert load_json(JSON_BOMBS["closed depth"].decode()) is None
    assert load_json("[" * 201 + "]" * 201) is None
    assert load_json("[" * 200 + "]" * 200) is not None


def test_p02_the_files_of_json_test_suites() -> None:
    """Wrong JSON (`n_`) is nothing, right JSON (`y_`) is what the standard library reads; what may be either (`i_`)
    raises nothing and holds no infinite number."""
    for path in json_files():
        text = path.read_bytes().decode("utf-8", "replace")
        read = load_json(text)
        if path.name.startswith("n_"):
            assert read is None, path.name
        elif path.name.startswith("y_"):
            assert json.loads(text) == read, path.name
        assert not re.search(r"\b(?:inf|nan)\b", repr(read)), path.name


def test_p02_json_ld_with_cycles() -> None:
    """Objects that name one another by @id, or themselves, are read once each; the first that says most is the
    company."""
    graph = {"@graph": [{"@id": "#a", "@type": "Organization", "name": "Aurora", "parent": {"@id": "#b"}},
                        {"@id": "#b", "@type": "Organization", "name": "Borea", "parent": {"@id": "#a"}},
                        {"@id": "#c", "@type": "Brand", "name": "Ciclo", "@graph": [{"@id": "#c"}]}]}  # fmt: skip
    page = f'<html><body>Aurora<script type="application/ld+json">{json.dumps(graph)}</script></body></html>'.encode()
    assert [None, "Aurora", "Borea", "Ciclo", None] == [item.get("name") for item, _ in Document(page).json_ld]
    found = json_ld_of(Document(page), "home", ORGANIZATION_TYPES)
    assert ["Aurora", "Borea", "Ciclo"] == [block.at("/name") for block in found]
    profile = read_page("https://aurora.example/", page)
    assert profile.name is not None
    assert (State.OBSERVED, "Aurora") == (profile.state, profile.name.value)


@pytest.fixture
def internal() -> Iterator[tuple[int, list[object]]]:
    """A server at an address that nothing may ask: its port, and who came."""
    listener = socket.create_server(("127.0.0.2", 0))
    came: list[object] = []
    thread = threading.Thread(target=_accept, args=(listener, came), daemon=True)
    thread.start()
    yield listener.getsockname()[1], came
    listener.close()


def _accept(listener: socket.socket, came: list[object]) -> None:
    while True:
        try:
            came.append(listener.accept())
        except OSError:  # closed by the test
            return


def xml_bombs(port: int) -> dict[str, str]:
    """Documents whose entities would fill memory, read a file or ask a server."""
    laughs = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 10))
    return {
        "billion laughs": f'<!DOCTYPE x [<!ENTITY l0 "AURORA">{laughs}]>',
        "quadratic": f'<!DOCTYPE x [<!ENTITY l9 "{"AURORA" * 20_000}">]>',
        "file": '<!DOCTYPE x [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
        "server": f'<!DOCTYPE x [<!ENTITY l9 SYSTEM "http://127.0.0.2:{port}/x">]>',
        "dtd": f'<!DOCTYPE x SYSTEM "http://127.0.0.2:{port}/x.dtd">',
        "include": f'<?xml version="1.0"?><!-- --><?xinclude href="http://127.0.0.2:{port}/x"?>',
    }


def feed_posts(body: bytes) -> list[Post]:
    """The posts of a feed at an invented address."""
    return posts_in(body, url="https://aurora.example/feed.xml")


@pytest.mark.parametrize("name", sorted(xml_bombs(0)))
def test_p03_xml_bombs(readers: Readers, internal: tuple[int, list[object]], name: str) -> None:
    """In a feed, a sitemap and a picture: no entity expanded, no file read, nobody asked."""
    port, came = internal
    head = xml_bombs(port)[name]
    feed = f'{head}<rss version="2.0"><channel><title>A</title><item><title>&l9;&l9;&l9;</title></item></channel></rss>'
    sitemap = f"{head}<urlset><url><loc>&l9;</loc></url></urlset>"
    picture = f"<html><body>Aurora<svg>{head}<text>&l9;</text></svg></body></html>"
    posts = readers.read(feed_posts, feed.encode())
    shown = "".join(post.text or "" for post in posts)
    assert "AURORA" * 2 not in shown
    assert "root:" not in shown
    for address, body in (("https://aurora.example/sitemap.xml", sitemap), ("https://aurora.example/", picture)):
        profile: Profile = readers.read(read_page, address, body.encode())
        assert "root:" not in repr(profile)
    assert [] == came


@pytest.mark.parametrize(
    ("text", "locale", "day"),
    [
        ("3 giorni fa", "it", "2026-11-20"),
        ("vor 3 Tagen", "de", "2026-11-20"),
        ("2026-11-20T08:00:00Z", "it", "2026-11-20"),
        ("03/04/2026", "it", "2026-04-03"),  # the page's language decides which is the month
        ("03/04/2026", "en", "2026-03-04"),
        ("parola " * 5_000, "it", None),
        ("", "it", None),
    ],
)
def test_p06_dates(text: str, locale: str, day: str | None) -> None:
    """A date as the page's language writes it, or none; long texts cost nothing."""
    begun = time.monotonic()
    read = parse_date(text, now=NOW, locale=locale)
    assert time.monotonic() - begun < 1
    assert day == (read[0].date().isoformat() if read else None)


CASES = [load_profile_folder(path.parent) for path in sorted((ROOT / "tests" / "fixtures").glob("*/*/link.json"))]
READ = sorted({link.platform for link, _ in CASES})
BODIES = [page.body for _, pages in CASES for page in pages.values()]
ADDRESSES = [link.url for link, _ in CASES]
IN_PLACE_OF_A_NUMBER = (b"null", b"[]", b"{}", b'"x"', b"-1", b"1e400", b"9" * 5_000, b"true")
IN_PLACE_OF_A_TEXT = (b"null", b"[]", b"{}", b"7", b'[[{"a": 1}]]', b'"\\ud800"')


def damaged_copies(body: bytes, chance: Random) -> Iterator[bytes]:
    """What a broken line or an attacker makes of an answer: cut, flipped, swapped, re-ordered, nested."""
    for _ in range(2):
        yield body[: chance.randrange(len(body) + 1)]
    for flips in (1, 8, 64):
        flipped = bytearray(body)
        for _ in range(flips if body else 0):
            flipped[chance.randrange(len(body))] ^= 1 << chance.randrange(8)
        yield bytes(flipped)
    for pattern, others in ((rb"\d+", IN_PLACE_OF_A_NUMBER), (rb'"[^"\n]{0,80}"', IN_PLACE_OF_A_TEXT)):
        places = list(re.finditer(pattern, body))
        for other in others if places else ():
            place = chance.choice(places)
            yield body[: place.start()] + other + body[place.end() :]
    for pattern in (rb"(?<=,)", rb"(?=<)", rb"(?<=[{}\[\]])"):
        pieces = re.split(pattern, body)
        chance.shuffle(pieces)
        yield b"".join(pieces)
    yield body * 2
    yield b"<div>" * 400 + body
    yield b"[" * 150 + body + b"]" * 150
    yield b'{"data":' * 150 + body + b"}" * 150


@pytest.mark.parametrize("platform", READ)
def test_p08_fuzz_each_page_at_its_own_address(platform: str) -> None:
    """Each page of every fixture, damaged in many ways, beside those it came with: a profile, within a second."""
    reader = platforms()[platform]
    for link, pages in CASES:
        for role, page in pages.items() if link.platform == platform else ():
            for damaged in damaged_copies(page.body, Random(f"{link.url} {role}")):
                begun = time.process_time()
                given = {**pages, role: replace(page, body=damaged)}
                assert isinstance(reader.read(link, given), Profile)
                assert isinstance(reader.wants(link, given), dict)
                assert isinstance(links_in(damaged, page.url), list)
                assert time.process_time() - begun < 1, (link.url, role, damaged[:100])


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from(BODIES),
    st.sampled_from(ADDRESSES),
    st.integers(0, 16_000),
    st.integers(0, 16_000),
    st.integers(0, 255),
)
def test_p08_fuzz(body: bytes, address: str, cut: int, place: int, mark: int) -> None:
    """Truncated, damaged and doubled pages, also of another platform: a profile, never an exception."""
    damaged = bytearray(body[: cut or 1])
    if damaged:
        damaged[place % len(damaged)] = mark
    for text in (bytes(damaged), bytes(damaged) * 2):
        assert isinstance(read_page(address, text), Profile)
        assert isinstance(links_in(text, "https://aurora.example/"), list)


def test_p08_every_platform_is_among_the_fuzzed() -> None:
    """Each platform has a page here."""
    assert set(platforms()) == set(READ)
    assert set(READ) == {link.platform for link, pages in CASES if pages}


def test_the_feeds_and_sitemaps_of_real_sites_are_read_within_bounds() -> None:
    """No exception, no hang, and no more memory than a page may take."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for path in sorted([*(CORPUS / "feeds").glob("*"), *(CORPUS / "sitemaps").glob("*")]):
        begun = time.monotonic()
        feed_posts(path.read_bytes())
        read_page("https://aurora.example/sitemap.xml", path.read_bytes())
        assert time.monotonic() - begun < 5, path.name
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MEMORY / 1024


def sitemap(entries: str, kind: str = "urlset") -> bytes:
    """A sitemap or an index of sitemaps."""
    return f'<{kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</{kind}>'.encode()


LOOP = "<sitemap><loc>https://aurora.example/sitemap.xml</loc></sitemap>"
P04 = {
    "an index that lists itself": sitemap(LOOP * 9, "sitemapindex"),
    "too many addresses": sitemap("<url><loc>https://aurora.example/a</loc></url>" * 60_000),
    "other people's hosts": sitemap("<url><loc>https://borea.example/a</loc></url>" * 50),
    "a day far off": sitemap("<url><loc>https://aurora.example/</loc><lastmod>9999-12-31</lastmod></url>"),
}  # fmt: skip


@pytest.mark.parametrize("name", P04)
def test_p04_sitemap(readers: Readers, name: str) -> None:
    """It says that a sitemap is there and nothing else, within the bounds; where it leads nobody follows."""
    begun = time.monotonic()
    profile = readers.read(read_page, "https://aurora.example/sitemap.xml", P04[name])
    assert time.monotonic() - begun < SECONDS * 2
    assert profile.site is not None
    assert ({"sitemap": True}, None) == ({key: fact.value for key, fact in profile.site.checks.items()}, profile.posts)
    link = platforms()["website"].link("https://aurora.example/")
    assert link is not None
    page = Page(
        url="https://aurora.example/sitemap.xml", final_url="https://aurora.example/sitemap.xml", role="sitemap",
        state=State.OBSERVED, source=Source.PUBLIC, fetched_at=NOW, status=200, media_type="application/xml",
        sha256=hashlib.sha256(P04[name]).hexdigest(), body=P04[name],
    )  # fmt: skip
    assert {"home"} == set(platforms()["website"].wants(link, {"sitemap": page}))


def test_p08_a_badge_whose_style_is_no_word_marks_nobody() -> None:
    """An object where YouTube writes a word is read as no mark, not as an error."""
    data = {
        "header": {"c4TabbedHeaderRenderer": {"title": "Aurora", "badges": [{"metadataBadgeRenderer": {"style": {}}}]}},
        "metadata": {
            "channelMetadataRenderer": {"title": "Aurora", "vanityChannelUrl": "http://www.youtube.com/@aurora"}
        },
    }
    page = f"<html><script>var ytInitialData = {json.dumps(data)};</script></html>"
    profile = read_page("https://www.youtube.com/@aurora", page.encode())
    assert profile.verified is None or not profile.verified.value
