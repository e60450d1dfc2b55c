"""Reddit communities and accounts: recognised, not read."""

from __future__ import annotations

import re

from audit.models import Link
from audit.platforms._keyed.reddit import RedditApi
from audit.platforms._recognised import STAND_INS, Recognised, is_front_door, segments_of

_COMMUNITY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_]{1,20}")
_ACCOUNT = re.compile(r"[A-Za-z0-9_-]{3,20}")
_NO_COMMUNITIES = frozenset({"all", "popular", "friends", "mod", "random", "subreddits"})
_TABS = frozenset({
    "hot", "new", "top", "rising", "about", "wiki", "overview", "comments", "submitted", "posts", "controversial",
    "rules",
})  # fmt: skip


class Reddit(Recognised):
    """reddit.com. A handle is written as people write it: `r/…` for a community, `u/…` for an account."""

    name = "reddit"
    title = "Reddit"
    hosts = frozenset({"reddit.com", "redd.it", "redditstatic.com", "redditmedia.com"})
    roles = (*RedditApi.roles, "profile")
    api = RedditApi()
    robots_note = "robots.txt closes the whole site to unnamed readers, and the API asks for an agreement."

    def link(self, url: str) -> Link | None:
        """`/r/{community}` and `/user/{name}` with their tabs; posts, the submit button, lists of all are none."""
        segments = segments_of(url)
        if not is_front_door(url, r"reddit\.com", names="www|old|new|np|amp|m|i|sh") or not 2 <= len(segments) <= 3:
            return None
        kind, name = segments[0].lower(), segments[1]
        if len(segments) == 3 and (segments[2].lower() not in _TABS or (kind == "r" and segments[2] == "comments")):
            return None
        if name.lower() in STAND_INS:
            return None
        if kind == "r" and _COMMUNITY.fullmatch(name) and name.lower() not in _NO_COMMUNITIES:
            return self._link(f"r/{name}", f"https://www.reddit.com/r/{name}/")
        if kind in ("u", "user") and _ACCOUNT.fullmatch(name) and name.lower() != "me":
            return self._link(f"u/{name}", f"https://www.reddit.com/user/{name}/")
        return None

    def _link(self, handle: str, url: str) -> Link:
        return Link(company="client", platform=self.name, handle=handle, url=url)


PLATFORM = Reddit()
