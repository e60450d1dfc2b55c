"""Figures derived from recent posts: what the page shows, over the span that it shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from audit.client import parse_client
from audit.models import (
    Client,
    Count,
    Extraction,
    FoundLink,
    Mention,
    Observations,
    ObservedProfile,
    Ownership,
    PageRecord,
    Post,
    Precision,
    Profile,
    Source,
    State,
)
from audit.observe import observe

DAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
URL = "https://www.instagram.com/aurora.caffe/"
CLIENT: Client = parse_client(
    b'name = "Aurora"\nsector = "food_beverage"\nsize = "small"\ncountry = "IT"\n'
    b'[profiles]\ninstagram = "https://www.instagram.com/aurora.caffe/"\n',
    slug="aurora",
    file="client.toml",
)


def post(days_ago: float, **changes: object) -> Post:
    """A post of the profile's own, so many days before the audit."""
    plain = Post(
        url=None, at=NOON - timedelta(days=days_ago), precision=Precision.SECOND, kind="image",
        text="Buongiorno", reactions=90, comments=6, page="profile", where=f"#/posts/{days_ago}",
    )  # fmt: skip
    return replace(plain, **changes)


def seen(*posts: Post, **changes: object) -> Observations:
    """Observations of one profile with these posts."""
    shown = Count(value=12300, low=12250, high=12349, raw="12,3K").fact("profile", "meta")
    profile = Profile(
        company="client", platform="instagram", handle="aurora.caffe", url=URL, state=State.OBSERVED,
        source=Source.SAVED, followers=shown, recent=posts,
    )  # fmt: skip
    page = PageRecord(
        company="client", platform="instagram", profile_url=URL, role="profile", url=URL, final_url=URL,
        state=State.OBSERVED, source=Source.SAVED, fetched_at=NOON, status=200, media_type="text/html",
        sha256="ab" * 32, reason=None,
    )  # fmt: skip
    return observe(CLIENT, DAY, Extraction(profiles=(replace(profile, **changes),), pages=(page,)))


def only(observations: Observations) -> ObservedProfile:
    """The one profile observed."""
    (profile,) = observations.profiles
    return profile


def test_a_window_that_is_seen_whole_gives_exact_counts() -> None:
    """26 posts in 84 days, one older: 26 / 12 a week, no interval."""
    profile = only(seen(*(post(3 * number) for number in range(26)), post(100)))
    rate = profile.measures["posts_per_week"]
    assert (26, 26, 26) == tuple(
        getattr(profile.measures["posts_in_window"], name) for name in ("value", "low", "high")
    )
    assert (round(26 / 12, 6),) * 3 == (rate.value, rate.low, rate.high)


def test_a_page_that_does_not_reach_back_is_no_silence() -> None:
    """Twelve posts in the last four weeks and nothing older shown: the earlier weeks are unseen, not empty."""
    profile = only(seen(*(post(2.4 * number) for number in range(12))))
    assert profile.weeks is not None
    assert [None] * 8 == list(profile.weeks[:8])
    assert None not in profile.weeks[8:]
    assert profile.measures["posts_in_window"].high is None
    rate = profile.measures["posts_per_week"]
    assert rate.low < rate.value < rate.high  # type: ignore[operator]  # an open bound would fail here too


def test_an_old_pinned_post_does_not_open_the_window() -> None:
    """A pinned post may be of any age: the page reaches back no further for it."""
    running = [post(2.4 * number) for number in range(12)]
    with_pin = only(seen(*running, post(300, pinned=True)))
    assert only(seen(*running)).weeks == with_pin.weeks


def test_a_page_with_nothing_but_a_pinned_post_says_nothing_of_silence() -> None:
    """The newer posts are simply not shown: no '700 days silent'."""
    profile = only(seen(post(700, pinned=True)))
    assert "posts_not_shown" == profile.unmeasured["days_silent"]
    assert None is profile.last_post


def test_hidden_comments_leave_the_engagement_open_upwards() -> None:
    """Reactions alone are a floor: nobody knows how many comments there are."""
    profile = only(seen(*(post(number, comments=None) for number in range(1, 11))))
    assert None is profile.measures["engagement_rate"].high
    assert "comments_not_shown" == profile.unmeasured["commented_posts"]


def test_all_posts_shown_means_the_whole_window_is_seen() -> None:
    """Three posts in all, all three on the page: the empty weeks are really empty."""
    total = Count(value=3, low=3, high=3, raw="3").fact("profile", "meta")
    profile = only(seen(post(1), post(2), post(3), posts=total))
    assert (0,) * 11 + (3,) == profile.weeks


def test_engagement_is_the_median_over_followers_with_both_intervals() -> None:
    """96 interactions on 12,300 (12,250 to 12,349) followers: 0.78 %; hidden shares may add a fifth."""
    profile = only(seen(*(post(number) for number in range(1, 11))))
    rate = profile.measures["engagement_rate"]
    assert round(96 / 12300, 6) == rate.value
    assert round(96 / 12349, 6) == rate.low
    assert round(1.2 * 96 / 12250, 6) == rate.high


@pytest.mark.parametrize("change", [{"pinned": True}, {"repost": True}])
def test_pinned_posts_and_reposts_do_not_count_for_engagement(change: dict[str, bool]) -> None:
    """A post kept on top for years, or somebody else's, says nothing about today's public."""
    own = [post(number) for number in range(1, 7)]
    loud = post(0.5, reactions=100_000, **change)
    assert only(seen(*own)).measures["interactions"].value == only(seen(*own, loud)).measures["interactions"].value


