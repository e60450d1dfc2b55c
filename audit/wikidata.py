"""Wikidata on a company: the item whose official website is the company's, and the accounts that it states.

What may be asked is small. The robots.txt of www.wikidata.org and of the Wikipedias closes `/w/` (the Action API and
the search) and `/wiki/Special:` to every program, that of query.wikidata.org closes `/sparql`: so nobody can be asked
"whose official website is this?". Open are the item's page (`/wiki/Q…`), its data with an ending
(`Special:EntityData/Q….json`) and the articles of the Wikipedias. An item is therefore reached by an address: one
that the company's own page declares, or the item that an article names as its own. Either is a candidate only: the
item counts when the official website (P856) that it states lies on the company's domain.

The data say what is stated, with rank and end; the item's page shows each identifier as the address that Wikidata
makes of it by the property's own formatter (P1630). No list of properties stands here: a statement is an account
when its address is a profile of a platform. Figures that Wikidata holds (followers and the like) are not taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from bs4.element import Tag

from audit.models import Link, key_of
from audit.parse.address import absolute, host, host_matches, owner_place, path_segments
from audit.parse.document import Document
from audit.parse.structured import ORGANIZATION_TYPES, strings, types_of
from audit.parse.text import clean
from audit.platforms import link_of

FOUND_IN = "wikidata"
_OFFICIAL_WEBSITE = "P856"
_END_TIME = "P582"
_ITEM = re.compile(r"Q[1-9]\d{0,11}")
_ELSEWHERE = frozenset({"website", "wikidata", "wikipedia"})  # platforms that are no account of the company's
_GROUP = re.compile(r"""<div\b[^<>]{0,300}?\sid=["'](P\d{1,9})["'][^<>]{0,300}>""")
_LINK = "wb-external-id"
_MAX_DECLARED = 3  # addresses of one page that are followed


def data_address(item: str) -> str:
    """Where an item's statements are, as JSON."""
    return f"https://www.wikidata.org/wiki/Special:EntityData/{item}.json"


def page_address(item: str) -> str:
    """The item's page."""
    return f"https://www.wikidata.org/wiki/{item}"


def article_address(name: str, language: str) -> str:
    """Where the Wikipedia of a language would have its article on `name`."""
    title = clean(name).replace(" ", "_")
    return f"https://{language}.wikipedia.org/wiki/{quote(title[:1].upper() + title[1:], safe='')}"


def item_in(address: str) -> str | None:
    """The item that an address of Wikidata is of; None for all others."""
    if not host_matches(address, ("wikidata.org",)):
        return None
    last = path_segments(address)[-1:] or [""]
    name = last[0].removesuffix(".json").upper()
    return name if _ITEM.fullmatch(name) else None


def declared_in(document: Document) -> tuple[str, ...]:
    """The addresses of Wikidata and Wikipedia that a page declares to be the company, in page order."""
    found: list[str] = []
    for item, _ in document.json_ld:
        if types_of(item) & ORGANIZATION_TYPES:
            found += strings(item.get("sameAs"))
    for tag in document.tree.select("link[href]"):
        if "me" in [word.lower() for word in tag.words("rel")]:
            found.append(str(tag.get("href")))
    known = (address for address in map(_plain, found) if address and (item_in(address) or is_article(address)))
    return tuple(dict.fromkeys(known))[:_MAX_DECLARED]


def is_article(address: str) -> bool:
    """Whether an address is that of a Wikipedia article."""
    segments = path_segments(address)
    return host_matches(address, ("wikipedia.org",)) and len(segments) == 2 and segments[0] == "wiki"


def item_of_article(body: bytes) -> str | None:
    """The item that a Wikipedia article names as its own."""
    link = Document(body, "text/html").soup.select_one("#t-wikibase a[href]")
    return item_in(absolute(str(link.get("href")), "https://www.wikidata.org/") or "") if link is not None else None


def names_site(data: bytes, item: str, site: str) -> int:
    """How surely an item is the company at `site`: 2 for the very site, 1 for its domain, 0 for none of it."""
    surest = 0
    for value in _values(_claims(data, item).get(_OFFICIAL_WEBSITE), best=False):
        if owner_place(value) and owner_place(value) == owner_place(site):
            surest = max(surest, 2 if _same_place(value, site) else 1)
    return surest


def chosen(sureness: Mapping[str, int]) -> str | None:
    """The one item of several candidates that is surest; None where none is or where several are alike."""
    best = max(sureness.values(), default=0)
    surest = [item for item, sure in sureness.items() if sure == best]
    return surest[0] if best and len(surest) == 1 else None


def accounts(data: bytes, page: bytes, item: str) -> list[Link]:
    """The profiles that an item states and that have not ended, best rank only; `page` is the item's page."""
    shown = _addresses_shown(page)
    found: dict[tuple[str, str], Link] = {}
    for property_id, statements in _claims(data, item).items():
        for value in _values(statements, best=True):
            link = link_of(shown.get((property_id, clean(value)), ""))
            if link is not None and link.platform not in _ELSEWHERE:
                own = Link(
                    company=link.company, platform=link.platform, handle=link.handle, url=link.url, found_in=FOUND_IN
                )
                found.setdefault(key_of(link)[1:], own)
    return list(found.values())


def _claims(data: bytes, item: str) -> dict[str, Any]:
    """An item's statements by property; {} for what is no such data (deleted, redirected, damaged)."""
    content = Document(data, "application/json").json
    entities = content.get("entities") if isinstance(content, dict) else None
    entity = entities.get(item) if isinstance(entities, dict) else None
    claims = entity.get("claims") if isinstance(entity, dict) else None
    return claims if isinstance(claims, dict) else {}  # an item without statements has a list


def _values(statements: Any, *, best: bool) -> Iterator[str]:
    """The texts that a property's statements hold, of the best rank there is or of all that still hold."""
    listed = [one for one in statements if isinstance(one, dict)] if isinstance(statements, list) else []
    valid = [one for one in listed if one.get("rank") in ("normal", "preferred") and not _has_ended(one)]
    preferred = [one for one in valid if one.get("rank") == "preferred"]
    for statement in preferred if best and preferred else valid:
        value = _value(statement)
        if value:
            yield value


def _value(statement: dict[str, Any]) -> str:
    snak = statement.get("mainsnak")
    held = snak.get("datavalue") if isinstance(snak, dict) and snak.get("snaktype") == "value" else None
    value = held.get("value") if isinstance(held, dict) else None
    return value.strip() if isinstance(value, str) else ""


def _has_ended(statement: dict[str, Any]) -> bool:
    qualifiers = statement.get("qualifiers")
    return isinstance(qualifiers, dict) and bool(qualifiers.get(_END_TIME))


def _addresses_shown(page: bytes) -> dict[tuple[str, str], str]:
    """The address that the item's page shows for an identifier, by property and identifier.

    Read group by group: the whole page of a large company has more elements than any other page that is read.
    """
    shown: dict[tuple[str, str], str] = {}
    groups = _GROUP.split(Document(page, "text/html").text)[1:]  # property, its group, property, its group …
    for property_id, group in zip(groups[0::2], groups[1::2], strict=True):
        links = Document(group.encode(), "text/html").soup.select("a.wb-external-id[href]") if _LINK in group else ()
        for link in links:
            if not _is_aside(link):
                shown.setdefault((property_id, clean(link.get_text())), str(link.get("href")))
    return shown


def _is_aside(link: Tag) -> bool:
    """Whether a link stands in a qualifier or in a reference."""
    marks = (" ".join(str(name) for name in parent.get_attribute_list("class") if name) for parent in link.parents)
    return any("statementview-qualifiers" in mark or "statementview-references" in mark for mark in marks)


def _plain(address: str) -> str:
    return (absolute(clean(address), "https://own.invalid/") or "").partition("#")[0]


def _same_place(one: str, other: str) -> bool:
    return _place(one) == _place(other)


def _place(address: str) -> tuple[str, Iterable[str]]:
    return host(address).removeprefix("www."), path_segments(address)
