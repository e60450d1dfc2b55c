"""XING company pages: the company, what it says of itself and its followers; never its people.

The page is an application that carries the answers it was drawn from; some are in the page's text alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import quote

from audit.models import CountFact, Fact, Link, Page, Profile, Refusal, Request, State
from audit.parse.address import absolute, host, host_matches
from audit.parse.counts import first_count
from audit.parse.document import Document, pointer
from audit.parse.persons import Persons
from audit.parse.structured import JsonBlock, organization, statistic
from audit.parse.text import clean
from audit.parse.tree import Element
from audit.platforms._ability import Shown
from audit.platforms._base import Platform
from audit.platforms._persons import EVERYWHERE
from audit.platforms._recognised import STAND_INS, is_front_door, segments_of
from audit.platforms._shown import SAVE_IT, accounts_named, in_headline, of_another, own_addresses, profile_of
from audit.platforms._wall_words import NOT_FOUND

_HANDLE = re.compile(r"[\w.&+-]{2,100}")
_KINDS = frozenset({"pages", "companies", "company"})
_TABS = frozenset({"about", "about_us", "jobs", "news", "employees", "culture", "updates", "reviews"})
_STATE = "APOLLO_STATE"
_RECORDS = frozenset({"EntityPage", "Company"})
_LOGIN_HOST = "login.xing.com"
_LOGIN_MARK = "login-frontend"  # the application that draws the login page
_NOT_HERE = re.compile(
    r".*(?:couldn.t find (?:that|this|the) page|seite (?:gibt es|existiert) (?:leider )?nicht).*", re.IGNORECASE
)
_FOLLOWERS = re.compile(
    r"(?:.*(?:[;·•|]\s*|,\s+))?(\d[\d.,’'  \u202f]*(?:\s?(?:k|tsd\.?|mio\.?|m))?)\s+"
    r"(?:follower(?:s|:innen|\*innen)?|abonnés|seguidores)",
    re.IGNORECASE,
)
_TITLE = re.compile(r"(.+?)(?:: .*| [-–|•] .*| auf xing.*| on xing.*| als arbeitgeber.*)", re.IGNORECASE)
_LONGEST_LINE = 120  # characters of the line below the name


class Xing(Platform):
    """xing.com company pages; people are never listed."""

    name = "xing"
    title = "XING"
    hosts = frozenset({"xing.com", "xing.to"})
    persons = EVERYWHERE | Persons(
        keys=frozenset({"contacts", "contactPersons", "employees"}),
        types=frozenset({"XingId", "CompanyEmployee", "CompanyEmployeesConnection", "ProfileVisit"}),
        addresses=frozenset({"/profile/"}),
    )
    keyless = False
    way_in = SAVE_IT
    robots_note = "Most of the page stands behind a login, and the interface is closed."
    by_page = Shown(fields="name followers bio website location category avatar")

    def link(self, url: str) -> Link | None:
        """`/pages/{slug}` and, of old, `/companies/{slug}`; people, groups, jobs, share forms are none."""
        segments = segments_of(url)
        if not is_front_door(url, r"xing\.com", names="www") or not 2 <= len(segments) <= 3:
            return None
        if segments[0].lower() not in _KINDS or (len(segments) == 3 and segments[2].lower() not in _TABS):
            return None
        slug = segments[1].lower()
        if not _HANDLE.fullmatch(slug) or slug in STAND_INS:
            return None
        return self._link(slug, f"https://www.xing.com/pages/{quote(slug, safe='')}")

    def wants(self, link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
        """Nothing: a page is read where a person has saved it."""
        return {}

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """The login, the site's page for what is not there, or the page of another company."""
        if host(page.final_url) == _LOGIN_HOST:
            return Refusal(state=State.LOGIN_WALL, reason=f"login page at {_LOGIN_HOST}")
        named = accounts_named(self, own_addresses(document))
        if not named:
            return _nobody(document)
        return of_another(link, named)

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The company in the page's data, its structured data and its head; None for a page that names none."""
        shown = profile_of(self, link, page, accounts_named(self, own_addresses(document)))
        if shown is None or shown.handle is None:
            return None
        read = shown
        for record in _records(document, page.role, shown.handle):
            read = _with_record(read, record)
        read = _with_structured(read, document, page.role)
        read = replace(
            read,
            name=read.name or _name(document, page.role),
            followers=read.followers or _drawn_followers(shown, document, page.role),
        )
        return None if read == shown else read


def _nobody(document: Document) -> Refusal | None:
    """What a page that names no company is: not there, or the login."""
    for words in (document.title, in_headline(document)):
        if NOT_FOUND.search(words) or _NOT_HERE.fullmatch(words):
            return Refusal(state=State.MISSING, reason=words[:200])
    if any(_LOGIN_MARK in (script.get("src") or "") for script in document.scripts):
        return Refusal(state=State.LOGIN_WALL, reason=f"login page: {document.title or 'no title'}"[:200])
    return None


