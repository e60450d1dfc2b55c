"""Glassdoor employer pages: the stars of a company and how many reviews they stand on; never who wrote them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from audit.models import CountFact, Fact, Link, Page, Profile, Refusal, Request, State
from audit.parse.address import path_segments
from audit.parse.document import Document
from audit.parse.persons import Persons
from audit.parse.structured import JsonBlock
from audit.platforms._ability import Shown
from audit.platforms._base import Platform
from audit.platforms._employers import own_site, rated, titled
from audit.platforms._persons import EVERYWHERE
from audit.platforms._recognised import is_front_door, segments_of
from audit.platforms._shown import (
    SAVE_IT,
    accounts_named,
    in_headline,
    missing_or_other,
    own_addresses,
    profile_of,
    stars_of,
)

_SUFFIXES = (
    "com", "it", "de", "fr", "es", "at", "ch", "nl", "be", "ie", "in", "ca", "sg", "co.uk", "co.in", "co.nz", "com.au",
    "com.br", "com.ar", "com.mx", "com.hk",
)  # fmt: skip
_DOMAINS = r"glassdoor\.(?:" + "|".join(map(re.escape, _SUFFIXES)) + ")"
_KINDS = frozenset({"overview", "reviews", "bewertungen", "avis", "recensioni", "evaluaciones", "avaliações"})
_EMPLOYER = re.compile(r".*-(?:EI_I)?E(\d{2,10})(?:[._].*)?")
# Part of the reviews only: those of a place (IL, IC, IM, IS, IN), of a job (KO, KH), of a part of the company (DAO).
_PART = re.compile(r"E\d{2,10}(?:[._].*)?_(?:I[LCMSN]|K[OH]|DAO)[\d.]")
_STATES = ("apolloState", "apolloCache", "APOLLO_STATE")
_LOGIN = frozenset({"login_input.htm", "register_input.htm"})
_NOT_HERE = re.compile(r".*we can.t find (?:that|the|this) page.*", re.IGNORECASE)
# The site's own check for robots: "Help us protect Glassdoor", in the languages of its sites.
_CHECK = re.compile(
    r"security \| glassdoor.*|.*\b(?:help us protect glassdoor|aiuta(?:te)?ci a proteggere glassdoor|"
    r"glassdoor zu schützen|aidez-nous à protéger glassdoor|ayúdanos a proteger glassdoor|"
    r"ajude-nos a proteger o glassdoor|help ons glassdoor te beschermen)\b.*",
    re.IGNORECASE,
)
_TITLES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:working (?:at|for)|lavorar[e] (?:in|da|per|presso)|lavorando (?:in|da|per|presso)|arbeiten bei|"
        r"travailler (?:chez|à)|trabajar en|trabalhar na?|werken bij) (.+?)\s*\|.*glassdoor.*",
        r"(.+?)(?: company| employee)? reviews(?::.*| by .*)?\s*\|.*glassdoor.*",
    )
)


class Glassdoor(Platform):
    """glassdoor.com and its sites by country. The handle is the employer's number."""

    name = "glassdoor"
    title = "Glassdoor"
    hosts = frozenset({f"glassdoor.{suffix}" for suffix in _SUFFIXES})
    persons = EVERYWHERE | Persons(
        keys=frozenset({"employerResponses", "ceo"}), types=frozenset({"EmployerReviewRG", "EmployerResponse"})
    )
    keyless = False
    way_in = SAVE_IT
    robots_note = "The site turns automatic readers away, and the terms forbid them."
    by_page = Shown(fields="name bio website location avatar rating reviews")

    def link(self, url: str) -> Link | None:
        """The overview or the reviews of an employer; single reviews, salaries, jobs and lists are none."""
        segments = segments_of(url)
        if not is_front_door(url, _DOMAINS) or len(segments) != 2 or segments[0].lower() not in _KINDS:
            return None
        employer = _EMPLOYER.fullmatch(segments[1])
        if employer is None or segments[1].startswith("Employee-Review-"):
            return None
        number = employer.group(1)
        address = f"https://www.glassdoor.com/Overview/-EI_IE{number}.htm"
        return self._link(number, address)

    def wants(self, link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
        """Nothing: a page is read where a person has saved it."""
        return {}

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """The login page, the check for robots, the page for what is not there, or that of another company."""
        if _LOGIN & set(path_segments(page.final_url)):
            return Refusal(state=State.LOGIN_WALL, reason="the login page of Glassdoor")
        for words in (document.title, in_headline(document)):
            if _CHECK.fullmatch(words):
                return Refusal(state=State.CHALLENGED, reason=words[:200])
        return missing_or_other(self, link, document, _NOT_HERE)

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The employer's rating and record; None for a page that names no employer, or says nothing of the one that
        it names."""
        addresses = own_addresses(document)
        shown = profile_of(self, link, page, accounts_named(self, addresses))
        if shown is None or shown.handle is None:
            return None
        read = rated(shown, document, page.role)
        for employer, states in _employers(document, page.role, shown.handle):
            read = _with_record(read, employer, states)
        read = replace(read, name=read.name or titled(document, page.role, _TITLES))
        if any(_PART.search(address) for address in addresses):
            read = replace(read, rating=None, reviews=None)
        return None if read == shown else read


def _employers(document: Document, page: str, number: str) -> Iterator[tuple[JsonBlock, JsonBlock]]:
    """The employer in the data that the page was made of, with all of them."""
    for name in _STATES:
        for value, place in document.after(name):
            states = JsonBlock(value, page, place)
            employer = states.block(f"/Employer:{number}")
            if isinstance(employer.value, dict):
                yield employer, states


def _with_record(read: Profile, employer: JsonBlock, states: JsonBlock) -> Profile:
    stars, reviews = _judged(employer, states)
    known = read.rating is not None or read.reviews is not None  # both figures out of one place
    return replace(
        read,
        name=read.name or employer.text("/shortName", "/name"),
        bio=read.bio or employer.text("/overview/description"),
        website=read.website or own_site(employer, read, "/website"),
        location=read.location or employer.text("/headquarters"),
        avatar=read.avatar or _logo(employer),
        rating=read.rating if known else stars,
        reviews=read.reviews if known else reviews,
    )


def _judged(employer: JsonBlock, states: JsonBlock) -> tuple[Fact[float] | None, CountFact | None]:
    """The stars and the number of all reviews, where an answer about this employer holds them."""
    reference = f"Employer:{employer.at('/id')}"
    for answer in states.holding("allReviewsCount"):
        if answer.at("/employer/__ref") == reference:
            reviews = answer.count("/allReviewsCount")
            return stars_of(answer, "/ratings/overallRating") if reviews and reviews.value else None, reviews
    return None, None


def _logo(employer: JsonBlock) -> Fact[str] | None:
    """The square logo, whose key also says the size asked for."""
    logos = [block for block in employer.items() if "/squareLogoUrl" in block.place]
    return next((fact for block in logos if (fact := block.text("")) is not None), None)


PLATFORM = Glassdoor()
