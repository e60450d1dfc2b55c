"""A CSV of figures that a person looked up: `platform,url,metric,value,precision,observed_on,observer,evidence_file`.

`url`, `metric`, `value` and `observed_on` are needed. The figures of one profile and day become one declared page,
which `platforms._declared` reads where no better source shows the metric.
"""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, date, datetime, time

from audit.models import Count, Source
from audit.parse.counts import exact_count, parse_count
from audit.platforms import platform_of
from audit.platforms._declared import METRICS, ROLE
from audit.saved_page import MAX_NAMED, Reading, SavedPage, refusal, web_address
from audit.wording import counted

MAX_BYTES = 20_000_000
MAX_ROWS = 50_000
COLUMNS = ("platform", "url", "metric", "value", "precision", "observed_on", "observer", "evidence_file")
_NEEDED = ("url", "metric", "value", "observed_on")
_HEADER = f"the first line names the columns: {','.join(COLUMNS)}"
_MAX_NOTES = 20
_EARLIEST = date(2000, 1, 1)


class _Unusable(ValueError):
    """A row that cannot be taken; the message says why and what to write."""


def is_figures(name: str) -> bool:
    """Whether a file is a table, by its name."""
    return name.lower().endswith((".csv", ".tsv"))


def read_figures(name: str, data: bytes, *, latest: date) -> Reading:
    """The figures by profile and day. A row that cannot be taken is named with its line; `latest` is the last day on
    which a figure may have been seen. Raises ImportFileError when no row can."""
    if len(data) > MAX_BYTES:
        raise refusal(name, f"is a table of more than {MAX_BYTES // 1_000_000} MB", "divide it")
    text, notes = _decoded(data)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    figures: dict[tuple[str, date], list[dict[str, object]]] = {}
    wrong: list[str] = []
    try:
        columns = [cell.strip().casefold() for cell in next(rows, [])]
        missing = [column for column in _NEEDED if column not in columns]
        if missing:
            raise refusal(name, f"is a table without the columns {', '.join(missing)}", _HEADER)
        for number, row in enumerate(rows, 1):
            if number > MAX_ROWS:
                notes.append(f"it has more than {MAX_ROWS:,} rows: the first were read")
                break
            if not any(cell.strip() for cell in row):
                continue
            cells = dict(zip(columns, (cell.strip() for cell in row), strict=False))
            try:
                place, figure = _figure(cells, rows.line_num, latest)
                figures.setdefault(place, []).append(figure)
            except _Unusable as error:
                wrong.append(f"line {rows.line_num}: {error}")
    except csv.Error as error:
        wrong.append(f"line {rows.line_num}: the table is broken from here on ({error}); export it again as CSV")
    notes += wrong[:_MAX_NOTES]
    if len(wrong) > _MAX_NOTES:
        notes.append(f"{counted(len(wrong) - _MAX_NOTES, 'more row', 'more rows')} cannot be taken")
    if not figures:
        raise refusal(name, f"holds no figure that can be taken ({notes[0] if notes else 'no rows'})", _HEADER)
    pages = [_page(name, url, day, found) for (url, day), found in figures.items()]
    return Reading(kind="table of figures", pages=pages, notes=tuple(notes))


def _figure(cells: dict[str, str], line: int, latest: date) -> tuple[tuple[str, date], dict[str, object]]:
    """Profile address and day of a row, and its figure as it is stored."""
    url = _profile(cells)
    metric = cells.get("metric", "").casefold()
    if metric not in METRICS:
        raise _Unusable(f"{metric[:MAX_NAMED]!r} is no metric; write one of {', '.join(METRICS)}")
    count = _with_precision(_count(cells.get("value", "")), cells.get("precision", ""))
    figure: dict[str, object] = {"metric": metric, "value": count.value, "low": count.low, "high": count.high}
    said = {
        key: cells[key][:MAX_NAMED] for key in ("value", "precision", "observer", "evidence_file") if cells.get(key)
    }
    return (url, _day(cells.get("observed_on", ""), latest)), {**figure, "line": line, "row": said}


def _profile(cells: dict[str, str]) -> str:
    written, wanted = cells.get("url", ""), cells.get("platform", "").casefold()
    address = web_address(written)
    if address is None:
        raise _Unusable(f"{written[:MAX_NAMED]!r} is no web address; write the profile's: https://…")
    platform = platform_of(address, declared=True)
    if platform.name == "website" or platform.link(address) is None:
        raise _Unusable(f"{address[:MAX_NAMED]} is no profile of a platform; write the address of the profile")
    if wanted not in ("", platform.name, platform.title.casefold()):
        raise _Unusable(f"{address[:MAX_NAMED]} is of {platform.title}, not of {wanted[:40]!r}; correct one of them")
    return address


def _count(text: str) -> Count:
    """The number as written in digits or as platforms print it; what two languages read differently is none."""
    exact = exact_count(text)
    if exact is not None:
        return exact
    counts = [count for count in (parse_count(text, locale) for locale in ("it", "en")) if count is not None]
    if not counts or any((one.low, one.high) != (counts[0].low, counts[0].high) for one in counts):
        raise _Unusable(f"{text[:MAX_NAMED]!r} is no count; write it in digits: 12300")
    return counts[0]


def _with_precision(count: Count, precision: str) -> Count:
    """The count with the interval that the column gives: exact, rounded (its zeros are), or to how many (100)."""
    word = precision.casefold()
    if word in ("", "exact"):
        return count
    zeros = len(str(count.value)) - len(str(count.value).rstrip("0"))
    if word == "rounded":
        step = 10**zeros if count.value else 1
    elif re.fullmatch(r"[1-9]\d{0,11}", word, re.ASCII):
        step = int(word)
    else:
        raise _Unusable(f"{precision[:40]!r} is no precision; write exact, rounded, or to how many (100)")
    low, high = max(0, count.value - step // 2), count.value + (step - 1) // 2
    return Count(value=count.value, low=min(low, count.low), high=max(high, count.high), raw=count.raw)


def _day(text: str, latest: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise _Unusable(f"{text[:40]!r} is no day; write observed_on as {latest.isoformat()}") from None
    if not _EARLIEST <= day <= latest:
        raise _Unusable(f"{day} is not a day before or on {latest}, the day of the audit; correct observed_on")
    return day


def _page(name: str, url: str, day: date, figures: list[dict[str, object]]) -> SavedPage:
    content = {"url": url, "observed_on": day.isoformat(), "file": name[:MAX_NAMED], "figures": figures}
    return SavedPage(
        file=name,
        url=url,
        final_url=url,
        status=None,
        media_type="application/json",
        body=json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8", "replace"),
        fetched_at=datetime.combine(day, time(), UTC),
        source=Source.DECLARED,
        role=f"{ROLE}-{day.isoformat()}",
    )


def _decoded(data: bytes) -> tuple[str, list[str]]:
    """The text, and what to say of its encoding: spreadsheets write UTF-8, UTF-16 or the system's own."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), []
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), ["it is not UTF-8 and was read as Windows-1252"]


def _delimiter(text: str) -> str:
    """Comma, or the semicolon or tab that spreadsheets write; by the first line."""
    first = text[:2_000].partition("\n")[0]
    return max(",;\t", key=first.count)
