"""SoundCloud accounts: the account's record inside its page, and the tracks that the page lists for readers without
scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from audit.models import CountFact, Link, Page, Post, Profile, Refusal, Request, State
from audit.parse.address import absolute, host, path_segments, query
from audit.parse.counts import first_count
from audit.parse.dates import parse_date
from audit.parse.document import Document
from audit.parse.persons import Persons
from audit.parse.structured import JsonBlock
from audit.parse.text import clean
from audit.parse.tree import Element
from audit.platforms._ability import Checked, Control, Shown
from audit.platforms._base import Platform
from audit.platforms._keyed.soundcloud import SoundCloudApi
from audit.platforms._persons import EVERYWHERE
from audit.platforms._recognised import account_in, segments_of
from audit.platforms._shown import (
    MAX_POSTS,
    SAVE_IT,
    accounts_named,
    count_in_meta,
    day_of,
    in_element,
    in_meta,
    is_asked,
    of_another,
    own_addresses,
)

_HANDLE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,48}[A-Za-z0-9_])?")
_MISSING = re.compile(r"can.t find that (?:user|page)", re.IGNORECASE)
_WORDS = frozenset({
    "discover", "stream", "search", "upload", "pages", "tags", "charts", "you", "settings", "messages",
    "notifications", "login", "logout", "signin", "signup", "connect", "oembed", "player", "jobs", "terms-of-use",
    "imprint", "people", "popular", "stations", "go", "checkout", "mobile", "apps", "download", "community-guidelines",
    "groups", "oauth", "explore", "library", "feed", "creators", "for-artists", "sets", "tracks",
})  # fmt: skip
_TABS = frozenset(
    {"tracks", "albums", "sets", "reposts", "popular-tracks", "likes", "followers", "following", "comments"}
)


class SoundCloud(Platform):
    """soundcloud.com accounts."""

    name = "soundcloud"
    title = "SoundCloud"
    hosts = frozenset({"soundcloud.com", "sndcdn.com", "snd.sc"})
    roles = (*SoundCloudApi.roles, "profile")
    persons = EVERYWHERE | Persons(words=frozenset({"comments", "commentsList__item"}))
    api = SoundCloudApi()
    keyless = False
    robots_note = "The site turns automatic readers away; the official API needs a key."
    way_in = SAVE_IT
    by_page = Shown(fields="name followers following posts bio verified created location avatar recent", posts="exact")
    by_key = Shown(fields="name followers following posts bio website location avatar recent", posts="exact")
    checked = Checked(pages="2021-04-04", documentation="2026-11")
    control = Control(
        known="https://soundcloud.com/soundcloud",
        unknown="https://soundcloud.com/finestra-no-such-7q4x9k2mw",
        key="name followers posts",
    )

    def link(self, url: str) -> Link | None:
        """`/{user}` and its tabs, also as what a player plays; tracks, sets, searches and short links are none."""
        if host(url) == "w.soundcloud.com":
            played = query(url).get("url", "")
            return None if host(played) == "w.soundcloud.com" else self.link(played)
        if host(url) not in ("soundcloud.com", "www.soundcloud.com", "m.soundcloud.com"):
            return None
        handle = account_in(segments_of(url), _HANDLE, _WORDS, _TABS)
        if handle is None:
            return None
        handle = handle.lower()
        return self._link(handle, f"https://soundcloud.com/{handle}")

    def role(self, url: str) -> str | None:
        """The account's page, and what the site says of it to those who embed it."""
        if host(url) in ("soundcloud.com", "www.soundcloud.com") and path_segments(url) == ["oembed"]:
            return "profile"
        return super().role(url)

    def wants(self, link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
        """Nothing: a page is read where a person has saved it."""
        return {}

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """The site's page for accounts that are not there, or the page of another account."""
        words = [clean(tag.text(" ")) for tag in document.tree.select(".errorTitle")]
        missing = next((text for text in words if _MISSING.search(text)), "")
        if missing:
            return Refusal(state=State.MISSING, reason=missing[:200])
        return of_another(link, self._named(page, document))

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The account's record; without one the metadata; or the answer for those who embed the profile."""
        account = _account(link, page, document)
        if account is not None:
            handle = str(account.at("/permalink"))
            shown = replace(
                self.blank(link, state=State.OBSERVED, source=page.source),
                handle=handle,
                name=account.text("/username", "/full_name"),
                followers=account.count("/followers_count"),
                following=account.count("/followings_count"),
                posts=account.count("/track_count"),
                bio=account.text("/description"),
                verified=account.flag("/verified", "/badges/verified"),
                created=day_of(account, page.fetched_at, "/created_at"),
                location=account.text("/city"),
                avatar=account.text("/avatar_url"),
            )
            return replace(shown, recent=_tracks(document, page, handle))
        handle = next(iter(self._named(page, document)), "")
        if document.is_json:
            answer = JsonBlock(document.json, page.role, "#")
            shown = replace(self.blank(link, state=State.OBSERVED, source=page.source), handle=handle)
            name = answer.text("/author_name")
            return replace(shown, name=name, avatar=answer.text("/thumbnail_url")) if handle and name else None
        return self._from_metadata(link, page, document, handle)

    def _from_metadata(self, link: Link, page: Page, document: Document, handle: str) -> Profile | None:
        followers = count_in_meta(document, page.role, "soundcloud:follower_count")
        followers = followers or _drawn(document, page, "followers")
        if not handle or (followers is None and document.meta.get("og:type") != "music.musician"):
            return None
        return replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=handle,
            name=in_meta(document, page.role, "og:title", "twitter:title")
            or in_element(document, page.role, ".profileHeaderInfo__userName"),
            followers=followers,
            following=_drawn(document, page, "following"),
            posts=count_in_meta(document, page.role, "soundcloud:sound_count") or _drawn(document, page, "tracks"),
            bio=in_meta(document, page.role, "og:description"),
            location=in_meta(document, page.role, "og:locality"),
            avatar=in_meta(document, page.role, "og:image"),
            recent=_tracks(document, page, handle),
        )

    def _named(self, page: Page, document: Document) -> list[str]:
        """The accounts that the page or the answer is about."""
        if document.is_json:
            author = JsonBlock(document.json, page.role, "#").at("/author_url")
            return accounts_named(self, [author] if isinstance(author, str) else [])
        return accounts_named(self, own_addresses(document))


