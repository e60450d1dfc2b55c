"""Content: something worth following, regularly."""

from __future__ import annotations

from audit.method import Method
from audit.method.curves import higher_is_better, piecewise
from audit.models import Finding, Observations, ObservedProfile
from audit.pillars._judging import WEBSITE, Values, per_platform, website

_REGULARITY_CURVE = ((0.0, 0.0), (0.5, 40.0), (0.9, 90.0), (1.0, 100.0))
_VARIETY_CURVE = ((0.0, 0.0), (0.5, 60.0), (0.8, 100.0))
_VIDEO_CURVE = ((0.0, 0.0), (0.2, 50.0), (0.5, 100.0))
_ALT_CURVE = ((0.3, 0.0), (0.95, 100.0))
_ARTICLES = (3.0, 12.0)  # in 90 days, median and p90 (house)
_ARTICLE_DAYS = 90


def posts_often_enough(seen: Observations, method: Method) -> list[Finding]:
    """CON-01: posts per week over 84 days against the sector's median, scaled by company size (Rival IQ)."""
    client = seen.client

    def score(profile: ObservedProfile, rate: float) -> float | None:
        curve = method.cadence_median(profile.profile.platform, client.sector, client.size)
        return None if curve is None else higher_is_better(rate, median=curve[0], p90=curve[1])

    def values(profile: ObservedProfile) -> Values:
        curve = method.cadence_median(profile.profile.platform, client.sector, client.size)
        rate = profile.measures["posts_per_week"].value
        return {"rate": rate, "median": round(curve[0], 2) if curve else None}

    return per_platform("posts_often_enough", seen, method, "posts_per_week", score, values)


def posts_every_week(seen: Observations, method: Method) -> list[Finding]:
    """CON-02: share of the visible weeks (of 12) with at least one post."""

    def values(profile: ObservedProfile) -> Values:
        return {"empty": sum(1 for week in profile.weeks or () if week == 0)}

    return per_platform(
        "posts_every_week", seen, method, "active_weeks", lambda _, share: piecewise(share, _REGULARITY_CURVE), values
    )


def formats_vary(seen: Observations, method: Method) -> list[Finding]:
    """CON-03: Shannon evenness of the formats used, where a platform offers three or more."""
    return per_platform(
        "formats_vary", seen, method, "format_variety", lambda _, evenness: piecewise(evenness, _VARIETY_CURVE)
    )


def posts_videos(seen: Observations, method: Method) -> list[Finding]:
    """CON-04: share of posts with video; on platforms of video only it says nothing."""

    def score(profile: ObservedProfile, share: float) -> float | None:
        return None if profile.profile.platform in ("youtube", "tiktok") else piecewise(share, _VIDEO_CURVE)

    return per_platform("posts_videos", seen, method, "video_share", score)


def publishes_on_its_own_site(seen: Observations, method: Method) -> list[Finding]:
    """CON-05: dated articles on the own site in 90 days."""
    criterion = "publishes_on_its_own_site"
    site = website(seen)
    figure = site.measures.get("articles") if site else None
    if site is None or figure is None:
        reason = site.unmeasured.get("articles", site.profile.state.value) if site else "no_site"
        return [Finding(criterion=criterion, platform=WEBSITE, state="unobserved", reason=reason)]
    score = higher_is_better(figure.value, median=_ARTICLES[0], p90=_ARTICLES[1])
    high = score if figure.high is not None else 100.0
    return [
        Finding(
            criterion=criterion, platform=WEBSITE, state="ok", score=score, low=score, high=high, n=figure.n,
            facts=(figure.evidence,), values={"articles": int(figure.value), "days": _ARTICLE_DAYS},
        )
    ]  # fmt: skip


def images_have_alternative_text(seen: Observations, method: Method) -> list[Finding]:
    """CON-06: whether the home page's images carry alternative text (WCAG 1.1.1)."""
    criterion = "images_have_alternative_text"
    site = website(seen)
    share = site.profile.site.image_alt if site and site.profile.site else None
    if site is None or share is None:
        read = site is not None and site.profile.site is not None
        reason = "no_images" if read else "pages_not_read"
        return [Finding(criterion=criterion, platform=WEBSITE, state="unobserved", reason=reason)]
    score = piecewise(share.value, _ALT_CURVE)
    return [
        Finding(
            criterion=criterion, platform=WEBSITE, state="ok", score=score, low=score, high=score,
            facts=(site.facts["image_alt"],), values={"share": share.value},
        )
    ]  # fmt: skip
