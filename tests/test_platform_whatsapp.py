"""WhatsApp channels in the languages of the site."""

from __future__ import annotations

import pytest

from tests.shown_pages import page_of, read_shown

PAGE = "https://www.whatsapp.com/channel/0029VaAcmeCaffe1961xYzAB"
LINES = {
    "en": ("Channel | 223.4M followers", 223_400_000),
    "en-IN": ("Channel | 1 follower", 1),
    "it": ("Canale | 12,3 mila follower", 12_300),
    "de": ("Kanal | 1,2 Mio. Follower", 1_200_000),
    "es": ("Canal | 1,2 mill. de seguidores", 1_200_000),
    "fr": ("Chaîne | 12,3 k abonnés", 12_300),
    "pt-BR": ("Canal | 12,3 mil seguidores", 12_300),
    "hi": ("चैनल | 12.3 हज़ार फ़ॉलोअर", 12_300),
    "ar": ("قناة | ١٢٫٣ ألف متابع", 12_300),
    "ja": ("チャンネル | フォロワー1.2万人", 12_000),
    "ru": ("Канал | 12,3 тыс. подписчиков", 12_300),
    "id": ("Saluran | 12,3 rb pengikut", 12_300),
    "tr": ("Kanal | 12,3 B takipçi", 12_300),
}


@pytest.mark.parametrize("language", LINES)
def test_the_line_below_the_name_has_the_followers(language: str) -> None:
    """As the language writes and rounds them."""
    line, followers = LINES[language]
    body = f"<div><h3>Acme Caffè</h3><h5>{line}</h5><h4>Coffee since 1961</h4></div>"
    page = page_of(body, meta={"og:title": "Acme Caffè | WhatsApp Channel", "og:url": PAGE}, language=language)

    expected = {"state": "observed", "name": "Acme Caffè", "followers": followers, "bio": "Coffee since 1961"}
    assert expected == read_shown(PAGE, page, expected)


@pytest.mark.parametrize(
    ("words", "followers"),
    [("Coffee. 1.2K followers", 1_200), ("Coffee", None), ("Our 5 followers won. 1.2K followers", None)],
)
def test_a_description_tells_them_where_only_one_number_can_be_theirs(words: str, followers: int | None) -> None:
    """The channel's own words stand in it too."""
    meta = {"og:title": "Acme Caffè | WhatsApp Channel", "og:description": f"Acme Caffè WhatsApp Channel. {words}"}
    expected = {"state": "observed", "followers": followers}
    assert expected == read_shown(PAGE, page_of(meta=meta), expected)


@pytest.mark.parametrize("end", ["Canale WhatsApp", "WhatsApp-Kanal", "Chaîne WhatsApp", "WhatsApp チャンネル"])
def test_a_title_is_a_channels_in_any_language(end: str) -> None:
    """The site's other pages have no channel in theirs."""
    expected = {"state": "observed", "name": "Acme Caffè"}
    assert expected == read_shown(PAGE, page_of(title=f"Acme Caffè | {end}"), expected)
    assert {"state": "shell"} == read_shown(PAGE, page_of(title="WhatsApp | Messaging and Calling"), {"state": ""})
