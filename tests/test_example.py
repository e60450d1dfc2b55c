"""The example client: what its stored pages show is what is read. The figures were read off the pages by eye."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta
from pathlib import Path

import pytest

from audit.client import load_client
from audit.files import load_evidence
from audit.models import CountFact, Fact, Link, Page, Profile, Source, State
from audit.parse.document import Document
from audit.parse.text import clean
from audit.platforms import platforms

EXAMPLE = Path(__file__).parent.parent / "clients" / "example"
AUGUST, NOVEMBER = date(2026, 8, 24), date(2026, 11, 23)
DAYS = (AUGUST, NOVEMBER)
WINDOW = timedelta(days=84)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What a profile's pages show: None is not shown. `recent` is how many posts stand on them."""

    state: State = State.OBSERVED
    source: Source = Source.PUBLIC
    followers: int | None = None
    following: int | None = None
    posts: int | None = None
    likes: int | None = None
    recent: int = 0


CLIENT, SANT_ORSO, NEROCHICCO = "client", "caffe-sant-orso", "nerochicco"
SHOWN = {
    AUGUST: {
        (CLIENT, "website"): Shown(recent=6),
        (CLIENT, "instagram"): Shown(source=Source.SAVED, followers=11684, following=402, posts=474, recent=12),
        (CLIENT, "facebook"): Shown(source=Source.SAVED, followers=8705, likes=8402, following=37, recent=6),
        (CLIENT, "youtube"): Shown(followers=296, posts=40, recent=7),
        (CLIENT, "telegram"): Shown(followers=371, recent=7),
        (CLIENT, "tiktok"): Shown(state=State.MISSING),
        (CLIENT, "snapchat"): Shown(state=State.MISSING),
        (CLIENT, "linkedin"): Shown(state=State.NOT_PERMITTED),
        (CLIENT, "x"): Shown(state=State.NOT_PERMITTED),
        (CLIENT, "napster"): Shown(state=State.RETIRED),
        (SANT_ORSO, "website"): Shown(),
        (SANT_ORSO, "instagram"): Shown(source=Source.SAVED, followers=15077, following=725, posts=1169, recent=12),
        (SANT_ORSO, "facebook"): Shown(source=Source.SAVED, followers=11030, likes=10811, following=112, recent=5),
        (SANT_ORSO, "youtube"): Shown(followers=1180, posts=124, recent=4),
        (NEROCHICCO, "website"): Shown(),
        (NEROCHICCO, "instagram"): Shown(source=Source.SAVED, followers=6395, following=92, posts=603, recent=12),
        (NEROCHICCO, "facebook"): Shown(state=State.LOGIN_WALL, source=Source.SAVED),
        (NEROCHICCO, "tiktok"): Shown(followers=8534, following=58, posts=161, likes=121940),
    },
    NOVEMBER: {
        (CLIENT, "website"): Shown(recent=10),
        (CLIENT, "instagram"): Shown(source=Source.SAVED, followers=12312, following=418, posts=486, recent=12),
        (CLIENT, "facebook"): Shown(source=Source.SAVED, followers=8940, likes=8617, following=37, recent=6),
        (CLIENT, "youtube"): Shown(followers=310, posts=41, recent=8),
        (CLIENT, "telegram"): Shown(followers=420, recent=16),
        (CLIENT, "tiktok"): Shown(state=State.MISSING),
        (CLIENT, "snapchat"): Shown(state=State.MISSING),
        (CLIENT, "linkedin"): Shown(state=State.NOT_PERMITTED),
        (CLIENT, "x"): Shown(state=State.NOT_PERMITTED),
        (CLIENT, "napster"): Shown(state=State.RETIRED),
        (SANT_ORSO, "website"): Shown(),
        (SANT_ORSO, "instagram"): Shown(source=Source.SAVED, followers=15412, following=731, posts=1208, recent=12),
        (SANT_ORSO, "facebook"): Shown(source=Source.SAVED, followers=11204, likes=10964, following=112, recent=5),
        (SANT_ORSO, "youtube"): Shown(followers=1240, posts=128, recent=5),
        (NEROCHICCO, "website"): Shown(),
        (NEROCHICCO, "instagram"): Shown(source=Source.SAVED, followers=6702, following=94, posts=655, recent=12),
        (NEROCHICCO, "facebook"): Shown(state=State.LOGIN_WALL, source=Source.SAVED),
        (NEROCHICCO, "tiktok"): Shown(followers=9812, following=61, posts=187, likes=143268),
    },
}
CASES = [(day, *key) for day, shown in SHOWN.items() for key in shown]


