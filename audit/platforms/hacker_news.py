"""Hacker News accounts: recognised, not read."""

from __future__ import annotations

import re

from audit.models import Link
from audit.parse.address import host, query
from audit.platforms._recognised import Recognised, segments_of

_HANDLE = re.compile(r"[A-Za-z0-9_-]{2,32}")


class HackerNews(Recognised):
    """news.ycombinator.com."""

    name = "hacker_news"
    title = "Hacker News"
    hosts = frozenset({"news.ycombinator.com"})
    robots_note = "The interface for everybody is open; this audit does not read it yet."

    def link(self, url: str) -> Link | None:
        """`/user?id={name}`; stories, comments, lists and the submit form are none."""
        if host(url) != "news.ycombinator.com" or segments_of(url) != ["user"]:
            return None
        handle = query(url).get("id", "")
        if not _HANDLE.fullmatch(handle):
            return None
        return Link(
            company="client",
            platform=self.name,
            handle=handle,
            url=f"https://news.ycombinator.com/user?id={handle}",
        )


PLATFORM = HackerNews()
