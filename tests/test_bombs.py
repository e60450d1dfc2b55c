"""Answers made to cost minutes or gigabytes: each is small enough to be fetched, and is read as showing nothing."""

from __future__ import annotations

import json

import pytest

from audit.models import State
from audit.parse.document import MAX_META, MAX_OBJECTS, Document, load_json, walk
from audit.parse.text import clean
from audit.platforms import read_page

PROFILES = (
    "https://www.tiktok.com/@aurora", "https://www.facebook.com/aurora", "https://www.youtube.com/@aurora",
    "https://aurora.example/",
)  # fmt: skip
BOMBS = {
    "paragraphs": b"<p>" * 1_500_000,
    "line breaks": b"<br>" * 1_200_000,
    "links": b"<a>" * 1_500_000,
    "objects": b'{"a":[' + b"{}," * 1_000_000 + b"{}]}",
    "a long key over many objects": b'{"' + b"k" * 2_000_000 + b'":[' + b"{}," * 500_000 + b"{}]}",
}


@pytest.mark.parametrize("url", PROFILES)
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_shows_nothing(name: str, url: str) -> None:
    """It is a shell, and no element of it is built."""
    assert read_page(url, BOMBS[name]).state is State.SHELL
    assert Document(BOMBS[name]).soup.find() is None or name not in ("paragraphs", "line breaks", "links")


def test_metadata_is_cut() -> None:
    """A description of a megabyte is cut before any pattern runs over it."""
    page = b'<title>A (@aurora)</title><meta name="description" content="' + b"1 " * 1_000_000 + b'">'
    assert len(Document(page).meta["description"]) <= MAX_META
    assert read_page("https://www.tiktok.com/@aurora", page).followers is None


def test_a_walk_ends() -> None:
    """Objects beyond the limit are not visited."""
    assert len(list(walk([{}] * (2 * MAX_OBJECTS)))) < MAX_OBJECTS


def test_half_characters_are_replaced() -> None:
    """A lone surrogate cannot be written to any file: U+FFFD stands in its place; a whole pair stays."""
    assert load_json('{"a\\ud800": ["\\udfff", "\\ud83d\\ude00", {"b": "x\\uDBFFy"}]}') == {
        "a\ufffd": ["\ufffd", "\U0001f600", {"b": "x\ufffdy"}]
    }
    assert clean("a\ud800b") == "a\ufffdb"
    shown = Document(b'<script>var data = \'\\x7b"a":"\\ud83d\\ude00\\ud800"\\x7d\'</script>').variable("data")
    assert json.dumps(shown, ensure_ascii=False).encode() == '{"a": "\U0001f600\ufffd"}'.encode()


@pytest.mark.parametrize(
    ("url", "page"),
    [
        (
            "https://www.xing.com/pages/acme",
            b'<link rel=canonical href="https://www.xing.com/pages/acme">'
            b'<script>window.APOLLO_STATE = {"a": {"__typename": {"x": 1}, "slug": "acme"}};</script>',
        ),
        (
            "https://medium.com/feed/@aurora",
            b"<channel><title><</title><link>http:medium.com/storie-di-aurora<item<category</item>></category>",
        ),
        (
            "https://www.tiktok.com/@acme",
            '<script id="SIGI_STATE" type="application/json">{"UserModule": {"users": {"\u00b2": {"uniqueId": "acme"}},'
            '"stats": [1]}}</script>'.encode(),
        ),
    ],
    ids=["an object for a name", "a feed of broken elements", "a raised digit for a place"],
)
def test_values_of_another_kind_than_expected_show_no_figure(url: str, page: bytes) -> None:
    """No exception, and nothing made up."""
    profile = read_page(url, page)
    assert (None, None, ()) == (profile.followers, profile.posts, profile.recent)
