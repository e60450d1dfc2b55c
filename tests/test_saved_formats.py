"""Formats in which a person saves pages: what is recognised, read, left and said of each."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from audit.errors import ImportFileError
from audit.models import Link, Page, Profile, Source, State
from audit.platforms import read_profile
from audit.saved import assign, profile_in, read_file
from audit.saved_figures import read_figures
from audit.saved_files import files_of, read_path
from audit.saved_page import Pile, Reading, page_of
from audit.saved_warc import MAX_HEADERS, read_archive
from tests.project import Project

SAVED_AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
PROFILE = "https://www.instagram.com/aurora.caffe/"
PAGE = "<html><head><title>Torrefazione Aurora è qui</title></head></html>"
MHTML = f"""From: <Saved by Blink>
Snapshot-Content-Location: {PROFILE}
Subject: Torrefazione Aurora
Date: Sun, 22 Nov 2026 18:04:05 -0000
MIME-Version: 1.0
Content-Type: multipart/related;
	type="text/html";
	boundary="----MultipartBoundary--aUr0ra----"


------MultipartBoundary--aUr0ra----
Content-Type: text/html
Content-ID: <frame-1@mhtml.blink>
Content-Transfer-Encoding: quoted-printable
Content-Location: https://www.instagram.com/frame.html

<html>a frame</html>
------MultipartBoundary--aUr0ra----
Content-Type: text/html; charset=utf-8
Content-ID: <frame-0@mhtml.blink>
Content-Transfer-Encoding: quoted-printable
Content-Location: {PROFILE}

<html><head><title>Torrefazione Aurora =C3=A8 qui</title></head></html>=

------MultipartBoundary--aUr0ra----
Content-Type: text/css
Content-Transfer-Encoding: quoted-printable
Content-Location: https://www.instagram.com/a.css

body {{}}
------MultipartBoundary--aUr0ra----
Content-Type: text/html
Content-Location: cid:css-1@mhtml.blink

<html>no address of the web</html>
------MultipartBoundary--aUr0ra----
Content-Type: application/json
Content-Transfer-Encoding: base64
Content-Location: https://www.instagram.com/api/v1/users/web_profile_info/?username=aurora.caffe

eyJkYXRhIjoge319
------MultipartBoundary--aUr0ra------
""".replace("\n", "\r\n").encode()


def reading(data: bytes, name: str = "saved", url: str | None = None) -> Reading:
    """What one file holds."""
    return read_file(name, data, url=url, saved_at=SAVED_AT)


# --- MHTML ------------------------------------------------------------------------------------------------


def test_an_mhtml_archive_gives_page_frames_and_json() -> None:
    """The page the archive is about comes first; styles and parts without an address of the web stay out."""
    found = reading(MHTML, "aurora.mhtml")

    assert "MHTML archive" == found.kind
    assert () == found.notes
    assert [
        (PROFILE, "text/html; charset=utf-8", PAGE.encode()),
        ("https://www.instagram.com/frame.html", "text/html", b"<html>a frame</html>"),
        (
            "https://www.instagram.com/api/v1/users/web_profile_info/?username=aurora.caffe",
            "application/json",
            b'{"data": {}}',
        ),
    ] == [(page.url, page.media_type, page.body) for page in found.pages]
    assert {datetime(2026, 11, 22, 18, 4, 5, tzinfo=UTC)} == {page.fetched_at for page in found.pages}


def test_an_mhtml_archive_of_another_platform_than_its_address_is_refused() -> None:
    """As with a single page, both addresses are named."""
    with pytest.raises(ImportFileError) as caught:
        reading(MHTML, url="https://www.facebook.com/aurora")

    assert PROFILE in str(caught.value)
    assert "https://www.facebook.com/aurora" in str(caught.value)


def test_an_mhtml_archive_without_a_date_has_that_of_its_file() -> None:
    """A date that is none is no date."""
    assert SAVED_AT == reading(MHTML.replace(b"Sun, 22 Nov 2026 18:04:05 -0000", b"yesterday")).pages[0].fetched_at


def test_a_truncated_mhtml_archive_gives_what_came() -> None:
    """The page is read, and that the rest is missing is said."""
    found = reading(MHTML[: MHTML.index(b"body {}")])

    assert [PROFILE, "https://www.instagram.com/frame.html"] == [page.url for page in found.pages]
    assert ("it is cut off: what stands before the cut was read",) == found.notes


def test_parts_inside_parts_without_end_are_refused() -> None:
    """Nesting that no browser writes costs a message, no stack."""
    level = b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n'
    data = b"MIME-Version: 1.0\r\n" + b"".join(level % (depth, depth) for depth in range(3_000))
    with pytest.raises(ImportFileError, match="is an MHTML archive"):
        reading(data)


@settings(max_examples=150, deadline=None)
@given(st.integers(min_value=1, max_value=len(MHTML)), st.binary(max_size=12), st.integers(0, len(MHTML)))
def test_a_damaged_mhtml_archive_is_read_or_refused(end: int, noise: bytes, at: int) -> None:
    """Cut anywhere and with noise anywhere, an archive gives pages or a message with the file's name."""
    damaged = (MHTML[:at] + noise + MHTML[at:])[:end]
    try:
        assert [] != reading(damaged, "damaged.mhtml").pages
    except ImportFileError as error:
        assert str(error).startswith("damaged.mhtml ")  # noqa: PT017  # either outcome is right


