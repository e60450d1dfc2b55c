"""What happens while the network is asked, for whoever shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from audit.models import Link, Page, State
from audit.parse.address import host
from audit.wording import counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something to show while fetching: `kind` is asking, waiting, answered, refused, saved, or done (nothing more
    is asked for a profile).

    `company`, `platform` and `handle` say for whose sake ("" when nobody's), `host` who is asked, `wait` how many
    seconds a waiting takes.
    """

    kind: str
    url: str
    text: str
    company: str = ""
    platform: str = ""
    handle: str = ""
    host: str = ""
    wait: float = 0.0


class Tell(Protocol):
    """Takes what happens: its kind, the address, words, and the seconds that a waiting takes."""

    def __call__(self, kind: str, url: str, text: str, *, wait: float = 0.0) -> None:
        """Something happened."""


def event(kind: str, url: str, text: str, link: Link | None, *, wait: float = 0.0) -> Event:
    """An event for the sake of `link`; None: for nobody's."""
    company, platform, handle = (link.company, link.platform, link.handle) if link is not None else ("", "", "")
    return Event(
        kind=kind, url=url, text=text, company=company, platform=platform, handle=handle, host=host(url), wait=wait
    )


def saved(link: Link, page: Page) -> Event:
    """A page came for the sake of a profile and is stored."""
    return event("saved", page.url, _outcome(page), link)


def done(link: Link) -> Event:
    """Nothing more is asked for the sake of a profile."""
    return event("done", link.url, "", link)


def _outcome(page: Page) -> str:
    """What came of a page, in words."""
    if page.state is not State.OBSERVED:
        return f"{page.role}: {page.state}" + (f", {page.reason}" if page.reason else "")
    return f"{page.role}: {page.status}, {counted(len(page.body), 'byte')}"
