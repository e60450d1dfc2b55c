"""YouTube Data API v3: channels.list, the uploads by playlistItems.list, their figures by videos.list.

Each call costs one unit of 10,000 a day; search.list is never used. Subscribers come rounded down to three digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import ClassVar
from urllib.parse import quote

from audit.models import Link, Page, Post, Request, State
from audit.parse.address import host, path_segments
from audit.parse.structured import JsonBlock
from audit.platforms._api import ACCOUNT, MORE, POSTS, KeyedApi, block_of, moment, only_item, post_of

_BASE = "https://www.googleapis.com/youtube/v3"
_CHANNEL_ID = re.compile(r"UC[A-Za-z0-9_-]{22}")
_FIGURES = "api_figures"
_AT_ONCE = 50  # ids that one call of videos.list takes


class YouTubeApi(KeyedApi):
    """A channel by id, by handle or by its user name of before."""

    platform = "youtube"
    credential = "youtube"
    kept_days = 30  # YouTube API Services Developer Policies, III.E.4: refreshed or deleted after 30 days
    hosts = frozenset({"www.googleapis.com"})
    roles = (ACCOUNT, _FIGURES, POSTS, MORE)
    reads = frozenset({_FIGURES, POSTS, MORE})  # the channel is read by the platform's own reader
    lists = frozenset({_FIGURES})
    posts_path = re.compile(r"youtube/v3/playlistItems")
    cursor = "pageToken"
    mark_path = "/nextPageToken"
    states: ClassVar[Mapping[str, State]] = {"quota": State.RATE_LIMITED, "ratelimit": State.RATE_LIMITED}

    def role(self, url: str) -> str | None:
        """As everywhere; videos.list is the figures."""
        if host(url) in self.hosts and path_segments(url) == ["youtube", "v3", "videos"]:
            return _FIGURES
        return super().role(url) if path_segments(url)[:2] == ["youtube", "v3"] else None

    def account_url(self, link: Link) -> str:
        """channels.list by id, user name or handle; a custom name (`/c/…`) is none of them and is tried as a handle."""
        if _CHANNEL_ID.fullmatch(link.handle):
            asked = f"id={link.handle}"
        elif "/user/" in link.url:
            asked = f"forUsername={quote(link.handle, safe='')}"
        else:
            asked = f"forHandle={quote('@' + link.handle, safe='')}"
        return f"{_BASE}/channels?part=snippet,statistics,contentDetails&{asked}"

    def account(self, answer: JsonBlock) -> JsonBlock | None:
        """The only item."""
        return only_item(answer, "/items")

    def names(self, account: JsonBlock) -> tuple[str, ...]:
        """Handle and id."""
        return (str(account.at("/snippet/customUrl") or "").lstrip("@"), str(account.at("/id") or ""))

    def _is_asked(self, link: Link, account: JsonBlock) -> bool:
        legacy = "/user/" in link.url  # the answer to a user name of before handles does not repeat it
        return legacy or super()._is_asked(link, account)

    def posts_url(self, link: Link, account: JsonBlock) -> str:
        """The newest uploads."""
        uploads = account.at("/contentDetails/relatedPlaylists/uploads")
        if not isinstance(uploads, str) or not re.fullmatch(r"UU[\w-]{20,40}", uploads):
            return ""
        return f"{_BASE}/playlistItems?part=snippet,contentDetails&playlistId={uploads}&maxResults={_AT_ONCE}"

    def wants(self, link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
        """As everywhere; then the figures of the newest fifty uploads."""
        wanted = super().wants(link, pages)
        uploads = pages.get(POSTS)
        if wanted or uploads is None or _FIGURES in pages or uploads.state is not State.OBSERVED:
            return wanted
        ids = [item.at("/contentDetails/videoId") for item in block_of(uploads).items("/items")]
        known = [one for one in ids if isinstance(one, str) and re.fullmatch(r"[\w-]{11}", one)][:_AT_ONCE]
        url = f"{_BASE}/videos?part=snippet,statistics,contentDetails&id={','.join(known)}"
        return {_FIGURES: self.request(url, _FIGURES)} if known else {}

    def belongs(self, account: JsonBlock, page: Page) -> bool:
        """Whether all videos of the answer are this channel's."""
        owners = [item.at("/snippet/channelId") for item in block_of(page).items("/items")]
        return all(owner == account.at("/id") for owner in owners)

    def posts(self, link: Link, page: Page, answer: JsonBlock) -> Iterable[Post]:
        """The uploads, with the time at which each became public."""
        for item in answer.items("/items"):
            found = item.at("/contentDetails/videoId") if page.role != _FIGURES else item.at("/id")
            at = moment(item, "/contentDetails/videoPublishedAt", page.fetched_at) or moment(
                item, "/snippet/publishedAt", page.fetched_at
            )
            url = f"https://www.youtube.com/watch?v={found}" if isinstance(found, str) else None
            yield post_of(
                item, url=url, at=at, kind="video", text="/snippet/title",
                reactions=item.number("/statistics/likeCount"),
                comments=item.number("/statistics/commentCount"),
                views=item.number("/statistics/viewCount"),
            )  # fmt: skip
