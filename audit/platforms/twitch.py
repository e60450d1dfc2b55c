"""Twitch channels: recognised, not read."""

from __future__ import annotations

import re

from audit.models import Link
from audit.platforms._keyed.twitch import TwitchApi
from audit.platforms._recognised import Recognised, account_in, is_front_door, segments_of

_HANDLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_]{3,24}")
_WORDS = frozenset({
    "directory", "videos", "downloads", "jobs", "search", "subs", "settings", "login", "signup", "store", "turbo",
    "user", "friends", "inventory", "wallet", "prime", "popout", "embed", "collections", "event", "events", "team",
    "products", "subscriptions", "drops", "broadcast", "creatorcamp", "privacy", "annual-recap", "moderator",
    "dashboard", "partner",
})  # fmt: skip
_TABS = frozenset({"about", "schedule", "videos", "clips", "home", "followers", "following", "collections", "events"})


class Twitch(Recognised):
    """twitch.tv channels."""

    name = "twitch"
    title = "Twitch"
    hosts = frozenset({"twitch.tv", "ttvnw.net", "jtvnw.net"})
    roles = (*TwitchApi.roles, "profile")
    api = TwitchApi()
    robots_note = "The page holds no figures; the official API needs a key."

    def link(self, url: str) -> Link | None:
        """`/{login}` and its tabs; videos, clips, the directory and the player are none."""
        if not is_front_door(url, r"twitch\.tv", names="www|m|go"):
            return None
        handle = account_in(segments_of(url), _HANDLE, _WORDS, _TABS)
        if handle is None:
            return None
        handle = handle.lower()
        return Link(company="client", platform=self.name, handle=handle, url=f"https://www.twitch.tv/{handle}")


PLATFORM = Twitch()
