"""What official APIs that need a key have in common: an account, then its posts, page after page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import ClassVar
from urllib.parse import quote, unquote

from audit.models import Fact, Link, Page, Post, Precision, Profile, Refusal, Request, State
from audit.parse.address import host, path_segments, query
from audit.parse.dates import from_epoch, parse_date
from audit.parse.document import Document
from audit.parse.structured import JsonBlock
from audit.parse.text import clean
from audit.walls import moved_reason

JSON = "application/json"
ACCOUNT, POSTS, MORE = "api", "api_posts", "api_more"
_WINDOW = timedelta(days=84)  # so far back an audit counts posts; older ones are not asked for
_REFUSING = (401, 402, 403)  # statuses by which an API turns a key away


class KeyedApi:
    """The official API of one platform. Subclasses name the addresses and read the answers.

    `roles` are the pages that it answers with, in the order of reading: `api` is the account, `api_posts` its newest
    posts, `api_more` older ones; others are an API's own. `reads` are those that are read here, all of them unless
    the platform's own reader knows them. `prices` is what a role costs at most, in US dollars. With `only` there is no
    other way in. `before` is a role that comes first and says nothing of the account. `kept_days` is how long the API's
    terms permit its answers to be kept; None where they name no time.
    """

    platform: ClassVar[str]
    credential: ClassVar[str]
    hosts: ClassVar[frozenset[str]]
    roles: ClassVar[tuple[str, ...]] = (ACCOUNT, POSTS, MORE)
    reads: ClassVar[frozenset[str]] = frozenset({ACCOUNT, POSTS, MORE})
    account_role: ClassVar[str] = ACCOUNT
    post_roles: ClassVar[tuple[str, str]] = (POSTS, MORE)
    lists: ClassVar[frozenset[str]] = frozenset()  # further roles that are read as lists of posts
    prices: ClassVar[Mapping[str, float]] = {}
    only: ClassVar[bool] = False
    kept_days: ClassVar[int | None] = None
    before: ClassVar[str] = ""
    posts_path: ClassVar[re.Pattern[str]] = re.compile(r"(?!)")  # the path of an address that lists posts
    cursor: ClassVar[str] = ""  # the parameter by which an address asks for a further page
    mark_path: ClassVar[str] = ""  # where an answer has the value of that parameter; "" where it names none
    account_path: ClassVar[str] = ""  # where an answer has the account
    handle_path: ClassVar[str] = "/username"  # where the account has its handle
    name_paths: ClassVar[tuple[str, ...]] = ()  # where the account has other names by which it can be asked for
    codes: ClassVar[Mapping[int, State]] = {}  # the API's own numbers of errors
    states: ClassVar[Mapping[str, State]] = {}  # words and codes of the API's errors (lower case), what they mean

    # --- what a subclass says ---------------------------------------------------------------------------------

    def account_url(self, link: Link) -> str:
        """The address that answers with the account of `link`; "" for a profile that the API does not know."""
        return ""

    def account(self, answer: JsonBlock) -> JsonBlock | None:
        """The account in an answer; None when it holds none."""
        found = answer.block(self.account_path)
        return found if isinstance(found.at(self.handle_path), str) else None

    def names(self, account: JsonBlock) -> tuple[str, ...]:
        """The handle that the account goes by, and its other names: one of them must be the one asked for."""
        return tuple(str(account.at(path) or "") for path in (self.handle_path, *self.name_paths))

    def profile(self, link: Link, page: Page, account: JsonBlock) -> Profile:
        """What an account's block shows."""
        handle = account.text(self.handle_path)
        return replace(self.blank(link, page), handle=handle.value if handle else None)

    def posts_url(self, link: Link, account: JsonBlock) -> str:
        """The address of the newest posts; "" when there is none."""
        return ""

    def extras(self, link: Link, account: JsonBlock) -> Mapping[str, str]:
        """Addresses of further answers about the account, by role."""
        return {}

    def shown(self, link: Link, page: Page, answer: JsonBlock) -> Profile | None:
        """What such an answer shows."""
        return None

    def belongs(self, account: JsonBlock, page: Page) -> bool:
        """Whether an answer without the account's name is about it: its address holds the account's number."""
        return str(account.at("/id") or "") in re.split(r"[^A-Za-z0-9_-]+", unquote(page.url))

    def more_url(self, page: Page, answer: JsonBlock) -> str:
        """The address of the posts after those of `page`; "" at the end."""
        return self.after(page, answer.at(self.mark_path)) if self.mark_path else ""

    def posts(self, link: Link, page: Page, answer: JsonBlock) -> Iterable[Post]:
        """The posts in an answer."""
        return ()

    def missing(self, answer: JsonBlock) -> str:
        """The words for an account that does not exist in an answer without an error; "" when it says nothing."""
        return ""

    # --- asking -----------------------------------------------------------------------------------------------

    def role(self, url: str) -> str | None:
        """Which of `roles` an answer from `url` plays; None for other addresses."""
        if host(url) not in self.hosts:
            return None
        if not self.posts_path.fullmatch("/".join(path_segments(url))):
            return self.account_role
        newest, older = self.post_roles
        return older if self.cursor in query(url) else newest

    def after(self, page: Page, mark: object) -> str:
        """The address of `page` with the `mark` of the page after it; "" when that is none."""
        if not isinstance(mark, str) or not mark:
            return ""
        return f"{page.url}{'&' if '?' in page.url else '?'}{self.cursor}={quote(mark, safe='')}"

    def request(self, url: str, role: str) -> Request:
        """The request for `url`, with the key and the price."""
        return Request(url=url, accept=JSON, credential=self.credential, price=self.prices.get(role, 0.0))

    def wants(self, link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
        """The account; when it is the one asked for, its posts, and once more where they do not reach back far."""
        if self.account_role not in pages:
            url = self.account_url(link)
            return {self.account_role: self.request(url, self.account_role)} if url else {}
        account = self.own_account(link, pages[self.account_role])
        if account is None:
            return {}
        urls = dict(self.extras(link, account))
        newest, older = self.post_roles
        if newest not in pages:
            urls[newest] = self.posts_url(link, account)
        elif older in self.roles and self._reaches_back_too_little(link, pages[newest]):
            urls[older] = self.more_url(pages[newest], block_of(pages[newest]))
        return {role: self.request(url, role) for role, url in urls.items() if url and role not in pages}

    def own_account(self, link: Link, page: Page) -> JsonBlock | None:
        """The account asked for, when `page` shows it."""
        if page.state is not State.OBSERVED or (page.status or 200) >= 400:
            return None
        account = self.account(block_of(page))
        return account if account is not None and self._is_asked(link, account) else None

    def _is_asked(self, link: Link, account: JsonBlock) -> bool:
        return not link.handle or link.handle.casefold() in {name.casefold() for name in self.names(account) if name}

    def _reaches_back_too_little(self, link: Link, page: Page) -> bool:
        if page.state is not State.OBSERVED or page.status != 200:
            return False
        times = [post.at for post in self.posts(link, page, block_of(page)) if post.at is not None and not post.pinned]
        return bool(times) and min(times) > page.fetched_at - _WINDOW

    # --- reading ----------------------------------------------------------------------------------------------

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """An error in the answer, whatever its status; an account that is not there; another one than asked for."""
        words = said(document)
        if words:
            return Refusal(state=self._state(page, document, words), reason=words)
        if (page.status or 200) >= 400 or page.role != self.account_role:
            return None
        answer = JsonBlock(document.json, page.role, "#")
        missing = self.missing(answer)
        if missing:
            return Refusal(state=State.MISSING, reason=missing)
        account = self.account(answer)
        if account is None or self._is_asked(link, account):
            return None
        shown = next((name for name in self.names(account) if name), "an account without a name")
        return Refusal(state=State.SHELL, reason=moved_reason(link.handle, shown))

    def _state(self, page: Page, document: Document, words: str) -> State:
        """What an error means: by its words, its number, its status, in this order."""
        lower = f"{words} {error_code(document)}".lower()
        by_words = next((state for part, state in self.states.items() if part in lower), None)
        block = JsonBlock(document.json, page.role, "#")
        number = next((n for n in (block.at("/error/code"), block.at("/error/error_code")) if isinstance(n, int)), -1)
        return by_words or self.codes.get(number) or self._by_status(page)

    def _by_status(self, page: Page) -> State:
        by_status = {404: State.MISSING, 429: State.RATE_LIMITED} | dict.fromkeys(_REFUSING, State.NO_CREDENTIAL)
        return by_status.get(page.status or 200, State.FAILED)

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """What an answer shows."""
        answer = JsonBlock(document.json, page.role, "#")
        if not isinstance(answer.value, dict | list):
            return None
        if page.role in (*self.post_roles, *self.lists):
            return replace(self.blank(link, page), recent=tuple(self.posts(link, page, answer)))
        if page.role != self.account_role:
            return self.shown(link, page, answer)
        account = self.account(answer)
        return None if account is None else self.profile(link, page, account)

    def blank(self, link: Link, page: Page) -> Profile:
        """An observed profile of which nothing is known yet."""
        return Profile(
            company=link.company,
            platform=self.platform,
            handle=link.handle or None,
            url=link.url,
            state=State.OBSERVED,
            source=page.source,
        )

    def is_about(self, link: Link, pages: Mapping[str, Page], role: str) -> bool:
        """Whether the answer in `role` can be read: one without a name only beside the account whose number it has."""
        if role == self.before:
            return self.account_role not in pages
        if role == self.account_role or role not in self.reads:
            return True
        account = self.own_account(link, pages[self.account_role]) if self.account_role in pages else None
        return account is not None and self.belongs(account, pages[role])


def block_of(page: Page) -> JsonBlock:
    """A page's JSON."""
    return JsonBlock(Document(page.body, page.media_type).json, page.role, "#")


def only_item(answer: JsonBlock, path: str) -> JsonBlock | None:
    """The item of the list at `path`, when it is the only one."""
    items = list(answer.items(path))
    return items[0] if len(items) == 1 else None


def address_at(block: JsonBlock, path: str) -> str | None:
    """The text at `path` as it is; None when there is none."""
    value = block.at(path)
    return value if isinstance(value, str) else None


def moment(block: JsonBlock, path: str, now: datetime) -> datetime | None:
    """The time at `path`: a text in ISO 8601, or seconds since 1970."""
    value = block.at(path)
    if isinstance(value, str) and not value.isdigit():
        found = parse_date(value, now=now)
        return found[0] if found else None
    return from_epoch(value)


def day(block: JsonBlock, path: str, now: datetime) -> Fact[date] | None:
    """The day of the time at `path`."""
    at = moment(block, path, now)
    return None if at is None else Fact(value=at.date(), page=block.page, where=block.place + path)


def post_of(
    item: JsonBlock,
    *,
    url: str | None,
    at: datetime | None,
    kind: str | None = None,
    text: str = "",
    reactions: int | None = None,
    comments: int | None = None,
    shares: int | None = None,
    views: int | None = None,
    pinned: bool = False,
    repost: bool = False,
) -> Post:
    """A post whose time is known to the second; `text` is the path of its text in `item`."""
    shown = item.text(text) if text else None
    return Post(
        url=url,
        at=at,
        precision=Precision.SECOND if at else None,
        kind=kind,
        text=shown.value if shown else None,
        reactions=reactions,
        comments=comments,
        shares=shares,
        views=views,
        pinned=pinned,
        repost=repost,
        page=item.page,
        where=item.place,
    )


# Where an error says what is wrong, and by which codes it goes.
_SAID = (
    "/error/message", "/error_description", "/error/error_msg", "/errors/0/detail", "/errors/0/message",
    "/error/description", "/message", "/developer_message", "/Message", "/title", "/meta/msg", "/error",
)  # fmt: skip
_CODES = (
    "/error/status", "/error/code", "/error/errors/0/reason", "/error/error_code", "/code", "/error_code", "/reason",
    "/meta/status", "/error/error_subcode", "/type", "/error/type",
)  # fmt: skip


def said(document: Document) -> str:
    """The API's own words in an answer that is an error; "" in one that is none."""
    answer = document.json
    if isinstance(answer, list) and len(answer) == 1:
        answer = answer[0]
    if not isinstance(answer, dict) or not _is_error(answer):
        return ""
    block = JsonBlock(answer, "", "#")
    found = next((block.at(path) for path in _SAID if isinstance(block.at(path), str) and block.at(path)), "")
    return clean(str(found))[:200] or (f"error {error_code(document)}".strip())


def error_code(document: Document) -> str:
    """The codes and kinds that the error of an answer goes by, in one line."""
    answer = document.json[0] if isinstance(document.json, list) and document.json else document.json
    block = JsonBlock(answer, "", "#")
    values = [block.at(path) for path in _CODES]
    return " ".join(clean(str(value)) for value in values if isinstance(value, str | int) and value != "")[:200]


def _is_error(answer: Mapping[str, object]) -> bool:
    """Whether an object is an error and nothing else: `error`, `errors`, or words beside a code."""
    error = answer.get("error")
    if isinstance(error, dict) and error.get("code") in ("ok", 0):  # TikTok's way of saying that there is none
        error = None
    if answer.get("data"):  # beside what was asked for: about a part of it
        return False
    if error or answer.get("errors"):
        return True
    status = answer.get("status", answer.get("code", answer.get("meta")))
    status = status.get("status") if isinstance(status, dict) else status
    words = any(isinstance(answer.get(key), str) for key in ("message", "Message", "msg", "detail")) or "meta" in answer
    return words and isinstance(status, int) and not 200 <= status < 300 and status != 0
