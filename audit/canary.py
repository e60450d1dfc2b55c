"""Asks every platform that may be asked for an account that is there and for one that cannot be: do its readers still
read? No client's files are touched, and nothing is stored but the pages that a person wants to keep."""

from __future__ import annotations

import asyncio
import os
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from audit.agency import load_agency
from audit.asking import fetch_profiles
from audit.controls import Outcome, Verdict, WayIn, fields_of, judge
from audit.credentials import CREDENTIALS, Keys, from_keyring
from audit.errors import UsageError
from audit.fetch_settings import certificates_setting, fixed_addresses, limits_of, loopback_allowed, proxy_of
from audit.fetcher import Fetcher
from audit.files import save_page
from audit.forecast import expected_costs, expected_requests
from audit.models import Link, Page, Source
from audit.parse.address import host
from audit.platforms import platforms
from audit.platforms._base import Platform
from audit.progress import Progress
from audit.reading import ReaderRaised, Readers, Unread
from audit.wording import counted

EXIT_CHANGED = 4  # a layout has changed
_KNOWN, _UNKNOWN = "known", "unknown"
_WORDS = {_KNOWN: "an account that is there", _UNKNOWN: "an account that cannot be"}
_OPENLY = "_openly"  # of the same two, asked without the key that is set
_NOTHING_IN_COMMON = "every site has a layout of its own; audit one to check the reader"
_OWNER_ALONE = "its key shows the account of the key's owner alone; audit that one to check the reader"


def check_platforms(
    root: Path,
    *,
    settings: Mapping[str, Any],
    now: Callable[[], datetime],
    report: Callable[[str], None],
    only: Collection[str] = (),
    max_cost: float = 0.0,
    keep: Path | None = None,
    verbose: bool = False,
    monotonic: Callable[[], float] = time.monotonic,
) -> tuple[Outcome, ...]:
    """The verdict on every way into the platforms named in `only`, into all when it is empty.

    `settings` as for `audit.gather.gather`; `max_cost` is what APIs that cost money may cost together, in US dollars.
    `keep` is a folder for the pages of the ways whose layout has changed, laid out as evidence is: what a person who
    mends the reader needs. Raises UsageError for a name that is no platform.
    """
    keys = Keys(os.environ, from_keyring)
    ways = [(platform, way) for platform in _chosen(only) for way in ways_into(platform)]
    outcomes = {(platform.name, way): _unasked(platform, way, keys, max_cost) for platform, way in ways}
    progress = Progress(
        titles={platform.name: platform.title for platform, _ in ways},
        companies=_WORDS | {name + _OPENLY: f"{words}, without the key" for name, words in _WORDS.items()},
        delay=limits_of(settings).delay,
        report=report,
        verbose=verbose,
        monotonic=monotonic,
    )
    readers = Readers()

    def fetcher(known_keys: Keys) -> Fetcher:
        return Fetcher(
            user_agent=load_agency(root).user_agent,
            now=now,
            limits=limits_of(settings),
            allow_loopback=loopback_allowed(settings),
            hosts=fixed_addresses(settings),
            languages=("en",),
            ca_file=certificates_setting("fetch.ca_file", settings["ca_file"]),
            proxy=proxy_of(settings),
            keys=known_keys,
            max_cost=max_cost,
            apart=readers.read_soon,
            on_event=progress.event,
        )

    asked = [(platform, way) for platform, way in ways if outcomes[platform.name, way] is None]
    openly = [place for place in asked if place[0].api is not None and place[1] is WayIn.PAGE]
    with readers, progress:
        rounds = (
            _Round(fetcher(keys), keys, [place for place in asked if place not in openly]),
            _Round(fetcher(Keys()), Keys(), openly, suffix=_OPENLY),
        )
        asyncio.run(_ask(rounds, progress))
        for one in rounds:
            outcomes |= {(platform.name, way): one.outcome(readers, platform, way) for platform, way in one.ways}
    if keep is not None:
        for one in rounds:
            one.keep(keep, {place for place, found in outcomes.items() if found and found.verdict is Verdict.CHANGED})
    return tuple(outcome for outcome in outcomes.values() if outcome is not None)


def ways_into(platform: Platform) -> tuple[WayIn, ...]:
    """The ways by which a platform could be asked; without any, the one that it refuses."""
    ways = ((WayIn.KEY, platform.api is not None), (WayIn.PAGE, platform.keyless))
    return tuple(way for way, is_there in ways if is_there) or (WayIn.PAGE,)


def _chosen(only: Collection[str]) -> list[Platform]:
    strangers = sorted(set(only) - set(platforms()))
    if strangers:
        raise UsageError(f"{', '.join(strangers)}: no such platform; there are {', '.join(platforms())}")
    return [platform for name, platform in platforms().items() if not only or name in only]


