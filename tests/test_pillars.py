"""Criteria on small observations: what was not seen is never zero, what was seen is judged by the method's curve."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit.client import parse_client
from audit.method import load_method
from audit.models import (
    Count,
    Extraction,
    Fact,
    Finding,
    Link,
    Observations,
    PageRecord,
    Profile,
    SiteFacts,
    Source,
    State,
)
from audit.observe import observe
from audit.pillars import awareness, community, content, image, presence, response
from tests.test_observe import DAY, NOON, post

METHOD = load_method()
SITE = "https://aurora.example/"
CLIENT = parse_client(
    b'name = "Aurora"\nsite = "https://aurora.example/"\nsector = "food_beverage"\nsize = "small"\ncountry = "IT"\n'
    b'[[competitors]]\nname = "Rival"\n',
    slug="aurora",
    file="client.toml",
)
CHECKS = ("https", "viewport", "title", "description", "language", "favicon")


def profile(platform: str, handle: str, **shown: object) -> Profile:
    """An observed profile of the client."""
    plain = Profile(
        company="client", platform=platform, handle=handle, url=f"https://{platform}.com/{handle}",
        state=State.OBSERVED, source=Source.SAVED,
    )  # fmt: skip
    return replace(plain, **shown)


def followers(count: int) -> object:
    """An exact count of followers."""
    return Count(value=count, low=count, high=count, raw=str(count)).fact("profile", "meta")


def said(value: object) -> Fact[object]:
    """A fact of the profile page."""
    return Fact(value=value, page="profile", where="meta")


def website(checks: dict[str, bool], *links: Link) -> Profile:
    """The client's site with these items and links."""
    facts = {name: Fact(value=there, page="home", where="html") for name, there in checks.items()}
    return replace(profile("website", "aurora.example"), url=SITE, site=SiteFacts(checks=facts, links=links))


def seen(*profiles: Profile) -> Observations:
    """Observations of these profiles, each with one stored page."""
    pages = tuple(
        PageRecord(
            company=one.company, platform=one.platform, profile_url=one.url, role="profile", url=one.url,
            final_url=one.url, state=State.OBSERVED, source=Source.SAVED, fetched_at=NOON, status=200,
            media_type="text/html", sha256="ab" * 32, reason=None,
        )
        for one in profiles
    )  # fmt: skip
    links = [Link(company=one.company, platform=one.platform, handle=one.handle or "", url=one.url) for one in profiles]
    own = tuple(link for link in links if link.company == "client")
    client = replace(CLIENT, company=replace(CLIENT.company, profiles=own))  # a person has named them all
    return observe(client, DAY, Extraction(profiles=profiles, pages=pages))


def one(findings: list[Finding]) -> Finding:
    """The only finding."""
    (finding,) = findings
    return finding


def test_a_checklist_counts_what_was_seen_only() -> None:
    """Three of four items seen pass, two of six were not seen: 75 points, two thirds observed."""
    site = website({"https": True, "viewport": True, "title": True, "description": False})
    finding = one(presence.website_has_the_basics(seen(site), METHOD))
    assert (75.0, round(4 / 6, 6), ("description",)) == (
        finding.score,
        round(finding.observed, 6),
        finding.values["items"],
    )


def test_a_site_that_was_not_read_is_unobserved_with_its_state() -> None:
    """No page, no zero; no claim about its pictures either."""
    walled = replace(profile("website", "aurora.example"), url=SITE, state=State.CHALLENGED)
    for judge in (
        presence.website_has_the_basics,
        response.company_can_be_reached,
        content.images_have_alternative_text,
    ):
        finding = one(judge(seen(walled), METHOD))
        assert ("unobserved", None) == (finding.state, finding.score)
        assert "no_images" != finding.reason


@pytest.mark.parametrize("url", ["https://instagram.com/aurora", "https://www.instagram.com/AURORA/"])
def test_a_profile_is_linked_by_its_name_whatever_the_spelling(url: str) -> None:
    """The site's link and the profile's handle are the same account."""
    link = Link(company="client", platform="instagram", handle="AURORA", url=url)
    shown = seen(website({"https": True}, link), profile("instagram", "aurora", website=said(SITE)))
    assert 100.0 == one(presence.site_and_profiles_link_each_other(shown, METHOD)).score


def test_a_profile_linked_by_its_number_counts_as_linked() -> None:
    """The site links the channel's id, the channel shows its name: the address tells that they are one."""
    channel = profile("youtube", "aurora", url="https://www.youtube.com/channel/UC" + "a" * 22)
    link = Link(company="client", platform="youtube", handle="UC" + "a" * 22, url=channel.url)
    assert (
        100.0
        == one(presence.site_and_profiles_link_each_other(seen(website({"https": True}, link), channel), METHOD)).score
    )


def test_an_absent_platform_counts_zero_once_and_a_closed_one_is_housekeeping() -> None:
    """TikTok verified absent lowers the coverage of platforms; nothing else speaks of its posts."""
    alive = profile("instagram", "aurora", recent=(post(3), post(100)), followers=followers(100))
    absent = profile("tiktok", "aurora", state=State.MISSING)
    shown = seen(alive, absent)
    covered = one(presence.relevant_platforms_are_covered(shown, METHOD))
    # w: Instagram 1 alive; TikTok sqrt(.372) / (1.5 sqrt(.505)) = .5722 absent; Facebook and YouTube not named:
    # 1 / 1.5722 = .6361 -> 50 + (.6361 - .5) / .3 x 40 = 68.1
    assert 68.1 == round(covered.score or 0, 1)
    assert ("tiktok",) == covered.values["platforms"]
    assert {"instagram"} == {finding.platform for finding in presence.posts_are_fresh(shown, METHOD)}


