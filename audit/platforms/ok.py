"""Odnoklassniki groups and profiles: recognised, not read."""

from __future__ import annotations

import re

from audit.models import Link
from audit.platforms._recognised import STAND_INS, Recognised, is_front_door, segments_of

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{2,49}")
_NUMBER = re.compile(r"\d{5,20}")
_GROUP = re.compile(r"group(\d{5,20})")
_WORDS = frozenset({
    "dk", "video", "videos", "game", "games", "app", "apps", "music", "live", "search", "feed", "help", "offer",
    "offers", "profile", "group", "groups", "login", "regulations", "about", "videoembed", "messages", "guests",
    "marks", "cdk", "settings", "mall", "shop", "gifts", "online", "friends", "business", "discussions", "bookmarks",
    "topic", "photo",
})  # fmt: skip


class Ok(Recognised):
    """ok.ru, before: odnoklassniki.ru. Groups without a name of their own are known by number."""

    name = "ok"
    title = "OK"
    hosts = frozenset({"ok.ru", "odnoklassniki.ru"})
    robots_note = "The terms forbid automated reading; the official API needs a key."

    def link(self, url: str) -> Link | None:
        """`/{name}`, `/group/{id}`, `/profile/{id}`; topics, videos, share forms are none."""
        segments = segments_of(url)
        if not is_front_door(url, r"(?:ok|odnoklassniki)\.ru") or not segments or len(segments) > 2:
            return None
        numbered = _GROUP.fullmatch(segments[0])
        if numbered is not None:
            segments = ["group", numbered.group(1), *segments[1:]]
        if len(segments) == 2 and segments[0] in ("group", "profile") and _NUMBER.fullmatch(segments[1]):
            handle = f"{segments[0]}/{segments[1]}"
            return self._link(handle, f"https://ok.ru/{handle}")
        if len(segments) != 1 or not _NAME.fullmatch(segments[0]) or segments[0].lower() in _WORDS | STAND_INS:
            return None
        return self._link(segments[0], f"https://ok.ru/{segments[0]}")


PLATFORM = Ok()
