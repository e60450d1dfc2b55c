"""LinkedIn's Community Management API: an organisation that the token's owner administers, its followers and posts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import ClassVar
from urllib.parse import quote

from audit.models import Link, Page, Post, State
from audit.parse.address import host, path_segments
from audit.parse.structured import JsonBlock
from audit.platforms._api import ACCOUNT, MORE, POSTS, KeyedApi, moment, only_item, post_of

_BASE = "https://api.linkedin.com/rest"
_NETWORK = "network"
_A_PAGE = 50
_KINDS = {"multiImage": "carousel", "article": "link", "poll": "text", "media": "image"}


class LinkedInApi(KeyedApi):
    """An organisation by the name in its address; by its number where the address holds that."""

    platform = "linkedin"
    credential = "linkedin"
    kept_days = 180  # LinkedIn's data storage requirements: an organisation's own activity for six months
    hosts = frozenset({"api.linkedin.com"})
    roles = (ACCOUNT, _NETWORK, POSTS, MORE)
    reads = frozenset({POSTS, MORE})  # company and followers are read by the platform's own reader
    posts_path = re.compile(r"rest/posts")
    cursor = "start"
    states: ClassVar[Mapping[str, State]] = {
        "throttle": State.RATE_LIMITED,
        "not enough permissions": State.NO_CREDENTIAL,
    }

    def role(self, url: str) -> str | None:
        """As everywhere; networkSizes is the followers."""
        return _NETWORK if host(url) in self.hosts and "networkSizes" in path_segments(url) else super().role(url)

    def account_url(self, link: Link) -> str:
        """The organisation."""
        if link.handle.isdigit():
            return f"{_BASE}/organizations/{link.handle}"
        return f"{_BASE}/organizations?q=vanityName&vanityName={quote(link.handle, safe='')}"

    def account(self, answer: JsonBlock) -> JsonBlock | None:
        """The only element, or the answer itself."""
        found = only_item(answer, "/elements") or answer
        return found if found.at("/localizedName") is not None else None

    def names(self, account: JsonBlock) -> tuple[str, ...]:
        """Name in the address, and number."""
        return (str(account.at("/vanityName") or ""), _number(account))

    def missing(self, answer: JsonBlock) -> str:
        """A search by name that finds none."""
        return "the API knows no such organisation" if answer.at("/elements") == [] else ""

    def extras(self, link: Link, account: JsonBlock) -> Mapping[str, str]:
        """The followers."""
        number = _number(account)
        urn = quote(f"urn:li:organization:{number}", safe="")
        kind = "edgeType=COMPANY_FOLLOWED_BY_MEMBER"
        return {_NETWORK: f"{_BASE}/networkSizes/{urn}?{kind}"} if number.isdigit() else {}

    def belongs(self, account: JsonBlock, page: Page) -> bool:
        """Whether the address names the organisation's number."""
        return bool(re.search(rf"organization(?::|%3A){_number(account)}\b", page.url))

    def posts_url(self, link: Link, account: JsonBlock) -> str:
        """The newest posts of the organisation."""
        urn = quote(f"urn:li:organization:{_number(account)}", safe="")
        return f"{_BASE}/posts?q=author&author={urn}&count={_A_PAGE}&sortBy=CREATED" if _number(account) else ""

    def more_url(self, page: Page, answer: JsonBlock) -> str:
        """The posts before."""
        following = any(one.at("/rel") == "next" for one in answer.items("/paging/links"))
        return self.after(page, str(_A_PAGE)) if following else ""

    def posts(self, link: Link, page: Page, answer: JsonBlock) -> Iterable[Post]:
        """The published posts; the API keeps their reactions elsewhere, one question a post."""
        for item in answer.items("/elements"):
            urn = item.at("/id")
            if item.at("/lifecycleState") != "PUBLISHED" or not isinstance(urn, str):
                continue
            kind = next((kind for key, kind in _KINDS.items() if item.at(f"/content/{key}") is not None), "text")
            if str(item.at("/content/media/id") or "").startswith("urn:li:video:"):
                kind = "video"
            yield post_of(
                item,
                url=f"https://www.linkedin.com/feed/update/{urn}/",
                at=moment(item, "/publishedAt", page.fetched_at),
                kind=kind,
                text="/commentary",
                repost=item.at("/reshareContext") is not None,
            )


def _number(account: JsonBlock) -> str:
    number = str(account.at("/id") or account.at("/$URN") or "").rsplit(":", 1)[-1]
    return number if number.isdigit() else ""
