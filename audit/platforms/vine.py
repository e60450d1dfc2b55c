"""Vine: closed, so a link to it is a link to nothing."""

from __future__ import annotations

import re

from audit.models import Link
from audit.platforms._recognised import STAND_INS, Retired, is_front_door, segments_of

_HANDLE = re.compile(r"[A-Za-z0-9._-]{2,50}")
_NUMBER = re.compile(r"\d{15,20}")
_WORDS = frozenset({"v", "u", "tags", "search", "explore", "channels", "playlists", "popular-now", "trending", "about"})


class Vine(Retired):
    """vine.co."""

    name = "vine"
    title = "Vine"
    hosts = frozenset({"vine.co"})
    retired = "Vine closed on 17 January 2017."

    def link(self, url: str) -> Link | None:
        """`/{name}` and `/u/{number}`; single videos and tags are none."""
        segments = segments_of(url)
        if not is_front_door(url, r"vine\.co"):
            return None
        if len(segments) == 2 and segments[0] == "u" and _NUMBER.fullmatch(segments[1]):
            return self._link(segments[1], f"https://vine.co/u/{segments[1]}")
        if len(segments) != 1 or not _HANDLE.fullmatch(segments[0]) or segments[0].lower() in _WORDS | STAND_INS:
            return None
        return self._link(segments[0], f"https://vine.co/{segments[0]}")


PLATFORM = Vine()
