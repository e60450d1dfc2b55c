"""Counts as platforms print them ("12,3 mila", "1.2K", "5 012 subscribers") to numbers with their interval.

The magnitude words of a language are CLDR's compact patterns read backwards, with the spellings that
platforms add. Whatever can be read in two ways is None: a wrong number is worse than none.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError

from audit.models import Count

MAX_DIGITS = 15
_UNSURE = 0  # the factor of a word that stands for two: nothing is read from a number beside it
_MAX_TEXT = 2_000

# Spellings seen on platforms that CLDR does not have, by language; "" holds for all where the language itself
# gives the letter no other meaning.
_PLATFORM_WORDS: dict[str, dict[str, int]] = {
    "": {"K": 10**3, "k": 10**3, "M": 10**6, "m": 10**6, "B": 10**9, "b": 10**9, "bn": 10**9},
    "en": {"lakh": 10**5, "crore": 10**7, "Cr": 10**7},
    "it": {"mila": 10**3, "mln": 10**6, "mio": 10**6, "mld": 10**9, "mrd": 10**9},
    "es": {"mil": 10**3, "mill.": 10**6, "mill": 10**6},
    "ca": {"m": _UNSURE},  # a thousand in CLDR to 2020, a million to others
    "fr": {"mille": 10**3, "k": 10**3, "Mds": 10**9, "Mrd": 10**9},
    "de": {"Tsd.": 10**3, "Tsd": 10**3, "Mio": 10**6, "Mrd": 10**9},
    "pt": {"mil": 10**3, "mi": 10**6, "M": 10**6, "bi": 10**9},
    "nl": {"mln": 10**6, "mld": 10**9},
    "pl": {"tys": 10**3, "mln": 10**6, "mld": 10**9},
    "cs": {"tis": 10**3, "mil.": 10**6, "mld": 10**9},
    "sk": {"tis": 10**3, "mil.": 10**6, "mld": 10**9},
    "ru": {"тыс": 10**3, "млн": 10**6, "млрд": 10**9},
    "uk": {"тис": 10**3, "млн": 10**6, "млрд": 10**9},
    "tr": {"bin": 10**3, "Mn": 10**6, "Mr": 10**9},
    "ja": {"千": 10**3, "万": 10**4, "億": 10**8},
    "zh": {"千": 10**3, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8},
    "ko": {"천": 10**3, "만": 10**4, "억": 10**8},
    "hi": {"हज़ार": 10**3, "लाख": 10**5, "करोड़": 10**7},
}
# Magnitude words of any language: after a number they are never what is counted, so that "12 mila" read in the
# wrong language is nothing, not 12. Left out are those that are common words elsewhere.
_LANGUAGES = (
    "en", "it", "es", "fr", "de", "pt", "pt_PT", "nl", "pl", "cs", "sk", "hr", "sl", "ru", "uk", "bg", "tr", "sv", "da",
    "nb", "fi", "ro", "hu", "el", "ar", "fa", "he", "id", "vi", "th", "ja", "zh", "zh_Hant", "ko", "hi",
)  # fmt: skip
# The languages on platforms that write the magnitude before the number: "elfu 12" is twelve thousand.
_LANGUAGES_BEFORE = ("sw", "si", "ha")
# What platforms count: words after a number that are a magnitude in no language (a test compares them).
_COUNTED = frozenset(
    {
        "follower", "followers", "following", "seguiti", "seguite", "post", "posts", "video", "videos",
        "videoclip", "subscribers", "subscriber", "iscritti", "iscritto", "iscrizioni", "members", "member",
        "membri", "likes", "like", "persone", "persona", "people", "talking", "were", "visualizzazioni",
        "views", "piace", "commenti", "comments", "photos", "links", "files", "seguidores", "abonnés",
        "abonnenten", "seguidos", "publicaciones",
    }
)  # fmt: skip
_SMALL_WORDS = frozenset("aàiouyеиовс")  # of one letter, and no language's magnitude: "136 a seguir"
_COMMON_WORDS = frozenset({"mi", "bi", "mia", "mie", "mii", "bio", "bil", "tri", "km", "t."})

# Words that mean a count of nothing, as YouTube prints them; the whole text has to be word and noun.
_NOTHING = re.compile(
    r"(?:no|nessun[oa]?|aucune?|keine?|nenhuma?|sin|sem|geen|brak|ningún|ninguna)\s+"
    r"(?:subscribers?|followers?|videos?|video|posts?|members?|iscritt[oi]|follower|abonnés?|vidéos?|abonnenten|"
    r"videoclips|suscriptor(?:es)?|seguidor(?:es)?|inscritos?|subscritores|vídeos?|abonnees|volgers|subskrypcji)",
    re.IGNORECASE,
)
_SPACES = " \u00a0\u2007\u2008\u2009\u202f\u2002\u2003\u3000\t"
_CANONICAL = {
    **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys("’ʼ´`＇", "'"),
    "\u066b": ",",  # Arabic decimal mark: one of the two decimal marks, only ever read as such with a unit
    "\u066c": "'",  # Arabic thousands mark: grouping and nothing else
    "．": ".",
    "，": ",",
}
# Marks of direction stand between digits and words in Arabic and Hebrew pages and mean nothing here.
_MARKS = re.compile(r"[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_NUMBER = re.compile(r"\d(?:\d|[ _.,'](?=\d))*")
_GROUPED = re.compile(r"[1-9]\d{0,2}([ .,'_])\d{3}(?:\1\d{3})*")
_ENGLISH = {"M": 10**6}  # the one letter that another language uses for more
_ENGLISH_MARK = re.compile(r"\d{1,3}\.\d{1,2}")
_INDIAN = re.compile(r"[1-9]\d?(?:,\d{2})+,\d{3}")
_DECIMAL = re.compile(r"(\d+|[1-9]\d{0,2}(?:([ .,'_])\d{3})+)([.,])(\d{1,3})")
# Scripts written without spaces between number, unit and what is counted.
_GLUED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class _Number:
    """A number as written: value = digits × 10^-decimals."""

    digits: int
    decimals: int


@dataclass(frozen=True, slots=True)
class _Words:
    """The magnitude words of a language with their factors: those after a number and those before one."""

    after: dict[str, int]
    before: dict[str, int]


def parse_count(text: str, locale: str = "en", *, rounds_down: bool = False) -> Count | None:
    """The count that `text` is as a whole ("12,3 mila", "1.2K", "5,012"); None when it is not exactly one.

    `locale` is the language of the page ("es-ES", "zh-Hant"; unknown ones read as English). `rounds_down`
    says that the platform cuts digits off instead of rounding (YouTube, X).
    """
    shown = _MARKS.sub("", text[:_MAX_TEXT]).strip()
    if _NOTHING.fullmatch(shown):
        return Count(value=0, low=0, high=0, raw=shown)
    number = _NUMBER.search(_plain(shown))
    found = None if number is None else _count_at(shown, number.start(), locale, rounds_down)
    if found is None or found[0].raw != shown:
        return None
    return found[0]


def first_count(text: str, locale: str = "en", *, rounds_down: bool = False) -> Count | None:
    """The first count in a text ("5 012 subscribers", "4,69 M de suscriptores"); None when it is unreadable.

    Digits glued to letters ("Web3", "3rd") and percentages are no counts and are passed over.
    """
    shown = _MARKS.sub("", text[:_MAX_TEXT]).strip()
    if _NOTHING.fullmatch(shown):
        return Count(value=0, low=0, high=0, raw=shown)
    plain = _plain(shown)
    position = 0
    while match := _NUMBER.search(plain, position):
        start, position = match.start(), match.end()
        if not _prefix(plain, start, locale)[0] and _glued_before(plain, start):
            continue
        found = _count_at(shown, start, locale, rounds_down)
        if found is None:
            return None
        count, end = found
        if plain[end : end + 1] == "+":  # a floor, not a count
            return None
        if _glued_after(plain, end):
            continue
        return count
    return None


def exact_count(value: object) -> Count | None:
    """A count out of JSON: a non-negative integer or a string of digits; None for everything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return _exact(value, str(value)) if 0 <= value < 10**MAX_DIGITS else None
    if isinstance(value, str) and re.fullmatch(rf"[0-9]{{1,{MAX_DIGITS}}}", value):
        return _exact(int(value), value)
    return None


