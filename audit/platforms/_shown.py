"""What pages of many networks show in the same way: metadata, elements with a number, the account that they name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from audit.models import Count, CountFact, Fact, Precision, Refusal, State
from audit.parse.counts import first_count
from audit.parse.dates import parse_date
from audit.parse.document import Document
from audit.parse.structured import JsonBlock
from audit.parse.text import clean
from audit.parse.tree import Element
from audit.platforms._labels import labelled_count
from audit.platforms._wall_words import NOT_FOUND
from audit.walls import moved_reason

if TYPE_CHECKING:
    from audit.models import Link, Page, Profile
    from audit.platforms._base import Platform

SAVE_IT = "Open the profile in a browser, save the page and import the file."
MAX_POSTS = 100  # a page shows its newest dozens
DIRECTIONS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # marks of the direction of writing
_LONGEST_LABEL = 200  # characters of an element that shows a number
_LONGEST_DATE = 60  # characters; what is longer is a text and no date


def is_asked(link: Link, *names: object) -> bool:
    """Whether one of an account's names is the one asked for; any account is, where none was named."""
    asked = link.handle.casefold()
    return not asked or any(isinstance(name, str) and name.casefold() == asked for name in names)


def accounts_named(platform: Platform, addresses: Iterable[str]) -> list[str]:
    """The handles of the profiles of `platform` among the addresses that a page gives for itself."""
    found = [platform.link(address) for address in addresses if address]
    return [link.handle for link in found if link is not None]


def without_unread(title: str) -> str:
    """A page's title without the number of unread messages that a browser shows before it: "(3) Acme"."""
    return re.sub(r"^\(\d{1,3}\+?\)\s", "", title)


def own_addresses(document: Document) -> list[str]:
    """The addresses that a page gives for itself: canonical, og:url, twitter:url."""
    return [document.canonical, document.meta.get("og:url", ""), document.meta.get("twitter:url", "")]


def profile_of(platform: Platform, link: Link, page: Page, names: Iterable[str]) -> Profile | None:
    """An observed profile that goes by the first of the `names` of a page's account, of which nothing else is known
    yet; None when the page names none, or not the account asked for."""
    handle = next(iter(names), "")
    if not handle or not is_asked(link, handle):
        return None
    return replace(platform.blank(link, state=State.OBSERVED, source=page.source), handle=handle)


def oembed_author(platform: Platform, link: Link, page: Page, document: Document) -> Profile | None:
    """Who published a post, by the answer that a site gives to those who embed it (oEmbed): name and handle alone."""
    answer = JsonBlock(document.json, page.role, "#")
    address = answer.text("/author_url")
    author = platform.link(address.value) if address is not None else None
    if author is None or not is_asked(link, author.handle):
        return None
    blank = platform.blank(link, state=State.OBSERVED, source=page.source)
    return replace(blank, handle=author.handle, name=answer.text("/author_name"))


def of_another(link: Link, names: Iterable[str]) -> Refusal | None:
    """The refusal of a page that names an account, and not the one asked for; None when it names that or none."""
    shown = [name for name in names if name]
    if not shown or is_asked(link, *shown):
        return None
    return Refusal(state=State.SHELL, reason=moved_reason(link.handle, shown[0]))


def missing_or_other(platform: Platform, link: Link, document: Document, not_here: re.Pattern[str]) -> Refusal | None:
    """The site's page for what is not there: it names no account, and its title or headline says so in words that many
    sites use, or in the form `not_here`. Else `of_another`."""
    names = accounts_named(platform, own_addresses(document))
    for words in () if names else (document.title, in_headline(document)):
        if NOT_FOUND.search(words) or not_here.fullmatch(words):
            return Refusal(state=State.MISSING, reason=words[:200])
    return of_another(link, names)


def feed_address(document: Document) -> str:
    """The address of the site that a feed belongs to; "" when it names none."""
    tag = document.tree.select_one("link")
    # The parser of pages knows no closing <link>: the address stands behind it.
    return clean(tag.after) if tag is not None else ""


def in_meta(document: Document, page: str, *keys: str) -> Fact[str] | None:
    """The first of the metadata `keys` that the page has."""
    for key in keys:
        if key in document.meta:
            return Fact(value=document.meta[key], page=page, where=document.meta_where(key))
    return None


def in_element(document: Document, page: str, *places: str) -> Fact[str] | None:
    """The first of `places` (as in `Document.find`) that holds a text."""
    for place in places:
        value = document.find(place)
        if value:
            return Fact(value=value, page=page, where=place)
    return None


