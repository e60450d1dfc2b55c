"""The stages that ask the network: the companies' own pages → links.json, their profiles → evidence."""

from __future__ import annotations

import asyncio
import os
import time
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from audit import stages
from audit.agency import load_agency
from audit.asking import fetch_profiles
from audit.credentials import Keys, from_keyring
from audit.errors import DamagedFile
from audit.events import done, saved
from audit.fetch_settings import certificates_setting, fixed_addresses, limits_of, loopback_allowed, proxy_of
from audit.fetcher import Fetcher
from audit.forecast import expected_costs, expected_requests
from audit.models import Client, Courtesy, FoundLink, Link, Page
from audit.parse.address import host
from audit.platforms import platforms
from audit.progress import Progress
from audit.reading import ReaderRaised, Readers, Unread
from audit.retention import delete_expired
from audit.roster import sites_of
from audit.stages import Run
from audit.visit import visit
from audit.wording import counted


class Stage(StrEnum):
    """The stages that ask the network."""

    DISCOVER = "discover"
    FETCH = "fetch"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The links of a run, and the readers that raised meanwhile: platform, handle, error. They stop nothing. `unread`
    says by a website's address why its links are not known."""

    links: tuple[FoundLink, ...]
    raised: tuple[str, ...]
    unread: Mapping[str, str]


