"""Telegram's pages where their card is missing, cut off or closed."""

from __future__ import annotations

import pytest

from tests.shown_pages import page_of, read_shown

CARD = "https://t.me/acmecaffe"
TITLE = "Telegram: Contact @acmecaffe"


def test_a_page_cut_off_before_its_card_is_not_missing() -> None:
    """It has the channel's name for sharing, where the page of a free name has its own title."""
    expected = {"state": "observed", "name": "Acme Caffè", "handle": "acmecaffe", "followers": None}
    assert expected == read_shown(CARD, page_of(title=TITLE, meta={"og:title": "Acme Caffè"}), expected)
    assert {"state": "missing"} == read_shown(CARD, page_of(title=TITLE, meta={"og:title": TITLE}), {"state": ""})


def test_a_page_cut_off_is_the_channels_that_its_title_names() -> None:
    """Another channel's page stays another's."""
    page = page_of(title="Telegram: Contact @borea", meta={"og:title": "Borea"})
    assert {"state": "shell"} == read_shown(CARD, page, {"state": ""})


@pytest.mark.parametrize("extra", ["1 subscriber", "12 345 subscribers", "no subscribers", "1 234 members, 56 online"])
def test_the_line_below_the_title_has_the_people(extra: str) -> None:
    """Subscribers of a channel, members of a group; nobody is nought."""
    numbers = {"1 subscriber": 1, "12 345 subscribers": 12_345, "no subscribers": 0, "1 234 members, 56 online": 1_234}
    card = f'<div class="tgme_page_title"><span>Acme Caffè</span></div><div class="tgme_page_extra">{extra}</div>'
    expected = {"name": "Acme Caffè", "followers": numbers[extra]}
    assert expected == read_shown(CARD, page_of(card, title="Telegram: View @acmecaffe"), expected)


def test_a_channel_that_may_not_be_shown_is_private() -> None:
    """It is there: shown in some countries or apps alone."""
    told = "<div>This channel can’t be displayed because it violated local laws.</div>"
    page = page_of(f'<div class="tgme_channel_info">{told}</div>', title="Telegram")
    assert {"state": "private"} == read_shown("https://t.me/s/acmecaffe", page, {"state": ""})


@pytest.mark.parametrize(
    ("labels", "verified"),
    [
        ("", None),
        ('<div class="tgme_channel_info_header_labels"></div>', False),
        ('<div class="tgme_channel_info_header_labels"><i class="verified-icon"></i></div>', True),
    ],
    ids=["no place", "empty place", "badge"],
)
def test_a_badge_is_missing_only_where_it_has_a_place(labels: str, verified: bool | None) -> None:
    """A page that lost its place says nothing of it."""
    head = (
        '<div class="tgme_channel_info"><div class="tgme_channel_info_header_title">Acme Caffè</div>'
        f'{labels}<div class="tgme_channel_info_header_username">@acmecaffe</div></div>'
    )
    expected = {"state": "observed", "name": "Acme Caffè", "verified": verified}
    assert expected == read_shown("https://t.me/s/acmecaffe", page_of(head, title="Acme Caffè – Telegram"), expected)
