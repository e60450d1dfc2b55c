"""Threads API, profile lookup: public profiles of at least 100 followers. It has no count of posts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar
from urllib.parse import quote

from audit.models import Link, Page, Profile, State
from audit.parse.structured import JsonBlock
from audit.platforms._api import ACCOUNT, KeyedApi
from audit.platforms._keyed._graph import GRAPH_CODES

_FIELDS = "username,name,profile_picture_url,biography,is_verified,follower_count"


class ThreadsApi(KeyedApi):
    """A profile by its name."""

    platform = "threads"
    credential = "threads"
    hosts = frozenset({"graph.threads.com"})
    roles = (ACCOUNT,)
    reads = frozenset(roles)
    codes = GRAPH_CODES
    # A small profile, a private one and none at all are answered alike: none is "missing".
    states: ClassVar[Mapping[str, State]] = {
        "request limit": State.RATE_LIMITED,
        "cannot be found": State.SHELL,
        "does not exist": State.SHELL,
        "minimum follower": State.SHELL,
    }

    def account_url(self, link: Link) -> str:
        """The profile."""
        return f"https://graph.threads.com/v1.0/profile_lookup?username={quote(link.handle, safe='')}&fields={_FIELDS}"

    def profile(self, link: Link, page: Page, account: JsonBlock) -> Profile:
        """Likes and views of the last seven days are no lifetime figures and are not read."""
        return replace(
            super().profile(link, page, account),
            name=account.text("/name"),
            bio=account.text("/biography"),
            verified=account.flag("/is_verified"),
            followers=account.count("/follower_count"),
            avatar=account.text("/profile_picture_url"),
        )
