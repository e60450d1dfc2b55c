"""Profiles → Observations: pure. Every fact gets an evidence id; figures are derived from recent posts.

A profile that neither a person nor site and profile together prove to be the company's keeps its figures, and waits.

Windows: 84 days (12 weeks) before the audit day for cadence, 180 days and 5 to 30 posts for engagement. A page
that does not reach back through the window gives a rate over the span that it shows, never a zero for the rest.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from math import log, sqrt
from statistics import median
from typing import Any

from audit.found_in import ON_PAGES
from audit.models import (
    Client,
    CountFact,
    Evidence,
    Extraction,
    Fact,
    Key,
    Link,
    Measure,
    Mention,
    Observations,
    ObservedProfile,
    Ownership,
    PageRecord,
    Post,
    Precision,
    Profile,
    Proof,
    Repair,
    Source,
    State,
    key_of,
)
from audit.ownership import mentions_of, prove

WINDOW_DAYS = 84
ENGAGEMENT_DAYS = 180
ARTICLE_DAYS = 90
FEWEST_POSTS, MOST_POSTS = 5, 30
SHORTEST_SPAN_DAYS = 14
RESAMPLES = 400
HIDDEN_SHARES = 1.2  # where shares are not shown, interactions may be a fifth higher (share rate over all, Instagram)

# Formats a platform offers; variety is measured where there are at least three.
_FORMATS = {"instagram": 3, "facebook": 4, "x": 4, "linkedin": 4, "telegram": 3, "tiktok": 1, "youtube": 2}
_VIDEO = frozenset({"video", "short"})
_DAYS_OF = {
    Precision.SECOND: 0,
    Precision.DAY: 0,
    Precision.WEEK: 7,
    Precision.MONTH: 31,
    Precision.YEAR: 365,
}
_INVITATION = re.compile(
    r"\?|\b(?:scriveteci|scrivici|commenta(?:te|ci)?|raccontat?e?ci|ditecelo|dicci|tagga(?:te)?|votate?|partecipate?"
    r"|sondaggio|concorso|giveaway|quiz|tell us|comment below|tag a|vote|poll|contest|join us|let us know)\b",
    re.IGNORECASE,
)
_FACTS = (
    "name", "followers", "following", "posts", "likes", "views", "bio", "website", "verified", "created",
    "location", "category", "avatar", "rating", "reviews",
)  # fmt: skip


def observe(client: Client, day: date, extraction: Extraction, links: tuple[Link, ...] = ()) -> Observations:
    """What the profiles show on `day`, company by company, each figure with its evidence; `links` are the rows of
    links.json, which say together with the profiles whose they are."""
    order = {company.id: index for index, company in enumerate(client.companies)}
    pages = {(page.company, page.platform, page.profile_url, page.role): page for page in extraction.pages}
    ledger = _Ledger()
    profiles = sorted(
        (profile for profile in extraction.profiles if profile.company in order),
        key=lambda profile: (order[profile.company], profile.platform, profile.handle or "", profile.url),
    )
    proofs = prove(client, links, extraction)
    seen = [_observed(profile, proofs[key_of(profile)], pages, ledger, client, day) for profile in profiles]
    shelf = _Shelf.of(extraction)
    observed = tuple(_with_signs(profile, shelf, ledger) for profile in seen)
    return Observations(
        client=client,
        day=day,
        window_start=day - timedelta(days=WINDOW_DAYS - 1),
        window_days=WINDOW_DAYS,
        profiles=observed,
        refused=_refused_pages(extraction),
        repairs=_repairs(client, extraction, links, proofs, shelf, ledger),
        evidence=tuple(ledger.rows),
    )


def _refused_pages(extraction: Extraction) -> tuple[PageRecord, ...]:
    """Pages that were not given to us, of profiles that other pages show."""
    seen = {
        (profile.company, profile.platform, profile.url)
        for profile in extraction.profiles
        if profile.state is State.OBSERVED
    }
    return tuple(
        page
        for page in extraction.pages
        if page.state is not State.OBSERVED and (page.company, page.platform, page.profile_url) in seen
    )


@dataclass
class _Ledger:
    """Numbers the evidence rows in the order in which they are written down."""

    rows: list[Evidence] = field(default_factory=list)

    def add(
        self,
        profile: Profile,
        page: PageRecord | None,
        metric: str,
        value: int | float | str | bool | None,
        *,
        where: str,
        low: float | None = None,
        high: float | None = None,
        raw: str | None = None,
        n: int | None = None,
        address: str | None = None,
    ) -> str:
        number = f"e-{len(self.rows) + 1:04d}"
        self.rows.append(
            Evidence(
                id=number,
                company=profile.company,
                platform=profile.platform,
                handle=profile.handle,
                metric=metric,
                value=value,
                low=low,
                high=high,
                raw=raw,
                source=page.source if page else profile.source,
                url=page.final_url if page else address or profile.url,
                fetched_at=page.fetched_at if page else None,
                sha256=page.sha256 if page else None,
                page=page.role if page else "",
                where=where,
                n=n,
            )
        )
        return number

    def standing(self, profile: Profile, url: str, where: str, value: str) -> str | None:
        """The row of this profile that says so at this place of this page; None where none does."""
        whose = (profile.company, profile.platform, profile.handle, url, where)
        for row in self.rows if where else ():
            if (row.company, row.platform, row.handle, row.url, row.where) == whose and value in str(row.value):
                return row.id
        return None


_Pages = Mapping[tuple[str, str, str, str], PageRecord]


def _observed(
    profile: Profile, proof: Proof, pages: _Pages, ledger: _Ledger, client: Client, day: date
) -> ObservedProfile:
    def page_of(role: str) -> PageRecord | None:
        return pages.get((profile.company, profile.platform, profile.url, role))

    own_pages = [page for key, page in pages.items() if key[:3] == (profile.company, profile.platform, profile.url)]
    told = next((page for page in own_pages if page.state is profile.state), own_pages[0] if own_pages else None)
    facts = {"state": ledger.add(profile, told, "state", profile.state.value, where="", raw=profile.reason)}
    if profile.handle and profile.state is State.OBSERVED:
        facts["handle"] = ledger.add(profile, told, "handle", profile.handle, where="", raw=profile.url)
    if profile.state is not State.OBSERVED:
        return ObservedProfile(profile=profile, proof=proof, facts=facts)
    for name in _FACTS:
        fact = getattr(profile, name)
        if fact is not None:
            facts[name] = _add_fact(ledger, profile, page_of(fact.page), name, fact)
    if profile.site is not None:
        for name, check in sorted(profile.site.checks.items()):
            facts[f"check_{name}"] = _add_fact(ledger, profile, page_of(check.page), f"check_{name}", check)
        if profile.site.image_alt is not None:
            share = profile.site.image_alt
            facts["image_alt"] = _add_fact(ledger, profile, page_of(share.page), "image_alt", share)
    timeline = _Timeline.of(profile, day)
    seed = sha256(f"{client.slug} {day} {profile.company} {profile.platform} {profile.handle}".encode()).digest()
    measures: dict[str, Measure] = {}
    unmeasured: dict[str, str] = {}
    for name, measure in (_MEASURES if profile.site is None else _SITE_MEASURES).items():
        result = measure(profile, timeline, random.Random(seed))  # noqa: S311  # resampling, not secrecy
        if isinstance(result, str):
            unmeasured[name] = result
            continue
        value, low = _tidy(result.value), _tidy(result.low)
        high = None if result.high is None else _tidy(result.high)
        page, where = page_of(result.post.page), result.post.where
        evidence = ledger.add(profile, page, name, value, where=where, low=low, high=high, n=result.n)
        measures[name] = Measure(value=value, low=low, high=high, n=result.n, evidence=evidence)
    if timeline.last is not None and timeline.last.at is not None:
        facts["last_post"] = ledger.add(
            profile, page_of(timeline.last.page), "last_post", _as_fine_as_known(timeline.last),
            where=timeline.last.where,
        )  # fmt: skip
    return ObservedProfile(
        profile=profile,
        proof=proof,
        facts=facts,
        measures=measures,
        unmeasured=unmeasured,
        weeks=timeline.weeks,
        last_post=_as_fine_as_known(timeline.last) if timeline.last else None,
    )


@dataclass(frozen=True)
class _Shelf:
    """Stored pages by company and address, and the profiles whose they are."""

    pages: Mapping[tuple[str, str], PageRecord]
    owners: Mapping[tuple[str, str, str], Profile]

    @classmethod
    def of(cls, extraction: Extraction) -> _Shelf:
        came = [page for page in extraction.pages if page.state is State.OBSERVED]
        asked = {(page.company, page.url): page for page in came}
        return cls(
            pages=asked | {(page.company, page.final_url): page for page in came},
            owners={(one.company, one.platform, one.url): one for one in extraction.profiles},
        )

    def owner(self, page: PageRecord | None, otherwise: Profile) -> Profile:
        """The profile whose page it is: a sign on the company's site is evidence of the site."""
        key = (page.company, page.platform, page.profile_url) if page else ("", "", "")
        return self.owners.get(key, otherwise)


