"""Hostile pages, JSON, XML and dates: read in a worker within bounds, shown as what they are, never as a number."""

from __future__ import annotations

import gc
import gzip
import hashlib
import json
import re
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

from audit.cost import figures_of
from audit.discover import links_in
from audit.files import load_profile_folder
from audit.models import Page, Post, Profile, Source, State
from audit.parse.dates import parse_date
from audit.parse.document import Document, assigned_json, json_after, load_json
from audit.parse.feed import posts_in
from audit.parse.structured import ORGANIZATION_TYPES, json_ld_of
from audit.platforms import platforms, read_page
from audit.reading import Readers, ReadingLimits, Stopped
from tests.loopback import answer
from tests.loopback_fetcher import fetched

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
SECONDS = 2.0
MEMORY = 150_000_000  # bytes beyond what a worker starts with

HTML_BOMBS = {
    "deep div": b"<div>" * 100_000,
    "deep b": b"<b>" * 50_000,
    "attributes": b"<p " + b" ".join(b"a%d=1" % number for number in range(200_000)) + b">",
    "attributes, three times as many": b"<p " + b" ".join(b"a%d=1" % number for number in range(600_000)) + b">",
    "attributes without values": b"<p " + b"/".join(b"a%d" % number for number in range(600_000)) + b">",
    "attributes with tags in them": b"<p " + b"".join(b'a%d="<p"' % number for number in range(600_000)) + b">",
    "attributes of many elements": (b"<p " + b" ".join(b"a%d=1" % number for number in range(2_000)) + b">") * 300,
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


def timed_page(url: str, body: bytes) -> tuple[Profile, float]:
    """A page read, and the seconds of the processor that it took, of a worker's own."""
    begun = time.process_time()
    return read_page(url, body), time.process_time() - begun


@pytest.mark.parametrize("name", HTML_BOMBS)
def test_p01_html_bombs(readers: Readers, name: str) -> None:
    """Each ends within its seconds of the processor and its memory, shows no figure, and the worker reads on."""
    body = b"<html><title>Aurora</title><body>" + HTML_BOMBS[name]
    profile, seconds = readers.read(timed_page, "https://aurora.example/", body)
    assert seconds < SECONDS
    assert (None, None) == (profile.followers, profile.posts)
    assert 5 == readers.read(len, b"12345")


def test_p01_attributes_are_counted_before_an_element_is_built() -> None:
    """600,000 on one element fit into 64 MB: the parser, which would keep them all, is not asked."""
    for name in ("attributes, three times as many", "attributes without values", "attributes with tags in them"):
        with Readers(ReadingLimits(seconds=10, memory=64_000_000, workers=1)) as small:
            profile, seconds = small.read(timed_page, "https://aurora.example/", b"<title>A</title>" + HTML_BOMBS[name])
        assert profile.state is State.SHELL
        assert seconds < 0.3


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


MARKER = "ESPANSO"
INCLUDE = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{}" parse="text"/>'
XML_BOMBS = (
    "billion laughs", "quadratic", "file", "server", "parameter", "dtd", "included file", "included from a server",
)  # fmt: skip


def xml_bomb(name: str, secret: str, server: str) -> tuple[str, str]:
    """What stands before a document's root and what inside its texts, so that a parser that obeys fills memory, shows
    the marker in the file `secret`, or asks `server`."""
    laughs = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 10))
    return {
        "billion laughs": (f'<!DOCTYPE x [<!ENTITY l0 "{MARKER}">{laughs}]>', "&l9;"),
        "quadratic": (f'<!DOCTYPE x [<!ENTITY l9 "{MARKER * 10_000}">]>', "&l9;" * 10_000),
        "file": (f'<!DOCTYPE x [<!ENTITY l9 SYSTEM "{secret}">]>', "&l9;"),
        "server": (f'<!DOCTYPE x [<!ENTITY l9 SYSTEM "{server}">]>', "&l9;"),
        "parameter": (f'<!DOCTYPE x [<!ENTITY % p SYSTEM "{server}">%p;]>', "&l9;"),
        "dtd": (f'<!DOCTYPE x SYSTEM "{server}.dtd">', "&l9;"),
        "included file": ("", INCLUDE.format(secret)),
        "included from a server": ("", INCLUDE.format(server)),
    }[name]


def feed_posts(body: bytes) -> list[Post]:
    """The posts of a feed at an invented address."""
    return posts_in(body, url="https://aurora.example/feed.xml")


def all_that_is_read(address: str, body: bytes, media_type: str) -> str:
    """The profile of an XML document or a page, its posts, and all text and attributes of its tree."""
    profile = read_page(address, body, media_type=media_type)
    return f"{profile!r} {feed_posts(body)!r} {Document(body, media_type).soup}"


