"""What an import says of a profile: its figures as they are known, or why there are none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from test_third_persons import link_to, page_of

from audit import stages
from audit.files import profile_folder
from audit.import_summary import ignored_lines, read_lines
from audit.reading import Readers, ReadingLimits
from audit.saved import Ignored
from audit.saved_page import page_of as saved_page
from audit.stages import Run

CHANNEL = "https://t.me/auroracaffe"
SHOWN = (
    '<html><head><meta property="og:title" content="Aurora"></head><body><div class="tgme_page_title">Aurora</div>'
    '<div class="tgme_page_extra">12 345 subscribers</div><div class="tgme_page_action">'
    '<a class="tgme_action_button_new" href="tg://resolve?domain=auroracaffe">View in Telegram</a></div>'
)
NOBODY = '<html><head><title>Telegram: Contact @auroracaffe</title><meta name="robots" content="noindex, nofollow">'


def told(folder: Path, body: str, *, damaged: bool = False) -> str:
    """The line of a channel of which this page is stored."""
    run, link = Run(folder, "aurora", date(2026, 11, 23)), link_to(CHANNEL)
    stages.store(run, link, replace(page_of(CHANNEL, body.encode()), status=200))
    if damaged:
        (profile_folder(run.evidence, link) / "profile.body").write_bytes(b"")
    with Readers(ReadingLimits(workers=1)) as readers:
        [line] = read_lines(run, [link, link], readers)
    return line


def test_what_is_ignored_for_one_reason_is_told_once_when_it_is_much() -> None:
    """Three pictures are named, hundreds are counted."""
    pictures = [saved(f"https://cdn.example/{number}.jpg", "holds no text (image/jpeg)") for number in range(1500)]
    posts = [saved(f"https://www.instagram.com/p/{number}/", "is no profile") for number in range(2)]

    assert [
        "ignored: https://cdn.example/0.jpg and 1,499 more: holds no text (image/jpeg)",
        "ignored: https://www.instagram.com/p/0/: is no profile",
        "ignored: https://www.instagram.com/p/1/: is no profile",
    ] == list(ignored_lines([*pictures, *posts]))


def saved(url: str, why: str) -> Ignored:
    """An answer that is of no use."""
    return Ignored(page=saved_page("x.har", url, 200, None, b"", datetime(2026, 11, 23, tzinfo=UTC)), why=why)


def test_a_profile_is_told_with_its_figures(tmp_path: Path) -> None:
    """One line, however many of its pages were taken."""
    assert "read: client, telegram auroracaffe: name, followers 12,345, not verified" == told(tmp_path, SHOWN)


def test_a_page_that_shows_nothing_says_so(tmp_path: Path) -> None:
    """With the state that the report will have."""
    assert told(tmp_path, NOBODY).startswith("read: client, telegram auroracaffe: nothing: missing, ")


def test_a_page_that_was_damaged_before_does_not_end_the_import(tmp_path: Path) -> None:
    """It is named, with what brings it back."""
    line = told(tmp_path, SHOWN, damaged=True)

    assert line.startswith("read: client, telegram auroracaffe: nothing: ")
    assert "profile.body is not what its digest in profile.json says; import or fetch the page again" in line
