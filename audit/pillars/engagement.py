"""Engagement: do people take part."""

from __future__ import annotations

from audit.method import Method
from audit.method.curves import higher_is_better, piecewise
from audit.models import Finding, Observations, ObservedProfile
from audit.pillars._judging import Values, per_platform

_COMMENTED_CURVE = ((0.1, 0.0), (0.5, 50.0), (0.9, 100.0))
_INVITATION_CURVE = ((0.0, 0.0), (0.1, 50.0), (0.3, 100.0))


def followers_react(seen: Observations, method: Method) -> list[Finding]:
    """ENG-01: median interactions per post / followers, against the sector's median for this audience."""
    sector = seen.client.sector

    def curve_of(profile: ObservedProfile) -> tuple[float, float] | None:
        followers = profile.profile.followers
        if followers is None:
            return None
        return method.engagement_median(profile.profile.platform, sector, followers.value)

    def score(profile: ObservedProfile, rate: float) -> float | None:
        curve = curve_of(profile)
        return None if curve is None else higher_is_better(rate, median=curve[0], p90=curve[1])

    def values(profile: ObservedProfile) -> Values:
        curve = curve_of(profile)
        rate = profile.measures["engagement_rate"].value
        return {"rate": rate, "median": round(curve[0], 6) if curve else None}

    return per_platform("followers_react", seen, method, "engagement_rate", score, values)


def posts_start_conversations(seen: Observations, method: Method) -> list[Finding]:
    """ENG-02: comments / all interactions; L(.08, .20)."""
    return per_platform(
        "posts_start_conversations", seen, method, "comment_share",
        lambda _, share: higher_is_better(share, median=0.08, p90=0.20),
        lambda profile: {"share": profile.measures["comment_share"].value},
    )  # fmt: skip


def posts_are_shared(seen: Observations, method: Method) -> list[Finding]:
    """ENG-03: shares / reactions where both are visible; L(.05, .25)."""
    return per_platform(
        "posts_are_shared", seen, method, "share_rate",
        lambda _, rate: higher_is_better(rate, median=0.05, p90=0.25),
    )  # fmt: skip


def posts_get_comments(seen: Observations, method: Method) -> list[Finding]:
    """ENG-04: share of posts with at least one comment."""
    return per_platform(
        "posts_get_comments", seen, method, "commented_posts", lambda _, share: piecewise(share, _COMMENTED_CURVE)
    )


def posts_invite_to_take_part(seen: Observations, method: Method) -> list[Finding]:
    """ENG-05: share of posts that ask a question or propose something to do (rules for Italian and English)."""
    return per_platform(
        "posts_invite_to_take_part", seen, method, "inviting_posts",
        lambda _, share: piecewise(share, _INVITATION_CURVE),
    )  # fmt: skip
