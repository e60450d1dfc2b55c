"""Pinterest API v5: the account of the token's owner and its newest pins. No other account can be looked up."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from audit.models import Link, Page, Post, Profile
from audit.parse.structured import JsonBlock
from audit.platforms._api import KeyedApi, moment, post_of

_BASE = "https://api.pinterest.com/v5"
_KINDS = {"image": "image", "video": "video", "multiple_images": "carousel", "multiple_mixed": "carousel"}


class PinterestApi(KeyedApi):
    """The token is one account's: another one than that is refused, both named."""

    platform = "pinterest"
    credential = "pinterest"
    hosts = frozenset({"api.pinterest.com"})
    posts_path = re.compile(r"v5/pins")
    cursor = "bookmark"
    mark_path = "/bookmark"

    def account_url(self, link: Link) -> str:
        """Whoever the token is of."""
        return f"{_BASE}/user_account"

    def belongs(self, account: JsonBlock, page: Page) -> bool:
        """The pins are those of the token's owner, whose account was asked for before."""
        return True

    def posts_url(self, link: Link, account: JsonBlock) -> str:
        """The newest pins."""
        return f"{_BASE}/pins?page_size=50"

    def profile(self, link: Link, page: Page, account: JsonBlock) -> Profile:
        """Exact figures."""
        return replace(
            super().profile(link, page, account),
            name=account.text("/business_name"),
            bio=account.text("/about"),
            website=account.text("/website_url"),
            followers=account.count("/follower_count"),
            following=account.count("/following_count"),
            posts=account.count("/pin_count"),
            category=account.text("/account_type"),
            avatar=account.text("/profile_image"),
        )

    def posts(self, link: Link, page: Page, answer: JsonBlock) -> Iterable[Post]:
        """The pins."""
        for item in answer.items("/items"):
            number = item.at("/id")
            yield post_of(
                item,
                url=f"https://www.pinterest.com/pin/{number}/"
                if isinstance(number, str) and number.isdigit()
                else None,
                at=moment(item, "/created_at", page.fetched_at),
                kind=_KINDS.get(str(item.at("/media/media_type") or "")),
                text="/title",
            )
