"""Napster (before: Rhapsody): its streaming service closed, so a link to it is a link to nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping

from audit.models import Link, Page, Profile, Refusal, Request, Source, State
from audit.parse.address import host, host_matches, path_segments
from audit.parse.document import Document
from audit.platforms._ability import Checked
from audit.platforms._base import Platform

CLOSED = "The streaming service closed on 1 January 2026."
_KINDS = frozenset({"artist", "artists", "album", "playlist", "member", "members"})
_CODE = re.compile(r"[A-Za-z0-9._~-]{1,100}")


class Napster(Platform):
    """napster.com and rhapsody.com. Every profile is retired; nothing is asked."""

    name = "napster"
    title = "Napster"
    hosts = frozenset({"napster.com", "rhapsody.com"})
    robots_note = "Closed: nothing is asked."
    way_in = (
        "Remove the old Napster link, or replace it with the artist's page on a service that is still open "
        "(Spotify, Apple Music, YouTube Music, Deezer, SoundCloud)."
    )
    keyless = False
    retired = CLOSED
    checked = Checked(pages="2016-04-18")

    def link(self, url: str) -> Link | None:
        """`/artist/{id or name}` on any of the old hosts (also members and playlists of a label)."""
        if not host_matches(url, self.hosts) or host(url).startswith(("api.", "developer.", "account.")):
            return None
        segments = [segment for segment in path_segments(url) if segment.lower() not in ("v2.2", "v2.1")]
        if len(segments) < 2 or segments[0].lower() not in _KINDS or not _CODE.fullmatch(segments[1]):
            return None
        return self._link(segments[1], f"https://web.napster.com/{segments[0].lower()}/{segments[1]}")

    def role(self, url: str) -> str | None:
        """Every page and API answer of the service plays the profile."""
        return "profile" if host_matches(url, self.hosts) else None

    def wants(self, link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
        """Nothing: there is nobody left to answer."""
        return {}

    def read(self, link: Link, pages: Mapping[str, Page]) -> Profile:
        """A retired profile, whatever is stored."""
        source = next((page.source for page in pages.values()), Source.PUBLIC)
        return self.blank(link, state=State.RETIRED, source=source, reason=CLOSED)

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal:
        """Retired, always."""
        return Refusal(state=State.RETIRED, reason=CLOSED)

    def values(self, link: Link, page: Page, document: Document) -> None:
        """Old answers show nothing of today."""
        return


PLATFORM = Napster()
