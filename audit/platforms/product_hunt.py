"""Product Hunt products and makers: followers, and of a product the stars and the reviews; never who wrote them.

The page carries the answers it was drawn from. Votes belong to one launch, and no field of a profile means the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice

from audit.models import Fact, Link, Page, Profile, Refusal, Request
from audit.parse.address import host, host_matches
from audit.parse.document import Document
from audit.parse.persons import Persons
from audit.parse.structured import JsonBlock, json_ld_of
from audit.platforms._ability import Shown
from audit.platforms._base import Platform
from audit.platforms._persons import EVERYWHERE
from audit.platforms._recognised import STAND_INS, is_front_door, segments_of
from audit.platforms._shown import (
    SAVE_IT,
    accounts_named,
    in_meta,
    missing_or_other,
    own_addresses,
    profile_of,
    stars_of,
)

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,98}[a-z0-9])?")
_USER = re.compile(r"@[A-Za-z0-9_]{2,50}")
_TABS = frozenset(
    {"reviews", "launches", "alternatives", "about", "customers", "makers", "team", "followers", "built-with"}
)
_CACHES = ("apolloState", "__APOLLO_STATE__")  # the answers in one store, by kind and number
_PRODUCT_TYPES = frozenset({"WebApplication", "SoftwareApplication", "MobileApplication", "Product"})
_NOT_HERE = re.compile(r".*(?:lost this page|page (?:doesn.t|does not) exist).*|404", re.IGNORECASE)
_PRODUCT_TITLE = re.compile(
    r"(.+?)(?:: .*| - .*| reviews?\b.*)\| product hunt.*|(.+?) \| product hunt.*", re.IGNORECASE
)
_USER_TITLE = re.compile(r"(.+?)['’]s profile on product hunt.*", re.IGNORECASE)
# On a product's page everybody who has an account is somebody else: makers, hunters, reviewers.
_ACCOUNTS = Persons(addresses=frozenset({"/@"}), types=frozenset({"User", "Person"}))


class ProductHunt(Platform):
    """producthunt.com. A product's handle is `products/{slug}`, a maker's the name."""

    name = "product_hunt"
    title = "Product Hunt"
    hosts = frozenset({"producthunt.com"})
    persons = EVERYWHERE | Persons(
        keys=frozenset({"makers", "hunter", "recentReviews", "reviewers", "detailedReviews", "commenters"}),
        lists=frozenset({"author"}),
        types=frozenset({"DetailedReview", "ReviewEdge"}),
    )
    keyless = False
    way_in = SAVE_IT
    robots_note = "The site turns automatic readers away; the official API needs a key."
    by_page = Shown(fields="name followers following bio website avatar rating reviews")

    def link(self, url: str) -> Link | None:
        """`/products/{slug}` and its tabs, `/@{name}`; launches, topics, searches are none."""
        segments = segments_of(url)
        if not is_front_door(url, r"producthunt\.com") or not segments:
            return None
        if len(segments) == 1 and _USER.fullmatch(segments[0]) and segments[0][1:].lower() not in STAND_INS:
            return self._link(segments[0][1:], f"https://www.producthunt.com/{segments[0]}")
        if segments[0] != "products" or not 2 <= len(segments) <= 3:
            return None
        slug = segments[1].lower()
        if not _SLUG.fullmatch(slug) or (len(segments) == 3 and segments[2] not in _TABS) or slug in STAND_INS:
            return None
        return self._link(f"products/{slug}", f"https://www.producthunt.com/products/{slug}")

    def persons_for(self, link: Link, url: str) -> Persons:
        """On a product's page all accounts, on a maker's those beside it."""
        return self.persons | _ACCOUNTS if link.handle.startswith("products/") else self.persons

    def wants(self, link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
        """Nothing: a page is read where a person has saved it."""
        return {}

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """The site's page for what is not there, or the page of another product."""
        return missing_or_other(self, link, document, _NOT_HERE)

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The product or the maker in the page's data, its structured data and its head."""
        shown = profile_of(self, link, page, accounts_named(self, own_addresses(document)))
        if shown is None or shown.handle is None:
            return None
        kind, _, slug = shown.handle.rpartition("/")
        read = _product(shown, document, page.role, slug) if kind else _maker(shown, document, page.role, slug)
        return None if read == shown else read