def _with_signs(seen: ObservedProfile, shelf: _Shelf, ledger: _Ledger) -> ObservedProfile:
    """The profile with an evidence id for each sign of its proof; a sign read as a fact keeps that fact's id."""
    facts = dict(seen.facts)
    for number, sign in enumerate(seen.proof.signs, 1):
        page = shelf.pages.get((seen.profile.company, sign.page))
        owner = shelf.owner(page, seen.profile)
        value = sign.text or sign.page
        facts[f"sign_{number}"] = ledger.standing(owner, sign.page, sign.where, value) or ledger.add(
            owner, page, f"sign_{sign.kind}", value, where=sign.where, address=sign.page
        )
    return replace(seen, facts=facts)


def _repairs(
    client: Client,
    extraction: Extraction,
    links: tuple[Link, ...],
    proofs: Mapping[Key, Proof],
    shelf: _Shelf,
    ledger: _Ledger,
) -> tuple[Repair, ...]:
    """Links on the client's own pages that lead to nobody or to somebody else: each once, where it stands first."""
    states = {key_of(profile): profile.state for profile in extraction.profiles}
    found: dict[tuple[str, str, str], Mention] = {}
    for link, mention in mentions_of(client.company, links, extraction):
        kind = _repair_kind(link, mention, states, proofs) if mention.found_in in ON_PAGES else ""
        key = (kind, link.platform, link.url)
        if kind and (key not in found or _place_of(mention) < _place_of(found[key])):
            found[key] = mention
    return tuple(_repair(*key, mention, shelf, ledger) for key, mention in sorted(found.items(), key=lambda i: i[0]))