def in_headline(document: Document) -> str:
    """The page's first headline, "" without one."""
    tag = document.tree.select_one("h1, h2, h3")
    return clean(tag.text(" "))[:_LONGEST_LABEL] if tag is not None else ""


def count_in_meta(document: Document, page: str, key: str, pattern: str = r"(.+)") -> CountFact | None:
    """The number in the first group of `pattern` within a metadata value; None when it is not shown so."""
    found = re.search(pattern, document.meta.get(key, ""), re.IGNORECASE)
    count = first_count(found.group(1), document.language or "en") if found is not None else None
    return None if count is None else count.fact(page, document.meta_where(key))


def count_in(document: Document, page: str, places: str, pattern: str) -> CountFact | None:
    """The number in the shortest text of an element of selector `places` in which `pattern` is found: within its
    first group, where it has one."""
    best: tuple[int, Element, str] | None = None
    for tag in document.tree.select(places):
        text = clean(tag.text(" "))
        found = re.search(pattern, text, re.IGNORECASE) if len(text) <= _LONGEST_LABEL else None
        if found is not None and (best is None or len(text) < best[0]):
            best = (len(text), tag, found.group(1) if found.re.groups else text)
    count = first_count(best[2], document.language or "en") if best is not None else None
    return None if best is None or count is None else count.fact(page, best[1].place())


def told_alone(text: str, label: re.Pattern[str], locale: str, words: re.Pattern[str]) -> Count | None:
    """The count of a network's own sentence: beside its label, with no other number, and no words but the label and
    `words`. "Thanks for 10,000 followers" and "Anna and 12 others" are people's sentences, not the network's."""
    shown = DIRECTIONS.sub("", text)
    count = labelled_count(shown, label, locale)
    if count is None:
        return None
    before, _, behind = shown.partition(count.raw)
    rest = words.sub(" ", label.sub(" ", before) + " " + label.sub(" ", behind))
    return None if any(character.isalnum() for character in rest) else count


def variable_of(document: Document, page: str, name: str) -> JsonBlock:
    """What a script of the page gives the variable `name`."""
    return JsonBlock(document.variable(name), page, f"var {name}#")


def described(
    blank: Profile, entries: Iterable[JsonBlock], asked: str, *names: str
) -> tuple[Profile, JsonBlock] | None:
    """What the first ProfilePage of schema.org whose account goes by `asked` (any does, where that is "") says of it,
    beside the account itself, for its figures. One of the paths `names` holds the account's handle."""
    for entry in entries:
        account = entry.block("/mainEntity")
        handle = account.text(*names)
        if handle is None or (asked and handle.value.lower() != asked.lower()):
            continue
        said = replace(
            blank,
            handle=handle.value,
            name=account.text("/name"),
            bio=account.text("/description"),
            website=account.text("/sameAs/0"),
        )
        return said, account
    return None


def performed(statistics: JsonBlock, action: str) -> CountFact | None:
    """How often `action` ("FollowAction") was done, by one InteractionCounter of schema.org or a list of them. One
    that does not say of what it is the number is taken where it stands alone."""
    blocks = [statistics] if isinstance(statistics.value, dict) else list(statistics.items())
    for block in blocks:
        kind = str(block.at("/interactionType/@type") or block.at("/interactionType") or "")
        if kind.endswith(action) or (not kind and len(blocks) == 1):
            return block.rounded("/userInteractionCount")
    return None


def stars_of(block: JsonBlock, *paths: str) -> Fact[float] | None:
    """The first of `paths` that holds a rating from 1 to 5, a number or one in writing ("4.5", "4.87")."""
    for path in paths:
        value = block.at(path)
        if isinstance(value, str) and re.fullmatch(r"[1-5](?:\.\d{1,2})?", value):
            value = float(value)
        if isinstance(value, int | float) and not isinstance(value, bool) and 1 <= value <= 5:
            return Fact(value=float(value), page=block.page, where=block.place + path)
    return None


def written_at(block: JsonBlock, now: datetime, *paths: str) -> tuple[datetime, Precision] | None:
    """The time in writing at the first of `paths` that holds a text, and how finely it is told."""
    shown = block.text(*paths)
    return parse_date(shown.value, now=now) if shown is not None and len(shown.value) <= _LONGEST_DATE else None


def day_of(block: JsonBlock, now: datetime, *paths: str) -> Fact[date] | None:
    """The day of the time in writing at the first of `paths` that holds a text."""
    shown, read = block.text(*paths), written_at(block, now, *paths)
    return None if shown is None or read is None else Fact(value=read[0].date(), page=shown.page, where=shown.where)
