"""Web addresses, read as browsers read them (WHATWG, through ada-url)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Container, Iterable
from difflib import get_close_matches
from functools import cache, lru_cache
from ipaddress import ip_address
from urllib.parse import parse_qsl, unquote

import ada_url
from publicsuffixlist import PublicSuffixList

# Endings tried first for a mistyped one, the commoner first; all others of the public suffix list come after them.
_COMMON_ENDINGS = (
    "com",
    "it",
    "org",
    "net",
    "eu",
    "de",
    "fr",
    "es",
    "ch",
    "at",
    "uk",
    "nl",
    "pt",
    "info",
    "biz",
    "shop",
)
_RESERVED_ENDINGS = frozenset({"example", "test"})  # RFC 2606: no site of the world, but of examples and rehearsals
_LOCAL_NAMES = (
    "localhost",
    "local",
    "localdomain",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "private",
    "home.arpa",
)
_SCHEME = re.compile(r"^(?P<scheme>[a-z]{0,7})(?:[:;.,]{0,2}[/\\]{1,4}[:;.,]?|[:;](?!\d))[/\\]*", re.I)
_OTHER_SCHEME = re.compile(r"^(?:mailto:|view-source:|(?:s?ftps?|wss?|feed)://)", re.I)  # a site stands behind it
_MISTYPED_WWW = re.compile(r"^(?:ww|w{4,6}|wwe|wvw|vww|wwv|vvv|qww|wqw|wwq)\.(?=[^.]+\.[^.])", re.I)
_MAIL_PROVIDERS = frozenset({
    "gmail.com", "googlemail.com", "hotmail.com", "hotmail.it", "outlook.com", "outlook.it", "live.com", "live.it",
    "msn.com", "yahoo.com", "yahoo.it", "icloud.com", "me.com", "aol.com", "gmx.de", "gmx.net", "web.de", "libero.it",
    "virgilio.it", "alice.it", "tiscali.it", "tim.it", "pec.it", "legalmail.it", "arubapec.it", "proton.me",
    "protonmail.com",
})  # fmt: skip
# Hosts below which anybody may have a name and that the public suffix list lacks: they count as suffixes.
_WEBNODE = ("com", "it", "at", "be", "ch", "com.br", "com.co", "cz", "dk", "es", "fi", "fr", "gr", "hr", "hu", "lt",
            "mx", "nl", "page", "pl", "pt", "ro", "rs", "se", "sk")  # fmt: skip
_WEBADOR = ("com", "at", "be", "ch", "co.uk", "de", "dk", "es", "fi", "fr", "ie", "it", "nl", "no", "pl", "pt", "se")
_BLOGSPOT = ("com", "it", "at", "be", "ch", "co.uk", "de", "es", "fr", "gr", "hu", "ie", "nl", "pt", "ro", "se")
_LENDS_NAMES = frozenset({
    "wordpress.com", "home.blog", "tumblr.com", "typepad.com", "livejournal.com", "over-blog.com", "canalblog.com",
    "myblog.it", "blog.libero.it", "ghost.io", "substack.com", "weebly.com", "squarespace.com", "wixstudio.com",
    "jimdo.com", "jimdosite.com", "jimdofree.com", "site123.me", "godaddysites.com", "strikingly.com",
    "mystrikingly.com", "ueniweb.com", "cargo.site", "cargocollective.com", "canva.site", "hostingersite.com",
    "000webhostapp.com", "tilda.ws", "sitew.com", "e-monsite.com", "ucoz.ru", "ucoz.com", "eu5.org", "moonfruit.com",
    "bigcartel.com", "beepworld.de", "npage.de", "de.tl", "it.gg", "es.tl", "page.tl", "durable.co", "mozello.com",
    "mitiendanube.com", "webs.com", "multiscreensite.com", "myfreesites.net", "zohosites.com", "wpengine.com",
    "neocities.org", "infinityfreeapp.com", "rf.gd", "business.site", "homepage.t-online.de", "tripod.com",
    "pagesperso-orange.fr", "free.fr", "gumroad.com",
    *(f"webnode.{ending}" for ending in _WEBNODE), *(f"webador.{ending}" for ending in _WEBADOR),
    *(f"blogspot.{ending}" for ending in _BLOGSPOT),
})  # fmt: skip
# Hosts that lend paths → how many of the path's segments name one owner's part; 0: on markets and in catalogues no
# fixed number of them does. Those below such a host lend too.
_LENDS_PATHS = {
    "sites.google.com": 2, "digilander.libero.it": 1, "digiland.libero.it": 1, "spazioinwind.libero.it": 1,
    "xoomer.virgilio.it": 1, "xoomer.alice.it": 1, "web.tiscali.it": 1, "members.xoom.it": 1, "angelfire.com": 2,
    "geocities.ws": 1, "google.com": 0, "apple.com": 0, "etsy.com": 0, "ebay.com": 0, "ebay.it": 0, "amazon.com": 0,
    "amazon.it": 0, "shopify.com": 0, "eventbrite.com": 0, "eventbrite.it": 0, "tripadvisor.com": 0,
    "tripadvisor.it": 0, "thefork.com": 0, "thefork.it": 0, "booking.com": 0, "calendly.com": 0, "mailchi.mp": 0,
    "wikipedia.org": 0, "wikidata.org": 0, "later.com": 0,
}  # fmt: skip


@cache
def _suffixes() -> PublicSuffixList:
    """The public suffix list that the library carries: no request, no cache on disk."""
    return PublicSuffixList()


@lru_cache(maxsize=4096)  # asked several times for every address of a page
def parts(url: str) -> ada_url.URL | None:
    """The parsed address when it is http or https with a host; None for everything else."""
    try:
        parsed = ada_url.URL(url.strip())
    except ValueError:
        return None
    return parsed if parsed.protocol in ("http:", "https:") and parsed.hostname else None


def absolute(url: str, base: str) -> str | None:
    """`url` against `base`, normalised; None when it is no http(s) address."""
    try:
        joined = ada_url.URL(url.strip(), base=base).href
    except ValueError:
        return None
    return joined if parts(joined) else None


@lru_cache(maxsize=4096)  # asked once per platform for every address of a page
def host(url: str) -> str:
    """Host of `url` in lower case without the final dot; "" when there is none."""
    parsed = parts(url)
    return parsed.hostname.rstrip(".").lower() if parsed else ""


def host_matches(url: str, domains: Iterable[str]) -> bool:
    """Whether the host of `url` is one of `domains` or lies below one of them."""
    return not _domains_above(host(url)).isdisjoint(domains)


@lru_cache(maxsize=4096)
def _domains_above(name: str) -> frozenset[str]:
    """A host and all domains that it lies below."""
    labels = name.split(".")
    return frozenset(".".join(labels[number:]) for number in range(len(labels)))


def path_segments(url: str) -> list[str]:
    """The path's non-empty segments, percent-decoded."""
    return list(_path_segments(url))


