"""The company's own pages to the profiles they point to, each with where it was found and whose it seems to be.

Evidence, strongest first: what the page declares (rel=me, JSON-LD), its header and footer, follow widgets, a row of
icons, a link in the text. A link that is something else (share button, post, agency credit, placeholder …) is
reported with `own` False and the reason, one of `audit.link_kinds.Kind`: a person decides.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache, cached_property
from itertools import chain, islice
from typing import Any

from bs4.element import Tag

from audit import link_places as places
from audit import link_words as words
from audit.found_in import rank
from audit.link_kinds import (
    LINK_IN_BIO,
    PIXEL_CALLS,
    PLACEHOLDER_BUILDER,
    PLACEHOLDER_ICON,
    SHORT_LINK,
    Kind,
    known_hosts,
    no_profile,
    source_kind,
    special,
)
from audit.models import Link
from audit.parse.address import absolute, host, host_matches, path_segments, registrable
from audit.parse.document import Document, walk
from audit.parse.structured import ORGANIZATION_TYPES, strings, types_of
from audit.parse.text import clean
from audit.platforms import link_of, platform_of, platforms
from audit.redirectors import unwrap

__all__ = ["links_in", "links_in_bio", "links_of", "unwrap"]

_DECLARED = frozenset({"rel-me", "json-ld", "meta"})
_MAX_LINKS = 5_000  # anchors looked at; a page with more is a sitemap
_MAX_DECLARED = 1_000  # addresses that a page's head, and its JSON-LD, declare
_LONGEST_ADDRESS = 4_000  # characters; no profile's is, and few share buttons'
_MAX_SCRIPT = 1_000_000  # characters of inline script searched
_NEIGHBOURS = 900  # characters between two addresses of one list in a script
_MAX_SCRIPTED = 400  # profiles in scripts; a page with more is a directory
_MAX_SAME = 60  # addresses of one sameAs; companies name fewer than twenty
_MAX_NAMES = 40  # names of the company that handles are compared with
_MANY = 3  # accounts of one platform in the content that do not bear the name: a team, customers, shops
_TITLE_PIECE = 40  # characters; longer pieces of a title are sentences
# Properties of schema.org whose value is somebody else.
_OTHERS = frozenset({
    "author", "organizer", "performer", "sponsor", "brand", "member", "location", "review", "itemListElement",
    "hiringOrganization", "memberOf", "funder", "contributor", "editor", "creator", "employee", "employees", "founder",
    "seller", "manufacturer", "mentions", "about", "offers", "item", "workPerformed", "actor", "director", "alumni",
    "affiliation", "customer", "provider", "itemReviewed", "parentOrganization", "subOrganization", "worksFor",
})  # fmt: skip
_APP = re.compile(r"(?:fb|facebook|instagram|twitter|tg)://", re.I)
_LEADS_ON = re.compile(r"(?:https?:|%3A|=)(?://|%2F%2F)|google\.[a-z.]+/(?:\+|maps)|bing\.com/ck", re.I)
_RELATIVE_REDIRECT = re.compile(
    r"/(?:go|out|goto|redirect|link|to)/[a-z0-9_-]+/?$|"
    r"/(?:facebook|twitter|instagram|linkedin|youtube|tiktok|pinterest|telegram)/?$",
    re.I,
)

_VK_WIDGET = re.compile(r"VK\.Widgets\.(?:Group|CommunityMessages)\([^)]{0,300}?,\s*(\d{3,12})\s*\)")
_X_WIDGET = re.compile(r"""TWTR\.Widget[\s\S]{0,3000}?\.setUser\(["']@?(\w{1,15})""")


@dataclass(frozen=True)
class _Mention:
    """An address in the page: `tag` is the element, None for what a page declares."""

    address: str
    found_in: str = ""  # "" for elements: worked out when the address turns out to matter
    tag: Tag | None = None
    widget: bool = False
    hint: str = ""  # why this proves nothing
    doubt: str = ""  # why this proves nothing, unless the handle bears the company's name


@dataclass(frozen=True)
class _Judged:
    """A link with what spoke for it: declared, region, named, follow, row or words; "" for what is not own."""

    link: Link
    by: str = ""


def links_in(html: bytes, url: str, *, lang: str | None = None) -> list[Link]:
    """The profiles that a page of the company points to, own ones first; `url` is the page's own address.

    Each profile stands once, with the strongest place it was found in. `lang` is accepted for callers that know
    the page's language; the words looked for are those of all languages.
    """
    return links_of(Document(html, "text/html"), url)


def links_of(document: Document, url: str) -> list[Link]:
    """The same for a page that has been parsed already."""
    page = _PageLinks(document, url)
    judged = [one for mention in page.mentions() if (one := page.judged(mention)) is not None]
    links = _merged(_without_crowds(judged))
    if any(link.own and link.found_in in ("header", "footer", "body") and link.handle for link in links):
        return sorted(links, key=lambda link: not link.own)
    return sorted(_merged(links + page.scripted()), key=lambda link: not link.own)


def links_in_bio(html: bytes, url: str) -> list[Link]:
    """The profiles that a link-in-bio page at `url` lists: the account's own list, own ones first.

    Also where the list stands only in the page's data. The service's own accounts and legal pages are not own.
    """
    page = _PageLinks(Document(html, "text/html"), url)
    judged = [one.link for mention in page.mentions() if (one := page.judged(mention)) is not None]
    judged += page.in_scripts()
    service = registrable(url).split(".")[0]
    listed = [_listed(link, service) for link in _merged(judged)]
    return sorted(listed, key=lambda link: not link.own)


def _listed(link: Link, service: str) -> Link:
    """A link of a link-in-bio page as the account's own, unless it is no profile or the service's."""
    if _folded(service) in _folded(link.handle):
        return replace(link, own=False, why=f"{Kind.OTHER_COMPANY}: the link service's own account")
    settled = not link.handle or link.why.startswith((Kind.PLACEHOLDER, Kind.HINT))
    return link if settled else replace(link, own=True, why="")


class _PageLinks:
    """All that one page offers for deciding whose profile a link is."""

    def __init__(self, document: Document, url: str) -> None:
        self.document = document
        self.soup = document.soup  # first: what else is asked of the document is then found in it
        self.url = url
        self.places = places.Places()
        self._carrying: dict[str, bool] = {}
        base = document.soup.find("base", href=True)
        stated = absolute(str(base.get("href")), url) if isinstance(base, Tag) else None
        self.base = stated or url
        self.domain = registrable(url).removeprefix("www.")

    @cached_property
    def is_home(self) -> bool:
        """Whether the address is that of a home page, also of one language."""
        segments = path_segments(self.url)
        return len(segments) < 2 and all(
            len(one) <= 5 or one.startswith(("index", "home", "default")) for one in segments
        )

    @cached_property
    def names(self) -> frozenset[str]:
        """Folded names by which the company calls itself: its domain, its site name, its declared organisation."""
        label = self.domain.split(".")[0]
        names = [label, self.domain, *host(self.url).removeprefix("www.").split(".")[:-2]]
        names += [self.document.meta.get(key, "") for key in ("og:site_name", "application-name", "twitter:site")]
        for item, _ in self.document.json_ld:
            if types_of(item) & ORGANIZATION_TYPES and not self._is_elsewhere(item):
                names += strings(item.get("name"))
        folded = {_folded(name) for name in names}
        named = sorted(name for name in folded if 3 <= len(name) <= 60 and name not in words.GENERIC)
        return frozenset(named[:_MAX_NAMES])

    @cached_property
    def brands(self) -> frozenset[str]:
        """`names` and the parts of a home page's title; of other pages' titles those that resemble a name."""
        pieces = re.split(r"\s[|–—·•:-]\s|[|»]", self.document.title)
        folded = {_folded(piece) for piece in pieces if len(piece) < _TITLE_PIECE}
        told = {piece for piece in folded if len(piece) >= 4 and piece not in words.GENERIC}
        if not self.is_home:
            told = {piece for piece in told if any(_alike(piece, name) for name in self.names)}
        return self.names | told

    @cached_property
    def declared_handles(self) -> frozenset[str]:
        """Handles that stand in twitter:site and in share buttons' `via`: no link, but they confirm one."""
        values = [self.document.meta.get("twitter:site", "").lstrip("@")]
        values += re.findall(r"[?&;]via=@?(\w{2,15})", self.document.text[:_MAX_SCRIPT])
        values += re.findall(r"""data-via=["']@?(\w{2,15})""", self.document.text[:_MAX_SCRIPT])
        return frozenset(value.lower() for value in values if value)

    def mentions(self) -> Iterator[_Mention]:
        """Every address of the page that may be a profile, in order of the page within each kind."""
        declared = (islice(self._in_head(), _MAX_DECLARED), islice(self._in_json_ld(), _MAX_DECLARED))
        for mention in chain(*declared, self._in_elements(), self._in_calls()):
            if len(mention.address) <= _LONGEST_ADDRESS:
                yield mention

    def _in_head(self) -> Iterator[_Mention]:
        for tag in self.soup.find_all("link", href=True):
            rels = {str(rel).lower() for rel in tag.get_attribute_list("rel") if rel}
            if rels & {"me", "publisher"}:
                yield _Mention(str(tag.get("href")), "rel-me")
        for tag in self.soup.find_all("meta", content=True):
            key = str(tag.get("property") or tag.get("name") or "").lower()
            content = clean(str(tag.get("content")))
            if key in ("article:publisher", "og:see_also"):
                yield _Mention(content, "meta")
            elif key == "fb:pages":
                numbers = re.findall(r"\d{5,20}", content)[:5]
                yield from (_hinted(f"https://www.facebook.com/{number}", "fb:pages") for number in numbers)
            elif key.startswith("al:") and key.endswith(":url") and not content.startswith("http"):
                yield _hinted(content, "app links")
        named = self.document.meta.get("twitter:site", "")
        if re.fullmatch(r"@\w{1,15}", named):
            yield _hinted(f"https://x.com/{named[1:]}", "twitter:site")

    def _in_json_ld(self) -> Iterator[_Mention]:
        for item, _ in self.document.json_ld:
            if "@graph" in item:
                continue
            for thing, pointer in walk(item):
                if thing.get("sameAs"):
                    hint, doubt = self._standing(thing, pointer)
                    for address in _addresses_in(thing.get("sameAs")):
                        yield _Mention(address, "json-ld", hint=hint, doubt=doubt)
        if not self.document.json_ld:
            yield from self._in_broken_json_ld()

    def _in_broken_json_ld(self) -> Iterator[_Mention]:
        """sameAs of data that no parser reads (a comma too many, a line break inside a text)."""
        for tag in self.soup.find_all("script"):
            text = tag.get_text() if "ld+json" in str(tag.get("type") or "").lower() else ""
            if re.search(r'"@type"\s*:\s*"Person"', text):
                continue
            for match in re.finditer(r'"sameAs"\s*:\s*(\[[^\]]{0,4000}\]|"[^"]{8,300}")', text):
                for address in re.findall(r'"(https?:[^"\s]{8,300})"', match.group(1).replace("\\/", "/")):
                    yield _Mention(address, "json-ld")

    def _standing(self, thing: dict[str, Any], pointer: str) -> tuple[str, str]:
        """Hint and doubt for what a declared thing says of its accounts."""
        types = types_of(thing)
        if types & {"Person"} and not types & ORGANIZATION_TYPES:
            return ("", "") if self._is_the_site_of(thing) else (str(Kind.PERSON), "")
        if not self._is_here(thing) and (self._is_elsewhere(thing) or _OTHERS & set(pointer.split("/"))):
            return "", str(Kind.OTHER_COMPANY)
        organised = types & (ORGANIZATION_TYPES | {"WebSite"}) or pointer.endswith("/publisher")
        if organised or thing.get("address") or thing.get("telephone") or thing.get("contactPoint"):
            return "", ""
        return "", str(Kind.IN_TEXT)

    @cached_property
    def _publishers(self) -> frozenset[str]:
        """The ids of those whom the page's data call its publisher."""
        found = {
            item["publisher"].get("@id") for item, _ in self.document.json_ld if isinstance(item.get("publisher"), dict)
        }
        return frozenset(one for one in found if isinstance(one, str))

    def _is_the_site_of(self, person: dict[str, Any]) -> bool:
        """Whether the site is a person's own: its publisher, or of the person's name."""
        label = _folded(self.domain.split(".")[0])
        named = any(len(_folded(name)) >= 5 and _alike(_folded(name), label) for name in strings(person.get("name")))
        return named or person.get("@id") in self._publishers

    def _is_here(self, thing: dict[str, Any]) -> bool:
        """Whether a declared organisation has this website."""
        return any(registrable(site).removeprefix("www.") == self.domain for site in strings(thing.get("url")))

    def _is_elsewhere(self, thing: dict[str, Any]) -> bool:
        """Whether a declared organisation has another website and another name."""
        label = self.domain.split(".")[0]
        sites = [registrable(site) for site in strings(thing.get("url")) if host(site)]
        if not sites or any(site.removeprefix("www.").split(".")[0] == label for site in sites):
            return False
        said = [self.document.meta.get("og:site_name", ""), label]
        return not any(
            _alike(_folded(name), _folded(own)) for name in strings(thing.get("name")) for own in said if own
        )

    def _in_elements(self) -> Iterator[_Mention]:
        count = 0
        for tag in self.soup.find_all(True):
            if not isinstance(tag, Tag) or not tag.attrs:
                continue
            source = str(tag.get("src") or "") if tag.name in ("script", "img", "iframe") else ""
            if source and not source.startswith("data:") and _may_matter(source) and source_kind(source):
                yield _Mention(source, tag=tag)
            own_page = tag.name == "a" and "me" in [str(rel).lower() for rel in tag.get_attribute_list("rel")]
            declared = "sameAs" in str(tag.get("itemprop") or tag.get("property") or "")
            for address in places.obscured_in(tag):
                if _may_matter(address):
                    yield _Mention(address, tag=tag, hint=f"{Kind.HINT}: written in code")
            for address, widget in places.addresses_of(tag):
                count += 1
                if count > _MAX_LINKS:
                    return
                if own_page or _may_matter(address) or address.strip().lower() in ("#", ""):
                    place = "json-ld" if declared and not _of_person(tag) else "rel-me" if own_page else ""
                    yield _Mention(address, place, tag, widget)
            if declared and tag.name == "link" and tag.get("href"):
                yield _Mention(str(tag.get("href")), "json-ld", hint=str(Kind.PERSON) if _of_person(tag) else "")

    def _in_calls(self) -> Iterator[_Mention]:
        """The pixels that the page's scripts start, and widgets that they draw."""
        text = self._script_text
        for name, pattern, source in PIXEL_CALLS:
            if name in text and pattern.search(text):
                yield _Mention(source, "body")
        for match in islice(_VK_WIDGET.finditer(text), 3):
            yield _Mention(f"https://vk.com/club{match.group(1)}", "body", widget=True)
        for match in islice(_X_WIDGET.finditer(text), 3):
            yield _Mention(f"https://x.com/{match.group(1)}", "body", widget=True)

    def judged(self, mention: _Mention) -> _Judged | None:
        """The link with the verdict on it; None for addresses that mean nothing here."""
        if mention.tag is not None and (dead := self.places.dead_icon(mention.tag)):
            return _Judged(self._none(dead, self.url.partition("#")[0] + "#", mention, PLACEHOLDER_ICON))
        address = absolute(unwrap(clean(mention.address), self.domain), self.base)
        if address is None:
            return None
        declared = mention.found_in == "rel-me"
        owner = platform_of(address, declared=declared)
        if owner.name != places.WEBSITE and host_matches(self.url, owner.hosts):
            return None
        link = owner.link(address) if owner.name != places.WEBSITE else None
        if link is None:
            return self._no_profile(address, owner.name, mention)
        why, by = self._verdict(link.handle, mention)
        found = Link(company="client", platform=link.platform, handle=link.handle, url=link.url)
        return _Judged(replace(found, found_in=self._place(mention), own=not why, why=why), by)

    def _no_profile(self, address: str, platform: str, mention: _Mention) -> _Judged | None:
        known = special(address) or (source_kind(address) if mention.tag is None or mention.tag.name != "a" else None)
        if known is None and platform == places.WEBSITE:
            return self._leads_on(address, mention)
        name = known.platform if known is not None else platform
        why = known.why if known is not None else no_profile(address)
        if why and why != Kind.SHORT:
            return _Judged(self._none(name, address, mention, why))
        foreign, _ = self._verdict("", mention)
        if name == SHORT_LINK and foreign:
            return None  # articles are full of them
        own = name == LINK_IN_BIO and not foreign
        return _Judged(replace(self._none(name, address, mention, foreign or why), own=own), "region" if own else "")

    def _leads_on(self, address: str, mention: _Mention) -> _Judged | None:
        """An address of the site itself under a network's icon: it leads on, and only a request says where."""
        if mention.tag is None or registrable(address).removeprefix("www.") != self.domain:
            return None
        if not _RELATIVE_REDIRECT.search(address.partition("?")[0]):
            return None
        platform = places.network_on(mention.tag)
        segment = (path_segments(address) or [""])[-1].lower()
        if not platform or (words.NETWORK.search(segment) is None and len(segment) > 20):
            return None
        foreign, _ = self._verdict("", mention)
        return None if foreign else _Judged(self._none(platform, address, mention, str(Kind.REDIRECT)))

    def _none(self, platform: str, address: str, mention: _Mention, why: str) -> Link:
        place = self._place(mention)
        return Link(
            company="client", platform=platform, handle="", url=address, found_in=place, own=False, why=str(why)
        )

    def _place(self, mention: _Mention) -> str:
        if mention.found_in or mention.tag is None:
            return mention.found_in or "body"
        return self.places.region(mention.tag)

    def _verdict(self, handle: str, mention: _Mention) -> tuple[str, str]:
        """Why the profile seems to be somebody else's, and what speaks for its being own; one of the two is ""."""
        named = bool(handle) and (self.carries_name(handle) or handle.lower() in self.declared_handles)
        if handle.lower() in words.BUILDERS and not self._is_brand(handle):
            return PLACEHOLDER_BUILDER, ""
        if mention.hint or (mention.doubt and not named):
            return mention.hint or mention.doubt, ""
        if mention.tag is None:
            return "", "declared" if mention.found_in in _DECLARED else "follow"
        return self._standing_of(mention.tag, handle, named, mention)

    def _standing_of(self, tag: Tag, handle: str, named: bool, mention: _Mention) -> tuple[str, str]:
        marks = self.places.marks_around(tag)
        place = self._place(mention)
        if mention.found_in == "json-ld":
            return "", "declared"
        if any(words.PERSON.search(mark) for mark in marks[: 6 if place == "body" else 3]) and not self._is_brand(
            handle
        ):
            return str(Kind.PERSON), ""
        if named or mention.found_in == "rel-me":
            return "", "named" if named else "declared"
        if self.places.in_quote(tag):
            return str(Kind.QUOTE), ""
        if tag.name == "iframe" and not mention.widget:
            return str(Kind.PLUGIN), ""
        foreign = self._foreign(tag, handle, marks, place)
        if foreign:
            return foreign, ""
        if mention.widget and not self.places.in_running_text(tag):
            return "", "follow" if handle.isdigit() else "row"
        return ("", "region") if place != "body" else self._in_content(tag, marks)

    def _foreign(self, tag: Tag, handle: str, marks: list[str], place: str) -> str:
        """What around the link says that it is somebody else's; "" when nothing does."""
        if self.places.is_credit(tag, handle, places.shown_of(tag)):
            return str(Kind.CREDIT)
        near = marks if place == "body" else marks[:3]
        if any(words.PARTNER.search(mark) for mark in near) or any(words.PARTNERS.search(mark) for mark in marks):
            return str(Kind.OTHER_COMPANY)
        if any(words.BANNER.search(mark) for mark in marks):
            return f"{Kind.OTHER_COMPANY}: the cookie banner's"
        if place == "body" and any(words.FEED.search(mark) for mark in marks[:5]):
            return f"{Kind.OTHER_COMPANY}: in a feed"
        return self._under_heading(tag)

    def _under_heading(self, tag: Tag) -> str:
        heading = self.places.heading_before(tag)
        if not heading or words.FOLLOW.search(heading):
            return ""
        if words.PARTNER_HEADING.search(heading):
            return str(Kind.OTHER_COMPANY)
        return str(Kind.PERSON) if words.PEOPLE_HEADING.search(heading) and not self.is_named_text(heading) else ""

    def _in_content(self, tag: Tag, marks: list[str]) -> tuple[str, str]:
        """The verdict on a link in the content of the page."""
        shown = places.shown_of(tag)
        before = places.text_before(tag)
        if words.FOLLOW_US.search(shown) or words.FOLLOW_US.search(before):
            return "", "follow"
        if words.FOLLOW_THEM.search(before):
            return str(Kind.PERSON), ""
        if self.places.in_running_text(tag):
            return str(Kind.IN_TEXT), ""
        if any(words.SOCIAL.search(mark) for mark in marks[:4]):
            return "", "row"
        if self.places.in_row(tag) and (self.is_home or not any(words.CONTENT.search(mark) for mark in marks)):
            return "", "row"
        if any(words.CONTENT.search(mark) for mark in marks) and not self.is_home:
            return str(Kind.IN_TEXT), ""
        if places.is_foreign_picture(tag, shown):
            return f"{Kind.OTHER_COMPANY}: a picture that names no network", ""
        if words.FOLLOW.search(shown) or words.FOLLOW.search(self.places.heading_before(tag)):
            return "", "words"
        label = re.search(r"([^\s:]+)\s*:\s*$", before)
        if self._says_platform(shown) or (label and words.NETWORK.fullmatch(label.group(1))):
            return "", "words"
        return str(Kind.IN_TEXT), ""

    def _says_platform(self, shown: str) -> bool:
        """Whether a link's words are a network's name with small words, and the company's own name at most."""
        left = [word for word in re.split(r"[\W_]+", shown.casefold()) if word]
        return all(words.PLATFORM_WORDS.match(word) or self.is_named_text(word) for word in left)

    def is_named_text(self, text: str) -> bool:
        """Whether a text names the company."""
        folded = _folded(text)
        return any(len(name) >= 4 and name in folded for name in self.brands)

    def scripted(self) -> list[Link]:
        """Profiles that stand only in the page's scripts and data: those with the company's name, and rows of
        several platforms with few accounts each."""
        found = self.in_scripts()
        counted = Counter(link.platform for link in found)
        kept: list[Link] = []
        for link in found:
            if self.carries_name(link.handle) and link.own:
                kept.append(link)
            elif link.own:
                crowd = counted[link.platform] >= _MANY
                kept.append(replace(link, own=False, why=str(Kind.IN_TEXT)) if crowd else link)
        return kept

    def in_scripts(self) -> list[Link]:
        """Every profile in the page's scripts and data, once; own when it bears the name or stands in a row."""
        found: list[tuple[int, Link]] = []
        text = self._script_text + " " + self._data_text
        for match in re.finditer(r"https?://[^\"'\s<>\\&]{8,200}", text):
            if len(found) >= _MAX_SCRIPTED:
                break
            address = absolute(unwrap(match.group(0)), self.base) if _may_matter(match.group(0)) else None
            link = link_of(address) if address is not None else None
            if link is not None and link.platform != places.WEBSITE and not host_matches(self.url, (host(link.url),)):
                found.append((match.start(), link))
        judged: dict[str, Link] = {}
        for start, link in found:
            near = {other.platform for at, other in found if abs(at - start) < _NEIGHBOURS}
            lead = text[max(0, start - 120) : start]
            own = (
                len(near) > 2 or self.carries_name(link.handle) or bool(re.search(r"social|follow|footer", lead, re.I))
            )
            own = own and (link.handle.lower() not in words.BUILDERS or self._is_brand(link.handle))
            if own or link.url not in judged:
                judged[link.url] = replace(link, found_in="body", own=own, why="" if own else str(Kind.IN_TEXT))
        return list(judged.values())

    @cached_property
    def _script_text(self) -> str:
        inline = [tag for tag in self.soup.find_all("script") if "ld+json" not in str(tag.get("type")).lower()]
        return _unescaped(" ".join(tag.get_text() for tag in inline)[:_MAX_SCRIPT])

    @cached_property
    def _data_text(self) -> str:
        """JSON and lists in attributes, as the properties of components."""
        found: list[str] = []
        for tag in self.soup.find_all(True):
            for name, value in tag.attrs.items() if isinstance(tag, Tag) else ():
                if isinstance(value, str) and len(value) > 20 and value.lstrip()[:1] in ("{", "[") and "http" in value:
                    found.append(f"{tag.name} {name} {value}")
        return _unescaped(" ".join(found)[:_MAX_SCRIPT])

    def carries_name(self, handle: str) -> bool:
        """Whether a handle is made from the company's name."""
        folded = _folded(handle)
        if folded not in self._carrying:
            self._carrying[folded] = len(folded) >= 3 and any(_alike(folded, brand) for brand in self.brands)
        return self._carrying[folded]

    def _is_brand(self, handle: str) -> bool:
        """Whether a handle is the company's name itself, or begins with its domain."""
        folded, label = _folded(handle), _folded(self.domain.split(".")[0])
        return folded in self.names or (len(label) >= 3 and folded.startswith(label))


def _hinted(address: str, where: str) -> _Mention:
    return _Mention(address, "meta", hint=f"{Kind.HINT}: named in {where} only")


@cache
def _hosts() -> frozenset[str]:
    """The hosts of all platforms and of all else that is known by its host."""
    return known_hosts() | {name for platform in platforms().values() for name in platform.hosts}


def _may_matter(address: str) -> bool:
    """Whether an address is worth parsing: it names a known host or leads on. Cheap, for pages of 5,000 links."""
    if address.startswith(("mailto:", "tel:")):
        return False
    hosts = _hosts()
    for name in re.findall(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", address.lower()[:2_000]):
        labels = name.split(".")
        if any(".".join(labels[-count:]) in hosts for count in (2, 3, 4)):
            return True
    if _APP.match(address) or _LEADS_ON.search(address, 4):
        return True
    return _RELATIVE_REDIRECT.search(address.partition("?")[0]) is not None


def _addresses_in(value: Any) -> list[str]:
    """The addresses of a sameAs: one, a list, or several in one text."""
    parts = (part for text in strings(value) for part in re.split(r"[\s,]+(?=https?:)", text))
    return list(islice(parts, _MAX_SAME))


def _of_person(tag: Tag) -> bool:
    """Whether the nearest declared thing around an element is a person."""
    around = (one for one in places.ancestors(tag) if one.get("itemtype") or one.get("typeof"))
    return "Person" in str(next((one.get("itemtype") or one.get("typeof") for one in around), ""))


def _unescaped(text: str) -> str:
    return text.replace("\\u002F", "/").replace("\\u002f", "/").replace("\\\\/", "/").replace("\\/", "/")


def _without_crowds(judged: Iterable[_Judged]) -> list[Link]:
    """The links, those in the content not taken for own that stand beside the company's own account there, or in a
    crowd of accounts of one platform: customers, shops, a team."""
    listed = list(judged)
    sure: dict[str, set[str]] = defaultdict(set)
    loose: dict[str, set[str]] = defaultdict(set)
    for one in listed:
        if one.link.own:
            kept = loose if one.by in ("row", "words") else sure
            kept[one.link.platform].add(one.link.handle.lower())
    links: list[Link] = []
    for one in listed:
        platform = one.link.platform
        others = loose[platform] - sure[platform]
        in_crowd = one.by in ("row", "words") and one.link.handle.lower() in others
        if in_crowd and (sure[platform] or len(others) >= _MANY):
            links.append(replace(one.link, own=False, why=f"{Kind.OTHER_COMPANY}: one of several accounts"))
        else:
            links.append(one.link)
    return links


def _merged(links: list[Link]) -> list[Link]:
    """Each profile once: own if any mention of it is, in the strongest place; other addresses once per kind."""
    apart = (Kind.SHORT, Kind.CHAT, Kind.GROUP, Kind.RETIRED, Kind.REDIRECT, Kind.PERSON)
    found: dict[tuple[str, str, str], Link] = {}
    for link in links:
        alone = link.platform == LINK_IN_BIO or link.why.startswith(apart)
        key = (link.platform, link.handle.lower(), "" if link.handle else link.url if alone else link.why)
        known = found.get(key)
        if known is None or (link.own, -rank(link.found_in)) > (known.own, -rank(known.found_in)):
            found[key] = link
    return list(found.values())


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _alike(handle: str, brand: str) -> bool:
    """Whether a handle is made from a brand's name: one holds the other, or they differ in a few letters.

    A brand of three letters counts only at the handle's beginning or end.
    """
    if len(brand) < 4:
        return (len(brand) == 3 and handle.startswith(brand)) or (len(brand) == 3 and handle.endswith(brand))
    if brand in handle or (len(handle) >= 5 and handle in brand):
        return True
    return len(handle) >= 5 and len(brand) >= 5 and SequenceMatcher(None, handle, brand).ratio() >= 0.8
