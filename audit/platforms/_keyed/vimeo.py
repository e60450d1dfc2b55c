"""Vimeo API: an account with its figures, and its newest videos."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import quote

from audit.models import Link, Page, Post, Profile
from audit.parse.address import path_segments
from audit.parse.structured import JsonBlock
from audit.platforms._api import KeyedApi, address_at, day, moment, post_of

_BASE = "https://api.vimeo.com"
_USER = (
    "uri,name,link,bio,created_time,location,pictures.base_link,metadata.connections.followers.total,"
    "metadata.connections.following.total,metadata.connections.videos.total"
)
_VIDEO = (
    "uri,link,name,created_time,stats.plays,metadata.connections.likes.total,metadata.connections.comments.total,"
    "user.uri"
)


class VimeoApi(KeyedApi):
    """A user; channels have no such answer and are not asked for."""

    platform = "vimeo"
    credential = "vimeo"
    hosts = frozenset({"api.vimeo.com"})
    only = True
    posts_path = re.compile(r"users/[^/]+/videos")
    cursor = "page"

    def account_url(self, link: Link) -> str:
        """The user."""
        if "/" in link.handle:
            return ""
        return f"{_BASE}/users/{quote(link.handle, safe='')}?fields={_USER}"

    def account(self, answer: JsonBlock) -> JsonBlock | None:
        """The answer itself."""
        return answer if str(answer.at("/uri") or "").startswith("/users/") else None

    def names(self, account: JsonBlock) -> tuple[str, ...]:
        """The name in its address, and its number as an address has it."""
        number = str(account.at("/uri") or "").removeprefix("/users/")
        return (*path_segments(str(account.at("/link") or ""))[-1:], f"user{number}")

    def belongs(self, account: JsonBlock, page: Page) -> bool:
        """Whether the address names the account's number."""
        return f"{account.at('/uri')}/videos" in page.url

    def posts_url(self, link: Link, account: JsonBlock) -> str:
        """The newest videos."""
        uri = str(account.at("/uri") or "")
        return f"{_BASE}{uri}/videos?per_page=50&sort=date&fields={_VIDEO}" if re.fullmatch(r"/users/\d+", uri) else ""

    def more_url(self, page: Page, answer: JsonBlock) -> str:
        """The videos before."""
        return self.after(page, "2") if isinstance(answer.at("/paging/next"), str) else ""

    def profile(self, link: Link, page: Page, account: JsonBlock) -> Profile:
        """Exact figures."""
        return replace(
            self.blank(link, page),
            handle=(*self.names(account), link.handle)[0],
            name=account.text("/name"),
            bio=account.text("/bio"),
            location=account.text("/location"),
            followers=account.count("/metadata/connections/followers/total"),
            following=account.count("/metadata/connections/following/total"),
            posts=account.count("/metadata/connections/videos/total"),
            created=day(account, "/created_time", page.fetched_at),
            avatar=account.text("/pictures/base_link"),
        )

    def posts(self, link: Link, page: Page, answer: JsonBlock) -> Iterable[Post]:
        """The videos; plays that the owner hides are null."""
        for item in answer.items("/data"):
            yield post_of(
                item,
                url=address_at(item, "/link"),
                at=moment(item, "/created_time", page.fetched_at),
                kind="video",
                text="/name",
                reactions=item.number("/metadata/connections/likes/total"),
                comments=item.number("/metadata/connections/comments/total"),
                views=item.number("/stats/plays"),
            )
