"""What an import says of a profile: its figures as they are known, or why there are none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from test_third_persons import link_to, page_of

from audit import stages
from audit.files import profile_folder
from audit.import_summary import read_lines
from audit.reading import Readers, ReadingLimits
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