def test_the_page_in_an_mhtml_archive_is_shown_by_profile() -> None:
    """What `./invoke profile` reads is the page itself, not the archive around it."""
    html = PAGE.replace("Torrefazione Aurora è qui", "@aurora.caffe • Instagram")
    archive = MHTML.replace(b"Torrefazione Aurora =C3=A8 qui", b"@aurora.caffe =E2=80=A2 Instagram")

    assert profile_in(PROFILE, "a.html", html.encode(), status=200, saved_at=SAVED_AT) == profile_in(
        PROFILE, "a.mhtml", archive, status=200, saved_at=SAVED_AT
    )


# --- "web page, complete" ---------------------------------------------------------------------------------


@pytest.fixture
def complete(tmp_path: Path) -> Path:
    """A folder with a page that was saved with all it shows."""
    page = f"<!-- saved from url=(0039){PROFILE} -->{PAGE}"
    (tmp_path / "Aurora • Instagram.html").write_text(page, "utf-8")
    resources = tmp_path / "Aurora • Instagram_files"
    resources.mkdir()
    (resources / "saved_resource.html").write_text("<html>a frame", "utf-8")
    (resources / "a.js.download").write_text("1", "utf-8")
    return tmp_path


@pytest.mark.parametrize("named", ["", "Aurora • Instagram.html", "Aurora • Instagram_files"])
def test_a_complete_page_is_found_by_each_of_its_names(complete: Path, named: str) -> None:
    """The page, its folder of pictures or the folder around both: it is always the page."""
    [path] = files_of(str(complete / named))
    found = read_path(path, url=None, latest=SAVED_AT.date())

    assert "Aurora • Instagram.html" == path.name
    assert [PROFILE] == [page.url for page in found.pages]


def test_a_folder_without_pages_is_refused(tmp_path: Path) -> None:
    """And so is a path to nothing."""
    with pytest.raises(ImportFileError, match=r"is a folder without a saved page; name the \.html file"):
        files_of(str(tmp_path))
    with pytest.raises(ImportFileError, match="is no file; check the path"):
        files_of(str(tmp_path / "nothing.html"))


# --- WARC and WACZ ----------------------------------------------------------------------------------------

RECORDED_AT = datetime(2026, 11, 20, 8, 15, 30, tzinfo=UTC)
HTML = {"Content-Type": "text/html; charset=utf-8"}


