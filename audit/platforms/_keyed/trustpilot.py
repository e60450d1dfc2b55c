"""Trustpilot's Business Units API: the score of a domain and the number of its reviews; not the reviews themselves."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from audit.models import Link, Page, Profile
from audit.parse.structured import JsonBlock
from audit.platforms._api import ACCOUNT, KeyedApi
from audit.platforms._shown import stars_of


class TrustpilotApi(KeyedApi):
    """A company by its domain."""

    platform = "trustpilot"
    credential = "trustpilot"
    hosts = frozenset({"api.trustpilot.com"})
    roles = (ACCOUNT,)
    reads = frozenset(roles)
    handle_path = "/name/identifying"

    def account_url(self, link: Link) -> str:
        """The company of this domain."""
        return f"https://api.trustpilot.com/v1/business-units/find?name={quote(link.handle, safe='')}"

    def account(self, answer: JsonBlock) -> JsonBlock | None:
        """The answer itself."""
        return answer if isinstance(answer.at("/displayName"), str) else None

    def names(self, account: JsonBlock) -> tuple[str, ...]:
        """The domain that is judged, and those that lead to it."""
        leading = [item.value for item in account.items("/name/referring") if isinstance(item.value, str)]
        return (*super().names(account), *leading)

    def profile(self, link: Link, page: Page, account: JsonBlock) -> Profile:
        """The trust score (1 to 5) and the number of all reviews."""
        return replace(
            super().profile(link, page, account),
            name=account.text("/displayName"),
            website=account.text("/websiteUrl"),
            rating=stars_of(account, "/score/trustScore"),
            reviews=account.count("/numberOfReviews/total"),
        )
