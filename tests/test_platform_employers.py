"""The sites that gather what employees say, XING and Product Hunt: whose figures are taken, and whose are not."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from babel.numbers import format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.models import State
from audit.platforms import read_page
from tests.shown_pages import island, page_of, read_shown

GLASSDOOR = "https://www.glassdoor.com/Overview/Working-at-Acme-Caffe-EI_IE1000009.11,21.htm"
KUNUNU = "https://www.kununu.com/de/acme-caffe"
XING = "https://www.xing.com/pages/acme-caffe"
PRODUCT = "https://www.producthunt.com/products/acme-caffe"
NOTHING = {"rating": None, "reviews": None}
# How the rating of an employer is told in each language of the sites: {stars} of five, {count} reviews.
SENTENCES = {
    "en": "Acme has an employee rating of {stars} out of 5 stars, based on {count} company reviews on Glassdoor.",
    "it": "Acme ha una valutazione dei dipendenti di {stars} stelle su 5, in base a {count} recensioni di aziende.",
    "de": "Acme hat eine Bewertung von {stars} von 5 Sternen, basierend auf {count} Unternehmensbewertungen.",
    "fr": "Acme a une note employé de {stars} étoiles sur 5, sur la base de {count} avis sur Glassdoor.",
    "es": "Acme tiene una calificación de {stars} de 5 estrellas, según {count} evaluaciones en Glassdoor.",
}
LOCALES = {"en": "en_US", "it": "it_IT", "de": "de_DE", "fr": "fr_FR", "es": "es_ES"}


def employer_page(address: str, description: str = "", *, language: str = "en", structured: Any = None) -> str:
    """An employer's page with the address that it gives for itself."""
    meta = {"og:url": address, "og:title": "Working at Acme Caffè | Glassdoor", "description": description}
    head = "" if structured is None else island(structured, 'type="application/ld+json"')
    return page_of("<h1>Acme Caffè</h1>", meta=meta, language=language, head=head)


def rating(**changes: Any) -> dict[str, Any]:
    """The rating of an employer in structured data, but for the `changes`."""
    return {
        "@type": "EmployerAggregateRating", "itemReviewed": {"@type": "Organization", "name": "Acme Caffè"},
        "ratingValue": "3.9", "bestRating": "5", "ratingCount": "1284", **changes,
    }  # fmt: skip


@pytest.mark.parametrize("language", sorted(SENTENCES))
@given(tenths=st.integers(min_value=10, max_value=50), count=st.integers(min_value=1, max_value=3_000_000))
@settings(max_examples=60, deadline=None)
def test_a_sentence_gives_back_what_was_written_into_it(language: str, tenths: int, count: int) -> None:
    """Stars and reviews, with the marks that the language has, in the place of both figures."""
    stars = format_decimal(tenths / 10, format="0.0", locale=LOCALES[language])
    reviews = format_decimal(count, locale=LOCALES[language])
    body = employer_page(GLASSDOOR, SENTENCES[language].format(stars=stars, count=reviews), language=language)
    expected = {"name": "Acme Caffè", "rating": tenths / 10, "reviews": count}
    assert expected == read_shown(GLASSDOOR, body, expected)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "See what employees say it's like to work at Acme. 3.9 stars.",
        "1,284 company reviews of Acme.",
        "Acme: 39 out of 50 points by 12 reviews.",
        "Acme: 5.9 out of 5 stars by 12 reviews.",
        "Acme: 0 reviews, 4.0 out of 5 stars.",
        "We were 24 of 5000 in 12 reviews.",
        "Studio 54 reviews: 3.9 out of 5 stars, based on 12 reviews.",
    ],
    ids=["nothing", "stars-alone", "reviews-alone", "of-fifty", "above-five", "no-reviews", "of-thousands", "two"],
)
def test_a_sentence_without_both_figures_gives_none(said: str) -> None:
    """Half a sentence is none, and neither is one on another scale."""
    assert NOTHING == read_shown(GLASSDOOR, employer_page(GLASSDOOR, said), NOTHING)


@pytest.mark.parametrize(
    ("changes", "stars", "count"),
    [
        ({}, 3.9, 1284),
        ({"ratingCount": 1284}, 3.9, 1284),
        ({"ratingCount": "1,284"}, 3.9, 1284),
        ({"reviewCount": 1200}, 3.9, 1200),
        ({"ratingValue": "3,87"}, 3.87, 1284),
        ({"ratingValue": 4}, 4.0, 1284),
        ({"bestRating": "100", "ratingValue": "78"}, None, 1284),
        ({"bestRating": 10, "ratingValue": 4.2}, None, 1284),
        ({"ratingValue": 0, "ratingCount": 0}, None, 0),
        ({"ratingValue": True, "ratingCount": None}, None, None),
        ({"ratingValue": [], "ratingCount": {}, "bestRating": {}}, None, None),
    ],
    ids=["strings", "numbers", "grouped", "both", "comma", "whole", "percent", "of-ten", "none", "true", "shapes"],
)
def test_structured_data_are_taken_on_a_scale_of_five(
    changes: dict[str, Any], stars: float | None, count: int | None
) -> None:
    """Without a review there is no rating; a rating of another scale, or of another shape, is none."""
    expected = {"rating": stars, "reviews": count}
    for address in (GLASSDOOR, KUNUNU):
        assert expected == read_shown(address, employer_page(address, structured=rating(**changes)), expected)


