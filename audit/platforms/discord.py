"""Discord servers by their invitation: recognised, not read."""

from __future__ import annotations

import re

from audit.models import Link
from audit.platforms._recognised import Recognised, is_front_door, segments_of

_CODE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,60}[A-Za-z0-9])?")
_WORDS = frozenset({"invite", "channels", "api", "oauth2", "widget", "login", "register", "example", "your-server"})


class Discord(Recognised):
    """discord.gg, discord.com/invite. The handle is the invitation's code."""

    name = "discord"
    title = "Discord"
    hosts = frozenset({"discord.gg", "discord.com", "discordapp.com", "discordapp.net", "discord.me"})
    robots_note = "The interface for invitations is open; this audit does not read it yet."

    def link(self, url: str) -> Link | None:
        """`discord.gg/{code}` and `/invite/{code}`; channels, applications, widgets are none."""
        segments = segments_of(url)
        if is_front_door(url, r"discord(?:app)?\.com", names="www|ptb|canary") and segments[:1] == ["invite"]:
            segments = segments[1:]
        elif is_front_door(url, r"discord\.gg", names="www"):
            segments = segments[1:] if segments[:1] == ["invite"] else segments
        else:
            return None
        if len(segments) != 1 or not _CODE.fullmatch(segments[0]) or segments[0].lower() in _WORDS:
            return None
        code = segments[0]
        return Link(company="client", platform=self.name, handle=code, url=f"https://discord.com/invite/{code}")


PLATFORM = Discord()
