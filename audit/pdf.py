"""The built printable edition → PDF (PDF/UA-1), by WeasyPrint in a limited child process.

The page holds text that came off the web, so the child may read the theme's files and nothing else, has limits on time
and memory, and its failure is ours to report, not to share. Equal input gives equal bytes and is not rendered again.
"""

from __future__ import annotations

import gc
import hashlib
import json
import logging
import subprocess
import sys
from collections.abc import Mapping
from html import escape
from importlib.metadata import version
from pathlib import Path
from tempfile import gettempdir
from typing import Any
from urllib.parse import unquote, urlsplit

from audit.errors import BuildError, FileTrouble, MissingLibrary, file_trouble

SECONDS = 120  # CPU seconds for all PDFs of a run; one takes about two
MEMORY = 2 * 1024**3  # bytes of address space
_LATIN = 0x24F  # the theme's fonts hold what comes before
_NO_LIBRARY = 3  # exit code of a child that cannot load Pango
_FILE_TROUBLE = 4  # and of one that cannot write or read a file: its last line says so in words


def render(pages: Mapping[Path, Path], *, site: Path, made: Path) -> list[Path]:
    """Makes the PDF (value) of each printable page (key); returns the PDFs, made now or still valid.

    `site` is the client's built site, below whose `theme` folder the page may read; `made` remembers what each
    PDF was made from. Raises MissingLibrary without Pango and BuildError when a page cannot be rendered.
    """
    from audit.files import to_json, write_text  # not needed by the child, whose start is a part of the cost

    theme = _theme_digest(site / "theme") + version("weasyprint").encode()
    known = _read(made)
    inputs = {pdf: hashlib.sha256(page.read_bytes() + theme).hexdigest() for page, pdf in pages.items()}
    stale = {page: pdf for page, pdf in pages.items() if not _valid(pdf, inputs[pdf], known)}
    if stale:
        _render_all(stale, site)
        known.update({pdf.name: {"from": inputs[pdf], "sha256": _sha256(pdf)} for pdf in stale.values()})
        write_text(made, to_json(known))
    return list(pages.values())


def _render_all(pages: Mapping[Path, Path], site: Path) -> None:
    arguments = [str(path.resolve()) for pair in pages.items() for path in pair]
    command = [sys.executable, "-m", "audit.pdf", str(site.resolve()), *arguments]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=2 * SECONDS, check=False, cwd=Path(__file__).parent.parent
        )
    except subprocess.TimeoutExpired as error:
        raise BuildError(f"the PDF took more than {2 * SECONDS} seconds and was stopped") from error
    if done.returncode == _NO_LIBRARY:
        from audit.doctor import PDF_PACKAGES, install_line

        raise MissingLibrary(f"the PDF needs Pango, which is not there. Once: {install_line(PDF_PACKAGES)}")
    last = (done.stderr.strip().splitlines() or ["no message"])[-1]
    if done.returncode == _FILE_TROUBLE:
        raise FileTrouble(last)
    if done.returncode:
        raise BuildError(f"the PDF could not be made (exit {done.returncode}): {last[:300]}")


def _theme_digest(theme: Path) -> bytes:
    digest = hashlib.sha256()
    for file in sorted(theme.rglob("*")):
        if file.is_file():
            digest.update(file.relative_to(theme).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.digest()


def _read(made: Path) -> dict[str, Any]:
    try:
        known = json.loads(made.read_bytes()) if made.exists() else {}
    except ValueError:
        return {}  # a damaged memory costs a rendering, nothing else
    return known if isinstance(known, dict) else {}


def _valid(pdf: Path, made_from: str, known: Mapping[str, Any]) -> bool:
    entry = known.get(pdf.name)
    return bool(entry and pdf.is_file() and entry.get("from") == made_from and entry.get("sha256") == _sha256(pdf))


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main(site: Path, pairs: list[Path]) -> int:
    """The child: renders page after page; the exit code says what went wrong."""
    _limit()
    gc.disable()  # the process ends with its work: looking for cycles cost a fifth of its time (3.1 s against 2.5 s)
    try:
        import weasyprint  # noqa: F401
    except OSError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return _NO_LIBRARY
    try:
        _print(site, pairs)
    except FileNotFoundError:
        raise  # a site that is not whole is no trouble of the disk
    except OSError as error:
        place = f"{pairs[1]} or its temporary files in {gettempdir()}"
        print(file_trouble(error, place), file=sys.stderr)  # noqa: T201
        return _FILE_TROUBLE
    return 0


def _print(site: Path, pairs: list[Path]) -> None:
    """Pages and PDFs in turn."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    theme = (site / "theme").resolve()
    style = theme / "css" / "print.css"

    class ThemeOnly(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        """Reads the theme's own files and nothing else: no network, no other file, no data of others."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            parts = urlsplit(url)
            path = Path(unquote(parts.path)).resolve()
            if path == style:  # read once for all pages, below: unpacking its fonts costs as much as a page
                return URLFetcherResponse(url, b"", {"Content-Type": "text/css"})
            if parts.scheme == "data" or (parts.scheme == "file" and path.is_relative_to(theme)):
                return super().fetch(url, headers)
            raise ValueError(f"not part of the report: {url[:100]}")

    fonts = FontConfiguration()
    sheet = CSS(string=style.read_text("utf-8"), base_url=style.as_uri(), url_fetcher=ThemeOnly(), font_config=fonts)
    unprintable = _Unprintable()
    logging.getLogger("weasyprint").addHandler(unprintable)

    def write(html: str, base: Path, target: Path) -> None:
        document = HTML(string=html, base_url=base.as_uri(), url_fetcher=ThemeOnly())
        document.write_pdf(str(target), stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1")

    for page, pdf in zip(pairs[::2], pairs[1::2], strict=True):
        temporary = pdf.with_name(f".{pdf.name}.partial")
        text, known = page.read_text("utf-8"), -1
        write(_sample(text), page, temporary)  # a line is rendered in no time; the report need not be done twice
        while known < len(unprintable.characters):
            known = len(unprintable.characters)
            write(text.translate(unprintable.characters), page, temporary)
        temporary.replace(pdf)


def _sample(text: str) -> str:
    """A page with each rare character of `text` once: what no font has shows there first."""
    rare = "".join(sorted({character for character in text if ord(character) > _LATIN}))
    return f'<html lang="en"><title>Characters</title><p>{escape(rare)}</p></html>'


class _Unprintable(logging.Handler):
    """Hears from WeasyPrint which characters no font of this machine has. They are printed as "?": an empty box
    that a screen reader cannot name would break the document's promise."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.characters: dict[int, str] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps the code point of each missing character."""
        if str(record.msg).startswith(".notdef") and isinstance(record.args, tuple):
            self.characters[ord(str(record.args[0]))] = "?"


def _limit() -> None:
    try:
        import resource
    except ImportError:
        return  # no such limits on this system; the parent's time limit remains
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), [Path(argument) for argument in sys.argv[2:]]))
