"""Medium authors and publications: the feed of the newest stories, and the data in a saved page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from audit.models import Fact, Link, Page, Post, Precision, Profile, Refusal, Request, State
from audit.parse.address import host, path_segments
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
    count_in,
    feed_address,
    in_element,
    in_meta,
    of_another,
    own_addresses,
    profile_of,
    variable_of,
)

_USER = re.compile(r"@[A-Za-z0-9_.-]{1,60}")
_PUBLICATION = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,60}[A-Za-z0-9])?")
_BELOW = re.compile(r"([a-z0-9](?:[a-z0-9-]{0,60}[a-z0-9])?)\.medium\.com")
_WORDS = frozenset({
    "m", "p", "tag", "tags", "search", "policy", "about", "membership", "me", "new-story", "topics", "topic", "feed",
    "r", "creators", "business", "jobs-at-medium", "plans", "explore-topics", "partner-program", "media", "sitemap",
    "_", "collections", "series", "s", "u", "earn", "verified-authors", "gift", "clap", "archive", "login", "signin",
})  # fmt: skip
_NO_NAMES = frozenset(
    {"www", "m", "help", "api", "cdn", "cdn-images-1", "miro", "policy", "blog", "link", "glyph", "status"}
)
_TABS = frozenset({"about", "followers", "following", "latest", "all", "archive", "home", "lists", "subscribe"})
_DATA = "__APOLLO_STATE__"
_MISSING = re.compile(r"out of nothing, something|PAGE NOT FOUND", re.IGNORECASE)
_GONE = re.compile(r"(?:user|account|author)[^<>]{0,30} (?:is|has been|was) (?:suspended|blocked|deleted)", re.I)
_FEED_NAME = re.compile(
    r"(?:<!\[CDATA\[)?(?:Stories by (?P<author>.+) on Medium|(?P<publication>.+) - Medium)(?:\]\]>)?"
)


class Medium(Platform):
    """medium.com: authors are `/@name`, publications `/name`, both also `name.medium.com`."""

    name = "medium"
    title = "Medium"
    hosts = frozenset({"medium.com"})
    roles = ("profile", "feed")
    robots_note = "Feeds are offered to readers: one feed is asked; its pages stand behind a bot check."
    way_in = "Check the publication's address, or open it in a browser, save the page and import the file."
    by_page = Shown(fields="name followers following bio website avatar recent")
    checked = Checked(pages="2026-08-07")
    control = Control(
        known="https://medium.com/@Medium",
        unknown="https://medium.com/@finestra-no-such-7q4x9k2mw5z8",
        page="name recent",
    )

    def link(self, url: str) -> Link | None:
        """An author or a publication with its tabs; stories, tags, the login are none."""
        segments = segments_of(url)
        below = name_below(url, _BELOW, _NO_NAMES)
        if below is not None:
            return self._link(below, f"https://{below}.medium.com/") if is_home(segments, _TABS) else None
        if not is_front_door(url, r"medium\.com") or not segments or len(segments) > 2:
            return None
        name = segments[0]
        if (len(segments) == 2 and segments[1] not in _TABS) or name.lower().lstrip("@") in STAND_INS:
            return None
        if _USER.fullmatch(name) or (_PUBLICATION.fullmatch(name) and name.lower() not in _WORDS):
            return self._link(name.lstrip("@"), f"https://medium.com/{name}")
        return None

    def role(self, url: str) -> str | None:
        """A feed (`/feed/…`, `{name}.medium.com/feed`), or a page."""
        segments = path_segments(url)
        is_feed = segments[:1] == ["feed"] and len(segments) <= 2
        if is_feed and (_BELOW.fullmatch(host(url)) is not None or is_front_door(url, r"medium\.com")):
            return "feed"
        return super().role(url)

    def wants(self, link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
        """The feed."""
        if pages:
            return {}
        is_below = host(link.url) != "medium.com"
        root = link.url.rstrip("/")
        wanted = f"{root}/feed" if is_below else root.replace("medium.com/", "medium.com/feed/", 1)
        return {"feed": Request(url=wanted, accept="application/rss+xml,application/xml;q=0.9,*/*;q=0.5")}

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """The site's words for what is not there or was closed, and the page or feed of another account."""
        if page.status in (None, 200, 404, 410) and page.role == "profile" and document.variable(_DATA) is None:
            gone = _GONE.search(document.text) if page.status in (404, 410) else None
            if gone is not None:
                return Refusal(state=State.GONE, reason=clean(gone.group())[:200])
            missing = _MISSING.search(document.text)
            if missing is not None:
                return Refusal(state=State.MISSING, reason=clean(missing.group()))
        return of_another(link, self._named(page, document))

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The account and its stories by the page's data, else by its metadata; of a feed the newest stories."""
        shown = profile_of(self, link, page, self._named(page, document))
        if shown is None:
            return None
        if page.role == "feed":
            return _from_feed(shown, page, document)
        if document.is_json:
            return _from_answer(shown, JsonBlock(document.json, page.role, "#"))
        account = _account(variable_of(document, page.role, _DATA), str(shown.handle))
        if account is not None:
            return _from_data(shown, variable_of(document, page.role, _DATA), account)
        name = in_meta(document, page.role, "og:title")
        if name is None or document.meta.get("og:type") == "article":
            return None
        tidy = re.sub(r" [–-] Medium$", "", name.value)
        return replace(
            shown,
            name=replace(name, value=tidy),
            followers=count_in(document, page.role, f'a[href*="{shown.handle}/followers"]', r"\d"),
            bio=in_meta(document, page.role, "og:description"),
            avatar=in_meta(document, page.role, "og:image"),
        )

    def _named(self, page: Page, document: Document) -> list[str]:
        """The author or publication that the page or the feed is about."""
        if document.is_json:
            user = JsonBlock(document.json, page.role, "#").text("/payload/user/username")
            return [user.value] if user else []
        addresses = [feed_address(document)] if page.role == "feed" else own_addresses(document)
        return accounts_named(self, addresses)


