"""Asks for what the platforms want of the profiles, hosts in parallel, and through official APIs where a key is set."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from audit.errors import UsageError
from audit.events import Event, done, saved
from audit.fetcher import SETTLED, Fetcher
from audit.forecast import hosts_in_order
from audit.models import Link, Page, Request, Source, State
from audit.platforms import platforms
from audit.platforms._api import KeyedApi
from audit.platforms._base import Platform
from audit.reading import ReaderRaised, Unread

ROUNDS = 5  # times that a platform may ask for more, given what came
ANSWERED = frozenset({State.OBSERVED, State.MISSING, State.GONE, State.PRIVATE})  # what an API says of an account

Wants = Callable[[Link, Mapping[str, Page]], Mapping[str, Request]]


async def fetch_profiles(
    fetcher: Fetcher,
    links: Iterable[Link],
    *,
    stored: Callable[[Link], Mapping[str, Page]],
    save: Callable[[Link, Page], None],
    on_event: Callable[[Event], None] | None = None,
    on_defect: Callable[[Link, ReaderRaised], None] | None = None,
    known: Mapping[str, Platform] | None = None,
) -> None:
    """Asks for all that the platforms want of `links`, hosts in parallel; each page is saved as it comes.

    `stored` gives the pages already here by role: one that shows an answer is not asked for again. The host with most
    to do begins, so that none is left for the end. When one link fails for a reason of ours, the others are finished
    first; then the first such error is raised. `known` are the platforms by name, all of them unless told otherwise.

    What came is read by `fetcher.apart`. Where that comes to nothing, the next page of the profile is one that failed,
    with the reason; a reader that raised is given to `on_defect`, or raised as any error of ours.
    """
    offered = platforms() if known is None else known
    slots = asyncio.Semaphore(fetcher.limits.parallel)

    async def fetch(link: Link) -> None:
        def keep(page: Page) -> None:
            save(link, page)
            if on_event is not None:
                on_event(saved(link, page))

        platform = offered.get(link.platform)
        if platform is None:
            raise UsageError(f"{link.platform!r} of {link.url} is no platform; see ./invoke platforms")
        with fetcher.on_behalf_of(link):
            await _Profile(fetcher, platform, link, keep, on_defect).fetch(stored(link))
        if on_event is not None:
            on_event(done(link))

    async def visit(group: Sequence[Link]) -> list[BaseException | None]:
        async with slots:
            return [result for link in group for result in await asyncio.gather(fetch(link), return_exceptions=True)]

    groups = hosts_in_order(links, offered)
    for results in await asyncio.gather(*(visit(group) for group in groups)):
        for result in results:
            if result is not None:
                raise result


@dataclass(frozen=True, slots=True)
class _Profile:
    """One profile that is asked for; `keep` stores each page."""

    fetcher: Fetcher
    platform: Platform
    link: Link
    keep: Callable[[Page], None]
    on_defect: Callable[[Link, ReaderRaised], None] | None

    async def fetch(self, stored: Mapping[str, Page]) -> None:
        """Through the official API where a key is set; else, and where that brings nothing, as everybody may."""
        here = {role: page for role, page in stored.items() if page.state in SETTLED}
        refusal = self._refusal()
        api = self.platform.api
        by_api = set(api.roles) if api is not None else set()
        pages = {role: page for role, page in here.items() if role not in by_api or page.source != Source.API}
        retired = refusal is not None and refusal.state is State.RETIRED
        if api is not None and not retired and await self._ask_api(api, here):
            return
        if refusal is None:
            roles = [role for role in self.platform.roles if role not in by_api]
            await self._ask_all(self.platform.wants, pages, roles, Source.PUBLIC)
        elif not pages:
            self.keep(refusal)

    async def _ask_api(self, api: KeyedApi, stored: Mapping[str, Page]) -> bool:
        """Asks an official API; whether that settles the matter: it has answered, or there is no other way in.

        Without a key that is said only where nobody may look without one, and nothing is stored.
        """
        requests = api.wants(self.link, {})
        if not requests:
            return False
        if not self.fetcher.keys.has(api.credential):
            if not self.platform.keyless and not stored:
                [(role, request)] = list(requests.items())[:1]
                self.keep(await self.fetcher.get(request, role=role))
            return api.only and not self.platform.keyless
        pages = {role: page for role, page in stored.items() if role in api.roles and page.source == Source.API}
        if pages and not await self._is_answered(pages):
            pages = {}  # a key that was refused yesterday may be a new one today
        await self._ask_all(api.wants, pages, api.roles, Source.API)
        return not self.platform.keyless or await self._is_answered(pages)

    async def _ask_all(self, wants: Wants, pages: dict[str, Page], roles: Sequence[str], source: Source) -> None:
        """Asks for what is wanted until nothing is, and puts it into `pages`; `roles` are those that can be wanted."""
        for _ in range(ROUNDS):
            try:
                # Where nothing is here yet, nothing off the web is read.
                wanted = await self.fetcher.apart(wants, self.link, dict(pages)) if pages else wants(self.link, {})
            except Unread as unread:
                self._say(unread, next((role for role in roles if role not in pages), None), source)
                return
            new = {role: request for role, request in wanted.items() if role not in pages}
            if not new:
                return
            for role, request in new.items():
                pages[role] = await self.fetcher.get(request, role=role)
                self.keep(pages[role])

    async def _is_answered(self, pages: Mapping[str, Page]) -> bool:
        """Whether the pages say something of the account."""
        try:
            profile = await self.fetcher.apart(self.platform.read, self.link, dict(pages))
        except Unread as unread:
            self._say(unread, None, Source.API)
            return False
        return profile.state in ANSWERED

    def _say(self, unread: Unread, role: str | None, source: Source) -> None:
        """Lets the page that would have come next say why it did not."""
        if role is not None:
            reason = f"what to ask for next could not be worked out: {unread.reason}"
            self.keep(replace(self.fetcher.page(self.link.url, role, State.FAILED, reason), source=source))
        if isinstance(unread, ReaderRaised):
            if self.on_defect is None:
                raise unread
            self.on_defect(self.link, unread)

    def _refusal(self) -> Page | None:
        """The page that says why a platform is not asked at all; None for the platforms that are."""
        platform, link = self.platform, self.link
        role = "profile" if "profile" in platform.roles else platform.roles[0]
        unasked = platform.read(link, {})
        if unasked.state is State.RETIRED:
            return self.fetcher.page(link.url, role, State.RETIRED, unasked.reason or "the platform has closed")
        if platform.keyless:
            return None
        reason = platform.robots_note or f"{platform.title} does not permit reading without a key"
        return self.fetcher.page(link.url, role, State.NOT_PERMITTED, reason)
