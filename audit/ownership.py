"""Whose profile is it? Links, read profiles and the client file → a proof per profile, with the signs that say so.

What a company says of itself on its pages and what a profile says of itself must meet: either alone is free for
anybody to write. A link named in a text, or found with somebody else, proves nothing. Strongest first:

person      a person has looked at it: it stands in client.toml and not under `to_confirm`
both_ways   site and profile name each other; or the platform has checked the domain; or Wikidata and one of the two
look_alike  the profile names another site and the company's does not point to it; or its handle only looks like a
            confirmed one
one_way     one direction only, or the same name under another country's domain
unproven    nothing
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from confusable_homoglyphs import confusables

from audit.discover import unwrap
from audit.found_in import ON_PAGES
from audit.link_kinds import names_no_site, special
from audit.models import (
    Client,
    Company,
    Extraction,
    FoundLink,
    Key,
    Link,
    Mention,
    Ownership,
    PageRecord,
    Profile,
    Proof,
    Sign,
    State,
    key_of,
)
from audit.parse.address import absolute, lends_paths, moved_to, name_in, owner_place
from audit.platforms import link_of, platform_of
from audit.roster import rejected_by, sites_of

_WEBSITE = "website"
_CLIENT_FILE = "client.toml"
# Signs, the strongest first; those from `other_site` on speak against it.
_STRENGTH = (
    "verified_domain", "rel_me", "site_links", "links_back", "wikidata", "same_phone", "same_email", "link_in_bio",
    "other_country", "other_site", "confusable_handle", "rejected",
)  # fmt: skip
_FROM_SITE = frozenset({"site_links", "rel_me"})
_FROM_PROFILE = frozenset({"links_back", "same_phone", "same_email"})
# Platforms on which a handle that is a domain was checked against that domain.
_DOMAIN_HANDLES = frozenset({"bluesky"})
_EMAIL = re.compile(r"[\w.+-]{1,64}@([a-z0-9-]+(?:\.[a-z0-9-]+)+)", re.I)
_DOMAIN = re.compile(r"(?<![\w@.-])(?:https?://)?((?:[\w-]+\.)+[a-z]{2,24})(?![\w@-])", re.I)
_PHONE = re.compile(r"(?<![\w/])\+?\(?\d[\d ().\-/]{6,20}\d(?!\w)")
_LONGEST_BIO = 5_000  # characters searched
_FEWEST_DIGITS = 7  # of a telephone number: shorter ones are prices, years and opening hours
_LONGEST_TEXT = 120  # characters of what a sign quotes
_SHORTEST_NAME = 4  # characters of a handle: among shorter ones everything looks like everything
_ADDED = ("official", "offical", "officiel", "oficial", "ufficiale", "verified", "original", "real", "the", "it", "com")


def prove(client: Client, links: Iterable[Link], extraction: Extraction) -> dict[Key, Proof]:
    """A proof for every own link, declared profile and profile read, by `key_of`; the order of `links` is no matter.

    `links` are rows of links.json (their mentions say which page shows what) or plain links of the company's pages.
    """
    rows = list(links)
    proofs: dict[Key, Proof] = {}
    for company in client.companies:
        proofs |= _Prover(client, company, rows, extraction).proofs()
    return proofs


def mentions_of(company: Company, links: Iterable[Link], extraction: Extraction) -> Iterable[tuple[Link, Mention]]:
    """Every place where a page shows a link of the company: out of links.json, and of the home page that was read."""
    for link in (link for link in links if link.company == company.id):
        if isinstance(link, FoundLink):
            yield from ((link, mention) for mention in link.mentions)
        else:
            yield link, Mention(page=company.site or "", found_in=link.found_in, own=link.own, why=link.why)
    for profile in extraction.profiles:
        if profile.company == company.id and profile.site is not None:
            page = _page_of(profile, "home", extraction.pages)
            for link in profile.site.links:
                yield (
                    replace(link, company=company.id),
                    Mention(page=page, found_in=link.found_in, own=link.own, why=link.why),
                )


@dataclass
class _Candidate:
    """A profile of one company, with all that was seen of it."""

    key: Key
    platform: str
    handle: str
    addresses: set[str] = field(default_factory=set)
    profile: Profile | None = None
    signs: set[Sign] = field(default_factory=set)

    @property
    def kinds(self) -> set[str]:
        return {sign.kind for sign in self.signs}


class _Prover:
    """Everything about one company's profiles."""

    def __init__(self, client: Client, company: Company, links: list[Link], extraction: Extraction) -> None:
        self.company = company
        self.extraction = extraction
        self.links = [link for link in links if link.company == company.id]
        self.profiles = [profile for profile in extraction.profiles if profile.company == company.id]
        self.pages = [page for page in extraction.pages if page.company == company.id]
        self.declared = {key_of(link) for link in company.profiles}
        self.declared_addresses = {(link.platform, _plain(link.url)) for link in company.profiles}
        self.waiting = _named(client.to_confirm)
        self.rejected = rejected_by(client)
        self.waiting_addresses = {_plain(address) for address in client.to_confirm}
        self.rejected_addresses = {_plain(address) for address in client.not_ours}
        self.sites = sites_of(client, company.id)
        self.domains = self._domains()
        self.phones = self._phones()

    def proofs(self) -> dict[Key, Proof]:
        """The proof of every candidate: handles are compared last, with those that are confirmed by then."""
        candidates = self._candidates()
        for candidate in candidates.values():
            candidate.signs |= set(self._signs_of_profile(candidate))
            if self._is_rejected(candidate):
                candidate.signs.add(Sign(kind="rejected", page=_CLIENT_FILE, where="not_ours"))
        for sign, candidate in self._pointing(candidates):
            candidate.signs.add(sign)
        ownership = {key: self._ownership(candidate) for key, candidate in candidates.items()}
        sure = [candidates[key] for key, known in ownership.items() if known.is_confirmed and key[1] != _WEBSITE]
        for key, candidate in candidates.items():
            if not ownership[key].is_confirmed and key[1] != _WEBSITE:
                candidate.signs |= set(_tricks(candidate, sure))
                ownership[key] = self._ownership(candidate)
        return {
            key: Proof(ownership=ownership[key], signs=_ordered(candidate.signs))
            for key, candidate in candidates.items()
        }

    def _domains(self) -> frozenset[str]:
        """What the company holds of the web: its sites, and the same name under another ending where they moved."""
        own = {owner_place(site) for site in self.sites if _may_be_a_site(site)} - {""}
        moved = {
            moved_to(page.final_url, own)
            for page in self.pages
            if page.role == "home" and page.platform == _WEBSITE and page.state is State.OBSERVED
            if owner_place(page.url) in own and _may_be_a_site(page.final_url)
        }
        return frozenset(own | (moved - {""}))

    def _phones(self) -> frozenset[str]:
        """The telephone numbers that the company's own pages print, by their last nine digits."""
        return frozenset(
            _number(phone.value)
            for profile in self.profiles
            if profile.site is not None and owner_place(profile.url) in self.domains
            for phone in profile.site.phones
        ) - {""}

    def _candidates(self) -> dict[Key, _Candidate]:
        found: dict[Key, _Candidate] = {}
        for link in (*self.company.profiles, *(link for link in self.links if link.own)):
            candidate = found.setdefault(key_of(link), _Candidate(key_of(link), link.platform, link.handle))
            candidate.addresses.add(_plain(link.url))
        for profile in sorted(self.profiles, key=lambda one: (one.url, one.state)):
            # A reader may call a profile as the page does; its address is still the one asked for.
            candidate = found.setdefault(
                key_of(profile), _Candidate(key_of(profile), profile.platform, profile.handle or "")
            )
            candidate.addresses.add(_plain(profile.url))
            candidate.profile = profile
        return found

    # ------------------------------------------------------------------------------ company → profile

    def _pointing(self, candidates: Mapping[Key, _Candidate]) -> Iterable[tuple[Sign, _Candidate]]:
        """Every place where the company's pages (or Wikidata) point to a candidate, in the same words each time."""
        by_address: dict[tuple[str, str], list[_Candidate]] = {}
        for candidate in candidates.values():
            for address in candidate.addresses:
                by_address.setdefault((candidate.platform, address), []).append(candidate)
        for link, mention in mentions_of(self.company, self.links, self.extraction):
            sign = self._sign_of(link, mention)
            if sign is None:
                continue
            named = candidates.get(key_of(link))
            same = [one for one in by_address.get((link.platform, _plain(link.url)), ()) if one is not named]
            yield from ((sign, candidate) for candidate in (named, *same) if candidate is not None)

    def _sign_of(self, link: Link, mention: Mention) -> Sign | None:
        if not mention.own or link.platform == _WEBSITE:
            return None
        sign = Sign(kind="site_links", page=mention.page, where=mention.found_in, text=link.url[:_LONGEST_TEXT])
        if mention.found_in in ON_PAGES:
            if owner_place(mention.page) not in self.domains:
                return None  # a page elsewhere: a third party's word
            return replace(sign, kind="rel_me") if mention.found_in == "rel-me" else sign
        kind = {"wikidata": "wikidata", "link-in-bio": "link_in_bio"}.get(mention.found_in)
        return None if kind is None else replace(sign, kind=kind)

    # ------------------------------------------------------------------------------ profile → company

    def _signs_of_profile(self, candidate: _Candidate) -> Iterable[Sign]:
        profile = candidate.profile
        if profile is None or profile.state is not State.OBSERVED or profile.platform == _WEBSITE:
            return
        if self._has_own_domain(profile):
            yield Sign(
                kind="verified_domain",
                page=_page_of(profile, "", self.pages),
                text=(profile.handle or "")[:_LONGEST_TEXT],
            )
        if profile.website is not None:
            page, where = _page_of(profile, profile.website.page, self.pages), profile.website.where
            kind = self._kind_of_site(_site_at(profile.website.value, profile.url))
            if kind:
                yield Sign(kind=kind, page=page, where=where, text=profile.website.value[:_LONGEST_TEXT])
        if profile.bio is not None:
            page, where = _page_of(profile, profile.bio.page, self.pages), profile.bio.where
            for kind, text in self._named_in(profile.bio.value[:_LONGEST_BIO]):
                yield Sign(kind=kind, page=page, where=where, text=text[:_LONGEST_TEXT])

    def _has_own_domain(self, profile: Profile) -> bool:
        """Whether the platform itself stands on the company's domain, or has checked it for the handle."""
        if owner_place(profile.url) in self.domains:
            return True
        return profile.platform in _DOMAIN_HANDLES and owner_place(f"https://{profile.handle}/") in self.domains

    def _kind_of_site(self, address: str) -> str | None:
        """What it says that a profile names this address as its website; None where it says nothing."""
        place = owner_place(address)
        if place in self.domains:
            return "links_back"
        if not place or lends_paths(address) or special(address) or not _may_be_a_site(address):
            return None
        return "other_country" if name_in(place) in map(name_in, self.domains) else "other_site"

    def _named_in(self, bio: str) -> Iterable[tuple[str, str]]:
        """The company's own domain, mail and telephone in a description; what else it names says nothing."""
        for match in _EMAIL.finditer(bio):
            if owner_place(f"https://{match.group(1)}/") in self.domains:
                yield "same_email", match.group(0)
        for match in _DOMAIN.finditer(_EMAIL.sub(" ", bio)):
            if owner_place(f"https://{match.group(1)}/") in self.domains:
                yield "links_back", match.group(0)
        for match in _PHONE.finditer(bio):
            if _number(match.group(0)) in self.phones:
                yield "same_phone", match.group(0).strip()

    # --------------------------------------------------------------------------------------- verdict

    def _ownership(self, candidate: _Candidate) -> Ownership:
        kinds = candidate.kinds
        if "rejected" in kinds:
            return Ownership.LOOK_ALIKE
        if self._is_confirmed(candidate):
            return Ownership.PERSON
        pointed, back = bool(kinds & _FROM_SITE), bool(kinds & _FROM_PROFILE)
        if "verified_domain" in kinds or (pointed and back):
            return Ownership.BOTH_WAYS
        if "confusable_handle" in kinds or ("other_site" in kinds and not pointed):
            return Ownership.LOOK_ALIKE
        if "wikidata" in kinds and (pointed or back):
            return Ownership.BOTH_WAYS
        return Ownership.ONE_WAY if kinds - {"other_site"} else Ownership.UNPROVEN

    def _is_confirmed(self, candidate: _Candidate) -> bool:
        if candidate.platform == _WEBSITE and any(
            owner_place(f"https://{one}") in self._site_domain for one in candidate.addresses
        ):
            return True  # the address that the whole audit starts from
        waits = candidate.key[1:] in self.waiting
        if waits or candidate.addresses & self.waiting_addresses:
            return False
        by_address = {(candidate.platform, address) for address in candidate.addresses}
        return candidate.key in self.declared or bool(by_address & self.declared_addresses)

    @property
    def _site_domain(self) -> set[str]:
        return {owner_place(self.company.site or "")} - {""}

    def _is_rejected(self, candidate: _Candidate) -> bool:
        return candidate.key[1:] in self.rejected or bool(candidate.addresses & self.rejected_addresses)


