"""Sites that list places with what guests think of them: read by an API with a key, or as a person saved a page."""

from __future__ import annotations

from dataclasses import replace

from audit.models import Fact, Link, Page, Profile, Refusal
from audit.parse.document import Document
from audit.parse.text import clean
from audit.platforms._base import Platform
from audit.platforms._employers import rated
from audit.platforms._labels import REVIEWS, figures_around
from audit.platforms._shown import SAVE_IT, accounts_named, of_another, own_addresses, profile_of
from audit.platforms._stars_around import stars_around


class RatedPlaces(Platform):
    """A site whose pages are each about one place."""

    any_role_suffices = True
    keyless = False
    way_in = SAVE_IT

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """The page of another place than the one asked for."""
        if document.is_json or (page.status or 200) >= 400:
            return None
        return of_another(link, accounts_named(self, own_addresses(document)))

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """What the page says to search engines of its place, else the head of the drawn page."""
        named = accounts_named(self, own_addresses(document))
        shown = None if document.is_json else profile_of(self, link, page, named)
        if shown is None:
            return None
        told = rated(shown, document, page.role)
        return told if told.name is not None else _drawn(shown, document, page)


def _drawn(shown: Profile, document: Document, page: Page) -> Profile | None:
    """`shown` with the name, the stars and the number of reviews of the place that the drawn page is about; None
    where it has no headline. Without reviews there are no stars, whatever is drawn."""
    headline = next((tag for tag in document.tree.select("h1", limit=3) if clean(tag.text(" "))), None)
    if headline is None:
        return None
    rating, counted = stars_around(document, page, headline, '[role="img"][aria-label], svg[aria-label]')
    reviews = counted or figures_around(document, page.role, headline, {"reviews": REVIEWS}).get("reviews")
    name = Fact(value=clean(headline.text(" ")), page=page.role, where=headline.place())
    return replace(shown, name=name, reviews=reviews, rating=rating if reviews is not None else None)
