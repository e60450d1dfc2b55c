"""Graph API: a Page that the token may read, and its published posts. Likes are `fan_count`: their edge is closed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import ClassVar
from urllib.parse import quote

from audit.models import Link, Page, Post, State
from audit.parse.address import query
from audit.parse.structured import JsonBlock
from audit.platforms._api import ACCOUNT, MORE, POSTS, KeyedApi, address_at, moment, post_of
from audit.platforms._keyed._graph import GRAPH_CODES

_BASE = "https://graph.facebook.com/v26.0"
_PAGE = (
    "id,name,username,link,about,category,category_list,website,location{city},verification_status,fan_count,"
    "followers_count,talking_about_count,were_here_count,rating_count,overall_star_rating,picture{url}"
)
_POST = (
    "id,created_time,message,permalink_url,status_type,attachments{media_type},shares,"
    "reactions.limit(0).summary(total_count),comments.limit(0).summary(total_count)"
)
_KINDS = {"photo": "image", "video": "video", "video_inline": "video", "album": "carousel", "share": "link"}


class FacebookApi(KeyedApi):
    """A Page by its name or its number."""

    platform = "facebook"
    credential = "meta"
    hosts = frozenset({"graph.facebook.com"})
    roles = (ACCOUNT, POSTS, MORE)
    reads = frozenset({POSTS, MORE})  # the Page itself is read by the platform's own reader
    posts_path = re.compile(r"v[\d.]+/[^/]+/published_posts")
    cursor = "after"
    codes = GRAPH_CODES
    states: ClassVar[Mapping[str, State]] = {"request limit": State.RATE_LIMITED, "do not exist": State.MISSING}

    def role(self, url: str) -> str | None:
        """As everywhere; Business Discovery, on the same host, is Instagram's."""
        fields = query(url).get("fields", "")
        return None if "business" in fields.lower() or "oembed" in url else super().role(url)

    def account_url(self, link: Link) -> str:
        """The Page."""
        return f"{_BASE}/{quote(link.handle, safe='')}?fields={quote(_PAGE, safe=',{}')}"

    def account(self, answer: JsonBlock) -> JsonBlock | None:
        """The answer itself."""
        return answer if isinstance(answer.at("/id"), str) and isinstance(answer.at("/name"), str) else None

    def names(self, account: JsonBlock) -> tuple[str, ...]:
        """Name in the address, number; dots mean nothing in the first."""
        username = str(account.at("/username") or "")
        return (username, username.replace(".", ""), str(account.at("/id") or ""))

    def _is_asked(self, link: Link, account: JsonBlock) -> bool:
        plain = link.handle.replace(".", "").casefold()
        return not plain or plain in {name.casefold() for name in self.names(account)}

    def posts_url(self, link: Link, account: JsonBlock) -> str:
        """The newest posts of the Page's own."""
        number = str(account.at("/id") or "")
        fields = quote(_POST, safe=",{}()")
        return f"{_BASE}/{number}/published_posts?fields={fields}&limit=50" if number.isdigit() else ""

    def more_url(self, page: Page, answer: JsonBlock) -> str:
        """The posts before. `paging.next` is not used: it would carry the token."""
        return self.after(page, answer.at("/paging/cursors/after")) if answer.at("/paging/next") is not None else ""

    def posts(self, link: Link, page: Page, answer: JsonBlock) -> Iterable[Post]:
        """The posts with their sums of reactions, comments and shares; a post that nobody shared has no `shares`."""
        for item in answer.items("/data"):
            yield post_of(
                item,
                url=address_at(item, "/permalink_url"),
                at=moment(item, "/created_time", page.fetched_at),
                kind=_KINDS.get(str(item.at("/attachments/data/0/media_type") or ""), "text"),
                text="/message",
                reactions=item.number("/reactions/summary/total_count"),
                comments=item.number("/comments/summary/total_count"),
                shares=item.number("/shares/count"),
            )
