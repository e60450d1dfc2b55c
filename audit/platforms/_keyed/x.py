"""X API v2: the account with its public figures, and its newest posts. A read account costs $0.010, a post $0.005."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import ClassVar
from urllib.parse import quote

from audit.models import Link, Page, Post
from audit.parse.structured import JsonBlock
from audit.platforms._api import ACCOUNT, KeyedApi, moment, post_of

_BASE = "https://api.x.com/2"
_USER = "created_at,description,entities,location,profile_image_url,protected,public_metrics,url,verified,verified_type"
_POSTS_A_PAGE = 20


class XApi(KeyedApi):
    """An account by handle or by number. The platform's own reader reads all of it: the answers name their account."""

    platform = "x"
    credential = "x"
    hosts = frozenset({"api.x.com"})
    roles = (ACCOUNT, "posts", "more_posts")
    reads = frozenset()
    post_roles = ("posts", "more_posts")
    prices: ClassVar[Mapping[str, float]] = {
        ACCOUNT: 0.010,
        "posts": 0.005 * _POSTS_A_PAGE,
        "more_posts": 0.005 * _POSTS_A_PAGE,
    }
    posts_path = re.compile(r"2/users/\d+/tweets")
    cursor = "pagination_token"
    mark_path = "/meta/next_token"
    account_path = "/data"
    name_paths = ("/id",)

    def account_url(self, link: Link) -> str:
        """By handle; by number where the address holds that."""
        by = link.handle if "/i/user/" in link.url else f"by/username/{quote(link.handle, safe='')}"
        return f"{_BASE}/users/{by}?user.fields={_USER}"

    def posts_url(self, link: Link, account: JsonBlock) -> str:
        """The newest posts of the account's own; none of one that shows them to its followers alone."""
        number = str(account.at("/id") or "")
        if not number.isdigit() or account.at("/protected") is True:
            return ""
        return (
            f"{_BASE}/users/{number}/tweets?exclude=retweets,replies&max_results={_POSTS_A_PAGE}"
            "&tweet.fields=created_at,public_metrics,attachments,entities,referenced_tweets,author_id"
            "&expansions=author_id&user.fields=username"
        )

    def posts(self, link: Link, page: Page, answer: JsonBlock) -> Iterable[Post]:
        """The times of the posts: how far back an answer reaches."""
        for item in answer.items("/data"):
            yield post_of(item, url=None, at=moment(item, "/created_at", page.fetched_at))
