"""Wikidata items about a company: recognised; what they state of its accounts is read by discovery."""

from __future__ import annotations

import re

from audit.models import Link
from audit.platforms._recognised import Recognised, is_front_door, segments_of

_ITEM = re.compile(r"Q[1-9]\d{0,11}")


class Wikidata(Recognised):
    """wikidata.org. The handle is the item's number."""

    name = "wikidata"
    title = "Wikidata"
    hosts = frozenset({"wikidata.org"})
    robots_note = "The interface for everybody is open; discovery reads what an item states of a company's accounts."

    def link(self, url: str) -> Link | None:
        """`/wiki/Q…` and `/entity/Q…`; properties, queries and all other pages are none."""
        segments = segments_of(url)
        if not is_front_door(url, r"wikidata\.org") or len(segments) != 2 or segments[0] not in ("wiki", "entity"):
            return None
        item = segments[1].upper()
        if not _ITEM.fullmatch(item):
            return None
        return Link(company="client", platform=self.name, handle=item, url=f"https://www.wikidata.org/wiki/{item}")


PLATFORM = Wikidata()