def gather(
    run: Run,
    *,
    asked: Collection[Stage],
    settings: Mapping[str, Any],
    now: Callable[[], datetime],
    report: Callable[[str], None],
    refresh: bool = False,
    verbose: bool = False,
    monotonic: Callable[[], float] = time.monotonic,
) -> Gathered:
    """Runs the stages `asked` for.

    Discover asks for the companies' own pages and writes links.json; fetch asks for every own profile in it that is
    not stored yet (`refresh`: for all that were fetched before), through an official API where its key stands in the
    environment or the keyring. What the terms of an API do not permit to be kept any longer is deleted first, in all
    audits of the client. Damaged evidence counts as not stored, a damaged ledger as empty. `settings`: delay,
    deadline, retry_after (seconds), allow_loopback, ca_file, proxy (http://host:port or nothing), hosts
    (name=address:port, …: fixed, only with allow_loopback).
    """
    for deleted in delete_expired(run.root, run.slug, now()):
        report(deleted)
    _tell_damage(stages.set_damaged_aside(run), report)
    gathering = _Gathering(
        run=run, client=run.client(), settings=settings, now=now, monotonic=monotonic, refresh=refresh,
        just_asked=set(), raised=[], unread={}, readers=Readers(), keys=Keys(os.environ, from_keyring), report=report,
    )  # fmt: skip
    progress = Progress(
        titles={name: platform.title for name, platform in platforms().items()},
        companies={company.id: company.name for company in gathering.client.companies},
        delay=limits_of(settings).delay,
        report=report,
        verbose=verbose,
        monotonic=monotonic,
    )
    with gathering.readers, progress:
        found = asyncio.run(gathering.run_stages(asked, progress))
    return Gathered(links=found, raised=tuple(dict.fromkeys(gathering.raised)), unread=gathering.unread)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gathering:
    """One start of the stages that ask; `just_asked` are the profiles that it has asked for already, `raised` the
    readers that raised, `unread` why a website's links are not known, by its address."""

    run: Run
    client: Client
    settings: Mapping[str, Any]
    now: Callable[[], datetime]
    monotonic: Callable[[], float]
    refresh: bool
    just_asked: set[Link]
    raised: list[str]
    unread: dict[str, str]
    readers: Readers
    keys: Keys
    report: Callable[[str], None]

    async def run_stages(self, asked: Collection[Stage], progress: Progress) -> tuple[FoundLink, ...]:
        async with self._fetcher(progress) as fetcher:
            try:
                if Stage.DISCOVER in asked:
                    websites = [link for link in stages.links_of(self.client) if link.platform == "website"]
                    await self._ask(fetcher, websites, progress)
                    await asyncio.gather(*(self._visit(fetcher, site, progress) for site in websites))
                    stages.discover(self.run, self.readers, on_unread=self._unread_links)
                found = stages.links(self.run, self.readers, on_unread=self._unread_links)
                if Stage.FETCH in asked:
                    self._tell_not_asked(found)
                    profiles = [link for link in stages.profiles_of(found, self.client) if link not in self.just_asked]
                    self._tell_costs(profiles)
                    await self._ask(fetcher, profiles, progress)
            finally:
                stages.store_courtesy(self.run, fetcher.courtesy())
        return found

    async def _ask(self, fetcher: Fetcher, links: list[Link], progress: Progress) -> None:
        progress.expect((link, host(link.url), expected_requests(link, platforms(), self.keys)) for link in links)

        def save(link: Link, page: Page) -> None:
            stages.store(self.run, link, page)
            stages.store_courtesy(self.run, fetcher.courtesy())  # a run cut short must not look more modest than it was

        await fetch_profiles(
            fetcher, links, stored=self._kept, save=save, on_event=progress.event, on_defect=self._note_defect
        )
        self.just_asked.update(links)

    def _note_defect(self, link: Link, error: ReaderRaised) -> None:
        self.raised.append(stages.defect(link, error))

    def _unread_links(self, site: Link, unread: Unread) -> None:
        """Says that a website's links are not known: a defect of ours is named at the end, too."""
        [name] = [company.name for company in self.client.companies if company.id == site.company]
        if self.unread.get(site.url) != unread.reason:  # it is read for what to ask further, and for the list
            self.report(f"  {name}, {site.url}: its links were not read: {unread.reason}")
            self.unread[site.url] = unread.reason
        if isinstance(unread, ReaderRaised):
            self._note_defect(site, unread)

    def _tell_not_asked(self, found: Sequence[FoundLink]) -> None:
        """Says of which found profiles there are too many to ask for all."""
        names = {company.id: company.name for company in self.client.companies}
        left = Counter((link.company, link.platform) for link in stages.beyond_the_cap(found, self.client))
        listed = (
            f"{counted(number, f'{platforms()[name].title} profile')} of {names[company]}"
            for (company, name), number in left.items()
        )
        if left:
            self.report(
                f"Found and not asked, beyond {stages.MAX_FOUND} of a company on a platform: {', '.join(listed)};"
                " they stand in links.json, what stands under [profiles] in client.toml is always asked"
            )

    def _tell_costs(self, links: list[Link]) -> None:
        """Says before anything is bought what it costs at most, and what the client file permits."""
        unasked = [link for link in links if all(page.source != "api" for page in self._kept(link).values())]
        for name, (number, cost) in expected_costs(unasked, platforms(), self.keys).items():
            permitted = self.client.max_cost_usd
            profiles = counted(number, "profile costs", "profiles cost")
            allowed = f"max_cost_usd in client.toml permits ${permitted:.2f} a run"
            beyond = (
                "" if cost <= permitted else ", what is beyond that is not asked" if permitted else ", nothing is asked"
            )
            self.report(f"{platforms()[name].title}: {profiles} at most ${cost:.2f}; {allowed}{beyond}")

    async def _visit(self, fetcher: Fetcher, site: Link, progress: Progress) -> None:
        """Asks for what a website's stored pages lead to, shown as asked for the site's sake."""

        def save(page: Page) -> None:
            stages.store(self.run, site, page)
            progress.event(saved(site, page))

        before = stages.stored(self.run, site)
        again = {role: page for role, page in before.items() if not self.refresh or page.source == "saved"}
        own = {role: page for role, page in before.items() if role in platforms()["website"].roles}
        with fetcher.on_behalf_of(site):
            try:
                await visit(
                    fetcher,
                    site,
                    {**again, **own},
                    save=save,
                    languages=self.client.languages,
                    sites=sites_of(self.client, site.company),
                    expect=lambda addresses: progress.expect_elsewhere(site, map(host, addresses)),
                )
            except Unread as unread:
                self._unread_links(site, unread)
        progress.event(done(site))

    def _fetcher(self, progress: Progress) -> Fetcher:
        settings = self.settings
        return Fetcher(
            user_agent=load_agency(self.run.root).user_agent,
            now=self.now,
            limits=limits_of(settings),
            allow_loopback=loopback_allowed(settings),
            hosts=fixed_addresses(settings),
            languages=self.client.languages,
            ca_file=certificates_setting("fetch.ca_file", settings["ca_file"]),
            proxy=proxy_of(settings),
            cache=self.run.client_folder / ".cache" / "http.db",
            refresh=self.refresh,
            known_robots=stages.stored_robots(self.run),
            keep_robots=lambda origin, page: stages.store_robots(self.run, origin, page),
            courtesy_before=self._courtesy_before(),
            keys=self.keys,
            max_cost=self.client.max_cost_usd,
            apart=self.readers.read_soon,
            on_event=progress.event,
        )

    def _courtesy_before(self) -> Courtesy | None:
        try:
            return stages.stored_courtesy(self.run)
        except DamagedFile as error:
            lost = "what earlier starts of this run asked and what that cost is no longer known"
            self.report(f"The ledger begins anew, {lost}: {str(error).partition('. Run:')[0]}")
            return None

    def _kept(self, link: Link) -> dict[str, Page]:
        """The pages not to ask for again; saved pages are never replaced by asking."""
        pages = stages.stored(self.run, link)
        return {role: page for role, page in pages.items() if not self.refresh or page.source == "saved"}


def _tell_damage(damages: Sequence[str], report: Callable[[str], None]) -> None:
    if damages:
        many = counted(len(damages), "damaged file counts", "damaged files count")
        more = f"; and {len(damages) - 1} more" if len(damages) > 1 else ""
        report(f"{many} as not stored, kept as *.damaged: {damages[0]}{more}")
