"""Observations × method → scores: pure. What was not seen leaves the mean and lowers the coverage.

criterion   s = sum(w o s) / sum(w o) over the findings that were seen; its observed share o = sum(w o) / sum(w)
pillar      S = sum(W o s) / sum(W o); coverage c = sum(W o) / sum(W) over the criteria that apply
overall     S = sum(P S) / sum(P) over published pillars; coverage c = sum(P c) / sum(P)
bounds      what was not seen filled with 0 and with 100

Weighted arithmetic means: OECD/JRC Handbook on Constructing Composite Indicators (2008), chapter 6.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from audit.method import Criterion, Method
from audit.models import (
    Audit,
    CalendarRow,
    ComparedCompany,
    CriterionScore,
    Evidence,
    Finding,
    MethodStamp,
    Observations,
    ObservedProfile,
    Overall,
    PillarScore,
    ProfileRow,
    Recommendation,
    State,
    Totals,
    Unseen,
    VerbScore,
)
from audit.pillars import criteria as judges
from audit.recommend import recommend

FIRST_ACTIONS = 3
HEAVY = 5  # points from which on a pillar may be called the strong or the weak one
_BANDS = ("to_build", "developing", "solid", "leading")


def score(seen: Observations, method: Method) -> Audit:
    """The whole audit of one day, ready to be written."""
    findings = tuple(finding for judge in judges().values() for finding in judge(seen, method))
    criteria = tuple(criterion_score(criterion, findings) for criterion in method.criteria.values())
    pillars = tuple(pillar_score(pillar, criteria, method) for pillar in method.pillars)
    overall = overall_score(pillars, method)
    evidence = _with_criteria(seen.evidence, findings, method)
    calendar = _calendar(seen)
    recommendations = recommend(criteria, pillars, findings, method)
    return Audit(
        client=seen.client,
        day=seen.day,
        window_start=seen.window_start,
        window_days=seen.window_days,
        method=_stamp(method),
        overall=overall,
        verbs=tuple(_verb(name, pillars, method) for name in method.rubric["verb"]),
        pillars=pillars,
        criteria=criteria,
        findings=findings,
        recommendations=recommendations,
        totals=_totals(seen, overall, pillars, recommendations, evidence),
        unseen=_unseen(seen, findings),
        calendar=calendar,
        comparison=_comparison(seen),
        profiles=tuple(_row(profile) for profile in seen.profiles),
        evidence=evidence,
        repairs=seen.repairs,
    )


def criterion_score(criterion: Criterion, findings: Iterable[Finding]) -> CriterionScore:
    """A criterion over its findings; not applicable when no finding applies."""
    own = [finding for finding in findings if finding.criterion == criterion.name]
    applicable = [finding for finding in own if finding.state != "not_applicable"]
    seen = [finding for finding in applicable if finding.score is not None]
    total = sum(finding.weight for finding in applicable)
    looked = sum(finding.weight * finding.observed for finding in seen)
    value = sum(finding.weight * finding.observed * (finding.score or 0.0) for finding in seen)
    return CriterionScore(
        criterion=criterion.name,
        code=criterion.code,
        pillar=criterion.pillar,
        points=criterion.points,
        score=_tidy(value / looked) if looked else None,
        observed=_tidy(looked / total) if total else 0.0,
        applicable=bool(applicable),
    )


def pillar_score(pillar: str, criteria: Iterable[CriterionScore], method: Method) -> PillarScore:
    """A pillar over its criteria that apply; published when at least half of its points were seen."""
    own = [criterion for criterion in criteria if criterion.pillar == pillar]
    applicable = [criterion for criterion in own if criterion.applicable]
    points = sum(criterion.points for criterion in applicable)
    seen = sum(criterion.points * criterion.observed for criterion in applicable)
    value = sum(criterion.points * criterion.observed * (criterion.score or 0.0) for criterion in applicable)
    coverage = seen / points if points else 0.0
    mean = value / seen if seen else None
    low = value / points if points else 0.0
    return PillarScore(
        pillar=pillar,
        points=sum(criterion.points for criterion in own),
        points_of=method.rubric["pillar"][pillar]["points_of"],
        score=None if mean is None else _tidy(mean),
        coverage=_tidy(coverage),
        low=_tidy(low),
        high=_tidy(low + 100 * (1 - coverage)),
        published=mean is not None and coverage >= method.threshold("pillar_coverage"),
        applicable=bool(applicable),
    )


def overall_score(pillars: tuple[PillarScore, ...], method: Method) -> Overall:
    """The overall score over published pillars, with bounds over all of them."""
    applying = [pillar for pillar in pillars if pillar.applicable]  # what does not apply changes nothing
    total = sum(pillar.points for pillar in applying) or 1.0
    coverage = sum(pillar.points * pillar.coverage for pillar in applying) / total
    low = sum(pillar.points * pillar.low for pillar in applying) / total
    high = sum(pillar.points * pillar.high for pillar in applying) / total if applying else 100.0
    mean = _mean(pillar for pillar in pillars if pillar.published)
    if mean is not None:  # the bounds hold every pillar, the score only those published: they hold the score too
        low, high = min(low, mean), max(high, mean)
    enough = sum(pillar.published for pillar in pillars) >= method.threshold("overall_pillars")
    published = mean is not None and enough and coverage >= method.threshold("overall_coverage")
    grades = method.threshold("grades")
    return Overall(
        score=None if mean is None else _tidy(mean),
        low=_tidy(low),
        high=_tidy(high),
        coverage=_tidy(coverage),
        grade=next((grade for grade, least in grades.items() if coverage >= least), "D"),
        band=_band(mean, method) if published and mean is not None else None,
        published=published,
    )


def _mean(pillars: Iterable[PillarScore]) -> float | None:
    counted = [(pillar.points, pillar.score) for pillar in pillars if pillar.score is not None]
    total = sum(points for points, _ in counted)
    return sum(points * value for points, value in counted) / total if total else None


def _band(value: float, method: Method) -> str:
    return _BANDS[sum(value >= limit for limit in method.threshold("bands"))]


def _verb(name: str, pillars: tuple[PillarScore, ...], method: Method) -> VerbScore:
    grouped = tuple(method.rubric["verb"][name]["pillars"])
    own = [pillar for pillar in pillars if pillar.pillar in grouped]
    shown = [pillar for pillar in own if pillar.published]
    enough = sum(pillar.points for pillar in shown) > 0.5 * sum(pillar.points for pillar in own)
    mean = _mean(shown) if enough else None
    return VerbScore(verb=name, pillars=grouped, score=None if mean is None else _tidy(mean))


def _stamp(method: Method) -> MethodStamp:
    whole = method.rubric["whole_method"]
    return MethodStamp(
        version=method.version,
        digest=method.digest,
        criteria=len(method.criteria),
        criteria_of=whole["criteria"],
        points=sum(criterion.points for criterion in method.criteria.values()),
        points_of=whole["points"],
    )


def _unseen(seen: Observations, findings: Iterable[Finding]) -> tuple[Unseen, ...]:
    """Profiles that refused, single pages that did, then criteria without a figure on profiles that were read."""
    there = (State.OBSERVED, State.MISSING, State.GONE, State.RETIRED)
    refused = [profile for profile in seen.profiles if profile.profile.state not in there]
    profiles = tuple(
        Unseen(
            company=profile.company, platform=profile.platform, criterion=None, url=profile.url,
            state=profile.state.value, reason=profile.reason or "",
        )
        for profile in (one.profile for one in refused)
    )  # fmt: skip
    pages = tuple(
        Unseen(
            company=page.company, platform=page.platform, criterion=None, url=page.url,
            state=page.state.value, reason=page.reason or "",
        )
        for page in seen.refused
        if page.url != page.profile_url  # the profile itself was read another way: nothing is missing
    )  # fmt: skip
    closed = {one.profile.platform for one in refused if one.profile.company == "client" and one.is_confirmed}
    criteria = tuple(
        Unseen(
            company="client", platform=finding.platform, criterion=finding.criterion, url="",
            state="unobserved", reason=finding.reason,
        )
        for finding in findings
        if finding.state == "unobserved" and finding.platform not in closed
    )  # fmt: skip
    return profiles + pages + criteria


def _calendar(seen: Observations) -> tuple[CalendarRow, ...]:
    """Posts per week of the client: with posts first, by total, then the empty ones, then the unseen ones."""
    rows = [
        CalendarRow(
            platform=profile.profile.platform,
            weeks=profile.weeks,
            total=None if profile.weeks is None else sum(week or 0 for week in profile.weeks),
            empty=sum(week == 0 for week in profile.weeks or ()),
            seen=sum(week is not None for week in profile.weeks or ()),
        )
        for profile in seen.of("client")
        if profile.profile.state not in (State.MISSING, State.GONE, State.RETIRED)
        # Posts dated to the month are seen, but stand in no week: the table of posts shows them.
        if profile.weeks is not None or "posts_in_window" not in profile.measures
    ]
    return tuple(sorted(rows, key=lambda row: (row.weeks is None, -(row.total or 0), row.platform)))


def _comparison(seen: Observations) -> tuple[ComparedCompany, ...]:
    """Followers of every company by platform; empty without competitors."""
    if not seen.client.competitors:
        return ()
    rows = []
    for company in seen.client.companies:
        profiles = [profile for profile in seen.of(company.id) if profile.profile.platform != "website"]
        counted = {p.profile.platform: p for p in profiles if p.profile.followers is not None}
        rows.append(
            ComparedCompany(
                id=company.id,
                name=company.name,
                followers={
                    profile.profile.platform: _followers(counted.get(profile.profile.platform)) for profile in profiles
                },
                facts={platform: profile.facts["followers"] for platform, profile in counted.items()},
            )
        )
    return tuple(rows)


def _followers(profile: ObservedProfile | None) -> int | None:
    return profile.profile.followers.value if profile and profile.profile.followers else None


def _totals(
    seen: Observations,
    overall: Overall,
    pillars: tuple[PillarScore, ...],
    recommendations: tuple[Recommendation, ...],
    evidence: tuple[Evidence, ...],
) -> Totals:
    first = recommendations[:FIRST_ACTIONS]
    heavy = [pillar for pillar in pillars if pillar.published and pillar.points >= HEAVY and overall.published]
    ranked = sorted(heavy, key=lambda pillar: (-(pillar.score or 0.0), pillar.pillar))
    states = [profile.profile.state for profile in seen.of("client")]
    missing = sum(state in (State.MISSING, State.GONE) for state in states)
    observed, retired = states.count(State.OBSERVED), states.count(State.RETIRED)
    waiting = len(seen.waiting("client"))
    return Totals(
        first=len(first),
        first_gain=_gain(first),
        first_hours=sum(one.hours for one in first),
        score_after_first=_after(overall, first),
        actions=len(recommendations),
        all_gain=_gain(recommendations),
        score_after_all=_after(overall, recommendations),
        looked_for=len(states) + waiting,
        observed=observed,
        missing=missing,
        refused=len(states) - observed - missing - retired,
        retired=retired,
        evidence=len(evidence),
        strongest=ranked[0].pillar if len(ranked) > 1 else None,
        weakest=ranked[-1].pillar if len(ranked) > 1 else None,
        to_confirm=waiting,
    )


def _gain(recommendations: Iterable[Recommendation]) -> float:
    return round(sum(one.gain for one in recommendations), 1)


def _after(overall: Overall, recommendations: Iterable[Recommendation]) -> int | None:
    if overall.score is None or not overall.published:
        return None
    return int(overall.score + sum(one.gain for one in recommendations) + 0.5)


def _row(seen: ObservedProfile) -> ProfileRow:
    profile = seen.profile
    return ProfileRow(
        company=profile.company,
        platform=profile.platform,
        handle=profile.handle,
        url=profile.url,
        state=profile.state,
        source=profile.source,
        reason=profile.reason,
        name=profile.name.value if profile.name else None,
        followers=profile.followers.value if profile.followers else None,
        likes=profile.likes.value if profile.likes else None,
        posts=profile.posts.value if profile.posts else None,
        last_post=seen.last_post,
        ownership=seen.proof.ownership,
        signs=seen.proof.signs,
        facts=seen.facts,
    )


def _with_criteria(evidence: Iterable[Evidence], findings: Iterable[Finding], method: Method) -> tuple[Evidence, ...]:
    used: dict[str, list[str]] = {}
    for finding in findings:
        for fact in finding.facts:
            used.setdefault(fact, []).append(method.criteria[finding.criterion].code)
    return tuple(replace(row, criteria=tuple(sorted(set(used.get(row.id, []))))) for row in evidence)


def _tidy(value: float) -> float:
    """Six decimals: the same bytes on every machine."""
    return round(value, 6)
