"""Networks whose profiles are recognised and listed, but not read; and what their addresses have in common."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar

from audit.models import Link, Page, Profile, Request, Source, State
from audit.parse.address import host, path_segments
from audit.parse.document import Document
from audit.parse.text import clean
from audit.platforms._base import Platform

LOOK_AT_IT = "Look at the profile in a browser: the audit lists it and does not read it."
TAKE_IT_OFF = "Take the link off: the service has closed."
# Names that themes, builders and manuals print where the company's own should stand.
STAND_INS = frozenset({
    "username", "user-name", "your-username", "yourusername", "your_username", "yourname", "your-name", "yourpage",
    "yourcompany", "your-company", "companyname", "example",
})  # fmt: skip
_LANGUAGE = r"[a-z]{2}|[a-z]{2}-[a-z]{2}"


_WALLS = frozenset({State.LOGIN_WALL, State.CHALLENGED, State.RATE_LIMITED, State.CONSENT})


class Recognised(Platform):
    """A network whose pages are not read: nothing is asked without a key, and a page that was stored tells at most of
    a wall before it."""

    keyless = False
    way_in = LOOK_AT_IT
    unread: ClassVar[State] = State.NOT_PERMITTED

    def wants(self, link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
        """Nothing."""
        return {}

    def read(self, link: Link, pages: Mapping[str, Page]) -> Profile:
        """What its official API answered; else a profile that could not be looked at, whatever is stored."""
        if self.api is not None and any(role in pages for role in self.api.roles) and not self.retired:
            return super().read(link, pages)
        source = next((page.source for page in pages.values()), Source.PUBLIC)
        stored = super().read(link, pages)
        if stored.state in _WALLS and not self.retired:
            return stored
        return self.blank(link, state=self.unread, source=source, reason=self.retired or self.robots_note)

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """None: there is no reader."""
        return None


class Retired(Recognised):
    """A network that has closed; `retired` says when."""

    way_in = TAKE_IT_OFF
    robots_note = "Closed: nothing is asked."
    unread = State.RETIRED


def is_front_door(url: str, domains: str, *, names: str = "www|m|mobile") -> bool:
    """Whether the host of `url` is the site that people see: one of `domains` (a pattern), alone, below one of `names`
    (a pattern), or below a language or country of two letters."""
    return re.fullmatch(rf"(?:(?:{names}|{_LANGUAGE})\.)?(?:{domains})", host(url)) is not None


def name_below(url: str, below: re.Pattern[str], reserved: frozenset[str]) -> str | None:
    """The account whose own host, of the form `below`, `url` is on; None on other hosts and those of the site's own
    names, which are `reserved`."""
    found = below.fullmatch(host(url))
    return found.group(1) if found is not None and found.group(1) not in reserved else None


def is_home(segments: list[str], tabs: frozenset[str]) -> bool:
    """Whether a path on an account's own host is the account's first page or one of its `tabs`: else it is content."""
    return not segments or (len(segments) == 1 and segments[0] in tabs)


def segments_of(url: str) -> list[str]:
    """The path's segments, decoded and without invisible characters."""
    return [segment for segment in map(clean, path_segments(url)) if segment]


def account_in(segments: list[str], handle: re.Pattern[str], words: frozenset[str], tabs: frozenset[str]) -> str | None:
    """The account that `/{account}` or `/{account}/{tab}` names; None for the site's own `words` and for content."""
    if not segments or len(segments) > 2 or (len(segments) == 2 and segments[1].lower() not in tabs):
        return None
    name = segments[0]
    if not handle.fullmatch(name) or name.lower() in words or name.lower() in STAND_INS:
        return None
    return name