def test_four_posts_are_too_few_and_hidden_reactions_are_no_zero() -> None:
    """No figure, and the reason why."""
    assert "too_few" == only(seen(*(post(n) for n in range(4)))).unmeasured["engagement_rate"]
    hidden = only(seen(*(post(n, reactions=None) for n in range(9))))
    assert "reactions_not_shown" == hidden.unmeasured["engagement_rate"]
    assert "engagement_rate" not in hidden.measures


def test_dates_known_to_the_month_give_an_interval_and_no_weeks() -> None:
    """'1 month ago', '2 months ago': in the window at 1, 31 and perhaps at 61 days (which may be 92)."""
    profile = only(seen(*(post(30 * n + 1, precision=Precision.MONTH) for n in range(6))))
    in_window = profile.measures["posts_in_window"]
    assert (3, 2, 3) == (in_window.value, in_window.low, in_window.high)
    assert "dates_too_coarse" == profile.unmeasured["active_weeks"]
    assert None is profile.weeks
    silent = profile.measures["days_silent"]
    assert (1, 32) == (silent.low, silent.high)


def test_every_figure_leads_to_a_page() -> None:
    """Each evidence row names address, time, digest and place."""
    observations = seen(*(post(number) for number in range(10)))
    for row in observations.evidence:
        assert (URL, NOON, "ab" * 32) == (row.url, row.fetched_at, row.sha256), row.metric
    used = {measure.evidence for measure in only(observations).measures.values()}
    assert set() == used - {row.id for row in observations.evidence}


def test_a_refused_profile_has_its_state_and_nothing_else() -> None:
    """No figure comes out of a page that was a wall."""
    profile = only(seen(post(1), state=State.LOGIN_WALL, followers=None))
    assert ({"state"}, {}, None) == (set(profile.facts), dict(profile.measures), profile.weeks)


def test_the_same_evidence_gives_the_same_figures() -> None:
    """Resampling is seeded by client, day and profile."""
    posts = [post(number, reactions=7 * number % 50) for number in range(20)]
    assert seen(*posts) == seen(*posts)


def found(handle: str, url: str, found_in: str, *, own: bool = True, why: str = "") -> FoundLink:
    """A row of links.json out of the site's home page."""
    mention = Mention(page="https://aurora.example/", found_in=found_in, own=own, why=why)
    return FoundLink(
        company="client", platform="instagram", handle=handle, url=url, found_in=found_in, own=own, why=why,
        mentions=(mention,),
    )  # fmt: skip


def waiting_audit() -> Observations:
    """A profile that waits for a person: the site points to it, and it names nobody."""
    client = replace(CLIENT, to_confirm=(URL,), company=replace(CLIENT.company, site="https://aurora.example/"))
    shown = Count(value=99, low=99, high=99, raw="99").fact("profile", "meta")
    profile = Profile(
        company="client", platform="instagram", handle="aurora.caffe", url=URL, state=State.OBSERVED,
        source=Source.SAVED, followers=shown, recent=tuple(post(n) for n in range(1, 9)),
    )  # fmt: skip
    links = (
        found("aurora.caffe", URL, "footer"),
        found("wix", "https://www.instagram.com/wix/", "header", own=False, why="placeholder: the theme's own account"),
        found("", "https://www.instagram.com/p/1/", "header", own=False, why="post"),
    )
    return observe(client, DAY, Extraction(profiles=(profile,), pages=()), links)


def test_a_profile_that_waits_is_shown_and_not_judged() -> None:
    """Its figures are there; it counts neither as the company's nor as absent."""
    seen = waiting_audit()
    (profile,) = seen.profiles
    assert ((), (profile,)) == (seen.of("client"), seen.waiting("client"))
    assert Ownership.ONE_WAY is profile.proof.ownership
    assert "posts_in_window" in profile.measures
    assert ["site_links"] == [sign.kind for sign in profile.proof.signs]


def test_every_sign_and_every_link_to_repair_has_its_evidence() -> None:
    """The row names the page of the site and the place in it; a post is nothing to repair."""
    seen = waiting_audit()
    rows = {row.id: row for row in seen.evidence}
    sign = rows[seen.profiles[0].facts["sign_1"]]
    assert ("sign_site_links", "https://aurora.example/", "footer", URL) == (
        sign.metric,
        sign.url,
        sign.where,
        sign.value,
    )
    (repair,) = seen.repairs
    assert ("placeholder", "https://www.instagram.com/wix/", "header") == (repair.kind, repair.url, repair.found_in)
    assert "https://www.instagram.com/wix/" == rows[repair.fact].value


@pytest.mark.parametrize(
    ("state", "kind"), [(State.RETIRED, "closed"), (State.MISSING, "missing"), (State.GONE, "missing")]
)
def test_a_link_that_leads_to_nobody_is_to_be_repaired(state: State, kind: str) -> None:
    """On the company's own page; behind a login nobody can say so."""
    client = replace(CLIENT, company=replace(CLIENT.company, site="https://aurora.example/"))
    links = (found("aurora.caffe", URL, "footer"),)

    def repairs(told: State) -> list[str]:
        profile = Profile(
            company="client", platform="instagram", handle="aurora.caffe", url=URL, state=told, source=Source.PUBLIC
        )
        return [one.kind for one in observe(client, DAY, Extraction(profiles=(profile,), pages=()), links).repairs]

    assert [kind] == repairs(state)
    assert [] == repairs(State.LOGIN_WALL)
