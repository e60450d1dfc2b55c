"""Finds and reads the files that a person names: single ones, and folders of pages saved with all they show."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from audit.saved import read_file
from audit.saved_figures import is_figures, read_figures
from audit.saved_har import is_har, read_har
from audit.saved_page import Reading, refusal
from audit.saved_warc import is_archive, read_archive

MAX_FILES = 500  # of one folder
_ENDINGS = frozenset(
    {".html", ".htm", ".xhtml", ".mhtml", ".mht", ".har", ".json", ".warc", ".gz", ".wacz", ".csv", ".tsv"}
)


def files_of(name: str) -> list[Path]:
    """The files that a name stands for: itself; of a folder the saved pages in it.

    A browser keeps the pictures and scripts of `Aurora.html` in `Aurora_files` (`Aurora-Dateien` …) beside it: such
    a folder stands for that page, and in a folder of pages it is passed over. Raises ImportFileError.
    """
    path = Path(name)
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise refusal(name, "is no file", "check the path")
    page = _page_of_resources(path)
    if page is not None:
        return [page]
    found = sorted(child for child in path.iterdir() if child.suffix.lower() in _ENDINGS and child.is_file())
    if not found:
        raise refusal(name, "is a folder without a saved page", "name the .html file that was saved with it")
    if len(found) > MAX_FILES:
        raise refusal(name, f"is a folder of more than {MAX_FILES} pages", "name the files one by one")
    return found


def read_path(path: Path, *, url: str | None, latest: date) -> Reading:
    """What one file holds, as `saved.read_file` says; its own time stands for pages that tell none. `latest` is the day
    of the audit: figures of a later one are not taken."""
    saved_at = datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
    with path.open("rb") as source:
        beginning = source.read(4_000)
        source.seek(0)
        if is_archive(beginning):
            return read_archive(str(path), source, saved_at=saved_at)
        if beginning.strip() and is_har(str(path), beginning):
            return read_har(str(path), source, saved_at=saved_at)
    if is_figures(path.name):
        return read_figures(str(path), path.read_bytes(), latest=latest)
    return read_file(str(path), path.read_bytes(), url=url, saved_at=saved_at)


def _page_of_resources(folder: Path) -> Path | None:
    """The page whose pictures and scripts a folder holds; None for any other folder."""
    beside = [child for child in folder.resolve().parent.iterdir() if child.suffix.lower() in (".html", ".htm")]
    name = folder.resolve().name
    pages = [page for page in beside if name[: len(page.stem) + 1] in (f"{page.stem}_", f"{page.stem}-")]
    return max(pages, key=lambda page: len(page.stem), default=None)
