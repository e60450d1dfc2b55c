"""Hacker News accounts: the public record, the account's own stories, a saved page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from audit.models import CountFact, Fact, Link, Page, Post, Precision, Profile, Refusal, Request, State
from audit.parse.address import host, host_matches, path_segments, query
from audit.parse.dates import parse_date
from audit.parse.document import Document
from audit.parse.feed import plain_text
from audit.parse.persons import Persons
from audit.parse.structured import JsonBlock
from audit.parse.text import clean
from audit.parse.tree import Element
from audit.platforms._ability import Checked, Control, Shown
from audit.platforms._base import Platform
from audit.platforms._persons import EVERYWHERE
from audit.platforms._recognised import segments_of
from audit.platforms._shown import MAX_POSTS, is_asked, of_another

_HANDLE = re.compile(r"[A-Za-z0-9_-]{2,32}")
_SITE, _RECORDS, _SEARCH = "news.ycombinator.com", "hacker-news.firebaseio.com", "hn.algolia.com"
_ADDRESS = re.compile(r"""https?://[^\s<>"'\])]{4,300}""")
_DAY = re.compile(r"day=(\d{4}-\d{2}-\d{2})$")


class HackerNews(Platform):
    """news.ycombinator.com. `posts` counts the account's stories, without comments; `recent` are the newest of them."""

    name = "hacker_news"
    title = "Hacker News"
    hosts = frozenset({_SITE, _RECORDS, _SEARCH})
    roles = ("profile", "posts", "page")
    persons = EVERYWHERE | Persons(keys=frozenset({"children", "comment_text"}))
    robots_note = "The interface for everybody is open: one record and one list of stories are asked."
    way_in = "Check the account's name on Hacker News."
    by_page = Shown(fields="posts bio website created recent", posts="exact")
    checked = Checked(pages="2026-08-07")
    control = Control(
        known="https://news.ycombinator.com/user?id=whoishiring",
        unknown="https://news.ycombinator.com/user?id=no_such_7q4x9k2",
        page="created recent",
    )

    def link(self, url: str) -> Link | None:
        """`/user?id={name}`; stories, comments, lists and the submit form are none."""
        if host(url) != _SITE or segments_of(url) != ["user"]:
            return None
        handle = query(url).get("id", "")
        if not _HANDLE.fullmatch(handle):
            return None
        return self._link(handle, f"https://{_SITE}/user?id={handle}")

    def role(self, url: str) -> str | None:
        """The record, the list of stories, or what a browser shows."""
        segments = path_segments(url)
        if host(url) == _RECORDS:
            return "profile" if segments[:2] == ["v0", "user"] and len(segments) == 3 else None
        if host(url) == _SEARCH:
            return "posts" if segments in (["api", "v1", "search"], ["api", "v1", "search_by_date"]) else None
        return "page" if self.link(url) is not None else None

    def wants(self, link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
        """The record; then the account's stories."""
        if "profile" not in pages:
            record = f"https://{_RECORDS}/v0/user/{link.handle}.json"
            return {} if pages else {"profile": Request(url=record, accept="application/json")}
        if "posts" in pages or self._read_page(link, pages["profile"]).state is not State.OBSERVED:
            return {}
        wanted = f"https://{_SEARCH}/api/v1/search_by_date?tags=story,author_{link.handle}&hitsPerPage=50"
        return {"posts": Request(url=wanted, accept="application/json")}

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """A record of nothing, the site's own words, and another account than the one asked for."""
        if page.role == "profile" and page.status in (None, 200) and page.body.strip() == b"null":
            return Refusal(state=State.MISSING, reason="no such user")
        if page.role == "page" and document.text.strip().startswith("No such user."):
            return Refusal(state=State.MISSING, reason="No such user.")
        return of_another(link, [_named(page, document)])

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The record, the stories, or the page."""
        handle = _named(page, document)
        if not handle or not is_asked(link, handle):
            return None
        shown = replace(self.blank(link, state=State.OBSERVED, source=page.source), handle=handle)
        if not document.is_json:
            return _from_page(shown, page, document)
        answer = JsonBlock(document.json, page.role, "#")
        if page.role == "posts":
            return _from_stories(shown, answer)
        bio = _text(answer.at("/about"), page.role, "#/about")
        return replace(shown, bio=bio, website=_website(answer.at("/about"), bio), created=answer.day("/created"))


def _named(page: Page, document: Document) -> str:
    """The account that an answer is about; "" when it is about none, or about several."""
    if not document.is_json:
        if page.role != "page":
            return ""
        user = document.tree.select_one("tr.athing a.hnuser, table a.hnuser")
        return clean(user.text()) if user is not None else ""
    answer = JsonBlock(document.json, page.role, "#")
    if page.role == "profile":
        return str(answer.at("/id") or "")
    authors = {str(hit.at("/author")) for hit in answer.items("/hits")}
    asked = re.search(r"(?:^|,)author_([\w-]+)", query(page.url).get("tags", ""))
    named = authors or ({asked.group(1)} if asked and isinstance(answer.at("/hits"), list) else set())
    return named.pop() if len(named) == 1 and asked else ""


def _from_stories(shown: Profile, answer: JsonBlock) -> Profile:
    posts = [_story(hit) for hit in list(answer.items("/hits"))[:MAX_POSTS] if "story" in _tags(hit)]
    return replace(shown, posts=_total(answer), recent=tuple(posts))


def _tags(hit: JsonBlock) -> list[str]:
    tags = hit.at("/_tags")
    return [str(tag) for tag in tags] if isinstance(tags, list) else []


def _total(answer: JsonBlock) -> CountFact | None:
    """How many stories there are, where the search says that it has counted all."""
    exact = answer.at("/exhaustiveNbHits") is True or answer.at("/exhaustive/nbHits") is True
    return answer.count("/nbHits") if exact else None


def _story(hit: JsonBlock) -> Post:
    number = str(hit.at("/objectID") or "")
    at, title = hit.moment("/created_at_i"), hit.text("/title")
    return Post(
        url=f"https://{_SITE}/item?id={number}" if number.isdigit() else None,
        at=at,
        precision=Precision.SECOND if at else None,
        kind="link" if hit.text("/url") else "text",
        text=title.value if title else None,
        reactions=hit.number("/points"),
        comments=hit.number("/num_comments"),
        page=hit.page,
        where=hit.place,
    )


def _from_page(shown: Profile, page: Page, document: Document) -> Profile:
    cells = {clean(row.text()): value for row, value in _rows(document)}
    about = cells.get("about:")
    bio = _text(about.text(" "), page.role, about.place()) if about is not None else None
    anchor = about.select_one("a[href]") if about is not None else None
    website = bio and _website(str(anchor.get("href")) if anchor is not None else bio.value, bio)
    return replace(shown, bio=bio, website=website, created=_created(cells.get("created:"), page))


def _rows(document: Document) -> list[tuple[Element, Element]]:
    """The rows of the table that the account is shown in: what is said, and the value."""
    found = []
    for row in document.tree.select("tr"):
        cells = [cell for cell in row.children if cell.name == "td"]
        if len(cells) == 2 and clean(cells[0].text()).endswith(":"):
            found.append((cells[0], cells[1]))
    return found


def _created(cell: Element | None, page: Page) -> Fact[date] | None:
    """The day, which stands in the address that the shown date leads to."""
    anchor = cell.select_one("a[href]") if cell is not None else None
    found = _DAY.search(str(anchor.get("href"))) if anchor is not None else None
    read = parse_date(found.group(1), now=page.fetched_at) if found else None
    if anchor is None or read is None:
        return None
    return Fact(value=read[0].date(), page=page.role, where=f"{anchor.place()}@href")


def _text(value: object, page: str, where: str) -> Fact[str] | None:
    text = plain_text(value) if isinstance(value, str) else ""
    return Fact(value=text, page=page, where=where) if text else None


def _website(text: object, bio: Fact[str] | None) -> Fact[str] | None:
    """The first address in what the account says of itself."""
    if bio is None or not isinstance(text, str):
        return None
    for found in _ADDRESS.findall(plain_text(text)):
        address = found.rstrip(".,;:!?")
        if host(address) and not host_matches(address, (_SITE,)):
            return Fact(value=address, page=bio.page, where=bio.where)
    return None


PLATFORM = HackerNews()
