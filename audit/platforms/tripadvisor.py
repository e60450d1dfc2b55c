"""Tripadvisor listings: rating and reviews of a place, by the API or as a person saved its page."""

from __future__ import annotations

import re

from audit.models import Link
from audit.parse.persons import Persons
from audit.platforms._ability import Checked, Control, Shown
from audit.platforms._keyed.tripadvisor import TripadvisorApi
from audit.platforms._persons import EVERYWHERE
from audit.platforms._rated_places import RatedPlaces
from audit.platforms._recognised import is_front_door, segments_of

_SUFFIXES = (
    "com", "it", "de", "fr", "es", "at", "ch", "nl", "be", "se", "dk", "no", "fi", "ie", "pt", "ru", "in", "ca", "jp",
    "cl", "cn", "cz", "sk", "rs", "co.uk", "co.hu", "co.id", "co.il", "co.kr", "co.nz", "co.za", "com.ar", "com.au",
    "com.br", "com.co", "com.eg", "com.gr", "com.hk", "com.mx", "com.my", "com.pe", "com.ph", "com.sg", "com.tr",
    "com.tw", "com.ve", "com.vn", "com.ua",
)  # fmt: skip
_DOMAINS = r"tripadvisor\.(?:" + "|".join(map(re.escape, _SUFFIXES)) + ")"
_LISTING = re.compile(
    r"(Hotel|Restaurant|Attraction|AttractionProduct|VacationRental|Airline)_Review-g(\d{1,10})-d(\d{1,12})(?:-.*)?"
)


class Tripadvisor(RatedPlaces):
    """tripadvisor.com and its sites by country. The handle is the listing's number, with its `d`."""

    name = "tripadvisor"
    title = "Tripadvisor"
    hosts = frozenset({f"tripadvisor.{suffix}" for suffix in _SUFFIXES} | {"tacdn.com"})
    roles = (*TripadvisorApi.roles, "profile")
    persons = EVERYWHERE | Persons(
        keys=frozenset({"user", "userProfile", "memberProfile", "text", "title", "owner_response", "mgmtResponse"}),
        addresses=frozenset({"/Profile/"}),
        attributes=frozenset({"data-reviewid"}),
        words=frozenset({"reviewCard", "HR_CC_CARD", "review-container"}),
    )
    api = TripadvisorApi()
    robots_note = "The site turns automatic readers away, and the terms forbid them; the official API needs a key."
    by_page = Shown(fields="name location avatar rating reviews")
    by_key = Shown(fields="name bio website location category rating reviews")
    checked = Checked(documentation="2026-11")
    control = Control(
        known="https://www.tripadvisor.com/Attraction_Review-g187147-d188151",
        unknown="https://www.tripadvisor.com/Attraction_Review-g187147-d999999999999",
        key="name rating reviews",
    )

    def link(self, url: str) -> Link | None:
        """`/…_Review-g{place}-d{listing}…`; towns, single reviews, forms and lists are none."""
        segments = segments_of(url)
        if not is_front_door(url, _DOMAINS) or len(segments) != 1:
            return None
        listing = _LISTING.fullmatch(segments[0])
        if listing is None:
            return None
        kind, place, number = listing.groups()
        address = f"https://www.tripadvisor.com/{kind}_Review-g{place}-d{number}"
        return self._link(f"d{number}", address)


PLATFORM = Tripadvisor()