def test_of_several_employers_the_one_of_the_title_is_taken() -> None:
    """Compared employers have ratings too."""
    other = rating(itemReviewed={"@type": "Organization", "name": "Boreale"}, ratingValue="4.6", ratingCount="77")
    body = employer_page(GLASSDOOR, structured=[other, rating()])
    expected = {"name": "Acme Caffè", "rating": 3.9, "reviews": 1284}
    assert expected == read_shown(GLASSDOOR, body, expected)
    strangers = [other, rating(itemReviewed={"@type": "Organization", "name": "Sereno"})]
    assert NOTHING == read_shown(GLASSDOOR, employer_page(GLASSDOOR, structured=strangers), NOTHING)


def test_a_page_that_does_not_say_whose_it_is_shows_nothing() -> None:
    """The address that a person typed proves nothing."""
    for address in (GLASSDOOR, KUNUNU, XING, PRODUCT):
        body = page_of("<h1>Acme Caffè</h1>", head=island(rating(), 'type="application/ld+json"'))
        assert State.SHELL is read_page(address, body.encode()).state


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("<p>201-500 Mitarbeitende; 12.843 Follower</p>", 12843),
        ("<div><span>12.843 Follower:innen</span></div>", 12843),
        ("<p>12,843 followers</p>", 12843),
        ("<p>12 843 abonnés</p>", 12843),
        ("<p>12.843 seguidores</p>", 12843),
        ("<p>12.843 Follower</p><p>90.000 Follower</p>", None),
        ('<a href="/pages/boreale"><p>77 Follower</p></a>', None),
        ('<div><a href="/pages/boreale">Boreale</a><p>77 Follower</p></div>', None),
        ("<p>Wir haben 90.000 Follower auf einem anderen Netz und freuen uns.</p>", None),
        ("<p>Follower</p>", None),
    ],
    ids=["line", "span", "en", "fr", "es", "two", "card", "card-beside", "sentence", "no-number"],
)
def test_followers_drawn_on_a_xing_page_are_its_own(lines: str, expected: int | None) -> None:
    """The one number below the name, before the cards of other companies; two different ones are none."""
    body = page_of(f"<main><h1>Acme Caffè</h1>{lines}</main>", meta={"og:url": XING, "og:title": "Acme Caffè | XING"},
                   language="de")  # fmt: skip
    assert {"name": "Acme Caffè", "followers": expected} == read_shown(XING, body, {"name": "", "followers": None})


def test_a_product_of_the_same_page_is_not_the_one_asked_for() -> None:
    """Alternatives stand in the answers as the product does; votes of a launch are nobody's reviews."""
    other = {"__typename": "Product", "slug": "boreale", "followersCount": 77, "reviewsCount": 2, "reviewsRating": 5}
    launch = {"__typename": "Post", "slug": "acme-caffe", "votesCount": 902, "reviewsCount": 3}
    data = f'<script>push({{"data":{json.dumps({"product": other, "post": launch})},"error":undefined}})</script>'
    body = page_of(data, meta={"og:url": PRODUCT, "og:title": "Acme Caffè: Coffee | Product Hunt"})
    expected = {"name": "Acme Caffè", "followers": None, "likes": None, **NOTHING}
    assert expected == read_shown(PRODUCT, body, expected)


@pytest.mark.parametrize(
    "words",
    [
        "Page not found", "Pagina non trovata", "Seite nicht gefunden", "Page introuvable", "Página no encontrada",
        "Página não encontrada",
    ],
    ids=["en", "it", "de", "fr", "es", "pt"],
)  # fmt: skip
def test_a_page_that_names_nobody_and_says_so_is_missing(words: str) -> None:
    """In the title or in the headline; a company whose page has such words in its title is there."""
    for address in (GLASSDOOR, KUNUNU, XING, PRODUCT):
        for body in (page_of("<p>404</p>", title=f"{words} | Site"), page_of(f"<h1>{words}</h1>", title="Site")):
            assert State.MISSING is read_page(address, body.encode()).state
    there = page_of(
        title=f"{words}: Coffee | Product Hunt", meta={"og:url": PRODUCT, "og:title": "Acme | Product Hunt"}
    )
    assert State.OBSERVED is read_page(PRODUCT, there.encode()).state


@pytest.mark.parametrize(
    "words",
    [
        "Help Us Protect Glassdoor", "Aiutaci a proteggere Glassdoor", "Helfen Sie uns, Glassdoor zu schützen",
        "Aidez-nous à protéger Glassdoor", "Ayúdanos a proteger Glassdoor",
    ],
    ids=["en", "it", "de", "fr", "es"],
)  # fmt: skip
def test_a_check_for_robots_is_no_word_about_the_company(words: str) -> None:
    """Whatever its status is."""
    for status in (200, 403):
        profile = read_page(GLASSDOOR, page_of(f"<h1>{words}</h1>").encode(), status=status)
        assert (State.CHALLENGED, words) == (profile.state, profile.reason)


@pytest.mark.parametrize("address", [GLASSDOOR, KUNUNU, XING, PRODUCT], ids=["glassdoor", "kununu", "xing", "product"])
def test_a_page_of_a_megabyte_is_read_within_a_second(address: str) -> None:
    """Many small elements, deep ones, and words that begin as a figure does."""
    rows = "<div><p><span>1.284 Follower</span> 3.9 out of</p></div>" * 12_000
    deep = "<div>" * 150 + "12 " * 40_000 + "</div>" * 150
    marks = '<script>"product":{"apolloState":[{"APOLLO_STATE":{' * 200 + "</script>"
    body = page_of(rows + deep + marks, meta={"og:url": address, "description": "1 " * 4_000}).encode()
    start = time.process_time()
    profile = read_page(address, body)
    assert time.process_time() - start < 1
    assert profile.rating is None
