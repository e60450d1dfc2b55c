"""Snapchat's public profiles without their data: the drawn page in its languages, titles, what stands instead."""

from __future__ import annotations

from typing import Any

import pytest

from tests.shown_pages import island, page_of, read_shown

PAGE = "https://www.snapchat.com/@acmecaffe"
CANONICAL = f'<link rel="canonical" href="{PAGE}">'
LINES = {
    "en": ("757.8K Subscribers", 757_800),
    "en-GB": ("1 Subscriber", 1),
    "it": ("757,8 mila iscritti", 757_800),
    "it-CH": ("757.8K iscritti", 757_800),
    "de": ("757,8 Tsd. Abonnenten", 757_800),
    "fr": ("757,8 k abonnés", 757_800),
    "es": ("757,8 mil suscriptores", 757_800),
    "pt-BR": ("757,8 mil assinantes", 757_800),
    "ja": ("登録者数75.7万人", 757_000),
    "ar": ("757.8K مشترك", 757_800),
    "ru": ("757,8 тыс. подписчиков", 757_800),
}


@pytest.mark.parametrize("language", LINES)
def test_the_drawn_page_has_the_subscribers_below_the_name(language: str) -> None:
    """As the language writes and rounds them."""
    line, followers = LINES[language]
    body = f"<div><h1><span>Acme Caffè</span></h1><h4>@acmecaffe</h4><div>{line}</div><p>Coffee</p></div>"
    page = page_of(body, title="Acme Caffè (@acmecaffe) | Snapchat Stories", language=language)

    expected = {"state": "observed", "name": "Acme Caffè", "handle": "acmecaffe", "followers": followers}
    assert expected == read_shown(PAGE, page, expected)


@pytest.mark.parametrize(
    "title",
    [
        "Acme Caffè (@acmecaffe) | Storie, Spotlight e Lenti di Snapchat",
        "Acme Caffè (@acmecaffe) – Snapchat",
        "Acme Caffè on Snapchat",
    ],
)
def test_a_title_names_the_account(title: str) -> None:
    """With its handle in it, or beside the address that the page gives for itself."""
    expected = {"state": "observed", "name": "Acme Caffè", "handle": "acmecaffe", "followers": None}
    assert expected == read_shown(PAGE, page_of(title=title, head=CANONICAL), expected)


@pytest.mark.parametrize("kind", ["one", "list"])
def test_the_description_for_search_engines_has_the_subscribers(kind: str) -> None:
    """One counter, or a list of them."""
    counter: dict[str, Any] = {"interactionType": "https://schema.org/FollowAction", "userInteractionCount": 757_801}
    account = {"@type": "Organization", "name": "Acme Caffè", "alternateName": "acmecaffe"}
    told = account | {"interactionStatistic": counter if kind == "one" else [counter]}
    entry = {"@context": "https://schema.org", "@type": "ProfilePage", "mainEntity": told}
    page = page_of(island(entry, 'type="application/ld+json"'))

    expected = {"state": "observed", "followers": 757_801}
    assert expected == read_shown(PAGE, page, expected)


@pytest.mark.parametrize(
    "page",
    [
        page_of(island({"props": {"pageProps": {}}, "page": "/404"}, 'id="__NEXT_DATA__"'), title="Snapchat"),
        page_of("<h1>Sorry!</h1>", title="Not Found - Snapchat"),
        page_of("", title="404: This page could not be found"),
    ],
    ids=["data", "title", "framework"],
)
def test_a_missing_account_is_known_without_its_status(page: str) -> None:
    """By the page that stands in its place."""
    assert {"state": "missing"} == read_shown(PAGE, page, {"state": ""})