def warc(*answers: tuple[str, bytes, dict[str, str]], packed: bool = True, kind: str = "response") -> bytes:
    """A web archive of these answers (address, body as sent, headers), each with status 200."""
    target = io.BytesIO()
    writer = WARCWriter(target, gzip=packed)
    for url, body, headers in answers:
        http = StatusAndHeaders("200 OK", list(headers.items()), protocol="HTTP/1.1")
        dated = {"WARC-Date": "2026-11-20T08:15:30Z"}
        record = writer.create_warc_record(
            url, kind, payload=io.BytesIO(body), length=len(body), http_headers=http, warc_headers_dict=dated
        )
        writer.write_record(record)
    return target.getvalue()


def wacz(**members: bytes) -> bytes:
    """A zip with these members; `__` in a name stands for a slash, `_gz` for its ending."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_gz", ".warc.gz"), content)
    return target.getvalue()


def archived(data: bytes) -> Reading:
    """What a web archive holds."""
    return read_archive("aurora.warc.gz", io.BytesIO(data), saved_at=SAVED_AT)


@pytest.mark.parametrize("packed", [True, False])
def test_a_web_archive_gives_its_answers_with_their_dates(packed: bool) -> None:
    """Packed bodies and bodies in chunks are unpacked, pictures keep no body; the date is that of the record."""
    found = archived(
        warc(
            (PROFILE, PAGE.encode(), HTML),
            ("https://x.com/aurora", gzip.compress(b"<html>x"), {**HTML, "Content-Encoding": "gzip"}),
            ("https://t.me/s/aurora", b"6\r\n<html>\r\n0\r\n\r\n", {**HTML, "Transfer-Encoding": "chunked"}),
            ("https://www.instagram.com/logo.png", b"PNG", {"Content-Type": "image/png"}),
            ("https://vimeo.com/aurora", b"?", {**HTML, "Content-Encoding": "zstd"}),
            ("urn:pageinfo:1", b"{}", {"Content-Type": "application/json"}),
            packed=packed,
        )
    )

    assert "WARC archive" == found.kind
    assert [
        (PROFILE, 200, PAGE.encode()),
        ("https://x.com/aurora", 200, b"<html>x"),
        ("https://t.me/s/aurora", 200, b"<html>"),
        ("https://www.instagram.com/logo.png", 200, b""),
    ] == [(page.url, page.status, page.body) for page in found.pages]
    assert {RECORDED_AT} == {page.fetched_at for page in found.pages}
    assert ("an answer is packed in a way that is not read (zstd): https://vimeo.com/aurora",) == found.notes


@pytest.mark.parametrize("packed", [True, False])
def test_a_truncated_web_archive_gives_its_whole_records(packed: bool) -> None:
    """Cut in the second record, the first one is read and the cut is said."""
    first = warc((PROFILE, PAGE.encode(), HTML), packed=packed)
    second = warc(("https://x.com/aurora", b"<html>x", HTML), packed=packed)
    found = archived(first + second[:80])

    assert [PROFILE] == [page.url for page in found.pages]
    assert ("it is cut off or damaged: the records that are whole were read",) == found.notes


def test_a_wacz_gives_the_answers_of_all_its_archives() -> None:
    """Only archives count; nothing is written, whatever a member is called."""
    one = warc((PROFILE, PAGE.encode(), HTML))
    other = warc(("https://x.com/aurora", b"<html>x", HTML))
    found = archived(
        wacz(archive__a_gz=one, archive__b_gz=other, datapackage=b"{}", archive__x__c_gz=one, **{"..__d_gz": one})
    )

    assert "WACZ archive" == found.kind
    assert [PROFILE, "https://x.com/aurora"] == [page.url for page in found.pages]


def test_a_damaged_archive_inside_a_wacz_does_not_hide_the_others() -> None:
    """Its name is said."""
    whole = warc((PROFILE, PAGE.encode(), HTML))
    other = archived(wacz(archive__a_gz=b"no archive", archive__b_gz=whole))
    damaged = archived(wacz(archive__a_gz=b"WARC/1.0 of mine", archive__b_gz=whole).replace(b"of mine", b"of hers", 1))

    assert ([PROFILE], ("archive/a.warc.gz in it is no WARC",)) == ([page.url for page in other.pages], other.notes)
    assert [PROFILE] == [page.url for page in damaged.pages]
    assert "archive/a.warc.gz in it is damaged or locked" in damaged.notes


NO_ARCHIVES = {
    "cut off": (b"PK\x03\x04 and nothing more", "is no WACZ or is cut off before its end"),
    "no archive in the zip": (wacz(notes=b"x"), "is a zip without archive/….warc.gz"),
    "a packed page": (gzip.compress(b"<html>"), "is packed, but is no WARC"),
    "packed twice": (gzip.compress(gzip.compress(b"WARC/1.0")), "is packed, but is no WARC"),
    "an empty answer": (warc((PROFILE, b"", HTML)), "is a web archive without any answer that can be read"),
    "an endless line": (gzip.compress(b"WARC/1.0\r\n" + b"x" * 50_000_000), "is a web archive without any answer"),
    "endless headers": (
        gzip.compress(b"WARC/1.0\r\n" + b"a: b\r\n" * MAX_HEADERS),
        "is a web archive without any answer",
    ),
}


@pytest.mark.parametrize(("data", "words"), NO_ARCHIVES.values(), ids=NO_ARCHIVES)
def test_an_archive_without_answers_is_refused(data: bytes, words: str) -> None:
    """File, reason and remedy stand in one message; headers without end cost a bounded part of it."""
    with pytest.raises(ImportFileError) as caught:
        archived(data)

    assert f"aurora.warc.gz {words}" in str(caught.value)
    assert "; " in str(caught.value)


WARC = warc((PROFILE, PAGE.encode(), HTML), ("https://x.com/aurora", b"<html>x", HTML), packed=False)


@settings(max_examples=150, deadline=None)
@given(st.integers(5, len(WARC)), st.binary(max_size=12), st.integers(5, len(WARC)), st.booleans())
def test_a_damaged_web_archive_is_read_or_refused(end: int, noise: bytes, at: int, packed: bool) -> None:
    """Cut anywhere and with noise anywhere, packed or not, an archive gives answers or a message."""
    damaged = (WARC[:at] + noise + WARC[at:])[:end]
    try:
        assert [] != archived(gzip.compress(damaged) if packed else damaged).pages
    except ImportFileError as error:
        assert str(error).startswith("aurora.warc.gz ")  # noqa: PT017  # either outcome is right


# --- HAR --------------------------------------------------------------------------------------------------

MEASURED = """
import re, sys
from datetime import date
from pathlib import Path
from audit.saved_files import read_path
def peak():  # kilobytes of this process alone: getrusage begins with those of the one that started it
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text()).group(1))
before = peak()
found = read_path(Path(sys.argv[1]), url=None, latest=date(2026, 11, 24))
print(len(found.pages), len(found.pages[-1].body), (peak() - before) // 1024)
"""


def entry(url: str, text: str, kind: str = "text/html") -> dict[str, object]:
    """One entry of a recording."""
    return {"request": {"url": url}, "response": {"status": 200, "content": {"mimeType": kind, "text": text}}}


def recording(entries: Iterable[dict[str, object]]) -> Iterator[str]:
    """The text of a recording, piece by piece."""
    yield '{"log": {"version": "1.2", "pages": [{"entries": [1]}], "entries": ['
    for number, one in enumerate(entries):
        yield ("," if number else "") + json.dumps(one)
    yield ']}, "entries": [2]}'


def test_a_recording_of_300_mb_is_read_as_a_stream(tmp_path: Path) -> None:
    """Films and scripts pass through; memory holds the page that counts and one entry."""
    film = entry("https://video.cdn.example/a.mp4", "A" * 5_000_000, "video/mp4")
    script = entry("https://static.cdn.example/a.js", "x" * 1_000_000, "text/javascript")
    place = tmp_path / "long.har"
    with place.open("w", encoding="utf-8") as target:
        target.writelines(recording([*[film, script] * 50, entry(PROFILE, PAGE)]))
    assert place.stat().st_size > 300_000_000
    told = subprocess.run([sys.executable, "-c", MEASURED, place], capture_output=True, text=True, check=True)
    pages, length, megabytes = map(int, told.stdout.split())

    assert (101, len(PAGE.encode())) == (pages, length)
    assert megabytes < 80


def test_a_pile_keeps_what_is_read_and_no_more_than_fits() -> None:
    """A body that nothing reads costs nothing; answers beyond the limit are counted."""
    pile = Pile(most=10)
    for address, kind in ((PROFILE, "image/png"), (PROFILE, "text/html"), (PROFILE, "text/html"), (PROFILE, None)):
        pile.add(page_of("a.har", address, 200, kind, b"123456", SAVED_AT))

    assert [b"", b"123456"] == [one.body for one in pile.pages]
    assert ["answers beyond 0 MB or 100,000 were left: 2"] == pile.notes()


def test_a_truncated_recording_gives_its_whole_entries() -> None:
    """Cut in the third entry, two are read, and after how many it broke is said."""
    text = "".join(
        recording([entry(PROFILE, PAGE), entry("https://x.com/aurora", "x"), entry("https://t.me/s/a", "t")])
    )
    found = reading(text[: text.index("https://t.me")].encode(), "a.har")

    assert [PROFILE, "https://x.com/aurora"] == [page.url for page in found.pages]
    assert ("it is cut off or damaged: the 2 entries before that were read",) == found.notes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_a_recording_in_any_unicode_encoding_is_read(encoding: str) -> None:
    """With and without the mark at its beginning."""
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    data = mark + json.dumps({"log": {"entries": [entry(PROFILE, PAGE)]}}, ensure_ascii=False).encode(encoding)

    assert [PAGE.encode()] == [page.body for page in reading(data, "a.har").pages]


def test_bytes_that_are_no_text_cost_one_letter() -> None:
    """Wrongly encoded bytes in a recording become the sign for an unreadable letter; the rest is read."""
    data = json.dumps({"log": {"entries": [entry(PROFILE, PAGE)]}}, ensure_ascii=False).encode("latin-1")

    assert [PAGE.replace("è", "\ufffd").encode()] == [page.body for page in reading(data, "a.har").pages]


# --- CSV of figures ---------------------------------------------------------------------------------------

COLUMNS = "platform,url,metric,value,precision,observed_on,observer,evidence_file"
LINK = Link(company="client", platform="instagram", handle="aurora.caffe", url=PROFILE)


def table(*rows: str, header: str = COLUMNS) -> bytes:
    """A table with these rows."""
    return "\n".join([header, *rows, ""]).encode()


def figures(data: bytes) -> Reading:
    """What a table holds, taken in on 24 November 2026."""
    return read_figures("figures.csv", data, latest=date(2026, 11, 24))


def declared(data: bytes) -> dict[str, Page]:
    """The pages that an import of a table stores with the profile."""
    assigned = assign(figures(data).pages, links=[LINK])
    assert {LINK} == {link for link, _ in assigned.taken}
    return {page.role: page for _, page in assigned.taken}


def seen(profile: Profile, metric: str) -> tuple[int, int, int, str, str] | None:
    """Low, value, high, text and page of a count."""
    fact = getattr(profile, metric)
    return None if fact is None else (fact.low, fact.value, fact.high, fact.raw, fact.page)


def page(text: str, *, state: State = State.OBSERVED) -> Page:
    """The profile's page, saved in a browser."""
    return Page(
        url=PROFILE, final_url=PROFILE, role="profile", state=state, source=Source.SAVED, fetched_at=SAVED_AT,
        status=200, media_type="text/html", sha256="0" * 64, body=text.encode(),
    )  # fmt: skip


TWO_DAYS = table(
    f"Instagram,{PROFILE},followers,1200,rounded,2026-11-20,Anna,shot.png",
    f"instagram,{PROFILE},posts,87,exact,2026-11-20,Anna,",
    f",{PROFILE},followers,1150,,2026-10-01,Anna,",
    f',{PROFILE},likes,"12,3 mila",,2026-10-01,Anna,',
)


def test_declared_figures_make_a_profile_where_no_page_could_be_read() -> None:
    """The newest day leads, each figure keeps its own page with its day, and the source is `declared`."""
    pages = declared(TWO_DAYS)
    found = read_profile(LINK, pages)

    assert (State.OBSERVED, Source.DECLARED) == (found.state, found.source)
    assert (1150, 1200, 1249, "1200", "declared-2026-11-20") == seen(found, "followers")
    assert (87, 87, 87, "87", "declared-2026-11-20") == seen(found, "posts")
    assert (12_250, 12_300, 12_349, "12,3 mila", "declared-2026-10-01") == seen(found, "likes")
    assert found.name is None
    assert {
        "declared-2026-11-20": (Source.DECLARED, datetime(2026, 11, 20, tzinfo=UTC)),
        "declared-2026-10-01": (Source.DECLARED, datetime(2026, 10, 1, tzinfo=UTC)),
    } == {role: (one.source, one.fetched_at) for role, one in pages.items()}


def test_a_page_beats_declared_figures() -> None:
    """Only what the page does not show comes from the table."""
    shown = (
        '<html><head><meta property="og:type" content="profile"><meta property="og:title" '
        'content="Torrefazione Aurora (@aurora.caffe)"><meta property="og:description" content="1,204 Followers, '
        '310 Following, 87 Posts - See Instagram photos and videos from Aurora (@aurora.caffe)"></head></html>'
    )
    found = read_profile(LINK, {"profile": page(shown), **declared(TWO_DAYS)})

    assert Source.SAVED == found.source
    assert (1204, 1204, 1204, "profile") == (
        found.followers and (found.followers.low, found.followers.value, found.followers.high, found.followers.page)
    )
    assert (12_250, 12_300, 12_349, "12,3 mila", "declared-2026-10-01") == seen(found, "likes")


def test_declared_figures_do_not_revive_an_account() -> None:
    """What the platform calls missing stays missing; a wall does not hide what a person saw behind it."""
    assert State.MISSING == read_profile(LINK, {"profile": page("", state=State.MISSING), **declared(TWO_DAYS)}).state
    walled = read_profile(LINK, {"profile": page("", state=State.LOGIN_WALL), **declared(TWO_DAYS)})
    assert (State.OBSERVED, Source.DECLARED) == (walled.state, walled.source)


def test_a_page_that_only_calls_itself_declared_is_not_believed() -> None:
    """The source decides, not the role."""
    pages = {role: replace(one, source=Source.SAVED) for role, one in declared(TWO_DAYS).items()}
    assert State.FAILED == read_profile(LINK, pages).state


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("x,nowhere,followers,1,,2026-11-20,,", "'nowhere' is no web address; write the profile's: https://"),
        (f"tiktok,{PROFILE},followers,1,,2026-11-20,,", "is of Instagram, not of 'tiktok'; correct one of them"),
        (",https://www.instagram.com/p/x/,followers,1,,2026-11-20,,", "is no profile of a platform; write"),
        (f",{PROFILE},friends,1,,2026-11-20,,", "'friends' is no metric; write one of followers, following"),
        (f",{PROFILE},followers,,,2026-11-20,,", "'' is no count; write it in digits: 12300"),
        (f",{PROFILE},followers,-5,,2026-11-20,,", "'-5' is no count"),
        (f",{PROFILE},followers,many,,2026-11-20,,", "'many' is no count"),
        (f",{PROFILE},followers,1,about,2026-11-20,,", "'about' is no precision; write exact, rounded, or to how"),
        (f",{PROFILE},followers,1,,20/11/2026,,", "'20/11/2026' is no day; write observed_on as 2026-11-24"),
        (f",{PROFILE},followers,1,,2026-11-25,,", "2026-11-25 is not a day before or on 2026-11-24"),
    ],
)
def test_a_row_that_cannot_be_taken_is_named_and_the_others_are_read(row: str, words: str) -> None:
    """Line, reason and remedy; alone it is a refusal of the file."""
    found = figures(table(f",{PROFILE},followers,1,,2026-11-20,,", row))

    assert [PROFILE] == [one.url for one in found.pages]
    assert found.notes[0].startswith("line 3: ")
    assert words in found.notes[0]
    with pytest.raises(ImportFileError) as caught:
        figures(table(row))
    assert str(caught.value).startswith("figures.csv holds no figure that can be taken (line 2: ")


