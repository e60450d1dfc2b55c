"""kununu employer pages: the stars of a company and how many reviews they stand on; never who wrote them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from audit.models import Link, Page, Profile, Refusal, Request, State
from audit.parse.address import host, path_segments
from audit.parse.document import Document
from audit.parse.persons import Persons
from audit.platforms._ability import Shown
from audit.platforms._base import Platform
from audit.platforms._employers import rated, titled
from audit.platforms._persons import EVERYWHERE
from audit.platforms._recognised import STAND_INS, is_front_door, segments_of
from audit.platforms._shown import SAVE_IT, accounts_named, missing_or_other, own_addresses, profile_of

_COUNTRIES = frozenset({"de", "at", "ch", "us"})
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,98}[a-z0-9])?")
_RATED = frozenset({"kommentare", "reviews", "bewertungen"})  # beside the first page, where employees judge
_TABS = _RATED | {
    "kultur", "culture", "gehalt", "gehaelter", "salaries", "salary", "jobs", "benefits", "bewerbung", "interviews",
    "applications", "fragen", "questions", "news", "a", "about", "ausbildung", "zufriedenheit",
}  # fmt: skip
_WORDS = frozenset({
    "search", "suche", "jobs", "gehalt", "gehaelter", "salary", "salaries", "bewerten", "bewertung", "rate", "login",
    "anmelden", "registrieren", "signup", "register", "companies", "unternehmen", "arbeitgeber", "branchen",
    "industries", "beste-arbeitgeber", "best-companies", "top-company", "impressum", "imprint", "datenschutz",
    "privacy", "agb", "terms", "hilfe", "help", "kontakt", "contact", "profile", "user", "account", "articles",
})  # fmt: skip
_NOT_HERE = re.compile(
    r".*(?:seite (?:gibt es|existiert) (?:leider )?nicht|page (?:doesn.t|does not) exist).*", re.IGNORECASE
)
_LOGIN = re.compile(r"(?:(?:auth|login|account|accounts)\.)kununu\.com")
_TITLES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:arbeiten bei|working at) (.+?)\s*[:|].*",
        r"(.+?) (?:als arbeitgeber|as an employer)\b.*",
        r"(.+?)(?: erfahrungen| bewertungen|: bewertungen|: erfahrungen| employer reviews| reviews)\b.*",
    )
)


class Kununu(Platform):
    """kununu.com. The handle is `{country}/{company}`: each country has its own page of a company."""

    name = "kununu"
    title = "kununu"
    hosts = frozenset({"kununu.com"})
    persons = EVERYWHERE | Persons(keys=frozenset({"responses", "companyResponse"}))
    keyless = False
    way_in = SAVE_IT
    robots_note = "The terms forbid automated reading, and there is no public interface."
    by_page = Shown(fields="name bio website location avatar rating reviews")

    def link(self, url: str) -> Link | None:
        """`/{country}/{company}` and its tabs; searches, lists, single reviews and forms are none."""
        segments = [segment.lower() for segment in segments_of(url)]
        if not is_front_door(url, r"kununu\.com") or not 2 <= len(segments) <= 3:
            return None
        country, slug = segments[:2]
        if country not in _COUNTRIES or not _SLUG.fullmatch(slug) or slug in _WORDS or slug in STAND_INS:
            return None
        if len(segments) == 3 and segments[2] not in _TABS:
            return None
        return self._link(f"{country}/{slug}", f"https://www.kununu.com/{country}/{slug}")

    def wants(self, link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
        """Nothing: a page is read where a person has saved it."""
        return {}

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """The login page, the site's page for what is not there, or the page of another company."""
        if _LOGIN.fullmatch(host(page.final_url)):
            return Refusal(state=State.LOGIN_WALL, reason=f"login page at {host(page.final_url)}")
        return missing_or_other(self, link, document, _NOT_HERE)

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The employer's rating, by the structured data or the sentence for search engines."""
        own = [address for address in own_addresses(document) if self.link(address) is not None]
        shown = profile_of(self, link, page, accounts_named(self, own))
        if shown is None:
            return None
        read = rated(shown, document, page.role)
        read = replace(read, name=read.name or titled(document, page.role, _TITLES))
        if not set(path_segments(own[0])[2:]) <= _RATED:  # other tabs show the stars of applicants, or of a salary
            read = replace(read, rating=None, reviews=None)
        return None if read == shown else read


PLATFORM = Kununu()
