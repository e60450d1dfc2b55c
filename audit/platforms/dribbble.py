"""Dribbble designers and teams: recognised, not read."""

from __future__ import annotations

import re

from audit.models import Link
from audit.platforms._recognised import Recognised, account_in, is_front_door, segments_of

_HANDLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{1,49}")
_WORDS = frozenset({
    "shots", "jobs", "designers", "tags", "search", "session", "signup", "pro", "teams", "learn", "freelance-jobs",
    "resources", "stories", "uploads", "following", "goods", "marketplace", "about", "contact", "terms", "privacy",
    "account", "auth", "hiring", "colors", "places", "projects", "tour", "login", "api", "collections", "buckets",
    "testimonials", "talent", "advertise", "branding", "animation", "illustration", "mobile", "print", "typography",
})  # fmt: skip
_TABS = frozenset({"about", "shots", "collections", "liked_shots", "likes", "services", "members", "work", "projects"})


class Dribbble(Recognised):
    """dribbble.com accounts."""

    name = "dribbble"
    title = "Dribbble"
    hosts = frozenset({"dribbble.com"})
    robots_note = "Its robots.txt is not known to permit reading; the official API needs a key."

    def link(self, url: str) -> Link | None:
        """`/{name}` and its tabs; shots, tags, jobs, searches are none."""
        if not is_front_door(url, r"dribbble\.com"):
            return None
        handle = account_in(segments_of(url), _HANDLE, _WORDS, _TABS)
        if handle is None:
            return None
        handle = handle.lower()
        return Link(company="client", platform=self.name, handle=handle, url=f"https://dribbble.com/{handle}")


PLATFORM = Dribbble()
