"""Twitch channels: metadata of the page, and what a browser has drawn where a person saved it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from audit.models import Fact, Link, Page, Profile, Refusal, Request, State
from audit.parse.address import host
from audit.parse.document import Document
from audit.parse.structured import JsonBlock
from audit.platforms._ability import Checked, Control, Shown
from audit.platforms._base import Platform
from audit.platforms._keyed.twitch import TwitchApi
from audit.platforms._recognised import account_in, is_front_door, segments_of
from audit.platforms._shown import (
    SAVE_IT,
    accounts_named,
    count_in,
    day_of,
    in_element,
    in_meta,
    is_asked,
    of_another,
    own_addresses,
)

_HANDLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_]{3,24}")
_FRONT_PAGE = "world's leading video platform"
_NO_CHANNEL = re.compile(r"unless you.ve got a time machine", re.IGNORECASE)
_ON_AIR = "streams live on Twitch"
_WORDS = frozenset({
    "directory", "videos", "downloads", "jobs", "search", "subs", "settings", "login", "signup", "store", "turbo",
    "user", "friends", "inventory", "wallet", "prime", "popout", "embed", "collections", "event", "events", "team",
    "products", "subscriptions", "drops", "broadcast", "creatorcamp", "privacy", "annual-recap", "moderator",
    "dashboard", "partner",
})  # fmt: skip
_FIGURES = ("followers", "views")
_TABS = frozenset({"about", "schedule", "videos", "clips", "home", "followers", "following", "collections", "events"})


class Twitch(Platform):
    """twitch.tv channels."""

    name = "twitch"
    title = "Twitch"
    hosts = frozenset({"twitch.tv", "ttvnw.net", "jtvnw.net"})
    roles = (*TwitchApi.roles, "site_answer", "profile")
    api = TwitchApi()
    keyless = False
    way_in = SAVE_IT
    robots_note = "The page holds no figures; the official API needs a key."
    by_page = Shown(fields="name followers views bio verified created avatar")
    by_key = Shown(fields="name followers bio created category avatar recent")
    checked = Checked(pages="2021-04-04", documentation="2026-11")
    control = Control(
        known="https://www.twitch.tv/twitch",
        unknown="https://www.twitch.tv/finestra_7q4x9k2mw5z8",
        key="name followers",
    )

    def link(self, url: str) -> Link | None:
        """`/{login}` and its tabs; videos, clips, the directory and the player are none."""
        if not is_front_door(url, r"twitch\.tv", names="www|m|go"):
            return None
        handle = account_in(segments_of(url), _HANDLE, _WORDS, _TABS)
        if handle is None:
            return None
        handle = handle.lower()
        return self._link(handle, f"https://www.twitch.tv/{handle}")

    def role(self, url: str) -> str | None:
        """The page; of the interfaces those of before the official one of today, and the site's own."""
        if host(url) == "gql.twitch.tv" or (host(url) == "api.twitch.tv" and segments_of(url)[:1] == ["kraken"]):
            return "site_answer"
        return super().role(url)

    def wants(self, link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
        """Nothing: a page is read where a person has saved it."""
        return {}

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """What a browser draws for channels that are not there, or the page of another channel."""
        place = '[data-a-target="core-error-message"]'
        said = (document.find(place) or "") if "core-error-message" in document.text else ""
        if _NO_CHANNEL.search(said):
            return Refusal(state=State.MISSING, reason=said[:200])
        return of_another(link, accounts_named(self, own_addresses(document)))

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """Name and description; the followers where a browser has drawn them. None for the page without a channel."""
        if document.is_json:
            return self._from_answer(link, page, JsonBlock(document.json, page.role, "#"))
        handle = next(iter(accounts_named(self, own_addresses(document))), "")
        name = _name(document, page.role)
        if not handle or name is None:
            return None
        bio = in_element(document, page.role, ".about-section__panel--content p")
        return replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=handle,
            name=name,
            followers=count_in(document, page.role, ".about-section *", r"(.+?) followers?\b"),
            bio=bio or _described(document, page.role),
            verified=_partner(document, page.role),
            avatar=in_meta(document, page.role, "og:image"),
        )

    def _from_answer(self, link: Link, page: Page, answer: JsonBlock) -> Profile | None:
        """The channel in an answer of the interface of before 2022, or of the site's own."""
        for block in answer.holding("display_name", "displayName"):
            login = block.text("/login", "/name")
            if login is None or not is_asked(link, login.value) or not any(key in block.value for key in _FIGURES):
                continue
            return replace(
                self.blank(link, state=State.OBSERVED, source=page.source),
                handle=login.value,
                name=block.text("/display_name", "/displayName"),
                followers=block.count("/followers", "/followers/totalCount"),
                views=block.count("/views", "/profileViewCount"),
                bio=block.text("/description"),
                verified=block.flag("/partner", "/isPartner", "/roles/isPartner"),
                created=day_of(block, page.fetched_at, "/created_at", "/createdAt"),
                avatar=block.text("/logo", "/profileImageURL"),
            )
        return None


def _name(document: Document, page: str) -> Fact[str] | None:
    """The channel's name, without the site's; None for the site's own."""
    for shown in (
        in_element(document, page, "#live-channel-stream-information h1"),
        in_meta(document, page, "og:title"),
    ):
        name = re.sub(r"(?:^| - )Twitch$", "", shown.value) if shown is not None else ""
        if shown is not None and name:
            return replace(shown, value=name)
    return None


def _described(document: Document, page: str) -> Fact[str] | None:
    """The channel's description, unless it is the site's or announces what is on air."""
    shown = in_meta(document, page, "og:description")
    if shown is None or _FRONT_PAGE in shown.value or _ON_AIR in shown.value:
        return None
    return shown


def _partner(document: Document, page: str) -> Fact[bool] | None:
    """The mark of a verified partner; that it is not drawn says nothing."""
    place = '#live-channel-stream-information [aria-label="Verified Partner"]'
    there = document.tree.select_one(place) is not None
    return Fact(value=True, page=page, where=place) if there else None


PLATFORM = Twitch()
