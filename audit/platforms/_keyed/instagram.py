"""Instagram Business Discovery: any professional account, asked through a professional account of the token's owner."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar

from audit.models import Link, Page, Refusal, Request, State
from audit.parse.address import host
from audit.parse.document import Document
from audit.parse.structured import JsonBlock
from audit.platforms._api import ACCOUNT, KeyedApi, block_of, said

_BASE = "https://graph.facebook.com/v26.0"
_OWN = "api_own"
_USER = "username,name,biography,website,followers_count,follows_count,media_count,profile_picture_url"
_MEDIA = "timestamp,like_count,comments_count,media_type,media_product_type,permalink,caption"
_CURSOR = re.compile(r"[\w=-]{1,500}")


class InstagramApi(KeyedApi):
    """First the number of the own account, then the account asked for with its newest posts, all in one answer."""

    platform = "instagram"
    credential = "meta"
    hosts = frozenset({"graph.facebook.com"})
    roles = (ACCOUNT, "api_more", _OWN)
    reads = frozenset({_OWN})  # accounts are read by the platform's own reader: each answer names its own
    post_roles = (ACCOUNT, "api_more")
    before = _OWN
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
        return "api_more" if ".after(" in url else ACCOUNT

    def wants(self, link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
        """The own account's number; the account; its older posts."""
        if ACCOUNT not in pages:
            if _OWN not in pages:
                url = f"{_BASE}/me/accounts?fields=instagram_business_account{{id}}"
                return {_OWN: self.request(url, _OWN)}
            number = _own_number(pages[_OWN])
            url = _discovery(number, link.handle, "") if number else ""
            return {ACCOUNT: self.request(url, ACCOUNT)} if url else {}
        account = self.own_account(link, pages[ACCOUNT])
        own = re.search(r"/v[\d.]+/(\d+)\?", pages[ACCOUNT].url)
        if account is None or own is None or "api_more" in pages:
            return {}
        after = account.at("/media/paging/cursors/after")
        if not isinstance(after, str) or not _CURSOR.fullmatch(after) or len(list(account.items("/media/data"))) < 50:
            return {}
        return {"api_more": self.request(_discovery(own.group(1), link.handle, after), "api_more")}

    def account(self, answer: JsonBlock) -> JsonBlock | None:
        """The account asked for."""
        found = answer.block("/business_discovery")
        return found if isinstance(found.at("/username"), str) else None

    def names(self, account: JsonBlock) -> tuple[str, ...]:
        """The handle."""
        return (str(account.at("/username") or ""),)

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
