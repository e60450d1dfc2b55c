"""Findings → recommendations: pure. Gain in points of the overall score, ordered by gain per hour.

gain = P W o (T - s) / sum(W o) / sum(P), with T the method's target of 80. What was not seen gives a request for
data, never a recommendation.
"""

from __future__ import annotations

from collections.abc import Sequence

from audit.method import HOURS, Method
from audit.models import CriterionScore, Finding, PillarScore, Recommendation

MOST = 8
LEAST_GAIN = 0.05  # prints as 0.1


def recommend(
    criteria: Sequence[CriterionScore], pillars: Sequence[PillarScore], findings: Sequence[Finding], method: Method
) -> tuple[Recommendation, ...]:
    """At most eight actions, by gain per hour."""
    published = {pillar.pillar: pillar for pillar in pillars if pillar.published}
    total = sum(pillar.points for pillar in published.values())
    found: list[Recommendation] = []
    for criterion in criteria:
        pillar = published.get(criterion.pillar)
        gain = _gain(criterion, pillar, criteria, method) / total if pillar else 0.0
        if gain >= LEAST_GAIN:
            found.append(_recommendation(criterion, gain, findings, method))
    ordered = sorted(found, key=lambda one: (-one.gain / one.hours, one.criterion))
    return tuple(ordered[:MOST])


def _gain(criterion: CriterionScore, pillar: PillarScore, criteria: Sequence[CriterionScore], method: Method) -> float:
    target = float(method.threshold("target"))
    if criterion.score is None or criterion.score >= target:
        return 0.0
    own = [other for other in criteria if other.pillar == criterion.pillar and other.applicable]
    seen = sum(other.points * other.observed for other in own)
    return pillar.points * criterion.points * criterion.observed * (target - criterion.score) / seen


def _recommendation(
    criterion: CriterionScore, gain: float, findings: Sequence[Finding], method: Method
) -> Recommendation:
    target = float(method.threshold("target"))
    effort = method.criteria[criterion.criterion].effort
    low = [one for one in findings if one.criterion == criterion.criterion and (one.score or 0.0) < target]
    low = [one for one in low if one.score is not None]
    low = sorted(low, key=lambda one: ((one.score or 0.0) - target) * one.weight)  # where most is to be gained first
    return Recommendation(
        criterion=criterion.criterion,
        gain=round(gain, 6),
        hours=HOURS[effort],
        effort=effort,
        platforms=tuple(dict.fromkeys(platform for finding in low for platform in _platforms(finding))),
        facts=tuple(dict.fromkeys(fact for finding in low for fact in finding.facts)),
        values=_values(low),
    )


def _values(findings: Sequence[Finding]) -> dict[str, int | float | str | tuple[str, ...] | None]:
    """What the texts may print: the values of the first finding; lists of all of them together."""
    values = dict(findings[0].values)
    for name, value in values.items():
        if isinstance(value, tuple):
            listed = [one.values.get(name) for one in findings]
            values[name] = tuple(dict.fromkeys(item for items in listed if isinstance(items, tuple) for item in items))
    return values


def _platforms(finding: Finding) -> tuple[str, ...]:
    listed = finding.values.get("platforms")
    if isinstance(listed, tuple):
        return listed
    single = finding.values.get("platform")
    if isinstance(single, str):
        return (single,)
    return (finding.platform,) if finding.platform else ()