def rounded_to_three(count: Count) -> Count:
    """`count` for a platform that cuts numbers to three digits without saying so (YouTube: 12300)."""
    digits = len(str(count.value))
    step = 10 ** max(0, digits - 3)
    if count.low != count.high or step == 1 or count.value % step:
        return count
    return replace(count, high=count.value + step - 1)


def _exact(value: int, raw: str) -> Count:
    return Count(value=value, low=value, high=value, raw=raw)


def _count_at(shown: str, start: int, locale: str, rounds_down: bool) -> tuple[Count, int] | None:
    """The count whose digits begin at `start`, and where it ends."""
    plain = _plain(shown)
    match = _NUMBER.match(plain, start)
    if match is None:
        return None
    written, end = match.group(), match.end()
    suffix, factor, suffix_end = _suffix(plain, end, locale)
    if suffix in _ENGLISH and _is_english(written, suffix_end - end == 1, locale):
        factor = _ENGLISH[suffix]
    prefix, prefix_factor, begin = _prefix(plain, start, locale)
    if prefix:
        number = None if suffix else _with_unit(written)
        count = None if number is None else _rounded(number, prefix_factor, rounds_down, shown[begin:end])
        return None if count is None else (count, end)
    if suffix:
        number = _with_unit(written)
        if number is None or _continues(plain, suffix_end, locale):
            return None
        count = _rounded(number, factor, rounds_down, shown[start:suffix_end])
        return None if count is None else (count, suffix_end)
    value = _integer(written)
    if value is None or _is_magnitude_elsewhere(plain, end) or _follows_magnitude_elsewhere(plain, start):
        return None
    return _exact(value, shown[start:end]), end


