"""HAR, the recording of a browser's network tools, read as a stream: one entry is in memory beside what is kept."""

from __future__ import annotations

import base64
import binascii
import codecs
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO, Any

import ijson

from audit.parse.document import at_pointer
from audit.saved_page import Pile, Reading, SavedPage, holds_no_text, page_of, refusal, web_address

_BEGINNING = 4_000  # bytes in which a recording says `"log"`
_DEEPEST = 200
_ENTRIES = ["log", "entries", ""]  # the way to one entry


def is_har(name: str, beginning: bytes) -> bool:
    """Whether a file is a recording, by its name or its first bytes."""
    compact = b"".join(beginning[:_BEGINNING].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe").split())
    return name.lower().endswith(".har") or compact.startswith(b'{"log":')


def read_har(name: str, source: IO[bytes], *, saved_at: datetime) -> Reading:
    """The answers of all entries that hold one; raises ImportFileError.

    A recording cut off or damaged gives the entries before the damage, and the notes say after how many.
    """
    pile, seen, whole = Pile(), 0, True
    entries = _entries(source)
    while True:
        try:
            entry = next(entries, None)
        except (ijson.JSONError, ValueError, RecursionError, OverflowError):
            whole = False  # not JSON from here on
            break
        if entry is None:
            break
        seen += 1
        page = _answer(name, entry, saved_at)
        if page is not None:
            pile.add(page)
    if not pile.pages and not whole:
        raise refusal(name, "is no HAR or is cut off before its end", "export the recording again")
    if not pile.pages:
        remedy = 'record the page again and export with content ("Save all as HAR with content")'
        raise refusal(name, "is a HAR without any answer's content", remedy)
    notes = [] if whole else [f"it is cut off or damaged: the {seen} entries before that were read"]
    return Reading(kind="HAR recording", pages=pile.pages, notes=(*notes, *pile.notes()))


def _entries(source: IO[bytes]) -> Iterator[Any]:
    """The entries as they are read; one nested deeper than any browser writes is refused with a ValueError."""
    builder: Any = None
    path: list[str] = []  # the key that is being read, in each object or list around it
    for event, value in ijson.basic_parse(_Utf8(source)):
        if event == "map_key":
            path[-1] = value
        elif event in ("end_map", "end_array"):
            path.pop()
        elif event == "start_map" and path == _ENTRIES:
            builder = ijson.ObjectBuilder()
        if builder is not None:
            builder.event(event, value)
        if event in ("start_map", "start_array"):
            path.append("")
            if len(path) > _DEEPEST:
                raise ValueError("nested too deep")
        elif builder is not None and path == _ENTRIES:
            yield builder.value
            builder = None


def _answer(name: str, entry: Any, saved_at: datetime) -> SavedPage | None:
    """The answer of one entry; None when it has no web address, no status or no content."""
    address = web_address(_text(entry, "/request/url"))
    text = _text(entry, "/response/content/text")
    status = at_pointer(entry, "/response/status")
    if address is None or not text or not isinstance(status, int) or not 100 <= status <= 999:
        return None
    media_type = _text(entry, "/response/content/mimeType") or None
    at = _time(_text(entry, "/startedDateTime")) or saved_at
    if holds_no_text(media_type):
        return page_of(name, address, status, media_type, b"", at)
    if _text(entry, "/response/content/encoding").lower() == "base64":
        try:
            body = base64.b64decode(text, validate=False)
        except (binascii.Error, ValueError):
            return None
    else:
        # The recording holds characters, whatever the bytes were: they are UTF-8 from here on.
        body = text.encode("utf-8", "replace")
        media_type = f"{media_type.partition(';')[0].strip()}; charset=utf-8" if media_type else None
    return page_of(name, address, status, media_type, body, at)


def _text(value: Any, where: str) -> str:
    found = at_pointer(value, where)
    return found if isinstance(found, str) else ""


def _time(text: str) -> datetime | None:
    try:
        time = datetime.fromisoformat(text)
        return time.astimezone(UTC) if time.tzinfo else None
    except (ValueError, OverflowError):
        return None


class _Utf8:
    """A JSON text as UTF-8, whatever Unicode encoding it is in; bytes that are no text become U+FFFD."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self._decoder: codecs.IncrementalDecoder | None = None

    def read(self, size: int = 65_536) -> bytes:
        """The next bytes; none at the end."""
        if size == 0:  # the parser asks what kind of text this is
            return b""
        while True:
            data = self._source.read(size)
            decoder = self._decoder = self._decoder or _decoder(data)
            text = decoder.decode(data, final=not data)
            if text or not data:
                return text.encode("utf-8", "replace")


def _decoder(beginning: bytes) -> codecs.IncrementalDecoder:
    wide = beginning.startswith((b"\xff\xfe", b"\xfe\xff"))
    return codecs.getincrementaldecoder("utf-16" if wide else "utf-8-sig")("replace")
