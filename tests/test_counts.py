"""Counts: what platforms print in many languages becomes a number with the interval that the text leaves open."""

from __future__ import annotations

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from audit.models import Count
from audit.parse import counts
from audit.parse.counts import exact_count, first_count, magnitudes, parse_count, rounded_to_three

# Text, language, value, low, high: read by eye.
WHOLE = [
    ("12,3 mila", "it", 12_300, 12_250, 12_349),
    ("15 mila", "it", 15_000, 14_500, 15_499),
    ("1,2 Mln", "it", 1_200_000, 1_150_000, 1_249_999),
    ("1,2 mln", "it", 1_200_000, 1_150_000, 1_249_999),
    ("13.952", "it", 13_952, 13_952, 13_952),
    ("86.4K", "en", 86_400, 86_350, 86_449),
    ("25m", "en", 25_000_000, 24_500_000, 25_499_999),
    ("5,012", "en", 5_012, 5_012, 5_012),
    ("0", "en", 0, 0, 0),
    ("877", "en", 877, 877, 877),
    ("1 234", "fr", 1_234, 1_234, 1_234),
    ("1\u00a0234", "fr", 1_234, 1_234, 1_234),
    ("1\u202f234", "fr", 1_234, 1_234, 1_234),
    ("1,2\u00a0Md", "fr", 1_200_000_000, 1_150_000_000, 1_249_999_999),
    ("12,34,567", "en-IN", 1_234_567, 1_234_567, 1_234_567),
    ("1.2L", "en-IN", 120_000, 115_000, 124_999),
    ("4,69 M", "es-ES", 4_690_000, 4_685_000, 4_694_999),
    ("1,2 mil", "es", 1_200, 1_150, 1_249),
    ("1,2 mil", "pt-BR", 1_200, 1_150, 1_249),
    ("7 mi", "pt-BR", 7_000_000, 6_500_000, 7_499_999),
    ("1,2 mM", "pt-PT", 1_200_000_000, 1_150_000_000, 1_249_999_999),
    ("3,4 mill.", "es", 3_400_000, 3_350_000, 3_449_999),
    ("5 mil millones", "es", 5_000_000_000, 4_500_000_000, 5_499_999_999),
    ("1,2 mil.", "cs", 1_200_000, 1_150_000, 1_249_999),
    ("1,2 tys.", "pl", 1_200, 1_150, 1_249),
    ("13,2 тыс.", "ru", 13_200, 13_150, 13_249),
    ("1,2 B", "tr", 1_200, 1_150, 1_249),
    ("1.2B", "en", 1_200_000_000, 1_150_000_000, 1_249_999_999),
    ("1,2 M", "id", 1_200_000_000, 1_150_000_000, 1_249_999_999),
    ("1,2 N", "vi", 1_200, 1_150, 1_249),
    ("1,2 Mio.", "de", 1_200_000, 1_150_000, 1_249_999),
    ("12.3万", "ja", 123_000, 122_500, 123_499),
    ("96.8萬", "zh-Hant", 968_000, 967_500, 968_499),
    ("37.5만", "ko", 375_000, 374_500, 375_499),
    ("١٢٫٣ ألف", "ar", 12_300, 12_250, 12_349),
    ("१,२३४", "hi", 1_234, 1_234, 1_234),
    ("1’234", "de-CH", 1_234, 1_234, 1_234),
    ("18K", "es", 18_000, 17_500, 18_499),
    ("No subscribers", "en", 0, 0, 0),
    ("Nessun iscritto", "it", 0, 0, 0),
]
NOTHING = [
    ("", "en"), ("-1", "en"), ("12,34", "en"), ("4.5", "en"), ("1,234K", "en"), ("1.2.3", "en"), ("10+", "en"),
    ("1,2 mil", "cs"), ("3천만", "ko"), ("1万2345", "ja"), ("Non classificato", "it"), ("twelve", "en"),
    ("1 2", "en"), ("9" * 40, "en"), ("12K likes", "en"), ("0.000001K", "en"), ("No longer active", "en"),
]  # fmt: skip
INSIDE = [
    ("5 012 subscribers", "en", 5_012, "5 012"),
    ("4,69 M de suscriptores", "es", 4_690_000, "4,69 M"),
    ("6,8 K vídeos", "es", 6_800, "6,8 K"),
    ("14,6\u00a0K suscriptores", "es", 14_600, "14,6\u00a0K"),
    ("구독자 37.5만명", "ko", 375_000, "37.5만"),
    ("조회수 47,098,787회", "ko", 47_098_787, "47,098,787"),
    ("1.5 ล้านคน", "th", 1_500_000, "1.5 ล้าน"),
    ("Mi piace: 13.952", "it", 13_952, "13.952"),
    ("1 234 J'aime", "fr", 1_234, "1 234"),
    ("13 Me gusta · 1 personas", "es", 13, "13"),
    ("18K seguidores, 58 seguidos", "es", 18_000, "18K"),
    ("4,301, 5 more", "en", 4_301, "4,301"),
    ("2nd shop · 300 likes", "en", 300, "300"),
    ("Web3 shop, 12 posts", "en", 12, "12"),
    ("13.952 mi piace", "it", 13_952, "13.952"),
    ("50% off, 7 posts", "en", 7, "7"),
]