def _is_english(written: str, glued: bool, locale: str) -> bool:
    """Whether a number before M is written as in English, on a page whose language would not: networks
    translate the words and leave the figure ("3.9M Suka" in Indonesian, where "3,9 M" is a thousand times as much)."""
    if Locale.parse(_language_tag(locale)).number_symbols["latn"].get("decimal") != ",":
        return False
    return bool(_ENGLISH_MARK.fullmatch(written)) or (glued and written.isdigit())


def _plain(text: str) -> str:
    """`text`, character by character: digits of all scripts as ASCII, spaces and apostrophes as one kind."""
    return "".join(_plain_character(character) for character in text)


def _plain_character(character: str) -> str:
    if character in _CANONICAL:
        return _CANONICAL[character]
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)


def _integer(written: str) -> int | None:
    """A number without unit: every separator is grouping, and the groups have to be right."""
    plain = written.isdigit() or _GROUPED.fullmatch(written) or _INDIAN.fullmatch(written)
    digits = re.sub(r"\D", "", written)
    return int(digits) if plain and len(digits) <= MAX_DIGITS else None


def _with_unit(written: str) -> _Number | None:
    """A number before a unit: the last point or comma is the decimal mark. One mark before exactly
    three digits can be either, and is nothing."""
    match = _DECIMAL.fullmatch(written)
    if match is None:
        value = _integer(written)
        return None if value is None else _Number(digits=value, decimals=0)
    whole, grouping, mark, decimals = match.groups()
    if grouping == mark:
        return _grouped_only(written)
    if len(decimals) == 3 and grouping is None:
        return None
    return _Number(digits=int(re.sub(r"\D", "", whole) + decimals), decimals=len(decimals))


def _grouped_only(written: str) -> _Number | None:
    value = _integer(written)
    return None if value is None else _Number(digits=value, decimals=0)


