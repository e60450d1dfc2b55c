"""WhatsApp channels: recognised, not read. Chat links and invitations to groups are no profiles."""

from __future__ import annotations

import re

from audit.models import Link
from audit.platforms._recognised import Recognised, is_front_door, segments_of

_CODE = re.compile(r"[0-9A-Za-z]{20,30}")


class WhatsApp(Recognised):
    """whatsapp.com channels. The handle is the channel's code."""

    name = "whatsapp"
    title = "WhatsApp"
    hosts = frozenset({"whatsapp.com", "wa.me", "whatsapp.net"})
    robots_note = "The terms forbid automated reading."

    def link(self, url: str) -> Link | None:
        """`/channel/{code}`; wa.me, send, group invitations are ways to write, not profiles."""
        segments = segments_of(url)
        if not is_front_door(url, r"whatsapp\.com", names="www") or len(segments) != 2:
            return None
        if segments[0].lower() != "channel" or not _CODE.fullmatch(segments[1]):
            return None
        code = segments[1]
        return self._link(code, f"https://www.whatsapp.com/channel/{code}")


PLATFORM = WhatsApp()
