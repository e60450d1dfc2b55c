"""Awareness: how many people can see you."""

from __future__ import annotations

from math import sqrt
from statistics import median

from audit.method import Method
from audit.method.curves import higher_is_better
from audit.models import Finding, Observations, ObservedProfile
from audit.pillars._judging import (
    NOT_CONFIRMED,
    company_finding,
    is_there,
    main_profiles,
    not_applicable,
    per_platform,
    unobserved,
    waiting_platforms,
)

_COMPETITOR_P90 = 4.65  # sigma 1.2 (house): the tenth best has 4.65 times the median of its competitors


def audience_is_large(seen: Observations, method: Method) -> list[Finding]:
    """AWA-01: sqrt(largest x sum) of followers: between no overlap and full overlap. L by company size."""
    criterion = "audience_is_large"
    profiles = [profile for profile, _ in main_profiles(seen, method).values() if is_there(profile)]
    counted = [profile for profile in profiles if profile.profile.followers is not None]
    followers = [p.profile.followers.value for p in counted if p.profile.followers is not None]
    waiting = len(waiting_platforms(seen, method))
    if not followers:
        return unobserved(criterion, NOT_CONFIRMED if waiting and not profiles else "followers_not_shown")
    central, largest, total = sqrt(max(followers) * sum(followers)), max(followers), sum(followers)
    middle, p90 = method.audience_median(seen.client.size)
    best = max(counted, key=lambda p: p.profile.followers.value if p.profile.followers else 0)
    return company_finding(
        criterion,
        score=higher_is_better(central, median=middle, p90=p90),
        low=higher_is_better(largest, median=middle, p90=p90),
        high=higher_is_better(total, median=middle, p90=p90),
        facts=[profile.facts["followers"] for profile in counted],
        n=len(counted),
        observed=len(counted) / (len(profiles) + waiting),
        values={"audience": round(central), "median": round(middle), "platforms": (best.profile.platform,)},
    )


def audience_leads_the_competitors(seen: Observations, method: Method) -> list[Finding]:
    """AWA-02: followers on the most relevant platform that can be compared / the median of the competitors'."""
    criterion = "audience_leads_the_competitors"
    if not seen.client.competitors:
        return not_applicable(criterion, "no_competitors")
    ranked = sorted(main_profiles(seen, method).items(), key=lambda item: -item[1][1])
    for platform, (profile, _) in ranked:
        rivals = [rival for rival in _rivals(seen, platform) if rival.profile.followers is not None]
        if profile.profile.followers is None or not rivals:
            continue
        middle = median([rival.profile.followers.value for rival in rivals if rival.profile.followers is not None])
        if middle <= 0:
            continue
        ratio = profile.profile.followers.value / middle
        return company_finding(
            criterion,
            score=higher_is_better(ratio, median=1, p90=_COMPETITOR_P90),
            facts=[profile.facts["followers"], *(rival.facts["followers"] for rival in rivals)],
            n=len(rivals),
            values={"platform": platform, "followers": profile.profile.followers.value, "median": round(middle)},
        )
    return unobserved(criterion, "no_common_platform")


def videos_reach_the_followers(seen: Observations, method: Method) -> list[Finding]:
    """AWA-04: median views of recent videos / followers, against the tier of the audience."""

    def score(profile: ObservedProfile, value: float) -> float | None:
        followers = profile.profile.followers
        curve = method.views_median(profile.profile.platform, followers.value if followers else 0)
        return None if curve is None else higher_is_better(value, median=curve[0], p90=curve[1])

    return per_platform("videos_reach_the_followers", seen, method, "views_per_follower", score)


def _rivals(seen: Observations, platform: str) -> list[ObservedProfile]:
    return [
        profile
        for company in seen.client.competitors
        for profile in seen.of(company.id)
        if profile.profile.platform == platform
    ]