def _rounded(number: _Number, factor: int, rounds_down: bool, raw: str) -> Count | None:
    """The count with the interval that the last printed digit leaves open."""
    scale = 10**number.decimals
    if factor == _UNSURE or factor % scale or number.digits * factor // scale >= 10**MAX_DIGITS:
        return None
    step = factor // scale
    value = number.digits * step
    if rounds_down:
        return Count(value=value, low=value, high=value + step - 1, raw=raw)
    half = step // 2
    return Count(value=value, low=max(0, value - half), high=value + max(0, half - 1), raw=raw)


def _suffix(plain: str, end: int, locale: str) -> tuple[str, int, int]:
    """The longest magnitude word that follows position `end`: the word, its factor, its end; ("", 1, end)."""
    start = end
    while start < len(plain) and plain[start] == " " and start - end < 2:
        start += 1
    words = _magnitudes(_language_tag(locale)).after
    longest = max(map(len, words), default=0)
    for length in range(min(longest, len(plain) - start), 0, -1):
        word = plain[start : start + length]
        factor = words.get(word, words.get(word.lower()))
        if factor is not None and _word_ends(plain, start + length):
            return word, factor, start + length
    return "", 1, end


def _prefix(plain: str, start: int, locale: str) -> tuple[str, int, int]:
    """The longest magnitude word before position `start`: the word, its factor, its beginning; ("", 1, start)."""
    words = _magnitudes(_language_tag(locale)).before
    if not words or start == 0:
        return "", 1, start
    before = plain[:start].rstrip(" ")
    for word in sorted(words, key=len, reverse=True):
        begin = len(before) - len(word)
        if start - len(before) <= 2 and before.lower().endswith(word.lower()) and not _letter_at(before, begin - 1):
            return word, words[word], begin
    return "", 1, start


def _letter_at(plain: str, position: int) -> bool:
    return position >= 0 and (plain[position].isalpha() or bool(unicodedata.combining(plain[position])))


def _follows_magnitude_elsewhere(plain: str, start: int) -> bool:
    """Whether the word before a number is a magnitude in a language that writes it there."""
    match = re.search(r"([^\W\d_]{2,24}) {1,2}$", plain[max(0, start - 26) : start])
    return match is not None and match.group(1).lower() in _all_magnitudes_before()


@cache
def _all_magnitudes_before() -> frozenset[str]:
    return frozenset(word.lower() for tag in _LANGUAGES_BEFORE for word in _magnitudes(tag).before)


def _is_magnitude_elsewhere(plain: str, end: int) -> bool:
    """Whether the word after a number is a magnitude in some language or a single letter that may be one."""
    match = re.match(r" {0,2}([^\W\d_]+\.?)", plain[end : end + 24])
    if match is None:
        return False
    word = match.group(1).lower()
    if word in _COUNTED:
        return False  # spares the words of all languages, a quarter of a second the first time
    if _GLUED.match(word):
        return any(word[:length] in _all_magnitudes() for length in range(1, 5))
    if len(word) == 1 and word not in _SMALL_WORDS:
        following = plain[end + match.end() : end + match.end() + 1]
        # A vowel sign after it: a longer word of a script that writes them as marks.
        return following not in ("'", ".") and not unicodedata.category(following or " ").startswith("M")
    return word in _all_magnitudes() or word.rstrip(".") in _all_magnitudes()


@cache
def _all_magnitudes() -> frozenset[str]:
    words = {word.lower() for tag in _LANGUAGES for word in _magnitudes(tag).after}
    return frozenset(word for word in words if len(word) > 1 or _GLUED.match(word)) - _COMMON_WORDS


def _word_ends(plain: str, end: int) -> bool:
    """Whether a magnitude word can end here: no letter follows, or the script is written without spaces."""
    if end >= len(plain) or _GLUED.match(plain[end - 1]):
        return True
    following = plain[end]
    return not (following.isalpha() or unicodedata.combining(following)) or bool(_GLUED.match(following))


