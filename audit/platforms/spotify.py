"""Spotify artists, shows and users: metadata of the page, and the record that its scripts or its interface hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import quote

from audit.models import Fact, Link, Page, Post, Precision, Profile, Refusal, Request, State
from audit.parse.address import host
from audit.parse.document import Document
from audit.parse.structured import JsonBlock
from audit.platforms._ability import Checked, Shown
from audit.platforms._base import Platform
from audit.platforms._recognised import STAND_INS, is_front_door, segments_of
from audit.platforms._shown import (
    MAX_POSTS,
    SAVE_IT,
    accounts_named,
    count_in_meta,
    in_headline,
    in_meta,
    is_asked,
    of_another,
    own_addresses,
    written_at,
)

_ID = re.compile(r"[0-9A-Za-z]{22}")
_PROFILE_URI = re.compile(r"spotify:(?:artist|show|user):([^:]+)")
_RELEASE_URI = re.compile(r"spotify:(album|episode):([0-9A-Za-z]{22})")
_NOTHING_THERE = re.compile(r"(?:spotify\W+)?page not (?:found|available)\b.*|couldn.t find that .*", re.IGNORECASE)
_SITE = re.compile(r"Spotify(?: [–-] .*)?")
_PODCAST = re.compile(r"Podcast · .+? · (.+)")
_VERIFIED = ", ".join(
    f'[data-testid="artist-page"] span:-soup-contains("{words}")' for words in ("Verified Artist", "Artista verificato")
)
_OWN = ("/stats", "/description", "/followers")  # what a profile's own record has
_USER = re.compile(r"[\w.-]{2,64}")


class Spotify(Platform):
    """open.spotify.com. The handle of an artist or a show is its identifier, of a user the user's name. Monthly
    listeners are no followers, and are not read as such."""

    name = "spotify"
    title = "Spotify"
    hosts = frozenset({"spotify.com", "spotify.link", "spoti.fi", "scdn.co"})
    roles = ("answer", "profile")
    keyless = False
    way_in = SAVE_IT
    robots_note = "The terms forbid automated reading; the official API needs a key."
    by_page = Shown(fields="name followers bio website verified avatar recent")
    checked = Checked(pages="2024-01-06")

    def link(self, url: str) -> Link | None:
        """`/artist/…`, `/show/…`, `/user/…`, also in another language or embedded; tracks, albums, playlists,
        episodes and short links are none."""
        if not is_front_door(url, r"spotify\.com", names="open|play"):
            return None
        segments = segments_of(url)
        while segments and (segments[0].startswith("intl-") or segments[0] in ("embed", "embed-podcast")):
            segments = segments[1:]
        if len(segments) != 2:
            return None
        kind, name = segments
        shape = {"artist": _ID, "show": _ID, "user": _USER}.get(kind)
        if shape is None or not shape.fullmatch(name) or name.lower() in STAND_INS:
            return None
        return self._link(name, f"https://open.spotify.com/{kind}/{quote(name)}")

    def role(self, url: str) -> str | None:
        """The page of a profile, or what its interface answered while a browser was recording."""
        return "answer" if host(url) == "api-partner.spotify.com" else super().role(url)

    def wants(self, link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
        """Nothing: a page is read where a person has saved it."""
        return {}

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """The site's page for what is not there, or the page of another profile."""
        if document.is_json:
            return _refused(document, page)
        named = accounts_named(self, own_addresses(document))
        for words in () if named else (document.title, in_headline(document)):
            if _NOTHING_THERE.fullmatch(words):
                return Refusal(state=State.MISSING, reason=words[:200])
        return of_another(link, named)

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The profile's record, with the page's metadata for what it lacks."""
        record = next((block for root in _roots(page, document) for block in _records(root, link)), None)
        described = self._from_metadata(link, page, document)
        if record is None:
            return described
        shown = replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=str(record.at("/uri")).rpartition(":")[2],
            name=record.text("/profile/name", "/name"),
            followers=record.count("/stats/followers", "/followers/total"),
            bio=record.text("/profile/biography/text", "/description"),
            website=_website(record),
            verified=record.flag("/profile/verified"),
            avatar=record.text("/visuals/avatarImage/sources/0/url", "/coverArt/sources/0/url", "/images/0/url"),
            recent=_releases(record, page),
        )
        return shown if described is None else self.merged([shown, described])

    def _from_metadata(self, link: Link, page: Page, document: Document) -> Profile | None:
        handle = next(iter(accounts_named(self, own_addresses(document))), "")
        name = in_meta(document, page.role, "og:title", "twitter:title")
        if not handle or name is None or _SITE.fullmatch(name.value):
            return None
        # The whole page is parsed only where there is a reason to.
        marked = "Verified Artist" in document.text or "Artista verificato" in document.text
        marked = marked and document.tree.select_one(_VERIFIED) is not None
        return replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=handle,
            name=name,
            followers=count_in_meta(document, page.role, "og:description", r"([\d.,]+\s?[KM]?) followers"),
            bio=_podcast_text(document, page.role),
            verified=Fact(value=True, page=page.role, where=_VERIFIED) if marked else None,
            avatar=in_meta(document, page.role, "og:image"),
        )


def _podcast_text(document: Document, page: str) -> Fact[str] | None:
    """What a show says of itself, after the kind and the publisher."""
    said = in_meta(document, page, "og:description")
    found = _PODCAST.fullmatch(said.value) if said is not None else None
    return replace(said, value=found[1]) if said is not None and found is not None else None


def _roots(page: Page, document: Document) -> Iterator[JsonBlock]:
    if document.is_json:
        yield JsonBlock(document.json, page.role, "#")
        return
    for name in ("initialState", "initial-state", "__NEXT_DATA__"):
        value = document.island(name)
        if value is not None:
            yield JsonBlock(value, page.role, f'script[id="{name}"]#')


def _records(root: JsonBlock, link: Link) -> Iterator[JsonBlock]:
    """The records of the profile asked for: elsewhere profiles stand with their names alone."""
    for block in root.walk():
        found = _PROFILE_URI.fullmatch(str(block.at("/uri")))
        if found is not None and is_asked(link, found[1]) and any(block.at(path) for path in _OWN):
            yield block


def _refused(document: Document, page: Page) -> Refusal | None:
    """An error of the official interface, by its status."""
    error = JsonBlock(document.json, page.role, "#").block("/error")
    words = error.text("/message")
    if words is None:
        return None
    is_none = "non existing id" in words.value or "invalid id" in words.value.lower()
    states = {401: State.NO_CREDENTIAL, 403: State.NO_CREDENTIAL, 404: State.MISSING, 429: State.RATE_LIMITED}
    state = State.MISSING if is_none else states.get(error.number("/status") or 0, State.FAILED)
    return Refusal(state=state, reason=words.value[:200])


def _website(record: JsonBlock) -> Fact[str] | None:
    """The profile's own site, among the networks that it names."""
    for item in record.items("/profile/externalLinks/items"):
        if str(item.at("/name")).upper() in ("WEBSITE", "HOMEPAGE"):
            return item.text("/url")
    return None


def _releases(record: JsonBlock, page: Page) -> tuple[Post, ...]:
    """Albums of an artist and episodes of a show that have a date, newest first."""
    found: dict[str, Post] = {}
    for block in record.walk():
        release = _RELEASE_URI.fullmatch(str(block.at("/uri")))
        when = written_at(block, page.fetched_at, "/date/isoString", "/releaseDate/isoString")
        if release is None or when is None or len(found) == MAX_POSTS:
            continue
        name = block.text("/name")
        post = Post(
            url=f"https://open.spotify.com/{release[1]}/{release[2]}",
            at=when[0],
            precision=_precision(block, when[1]),
            text=name.value if name else None,
            page=block.page,
            where=block.place,
        )
        found.setdefault(release[2], post)
    return tuple(sorted(found.values(), key=lambda post: str(post.at), reverse=True))


def _precision(block: JsonBlock, read: Precision) -> Precision:
    """How finely a date is known: a year is written as its first second."""
    said = str(block.at("/date/precision") or block.at("/releaseDate/precision") or "").lower()
    return {"year": Precision.YEAR, "month": Precision.MONTH, "day": Precision.DAY}.get(said, read)


PLATFORM = Spotify()
