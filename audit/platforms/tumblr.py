"""Tumblr blogs: recognised, not read."""

from __future__ import annotations

import re

from audit.models import Link
from audit.parse.address import host
from audit.platforms._keyed.tumblr import TumblrApi
from audit.platforms._recognised import STAND_INS, Recognised, is_front_door, segments_of

_HANDLE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?")
_BELOW = re.compile(r"([a-z0-9-]{1,32})\.tumblr\.com")
_NO_BLOGS = frozenset(
    {"www", "m", "api", "assets", "static", "platform", "embed", "media", "secure", "cdn", "px", "help"}
)
_WORDS = frozenset({
    "share", "widgets", "reblog", "tagged", "dashboard", "register", "login", "logout", "explore", "search", "blog",
    "policy", "privacy", "about", "apps", "buttons", "docs", "jobs", "settings", "new", "live", "communities",
    "follow", "following", "likes", "inbox", "oauth", "video", "radar", "themes", "press", "developers", "tips",
    "support", "help",
})  # fmt: skip
_TABS = frozenset({"archive", "about", "rss", "ask"})


class Tumblr(Recognised):
    """{blog}.tumblr.com and tumblr.com/{blog}."""

    name = "tumblr"
    title = "Tumblr"
    hosts = frozenset({"tumblr.com"})
    roles = (*TumblrApi.roles, "profile")
    api = TumblrApi()
    robots_note = "Its robots.txt is not known to permit reading; the official API needs a key."

    def link(self, url: str) -> Link | None:
        """A blog and its archive; posts, tags, share forms are none."""
        segments = segments_of(url)
        below = _BELOW.fullmatch(host(url))
        if below is not None and below.group(1) not in _NO_BLOGS:
            segments = [below.group(1), *segments]
        elif not is_front_door(url, r"tumblr\.com"):
            return None
        elif segments[:1] == ["blog"]:
            segments = segments[2:] if segments[1:2] == ["view"] else segments[1:]
        if not segments or len(segments) > 2 or (len(segments) == 2 and segments[1] not in _TABS):
            return None
        blog = segments[0].lower().removeprefix("@")
        if not _HANDLE.fullmatch(blog) or blog in _WORDS | _NO_BLOGS | STAND_INS:
            return None
        return Link(company="client", platform=self.name, handle=blog, url=f"https://{blog}.tumblr.com/")


PLATFORM = Tumblr()
