"""Which of a company's several accounts on one platform is the main one, and why: a proposal for a person."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Generic, TypeVar

from audit.found_in import rank
from audit.models import FoundLink, Link

_LONG_WORD = 4  # letters of one word of the name that a handle is made from
Account = TypeVar("Account", bound=Link)

# What an account is for, when it is not the company as a whole: words at the end or the beginning of a handle.
_PURPOSES = {
    "customer service": ("support", "help", "helps", "care", "cares", "service", "servizio", "hilfe", "kundenservice",
                         "assistenza", "aide", "ayuda", "customercare", "customerservice", "asks", "status", "aiuto"),
    "jobs": ("jobs", "job", "careers", "career", "karriere", "lavoro", "emploi", "empleo", "life", "lifeat", "hiring",
             "recruiting", "talent", "ausbildung", "rekrytering"),
    "the press": ("press", "presse", "stampa", "newsroom", "media", "pr"),
    "developers": ("dev", "devs", "developers", "developer", "api", "labs", "tech", "engineering"),
    "a shop or a branch": ("outlet", "store", "shop", "fabrikverkauf", "boutique"),
    "one subject": ("kids", "sport", "sports", "baby", "home", "pro", "business", "academy", "foundation", "tv",
                    "music"),
}  # fmt: skip
_PURPOSE_OF = {word: purpose for purpose, words in _PURPOSES.items() for word in words}

# Countries and languages as handles write them, by the code of the country.
_COUNTRIES = {
    "it": ("it", "ita", "italia", "italy", "italiano"), "de": ("de", "ger", "deutschland", "germany", "deutsch"),
    "fr": ("fr", "fra", "france", "francais"), "es": ("es", "esp", "espana", "spain", "espanol"),
    "gb": ("uk", "gb", "eng", "britain", "england"), "us": ("us", "usa", "america"),
    "at": ("at", "aut", "austria", "oesterreich"),
    "ch": ("ch", "swiss", "schweiz", "suisse", "svizzera", "switzerland"),
    "nl": ("nl", "nederland", "netherlands", "holland"),
    "be": ("be", "belgium", "belgique", "belgie"), "pt": ("pt", "portugal"), "br": ("br", "bra", "brasil", "brazil"),
    "pl": ("pl", "polska", "poland"), "se": ("se", "sverige", "sweden"), "dk": ("dk", "danmark", "denmark"),
    "no": ("no", "norge", "norway"), "fi": ("fi", "suomi", "finland"), "ru": ("ru", "rus", "russia"),
    "tr": ("tr", "turkiye", "turkey"), "jp": ("jp", "ja", "japan", "nihon"), "cn": ("cn", "china"),
    "in": ("ind", "india"), "mx": ("mx", "mexico"), "ca": ("ca", "canada"), "au": ("au", "australia"),
    "kr": ("kr", "korea"), "cz": ("cz", "cesko", "czech"), "hu": ("hu", "hungary", "magyarorszag"),
    "gr": ("gr", "greece", "hellas"), "ie": ("ie", "ireland"), "ro": ("ro", "romania"), "ua": ("ua", "ukraine"),
    "ar": ("ar", "arg", "argentina"), "hr": ("hr", "croatia", "hrvatska"), "si": ("si", "slovenia", "slovenija"),
}  # fmt: skip
_COUNTRY_OF = {word: country for country, words in _COUNTRIES.items() for word in words}
_OF_LANGUAGE = {"en": ("gb", "us"), "ja": ("jp",), "zh": ("cn",), "da": ("dk",), "sv": ("se",), "cs": ("cz",),
                "el": ("gr",), "uk": ("ua",), "ko": ("kr",), "nb": ("no",), "sl": ("si",)}  # fmt: skip
_WHOLE = ("official", "officiel", "ufficiale", "oficial", "global", "world", "group", "hq", "the", "com", "worldwide")


@dataclass(frozen=True)
class _Read(Generic[Account]):
    """A link with what its handle says, and on how many pages it stands."""

    link: Account
    purpose: str
    country: str
    pages: int
    likeness: float


def main_first(
    links: Sequence[Account], *, name: str, domain: str, country: str = ""
) -> tuple[tuple[Account, ...], str]:
    """A company's own accounts on one platform, the main one first, and why it is that; () and "" without any.

    `name` and `domain` are the company's, `country` is a code of two letters, a country's or a language's (`de`,
    `de-CH`). In this order: an account of the whole company before one for customer service, jobs or a subject; the
    country's account, then one of no country; where it stands on the site; on how many of its pages; how near its
    handle is to the name.
    """
    read = [_read(link, name, domain) for link in links if link.own]
    if len(read) < 2:
        return tuple(one.link for one in read), "the only one" if read else ""
    wanted = _wanted(country)
    tests: list[tuple[Callable[[_Read[Account]], float], Callable[[_Read[Account], _Read[Account]], str]]] = [
        (lambda one: bool(one.purpose), lambda _, other: f"it is for the whole company, the other for {other.purpose}"),
        (lambda one: _distance(one.country, wanted), lambda one, other: _country_reason(one, other, wanted)),
        (lambda one: rank(one.link.found_in), lambda one, _: f"it stands in a stronger place ({one.link.found_in})"),
        (lambda one: -one.pages, lambda one, other: f"it stands on more pages ({one.pages} against {other.pages})"),
        (lambda one: -one.likeness, lambda _, __: "its handle is nearest to the company's name"),
    ]
    ranked = sorted(read, key=lambda one: tuple(value(one) for value, _ in tests))
    best, second = ranked[0], ranked[1]
    reason = next((say(best, second) for value, say in tests if value(best) != value(second)), "")
    return tuple(one.link for one in ranked), reason or "the first on the page; nothing else tells them apart"


def _country_reason(best: _Read[Account], other: _Read[Account], wanted: tuple[str, ...]) -> str:
    if best.country and best.country in wanted:
        return f"it is the account for {best.country.upper()}"
    return f"it is for no one country, the other for {other.country.upper()}"


def _read(link: Account, name: str, domain: str) -> _Read[Account]:
    label = domain.removeprefix("www.").split(".")[0]
    brands = sorted({_folded(one) for one in (name, label) if len(_folded(one)) >= 2}, key=len, reverse=True)
    folded = _folded(link.handle)
    words = [_folded(word) for word in re.split(r"[\W_]+", name)]
    said = (*brands, *(word for word in words if len(word) >= _LONG_WORD))
    rest = next((_without(link.handle, brand) for brand in said if brand in folded), [])
    rest = [word for word in rest if word not in words]
    mentions = link.mentions if isinstance(link, FoundLink) else ()
    return _Read(
        link=link,
        purpose=next((_PURPOSE_OF[word] for word in rest if word in _PURPOSE_OF), ""),
        country=next((_COUNTRY_OF[word] for word in rest if word in _COUNTRY_OF), ""),
        pages=len({mention.page for mention in mentions if mention.own}),
        likeness=max((SequenceMatcher(None, folded, brand).ratio() for brand in brands), default=0.0),
    )


def _without(handle: str, brand: str) -> list[str]:
    """The words of a handle beside the brand's name."""
    before, _, after = _folded(handle).partition(brand)
    words = [_folded(word) for word in re.split(r"[\W_]+|(?<=[a-z])(?=[A-Z])", handle) if word]
    return [word for word in (before, after, *words) if word and word not in brand and word not in _WHOLE]


def _wanted(country: str) -> tuple[str, ...]:
    codes = [code for code in re.split(r"[-_]", country.lower()) if code]
    return tuple(dict.fromkeys(one for code in reversed(codes) for one in _OF_LANGUAGE.get(code, (code,))))


def _distance(country: str, wanted: tuple[str, ...]) -> int:
    if country and country in wanted:
        return wanted.index(country)
    return len(wanted) + (1 if country else 0)


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())
