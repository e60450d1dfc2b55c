"""One list of all links of an audit: declared first, then found, then what the others are."""

from __future__ import annotations

from dataclasses import replace

from audit.models import Client, Company, Link, Mention
from audit.roster import NOT_OURS, Sighting, roster, sites_of


def link(platform: str, handle: str, *, company: str = "client", **changes: object) -> Link:
    """A link of a company to an invented profile."""
    url = f"https://{platform}.example/{handle}"
    return replace(Link(company=company, platform=platform, handle=handle, url=url), **changes)  # type: ignore[arg-type]


CLIENT = Client(
    slug="aurora",
    company=Company(
        id="client", name="Aurora", site="https://aurora.example/", profiles=(link("instagram", "aurora.caffe"),)
    ),
    competitors=(
        Company(
            id="rivale",
            name="Rivale",
            site="https://rivale.example/",
            profiles=(link("x", "rivale", company="rivale"),),
        ),
    ),
    sector="food_beverage",
    size="small",
    country="IT",
    languages=("it",),
)
HOME = "https://aurora.example/"


def test_declared_profiles_come_first_and_keep_where_pages_show_them() -> None:
    """A declared profile stays the person's word; the pages that show it too are its mentions, the strongest first."""
    rows = roster(
        CLIENT,
        [
            Sighting(page=HOME, link=link("instagram", "Aurora.Caffe", found_in="body")),
            Sighting(page=HOME, link=link("instagram", "aurora.caffe", found_in="footer")),
            Sighting(page=HOME, link=link("tiktok", "aurora", found_in="footer")),
        ],
    )
    assert [("instagram", "client.toml"), ("tiktok", "footer"), ("x", "client.toml")] == [
        (row.platform, row.found_in) for row in rows
    ]
    assert (Mention(page=HOME, found_in="footer"), Mention(page=HOME, found_in="body")) == rows[0].mentions


def test_an_own_mention_beats_a_foreign_one() -> None:
    """A profile in the footer of one page and in an author's box of another is the company's."""
    foreign = link("x", "auroracaffe", found_in="header", own=False, why="person or partner")
    rows = roster(
        CLIENT,
        [Sighting(page=HOME, link=foreign), Sighting(page=HOME, link=link("x", "auroracaffe", found_in="footer"))],
    )
    found = next(row for row in rows if row.handle == "auroracaffe")
    assert (True, "", "footer") == (found.own, found.why, found.found_in)


def test_another_companys_profile_stays_the_other_companys() -> None:
    """What a competitor declares is not the client's, wherever the client's pages show it."""
    rows = roster(CLIENT, [Sighting(page=HOME, link=link("x", "rivale", found_in="footer"))])
    found = next(row for row in rows if row.company == "client" and row.platform == "x")
    assert (False, "another company: Rivale") == (found.own, found.why)


def test_what_a_person_rejected_is_never_own() -> None:
    """An address under `not_ours` is listed with the reason and never asked for."""
    client = replace(CLIENT, not_ours=("https://www.tiktok.com/@aurora_fan",))
    shown = Link(company="client", platform="tiktok", handle="aurora_fan", url="https://www.tiktok.com/@aurora_fan")
    rows = roster(client, [Sighting(page=HOME, link=replace(shown, found_in="footer"))])
    assert [(False, NOT_OURS)] == [(row.own, row.why) for row in rows if row.platform == "tiktok"]


def test_what_a_person_rejected_is_never_own_on_a_server_that_nobody_knows() -> None:
    """The address alone could be any website's: a person has called it a profile."""
    client = replace(CLIENT, not_ours=("https://toot.caffe.example/@altra",))
    theirs = Link(
        company="client", platform="mastodon", handle="altra@toot.caffe.example",
        url="https://toot.caffe.example/@altra", found_in="rel-me",
    )  # fmt: skip
    rows = roster(client, [Sighting(page=HOME, link=theirs)])
    assert [(False, NOT_OURS)] == [(row.own, row.why) for row in rows if row.platform == "mastodon"]


def test_links_without_a_profile_are_listed_by_their_address() -> None:
    """Two share buttons of one platform are two rows, own neither of them."""
    shares = [
        Link(company="client", platform="facebook", handle="", url=f"https://www.facebook.com/sharer.php?u={page}",
             found_in="body", own=False, why="share button")
        for page in ("a", "b")
    ]  # fmt: skip
    rows = roster(CLIENT, [Sighting(page=HOME, link=share) for share in shares])
    assert [(False, "share button")] * 2 == [(row.own, row.why) for row in rows if row.platform == "facebook"]


def test_the_order_of_pages_changes_nothing_but_the_order_of_mentions() -> None:
    """The same links, whichever page was stored first."""
    sights = [
        Sighting(page=HOME, link=link("tiktok", "aurora", found_in="footer")),
        Sighting(page=HOME + "contatti", link=link("youtube", "aurora", found_in="body")),
    ]
    once, other = roster(CLIENT, sights), roster(CLIENT, reversed(sights))
    assert {(row.platform, row.found_in) for row in once} == {(row.platform, row.found_in) for row in other}


def test_the_sites_of_a_company_are_those_that_a_person_has_looked_at() -> None:
    """Its site and declared websites, none that waits under to_confirm or is rejected."""
    websites = [
        Link(company="client", platform="website", handle=name, url=f"https://{name}/")
        for name in ("aurora.example", "aurora-caffe.example", "forse.example", "altri.example")
    ]
    who = replace(
        CLIENT,
        company=replace(CLIENT.company, profiles=tuple(websites)),
        to_confirm=("https://forse.example/",),
        not_ours=("https://altri.example/",),
    )
    assert ("https://aurora.example/", "https://aurora-caffe.example/") == sites_of(who, "client")
    assert ("https://rivale.example/",) == sites_of(who, "rivale")
