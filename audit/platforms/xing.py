"""XING company pages: recognised, not read."""

from __future__ import annotations

import re
from urllib.parse import quote

from audit.models import Link
from audit.platforms._recognised import STAND_INS, Recognised, is_front_door, segments_of

_HANDLE = re.compile(r"[\w.&+-]{2,100}")
_KINDS = frozenset({"pages", "companies", "company"})
_TABS = frozenset({"about", "about_us", "jobs", "news", "employees", "culture", "updates", "reviews"})


class Xing(Recognised):
    """xing.com company pages; people are never listed."""

    name = "xing"
    title = "XING"
    hosts = frozenset({"xing.com", "xing.to"})
    robots_note = "Most of the page stands behind a login, and the interface is closed."

    def link(self, url: str) -> Link | None:
        """`/pages/{slug}` and, of old, `/companies/{slug}`; people, groups, jobs, share forms are none."""
        segments = segments_of(url)
        if not is_front_door(url, r"xing\.com", names="www") or not 2 <= len(segments) <= 3:
            return None
        if segments[0].lower() not in _KINDS or (len(segments) == 3 and segments[2].lower() not in _TABS):
            return None
        slug = segments[1].lower()
        if not _HANDLE.fullmatch(slug) or slug in STAND_INS:
            return None
        return self._link(slug, f"https://www.xing.com/pages/{quote(slug, safe='')}")


PLATFORM = Xing()
