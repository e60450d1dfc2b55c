"""Every link of an audit in one list: the profiles that a person declared, those found on the companies' pages, and
what else was found there: the content of `links.json`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from audit.found_in import rank
from audit.link_kinds import Kind
from audit.models import Client, FoundLink, Key, Link, Mention, key_of
from audit.platforms import link_of, platforms

DECLARED = "client.toml"
NOT_OURS = "not the company's: named under not_ours in client.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A link that a page of a company shows; `page` is that page's address."""

    page: str
    link: Link


def roster(client: Client, sightings: Iterable[Sighting]) -> tuple[FoundLink, ...]:
    """The declared profiles in the client file's order, then found own ones, then what other links are, by company.

    A profile that another company declares and an address under `not_ours` are never own, nor is what was found of a
    network that has closed: that is a link for the company to repair, and nobody's profile any more.
    """
    declared = {key_of(link): link for company in client.companies for link in company.profiles}
    seen: dict[Key, list[tuple[Link, Mention]]] = {key: [] for key in declared}
    for sighting in sightings:
        link = sighting.link
        mention = Mention(page=sighting.page, found_in=link.found_in, own=link.own, why=link.why)
        mentions = seen.setdefault(key_of(link), [])
        if mention not in (known for _, known in mentions):
            mentions.append((link, mention))
    owners = _owners(client)
    rows = [_row(declared.get(key), mentions, owners) for key, mentions in seen.items()]
    order = {company.id: number for number, company in enumerate(client.companies)}
    return tuple(sorted(rows, key=lambda row: (order.get(row.company, len(order)), _group(row))))


def sites_of(client: Client, company: str) -> tuple[str, ...]:
    """The addresses of a company's websites: its site, and further ones that a person has declared and looked at."""
    named = (link_of(address) for address in (*client.to_confirm, *client.not_ours))
    doubted = {link.handle.casefold() for link in named if link is not None and link.platform == "website"}
    found: list[str] = []
    for one in client.companies:
        if one.id == company:
            found += [one.site] if one.site else []
            websites = (link for link in one.profiles if link.platform == "website")
            found += [link.url for link in websites if link.handle.casefold() not in doubted]
    return tuple(dict.fromkeys(found))


def rejected_by(client: Client) -> frozenset[tuple[str, str]]:
    """Platform and handle of each profile that a person has rejected, under `not_ours`."""
    found = (link_of(address, declared=True) for address in client.not_ours)
    return frozenset(key_of(link)[1:] for link in found if link is not None)


def _owners(client: Client) -> dict[tuple[str, str], tuple[str, str]]:
    """Whose a profile is by the client file: by platform and handle, the company and the words for others."""
    owners = dict.fromkeys(rejected_by(client), ("", NOT_OURS))
    for company in client.companies:
        words = f"another company: {company.name}"
        owners |= {key_of(link)[1:]: (company.id, words) for link in company.profiles}
    return owners


def _row(
    declared: Link | None, mentions: list[tuple[Link, Mention]], owners: Mapping[tuple[str, str], tuple[str, str]]
) -> FoundLink:
    ordered = sorted(mentions, key=lambda pair: _strength(pair[1]))
    shown = tuple(mention for _, mention in ordered)
    if declared is not None:
        return _found(declared, found_in=DECLARED, own=True, why="", mentions=shown)
    link, best = ordered[0]
    owner, words = owners.get(key_of(link)[1:], (link.company, ""))
    if owner != link.company and link.handle:
        return _found(link, found_in=best.found_in, own=False, why=words, mentions=shown)
    if best.own and link.handle and closed(link.platform):
        why = f"{Kind.RETIRED}: {closed(link.platform)}"
        return _found(link, found_in=best.found_in, own=False, why=why, mentions=shown)
    return _found(link, found_in=best.found_in, own=best.own, why=best.why, mentions=shown)


def closed(platform: str) -> str:
    """The sentence that says when a network closed; "" for one that is open or not known."""
    return platforms()[platform].retired if platform in platforms() else ""


def _found(link: Link, *, found_in: str, own: bool, why: str, mentions: tuple[Mention, ...]) -> FoundLink:
    return FoundLink(
        company=link.company, platform=link.platform, handle=link.handle, url=link.url,
        found_in=found_in, own=own, why=why, mentions=mentions,
    )  # fmt: skip


def _strength(mention: Mention) -> tuple[bool, int]:
    """The stronger the smaller: an own mention before all others, then by place."""
    return not mention.own, rank(mention.found_in)


def _group(row: FoundLink) -> int:
    return 0 if row.found_in == DECLARED else 1 if row.own else 2
