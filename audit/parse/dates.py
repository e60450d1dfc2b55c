"""Dates as platforms write them: ISO, epoch numbers, ids that hold their time, "3 days ago" in any language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache

from dateparser.date import DateDataParser

from audit.models import Precision

X_EPOCH_MS = 1_288_834_974_657  # X and Twitter ids count from here
_FIRST_YEAR = 2000  # no platform is older, whatever a page claims
_LAST_YEAR = 2100
_MAX_LENGTH = 64  # dateparser's cost grows with the text, and no date is longer
_MAX_AFFIXES = 4  # words around a date that say what it is the date of: "Si è iscritto il 5 mar 2014"
_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})"
    r"(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?"
)
_HAS_YEAR = re.compile(r"(?:19|20)\d{2}(?!\d)")
_YEAR_ONLY = re.compile(r"(?:19|20)\d{2}")
_BARE_NUMBER = re.compile(r"[\d\s.,]*")
_TWITTER = re.compile(r"[A-Z][a-z]{2} [A-Z][a-z]{2} \d{2} \d{2}:\d{2}:\d{2} [+-]\d{4} \d{4}")
_RFC_2822 = re.compile(
    r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}(?::\d{2})? (?:[A-Z]{1,4}|[+-]\d{4})"
)
_SHORT_AGE = re.compile(r"(\d{1,3})\s?(s|sec|m|min|h|hr|d|w|wk|mo|mos|y|yr|yrs)\.?(?: ago)?", re.IGNORECASE)
_SHORT_UNITS = {
    "s": "second", "sec": "second", "m": "minute", "min": "minute", "h": "hour", "hr": "hour", "d": "day",
    "w": "week", "wk": "week", "mo": "month", "mos": "month", "y": "year", "yr": "year", "yrs": "year",
}  # fmt: skip

_WORDED_PRECISION = {
    "time": Precision.SECOND,
    "day": Precision.DAY,
    "week": Precision.WEEK,
    "month": Precision.MONTH,
    "year": Precision.YEAR,
}


def parse_date(text: str, *, now: datetime, locale: str = "en") -> tuple[datetime, Precision] | None:
    """The time that `text` names, in UTC, and how finely it is known; None when it names none.

    `now` is when the page was fetched: relative ages count back from it, and a date without a year is the last
    such day before it. `locale` is the page's language.
    """
    shown = " ".join(text.split())
    if not shown or len(shown) > _MAX_LENGTH:
        return None
    found = _iso(shown) or _mail_style(shown) or _in_words(shown, now, locale)
    return found if found is not None and _plausible(found[0]) else None


def from_epoch(value: object) -> datetime | None:
    """The time of an epoch number (seconds, milli- or microseconds, or a string of it), 2000 to 2100, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    for seconds in (number, number / 1_000, number / 1_000_000):
        moment = _moment(seconds)
        if moment is not None:
            return moment
    return None


def snowflake_time(identifier: int | str, *, epoch_ms: int = 0, shift: int = 22) -> datetime | None:
    """The time inside an id: (id >> shift) milliseconds after `epoch_ms`; None when that is not plausible.

    X: epoch X_EPOCH_MS, shift 22. LinkedIn activities: epoch 0, shift 22. TikTok: see `seconds_id_time`.
    """
    number = _identifier(identifier)
    return None if number is None else _moment(((number >> shift) + epoch_ms) / 1_000)


def seconds_id_time(identifier: int | str, *, shift: int = 32) -> datetime | None:
    """The time inside an id whose upper part is seconds since 1970 (TikTok); None when it is not plausible."""
    number = _identifier(identifier)
    return None if number is None else _moment(number >> shift)


def _identifier(identifier: int | str) -> int | None:
    if isinstance(identifier, bool):
        return None
    if isinstance(identifier, str):
        return int(identifier) if re.fullmatch(r"[0-9]{5,20}", identifier) else None
    return identifier if 0 < identifier < 1 << 64 else None