def skeleton(handle: str) -> str:
    """What a handle looks like at a glance: two that differ only by a trick (1 for l, rn for m, a letter of another
    script, a doubled letter) have the same one. Dots, dashes and case count for nothing."""
    text = "".join(_ascii_twin(character) for character in unicodedata.normalize("NFKC", handle).casefold())
    text = re.sub(r"[\W_]+", "", text)
    text = text.replace("rn", "m").replace("vv", "w").translate(str.maketrans("1i|0", "lllo"))
    return re.sub(r"(.)\1+", r"\1", text)


@cache
def _ascii_twin(character: str) -> str:
    """The ASCII letter or digit that a character may be taken for (Unicode's confusables); itself without one."""
    if character.isascii():
        return character
    for found in confusables.is_confusable(character, greedy=True) or ():
        twins = [twin["c"] for twin in found["homoglyphs"] if len(twin["c"]) == 1 and twin["c"].isascii()]
        if twins:
            return str(min(twins)).casefold()
    return character


def _tricks(candidate: _Candidate, sure: Iterable[_Candidate]) -> Iterable[Sign]:
    """Confirmed handles that this one can be mistaken for. The same name is no trick; one with a word added, or with
    other dots, is one only where the company's site does not point to it."""
    if len(candidate.handle) < _SHORTEST_NAME:
        return
    pointed = bool(candidate.kinds & _FROM_SITE)
    for other in sure:
        if len(other.handle) < _SHORTEST_NAME:
            continue
        if _looks_like(candidate, other) or (not pointed and _adds_to(candidate, other)):
            yield Sign(kind="confusable_handle", page=min(other.addresses), where="handle", text=other.handle)