def _from_answer(shown: Profile, answer: JsonBlock) -> Profile | None:
    """The page as data (`?format=json`): the author, and the author's figures under the author's number."""
    user = answer.block("/payload/user")
    figures = answer.block(f"/payload/references/SocialStats/{user.at('/userId')}")
    name = user.text("/name")
    if name is None:
        return None
    return replace(
        shown,
        name=name,
        followers=figures.count("/usersFollowedByCount"),
        following=figures.count("/usersFollowedCount"),
        bio=user.text("/bio"),
    )


def _account(data: JsonBlock, handle: str) -> JsonBlock | None:
    """The record of the author or the publication; others are those of readers and of what is recommended."""
    for record in data.items():
        name = {"User": record.at("/username"), "Collection": record.at("/slug")}.get(str(record.at("/__typename")))
        if isinstance(name, str) and name.casefold() == handle.casefold():
            return record
    return None


def _from_data(shown: Profile, data: JsonBlock, account: JsonBlock) -> Profile:
    picture = account.text("/imageId", "/avatar/id")
    return replace(
        shown,
        name=account.text("/name"),
        followers=account.count("/socialStats/followerCount", "/subscriberCount"),
        following=account.count("/socialStats/followingCount"),
        bio=account.text("/bio", "/description", "/tagline"),
        website=_website(account),
        avatar=replace(picture, value=f"https://miro.medium.com/v2/{picture.value}") if picture else None,
        recent=tuple(_stories(data, account))[:MAX_POSTS],
    )


def _website(account: JsonBlock) -> Fact[str] | None:
    """A publication's own domain."""
    domain = account.text("/domain", "/customDomainState/live/domain")
    address = f"https://{domain.value}" if domain is not None else ""
    if domain is None or not host(address) or host(address).endswith("medium.com"):
        return None
    return replace(domain, value=address)


def _stories(data: JsonBlock, account: JsonBlock) -> Iterator[Post]:
    """The account's own stories, the newest first; those of others that it lists are left out."""
    number = account.place.rsplit("/", 1)[-1]
    posts = [record for record in data.items() if record.at("/__typename") == "Post"]
    own = [post for post in posts if number in (post.at("/creator/__ref"), post.at("/collection/__ref"))]
    own.sort(key=lambda record: record.number("/firstPublishedAt", "/latestPublishedAt") or 0, reverse=True)
    for record in own:
        at, title = record.moment("/firstPublishedAt", "/latestPublishedAt"), record.text("/title")
        address = record.text("/mediumUrl", "/canonicalUrl")
        yield Post(
            url=address.value if address and host(address.value) else None,
            at=at,
            precision=Precision.SECOND if at else None,
            kind="article",
            text=title.value if title else None,
            reactions=record.number("/clapCount"),
            comments=record.number("/postResponses/count"),
            pinned=bool(record.at("/pinnedAt")) and record.at("/creator/__ref") == number,
            page=record.page,
            where=record.place,
        )


def _from_feed(shown: Profile, page: Page, document: Document) -> Profile | None:
    """The newest ten stories; a feed of an author and one of a publication name themselves differently."""
    title = in_element(document, page.role, "channel > title")
    found = _FEED_NAME.fullmatch(title.value) if title is not None else None
    if title is None:
        return None
    name = clean(found.group("author") or found.group("publication")) if found is not None else ""
    posts = posts_in(page.body, url=page.url, media_type=page.media_type, page=page.role)[:MAX_POSTS]
    recent = tuple(replace(post, url=(post.url or "").partition("?source=")[0] or None) for post in posts)
    return replace(shown, name=replace(title, value=name) if name else None, recent=recent)


PLATFORM = Medium()
