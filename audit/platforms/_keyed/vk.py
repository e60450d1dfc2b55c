"""VK API: a community, and its wall with the exact number of posts. Errors come inside a 200."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import quote

from audit.models import Fact, Link, Page, Post, Profile, State
from audit.parse.document import Document
from audit.parse.structured import JsonBlock
from audit.platforms._api import KeyedApi, moment, only_item, post_of

_BASE = "https://api.vk.com/method"
_VERSION = "5.199"
_A_PAGE = 50
_NUMBERED = re.compile(r"(?:club|public|event)(\d{1,12})")
_CODES = {
    5: State.NO_CREDENTIAL, 15: State.PRIVATE, 18: State.GONE, 27: State.NO_CREDENTIAL, 28: State.NO_CREDENTIAL,
    30: State.PRIVATE, 6: State.RATE_LIMITED, 9: State.RATE_LIMITED, 29: State.RATE_LIMITED, 100: State.MISSING,
    113: State.MISSING, 125: State.MISSING, 203: State.PRIVATE,
}  # fmt: skip


class VkApi(KeyedApi):
    """A community by its name or number; people are not asked for."""

    platform = "vk"
    credential = "vk"
    hosts = frozenset({"api.vk.com"})
    only = True
    codes = _CODES
    posts_path = re.compile(r"method/wall\.get")
    cursor = "offset"
    handle_path = "/screen_name"

    def account_url(self, link: Link) -> str:
        """The community; "" for the number of a person."""
        if re.fullmatch(r"id\d+", link.handle):
            return ""
        numbered = _NUMBERED.fullmatch(link.handle)
        name = numbered.group(1) if numbered else quote(link.handle, safe="")
        fields = "members_count,description,verified,site,status,city,activity"
        return f"{_BASE}/groups.getById?group_id={name}&fields={fields}&v={_VERSION}"

    def account(self, answer: JsonBlock) -> JsonBlock | None:
        """The only community."""
        group = only_item(answer, "/response/groups")
        return group if group is not None and isinstance(group.at("/name"), str) else None

    def names(self, account: JsonBlock) -> tuple[str, ...]:
        """Name in the address, and the ways to write its number."""
        number = account.at("/id")
        return (*super().names(account), *(f"{kind}{number}" for kind in ("club", "public", "event")))

    def posts_url(self, link: Link, account: JsonBlock) -> str:
        """The newest posts of the community's own."""
        number = account.number("/id")
        return f"{_BASE}/wall.get?owner_id=-{number}&filter=owner&count={_A_PAGE}&v={_VERSION}" if number else ""

    def belongs(self, account: JsonBlock, page: Page) -> bool:
        """Whether the address names the community's number."""
        return f"owner_id=-{account.at('/id')}&" in page.url

    def more_url(self, page: Page, answer: JsonBlock) -> str:
        """The posts before."""
        total = answer.number("/response/count") or 0
        return self.after(page, str(_A_PAGE)) if total > _A_PAGE else ""

    def profile(self, link: Link, page: Page, account: JsonBlock) -> Profile:
        """Members and description."""
        verified = account.at("/verified")
        return replace(
            super().profile(link, page, account),
            name=account.text("/name"),
            bio=account.text("/description"),
            website=account.text("/site"),
            location=account.text("/city/title"),
            category=account.text("/activity"),
            followers=account.count("/members_count"),
            verified=Fact(value=verified == 1, page=page.role, where=account.place + "/verified")
            if verified in (0, 1)
            else None,
            avatar=account.text("/photo_200", "/photo_100"),
        )

    def posts(self, link: Link, page: Page, answer: JsonBlock) -> Iterable[Post]:
        """The posts of the wall."""
        for item in answer.items("/response/items"):
            owner, number = item.at("/owner_id"), item.at("/id")
            kinds = [str(one.at("/type")) for one in item.items("/attachments")]
            yield post_of(
                item,
                url=f"https://vk.com/wall{owner}_{number}",
                at=moment(item, "/date", page.fetched_at),
                kind=_kind(kinds),
                text="/text",
                reactions=item.number("/likes/count"),
                comments=item.number("/comments/count"),
                shares=item.number("/reposts/count"),
                views=item.number("/views/count"),
                pinned=item.at("/is_pinned") == 1,
                repost=item.at("/copy_history") is not None,
            )

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """As everywhere; the wall also tells how many posts there are."""
        profile = super().values(link, page, document)
        count = JsonBlock(document.json, page.role, "#").count("/response/count")
        return replace(profile, posts=count) if profile is not None and page.role in self.post_roles else profile


def _kind(attached: list[str]) -> str:
    if "video" in attached:
        return "video"
    if "photo" in attached:
        return "carousel" if attached.count("photo") > 1 else "image"
    return "link" if "link" in attached else "text"