@lru_cache(maxsize=4096)
def _path_segments(url: str) -> tuple[str, ...]:
    parsed = parts(url)
    return tuple(unquote(segment) for segment in parsed.pathname.split("/") if segment) if parsed else ()


def query(url: str) -> dict[str, str]:
    """The query's parameters, the last of a name wins; {} without a query."""
    parsed = parts(url)
    return dict(parse_qsl(parsed.search.lstrip("?"), keep_blank_values=True)) if parsed else {}


def registrable(url: str) -> str:
    """The registrable domain of `url` (shop.example.co.uk → example.co.uk); the host where there is none.

    Domains below which others let spaces (github.io, wordpress.com) count as suffixes: two of them are two owners.
    Beside hosts that lend paths it says nothing of owners: `owner_place`."""
    name = host(url)
    if not name or _is_number(name.strip("[]")):
        return name
    own = _suffixes().privatesuffix(name) or name
    lender = _lender(name)
    if not lender or own.endswith(f".{lender}"):
        return own
    return (
        lender
        if name in (lender, f"www.{lender}")
        else name.removesuffix(f".{lender}").rpartition(".")[2] + f".{lender}"
    )


def owner_place(url: str) -> str:
    """What one owner holds of the web around `url`: its registrable domain, at a host that lends paths the host with
    the path's beginning. "" where the address names no owner's part: a lender's own page, a market."""
    name = host(url)
    place = _place_lending_paths(name)
    if not place:
        return registrable(url)
    segments = path_segments(url)[: _LENDS_PATHS[place]]
    return "/".join([place, *segments]) if segments and len(segments) == _LENDS_PATHS[place] else ""


def lends_paths(url: str) -> bool:
    """Whether the host of `url` belongs to many: its name alone says nothing of an owner."""
    return bool(_place_lending_paths(host(url)))


def name_in(place: str) -> str:
    """The name in an owner's place without its suffix (aurora.co.uk → aurora); of a name or a path that others lend
    (aurora.github.io), and of a number, the whole."""
    lent = "/" in place or _is_number(place.strip("[]")) or _lender(place)
    return place if lent or _registries().privatesuffix(place) != place else place.partition(".")[0]


def moved_to(address: str, places: Collection[str]) -> str:
    """The owner's place to which one of `places` has moved when it leads to `address`: one of the same name under
    another registry's ending (aurora.it → aurora.com); else "": a domain that lapsed leads to whoever bought it."""
    place = owner_place(address)
    return place if place and name_in(place) in map(name_in, places) else ""


@cache
def _registries() -> PublicSuffixList:
    """Suffixes of registries alone, without those of companies that lend names below their own."""
    return PublicSuffixList(only_icann=True)


