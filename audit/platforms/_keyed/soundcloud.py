"""SoundCloud API, by a token for the application: an account found by its address, and its newest tracks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from urllib.parse import quote

from audit.models import Link, Page, Post, Profile
from audit.parse.address import query
from audit.parse.dates import parse_date
from audit.parse.structured import JsonBlock
from audit.platforms._api import KeyedApi, address_at, post_of

_BASE = "https://api.soundcloud.com"


class SoundCloudApi(KeyedApi):
    """`/resolve` leads to the account, by a redirect on the same host."""

    platform = "soundcloud"
    credential = "soundcloud"
    hosts = frozenset({"api.soundcloud.com"})
    only = True
    posts_path = re.compile(r"users/[^/]+/tracks")
    cursor = "cursor"
    handle_path = "/permalink"

    def account_url(self, link: Link) -> str:
        """The account at the profile's address."""
        return f"{_BASE}/resolve?url={quote(link.url, safe='')}"

    def account(self, answer: JsonBlock) -> JsonBlock | None:
        """The answer itself, when it is a user's."""
        return super().account(answer) if answer.at("/kind") == "user" else None

    def posts_url(self, link: Link, account: JsonBlock) -> str:
        """The newest tracks."""
        number = account.number("/id")
        return f"{_BASE}/users/{number}/tracks?limit=50&linked_partitioning=true" if number else ""

    def more_url(self, page: Page, answer: JsonBlock) -> str:
        """The tracks before: the cursor of the address that the answer names."""
        return self.after(page, query(str(answer.at("/next_href") or "")).get(self.cursor))

    def profile(self, link: Link, page: Page, account: JsonBlock) -> Profile:
        """Exact figures."""
        return replace(
            super().profile(link, page, account),
            name=account.text("/username"),
            bio=account.text("/description"),
            website=account.text("/website"),
            location=account.text("/city"),
            followers=account.count("/followers_count"),
            following=account.count("/followings_count"),
            posts=account.count("/track_count"),
            avatar=account.text("/avatar_url"),
        )

    def posts(self, link: Link, page: Page, answer: JsonBlock) -> Iterable[Post]:
        """The tracks."""
        for item in answer.items("/collection"):
            yield post_of(
                item,
                url=address_at(item, "/permalink_url"),
                at=_time(str(item.at("/created_at") or ""), page.fetched_at),
                text="/title",
                reactions=item.number("/favoritings_count"),
                comments=item.number("/comment_count"),
                shares=item.number("/reposts_count"),
                views=item.number("/playback_count"),
            )


def _time(text: str, now: datetime) -> datetime | None:
    """`2026/11/20 09:00:00 +0000`."""
    found = re.fullmatch(r"(\d{4})/(\d\d)/(\d\d) (\d\d:\d\d:\d\d) ([+-]\d{4})", text)
    date = parse_date("{}-{}-{}T{}{}".format(*found.groups()), now=now) if found else None
    return date[0] if date else None
