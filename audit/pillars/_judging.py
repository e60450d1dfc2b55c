"""What criteria share: which profiles count, and how a figure or a checklist becomes a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from audit.method import Method
from audit.models import Finding, Observations, ObservedProfile, State

WEBSITE = "website"
NOT_CONFIRMED = "not_confirmed"  # the reason of what is not judged because nobody knows yet whose the profile is
# States after which a platform is verified not to be there: a statement about its posts does not apply.
_NOT_THERE = frozenset({State.MISSING, State.GONE, State.RETIRED})

Values = Mapping[str, int | float | str | tuple[str, ...] | None]


def relevance(seen: Observations, method: Method) -> dict[str, float]:
    """w of every platform for this client."""
    client = seen.client
    return method.relevance(sector=client.sector, country=client.country, audience=client.audience)


def main_profiles(seen: Observations, method: Method) -> dict[str, tuple[ObservedProfile, float]]:
    """The client's confirmed profile and relevance on each scored platform; of several the observed one with most
    followers."""
    weights = relevance(seen, method)
    found: dict[str, tuple[ObservedProfile, float]] = {}
    for profile in seen.of("client"):
        name = profile.profile.platform
        weight = weights.get(name, 0.0)
        if name != WEBSITE and method.in_scope(weight) and (name not in found or _more(profile, found[name][0])):
            found[name] = (profile, weight)
    return found


def waiting_platforms(seen: Observations, method: Method) -> dict[str, float]:
    """Scored platforms with relevance on which the client has only profiles that wait for confirmation: nobody knows
    what stands there, so that they count as not seen, never as absent."""
    weights = relevance(seen, method)
    known = main_profiles(seen, method)
    names = {profile.profile.platform for profile in seen.waiting("client")} - set(known) - {WEBSITE}
    return {name: weights[name] for name in sorted(names) if method.in_scope(weights.get(name, 0.0))}


def waiting_findings(criterion: str, seen: Observations, method: Method) -> list[Finding]:
    """For each platform that waits for confirmation: not seen, and why."""
    return [
        Finding(criterion=criterion, platform=name, state="unobserved", reason=NOT_CONFIRMED, weight=weight)
        for name, weight in waiting_platforms(seen, method).items()
    ]


def all_profiles(seen: Observations) -> list[ObservedProfile]:
    """The client's confirmed and observed profiles on all platforms but the website, scored or not."""
    return [
        profile
        for profile in seen.of("client")
        if profile.profile.platform != WEBSITE and profile.profile.state is State.OBSERVED
    ]


def website(seen: Observations) -> ObservedProfile | None:
    """The client's own site; None when it is not in the client file."""
    return next((profile for profile in seen.of("client") if profile.profile.platform == WEBSITE), None)


def is_there(profile: ObservedProfile) -> bool:
    """Whether the profile exists as far as anybody can say."""
    return profile.profile.state not in _NOT_THERE


def per_platform(
    criterion: str,
    seen: Observations,
    method: Method,
    measure: str,
    score: Callable[[ObservedProfile, float], float | None],
    values: Callable[[ObservedProfile], Values] | None = None,
) -> list[Finding]:
    """One finding per scored profile that is there: the measure through a curve, or why there is no measure.

    `score` gets the profile and a value of the measure and gives 0..100, or None where the method has no curve
    for the platform.
    """
    findings: list[Finding] = []
    for platform, (profile, weight) in main_profiles(seen, method).items():
        if not is_there(profile):
            continue
        figure = profile.measures.get(measure)
        if figure is None:
            reason = profile.unmeasured.get(measure, profile.profile.state.value)
            state = "not_applicable" if reason == "one_format" else "unobserved"
            findings.append(Finding(criterion=criterion, platform=platform, state=state, reason=reason, weight=weight))
            continue
        result = score(profile, figure.value)
        if result is None:
            findings.append(
                Finding(criterion=criterion, platform=platform, state="not_applicable", reason="no_benchmark")
            )
            continue
        bounds = [score(profile, figure.low), 100.0 if figure.high is None else score(profile, figure.high)]
        known = [bound for bound in bounds if bound is not None]
        followers = profile.facts.get("followers")
        uses_followers = measure in ("engagement_rate", "views_per_follower") and followers is not None
        findings.append(
            Finding(
                criterion=criterion,
                platform=platform,
                state="ok",
                score=result,
                low=min([result, *known]),
                high=max([result, *known]),
                n=figure.n,
                weight=weight,
                facts=(figure.evidence, followers) if uses_followers and followers else (figure.evidence,),
                values=values(profile) if values else {},
            )
        )
    return findings + waiting_findings(criterion, seen, method)


def checklist(
    criterion: str, profile: ObservedProfile | None, items: Iterable[str], *, missing_name: str = "items"
) -> list[Finding]:
    """A checklist on the client's own site: passed / (passed + failed); unseen items lower `observed`."""
    names = tuple(items)
    if profile is None:
        return [Finding(criterion=criterion, platform=WEBSITE, state="unobserved", reason="no_site")]
    site = profile.profile.site
    if site is None:
        state = profile.profile.state.value
        return [Finding(criterion=criterion, platform=WEBSITE, state="unobserved", reason=state)]
    seen = {name: site.checks[name].value for name in names if name in site.checks}
    if not seen:
        return [Finding(criterion=criterion, platform=WEBSITE, state="unobserved", reason="pages_not_read")]
    score = 100 * sum(seen.values()) / len(seen)
    return [
        Finding(
            criterion=criterion,
            platform=WEBSITE,
            state="ok",
            score=score,
            low=score,
            high=score,
            n=len(seen),
            observed=len(seen) / len(names),
            facts=tuple(profile.facts[f"check_{name}"] for name in seen),
            values={missing_name: tuple(name for name, there in seen.items() if not there)},
        )
    ]


def company_finding(
    criterion: str,
    *,
    score: float,
    facts: Iterable[str],
    n: int | None = None,
    observed: float = 1.0,
    low: float | None = None,
    high: float | None = None,
    values: Values | None = None,
) -> list[Finding]:
    """One finding for the whole company."""
    return [
        Finding(
            criterion=criterion,
            platform="",
            state="ok",
            score=score,
            low=score if low is None else low,
            high=score if high is None else high,
            n=n,
            observed=observed,
            facts=tuple(dict.fromkeys(facts)),
            values=values or {},
        )
    ]


def unobserved(criterion: str, reason: str) -> list[Finding]:
    """One finding for the whole company: it could not be seen, and why."""
    return [Finding(criterion=criterion, platform="", state="unobserved", reason=reason)]


def not_applicable(criterion: str, reason: str) -> list[Finding]:
    """One finding for the whole company: the statement does not apply to it, and why."""
    return [Finding(criterion=criterion, platform="", state="not_applicable", reason=reason)]


def _more(one: ObservedProfile, other: ObservedProfile) -> bool:
    def rank(profile: ObservedProfile) -> tuple[bool, bool, int]:
        followers = profile.profile.followers
        observed = profile.profile.state is State.OBSERVED
        return observed, is_there(profile), followers.value if followers else -1

    return rank(one) > rank(other)