def _records(document: Document, page: str, slug: str) -> Iterator[JsonBlock]:
    """The page and the company in the answers that the page was drawn from: what goes by the address asked for, and
    what that refers to. Recommended companies stand there too."""
    for value, place in document.after(_STATE):
        states = JsonBlock(value, page, place)
        for state in states.items():
            if str(state.at("/__typename")) in _RECORDS and _is_of(state, slug):
                yield state
                company = states.block(pointer(str(state.at("/company/__ref"))))
                if str(company.at("/__typename")) in _RECORDS:
                    yield company


def _is_of(state: JsonBlock, slug: str) -> bool:
    """Whether a record goes by the address of the page: its slug, or the last part of its public address."""
    names = [state.at("/slug"), state.at("/links/public"), state.at("/links/self"), state.at("/publicLink")]
    ends = {name.rstrip("/").rsplit("/", 1)[-1].lower() for name in names if isinstance(name, str)}
    return slug in ends


def _with_record(read: Profile, record: JsonBlock) -> Profile:
    return replace(
        read,
        name=read.name or record.text("/companyName", "/title", "/name"),
        followers=read.followers or _followers(record),
        bio=read.bio or record.text("/about/description", "/description", "/slogan"),
        website=read.website or _website(record, "/websiteUrl", "/website", "/links/website"),
        location=read.location or record.text("/address/city", "/headquarters/city"),
        category=read.category or record.text("/industry/localizationValue", "/industry/name"),
        avatar=read.avatar or record.text("/logos/logo256px", "/logos/logo192px", "/logo/url", "/logos/logo96px"),
    )


def _followers(record: JsonBlock) -> CountFact | None:
    """A connection with its total, or a bare number."""
    for block in record.items():
        key = block.place.rsplit("/", 1)[-1].partition("(")[0]
        if key in ("followers", "followersCount", "followerCount"):
            count = block.rounded("", "/total", "/totalCount")
            if count is not None:
                return count
    return None


def _with_structured(read: Profile, document: Document, page: str) -> Profile:
    """What the company's JSON-LD says; XING's own is none."""
    company = organization(document, page)
    title = document.meta.get("og:title") or document.title
    if company is None or company.at("/name") == Xing.title or str(company.at("/name")) not in title:
        return read
    return replace(
        read,
        name=read.name or company.text("/name"),
        followers=read.followers or statistic(company, "FollowAction"),
        bio=read.bio or company.text("/description"),
        website=read.website or _website(company, "/sameAs", "/sameAs/0", "/url"),
        location=read.location or company.text("/address/addressLocality"),
        avatar=read.avatar or company.text("/logo", "/logo/url", "/image", "/image/url"),
    )


def _website(record: JsonBlock, *paths: str) -> Fact[str] | None:
    """The first address that is not on XING."""
    facts = [record.text(path) for path in paths]
    return next((fact for fact in facts if fact and host(fact.value) and not _is_xing(fact.value)), None)


def _is_xing(address: str) -> bool:
    return host_matches(address, Xing.hosts | {"kununu.com"})


def _name(document: Document, page: str) -> Fact[str] | None:
    """The company in the page's title, without what the site puts around it."""
    for words, where in ((document.meta.get("og:title", ""), "og:title"), (document.title, "title")):
        found = _TITLE.fullmatch(words)
        if found is not None and "xing" not in found[1].lower():
            return Fact(value=found[1], page=page, where=document.meta_where(where) or where)
    return None


def _drawn_followers(shown: Profile, document: Document, page: str) -> CountFact | None:
    """The followers in the line below the name: the one number of its kind before the first other company, whose card
    has one too."""
    own: list[tuple[Element, str]] = []
    for element in document.tree.select("a, p, span, div, li"):
        address = absolute(element.get("href") or "", shown.url) if element.name == "a" else None
        company = PLATFORM.link(address) if address else None
        if company is not None and company.handle != shown.handle:
            break
        found = _line(element)
        if found is not None and not _leads_to_another(element, shown):
            own.append((element, found[1]))
    if len({number for _, number in own}) != 1:
        return None
    element, number = own[-1]  # the innermost one
    count = first_count(number, document.language or "de")
    return None if count is None else count.fact(page, element.place())


def _leads_to_another(element: Element, shown: Profile) -> bool:
    """Whether what stands in an element is another company's card."""
    addresses = (absolute(link.get("href") or "", shown.url) for link in element.select("a[href]"))
    companies = (PLATFORM.link(address) for address in addresses if address)
    return any(company is not None and company.handle != shown.handle for company in companies)


def _line(element: Element) -> re.Match[str] | None:
    text = element.text(" ")
    return _FOLLOWERS.fullmatch(clean(text)) if len(text) <= 2 * _LONGEST_LINE else None


PLATFORM = Xing()
