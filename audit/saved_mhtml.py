"""MHTML, the single file of Chrome and Edge ("Web page, single file"): the page, its frames and its JSON answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import Message
from email.utils import parsedate_to_datetime
from itertools import islice

from audit.saved_page import Reading, SavedPage, address_in, address_of, page_of, refusal, web_address

MAX_BYTES = 200_000_000
MAX_PARTS = 5_000
MAX_DEPTH = 20  # browsers write two levels
_BEGINNING = re.compile(rb"\s*(?:From: <Saved by|MIME-Version:|Snapshot-Content-Location:)", re.IGNORECASE)
_TEXTS = ("text/html", "application/xhtml+xml", "application/json", "text/json", "application/ld+json")
_REMEDY = 'save the page again as "Web page, HTML only" or as a HAR'


def is_mhtml(data: bytes) -> bool:
    """Whether a file begins as such an archive does."""
    return _BEGINNING.match(data) is not None


def read_mhtml(name: str, data: bytes, *, url: str | None, saved_at: datetime) -> Reading:
    """The main page first, then frames and JSON answers that have an address of the web.

    `url` is the main page's address where a person gave it. A file cut off gives what came before the cut. Raises
    ImportFileError.
    """
    if len(data) > MAX_BYTES:
        raise refusal(name, f"is an MHTML archive of more than {MAX_BYTES // 1_000_000} MB", _REMEDY)
    try:
        archive = message_from_bytes(data.lstrip(), policy=policy.compat32)
        parts = list(islice(_parts(archive, 0), MAX_PARTS + 1))
    except RecursionError as error:
        raise refusal(name, "is an MHTML archive with parts inside parts without end", _REMEDY) from error
    main = _main(archive, parts)
    if main is None:
        raise refusal(name, "is an MHTML archive without a page", _REMEDY)
    at = _date(archive) or saved_at
    body = _body(main)
    own = web_address(_header(archive, "Snapshot-Content-Location")) or _location(main) or address_in(body)
    pages = [page_of(name, address_of(name, url, own), None, _media_type(main), body, at)]
    pages += _others(name, [part for part in parts[:MAX_PARTS] if part is not main], at)
    notes = ["it is cut off: what stands before the cut was read"] if _is_cut(archive, data) else []
    if len(parts) > MAX_PARTS:
        notes.append(f"it has more than {MAX_PARTS:,} parts: the first were read")
    return Reading(kind="MHTML archive", pages=pages, notes=tuple(notes))


def _parts(message: Message, depth: int) -> Iterator[Message]:
    content = message.get_payload() if message.is_multipart() else None
    if not isinstance(content, list):
        yield message
    elif depth < MAX_DEPTH:
        for part in content:
            if isinstance(part, Message):
                yield from _parts(part, depth + 1)


def _main(archive: Message, parts: list[Message]) -> Message | None:
    """The part that the archive is about: the one with its address, else the first page."""
    pages = [part for part in parts if part.get_content_type() in _TEXTS[:2] and _body(part).strip()]
    told = _header(archive, "Snapshot-Content-Location")
    return next((page for page in pages if told and _header(page, "Content-Location") == told), next(iter(pages), None))


def _others(name: str, parts: list[Message], at: datetime) -> Iterator[SavedPage]:
    for part in parts:
        address = _location(part)
        if part.get_content_type() in _TEXTS and address is not None:
            body = _body(part)
            if body.strip():
                yield page_of(name, address, None, _media_type(part), body, at)


def _location(part: Message) -> str | None:
    return web_address(_header(part, "Content-Location"))


def _header(message: Message, name: str) -> str:
    # Long addresses are folded over lines; an address holds no space.
    return re.sub(r"\s+", "", str(message.get(name, "")))


def _body(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _media_type(part: Message) -> str:
    charset = part.get_param("charset")
    return f"{part.get_content_type()}; charset={charset}" if isinstance(charset, str) else part.get_content_type()


def _date(archive: Message) -> datetime | None:
    try:
        at = parsedate_to_datetime(str(archive.get("Date", "")))
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _is_cut(archive: Message, data: bytes) -> bool:
    """Whether the boundary that ends the archive is missing."""
    boundary = archive.get_boundary()
    return boundary is not None and f"--{boundary}--".encode("utf-8", "replace") not in data