def evidence(day: date) -> Iterator[tuple[Link, dict[str, Page]]]:
    return load_evidence(EXAMPLE / day.isoformat() / "evidence")


def stored(day: date, company: str, platform: str) -> tuple[Link, dict[str, Page]]:
    return next((link, pages) for link, pages in evidence(day) if (link.company, link.platform) == (company, platform))


def profile(day: date, company: str, platform: str) -> Profile:
    link, pages = stored(day, company, platform)
    return platforms()[platform].read(link, pages)


def value(count: CountFact | None) -> int | None:
    return None if count is None else count.value


def facts_of(read: Profile) -> dict[str, Fact[object]]:
    facts = {field.name: getattr(read, field.name) for field in fields(Profile)}
    checks = read.site.checks if read.site is not None else {}
    return {
        **{name: fact for name, fact in facts.items() if isinstance(fact, Fact)},
        **{f"check {name}": fact for name, fact in checks.items()},
    }


def stands_in(shown: str, found: str) -> bool:
    """Whether a text is on the page; of an address the page may show the part after `https://` alone."""
    bare = clean(shown).removeprefix("https://").rstrip("/")
    return bare in clean(found)


@pytest.mark.parametrize(("day", "company", "platform"), CASES)
def test_a_profile_reads_to_the_figures_of_its_pages(day: date, company: str, platform: str) -> None:
    """State, source, counts and number of recent posts are those that a person sees on the pages."""
    read = profile(day, company, platform)
    assert SHOWN[day][company, platform] == Shown(
        state=read.state,
        source=read.source,
        followers=value(read.followers),
        following=value(read.following),
        posts=value(read.posts),
        likes=value(read.likes),
        recent=len(read.recent),
    )


@pytest.mark.parametrize(("day", "company", "platform"), CASES)
def test_every_fact_stands_where_it_says(day: date, company: str, platform: str) -> None:
    """The place of a fact is found in its page, and a count or a text stands there as shown."""
    _, pages = stored(day, company, platform)
    astray = []
    for name, fact in facts_of(profile(day, company, platform)).items():
        if fact.where == "" or fact.value is False:
            continue  # the address itself, or something that is not on the page
        found = Document(pages[fact.page].body, pages[fact.page].media_type).find(fact.where)
        shown = fact.raw if isinstance(fact, CountFact) else fact.value
        if found is None or (isinstance(shown, str) and not stands_in(shown, found)):
            astray.append((name, fact.where, found))
    assert [] == astray


@pytest.mark.parametrize(("day", "company", "platform"), CASES)
def test_every_post_stands_where_it_says(day: date, company: str, platform: str) -> None:
    """The place of a post is found in its page."""
    _, pages = stored(day, company, platform)
    documents = {role: Document(page.body, page.media_type) for role, page in pages.items()}
    astray = [
        post.where for post in profile(day, company, platform).recent if documents[post.page].find(post.where) is None
    ]
    assert [] == astray


@pytest.mark.parametrize("day", DAYS)
def test_the_evidence_is_that_of_the_client_file(day: date) -> None:
    """Each declared profile has its folder, and there is no folder without a declared profile."""
    client = load_client(EXAMPLE)
    declared = {link for company in client.companies for link in company.profiles}
    assert declared == {link for link, _ in evidence(day)}


@pytest.mark.parametrize("day", DAYS)
def test_pages_were_taken_in_the_morning_and_nothing_is_left_to_ask(day: date) -> None:
    """All answers are of the run's day, before ten, play a role of their platform, and are complete."""
    strays: list[object] = []
    for link, pages in evidence(day):
        platform = platforms()[link.platform]
        for page in pages.values():
            on_time = page.fetched_at.date() == day and 5 <= page.fetched_at.hour < 10
            told = platform.role(page.url) if page.state is State.OBSERVED else page.role
            if not on_time or page.role not in platform.roles or page.role != told:
                strays.append((page.url, page.role, page.fetched_at))
        if pages and platform.keyless:
            strays.extend(platform.wants(link, pages).items())
    assert [] == strays


def test_a_saved_page_alone_shows_rounded_counts() -> None:
    """Without the exact answer beside it, Instagram's sentence gives the interval that its text allows."""
    link, pages = stored(NOVEMBER, CLIENT, "instagram")
    followers = platforms()["instagram"].read(link, {"profile": pages["profile"]}).followers
    assert followers is not None
    assert ("12,3K", 12300, 12250, 12349) == (followers.raw, followers.value, followers.low, followers.high)


