"""Dribbble designers and teams: the head of the page, and the shots that its script lists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from audit.models import CountFact, Fact, Link, Page, Post, Profile, Refusal, Request, State
from audit.parse.address import absolute, path_segments
from audit.parse.counts import parse_count
from audit.parse.document import Document
from audit.parse.structured import JsonBlock
from audit.platforms._ability import Checked, Shown
from audit.platforms._base import Platform
from audit.platforms._recognised import account_in, is_front_door, segments_of
from audit.platforms._shown import (
    MAX_POSTS,
    SAVE_IT,
    accounts_named,
    count_in,
    day_of,
    in_element,
    in_meta,
    is_asked,
    missing_or_other,
    own_addresses,
    variable_of,
    written_at,
)

_HANDLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{1,49}")
_NOT_HERE = re.compile(r"whoops, that page is gone.*|.*page you were looking for doesn.t exist.*", re.IGNORECASE)
_DESCRIBED = re.compile(r".+? \| (.+) \| Connect with them on Dribbble.*")
_SHOTS = "newestShots"
_STATS = ".masthead-stats .stat"
_WORDS = frozenset({
    "shots", "jobs", "designers", "tags", "search", "session", "signup", "pro", "teams", "learn", "freelance-jobs",
    "resources", "stories", "uploads", "following", "goods", "marketplace", "about", "contact", "terms", "privacy",
    "account", "auth", "hiring", "colors", "places", "projects", "tour", "login", "api", "collections", "buckets",
    "testimonials", "talent", "advertise", "branding", "animation", "illustration", "mobile", "print", "typography",
})  # fmt: skip
_TABS = frozenset({"about", "shots", "collections", "liked_shots", "likes", "services", "members", "work", "projects"})


class Dribbble(Platform):
    """dribbble.com accounts."""

    name = "dribbble"
    title = "Dribbble"
    hosts = frozenset({"dribbble.com"})
    keyless = False
    way_in = SAVE_IT
    robots_note = "Its robots.txt is not known to permit reading; the official API needs a key."
    by_page = Shown(fields="name followers following likes bio website avatar recent")
    checked = Checked(pages="2026-01-30")

    def link(self, url: str) -> Link | None:
        """`/{name}` and its tabs; shots, tags, jobs, searches are none."""
        if not is_front_door(url, r"dribbble\.com"):
            return None
        handle = account_in(segments_of(url), _HANDLE, _WORDS, _TABS)
        if handle is None:
            return None
        handle = handle.lower()
        return self._link(handle, f"https://dribbble.com/{handle}")

    def wants(self, link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
        """Nothing: a page is read where a person has saved it."""
        return {}

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """The site's page for what is not there, or the page of another account."""
        return missing_or_other(self, link, document, _NOT_HERE)

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The head of the page, or the account as the first official interface told of it; None for other pages."""
        if document.is_json:
            return self._from_answer(link, page, JsonBlock(document.json, page.role, "#"))
        handle = next(iter(accounts_named(self, own_addresses(document))), "")
        name = in_element(document, page.role, ".masthead-profile-name h1", ".profile-simple h1")
        name = name or in_meta(document, page.role, "og:title")
        if not handle or name is None or name.value.startswith(self.title):
            return None
        return replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=handle,
            name=name,
            followers=_stat(document, page.role, "followers?"),
            following=_stat(document, page.role, "following"),
            likes=_stat(document, page.role, "likes?"),
            bio=_bio(document, page.role),
            website=in_element(document, page.role, 'a[data-internal-track-cta="ShowcaseWebsiteClicked"]@href'),
            avatar=in_element(document, page.role, "img.profile-avatar@src"),
            recent=_shots(document, page),
        )

    def _from_answer(self, link: Link, page: Page, answer: JsonBlock) -> Profile | None:
        handle = answer.text("/username", "/login")
        if handle is None or not is_asked(link, handle.value):
            return None
        return replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=handle.value,
            name=answer.text("/name"),
            followers=answer.count("/followers_count"),
            following=answer.count("/followings_count"),
            likes=answer.count("/likes_count"),
            posts=answer.count("/shots_count"),
            bio=answer.text("/bio"),
            website=answer.text("/links/web"),
            location=answer.text("/location"),
            created=day_of(answer, page.fetched_at, "/created_at"),
            avatar=answer.text("/avatar_url"),
        )


def _stat(document: Document, page: str, word: str) -> CountFact | None:
    return count_in(document, page, _STATS, rf"^([\d.,]+\s?[km]?) {word}$")


def _bio(document: Document, page: str) -> Fact[str] | None:
    """What the account says of itself, without what the site puts around it; else its headline."""
    said = in_meta(document, page, "description")
    found = _DESCRIBED.fullmatch(said.value) if said is not None else None
    if said is None or found is None:
        return in_element(document, page, ".masthead-intro h2")
    return replace(said, value=found[1])


def _shots(document: Document, page: Page) -> tuple[Post, ...]:
    """The account's newest shots. On other tabs than that of the shots the script lists those of other people."""
    tab = path_segments(document.canonical)[1:2]
    if tab not in ([], ["shots"]):
        return ()
    shots = variable_of(document, page.role, _SHOTS)
    return tuple(_shot(block, page) for block in list(shots.items())[:MAX_POSTS])


def _shot(block: JsonBlock, page: Page) -> Post:
    when, title = written_at(block, page.fetched_at, "/published_at"), block.text("/title")
    return Post(
        url=absolute(str(block.at("/path") or ""), "https://dribbble.com/") if block.at("/path") else None,
        at=when[0] if when else None,
        precision=when[1] if when else None,
        kind="image",
        text=title.value if title else None,
        reactions=_shown_number(block, "/likes_count"),
        views=_shown_number(block, "/view_count"),
        page=block.page,
        where=block.place,
    )


def _shown_number(block: JsonBlock, path: str) -> int | None:
    count = parse_count(str(block.at(path))) if block.at(path) is not None else None
    return None if count is None else count.value


PLATFORM = Dribbble()
