"""Trustpilot review pages: the score of a company and how many reviews it has; never who wrote them.

A page counts three things: all reviews ever, those still shown, and those in the language chosen. The score stands
on the first, and only that is read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from audit.models import Fact, Link, Page, Profile, Refusal, Request, State
from audit.parse.address import absolute, host, path_segments
from audit.parse.counts import first_count
from audit.parse.document import Document
from audit.parse.persons import Persons
from audit.parse.structured import JsonBlock, json_ld_of
from audit.platforms._ability import Checked, Control, Shown
from audit.platforms._base import Platform
from audit.platforms._keyed.trustpilot import TrustpilotApi
from audit.platforms._labels import REVIEWS
from audit.platforms._persons import EVERYWHERE
from audit.platforms._recognised import is_front_door, segments_of
from audit.platforms._shown import (
    SAVE_IT,
    accounts_named,
    count_in,
    in_element,
    is_asked,
    of_another,
    own_addresses,
    stars_of,
)

_DOMAIN = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z][a-z0-9-]{1,61}")
_NO_DOMAINS = frozenset({"example.com", "yourdomain.com", "domain.com", "yourwebsite.com"})
_COMPANY = frozenset({"LocalBusiness", "Organization"})
_ISLAND = "__NEXT_DATA__"
_STARS = ('p[data-rating-typography="true"]', "[data-rating-typography] p", ".trustscore")


class Trustpilot(Platform):
    """trustpilot.com in all its languages. The handle is the domain that is judged, with `www.` where it is its own."""

    name = "trustpilot"
    title = "Trustpilot"
    hosts = frozenset({"trustpilot.com", "trustpilot.net"})
    roles = (*TrustpilotApi.roles, "profile")
    persons = EVERYWHERE | Persons(
        keys=frozenset({"relevantReviews", "consumer"}),
        addresses=frozenset({"/users/"}),
        attributes=frozenset({
            "data-service-review-card-paper", "data-service-review-title-typography", "data-consumer-profile-link",
            "data-service-review-text-typography", "data-consumer-name-typography", "data-consumer-avatar",
            "data-service-review-business-reply-text-typography",
        }),
    )  # fmt: skip
    api = TrustpilotApi()
    keyless = False
    way_in = SAVE_IT
    robots_note = "robots.txt closes the whole site to unnamed readers, and the terms forbid automated reading."
    by_page = Shown(fields="name bio website location category avatar rating reviews")
    by_key = Shown(fields="name website rating reviews")
    checked = Checked(pages="2025-05-13", documentation="2026-11")
    control = Control(
        known="https://www.trustpilot.com/review/www.trustpilot.com",
        unknown="https://www.trustpilot.com/review/finestra-no-such-7q4x9k2mw5z8.invalid",
        key="name rating reviews",
    )

    def link(self, url: str) -> Link | None:
        """`/review/{domain}`; invitations to judge, categories and people are none."""
        segments = segments_of(url)
        if not is_front_door(url, r"trustpilot\.com") or len(segments) != 2 or segments[0].lower() != "review":
            return None
        domain = segments[1].lower()
        if not _DOMAIN.fullmatch(domain) or domain in _NO_DOMAINS:
            return None
        return self._link(domain, f"https://www.trustpilot.com/review/{domain}")

    def wants(self, link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
        """Nothing: a page is read where a person has saved it."""
        return {}

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """The page of another company than the one asked for."""
        if page.role != "profile" or (page.status or 200) >= 400:
            return None
        named = self._named(page, document)
        return None if _same_domain(link, named) else of_another(link, named)

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The company's record in the page, or its JSON-LD."""
        handle = next(iter(self._named(page, document)), "")
        if not handle or not (is_asked(link, handle) or _same_domain(link, [handle])):
            return None
        shown = replace(self.blank(link, state=State.OBSERVED, source=page.source), handle=handle)
        unit = _unit(page, document)
        if unit is not None:
            return _from_record(shown, unit)
        for company in json_ld_of(document, page.role, _COMPANY):
            if company.at("/aggregateRating") is not None and handle in _addressed(company):
                return _from_json_ld(shown, company)
        return None if document.is_json else _from_drawn(shown, page, document)

    def _named(self, page: Page, document: Document) -> list[str]:
        """The domain that the page judges."""
        unit = _unit(page, document)
        if unit is not None:
            return [str(unit.at("/identifyingName")).lower()]
        return accounts_named(self, own_addresses(document)) if self.link(page.url) is not None else []


