"""Twitch Helix, by a token for the application: the channel, how many follow it, its newest videos."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from urllib.parse import quote

from audit.models import Link, Page, Post, Profile
from audit.parse.address import host, path_segments
from audit.parse.structured import JsonBlock
from audit.platforms._api import ACCOUNT, MORE, POSTS, KeyedApi, address_at, day, moment, only_item, post_of

_BASE = "https://api.twitch.tv/helix"
_FOLLOWERS = "api_followers"


class TwitchApi(KeyedApi):
    """A channel by its name."""

    platform = "twitch"
    credential = "twitch"
    hosts = frozenset({"api.twitch.tv"})
    roles = (ACCOUNT, _FOLLOWERS, POSTS, MORE)
    reads = frozenset(roles)
    only = True
    posts_path = re.compile(r"helix/videos")
    cursor = "after"
    mark_path = "/pagination/cursor"
    handle_path = "/login"

    def role(self, url: str) -> str | None:
        """As everywhere; channels/followers is the number of followers."""
        if host(url) in self.hosts and path_segments(url)[-1:] == ["followers"]:
            return _FOLLOWERS
        return super().role(url)

    def account_url(self, link: Link) -> str:
        """The channel's user."""
        return f"{_BASE}/users?login={quote(link.handle, safe='')}"

    def account(self, answer: JsonBlock) -> JsonBlock | None:
        """The only user."""
        user = only_item(answer, "/data")
        return super().account(user) if user is not None else None

    def missing(self, answer: JsonBlock) -> str:
        """An empty list is Helix's way of saying so."""
        return "the API knows no such channel" if answer.at("/data") == [] else ""

    def extras(self, link: Link, account: JsonBlock) -> Mapping[str, str]:
        """The number of followers: of a foreign channel that is all it tells."""
        number = str(account.at("/id") or "")
        return {_FOLLOWERS: f"{_BASE}/channels/followers?broadcaster_id={number}&first=1"} if number.isdigit() else {}

    def shown(self, link: Link, page: Page, answer: JsonBlock) -> Profile | None:
        """How many follow."""
        followers = answer.count("/total")
        return replace(self.blank(link, page), followers=followers) if followers is not None else None

    def posts_url(self, link: Link, account: JsonBlock) -> str:
        """The newest videos."""
        number = str(account.at("/id") or "")
        return f"{_BASE}/videos?user_id={number}&first=50&sort=time" if number.isdigit() else ""

    def profile(self, link: Link, page: Page, account: JsonBlock) -> Profile:
        """The channel."""
        return replace(
            super().profile(link, page, account),
            name=account.text("/display_name"),
            bio=account.text("/description"),
            category=account.text("/broadcaster_type"),
            created=day(account, "/created_at", page.fetched_at),
            avatar=account.text("/profile_image_url"),
        )

    def posts(self, link: Link, page: Page, answer: JsonBlock) -> Iterable[Post]:
        """The videos, past broadcasts among them."""
        for item in answer.items("/data"):
            yield post_of(
                item,
                url=address_at(item, "/url"),
                at=moment(item, "/published_at", page.fetched_at),
                kind="video",
                text="/title",
                views=item.number("/view_count"),
            )
