"""What every platform module offers: recognise an address, say what to ask, read what came.

A platform is one module with one subclass of `Platform` named in `PLATFORM`, and fixture folders. `read` is
pure and total: whatever the pages hold, a `Profile` comes back.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import ClassVar

from audit import walls
from audit.credentials import refused
from audit.models import CountFact, Link, Page, Post, Profile, Refusal, Request, Source, State
from audit.parse.address import host_matches
from audit.parse.bounded import MAX_ELEMENTS
from audit.parse.document import Document
from audit.parse.persons import Persons
from audit.platforms._ability import Checked, Control, Shown
from audit.platforms._api import KeyedApi, said
from audit.platforms._legible import is_legible, only_legible
from audit.platforms._persons import EVERYWHERE
from audit.platforms._shown import oembed_author

# Which refusal says most about the account, when several pages were refused.
_TELLING = (
    State.RETIRED,
    State.GONE,
    State.MISSING,
    State.PRIVATE,
    State.LOGIN_WALL,
    State.CHALLENGED,
    State.RATE_LIMITED,
    State.CONSENT,
    State.SHELL,
    State.NOT_PERMITTED,
    State.NO_CREDENTIAL,
    State.FAILED,
)


class Platform(ABC):
    """Base of all platforms. Subclasses set the class attributes and override `link`, `role`, `refusal`,
    `values` and, where a second answer is needed, `wants`."""

    name: ClassVar[str]  # module name: the brand in lower case
    title: ClassVar[str]  # as people write it
    hosts: ClassVar[frozenset[str]]  # registrable domains that belong to this platform and no other
    roles: ClassVar[tuple[str, ...]] = ("profile",)  # pages it reads, the most exact first
    any_role_suffices: ClassVar[bool] = False  # True: the profile's page is asked only where none of `roles` is here
    robots_note: ClassVar[str] = ""  # what the platform's robots.txt and terms say to an unnamed reader
    way_in: ClassVar[str] = ""  # what a person does to open it: the remedy printed in the report
    keyless: ClassVar[bool] = True  # False: never ask without a key, robots.txt and terms forbid it
    retired: ClassVar[str] = ""  # the sentence that says when the platform closed; "" while it is open
    api: ClassVar[KeyedApi | None] = None  # the official API that needs a key; its roles stand in `roles` too
    anywhere: ClassVar[bool] = False  # True: its servers are anybody's, so an unknown host can be one of them
    by_page: ClassVar[Shown] = Shown()  # what its pages, and answers open to everybody, let us read
    by_key: ClassVar[Shown] = Shown()  # what its official API lets us read
    checked: ClassVar[Checked] = Checked()  # what its reader was last checked against
    control: ClassVar[Control | None] = None  # what `./invoke platforms --check` asks for; None: nothing can be asked
    persons: ClassVar[Persons] = EVERYWHERE  # where its answers show other people, who are taken out before storing

    def claims(self, url: str) -> bool:
        """Whether `url` is an address of this platform, profile or not."""
        return host_matches(url, self.hosts) or (self.api is not None and self.api.role(url) is not None)

    @abstractmethod
    def link(self, url: str) -> Link | None:
        """The profile that `url` points to; None for share, intent, login, plugin, pixel and post addresses."""

    def role(self, url: str) -> str | None:
        """Which of `roles` an answer from `url` plays (the profile page, a JSON answer of the page), or None."""
        by_api = self.api.role(url) if self.api is not None else None
        return by_api or ("profile" if self.link(url) is not None else None)

    def wants(self, link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
        """What to ask next, by role, given the pages here; {} when done. At most five rounds are run."""
        is_enough = bool(set(pages) & set(self.roles)) if self.any_role_suffices else "profile" in pages
        return {} if is_enough else {"profile": Request(url=link.url)}

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """The platform's own way of refusing (missing, suspended, private, shell); None if it shows the profile."""
        return None

    @abstractmethod
    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """What this one page shows of `link`'s own profile; None when it shows nothing of it (a shell)."""

    def read(self, link: Link, pages: Mapping[str, Page]) -> Profile:
        """All that `pages` show of the profile. Never raises for what a page holds."""
        readings = [self._read_page(link, pages[role]) for role in self.roles if self._counts(link, role, pages)]
        observed = [reading for reading in readings if reading.state is State.OBSERVED]
        if observed:
            return self._with_all_posts(self.merged(observed), observed)
        if readings:
            return min(readings, key=lambda reading: _TELLING.index(reading.state))
        return self.blank(link, state=State.FAILED, reason="no page stored")

    def merged(self, readings: list[Profile]) -> Profile:
        """One profile out of what several pages show, the most exact page first."""
        return _merged(readings)

    def blank(self, link: Link, *, state: State, source: Source = Source.PUBLIC, reason: str | None = None) -> Profile:
        """A profile of which nothing is known but its state."""
        return Profile(
            company=link.company,
            platform=self.name,
            handle=link.handle or None,
            url=link.url,
            state=state,
            source=source,
            reason=reason,
        )

    def persons_for(self, link: Link, url: str) -> Persons:
        """Where an answer from `url`, asked for because of `link`, shows people other than the profile."""
        return self.persons

    def _link(self, handle: str, url: str) -> Link:
        """The profile at `url`; whose it is, `link_of` says."""
        return Link(company="client", platform=self.name, handle=handle, url=url)

    def _counts(self, link: Link, role: str, pages: Mapping[str, Page]) -> bool:
        """Whether a page is read: what an API says without a name only beside the account that it is about."""
        if role not in pages or self.api is None or role not in self.api.roles:
            return role in pages
        return pages[role].state is not State.OBSERVED or self.api.is_about(link, pages, role)

    def _with_all_posts(self, profile: Profile, readings: list[Profile]) -> Profile:
        """With the posts of all pages of an API: elsewhere the pages show the same ones."""
        roles = self.api.roles if self.api is not None and len(readings) > 1 else ()
        posts = [post for reading in readings for post in reading.recent if post.page in roles]
        known: dict[object, Post] = {}
        for post in posts:
            known.setdefault(post.url or (post.page, post.where), post)
        return replace(profile, recent=tuple(known.values())) if known else profile

    def _reader(self, page: Page) -> Platform | KeyedApi:
        """Who knows the answers of a page's role."""
        return self.api if self.api is not None and page.role in self.api.reads else self

    def _read_page(self, link: Link, page: Page) -> Profile:
        if page.state is not State.OBSERVED:
            return self.blank(link, state=page.state, source=page.source, reason=page.reason)
        document = Document(page.body, page.media_type)
        reader = self._reader(page)
        refusal = walls.judge(page, document) or reader.refusal(link, page, document)
        if refusal is None and self.api is not None and page.source == Source.API and reader is not self.api:
            refusal = self.api.refusal(link, page, document) if page.role in self.api.roles else None
        refusal = self._refused_key(page, document, refusal) or walls.by_status(page)
        if refusal is not None:
            return self.blank(link, state=refusal.state, source=page.source, reason=refusal.reason)
        if not is_legible(document):
            reason = "the page's letters cannot be read: they are not in the encoding that it declares"
            return self.blank(link, state=State.SHELL, source=page.source, reason=reason)
        profile = reader.values(link, page, document) or oembed_author(self, link, page, document)
        if profile is None:
            wall = walls.login_form(document)
            if wall is not None:
                return self.blank(link, state=wall.state, source=page.source, reason=wall.reason)
            reason = "the page shows nothing of this profile"
            if document.is_too_large:
                reason = f"the page has more elements than {MAX_ELEMENTS:,} or too many attributes, and none was read"
            return self.blank(link, state=State.SHELL, source=page.source, reason=reason)
        return only_legible(profile, document)

    def refused(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """Why a page that came is not the profile asked for: a wall, the platform's own way, or its status."""
        refusal = walls.judge(page, document) or self._reader(page).refusal(link, page, document)
        return self._refused_key(page, document, refusal) or walls.by_status(page)

    def _refused_key(self, page: Page, document: Document, refusal: Refusal | None) -> Refusal | None:
        """The same refusal; where an API has turned a key away, with the key's name and what to do."""
        if self.api is None or page.source != Source.API:
            return refusal
        if refusal is None and page.status in (401, 402, 403):
            refusal = Refusal(state=State.NO_CREDENTIAL, reason=said(document) or f"HTTP {page.status}")
        if refusal is None or refusal.state is not State.NO_CREDENTIAL:
            return refusal
        return Refusal(state=refusal.state, reason=refused(self.api.credential, refusal.reason))


def _merged(readings: list[Profile]) -> Profile:
    """One profile out of several pages: the first value found wins, a narrower count beats a wider one."""
    merged = readings[0]
    for other in readings[1:]:
        changes = {
            field.name: getattr(other, field.name)
            for field in fields(Profile)
            if field.name != "state" and _says_more(getattr(other, field.name), getattr(merged, field.name))
        }
        merged = replace(merged, **changes)
    return merged


def _says_more(theirs: object, mine: object) -> bool:
    if theirs is None or theirs == ():
        return False
    if isinstance(mine, CountFact) and isinstance(theirs, CountFact):
        return _width(theirs) < _width(mine)
    return mine is None or mine == ()


def _width(count: CountFact) -> int:
    return count.high - count.low
