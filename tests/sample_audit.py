"""A complete audit, written by hand: the fictional Torrefazione Aurora on 23 November 2026.

Pillars, bounds and the overall score are those of the method's worked example; the weeks sum to its posts.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from audit.models import (
    Audit,
    CalendarRow,
    Client,
    Company,
    ComparedCompany,
    CriterionScore,
    Evidence,
    Finding,
    Link,
    MethodStamp,
    Overall,
    PillarScore,
    ProfileRow,
    Recommendation,
    Source,
    State,
    Totals,
    Unseen,
    VerbScore,
)

DAY = date(2026, 11, 23)
FETCHED = datetime(2026, 11, 23, 7, 30, 5, tzinfo=UTC)
DIGEST = "5d" * 32


def sample_audit(**changes: Any) -> Audit:
    """The sample with fields of Audit replaced."""
    return replace(_SAMPLE, **changes)


def _pillar(name: str, points: float, score: float, coverage: float, low: float, high: float) -> PillarScore:
    return PillarScore(
        pillar=name,
        points=points,
        points_of=20,
        score=score,
        coverage=coverage,
        low=low,
        high=high,
        published=coverage >= 0.5,
    )


def _row(platform: str, weeks: tuple[int | None, ...] | None, total: int | None) -> CalendarRow:
    return CalendarRow(platform=platform, weeks=weeks, total=total)


def _fact(number: int, platform: str, handle: str, metric: str, value: float | str, code: str) -> Evidence:
    figure = value if isinstance(value, int | float) else None
    return Evidence(
        id=f"e-{number:04d}",
        company="client",
        platform=platform,
        handle=handle,
        metric=metric,
        value=value,
        low=figure,
        high=figure,
        raw=str(value),
        source=Source.SAVED,
        url=f"https://www.{platform}.com/{handle}/",
        fetched_at=FETCHED,
        sha256=DIGEST,
        page="profile",
        where="meta[property=og:description]@content",
        criteria=(code,),
    )


def _profile(platform: str, handle: str | None, state: State, **seen: Any) -> ProfileRow:
    return ProfileRow(
        company="client",
        platform=platform,
        handle=handle,
        url=f"https://www.{platform}.com/{handle or ''}",
        state=state,
        source=seen.pop("source", Source.SAVED),
        reason=seen.pop("reason", None),
        name=seen.pop("name", None),
        followers=seen.pop("followers", None),
        likes=seen.pop("likes", None),
        posts=seen.pop("posts", None),
        last_post=seen.pop("last_post", None),
        facts=seen.pop("facts", {}),
    )


PILLARS = (
    _pillar("presence", 20, 79.6, 1.00, 79.6, 79.6),
    _pillar("image", 14, 69.6, 1.00, 69.6, 69.6),
    _pillar("awareness", 14, 70.5, 0.77, 54.5, 77.2),
    _pillar("content", 18, 60.1, 1.00, 60.1, 60.1),
    _pillar("engagement", 14, 57.2, 0.68, 39.2, 70.7),
    _pillar("response", 12, 46.4, 0.64, 29.6, 65.7),
    _pillar("community", 8, 63.9, 0.57, 36.5, 79.4),
)
CALENDAR = (
    _row("instagram", (3, 4, 0, 2, 0, 3, 4, 0, 3, 0, 4, 3), 26),
    _row("facebook", (0, 3, 0, 0, 2, 0, 4, 0, 2, 0, 3, 0), 14),
    _row("telegram", (None, None, None, 0, 1, 1, 2, 1, 1, 0, 2, 1), 9),
    _row("website", (0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0), 4),
    _row("youtube", (0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0), 1),
    _row("linkedin", None, None),
    _row("x", None, None),
)
OVERALL = Overall(score=65.018, low=55.59, high=71.24, coverage=0.847, grade="B", band="solid", published=True)
_AURORA = Company(
    id="client",
    name="Torrefazione Aurora",
    site="https://www.torrefazione-aurora.example/",
    profiles=(
        Link(
            company="client",
            platform="instagram",
            handle="aurora.caffe",
            url="https://www.instagram.com/aurora.caffe/",
            found_in="https://www.torrefazione-aurora.example/",
        ),
    ),
)
_SAMPLE = Audit(
    client=Client(
        slug="torrefazione-aurora",
        company=_AURORA,
        sector="food_beverage",
        size="small",
        country="IT",
        languages=("it", "en"),
        competitors=(Company(id="caffe-sant-orso", name="Caffè Sant’Orso", site="https://www.santorso.example/"),),
        recipients=("direzione@torrefazione-aurora.example",),
    ),
    day=DAY,
    window_start=date(2026, 9, 1),
    window_days=84,
    method=MethodStamp(version="2026.0", digest="c4" * 32, criteria=30, criteria_of=45, points=70, points_of=100),
    overall=OVERALL,
    verbs=(
        VerbScore(verb="be_there", pillars=("presence", "image"), score=75.5),
        VerbScore(verb="be_known", pillars=("awareness", "content"), score=64.7),
        VerbScore(verb="be_in_dialogue", pillars=("engagement", "response", "community"), score=55.0),
    ),
    pillars=PILLARS,
    criteria=(
        CriterionScore(
            criterion="posts_are_fresh",
            code="PRE-04",
            pillar="presence",
            points=4,
            score=90.9,
            observed=1.0,
            applicable=True,
        ),
        CriterionScore(
            criterion="site_and_profiles_link_each_other",
            code="PRE-03",
            pillar="presence",
            points=3,
            score=50.0,
            observed=1.0,
            applicable=True,
        ),
    ),
    findings=(
        Finding(
            criterion="posts_are_fresh",
            platform="instagram",
            state="ok",
            score=100.0,
            low=100.0,
            high=100.0,
            n=1,
            facts=("e-0003",),
            values={"platforms": ("instagram",), "days": 3},
        ),
        Finding(
            criterion="site_and_profiles_link_each_other",
            platform="",
            state="ok",
            score=50.0,
            facts=("e-0001",),
            values={"platforms": ("youtube",)},
        ),
        Finding(criterion="posts_are_fresh", platform="telegram", state="unobserved", reason="posts_not_shown"),
    ),
    recommendations=(
        Recommendation(
            criterion="site_and_profiles_link_each_other",
            gain=0.9,
            hours=3,
            effort="S",
            platforms=("youtube",),
            facts=("e-0001",),
            values={"platforms": ("youtube",)},
        ),
    ),
    totals=Totals(
        first=1,
        first_gain=0.9,
        first_hours=3,
        score_after_first=66,
        actions=1,
        all_gain=0.9,
        score_after_all=66,
        looked_for=8,
        observed=5,
        missing=1,
        refused=2,
        retired=0,
        evidence=3,
        strongest="presence",
        weakest="response",
    ),
    unseen=(
        Unseen(platform="linkedin", criterion=None, state="not_permitted", reason="robots.txt"),
        Unseen(platform="x", criterion=None, state="login_wall", reason="Log in to X"),
        Unseen(platform="telegram", criterion="posts_are_fresh", state="unobserved", reason="posts_not_shown"),
    ),
    calendar=CALENDAR,
    comparison=(
        ComparedCompany(
            id="client",
            name="Torrefazione Aurora",
            followers={"instagram": 12300, "facebook": 8940},
            facts={"instagram": "e-0001", "facebook": "e-0002"},
        ),
        ComparedCompany(id="caffe-sant-orso", name="Caffè Sant’Orso", followers={"instagram": 15400, "facebook": None}),
    ),
    profiles=(
        _profile(
            "instagram",
            "aurora.caffe",
            State.OBSERVED,
            name="Torrefazione Aurora",
            followers=12300,
            posts=486,
            last_post="2026-11-20",
            facts={"followers": "e-0001", "last_post": "e-0003"},
        ),
        _profile(
            "facebook",
            "torrefazioneaurora",
            State.OBSERVED,
            name="Torrefazione Aurora",
            followers=8940,
            last_post="2026-11-14",
            facts={"followers": "e-0002"},
        ),
        _profile("telegram", "auroracaffe", State.OBSERVED, source=Source.PUBLIC, followers=420),
        _profile("website", None, State.OBSERVED, source=Source.PUBLIC, name="Torrefazione Aurora"),
        _profile("youtube", "auroracaffe", State.OBSERVED, source=Source.PUBLIC, followers=310, posts=41),
        _profile("tiktok", "aurora.caffe", State.MISSING, source=Source.PUBLIC),
        _profile("linkedin", "torrefazione-aurora", State.NOT_PERMITTED, source=Source.PUBLIC, reason="robots.txt"),
        _profile("x", "aurora_caffe", State.LOGIN_WALL, reason="Log in to X"),
    ),
    evidence=(
        _fact(1, "instagram", "aurora.caffe", "followers", 12300, "PRE-03"),
        _fact(2, "facebook", "torrefazioneaurora", "followers", 8940, "AWA-01"),
        _fact(3, "instagram", "aurora.caffe", "last_post", "2026-11-20", "PRE-04"),
    ),
)
