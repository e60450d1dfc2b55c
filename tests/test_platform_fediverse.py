"""Mastodon's page for people in its languages."""

from __future__ import annotations

import pytest

from tests.shown_pages import page_of, read_shown

PAGE = "https://mastodon.social/@acmecaffe"
META = {"og:title": "Acme Caffè (@acmecaffe@mastodon.social)", "og:url": PAGE}
SENTENCES = {
    "en": ("280 Posts, 138 Following, 1.04K Followers · Coffee", (280, 138, 1_040)),
    "en-GB": ("1 Post, 0 Following, 1 Follower · 5 shops, 3 cities, 2 countries", (1, 0, 1)),
    "it": ("280 Post, 138 Seguiti, 1,04K Seguaci · Caffè", (280, 138, 1_040)),
    "de": ("280 Beiträge, 138 Folge ich, 1.036 Follower · Kaffee", (280, 138, 1_036)),
    "fr": ("280 Messages, 138 Abonnements, 1,04 k Abonnés · Café", (280, 138, 1_040)),
    "es": ("280 Publicaciones, 138 Siguiendo, 1,04 K Seguidores · Café", (280, 138, 1_040)),
    "pt-BR": ("1,2 mil publicações, 138 seguindo, 1,04 mil seguidores · Café", (1_200, 138, 1_040)),
    "ja": ("280 投稿, 138 フォロー, 1.04K フォロワー · コーヒー", (280, 138, 1_040)),
}


@pytest.mark.parametrize("language", SENTENCES)
def test_the_sentence_for_sharing_has_three_figures_in_one_order(language: str) -> None:
    """Posts, following, followers; the account's own words follow them."""
    sentence, (posts, following, followers) = SENTENCES[language]
    page = page_of(meta=META | {"og:description": sentence}, language=language)
    expected = {"name": "Acme Caffè", "posts": posts, "following": following, "followers": followers}
    assert expected == read_shown(PAGE, page, expected)


@pytest.mark.parametrize("words", ["Coffee", "3 shops, 2 cities", "One, two, 3"])
def test_a_description_without_the_figures_has_none(words: str) -> None:
    """An account's own words may hold any number."""
    expected = {"name": "Acme Caffè", "posts": None, "following": None, "followers": None}
    assert expected == read_shown(PAGE, page_of(meta=META | {"og:description": words}), expected)
