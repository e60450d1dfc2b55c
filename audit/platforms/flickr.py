"""Flickr photo streams: the models that the page was made of, and the head of the stream."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import unquote

from audit.models import CountFact, Fact, Link, Page, Post, Precision, Profile, Refusal, Request, State
from audit.parse.address import absolute, host
from audit.parse.counts import exact_count, first_count
from audit.parse.document import Document
from audit.parse.structured import JsonBlock
from audit.parse.text import clean
from audit.platforms._ability import Checked, Shown
from audit.platforms._base import Platform
from audit.platforms._recognised import STAND_INS, is_front_door, segments_of
from audit.platforms._shown import (
    MAX_POSTS,
    SAVE_IT,
    accounts_named,
    count_in,
    in_element,
    in_headline,
    in_meta,
    is_asked,
    of_another,
    own_addresses,
)

_HANDLE = re.compile(r"[A-Za-z0-9_-]{2,60}|\d{4,12}@N\d\d")
_API = "api.flickr.com"
_MODELS = "modelExport:"  # what follows it is the JSON that the page was made of
_NOT_FOUND = re.compile(r"(?:flickr:? )?(?:page not found|this is not the page you.re looking for).*", re.IGNORECASE)
_GONE = re.compile(r"this (?:member|user) is no longer active", re.IGNORECASE)
_WORDS = frozenset({
    "photos", "people", "groups", "explore", "search", "tags", "map", "services", "help", "about", "account", "upload",
    "commons", "cameras", "creativecommons", "photo.gne", "signin", "signup", "login", "join", "prints", "jobs",
    "apps", "events", "galleries", "places", "the-commons", "trending", "tour", "blog", "me", "mail", "new", "create",
    "gp", "photosof", "recent", "license", "guidelines", "terms", "privacy", "badge_code_v2", "slideshow",
    "apps_and_plugins",
})  # fmt: skip
_TABS = frozenset({"albums", "sets", "favorites", "faves", "galleries", "groups", "contacts", "collections", "about"})


class Flickr(Platform):
    """flickr.com: a stream and its owner's page are one account."""

    name = "flickr"
    title = "Flickr"
    hosts = frozenset({"flickr.com", "flic.kr", "staticflickr.com"})
    keyless = False
    way_in = SAVE_IT
    robots_note = "The terms forbid mass copying; the official API needs a key."
    by_page = Shown(fields="name followers following posts location avatar recent", posts="exact")
    checked = Checked(pages="2021-04-04")

    def link(self, url: str) -> Link | None:
        """`/photos/{name}`, `/people/{name}` with their tabs, `/{name}`; photos, albums, groups, tags are none."""
        segments = segments_of(url)
        if not is_front_door(url, r"flickr\.com", names="www|m|secure"):
            return None
        if segments[:1] in (["photos"], ["people"]):
            segments = segments[1:]
        elif len(segments) != 1:
            return None
        if not segments or len(segments) > 2 or (len(segments) == 2 and segments[1].lower() not in _TABS):
            return None
        handle = segments[0]
        if not _HANDLE.fullmatch(handle) or handle.lower() in _WORDS | STAND_INS:
            return None
        return self._link(handle, f"https://www.flickr.com/photos/{handle}/")

    def wants(self, link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
        """Nothing: a page is read where a person has saved it."""
        return {}

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """The site's pages for what is not there and for members who left, or the page of another member."""
        if JsonBlock(document.json, page.role, "#").at("/stat") == "fail":
            message = JsonBlock(document.json, page.role, "#").text("/message")
            said = message.value[:200] if message else "an error of the interface"
            return Refusal(state=State.MISSING if "not found" in said else State.NO_CREDENTIAL, reason=said)
        named = self._named(document)
        for words in () if named else (document.title, in_headline(document)):
            if _GONE.search(words):
                return Refusal(state=State.GONE, reason=words[:200])
            if _NOT_FOUND.fullmatch(words):
                return Refusal(state=State.MISSING, reason=words[:200])
        person = _person(page, document, named[0]) if named else None
        return of_another(link, [*named, str(person.at("/id")), str(person.at("/pathAlias"))] if person else named)

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The member's models, and what stands in the head of the stream."""
        if host(page.url) == _API:
            return self._from_answer(link, page, document)
        handle = next(iter(self._named(document)), "")
        person = _person(page, document, handle)
        name = in_meta(document, page.role, "og:title") or in_element(document, page.role, "h1")
        if not handle or name is None or name.value == self.title:
            return None
        number = str(person.at("/id")) if person is not None else ""
        contacts = _model(page, document, "person-contacts-count-models", number)
        profile = _model(page, document, "person-profile-models", number)
        role = page.role
        return replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=handle,
            name=name,
            followers=(contacts.count("/followerCount") if contacts else None) or _beside(document, role, 0),
            following=(contacts.count("/followingCount") if contacts else None) or _beside(document, role, 1),
            posts=(profile.count("/photoCount") if profile else None)
            or count_in(document, role, ".photo-count", r"\d"),
            location=profile.text("/location") if profile and "%" not in str(profile.at("/location")) else None,
            avatar=person.text("/buddyicon/large", "/buddyicon/retina") if person else None,
            recent=_photos(page, document, number, handle),
        )

    def _from_answer(self, link: Link, page: Page, document: Document) -> Profile | None:
        """A member as the interface tells of them: as data, or in XML."""
        person = JsonBlock(document.json, page.role, "#").block("/person")
        handle = person.text("/path_alias", "/nsid") if document.is_json else _attribute(document, page)
        if handle is None or not is_asked(link, handle.value):
            return None
        count = exact_count(document.find("person > photos > count"))
        return replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=handle.value,
            name=person.text("/username/_content") or in_element(document, page.role, "person > username"),
            posts=person.count("/photos/count/_content")
            or (count.fact(page.role, "person > photos > count") if count else None),
            bio=person.text("/description/_content"),
            location=person.text("/location/_content"),
        )

    def _named(self, document: Document) -> list[str]:
        """The member whose stream it is, by the page's own addresses."""
        addresses = (absolute(address, "https://www.flickr.com/") for address in own_addresses(document) if address)
        return accounts_named(self, [address for address in addresses if address])