def _product(shown: Profile, document: Document, page: str, slug: str) -> Profile:
    read = shown
    for record in _records(document, page, ('"product":',), "Product", "/slug", slug):
        reviews = record.count("/reviewsCount")
        read = replace(
            read,
            name=read.name or record.text("/name"),
            followers=read.followers or record.rounded("/followersCount"),
            bio=read.bio or record.text("/description", "/tagline"),
            website=read.website or _own(record.text("/websiteUrl", "/cleanUrl")),
            rating=read.rating or (stars_of(record, "/reviewsRating") if reviews is None or reviews.value else None),
            reviews=read.reviews or reviews,
        )
    title = document.meta.get("og:title") or document.title
    own = (block for block in json_ld_of(document, page, _PRODUCT_TYPES) if str(block.at("/name")) in title)
    for described in islice(own, 1):
        read = replace(
            read,
            name=read.name or described.text("/name"),
            bio=read.bio or described.text("/description"),
            avatar=described.text("/image", "/image/0"),
            # How many gave stars is another number than how many wrote a review, and the site tells them apart.
            rating=read.rating or stars_of(described, "/aggregateRating/ratingValue"),
            reviews=read.reviews or described.count("/aggregateRating/reviewCount"),
        )
    return _with_head(read, document, page, _PRODUCT_TITLE)


def _maker(shown: Profile, document: Document, page: str, name: str) -> Profile:
    read = shown
    for record in _records(document, page, ('"profile":', '"user":'), "User", "/username", name):
        read = replace(
            read,
            name=read.name or record.text("/name"),
            followers=read.followers or record.rounded("/followersCount"),
            following=read.following or record.rounded("/followingsCount"),
            bio=read.bio or record.text("/about", "/headline"),
            website=read.website or _own(record.text("/websiteUrl")),
            avatar=read.avatar or record.text("/avatarUrl", "/profileImage"),
        )
    return _with_head(read, document, page, _USER_TITLE)


def _records(
    document: Document, page: str, before: tuple[str, ...], kind: str, path: str, name: str
) -> Iterator[JsonBlock]:
    """What the answers say of one product or account: others stand beside it. They lie one by one in the scripts that
    hand them over, or together in a store."""
    for mark in before:
        for value, place in document.after(mark):
            block = JsonBlock(value, page, place)
            if _is_it(block, kind, path, name):
                yield block
    for cache in _CACHES:
        for value, place in document.after(cache):
            yield from (block for block in JsonBlock(value, page, place).items() if _is_it(block, kind, path, name))


def _is_it(block: JsonBlock, kind: str, path: str, name: str) -> bool:
    return block.at("/__typename") == kind and str(block.at(path)).lower() == name.lower()


def _with_head(read: Profile, document: Document, page: str, title: re.Pattern[str]) -> Profile:
    """With the name in the page's title, and, where no more is known, a product's own words in its description."""
    head = in_meta(document, page, "og:title")
    found = title.fullmatch(head.value) if head is not None else None
    if read.name is not None or head is None or found is None:
        return read
    name = next(part for part in found.groups() if part is not None)
    bio = read.bio or (in_meta(document, page, "og:description") if title is _PRODUCT_TITLE else None)
    return replace(read, name=replace(head, value=name.strip()), bio=bio)


def _own(address: Fact[str] | None) -> Fact[str] | None:
    """An address that is not the site's own way of leading there, which counts who leaves."""
    if address is None:
        return None
    whole = address.value if "://" in address.value else f"https://{address.value}"
    is_own = "." in host(whole) and not host_matches(whole, ProductHunt.hosts)
    return replace(address, value=whole) if is_own else None


PLATFORM = ProductHunt()
