"""The tree that readers search: the same page as Beautiful Soup's, by the same selectors."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from audit.parse.bounded import MAX_ATTRIBUTES, MAX_ELEMENT_DEPTH, MAX_ELEMENTS, TooMuch
from audit.parse.document import Document
from audit.parse.tree import Element, tree_of

PAGE = """<html lang="it"><head><title>Aurora</title><style>p {}</style></head><body class="home page">
<div id="a"><p>Torrefazione <b>Aurora</b>, <i>Torino</i></p> 1.204 follower<!-- 9 --><o:p>Office</o:p></div>
<div id="b"><template><p>Modello</p></template><noscript>Attiva</noscript><script>let n = "12";</script>
<a href="/Aurora/contatti" rel="me nofollow">Contatti</a><a href="/altro"><time>ieri</time></a></div></body></html>"""
PIECES = st.sampled_from([
    "<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<ul><li>", "</ul>", "<table><tr><td>", "</table>", "<br>",
    "<a href='/x'>", "</a>", "<script>", "</script>", "<!-- x -->", "<style>", "</style>", "<h1 class='a b'>",
    "<o:p>", "Aurora", " ", "&egrave;", "&amp", "<", "\0", "12.3 mila", "<svg><title>", "</svg>", "<textarea>",
    "<form>", "</html>", "<body>",
])  # fmt: skip


def words(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


def test_the_text_is_what_a_visitor_may_see() -> None:
    """Without comments, scripts, styles and templates; of a script its source; in sight no title and no notice."""
    page = tree_of(PAGE)
    everything = words(page.text(" "))
    assert "Aurora Torrefazione Aurora , Torino 1.204 follower Office Attiva Contatti ieri" == everything
    assert "Torrefazione Aurora , Torino 1.204 follower Office Contatti ieri" == words(" ".join(page.shown_texts()))
    assert ['let n = "12";'] == [script.text() for script in page.select("script")]


def test_an_element_tells_its_name_attributes_and_neighbours() -> None:
    """Words of an attribute apart; what is not there is None or nothing."""
    page = tree_of(PAGE)
    link = page.select_one("a")
    bold = page.select_one("b")
    assert link is not None
    assert bold is not None
    assert ("a", "/Aurora/contatti", None) == (link.name, link.get("href"), link.get("class"))
    assert (["me", "nofollow"], []) == (link.words("rel"), link.words("class"))
    assert ["p", "div", "body", "html"] == [around.name for around in bold.ancestors]
    assert ", " == bold.after
    assert bold.parent is not None
    assert ["b", "i"] == [inside.name for inside in bold.parent.children]
    assert page.parent is None
    assert "<b>Aurora</b>" == bold.source


@pytest.mark.parametrize(
    ("css", "found"),
    [
        ("div#b a[href]", ["a", "a"]),
        ('a[href="/aurora/contatti" i]', ["a"]),
        ('a[href="/aurora/contatti"]', []),
        ("a:has(time)", ["a"]),
        ("div > *:nth-child(3)", ["script"]),
        (r"o\:p", ["o:p"]),
        ("html, h1, time", ["html", "time"]),
        ('b:-soup-contains("Aurora")', ["b"]),
        ('p:-soup-contains("Aurora")', ["p"]),
        ('p:-soup-contains-own("Aurora")', []),
        ('p:-soup-contains-own("Torrefazione")', ["p"]),
        ('p:-soup-contains("l\'altra")', []),
    ],
)
def test_elements_are_found_by_selectors(css: str, found: list[str]) -> None:
    """Case-insensitive values, elements that hold others, names with a colon, texts."""
    assert found == [element.name for element in tree_of(PAGE).select(css)]


def test_what_lies_below_an_element_is_found_and_not_itself() -> None:
    """At most as many as wanted."""
    box = tree_of(PAGE).select_one("div#b")
    assert box is not None
    assert [] == box.select("div")
    assert ["/Aurora/contatti"] == [link.get("href") for link in box.select("a", limit=1)]
    assert box.select_one("h1") is None


def elements(page: Element) -> list[Element]:
    """All elements of a page."""
    return page.select("*")


@given(pieces=st.lists(PIECES, max_size=30))
def test_any_page_has_the_elements_and_texts_that_beautiful_soup_finds(pieces: list[str]) -> None:
    """The parser is the same; the white space between elements is not counted."""
    text = "".join(pieces)
    soup = BeautifulSoup(text.replace("\0", "\ufffd"), "lxml")
    page = tree_of(text)
    assert [tag.name for tag in soup.find_all(True)] in ([one.name for one in elements(page)], [])
    assert words(soup.get_text(" ")).replace("\ufffd", "") == words(page.text(" ")).replace("\ufffd", "")


@given(pieces=st.lists(PIECES, max_size=30))
def test_the_place_of_an_element_finds_it_again(pieces: list[str]) -> None:
    """Whatever the names on the way down to it."""
    page = tree_of("".join(pieces))
    for element in elements(page):
        assert element == page.select_one(element.place())


def test_pages_beyond_any_real_one_are_not_read() -> None:
    """More elements, more attributes: said before anybody searches."""
    with pytest.raises(TooMuch):
        tree_of("<p>" * (MAX_ELEMENTS + 1))
    with pytest.raises(TooMuch):
        tree_of("<p a b c d e f g h i j k>" * (MAX_ATTRIBUTES // 11 + 1))


def test_what_is_nested_deeper_than_browsers_nest_is_left_out() -> None:
    """The page's head and what stands above are read all the same."""
    page = tree_of("<title>Aurora</title>" + "<div>" * (MAX_ELEMENT_DEPTH - 2) + "x<div>y<p>z</p></div>")
    assert ("Aurora", "x") == (page.select("title")[0].text(), page.select("div")[0].text())
    assert MAX_ELEMENT_DEPTH == max(1 + len(list(element.ancestors)) for element in page.select("*"))
    assert 10_000 > len(tree_of("<div>" * 40_000).select("*"))


def test_a_place_that_is_no_selector_gives_nothing() -> None:
    """Nothing raises: places are read out of files."""
    page = Document(PAGE.encode())
    for place in ("", "p[", ":nonsense", "*:nth-of-type(2)", "p::before", "1", "@href"):
        assert page.find(place) in (None, ""), place
