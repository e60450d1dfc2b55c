"""Asks for what the platforms want of the profiles, hosts in parallel, and through official APIs where a key is set."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence

from audit.errors import UsageError
from audit.events import Event, done, saved
from audit.fetcher import SETTLED, Fetcher
from audit.forecast import hosts_in_order
from audit.models import Link, Page, Request, Source, State
from audit.platforms import platforms
from audit.platforms._api import KeyedApi
from audit.platforms._base import Platform

ROUNDS = 5  # times that a platform may ask for more, given what came
ANSWERED = frozenset({State.OBSERVED, State.MISSING, State.GONE, State.PRIVATE})  # what an API says of an account

Wants = Callable[[Link, Mapping[str, Page]], Awaitable[Mapping[str, Request]]]


async def fetch_profiles(
    fetcher: Fetcher,
    links: Iterable[Link],
    *,
    stored: Callable[[Link], Mapping[str, Page]],
    save: Callable[[Link, Page], None],
    on_event: Callable[[Event], None] | None = None,
    known: Mapping[str, Platform] | None = None,
    wants: Wants | None = None,
) -> None:
    """Asks for all that the platforms want of `links`, hosts in parallel; each page is saved as it comes.

    `stored` gives the pages already here by role: one that shows an answer is not asked for again. The host with most
    to do begins, so that none is left for the end. When one link fails for a reason of ours, the others are finished
    first; then the first such error is raised. `known` are the platforms by name, all of them unless told otherwise;
    `wants` works out what to ask next elsewhere than in this process, which must not parse hostile pages.
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
            await _fetch_profile(fetcher, platform, link, stored(link), keep, wants or _in_this_process(platform))
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


def _in_this_process(platform: Platform) -> Wants:
    async def wants(link: Link, pages: Mapping[str, Page]) -> Mapping[str, Request]:
        return platform.wants(link, pages)

    return wants


async def _fetch_profile(
    fetcher: Fetcher,
    platform: Platform,
    link: Link,
    stored: Mapping[str, Page],
    keep: Callable[[Page], None],
    wants: Wants,
) -> None:
    """Through the official API where a key is set; else, and where that brings nothing, as everybody may."""
    here = {role: page for role, page in stored.items() if page.state in SETTLED}
    refusal = _not_asked(fetcher, platform, link)
    by_api = set(platform.api.roles) if platform.api is not None else set()
    pages = {role: page for role, page in here.items() if role not in by_api or page.source != Source.API}
    retired = refusal is not None and refusal.state is State.RETIRED
    if platform.api is not None and not retired and await _ask_api(fetcher, platform, platform.api, link, here, keep):
        return
    if refusal is not None:
        if not pages:
            keep(refusal)
        return
    for _ in range(ROUNDS):
        wanted = {role: request for role, request in (await wants(link, pages)).items() if role not in pages}
        if not wanted:
            return
        for role, request in wanted.items():
            pages[role] = await fetcher.get(request, role=role)
            keep(pages[role])


async def _ask_api(
    fetcher: Fetcher,
    platform: Platform,
    api: KeyedApi,
    link: Link,
    stored: Mapping[str, Page],
    keep: Callable[[Page], None],
) -> bool:
    """Asks an official API; whether that settles the matter: it has answered, or there is no other way in.

    Without a key that is said only where nobody may look without one, and nothing is stored. The answers are parsed in
    this process: they come from a host that proved its name, and are JSON.
    """
    requests = api.wants(link, {})
    if not requests:
        return False
    if not fetcher.keys.has(api.credential):
        if not platform.keyless and not stored:
            [(role, request)] = list(requests.items())[:1]
            keep(await fetcher.get(request, role=role))
        return api.only and not platform.keyless
    pages = {role: page for role, page in stored.items() if role in api.roles and page.source == Source.API}
    if pages and platform.read(link, pages).state not in ANSWERED:
        pages = {}  # a key that was refused yesterday may be a new one today
    for _ in range(ROUNDS):
        wanted = {role: request for role, request in api.wants(link, pages).items() if role not in pages}
        if not wanted:
            break
        for role, request in wanted.items():
            pages[role] = await fetcher.get(request, role=role)
            keep(pages[role])
    return not platform.keyless or platform.read(link, pages).state in ANSWERED


def _not_asked(fetcher: Fetcher, platform: Platform, link: Link) -> Page | None:
    """The page that says why a platform is not asked at all; None for the platforms that are."""
    role = "profile" if "profile" in platform.roles else platform.roles[0]
    unasked = platform.read(link, {})
    if unasked.state is State.RETIRED:
        return fetcher.page(link.url, role, State.RETIRED, unasked.reason or "the platform has closed")
    if platform.keyless:
        return None
    reason = platform.robots_note or f"{platform.title} does not permit reading without a key"
    return fetcher.page(link.url, role, State.NOT_PERMITTED, reason)