def _account(link: Link, page: Page, document: Document) -> JsonBlock | None:
    """The record of the account that the page is about, in the page's present form or in that until 2021."""
    hydration = JsonBlock(document.variable("__sc_hydration"), page.role, "var __sc_hydration#")
    blocks = [item.block("/data") for item in hydration.items() if item.at("/hydratable") == "user"]
    if document.is_json and JsonBlock(document.json, page.role, "#").at("/followers_count") is not None:
        blocks = [JsonBlock(document.json, page.role, "#")]
    elif hydration.value is None:
        blocks = [record for data in _older(page, document) for record in data]
    for block in blocks:
        named = block.at("/permalink")
        if block.at("/kind") in ("user", None) and isinstance(named, str) and is_asked(link, named):
            return block
    return None


def _drawn(document: Document, page: Page, tab: str) -> CountFact | None:
    """A figure beside the tracks of the drawn page: its link's title has the whole number."""
    where = f'.infoStats__statLink[href$="/{tab}"]@title'
    count = first_count(document.find(where) or "", document.language or "en")
    return count.fact(page.role, where) if count else None


def _older(page: Page, document: Document) -> Iterator[Iterator[JsonBlock]]:
    for value, place in document.after("__sc_data_rehydration_module__"):
        for module in JsonBlock(value, page.role, place).items():
            yield module.items("/data")


def _tracks(document: Document, page: Page, handle: str) -> tuple[Post, ...]:
    """The tracks that the page lists with their dates; another's, reposted, is marked."""
    tags = document.tree.select('article[itemprop="track"]')
    return tuple(_track(tag, page, handle) for tag in tags[:MAX_POSTS])


def _track(tag: Element, page: Page, handle: str) -> Post:
    title = tag.select_one('[itemprop="name"] [itemprop="url"]')
    address = absolute(str(title.get("href") or ""), "https://soundcloud.com/") if title else None
    stamp = tag.select_one("time")
    when = parse_date(clean(stamp.text()), now=page.fetched_at) if stamp else None
    return Post(
        url=address,
        at=when[0] if when else None,
        precision=when[1] if when else None,
        text=(clean(title.text(" ")) or None) if title else None,
        repost=bool(address) and path_segments(address or "")[:1] != [handle],
        page=page.role,
        where=tag.place(),
    )


PLATFORM = SoundCloud()