@pytest.mark.parametrize(("text", "locale", "value", "low", "high"), WHOLE)
def test_a_printed_count_is_read_with_its_interval(text: str, locale: str, value: int, low: int, high: int) -> None:
    """Half a unit of the last printed digit to each side; a number without unit is exact."""
    assert Count(value=value, low=low, high=high, raw=text) == parse_count(text, locale)


@pytest.mark.parametrize(("text", "locale"), NOTHING)
def test_what_can_be_read_in_two_ways_is_nothing(text: str, locale: str) -> None:
    """A wrong number is worse than none."""
    assert parse_count(text, locale) is None


@pytest.mark.parametrize(("text", "locale", "value", "raw"), INSIDE)
def test_the_first_count_inside_a_text(text: str, locale: str, value: int, raw: str) -> None:
    """The words around a count do not change it, and its own text is kept."""
    count = first_count(text, locale)
    assert count is not None
    assert (value, raw) == (count.value, count.raw)


def test_a_floor_is_no_count() -> None:
    """'1.2K+ members' says at least, not how many, and the next number is not the answer either."""
    assert first_count("1.2K+ members and 30 rooms") is None


@pytest.mark.parametrize(
    "text", ["12 mila iscritti", "12 mil suscriptores", "13 тыс. читателей", "12万人", "15 tn följare"]
)
def test_a_number_read_in_the_wrong_language_is_nothing(text: str) -> None:
    """Twelve thousand followers of an Italian page read as English are not twelve followers."""
    assert first_count(text, "en") is None


def test_a_platform_that_cuts_digits_off_leaves_room_upwards_only() -> None:
    """YouTube shows 86.4K for everything from 86,400 to 86,499."""
    assert Count(value=86_400, low=86_400, high=86_499, raw="86.4K") == parse_count("86.4K", rounds_down=True)


def test_three_significant_digits_without_unit_leave_room_upwards() -> None:
    """12.300 from a platform that shows three digits is 12,300 to 12,399; 12.345 is exact, as is 877."""
    cut = parse_count("12.300", "it")
    exact = parse_count("12.345", "it")
    small = parse_count("877", "it")
    assert cut is not None
    assert exact is not None
    assert small is not None
    assert Count(value=12_300, low=12_300, high=12_399, raw="12.300") == rounded_to_three(cut)
    assert exact == rounded_to_three(exact)
    assert small == rounded_to_three(small)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(12, 12), ("3331930783", 3_331_930_783), (0, 0), (-1, None), ("-1", None), (True, None), (1.5, None), ("", None),
     (None, None), ("12,3", None), ("9" * 30, None)],
)  # fmt: skip
def test_counts_in_json(value: object, expected: int | None) -> None:
    """Integers and strings of digits; -1 and booleans stand for 'not shown'."""
    count = exact_count(value)
    assert expected == (None if count is None else count.value)


def test_an_unknown_language_is_read_as_english() -> None:
    """A page may claim any language."""
    assert parse_count("1.2K", "en") == parse_count("1.2K", "xx-../../etc")


def test_a_language_s_words_include_cldr_s_and_the_platforms() -> None:
    """Italian: CLDR has 'mila' and 'Mln', platforms add 'mln', 'k' and 'M'."""
    words = magnitudes("it-IT")
    assert (1_000, 1_000_000, 1_000_000, 1_000, 1_000_000) == tuple(words[w] for w in ("mila", "Mln", "mln", "k", "M"))


@given(st.integers(min_value=0, max_value=10**12), st.sampled_from([",", ".", " ", "\u202f", "'"]))
def test_grouping_never_changes_a_number(number: int, mark: str) -> None:
    """Whatever the grouping mark, groups of three are the same integer."""
    written = f"{number:,}".replace(",", mark)
    count = parse_count(written)
    assert count is not None
    assert (number, number, number) == (count.value, count.low, count.high)


@given(
    st.integers(min_value=1_000, max_value=10**11), st.sampled_from(["en", "es", "fr", "pt_BR", "ru", "tr", "ja", "sv"])
)
def test_what_babel_prints_is_read_back(number: int, tag: str) -> None:
    """The interval read holds the number that Babel printed in compact form."""
    from babel.numbers import format_compact_decimal

    printed = format_compact_decimal(number, fraction_digits=1, locale=Locale.parse(tag))
    count = parse_count(printed, tag)
    if count is not None:  # three digits after a mark can be grouping or decimals, and are refused
        assert count.low <= number <= count.high + 1


@given(st.text(max_size=60), st.sampled_from(["en", "it", "ar", "ja", "", "x" * 50]))
def test_any_text_is_a_count_or_none(text: str, locale: str) -> None:
    """Nothing that a page says makes the parser raise, and an interval holds its value."""
    for count in (parse_count(text, locale), first_count(text, locale), exact_count(text)):
        assert count is None or 0 <= count.low <= count.value <= count.high


def test_what_is_counted_is_a_magnitude_in_no_language() -> None:
    """The short way past the words of all languages never passes one of them."""
    assert frozenset() == counts._COUNTED & counts._all_magnitudes()
