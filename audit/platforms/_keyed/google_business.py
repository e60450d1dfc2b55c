"""Google: a place by its place id (Places API, New), an entity by its number (Knowledge Graph Search API).

A place's number on the map (cid) and its short name open neither. Of Places only the place id may be kept for long.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar
from urllib.parse import quote

from audit.models import Link, Page, Profile, Request, State
from audit.parse.structured import JsonBlock
from audit.platforms._api import ACCOUNT, KeyedApi
from audit.platforms._shown import stars_of

_PLACE = "https://places.googleapis.com/v1/places"
_ENTITY = "https://kgsearch.googleapis.com/v1/entities:search"
_PLACE_ID = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9_-]{20,300}")
_FIELDS = (
    "id,displayName,primaryTypeDisplayName,businessStatus,rating,userRatingCount,websiteUri,googleMapsUri,"
    "shortFormattedAddress,editorialSummary"
)


class GoogleApi(KeyedApi):
    """Places and entities."""

    platform = "google_business"
    credential = "google_places"
    kept_days = 30  # Google Maps Platform terms: Places content but for ids no longer than 30 days
    hosts = frozenset({"places.googleapis.com", "kgsearch.googleapis.com"})
    roles = (ACCOUNT,)
    reads = frozenset(roles)
    only = True
    states: ClassVar[Mapping[str, State]] = {
        "api key": State.NO_CREDENTIAL,
        "api_key": State.NO_CREDENTIAL,
        "permission_denied": State.NO_CREDENTIAL,
        "resource_exhausted": State.RATE_LIMITED,
        "quota": State.RATE_LIMITED,
    }

    def account_url(self, link: Link) -> str:
        """The place or the entity; "" for what neither API knows."""
        if link.handle.startswith(("/g/", "/m/")):
            return f"{_ENTITY}?ids={quote(link.handle, safe='/')}&limit=1"
        if not _PLACE_ID.fullmatch(link.handle) or "place_id:" not in link.url:
            return ""
        return f"{_PLACE}/{link.handle}?fields={_FIELDS}"

    def request(self, url: str, role: str) -> Request:
        """Each API with its own way of showing the same key."""
        plain = super().request(url, role)
        return replace(plain, credential="google_knowledge_graph") if url.startswith(_ENTITY) else plain

    def account(self, answer: JsonBlock) -> JsonBlock | None:
        """The place, or the only entity."""
        entities = list(answer.items("/itemListElement"))
        if len(entities) == 1:
            return entities[0].block("/result")
        return answer if answer.at("/displayName/text") is not None else None

    def names(self, account: JsonBlock) -> tuple[str, ...]:
        """Place id or entity number."""
        entity = str(account.at("/@id") or "").removeprefix("kg:")
        return (str(account.at("/id") or ""), entity)

    def missing(self, answer: JsonBlock) -> str:
        """An empty list of entities."""
        return "the Knowledge Graph knows no such entity" if answer.at("/itemListElement") == [] else ""

    def profile(self, link: Link, page: Page, account: JsonBlock) -> Profile:
        """Rating and number of reviews of a place; name and description of either."""
        return replace(
            self.blank(link, page),
            name=account.text("/displayName/text", "/name"),
            bio=account.text("/editorialSummary/text", "/detailedDescription/articleBody", "/description"),
            website=account.text("/websiteUri", "/url"),
            category=account.text("/primaryTypeDisplayName/text"),
            location=account.text("/shortFormattedAddress"),
            avatar=account.text("/image/contentUrl"),
            rating=stars_of(account, "/rating"),
            reviews=account.count("/userRatingCount"),
        )
