"""Web archives: WARC files, packed or not, and WACZ (a zip of them, as ArchiveWeb.page and Browsertrix write it).

Nothing is unpacked onto the disk. However much an archive swells, memory holds one answer beside those that are kept.
"""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO, Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from audit.saved_page import Pile, Reading, SavedPage, holds_no_text, page_of, refusal, web_address

MAX_BODY = 30_000_000  # bytes of one answer; a longer one is left
MAX_UNPACKED = 20_000_000_000  # bytes of all records
MAX_HEADERS = 2_000_000  # bytes of one record's headers
MAX_FILES = 1_000  # of one WACZ
_INSIDE = re.compile(r"archive/[^/\\]+\.warc(?:\.gz)?", re.IGNORECASE)
_BLOCK = 16_384
_GZIP = 16 + zlib.MAX_WBITS  # zlib's sign for a gzip member
_REMEDY = "export the archive again"
_BROKEN = (OSError, EOFError, zlib.error, zipfile.BadZipFile)
_CODINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})


def is_archive(beginning: bytes) -> bool:
    """Whether a file's first bytes are those of a WARC, of something packed (a WARC may be) or of a zip (WACZ)."""
    return beginning.startswith((b"WARC/", b"\x1f\x8b", b"PK\x03\x04", b"PK\x05\x06"))


def read_archive(name: str, source: IO[bytes], *, saved_at: datetime) -> Reading:
    """The answers recorded in a WARC or WACZ, each with the date of its record; raises ImportFileError.

    An archive cut off or damaged gives what came before, and the notes say so.
    """
    packed_as_zip = source.read(2) == b"PK"
    source.seek(0)
    pile, notes = Pile(), list[str]()
    if packed_as_zip:
        _read_zip(name, source, pile, notes, saved_at)
    elif not _read_warc(name, source, pile, notes, saved_at):
        raise refusal(name, "is packed, but is no WARC", "name a WARC, WACZ, HAR, MHTML or HTML file")
    if not pile.pages:
        raise refusal(name, "is a web archive without any answer that can be read", _REMEDY)
    notes += pile.notes()
    kind = "WACZ archive" if packed_as_zip else "WARC archive"
    return Reading(kind=kind, pages=pile.pages, notes=tuple(dict.fromkeys(notes)))


def _read_zip(name: str, source: IO[bytes], pile: Pile, notes: list[str], saved_at: datetime) -> None:
    try:
        archive = zipfile.ZipFile(source)
    except (*_BROKEN, NotImplementedError, ValueError) as error:
        raise refusal(name, "is no WACZ or is cut off before its end", _REMEDY) from error
    with archive:
        inside = [info for info in archive.infolist() if _INSIDE.fullmatch(info.filename)]
        if not inside:
            raise refusal(name, "is a zip without archive/….warc.gz, so no WACZ", _REMEDY)
        if len(inside) > MAX_FILES:
            notes.append(f"it has more than {MAX_FILES:,} archives: the first were read")
        for info in inside[:MAX_FILES]:
            try:
                with archive.open(info) as member:
                    if not _read_warc(name, member, pile, notes, saved_at):
                        notes.append(f"{info.filename[:200]} in it is no WARC")
            except (*_BROKEN, NotImplementedError, RuntimeError, ValueError):  # encrypted, packed in an unknown way
                notes.append(f"{info.filename[:200]} in it is damaged or locked")


def _read_warc(name: str, source: IO[bytes], pile: Pile, notes: list[str], saved_at: datetime) -> bool:
    """Adds the answers of one WARC to the pile; False when it is none."""
    stream = _Unpacked(source)
    if not stream.begins_with(b"WARC/"):
        return False
    problems = io.StringIO()  # the library prints what it stumbles over
    with contextlib.redirect_stderr(problems):
        for page in _answers(name, stream, notes, saved_at):
            pile.add(page)
    if stream.broken or problems.getvalue():
        notes.append("it is cut off or damaged: the records that are whole were read")
    return True


