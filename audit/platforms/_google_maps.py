"""A place on Google Maps, and an entity beside Google's results, as their pages show them.

The map's page carries the place as a list inside a text inside a list; when a browser has drawn it, its head has the
same in labels for screen readers. Neither is documented: what is not where it should be is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from audit.models import CountFact, Fact, Page, Profile
from audit.parse.address import host, query
from audit.parse.counts import exact_count, first_count
from audit.parse.document import Document, load_json
from audit.parse.persons import Positions
from audit.parse.structured import JsonBlock
from audit.parse.text import clean
from audit.parse.tree import Element
from audit.platforms._labels import REVIEWS
from audit.platforms._shown import in_element
from audit.platforms._stars_around import stars_around

_STATE = "APP_INITIALIZATION_STATE"
_GUARD = ")]}'"
# Where the list of a place has what.
_NAME, _CID, _RATING, _REVIEWS, _WEBSITE, _CATEGORY, _ADDRESS = (
    "/11", "/10", "/4/7", "/4/8", "/7/0", "/13/0", "/18",
)  # fmt: skip
# Reviews, photographs and who gave them stand elsewhere in the same list.
PLACE_IN_STATE = Positions(mark=_GUARD, kept=frozenset((6, index) for index in (4, 7, 10, 11, 13, 18)))
_HEX_CID = re.compile(r"0x[0-9a-f]{1,16}:0x([0-9a-f]{1,16})", re.IGNORECASE)


def place_of_page(blank: Profile, page: Page, document: Document) -> Profile | None:
    """What a page of the map shows of its place: `blank` with it; None where it shows no place."""
    state = _place(document, page)
    drawn = _from_head(blank, page, document)
    if state is None:
        return drawn
    told = _from_state(blank, page, state)
    if drawn is None:
        return told
    return replace(
        told,
        website=told.website or drawn.website,
        category=told.category or drawn.category,
        location=told.location or drawn.location,
        rating=told.rating or drawn.rating,
        reviews=told.reviews or drawn.reviews,
    )


def number_of_page(page: Page, document: Document) -> int | None:
    """The place's number on the map (cid), as the page's data have it; None where they do not."""
    state = _place(document, page)
    found = _HEX_CID.fullmatch(str(state.at(_CID))) if state is not None else None
    return int(found.group(1), 16) if found else None


def entity_of_page(blank: Profile, page: Page, document: Document) -> Profile | None:
    """What the panel beside Google's results shows of an entity."""
    name = in_element(document, page.role, '[data-attrid="title"]')
    if name is None:
        return None
    score = in_element(
        document, page.role, '[data-attrid$="star_score"] [aria-hidden="true"]', '[data-attrid$="star_score"]'
    )
    stars = re.match(r"([1-5](?:[.,]\d)?)(?!\d)", score.value) if score is not None else None
    rating: Fact[float] | None = None
    if score is not None and stars is not None:
        rating = Fact(value=float(stars.group(1).replace(",", ".")), page=page.role, where=score.where)
    return replace(
        blank,
        name=name,
        category=in_element(document, page.role, '[data-attrid="subtitle"]'),
        bio=in_element(document, page.role, '[data-attrid$="description"] span'),
        location=in_element(document, page.role, '[data-attrid$="location:address"] [class="LrzXr"]'),
        website=in_element(document, page.role, '[data-attrid$="official_site"] a@href'),
        rating=rating,
        reviews=_panel_reviews(page, document),
    )


def _panel_reviews(page: Page, document: Document) -> CountFact | None:
    for tag in document.tree.select('[data-attrid$="star_score"] a'):
        text = clean(tag.text(" "))
        count = first_count(text, document.language or "en") if REVIEWS.search(text) else None
        if count is not None:
            return count.fact(page.role, tag.place())
    return None


def _place(document: Document, page: Page) -> JsonBlock | None:
    """The list of the place; the place of its values is the text that holds it."""
    if _STATE not in document.text:
        return None
    state = JsonBlock(document.variable(_STATE), page.role, f"var {_STATE}#")
    for text in _texts(state.block("/3")):
        value = load_json(str(text.value).removeprefix(_GUARD)) if str(text.value).startswith(_GUARD) else None
        place = JsonBlock(value, page.role, text.place).block("/6")
        if isinstance(place.at(_NAME), str) and isinstance(place.at(_CID), str):
            return JsonBlock(place.value, page.role, text.place)
    return None


def _texts(block: JsonBlock) -> Iterator[JsonBlock]:
    for item in block.items():
        if isinstance(item.value, str):
            yield item
        elif isinstance(item.value, dict | list):
            yield from (inner for inner in item.items() if isinstance(inner.value, str))


def _from_state(blank: Profile, page: Page, place: JsonBlock) -> Profile:
    name, rating, reviews = place.at(_NAME), place.at(_RATING), exact_count(place.at(_REVIEWS))
    address = place.at(_ADDRESS)
    return replace(
        blank,
        name=_text(place, name),
        category=_text(place, place.at(_CATEGORY)),
        location=_text(place, str(address).removeprefix(f"{name}, ") if isinstance(address, str) else None),
        website=_text(place, _plain_address(place.at(_WEBSITE))),
        rating=Fact(value=float(rating), page=page.role, where=place.place) if _is_rating(rating) else None,
        reviews=reviews.fact(page.role, place.place) if reviews is not None else None,
    )


def _text(place: JsonBlock, value: object) -> Fact[str] | None:
    text = clean(value) if isinstance(value, str) else ""
    return Fact(value=text, page=place.page, where=place.place) if text else None


def _is_rating(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 1 <= value <= 5


def _plain_address(value: object) -> str | None:
    """An address without the site's own redirect around it."""
    if not isinstance(value, str):
        return None
    if value.startswith("/url?") or (host(value).startswith("www.google.") and "/url?" in value):
        return query(f"https://www.google.com{value}" if value.startswith("/") else value).get("q") or None
    return value if value.startswith("http") else None


def _from_head(blank: Profile, page: Page, document: Document) -> Profile | None:
    """The head of a drawn place: its name, and around it the labels of stars and reviews."""
    headline = _headline(document)
    if headline is None or document.tree.select_one("[data-item-id]") is None:
        return None
    rating, reviews = stars_around(document, page, headline, "span[aria-label]")
    website = document.find('a[data-item-id="authority"]@href')
    return replace(
        blank,
        name=Fact(value=clean(headline.text(" ")), page=page.role, where=headline.place()),
        category=in_element(document, page.role, 'button[jsaction*=".category"]'),
        location=_without_label(in_element(document, page.role, '[data-item-id="address"]@aria-label')),
        website=Fact(value=website, page=page.role, where='a[data-item-id="authority"]@href') if website else None,
        rating=rating,
        reviews=reviews,
    )


def _headline(document: Document) -> Element | None:
    """The place's name: the only headline, or the one that the title begins with; a list of results has one too."""
    shown = [tag for tag in document.tree.select("h1", limit=9) if clean(tag.text(" "))]
    if len(shown) > 1:
        shown = [tag for tag in shown if document.title.startswith(clean(tag.text(" ")))]
    return shown[0] if len(shown) == 1 else None


def _without_label(fact: Fact[str] | None) -> Fact[str] | None:
    """ "Address: Via Roma 1" without its first word."""
    return None if fact is None else replace(fact, value=re.sub(r"^[^:：,]{2,30}[:：]\s*", "", fact.value))
