"""Threads profiles, as a person saved them: the sentence for sharing, the data inside the page, the drawn head."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from audit.models import CountFact, Fact, Link, Page, Post, Precision, Profile, Refusal, State
from audit.parse.counts import first_count
from audit.parse.document import Document
from audit.parse.structured import JsonBlock
from audit.parse.text import clean
from audit.platforms._ability import Checked, Control, Shown
from audit.platforms._base import Platform
from audit.platforms._keyed.threads import ThreadsApi
from audit.platforms._labels import FOLLOWERS, figures_around, labelled_count
from audit.platforms._recognised import STAND_INS, is_front_door, segments_of
from audit.platforms._shown import (
    MAX_POSTS,
    accounts_named,
    in_meta,
    is_asked,
    of_another,
    own_addresses,
    profile_of,
    without_unread,
)

_HANDLE = re.compile(r"[a-z0-9._]{1,30}")
_TABS = frozenset({"replies", "media", "reposts"})
# "Caffè Aurora (@aurora) • Threads, Say more"
_TITLE = re.compile(r"^(.*?)\s*[(（][@＠]([A-Za-z0-9._]{1,30})[)）]")
_LOGIN = re.compile(
    r"threads\s*[•·|–-]\s*\S.*|(?:log ?in|accedi|anmelden|connexion|entrar)\b.*threads.*", re.IGNORECASE
)
_POSTS = re.compile(r"\D{0,20}\d[^•]{0,30}")  # "168 Threads": the part behind the followers
_BIO_END = re.compile(r"\.?\s*[^.!?]{0,60}@[A-Za-z0-9._]{1,30}\W*$")  # "See the latest conversations with @aurora."
_MAX_FIGURE = 40  # characters of the part with the followers
_MEDIA = {1: "image", 2: "video", 8: "carousel", 19: "text"}


class Threads(Platform):
    """threads.com, threads.net. A name is the Instagram account's own. The number of posts leaves answers out."""

    name = "threads"
    title = "Threads"
    hosts = frozenset({"threads.com", "threads.net"})
    roles = (*ThreadsApi.roles, "graphql", "profile")
    any_role_suffices = True
    api = ThreadsApi()
    robots_note = "robots.txt closes the whole site to unnamed readers, and the terms forbid automated reading."
    way_in = "Open the profile in a browser, save the page and import the file."
    keyless = False
    by_page = Shown(fields="name followers posts bio website verified avatar recent", posts="exact or rounded")
    by_key = Shown(fields="name followers bio verified avatar")
    checked = Checked(documentation="2026-11")
    control = Control(
        known="https://www.threads.com/@threads",
        unknown="https://www.threads.com/@finestra.no.such.7q4x9k2mw5z8",
        key="name followers",
    )

    def link(self, url: str) -> Link | None:
        """`/@{user}` and its tabs; posts, intents, the login are none."""
        segments = segments_of(url)
        if not is_front_door(url, r"threads\.(?:com|net)") or not segments or not segments[0].startswith("@"):
            return None
        handle = segments[0][1:].lower()
        if len(segments) > 2 or (len(segments) == 2 and segments[1].lower() not in _TABS):
            return None
        if not _HANDLE.fullmatch(handle) or handle in STAND_INS:
            return None
        return self._link(handle, f"https://www.threads.com/@{handle}")

    def role(self, url: str) -> str | None:
        """The profile, and the answers of the site's own interface."""
        if is_front_door(url, r"threads\.(?:com|net)") and "graphql" in segments_of(url):
            return "graphql"
        return super().role(url)

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """The login page, which is shown for accounts that are not there too; another account's page."""
        named = self._named(document)
        if not named and not document.is_json and _LOGIN.fullmatch(document.title):
            return Refusal(state=State.LOGIN_WALL, reason=document.title)
        return of_another(link, named)

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The account's own object in the data; what that lacks, by the sentence or the head of the drawn page."""
        user = next(_users(link, page, document), None)
        shown = self._from_page(link, page, document)
        if user is None:
            return shown
        handle = user.text("/username")
        profile = replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=handle.value.lower() if handle else link.handle or None,
            name=user.text("/full_name", "/name"),
            bio=user.text("/biography"),
            website=user.text("/bio_links/0/url", "/external_url"),
            verified=user.flag("/is_verified"),
            followers=user.count("/follower_count"),
            posts=shown.posts if shown else None,
            avatar=user.text("/hd_profile_pic_versions/0/url", "/profile_pic_url"),
        )
        return replace(profile, recent=tuple(_posts(page, document, str(profile.handle))))

    def _named(self, document: Document) -> list[str]:
        """The account that the page says it is about."""
        named = accounts_named(self, own_addresses(document))
        title = _TITLE.match(document.meta.get("og:title", "") or document.title)
        return named or ([title.group(2).lower()] if title else [])

    def _from_page(self, link: Link, page: Page, document: Document) -> Profile | None:
        profile = None if document.is_json else profile_of(self, link, page, self._named(document))
        if profile is None:
            return None
        shown = document.meta.get("og:title", "")
        title = _TITLE.match(shown or without_unread(document.title))
        where = document.meta_where("og:title") if shown else "title"
        followers, posts, bio = _sentence(page, document)
        if followers is None:
            heads = document.tree.select("h1", limit=3)
            around = (figures_around(document, page.role, head, {"followers": FOLLOWERS}) for head in heads)
            followers = next((found["followers"] for found in around if found), None)
        name = Fact(value=title.group(1), page=page.role, where=where) if title and title.group(1) else None
        if name is None and followers is None:
            return None
        return replace(
            profile,
            name=name,
            followers=followers,
            posts=posts,
            bio=bio,
            avatar=in_meta(document, page.role, "og:image"),
            recent=tuple(_posts(page, document, str(profile.handle))),
        )


