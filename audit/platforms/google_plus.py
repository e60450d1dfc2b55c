"""Google+: closed, so a link to it is a link to nothing."""

from __future__ import annotations

import re
from urllib.parse import quote

from audit.models import Link
from audit.parse.address import host
from audit.platforms._recognised import Retired, segments_of

_GOOGLE = re.compile(r"(?:www\.)?google\.(?:[a-z]{2,3}|com?\.[a-z]{2})")
_PAGE = re.compile(r"\d{18,24}|\+[^\s/?#<>\"']{2,60}")
_TABS = frozenset({"posts", "about", "photos", "videos", "reviews"})


class GooglePlus(Retired):
    """plus.google.com and google.com/+Name."""

    name = "google_plus"
    title = "Google+"
    hosts = frozenset({"plus.google.com"})
    retired = "Google+ closed on 2 April 2019."

    def claims(self, url: str) -> bool:
        """Its own host, and of google.* the short names with a plus sign."""
        if host(url) == "plus.google.com":
            return True
        return bool(_GOOGLE.fullmatch(host(url))) and bool(segments_of(url)) and segments_of(url)[0].startswith("+")

    def link(self, url: str) -> Link | None:
        """`/{number}` and `/+{Name}` with their tabs; communities, posts, share forms are none."""
        if not self.claims(url):
            return None
        segments = segments_of(url)
        if segments[:1] == ["u"]:
            segments = segments[2:]
        if segments[:1] == ["b"]:
            segments = segments[1:]
        if not segments or len(segments) > 2 or (len(segments) == 2 and segments[1].lower() not in _TABS):
            return None
        page = segments[0]
        if not _PAGE.fullmatch(page):
            return None
        address = f"https://plus.google.com/{quote(page, safe='+')}"
        return self._link(page, address)


PLATFORM = GooglePlus()
