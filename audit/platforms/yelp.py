"""Yelp listings: stars and reviews of a place, by the API or as a person saved its page."""

from __future__ import annotations

import re
from urllib.parse import quote

from audit.models import Link
from audit.parse.persons import Persons
from audit.platforms._ability import Checked, Control, Shown
from audit.platforms._keyed.yelp import YelpApi
from audit.platforms._persons import EVERYWHERE
from audit.platforms._rated_places import RatedPlaces
from audit.platforms._recognised import STAND_INS, is_front_door, segments_of

_SUFFIXES = (
    "com", "it", "de", "fr", "es", "at", "ch", "nl", "be", "se", "dk", "no", "fi", "ie", "pt", "pl", "cz", "ca", "cl",
    "co.uk", "co.jp", "co.nz", "com.ar", "com.au", "com.br", "com.hk", "com.mx", "com.ph", "com.sg", "com.tr",
    "com.tw", "my",
)  # fmt: skip
_DOMAINS = r"yelp\.(?:" + "|".join(map(re.escape, _SUFFIXES)) + ")"
_ALIAS = re.compile(r"[\w&'’.+-]{2,150}")


class Yelp(RatedPlaces):
    """yelp.com and its sites by country."""

    name = "yelp"
    title = "Yelp"
    hosts = frozenset({f"yelp.{suffix}" for suffix in _SUFFIXES} | {"yelpcdn.com", "yelp.to"})
    roles = (*YelpApi.roles, "profile")
    persons = EVERYWHERE | Persons(
        keys=frozenset({"user", "userProfile", "author", "markupDisplayName"}),
        types=frozenset({"User", "BasicAuthUser"}),
        addresses=frozenset({"/user_details"}),
        prefixes=frozenset({"comment__", "user-passport"}),
    )
    api = YelpApi()
    robots_note = "The site turns automatic readers away, and the terms forbid them; the official API needs a key."
    by_page = Shown(fields="name location avatar rating reviews")
    by_key = Shown(fields="name location category rating reviews")
    checked = Checked(documentation="2026-11")
    control = Control(
        known="https://www.yelp.com/biz/yelp-san-francisco",
        unknown="https://www.yelp.com/biz/finestra-no-such-7q4x9k2mw5z8",
        key="name rating reviews",
    )

    def link(self, url: str) -> Link | None:
        """`/biz/{alias}`; photos, forms, searches, people are none."""
        segments = segments_of(url)
        if not is_front_door(url, _DOMAINS) or len(segments) != 2 or segments[0].lower() != "biz":
            return None
        alias = segments[1]
        if not _ALIAS.fullmatch(alias) or alias.lower() in STAND_INS:
            return None
        return self._link(alias, f"https://www.yelp.com/biz/{quote(alias, safe='')}")


PLATFORM = Yelp()
