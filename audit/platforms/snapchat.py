"""Snapchat public profiles: one JSON island in the page, with JSON-LD beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from audit.models import CountFact, Fact, Link, Page, Post, Precision, Profile, Refusal, State
from audit.parse.address import host, host_matches, path_segments
from audit.parse.document import Document
from audit.parse.structured import JsonBlock, json_ld_of, statistic
from audit.platforms._ability import Checked, Control, Shown
from audit.platforms._base import Platform
from audit.platforms._labels import SUBSCRIBERS, figures_around
from audit.platforms._shown import described

_HANDLE = re.compile(r"[a-z][a-z0-9._-]{1,29}")
_PUBLIC_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TITLE = re.compile(r"(.+?)\s*\(@([A-Za-z][\w.-]{1,29})\)(?=\W|$)")
_OLD_TITLE = re.compile(r"(?:add )?(.+?) on snapchat", re.IGNORECASE)  # where the address alone has the handle
_MISSING = re.compile(r"(?:404: this page could not be found|(?:page )?not found)\b.*", re.IGNORECASE)
_MEDIA = {0: "image", 1: "video"}
_PROFILE_PAGE = frozenset({"ProfilePage"})


class Snapchat(Platform):
    """snapchat.com public profiles. A subscriber count of "0" means that it is hidden."""

    name = "snapchat"
    title = "Snapchat"
    hosts = frozenset({"snapchat.com"})
    robots_note = "Public profile pages are open; one page per profile is asked."
    way_in = "Open the public profile in a browser, save the page and import the file."
    by_page = Shown(fields="name followers bio website verified created location category avatar recent")
    checked = Checked(pages="2026-09-24")
    control = Control(
        known="https://www.snapchat.com/@snapchat",
        unknown="https://www.snapchat.com/@no_such_7q4x9k2",
        page="name followers",
    )

    def link(self, url: str) -> Link | None:
        """`/@{user}`, `/add/{user}` and the public profile by its id, `/p/{uuid}`."""
        if not host_matches(url, self.hosts) or host(url) not in (
            "snapchat.com",
            "www.snapchat.com",
            "story.snapchat.com",
            "m.snapchat.com",
        ):
            return None
        segments = [segment.strip() for segment in path_segments(url)]
        if segments and re.fullmatch(r"[a-z]{2}-[A-Z]{2}", segments[0]):
            segments = segments[1:]
        if len(segments) >= 2 and segments[0] == "p" and _PUBLIC_ID.fullmatch(segments[1].lower()):
            tail = f"/{segments[2]}" if len(segments) == 3 and segments[2].isdigit() else ""
            return self._link(segments[1].lower(), f"https://www.snapchat.com/p/{segments[1].lower()}{tail}")
        handle = _handle_in(segments)
        return None if handle is None else self._link(handle, f"https://www.snapchat.com/@{handle}")

    def role(self, url: str) -> str | None:
        """The profile page and the JSON that the page loads in its place."""
        if host_matches(url, self.hosts) and "_next/data" in url:
            return "profile"
        return super().role(url)

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """Missing accounts answer with the page type NOT_FOUND, private ones without a public profile."""
        for root in _roots(document, page.role):
            for block in root.walk():
                if block.at("/pageType") == "NOT_FOUND" or block.at("/page") == "/404":
                    return Refusal(state=State.MISSING, reason="NOT_FOUND")
            if _public_profile(root, "") is None and _has(root, "userInfo"):
                return Refusal(state=State.PRIVATE, reason="no public profile: only the person's card is shown")
        if _MISSING.fullmatch(document.title):
            return Refusal(state=State.MISSING, reason=document.title)
        return None

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The public profile's block, with the JSON-LD and the title for what it lacks."""
        wanted = "" if _PUBLIC_ID.fullmatch(link.handle) else link.handle
        found = (_public_profile(root, wanted) for root in _roots(document, page.role))
        block = next((item for item in found if item is not None), None)
        said = self._from_description(link, page, document, wanted)
        if block is None:
            return said
        handle = block.text("/username")
        badge = block.at("/badge")
        profile = replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=handle.value if handle else link.handle or None,
            name=block.text("/title", "/displayName"),
            bio=block.text("/bio"),
            followers=_shown(block.rounded("/subscriberCount")),
            website=block.text("/websiteUrl"),
            location=block.text("/address"),
            category=block.text("/subcategoryStringId", "/categoryStringId"),
            verified=Fact(value=True, page=page.role, where=block.place + "/badge") if badge == 1 else None,
            avatar=block.text("/profilePictureUrl", "/squareHeroImageUrl", "/snapcodeImageUrl"),
            created=block.day("/creationTimestampMs/value", "/creationTimestampMs"),
            recent=_recent(document, page.role, handle.value if handle else wanted),
        )
        if said is None:
            return profile
        return replace(profile, name=profile.name or said.name, followers=profile.followers or said.followers)

    def _from_description(self, link: Link, page: Page, document: Document, wanted: str) -> Profile | None:
        """What the JSON-LD ProfilePage says of the account."""
        blank = self.blank(link, state=State.OBSERVED, source=page.source)
        found = described(blank, _profile_pages(document, page.role), wanted, "/alternateName", "/identifier/value")
        if found is None:
            return self._from_title(link, page, document, wanted)
        profile, account = found
        followers = _shown(statistic(account, "FollowAction"))
        return replace(profile, followers=followers, avatar=account.text("/image", "/image/contentUrl"))

    def _from_title(self, link: Link, page: Page, document: Document, wanted: str) -> Profile | None:
        """Name and handle, which the title always has: "Aurora (@auroracaffe) | Snapchat …"."""
        named = _TITLE.match(document.title)
        canonical = self.link(document.canonical) if document.canonical else None
        old = _OLD_TITLE.fullmatch(document.title) if canonical is not None else None
        if named is None and (old is None or canonical is None):
            return None
        handle = named.group(2) if named else canonical.handle if canonical else ""
        if wanted and handle.lower() != wanted.lower():
            return None
        name = named.group(1) if named else old.group(1) if old else ""
        return replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=handle,
            name=Fact(value=name, page=page.role, where="title"),
            followers=_drawn_followers(page, document),
        )


