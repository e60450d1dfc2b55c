"""Medium authors and publications: recognised, not read."""

from __future__ import annotations

import re

from audit.models import Link
from audit.parse.address import host
from audit.platforms._recognised import STAND_INS, Recognised, is_front_door, segments_of

_USER = re.compile(r"@[A-Za-z0-9_.-]{1,60}")
_PUBLICATION = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,60}[A-Za-z0-9])?")
_BELOW = re.compile(r"([a-z0-9](?:[a-z0-9-]{0,60}[a-z0-9])?)\.medium\.com")
_WORDS = frozenset({
    "m", "p", "tag", "tags", "search", "policy", "about", "membership", "me", "new-story", "topics", "topic", "feed",
    "r", "creators", "business", "jobs-at-medium", "plans", "explore-topics", "partner-program", "media", "sitemap",
    "_", "collections", "series", "s", "u", "earn", "verified-authors", "gift", "clap", "archive", "login", "signin",
})  # fmt: skip
_NO_NAMES = frozenset(
    {"www", "m", "help", "api", "cdn", "cdn-images-1", "miro", "policy", "blog", "link", "glyph", "status"}
)
_TABS = frozenset({"about", "followers", "following", "latest", "all", "archive", "home", "lists", "subscribe"})


class Medium(Recognised):
    """medium.com: authors are `/@name`, publications `/name`, both also `name.medium.com`."""

    name = "medium"
    title = "Medium"
    hosts = frozenset({"medium.com"})
    robots_note = "Feeds are offered to readers; this audit does not read them yet."

    def link(self, url: str) -> Link | None:
        """An author or a publication with its tabs; stories, tags, the login are none."""
        segments = segments_of(url)
        below = _BELOW.fullmatch(host(url))
        if below is not None and below.group(1) not in _NO_NAMES:
            if segments and not (len(segments) == 1 and segments[0] in _TABS):
                return None
            return self._link(below.group(1), f"https://{host(url)}/")
        if not is_front_door(url, r"medium\.com") or not segments or len(segments) > 2:
            return None
        name = segments[0]
        if (len(segments) == 2 and segments[1] not in _TABS) or name.lower().lstrip("@") in STAND_INS:
            return None
        if _USER.fullmatch(name) or (_PUBLICATION.fullmatch(name) and name.lower() not in _WORDS):
            return self._link(name.lstrip("@"), f"https://medium.com/{name}")
        return None

    def _link(self, handle: str, url: str) -> Link:
        return Link(company="client", platform=self.name, handle=handle, url=url)


PLATFORM = Medium()