def _repair(kind: str, platform: str, url: str, mention: Mention, shelf: _Shelf, ledger: _Ledger) -> Repair:
    blank = Profile(
        company="client", platform="website", handle=None, url=mention.page, state=State.OBSERVED, source=Source.PUBLIC
    )
    page = shelf.pages.get(("client", mention.page))
    owner = shelf.owner(page, blank)
    fact = ledger.standing(owner, mention.page, mention.found_in, url) or ledger.add(
        owner, page, "site_link", url, where=mention.found_in, address=mention.page
    )
    return Repair(kind=kind, platform=platform, url=url, page=mention.page, found_in=mention.found_in, fact=fact)


def _place_of(mention: Mention) -> tuple[str, str]:
    return mention.page, mention.found_in


def _repair_kind(
    link: Link,
    mention: Mention,
    states: Mapping[Key, State],
    proofs: Mapping[Key, Proof],
) -> str:
    """What is wrong with a link on the company's page; "" when nothing is."""
    if not mention.own:
        return next((kind for kind in ("placeholder", "closed") if mention.why.startswith(kind)), "")
    if link.why.startswith("closed") or states.get(key_of(link)) is State.RETIRED:
        return "closed"
    if states.get(key_of(link)) in (State.MISSING, State.GONE):
        return "missing"
    proof = proofs.get(key_of(link))
    return "look_alike" if proof is not None and proof.ownership is Ownership.LOOK_ALIKE else ""


def _add_fact(ledger: _Ledger, profile: Profile, page: PageRecord | None, name: str, fact: Fact[Any]) -> str:
    if isinstance(fact, CountFact):
        return ledger.add(profile, page, name, fact.value, where=fact.where, low=fact.low, high=fact.high, raw=fact.raw)
    value = fact.value
    plain = value.isoformat() if isinstance(value, date) else value
    assert isinstance(plain, str | int | float | bool)
    return ledger.add(profile, page, name, plain, where=fact.where)


