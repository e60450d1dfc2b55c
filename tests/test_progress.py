"""The live display: a table on a terminal, plain lines elsewhere, and never a word of the web as markup."""

from __future__ import annotations

import io
from dataclasses import replace

from rich.console import Console

from audit.events import Event
from audit.models import Link
from audit.progress import Progress

SITE = Link(company="client", platform="website", handle="aurora.example", url="https://aurora.example/")
CARD = Link(company="client", platform="telegram", handle="auroracaffe", url="https://t.me/auroracaffe")


def shown(*events: Event, terminal: bool = False, verbose: bool = False) -> tuple[Progress, list[str], str]:
    """The display after the events, its plain lines, and what reached the terminal."""
    lines: list[str] = []
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=terminal, width=120, height=40, color_system=None)
    progress = Progress(
        titles={"website": "Website", "telegram": "Telegram"},
        companies={"client": "Aurora"},
        delay=2.0,
        report=lines.append,
        verbose=verbose,
        monotonic=lambda: 10.0,
        console=console,
    )
    with progress:
        progress.expect([(SITE, "aurora.example", 6), (CARD, "t.me", 1)])
        for event in events:
            progress.event(event)
    return progress, lines, screen.getvalue()


def about(link: Link, kind: str, text: str = "", wait: float = 0.0) -> Event:
    """An event for the sake of a profile."""
    return Event(
        kind=kind, url=link.url, text=text, company=link.company, platform=link.platform, handle=link.handle,
        host="aurora.example", wait=wait,
    )  # fmt: skip


def test_a_terminal_gets_a_table_with_what_happens_and_how_long_to_go() -> None:
    """Per profile the pages so far and the present step; below it the time passed and left."""
    _, lines, screen = shown(about(SITE, "saved", "home: 200, 512 bytes"), about(CARD, "asking"), terminal=True)
    assert [] == lines
    assert "1 of 6" in screen
    assert "asks https://t.me/auroracaffe" in screen
    assert "0 of 2 profiles, 0 s, about 10 s to go" in screen


def test_elsewhere_there_are_plain_lines_for_pages_and_long_waits() -> None:
    """A page that came, and a wait of five seconds or more; short waits and questions are no news."""
    _, lines, _ = shown(
        about(SITE, "asking"),
        about(SITE, "waiting", wait=1.9),
        about(SITE, "waiting", wait=30.0),
        about(SITE, "saved", "home: 200, 512 bytes"),
    )
    assert [
        "  Aurora, Website aurora.example: waits 30 s for aurora.example",
        "  Aurora, Website aurora.example: home: 200, 512 bytes",
    ] == lines


def test_verbose_shows_every_event_with_its_time() -> None:
    """A line each, seconds since the start first, also on a terminal."""
    _, lines, screen = shown(about(SITE, "asking", "attempt 1"), terminal=True, verbose=True)
    assert ["    0.00 s  asking    https://aurora.example/  attempt 1"] == lines
    assert "" == screen


def test_the_time_left_is_that_of_the_busiest_host() -> None:
    """Six pages at one host, two seconds apart; a finished profile needs no more."""
    progress, _, _ = shown(about(SITE, "saved"), about(SITE, "saved"))
    assert 8.0 == progress.seconds_left()
    progress.event(about(SITE, "done"))
    assert 2.0 == progress.seconds_left()


def test_what_other_hosts_still_owe_counts() -> None:
    """A finished site whose link-in-bio page and Wikidata item are asked for: two requests at one host take a delay
    each, and the row goes on."""
    progress, _, _ = shown(about(SITE, "saved"), about(SITE, "done"), about(CARD, "done"))
    assert 0.0 == progress.seconds_left()
    progress.expect_elsewhere(SITE, ["linktr.ee", "www.wikidata.org", "www.wikidata.org"])
    assert 4.0 == progress.seconds_left()
    progress.event(replace(about(SITE, "saved"), host="www.wikidata.org"))
    assert 2.0 == progress.seconds_left()
    progress.event(replace(about(SITE, "saved"), host="www.wikidata.org"))
    assert 2.0 == progress.seconds_left()
    progress.event(about(SITE, "done"))
    assert 0.0 == progress.seconds_left()


def test_text_off_the_web_is_no_markup() -> None:
    """Brackets and control characters are shown or dropped, never obeyed."""
    _, _, screen = shown(about(SITE, "saved", "home: failed, [bold]x[/bold] \x1b[31mred"), terminal=True)
    assert "[bold]x[/bold]" in screen
    assert "\x1b[31m" not in screen
