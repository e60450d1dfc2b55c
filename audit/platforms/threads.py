"""Threads profiles: recognised, not read."""

from __future__ import annotations

import re

from audit.models import Link
from audit.platforms._ability import Checked, Control, Shown
from audit.platforms._keyed.threads import ThreadsApi
from audit.platforms._recognised import STAND_INS, Recognised, is_front_door, segments_of

_HANDLE = re.compile(r"[a-z0-9._]{1,30}")
_TABS = frozenset({"replies", "media", "reposts"})


class Threads(Recognised):
    """threads.com, threads.net. A name is the Instagram account's own."""

    name = "threads"
    title = "Threads"
    hosts = frozenset({"threads.com", "threads.net"})
    roles = (*ThreadsApi.roles, "profile")
    api = ThreadsApi()
    robots_note = "robots.txt closes the whole site to unnamed readers, and the terms forbid automated reading."
    by_key = Shown(fields="name followers bio verified avatar")
    checked = Checked(documentation="2026-11")
    control = Control(
        known="https://www.threads.com/@threads",
        unknown="https://www.threads.com/@finestra.no.such.7q4x9k2mw5z8",
        key="name followers",
    )

    def link(self, url: str) -> Link | None:
        """`/@{user}` and its tabs; posts, intents, the login are none."""
        segments = segments_of(url)
        if not is_front_door(url, r"threads\.(?:com|net)") or not segments or not segments[0].startswith("@"):
            return None
        handle = segments[0][1:].lower()
        if len(segments) > 2 or (len(segments) == 2 and segments[1].lower() not in _TABS):
            return None
        if not _HANDLE.fullmatch(handle) or handle in STAND_INS:
            return None
        return self._link(handle, f"https://www.threads.com/@{handle}")


PLATFORM = Threads()
