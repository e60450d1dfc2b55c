"""Vimeo users and channels: recognised, not read."""

from __future__ import annotations

import re

from audit.models import Link
from audit.platforms._keyed.vimeo import VimeoApi
from audit.platforms._recognised import Recognised, account_in, is_front_door, segments_of

_HANDLE = re.compile(r"(?!\d+$)[A-Za-z0-9_-]{2,50}")
_WORDS = frozenset({
    "channels", "groups", "ondemand", "showcase", "album", "event", "events", "player", "video", "videos", "watch",
    "categories", "search", "log_in", "login", "join", "upgrade", "upload", "features", "about", "help", "settings",
    "share", "manage", "create", "enterprise", "stock", "blog", "explore", "staffpicks", "solutions", "api",
    "site_map", "terms", "privacy", "cookie_policy", "jobs", "live", "ott", "home", "tools", "moogaloop.swf", "user",
    "watchlater", "for-hire", "livestream", "business", "pro", "plus", "store", "apps", "maker", "professionals",
    "integrations",
})  # fmt: skip
_TABS = frozenset({"videos", "about", "likes", "following", "followers", "albums", "channels", "collections"})


class Vimeo(Recognised):
    """vimeo.com. A channel's handle is `channels/{name}`: a user may have the same name."""

    name = "vimeo"
    title = "Vimeo"
    hosts = frozenset({"vimeo.com", "vimeocdn.com"})
    roles = (*VimeoApi.roles, "profile")
    api = VimeoApi()
    robots_note = "Its robots.txt is not known to permit reading; the official API needs a key."

    def link(self, url: str) -> Link | None:
        """`/{user}` and its tabs, `/channels/{name}`; videos, groups, showcases and the player are none."""
        if not is_front_door(url, r"vimeo\.com"):
            return None
        segments = segments_of(url)
        if len(segments) == 2 and segments[0] == "channels" and _HANDLE.fullmatch(segments[1]):
            handle = f"channels/{segments[1]}"
        else:
            handle = account_in(segments, _HANDLE, _WORDS, _TABS) or ""
        if not handle:
            return None
        return Link(company="client", platform=self.name, handle=handle, url=f"https://vimeo.com/{handle}")


PLATFORM = Vimeo()
