"""A page as a tree that is cheap to build and to search: lxml's own, with what readers ask of it.

Beautiful Soup reads the same parser's events into objects of its own, which takes ten times as long. Selectors are
CSS; of an element they find what lies below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from cssselect import HTMLTranslator
from lxml import etree

from audit.parse.bounded import MAX_ATTRIBUTES, MAX_ELEMENT_DEPTH, MAX_ELEMENTS, TooMuch

_COUNT: Any = etree.XPath("count(//*)")
_COUNT_ATTRIBUTES: Any = etree.XPath("count(//@*)")
_TOO_DEEP: Any = etree.XPath("/*" * (MAX_ELEMENT_DEPTH + 1))
# What a visitor may see of an element's texts: comments are no text, and neither is what programs read.
_TEXTS: Any = etree.XPath("descendant::text()[not(parent::script or parent::style)]", smart_strings=False)
_UNSEEN = ("script", "style", "noscript", "title", "head", "html")
_SHOWN: Any = etree.XPath(
    f"descendant::text()[not({' or '.join(f'parent::{name}' for name in _UNSEEN)})]",
    smart_strings=False,
)
_PLAIN_NAME = re.compile(r"[a-z][a-z0-9-]*")


class Element:
    """One element of a page. Names of elements and attributes are in lower case."""

    __slots__ = ("_node",)

    def __init__(self, node: Any) -> None:
        self._node = node

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Element) and self._node is other._node

    def __hash__(self) -> int:
        return hash(self._node)

    @property
    def name(self) -> str:
        """The element's name."""
        return str(self._node.tag)

    @property
    def parent(self) -> Element | None:
        """What it stands in; None for the root."""
        node = self._node.getparent()
        return None if node is None else Element(node)

    @property
    def ancestors(self) -> Iterator[Element]:
        """All that it stands in, the nearest first."""
        return map(Element, self._node.iterancestors())

    @property
    def children(self) -> list[Element]:
        """The elements directly inside."""
        return [Element(node) for node in self._node.iterchildren(etree.Element)]

    @property
    def after(self) -> str:
        """The text that follows its end, up to the next element."""
        return self._node.tail or ""

    def get(self, name: str) -> str | None:
        """An attribute's value; None without it."""
        value: str | None = self._node.get(name)
        return value

    def words(self, name: str) -> list[str]:
        """The words of an attribute (`class`, `rel`); [] without it."""
        return (self._node.get(name) or "").split()

    def select(self, css: str, limit: int | None = None) -> list[Element]:
        """The elements below that match `css`, in page order, at most `limit`. Raises SelectorError."""
        return [Element(node) for node in self._found(css)[:limit]]

    def select_one(self, css: str) -> Element | None:
        """The first element below that matches `css`. Raises SelectorError."""
        found = self._found(css)
        return Element(found[0]) if found else None

    def _found(self, css: str) -> list[Any]:
        prefix = "descendant-or-self::" if self._node.getparent() is None else "descendant::"
        found: list[Any] = _selector(css, prefix)(self._node)
        return found

    def texts(self) -> list[str]:
        """The pieces of text inside, in page order; of a script its source."""
        if self._node.tag in ("script", "style"):
            return [self._node.text] if self._node.text else []
        found: list[str] = _TEXTS(self._node)
        return found

    def shown_texts(self) -> list[str]:
        """The pieces of text inside that a browser shows to who lets no script run, in page order."""
        found: list[str] = _SHOWN(self._node)
        return found

    def text(self, separator: str = "") -> str:
        """The text inside, its pieces joined by `separator`; of a script its source."""
        return separator.join(self.texts())

    @property
    def source(self) -> str:
        """The element as HTML."""
        return str(etree.tostring(self._node, encoding="unicode", method="html", with_tail=False))

    def place(self) -> str:
        """A selector of this element alone: its way down from the page's root."""
        steps = []
        for node in (self._node, *self._node.iterancestors()):
            plain = _PLAIN_NAME.fullmatch(node.tag) is not None  # another name is none that a selector can count
            number = 1 + sum(1 for _ in node.itersiblings(node.tag if plain else etree.Element, preceding=True))
            steps.append(f"{node.tag}:nth-of-type({number})" if plain else f"*:nth-child({number})")
        return " > ".join(reversed(steps))


class _Translator(HTMLTranslator):
    """With the two conditions on an element's text that Beautiful Soup's selectors have."""

    def xpath__soup_contains_function(self, xpath: Any, function: Any) -> Any:
        """The text stands anywhere in the element."""
        return xpath.add_condition(f"contains(., {self._text_of(function)})")

    def xpath__soup_contains_own_function(self, xpath: Any, function: Any) -> Any:
        """The text stands in the element itself, outside of those inside it."""
        return xpath.add_condition(f"text()[contains(., {self._text_of(function)})]")

    def _text_of(self, function: Any) -> str:
        return self.xpath_literal("".join(token.value for token in function.arguments if token.type == "STRING"))


@cache  # selectors are written in the readers, and few
def _selector(css: str, prefix: str) -> Any:
    return etree.XPath(_Translator().css_to_xpath(css, prefix))


def tree_of(text: str) -> Element:
    """The root of `text` as HTML; an empty page for what the parser cannot read, and without what is nested deeper
    than browsers nest. Raises TooMuch."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, recover=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        root = None
    if root is None:
        root = etree.Element("html")
    for more in list(root.itersiblings(etree.Element)):  # what follows the end of the page
        root.append(more)
    if _COUNT(root) > MAX_ELEMENTS or _COUNT_ATTRIBUTES(root) > MAX_ATTRIBUTES:
        raise TooMuch
    for node in _TOO_DEEP(root):
        node.getparent().remove(node)
    for node in [node for node in root.iter("template") if node.get("shadowrootmode") is None]:
        _empty(node)
    return Element(root)


def _empty(template: Any) -> None:
    """What stands in a template is not the page: a script may make something of it, or nothing."""
    template.text = None
    for node in list(template):
        template.remove(node)
