"""Vimeo users and channels: JSON-LD and metadata of the page, the feed of videos."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from audit.models import Link, Page, Profile, Refusal, Request, State
from audit.parse.address import path_segments
from audit.parse.document import Document
from audit.parse.feed import posts_in
from audit.parse.structured import JsonBlock, json_ld_of
from audit.platforms._ability import Checked, Control, Shown
from audit.platforms._base import Platform
from audit.platforms._keyed.vimeo import VimeoApi
from audit.platforms._recognised import account_in, is_front_door, segments_of
from audit.platforms._shown import (
    MAX_POSTS,
    SAVE_IT,
    accounts_named,
    day_of,
    feed_address,
    in_meta,
    of_another,
    own_addresses,
    performed,
    profile_of,
)

_HANDLE = re.compile(r"(?!\d+$)[A-Za-z0-9_-]{2,50}")
_PROFILE_PAGE = frozenset({"ProfilePage"})
_WORDS = frozenset({
    "channels", "groups", "ondemand", "showcase", "album", "event", "events", "player", "video", "videos", "watch",
    "categories", "search", "log_in", "login", "join", "upgrade", "upload", "features", "about", "help", "settings",
    "share", "manage", "create", "enterprise", "stock", "blog", "explore", "staffpicks", "solutions", "api",
    "site_map", "terms", "privacy", "cookie_policy", "jobs", "live", "ott", "home", "tools", "moogaloop.swf", "user",
    "watchlater", "for-hire", "livestream", "business", "pro", "plus", "store", "apps", "maker", "professionals",
    "integrations",
})  # fmt: skip
_TABS = frozenset({"videos", "about", "likes", "following", "followers", "albums", "channels", "collections"})


class Vimeo(Platform):
    """vimeo.com. A channel's handle is `channels/{name}`: a user may have the same name."""

    name = "vimeo"
    title = "Vimeo"
    hosts = frozenset({"vimeo.com", "vimeocdn.com"})
    roles = (*VimeoApi.roles, "profile", "feed")
    api = VimeoApi()
    keyless = False
    way_in = SAVE_IT
    robots_note = "Its robots.txt is not known to permit reading; the official API needs a key."
    by_page = Shown(fields="name followers posts bio created avatar recent", posts="exact")
    by_key = Shown(fields="name followers following posts bio created location avatar recent", posts="exact")
    checked = Checked(pages="2026-08-07", documentation="2026-11")
    control = Control(
        known="https://vimeo.com/staff",
        unknown="https://vimeo.com/finestranosuch7q4x9k2mw5z8",
        key="name followers posts",
    )

    def link(self, url: str) -> Link | None:
        """`/{user}` and its tabs, `/channels/{name}`; videos, groups, showcases and the player are none."""
        if not is_front_door(url, r"vimeo\.com"):
            return None
        segments = segments_of(url)
        if len(segments) == 2 and segments[0] == "channels" and _HANDLE.fullmatch(segments[1]):
            handle = f"channels/{segments[1]}"
        else:
            handle = account_in(segments, _HANDLE, _WORDS, _TABS) or ""
        if not handle:
            return None
        return self._link(handle, f"https://vimeo.com/{handle}")

    def role(self, url: str) -> str | None:
        """The profile's page, its feed of videos, what the site says of a video to those who embed it."""
        segments = path_segments(url)
        if is_front_door(url, r"vimeo\.com") and segments[-1:] == ["rss"]:
            return "feed"
        is_first_api = segments[:2] == ["api", "v2"] and segments[-1:] == ["info.json"]
        if is_front_door(url, r"vimeo\.com") and (is_first_api or segments[:2] == ["api", "oembed.json"]):
            return "profile"
        return super().role(url)

    def wants(self, link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
        """Nothing: a page is read where a person has saved it."""
        return {}

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """The site's page for what is not there, its trouble, or the page of another account."""
        if document.title == "VimeUhOh" and page.status in (None, 200, 404, 410):
            return Refusal(state=State.MISSING, reason=document.title)
        if "Something strange occurred" in document.title:
            return Refusal(state=State.FAILED, reason=document.title[:200])
        return of_another(link, self._named(page, document))

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The account by JSON-LD, else by metadata; of a feed its videos."""
        shown = profile_of(self, link, page, self._named(page, document))
        if shown is None:
            return None
        if page.role == "feed":
            videos = posts_in(page.body, url=page.url, media_type=page.media_type, page=page.role)[:MAX_POSTS]
            return replace(shown, recent=tuple(replace(video, kind="video") for video in videos)) if videos else None
        if document.is_json:
            return _from_answer(shown, page, document)
        for block in json_ld_of(document, page.role, _PROFILE_PAGE):
            account = block.block("/mainEntity")
            return replace(
                shown,
                name=account.text("/name"),
                followers=performed(account.block("/interactionStatistic"), "FollowAction"),
                posts=performed(account.block("/agentInteractionStatistic"), "WriteAction"),
                bio=account.text("/description"),
                created=day_of(block, page.fetched_at, "/dateCreated"),
                avatar=account.text("/image"),
            )
        name = in_meta(document, page.role, "og:title", "twitter:title")
        if name is None or name.value == self.title:
            return None
        return replace(
            shown,
            name=name,
            bio=in_meta(document, page.role, "og:description"),
            avatar=in_meta(document, page.role, "og:image"),
        )

    def _named(self, page: Page, document: Document) -> list[str]:
        """The accounts that the page, the feed or the answer is about."""
        if page.role == "feed":
            return accounts_named(self, [feed_address(document)])
        if document.is_json:
            address = JsonBlock(document.json, page.role, "#").text("/author_url", "/profile_url")
            return accounts_named(self, [address.value] if address else [])
        return accounts_named(self, own_addresses(document))


def _from_answer(shown: Profile, page: Page, document: Document) -> Profile | None:
    """The author of a video, or the account as the first interface tells of it."""
    answer = JsonBlock(document.json, page.role, "#")
    name = answer.text("/author_name", "/display_name")
    if name is None:
        return None
    return replace(
        shown,
        name=name,
        posts=answer.count("/total_videos_uploaded"),
        bio=answer.text("/bio"),
        website=answer.text("/url") if answer.at("/profile_url") else None,
        location=answer.text("/location"),
        created=day_of(answer, page.fetched_at, "/created_on"),
        avatar=answer.text("/portrait_large", "/portrait_medium"),
    )


PLATFORM = Vimeo()
