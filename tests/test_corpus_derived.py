"""Real saved pages, changed in memory as browsers and people change them: what is still read of them is the same.

A browser that saves a page writes its elements anew, a cleaner takes the scripts out, a cut-off download has the head
alone. Of such a page less may be read, and never anything else; a page that is there is never called missing.
Without the corpus beside the repository this module collects nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from lxml import etree, html

from audit.models import Profile, State
from audit.platforms import link_of, read_page
from tests.test_corpus import COUNTS, REFUSED_ROWS, SHOWN_ROWS, WORDS, Row, answer_of, bare_address, folded, read

PARSER = html.HTMLParser(encoding="utf-8", huge_tree=True)


def written_anew(_page: Any) -> None:
    """As a browser saves it."""


def with_attributes_turned(page: Any) -> None:
    """The attributes of every element in the other order."""
    for element in page.iter(etree.Element):
        attributes = list(element.attrib.items())
        element.attrib.clear()
        for name, value in reversed(attributes):
            element.set(name, value)


def without_scripts(page: Any) -> None:
    """As cleaners leave it."""
    remove(page, "//script")


def without_other_scripts(page: Any) -> None:
    """What it says to search engines stays."""
    remove(page, '//script[not(contains(@type, "ld+json"))]')


def with_the_head_alone(page: Any) -> None:
    """Cut off before its body."""
    remove(page, "//body/*")


def without_metadata(page: Any) -> None:
    """Without what it has for sharing."""
    remove(page, "//meta | //link")


def as_drawn(page: Any) -> None:
    """Only what a browser shows."""
    remove(page, "//meta | //link | //script | //title")


def remove(page: Any, where: str) -> None:
    """Takes elements out, and leaves the text behind them."""
    for element in page.xpath(where):
        element.drop_tree()


CHANGES: tuple[Callable[[Any], None], ...] = (
    written_anew, with_attributes_turned, without_scripts, without_other_scripts, with_the_head_alone, without_metadata,
    as_drawn,
)  # fmt: skip
KEEPING: tuple[Callable[[Any], None], ...] = (written_anew, with_attributes_turned)


def is_page(row: Row) -> bool:
    """Whether a row's answer is HTML."""
    body = answer_of(row)[0].lstrip()
    return body[:1] == b"<" and not body.startswith((b"<?xml", b"<rss", b"<feed", b"<error"))


@cache
def unchanged(row_file: str) -> Profile:
    """What is read of a row's page as it is."""
    return read(next(row for row in (*SHOWN_ROWS, *REFUSED_ROWS) if row.file == row_file))


def changed(row: Row, change: Callable[[Any], None]) -> Profile:
    """What is read of a row's page after a change."""
    body, status = answer_of(row)
    page = html.document_fromstring(body.decode("utf-8", "replace").encode(), parser=PARSER)
    for more in list(page.itersiblings(etree.Element)):  # what follows the end of the page
        page.append(more)
    change(page)
    written = b"<!DOCTYPE html>" + etree.tostring(page, method="html", encoding="utf-8")
    return read_page(row.address, written, status=status)


def other_values(row: Row, before: Profile, after: Profile) -> dict[str, tuple[Any, Any]]:
    """The values that were read otherwise; a count that is rounded now and holds the same number is the same."""
    found: dict[str, tuple[Any, Any]] = {}
    for name in (*COUNTS, *WORDS):
        one, other = getattr(before, name), getattr(after, name)
        if other is None or one == other or is_same(row, name, one, other):
            continue
        found[name] = (one, other)
    return found


def is_same(row: Row, name: str, one: Any, other: Any) -> bool:
    """Whether two values of a field say the same."""
    if one is None:
        return False
    if name in COUNTS:
        return bool(one.low <= other.high and other.low <= one.high)
    first, second = (str(getattr(value, "value", value)) for value in (one, other))
    if name == "handle":
        link = link_of(row.address)
        return folded(second) in (folded(first), folded(link.handle) if link else "")
    if name == "website":
        return bare_address(first) == bare_address(second)
    return folded(first).startswith(folded(second)) or folded(second).startswith(folded(first))


SHOWN_PAGES = [row for row in SHOWN_ROWS if is_page(row)]
REFUSED_PAGES = [row for row in REFUSED_ROWS if is_page(row)]

if SHOWN_PAGES:

    @pytest.mark.parametrize("row", SHOWN_PAGES, ids=lambda row: row.file)
    @pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
    def test_a_changed_page_says_the_same_or_less(row: Row, change: Callable[[Any], None]) -> None:
        """No other value, no value that was not there, and never that the account is not."""
        before, after = unchanged(row.file), changed(row, change)
        assert {} == other_values(row, before, after)
        assert after.state not in (State.MISSING, State.GONE)

    @pytest.mark.parametrize("row", SHOWN_PAGES, ids=lambda row: row.file)
    @pytest.mark.parametrize("change", KEEPING, ids=lambda change: change.__name__)
    def test_a_page_written_anew_says_the_same(row: Row, change: Callable[[Any], None]) -> None:
        """All values are read that were read before, and the posts."""
        before, after = unchanged(row.file), changed(row, change)
        assert before.state == after.state
        lost = [name for name in (*COUNTS, *WORDS) if getattr(before, name) and not getattr(after, name)]
        assert [] == lost
        assert len(before.recent) == len(after.recent)

    @pytest.mark.parametrize("row", REFUSED_PAGES, ids=lambda row: row.file)
    @pytest.mark.parametrize("change", KEEPING, ids=lambda change: change.__name__)
    def test_a_refusal_written_anew_is_the_same_refusal(row: Row, change: Callable[[Any], None]) -> None:
        """Of the same kind."""
        assert unchanged(row.file).state == changed(row, change).state
