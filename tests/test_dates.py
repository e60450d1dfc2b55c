"""Dates: what platforms write becomes a time in UTC with the precision that the text has."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.models import Precision
from audit.parse.dates import X_EPOCH_MS, from_epoch, parse_date, seconds_id_time, snowflake_time

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)

WRITTEN = [
    ("2026-11-20T09:00:00Z", "en", datetime(2026, 11, 20, 9, tzinfo=UTC), Precision.SECOND),
    ("2026-11-20T09:00:00.123+02:00", "en", datetime(2026, 11, 20, 7, tzinfo=UTC), Precision.SECOND),
    ("2026-11-20", "en", datetime(2026, 11, 20, tzinfo=UTC), Precision.DAY),
    ("Wed Oct 10 20:19:24 +0000 2018", "en", datetime(2018, 10, 10, 20, 19, 24, tzinfo=UTC), Precision.SECOND),
    ("Wed, 10 Oct 2018 20:19:24 GMT", "en", datetime(2018, 10, 10, 20, 19, 24, tzinfo=UTC), Precision.SECOND),
    ("3 days ago", "en", datetime(2026, 11, 21, 12, tzinfo=UTC), Precision.DAY),
    ("Streamed 2 weeks ago", "en", datetime(2026, 11, 10, 12, tzinfo=UTC), Precision.WEEK),
    ("3mo", "en", datetime(2026, 8, 24, 12, tzinfo=UTC), Precision.MONTH),
    ("1yr", "en", datetime(2025, 11, 24, 12, tzinfo=UTC), Precision.YEAR),
    ("2w", "en", datetime(2026, 11, 10, 12, tzinfo=UTC), Precision.WEEK),
    ("hace 9 días", "es", datetime(2026, 11, 15, 12, tzinfo=UTC), Precision.DAY),
    ("vor 3 Wochen", "de", datetime(2026, 11, 3, 12, tzinfo=UTC), Precision.WEEK),
    ("il y a 2 mois", "fr", datetime(2026, 9, 24, 12, tzinfo=UTC), Precision.MONTH),
    ("4 giorni fa", "it-IT", datetime(2026, 11, 20, 12, tzinfo=UTC), Precision.DAY),
    ("1 год назад", "ru", datetime(2025, 11, 24, 12, tzinfo=UTC), Precision.YEAR),
    ("Joined Sep 11, 2015", "en", datetime(2015, 9, 11, tzinfo=UTC), Precision.DAY),
    ("Si è iscritto il 5 mar 2014", "it", datetime(2014, 3, 5, tzinfo=UTC), Precision.DAY),
    ("August 2008", "en", datetime(2008, 8, 1, tzinfo=UTC), Precision.MONTH),
    ("2015", "en", datetime(2015, 1, 1, tzinfo=UTC), Precision.YEAR),
    ("11:43 - 14 янв. 2016 г.", "ru", datetime(2016, 1, 14, 11, 43, tzinfo=UTC), Precision.SECOND),
    ("4 June at 17:33", "en", datetime(2026, 6, 4, 17, 33, tzinfo=UTC), Precision.SECOND),
]
NO_DATE = ["", "hello", "12", "2026-13-40", "1912-01-01", "9999-01-01", "x" * 500, "2026-11-20T99:00:00Z"]


@pytest.mark.parametrize(("text", "locale", "moment", "precision"), WRITTEN)
def test_a_written_date(text: str, locale: str, moment: datetime, precision: Precision) -> None:
    """Absolute dates are themselves, ages count back from the time of fetching."""
    assert (moment, precision) == parse_date(text, now=NOW, locale=locale)


@pytest.mark.parametrize("text", NO_DATE)
def test_no_date(text: str) -> None:
    """No date, or one that no platform can mean, is None."""
    assert parse_date(text, now=NOW) is None


def test_an_age_on_a_page_of_unknown_time_is_no_date() -> None:
    """'3 days ago' needs to know when that was said."""
    assert parse_date("3 days ago", now=datetime(1970, 1, 1, tzinfo=UTC)) is None


@pytest.mark.parametrize("value", [1_700_000_000, 1_700_000_000_000, "1700000000", 1_700_000_000.0])
def test_epoch_numbers(value: object) -> None:
    """Seconds and milliseconds are told apart by what is plausible."""
    assert datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC) == from_epoch(value)


@pytest.mark.parametrize("value", [True, -1, 0, "nan", "inf", "abc", None, [], 10**30, float("nan")])
def test_what_is_no_epoch(value: object) -> None:
    """Values outside 2000 to 2100 and things that are no numbers are None."""
    assert from_epoch(value) is None


def test_ids_hold_their_time() -> None:
    """Id >> 22 is milliseconds (X from its own epoch, LinkedIn from 1970), id >> 32 is seconds on TikTok."""
    assert datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC) == snowflake_time(1_700_000_000_000 << 22)
    x_id = (1_700_000_000_000 - X_EPOCH_MS) << 22
    assert datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC) == snowflake_time(str(x_id), epoch_ms=X_EPOCH_MS)
    assert datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC) == seconds_id_time(1_700_000_000 << 32)
    assert snowflake_time("12345") is None
    assert snowflake_time("١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦٧٨٩") is None


@given(st.text(max_size=70), st.sampled_from(["en", "it", "zz", "", "../x"]))
@settings(max_examples=60, deadline=None)
def test_any_text_is_a_date_or_none(text: str, locale: str) -> None:
    """Nothing that a page says makes the parser raise."""
    found = parse_date(text, now=NOW, locale=locale)
    assert found is None or 2000 <= found[0].year < 2100
