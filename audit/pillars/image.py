"""Brand image: one name, one face, one promise."""

from __future__ import annotations

import re
from collections import Counter
from math import sqrt

from audit.method import Method
from audit.method.curves import piecewise
from audit.models import Finding, Observations, ObservedProfile
from audit.pillars._judging import (
    Values,
    all_profiles,
    company_finding,
    main_profiles,
    unobserved,
    waiting_findings,
    website,
)

_SHORTEST_BIO = 50
_FIELDS = ("avatar", "bio", "website", "category")
# Which empty fields a page bears out: only there does "not shown" mean "not filled in" (the page that shows it all).
# A field that is none of a platform's public fields is not asked for.
_TOLD_BY: dict[str, dict[str, frozenset[str]]] = {
    "instagram": {"api": frozenset(_FIELDS)},
    "facebook": {"api": frozenset(_FIELDS), "profile": frozenset({"avatar", "bio"})},
    "linkedin": {"profile": frozenset({"avatar", "bio", "website", "category"})},
    "youtube": {"api": frozenset({"avatar", "bio"}), "profile": frozenset({"avatar", "bio"})},
    "tiktok": {"profile": frozenset({"avatar", "bio", "website"}), "api": frozenset({"avatar", "bio", "website"})},
    "telegram": {"profile": frozenset({"avatar", "bio"}), "preview": frozenset({"avatar", "bio"})},
    "x": {"api": frozenset({"avatar", "bio", "website"})},
    "snapchat": {"profile": frozenset({"avatar", "bio", "website"})},
}
_NUMBER_HANDLE = re.compile(r"UC[\w-]{22}|\d+|[0-9a-f]{8}-[0-9a-f-]{27}")  # what a platform gives, nobody chooses
_SIMILARITY_CURVE = ((0.1, 0.0), (0.35, 50.0), (0.7, 100.0))
_CLOSE = 80.0  # points from which on two descriptions say the same
_MARKS_CURVE = ((0.0, 0.0), (0.5, 80.0), (1.0, 100.0))


def handle_is_the_same_everywhere(seen: Observations, method: Method) -> list[Finding]:
    """IMG-01: share of profiles whose handle, without dots, dashes and case, is the most frequent one."""
    criterion = "handle_is_the_same_everywhere"
    handles = {
        profile.profile.platform: (profile, _plain(profile.profile.handle))
        for profile in all_profiles(seen)
        if profile.profile.handle and not _NUMBER_HANDLE.fullmatch(profile.profile.handle)
    }
    if len(handles) < 2:
        return unobserved(criterion, "fewer_than_two_profiles")
    counts = Counter(handle for _, handle in handles.values())
    most = max(counts.values())
    modal = min(handle for handle, count in counts.items() if count == most)
    others = tuple(platform for platform, (_, handle) in handles.items() if handle != modal)
    facts = [profile.facts["handle"] for profile, _ in handles.values()]
    shown = next(profile.profile.handle for profile, handle in handles.values() if handle == modal)
    values: Values = {"platforms": others, "handle": shown or ""}
    score = 100 * (len(handles) - len(others)) / len(handles)
    return company_finding(criterion, score=score, facts=facts, n=len(handles), values=values)


def profiles_are_complete(seen: Observations, method: Method) -> list[Finding]:
    """IMG-03: filled / told fields of each scored profile: picture, description, link, category.

    A field counts when it is filled, or when a page was read that would show it.
    """
    criterion = "profiles_are_complete"
    findings: list[Finding] = []
    for platform, (profile, weight) in main_profiles(seen, method).items():
        if profile not in all_profiles(seen):
            continue
        offered = frozenset[str]().union(*_TOLD_BY.get(platform, {}).values())
        told = {name: _filled(profile, name) for name in _FIELDS if name in offered and _told(profile, name)}
        if not told:
            findings.append(
                Finding(
                    criterion=criterion, platform=platform, state="unobserved", reason="fields_not_shown", weight=weight
                )
            )
            continue
        shown = [name for name, there in told.items() if there]
        score = 100 * len(shown) / len(told)
        facts = tuple(profile.facts[name] for name in told if name in profile.facts) or (profile.facts["state"],)
        findings.append(
            Finding(
                criterion=criterion, platform=platform, state="ok", score=score, low=score, high=score,
                n=len(told), weight=weight, observed=len(told) / len(offered), facts=facts,
                values={"fields": tuple(name for name in told if name not in shown)},
            )
        )  # fmt: skip
    findings += waiting_findings(criterion, seen, method)
    return findings or unobserved(criterion, "no_profile_observed")


def message_is_consistent(seen: Observations, method: Method) -> list[Finding]:
    """IMG-04: mean likeness (cosine of character trigrams) of each description with the site's own."""
    criterion = "message_is_consistent"
    site = website(seen)
    bios = [profile for profile in all_profiles(seen) if profile.profile.bio is not None]
    if site is None or site.profile.bio is None or not bios:
        return unobserved(criterion, "no_description")
    own = _trigrams(site.profile.bio.value)
    likeness = {p.profile.platform: _cosine(own, _trigrams(p.profile.bio.value)) for p in bios if p.profile.bio}
    mean = sum(likeness.values()) / len(likeness)
    facts = [site.facts["bio"], *(profile.facts["bio"] for profile in bios)]
    far = tuple(name for name, value in likeness.items() if piecewise(value, _SIMILARITY_CURVE) < _CLOSE)
    score = piecewise(mean, _SIMILARITY_CURVE)
    return company_finding(criterion, score=score, facts=facts, n=len(bios), values={"platforms": far})


def official_marks_are_shown(seen: Observations, method: Method) -> list[Finding]:
    """IMG-07: share of platforms on which a badge is visible, of those whose page says so either way."""
    criterion = "official_marks_are_shown"
    told = [profile for profile in all_profiles(seen) if profile.profile.verified is not None]
    if not told:
        return unobserved(criterion, "no_badge_shown")
    without = tuple(p.profile.platform for p in told if p.profile.verified and not p.profile.verified.value)
    share = (len(told) - len(without)) / len(told)
    return company_finding(
        criterion,
        score=piecewise(share, _MARKS_CURVE),
        facts=[profile.facts["verified"] for profile in told],
        n=len(told),
        observed=len(told) / len(all_profiles(seen)),
        values={"platforms": without},
    )


def _plain(handle: str) -> str:
    return re.sub(r"[\W_]+", "", handle).lower()


def _told(profile: ObservedProfile, name: str) -> bool:
    """Whether the field is shown, or a page was read on which it would stand."""
    shown = profile.profile
    if getattr(shown, name) is not None:
        return True
    roles = {fact.page for fact in (shown.name, shown.followers, shown.bio, shown.avatar) if fact is not None}
    pages = _TOLD_BY.get(shown.platform, {})
    return any(name in fields for role, fields in pages.items() if role in roles)


def _filled(profile: ObservedProfile, name: str) -> bool:
    fact = getattr(profile.profile, name)
    if fact is None:
        return False
    return name != "bio" or len(fact.value) >= _SHORTEST_BIO


def _trigrams(text: str) -> Counter[str]:
    line = f"  {re.sub(r'[^a-zà-ÿ0-9]+', ' ', text.lower()).strip()}  "
    return Counter(line[index : index + 3] for index in range(len(line) - 2))


def _cosine(one: Counter[str], other: Counter[str]) -> float:
    dot = sum(count * other[gram] for gram, count in one.items())
    return dot / (_norm(one) * _norm(other)) if one and other else 0.0


def _norm(grams: Counter[str]) -> float:
    return sqrt(sum(count * count for count in grams.values()))
