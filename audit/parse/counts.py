"""Counts as platforms print them ("12,3 mila", "1.2K", "5 012 subscribers") to numbers with their interval.

The magnitude words of a language are CLDR's compact patterns read backwards, with the spellings that
platforms add. Whatever can be read in two ways is None: a wrong number is worse than none.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache

from babel import Locale, UnknownLocaleError

from audit.models import Count

MAX_DIGITS = 15
_MAX_TEXT = 2_000

# Spellings seen on platforms that CLDR does not have, by language; "" holds for all where the language itself
# gives the letter no other meaning.
_PLATFORM_WORDS: dict[str, dict[str, int]] = {
    "": {"K": 10**3, "k": 10**3, "M": 10**6, "m": 10**6, "B": 10**9, "b": 10**9, "bn": 10**9},
    "en": {"lakh": 10**5, "crore": 10**7, "Cr": 10**7},
    "it": {"mila": 10**3, "mln": 10**6, "mio": 10**6, "mld": 10**9, "mrd": 10**9},
    "es": {"mil": 10**3, "mill.": 10**6, "mill": 10**6},
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
_INDIAN = re.compile(r"[1-9]\d?(?:,\d{2})+,\d{3}")
_DECIMAL = re.compile(r"(\d+|[1-9]\d{0,2}(?:([ .,'_])\d{3})+)([.,])(\d{1,3})")
# Scripts written without spaces between number, unit and what is counted.
_GLUED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class _Number:
    """A number as written: value = digits × 10^-decimals."""

    digits: int
    decimals: int


def parse_count(text: str, locale: str = "en", *, rounds_down: bool = False) -> Count | None:
    """The count that `text` is as a whole ("12,3 mila", "1.2K", "5,012"); None when it is not exactly one.

    `locale` is the language of the page ("es-ES", "zh-Hant"; unknown ones read as English). `rounds_down`
    says that the platform cuts digits off instead of rounding (YouTube, X).
    """
    shown = _MARKS.sub("", text[:_MAX_TEXT]).strip()
    if _NOTHING.fullmatch(shown):
        return Count(value=0, low=0, high=0, raw=shown)
    found = _count_at(shown, 0, locale, rounds_down)
    if found is None or found[1] != len(shown):
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
        if _glued_before(plain, start):
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


def magnitudes(locale: str) -> dict[str, int]:
    """The magnitude words of a language with their factors: {"mila": 1000, "Mln": 1000000 …}."""
    return dict(_magnitudes(_language_tag(locale)))


def _exact(value: int, raw: str) -> Count:
    return Count(value=value, low=value, high=value, raw=raw)


def _count_at(shown: str, start: int, locale: str, rounds_down: bool) -> tuple[Count, int] | None:
    """The count that starts at `start`, and where it ends."""
    plain = _plain(shown)
    match = _NUMBER.match(plain, start)
    if match is None:
        return None
    written, end = match.group(), match.end()
    suffix, factor, suffix_end = _suffix(plain, end, locale)
    if suffix:
        number = _with_unit(written)
        if number is None or _continues(plain, suffix_end, locale):
            return None
        count = _rounded(number, factor, rounds_down, shown[start:suffix_end])
        return None if count is None else (count, suffix_end)
    value = _integer(written)
    if value is None or _is_magnitude_elsewhere(plain, end):
        return None
    return _exact(value, shown[start:end]), end


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
    if factor % scale or number.digits * factor // scale >= 10**MAX_DIGITS:
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
    words = _magnitudes(_language_tag(locale))
    longest = max(map(len, words), default=0)
    for length in range(min(longest, len(plain) - start), 0, -1):
        word = plain[start : start + length]
        factor = words.get(word) or words.get(word.lower())
        if factor is not None and _word_ends(plain, start + length):
            return word, factor, start + length
    return "", 1, end


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
    if len(word) == 1:
        return plain[end + match.end() : end + match.end() + 1] not in ("'", ".")
    return word in _all_magnitudes() or word.rstrip(".") in _all_magnitudes()


@cache
def _all_magnitudes() -> frozenset[str]:
    words = {word.lower() for tag in _LANGUAGES for word in _magnitudes(tag)}
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
def _magnitudes(tag: str) -> dict[str, int]:
    """Magnitude word → factor, as CLDR's compact patterns and the platforms print them."""
    language = tag.split("_")[0]
    words: dict[str, int] = {}
    for source in (_cldr(tag), _cldr(language), _PLATFORM_WORDS.get(language, {})):
        for word, factor in source.items():
            words.setdefault(word, factor)
    _add_spellings(words)
    taken = {word.lower() for word in words}
    for word, factor in _PLATFORM_WORDS[""].items():
        if word.lower() not in taken:
            words[word] = factor
    return words


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


def _cldr(tag: str) -> dict[str, int]:
    """Magnitude words out of the compact patterns of a locale: {"1000": "0 mila"} → {"mila": 1000}."""
    words: dict[str, int] = {}
    formats = Locale.parse(tag).compact_decimal_formats
    for style in ("short", "long"):
        if style not in formats:
            continue
        for patterns in formats[style].values():
            for magnitude, pattern in patterns.items():
                word, factor = _inverted(int(magnitude), pattern.pattern)
                if word:
                    words.setdefault(word, factor)
    return words


def _inverted(magnitude: int, pattern: str) -> tuple[str, int]:
    """The word after the zeros of one pattern and its factor; ("", 1) when it has none or it comes before."""
    zeros = pattern.count("0")
    word = _plain(_MARKS.sub("", re.sub(r"[0']", "", pattern))).strip()
    if zeros == 0 or not _MARKS.sub("", pattern).startswith("0"):
        return "", 1
    return word, magnitude // 10 ** (zeros - 1)
