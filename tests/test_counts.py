"""Counts: what platforms print in many languages becomes a number with the interval that the text leaves open."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest
from babel import Locale
from babel.localedata import locale_identifiers
from babel.numbers import format_compact_decimal
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from audit.models import Count
from audit.parse import counts
from audit.parse.counts import exact_count, first_count, parse_count, rounded_to_three

TABLE = Path(__file__).parent / "data" / "counts.tsv"


def table_rows() -> list[dict[str, str]]:
    """The rows of the table: text, language, value (or "nothing"), low, high, and where the text comes from.

    Expected is what the rule says: value = what is shown times the unit that CLDR (or the platform) gives the word,
    and half a unit of the last shown digit to each side.
    """
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


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


def test_p05_numbers() -> None:
    """What the platforms of the world print is exact, an interval, or nothing: each row of the table, as a whole and
    as the first count of a text."""
    rows = table_rows()
    assert len(rows) >= 400
    wrong = []
    for row in rows:
        nothing = row["value"] == "nothing"
        expected = None if nothing else tuple(int(row[column]) for column in ("value", "low", "high"))
        for reader in (parse_count,) if nothing else (parse_count, first_count):
            count = reader(row["text"], row["language"])
            read = None if count is None else (count.value, count.low, count.high)
            if read != expected:
                wrong.append((row, read))
    assert [] == wrong


@pytest.mark.parametrize("text", ["1,2,3", "-5", "1e9 followers", "-5 followers", "1,2,3 posts", "posts: -1"])
def test_no_count_inside_a_text(text: str) -> None:
    """No list, no negative number and no power of ten is taken for a count."""
    assert first_count(text) is None


@pytest.mark.parametrize(
    ("text", "locale", "value"),
    [("Wafuasi elfu 12", "sw", 12_000), ("Followers elfu 12", "en", None), ("අනුගාමිකයන් මි1.2", "si", 1_200_000)],
)
def test_a_unit_before_its_number(text: str, locale: str, value: int | None) -> None:
    """Swahili and Sinhala write the unit first; read in another language such a number is nothing, never twelve."""
    count = first_count(text, locale)
    assert value == (None if count is None else count.value)


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
    counts = [parse_count(f"3 {word}", "it-IT") for word in ("mila", "Mln", "mln", "k", "M")]
    assert [3_000, 3_000_000, 3_000_000, 3_000, 3_000_000] == [count.value for count in counts if count is not None]


@given(st.integers(min_value=0, max_value=10**12), st.sampled_from([",", ".", " ", "\u202f", "'"]))
def test_grouping_never_changes_a_number(number: int, mark: str) -> None:
    """Whatever the grouping mark, groups of three are the same integer."""
    written = f"{number:,}".replace(",", mark)
    count = parse_count(written)
    assert count is not None
    assert (number, number, number) == (count.value, count.low, count.high)


@cache
def compact_forms() -> list[tuple[str, str]]:
    """Every locale and style of Babel that has a compact form, as far as Babel itself prints it right.

    Where a pattern brings its own negative form ("elfu 0;elfu -0"), Babel 2.18 counts the zeros of both and prints
    ten times too much; the table has rows for such languages.
    """
    forms = []
    for tag in locale_identifiers():
        formats = Locale.parse(tag).compact_decimal_formats
        for style in ("short", "long"):
            patterns = [one.pattern for named in formats.get(style, {}).values() for one in named.values()]
            if patterns and not any(";" in pattern for pattern in patterns):
                forms.append((tag, style))
    return forms


@given(
    st.integers(min_value=0, max_value=10**14 - 1) | st.integers(min_value=1_000, max_value=10**7),
    st.sampled_from(compact_forms()),
    st.integers(min_value=0, max_value=2),
)
@settings(max_examples=1_500, deadline=None)
def test_what_babel_prints_is_read_back(number: int, form: tuple[str, str], digits: int) -> None:
    """In every locale that has a compact form the interval read holds the number that was printed, or nothing is
    read (three digits after a mark, words of two meanings); a number is never wrong."""
    tag, style = form
    printed = format_compact_decimal(number, format_type=style, fraction_digits=digits, locale=Locale.parse(tag))
    assume(not (printed.isdigit() and int(printed) < number))  # of a few plurals Babel 2.18 leaves the word out
    for count in (parse_count(printed, tag), first_count(printed, tag)):
        if count is not None:  # a half is rounded to the even digit: the number may be the one above the interval
            assert count.low <= number <= count.high + 1, printed
            assert count.high - count.low <= number, printed  # no unit is larger than what is written in it


@pytest.mark.parametrize("tag", sorted({tag.split("_")[0] for tag, _ in compact_forms()}))
def test_short_forms_are_read_in_every_language(tag: str) -> None:
    """Nothing would never be wrong: what a language prints for 12,345 and 7,800,000 is read, but for the words that
    stand for two numbers."""
    unsure = {("bn", 7_800_000), ("ne", 7_800_000)}
    for number in (12_345, 7_800_000):
        printed = format_compact_decimal(number, fraction_digits=1, locale=Locale.parse(tag))
        read = parse_count(printed, tag)
        assert read is not None or (tag, number) in unsure, printed


@given(st.text(max_size=60), st.sampled_from(["en", "it", "ar", "ja", "", "x" * 50]))
def test_any_text_is_a_count_or_none(text: str, locale: str) -> None:
    """Nothing that a page says makes the parser raise, and an interval holds its value."""
    for count in (parse_count(text, locale), first_count(text, locale), exact_count(text)):
        assert count is None or 0 <= count.low <= count.value <= count.high


def test_what_is_counted_is_a_magnitude_in_no_language() -> None:
    """The short way past the words of all languages never passes one of them."""
    assert frozenset() == counts._COUNTED & counts._all_magnitudes()
