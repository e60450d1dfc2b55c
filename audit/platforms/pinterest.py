"""Pinterest profiles: recognised, not read."""

from __future__ import annotations

import re

from audit.models import Link
from audit.platforms._keyed.pinterest import PinterestApi
from audit.platforms._recognised import STAND_INS, Recognised, is_front_door, segments_of

_SUFFIXES = (
    "com", "at", "be", "ca", "ch", "cl", "co", "co.at", "co.in", "co.kr", "co.nz", "co.uk", "com.au", "com.bo",
    "com.br", "com.ec", "com.mx", "com.pe", "com.py", "com.uy", "com.vn", "cz", "de", "dk", "ec", "es", "fi", "fr",
    "gr", "hu", "id", "ie", "in", "info", "it", "jp", "kr", "mx", "nl", "no", "nz", "pe", "ph", "pl", "pt", "ro", "ru",
    "se", "sk", "th", "tr", "tw", "uk", "vn",
)  # fmt: skip
_DOMAINS = r"pinterest\.(?:" + "|".join(map(re.escape, _SUFFIXES)) + ")"
_HANDLE = re.compile(r"[a-z0-9_]{2,30}")
_WORDS = frozenset({
    "pin", "pins", "search", "ideas", "topics", "categories", "category", "resource", "_", "business", "today",
    "login", "signup", "join", "about", "explore", "discover", "videos", "settings", "password", "oauth", "v1", "v3",
    "v5", "api", "static", "terms", "convert", "ads", "source", "domain", "news_hub", "homefeed", "create", "shop",
    "pinterest", "logout", "invited", "offsite", "widgets", "embed", "user",
})  # fmt: skip


class Pinterest(Recognised):
    """pinterest.com and its sites by country. A board belongs to the profile that it stands below."""

    name = "pinterest"
    title = "Pinterest"
    hosts = frozenset({f"pinterest.{suffix}" for suffix in _SUFFIXES} | {"pin.it", "pinimg.com"})
    roles = (*PinterestApi.roles, "profile")
    api = PinterestApi()
    robots_note = "The terms forbid automated reading, and the official API shows an account to its owner alone."

    def link(self, url: str) -> Link | None:
        """`/{user}`, its tabs (`_created`, `_saved`) and its boards; pins, searches and the button are none."""
        segments = segments_of(url)
        if not is_front_door(url, _DOMAINS) or not 1 <= len(segments) <= 3:
            return None
        handle = segments[0].lower()
        if not _HANDLE.fullmatch(handle) or handle in _WORDS | STAND_INS:
            return None
        return Link(company="client", platform=self.name, handle=handle, url=f"https://www.pinterest.com/{handle}/")


PLATFORM = Pinterest()