def _unasked(platform: Platform, way: WayIn, keys: Keys, max_cost: float) -> Outcome | None:
    """Why nothing is asked that way; None where it is."""

    def because(words: str, verdict: Verdict = Verdict.NOT_ASKED) -> Outcome:
        return Outcome(platform=platform.name, way=way, verdict=verdict, words=words)

    if platform.retired or (way is WayIn.PAGE and not platform.keyless):
        return because(platform.retired or platform.robots_note)
    if platform.control is None:
        return because(_NOTHING_IN_COMMON)
    if not fields_of(platform.control, way):
        return because(_OWNER_ALONE)
    if platform.api is None or way is WayIn.PAGE:
        return None
    if not keys.has(platform.api.credential):
        return because(f"set {' and '.join(CREDENTIALS[platform.api.credential].variables)}", Verdict.NO_KEY)
    _, cost = expected_costs(_links(platform).values(), platforms(), keys).get(platform.name, (0, 0.0))
    return because(f"it costs up to ${cost:.2f}; permit that with --max-cost {cost:.2f}") if cost > max_cost else None


def _links(platform: Platform, suffix: str = "") -> dict[str, Link]:
    """The two accounts of a platform's control."""
    control = platform.control
    found = {} if control is None else {_KNOWN: platform.link(control.known), _UNKNOWN: platform.link(control.unknown)}
    return {name: replace(link, company=name + suffix) for name, link in found.items() if link is not None}


@dataclass(frozen=True, slots=True)
class _Round:
    """The questions that go through one fetcher, and what came of them."""

    fetcher: Fetcher
    keys: Keys
    ways: Sequence[tuple[Platform, WayIn]]
    suffix: str = ""
    pages: dict[Link, dict[str, Page]] = field(default_factory=lambda: defaultdict(dict))
    defects: dict[str, str] = field(default_factory=dict)

    async def ask(self, progress: Progress) -> None:
        """Asks for all accounts, hosts in parallel."""
        links = [link for platform, _ in self.ways for link in _links(platform, self.suffix).values()]
        progress.expect((link, host(link.url), expected_requests(link, platforms(), self.keys)) for link in links)

        def save(link: Link, page: Page) -> None:
            self.pages[link][page.role] = page

        def note(link: Link, raised: ReaderRaised) -> None:
            self.defects[link.platform] = str(raised)

        known = {platform.name: _by_that_way_alone(platform, way) for platform, way in self.ways}
        async with self.fetcher as fetcher:
            await fetch_profiles(
                fetcher,
                links,
                stored=lambda _: {},
                save=save,
                on_event=progress.event,
                on_defect=note,
                known=known,
            )

    def outcome(self, readers: Readers, platform: Platform, way: WayIn) -> Outcome:
        """The verdict on one way, worked out apart: what came is off the web."""
        links = _links(platform, self.suffix)
        known, unknown = (_come_by(way, self.pages[links[name]]) for name in (_KNOWN, _UNKNOWN))
        try:
            words = self.defects.get(platform.name)
            if words is None:
                return readers.read(judge, platform.name, way, known, unknown)
        except Unread as unread:
            words = str(unread)
        return Outcome(
            platform=platform.name, way=way, verdict=Verdict.CHANGED, words=f"our reader fails on it: {words}"
        )

    def keep(self, folder: Path, places: Collection[tuple[str, WayIn]]) -> None:
        """Stores the pages of these ways."""
        for platform, way in self.ways:
            for link in _links(platform, self.suffix).values() if (platform.name, way) in places else ():
                for page in self.pages[link].values():
                    save_page(folder, link, page)


def _by_that_way_alone(platform: Platform, way: WayIn) -> Platform:
    """The platform; asked with the key it is one that has no other way in, else its pages would be asked for twice."""
    if way is WayIn.PAGE:
        return platform
    alone = copy(platform)
    vars(alone)["keyless"] = False
    return alone


def _come_by(way: WayIn, pages: Mapping[str, Page]) -> dict[str, Page]:
    """The pages that speak of a way: of an official API its own answers, not those asked for because it gave none."""
    return {role: page for role, page in pages.items() if way is WayIn.PAGE or page.source == Source.API}


async def _ask(rounds: Iterable[_Round], progress: Progress) -> None:
    await asyncio.gather(*(one.ask(progress) for one in rounds))


def outcome_rows(outcomes: Iterable[Outcome]) -> list[tuple[str, ...]]:
    """Platform, way, verdict, why: a head and one row an outcome."""
    rows = [(platforms()[one.platform].title, one.way.value, one.verdict.value, one.words) for one in outcomes]
    return [("platform", "asked", "verdict", "why"), *rows]


def summary_line(outcomes: Collection[Outcome]) -> str:
    """How many ways were looked at, and what came of the others."""
    counts = Counter(one.verdict for one in outcomes)
    looked = sum(one.was_looked_at for one in outcomes)
    listed = ", ".join(f"{counts[verdict]} {verdict}" for verdict in Verdict if counts[verdict])
    if not looked:
        return f"Nothing could be looked at, which says nothing of the readers: {listed}"
    return f"{counted(looked, 'way in', 'ways in')} of {len(outcomes)} could be looked at: {listed}"
