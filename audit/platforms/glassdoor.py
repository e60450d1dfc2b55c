"""Glassdoor employer pages: recognised, not read."""

from __future__ import annotations

import re

from audit.models import Link
from audit.platforms._recognised import Recognised, is_front_door, segments_of

_SUFFIXES = (
    "com", "it", "de", "fr", "es", "at", "ch", "nl", "be", "ie", "in", "ca", "sg", "co.uk", "co.in", "co.nz", "com.au",
    "com.br", "com.ar", "com.mx", "com.hk",
)  # fmt: skip
_DOMAINS = r"glassdoor\.(?:" + "|".join(map(re.escape, _SUFFIXES)) + ")"
_KINDS = frozenset({"overview", "reviews", "bewertungen", "avis", "recensioni", "evaluaciones", "avaliações"})
_EMPLOYER = re.compile(r".*-(?:EI_I)?E(\d{2,10})(?:[._].*)?")


class Glassdoor(Recognised):
    """glassdoor.com and its sites by country. The handle is the employer's number."""

    name = "glassdoor"
    title = "Glassdoor"
    hosts = frozenset({f"glassdoor.{suffix}" for suffix in _SUFFIXES})
    robots_note = "The site turns automatic readers away, and the terms forbid them."

    def link(self, url: str) -> Link | None:
        """The overview or the reviews of an employer; single reviews, salaries, jobs and lists are none."""
        segments = segments_of(url)
        if not is_front_door(url, _DOMAINS) or len(segments) != 2 or segments[0].lower() not in _KINDS:
            return None
        employer = _EMPLOYER.fullmatch(segments[1])
        if employer is None or segments[1].startswith("Employee-Review-"):
            return None
        number = employer.group(1)
        address = f"https://www.glassdoor.com/Overview/-EI_IE{number}.htm"
        return self._link(number, address)


PLATFORM = Glassdoor()
