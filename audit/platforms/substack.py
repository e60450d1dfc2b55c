"""Substack publications and their authors: recognised, not read."""

from __future__ import annotations

import re

from audit.models import Link
from audit.parse.address import host
from audit.platforms._recognised import STAND_INS, Recognised, is_front_door, segments_of

_BELOW = re.compile(r"([a-z0-9](?:[a-z0-9-]{0,60}[a-z0-9])?)\.substack\.com")
_NO_NAMES = frozenset(
    {"www", "open", "support", "api", "cdn", "on", "go", "email", "read", "example", "yourname", "blog"}
)
_USER = re.compile(r"@[A-Za-z0-9_-]{1,50}")
_TABS = frozenset({"about", "archive", "podcast", "notes", "posts", "reads", "recommendations"})


class Substack(Recognised):
    """{publication}.substack.com, and authors at substack.com/@name."""

    name = "substack"
    title = "Substack"
    hosts = frozenset({"substack.com", "substackcdn.com"})
    robots_note = "robots.txt leaves the posts open; this audit does not read them yet."

    def link(self, url: str) -> Link | None:
        """A publication's root or an author; posts, notes, forms to subscribe and the login are none."""
        segments = segments_of(url)
        below = _BELOW.fullmatch(host(url))
        if below is not None and below.group(1) not in _NO_NAMES:
            if segments and not (len(segments) == 1 and segments[0] in _TABS):
                return None
            return self._link(below.group(1), f"https://{below.group(1)}.substack.com/")
        if not is_front_door(url, r"substack\.com") or not segments or len(segments) > 2:
            return None
        if not _USER.fullmatch(segments[0]) or segments[0][1:].lower() in STAND_INS:
            return None
        if len(segments) == 2 and segments[1] not in _TABS:
            return None
        handle = segments[0][1:].lower()
        return self._link(handle, f"https://substack.com/@{handle}")

    def _link(self, handle: str, url: str) -> Link:
        return Link(company="client", platform=self.name, handle=handle, url=url)


PLATFORM = Substack()
