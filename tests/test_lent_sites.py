"""Sites on hosts that lend paths: what stands beside them there is somebody else's, also where a page leads to it."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pytest

from audit.models import (
    Client,
    Company,
    Extraction,
    Fact,
    FoundLink,
    Link,
    Mention,
    Ownership,
    Page,
    Profile,
    Proof,
    Source,
    State,
    key_of,
)
from audit.ownership import prove
from audit.platforms.website import PLATFORM as WEBSITE

LENT = "https://digilander.libero.it/aurora/"
THEIRS = "https://digilander.libero.it/rivale/contatti.htm"
TELEPHONE = '<html><head><title>Rivale</title></head><body>Caffè <a href="tel:+390461999999">Chiama</a></body></html>'


def shown(role: str, url: str, html: str, arrived: str = "") -> Page:
    """A page as the evidence holds it."""
    body = html.encode()
    return Page(
        url=url, final_url=arrived or url, role=role, state=State.OBSERVED, source=Source.PUBLIC, status=200,
        fetched_at=datetime(2026, 11, 23, 9, tzinfo=UTC), media_type="text/html; charset=utf-8", body=body,
        sha256=hashlib.sha256(body).hexdigest(),
    )  # fmt: skip


def home_at(url: str, links: str = "") -> Page:
    """A home page with a title, a sentence and links."""
    return shown("home", url, f"<html><head><title>Aurora</title></head><body><p>Caffè</p>{links}</body></html>")


def site_at(url: str) -> Link:
    """The website's profile."""
    link = WEBSITE.link(url)
    assert link is not None
    return link


def test_pages_of_others_on_the_same_host_are_not_asked_for() -> None:
    """Neither their contact page nor the host's own sitemap."""
    links = '<a href="/rivale/contatti.htm">Contatti</a><a href="chi-siamo.htm">Chi siamo</a>'
    wanted = WEBSITE.wants(site_at(LENT), {"home": home_at(LENT, links)})
    assert {"about": f"{LENT}chi-siamo.htm"} == {role: request.url for role, request in wanted.items()}
    market = "https://www.etsy.com/shop/aurora"
    about = '<a href="/about">About</a>'
    assert {} == WEBSITE.wants(site_at(market), {"home": home_at(market, about)})


@pytest.mark.parametrize(
    ("home", "contact"),
    [(LENT, THEIRS), (LENT, "https://digilander.libero.it/"), ("https://aurora.it/", "https://rivale.com/contatti")],
)
def test_a_contact_page_that_leads_to_another_site_proves_nothing_both_ways(home: str, contact: str) -> None:
    """Neither the links of its footer nor its telephone are the company's, though a profile prints that number."""
    site = site_at(home)
    pages = {"home": home_at(home), "contact": shown("contact", f"{home}contatti.htm", TELEPHONE, contact)}
    own = Link(company="client", platform="telegram", handle="auroracaffe", url="https://t.me/auroracaffe")
    row = FoundLink(
        company="client", platform="telegram", handle="auroracaffe", url=own.url, found_in="footer", own=True,
        mentions=(Mention(page=contact, found_in="footer", own=True),),
    )  # fmt: skip
    printed = Profile(
        company="client", platform="telegram", handle="auroracaffe", url=own.url, state=State.OBSERVED,
        source=Source.PUBLIC, bio=Fact(value="Tel. 0461 999999", page="profile", where="#/bio"),
    )  # fmt: skip
    client = Client(
        slug="aurora", company=Company(id="client", name="Aurora", site=home, profiles=(site,)),
        sector="food_beverage", size="small", country="IT", languages=("it",),
    )  # fmt: skip
    seen = Extraction(profiles=(WEBSITE.read(site, pages), printed), pages=())
    assert Proof(ownership=Ownership.UNPROVEN, signs=()) == prove(client, [row], seen)[key_of(own)]
