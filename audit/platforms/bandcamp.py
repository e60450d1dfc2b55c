"""Bandcamp artists and labels: recognised, not read."""

from __future__ import annotations

import re

from audit.models import Link
from audit.parse.address import host
from audit.platforms._recognised import STAND_INS, Recognised, segments_of

_BELOW = re.compile(r"([a-z0-9](?:[a-z0-9-]{0,60}[a-z0-9])?)\.bandcamp\.com")
_NO_ARTISTS = frozenset({"www", "m", "daily", "get", "blog", "help", "isrc", "t4", "f4", "s4", "popplers5", "bandcamp"})
_TABS = frozenset({"music", "merch", "community", "releases", "artists", "contact", "video", "about", "subscribe"})


class Bandcamp(Recognised):
    """{artist}.bandcamp.com. The accounts of listeners (bandcamp.com/{name}) are people's."""

    name = "bandcamp"
    title = "Bandcamp"
    hosts = frozenset({"bandcamp.com", "bcbits.com"})
    robots_note = "Its robots.txt is not known to permit reading, and there is no interface for everybody."

    def link(self, url: str) -> Link | None:
        """An artist's or a label's own host with its tabs; albums, tracks, players, listeners are none."""
        below = _BELOW.fullmatch(host(url))
        segments = segments_of(url)
        if below is None or below.group(1) in _NO_ARTISTS | STAND_INS:
            return None
        if segments and not (len(segments) == 1 and segments[0].lower() in _TABS):
            return None
        handle = below.group(1)
        return Link(company="client", platform=self.name, handle=handle, url=f"https://{handle}.bandcamp.com/")


PLATFORM = Bandcamp()
