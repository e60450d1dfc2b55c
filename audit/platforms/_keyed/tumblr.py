"""Tumblr API v2: a blog with its exact number of posts, and the newest ones. Followers are nobody's but the owner's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import ClassVar
from urllib.parse import quote

from audit.models import Link, Page, Post, Profile, State
from audit.parse.structured import JsonBlock
from audit.platforms._api import KeyedApi, address_at, moment, post_of

_BASE = "https://api.tumblr.com/v2/blog"
_KINDS = {"photo": "image", "video": "video", "text": "text", "quote": "text", "link": "link", "answer": "text"}
_A_PAGE = 20


class TumblrApi(KeyedApi):
    """A blog by its name."""

    platform = "tumblr"
    credential = "tumblr"
    hosts = frozenset({"api.tumblr.com"})
    only = True
    states: ClassVar[Mapping[str, State]] = {"limit exceeded": State.RATE_LIMITED}
    posts_path = re.compile(r"v2/blog/[^/]+/posts")
    cursor = "offset"
    account_path = "/response/blog"
    handle_path = "/name"

    def account_url(self, link: Link) -> str:
        """The blog."""
        return f"{_BASE}/{quote(link.handle, safe='')}.tumblr.com/info"

    def belongs(self, account: JsonBlock, page: Page) -> bool:
        """Whether the address names the blog."""
        return f"/{account.at('/name')}.tumblr.com/" in page.url

    def posts_url(self, link: Link, account: JsonBlock) -> str:
        """The newest posts."""
        return f"{_BASE}/{quote(link.handle, safe='')}.tumblr.com/posts?limit={_A_PAGE}"

    def more_url(self, page: Page, answer: JsonBlock) -> str:
        """The posts before."""
        total = answer.number("/response/total_posts") or 0
        return self.after(page, str(_A_PAGE)) if total > _A_PAGE else ""

    def profile(self, link: Link, page: Page, account: JsonBlock) -> Profile:
        """Title, description, number of posts."""
        return replace(
            super().profile(link, page, account),
            name=account.text("/title"),
            bio=account.text("/description"),
            posts=account.count("/posts", "/total_posts"),
            avatar=account.text("/avatar/0/url"),
        )

    def posts(self, link: Link, page: Page, answer: JsonBlock) -> Iterable[Post]:
        """The posts; notes are likes, reblogs and replies together and are no reactions."""
        for item in answer.items("/response/posts"):
            yield post_of(
                item,
                url=address_at(item, "/post_url"),
                at=moment(item, "/timestamp", page.fetched_at),
                kind=_KINDS.get(str(item.at("/type") or "")),
                text="/summary",
                pinned=item.at("/is_pinned") is True,
                repost=item.at("/reblogged_from_id") is not None or item.at("/parent_post_url") is not None,
            )
