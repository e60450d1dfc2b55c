"""The engine: aggregation, coverage, bounds and thresholds, against the method's example done by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.method import load_method
from audit.models import CriterionScore, Finding, PillarScore
from audit.score import criterion_score, overall_score, pillar_score

METHOD = load_method()
CRITERION = METHOD.criteria["posts_are_fresh"]


def criterion(points: float, score: float | None, observed: float, *, applicable: bool = True) -> CriterionScore:
    """A criterion of the pillar "response"."""
    return CriterionScore(
        criterion="x",
        code="X-01",
        pillar="response",
        points=points,
        score=score,
        observed=observed,
        applicable=applicable,
    )


def pillar(name: str, points: float, score: float, coverage: float) -> PillarScore:
    """A pillar with the bounds that follow from its score and coverage."""
    low = score * coverage
    return PillarScore(
        pillar=name, points=points, points_of=20, score=score, coverage=coverage, low=low,
        high=low + 100 * (1 - coverage),
        published=coverage >= 0.5,
    )  # fmt: skip


def finding(platform: str, score: float | None, weight: float, state: str = "ok", observed: float = 1.0) -> Finding:
    """A finding of one platform."""
    return Finding(
        criterion=CRITERION.name, platform=platform, state=state, score=score, weight=weight, observed=observed
    )


WORKED_EXAMPLE = (
    pillar("presence", 20, 79.6, 1.00),
    pillar("image", 14, 69.6, 1.00),
    pillar("awareness", 14, 70.5, 0.77),
    pillar("content", 18, 60.1, 1.00),
    pillar("engagement", 14, 57.2, 0.68),
    pillar("response", 12, 46.4, 0.64),
    pillar("community", 8, 63.9, 0.57),
)


def test_overall_of_the_worked_example() -> None:
    """Seven pillars: 65 of 100, bounds 56 to 71, coverage 84 % rounded down, evidence grade B, solid."""
    overall = overall_score(WORKED_EXAMPLE, METHOD)
    assert overall.score == pytest.approx(65.0, abs=0.1)
    assert overall.low == pytest.approx(56.1, abs=0.3)
    assert overall.high == pytest.approx(71.4, abs=0.3)
    assert overall.coverage == pytest.approx(0.847, abs=0.002)
    assert ("B", "solid", True) == (overall.grade, overall.band, overall.published)


def test_listening_pillar_of_the_worked_example() -> None:
    """Five criteria, one unobserved, one half seen: 355.3 / 7.667 = 46.3, coverage .64, bounds 29.6 to 65.7."""
    scores = [
        criterion(4, 55.4, 0.417),
        criterion(2, None, 0),
        criterion(3, 26.7, 1),
        criterion(1, 40, 1),
        criterion(2, 71.4, 1),
    ]
    result = pillar_score("response", scores, METHOD)
    assert result.score == pytest.approx(355.3 / 7.667, abs=0.02)
    assert result.coverage == pytest.approx(0.64, abs=0.005)
    assert (29.6, 65.7) == (round(result.low, 1), round(result.high, 1))
    assert result.published is True


def test_freshness_of_the_worked_example() -> None:
    """Instagram 100, Facebook 100, YouTube 63: weighted 90.9."""
    result = criterion_score(
        CRITERION, [finding("instagram", 100, 1.0), finding("facebook", 100, 0.81), finding("youtube", 63, 0.59)]
    )
    assert result.score == pytest.approx(90.9, abs=0.1)


def test_an_unseen_platform_lowers_the_coverage_and_nothing_else() -> None:
    """Engagement of the example: YouTube has too few posts, so 75.4 % of the criterion was seen."""
    seen = [finding("instagram", 61.2, 1.0), finding("facebook", 76.9, 0.81)]
    result = criterion_score(CRITERION, [*seen, finding("youtube", None, 0.59, "unobserved")])
    assert result.score == criterion_score(CRITERION, seen).score
    assert result.score == pytest.approx(68.2, abs=0.05)
    assert result.observed == pytest.approx(0.754, abs=0.001)


def test_what_does_not_apply_changes_nothing() -> None:
    """A platform to which the criterion does not apply leaves score and coverage as they are."""
    seen = [finding("instagram", 40, 1.0), finding("facebook", None, 0.8, "unobserved")]
    assert criterion_score(CRITERION, seen) == criterion_score(
        CRITERION, [*seen, finding("tiktok", None, 0.5, "not_applicable")]
    )


@pytest.mark.parametrize(("coverage", "published"), [(0.5, True), (0.49, False)])
def test_a_pillar_is_published_from_half_coverage_on(coverage: float, published: bool) -> None:
    """Below half, only the bounds are printed."""
    result = pillar_score("response", [criterion(2, 80, coverage)], METHOD)
    assert published is result.published


def test_without_five_published_pillars_there_is_no_overall_score() -> None:
    """Four published pillars are too few, however well they are covered."""
    hidden = [replace(one, published=False) for one in WORKED_EXAMPLE[:3]]
    overall = overall_score((*hidden, *WORKED_EXAMPLE[3:]), METHOD)
    assert (False, None) == (overall.published, overall.band)


def test_nothing_seen_gives_no_score_and_full_bounds() -> None:
    """Coverage 0 %, bounds 0 to 100, no number: not a zero."""
    unseen = [criterion(2, None, 0)]
    pillars = tuple(replace(pillar_score("response", unseen, METHOD), pillar=name) for name in METHOD.pillars)
    overall = overall_score(pillars, METHOD)
    assert (None, None, False) == (overall.score, overall.band, overall.published)
    assert (0.0, 0.0, 100.0, "D") == (overall.coverage, overall.low, overall.high, overall.grade)


def test_a_pillar_to_which_nothing_applies_changes_nothing() -> None:
    """Neither score nor coverage nor bounds move."""
    nothing = pillar_score("community", [], METHOD)
    assert False is nothing.applicable
    assert overall_score(WORKED_EXAMPLE, METHOD) == overall_score((*WORKED_EXAMPLE, replace(nothing, points=8)), METHOD)


SCORES = st.lists(
    st.tuples(
        st.sampled_from([1.0, 2.0, 3.0, 5.0]),
        st.one_of(st.none(), st.floats(0, 100)),
        st.floats(0.01, 1),
    ),
    min_size=1,
    max_size=8,
)


@given(rows=SCORES)
def test_bounds_hold_the_score(rows: list[tuple[float, float | None, float]]) -> None:
    """low <= score x coverage-filled values <= high, whatever was seen."""
    scores = [criterion(points, score, observed if score is not None else 0) for points, score, observed in rows]
    result = pillar_score("response", scores, METHOD)
    assert -1e-6 <= result.low <= result.high <= 100 + 1e-6
    if result.score is not None:
        assert result.low - 1e-5 <= result.score <= result.high + 1e-5


@given(rows=SCORES)
def test_the_order_of_criteria_does_not_matter(rows: list[tuple[float, float | None, float]]) -> None:
    """Sums, not sequences."""
    scores = [criterion(points, score, observed if score is not None else 0) for points, score, observed in rows]
    one, other = pillar_score("response", scores, METHOD), pillar_score("response", scores[::-1], METHOD)
    assert one.coverage == pytest.approx(other.coverage)
    assert one.low == pytest.approx(other.low)


@given(rows=SCORES)
def test_an_absent_thing_never_scores_more_than_an_unseen_one(
    rows: list[tuple[float, float | None, float]],
) -> None:
    """Replacing unobserved by a verified zero lowers a published pillar, or leaves it."""
    scores = [criterion(points, score, observed if score is not None else 0) for points, score, observed in rows]
    absent = [replace(one, score=0.0, observed=1.0) if one.score is None else one for one in scores]
    before, after = pillar_score("response", scores, METHOD), pillar_score("response", absent, METHOD)
    if before.score is not None and after.score is not None:
        assert after.score <= before.score + 1e-6


@given(
    rows=st.lists(st.tuples(st.floats(0, 100), st.floats(0, 1)), min_size=7, max_size=7),
)
def test_bounds_hold_the_overall_score(rows: list[tuple[float, float]]) -> None:
    """Also when a pillar that is too little covered to be published would move the mean."""
    pillars = tuple(
        pillar(name, 10, score, coverage) for name, (score, coverage) in zip(METHOD.pillars, rows, strict=True)
    )
    overall = overall_score(pillars, METHOD)
    if overall.score is not None:
        assert overall.low - 1e-5 <= overall.score <= overall.high + 1e-5
