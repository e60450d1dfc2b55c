"""Audit → SVG, pure: the charts of a report as static inline drawings.

A chart is drawn for three widths (wide and narrow screen, print) that a page shows one at a time. Page CSS does not
reach inside an inline SVG when the PDF is made, so every colour and size is a literal attribute; each drawing carries a
`<title>` with its finding and its numbers in words. What was not seen is hatched: never 0, never blank.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from html import escape
from itertools import pairwise
from typing import Literal, TypeVar

from babel.dates import format_date

from audit.errors import BuildError
from audit.font_metrics import text_width
from audit.language import Language, round_half_up
from audit.models import Audit, CalendarRow, PillarScore
from audit.parse.text import clean

FONT = "'Source Sans 3', sans-serif"


class Width(StrEnum):
    """The drawings of a chart; the value is the class that the style sheets show or hide."""

    WIDE = "w"
    NARROW = "n"
    PRINT = "p"


@dataclass(frozen=True, slots=True, kw_only=True)
class Titles:
    """What pillars and platforms are called in the report's language, by id."""

    pillars: Mapping[str, str]
    platforms: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of the charts, as hex: all of them hold without colour, too (position, number, hatch)."""

    ink: str = "#1B1F24"
    ink_2: str = "#4A5560"
    ink_3: str = "#667380"
    white: str = "#FFFFFF"
    axis: str = "#7A8691"
    accent: str = "#12436D"
    track: str = "#EDF0F3"
    bounds: str = "#8FC0EB"
    bound_line: str = "#2073BC"
    bands: tuple[str, str, str, str] = ("#D9DEE4", "#E6EAEE", "#F1F3F5", "#F8F9FA")
    tints: tuple[str, str, str, str] = ("#C9DFF4", "#8FC0EB", "#2073BC", "#12436D")
    on_tints: tuple[str, str, str, str] = ("#1B1F24", "#1B1F24", "#FFFFFF", "#FFFFFF")
    empty: str = "#C3CAD2"
    pane: str = "#C9D1D9"
    hatch: str = "#B4BCC5"
    hatch_edge: str = "#9AA4AE"


PALETTE = Palette()

_BANDS = (("to_build", "to build"), ("developing", "developing"), ("solid", "solid"), ("leading", "leading"))
_LIMITS = (0, 40, 60, 80, 100)
_BAND_ENDS = tuple(pairwise(_LIMITS))
_TEXT = {Width.WIDE: 13.5, Width.NARROW: 13.0, Width.PRINT: 11.4}
_ROOM = {Width.WIDE: 736.0, Width.NARROW: 358.0, Width.PRINT: 658.0}
_STRIP_ROOM = {**_ROOM, Width.WIDE: 1120.0}
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_Anchor = Literal["start", "middle", "end"]
_Attributes = Mapping[str, str | float]
_Entry = TypeVar("_Entry")


def draw(name: str, audit: Audit, language: Language, titles: Titles, width: Width, *, chart_id: str) -> str:
    """One `<svg>` of the chart `name`. `chart_id` (a letter, then letters, digits, - and _) and `width` make its
    ids; BuildError for a name that is none of CHARTS."""
    if not _ID.fullmatch(chart_id):
        raise BuildError(f"{chart_id!r} cannot be a chart's id: a letter, then letters, digits, - and _")
    sheet = _Sheet(
        audit=audit,
        say=_Words(language, titles),
        kind=width,
        text=_TEXT[width],
        room=(_STRIP_ROOM if name == "score-strip" else _ROOM)[width],
        prefix=f"{chart_id}-{width.value}",
    )
    _known(name, CHARTS)(sheet)
    return sheet.svg(title(name, audit, language, titles))


def title(name: str, audit: Audit, language: Language, titles: Titles) -> str:
    """The finding of the chart `name` with its numbers in words, as plain text."""
    return clean(_known(name, _FINDINGS)(audit, _Words(language, titles)))


def _known(name: str, charts: Mapping[str, _Entry]) -> _Entry:
    if name not in charts:
        raise BuildError(f"no chart {name!r}; there are {', '.join(charts)}")
    return charts[name]


# ---------------------------------------------------------------------------------------------- the sheet


@dataclass(frozen=True, slots=True)
class _Words:
    """Names and numbers in the report's language."""

    language: Language
    titles: Titles

    def text(self, message: str, /, **values: object) -> str:
        return self.language.text(message, **values)

    def number(self, value: float) -> str:
        return self.language.number(value)

    def pillar(self, name: str) -> str:
        return clean(self.titles.pillars.get(name) or name)

    def platform(self, name: str) -> str:
        own = clean(self.titles.platforms.get(name) or name)
        return self.language.text(own) if own else name