def _unit(page: Page, document: Document) -> JsonBlock | None:
    """The company in the data that the page was made of; None in a page of something else."""
    root = JsonBlock(document.island(_ISLAND), page.role, f'script[id="{_ISLAND}"]#')
    unit = root.block("/props/pageProps/businessUnit")
    is_page_of_company = isinstance(unit.at("/identifyingName"), str) and "numberOfReviews" in unit.value
    return unit if is_page_of_company else None


def _from_record(shown: Profile, unit: JsonBlock) -> Profile:
    reviews = unit.count("/numberOfReviews", "/numberOfReviews/total")
    picture = unit.text("/profileImageUrl")
    return replace(
        shown,
        name=unit.text("/displayName"),
        website=unit.text("/websiteUrl"),
        rating=stars_of(unit, "/trustScore", "/score/trustScore") if reviews and reviews.value else None,
        reviews=reviews,
        category=_category(unit),
        location=unit.text("/contactInfo/city"),
        avatar=None if picture is None or "default-business-unit" in picture.value else _whole(picture),
    )


def _from_json_ld(shown: Profile, company: JsonBlock) -> Profile:
    said = company.at("/aggregateRating/reviewCount")
    count = first_count(said) if isinstance(said, str) else None
    where = f"{company.place}/aggregateRating/reviewCount"
    reviews = count.fact(company.page, where) if count else company.count("/aggregateRating/reviewCount")
    website = company.text("/sameAs")
    return replace(
        shown,
        name=company.text("/name"),
        bio=company.text("/description"),
        website=website if website and host(website.value) else None,
        rating=stars_of(company, "/aggregateRating/ratingValue") if reviews and reviews.value else None,
        reviews=reviews,
        location=company.text("/address/addressLocality"),
        avatar=company.text("/image/url", "/image"),
    )


def _from_drawn(shown: Profile, page: Page, document: Document) -> Profile | None:
    """The head of the drawn page: without reviews nothing but the name and the address."""
    name = in_element(document, page.role, "#business-unit-title h1 > span:first-child", ".multi-size-header__big")
    if name is None:
        return None
    reviews = count_in(document, page.role, "#business-unit-title span, .headline__review-count", REVIEWS.pattern)
    shown_stars = in_element(document, page.role, *_STARS) if reviews is not None else None
    stars = re.fullmatch(r"([1-5](?:[.,]\d)?)", shown_stars.value) if shown_stars is not None else None
    rating: Fact[float] | None = None
    if shown_stars is not None and stars is not None:
        rating = Fact(value=float(stars.group(1).replace(",", ".")), page=page.role, where=shown_stars.where)
    website = in_element(document, page.role, '[name="business-unit-header_website"]@href')
    return replace(shown, name=name, reviews=reviews, rating=rating, website=website)


def _category(unit: JsonBlock) -> Fact[str] | None:
    categories = list(unit.items("/categories"))
    main = [category for category in categories if category.at("/isPrimary") is True]
    return next((name for category in main or categories if (name := category.text("/name")) is not None), None)


def _whole(picture: Fact[str]) -> Fact[str]:
    """An address that lacks its scheme, as browsers complete it."""
    return replace(picture, value=absolute(picture.value, "https://www.trustpilot.com/") or picture.value)


def _addressed(company: JsonBlock) -> list[str]:
    """The last part of the addresses that a company in JSON-LD is known by."""
    addresses = [company.at("/@id"), company.at("/url")]
    ends = [str(address).split("#")[-1].rstrip("/").rsplit("/", 1)[-1] for address in addresses if address]
    return [end.lower() for end in ends] + [part for address in addresses for part in path_segments(str(address))]


def _same_domain(link: Link, named: list[str]) -> bool:
    """Whether a page is of the domain asked for, with or without `www.`: the site leads from one to the other."""
    bare = {name.removeprefix("www.") for name in named}
    return link.handle.removeprefix("www.") in bare


PLATFORM = Trustpilot()
