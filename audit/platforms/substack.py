"""Substack publications and their authors: the data in a page, the archive with what posts met with, the feed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from audit.models import CountFact, Fact, Link, Page, Post, Profile, Refusal, Request, State
from audit.parse.address import host, path_segments
from audit.parse.counts import first_count
from audit.parse.document import Document
from audit.parse.feed import posts_in
from audit.parse.structured import JsonBlock
from audit.parse.text import clean
from audit.platforms._ability import Checked, Control, Shown
from audit.platforms._base import Platform
from audit.platforms._recognised import STAND_INS, is_front_door, is_home, name_below, segments_of
from audit.platforms._shown import (
    MAX_POSTS,
    accounts_named,
    day_of,
    feed_address,
    in_element,
    in_meta,
    of_another,
    own_addresses,
    profile_of,
    variable_of,
    written_at,
)

_BELOW = re.compile(r"([a-z0-9](?:[a-z0-9-]{0,60}[a-z0-9])?)\.substack\.com")
_NO_NAMES = frozenset(
    {"www", "open", "support", "api", "cdn", "on", "go", "email", "read", "example", "yourname", "blog"}
)
_USER = re.compile(r"@[A-Za-z0-9_-]{1,50}")
_TABS = frozenset({"about", "archive", "podcast", "notes", "posts", "reads", "recommendations"})
_DATA = "_preloads"
_FLOOR = re.compile(r"(?:over|more than)\s+([\d,]{3,11})\s+subscribers", re.IGNORECASE)
_KINDS = {"video": "video", "newsletter": "article", "thread": "text"}
_WINDOW = 50


class Substack(Platform):
    """{publication}.substack.com, and authors at substack.com/@name. `followers` are the subscribers that are shown."""

    name = "substack"
    title = "Substack"
    hosts = frozenset({"substack.com", "substackcdn.com"})
    roles = ("profile", "archive", "feed")
    robots_note = "robots.txt leaves the posts open: a publication's page and its archive are asked."
    way_in = "Check the publication's address, or open it in a browser, save the page and import the file."
    by_page = Shown(fields="name followers bio website created avatar recent")
    checked = Checked(pages="2024-02-11")
    control = Control(
        known="https://post.substack.com/",
        unknown="https://finestra-no-such-7q4x9k2mw5z8.substack.com/",
        page="name recent",
    )

    def link(self, url: str) -> Link | None:
        """A publication's root or an author; posts, notes, forms to subscribe and the login are none."""
        segments = segments_of(url)
        below = name_below(url, _BELOW, _NO_NAMES)
        if below is not None:
            return self._link(below, f"https://{below}.substack.com/") if is_home(segments, _TABS) else None
        if not is_front_door(url, r"substack\.com") or not segments or len(segments) > 2:
            return None
        if not _USER.fullmatch(segments[0]) or segments[0][1:].lower() in STAND_INS:
            return None
        if len(segments) == 2 and segments[1] not in _TABS:
            return None
        handle = segments[0][1:].lower()
        return self._link(handle, f"https://substack.com/@{handle}")

    def role(self, url: str) -> str | None:
        """A publication's or an author's page, an author's record, the archive, the feed."""
        segments = path_segments(url)
        if segments[:3] == ["api", "v1", "user"] and segments[4:] == ["public_profile"]:
            return "profile"
        if name_below(url, _BELOW, _NO_NAMES) is not None:
            if segments[:3] == ["api", "v1", "archive"]:
                return "archive"
            if segments == ["feed"]:
                return "feed"
        return super().role(url)

    def wants(self, link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
        """A publication's page, then its newest posts; an author's record."""
        is_author = "/@" in link.url
        if "profile" not in pages:
            author = f"https://substack.com/api/v1/user/{link.handle}/public_profile"
            wanted = Request(url=author, accept="application/json") if is_author else Request(url=link.url)
            return {} if pages else {"profile": wanted}
        if is_author or "archive" in pages or "feed" in pages:
            return {}
        if self._read_page(link, pages["profile"]).state is not State.OBSERVED:
            return {}
        wanted = Request(url=f"{link.url}api/v1/archive?sort=new&offset=0&limit={_WINDOW}", accept="application/json")
        return {"archive": wanted}

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """The site's words for a name that is free, and the page of another publication."""
        said = JsonBlock(document.json, page.role, "#").at("/error")
        if isinstance(said, str) and page.status != 429:
            missing = page.status in (None, 200, 404) and "not found" in said.lower()
            return Refusal(state=State.MISSING if missing else State.FAILED, reason=clean(said)[:200])
        return of_another(link, self._named(page, document))

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The publication or the author, or the posts."""
        shown = profile_of(self, link, page, self._named(page, document))
        if shown is None:
            return None
        if page.role == "archive":
            answer = JsonBlock(document.json, page.role, "#")
            return replace(shown, recent=tuple(_post(item, page) for item in list(answer.items())[:MAX_POSTS]))
        if page.role == "feed":
            posts = posts_in(page.body, url=page.url, media_type=page.media_type, page=page.role)
            name = _unpacked(in_element(document, page.role, "channel > title"))
            bio = _unpacked(in_element(document, page.role, "channel > description"))
            return replace(shown, name=name, bio=bio, recent=tuple(posts[:MAX_POSTS])) if name else None
        if document.is_json:
            return _from_author(shown, JsonBlock(document.json, page.role, "#"), page)
        data = variable_of(document, page.role, _DATA)
        publication = data.block("/pub")
        if isinstance(publication.value, dict) and "/@" not in link.url:
            return _from_publication(shown, publication, page)
        author = next((data.block(path) for path in ("/profile", "/user") if data.at(f"{path}/handle")), None)
        if author is not None and str(author.at("/handle")).lower() == shown.handle:
            return _from_author(shown, author, page)
        name = in_meta(document, page.role, "og:title")
        name = replace(name, value=name.value.removesuffix(" | Substack")) if name is not None else None
        return replace(shown, name=name, bio=in_meta(document, page.role, "og:description")) if name else None

    def _named(self, page: Page, document: Document) -> list[str]:
        """The publication or author that a page is about; none for the page of a post."""
        if page.role == "archive":
            return self._named_by_posts(page, document)
        if page.role == "feed":
            return self._named_by_address(page, feed_address(document))
        if document.is_json:
            handle = JsonBlock(document.json, page.role, "#").at("/handle")
            return [handle.lower()] if isinstance(handle, str) and handle else []
        data = variable_of(document, page.role, _DATA)
        if isinstance(data.at("/post"), dict):
            return []
        subdomain = data.at("/pub/subdomain")
        named = accounts_named(self, own_addresses(document))
        return named or ([subdomain.lower()] if isinstance(subdomain, str) else [])

    def _named_by_posts(self, page: Page, document: Document) -> list[str]:
        """The publication of an archive: by its posts' addresses, or its own where it has a domain of its own."""
        answer = document.json
        if not isinstance(answer, list):
            return []
        addresses = [JsonBlock(item, page.role, "#").at("/canonical_url") for item in answer[:MAX_POSTS]]
        below = {_BELOW.fullmatch(host(address)) for address in addresses if isinstance(address, str)}
        names = sorted({match.group(1) for match in below if match is not None})
        return names or self._named_by_address(page, "")

    def _named_by_address(self, page: Page, address: str) -> list[str]:
        match = _BELOW.fullmatch(host(address)) or _BELOW.fullmatch(host(page.url))
        return [match.group(1)] if match is not None else []


def _unpacked(shown: Fact[str] | None) -> Fact[str] | None:
    """A text of a feed without the marks that keep it from being read as markup."""
    text = clean(re.sub(r"<!\[CDATA\[|\]\]>", "", shown.value)) if shown is not None else ""
    return replace(shown, value=text) if shown is not None and text else None


def _from_publication(shown: Profile, publication: JsonBlock, page: Page) -> Profile:
    domain = publication.text("/custom_domain")
    address = f"https://{domain.value}" if domain is not None else ""
    return replace(
        shown,
        name=publication.text("/name"),
        followers=_subscribers(publication),
        bio=publication.text("/hero_text"),
        website=replace(domain, value=address) if domain is not None and host(address) else None,
        created=day_of(publication, page.fetched_at, "/created_at"),
        avatar=publication.text("/logo_url"),
    )


def _from_author(shown: Profile, author: JsonBlock, page: Page) -> Profile:
    return replace(
        shown,
        name=author.text("/name"),
        followers=_subscribers(author),
        bio=author.text("/bio"),
        created=day_of(author, page.fetched_at, "/profile_set_up_at"),
        avatar=author.text("/photo_url"),
    )


def _subscribers(block: JsonBlock) -> CountFact | None:
    """The exact number where it is shown; "Over 15,000 subscribers" with the interval that such words leave open.

    Substack cuts the number to whole thousands, from a million on to hundred thousands.
    """
    exact = block.text("/freeSubscriberCount", "/subscriberCountString", "/subscriberCount")
    count = first_count(exact.value) if exact is not None and re.fullmatch(r"[\d,]{1,12}", exact.value) else None
    if exact is not None and count is not None and (count.value < 1_000 or count.value % 1_000):
        return count.fact(exact.page, exact.where)
    words = block.text("/rankingDetailFreeSubscriberCount")
    found = _FLOOR.fullmatch(words.value) if words is not None else None
    floor = first_count(found.group(1)) if found is not None else count
    place = words if found is not None else exact
    if floor is None or place is None:
        return None
    step = 1_000 if floor.value < 10**6 else 10**5
    if floor.value % step:
        return None
    return replace(floor, high=floor.value + step - 1).fact(place.page, place.where)


def _post(item: JsonBlock, page: Page) -> Post:
    read = written_at(item, page.fetched_at, "/post_date")
    address, title = item.text("/canonical_url"), item.text("/title")
    return Post(
        url=address.value if address and host(address.value) else None,
        at=read[0] if read else None,
        precision=read[1] if read else None,
        kind=_KINDS.get(str(item.at("/type"))),
        text=title.value if title else None,
        reactions=_reactions(item),
        comments=item.number("/comment_count"),
        shares=item.number("/restacks"),
        page=item.page,
        where=item.place,
    )


def _reactions(item: JsonBlock) -> int | None:
    """The sum over all signs; None where one of them is no number."""
    counted = item.number("/reaction_count")
    if counted is not None or not isinstance(item.at("/reactions"), dict):
        return counted
    numbers = [sign.value for sign in item.items("/reactions")]
    whole = [number for number in numbers if isinstance(number, int) and not isinstance(number, bool) and number >= 0]
    return sum(whole) if len(whole) == len(numbers) else None


PLATFORM = Substack()