def _drawn_followers(page: Page, document: Document) -> CountFact | None:
    """The subscribers below the name on the drawn page."""
    heads = document.tree.select("h1", limit=3)
    found = (figures_around(document, page.role, head, {"followers": SUBSCRIBERS}) for head in heads)
    return next((figures["followers"] for figures in found if figures), None)


def _handle_in(segments: list[str]) -> str | None:
    if len(segments) >= 2 and segments[0] == "add":
        handle = segments[1].lstrip("@")
    elif len(segments) == 1 and segments[0].startswith("@"):
        handle = segments[0][1:]
    else:
        return None  # /@user/spotlight/… is a video, everything else the site's own
    handle = handle.lower()
    return handle if _HANDLE.fullmatch(handle) else None


def _roots(document: Document, role: str) -> Iterator[JsonBlock]:
    """The page's data: the island in the page, or the same as an answer of its own."""
    if document.is_json:
        yield JsonBlock(document.json, role, "#")
        return
    island = document.island("__NEXT_DATA__")
    if island is not None:
        yield JsonBlock(island, role, 'script[id="__NEXT_DATA__"]#')


def _has(root: JsonBlock, key: str) -> bool:
    return any(isinstance(block.at(f"/userProfile/{key}"), dict) for block in root.walk())


def _public_profile(root: JsonBlock, handle: str) -> JsonBlock | None:
    """The account's own block: the same keys stand below it for related accounts."""
    for block in root.walk():
        profile = block.block("/userProfile/publicProfileInfo")
        if isinstance(profile.value, dict):
            username = str(profile.at("/username") or "")
            return profile if not handle or username.lower() == handle.lower() else None
    return None


def _profile_pages(document: Document, role: str) -> Iterator[JsonBlock]:
    yield from json_ld_of(document, role, _PROFILE_PAGE)
    if document.is_json:
        for block in JsonBlock(document.json, role, "#").walk():
            if block.at("/@type") == "ProfilePage":
                yield block


def _shown(count: CountFact | None) -> CountFact | None:
    return None if count is None or count.value == 0 else count


def _recent(document: Document, role: str, handle: str) -> tuple[Post, ...]:
    posts: list[Post] = []
    for root in _roots(document, role):
        holder = next((block for block in root.walk() if isinstance(block.at("/userProfile"), dict)), None)
        if holder is None:
            continue
        posts.extend(_snap(snap, handle) for snap in holder.items("/story/snapList"))
        posts.extend(_spotlight(video) for video in holder.items("/spotlightStoryMetadata"))
    return tuple(post for post in posts if post.at is not None)


def _snap(snap: JsonBlock, handle: str) -> Post:
    media = snap.at("/snapMediaType")
    at = snap.moment("/timestampInSec/value", "/timestampInSec")
    return Post(
        url=f"https://www.snapchat.com/@{handle}" if handle else None,
        at=at,
        precision=Precision.SECOND if at else None,
        kind=_MEDIA.get(media) if isinstance(media, int) else None,
        page=snap.page,
        where=snap.place,
    )


def _spotlight(video: JsonBlock) -> Post:
    at = video.moment("/videoMetadata/uploadDateMs/value", "/videoMetadata/uploadDateMs")
    text = video.text("/videoMetadata/description", "/videoMetadata/name", "/description")
    url = video.text("/videoMetadata/shareUrl", "/videoMetadata/url", "/shareUrl")
    return Post(
        url=url.value if url else None,
        at=at,
        precision=Precision.SECOND if at else None,
        kind="short",
        text=text.value if text else None,
        comments=video.number("/engagementStats/commentCount/value", "/engagementStats/commentCount"),
        shares=video.number("/engagementStats/shareCount/value", "/engagementStats/shareCount"),
        views=video.number(
            "/engagementStats/viewCount/value", "/engagementStats/viewCount", "/videoMetadata/viewCount"
        ),
        page=video.page,
        where=video.place,
    )


PLATFORM = Snapchat()