def _moment(seconds: float) -> datetime | None:
    try:
        moment = datetime.fromtimestamp(seconds, tz=UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment if _plausible(moment) else None


def _plausible(moment: datetime) -> bool:
    return _FIRST_YEAR <= moment.year < _LAST_YEAR


def _iso(shown: str) -> tuple[datetime, Precision] | None:
    match = _ISO.fullmatch(shown)
    if match is None:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    try:
        local = datetime(
            int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0), tzinfo=UTC
        )
        moment = local - _offset(zone)
    except (ValueError, OverflowError):
        return None
    return moment, Precision.SECOND if hour else Precision.DAY


def _offset(zone: str | None) -> timedelta:
    if zone in (None, "Z", "UTC"):
        return timedelta()
    digits = re.sub(r"\D", "", str(zone))
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -offset if str(zone).startswith("-") else offset


def _mail_style(shown: str) -> tuple[datetime, Precision] | None:
    """The dates of feeds ("Wed, 10 Oct 2018 20:19:24 GMT") and of Twitter ("Wed Oct 10 20:19:24 +0000 2018")."""
    try:
        if _TWITTER.fullmatch(shown):
            moment = datetime.strptime(shown, "%a %b %d %H:%M:%S %z %Y")
        elif _RFC_2822.fullmatch(shown):
            moment = parsedate_to_datetime(shown)
        else:
            return None
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return aware.astimezone(UTC), Precision.SECOND
    except (ValueError, OverflowError):
        return None


def _in_words(shown: str, now: datetime, locale: str) -> tuple[datetime, Precision] | None:
    """Ages and dates in words, in the page's language and then in English."""
    short = _SHORT_AGE.fullmatch(shown)
    if short is not None:
        shown, locale = f"{short.group(1)} {_SHORT_UNITS[short.group(2).lower()]}s ago", "en"
    base = now.astimezone(UTC).replace(tzinfo=None)
    language = re.split(r"[-_]", locale.lower())[0] or "en"
    for candidate in _without_affixes(shown):
        if _BARE_NUMBER.fullmatch(candidate) and not _YEAR_ONLY.fullmatch(candidate):
            continue
        for words in dict.fromkeys((language, "en")):
            found = _worded(candidate, base, words)
            if found is not None:
                return found
    return None


def _without_affixes(shown: str) -> Iterator[str]:
    """`shown`, then without words before the date, then without words after it; words with digits stay."""
    yield shown
    words = shown.split(" ")
    before = next((index for index, word in enumerate(words) if any(map(str.isdigit, word))), 0)
    for start in range(1, min(before, _MAX_AFFIXES) + 1):
        yield " ".join(words[start:])
    after = next((index for index, word in enumerate(reversed(words)) if any(map(str.isdigit, word))), 0)
    for dropped in range(1, min(after, _MAX_AFFIXES) + 1):
        yield " ".join(words[before : len(words) - dropped])


@lru_cache(maxsize=512)
def _worded(shown: str, base: datetime, language: str) -> tuple[datetime, Precision] | None:
    settings = {
        "RELATIVE_BASE": base,
        "TIMEZONE": "UTC",
        "PREFER_DATES_FROM": "past",
        "RETURN_TIME_AS_PERIOD": True,
    }
    try:
        data = DateDataParser(languages=[language], settings=settings).get_date_data(shown)
    except (ValueError, OverflowError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return None  # no such language, or a text that dateparser stumbles over: no date in it
    if data.date_obj is None:
        return None
    precision = _WORDED_PRECISION.get(str(data.period), Precision.DAY)
    return _at_start(data.date_obj.replace(tzinfo=UTC), shown, precision), precision


def _at_start(moment: datetime, shown: str, precision: Precision) -> datetime:
    """The first moment of a named day, month or year; an age ("2 months ago") stays where it points."""
    if precision is Precision.SECOND or not _HAS_YEAR.search(shown):
        return moment
    start = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    if precision is Precision.MONTH:
        return start.replace(day=1)
    return start.replace(month=1, day=1) if precision is Precision.YEAR else start