@dataclass(slots=True, kw_only=True)
class _Sheet:
    """What is being drawn. Lengths are px; `text` is the size of normal text, `room` the drawing's width."""

    audit: Audit
    say: _Words
    kind: Width
    text: float
    room: float
    prefix: str
    height: float = 0.0
    hatched: bool = False
    parts: list[str] = field(default_factory=list)

    def rect(
        self, x: float, y: float, width: float, height: float, fill: str, stroke: str = "", edge: float = 1
    ) -> None:
        """A rectangle; a stroke is drawn inside it, so that its outer size is the one asked for."""
        inset = edge / 2 if stroke else 0.0
        box: dict[str, str | float] = {
            "x": x + inset,
            "y": y + inset,
            "width": max(0.0, width - 2 * inset),
            "height": max(0.0, height - 2 * inset),
            "fill": fill,
        }
        if stroke:
            box |= {"stroke": stroke, "stroke-width": edge}
        self.parts.append(_element("rect", box))

    def hatch(self, x: float, y: float, width: float, height: float, stroke: str = PALETTE.hatch_edge) -> None:
        """A rectangle that stands for what was not seen."""
        self.hatched = True
        self.rect(x, y, width, height, f"url(#{self.prefix}-hatch)", stroke)

    def line(self, x1: float, y1: float, x2: float, y2: float, stroke: str, width: float) -> None:
        """A straight line."""
        ends: _Attributes = {"x1": x1, "y1": y1, "x2": x2, "y2": y2, "stroke": stroke, "stroke-width": width}
        self.parts.append(_element("line", ends))

    def word(
        self, x: float, y: float, text: str, size: float, fill: str, weight: int = 400, anchor: _Anchor = "start"
    ) -> None:
        """Text on the base line `y`, from, around or up to `x`."""
        attributes: dict[str, str | float] = {"x": x, "y": y, "font-size": size}
        if weight != 400:
            attributes["font-weight"] = weight
        attributes["fill"] = fill
        if anchor != "start":
            attributes["text-anchor"] = anchor
        self.parts.append(_element("text", attributes, text))

    def svg(self, finding: str) -> str:
        """The whole drawing under the title `finding`."""
        frame: dict[str, str | float] = {
            "class": self.kind.value,
            "xmlns": "http://www.w3.org/2000/svg",
            "width": self.room,
            "height": self.height,
            "viewBox": f"0 0 {_px(self.room)} {_px(self.height)}",
            "role": "img",
            "aria-labelledby": f"{self.prefix}-title",
            "font-family": FONT,
        }
        heading = _element("title", {"id": f"{self.prefix}-title"}, finding)
        pattern = _hatching(f"{self.prefix}-hatch") if self.hatched else ""
        return f"<svg{_attributes(frame)}>{heading}{pattern}{''.join(self.parts)}</svg>"


