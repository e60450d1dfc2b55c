"""The stars and reviews beside the name of a place, as sites draw them: in labels for screen readers."""

from __future__ import annotations

import re

from audit.models import CountFact, Fact, Page
from audit.parse.counts import first_count
from audit.parse.document import Document
from audit.parse.text import clean
from audit.parse.tree import Element
from audit.platforms._labels import REVIEWS

# "4.6 stars", "4,5 su 5 pallini": the words differ, the figure does not. A whole number may be an hour or a floor:
# it counts before its scale or a word for stars.
_STARS = re.compile(
    r"\D{0,25}([1-5](?:[.,]\d|(?=\D{1,15}5\D{0,20}$|\W*(?:stars?|stell[ae]|sterne?|étoiles?|estrellas?|estrelas?)\b)))"
    r"\D{0,15}(?:(?<=\D)5\D{0,20})?",
    re.IGNORECASE,
)
_MAX_CLIMB = 6


def stars_around(
    document: Document, page: Page, headline: Element, labelled: str
) -> tuple[Fact[float] | None, CountFact | None]:
    """Stars and number of reviews out of the labels of the elements `labelled`, in the smallest block around the name
    that has them."""
    block: Element | None = headline
    for _ in range(_MAX_CLIMB):
        block = block.parent if block is not None else None
        if block is None or block.name in ("body", "html"):
            break
        rating: Fact[float] | None = None
        reviews: CountFact | None = None
        for tag in block.select(labelled, limit=50):
            label = clean(str(tag.get("aria-label")))
            counts = REVIEWS.search(label) is not None
            stars = _STARS.fullmatch(label)
            if stars is not None and rating is None and (not counts or not stars.group(1).isdigit()):
                value = float(stars.group(1).replace(",", "."))
                rating = Fact(value=value, page=page.role, where=f"{tag.place()}@aria-label")
            elif counts and reviews is None:
                count = first_count(label, document.language or "en")
                reviews = count.fact(page.role, f"{tag.place()}@aria-label") if count else None
        if rating is not None or reviews is not None:
            return rating, reviews
    return None, None