def _looks_like(one: _Candidate, other: _Candidate) -> bool:
    """Whether two different names look the same."""
    return _letters(one.handle) != _letters(other.handle) and skeleton(one.handle) == skeleton(other.handle)


def _adds_to(one: _Candidate, other: _Candidate) -> bool:
    """Whether one is the other with a word added; on the same platform, also with other dots and dashes."""
    mine, theirs = _letters(one.handle), _letters(other.handle)
    if mine == theirs:
        return one.platform == other.platform
    return any(mine in (theirs + word, word + theirs) for word in _ADDED)


def _letters(handle: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", handle).casefold())


def _page_of(profile: Profile, role: str, pages: Iterable[PageRecord]) -> str:
    """The address of the stored page of a profile in a role (in any where none is named); else the profile's own."""
    whose = (profile.company, profile.platform, profile.url)
    own = [page for page in pages if (page.company, page.platform, page.profile_url) == whose]
    return min((page.final_url for page in own if role in ("", page.role)), default=profile.url)


def _may_be_a_site(address: str) -> bool:
    """Whether an address can be somebody's website: no profile, and not on a host of short links or lists of links."""
    return not names_no_site(address) and platform_of(address).name == _WEBSITE


def _named(addresses: Iterable[str]) -> frozenset[tuple[str, str]]:
    """Platform and handle of the profiles at these addresses."""
    links = (link_of(address, declared=True) for address in addresses)
    return frozenset(key_of(link)[1:] for link in links if link is not None)


def _plain(address: str) -> str:
    """An address to compare with: normalised, without scheme, `www.` and a final slash."""
    full = absolute(address, address) or address
    return full.partition("://")[2].removeprefix("www.").rstrip("/").casefold() or address


def _site_at(address: str, base: str) -> str:
    """The address that a profile's link leads to, redirectors looked through; a bare host counts as one."""
    target = unwrap(address.strip())
    if "://" not in target and not target.startswith("/"):
        target = f"https://{target}"
    return absolute(target, base) or ""


def _number(text: str) -> str:
    """The last nine digits of a telephone number, the same with and without its country's code; "" when too short."""
    digits = re.sub(r"\D", "", text)
    return digits[-9:] if len(digits) >= _FEWEST_DIGITS else ""


def _ordered(signs: Collection[Sign]) -> tuple[Sign, ...]:
    """The strongest first, one for each kind and place: of a footer on ten pages the first page."""
    kept: dict[tuple[str, str], Sign] = {}
    for sign in sorted(signs, key=lambda one: (_STRENGTH.index(one.kind), one.page, one.where, one.text)):
        kept.setdefault((sign.kind, sign.where), sign)
    return tuple(kept.values())
