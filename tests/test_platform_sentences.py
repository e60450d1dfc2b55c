"""The sentence that a network writes into its pages for sharing, in the languages of its interface.

A row of the data has the platform, the page's language, the metadata that holds the sentence, the sentence of a
fictional company, and the figures that a person reads in it; an empty cell is a figure that it does not show.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.shown_pages import page_of, read_shown

DATA = Path(__file__).parent / "data" / "profile_sentences.tsv"
FIGURES = ("followers", "following", "posts", "likes")
# Where the account of the sentences is, and the title that its page has for sharing.
ACCOUNTS = {
    "facebook": ("https://www.facebook.com/acmecaffe", "Acme Caffè"),
    "instagram": ("https://www.instagram.com/acmecaffe/", "Acme Caffè (@acmecaffe) • Instagram photos and videos"),
    "linkedin": ("https://www.linkedin.com/company/acme-caffe/", "Acme Caffè | LinkedIn"),
    "threads": ("https://www.threads.com/@acme.caffe", "Acme Caffè (@acme.caffe) • Threads, Say more"),
    "tiktok": ("https://www.tiktok.com/@acmecaffe", "Acme Caffè (@acmecaffe) | TikTok"),
}


def rows() -> list[dict[str, str]]:
    """The rows of the data."""
    with DATA.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


ROWS = rows()


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['platform']}-{row['language']}-{n}" for n, row in enumerate(ROWS)])
def test_a_sentence_tells_its_figures(row: dict[str, str]) -> None:
    """Each figure beside its word, in the order and with the marks of the language; none for what is not said."""
    address, title = ACCOUNTS[row["platform"]]
    meta = {"og:title": title, "og:url": address, row["place"]: row["text"]}
    expected = {name: int(row[name]) if row[name] else None for name in FIGURES}

    assert expected == read_shown(address, page_of(title=title, meta=meta, language=row["language"]), expected)
