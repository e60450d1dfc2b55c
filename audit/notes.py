"""The consultant's own words: Markdown files that go into the sections of a report they are named after."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from markdown import Markdown

from audit.errors import BuildError, UsageError
from audit.language import languages
from audit.sections import NAMES, ReportExtension, check_html

SECTIONS = tuple(name for name in NAMES if name != "evidence")  # the evidence stands on a page of its own


def load_notes(folder: Path | None, language: str, *, first: bool) -> dict[str, str]:
    """The notes by section: `<section>.<language>.md`; `<section>.md` is in the first language.

    Raises UsageError for a file that no section would take in, or whose text the site's build would refuse.
    """
    notes: dict[str, str] = {}
    for file in sorted(folder.glob("*.md")) if folder is not None else ():
        section, _, suffix = file.stem.partition(".")
        _check_name(file, section, suffix)
        if suffix == language or (first and not suffix):
            try:
                notes[section] = file.read_text("utf-8-sig")
            except UnicodeDecodeError as error:
                raise UsageError(f"{file} is not UTF-8: save the note as UTF-8") from error
            _check_text(file, notes[section])
    return notes


def _check_name(file: Path, section: str, suffix: str) -> None:
    if section not in SECTIONS:
        close = get_close_matches(section, SECTIONS, n=1)
        meant = f" Did you mean {close[0]}?" if close else ""
        raise UsageError(f"{file}: no section is named {section!r}.{meant} There are: {', '.join(SECTIONS)}")
    if suffix and suffix not in languages():
        there = ", ".join(languages())
        raise UsageError(f"{file}: no report is written in {suffix!r}; {section}.<language>.md with one of {there}")


def _check_text(file: Path, text: str) -> None:
    """Names file and line of what the build would refuse, before anything is written."""
    if _refusal(text, str(file)) is None:
        return
    lines = text.splitlines()
    for number in range(1, len(lines) + 1):
        refusal = _refusal("\n".join(lines[:number]), f"{file}:{number}")
        if refusal is not None:
            raise UsageError(f"{refusal}. A note holds text, lists, tables and links to https:// or mailto: only")


def _refusal(text: str, place: str) -> str | None:
    converter = Markdown(
        extensions=["markdown.extensions.tables", "markdown.extensions.attr_list", ReportExtension({})],
        output_format="html",
    )
    html = converter.convert(text)
    try:
        if html.strip():
            check_html(html, place)
    except BuildError as error:
        return str(error).removesuffix("; nothing was published")
    return None
