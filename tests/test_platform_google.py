"""A place of Google Maps as browsers draw it in many languages, and Google's own pages for errors."""

from __future__ import annotations

import pytest

from tests.shown_pages import page_of, read_shown

PLACE = "https://www.google.com/maps/place/Acme+Caff%C3%A8/@45.07,7.68,17z/data=!4m6!3m5!1s0x47886d1:0x3b9aca07!8m2"
LABELS = {
    "en": ("4.6 stars ", "1,234 reviews"),
    "it": ("4,6 stelle ", "1.234 recensioni"),
    "de": ("4,6 Sterne ", "1.234 Berichte"),
    "fr": ("4,6 étoiles ", "1 234 avis"),
    "es": ("4,6 estrellas ", "1.234 reseñas"),
    "pt": ("4,6 estrelas ", "1.234 comentários"),
    "ja": ("4.6 つ星 ", "1,234 件のクチコミ"),
    "ru": ("4,6 звезды ", "1 234 отзыва"),
    "nl": ("4,6 sterren ", "1.234 reviews"),
    "tr": ("4,6 yıldızlı ", "1.234 yorum"),
    "pl": ("4,6 gwiazdki ", "1234 opinie"),
    "ko": ("별표 4.6개 ", "리뷰 1,234개"),
    "zh": ("4.6 星级 ", "1,234 条评价"),
    "ar": ("4.6 نجوم ", "1,234 مراجعة"),
    "hi": ("4.6 स्टार ", "1,234 समीक्षाएं"),
}


@pytest.mark.parametrize("language", LABELS)
def test_the_labels_beside_a_places_name_have_its_stars_and_reviews(language: str) -> None:
    """As screen readers say them; those of other places farther down are not its own."""
    stars, reviews = LABELS[language]
    body = (
        f'<div><div><div><h1>Acme Caffè</h1></div><div><span role="img" aria-label="{stars}"></span>'
        f'<span aria-label="{reviews}">(1.234)</span></div></div>'
        '<div data-item-id="address" aria-label="x"></div></div>'
        '<div><h2>Nearby</h2><span role="img" aria-label="3.1 stars 17 Reviews"></span></div>'
    )
    expected = {"state": "observed", "name": "Acme Caffè", "rating": 4.6, "reviews": 1234}
    assert expected == read_shown(PLACE, page_of(body, title="Acme Caffè - Google Maps", language=language), expected)


def test_a_place_without_reviews_has_none() -> None:
    """A number that is not there is not nought."""
    body = (
        '<div><h1>Acme Caffè</h1><button data-item-id="address" aria-label="Address: Via Roma 1, Turin"></button></div>'
    )
    expected = {"state": "observed", "rating": None, "reviews": None, "location": "Via Roma 1, Turin"}
    assert expected == read_shown(PLACE, page_of(body, title="Acme Caffè - Google Maps"), expected)


@pytest.mark.parametrize(
    ("title", "status", "state"),
    [
        ("Error 404 (Not Found)!!1", 404, "missing"),
        ("Error 404 (No se ha encontrado.)!!1", 200, "missing"),
        ("Fehler 404 (Nicht gefunden)!!1", 200, "missing"),
        ("Error 502 (Server Error)!!1", 200, "failed"),
    ],
)
def test_googles_page_for_an_error_has_its_number_in_the_title(title: str, status: int, state: str) -> None:
    """In every language, also where the answer's own status was lost."""
    page = page_of("<p><b>404.</b></p>", title=title)
    assert {"state": state} == read_shown("https://www.youtube.com/@acme", page, {"state": state}, status=status)


def test_a_consent_page_that_is_not_there_is_none() -> None:
    """The host of the question about cookies answers with an error like any other."""
    page = page_of("<p><b>404.</b></p>", title="Error 404 (No se ha encontrado.)!!1")
    address = "https://consent.google.es/ml?continue=x"
    assert {"state": "missing"} == read_shown(address, page, {"state": ""}, status=404)
