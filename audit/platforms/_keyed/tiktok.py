"""TikTok's Display API: the account that has logged in, and its newest videos. Good answers have an `error` "ok"."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import ClassVar

from audit.models import Link, Page, Post, Profile, Request, State
from audit.parse.structured import JsonBlock
from audit.platforms._api import KeyedApi, address_at, moment, post_of

_BASE = "https://open.tiktokapis.com/v2"
_USER = (
    "open_id,username,display_name,bio_description,profile_deep_link,is_verified,follower_count,following_count,"
    "likes_count,video_count,avatar_url"
)
_VIDEO = "id,create_time,share_url,title,video_description,like_count,comment_count,share_count,view_count"


class TikTokApi(KeyedApi):
    """The token is one account's: another one than that is refused, both named."""

    platform = "tiktok"
    credential = "tiktok"
    hosts = frozenset({"open.tiktokapis.com"})
    roles = ("display", "display_posts")
    reads = frozenset(roles)
    account_role = "display"
    post_roles = ("display_posts", "display_more")
    posts_path = re.compile(r"v2/video/list")
    cursor = "cursor"
    account_path = "/data/user"
    states: ClassVar[Mapping[str, State]] = {
        "access_token_invalid": State.NO_CREDENTIAL,
        "scope_not_authorized": State.NO_CREDENTIAL,
        "rate_limit_exceeded": State.RATE_LIMITED,
    }

    def account_url(self, link: Link) -> str:
        """Whoever the token is of."""
        return f"{_BASE}/user/info/?fields={_USER}"

    def belongs(self, account: JsonBlock, page: Page) -> bool:
        """The videos are those of the token's owner, whose account was asked for before."""
        return True

    def posts_url(self, link: Link, account: JsonBlock) -> str:
        """The newest videos."""
        return f"{_BASE}/video/list/?fields={_VIDEO}"

    def request(self, url: str, role: str) -> Request:
        """Videos are listed by a POST, twenty at once."""
        plain = super().request(url, role)
        return plain if role == self.account_role else replace(plain, json=json.dumps({"max_count": 20}))

    def profile(self, link: Link, page: Page, account: JsonBlock) -> Profile:
        """Exact figures."""
        return replace(
            super().profile(link, page, account),
            name=account.text("/display_name"),
            bio=account.text("/bio_description"),
            verified=account.flag("/is_verified"),
            followers=account.count("/follower_count"),
            following=account.count("/following_count"),
            likes=account.count("/likes_count"),
            posts=account.count("/video_count"),
            avatar=account.text("/avatar_url"),
        )

    def posts(self, link: Link, page: Page, answer: JsonBlock) -> Iterable[Post]:
        """The videos."""
        for item in answer.items("/data/videos"):
            yield post_of(
                item,
                url=address_at(item, "/share_url"),
                at=moment(item, "/create_time", page.fetched_at),
                kind="video",
                text="/video_description",
                reactions=item.number("/like_count"),
                comments=item.number("/comment_count"),
                shares=item.number("/share_count"),
                views=item.number("/view_count"),
            )
