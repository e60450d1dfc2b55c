"""What a person sees while the network is asked: a live table on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from audit.events import Event
from audit.models import Link
from audit.parse.text import clean
from audit.wording import counted

_LONG_WAIT = 5.0  # seconds; a shorter pause is no news in a list of lines
_WIDTH = 60  # characters of an address in the table


@dataclass(slots=True)
class _Row:
    """One profile: whose, what happens, how many pages came of about how many; `elsewhere` are those that other hosts
    than its own still owe."""

    company: str
    platform: str
    handle: str
    host: str
    expected: int
    came: int = 0
    elsewhere: Counter[str] = field(default_factory=Counter)
    now: str = "waits for its turn"
    done: bool = False


class Progress:
    """Shows `events` of a fetcher. Use as `with Progress(…) as progress`, and give each event to `progress.event`.

    `titles` and `companies` are what people call platforms and companies. `delay` is seconds between two requests to
    one host: it makes the estimate of how long to go. `report` prints one plain line. `verbose` prints every event
    as a line, with the seconds since the start by `monotonic`, and shows no table.
    """

    def __init__(
        self,
        *,
        titles: Mapping[str, str],
        companies: Mapping[str, str],
        delay: float,
        report: Callable[[str], None],
        verbose: bool,
        monotonic: Callable[[], float],
        console: Console | None = None,
    ) -> None:
        self._titles, self._companies, self._delay = titles, companies, delay
        self._report, self._verbose, self._monotonic = report, verbose, monotonic
        self._console = console or Console(file=sys.stdout)
        self._rows: dict[tuple[str, str, str], _Row] = {}
        self._begun = monotonic()
        self._live: Live | None = None

    def __enter__(self) -> Self:
        if self._console.is_terminal and not self._verbose:
            self._live = Live(console=self._console, get_renderable=self._table, refresh_per_second=4, transient=True)
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live is not None:
            self._live.stop()

    def expect(self, links: Iterable[tuple[Link, str, int]]) -> None:
        """The profiles that will be asked for: each with its host and about how many pages."""
        for link, host, expected in links:
            key = (link.company, link.platform, link.handle)
            row = self._rows.setdefault(key, _Row(link.company, link.platform, link.handle, host, expected))
            row.done = False

    def expect_elsewhere(self, link: Link, hosts: Iterable[str]) -> None:
        """One more page of each of `hosts`, for the sake of a profile whose own pages have come."""
        row = self._rows[link.company, link.platform, link.handle]
        if row.done:
            row.expected, row.done = row.came, False
        added = Counter(hosts)
        row.elsewhere += added
        row.expected += added.total()

    def event(self, event: Event) -> None:
        """Something happened."""
        row = self._rows.get((event.company, event.platform, event.handle))
        if row is not None:
            self._note(row, event)
        if self._verbose:
            self._report(f"{self._monotonic() - self._begun:8.2f} s  {event.kind:8}  {event.url}  {event.text}")
        elif self._live is None and self._is_news(event):
            self._report(f"  {self._words(event)}")

    def seconds_left(self) -> float:
        """About how long to go: the host with most left to ask, one request per delay."""
        waiting: Counter[str] = Counter()
        for row in self._rows.values():
            if not row.done:
                waiting[row.host] += max(0, row.expected - row.came - row.elsewhere.total())
                waiting += row.elsewhere
        return max(waiting.values(), default=0) * self._delay

    def _note(self, row: _Row, event: Event) -> None:
        if event.kind == "saved":
            row.came += 1
            row.elsewhere -= Counter((event.host,))
        if event.kind == "done":
            row.done = True
            row.elsewhere.clear()
        else:
            row.now = _happening(event)

    def _is_news(self, event: Event) -> bool:
        return event.kind == "saved" or (event.kind == "waiting" and event.wait >= _LONG_WAIT)

    def _words(self, event: Event) -> str:
        title = self._titles.get(event.platform, event.platform)
        whose = self._companies.get(event.company, event.company)
        about = f"{whose}, {title} {event.handle}: " if title else ""
        return f"{about}{_happening(event)}"

    def _table(self) -> Table:
        table = Table(box=None, pad_edge=False, caption_justify="left", caption=self._caption())
        for name in ("company", "platform", "pages", "what is happening"):
            table.add_column(name, no_wrap=True, overflow="ellipsis")
        for row in self._rows.values():
            cells = (
                self._companies.get(row.company, row.company),
                f"{self._titles.get(row.platform, row.platform)} {row.handle}"[:_WIDTH],
                f"{row.came} of {max(row.expected, row.came)}" if row.expected else "-",
                row.now,
            )
            # Plain text objects: what came off the web is never read as markup.
            table.add_row(*(Text(clean(cell)) for cell in cells), style="dim" if row.done else "")
        return table

    def _caption(self) -> str:
        done = sum(row.done for row in self._rows.values())
        passed = self._monotonic() - self._begun
        return (
            f"{done} of {counted(len(self._rows), 'profile')}, {passed:.0f} s, about {self.seconds_left():.0f} s to go"
        )


def _happening(event: Event) -> str:
    if event.kind == "waiting":
        return f"waits {event.wait:.0f} s for {event.host}" if event.wait >= 1 else f"waits for {event.host}"
    if event.kind == "asking":
        return f"asks {event.url}"
    if event.kind == "answered":
        return f"reads {event.url}"
    return event.text