def _lender(name: str) -> str:
    """The host in `_LENDS_NAMES` that a host is, or lies below; "" for all others."""
    return _ending_in(name, _LENDS_NAMES)


def _place_lending_paths(name: str) -> str:
    return _ending_in(name, _LENDS_PATHS)


def _ending_in(name: str, hosts: Container[str]) -> str:
    """The longest ending of a host that is one of `hosts`; "" for none."""
    labels = name.split(".")
    endings = (".".join(labels[start:]) for start in range(len(labels) - 1))
    return next((ending for ending in endings if ending in hosts), "")


def is_local(url: str) -> bool:
    """Whether `url` names a machine of the own network: a private or loopback address, or a name without a place
    in the public name system (localhost, nas.local, intranet)."""
    name = host(url).strip("[]")
    try:
        address = ip_address(name)
    except ValueError:
        return bool(name) and ("." not in name or any(name.endswith(f".{ending}") for ending in _LOCAL_NAMES))
    return not address.is_global or address.is_multicast


def likely_address(text: str, *, ending: str = "com") -> str | None:
    """The web address that a person probably meant by `text`, written out; a right one comes back as it is.

    Repaired are the scheme (`htps:/`), commas and spaces for dots, `wwww.`, unknown endings (`.con`), a name without
    an ending (which gets `ending`), a mail address of the own domain. None where nothing like a site is in it.
    """
    plain = unicodedata.normalize("NFKC", text).strip(" \t\r\n\"'<>()[]").rstrip(".,;:")
    scheme, rest = _without_scheme(plain)
    if re.match(r"https?:?/", rest, re.I):  # written twice
        scheme, rest = _without_scheme(rest)
    name, path = re.match(r"([^/?#\\]*)(.*)", rest, re.S).groups()  # type: ignore[union-attr]  # matches all texts
    name = name.rpartition("@")[2]
    if "@" in rest and name.lower() in _MAIL_PROVIDERS:
        return None
    name, colon, port = name.partition(":")
    if colon and "." not in name and not port.isdecimal():  # javascript:, file: …
        return None
    name = _likely_name(name, ending)
    if name is None:
        return None
    shown_port = f":{port}" if colon and port.isdecimal() else ""
    parsed = parts(f"{scheme}://{name}{shown_port}{path.strip()}")
    return parsed.href if parsed is not None else None


def _without_scheme(text: str) -> tuple[str, str]:
    """The scheme that was meant, and what stands behind it."""
    match = _SCHEME.match(text)
    written = match.group("scheme").lower() if match else ""
    if match is None or (written and not get_close_matches(written, ("https", "http"), n=1, cutoff=0.6)):
        return "https", _OTHER_SCHEME.sub("", text)
    return "http" if written == "http" else "https", text[match.end() :]


def _likely_name(text: str, ending: str) -> str | None:
    """A host's name out of what was typed for it; None where there is none in it."""
    name = re.sub(r"\s*[.,;]+\s*", ".", text.strip().lower())
    name = re.sub(r"\s+", "", name).strip(".")
    name = _MISTYPED_WWW.sub("www.", name)
    if not name or not re.search(r"\w", name) or len(name) > 253:
        return None
    if _is_number(name):
        return name
    if "." not in name:
        return None if _known_suffixes().is_public(name) else f"{name}.{ending}"
    if name.startswith("www.") and name.count(".") == 1:
        return f"{name}.{ending}"
    before, _, last = name.rpartition(".")
    if last in _RESERVED_ENDINGS or _known_suffixes().publicsuffix(name) is not None:
        return name if _suffixes().privatesuffix(name) else None
    close = _nearest_ending(last)
    return f"{before}.{close}" if close else None


def _is_number(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


@cache
def _known_suffixes() -> PublicSuffixList:
    """The same list, without the rule that every unknown ending is one."""
    return PublicSuffixList(accept_unknown=False)


def _nearest_ending(written: str) -> str | None:
    """The ending that `written` most likely stands for: one slip away, the commonest first; None: none is near."""
    for candidate in _COMMON_ENDINGS:
        if _one_slip(written, candidate) or candidate.startswith(written):
            return candidate
    return next((one for one in _slips(written) if _known_suffixes().is_public(one)), None)


def _one_slip(written: str, meant: str) -> bool:
    """Whether two words differ by one letter put in, left out, changed or swapped with its neighbour."""
    return written in set(_slips(meant))


def _slips(word: str) -> Iterable[str]:
    """Every word one slip away from `word`, the likelier first: swapped, left out, changed, put in."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    yield from (head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1)
    yield from (head + tail[1:] for head, tail in cuts if tail)
    yield from (head + letter + tail[1:] for head, tail in cuts if tail for letter in letters)
    yield from (head + letter + tail for head, tail in cuts for letter in letters)
