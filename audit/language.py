"""Words, numbers and dates of a report in one language: gettext catalogues and Babel's CLDR data.

A catalogue is `locale/<code>.po`; English is the source language and needs none. Adding a language is adding
that one file.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from math import floor
from pathlib import Path

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

_CATALOGUES = Path(__file__).parent / "locale"
_SOURCE = "en"
_CLDR = {"en": "en_GB"}  # day before month, as the agencies write it
_NO_BREAK = "\N{NO-BREAK SPACE}"


def languages() -> tuple[str, ...]:
    """The codes a report can be written in."""
    return tuple(sorted({_SOURCE, *(file.stem for file in _CATALOGUES.glob("*.po"))}))


class Language:
    """The texts of one language, by ISO 639-1 code; unknown codes raise ValueError."""

    def __init__(self, code: str) -> None:
        if code not in languages():
            raise ValueError(f"no catalogue for {code!r}; there are {', '.join(languages())}")
        self.code = code
        self._texts = _catalogue(code)
        self._locale = _locale(code)

    def text(self, message: str, /, **values: object) -> str:
        """The translation of `message` with its {fields} filled in."""
        translated = self._texts.gettext(message)
        return translated.format(**values) if values else translated

    def plural(self, one: str, many: str, n: int, /, **values: object) -> str:
        """`one` or `many`, translated for `n`; {n} holds the formatted number."""
        return self._texts.ngettext(one, many, n).format(n=self.number(n), **values)

    def has(self, message: str) -> bool:
        """Whether `message` can be said in this language."""
        return self.code == _SOURCE or self._texts.gettext(message) != message

    def number(self, value: float, digits: int = 0) -> str:
        """`value` with the language's separators, rounded half up to `digits` decimals, U+2212 as minus."""
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        rounded = round_half_up(value, digits)
        return format_decimal(rounded, format=pattern, locale=self._locale).replace("-", "\N{MINUS SIGN}")

    def percent(self, share: float, digits: int = 0) -> str:
        """A share 0..1 as a percentage."""
        return self._with_sign(self.number(share * 100, digits))

    def coverage(self, share: float) -> str:
        """A coverage 0..1 as a whole percentage, rounded down: it never claims more than was seen."""
        return self._with_sign(self.number(whole_percent_down(share)))

    def gain(self, points: float) -> str:
        """Points gained, signed, one decimal."""
        return ("+" if round_half_up(points, 1) >= 0 else "") + self.number(points, 1)

    def date(self, day: datetime.date) -> str:
        """A day in full: 23 novembre 2026."""
        return format_date(day, format="d MMMM y", locale=self._locale)

    def day_and_month(self, day: datetime.date) -> str:
        """A day without its year: 20 novembre."""
        return format_date(day, format="d MMMM", locale=self._locale)

    def month_and_year(self, day: datetime.date) -> str:
        """A month with its year: settembre 2026."""
        return format_date(day, format="LLLL y", locale=self._locale)

    def month(self, day: datetime.date) -> str:
        """The month's name alone: novembre."""
        return format_date(day, format="LLLL", locale=self._locale)

    def list(self, items: Iterable[str]) -> str:
        """Items as a sentence part: a, b e c."""
        return format_list(list(items), style="standard", locale=self._locale)

    def _with_sign(self, number: str) -> str:
        return f"{number}%" if self.code == _SOURCE else f"{number}{_NO_BREAK}%"


def round_half_up(value: float, digits: int = 0) -> float:
    """`value` rounded half away from zero, so that what is printed is what a person would compute."""
    scale = 10**digits
    magnitude: float = floor(abs(value) * scale + 0.5 + 1e-9) / scale
    return magnitude if value >= 0 else -magnitude


def whole_percent_down(share: float) -> int:
    """A share 0..1 in whole percent, rounded down."""
    return floor(share * 100 + 1e-9)


@cache
def _catalogue(code: str) -> NullTranslations:
    if code == _SOURCE:
        return NullTranslations()
    with (_CATALOGUES / f"{code}.po").open("rb") as file:
        catalogue = read_po(file, locale=code)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


@cache
def _locale(code: str) -> Locale:
    try:
        return Locale.parse(_CLDR.get(code, code))
    except UnknownLocaleError as error:
        raise ValueError(f"{code!r} is no language that CLDR knows") from error