@dataclass(frozen=True)
class _Timeline:
    """Own posts, newest first, with the part of the window that the page shows."""

    day: date
    posts: tuple[Post, ...]  # dated, not reposts
    last: Post | None
    seen_since: date | None  # None: no post is visible
    complete: bool  # the page reaches back to the window's start
    weeks: tuple[int | None, ...] | None
    coarse: bool  # a post of the window is dated to the month or worse: no week can be told from another

    @classmethod
    def of(cls, profile: Profile, day: date) -> _Timeline:
        source = profile.site.articles if profile.site is not None else profile.recent
        dated = sorted(
            (post for post in source if post.at is not None and post.at.date() <= day and not post.repost),
            key=lambda post: _moment(post),
            reverse=True,
        )
        none_ever = profile.posts is not None and profile.posts.high == 0
        running = [post for post in dated if not post.pinned]
        start = day - timedelta(days=WINDOW_DAYS)
        all_shown = none_ever or (profile.posts is not None and profile.posts.high <= len(source))
        # A pinned post may be of any age: it says nothing about how far back the page reaches.
        oldest = _moment(running[-1]).date() if running else None
        complete = all_shown or (oldest is not None and oldest <= start)
        since = start if complete else oldest
        in_window = [post for post in dated if _moment(post).date() > start]
        coarse = any(_slack(post).days > _DAYS_OF[Precision.WEEK] for post in in_window)
        return cls(
            day=day,
            posts=tuple(dated),
            # Only pinned posts: the newest of the others may be newer than they are, and is not shown.
            last=dated[0] if running or (all_shown and dated) else None,
            seen_since=since,
            complete=complete,
            weeks=None if coarse else _weeks(dated, day, since),
            coarse=coarse,
        )

    def within(self, days: int) -> list[Post]:
        start = self.day - timedelta(days=days)
        return [post for post in self.posts if _moment(post).date() > start]

    @property
    def own(self) -> list[Post]:
        """The posts that engagement is measured on."""
        return [post for post in self.within(ENGAGEMENT_DAYS) if not post.pinned][:MOST_POSTS]


