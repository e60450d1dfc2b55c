"""The stages that ask the network: the companies' own pages → links.json, their profiles → evidence."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from audit import stages
from audit.agency import load_agency
from audit.errors import UsageError
from audit.fetcher import Event, Fetcher, Limits, fetch_profiles
from audit.models import Client, FoundLink, Link, Page
from audit.stages import Run


class Stage(StrEnum):
    """The stages that ask the network."""

    DISCOVER = "discover"
    FETCH = "fetch"


def gather(
    run: Run,
    *,
    asked: Collection[Stage],
    settings: Mapping[str, Any],
    now: Callable[[], datetime],
    report: Callable[[str], None],
    refresh: bool = False,
    verbose: bool = False,
) -> tuple[FoundLink, ...]:
    """Runs the stages `asked` for; returns the links of the run.

    Discover asks for the companies' own pages and writes links.json; fetch asks for every own profile in it that is
    not stored yet (`refresh`: for all that were fetched before). `settings`: delay, deadline, retry_after (seconds),
    allow_loopback, ca_file.
    """
    client = run.client()
    agency = load_agency(run.root)
    return asyncio.run(_gather(run, client, agency.user_agent, asked, settings, now, report, refresh))


async def _gather(
    run: Run,
    client: Client,
    user_agent: str,
    asked: Collection[Stage],
    settings: Mapping[str, Any],
    now: Callable[[], datetime],
    report: Callable[[str], None],
    refresh: bool,
) -> tuple[FoundLink, ...]:
    def show(event: Event) -> None:
        if event.kind in ("waiting", "refused", "saved"):
            report(f"  {event.kind}: {event.text if event.kind == 'saved' else event.url + ': ' + event.text}")

    limits = Limits(
        delay=_seconds(settings, "delay"),
        deadline=_seconds(settings, "deadline"),
        retry_after=_seconds(settings, "retry_after"),
    )
    fetcher = Fetcher(
        user_agent=user_agent,
        now=now,
        limits=limits,
        allow_loopback=_switch(settings, "allow_loopback"),
        languages=client.languages,
        ca_file=file_setting("fetch.ca_file", settings["ca_file"]),
        on_event=show,
    )

    async def ask(links: list[Link]) -> None:
        await fetch_profiles(
            fetcher,
            links,
            stored=lambda link: _kept(run, link, refresh and link not in just_asked),
            save=lambda link, page: stages.store(run, link, page),
            on_event=show,
        )

    just_asked: set[Link] = set()
    async with fetcher:
        if Stage.DISCOVER in asked:
            websites = [link for link in stages.links_of(client) if link.platform == "website"]
            await ask(websites)
            just_asked.update(websites)
            stages.discover(run)
        found = stages.links(run)
        if Stage.FETCH in asked:
            await ask(stages.profiles_of(found, client))
    return found


def file_setting(name: str, value: object) -> Path | None:
    """The file that a setting names; None when it is empty. Raises UsageError when it is no text."""
    if value and not isinstance(value, str):
        raise UsageError(f"the setting {name} is {value!r}; write a file's path in quotes")
    return Path(value) if isinstance(value, str) and value else None


def _seconds(settings: Mapping[str, Any], key: str) -> float:
    value = settings[key]
    try:
        seconds = float("nan") if isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        seconds = float("nan")
    if not 0 <= seconds < float("inf"):
        raise UsageError(f"the setting fetch.{key} is {value!r}; write a number of seconds, for example 2.0")
    return seconds


def _switch(settings: Mapping[str, Any], key: str) -> bool:
    value = settings[key]
    if not isinstance(value, bool):
        raise UsageError(f"the setting fetch.{key} is {value!r}; write true or false")
    return value


def _kept(run: Run, link: Link, refresh: bool) -> dict[str, Page]:
    """The pages not to ask for again; saved pages are never replaced by asking."""
    pages = stages.stored(run, link)
    return {role: page for role, page in pages.items() if not refresh or page.source == "saved"}
