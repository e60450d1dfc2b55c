"""Pages that a person saved in a browser → `Page`s: single HTML files, MHTML archives, HAR recordings, JSON answers.

`saved_files` reads what has to be read as a stream, and folders. `pages_in` reads one file, `assign` says which profile
each page belongs to and which role it plays there.
Nothing is fetched and nothing is written here.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from audit.models import Link, Page, Profile, Source, State
from audit.parse.address import absolute, host, path_segments
from audit.parse.document import at_pointer, load_json
from audit.platforms import platform_of, platforms, read_page
from audit.platforms._base import Platform
from audit.platforms._recognised import Recognised
from audit.saved_har import is_har, read_har
from audit.saved_mhtml import is_mhtml, read_mhtml
from audit.saved_page import (
    MAX_NAMED,
    Reading,
    SavedPage,
    address_in,
    address_of,
    given_address,
    holds_no_text,
    page_of,
    refusal,
    web_address,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignored:
    """A saved answer that is of no use here, and why."""

    page: SavedPage
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """What an import takes (profile and page, ready to store) and what it leaves."""

    taken: tuple[tuple[Link, Page], ...]
    ignored: tuple[Ignored, ...]


def pages_in(name: str, data: bytes, *, url: str | None, saved_at: datetime) -> list[SavedPage]:
    """The answers in one saved file; the rest as in `read_file`."""
    return read_file(name, data, url=url, saved_at=saved_at).pages


def read_file(name: str, data: bytes, *, url: str | None, saved_at: datetime) -> Reading:
    """What one saved file holds: one answer for HTML, every page and JSON answer for MHTML, every entry with a body
    for a HAR.

    `url` is the address the person gave, if any; it beats what a page says of itself. `saved_at` (aware,
    UTC) is the time of pages whose file does not tell it. Raises ImportFileError with file, reason and remedy.
    """
    if not data.strip():
        raise refusal(name, "is empty", "save the page again")
    if is_json(name, data):
        return _from_json(name, data, url, saved_at)
    if is_mhtml(data):
        return read_mhtml(name, data, url=url, saved_at=saved_at)
    if b"\0" in data[:1000] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refusal(name, "is no text", 'save the page as "Web page, HTML only" or as a HAR')
    address = address_of(name, url, address_in(data))
    return Reading(kind="HTML page", pages=[page_of(name, address, None, "text/html", data, saved_at)])


def assign(
    pages: Iterable[SavedPage],
    *,
    links: Iterable[Link] = (),
    company: str | None = None,
    client_file: str = "the client file",
) -> Assigned:
    """Which profile each page belongs to, and in which role.

    `links` are the profiles that `client_file` declares; a page of one of them keeps its company. Another profile
    becomes `company`'s; without `company` it is left out, since nobody said whose it is. When `company` is given,
    only its links count. An answer whose address names no profile (a page's own JSON) belongs to the page of the
    same platform before it in the same file; without such a page, to the one profile of that platform that the
    company (the client, when None) declares.

    Of several answers in one role the last that shows the profile keeps the role's name; the others are kept
    beside it as `<role>-2`, `<role>-3` … in file order. The same bytes in the same role are kept once.
    """
    owners = _Owners([link for link in links if company in (None, link.company)], company, client_file)
    by_profile: dict[Link, dict[str, list[SavedPage]]] = {}
    ignored: list[Ignored] = []
    for page, link, role_or_why in _placed(list(pages), owners):
        if link is None:
            ignored.append(Ignored(page=page, why=role_or_why))
        else:
            by_profile.setdefault(link, {}).setdefault(role_or_why, []).append(page)
    taken = [
        (link, page)
        for link, roles in by_profile.items()
        for role, saved in roles.items()
        for page in _in_role(link, role, saved)
    ]
    return Assigned(taken=tuple(taken), ignored=tuple(ignored))


def is_json(name: str, data: bytes) -> bool:
    """Whether a saved file is a recording or a single JSON answer, and no page."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")) or name.lower().endswith(".har")


def answer_of(url: str, name: str, data: bytes, *, saved_at: datetime) -> SavedPage:
    """The last answer of the address `url` in a recording; raises ImportFileError with addresses that are there."""
    pages = pages_in(name, data, url=url, saved_at=saved_at)
    found = [page for page in pages if page.url == web_address(url)]
    if not found:
        listed = " ".join(dict.fromkeys(page.url[:MAX_NAMED] for page in pages[:5]))
        raise refusal(name, f"holds no answer of {url[:MAX_NAMED]}", f"its addresses begin with: {listed}")
    return found[-1]


