"""Google Business Profiles: places on the map and entities beside the results, by the API or as a person saved them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from audit.models import Link, Page, Profile, Refusal, Source, State
from audit.parse.address import host, host_matches, parts, path_segments, query
from audit.parse.document import Document
from audit.parse.persons import Persons
from audit.platforms._ability import Checked, Control, Shown
from audit.platforms._base import Platform
from audit.platforms._google_maps import PLACE_IN_STATE, entity_of_page, number_of_page, place_of_page
from audit.platforms._keyed.google_business import GoogleApi
from audit.platforms._persons import EVERYWHERE
from audit.platforms._recognised import segments_of
from audit.walls import moved_reason

_GOOGLE = re.compile(r"(?:(?:www|maps)\.)?google\.(?:[a-z]{2,3}|com?\.[a-z]{2})")
_SHORT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{1,60}")
_CODE = re.compile(r"[A-Za-z0-9_-]{8,40}")
_PLACE_ID = re.compile(r"[A-Za-z0-9_-]{20,300}")
_CID = re.compile(r"[1-9]\d{4,19}")
_HEX_CID = re.compile(r"!1s0x[0-9a-f]{1,16}:0x([0-9a-f]{1,16})(?![0-9a-f])", re.IGNORECASE)
_ENTITY = re.compile(r"/(?:g|m)/[0-9a-z_]{2,20}")
_SITE = re.compile(r"([a-z0-9](?:[a-z0-9-]{0,60}[a-z0-9])?)\.business\.site")
SITES_CLOSED = "Google closed the websites of Business Profiles in March 2024."


class GoogleBusiness(Platform):
    """A place by its number (cid), its place id or its short name. Maps without a place are no profile."""

    name = "google_business"
    title = "Google Business Profile"
    hosts = frozenset({"g.page", "business.site", "maps.app.goo.gl", "business.google.com"})
    roles = (*GoogleApi.roles, "profile")
    persons = EVERYWHERE | Persons(
        keys=frozenset({
            "authorAttribution", "authorAttributions", "author_name", "author_url", "profile_photo_url",
            "html_attributions",
        }),
        positions=frozenset({PLACE_IN_STATE}),
        addresses=frozenset({"/maps/contrib/"}),
        attributes=frozenset({"data-review-id", "data-reviewid"}),
    )  # fmt: skip
    api = GoogleApi()
    robots_note = "Google permits no automatic reading of its map and its search; the official API needs a key."
    any_role_suffices = True
    way_in = "Look the company up on the map, open its place, save the page and import the file."
    keyless = False
    by_page = Shown(fields="name bio website location category rating reviews")
    by_key = Shown(fields="name bio website location category avatar rating reviews")
    checked = Checked(documentation="2026-11")
    control = Control(
        known="https://www.google.com/maps/place/?q=place_id:ChIJN1t_tDeuEmsRUsoyG83frY4",
        unknown="https://www.google.com/maps/place/?q=place_id:ChIJ7q4x9k2mw5z8NoSuchPlace",
        key="name rating reviews",
    )

    def claims(self, url: str) -> bool:
        """Its own hosts, and of google.* the map and the entities of the search: the rest is something else."""
        if host_matches(url, self.hosts) or self.api.role(url) is not None:
            return True
        if not _GOOGLE.fullmatch(host(url)):
            return False
        return host(url).startswith("maps.") or path_segments(url)[:1] == ["maps"] or "kgmid" in query(url)

    def link(self, url: str) -> Link | None:
        """A place; directions, embedded maps, searches, short links and invitations to judge are none."""
        if host_matches(url, ("g.page",)):
            return self._short(segments_of(url))
        site = _SITE.fullmatch(host(url))
        if site is not None and site.group(1) != "www":
            return self._link(site.group(1), f"https://{site.group(0)}/")
        return self._on_google(url) if _GOOGLE.fullmatch(host(url)) else None

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """Another place's page, where the place was asked for by its number."""
        number = number_of_page(page, document) if link.handle.isdigit() else None
        if number is None or str(number) == link.handle:
            return None
        return Refusal(state=State.SHELL, reason=moved_reason(link.handle, str(number)))

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The place of the map's page, the entity of the panel beside the results."""
        blank = self.blank(link, state=State.OBSERVED, source=page.source)
        if document.is_json:
            return None
        return place_of_page(blank, page, document) or entity_of_page(blank, page, document)

    def read(self, link: Link, pages: Mapping[str, Page]) -> Profile:
        """What the API answered, else not looked at; the old websites are closed."""
        if host_matches(link.url, ("business.site",)):
            source = next((page.source for page in pages.values()), Source.PUBLIC)
            return self.blank(link, state=State.RETIRED, source=source, reason=SITES_CLOSED)
        if not pages:
            return self.blank(link, state=State.NOT_PERMITTED, reason=self.robots_note)
        return super().read(link, pages)

    def _short(self, segments: list[str]) -> Link | None:
        if len(segments) == 2 and segments[0] == "r" and _CODE.fullmatch(segments[1]):
            return self._link(f"r/{segments[1]}", f"https://g.page/r/{segments[1]}")
        if len(segments) == 1 and segments[0] != "r" and _SHORT.fullmatch(segments[0]):
            return self._link(segments[0].lower(), f"https://g.page/{segments[0].lower()}")
        return None

    def _on_google(self, url: str) -> Link | None:
        asked, segments, parsed = query(url), path_segments(url), parts(url)
        if segments[:1] == ["search"]:
            entity = asked.get("kgmid", "")
            known = _ENTITY.fullmatch(entity)
            return self._link(entity, f"https://www.google.com/search?kgmid={entity}") if known else None
        if parsed is None or segments[:2] in (["maps", "dir"], ["maps", "embed"], ["maps", "search"], ["maps", "api"]):
            return None
        if segments[:1] != ["maps"] and not host(url).startswith("maps."):
            return None
        if _CID.fullmatch(asked.get("cid", "")) and int(asked["cid"]) < 2**64:
            return self._numbered(int(asked["cid"]))
        place = asked.get("query_place_id") or asked.get("q", "").removeprefix("place_id:")
        if asked.get("q", "").startswith("place_id:") and _PLACE_ID.fullmatch(place):
            return self._link(place, f"https://www.google.com/maps/place/?q=place_id:{place}")
        found = _HEX_CID.search("/".join(segments) + parsed.search) if segments[:2] == ["maps", "place"] else None
        return self._numbered(int(found.group(1), 16)) if found and int(found.group(1), 16) >= 10_000 else None

    def _numbered(self, cid: int) -> Link:
        return self._link(str(cid), f"https://maps.google.com/?cid={cid}")


PLATFORM = GoogleBusiness()