def test_a_table_as_spreadsheets_write_it_is_read() -> None:
    """Semicolons, columns in any order, another encoding: what was assumed is said."""
    text = f"Observed_On;URL;Metric;Value;Observer\n2026-11-20;{PROFILE};Followers;1.204;Niccolò\n"

    assert () == figures(text.encode("utf-16")).notes
    found = figures(text.encode("cp1252"))
    assert ("it is not UTF-8 and was read as Windows-1252",) == found.notes
    assert [(1204, "Niccolò")] == [
        (one["value"], one["row"]["observer"]) for one in json.loads(found.pages[0].body)["figures"]
    ]


def test_a_table_without_its_columns_is_refused() -> None:
    """What the first line has to be is told."""
    with pytest.raises(ImportFileError, match=r"is a table without the columns metric, value; .*platform,url,metric"):
        figures(table("x", header="url,observed_on"))


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(TWO_DAYS)), st.binary(max_size=12), st.integers(0, len(TWO_DAYS)))
def test_a_damaged_table_is_read_or_refused(end: int, noise: bytes, at: int) -> None:
    """Cut anywhere and with noise anywhere, a table gives figures or a message."""
    try:
        assert [] != figures((TWO_DAYS[:at] + noise + TWO_DAYS[at:])[:end]).pages
    except ImportFileError as error:
        assert str(error).startswith("figures.csv ")  # noqa: PT017  # either outcome is right


