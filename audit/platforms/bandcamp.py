"""Bandcamp artists and labels: the page in its two forms, the feed, what the interface of the app answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from audit.models import Fact, Link, Page, Post, Precision, Profile, Refusal, Request, State
from audit.parse.address import host, host_matches, path_segments, query
from audit.parse.document import Document, load_json
from audit.parse.feed import posts_in
from audit.parse.persons import Persons
from audit.parse.structured import JsonBlock
from audit.platforms._ability import Checked, Shown
from audit.platforms._base import Platform
from audit.platforms._persons import EVERYWHERE
from audit.platforms._recognised import STAND_INS, is_home, name_below, segments_of
from audit.platforms._shown import (
    MAX_POSTS,
    SAVE_IT,
    accounts_named,
    feed_address,
    in_element,
    in_headline,
    in_meta,
    of_another,
    own_addresses,
    profile_of,
    written_at,
)

_BELOW = re.compile(r"([a-z0-9](?:[a-z0-9-]{0,60}[a-z0-9])?)\.bandcamp\.com")
_NO_ARTISTS = frozenset({"www", "m", "daily", "get", "blog", "help", "isrc", "t4", "f4", "s4", "popplers5", "bandcamp"})
_NOT_HERE = re.compile(r"sorry, that something isn.t here", re.IGNORECASE)
_TITLE = re.compile(r"(?:Music|Merch|Community) \| (.+)")
_BAND = "script[data-band]@data-band"
_PAGE_DATA = "#pagedata@data-blob"
_LINKS = "#band-links a[href]"
_TABS = frozenset({"music", "merch", "community", "releases", "artists", "contact", "video", "about", "subscribe"})


class Bandcamp(Platform):
    """{artist}.bandcamp.com. The accounts of listeners (bandcamp.com/{name}) are people's."""

    name = "bandcamp"
    title = "Bandcamp"
    hosts = frozenset({"bandcamp.com", "bcbits.com"})
    roles = ("answer", "profile", "feed")
    persons = EVERYWHERE | Persons(
        keys=frozenset({"thumbs", "more_thumbs", "more_reviews"}), words=frozenset({"collectors-data", "collected-by"})
    )
    keyless = False
    way_in = SAVE_IT
    robots_note = "Its robots.txt is not known to permit reading, and there is no interface for everybody."
    by_page = Shown(fields="name bio website location avatar recent")
    checked = Checked(pages="2026-05-25")

    def link(self, url: str) -> Link | None:
        """An artist's or a label's own host with its tabs; albums, tracks, players, listeners are none."""
        handle = name_below(url, _BELOW, _NO_ARTISTS | STAND_INS)
        if handle is None or not is_home([segment.lower() for segment in segments_of(url)], _TABS):
            return None
        return self._link(handle, f"https://{handle}.bandcamp.com/")

    def role(self, url: str) -> str | None:
        """The artist's page, its feed, what the app's interface says of the artist."""
        if host(url) == "bandcamp.com" and path_segments(url)[-1:] == ["band_details"]:
            return "answer"
        if path_segments(url) == ["feed"] and self.link(url.partition("/feed")[0]) is not None:
            return "feed"
        return super().role(url)

    def wants(self, link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
        """Nothing: a page is read where a person has saved it."""
        return {}

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """A free name (the site offers it), the site's page for what is not there, the page of another artist."""
        arrived = page.final_url
        if host(arrived) in ("bandcamp.com", "www.bandcamp.com") and "new_domain" in query(arrived):
            return Refusal(state=State.MISSING, reason=f"the name is free: {query(arrived)['new_domain'][:60]}")
        headline = in_headline(document)
        if _NOT_HERE.search(headline):
            return Refusal(state=State.MISSING, reason=headline)
        answer = document.json
        if isinstance(answer, dict) and answer.get("error") is True and page.status in (None, 200):
            return Refusal(state=State.FAILED, reason=str(answer.get("error_message") or "error")[:200])
        return of_another(link, self._named(page, document))

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The artist as the page, the feed or the interface's answer shows it."""
        shown = profile_of(self, link, page, self._named(page, document))
        if shown is None:
            return None
        if page.role == "answer":
            return _from_answer(shown, page, JsonBlock(document.json, page.role, "#"))
        if page.role == "feed":
            recent = posts_in(page.body, url=page.url, media_type=page.media_type, page=page.role)[:MAX_POSTS]
            return replace(
                shown,
                name=in_element(document, page.role, "title"),
                recent=tuple(replace(post, kind=None) for post in recent),
            )
        name = _name(document, page.role)
        return None if name is None else _from_page(shown, page, document, name)

    def _named(self, page: Page, document: Document) -> list[str]:
        """The artists that the page or the answer is about; behind an own domain the page's data name the host."""
        if page.role == "feed":
            return accounts_named(self, [feed_address(document)])
        if page.role == "answer":
            return accounts_named(self, [str(JsonBlock(document.json, page.role, "#").at("/bandcamp_url") or "")])
        known = load_json(document.find(_PAGE_DATA) or "")
        data = JsonBlock(known, page.role, _PAGE_DATA)
        inside = str(data.at("/signup_params/activation_url") or "")
        own = [address for address in own_addresses(document) if address]
        homes = [f"https://{host(address)}/" for address in own if host_matches(address, self.hosts)]
        return accounts_named(self, [*homes, inside])


def _name(document: Document, page: str) -> Fact[str] | None:
    """The artist's name: in the page's data, in its head, in its title."""
    name = JsonBlock(load_json(document.find(_BAND) or ""), page, f"{_BAND}#").text("/name")
    if name is None:
        name = in_element(document, page, "#band-name-location .title", ".stub-page-content h1")
    titled = _TITLE.fullmatch(document.title)
    return Fact(value=titled[1], page=page, where="title") if name is None and titled else name


def _from_page(shown: Profile, page: Page, document: Document, name: Fact[str]) -> Profile:
    where = page.role
    return replace(
        shown,
        name=name,
        bio=in_element(document, where, "#bio-text", ".signed-out-artists-bio-text meta[itemprop=description]@content")
        or _described(document, where),
        website=_website(document, where),
        location=in_element(document, where, "#band-name-location .location", ".stub-page-content h4"),
        avatar=in_element(
            document, where, "#bio-container img.band-photo@src", "img.band-photo@src", "img.bio-pic@src"
        ),
    )


def _described(document: Document, page: str) -> Fact[str] | None:
    return in_meta(document, page, "og:description") if document.meta.get("og:type") == "band" else None


def _website(document: Document, page: str) -> Fact[str] | None:
    """The first of the artist's links that is called a website or that is no network's: those are called by name."""
    for number, tag in enumerate(document.tree.select(_LINKS), start=1):
        words, address = tag.text(" ").lower(), str(tag.get("href"))
        if address.startswith("http") and (words == "website" or words == host(address).removeprefix("www.")):
            place = f"#band-links li:nth-of-type({number}) a@href"
            return in_element(document, page, place)
    return None


def _from_answer(shown: Profile, page: Page, answer: JsonBlock) -> Profile:
    """The artist with all releases that the app shows."""
    recent = []
    for block in list(answer.items("/discography"))[:MAX_POSTS]:
        when, text = written_at(block, page.fetched_at, "/release_date"), block.text("/title")
        if when is not None:
            recent.append(
                Post(
                    url=None,
                    at=when[0],
                    precision=Precision.DAY,
                    text=text.value if text else None,
                    page=block.page,
                    where=block.place,
                )
            )
    return replace(
        shown,
        name=answer.text("/name"),
        bio=answer.text("/bio"),
        location=answer.text("/location"),
        recent=tuple(recent),
    )


PLATFORM = Bandcamp()
