"""Text from outside in Markdown: it comes out as it went in, and means nothing on the way."""

from __future__ import annotations

import markdown
import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.parse.markdown_escape import escape
from audit.parse.text import clean

TEXTS = st.text(alphabet="ab1 .,;:/'\"()[]{}<>!?%@-_*#`~|\\=+&$^é\n\t", min_size=1, max_size=40)
PLACES = {
    "paragraph": ("{}\n", "p"),
    "list": ("- {}\n", "li"),
    "heading": ("## {} {{#x}}\n", "h2"),
    "cell": ("| a | b |\n| --- | --- |\n| {} | x |\n", "td"),
    "bold": ("**{}**\n", "strong"),
    "link": ("[{}](#e-1)\n", "a"),
}


def converted(text: str) -> BeautifulSoup:
    """Markdown as the site converts it, raw HTML included: the escape alone must hold."""
    return BeautifulSoup(markdown.markdown(text, extensions=["tables", "attr_list"]), "lxml")


@pytest.mark.parametrize("place", sorted(PLACES))
@settings(max_examples=150, deadline=None)
@given(text=TEXTS)
def test_the_text_comes_back_as_it_was(place: str, text: str) -> None:
    """In every position of a report the reader sees exactly the (cleaned) text and no element of its making."""
    wanted = clean(text)
    if not wanted:
        return
    template, selector = PLACES[place]
    page = converted(template.format(escape(text)))
    clean_run = converted(template.format("abc"))
    found = page.select_one(selector)
    assert found is not None
    assert wanted == found.get_text().strip()
    assert [tag.name for tag in clean_run.find_all(True)] == [tag.name for tag in page.find_all(True)]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "![x](https://evil.example/p.png)",
        "{: onclick=alert(1) }",
        "[x]({static}/../conf.py)",
        "| a | b |",
        "Acme\nStatus: hidden\nSave_as: ../x.html",
        "<https://evil.example>",
        "[1]: https://evil.example",
    ],
)
def test_attacks_are_text(text: str) -> None:
    """Neither an element nor a link nor an attribute comes out of them."""
    page = converted(f"{escape(text)}\n")
    assert ["html", "body", "p"] == [tag.name for tag in page.find_all(True)]
    assert [{}, {}, {}] == [tag.attrs for tag in page.find_all(True)]


def test_ordinary_names_stay_readable() -> None:
    """The plain file shows a name as a person writes it."""
    assert "Caffè Sant'Orso, dal 1954 (Torino)" == escape("Caffè Sant'Orso, dal 1954 (Torino)")


def test_long_text_is_cut_and_says_so() -> None:
    """A report holds no endless text: Python-Markdown is quadratic in some of it."""
    assert "aaaaaaaaa…" == escape("a" * 500, limit=10)
