"""Spotify artists, shows and users: recognised, not read."""

from __future__ import annotations

import re
from urllib.parse import quote

from audit.models import Link
from audit.platforms._recognised import STAND_INS, Recognised, is_front_door, segments_of

_ID = re.compile(r"[0-9A-Za-z]{22}")
_USER = re.compile(r"[\w.-]{2,64}")


class Spotify(Recognised):
    """open.spotify.com. The handle of an artist or a show is its identifier, of a user the user's name."""

    name = "spotify"
    title = "Spotify"
    hosts = frozenset({"spotify.com", "spotify.link", "spoti.fi", "scdn.co"})
    robots_note = "The terms forbid automated reading; the official API needs a key."

    def link(self, url: str) -> Link | None:
        """`/artist/…`, `/show/…`, `/user/…`, also in another language or embedded; tracks, albums, playlists,
        episodes and short links are none."""
        if not is_front_door(url, r"spotify\.com", names="open|play"):
            return None
        segments = segments_of(url)
        while segments and (segments[0].startswith("intl-") or segments[0] in ("embed", "embed-podcast")):
            segments = segments[1:]
        if len(segments) != 2:
            return None
        kind, name = segments
        shape = {"artist": _ID, "show": _ID, "user": _USER}.get(kind)
        if shape is None or not shape.fullmatch(name) or name.lower() in STAND_INS:
            return None
        return Link(
            company="client", platform=self.name, handle=name, url=f"https://open.spotify.com/{kind}/{quote(name)}"
        )


PLATFORM = Spotify()
