"""PeerTube accounts and channels, on the servers that many know and, where somebody declares one, on any server."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from audit.models import Fact, Link, Page, Post, Profile, Refusal, Request, State
from audit.parse.address import host, host_matches, parts, path_segments
from audit.parse.document import Document
from audit.parse.structured import JsonBlock
from audit.parse.text import clean
from audit.platforms._ability import Checked, Control, Shown
from audit.platforms._base import Platform
from audit.platforms._labels import FOLLOWERS, figures_around
from audit.platforms._recognised import STAND_INS, segments_of
from audit.platforms._shown import (
    MAX_POSTS,
    accounts_named,
    day_of,
    in_element,
    in_meta,
    of_another,
    own_addresses,
    written_at,
)
from audit.walls import moved_reason

# Large and long-lived servers. An account elsewhere is recognised when it is declared.
_KNOWN = frozenset({
    "framatube.org", "tilvids.com", "peertube.tv", "peertube.uno", "peertube.debian.social", "peertube.opencloud.lu",
    "peertube2.cpy.re", "video.ploud.fr", "video.blender.org", "video.hardlimit.com", "tube.tchncs.de", "diode.zone",
    "kolektiva.media", "makertube.net", "spectra.video", "skeptikon.fr", "aperi.tube", "tube.network.europa.eu",
})  # fmt: skip
_NAME = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,48}[a-z0-9_])?")
_ACCOUNTS, _CHANNELS = frozenset({"a", "accounts"}), frozenset({"c", "video-channels"})
_TABS = frozenset({"videos", "video-channels", "video-playlists", "about", "search"})
_ADDRESS = re.compile(r"https?://[^\s<>\"'\])]{4,300}")
_VIDEOS = re.compile(r"v[ií]d[eé]os?\b|filmy?\b", re.IGNORECASE)
_RECORDS = frozenset({"accounts", "video-channels"})


class PeerTube(Platform):
    """Accounts (`/a/…`) and channels (`/c/…`) of PeerTube's servers; a handle is `name@server`, which is one of both.

    `posts` counts an account's or a channel's public videos."""

    name = "peertube"
    title = "PeerTube"
    hosts = _KNOWN
    anywhere = True
    roles = ("profile", "posts", "page")
    robots_note = "The servers' interface for everybody is open: one record and one list of videos are asked."
    way_in = "Check the address of the account or channel."
    by_page = Shown(fields="name followers following posts bio website created avatar recent", posts="exact")
    checked = Checked(pages="2025-07-12")
    control = Control(
        known="https://framatube.org/a/framasoft",
        unknown="https://framatube.org/a/finestra_no_such_7q4x9k2mw5z8",
        page="name followers recent",
    )

    def link(self, url: str) -> Link | None:
        """`/a/{name}`, `/c/{name}`, `/accounts/{name}`, `/video-channels/{name}` on any host; videos, playlists and
        accounts of other servers (`/a/{name}@{server}`) are none."""
        parsed = parts(url)
        segments = segments_of(url)
        if parsed is None or "." not in parsed.hostname or parsed.hostname.startswith("["):
            return None
        if (
            not 2 <= len(segments) <= 3
            or segments[0] not in _ACCOUNTS | _CHANNELS
            or not _TABS.issuperset(segments[2:])
        ):
            return None
        server = host(url).removeprefix("www.") + (f":{parsed.port}" if parsed.port else "")
        name, _, elsewhere = segments[1].lower().partition("@")
        if elsewhere not in ("", server) or not _NAME.fullmatch(name) or name in STAND_INS:
            return None
        kind = "a" if segments[0] in _ACCOUNTS else "c"
        return self._link(f"{name}@{server}", f"https://{server}/{kind}/{name}")

    def role(self, url: str) -> str | None:
        """The interface's record of an account or a channel, or its list of videos."""
        segments = path_segments(url)
        if segments[:2] != ["api", "v1"] or len(segments) < 4 or segments[2] not in _RECORDS:
            return "page" if self.link(url) is not None else None
        return "profile" if len(segments) == 4 else "posts" if segments[4:] == ["videos"] else None

    def wants(self, link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
        """The record; then the newest videos."""
        server, kind, name = link.url.rsplit("/", 2)
        record = f"{server}/api/v1/{'accounts' if kind == 'a' else 'video-channels'}/{name}"
        if "profile" not in pages:
            return {} if pages else {"profile": Request(url=record, accept="application/json")}
        if "posts" in pages or self._read_page(link, pages["profile"]).state is not State.OBSERVED:
            return {}
        wanted = f"{record}/videos?sort=-publishedAt&count=50"
        return {"posts": Request(url=wanted, accept="application/json")}

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """Accounts that are not there, servers that are no PeerTube, and another account than the one asked for."""
        if page.role == "page" and not document.is_json:
            return of_another(link, accounts_named(self, own_addresses(document)))
        answer = JsonBlock(document.json, page.role, "#")
        if page.status in (404, 410):
            words = answer.text("/detail", "/error")
            if words is None or not re.search(r"not found", words.value, re.IGNORECASE):
                return Refusal(state=State.FAILED, reason="the server does not answer as PeerTube's do")
            return Refusal(state=State.MISSING, reason=words.value[:200])
        shown = _handle(answer)
        if shown and not _is_asked(link, answer):
            return Refusal(state=State.SHELL, reason=moved_reason(link.handle, shown))
        return None

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The record, the videos, or the page for people."""
        if page.role == "page" and not document.is_json:
            return self._from_page(link, page, document)
        answer = JsonBlock(document.json, page.role, "#")
        if isinstance(answer.at("/data"), list):
            return self._from_videos(link, page, answer)
        if not _handle(answer) or not _is_asked(link, answer) or answer.at("/followersCount") is None:
            return None
        return replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            name=answer.text("/displayName"),
            followers=answer.count("/followersCount"),
            following=answer.count("/followingCount"),
            bio=answer.text("/description"),
            website=_website(answer),
            created=day_of(answer, page.fetched_at, "/createdAt"),
            avatar=_avatar(answer),
        )

    def _from_page(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The name and, where a browser has drawn them, the figures below it."""
        named = next(iter(accounts_named(self, own_addresses(document))), "")
        headline = document.tree.select_one("h1")
        labels = {"followers": FOLLOWERS, "posts": _VIDEOS}
        figures = figures_around(document, page.role, headline, labels) if headline is not None else {}
        name = in_meta(document, page.role, "og:title") or in_element(document, page.role, "h1")
        if not named or name is None:
            return None
        return replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=named,
            name=name,
            followers=figures.get("followers"),
            posts=figures.get("posts"),
            bio=in_meta(document, page.role, "og:description"),
            avatar=in_meta(document, page.role, "og:image"),
        )

    def _from_videos(self, link: Link, page: Page, answer: JsonBlock) -> Profile | None:
        videos = list(answer.items("/data"))[:MAX_POSTS]
        own = [video for video in videos if _is_by(link, video)]
        if len(own) < len(videos) or answer.at("/total") is None:
            return None
        return replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            posts=answer.count("/total"),
            recent=tuple(_post(video, page) for video in own),
        )


