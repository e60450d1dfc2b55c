"""SoundCloud accounts: recognised, not read."""

from __future__ import annotations

import re

from audit.models import Link
from audit.parse.address import host, query
from audit.platforms._keyed.soundcloud import SoundCloudApi
from audit.platforms._recognised import Recognised, account_in, segments_of

_HANDLE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,48}[A-Za-z0-9_])?")
_WORDS = frozenset({
    "discover", "stream", "search", "upload", "pages", "tags", "charts", "you", "settings", "messages",
    "notifications", "login", "logout", "signin", "signup", "connect", "oembed", "player", "jobs", "terms-of-use",
    "imprint", "people", "popular", "stations", "go", "checkout", "mobile", "apps", "download", "community-guidelines",
    "groups", "oauth", "explore", "library", "feed", "creators", "for-artists", "sets", "tracks",
})  # fmt: skip
_TABS = frozenset(
    {"tracks", "albums", "sets", "reposts", "popular-tracks", "likes", "followers", "following", "comments"}
)


class SoundCloud(Recognised):
    """soundcloud.com accounts."""

    name = "soundcloud"
    title = "SoundCloud"
    hosts = frozenset({"soundcloud.com", "sndcdn.com", "snd.sc"})
    roles = (*SoundCloudApi.roles, "profile")
    api = SoundCloudApi()
    robots_note = "The site turns automatic readers away; the official API needs a key."

    def link(self, url: str) -> Link | None:
        """`/{user}` and its tabs, also as what a player plays; tracks, sets, searches and short links are none."""
        if host(url) == "w.soundcloud.com":
            played = query(url).get("url", "")
            return None if host(played) == "w.soundcloud.com" else self.link(played)
        if host(url) not in ("soundcloud.com", "www.soundcloud.com", "m.soundcloud.com"):
            return None
        handle = account_in(segments_of(url), _HANDLE, _WORDS, _TABS)
        if handle is None:
            return None
        handle = handle.lower()
        return Link(company="client", platform=self.name, handle=handle, url=f"https://soundcloud.com/{handle}")


PLATFORM = SoundCloud()
