"""Tumblr blogs: the feed of a blog, its own page in any theme, the state of the site's page, the old interface."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from audit.models import Fact, Link, Page, Post, Precision, Profile, Refusal, Request, State
from audit.parse.address import host, path_segments, query
from audit.parse.counts import exact_count
from audit.parse.document import Document
from audit.parse.feed import plain_text, posts_in
from audit.parse.persons import Persons
from audit.parse.structured import JsonBlock
from audit.platforms._ability import Checked, Control, Shown
from audit.platforms._base import Platform
from audit.platforms._keyed.tumblr import TumblrApi
from audit.platforms._persons import EVERYWHERE
from audit.platforms._recognised import STAND_INS, is_front_door, name_below, segments_of
from audit.platforms._shown import (
    MAX_POSTS,
    accounts_named,
    feed_address,
    in_element,
    in_headline,
    in_meta,
    of_another,
    own_addresses,
    profile_of,
    variable_of,
)

_HANDLE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?")
_BELOW = re.compile(r"([a-z0-9-]{1,32})\.tumblr\.com")
_NO_BLOGS = frozenset(
    {"www", "m", "api", "assets", "static", "platform", "embed", "media", "secure", "cdn", "px", "help"}
)
_STATE = "___INITIAL_STATE___"
_GATED = re.compile(r"only viewable within the Tumblr dashboard", re.IGNORECASE)
_NOTHING_HERE = re.compile(r"there.s nothing here", re.IGNORECASE)
_GATES = frozenset({"login_required", "dashboard", "safe-mode"})
_FOR_APPS = ("al:ios:url", "al:android:url", "twitter:app:url:iphone")
_SITE_WORDS = re.compile(r"\s*\(@[a-z0-9-]{1,32}\) on Tumblr$")
_UNNAMED = frozenset({"untitled", "senza titolo"})
_KINDS = {
    "photo": "image", "video": "video", "regular": "text", "text": "text", "quote": "text", "link": "link",
    "answer": "text", "conversation": "text", "chat": "text",
}  # fmt: skip
_WORDS = frozenset({
    "share", "widgets", "reblog", "tagged", "dashboard", "register", "login", "logout", "explore", "search", "blog",
    "policy", "privacy", "about", "apps", "buttons", "docs", "jobs", "settings", "new", "live", "communities",
    "follow", "following", "likes", "inbox", "oauth", "video", "radar", "themes", "press", "developers", "tips",
    "support", "help",
})  # fmt: skip
_TABS = frozenset({"archive", "about", "rss", "ask"})


class Tumblr(Platform):
    """{blog}.tumblr.com and tumblr.com/{blog}."""

    name = "tumblr"
    title = "Tumblr"
    hosts = frozenset({"tumblr.com"})
    roles = (*TumblrApi.roles, "answer", "feed", "profile")
    persons = EVERYWHERE | Persons(lists=frozenset({"notes"}), words=frozenset({"notes", "note"}))
    api = TumblrApi()
    robots_note = "A blog's feed is there to be read; one feed is asked, and the blog's page where there is none."
    way_in = (
        "Make the blog visible to people who are not logged in, or open it in a browser, save the page and import it."
    )
    by_page = Shown(fields="name posts bio avatar recent", posts="exact")
    by_key = Shown(fields="name posts bio avatar recent", posts="exact")
    checked = Checked(pages="2024-06-10", documentation="2026-11")
    control = Control(
        known="https://staff.tumblr.com/",
        unknown="https://finestra-no-such-7q4x9k2mw5z8.tumblr.com/",
        page="name recent",
        key="name posts recent",
    )

    def link(self, url: str) -> Link | None:
        """A blog and its archive; posts, tags, share forms are none."""
        segments = segments_of(url)
        below = name_below(url, _BELOW, _NO_BLOGS)
        if below is not None:
            segments = [below, *segments]
        elif not is_front_door(url, r"tumblr\.com"):
            return None
        elif segments[:1] == ["blog"]:
            segments = segments[2:] if segments[1:2] == ["view"] else segments[1:]
        if not segments or len(segments) > 2 or (len(segments) == 2 and segments[1] not in _TABS):
            return None
        blog = segments[0].lower().removeprefix("@")
        if not _HANDLE.fullmatch(blog) or blog in _WORDS | _NO_BLOGS | STAND_INS:
            return None
        return self._link(blog, f"https://{blog}.tumblr.com/")

    def role(self, url: str) -> str | None:
        """A blog's feed, what the old interface says of it, or one of its pages."""
        role = super().role(url)
        if role in TumblrApi.roles:
            return role
        segments = path_segments(url)
        below = _BELOW.fullmatch(host(url))
        if below is None or below.group(1) in _NO_BLOGS:
            return role
        if segments[:2] == ["api", "read"]:
            return "answer"
        return "feed" if segments[-1:] == ["rss"] else "profile"

    def wants(self, link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
        """The feed; where that shows nothing, the blog's page, which tells a free name from a hidden blog."""
        if "feed" not in pages:
            return {} if pages else {"feed": Request(url=f"{link.url}rss")}
        if "profile" in pages or self._read_page(link, pages["feed"]).state is not State.PRIVATE:
            return {}
        return {"profile": Request(url=link.url)}

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """Blogs for people who are logged in only, names that are free, and pages of another blog."""
        gate = path_segments(page.final_url)[:1]
        is_gate = is_front_door(page.final_url, r"tumblr\.com") and gate and gate[0] in _GATES
        is_refused = page.status in (None, 404)
        if (is_refused and _GATED.search(document.text)) or (is_gate and not path_segments(page.url)):
            return Refusal(state=State.PRIVATE, reason="shown to people who are logged in only")
        if page.status == 404 and page.role == "feed":
            return Refusal(state=State.PRIVATE, reason="no public feed: no such blog, or one for those logged in only")
        words = in_headline(document) if is_refused else ""
        if _NOTHING_HERE.search(words):
            return Refusal(state=State.MISSING, reason=words[:200])
        return of_another(link, self._named(page, document))

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The blog as its feed, the old interface, the site's page or its own page show it."""
        shown = profile_of(self, link, page, self._named(page, document))
        if shown is None:
            return None
        if page.role == "feed":
            posts = _fed(page, document)
            name = _title(in_element(document, page.role, "title"))
            return replace(shown, name=name, bio=in_element(document, page.role, "description"), recent=posts)
        if page.role == "answer":
            return _from_old_interface(shown, page, document)
        record = _record(page, document)
        return _from_state(shown, page, document, record) if record else _from_theme(shown, page, document)

    def _named(self, page: Page, document: Document) -> list[str]:
        """The blogs that a page is about: by its state, by its own addresses, by what it hands to the apps."""
        if page.role == "feed":
            maker = re.search(r"@([a-z0-9-]+)\)", document.find("generator") or "")
            return [maker[1]] if maker else accounts_named(self, [feed_address(document)])
        if page.role == "answer":
            names = [_old(page, document).at("/tumblelog/name"), document.find("tumblelog@name")]
            return [name for name in names if isinstance(name, str)]
        record = _record(page, document)
        if record is not None:
            return [str(record.at("/name"))]
        named = accounts_named(self, own_addresses(document))
        apps = [query(document.meta.get(key, "").replace("tumblr://", "https://")) for key in _FOR_APPS]
        return named or [said["blogName"] for said in apps if said.get("blogName")]


def _from_theme(shown: Profile, page: Page, document: Document) -> Profile | None:
    """A blog's own page: what every theme has to have."""
    is_post = document.meta.get("og:type") == "article"
    name = _title(in_meta(document, page.role, "og:title"))
    if name is not None and is_post and name.value not in _home_links(document):
        name = None  # the post's title
    icon = in_element(document, page.role, 'link[rel~="apple-touch-icon"]@href', 'link[rel~="icon"]@href')
    bio = None if is_post else in_meta(document, page.role, "og:description", "description")
    return replace(shown, name=name, bio=bio, avatar=icon)


def _home_links(document: Document) -> set[str]:
    """The texts of links to the blog's home page."""
    return {tag.text(" ") for tag in document.tree.select('a[href="/"]')}


def _from_state(shown: Profile, page: Page, document: Document, record: JsonBlock) -> Profile:
    """The site's own page of the blog."""
    posts = {
        str(block.at("/postUrl")): _post(block)
        for root in _states(page, document)
        for block in root.walk()
        if block.at("/blogName") == shown.handle and isinstance(block.at("/postUrl"), str)
    }
    return replace(
        shown,
        name=_title(record.text("/title")),
        posts=record.count("/posts", "/totalPosts"),
        bio=record.text("/description"),
        avatar=record.text("/avatar/0/url"),
        recent=tuple(posts.values())[:MAX_POSTS],
    )


def _post(block: JsonBlock) -> Post:
    at = block.moment("/timestamp")
    text = block.text("/summary")
    return Post(
        url=str(block.at("/postUrl")),
        at=at,
        precision=Precision.SECOND if at else None,
        kind=_KINDS.get(str(block.at("/originalType") or block.at("/type"))),
        text=text.value if text else None,
        pinned=block.at("/isPinned") is True,
        repost=bool(block.at("/rebloggedFromId") or block.at("/rebloggedFromUrl")),
        page=block.page,
        where=block.place,
    )


def _from_old_interface(shown: Profile, page: Page, document: Document) -> Profile | None:
    """`/api/read/json`: the exact number of posts and the newest of them."""
    answer = _old(page, document)
    if answer.value is None:
        total = exact_count(document.find("posts@total"))
        return replace(
            shown,
            name=_title(in_element(document, page.role, "tumblelog@title")),
            posts=total.fact(page.role, "posts@total") if total else None,
        )
    recent = []
    for block in list(answer.items("/posts"))[:MAX_POSTS]:
        at = block.moment("/unix-timestamp")
        text = block.text("/regular-title", "/photo-caption", "/link-text", "/quote-text", "/slug")
        recent.append(
            Post(
                url=str(block.at("/url") or "") or None,
                at=at,
                precision=Precision.SECOND if at else None,
                kind=_KINDS.get(str(block.at("/type"))),
                text=plain_text(text.value) if text else None,
                repost=block.at("/reblogged-from-url") is not None,
                page=block.page,
                where=block.place,
            )
        )
    return replace(
        shown,
        name=_title(answer.text("/tumblelog/title")),
        posts=answer.count("/posts-total"),
        bio=answer.text("/tumblelog/description"),
        recent=tuple(recent),
    )


def _fed(page: Page, document: Document) -> tuple[Post, ...]:
    """The posts of a feed; one that quotes another blog in Tumblr's own way is a repost."""
    posts = posts_in(page.body, url=page.url, media_type=page.media_type, page=page.role)[:MAX_POSTS]
    quotes = ["tumblr_blog" in item.source for item in document.tree.select("item", limit=MAX_POSTS)]
    quotes += [False] * (len(posts) - len(quotes))
    return tuple(replace(post, kind=None, repost=quote) for post, quote in zip(posts, quotes, strict=False))


def _old(page: Page, document: Document) -> JsonBlock:
    return JsonBlock(document.variable("tumblr_api_read"), page.role, "var tumblr_api_read#")


def _states(page: Page, document: Document) -> Iterator[JsonBlock]:
    """The state that the site's own page was made of, in both its forms."""
    if _STATE not in document.text:
        return
    value = document.island(_STATE)
    if value is not None:
        yield JsonBlock(value, page.role, f'script[id="{_STATE}"]#')
        return
    yield variable_of(document, page.role, _STATE)


def _record(page: Page, document: Document) -> JsonBlock | None:
    """The blog's record in the state of a page of tumblr.com: that of the blog which the page's address names."""
    asked = accounts_named(PLATFORM, [page.final_url, *own_addresses(document)])
    for root in _states(page, document):
        for block in root.walk():
            if block.at("/name") in asked and isinstance(block.at("/title"), str) and block.at("/avatar") is not None:
                return block
    return None


def _title(shown: Fact[str] | None) -> Fact[str] | None:
    """A blog's title without the site's words, unless it is what the site puts where there is none."""
    shown = replace(shown, value=_SITE_WORDS.sub("", shown.value)) if shown is not None else None
    return None if shown is None or shown.value.lower() in _UNNAMED else shown


PLATFORM = Tumblr()