def _attribute(document: Document, page: Page) -> Fact[str] | None:
    return in_element(document, page.role, "person@path_alias", "person@nsid")


def _beside(document: Document, page: str, number: int) -> CountFact | None:
    """Followers and following stand in one line, in this order in every language: "359 Followers • 209 Following"."""
    pieces = (document.find("p.followers") or "").split("•")
    count = first_count(pieces[number], document.language or "en") if len(pieces) == 2 else None
    return count.fact(page, "p.followers") if count else None


def _models(page: Page, document: Document, key: str = "_flickrModelRegistry") -> Iterator[JsonBlock]:
    for value, place in document.after(_MODELS):
        yield from JsonBlock(value, page.role, place).holding(key)


def _person(page: Page, document: Document, name: str) -> JsonBlock | None:
    """The member of that name (in the address, or the number) among those that the page knows."""
    for block in _models(page, document):
        names = [block.at("/pathAlias"), block.at("/id")]
        is_person = block.at("/_flickrModelRegistry") == "person-models"
        if is_person and any(isinstance(known, str) and known.lower() == name.lower() for known in names):
            return block
    return None


def _model(page: Page, document: Document, kind: str, number: str) -> JsonBlock | None:
    """The model of a kind about the member with that number."""
    blocks = (block for block in _models(page, document) if block.at("/_flickrModelRegistry") == kind)
    return next((block for block in blocks if number and block.at("/id") == number), None)


def _photos(page: Page, document: Document, number: str, handle: str) -> tuple[Post, ...]:
    """The member's own photos with the time of their upload, newest first. Texts in models are percent-encoded."""
    found: dict[str, Post] = {}
    for block in _models(page, document, "stats"):
        photo, at = block.at("/id"), block.moment("/stats/datePosted")
        owner = block.at("/ownerNsid") or block.at("/engagement/ownerNsid")
        if not isinstance(photo, str) or not photo.isdigit() or at is None or not number or owner != number:
            continue
        title = block.text("/title")
        found[photo] = Post(
            url=f"https://www.flickr.com/photos/{handle}/{photo}/",
            at=at,
            precision=Precision.SECOND,
            kind="video" if block.at("/mediaType") == "video" else "image",
            text=(clean(unquote(title.value)) or None) if title else None,
            reactions=block.number("/engagement/faveCount"),
            comments=block.number("/engagement/commentCount"),
            views=block.number("/engagement/viewCount"),
            page=block.page,
            where=block.place,
        )
    newest_first = sorted(found.values(), key=lambda photo: str(photo.at), reverse=True)
    return tuple(newest_first[:MAX_POSTS])


PLATFORM = Flickr()