@pytest.mark.parametrize("name", XML_BOMBS)
def test_p03_xml_bombs(readers: Readers, internal: tuple[int, list[object]], tmp_path: Path, name: str) -> None:
    """In a feed, a sitemap, a page's picture and a picture alone: no entity expanded (the marker stands no more often
    than in the document itself), no file read, nobody asked."""
    port, came = internal
    secret = tmp_path / "secret.txt"
    secret.write_text(MARKER, "utf-8")
    head, inside = xml_bomb(name, secret.as_uri(), f"http://127.0.0.2:{port}/x")
    xml = f'<?xml version="1.0"?>{head}'
    feed = (
        f'{xml}<rss version="2.0"><channel><item><title>A {inside}</title><link>{inside}</link></item></channel></rss>'
    )
    documents = (
        ("feed.xml", "application/rss+xml", feed),
        ("sitemap.xml", "application/xml", f"{xml}<urlset><url><loc>{inside}</loc></url></urlset>"),
        ("", "text/html", f"<html><body>Aurora<svg>{head}<text>{inside}</text></svg></body></html>"),
        ("", "image/svg+xml", f'{xml}<svg xmlns="http://www.w3.org/2000/svg"><text>{inside}</text></svg>'),
    )
    for path, media_type, document in documents:
        read = readers.read(all_that_is_read, f"https://aurora.example/{path}", document.encode(), media_type)
        assert read.count(MARKER) <= document.count(MARKER), (path, media_type)
    assert [] == came


def test_p03_a_feed_with_an_include_still_gives_its_posts() -> None:
    """Its element is passed over; what stands beside it is read."""
    feed = b'<rss version="2.0"><channel><item><title>Uno</title></item><item><title>Due</title></item></channel></rss>'
    assert ["Uno", "Due"] == [post.text for post in feed_posts(feed)]
    included = feed.replace(b"Uno", b"Uno " + INCLUDE.format("file:///etc/hostname").encode())
    assert ["Uno", "Due"] == [post.text for post in feed_posts(included)]


@pytest.mark.parametrize(
    ("text", "locale", "day"),
    [
        ("3 giorni fa", "it", "2026-11-20"),
        ("vor 3 Tagen", "de", "2026-11-20"),
        ("2026-11-20T08:00:00Z", "it", "2026-11-20"),
        ("03/04/2026", "it", "2026-04-03"),  # the page's language decides which is the month
        ("03/04/2026", "en", "2026-03-04"),
        ("24 novembre 2026", "it", "2026-11-24"),  # to come: read as written; observing leaves out what is later
        ("tra 3 giorni", "it", "2026-11-26"),
        ("2031-01-01", "it", "2031-01-01"),
        ("2101-01-01", "it", None),  # no page is that far ahead
        ("9999-12-31T23:59:59Z", "it", None),
        ("10000-01-01", "it", None),
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
        gc.freeze()  # what all the tests before have left is not searched for cycles in this one's time
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


READ_ALL = """
import json, resource, sys, time
from pathlib import Path
from tests.test_parsing_hostile import feed_posts, read_page
read_page("https://aurora.example/sitemap.xml", b"<urlset/>")
before, slowest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, ["", 0.0]
for path in map(Path, sys.argv[1:]):
    begun = time.process_time()
    feed_posts(path.read_bytes())
    read_page("https://aurora.example/sitemap.xml", path.read_bytes())
    slowest = max(slowest, [path.name, time.process_time() - begun], key=lambda one: one[1])
print(json.dumps([slowest, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before]))
"""


def test_the_feeds_and_sitemaps_of_real_sites_are_read_within_bounds() -> None:
    """No exception, no hang, and no more memory than a page may take, in a process that has read nothing else."""
    files = sorted(str(path) for name in ("feeds", "sitemaps") for path in (CORPUS / name).glob("*"))
    (name, seconds), grown = figures_of(["-c", READ_ALL, *files], cwd=ROOT)
    assert seconds < 2, name
    assert grown * 1024 < MEMORY


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


def test_p04_a_packed_sitemap_that_unpacks_to_gigabytes() -> None:
    """Where the server says that it is packed, the fetcher unpacks it up to its cap; where it does not, the file is
    left as it is: neither is a sitemap, and neither is said to be absent."""
    bomb = gzip.compress(b"<urlset>" + bytes(50_000_000), mtime=0)
    routes = {"/sitemap.xml": answer(bomb, content_encoding="gzip"), "/sitemap.xml.gz": answer(bomb)}
    pages, _ = fetched(routes, *(f"http://one.example{path}" for path in routes))
    assert ["the answer is longer than 5,000,000 bytes", None] == [page.reason for page in pages]
    assert len(pages[1].body) < 100_000
    link = platforms()["website"].link("http://one.example/")
    assert link is not None
    for page in pages:
        profile = platforms()["website"].read(link, {"sitemap": replace(page, role="sitemap")})
        assert profile.state in (State.FAILED, State.SHELL)
        assert profile.site is None


@pytest.mark.parametrize("name", P04)
def test_p04_sitemap(readers: Readers, name: str) -> None:
    """It says that a sitemap is there and nothing else, within the bounds; where it leads nobody follows."""
    profile, seconds = readers.read(timed_page, "https://aurora.example/sitemap.xml", P04[name])
    assert seconds < SECONDS
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
