"""What a company's stored pages lead to that is worth one more request, and all links that pages and answers show.

Beside the site's own pages these are its link-in-bio page, the targets of its short links, and its Wikidata item.
They are stored with the website, each in a role of its own.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape

from audit import wikidata
from audit.discover import links_in, links_in_bio, links_of, unwrap
from audit.identity import stated_name
from audit.link_kinds import LINK_IN_BIO, Kind, is_short, list_owner
from audit.models import Link, Page, State
from audit.parse.address import absolute, host, is_local, moved_to, owner_place, parts, path_segments
from audit.parse.document import Document
from audit.parse.text import clean
from audit.roster import Sighting

PAGES_WITH_LINKS = ("home", "contact", "about")  # of a website: feeds and sitemaps point to articles
FOUND_IN_BIO = "link-in-bio"

# A refresh that names an address: seconds, then the address.
_SENT_ON = re.compile(r"^\s*[\d.]*\s*[;,]\s*+(?>(?:url\s*=)?)\s*[\"']?([^\"'\s]{1,2000})", re.I)
_BIO_ROLE = "link_in_bio"
MAX_LINKS = 5_000  # anchors looked at in one page
_MAX_SHORT = 5  # short links that are asked of one company


@dataclass(frozen=True, slots=True, kw_only=True)
class Leads:
    """What a site's own pages lead to: what they call the company, its link-in-bio page, short links by role, and the
    addresses of Wikidata and Wikipedia that they declare."""

    name: str
    bio: str | None
    short: Mapping[str, str]
    declared: tuple[str, ...]


def leads(site: str, pages: Mapping[str, Page], sites: Iterable[str] = ()) -> Leads:
    """Where the stored pages of the website at `site` lead: its first own list of links, five short links at most.
    `sites` are all the company's; a page that has led elsewhere leads nowhere for it."""
    places = _places(site, pages, sites)
    documents = [(page, _document(page)) for page in _shown(pages) if owner_place(page.final_url) in places]
    addresses = [address for page, document in documents for address in _pointed_to(page, document)]
    short: dict[str, str] = {}
    for address in addresses:
        if is_short(address) and len(short) < _MAX_SHORT:
            short.setdefault(role_for("short", address), address)
    return Leads(
        name=stated_name(site, next((page for page, _ in documents if page.role == "home"), None)),
        bio=next((one for page, document in documents for one in _lists(links_of(document, page.final_url))), None),
        short=short,
        declared=tuple(dict.fromkeys(one for _, document in documents for one in wikidata.declared_in(document))),
    )


def role_for(kind: str, address: str) -> str:
    """The role of what stands at `address`: of a kind (short, link_in_bio …), and of no other address."""
    return f"{kind}_{hashlib.sha256(address.encode()).hexdigest()[:8]}"


def bio_role(address: str) -> str:
    """The role in which a list of links is stored."""
    return role_for(_BIO_ROLE, address)


def item_of(pages: Mapping[str, Page], site: str) -> str | None:
    """The one Wikidata item among the stored ones that names the site as its official website."""
    stored = {role.removeprefix("wikidata_").upper(): page for role, page in pages.items() if _ITEM_ROLE.match(role)}
    sureness = {item: wikidata.names_site(page.body, item, site) for item, page in stored.items() if _came(page)}
    return wikidata.chosen(sureness)


_ITEM_ROLE = re.compile(r"wikidata_q\d+$")


def item_role(item: str) -> str:
    """The role in which an item's data are stored."""
    return f"wikidata_{item.lower()}"


def item_page_role(item: str) -> str:
    """The role in which an item's page is stored."""
    return f"wikidata_{item.lower()}_page"


def overfull(pages: Mapping[str, Page]) -> dict[str, int]:
    """The pages with more links than are looked at, by address, with how many they have."""
    counted = {page.final_url: len(re.findall(rb"<a[\s>]", page.body, re.I)) for page in _shown(pages)}
    return {address: count for address, count in counted.items() if count > MAX_LINKS}


def unseen(page: Page) -> str:
    """Why a page hides what it leads to: it only sends browsers on, or shows nothing but by scripts or frames; ""."""
    document = _document(page)
    for tag in document.tree.select("meta[http-equiv][content]"):
        found = (
            _SENT_ON.search(tag.get("content") or "") if (tag.get("http-equiv") or "").lower() == "refresh" else None
        )
        onward = absolute(found[1], page.final_url) if found else None
        if onward is not None and onward.partition("#")[0] != page.final_url.partition("#")[0]:
            return f"the home page sends browsers on to {onward}; if that is the company's, give it: --site {onward}"
    if not document.shown or document.tree.select_one("frameset") is not None:
        return "the home page shows nothing without scripts or frames, which were not run: its profiles are not known"
    return ""


