"""Google: a place by its place id (Places API, New), an entity by its number (Knowledge Graph Search API).

A place's number on the map (cid) and its short name open neither. Of Places only the place id may be kept for long.
Answers of the Places API that came before it (Place Details) are read where a person has saved them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar
from urllib.parse import quote

from audit.models import Link, Page, Profile, Refusal, Request, State
from audit.parse.address import host, path_segments, query
from audit.parse.document import Document
from audit.parse.structured import JsonBlock
from audit.platforms._api import ACCOUNT, KeyedApi
from audit.platforms._shown import stars_of

_PLACE = "https://places.googleapis.com/v1/places"
_ENTITY = "https://kgsearch.googleapis.com/v1/entities:search"
_OLD_HOST = "maps.googleapis.com"
_OLD_PATH = ["maps", "api", "place", "details", "json"]
_OLD_STATES = {
    "REQUEST_DENIED": State.NO_CREDENTIAL,
    "OVER_QUERY_LIMIT": State.RATE_LIMITED,
    "OVER_DAILY_LIMIT": State.RATE_LIMITED,
    "INVALID_REQUEST": State.FAILED,
    "UNKNOWN_ERROR": State.FAILED,
}
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
    hosts = frozenset({"places.googleapis.com", "kgsearch.googleapis.com", _OLD_HOST})
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

    def role(self, url: str) -> str | None:
        """On the host of the old API only the answers about one place."""
        return None if host(url) == _OLD_HOST and path_segments(url) != _OLD_PATH else super().role(url)

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
        old = answer.block("/result")
        if isinstance(old.at("/place_id"), str):
            return old
        return answer if answer.at("/displayName/text") is not None else None

    def names(self, account: JsonBlock) -> tuple[str, ...]:
        """Place id, entity number, number on the map."""
        entity = str(account.at("/@id") or "").removeprefix("kg:")
        on_map = next((str(account.at(path)) for path in ("/googleMapsUri", "/url") if account.at(path)), "")
        return (str(account.at("/place_id") or ""), str(account.at("/id") or ""), entity, query(on_map).get("cid", ""))

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """Also the old API's, whose errors are words beside an empty list."""
        answer = JsonBlock(document.json, page.role, "#")
        state = _OLD_STATES.get(str(answer.at("/status")))
        if state is not None:
            words = answer.text("/error_message", "/status")
            return Refusal(state=state, reason=words.value[:200] if words else str(answer.at("/status")))
        return super().refusal(link, page, document)

    def missing(self, answer: JsonBlock) -> str:
        """An empty list of entities; the old API's word for a place that is not there."""
        if answer.at("/status") in ("NOT_FOUND", "ZERO_RESULTS"):
            return f"the Places API knows no such place: {answer.at('/status')}"
        return "the Knowledge Graph knows no such entity" if answer.at("/itemListElement") == [] else ""

    def profile(self, link: Link, page: Page, account: JsonBlock) -> Profile:
        """Rating and number of reviews of a place; name and description of either."""
        return replace(
            self.blank(link, page),
            name=account.text("/displayName/text", "/name"),
            bio=account.text("/editorialSummary/text", "/detailedDescription/articleBody", "/description"),
            website=account.text("/websiteUri", "/website", *([] if account.at("/place_id") else ["/url"])),
            category=account.text("/primaryTypeDisplayName/text"),
            location=account.text("/shortFormattedAddress", "/formatted_address"),
            avatar=account.text("/image/contentUrl"),
            rating=stars_of(account, "/rating"),
            reviews=account.count("/userRatingCount", "/user_ratings_total"),
        )
