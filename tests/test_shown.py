"""What pages of many networks show in the same way, and the JSON that their scripts hand to functions."""

from __future__ import annotations

import ast
import base64
import json
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from audit.models import Link, Profile, Source, State
from audit.parse.document import Document
from audit.parse.structured import JsonBlock
from audit.platforms._shown import (
    count_in,
    count_in_meta,
    day_of,
    described,
    in_element,
    is_asked,
    of_another,
    stars_of,
)

READERS = Path(__file__).resolve().parent.parent / "audit" / "platforms"
LINK = Link(company="client", platform="dribbble", handle="Aurora", url="https://dribbble.com/aurora")
STATS = b"""<html lang="en"><head><meta name="description" content="Aurora. 26 Tracks. 1,204 Followers."></head><body>
<ul><li>488 following</li><li> 10,472 followers </li></ul><p><b>12.3K</b> likes</p></body></html>"""


def test_json_is_found_after_the_function_it_is_handed_to() -> None:
    """Of each call the first object, or list of objects, past what cannot be read; the place leads back to it."""
    page = Document(b"""<script>register("q%7B%22", {"data": {"n": 1}}); register({broken}); register(["a"], [{"n": 3}])
        </script>""")
    assert [({"data": {"n": 1}}, "after register 0#"), ([{"n": 3}], "after register 1#")] == list(
        page.after("register")
    )
    assert "1" == page.find("after register 0#/data/n")
    assert "3" == page.find("after register 1#/0/n")
    assert page.find("after register 2#/0/n") is None


@given(text=st.text(alphabet='r({["}])a1,:\\', max_size=200))
def test_any_text_after_a_name_is_survived(text: str) -> None:
    """Scripts cut short or of no shape give nothing, or JSON."""
    for value, _ in Document(f"<script>{text}</script>".encode()).after("r("):
        json.dumps(value)


def test_a_number_is_taken_from_the_element_with_its_word() -> None:
    """Among several figures the one that is asked for, with the element's own place."""
    page = Document(STATS)
    followers = count_in(page, "profile", "li", r"\bfollowers\b")
    assert followers is not None
    assert 10_472 == followers.value
    assert "10,472 followers" == page.find(followers.where)
    assert count_in(page, "profile", "li", r"\bshots\b") is None


def test_a_number_is_taken_from_metadata_by_its_words() -> None:
    """The number before the word, and none where the words are others."""
    page = Document(STATS)
    followers = count_in_meta(page, "profile", "description", r"([\d,.]+) followers")
    assert followers is not None
    assert 1204 == followers.value
    assert count_in_meta(page, "profile", "description", r"([\d,.]+) fans") is None


def test_a_place_names_one_element() -> None:
    """The way down from the root finds the same element again."""
    page = Document(STATS)
    assert "488 following" == page.find(page.tree.select("li")[0].place())
    text = in_element(page, "profile", "h1", "p b")
    assert text is not None
    assert ("12.3K", "p b") == (text.value, text.where)


def test_a_page_of_another_account_names_both() -> None:
    """Names are compared without case; a page that names none is not refused for that."""
    assert is_asked(LINK, None, "AURORA")
    assert of_another(LINK, ["", "aurora"]) is None
    assert of_another(LINK, []) is None
    refusal = of_another(LINK, ["borea"])
    assert refusal is not None
    assert (State.SHELL, "the answer is about borea, not about Aurora") == (refusal.state, refusal.reason)


def test_a_day_is_read_from_a_date_and_not_from_a_text() -> None:
    """A written date gives a day; a long text that happens to hold one gives none."""
    now = datetime(2026, 11, 24, tzinfo=UTC)
    block = JsonBlock({"made": "2018-02-11T08:30:00Z", "told": "2018-02-11 " + "x" * 100}, "profile", "#")
    made = day_of(block, now, "/made")
    assert made is not None
    assert "2018-02-11" == made.value.isoformat()
    assert day_of(block, now, "/told") is None


def test_json_in_base64_is_read_like_json() -> None:
    """Some pages hold their state as Base64; what only looks like it gives nothing."""
    state = base64.b64encode(b'{"artist": {"name": "Banda Aurora", "albums": 3}}').decode()
    page = Document(f'<script id="s" type="text/plain">{state}</script><script id="t">{"a" * 60}</script>'.encode())
    assert "Banda Aurora" == page.find('script[id="s"]#/artist/name')
    assert page.island("t") is None


def test_a_rating_is_a_number_from_one_to_five() -> None:
    """As a number or in writing; what is outside, true or a text of another form is none: the next path is tried."""
    block = JsonBlock({"stars": "4.5", "score": 7, "flag": True, "said": "4,5 of 5", "whole": 3}, "api", "#")
    assert (4.5, "#/stars") == _told(block, "/score", "/flag", "/said", "/stars")
    assert (3.0, "#/whole") == _told(block, "/whole", "/stars")
    assert stars_of(block, "/score", "/flag", "/said", "/nothing") is None


def test_a_profile_page_of_schema_org_is_read_for_the_account_asked_for() -> None:
    """Its handle, name, description and first link; another account's entry is passed over, and without a name asked
    for the first is taken."""
    entries = [
        JsonBlock({"mainEntity": {"alternateName": "other", "name": "Other"}}, "profile", "a#"),
        JsonBlock(
            {"mainEntity": {"alternateName": "Aurora", "name": "Caffè Aurora", "sameAs": ["https://aurora.example/"]}},
            "profile", "b#",
        ),
    ]  # fmt: skip
    blank = Profile(
        company="client", platform="dribbble", handle=None, url=LINK.url, state=State.OBSERVED, source=Source.PUBLIC
    )
    found = described(blank, entries, "aurora", "/identifier", "/alternateName")
    assert found is not None
    profile, account = found
    assert ("Aurora", "b#/mainEntity") == (profile.handle, account.place)
    assert profile.name is not None
    assert ("Caffè Aurora", "b#/mainEntity/name") == (profile.name.value, profile.name.where)
    assert profile.website is not None
    assert "https://aurora.example/" == profile.website.value
    first = described(blank, entries, "", "/alternateName")
    assert first is not None
    assert "other" == first[0].handle
    assert described(blank, entries, "aurora2", "/alternateName") is None


def _told(block: JsonBlock, *paths: str) -> tuple[float, str] | None:
    fact = stars_of(block, *paths)
    return None if fact is None else (fact.value, fact.where)


def test_no_logic_of_the_readers_is_written_twice() -> None:
    """Two functions of more than a line and the same body belong into one, beside the readers."""
    bodies: dict[str, list[str]] = {}
    for path in sorted(READERS.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and sum(1 for _ in ast.walk(node)) > 36:
                said = node.body[1:] if ast.get_docstring(node) is not None else node.body
                body = "\n".join(ast.unparse(statement) for statement in said)
                bodies.setdefault(body, []).append(f"{path.name}: {node.name}")
    assert [] == [places for places in bodies.values() if len(places) > 1]