# --- the task ---------------------------------------------------------------------------------------------


def test_import_says_what_it_recognised_took_and_left(tmp_path: Path) -> None:
    """A table and an archive in one go; the declared followers stand in profiles.json with their source."""
    project = Project.at(tmp_path / "project").with_example()
    of_x = "https://x.com/auroracaffe"
    figures_file, archive = tmp_path / "figures.csv", tmp_path / "visit.wacz"
    figures_file.write_bytes(
        table(f"x,{of_x},followers,12300,rounded,2026-11-20,Anna,", f"x,{of_x},friends,1,,2026-11-20,,")
    )
    archive.write_bytes(wacz(archive__a_gz=warc(("https://www.instagram.com/p/a/", b"<html>a post", HTML))))
    done = project.invoke(
        "import", "--client", "example", "--day", "2026-11-23", "--file", str(figures_file), "--file", str(archive)
    )
    read = project.invoke("extract", "--client", "example", "--day", "2026-11-23")

    assert (0, 0) == (done.returncode, read.returncode), done.stderr + read.stderr
    assert [
        f"recognised: {figures_file}: table of figures, answers in it: 1",
        f"not whole: {figures_file}: line 3: 'friends' is no metric; write one of followers, following, posts, likes, "
        "views, reviews",
        f"recognised: {archive}: WACZ archive, answers in it: 1",
        "ignored: https://www.instagram.com/p/a/: its address is no profile of Instagram",
        f"taken: client, x auroracaffe (declared-2026-11-20): {of_x}",
        "read: client, x auroracaffe: followers about 12,300",
    ] == done.stdout.splitlines()[:6]
    stored = json.loads((project.root / "clients/example/2026-11-23/profiles.json").read_text("utf-8"))
    [found] = [one for one in stored["profiles"] if (one["company"], one["platform"]) == ("client", "x")]
    assert ("observed", "declared", 12250, 12349) == (
        found["state"], found["source"], found["followers"]["low"], found["followers"]["high"],
    )  # fmt: skip