def profile_in(url: str, name: str, data: bytes, *, status: int, saved_at: datetime) -> Profile:
    """One saved file as a profile; a recording or an archive gives the answer whose address is named."""
    if not is_json(name, data) and not is_mhtml(data):
        return read_page(url, data, status=status)
    answer = answer_of(url, name, data, saved_at=saved_at)
    return read_page(url, answer.body, status=answer.status or status, media_type=answer.media_type)


@dataclass(frozen=True, slots=True)
class _Owners:
    """Whose a profile is: the declared `known` ones, else `company`'s if a person named one."""

    known: list[Link]
    company: str | None
    client_file: str

    def of(self, link: Link, page: SavedPage) -> Link | None:
        """The link with its company; None when nobody said whose it is."""
        for candidate in self.known:
            if candidate.platform == link.platform and candidate.handle.casefold() == link.handle.casefold():
                return candidate
        if link.platform == "website":
            site = self.site(page.url)
            if site is not None:
                return site
            link = _whole_site(link, page.url)
        if self.company is None:
            return None
        return replace(link, company=self.company, found_in=f"saved page {page.file[:MAX_NAMED]}")

    def site(self, url: str) -> Link | None:
        """The declared website that a page is of: the only one on its host, else the one that its path goes on from."""
        name, segments = host(url).removeprefix("www."), path_segments(url)
        on_host = [
            link for link in self.known if link.platform == "website" and host(link.url).removeprefix("www.") == name
        ]
        above = [link for link in on_host if _is_above(path_segments(link.url), segments)]
        return on_host[0] if len(on_host) == 1 else max(above, key=lambda link: len(link.url), default=None)

    def platform(self, page: SavedPage) -> Platform:
        """Whose address a page has. A server of a platform that anybody can run is known by the profile on it."""
        platform = platform_of(page.url, declared=page.source is Source.DECLARED)
        if platform.name != "website":
            return platform
        servers = [platforms()[link.platform] for link in self.known if _same_server(link, page.url)]
        answering = (one for one in servers if one.role(page.url) is not None)
        shown = (one for one in servers if one.link(page.url) is not None and platform.role(page.url) is None)
        return next(answering, None) or next(shown, platform)

    def only(self, platform: Platform, url: str) -> Link | None:
        """The one profile of the platform that the company declares; None when there is none or a choice."""
        company = self.company or "client"
        found = [link for link in self.known if link.platform == platform.name and link.company == company]
        if platform.anywhere:
            found = [link for link in found if host(link.url) == host(url)]
        return found[0] if len(found) == 1 else None

    def unknown(self, platform: Platform) -> str:
        """Why a profile of nobody is left out."""
        known_nowhere = "is of no platform that is audited, and the site " if platform.name == "website" else ""
        remedy = "add it there, or say whose it is with --company"
        return f"{known_nowhere}is in no [profiles] of {self.client_file}; {remedy}"


def _is_above(folder: list[str], segments: list[str]) -> bool:
    return segments[: len(folder)] == folder


def _whole_site(link: Link, url: str) -> Link:
    """The site of a page; its contact page and its feed are no sites of their own."""
    website = platforms()["website"]
    root = website.link(absolute("/", url) or url) if website.role(url) != "home" else None
    return root or link


def _same_server(link: Link, url: str) -> bool:
    return platforms()[link.platform].anywhere and host(link.url) == host(url)


def _placed(pages: list[SavedPage], owners: _Owners) -> Iterator[tuple[SavedPage, Link | None, str]]:
    """Each page with its profile and role, or with None and the reason why it is left out."""
    mains = _main_documents(pages, owners)
    with_page = {(page.file, owners.platform(page).name) for page in pages if owners.platform(page).link(page.url)}
    before: dict[tuple[str, str], Link | None] = {}
    for page in pages:
        platform = owners.platform(page)
        place = (page.file, platform.name)
        role = page.role or platform.role(page.url)
        unread = _unread(page, platform, role) if role else _no_profile(platform)
        why = _useless(page, platform, mains, owners) or unread
        if why or role is None:
            yield page, None, why
            continue
        own = platform.link(page.url)
        if own is not None:
            link = before[place] = owners.of(own, page)
        elif place in before:
            link = before[place]
        elif place in with_page:
            link = _owner_of_main(mains.get(page.file), platform, owners)
        else:
            link = owners.only(platform, page.url)
        yield page, link, role if link is not None else _nobodys(platform, owners, shown=place in with_page)