def sightings_in(site: Link, pages: Mapping[str, Page], sites: Iterable[str] = ()) -> list[Sighting]:
    """Every link that a website's stored pages show, and those that its surroundings show. `sites` are all the
    company's: what a page shows that has led to another site is not its own."""
    places = _places(site.url, pages, sites)
    targets = {page.url: page.final_url for role, page in pages.items() if role.startswith("short_")}
    found: list[Sighting] = []
    bios: list[str] = []
    for page in _shown(pages):
        links = links_in(_with_targets(page.body, targets), page.final_url)
        if owner_place(page.final_url) not in places:
            links = [_elsewhere(link, page) for link in links]
        bios += _lists(links)
        found += [Sighting(page=page.final_url, link=link) for link in links]
    # One is asked for; what is stored of another is of a list that the site no longer points to.
    lists = [page for role, page in pages.items() if role.startswith(_BIO_ROLE) and _came(page)]
    stored = (page for address in bios for page in lists if page.url == address)
    found += _in_bio(next(stored, None), places) + _in_wikidata(pages, site.url)
    return [replace(one, link=replace(one.link, company=site.company)) for one in found]


def _lists(links: Iterable[Link]) -> list[str]:
    """The addresses of the company's own lists of links among a page's links, in their order."""
    return [link.url for link in links if link.own and link.platform == LINK_IN_BIO]


def _in_bio(page: Page | None, places: Collection[str]) -> list[Sighting]:
    """The profiles of a link-in-bio page: what stands in its list is the account's own, however it is worded. One that
    has led to the company's own site is a page of that; of one that has led elsewhere nothing is the company's."""
    if page is None:
        return []
    if list_owner(page.final_url) == list_owner(page.url):
        links = [replace(link, found_in=FOUND_IN_BIO) for link in links_in_bio(page.body, page.final_url)]
    else:
        links = links_in(page.body, page.final_url)
        if owner_place(page.final_url) not in places:
            links = [_elsewhere(link, page) for link in links]
    return [Sighting(page=page.final_url, link=link) for link in links]


def _in_wikidata(pages: Mapping[str, Page], site: str) -> list[Sighting]:
    item = item_of(pages, site)
    page = pages.get(item_page_role(item)) if item is not None else None
    if item is None or page is None or not _came(page):
        return []
    links = wikidata.accounts(pages[item_role(item)].body, page.body, item)
    return [Sighting(page=wikidata.page_address(item), link=link) for link in links]


def _places(site: str, pages: Mapping[str, Page], sites: Iterable[str]) -> frozenset[str]:
    """What the company holds of the web: its sites, and where its home page moved under the same name."""
    own = {owner_place(one) for one in (site, *sites)} - {""}
    page = pages.get("home")
    moved = moved_to(page.final_url, own) if page is not None and _came(page) else ""
    return frozenset(own | ({moved} - {""}))


def _elsewhere(link: Link, page: Page) -> Link:
    """A link on a page of another owner, to which an address of the company's leads."""
    asked, arrived = (host(one) for one in (page.url, page.final_url))
    if asked.removeprefix("www.") == arrived.removeprefix("www."):  # of two who share it
        asked, arrived = ("/".join([host(one), *path_segments(one)]) for one in (page.url, page.final_url))
    why = f"{Kind.OTHER_COMPANY}: {asked} leads to {arrived}, which is another site"
    return replace(link, own=False, why=why)


def _shown(pages: Mapping[str, Page]) -> Iterator[Page]:
    return (pages[role] for role in PAGES_WITH_LINKS if role in pages and _came(pages[role]))


def _came(page: Page) -> bool:
    """Whether an answer is there, and no error page: what that points to is its server's, not the company's."""
    return page.state is State.OBSERVED and (page.status is None or page.status < 400)


def _document(page: Page) -> Document:
    return Document(page.body, page.media_type)


def _pointed_to(page: Page, document: Document) -> Iterator[str]:
    """The addresses that a page links to, in page order, redirectors unwrapped."""
    for tag in document.soup.find_all("a", href=True, limit=MAX_LINKS):
        address = absolute(unwrap(clean(str(tag.get("href")))), page.final_url)
        if address is not None and path_segments(address):
            yield address.partition("#")[0]


def _with_targets(body: bytes, targets: Mapping[str, str]) -> bytes:
    """A page in which each short link is written as the address that it leads to, so that it is judged where it
    stands, as any other link."""
    for short, target in targets.items():
        if target != short and parts(target) is not None and not is_local(target):
            meant = escape(target).encode()
            scheme_less = re.escape(short.partition("://")[2].rstrip("/").encode())
            body = re.sub(
                rb"(?:https?:)?//(?:www\.)?" + scheme_less + rb"/?(?=[\"'\s>?#])", meant.replace(b"\\", b"\\\\"), body
            )
    return body
