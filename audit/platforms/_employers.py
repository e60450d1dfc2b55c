"""What employees think of a company, as the sites that gather it publish it: the stars, and out of how many reviews."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from audit.models import CountFact, Fact, Profile
from audit.parse.address import host, host_matches
from audit.parse.counts import first_count, parse_count
from audit.parse.document import Document
from audit.parse.structured import ORGANIZATION_TYPES, JsonBlock, json_ld_of
from audit.platforms._shown import stars_of

_RATING = frozenset({"EmployerAggregateRating"})
_SCALES = (None, 5, 5.0, "5", "5.0")
# "3.9 out of 5 stars", "3,9 stelle su 5", "3,9 von 5 Sternen", "3,9 étoiles sur 5", "3,9 de 5 estrellas", "3,9/5".
_STARS = re.compile(
    r"(?<![\d.,])([1-5](?:[.,]\d{1,2})?)\s*(?:stars?|stelle|sterne|étoiles|estrellas|punkte|punti|points|puntos)?\s*"
    r"(?:out of|su|von|sur|de|/)\s*5(?![\d.,]*\d)",
    re.IGNORECASE,
)
_REVIEWS = re.compile(
    r"(?<![\d.,])(\d[\d.,’'  \u202f]{0,14})\s+(?:[^\W\d]+\s+){0,2}?"
    r"(?:reviews?|recensioni|valutazioni|(?:[^\W\d]+)?bewertungen|avis|évaluations|evaluaciones|opiniones|reseñas)\b",
    re.IGNORECASE,
)


def rated(shown: Profile, document: Document, page: str) -> Profile:
    """`shown` with what the page's structured data say of the employer; else with the stars and the reviews of its
    description, where one sentence names both."""
    found = _of_the_page(list(_ratings(document, page)), document, shown)
    if found is not None:
        rating, company = found
        reviews = _reviews(rating, document)
        return replace(
            shown,
            name=company.text("/name"),
            bio=company.text("/description"),
            website=own_site(company, shown, "/sameAs", "/sameAs/0", "/url"),
            location=company.text("/address/addressLocality"),
            avatar=company.text("/logo", "/logo/url", "/image", "/image/url"),
            rating=_stars(rating) if reviews is None or reviews.value else None,
            reviews=reviews,
        )
    return _by_description(shown, document, page)


def titled(document: Document, page: str, forms: Iterable[re.Pattern[str]]) -> Fact[str] | None:
    """The company in the page's title, by the first of `forms` that it has: their group is the name."""
    for words, where in ((document.meta.get("og:title", ""), "og:title"), (document.title, "title")):
        for form in forms:
            found = form.fullmatch(words)
            if found is not None:
                return Fact(value=found[1], page=page, where=document.meta_where(where) or where)
    return None


def _ratings(document: Document, page: str) -> Iterator[tuple[JsonBlock, JsonBlock]]:
    """Each rating of an employer in the structured data, and the company that it is about."""
    for rating in json_ld_of(document, page, _RATING):
        yield rating, rating.block("/itemReviewed")
    for company in json_ld_of(document, page, ORGANIZATION_TYPES):
        if isinstance(company.at("/aggregateRating"), dict):
            yield company.block("/aggregateRating"), company


def _of_the_page(
    ratings: list[tuple[JsonBlock, JsonBlock]], document: Document, shown: Profile
) -> tuple[JsonBlock, JsonBlock] | None:
    """The rating of the page's own employer: the first of a company that has the page's address, or that the title
    names and that is not the site."""
    title = (document.meta.get("og:title") or document.title).casefold()
    for rating, company in ratings:
        addresses = {str(company.at(path)).rstrip("/") for path in ("/url", "/@id")}
        name = str(company.at("/name") or "").casefold()
        if shown.url.rstrip("/") in addresses or (name and name in title and name not in host(shown.url)):
            return rating, company
    return None


def _reviews(rating: JsonBlock, document: Document) -> CountFact | None:
    """How many reviews. Who rates an employer there writes a review with it: the number of ratings is theirs too."""
    for path in ("/reviewCount", "/ratingCount"):
        said = rating.at(path)
        count = parse_count(said, document.language or "en") if isinstance(said, str) else None
        fact = count.fact(rating.page, rating.place + path) if count is not None else rating.count(path)
        if fact is not None:
            return fact
    return None


def _stars(rating: JsonBlock) -> Fact[float] | None:
    """The average on a scale of five as it stands there, with one decimal or two."""
    said = rating.at("/ratingValue")
    if rating.at("/bestRating") not in _SCALES:
        return None
    if isinstance(said, str) and re.fullmatch(r"[1-5][.,]\d{1,2}", said):
        value = float(said.replace(",", "."))
        return Fact(value=value, page=rating.page, where=f"{rating.place}/ratingValue") if value <= 5 else None
    return stars_of(rating, "/ratingValue")


def own_site(company: JsonBlock, shown: Profile, *paths: str) -> Fact[str] | None:
    """The first of `paths` that holds an address of the company's own, not of the site that rates it; with the scheme
    that such sites leave out."""
    for path in paths:
        fact = company.text(path)
        if fact is None:
            continue
        address = fact.value if "://" in fact.value else f"https://{fact.value}"
        if "." in host(address) and not host_matches(address, (host(shown.url).removeprefix("www."),)):
            return replace(fact, value=address)
    return None


def _by_description(shown: Profile, document: Document, page: str) -> Profile:
    for key in ("description", "og:description"):
        said = document.meta.get(key, "")
        stars, counted = _only(_STARS, said), _only(_REVIEWS, said)
        count = first_count(counted, document.language or "en")
        value = float(stars.replace(",", ".")) if stars else 0.0
        if count is not None and count.value and 1 <= value <= 5:
            where = document.meta_where(key)
            return replace(shown, rating=Fact(value=value, page=page, where=where), reviews=count.fact(page, where))
    return shown


def _only(pattern: re.Pattern[str], text: str) -> str:
    """What `pattern` finds, where it is one thing: a company's name can look like a figure ("Studio 54 reviews")."""
    found = set(pattern.findall(text))
    return found.pop() if len(found) == 1 else ""
