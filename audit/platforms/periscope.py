"""Periscope: closed, so a link to it is a link to nothing."""

from __future__ import annotations

import re

from audit.models import Link
from audit.platforms._recognised import STAND_INS, Retired, is_front_door, segments_of

_HANDLE = re.compile(r"[A-Za-z0-9_]{1,15}")
_WORDS = frozenset(
    {"w", "u", "about", "search", "tos", "privacy", "account", "couchmode", "content", "signin", "login"}
)


class Periscope(Retired):
    """periscope.tv, pscp.tv."""

    name = "periscope"
    title = "Periscope"
    hosts = frozenset({"periscope.tv", "pscp.tv"})
    retired = "Periscope closed on 31 March 2021."

    def link(self, url: str) -> Link | None:
        """`/{name}`; single broadcasts are none."""
        segments = segments_of(url)
        if not is_front_door(url, r"(?:periscope|pscp)\.tv") or len(segments) != 1:
            return None
        handle = segments[0].lstrip("@")
        if not _HANDLE.fullmatch(handle) or handle.lower() in _WORDS | STAND_INS:
            return None
        return self._link(handle, f"https://www.periscope.tv/{handle}")


PLATFORM = Periscope()