def _handle(account: JsonBlock) -> str:
    name, server = account.at("/name"), account.at("/host")
    return f"{name}@{server}".lower() if isinstance(name, str) and isinstance(server, str) else ""


def _is_asked(link: Link, account: JsonBlock) -> bool:
    """Whether a record is of the account asked for. Ports are left out of a server's name by some."""
    shown = _handle(account)
    return not link.handle or shown in (link.handle, link.handle.rpartition(":")[0])


def _is_by(link: Link, video: JsonBlock) -> bool:
    owners = (video.block("/account"), video.block("/channel"))
    return any(_handle(owner) and _is_asked(link, owner) for owner in owners)


def _website(account: JsonBlock) -> Fact[str] | None:
    """The first address in the description that leads out of the server."""
    server = str(account.at("/host") or "")
    for found in _ADDRESS.findall(str(account.at("/description") or "")):
        address = clean(found.rstrip(".,;:!?"))
        if host(address) and not host_matches(address, (server,)):
            return Fact(value=address, page=account.page, where=f"{account.place}/description")
    return None


def _avatar(account: JsonBlock) -> Fact[str] | None:
    """The largest picture, with its whole address where the record gives it."""
    pictures = [picture for picture in account.items("/avatars") if picture.text("/fileUrl", "/path")]
    pictures.sort(key=lambda picture: picture.number("/width") or 0)
    return pictures[-1].text("/fileUrl", "/path") if pictures else None


def _post(video: JsonBlock, page: Page) -> Post:
    read = written_at(video, page.fetched_at, "/publishedAt", "/createdAt")
    address, text = video.text("/url"), video.text("/name")
    return Post(
        url=address.value if address else None,
        at=read[0] if read else None,
        precision=read[1] if read else None,
        kind="video",
        text=text.value if text else None,
        reactions=video.number("/likes"),
        comments=video.number("/comments"),
        views=video.number("/views"),
        page=video.page,
        where=video.place,
    )


PLATFORM = PeerTube()
