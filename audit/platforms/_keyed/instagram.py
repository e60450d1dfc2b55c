"""Instagram Business Discovery: any professional account, asked through a professional account of the token's owner."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import ClassVar

from audit.models import Link, Page, Post, Profile, Refusal, Request, State
from audit.parse.address import host
from audit.parse.document import Document
from audit.parse.structured import JsonBlock
from audit.platforms._api import KeyedApi, address_at, block_of, moment, post_of, said
from audit.platforms._keyed._graph import GRAPH_CODES

_BASE = "https://graph.facebook.com/v26.0"
_ACCOUNT, _MORE, _OWN = "discovery", "discovery_more", "discovery_own"
_USER = "username,name,biography,website,followers_count,follows_count,media_count,profile_picture_url"
_MEDIA = "timestamp,like_count,comments_count,media_type,media_product_type,permalink,caption"
_KINDS = {"IMAGE": "image", "VIDEO": "video", "CAROUSEL_ALBUM": "carousel"}
_CURSOR = re.compile(r"[\w=-]{1,500}")


class InstagramApi(KeyedApi):
    """First the number of the own account, then the account asked for with its newest posts, all in one answer."""

    platform = "instagram"
    credential = "meta"
    hosts = frozenset({"graph.facebook.com"})
    roles = (_ACCOUNT, _MORE, _OWN)
    reads = frozenset(roles)
    account_role = _ACCOUNT
    post_roles = (_MORE, _MORE)
    before = _OWN
    account_path = "/business_discovery"
    codes = GRAPH_CODES
    # An account that is not there, a private person's and one limited by age are answered alike: none is "missing".
    states: ClassVar[Mapping[str, State]] = {
        "request limit": State.RATE_LIMITED,
        "invalid user id": State.SHELL,
        "cannot be found": State.SHELL,
    }

    def role(self, url: str) -> str | None:
        """By what is asked for."""
        if host(url) not in self.hosts or "business" not in url:
            return None
        if "instagram_business_account" in url:
            return _OWN
        return _MORE if ".after(" in url else _ACCOUNT

    def wants(self, link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
        """The own account's number; the account; its older posts."""
        if _ACCOUNT not in pages:
            if _OWN not in pages:
                url = f"{_BASE}/me/accounts?fields=instagram_business_account{{id}}"
                return {_OWN: self.request(url, _OWN)}
            number = _own_number(pages[_OWN])
            url = _discovery(number, link.handle, "") if number else ""
            return {_ACCOUNT: self.request(url, _ACCOUNT)} if url else {}
        account = self.own_account(link, pages[_ACCOUNT])
        own = re.search(r"/v[\d.]+/(\d+)\?", pages[_ACCOUNT].url)
        if account is None or own is None or _MORE in pages:
            return {}
        after = account.at("/media/paging/cursors/after")
        if not isinstance(after, str) or not _CURSOR.fullmatch(after) or len(list(account.items("/media/data"))) < 50:
            return {}
        return {_MORE: self.request(_discovery(own.group(1), link.handle, after), _MORE)}

    def belongs(self, account: JsonBlock, page: Page) -> bool:
        """Whether the answer names the account."""
        shown = self.account(block_of(page))
        return shown is not None and self.names(shown) == self.names(account)

    def profile(self, link: Link, page: Page, account: JsonBlock) -> Profile:
        """Exact figures and the newest posts."""
        return replace(
            super().profile(link, page, account),
            name=account.text("/name"),
            bio=account.text("/biography"),
            website=account.text("/website"),
            followers=account.count("/followers_count"),
            following=account.count("/follows_count"),
            posts=account.count("/media_count"),
            avatar=account.text("/profile_picture_url"),
            recent=tuple(self.posts(link, page, JsonBlock({"business_discovery": account.value}, page.role, "#"))),
        )

    def posts(self, link: Link, page: Page, answer: JsonBlock) -> Iterable[Post]:
        """The posts; likes that the account hides are left out of the answer."""
        for item in answer.items("/business_discovery/media/data"):
            kind = "short" if item.at("/media_product_type") == "REELS" else _KINDS.get(str(item.at("/media_type")))
            yield post_of(
                item,
                url=address_at(item, "/permalink"),
                at=moment(item, "/timestamp", page.fetched_at),
                kind=kind,
                text="/caption",
                reactions=item.number("/like_count"),
                comments=item.number("/comments_count"),
            )

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """An error, another account; of the list of own accounts: none that can be asked through."""
        if page.role != _OWN or said(document) or (page.status or 200) >= 400:
            return super().refusal(link, page, document)
        if _own_number(page):
            return None
        words = "no professional Instagram account of your own is linked to a Page that the token may read"
        return Refusal(state=State.NO_CREDENTIAL, reason=words)


def _own_number(page: Page) -> str:
    """The number of the first professional account of the token's owner; "" where there is none."""
    if page.state is not State.OBSERVED:
        return ""
    for item in block_of(page).items("/data"):
        number = item.at("/instagram_business_account/id")
        if isinstance(number, str) and number.isdigit():
            return number
    return ""


def _discovery(own: str, handle: str, after: str) -> str:
    """The address that asks for `handle` through the account `own`; posts after the cursor `after`."""
    if not re.fullmatch(r"[A-Za-z0-9._]{1,30}", handle):
        return ""
    media = f"media{f'.after({after})' if after else ''}.limit(50){{{_MEDIA}}}"
    return f"{_BASE}/{own}?fields=business_discovery.username({handle}){{{_USER},{media}}}"
