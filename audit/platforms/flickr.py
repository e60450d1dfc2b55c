"""Flickr photo streams: recognised, not read."""

from __future__ import annotations

import re

from audit.models import Link
from audit.platforms._recognised import STAND_INS, Recognised, is_front_door, segments_of

_HANDLE = re.compile(r"[A-Za-z0-9_-]{2,60}|\d{4,12}@N\d\d")
_WORDS = frozenset({
    "photos", "people", "groups", "explore", "search", "tags", "map", "services", "help", "about", "account", "upload",
    "commons", "cameras", "creativecommons", "photo.gne", "signin", "signup", "login", "join", "prints", "jobs",
    "apps", "events", "galleries", "places", "the-commons", "trending", "tour", "blog", "me", "mail", "new", "create",
    "gp", "photosof", "recent", "license", "guidelines", "terms", "privacy", "badge_code_v2", "slideshow",
    "apps_and_plugins",
})  # fmt: skip
_TABS = frozenset({"albums", "sets", "favorites", "faves", "galleries", "groups", "contacts", "collections", "about"})


class Flickr(Recognised):
    """flickr.com: a stream and its owner's page are one account."""

    name = "flickr"
    title = "Flickr"
    hosts = frozenset({"flickr.com", "flic.kr", "staticflickr.com"})
    robots_note = "The terms forbid mass copying; the official API needs a key."

    def link(self, url: str) -> Link | None:
        """`/photos/{name}`, `/people/{name}` with their tabs, `/{name}`; photos, albums, groups, tags are none."""
        segments = segments_of(url)
        if not is_front_door(url, r"flickr\.com", names="www|m|secure"):
            return None
        if segments[:1] in (["photos"], ["people"]):
            segments = segments[1:]
        elif len(segments) != 1:
            return None
        if not segments or len(segments) > 2 or (len(segments) == 2 and segments[1].lower() not in _TABS):
            return None
        handle = segments[0]
        if not _HANDLE.fullmatch(handle) or handle.lower() in _WORDS | STAND_INS:
            return None
        return Link(company="client", platform=self.name, handle=handle, url=f"https://www.flickr.com/photos/{handle}/")


PLATFORM = Flickr()
