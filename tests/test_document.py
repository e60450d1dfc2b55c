"""A page's metadata, title and structured data: what is taken for the page's own, and found again at its place."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from audit.parse.document import Document, json_after

LD = 'type="application/ld+json"'


def html(head: str, body: str = "") -> Document:
    """A page of these pieces."""
    return Document(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), "text/html")


def test_structured_data_with_a_bare_line_break_are_found_again() -> None:
    """As templates write them; what reads them and what looks them up agree."""
    document = html(f'<script {LD}>{{"name": "Aurora", "description": "one\ntwo"}}</script>')

    assert [({"name": "Aurora", "description": "one\ntwo"}, "json-ld 0#")] == document.json_ld
    assert "Aurora" == document.find("json-ld 0#/name")


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="description" content=""><meta name="description" content="Coffee">',
        '<meta name="description"><meta name="description" content="Coffee">',
        '<meta name="description" content=" "><meta name="Description" content="Coffee">',
        '<meta property="x" name="description" content="Tea"><meta name="description" content="Coffee">',
        '<meta name="description\n" content="Coffee">',
        '<meta property="" name="description" content="Coffee">',
    ],
    ids=["empty", "without", "spaces", "other-property", "line-break", "empty-property"],
)
def test_the_place_of_metadata_is_where_its_value_stands(head: str) -> None:
    """Another tag of the same name before it holds nothing, or something else."""
    document = html(head)

    assert "Coffee" == document.meta["description"]
    assert "Coffee" == document.find(document.meta_where("description"))


def test_the_usual_place_of_metadata_is_told_by_its_name() -> None:
    """As a person would look for it; of what is not there, none is told."""
    document = html('<meta property="og:title" content="Aurora">')

    assert 'meta[property="og:title"]@content' == document.meta_where("og:title")
    assert "" == document.meta_where("og:url")


@pytest.mark.parametrize(
    "where",
    ["after  0#/a", "after #/a", "json-ld ²#/x", "json-ld 9#/x", "island ²#/x", "island 1#/x", "after x y#/a"],
    ids=["no-name", "nothing", "square", "beyond", "island-square", "island-beyond", "no-number"],
)
def test_a_place_that_cannot_be_is_not_there(where: str) -> None:
    """Whatever an edited file says."""
    assert html(f'<script {LD}>{{"x": 1}}</script>', '<script>push({"a": 1})</script>').find(where) is None
    assert [] == list(json_after('{"a": 1}', ""))


@given(st.text(max_size=12), st.sampled_from(["", "json-ld ", "after ", "island ", "var ", "script[id=", "p@"]))
@example(" 0#/a", "after ")
@example("²#/x", "json-ld ")
def test_looking_up_any_place_ends(words: str, kind: str) -> None:
    """With a text or with nothing, and never with an exception."""
    found = html(f'<script {LD}>{{"x": 1}}</script>', "<p>Aurora</p>").find(kind + words)
    assert found is None or isinstance(found, str)


def test_what_stands_in_a_template_is_not_the_page() -> None:
    """Neither metadata nor structured data nor elements; a shadow root that the page declares is drawn."""
    template = f'<meta name="description" content="Rival"><script {LD}>{{"name": "Rival"}}</script><h1>Rival</h1>'
    document = html(
        f'<template>{template}</template><meta name="description" content="Aurora">'
        f'<script {LD}>{{"name": "Aurora"}}</script>',
        f"<div><template>{template}</template><h1>Aurora</h1></div>"
        '<template shadowrootmode="open"><h2>Coffee</h2></template>',
    )  # fmt: skip

    assert "Aurora" == document.meta["description"]
    assert [({"name": "Aurora"}, "json-ld 0#")] == document.json_ld
    assert ["Aurora"] == [headline.text() for headline in document.tree.select("h1")]
    assert "Coffee" == document.find("h2")


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("<svg><title>Logo</title></svg><title>Aurora</title>", "Aurora"),
        ("<title>Aurora</title><svg><title>Logo</title></svg>", "Aurora"),
        ("<body><svg><g><title>Logo</title></g></svg><h1>Aurora</h1>", ""),
        ("<template><title>Model</title></template><title> Aurora\nCaffè </title>", "Aurora Caffè"),
    ],
    ids=["drawing-first", "drawing-later", "drawing-alone", "template"],
)
def test_the_title_is_that_of_the_page(markup: str, title: str) -> None:
    """Not that of a drawing; and its place gives it back."""
    document = Document(markup.encode(), "text/html; charset=utf-8")

    assert title == document.title
    assert (title or None) == document.find("title")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=4), children, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(max_size=4), JSON, max_size=3))
def test_every_object_of_structured_data_is_found_at_its_place(value: dict[str, object]) -> None:
    """Whatever its keys and texts are."""
    written = json.dumps({**value, "name": "Aurora"}).replace("<", "\\u003c")
    document = html(f"<script {LD}>{written}</script>")

    for found, place in document.json_ld:
        for key, text in found.items():
            if isinstance(text, str) and key and text:
                step = key.replace("~", "~0").replace("/", "~1")
                assert text == document.find(f"{place}/{step}")


def test_metadata_without_a_name_has_no_place() -> None:
    """Nor has what is asked for without one."""
    document = html('<meta content="x"><meta name="description" content="Aurora">')

    assert ("", "") == (document.meta_where(""), document.meta_where("author"))
    assert "Aurora" == document.find(document.meta_where("description"))