def test_instagram_is_silent_in_five_weeks_of_twelve() -> None:
    """The story of November: eleven posts in seven weeks, none in the other five."""
    start = NOVEMBER - WINDOW
    weeks = Counter(
        (post.at.date() - start).days // 7
        for post in profile(NOVEMBER, CLIENT, "instagram").recent
        if post.at is not None and start <= post.at.date() < NOVEMBER
    )
    assert [2, 1, 0, 2, 0, 0, 2, 1, 0, 2, 0, 1] == [weeks[week] for week in range(12)]


def test_instagram_posts_show_many_likes_and_few_comments() -> None:
    """The newest post, the most commented and the least, as on the page."""
    posts = profile(NOVEMBER, CLIENT, "instagram").recent
    assert [(355, 9, None, "carousel"), (428, 12, 6120, "short"), (249, 0, None, "image")] == [
        (posts[index].reactions, posts[index].comments, posts[index].views, posts[index].kind) for index in (0, 1, 11)
    ]


def test_facebook_posts_show_reactions_comments_and_shares() -> None:
    """The six posts of the saved page, newest first."""
    posts = profile(NOVEMBER, CLIENT, "facebook").recent
    assert [
        ("2026-11-14", 84, 5, 6),
        ("2026-11-04", 61, 2, 11),
        ("2026-10-21", 73, 3, 4),
        ("2026-09-25", 22, 0, 2),
        ("2026-09-03", 69, 4, 3),
        ("2026-08-27", 47, 2, 1),
    ] == [
        (post.at.date().isoformat() if post.at else None, post.reactions, post.comments, post.shares) for post in posts
    ]


def test_the_diary_has_six_articles_in_the_window() -> None:
    """Every other Thursday from 3 September to 12 November."""
    site = profile(NOVEMBER, CLIENT, "website").site
    assert site is not None
    days = [article.at.date() for article in site.articles if article.at is not None]
    assert [
        "2026-11-12",
        "2026-10-29",
        "2026-10-15",
        "2026-10-01",
        "2026-09-17",
        "2026-09-03",
    ] == [day.isoformat() for day in days if day >= NOVEMBER - WINDOW]


def test_the_site_lacks_what_the_report_should_advise() -> None:
    """The structured data have no logo, profiles or contact; home and contact page have no chat and no FAQ."""
    site = profile(NOVEMBER, CLIENT, "website").site
    assert site is not None
    missing = {name for name, check in site.checks.items() if not check.value}
    assert {"json_ld_logo", "json_ld_same_as", "json_ld_contact_point", "chat", "faq"} == missing


def test_the_newsletter_came_after_the_first_audit() -> None:
    """In August the footer has no form for it, in November it has."""
    sites = [profile(day, CLIENT, "website").site for day in DAYS]
    assert [False, True] == [site.checks["newsletter"].value for site in sites if site is not None]


def test_the_site_links_three_living_profiles_and_a_dead_one() -> None:
    """Instagram, Facebook and YouTube are the company's own; Napster too, which has closed."""
    site = profile(NOVEMBER, CLIENT, "website").site
    assert site is not None
    assert {"facebook", "instagram", "napster", "youtube"} == {link.platform for link in site.links if link.own}


def test_followers_grew_everywhere_between_the_two_days() -> None:
    """Whatever was counted in August is larger in November."""
    counted = {
        key: (value(profile(AUGUST, *key).followers), value(profile(NOVEMBER, *key).followers))
        for key, shown in SHOWN[AUGUST].items()
        if shown.followers is not None
    }
    assert {} == {
        key: pair for key, pair in counted.items() if pair[0] is None or pair[1] is None or pair[0] >= pair[1]
    }


def test_the_example_is_small_and_invented() -> None:
    """The whole folder stays under 1.5 MB, and no company of it has an address that could be real."""
    client = tomllib.loads((EXAMPLE / "client.toml").read_text("utf-8"))
    sites = [client["site"], *(rival["site"] for rival in client["competitors"])]
    assert [] == [site for site in sites if not site.endswith(".example/")]
    shipped = [*EXAMPLE.glob("*/evidence/**/*"), *EXAMPLE.glob("notes/*"), EXAMPLE / "client.toml"]
    assert sum(file.stat().st_size for file in shipped if file.is_file()) < 1_500_000
