"""The fetch stage: the client's profiles → evidence, with the agency's name and pace."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from audit import stages
from audit.agency import load_agency
from audit.fetcher import Event, Fetcher, Limits, fetch_profiles
from audit.models import Client, Link, Page
from audit.stages import Run


def gather(
    run: Run,
    *,
    settings: Mapping[str, Any],
    now: Callable[[], datetime],
    report: Callable[[str], None],
    refresh: bool = False,
) -> None:
    """Asks for every declared profile that is not stored yet (`refresh`: for all that were fetched before).

    `settings`: delay, deadline, retry_after (seconds), allow_loopback, ca_file.
    """
    client = run.client()
    agency = load_agency(run.root)
    asyncio.run(_gather(run, client, agency.user_agent, settings, now, report, refresh))


async def _gather(
    run: Run,
    client: Client,
    user_agent: str,
    settings: Mapping[str, Any],
    now: Callable[[], datetime],
    report: Callable[[str], None],
    refresh: bool,
) -> None:
    def show(event: Event) -> None:
        if event.kind in ("waiting", "refused", "saved"):
            report(f"  {event.kind}: {event.text if event.kind == 'saved' else event.url + ': ' + event.text}")

    limits = Limits(
        delay=float(settings["delay"]),
        deadline=float(settings["deadline"]),
        retry_after=float(settings["retry_after"]),
    )
    fetcher = Fetcher(
        user_agent=user_agent,
        now=now,
        limits=limits,
        allow_loopback=bool(settings["allow_loopback"]),
        languages=client.languages,
        ca_file=Path(settings["ca_file"]) if settings["ca_file"] else None,
        on_event=show,
    )
    async with fetcher:
        await fetch_profiles(
            fetcher,
            stages.links_of(client),
            stored=lambda link: _kept(run, link, refresh),
            save=lambda link, page: stages.store(run, link, page),
            on_event=show,
        )


def _kept(run: Run, link: Link, refresh: bool) -> dict[str, Page]:
    """The pages not to ask for again; saved pages are never replaced by asking."""
    pages = stages.stored(run, link)
    return {role: page for role, page in pages.items() if not refresh or page.source == "saved"}
