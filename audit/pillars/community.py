"""Community: a place for those who come back."""

from __future__ import annotations

from audit.method import Method
from audit.method.curves import piecewise
from audit.models import Finding, Observations, State
from audit.pillars._judging import checklist, company_finding, unobserved, website

_SPACES_CURVE = ((0.0, 0.0), (1.0, 60.0), (2.0, 85.0), (3.0, 100.0))
_CHANNELS = ("telegram",)  # platforms on which an account is a room for regulars
_ALIVE_DAYS = 30


def regulars_have_a_place(seen: Observations, method: Method) -> list[Finding]:
    """COM-01: spaces of one's own that were alive in the last 30 days: channels, newsletter."""
    criterion = "regulars_have_a_place"
    spaces: list[str] = []
    facts: list[str] = []
    for profile in seen.of("client"):
        silent = profile.measures.get("days_silent")
        if profile.profile.platform in _CHANNELS and silent is not None:
            facts.append(silent.evidence)
            if silent.value <= _ALIVE_DAYS:
                spaces.append(profile.profile.platform)
    site = website(seen)
    newsletter = site.profile.site.checks.get("newsletter") if site and site.profile.site else None
    if site is not None and newsletter is not None:
        facts.append(site.facts["check_newsletter"])
        if newsletter.value:
            spaces.append("newsletter")
    if not facts:
        return unobserved(criterion, "pages_not_read")
    unseen = [
        profile
        for profile in seen.of("client")
        if profile.profile.platform in _CHANNELS and profile.profile.state not in (State.OBSERVED, State.MISSING)
    ] + [profile for profile in seen.waiting("client") if profile.profile.platform in _CHANNELS]
    return company_finding(
        criterion,
        score=piecewise(len(spaces), _SPACES_CURVE),
        facts=facts,
        n=len(facts),
        observed=len(facts) / (len(facts) + len(unseen)),
        values={"spaces": len(spaces)},
    )


def direct_relationship_is_offered(seen: Observations, method: Method) -> list[Finding]:
    """COM-06: newsletter form, privacy notice and feed on the own site."""
    return checklist("direct_relationship_is_offered", website(seen), ("newsletter", "privacy_notice", "feed"))