def _continues(plain: str, end: int, locale: str) -> bool:
    """Whether the number goes on after its unit ("1万2345", "3천만"): then it is not what was read."""
    if end >= len(plain):
        return False
    return plain[end].isdigit() or (bool(_GLUED.match(plain[end])) and _suffix(plain, end, locale)[0] != "")


def _glued_before(plain: str, start: int) -> bool:
    if start == 0:
        return False
    before = plain[start - 1]
    return before in "-−#@_/.:," or (before.isalpha() and not _GLUED.match(before)) or before.isdigit()


def _glued_after(plain: str, end: int) -> bool:
    if end >= len(plain):
        return False
    after = plain[end]
    return after in "%/_:" or (after.isalpha() and not _GLUED.match(after))


@lru_cache(maxsize=256)
def _language_tag(locale: str) -> str:
    """A tag Babel knows for `locale`; "en" for what is no language."""
    tag = locale.strip().replace("-", "_")[:24]
    for candidate in (tag, "_".join(tag.split("_")[:2]), tag.split("_")[0]):
        try:
            return str(Locale.parse(candidate))
        except (ValueError, TypeError, UnknownLocaleError):
            continue
    return "en"


@cache
def _magnitudes(tag: str) -> _Words:
    """The magnitude words as CLDR's compact patterns and the platforms print them."""
    language = tag.split("_")[0]
    own, general = _cldr(tag), _cldr(language)
    words: dict[str, int] = {}
    for source in (own.after, general.after, _PLATFORM_WORDS.get(language, {})):
        for word, factor in source.items():
            words.setdefault(word, factor)
    _add_spellings(words)
    taken = {word.lower() for word in words}
    for word, factor in _PLATFORM_WORDS[""].items():
        if word.lower() not in taken:
            words[word] = factor
    return _Words(after=words, before={**general.before, **own.before})


def _add_spellings(words: dict[str, int]) -> None:
    """Adds lower case and, where the word means nothing else anywhere, the form without the final point."""
    for word, factor in list(words.items()):
        if word.endswith(".") and word != "mil.":  # `mil` is a thousand in one language, a million in the next
            words.setdefault(word[:-1], factor)
    by_lower: dict[str, set[int]] = {}
    for word, factor in words.items():
        by_lower.setdefault(word.lower(), set()).add(factor)
    for word, factors in by_lower.items():
        if len(factors) == 1:
            words.setdefault(word, next(iter(factors)))


@cache
def _cldr(tag: str) -> _Words:
    """Magnitude words out of the compact patterns of a locale: {"1000": "0 mila"} → {"mila": 1000}. A word with two
    factors ("1 करोड" is a million and ten in Nepali patterns) and one of a pair around the number are unsure."""
    words = _Words(after={}, before={})
    formats = Locale.parse(tag).compact_decimal_formats
    patterns = [
        pair for style in ("short", "long") for named in formats.get(style, {}).values() for pair in named.items()
    ]
    for magnitude, pattern in patterns:
        before, after, factor = _inverted(int(magnitude), pattern.pattern)
        if before:
            _note(words.before, before, _UNSURE if after else factor)
        elif after:
            _note(words.after, after, factor)
    return words


def _note(words: dict[str, int], word: str, factor: int) -> None:
    words[word] = factor if words.get(word, factor) == factor else _UNSURE


def _inverted(magnitude: int, pattern: str) -> tuple[str, str, int]:
    """The words before and after the zeros of one pattern ("0 mila", or with a negative form "elfu 0;elfu -0") and
    their factor; ("", "", 1) when it has no zeros."""
    positive = _plain(_MARKS.sub("", pattern.partition(";")[0].replace("'", "")))
    before, zeros, after = positive.partition("0")
    if not zeros:
        return "", "", 1
    word = after.lstrip("0")
    return before.strip(), word.strip(), magnitude // 10 ** (len(after) - len(word))