def _weeks(posts: Sequence[Post], day: date, since: date | None) -> tuple[int | None, ...] | None:
    if since is None:
        return None
    weeks: list[int | None] = []
    for index in range(WINDOW_DAYS // 7):
        end = day - timedelta(days=WINDOW_DAYS - 7 * (index + 1))
        start = end - timedelta(days=7)
        if end <= since:
            weeks.append(None)
        else:
            weeks.append(sum(1 for post in posts if start < _moment(post).date() <= end))
    return tuple(weeks)


@dataclass(frozen=True)
class _Result:
    value: float
    low: float
    high: float | None  # None: open, the page shows only a part
    n: int
    post: Post


def _posts_in_window(profile: Profile, line: _Timeline, dice: random.Random) -> _Result | str:
    posts = line.within(WINDOW_DAYS)
    if line.seen_since is None or line.last is None:
        return "posts_not_shown"
    newest = posts[0] if posts else line.last
    return _Result(len(posts), _surely_within(posts, line), len(posts) if line.complete else None, len(posts), newest)


def _surely_within(posts: Sequence[Post], line: _Timeline) -> int:
    """How many lie in the window even if they are as old as their date allows."""
    start = line.day - timedelta(days=WINDOW_DAYS)
    return sum((_moment(post) - _slack(post)).date() > start for post in posts)


def _posts_per_week(profile: Profile, line: _Timeline, dice: random.Random) -> _Result | str:
    if line.seen_since is None or line.last is None:
        return "posts_not_shown"
    posts = line.within(WINDOW_DAYS)
    if line.complete:
        rate = len(posts) / (WINDOW_DAYS / 7)
        low = _surely_within(posts, line) / (WINDOW_DAYS / 7)
        return _Result(rate, low, rate, len(posts), posts[0] if posts else line.last)
    span = (line.day - line.seen_since).days
    if len(posts) < FEWEST_POSTS or span < SHORTEST_SPAN_DAYS:
        return "too_few"
    # The oldest post shown opens the span, so that n posts make n - 1 intervals; Poisson, 90 %.
    n = len(posts) - 1
    weeks = span / 7
    spread = 1.645 * sqrt(n)
    return _Result(n / weeks, max(0.0, n - spread) / weeks, (n + spread) / weeks, len(posts), posts[0])


def _active_weeks(profile: Profile, line: _Timeline, dice: random.Random) -> _Result | str:
    if line.weeks is None or line.last is None:
        return "dates_too_coarse" if line.coarse else "posts_not_shown"
    seen = [week for week in line.weeks if week is not None]
    if len(seen) < 4:
        return "too_few"
    share = sum(1 for week in seen if week) / len(seen)
    return _Result(share, share, share, len(seen), line.last)


def _days_silent(profile: Profile, line: _Timeline, dice: random.Random) -> _Result | str:
    if line.last is None or line.last.at is None:
        return "posts_not_shown"
    days = (line.day - line.last.at.date()).days
    return _Result(days, days, days + _slack(line.last).days, 1, line.last)


def _interactions(profile: Profile, line: _Timeline, dice: random.Random) -> _Result | str:
    posts = [post for post in line.own if post.reactions is not None]
    if len(posts) < FEWEST_POSTS:
        return "too_few" if posts else "reactions_not_shown"
    totals = [(post.reactions or 0) + (post.comments or 0) + (post.shares or 0) for post in posts]
    low, high = _bootstrap(totals, dice)
    if all(post.comments is None for post in posts):
        return _Result(median(totals), low, None, len(posts), posts[0])
    if all(post.shares is None for post in posts):
        high *= HIDDEN_SHARES
    return _Result(median(totals), low, high, len(posts), posts[0])


def _engagement_rate(profile: Profile, line: _Timeline, dice: random.Random) -> _Result | str:
    totals = _interactions(profile, line, dice)
    if isinstance(totals, str):
        return totals
    followers = profile.followers
    if followers is None or followers.low <= 0:
        return "followers_not_shown"
    high = None if totals.high is None else totals.high / followers.low
    return _Result(totals.value / followers.value, totals.low / followers.high, high, totals.n, totals.post)


def _comment_share(profile: Profile, line: _Timeline, dice: random.Random) -> _Result | str:
    posts = [post for post in line.own if post.reactions is not None and post.comments is not None]
    total = sum((post.reactions or 0) + (post.comments or 0) + (post.shares or 0) for post in posts)
    if len(posts) < FEWEST_POSTS or total == 0:
        return "too_few" if posts else "reactions_not_shown"
    comments = sum(post.comments or 0 for post in posts)
    share = _proportion(comments, total, posts)
    if any(post.shares is None for post in posts):  # unseen shares would make the comments' part smaller
        return replace(share, low=share.low / HIDDEN_SHARES)
    return share


def _share_rate(profile: Profile, line: _Timeline, dice: random.Random) -> _Result | str:
    posts = [post for post in line.own if post.reactions is not None and post.shares is not None]
    reactions = sum(post.reactions or 0 for post in posts)
    if len(posts) < FEWEST_POSTS or reactions == 0:
        return "too_few" if posts else "shares_not_shown"
    rate = sum(post.shares or 0 for post in posts) / reactions
    return _Result(rate, rate, rate, len(posts), posts[0])


def _commented_posts(profile: Profile, line: _Timeline, dice: random.Random) -> _Result | str:
    posts = [post for post in line.own if post.comments is not None]
    if len(posts) < FEWEST_POSTS:
        return "too_few" if posts else "comments_not_shown"
    return _proportion(sum(1 for post in posts if post.comments), len(posts), posts)


def _inviting_posts(profile: Profile, line: _Timeline, dice: random.Random) -> _Result | str:
    posts = [post for post in line.own if post.text]
    if len(posts) < FEWEST_POSTS:
        return "too_few" if posts else "texts_not_shown"
    return _proportion(sum(1 for post in posts if _INVITATION.search(post.text or "")), len(posts), posts)


def _video_share(profile: Profile, line: _Timeline, dice: random.Random) -> _Result | str:
    posts = [post for post in line.own if post.kind]
    if len(posts) < FEWEST_POSTS:
        return "too_few" if posts else "formats_not_shown"
    return _proportion(sum(1 for post in posts if post.kind in _VIDEO), len(posts), posts)


def _format_variety(profile: Profile, line: _Timeline, dice: random.Random) -> _Result | str:
    offered = _FORMATS.get(profile.platform, 1)
    if offered < 3:
        return "one_format"
    posts = [post for post in line.own if post.kind]
    if len(posts) < FEWEST_POSTS:
        return "too_few" if posts else "formats_not_shown"
    kinds = [post.kind for post in posts]
    shares = [kinds.count(kind) / len(kinds) for kind in set(kinds)]
    variety = min(1.0, -sum(share * log(share) for share in sorted(shares)) / log(offered))
    return _Result(variety, variety, variety, len(posts), posts[0])


def _views_per_follower(profile: Profile, line: _Timeline, dice: random.Random) -> _Result | str:
    source = profile.recent if profile.platform in ("youtube", "tiktok") else line.own
    posts = [post for post in source if post.views is not None and (post.kind in _VIDEO or post.kind is None)]
    if profile.followers is None or profile.followers.low <= 0:
        return "followers_not_shown"
    if len(posts) < FEWEST_POSTS:
        return "too_few" if posts else "views_not_shown"
    views = [post.views or 0 for post in posts[:MOST_POSTS]]
    low, high = _bootstrap(views, dice)
    followers = profile.followers
    return _Result(median(views) / followers.value, low / followers.high, high / followers.low, len(views), posts[0])


def _articles(profile: Profile, line: _Timeline, dice: random.Random) -> _Result | str:
    if profile.site is None or line.last is None:
        return "no_feed"
    posts = line.within(ARTICLE_DAYS)
    reaches = line.posts and _moment(line.posts[-1]).date() <= line.day - timedelta(days=ARTICLE_DAYS)
    high = len(posts) if reaches else None  # a feed holds the newest entries only
    return _Result(len(posts), len(posts), high, len(posts), posts[0] if posts else line.last)


_Measuring = Callable[[Profile, _Timeline, random.Random], _Result | str]
_MEASURES: dict[str, _Measuring] = {
    "posts_in_window": _posts_in_window,
    "posts_per_week": _posts_per_week,
    "active_weeks": _active_weeks,
    "days_silent": _days_silent,
    "interactions": _interactions,
    "engagement_rate": _engagement_rate,
    "comment_share": _comment_share,
    "share_rate": _share_rate,
    "commented_posts": _commented_posts,
    "inviting_posts": _inviting_posts,
    "video_share": _video_share,
    "format_variety": _format_variety,
    "views_per_follower": _views_per_follower,
}
_SITE_MEASURES: dict[str, _Measuring] = {
    "posts_in_window": _posts_in_window,
    "posts_per_week": _posts_per_week,
    "active_weeks": _active_weeks,
    "days_silent": _days_silent,
    "articles": _articles,
}


def _proportion(part: int, whole: int, posts: Sequence[Post]) -> _Result:
    """A share with Wilson's 90 % interval."""
    z = 1.645
    share = part / whole
    centre = (share + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole)) / (1 + z * z / whole)
    return _Result(
        share, max(0.0, min(centre - half, share)), min(1.0, max(centre + half, share)), len(posts), posts[0]
    )


def _bootstrap(values: Iterable[int], dice: random.Random) -> tuple[float, float]:
    """5th and 95th percentile of the median over 400 resamples."""
    sample = sorted(values)
    medians = sorted(median(dice.choices(sample, k=len(sample))) for _ in range(RESAMPLES))
    return medians[RESAMPLES // 20], medians[RESAMPLES - RESAMPLES // 20 - 1]


def _moment(post: Post) -> datetime:
    assert post.at is not None
    return post.at


def _as_fine_as_known(post: Post) -> str:
    """A post's date in ISO form, no finer than the page gives it: to the day (or week), the month or the year."""
    day = _moment(post).date().isoformat()
    return {Precision.MONTH: day[:7], Precision.YEAR: day[:4]}.get(post.precision or Precision.DAY, day)


def _slack(post: Post) -> timedelta:
    """How much older than `at` a post may be."""
    return timedelta(days=_DAYS_OF[post.precision or Precision.DAY])


def _tidy(value: float) -> float:
    """Six decimals, whole numbers as integers: the same bytes on every machine."""
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded
