"""What reading a page costs: ours beside the bare parse, Beautiful Soup and two other extractors, in one run.

The pages are the profile pages and API answers of the corpus beside the repository, or else the tests' fixtures.
Each reader has a process of its own and reads every page once before it is measured. Above stands only what any
Python has: the other extractors may be installed in another one, which runs this file alone.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

READERS = ("bare parse", "read_page", "beautifulsoup", "socid-extractor", "extruct")
_ELSEWHERE = ("socid-extractor", "extruct")  # readers of others, which only the benchmark needs
_LONG_PAGE = "instagram/05"  # 1.2 MB


@dataclass(frozen=True)
class Saved:
    """One page to read: `file` is its body's file beside the list of pages."""

    name: str
    url: str
    status: int
    media_type: str
    file: str


def table(root: Path, runs: int, others: str = "") -> str:
    """Milliseconds a page of each reader, the middle values of `runs` readings.

    `others` is a Python in which the other extractors are installed, where that is not the running one.
    """
    from audit.summary import aligned

    with tempfile.TemporaryDirectory() as scratch:
        pages = _stored(_corpus_pages() or _fixture_pages(root), Path(scratch))
        names = [page.name for page in pages]
        size = sum((Path(scratch) / page.file).stat().st_size for page in pages)
        long_page = _index_of_long_page(pages, Path(scratch))
        figures = {reader: _figures(root, reader, scratch, runs, others) for reader in READERS}
    rows: list[tuple[str, ...]] = [("ms a page", "median", "of the bare parse", "total", names[long_page])]
    bare = median(figures["bare parse"] or [0])
    for reader, one in figures.items():
        if one is None:
            rows.append((reader, "not installed", "", "", ""))
            continue
        middle = median(one)
        rows.append((reader, f"{middle:.2f}", f"{middle / bare:.2f} x", f"{sum(one):.0f}", f"{one[long_page]:.2f}"))
    return f"{len(pages)} pages, {size / 1_000_000:.1f} MB\n{aligned(rows, right=(1, 2, 3, 4))}"


def _corpus_pages() -> list[tuple[str, str, int, bytes]]:
    """Name, address, status and body of the corpus's profile pages and API answers; [] where there is no corpus."""
    try:
        corpus = import_module("tests.test_corpus")  # which knows the index, and how answers are saved
    except ModuleNotFoundError as missing:
        from audit.errors import StageError

        raise StageError(f"{missing.name} is not installed; ./invoke test installs it") from missing
    pages = []
    for row in corpus.rows_of_the_index():
        if row.kind in corpus.SHOWN:
            body, status = corpus.answer_of(row)
            pages.append((row.file, row.address, status, body))
    return pages


def _fixture_pages(root: Path) -> list[tuple[str, str, int, bytes]]:
    """Name, address, status and body of the fixtures that show a profile."""
    pages = []
    for place in sorted((root / "tests" / "fixtures").glob("*/open*/*.body")):
        told = json.loads(place.with_suffix(".json").read_text("utf-8"))
        name = f"{place.parent.parent.name}/{place.parent.name}"
        pages.append((name, told["url"], told["status"], place.read_bytes()))
    return pages


def _stored(pages: list[tuple[str, str, int, bytes]], folder: Path) -> list[Saved]:
    """The pages as files below `folder`, with their list for the readers."""
    saved = []
    for number, (name, url, status, body) in enumerate(pages):
        file = f"{number}.body"
        (folder / file).write_bytes(body)
        media_type = "application/json" if _is_json(body) else "text/html"
        saved.append(Saved(name=name, url=url, status=status, media_type=media_type, file=file))
    (folder / "pages.json").write_text(json.dumps([asdict(page) for page in saved]), "utf-8")
    return saved


def _is_json(body: bytes) -> bool:
    try:
        json.loads(body)
    except ValueError:
        return False
    return True


def _index_of_long_page(pages: list[Saved], folder: Path) -> int:
    named = [index for index, page in enumerate(pages) if page.name.startswith(_LONG_PAGE)]
    sizes = [(folder / page.file).stat().st_size for page in pages]
    return named[0] if len(named) == 1 and sizes[named[0]] > 1_000_000 else sizes.index(max(sizes))


def _figures(root: Path, reader: str, scratch: str, runs: int, others: str) -> list[float] | None:
    """Milliseconds of each page; None where the library that the reader needs is not there."""
    from audit.errors import StageError

    begin = [others, "-I", __file__] if others and reader in _ELSEWHERE else [sys.executable, "-m", "audit.bench_read"]
    command = [*begin, reader, scratch, str(max(1, runs))]
    try:
        done = subprocess.run(command, cwd=root, check=False, capture_output=True, text=True)
    except OSError as error:
        raise StageError(f"{others} does not start: {error.strerror}; --others names a Python program") from error
    if done.returncode:
        raise StageError(f"the benchmark ended early: {(done.stderr.strip().splitlines() or ['no message'])[-1]}")
    figures: list[float] | None = json.loads(done.stdout.splitlines()[-1])
    return figures


def measure(reader: str, folder: Path, runs: int) -> list[float] | None:
    """Milliseconds of each page below `folder`, the middle value of `runs` readings after a first one."""
    try:
        read = _READ[reader]()
    except ImportError:
        return None
    pages = [(page, (folder / page.file).read_bytes()) for page in _listed(folder)]
    texts = [body.decode("utf-8", "replace") for _, body in pages]
    measured: list[list[float]] = [[] for _ in pages]
    for _ in range(runs + 1):
        for index, (page, body) in enumerate(pages):
            begun = time.perf_counter()
            read(page, body, texts[index])
            measured[index].append((time.perf_counter() - begun) * 1_000)
    return [median(times[1:]) for times in measured]


def _listed(folder: Path) -> Iterator[Saved]:
    for told in json.loads((folder / "pages.json").read_text("utf-8")):
        yield Saved(**told)


_Read = Callable[[Saved, bytes, str], object]


def _bare_parse() -> _Read:
    from lxml import html

    parser = html.HTMLParser(encoding="utf-8")

    def read(page: Saved, body: bytes, _text: str) -> object:
        return json.loads(body) if page.media_type == "application/json" else html.document_fromstring(body, parser)

    return read


def _read_page() -> _Read:
    from audit.platforms import read_page

    return lambda page, body, _text: read_page(page.url, body, status=page.status, media_type=page.media_type)


def _beautifulsoup() -> _Read:
    import warnings

    from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning

    warnings.filterwarnings("ignore", category=MarkupResemblesLocatorWarning)  # a JSON answer is no markup
    return lambda _page, _body, text: BeautifulSoup(text, "lxml")


def _socid_extractor() -> _Read:
    from socid_extractor import extract

    return lambda _page, _body, text: extract(text)


def _extruct() -> _Read:
    import extruct

    def read(page: Saved, _body: bytes, text: str) -> Any:
        return extruct.extract(text, base_url=page.url, errors="ignore")

    return read


_READ: dict[str, Callable[[], _Read]] = {
    "bare parse": _bare_parse,
    "read_page": _read_page,
    "beautifulsoup": _beautifulsoup,
    "socid-extractor": _socid_extractor,
    "extruct": _extruct,
}


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))))  # noqa: T201  # read by `table`
