"""Presence: be where your customers look for you."""

from __future__ import annotations

from audit.method import Method
from audit.method.curves import freshness, piecewise
from audit.models import Finding, Observations, ObservedProfile, State
from audit.parse.address import owner_place
from audit.pillars._judging import (
    NOT_CONFIRMED,
    WEBSITE,
    checklist,
    company_finding,
    is_there,
    main_profiles,
    per_platform,
    relevance,
    unobserved,
    waiting_platforms,
    website,
)

_ALIVE_DAYS = 90
_ABANDONED_DAYS = 365
_COVERAGE_CURVE = ((0.0, 0.0), (0.5, 50.0), (0.8, 90.0), (1.0, 100.0))
_BASICS = ("https", "viewport", "title", "description", "language", "favicon")
_IDENTITY = (
    "json_ld_organization", "json_ld_url", "json_ld_logo", "json_ld_same_as", "json_ld_contact_point",
    "open_graph_title", "open_graph_image", "feed", "sitemap",
)  # fmt: skip
_SLOW = frozenset({"youtube", WEBSITE})  # platforms of long forms: a month's silence is no silence


def relevant_platforms_are_covered(seen: Observations, method: Method) -> list[Finding]:
    """PRE-01: share of relevance covered; 1 with a post in 90 days, a half with an older one, 0 verified absent."""
    criterion = "relevant_platforms_are_covered"
    weights = {name: w for name, w in relevance(seen, method).items() if method.in_scope(w)}
    profiles = main_profiles(seen, method)
    covered = looked = 0.0
    facts: list[str] = []
    missing: list[str] = []
    for platform, weight in weights.items():
        activity = _activity(profiles[platform][0]) if platform in profiles else None
        if activity is None:
            continue
        looked += weight
        covered += weight * activity
        facts.append(profiles[platform][0].facts["state"])
        if activity < 1:
            missing.append(platform)
    if not looked:
        silent = any(is_there(profile) for profile, _ in profiles.values())
        waits = bool(waiting_platforms(seen, method))
        return unobserved(criterion, "posts_not_shown" if silent else NOT_CONFIRMED if waits else "no_profile")
    total = sum(weights.values())
    score = piecewise(covered / looked, _COVERAGE_CURVE)
    values = {"platforms": tuple(missing)}
    return company_finding(criterion, score=score, facts=facts, n=len(facts), observed=looked / total, values=values)


def _activity(profile: ObservedProfile) -> float | None:
    """1 alive, 0.5 there but silent, 0 verified absent, None not seen."""
    if not is_there(profile):  # MISSING: the platform says so; GONE: there was one, and there is none now
        return 0.0
    silent = profile.measures.get("days_silent")
    if profile.profile.state is not State.OBSERVED:
        return None
    if silent is None:
        empty = profile.profile.posts is not None and profile.profile.posts.high == 0
        return 0.5 if empty else None
    return 1.0 if silent.value <= _ALIVE_DAYS else 0.5


def website_has_the_basics(seen: Observations, method: Method) -> list[Finding]:
    """PRE-02: what every page needs before anybody reads it."""
    return checklist("website_has_the_basics", website(seen), _BASICS)


def site_and_profiles_link_each_other(seen: Observations, method: Method) -> list[Finding]:
    """PRE-03: mean of the share of profiles that the site links and the share that links the site."""
    criterion = "site_and_profiles_link_each_other"
    site = website(seen)
    domain = owner_place(seen.client.company.site or "")
    profiles = [profile for profile, _ in main_profiles(seen, method).values() if is_there(profile)]
    waiting = len(waiting_platforms(seen, method))
    if site is None or site.profile.site is None or not domain or not profiles:
        unread = site is None or site.profile.site is None
        reason = NOT_CONFIRMED if waiting and not unread else "pages_not_read"
        return unobserved(criterion, reason if site else "no_site")
    own = [link for link in site.profile.site.links if link.own]
    linked = {(link.platform, link.handle.lower()) for link in own} | {
        (link.platform, link.url.lower()) for link in own
    }
    # A profile may be linked by its name or by its number: both stand in its address and handle.
    from_site = [
        (p.profile.platform, (p.profile.handle or "").lower()) in linked
        or (p.profile.platform, p.profile.url.lower()) in linked
        for p in profiles
    ]
    to_site = {
        p.profile.platform: owner_place(p.profile.website.value) == domain
        for p in profiles
        if p.profile.website is not None
    }
    shares = [sum(from_site) / len(from_site)]
    if to_site:
        shares.append(sum(to_site.values()) / len(to_site))
    facts = [site.facts["state"], *(p.facts["website"] for p in profiles if "website" in p.facts)]
    not_linked = {p.profile.platform for p, there in zip(profiles, from_site, strict=True) if not there}
    failing = not_linked | {platform for platform, there in to_site.items() if not there}
    return company_finding(
        criterion,
        score=100 * sum(shares) / len(shares),
        facts=facts,
        n=len(profiles),
        observed=0.5 * (len(profiles) + len(to_site)) / (len(profiles) + waiting),
        values={"platforms": tuple(sorted(failing)), "linked": sum(from_site), "profiles": len(profiles)},
    )


def posts_are_fresh(seen: Observations, method: Method) -> list[Finding]:
    """PRE-04: days since the last post: full marks for 14, halved every 30 (30 and 60 where posts are long)."""

    def score(profile: ObservedProfile, days: float) -> float:
        slow = profile.profile.platform in _SLOW
        return freshness(days, grace=30 if slow else 14, half_life=60 if slow else 30)

    return per_platform(
        "posts_are_fresh", seen, method, "days_silent", score,
        lambda profile: {"days": int(profile.measures["days_silent"].value)},
    )  # fmt: skip


def identity_is_machine_readable(seen: Observations, method: Method) -> list[Finding]:
    """PRE-05: structured data, Open Graph, feed and sitemap of the own site."""
    return checklist("identity_is_machine_readable", website(seen), _IDENTITY)


def no_profile_is_abandoned(seen: Observations, method: Method) -> list[Finding]:
    """PRE-07: 1 - profiles silent for a year or on a closed service / profiles found."""
    criterion = "no_profile_is_abandoned"
    judged: dict[str, bool] = {}
    facts: list[str] = []
    for profile in seen.of("client"):
        platform = profile.profile.platform
        silent = profile.measures.get("days_silent")
        if profile.profile.state is State.RETIRED:
            judged[platform] = True
            facts.append(profile.facts["state"])
        elif silent is not None and platform != WEBSITE:
            judged[platform] = silent.value > _ABANDONED_DAYS
            facts.append(silent.evidence)
    if not judged:
        return unobserved(criterion, "posts_not_shown")
    problems = tuple(platform for platform, problem in judged.items() if problem)
    score = 100 * (1 - len(problems) / len(judged))
    return company_finding(criterion, score=score, facts=facts, n=len(judged), values={"platforms": problems})