def test_a_walled_profile_is_unobserved_in_every_criterion_of_posts() -> None:
    """A login wall gives a reason per criterion, never a number."""
    shown = seen(profile("instagram", "aurora", state=State.LOGIN_WALL))
    for judge in (presence.posts_are_fresh, content.posts_often_enough, content.posts_every_week):
        finding = one(judge(shown, METHOD))
        assert ("unobserved", "login_wall", None) == (finding.state, finding.reason, finding.score)


def test_an_empty_field_counts_only_where_the_page_would_show_it() -> None:
    """A metadata page does not show the category: it is not 'missing'. The page's own JSON shows all four."""
    bio = said("Caffè tostato a Modena dal 1987, in grani e macinato, spedito in tutta Italia")
    of_page = profile("instagram", "aurora", bio=bio, name=said("Aurora"), avatar=said("a.jpg"))
    finding = one(image.profiles_are_complete(seen(of_page), METHOD))
    assert (100.0, 0.5, ()) == (finding.score, finding.observed, finding.values["fields"])
    whole = replace(of_page, name=Fact(value="Aurora", page="api", where="#/name"))
    finding = one(image.profiles_are_complete(seen(whole), METHOD))
    assert (50.0, 1.0, ("website", "category")) == (finding.score, finding.observed, finding.values["fields"])


def test_a_number_that_a_platform_gave_is_no_name() -> None:
    """A channel id says nothing about whether the names agree."""
    shown = seen(
        profile("instagram", "aurora.caffe"), profile("facebook", "auroracaffe"), profile("youtube", "UC" + "b" * 22)
    )
    finding = one(image.handle_is_the_same_everywhere(shown, METHOD))
    assert (100.0, 2) == (finding.score, finding.n)


def test_the_total_audience_of_the_worked_example() -> None:
    """12,300 + 8,940 + 310: sqrt(max x sum) = 16,281 -> 82.7 points; a seen zero is a zero."""
    shown = seen(
        profile("instagram", "a", followers=followers(12_300)),
        profile("facebook", "a", followers=followers(8_940)),
        profile("youtube", "a", followers=followers(310)),
    )
    finding = one(awareness.audience_is_large(shown, METHOD))
    assert (82.7, 16281) == (round(finding.score or 0, 1), finding.values["audience"])
    nobody = one(awareness.audience_is_large(seen(profile("instagram", "a", followers=followers(0))), METHOD))
    assert ("ok", 0.0) == (nobody.state, nobody.score)


def test_without_competitors_followers_there_is_no_comparison() -> None:
    """A competitor whose page shows no followers is no zero to be ahead of."""
    rival = profile("instagram", "rival", company="rival")
    finding = one(
        awareness.audience_leads_the_competitors(seen(profile("instagram", "a", followers=followers(9)), rival), METHOD)
    )
    assert ("unobserved", "no_common_platform") == (finding.state, finding.reason)


def test_a_channel_that_is_alive_is_a_place_for_regulars() -> None:
    """One space 60, two 85 points."""
    channel = profile("telegram", "a", recent=tuple(post(n) for n in range(1, 9)))
    assert 60.0 == one(community.regulars_have_a_place(seen(channel), METHOD)).score
    site = website({"newsletter": True})
    assert 85.0 == one(community.regulars_have_a_place(seen(channel, site), METHOD)).score


def waiting(*profiles: Profile) -> Observations:
    """The same profiles, of which nobody has said whose they are."""
    named = seen(*profiles)
    everything = Extraction(profiles=profiles, pages=())
    urls = tuple(one.url for one in profiles if one.platform != "website")
    return observe(replace(named.client, to_confirm=urls), DAY, everything)


def test_a_profile_that_waits_for_confirmation_is_neither_scored_nor_absent() -> None:
    """Every criterion of posts says "not confirmed"; coverage loses it, the score does not."""
    busy = profile("facebook", "aurora", recent=tuple(post(n) for n in range(1, 9)), followers=followers(4000))
    finding = one(presence.posts_are_fresh(waiting(busy), METHOD))
    assert ("unobserved", "not_confirmed", None) == (finding.state, finding.reason, finding.score)
    for judge in (presence.relevant_platforms_are_covered, awareness.audience_is_large):
        finding = one(judge(waiting(busy), METHOD))
        assert ("unobserved", "not_confirmed") == (finding.state, finding.reason)
    assert "unobserved" == one(presence.no_profile_is_abandoned(waiting(busy), METHOD)).state


def test_a_waiting_profile_beside_a_confirmed_one_lowers_what_was_seen_of_the_audience() -> None:
    """One of two audiences is known: half observed, with the score of the known one."""
    instagram = profile("instagram", "aurora", followers=followers(4000))
    facebook = profile("facebook", "aurora", followers=followers(9000))
    alone = one(awareness.audience_is_large(seen(instagram), METHOD))
    both = seen(instagram, facebook)
    half = observe(
        replace(both.client, to_confirm=(facebook.url,)), DAY, Extraction(profiles=(instagram, facebook), pages=())
    )
    finding = one(awareness.audience_is_large(half, METHOD))
    assert (alone.score, 0.5) == (finding.score, finding.observed)
