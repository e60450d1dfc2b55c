"""A Mastodon account's page for people, as saved: its data, its sentence for sharing, the page of before 2022."""

from __future__ import annotations

import re
from dataclasses import replace

from audit.models import CountFact, Fact, Page, Profile
from audit.parse.counts import first_count, parse_count
from audit.parse.document import Document
from audit.parse.structured import JsonBlock
from audit.parse.text import clean
from audit.parse.tree import Element
from audit.platforms._shown import in_meta

# "Caffè Aurora (@aurora@mastodon.example)"
_TITLE = re.compile(r"^(.*?)\s*[(（]@([A-Za-z0-9_.-]{1,60})@([a-z0-9.-]{3,120})[)）]")
# "280 Posts, 138 Following, 1.04K Followers · Coffee": in this order in every language.
_ORDER = ("posts", "following", "followers")
_ISLAND = "initial-state"


def account_of_page(document: Document) -> str:
    """The account that a page is about, `user@server`; "" when it does not say."""
    named = document.meta.get("profile:username", "").lstrip("@")
    if re.fullmatch(r"[\w.-]{1,60}@[\w.-]{3,120}", named):
        return named.lower()
    for text in (document.meta.get("og:title", ""), document.title):
        found = _TITLE.match(text)
        if found is not None:
            return f"{found.group(2)}@{found.group(3)}".lower()
    return ""


def record_of_page(page: Page, document: Document, user: str) -> JsonBlock | None:
    """The account's record in the data that a page carries: what the interface answers, under the account's number."""
    state = JsonBlock(document.island(_ISLAND), page.role, f'script[id="{_ISLAND}"]#')
    for account in state.items("/accounts"):
        if str(account.at("/acct") or "").lower() == user.lower() and account.at("/followers_count") is not None:
            return account
    return None


def shown_on_page(blank: Profile, page: Page, document: Document) -> Profile | None:
    """What the page shows of the account that it names."""
    title = document.meta.get("og:title", "")
    named = _TITLE.match(title or document.title)
    where = document.meta_where("og:title") if title else "title"
    figures = _told(page, document) or _counters(page, document)
    if named is None and not figures:
        return None
    return replace(
        blank,
        name=Fact(value=named.group(1), page=page.role, where=where) if named and named.group(1) else None,
        posts=figures.get("posts"),
        following=figures.get("following"),
        followers=figures.get("followers"),
        bio=_words(page, document) if figures else None,
        avatar=in_meta(document, page.role, "og:image"),
    )


def _told(page: Page, document: Document) -> dict[str, CountFact]:
    """The figures of the sentence for sharing: three, or none."""
    for key in ("og:description", "description"):
        pieces = document.meta.get(key, "").split(" · ", 1)[0].split(", ")
        counts = [first_count(piece, document.language or "en") for piece in pieces]
        if len(counts) == len(_ORDER) and all(re.match(r"\D{0,20}\d", piece) for piece in pieces):
            where = document.meta_where(key)
            return {
                name: count.fact(page.role, where)
                for name, count in zip(_ORDER, counts, strict=True)
                if count is not None
            }
    return {}


def _words(page: Page, document: Document) -> Fact[str] | None:
    """The account's own words, behind the figures."""
    _, point, words = document.meta.get("og:description", "").partition(" · ")
    return Fact(value=words, page=page.role, where=document.meta_where("og:description")) if point and words else None


def _counters(page: Page, document: Document) -> dict[str, CountFact]:
    """The counters below the name; where one is rounded, its title has the whole number."""
    tags = document.tree.select(".details-counters .counter", limit=len(_ORDER) + 1)
    if len(tags) != len(_ORDER):
        return {}
    found = {name: _counter(page, document, tag) for name, tag in zip(_ORDER, tags, strict=True)}
    return {name: count for name, count in found.items() if count is not None}


def _counter(page: Page, document: Document, tag: Element) -> CountFact | None:
    locale = document.language or "en"
    for inner in tag.select("[title]", limit=2):
        count = first_count(clean(inner.get("title") or ""), locale)
        if count is not None:
            return count.fact(page.role, f"{inner.place()}@title")
    number = tag.select_one(".counter-number")
    count = parse_count(clean(number.text(" ")), locale) if number is not None else None
    return count.fact(page.role, number.place()) if number is not None and count is not None else None
