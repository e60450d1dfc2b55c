"""The method's tables: complete, consistent, and equal to the worked example done by hand."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from audit.language import languages
from audit.method import load_method
from audit.method.curves import higher_is_better
from audit.pillars import criteria
from audit.platforms import platforms

METHOD = load_method()


def test_rubric_and_functions_name_the_same_criteria() -> None:
    """A criterion is one function and one table; neither stands without the other."""
    assert set(METHOD.criteria) == set(criteria())


def test_a_criterion_stands_in_the_module_of_its_pillar() -> None:
    """The rubric's pillar is the module's name."""
    found = {name: function.__module__.rsplit(".", 1)[1] for name, function in criteria().items()}
    assert {name: criterion.pillar for name, criterion in METHOD.criteria.items()} == found


def test_every_text_exists_in_every_language_with_the_same_fields() -> None:
    """Titles, actions and advice are translated, and no translation uses a field that the other lacks."""
    for criterion in METHOD.criteria.values():
        for texts in (criterion.title, criterion.action, criterion.advice):
            assert set(languages()) == set(texts), criterion.name
            fields = {code: {name for _, name, _, _ in Formatter().parse(text) if name} for code, text in texts.items()}
            assert 1 == len({frozenset(names) for names in fields.values()}), (criterion.name, fields)


def test_every_criterion_says_where_its_threshold_comes_from() -> None:
    """P published, Q quoted, D derived, H house, C checklist."""
    assert set() == {one.source for one in METHOD.criteria.values()} - set("PQDHC")


def test_codes_carry_their_pillar_and_are_unique() -> None:
    """PRE-01 is the first criterion of presence in the published method."""
    codes = [criterion.code for criterion in METHOD.criteria.values()]
    assert len(codes) == len(set(codes))
    for criterion in METHOD.criteria.values():
        assert re.fullmatch(METHOD.rubric["pillar"][criterion.pillar]["code"] + r"-\d\d", criterion.code)


def test_verbs_group_every_pillar_once() -> None:
    """Be there, be known, be in dialogue: together the seven pillars."""
    grouped = [pillar for verb in METHOD.rubric["verb"].values() for pillar in verb["pillars"]]
    assert sorted(METHOD.pillars) == sorted(grouped)


@pytest.mark.parametrize(
    ("platform", "expected"),
    [("instagram", 1.00), ("facebook", 0.81), ("youtube", 0.59), ("tiktok", 0.57), ("linkedin", 0.22)],
)
def test_relevance_of_an_italian_food_company(platform: str, expected: float) -> None:
    """sqrt(reach) x sector, over the largest: the worked example."""
    weights = METHOD.relevance(sector="food_beverage", country="IT", audience=None)
    assert expected == round(weights[platform], 2)


@pytest.mark.parametrize(
    ("platform", "posts", "weeks", "expected"),
    [("instagram", 26, 12, 61.8), ("facebook", 14, 12, 50.6), ("youtube", 1, 12, 6.8)],
)
def test_cadence_of_the_worked_example(platform: str, posts: int, weeks: int, expected: float) -> None:
    """A small food company against the sector's posts a week."""
    curve = METHOD.cadence_median(platform, "food_beverage", "small")
    assert curve is not None
    assert expected == pytest.approx(higher_is_better(posts / weeks, median=curve[0], p90=curve[1]), abs=0.6)


@pytest.mark.parametrize(
    ("platform", "interactions", "followers", "expected"),
    [("instagram", 96, 12_300, 61.2), ("facebook", 11, 8_940, 76.9)],
)
def test_engagement_of_the_worked_example(platform: str, interactions: int, followers: int, expected: float) -> None:
    """Median interactions per follower against the sector's median for this size of audience."""
    curve = METHOD.engagement_median(platform, "food_beverage", followers)
    assert curve is not None
    assert expected == round(higher_is_better(interactions / followers, median=curve[0], p90=curve[1]), 1)


def test_engagement_is_not_judged_without_a_benchmark_by_follower() -> None:
    """No publisher has a rate by follower for these platforms."""
    assert [None, None] == [METHOD.engagement_median(name, "food_beverage", 1_000) for name in ("linkedin", "telegram")]


def test_tables_speak_of_platforms_that_exist() -> None:
    """Every platform named in the tables is a module."""
    tables = METHOD.relevance_tables
    named = {name for table in (*tables["reach"].values(), *tables["sector"].values()) for name in table}
    assert set() == named - set(platforms())
