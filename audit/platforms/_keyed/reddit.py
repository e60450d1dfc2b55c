"""Reddit Data API: members of a community, followers and posts of an account. Posts of third persons are not asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import ClassVar
from urllib.parse import quote

from audit.models import Link, Page, Post, Profile, Refusal, State
from audit.parse.document import Document
from audit.parse.structured import JsonBlock
from audit.parse.text import clean
from audit.platforms._api import KeyedApi, day, moment, post_of

_BASE = "https://oauth.reddit.com"
# What its errors mean by their own number, in an answer that was kept without its status.
_NUMBERS = {401: State.NO_CREDENTIAL, 403: State.PRIVATE, 404: State.MISSING, 429: State.RATE_LIMITED}


class RedditApi(KeyedApi):
    """A community (`r/…`) or an account (`u/…`); an account's own posts, never those in a community."""

    platform = "reddit"
    credential = "reddit"
    hosts = frozenset({"oauth.reddit.com"})
    posts_path = re.compile(r"user/[^/]+/submitted")
    cursor = "after"
    mark_path = "/data/after"
    states: ClassVar[Mapping[str, State]] = {
        "private": State.PRIVATE,
        "quarantined": State.PRIVATE,
        "gold_only": State.PRIVATE,
        "banned": State.GONE,
    }

    def account_url(self, link: Link) -> str:
        """What it says of itself."""
        kind, _, name = link.handle.partition("/")
        return f"{_BASE}/{'r' if kind == 'r' else 'user'}/{quote(name, safe='')}/about?raw_json=1" if name else ""

    def account(self, answer: JsonBlock) -> JsonBlock | None:
        """A community (t5) or an account (t2)."""
        shown = answer.at("/kind") in ("t2", "t5") and answer.at("/data/is_suspended") is not True
        return answer.block("/data") if shown else None

    def names(self, account: JsonBlock) -> tuple[str, ...]:
        """As people write it."""
        community, user = account.at("/display_name"), account.at("/name")
        return (f"r/{community}" if isinstance(community, str) else f"u/{user}",)

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """As everywhere; a suspended account has nothing but its name, and an unknown community is a search."""
        refusal = super().refusal(link, page, document)
        answer = JsonBlock(document.json, page.role, "#")
        if refusal is None and answer.at("/data/is_suspended") is True:
            return Refusal(state=State.GONE, reason="the account is suspended")
        number = answer.at("/error")
        if refusal is not None and refusal.state is State.FAILED and isinstance(number, int) and number in _NUMBERS:
            return Refusal(state=_NUMBERS[number], reason=refusal.reason)
        if refusal is not None and isinstance(answer.at("/reason"), str):
            return Refusal(state=refusal.state, reason=f"{refusal.reason} ({clean(answer.at('/reason'))})")
        if refusal is None and page.role == self.account_role and answer.at("/kind") == "Listing":
            return Refusal(state=State.MISSING, reason="the API knows no such community")
        return refusal

    def belongs(self, account: JsonBlock, page: Page) -> bool:
        """Whether the address names the account."""
        return f"/user/{account.at('/name')}/".casefold() in page.url.casefold()

    def posts_url(self, link: Link, account: JsonBlock) -> str:
        """The newest posts of an account's own."""
        kind, _, name = link.handle.partition("/")
        return f"{_BASE}/user/{quote(name, safe='')}/submitted?limit=50&sort=new&raw_json=1" if kind == "u" else ""

    def profile(self, link: Link, page: Page, account: JsonBlock) -> Profile:
        """Members of a community, followers of an account."""
        return replace(
            self.blank(link, page),
            handle=self.names(account)[0],
            name=account.text("/title", "/subreddit/title"),
            bio=account.text("/public_description", "/subreddit/public_description"),
            followers=account.count("/subscribers", "/subreddit/subscribers"),
            created=day(account, "/created_utc", page.fetched_at),
            avatar=account.text("/community_icon", "/icon_img"),
        )

    def posts(self, link: Link, page: Page, answer: JsonBlock) -> Iterable[Post]:
        """The posts; `score` is votes for less votes against."""
        for child in answer.items("/data/children"):
            item = child.block("/data")
            path = item.at("/permalink")
            yield post_of(
                item,
                url=f"https://www.reddit.com{path}" if isinstance(path, str) and path.startswith("/") else None,
                at=moment(item, "/created_utc", page.fetched_at),
                kind="text" if item.at("/is_self") is True else "link",
                text="/title",
                comments=item.number("/num_comments"),
                pinned=item.at("/pinned") is True,
            )
