"""Structured data: blocks of JSON whose facts can be found again, rounded figures, the company's own JSON-LD."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.parse.document import Document
from audit.parse.structured import (
    JsonBlock,
    displayed_count,
    json_ld_of,
    organization,
    statistic,
    strings,
    types_of,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=5), children, max_size=3),
    max_leaves=12,
)


def ld_page(*objects: object) -> Document:
    """A page with one JSON-LD script for each object."""
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(item)}</script>' for item in objects)
    return Document(f"<html><head>{scripts}</head><body></body></html>".encode(), "text/html")


@pytest.mark.parametrize(
    ("shown", "interval"),
    [
        (783400, (783350, 783449)),  # 783.4K
        (95_900_000, (95_850_000, 95_949_999)),  # 95.9M
        (2_700_000_000, (2_650_000_000, 2_749_999_999)),  # 2.7B
        (783_427, (783_427, 783_427)),  # no display ends so
        (9_900, (9_900, 9_900)),  # shown in full below 10,000
        ("48300", (48_250, 48_349)),
        (0, (0, 0)),
    ],
)
def test_a_figure_that_ends_like_a_rounded_one_gets_its_interval(shown: object, interval: tuple[int, int]) -> None:
    """Platforms put the rounded figure into their data; only its ending tells."""
    count = displayed_count(shown)

    assert count is not None
    assert interval == (count.low, count.high)
    assert str(shown) == count.raw


@pytest.mark.parametrize("value", [-5, True, None, "12K", 1.5, "", [], {}])
def test_what_is_no_count_is_none(value: object) -> None:
    """A negative figure is an overflow or a mark for hidden, never a count."""
    assert displayed_count(value) is None


@given(st.integers(min_value=0, max_value=10**12))
def test_the_interval_always_holds_the_figure(value: int) -> None:
    """And it is never wider than a tenth of the figure."""
    count = displayed_count(value)

    assert count is not None
    assert count.low <= value <= count.high
    assert (count.high - count.low) * 10 <= max(value, 1)


@given(JSON)
def test_a_block_reads_any_json_without_raising(value: object) -> None:
    """Whatever stands in the data, a question has a fact or None as its answer."""
    block = JsonBlock(value, "profile", "#")
    for part in [block, *block.items(), *block.walk()]:
        for answer in (part.text("/a", ""), part.flag("/a"), part.count("/a", ""), part.day("/a", "")):
            assert answer is None or answer.page == "profile"


def test_a_fact_of_a_block_is_found_again_in_its_page() -> None:
    """The place of a value deep inside a list leads back to the value."""
    body = b'{"data": {"users": [{"n": 3}, {"name": "Aurora", "n/followers": 1234}]}}'
    document = Document(body, "application/json")
    user = JsonBlock(document.json, "api", "#").block("/data/users/1")

    name, followers = user.text("/name"), user.count("/n~1followers")

    assert name is not None
    assert followers is not None
    assert ("Aurora", "#/data/users/1/name") == (name.value, name.where)
    assert "Aurora" == document.find(name.where)
    assert "1234" == document.find(followers.where)


def test_the_first_path_that_holds_something_wins() -> None:
    """An empty text is no text."""
    block = JsonBlock({"a": " ", "b": "second", "c": "third"}, "profile", "#")

    fact = block.text("/missing", "/a", "/b", "/c")

    assert fact is not None
    assert ("second", "#/b") == (fact.value, fact.where)


def test_types_are_read_with_and_without_the_vocabulary() -> None:
    """`@type` may be one name, a list, or an address."""
    assert {"Bakery", "LocalBusiness"} == types_of({"@type": ["http://schema.org/Bakery", "LocalBusiness"]})
    assert {"Hotel"} == types_of({"@type": "https://schema.org/Hotel"})
    assert set() == types_of({"@type": 4})


def test_strings_takes_one_text_or_many() -> None:
    """Everything that is no text is left out."""
    assert ["a"] == strings("a")
    assert ["a", "b"] == strings(["a", "", None, {"x": 1}, " b "])
    assert [] == strings(None)


def test_the_organization_that_says_most_is_the_company() -> None:
    """A page names its publisher in passing and the company in full."""
    document = ld_page(
        {"@type": "Article", "publisher": {"@type": "Organization", "name": "Casa editrice"}},
        {
            "@graph": [
                {"@type": "WebSite", "name": "Sito"},
                {"@type": "CafeOrCoffeeShop", "name": "Aurora", "logo": "/l"},
            ]
        },
    )

    company = organization(document, "home")

    assert company is not None
    assert "Aurora" == company.at("/name")
    assert "json-ld 1#/@graph/1" == company.place
    assert "Aurora" == document.find(f"{company.place}/name")


def test_a_publisher_inside_an_article_is_found_when_nothing_else_is() -> None:
    """Its place leads through the article."""
    document = ld_page({"@type": "NewsArticle", "publisher": {"@type": "Organization", "name": "Aurora"}})

    company = organization(document, "home")

    assert company is not None
    assert "json-ld 0#/publisher" == company.place
    assert "Aurora" == document.find("json-ld 0#/publisher/name")


def test_a_page_without_json_ld_has_no_organization() -> None:
    """Nor has one whose JSON-LD is broken."""
    broken = Document(b'<script type="application/ld+json">{"@type": "Organization",</script>', "text/html")

    assert organization(broken, "home") is None
    assert [] == json_ld_of(broken, "home", frozenset({"Organization"}))


def test_a_statistic_is_taken_by_its_action() -> None:
    """Likes are not followers, whether the action is an object or an address."""
    entity = JsonBlock(
        {
            "interactionStatistic": [
                {"interactionType": {"@type": "http://schema.org/LikeAction"}, "userInteractionCount": 9},
                {"interactionType": "https://schema.org/FollowAction", "userInteractionCount": "1234"},
            ]
        },
        "profile",
        "json-ld 0#",
    )

    followers = statistic(entity, "FollowAction")

    assert followers is not None
    assert (1234, "json-ld 0#/interactionStatistic/1/userInteractionCount") == (followers.value, followers.where)
    assert statistic(entity, "WatchAction") is None
