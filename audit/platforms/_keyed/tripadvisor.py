"""Tripadvisor's Content API: rating and number of reviews of a place. Shown where search engines do not look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from audit.models import Link, Page, Profile, State
from audit.parse.structured import JsonBlock
from audit.platforms._api import ACCOUNT, KeyedApi
from audit.platforms._shown import stars_of

_BASE = "https://api.content.tripadvisor.com/api/v1/location"


class TripadvisorApi(KeyedApi):
    """A place by the number in its address (`…-d123-…`)."""

    platform = "tripadvisor"
    credential = "tripadvisor"
    hosts = frozenset({"api.content.tripadvisor.com"})
    roles = (ACCOUNT,)
    reads = frozenset(roles)
    states: ClassVar[Mapping[str, State]] = {"limit exceeded": State.RATE_LIMITED, "notfound": State.MISSING}

    def account_url(self, link: Link) -> str:
        """The place."""
        number = link.handle.removeprefix("d")
        return f"{_BASE}/{number}/details?language=en" if number.isdigit() else ""

    def account(self, answer: JsonBlock) -> JsonBlock | None:
        """The answer itself."""
        return answer if answer.at("/location_id") is not None and isinstance(answer.at("/name"), str) else None

    def names(self, account: JsonBlock) -> tuple[str, ...]:
        """The number, as the handle is written."""
        return (f"d{account.at('/location_id')}",)

    def profile(self, link: Link, page: Page, account: JsonBlock) -> Profile:
        """Rating (a text, like "4.5") and number of reviews."""
        return replace(
            self.blank(link, page),
            name=account.text("/name"),
            bio=account.text("/description"),
            website=account.text("/website"),
            location=account.text("/address_obj/city"),
            category=account.text("/category/localized_name"),
            rating=stars_of(account, "/rating"),
            reviews=account.count("/num_reviews"),
        )
