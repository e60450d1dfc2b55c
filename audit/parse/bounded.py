"""HTML into a tree of bounded size: what a page may hold is counted while it is parsed, and parsing ends there."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup
from bs4.builder._lxml import LXMLTreeBuilder  # the builder that "lxml" names; bs4 exports it nowhere else
from lxml import etree

MAX_ELEMENTS = 60_000  # real pages have at most 12,000; each costs a kilobyte of memory
MAX_ATTRIBUTES = 200_000  # of all elements; real pages have three to an element
MAX_ATTRIBUTES_OF_ONE = 500  # on one element; real ones have up to 60, and each new one is compared with all
MAX_ELEMENT_DEPTH = 512  # as browsers do


class TooMuch(Exception):
    """A page has more elements or attributes than any real page."""


class TooDeep(Exception):
    """Elements are nested deeper than browsers build them: each search in such a page would take minutes."""


def soup_of(text: str) -> BeautifulSoup:
    """The tree of `text`; nothing for what the parser cannot read. Raises TooMuch, TooDeep."""
    try:
        return BeautifulSoup(text, builder=_Counting())
    except (etree.LxmlError, ValueError, RecursionError, AssertionError):
        return BeautifulSoup("", "lxml")


class _Counting(LXMLTreeBuilder):
    """Builds for one page."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = self._elements = self._attributes = 0

    def start(self, tag: Any, attrib: Any, nsmap: Any = {}) -> None:  # noqa: B006  # as the library's own
        """Begins an element."""
        self._depth += 1
        self._elements += 1
        self._attributes += len(attrib)
        if self._elements > MAX_ELEMENTS or self._attributes > MAX_ATTRIBUTES or len(attrib) > MAX_ATTRIBUTES_OF_ONE:
            raise TooMuch
        if self._depth > MAX_ELEMENT_DEPTH:
            raise TooDeep
        super().start(tag, attrib, nsmap)

    def end(self, tag: Any) -> None:
        """Ends an element."""
        self._depth -= 1
        super().end(tag)
