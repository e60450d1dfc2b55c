"""Bluesky: the public API's profile and the account's own newest posts; a saved page of bsky.app too."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from urllib.parse import quote

from audit.models import CountFact, Fact, Link, Page, Post, Precision, Profile, Refusal, Request, State
from audit.parse.address import host, host_matches, path_segments, query
from audit.parse.dates import parse_date
from audit.parse.document import Document
from audit.parse.persons import Persons
from audit.parse.structured import JsonBlock, json_ld_of
from audit.parse.text import clean
from audit.platforms._ability import Checked, Control, Shown
from audit.platforms._base import Platform
from audit.platforms._persons import EVERYWHERE
from audit.platforms._shown import count_in, in_element, is_asked

_API = "https://public.api.bsky.app/xrpc/"
_PROFILE, _PROFILES, _FEED = "app.bsky.actor.getProfile", "app.bsky.actor.getProfiles", "app.bsky.feed.getAuthorFeed"
_ROLES = {_PROFILE: "profile", _PROFILES: "profile", _FEED: "posts"}
_DID = re.compile(r"did:(?:plc:[a-z2-7]{24}|web:[a-z0-9.-]{3,253})")
_HANDLE = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?")
# Service hosts of bsky.social, names that stand in templates, and the mark of an account whose handle is broken.
_NOT_HANDLES = frozenset({
    "handle.invalid", "www.bsky.social", "api.bsky.social", "username.bsky.social", "yourname.bsky.social",
    "yourusername.bsky.social", "yourhandle.bsky.social", "handle.bsky.social", "example.bsky.social", "example.com",
})  # fmt: skip
_REFUSALS = {
    "profile not found": State.MISSING,
    "account has been suspended": State.GONE,
    "account is deactivated": State.GONE,
    "unable to resolve handle": State.MISSING,
}
_ERRORS = {
    "AccountTakedown": State.GONE, "AccountDeactivated": State.GONE, "AuthMissing": State.LOGIN_WALL,
    "ExpiredToken": State.NO_CREDENTIAL, "InvalidToken": State.NO_CREDENTIAL,
}  # fmt: skip
_TITLE = re.compile(r"^(.*?)\s*[(（]@([A-Za-z0-9.-]{3,253})[)）]")  # "Caffè Aurora (@aurora.example) — Bluesky"
_POST = re.compile(r"at://(did:[a-z]+:[A-Za-z0-9.:%-]+)/app\.bsky\.feed\.post/([A-Za-z0-9._~-]+)")
_LOGGED_IN_ONLY = "!no-unauthenticated"
_ADDRESS = re.compile(r"https?://[^\s<>\"']{4,300}")


class Bluesky(Platform):
    """bsky.app. All figures are exact; `posts` counts replies and no reposts, `recent` holds posts and reposts."""

    name = "bluesky"
    title = "Bluesky"
    hosts = frozenset({"bsky.app", "bsky.social", "bsky.dev"})
    roles = ("profile", "posts", "page")
    persons = EVERYWHERE | Persons(keys=frozenset({"knownFollowers", "root", "parent", "grandparentAuthor"}))
    robots_note = "The public API's robots.txt permits everybody: one profile and one list of posts are asked."
    way_in = "Check the handle, or save the profile's page in a browser and import it."
    by_page = Shown(fields="name followers following posts bio website verified created avatar recent", posts="exact")
    checked = Checked(pages="2026-01-27", server="Bluesky's own network")
    control = Control(
        known="https://bsky.app/profile/bsky.app",
        unknown="https://bsky.app/profile/finestra-no-such-account-7q4x9k2mw5z8.bsky.social",
        page="name followers posts recent",
    )

    def link(self, url: str) -> Link | None:
        """`bsky.app/profile/{handle or DID}`, `{name}.bsky.social` and the API's addresses of an account; posts,
        feeds, lists, starter packs and the compose window are none."""
        if not host_matches(url, self.hosts):
            return None
        segments = path_segments(url)
        if _ROLES.get(segments[-1] if segments else "") is not None:
            asked = query(url).get("actor", query(url).get("actors", ""))
        elif len(segments) == 2 and segments[0] == "profile":
            asked = segments[1]
        else:
            asked = host(url) if not segments and host(url).endswith(".bsky.social") else ""
        handle = asked.strip().lstrip("@").lower()
        if handle in _NOT_HANDLES or not (_DID.fullmatch(handle) or _HANDLE.fullmatch(handle)):
            return None
        return self._link(handle, f"https://bsky.app/profile/{handle}")

    def role(self, url: str) -> str | None:
        """By the API's method; `page` is what a browser shows."""
        if self.link(url) is None:
            return None
        segments = path_segments(url)
        return _ROLES.get(segments[-1] if segments else "", "page")

    def wants(self, link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
        """The profile; then the posts, unless their owner shows them to logged-in people only."""
        profile = pages.get("profile")
        actor = quote(link.handle, safe=":")
        if profile is None:
            return {} if "page" in pages else {"profile": Request(url=f"{_API}{_PROFILE}?actor={actor}")}
        if "posts" in pages or self._read_page(link, profile).state is not State.OBSERVED:
            return {}
        account = _account(link, Document(profile.body, profile.media_type), profile.role)
        if account is None or _hides_posts(account):
            return {}
        wanted = f"{_API}{_FEED}?actor={actor}&limit=50&filter=posts_no_replies&includePins=true"
        return {"posts": Request(url=wanted)}

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """The API's own words for an account that is not there, suspended or switched off."""
        answer = document.json
        if not isinstance(answer, dict) or not isinstance(answer.get("error"), str):
            return None
        error, said = answer["error"], clean(str(answer.get("message") or answer["error"]))[:200]
        state = _ERRORS.get(error) or next(
            (state for words, state in _REFUSALS.items() if words in said.lower()), State.FAILED
        )
        return None if page.status == 429 else Refusal(state=state, reason=said)

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The account of the API's answer, the posts of its feed, or the head of a saved page."""
        if not document.is_json:
            return self._from_page(link, page, document)
        if page.role == "posts":
            return self._from_feed(link, page, document)
        account = _account(link, document, page.role)
        return None if account is None else self._from_account(link, page, account)

    def _from_account(self, link: Link, page: Page, account: JsonBlock) -> Profile:
        return replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=_shown_handle(account) or link.handle or None,
            name=account.text("/displayName"),
            followers=account.count("/followersCount"),
            following=account.count("/followsCount"),
            posts=account.count("/postsCount"),
            bio=account.text("/description"),
            website=_website(account),
            verified=_verified(account),
            created=_day(account, "/createdAt", page.fetched_at),
            avatar=account.text("/avatar"),
        )

    def _from_feed(self, link: Link, page: Page, document: Document) -> Profile | None:
        feed = JsonBlock(document.json, page.role, "#")
        if not isinstance(feed.at("/feed"), list):
            return None
        found: dict[str, Post] = {}
        for item in feed.items("/feed"):
            post = _post(link, page, item)
            if post is not None:  # a pinned post comes first and may come again in its place
                found.setdefault(f"{post.repost} {post.url}", post)
        return replace(self.blank(link, state=State.OBSERVED, source=page.source), recent=tuple(found.values()))

    def _from_page(self, link: Link, page: Page, document: Document) -> Profile | None:
        for entity in json_ld_of(document, page.role, frozenset({"Person", "Organization"})):
            shown = clean(str(entity.at("/alternateName") or "")).lstrip("@").lower()
            if link.handle in ("", shown, entity.at("/identifier")):
                return self._from_entity(link, page, document, entity, shown)
        return self._from_drawn(link, page, document)

    def _from_drawn(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The head as a browser draws it, or what the page says to those who let no script run."""
        titled = _TITLE.match(document.meta.get("og:title", "") or document.title)
        shown = document.find("#bsky_handle") or (titled.group(2) if titled else "")
        if not shown or not is_asked(link, shown, document.find("#bsky_did")):
            return None
        name = in_element(document, page.role, '[data-testid="profileHeaderDisplayName"]', "#bsky_display_name")
        if name is None and titled is not None and titled.group(1):
            where = document.meta_where("og:title") if document.meta.get("og:title") else "title"
            name = Fact(value=titled.group(1), page=page.role, where=where)
        return replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=shown.lower(),
            name=name,
            followers=count_in(document, page.role, '[data-testid="profileHeaderFollowersButton"]', r"\d"),
            following=count_in(document, page.role, '[data-testid="profileHeaderFollowsButton"]', r"\d"),
            bio=in_element(
                document, page.role, '[data-testid="profileHeaderDescription"]', "#bsky_profile_description"
            ),
        )

    def _from_entity(self, link: Link, page: Page, document: Document, entity: JsonBlock, shown: str) -> Profile:
        return replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=shown or link.handle or None,
            name=entity.text("/name"),
            followers=_counted(entity, "/interactionStatistic", "FollowAction"),
            following=_counted(entity, "/agentInteractionStatistic", "FollowAction"),
            posts=_counted(entity, "/agentInteractionStatistic", "WriteAction"),
            bio=entity.text("/description"),
            avatar=entity.text("/image"),
        )


def _counted(entity: JsonBlock, path: str, action: str) -> CountFact | None:
    """An exact count of a saved page's structured data: what was done to the account, or by it."""
    for block in entity.items(path):
        if str(block.at("/interactionType") or "").endswith(action):
            return block.count("/userInteractionCount")
    return None


def _account(link: Link, document: Document, role: str) -> JsonBlock | None:
    """The account asked for in an answer with one account or with several; None when it is not in it."""
    answer = JsonBlock(document.json, role, "#")
    accounts = list(answer.items("/profiles")) if isinstance(answer.at("/profiles"), list) else [answer]
    return next((account for account in accounts if account.at("/did") and _is_of(link, account)), None)


def _is_of(link: Link, account: JsonBlock) -> bool:
    names = (str(account.at("/handle") or "").lower(), account.at("/did"))
    return not link.handle or link.handle in names


def _shown_handle(account: JsonBlock) -> str | None:
    shown = str(account.at("/handle") or "").lower()
    return shown if _HANDLE.fullmatch(shown) and shown != "handle.invalid" else None


def _hides_posts(account: JsonBlock) -> bool:
    """Whether the owner asks not to be shown to people who are not logged in."""
    return any(label.at("/val") == _LOGGED_IN_ONLY for label in account.items("/labels"))


def _website(account: JsonBlock) -> Fact[str] | None:
    """The account's own field for it, else the first address in the description that leads out of Bluesky."""
    declared = account.text("/website")
    if declared is not None:
        return declared
    for found in _ADDRESS.findall(str(account.at("/description") or "")):
        address = found.rstrip(".,;:!?)]}")
        if not host_matches(address, Bluesky.hosts):
            return Fact(value=clean(address), page=account.page, where=f"{account.place}/description")
    return None


def _verified(account: JsonBlock) -> Fact[bool] | None:
    """What the API says of a verification; that the handle is a domain is no verification. None where it is silent."""
    states = [account.text("/verification/verifiedStatus"), account.text("/verification/trustedVerifierStatus")]
    told = [state for state in states if state is not None]
    if not told:
        return None
    valid = next((state for state in told if state.value == "valid"), None)
    place = valid or told[0]
    return Fact(value=valid is not None, page=place.page, where=place.where)


def _day(account: JsonBlock, path: str, now: datetime) -> Fact[date] | None:
    moment = _moment(account, path, now)
    return None if moment is None else Fact(value=moment.date(), page=account.page, where=account.place + path)


def _moment(block: JsonBlock, path: str, now: datetime) -> datetime | None:
    text = block.at(path)
    read = parse_date(text, now=now) if isinstance(text, str) and len(text) < 50 else None
    return read[0] if read is not None and read[1] is Precision.SECOND else None


def _post(link: Link, page: Page, item: JsonBlock) -> Post | None:
    """One item of the feed; a reply is no post of the timeline, a repost keeps the moment it was repeated."""
    post, reason = item.block("/post"), str(item.at("/reason/$type") or "")
    address = _address(post)
    repost = reason.endswith("#reasonRepost")
    owner = item.block("/reason/by") if repost else post.block("/author")
    if address is None or not _is_of(link, owner) or _hides_posts(owner):
        return None
    if not repost and post.at("/record/reply") is not None:
        return None
    if repost:
        at = _moment(item, "/reason/indexedAt", page.fetched_at)
        return Post(
            url=address, at=at, precision=Precision.SECOND if at else None, repost=True, page=page.role,
            where=f"{item.place}/reason",
        )  # fmt: skip
    at = _moment(post, "/record/createdAt", page.fetched_at)
    text = post.at("/record/text")
    return Post(
        url=address,
        at=at,
        precision=Precision.SECOND if at else None,
        kind=_kind(post),
        text=(clean(text) or None) if isinstance(text, str) else None,
        reactions=post.number("/likeCount"),
        comments=post.number("/replyCount"),
        shares=_sum(post.number("/repostCount"), post.number("/quoteCount")),
        pinned=reason.endswith("#reasonPin"),
        page=page.role,
        where=post.place,
    )


def _address(post: JsonBlock) -> str | None:
    """The post's address at bsky.app, out of its `at://` address."""
    found = _POST.fullmatch(str(post.at("/uri")))
    return f"https://bsky.app/profile/{found.group(1)}/post/{found.group(2)}" if found else None


def _kind(post: JsonBlock) -> str:
    kind = str(post.at("/record/embed/$type") or "")
    if kind.endswith("recordWithMedia"):
        kind = str(post.at("/record/embed/media/$type") or "")
    images = post.at("/record/embed/images") or post.at("/record/embed/media/images")
    if kind.endswith("embed.images"):
        return "carousel" if isinstance(images, list) and len(images) > 1 else "image"
    return "video" if kind.endswith("embed.video") else "link" if kind.endswith("embed.external") else "text"


def _sum(reposts: int | None, quotes: int | None) -> int | None:
    return None if reposts is None else reposts + (quotes or 0)


PLATFORM = Bluesky()
