"""Trustpilot review pages: recognised, not read."""

from __future__ import annotations

import re

from audit.models import Link
from audit.platforms._keyed.trustpilot import TrustpilotApi
from audit.platforms._recognised import Recognised, is_front_door, segments_of

_DOMAIN = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z][a-z0-9-]{1,61}")
_NO_DOMAINS = frozenset({"example.com", "yourdomain.com", "domain.com", "yourwebsite.com"})


class Trustpilot(Recognised):
    """trustpilot.com in all its languages. The handle is the domain that is judged, with `www.` where it is its own."""

    name = "trustpilot"
    title = "Trustpilot"
    hosts = frozenset({"trustpilot.com", "trustpilot.net"})
    roles = (*TrustpilotApi.roles, "profile")
    api = TrustpilotApi()
    robots_note = "robots.txt closes the whole site to unnamed readers, and the terms forbid automated reading."

    def link(self, url: str) -> Link | None:
        """`/review/{domain}`; invitations to judge, categories and people are none."""
        segments = segments_of(url)
        if not is_front_door(url, r"trustpilot\.com") or len(segments) != 2 or segments[0].lower() != "review":
            return None
        domain = segments[1].lower()
        if not _DOMAIN.fullmatch(domain) or domain in _NO_DOMAINS:
            return None
        return Link(
            company="client", platform=self.name, handle=domain, url=f"https://www.trustpilot.com/review/{domain}"
        )


PLATFORM = Trustpilot()