def _answers(name: str, stream: _Unpacked, notes: list[str], saved_at: datetime) -> Iterator[SavedPage]:
    records = iter(ArchiveIterator(stream))
    while True:
        stream.allowance = MAX_HEADERS
        try:
            record = next(records, None)
            if record is None:
                return
            stream.allowance = None
            page = _answer(name, record, notes, saved_at) if record.rec_type == "response" else None
            while record.raw_stream.read(100_000):
                pass
        except (ArchiveLoadFailed, ValueError, LookupError, TypeError, AttributeError, RecursionError):
            # The library's own complaint, or what a damaged record makes of its code.
            notes.append("it is cut off or damaged: the records that are whole were read")
            return
        if page is not None:
            yield page


def _answer(name: str, record: Any, notes: list[str], saved_at: datetime) -> SavedPage | None:
    """The answer of one record; None when it has no web address, no status or no content."""
    address = web_address((record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> "))
    headers = record.http_headers
    status = headers.get_statuscode() if headers is not None else ""
    if address is None or not re.fullmatch(r"[1-9]\d\d", status or "", re.ASCII):
        return None
    media_type = headers.get_header("Content-Type")
    at = _time(record.rec_headers.get_header("WARC-Date") or "") or saved_at
    if holds_no_text(media_type):
        return page_of(name, address, int(status), media_type, b"", at)
    coding = (headers.get_header("Content-Encoding") or "").strip().lower()
    if coding not in _CODINGS:
        notes.append(f"an answer is packed in a way that is not read ({coding[:40]}): {address[:200]}")
        return None
    body = record.content_stream().read(MAX_BODY + 1)
    if len(body) > MAX_BODY:
        notes.append(f"an answer is longer than {MAX_BODY // 1_000_000} MB: {address[:200]}")
        return None
    return page_of(name, address, int(status), media_type, body, at) if body.strip() else None


def _time(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


class _Unpacked:
    """A stream without its gzip, that ends where it breaks, where it has swollen too far, and where a record's headers
    exceed the `allowance` (None: content is being read)."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self._packed = source.read(_BLOCK)
        self._gzip = zlib.decompressobj(_GZIP) if self._packed.startswith(b"\x1f\x8b") else None
        self._ahead = b""
        self._total = 0
        self.broken = False
        self.allowance: int | None = None

    def begins_with(self, text: bytes) -> bool:
        """Whether these are the first bytes; they are read again."""
        self._ahead = self._read(len(text))
        return self._ahead == text

    def read(self, size: int = _BLOCK) -> bytes:
        """The next bytes; none at the end, however it came."""
        data, self._ahead = self._ahead, b""
        data = data or self._read(size)
        self._total += len(data)
        if self.allowance is not None:
            self.allowance -= len(data)
        if self._total > MAX_UNPACKED or (self.allowance is not None and self.allowance < 0):
            self.broken = True
        return b"" if self.broken else data

    def tell(self) -> int:
        """How many bytes were read."""
        return self._total

    def _read(self, size: int) -> bytes:
        try:
            return self._plain(size) if self._gzip is None else self._unpacked(size)
        except _BROKEN:
            self.broken = True
            return b""

    def _plain(self, size: int) -> bytes:
        data, self._packed = self._packed[:size], self._packed[size:]
        return data or self._source.read(size)

    def _unpacked(self, size: int) -> bytes:
        """Up to `size` bytes out of the members, whose ends need not be those of records."""
        while self._gzip is not None:
            if self._gzip.eof:
                self._packed = self._gzip.unused_data.lstrip(b"\0") or self._packed.lstrip(b"\0")
                self._packed = self._packed or self._source.read(_BLOCK)
                if not self._packed:
                    return b""
                self._gzip = zlib.decompressobj(_GZIP)
            fresh = self._packed or self._source.read(_BLOCK)
            data = self._gzip.decompress(fresh, size)
            self._packed = self._gzip.unconsumed_tail
            if data:
                return data
            if not fresh and not self._gzip.eof:
                raise EOFError
        return b""