def _hatching(name: str) -> str:
    ground = _element("rect", {"width": 6, "height": 6, "fill": PALETTE.white})
    stripe = _element("line", {"x1": 0, "y1": 0, "x2": 0, "y2": 6, "stroke": PALETTE.hatch, "stroke-width": 2})
    size: _Attributes = {"id": name, "width": 6, "height": 6}
    turned: _Attributes = {"patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    return f"<defs><pattern{_attributes(size)}{_attributes(turned)}>{ground}{stripe}</pattern></defs>"


def _element(name: str, attributes: _Attributes, text: str | None = None) -> str:
    opening = f"<{name}{_attributes(attributes)}"
    return f"{opening}/>" if text is None else f"{opening}>{_escaped(text)}</{name}>"


def _attributes(values: _Attributes) -> str:
    return "".join(
        f' {key}="{_escaped(value) if isinstance(value, str) else _px(value)}"' for key, value in values.items()
    )


def _escaped(text: str) -> str:
    """The one place where text becomes SVG: characters that XML cannot hold are dropped, the rest is escaped."""
    return escape(_NOT_XML.sub("", text), quote=True).replace("&#x27;", "'")


def _px(value: float) -> str:
    """A length to a tenth of a pixel, without a needless zero or a minus before it."""
    tenths = round_half_up(value, 1) or 0.0
    return f"{tenths:.1f}".removesuffix(".0")


# ------------------------------------------------------------------------------------------- measured text


def _fitting(text: str, size: float, room: float, weight: int = 400) -> float:
    """`size`, or less where `text` would run wider than `room`."""
    width = text_width(text, size, weight)
    return size if width <= room else size * room / width


def _lines(text: str, size: float, room: float, weight: int) -> list[str]:
    """`text` broken between words, and inside a word that is wider than `room`; never cut."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if text_width(longer, size, weight) <= room:
            lines[-1] = longer
        else:
            lines.extend(_pieces(word, size, room, weight))
    return [line for line in lines if line]


def _pieces(word: str, size: float, room: float, weight: int) -> list[str]:
    pieces = [""]
    for character in word:
        if pieces[-1] and text_width(pieces[-1] + character, size, weight) > room:
            pieces.append("")
        pieces[-1] += character
    return pieces


@dataclass(frozen=True, slots=True, kw_only=True)
class _Label:
    """A text that would like to start at `left` and belongs to the place `at` on the axis."""

    at: float
    left: float
    width: float


def _apart(labels: Sequence[_Label], pivot: int, room: float, gap: float) -> list[float]:
    """Where labels start so that none touches another and all stay in 0..room: those beside `pivot` give way."""
    order = sorted(range(len(labels)), key=lambda index: (labels[index].at, index))
    middle = order.index(pivot)
    left = [labels[index].left for index in order]
    width = [labels[index].width for index in order]
    left[middle] = min(max(left[middle], 0.0), room - width[middle])
    for index in range(middle - 1, -1, -1):
        left[index] = min(left[index], left[index + 1] - gap - width[index])
    for index in range(middle + 1, len(left)):
        left[index] = max(left[index], left[index - 1] + width[index - 1] + gap)
    floor = 0.0
    for index in range(len(left)):
        left[index] = max(left[index], floor)
        floor = left[index] + width[index] + gap
    ceiling = room
    for index in range(len(left) - 1, -1, -1):
        left[index] = min(left[index], ceiling - width[index])
        ceiling = left[index] - gap
    return [left[order.index(index)] for index in range(len(labels))]


# -------------------------------------------------------------------------------------------------- the key

_Mark = Callable[[_Sheet, float, float], None]  # draws itself at x, around the height y
_MARK_GAP = 7.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _KeyItem:
    """A mark of the chart and what it means; `width` is the mark's."""

    mark: _Mark
    width: float
    text: str


def _key(sheet: _Sheet, items: Iterable[_KeyItem], start: float, top: float) -> float:
    """Draws the key in as many rows as it needs; returns where it ends."""
    size, row = sheet.text * 0.94, sheet.text * 1.65
    x, y = start, top + 6
    for item in items:
        room = sheet.room - start - item.width - _MARK_GAP
        fitted = _fitting(item.text, size, room)
        width = item.width + _MARK_GAP + text_width(item.text, fitted)
        if x > start and x + width > sheet.room:
            x, y = start, y + row
        item.mark(sheet, x, y)
        sheet.word(x + item.width + _MARK_GAP, y + size * 0.35, item.text, fitted, PALETTE.ink_2)
        x += width + sheet.text * 1.7
    return y + 12


def _filled(colour: str, width: float, height: float) -> _Mark:
    return lambda sheet, x, y: sheet.rect(x, y - height / 2, width, height, colour)


def _mark_empty(sheet: _Sheet, x: float, y: float) -> None:
    sheet.rect(x, y - 6.5, 15, 13, PALETTE.white, PALETTE.empty)


def _mark_hatch(sheet: _Sheet, x: float, y: float) -> None:
    sheet.hatch(x, y - 6.5, 23, 13)


def _mark_score(sheet: _Sheet, x: float, y: float) -> None:
    sheet.line(x + 2, y - 7, x + 2, y + 7, PALETTE.accent, 3.6)


def _mark_whisker(sheet: _Sheet, x: float, y: float) -> None:
    _whisker(sheet, x, x + 24, y)


# -------------------------------------------------------------------------------------------- C1 score strip

_STRIP_MARGIN = 8.0
_TRACK_HEIGHT = 26.0
_REMARK_GAP = 6.0


def _score_strip(sheet: _Sheet) -> None:
    """The overall score on the whole axis from 0 to 100, between its bounds."""
    overall = sheet.audit.overall
    score = overall.score if overall.published else None
    top = sheet.text * 2.5
    _track(sheet, top)
    if score is None or _wide(overall.low, overall.high):
        _strip_bounds(sheet, top, hatched=score is None)
    _strip_numerals(sheet, top, score)
    if score is not None:
        x = _along(sheet, score)
        sheet.line(x, top - 4, x, top + _TRACK_HEIGHT + 4, PALETTE.white, 7)
        sheet.line(x, top - 4, x, top + _TRACK_HEIGHT + 4, PALETTE.accent, 3.6)
    bottom = _strip_axis(sheet, top + _TRACK_HEIGHT + sheet.text * 1.25)
    items = _strip_key(sheet, score)
    sheet.height = _key(sheet, items, _STRIP_MARGIN, bottom + sheet.text * 1.55) + 6 if items else bottom + 8


def _along(sheet: _Sheet, value: float) -> float:
    """The x of a value of 0..100 on the strip."""
    return _STRIP_MARGIN + _within(value) / 100 * (sheet.room - 2 * _STRIP_MARGIN)


def _within(value: float) -> float:
    return min(100.0, max(0.0, value))


def _wide(low: float, high: float) -> bool:
    """Whether bounds print as two different numbers."""
    return round_half_up(low) != round_half_up(high)


def _track(sheet: _Sheet, top: float) -> None:
    for low, high in _BAND_ENDS:
        gap = 0.0 if high == 100 else 1.5
        x = _along(sheet, low)
        sheet.rect(x, top, _along(sheet, high) - x - gap, _TRACK_HEIGHT, PALETTE.track)


def _strip_bounds(sheet: _Sheet, top: float, *, hatched: bool) -> None:
    low, high = _along(sheet, sheet.audit.overall.low), _along(sheet, sheet.audit.overall.high)
    if hatched:
        sheet.hatch(min(low, sheet.room - _STRIP_MARGIN - 2), top, max(2.0, high - low), _TRACK_HEIGHT)
    else:
        sheet.rect(low, top, high - low, _TRACK_HEIGHT, PALETTE.bounds)


def _strip_numerals(sheet: _Sheet, top: float, score: float | None) -> None:
    """The score above its line, the bounds' numbers outside their lines; at the ends these give way to the score."""
    overall = sheet.audit.overall
    numeral = _score_numeral(sheet, score)
    if score is not None and not _wide(overall.low, overall.high):
        labels, pivot = [numeral.label], 0
    else:
        low, high = _bound_labels(sheet)
        labels, pivot = [low, numeral.label, high], 1
    places = _apart(labels, pivot, sheet.room, 5.0)
    spans = [(x, x + label.width) for x, label in zip(places, labels, strict=True)]
    _draw_score_numeral(sheet, numeral, spans[pivot][0])
    if pivot:
        _draw_bound(sheet, top, overall.low, spans[0][1], "end", spans)
        _draw_bound(sheet, top, overall.high, spans[2][0], "start", spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Numeral:
    """The large number, or a dash with the words that say why; `tall` is the number's own width."""

    text: str
    tall: float
    remark: str
    remark_size: float
    label: _Label


def _score_numeral(sheet: _Sheet, score: float | None) -> _Numeral:
    overall = sheet.audit.overall
    text = "–" if score is None else sheet.say.number(score)
    at = (_along(sheet, overall.low) + _along(sheet, overall.high)) / 2 if score is None else _along(sheet, score)
    tall = text_width(text, sheet.text * 1.7, 700)
    remark = sheet.say.text("not enough data") if score is None else ""
    size = _fitting(remark, sheet.text, sheet.room / 2)
    whole = tall + (_REMARK_GAP + text_width(remark, size) if remark else 0)
    label = _Label(at=at, left=at - whole / 2, width=whole)
    return _Numeral(text=text, tall=tall, remark=remark, remark_size=size, label=label)


def _draw_score_numeral(sheet: _Sheet, numeral: _Numeral, left: float) -> None:
    base = sheet.text * 1.75
    sheet.word(left + numeral.tall / 2, base, numeral.text, sheet.text * 1.7, PALETTE.accent, 700, "middle")
    if numeral.remark:
        sheet.word(left + numeral.tall + _REMARK_GAP, base, numeral.remark, numeral.remark_size, PALETTE.ink_2)


def _bound_labels(sheet: _Sheet) -> tuple[_Label, _Label]:
    overall = sheet.audit.overall
    low, high = _along(sheet, overall.low), _along(sheet, overall.high)
    low_width = text_width(sheet.say.number(overall.low), sheet.text)
    high_width = text_width(sheet.say.number(overall.high), sheet.text)
    return (
        _Label(at=low, left=low - 5 - low_width, width=low_width),
        _Label(at=high, left=high + 5, width=high_width),
    )


def _draw_bound(
    sheet: _Sheet, top: float, value: float, place: float, anchor: _Anchor, spans: Sequence[tuple[float, float]]
) -> None:
    """A bound's line and number; the line stays short where it would run through a number."""
    x = _along(sheet, value)
    covered = any(left - 2 < x < right + 2 for left, right in spans)
    sheet.line(x, top - 3 if covered else sheet.text * 1.55, x, top + _TRACK_HEIGHT, PALETTE.bound_line, 1.2)
    sheet.word(place, sheet.text * 1.95, sheet.say.number(value), sheet.text, PALETTE.ink_2, anchor=anchor)


def _strip_axis(sheet: _Sheet, y: float) -> float:
    """Numbers under the track, the bands' words between them or, where they do not fit, below; returns the last
    base line."""
    size = sheet.text * 0.94
    for limit in _LIMITS:
        anchor: _Anchor = "start" if limit == 0 else "end" if limit == 100 else "middle"
        sheet.word(_along(sheet, limit), y, str(limit), size, PALETTE.ink_2, anchor=anchor)
    words = [sheet.say.text(message) for _, message in _BANDS]
    rooms = [_along(sheet, high) - _along(sheet, low) for low, high in _BAND_ENDS]
    numeral = text_width("100", size) + 10
    beside = all(text_width(word, size, 600) + numeral <= room for word, room in zip(words, rooms, strict=True))
    base = y if beside else y + sheet.text * 1.25
    for index, ((band, _), word, room) in enumerate(zip(_BANDS, words, rooms, strict=True)):
        own = band == sheet.audit.overall.band
        x, anchor = _band_place(sheet, index, ends=not beside)
        fitted = _fitting(word, size if beside else sheet.text * 0.9, room - 4, 600)
        colour = PALETTE.ink if own else PALETTE.ink_3
        sheet.word(x, base, word, fitted, colour, 600 if own else 400, anchor)
    return base


def _band_place(sheet: _Sheet, index: int, *, ends: bool) -> tuple[float, _Anchor]:
    """Where a band's word stands: in the band's middle, or, with `ends`, the outer ones at the strip's ends."""
    if ends and index == 0:
        return _STRIP_MARGIN, "start"
    if ends and index == len(_BANDS) - 1:
        return sheet.room - _STRIP_MARGIN, "end"
    return (_along(sheet, _LIMITS[index]) + _along(sheet, _LIMITS[index + 1])) / 2, "middle"


def _strip_key(sheet: _Sheet, score: float | None) -> list[_KeyItem]:
    overall = sheet.audit.overall
    limits = sheet.say.text("bounds, if what was not seen were worth 0 or 100")
    if score is None:
        return [_KeyItem(mark=_mark_hatch, width=23, text=limits)]
    if not _wide(overall.low, overall.high):
        return []
    return [
        _KeyItem(mark=_mark_score, width=4, text=sheet.say.text("score")),
        _KeyItem(mark=_filled(PALETTE.bounds, 22, 12), width=22, text=limits),
    ]


def _score_strip_finding(audit: Audit, say: _Words) -> str:
    overall = audit.overall
    bounds = say.text("Bounds from {low} to {high}.", low=say.number(overall.low), high=say.number(overall.high))
    if overall.score is None or not overall.published:
        return f"{say.text('Not enough data for a score.')} {bounds}"
    score = say.number(overall.score)
    band = next((message for name, message in _BANDS if name == overall.band), None)
    if band is None:
        finding = say.text("Score {score} of 100.", score=score)
    else:
        finding = say.text("Score {score} of 100, {band}.", score=score, band=say.text(band))
    return f"{finding} {bounds}" if _wide(overall.low, overall.high) else finding


# ------------------------------------------------------------------------------------------------ C2 bullets


@dataclass(frozen=True, slots=True, kw_only=True)
class _BulletGrid:
    """`left` and `right` are the axis' ends, `row` the least height of a row, `band` the height of its bands, `above`
    the room over them when the title stands there (else None: it stands beside)."""

    left: float
    right: float
    row: float
    band: float
    above: float | None
    numeral: float


_BULLET_GRIDS = {
    Width.WIDE: _BulletGrid(left=174, right=692, row=50, band=26, above=None, numeral=1.35),
    Width.NARROW: _BulletGrid(left=0, right=358, row=64, band=22, above=22.8, numeral=1.2),
    Width.PRINT: _BulletGrid(left=138, right=614, row=40, band=19, above=None, numeral=1.35),
}
_WHISKER_DROP = 4.5
_LINE = 1.14  # line height of a title's lines, in text sizes


def _bullets(sheet: _Sheet) -> None:
    """The pillars in the method's order: score as a bar over the bands, bounds as a whisker under it."""
    grid = _BULLET_GRIDS[sheet.kind]
    y = bands_end = _band_words(sheet, grid) if grid.above is None else 0.0
    for pillar in sheet.audit.pillars:
        y, bands_end = _bullet(sheet, grid, pillar, y)
    axis = bands_end + 17.6
    _bullet_axis(sheet, grid, axis)
    items = _bullet_key(sheet)
    bottom = axis + sheet.text * 1.35
    sheet.height = _key(sheet, items, grid.left, bottom + sheet.text * 1.1) + 4 if items else bottom + 8


def _on_bullet(grid: _BulletGrid, value: float) -> float:
    return grid.left + _within(value) / 100 * (grid.right - grid.left)


def _band_words(sheet: _Sheet, grid: _BulletGrid) -> float:
    for (_, message), low, high in zip(_BANDS, _LIMITS, _LIMITS[1:], strict=False):
        left, right = _on_bullet(grid, low), _on_bullet(grid, high)
        word = sheet.say.text(message)
        fitted = _fitting(word, sheet.text * 0.9, right - left - 4)
        sheet.word((left + right) / 2, sheet.text, word, fitted, PALETTE.ink_3, anchor="middle")
    return sheet.text * 1.6


def _bullet(sheet: _Sheet, grid: _BulletGrid, pillar: PillarScore, top: float) -> tuple[float, float]:
    """One pillar from `top` down; returns where the next one starts and where this one's bands end."""
    lay_title = _title_beside if grid.above is None else _title_above
    centre, bottom, numeral_base = lay_title(sheet, grid, pillar, top)
    for low, high, colour in zip(_LIMITS, _LIMITS[1:], PALETTE.bands, strict=False):
        x = _on_bullet(grid, low)
        sheet.rect(x, centre - grid.band / 2, _on_bullet(grid, high) - x, grid.band, colour)
    score = pillar.score if pillar.published else None
    if score is None:
        _unpublished_bullet(sheet, grid, pillar, centre)
        numeral, size, colour = sheet.say.text("n.p."), sheet.text, PALETTE.ink_3
    else:
        _published_bullet(sheet, grid, pillar, score, centre)
        numeral, size, colour = sheet.say.number(score), sheet.text * grid.numeral, PALETTE.accent
    sheet.word(sheet.room, numeral_base, numeral, size, colour, 700, "end")
    return bottom, centre + grid.band / 2


def _unpublished_bullet(sheet: _Sheet, grid: _BulletGrid, pillar: PillarScore, centre: float) -> None:
    left, right = _on_bullet(grid, pillar.low), _on_bullet(grid, pillar.high)
    height = grid.band * 0.5
    sheet.hatch(min(left, grid.right - 2), centre - height / 2, max(2.0, right - left), height)


def _published_bullet(sheet: _Sheet, grid: _BulletGrid, pillar: PillarScore, score: float, centre: float) -> None:
    height = grid.band * 0.42
    sheet.rect(grid.left, centre - height / 2, _on_bullet(grid, score) - grid.left, height, PALETTE.accent)
    if _has_whisker(pillar):
        y = centre + grid.band / 2 + _WHISKER_DROP
        _whisker(sheet, _on_bullet(grid, pillar.low), _on_bullet(grid, pillar.high), y)


def _title_beside(sheet: _Sheet, grid: _BulletGrid, pillar: PillarScore, top: float) -> tuple[float, float, float]:
    """Title and weight left of the bands; returns the bands' centre, the row's bottom and the
    numeral's base line."""
    lines = _lines(sheet.say.pillar(pillar.pillar), sheet.text, grid.left - 12, 600)
    pitch = sheet.text * _LINE
    row = max(grid.row, (len(lines) + 1) * pitch + 6)
    centre = top + row / 2
    base = centre + sheet.text * 0.45 - len(lines) * pitch / 2
    for line in lines:
        sheet.word(0, base, line, sheet.text, PALETTE.ink, 600)
        base += pitch
    weight = sheet.say.text("weight {points}", points=_short(sheet.say.language, pillar.points))
    sheet.word(0, base, weight, _fitting(weight, sheet.text * 0.88, grid.left - 12), PALETTE.ink_3)
    return centre, top + row, centre + sheet.text * 0.42


def _title_above(sheet: _Sheet, grid: _BulletGrid, pillar: PillarScore, top: float) -> tuple[float, float, float]:
    """Title over the bands; returns the bands' centre, the row's bottom and the numeral's
    base line."""
    lines = _lines(sheet.say.pillar(pillar.pillar), sheet.text, sheet.room - 44, 600)
    pitch = sheet.text * _LINE
    base = top + sheet.text * 1.2
    for index, line in enumerate(lines):
        sheet.word(0, base + index * pitch, line, sheet.text, PALETTE.ink, 600)
    more = max(0, len(lines) - 1) * pitch
    centre = top + more + (grid.above or 0.0) + grid.band / 2
    return centre, top + grid.row + more, base + more


def _short(language: Language, points: float) -> str:
    return language.number(points, 0 if points == int(points) else 1)


def _has_whisker(pillar: PillarScore) -> bool:
    return pillar.published and pillar.score is not None and pillar.high - pillar.low > 1


def _whisker(sheet: _Sheet, left: float, right: float, y: float) -> None:
    sheet.line(left, y, right, y, PALETTE.ink_2, 1.4)
    sheet.line(left, y - 3, left, y + 3, PALETTE.ink_2, 1.4)
    sheet.line(right, y - 3, right, y + 3, PALETTE.ink_2, 1.4)


def _bullet_axis(sheet: _Sheet, grid: _BulletGrid, y: float) -> None:
    sheet.line(grid.left, y, grid.right, y, PALETTE.axis, 1)
    for value in range(0, 101, 20):
        x = _on_bullet(grid, value)
        anchor: _Anchor = "start" if x == 0 else "end" if x == sheet.room else "middle"
        sheet.line(x, y, x, y + 4, PALETTE.axis, 1)
        sheet.word(x, y + sheet.text * 1.35, str(value), sheet.text * 0.9, PALETTE.ink_2, anchor=anchor)


def _bullet_key(sheet: _Sheet) -> list[_KeyItem]:
    pillars, items = sheet.audit.pillars, []
    published = [pillar.published and pillar.score is not None for pillar in pillars]
    if any(published):
        items.append(_KeyItem(mark=_filled(PALETTE.accent, 24, 8), width=24, text=sheet.say.text("score")))
    if any(_has_whisker(pillar) for pillar in pillars):
        items.append(_KeyItem(mark=_mark_whisker, width=24, text=sheet.say.text("bounds")))
    if not all(published):
        items.append(_KeyItem(mark=_mark_hatch, width=23, text=sheet.say.text("not published, between its bounds")))
    return items


def _bullets_finding(audit: Audit, say: _Words) -> str:
    pillars = say.language.list(_pillar_words(pillar, say) for pillar in audit.pillars)
    return say.text("Points by pillar: {pillars}.", pillars=pillars) if pillars else say.text("No pillar to show.")


def _pillar_words(pillar: PillarScore, say: _Words) -> str:
    name = say.pillar(pillar.pillar)
    low, high = say.number(pillar.low), say.number(pillar.high)
    if pillar.score is None or not pillar.published:
        return say.text("{pillar} not published (from {low} to {high})", pillar=name, low=low, high=high)
    score = say.number(pillar.score)
    if not _has_whisker(pillar):
        return f"{name} {score}"
    return say.text("{pillar} {score} (from {low} to {high})", pillar=name, score=score, low=low, high=high)


# ----------------------------------------------------------------------------------------------- C4 calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class _CalendarGrid:
    """`left` and `right` are the ends of the weeks, `row` a row's height, `cell` a cell's; `above` is the room over the
    cells when the platform's name stands there (0: it stands beside)."""

    left: float
    right: float
    row: float
    cell: float
    above: float
    gap: float


_CALENDAR_GRIDS = {
    Width.WIDE: _CalendarGrid(left=148, right=682, row=38, cell=32, above=0, gap=3),
    Width.NARROW: _CalendarGrid(left=0, right=324, row=54, cell=26, above=19.5, gap=2),
    Width.PRINT: _CalendarGrid(left=118, right=614, row=29, cell=23, above=0, gap=3),
}


def _calendar(sheet: _Sheet) -> None:
    """Posts per week, a row per platform: the number in a tinted cell, an outline for none, hatch for not seen."""
    grid, weeks = _CALENDAR_GRIDS[sheet.kind], _week_count(sheet.audit)
    rows = sheet.audit.calendar
    if not rows:
        sheet.word(0, sheet.text * 1.2, sheet.say.text("No profile to show."), sheet.text, PALETTE.ink_3)
        sheet.height = sheet.text * 2
        return
    _calendar_head(sheet, grid, weeks)
    y = sheet.text * 2.5
    for row in rows:
        y = _calendar_row(sheet, grid, row, weeks, y)
    bottom = y - (grid.row - grid.cell - grid.above)
    sheet.height = _key(sheet, _calendar_key(sheet), grid.left, bottom + sheet.text * 1.1) + 7


def _week_count(audit: Audit) -> int:
    return max([audit.window_days // 7, 1, *(len(row.weeks) for row in audit.calendar if row.weeks)])


def _first_days(audit: Audit, weeks: int) -> list[date]:
    """The first day of each week; the last week ends on the day of the audit."""
    return [audit.day - timedelta(days=7 * (weeks - index) - 1) for index in range(weeks)]


def _filled_weeks(row: CalendarRow, weeks: int) -> list[int | None]:
    """The weeks of a row, as many as the chart has: weeks before the row's first one were not seen."""
    own = list(row.weeks or ())
    return [None] * (weeks - len(own)) + own


def _is_seen(row: CalendarRow) -> bool:
    return any(week is not None for week in row.weeks or ())


def _calendar_head(sheet: _Sheet, grid: _CalendarGrid, weeks: int) -> None:
    """Months and the first day of each week; as many days as fit."""
    days, pitch = _first_days(sheet.audit, weeks), (grid.right - grid.left) / weeks
    size = sheet.text * 0.86
    step = max(1, -int(-2.4 * sheet.text // pitch))
    for index in range(0, weeks, step):
        x = grid.left + index * pitch + (pitch - grid.gap) / 2
        sheet.word(x, sheet.text * 2.05, str(days[index].day), size, PALETTE.ink_3, anchor="middle")
    total = sheet.say.text("total")
    fitted = _fitting(total, size, sheet.room - grid.right - 2)
    sheet.word(sheet.room, sheet.text * 2.05, total, fitted, PALETTE.ink_3, anchor="end")
    _month_names(sheet, grid, days, pitch)


def _month_names(sheet: _Sheet, grid: _CalendarGrid, days: Sequence[date], pitch: float) -> None:
    """Each month over its first week: in full where all fit, else short; one that fits neither way is left out."""
    starts = [index for index, day in enumerate(days) if index == 0 or day.month != days[index - 1].month]
    indent = 0.0 if grid.above else 2.0
    places = [grid.left + index * pitch + indent for index in starts]
    rooms = [following - x - 4 for x, following in zip(places, [*places[1:], sheet.room], strict=True)]
    size = sheet.text * 0.9
    full = [sheet.say.language.month(days[index]) for index in starts]
    fits = all(text_width(name, size, 600) <= room for name, room in zip(full, rooms, strict=True))
    names = full if fits else [_short_month(sheet.say.language, days[index]) for index in starts]
    for x, name, room in zip(places, names, rooms, strict=True):
        if text_width(name, size, 600) <= room:
            sheet.word(x, sheet.text * 0.85, name, size, PALETTE.ink_2, 600)


def _short_month(language: Language, day: date) -> str:
    return format_date(day, format="LLL", locale=language.code)


def _calendar_row(sheet: _Sheet, grid: _CalendarGrid, row: CalendarRow, weeks: int, top: float) -> float:
    """One platform from `top` down; returns where the next one starts. A long name makes the row higher, never the
    cells."""
    room = sheet.room if grid.above else grid.left - 10
    lines = _lines(sheet.say.platform(row.platform), sheet.text, room, 600)
    pitch = sheet.text * _LINE
    if grid.above:
        more = max(0, len(lines) - 1) * pitch
        base, y = top + sheet.text * 1.05, top + grid.above + more
    else:
        more = max(0.0, len(lines) * pitch + 4 - grid.row)
        y = top + more / 2
        base = y + grid.cell / 2 + sheet.text * 0.35 - (len(lines) - 1) * pitch / 2
    for index, line in enumerate(lines):
        sheet.word(0, base + index * pitch, line, sheet.text, PALETTE.ink, 600)
    if _is_seen(row):
        _cells(sheet, grid, _filled_weeks(row, weeks), y)
    else:
        _unseen_bar(sheet, grid, y)
    _row_total(sheet, grid, row, y + grid.cell / 2 + sheet.text * 0.35)
    return top + grid.row + more


def _cells(sheet: _Sheet, grid: _CalendarGrid, weeks: Sequence[int | None], y: float) -> None:
    pitch = (grid.right - grid.left) / len(weeks)
    width = pitch - grid.gap
    for index, posts in enumerate(weeks):
        x = grid.left + index * pitch
        if posts is None:
            sheet.hatch(x, y, width, grid.cell)
        elif posts == 0:
            sheet.rect(x, y, width, grid.cell, PALETTE.white, PALETTE.empty)
        else:
            tint = _tint(posts)
            sheet.rect(x, y, width, grid.cell, PALETTE.tints[tint])
            number = sheet.say.number(posts)
            size = _fitting(number, sheet.text, width - 2, 600)
            base = y + grid.cell / 2 + size * 0.35
            sheet.word(x + width / 2, base, number, size, PALETTE.on_tints[tint], 600, "middle")


def _tint(posts: int) -> int:
    return min(posts, len(PALETTE.tints)) - 1


def _unseen_bar(sheet: _Sheet, grid: _CalendarGrid, y: float) -> None:
    width = grid.right - grid.left - grid.gap
    sheet.hatch(grid.left, y, width, grid.cell)
    words = sheet.say.text("not publicly visible")
    size = _fitting(words, sheet.text * 0.9, width - 16)
    plate, height = text_width(words, size) + 8, sheet.text * 1.4
    centre = grid.left + width / 2
    sheet.rect(centre - plate / 2, y + (grid.cell - height) / 2, plate, height, PALETTE.white)
    sheet.word(centre, y + grid.cell / 2 + size * 0.35, words, size, PALETTE.ink_2, anchor="middle")


def _row_total(sheet: _Sheet, grid: _CalendarGrid, row: CalendarRow, base: float) -> None:
    shown = row.total is not None and _is_seen(row)
    text = sheet.say.number(row.total or 0) if shown else sheet.say.text("n.v.")
    weight, colour = (600, PALETTE.ink) if shown else (400, PALETTE.ink_3)
    size = _fitting(text, sheet.text, sheet.room - grid.right - 2, weight)
    sheet.word(sheet.room, base, text, size, colour, weight, "end")


def _calendar_key(sheet: _Sheet) -> list[_KeyItem]:
    say = sheet.say
    words = (say.language.plural("{n} post", "{n} posts", 1), say.number(2), say.number(3), say.text("4 or more"))
    items = [_KeyItem(mark=_mark_empty, width=15, text=say.text("no posts"))]
    items += [
        _KeyItem(mark=_filled(tint, 15, 12), width=15, text=text)
        for tint, text in zip(PALETTE.tints, words, strict=True)
    ]
    if sheet.hatched:
        items.append(_KeyItem(mark=_mark_hatch, width=23, text=say.text("not visible")))
    return items


def _calendar_finding(audit: Audit, say: _Words) -> str:
    weeks = _week_count(audit)
    seen = [_row_words(row, weeks, say) for row in audit.calendar if _is_seen(row)]
    unseen = [say.platform(row.platform) for row in audit.calendar if not _is_seen(row)]
    sentences = []
    if seen:
        listed = say.language.list(seen)
        sentences.append(say.text("Posts over {weeks} weeks: {platforms}.", weeks=say.number(weeks), platforms=listed))
    if unseen:
        sentences.append(say.text("Not publicly visible: {platforms}.", platforms=say.language.list(unseen)))
    return " ".join(sentences) or say.text("No profile to show.")


def _row_words(row: CalendarRow, weeks: int, say: _Words) -> str:
    name = say.platform(row.platform)
    posts = say.text("n.v.") if row.total is None else say.number(row.total)
    visible = sum(week is not None for week in row.weeks or ())
    if visible == weeks:
        return f"{name} {posts}"
    seen, of = say.number(visible), say.number(weeks)
    return say.text(
        "{platform} {posts} (weeks visible: {seen} of {weeks})", platform=name, posts=posts, seen=seen, weeks=of
    )


# ------------------------------------------------------------------------------------------ cover's calendar

_PANE_GAP = 3.2
_PANE_RATIO = 57.8 / 51.9
_LEAST_PANE = 8.0
_COVER_RATIO = 424 / 658  # the most height for its width


def _cover_calendar(sheet: _Sheet) -> None:
    """The same weeks as panes of a window, without a word: a row per visible platform and, where something could not
    be seen, one hatched row for all that."""
    weeks = _week_count(sheet.audit)
    rows = [_filled_weeks(row, weeks) for row in sheet.audit.calendar if _is_seen(row)]
    if len(rows) < len(sheet.audit.calendar):
        rows.append([None] * weeks)
    rows = rows or [[0] * weeks]  # nothing was found at all: nobody posts there
    width = (sheet.room - (weeks - 1) * _PANE_GAP) / weeks
    most = (sheet.room * _COVER_RATIO - (len(rows) - 1) * _PANE_GAP) / len(rows)
    height = max(_LEAST_PANE, min(width * _PANE_RATIO, most))
    for line, row in enumerate(rows):
        for column, posts in enumerate(row):
            _pane(sheet, column * (width + _PANE_GAP), line * (height + _PANE_GAP), width, height, posts)
    sheet.height = len(rows) * (height + _PANE_GAP) - _PANE_GAP


def _pane(sheet: _Sheet, x: float, y: float, width: float, height: float, posts: int | None) -> None:
    if posts is None:
        sheet.hatch(x, y, width, height, PALETTE.pane)
    elif posts == 0:
        sheet.rect(x, y, width, height, PALETTE.white, PALETTE.pane, 0.8)
    else:
        sheet.rect(x, y, width, height, PALETTE.tints[_tint(posts)])


CHARTS: Mapping[str, Callable[[_Sheet], None]] = {
    "score-strip": _score_strip,
    "bullets": _bullets,
    "calendar": _calendar,
    "cover-calendar": _cover_calendar,
}
_FINDINGS: Mapping[str, Callable[[Audit, _Words], str]] = {
    "score-strip": _score_strip_finding,
    "bullets": _bullets_finding,
    "calendar": _calendar_finding,
    "cover-calendar": _calendar_finding,
}
