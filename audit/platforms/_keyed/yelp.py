"""Yelp's Places API: rating and number of reviews of a business. What it says may be kept for 24 hours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar
from urllib.parse import quote

from audit.models import Link, Page, Profile, State
from audit.parse.structured import JsonBlock
from audit.platforms._api import ACCOUNT, KeyedApi
from audit.platforms._shown import stars_of


class YelpApi(KeyedApi):
    """A business by its alias."""

    platform = "yelp"
    credential = "yelp"
    kept_days = 1  # Yelp's API terms: nothing but ids beyond 24 hours
    hosts = frozenset({"api.yelp.com"})
    roles = (ACCOUNT,)
    reads = frozenset(roles)
    handle_path = "/alias"
    name_paths = ("/id",)
    states: ClassVar[Mapping[str, State]] = {
        "business_not_found": State.MISSING,
        "business_unavailable": State.SHELL,
        "access_limit_reached": State.RATE_LIMITED,
        "too_many_requests_per_second": State.RATE_LIMITED,
    }

    def account_url(self, link: Link) -> str:
        """The business."""
        return f"https://api.yelp.com/v3/businesses/{quote(link.handle, safe='')}"

    def profile(self, link: Link, page: Page, account: JsonBlock) -> Profile:
        """Rating and number of reviews."""
        return replace(
            super().profile(link, page, account),
            name=account.text("/name"),
            location=account.text("/location/city"),
            category=account.text("/categories/0/title"),
            rating=stars_of(account, "/rating"),
            reviews=account.count("/review_count"),
        )
