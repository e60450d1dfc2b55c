"""One answer out of a file that a person saved: the noun, the address that a page gives itself, and the refusal."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import datetime

from audit.errors import ImportFileError
from audit.models import Source
from audit.parse.address import parts
from audit.parse.document import Document
from audit.platforms import platform_of, platforms

MAX_NAMED = 200  # characters of a name or an address in a message

# Firefox, Chrome and Internet Explorer write the first, the SingleFile extension the second.
_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d{1,6}\)(\S{1,4000}?)\s*-->", re.IGNORECASE)
_SINGLE_FILE = re.compile(rb"Page saved with SingleFile\s+url:\s*(\S{1,4000})")
_HEAD_BYTES = 20_000  # where those comments stand
_MAX_ANSWERS = 100_000
_NO_TEXT = ("image/", "font/", "video/", "audio/", "text/css", "application/font", "application/octet-stream")


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPage:
    """One answer out of a saved file. `status` is None where the file does not tell it; `file` is its name; `role` is
    set where its address does not tell it."""

    file: str
    url: str
    final_url: str
    status: int | None
    media_type: str | None
    body: bytes = field(repr=False)
    fetched_at: datetime
    source: Source = Source.SAVED
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one saved file gave: what it was recognised as, its answers, and in `notes` what could not be read."""

    kind: str
    pages: list[SavedPage]
    notes: tuple[str, ...] = ()


def page_of(
    name: str, url: str, status: int | None, media_type: str | None, body: bytes, fetched_at: datetime
) -> SavedPage:
    """An answer that was not redirected, as far as its file tells."""
    return SavedPage(
        file=name, url=url, final_url=url, status=status, media_type=media_type, body=body, fetched_at=fetched_at
    )


def refusal(name: str, reason: str, remedy: str) -> ImportFileError:
    """The error for a file that cannot be taken in."""
    return ImportFileError(f"{name[:MAX_NAMED]} {reason}; {remedy}")


def web_address(text: str) -> str | None:
    """The address as browsers write it; None for what is none of the web."""
    parsed = parts(text)
    return parsed.href if parsed is not None else None


def given_address(name: str, url: str | None) -> str | None:
    """The address that a person gave, checked; raises ImportFileError."""
    if url is None:
        return None
    address = web_address(url)
    if address is None:
        raise refusal(name, f"was given {url[:MAX_NAMED]!r}, which is no web address", "write --url https://…")
    return address


def address_in(html: bytes) -> str | None:
    """The address that a saved page gives itself: the browser's comment, canonical, og:url."""
    for pattern in (_SAVED_FROM, _SINGLE_FILE):
        match = pattern.search(html[:_HEAD_BYTES])
        address = web_address(match.group(1).decode("utf-8", "replace")) if match else None
        if address is not None:
            return address
    document = Document(html, "text/html")
    return web_address(document.canonical) or web_address(document.meta.get("og:url", ""))


def address_of(name: str, url: str | None, own: str | None) -> str:
    """The address of a page: the one given beats its `own`; raises ImportFileError when they are of two platforms or
    there is none."""
    given = given_address(name, url)
    if given is not None and own is not None and platform_of(given) is not platform_of(own):
        reason = f"says that it is {own[:MAX_NAMED]} ({platform_of(own).title}), not {given[:MAX_NAMED]}"
        raise refusal(name, reason, "give each file its own address, or leave --url out")
    address = given or own
    if address is None:
        raise refusal(name, "does not say which page it is", "add its address: --url https://…")
    return address


@dataclass(slots=True)
class Pile:
    """The answers out of a recording, as many as fit into memory: a body that nothing reads is let go, `most` bytes of
    the others are kept. `left` counts the answers beyond."""

    most: int = 100_000_000
    pages: list[SavedPage] = field(default_factory=list)
    left: int = 0
    held: int = 0

    def add(self, page: SavedPage) -> None:
        """Keeps a page; without its body when nobody will read it."""
        if not _is_of_use(page):
            page = replace(page, body=b"")
        if self.held + len(page.body) > self.most or len(self.pages) >= _MAX_ANSWERS:
            self.left += 1
            return
        self.held += len(page.body)
        self.pages.append(page)

    def notes(self) -> list[str]:
        """What was left for want of room, in words."""
        room = f"{self.most // 1_000_000} MB or {_MAX_ANSWERS:,}"
        return [f"answers beyond {room} were left: {self.left}"] if self.left else []


def holds_no_text(media_type: str | None) -> bool:
    """Whether an answer is a picture, a font, a film or a style."""
    return (media_type or "").lower().startswith(_NO_TEXT)


def _is_of_use(page: SavedPage) -> bool:
    platform = platform_of(page.url)
    if holds_no_text(page.media_type) or (platform.name == "website" and "javascript" in (page.media_type or "")):
        return False
    # An unknown host may be a server of a platform that anybody can run: who owns the page will know.
    readers = [platform, *(one for one in platforms().values() if one.anywhere and platform.name == "website")]
    return any(one.role(page.url) is not None for one in readers)