def _no_profile(platform: Platform) -> str:
    if platform.name == "website":
        return "is of no platform that is audited"
    return f"its address is no profile of {platform.title}"


def _unread(page: SavedPage, platform: Platform, role: str) -> str:
    """Why a page that nobody reads is not stored: it would keep what its visitors wrote, and show nothing."""
    by_api = platform.api is not None and role in platform.api.roles
    if not isinstance(platform, Recognised) or platform.retired or by_api or page.source is Source.DECLARED:
        return ""
    return f"pages of {platform.title} are not read; write the figures that it shows into a CSV and import that"


def _nobodys(platform: Platform, owners: _Owners, *, shown: bool) -> str:
    if shown:
        return owners.unknown(platform)
    return f"no profile page of {platform.title} stands in the same file; record the HAR from the page's load"


def _owner_of_main(main: SavedPage | None, platform: Platform, owners: _Owners) -> Link | None:
    """The profile that a file is about, when it is one of this platform."""
    if main is None or owners.platform(main) is not platform:
        return None
    link = platform.link(main.url)
    return owners.of(link, main) if link is not None else None


def _main_documents(pages: list[SavedPage], owners: _Owners) -> dict[str, SavedPage]:
    """The document that each file is about: the first HTML page that is a profile, else the first HTML page."""
    mains: dict[str, SavedPage] = {}
    profiles: set[str] = set()
    for page in pages:
        if page.file in profiles or "html" not in (page.media_type or ""):
            continue
        platform = owners.platform(page)
        if platform.name != "website" and platform.link(page.url) is not None:
            profiles.add(page.file)
            mains[page.file] = page
        else:
            mains.setdefault(page.file, page)
    return mains


def _useless(page: SavedPage, platform: Platform, mains: dict[str, SavedPage], owners: _Owners) -> str:
    """Why a page is not looked at further; "" when it may be."""
    if holds_no_text(page.media_type):
        return f"holds no text ({page.media_type})"
    main = mains.get(page.file)
    # Every unknown host would be somebody's website: of a recording only the site it is about counts.
    if platform.name != "website" or main is None or owners.site(page.url) is not None:
        return ""
    if host(page.url) != host(main.url):
        return f"{host(page.url)} is not the site that was saved"
    return ""


def _in_role(link: Link, role: str, answers: list[SavedPage]) -> list[Page]:
    first_of: dict[bytes, SavedPage] = {}
    for page in answers:
        first_of.setdefault(page.body, page)
    saved = list(first_of.values())
    stored = [_stored(page, role) for page in saved]
    shows = [index for index, page in enumerate(stored) if shows_profile(link, page)]
    best = shows[-1] if shows else len(stored) - 1
    others = [page for index, page in enumerate(saved) if index != best]
    return [stored[best], *(_stored(page, f"{role}-{number}") for number, page in enumerate(others, 2))]


def shows_profile(link: Link, page: Page) -> bool:
    """Whether a page shows the profile; a reader that raises has a defect that `extract` will name."""
    try:
        return platforms()[link.platform].read(link, {page.role: page}).state is State.OBSERVED
    except Exception:  # noqa: BLE001  # the boundary to a reader: taking pages in must not depend on it
        return False


def _stored(page: SavedPage, role: str) -> Page:
    return Page(
        url=page.url,
        final_url=page.final_url,
        role=role,
        state=State.OBSERVED,
        source=page.source,
        fetched_at=page.fetched_at,
        status=page.status,
        media_type=page.media_type,
        sha256=hashlib.sha256(page.body).hexdigest(),
        body=page.body,
    )


def _from_json(name: str, data: bytes, url: str | None, saved_at: datetime) -> Reading:
    if is_har(name, data):
        return read_har(name, io.BytesIO(data), saved_at=saved_at)
    content = load_json(data.decode("utf-8-sig", "replace"))
    if content is None:
        raise refusal(name, "is no JSON or is cut off before its end", "save the answer again")
    if isinstance(at_pointer(content, "/log/entries"), list):
        return read_har(name, io.BytesIO(data), saved_at=saved_at)
    address = given_address(name, url)
    if address is None:
        raise refusal(name, "is an answer that does not say its address", "add it: --url https://…")
    return Reading(kind="JSON answer", pages=[page_of(name, address, None, "application/json", data, saved_at)])