def _sentence(page: Page, document: Document) -> tuple[CountFact | None, CountFact | None, Fact[str] | None]:
    """Followers, posts and the account's own words: "5.7M Followers • 168 Threads • Coffee. See …"."""
    key = next((key for key in ("og:description", "description") if document.meta.get(key)), "")
    parts = [clean(part) for part in document.meta.get(key, "").split("•", 2)]
    locale, where = document.language or "en", document.meta_where(key)
    followers = labelled_count(parts[0], FOLLOWERS, locale)
    if followers is None or len(parts[0]) > _MAX_FIGURE:
        return None, None, None
    posts = first_count(parts[1], locale) if len(parts) > 1 and _POSTS.fullmatch(parts[1]) else None
    words = _BIO_END.sub("", parts[2]) if len(parts) > 2 else ""
    return (
        followers.fact(page.role, where),
        posts.fact(page.role, where) if posts else None,
        Fact(value=words, page=page.role, where=where) if words else None,
    )


def _roots(page: Page, document: Document) -> Iterator[JsonBlock]:
    if document.is_json:
        yield JsonBlock(document.json, page.role, "#")
        return
    for value, place in document.islands():
        yield JsonBlock(value, page.role, place)


def _users(link: Link, page: Page, document: Document) -> Iterator[JsonBlock]:
    """The objects of the account asked for: with its followers, which its posts' authors lack."""
    for root in _roots(page, document):
        for block in root.holding("follower_count"):
            if isinstance(block.at("/username"), str) and is_asked(link, block.at("/username")):
                yield block


def _posts(page: Page, document: Document, handle: str) -> Iterator[Post]:
    """The account's posts in the page's data; what it reposted has another author and is marked."""
    seen: set[str] = set()
    for root in _roots(page, document):
        for thread in root.holding("thread_items"):
            for item in thread.items("/thread_items"):
                post = item.block("/post")
                code = post.text("/code")
                if code is not None and code.value not in seen and len(seen) < MAX_POSTS:
                    seen.add(code.value)
                    yield _post(post, code.value, handle)


def _post(post: JsonBlock, code: str, handle: str) -> Post:
    author = str(post.at("/user/username") or handle).lower()
    at, text = post.moment("/taken_at"), post.text("/caption/text")
    own, media = author == handle.lower(), post.at("/media_type")
    return Post(
        url=f"https://www.threads.com/@{author}/post/{code}",
        at=at,
        precision=Precision.SECOND if at else None,
        kind=_MEDIA.get(media) if isinstance(media, int) else None,
        text=text.value if text else None,
        reactions=post.number("/like_count") if own else None,
        comments=post.number("/text_post_app_info/direct_reply_count") if own else None,
        shares=post.number("/text_post_app_info/repost_count") if own else None,
        pinned=post.at("/text_post_app_info/pinned_post_info/is_pinned_to_profile") is True,
        repost=not own,
        page=post.page,
        where=post.place,
    )


PLATFORM = Threads()
