"""Wikidata items about a company: its name, description and official website; not what it states of accounts.

What an item states of a company's accounts is read by discovery, and figures that Wikidata repeats (followers and the
like) are nobody's here: each platform is asked for its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from audit.models import Fact, Link, Page, Profile, Refusal, Request, State
from audit.parse.address import host, path_segments, query
from audit.parse.document import Document
from audit.parse.structured import JsonBlock
from audit.parse.text import clean
from audit.platforms._ability import Checked, Control, Shown
from audit.platforms._base import Platform
from audit.platforms._recognised import is_front_door, segments_of
from audit.platforms._shown import accounts_named, in_element, is_asked, of_another, own_addresses

_ITEM = re.compile(r"Q[1-9]\d{0,11}")
_DATA = "https://www.wikidata.org/wiki/Special:EntityData/"
_OFFICIAL_WEBSITE, _END_TIME = "P856", "P582"
_LANGUAGES = ("en", "mul", "it")  # of labels and descriptions, the first that is there; else the item's first
_TOO_OFTEN = frozenset({"maxlag", "ratelimited", "readonly"})
_LABEL, _DESCRIPTION = ".wikibase-title-label", ".wikibase-entitytermsview-heading-description"


class Wikidata(Platform):
    """wikidata.org. The handle is the item's number."""

    name = "wikidata"
    title = "Wikidata"
    hosts = frozenset({"wikidata.org"})
    roles = ("profile", "page")
    robots_note = "robots.txt leaves the data of an item open: one answer is asked."
    way_in = "Check the item's number on Wikidata."
    by_page = Shown(fields="name bio website")
    checked = Checked(pages="2020-02-29")
    control = Control(
        known="https://www.wikidata.org/wiki/Q2013",
        unknown="https://www.wikidata.org/wiki/Q999999999999",
        page="name website",
    )

    def link(self, url: str) -> Link | None:
        """`/wiki/Q…` and `/entity/Q…`; properties, queries and all other pages are none."""
        segments = segments_of(url)
        if not is_front_door(url, r"wikidata\.org") or len(segments) != 2 or segments[0] not in ("wiki", "entity"):
            return None
        item = segments[1].upper()
        if not _ITEM.fullmatch(item):
            return None
        return self._link(item, f"https://www.wikidata.org/wiki/{item}")

    def role(self, url: str) -> str | None:
        """An item's data (of the item alone or of the interface), or its page."""
        if self.link(url) is not None:
            return "page"
        segments = path_segments(url)
        is_data = segments[:2] == ["wiki", "Special:EntityData"] or query(url).get("action") == "wbgetentities"
        return "profile" if is_data and is_front_door(url, r"wikidata\.org") else None

    def wants(self, link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
        """The item's data."""
        return {} if pages else {"profile": Request(url=f"{_DATA}{link.handle}.json", accept="application/json")}

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """Items that are not there, an interface that is busy, and another item than the one asked for."""
        answer = JsonBlock(document.json, page.role, "#")
        error = answer.at("/error/code")
        if isinstance(error, str):
            state = State.RATE_LIMITED if error in _TOO_OFTEN else State.FAILED
            state = State.MISSING if error == "no-such-entity" else state
            return Refusal(state=state, reason=clean(str(answer.at("/error/info") or error))[:200])
        entities = list(answer.items("/entities"))
        if entities and all("missing" in entity.value for entity in entities if isinstance(entity.value, dict)):
            return Refusal(state=State.MISSING, reason="Wikidata has no such item")
        return of_another(link, self._named(page, document))

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The item by its data or by its page."""
        named = self._named(page, document)
        item = link.handle if link.handle in named else next(iter(named), "")
        if not item or not is_asked(link, item):
            return None
        shown = replace(self.blank(link, state=State.OBSERVED, source=page.source), handle=item)
        if not document.is_json:
            name = in_element(document, page.role, _LABEL)
            place = f"#{_OFFICIAL_WEBSITE} .wikibase-snakview-value a.external@href"
            bio, website = in_element(document, page.role, _DESCRIPTION), in_element(document, page.role, place)
            return replace(shown, name=name, bio=bio, website=website) if name else None
        entity = next(entity for entity in _items(document, page.role) if entity.at("/id") == item)
        return replace(
            shown,
            name=_worded(entity.block("/labels")),
            bio=_worded(entity.block("/descriptions")),
            website=_website(entity),
        )

    def _named(self, page: Page, document: Document) -> list[str]:
        """The items that an answer is about."""
        if document.is_json:
            return [str(entity.at("/id")) for entity in _items(document, page.role)]
        number = re.search(r"\((Q\d+)\)", document.find(".wikibase-title-id") or "")
        return [number[1]] if number else accounts_named(self, own_addresses(document))


def _items(document: Document, role: str) -> Iterator[JsonBlock]:
    """The items in an answer, as they are; those that were found under their number come without one in excerpts."""
    for entity in JsonBlock(document.json, role, "#").items("/entities"):
        number = entity.place.rsplit("/", 1)[-1]
        if not isinstance(entity.value, dict) or "missing" in entity.value:
            continue
        if _ITEM.fullmatch(str(entity.at("/id"))):
            yield entity
        elif entity.at("/id") is None and _ITEM.fullmatch(number):
            yield JsonBlock({**entity.value, "id": number}, entity.page, entity.place)


def _worded(texts: JsonBlock) -> Fact[str] | None:
    """A label or a description in the language that says it to most, else in the first there is."""
    preferred = texts.text(*(f"/{language}/value" for language in _LANGUAGES))
    return preferred or next((text for item in texts.items() if (text := item.text("/value")) is not None), None)


def _website(entity: JsonBlock) -> Fact[str] | None:
    """The official website that is stated with the best rank and has not ended."""
    valid = [
        statement
        for statement in entity.items(f"/claims/{_OFFICIAL_WEBSITE}")
        if statement.at("/rank") in ("normal", "preferred") and statement.at(f"/qualifiers/{_END_TIME}") is None
    ]
    valid.sort(key=lambda statement: statement.at("/rank") != "preferred")
    for statement in valid:
        address = statement.text("/mainsnak/datavalue/value")
        if address is not None and host(address.value):
            return address
    return None


PLATFORM = Wikidata()
