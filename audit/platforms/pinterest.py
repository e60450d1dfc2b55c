"""Pinterest profiles: the account's record inside its page (in two spellings), JSON-LD, metadata, the feed of pins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from audit.models import Fact, Link, Page, Post, Precision, Profile, Refusal, Request, State
from audit.parse.address import host, path_segments
from audit.parse.document import Document
from audit.parse.feed import posts_in
from audit.parse.structured import JsonBlock, json_ld_of, statistic
from audit.parse.text import clean
from audit.platforms._ability import Checked, Control, Shown
from audit.platforms._base import Platform
from audit.platforms._keyed.pinterest import PinterestApi
from audit.platforms._labels import FOLLOWERS, figure_elements
from audit.platforms._recognised import STAND_INS, is_front_door, segments_of
from audit.platforms._shown import (
    MAX_POSTS,
    SAVE_IT,
    accounts_named,
    count_in_meta,
    day_of,
    feed_address,
    in_element,
    in_meta,
    is_asked,
    of_another,
    own_addresses,
    written_at,
)

_SUFFIXES = (
    "com", "at", "be", "ca", "ch", "cl", "co", "co.at", "co.in", "co.kr", "co.nz", "co.uk", "com.au", "com.bo",
    "com.br", "com.ec", "com.mx", "com.pe", "com.py", "com.uy", "com.vn", "cz", "de", "dk", "ec", "es", "fi", "fr",
    "gr", "hu", "id", "ie", "in", "info", "it", "jp", "kr", "mx", "nl", "no", "nz", "pe", "ph", "pl", "pt", "ro", "ru",
    "se", "sk", "th", "tr", "tw", "uk", "vn",
)  # fmt: skip
_DOMAINS = r"pinterest\.(?:" + "|".join(map(re.escape, _SUFFIXES)) + ")"
_HANDLE = re.compile(r"[a-z0-9_]{2,30}")
_ISLANDS = ("__PWS_INITIAL_PROPS__", "__PWS_DATA__", "initial-state", "jsInit1")
_STARTED = "P.main.start"  # what a page of 2013 to 2015 hands over
# "Acme (acme) - Profile | Pinterest", "Acme (acme) on Pinterest"
_TITLE = re.compile(r"(.{0,119}\S)\s*\(@?([A-Za-z0-9_]{2,30})\)(?:\s+\S.*|\s*[|–-].*|)")
_FOLLOWING = re.compile(
    r"following\b|seguit\w+|siguiendo|seguid\w+|folge ich|gefolgt|abonnements|seguindo|a seguir|volgend|"
    r"フォロー中|팔로잉|подпис\w+|takip|obserwowan\w+",
    re.IGNORECASE,
)
_RELAY = "__PWS_RELAY_REGISTER_COMPLETED_REQUEST__"
_PROFILE_PAGE = frozenset({"ProfilePage"})
_BAD_KEY = 3  # the number of the old API's error
_FREE_NAME = "User not found."
_FIGURES = ("follower_count", "followerCount", "pin_count", "pinCount", "board_count", "boardCount", "counts")
_WORDS = frozenset({
    "pin", "pins", "search", "ideas", "topics", "categories", "category", "resource", "_", "business", "today",
    "login", "signup", "join", "about", "explore", "discover", "videos", "settings", "password", "oauth", "v1", "v3",
    "v5", "api", "static", "terms", "convert", "ads", "source", "domain", "news_hub", "homefeed", "create", "shop",
    "pinterest", "logout", "invited", "offsite", "widgets", "embed", "user",
})  # fmt: skip


class Pinterest(Platform):
    """pinterest.com and its sites by country. A board belongs to the profile that it stands below."""

    name = "pinterest"
    title = "Pinterest"
    hosts = frozenset({f"pinterest.{suffix}" for suffix in _SUFFIXES} | {"pin.it", "pinimg.com"})
    roles = (*PinterestApi.roles, "profile", "feed")
    api = PinterestApi()
    robots_note = "The terms forbid automated reading, and the official API shows an account to its owner alone."
    keyless = False
    way_in = SAVE_IT
    by_page = Shown(
        fields="name followers following posts bio website verified created location avatar recent", posts="exact"
    )
    by_key = Shown(fields="name followers following posts bio website category avatar recent", posts="exact")
    checked = Checked(pages="2024-06-10", documentation="2026-11")
    control = Control(
        known="https://www.pinterest.com/pinterestbusiness/",
        unknown="https://www.pinterest.com/finestra7q4x9k2mw5z8none/",
    )

    def link(self, url: str) -> Link | None:
        """`/{user}`, its tabs (`_created`, `_saved`) and its boards; pins, searches and the button are none."""
        segments = segments_of(url)
        if not is_front_door(url, _DOMAINS) or not 1 <= len(segments) <= 3:
            return None
        handle = segments[0].lower()
        if not _HANDLE.fullmatch(handle) or handle in _WORDS | STAND_INS:
            return None
        return self._link(handle, f"https://www.pinterest.com/{handle}/")

    def role(self, url: str) -> str | None:
        """The profile's page, its feed of pins, what the site says of a pin to those who embed it, and the old API."""
        segments = path_segments(url)
        if host(url) == "api.pinterest.com" and segments[:1] in (["v1"], ["v3"]):
            return "profile"
        if segments[:2] == ["resource", "UserResource"] and is_front_door(url, _DOMAINS):
            return "profile"
        if segments[-1:] == ["oembed.json"] and is_front_door(url, _DOMAINS):
            return "profile"
        role = super().role(url)
        return "feed" if role == "profile" and segments[-1].endswith(".rss") else role

    def wants(self, link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
        """Nothing: a page is read where a person has saved it."""
        return {}

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """A free name, the home page in place of the profile, or another account's page."""
        if _FREE_NAME in document.text and _record(link, page, document) is None:
            return Refusal(state=State.MISSING, reason=_FREE_NAME)
        if is_front_door(page.final_url, _DOMAINS) and path_segments(page.url) and not path_segments(page.final_url):
            return Refusal(state=State.SHELL, reason=f"redirected to the home page of {host(page.final_url)}")
        answer = JsonBlock(document.json, page.role, "#") if document.is_json else None
        code = answer.at("/code") if answer is not None and answer.at("/status") == "failure" else None
        if answer is not None and (code == _BAD_KEY or (code is None and page.status in (401, 403))):
            words = str(answer.at("/message") or f"HTTP {page.status}")
            return Refusal(state=State.NO_CREDENTIAL, reason=clean(words)[:200])
        return of_another(link, self._named(page, document))

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The account's record; without one JSON-LD, then metadata; of a feed its pins."""
        if page.role == "feed":
            return self._from_feed(link, page, document)
        record = _record(link, page, document)
        if record is not None:
            return self._from_record(link, page, document, record)
        handle = next(iter(self._named(page, document)), "")
        if not handle:
            return None
        if document.is_json:
            name = JsonBlock(document.json, page.role, "#").text("/author_name")
            shown = replace(self.blank(link, state=State.OBSERVED, source=page.source), handle=handle, name=name)
            return shown if name else None
        if any(_is_board(address) for address in own_addresses(document)):
            return None  # a board has followers and pins of its own
        return (
            self._from_json_ld(link, page, document, handle)
            or self._from_metadata(link, page, document, handle)
            or self._from_head(link, page, document, handle)
        )

    def _from_record(self, link: Link, page: Page, document: Document, record: JsonBlock) -> Profile:
        handle = _username(record)
        return replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=handle,
            name=record.text("/full_name", "/fullName") or _company_name(record),
            followers=record.count("/follower_count", "/followerCount", "/counts/followers"),
            following=record.count("/following_count", "/followingCount", "/counts/following"),
            posts=record.count("/pin_count", "/pinCount", "/counts/pins"),
            bio=record.text("/about", "/bio"),
            website=record.text("/website_url", "/websiteUrl", "/domain_url", "/domainUrl"),
            verified=record.flag("/verified_identity/verified", "/verifiedIdentity/verified"),
            created=day_of(record, page.fetched_at, "/created_at", "/createdAt"),
            location=record.text("/location"),
            avatar=record.text("/image_xlarge_url", "/imageXlargeUrl", "/imageLargeUrl"),
            recent=_pins(page, document, handle),
        )

    def _from_json_ld(self, link: Link, page: Page, document: Document, handle: str) -> Profile | None:
        for block in json_ld_of(document, page.role, _PROFILE_PAGE):
            account = block.block("/mainEntity")
            if account.text("/name") is not None:
                return replace(
                    self.blank(link, state=State.OBSERVED, source=page.source),
                    handle=handle,
                    name=account.text("/name"),
                    followers=statistic(account, "FollowAction"),
                    bio=account.text("/description"),
                    created=day_of(block, page.fetched_at, "/dateCreated"),
                    avatar=account.text("/image", "/image/contentUrl"),
                )
        return None

    def _from_metadata(self, link: Link, page: Page, document: Document, handle: str) -> Profile | None:
        followers = count_in_meta(document, page.role, "pinterestapp:followers")
        posts = count_in_meta(document, page.role, "pinterestapp:pins")
        if followers is None and posts is None:
            return None
        return replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=handle,
            name=_plain(in_meta(document, page.role, "og:title")),
            followers=followers,
            following=count_in_meta(document, page.role, "pinterestapp:following"),
            posts=posts,
            avatar=in_meta(document, page.role, "og:image"),
        )

    def _from_head(self, link: Link, page: Page, document: Document, handle: str) -> Profile | None:
        """The title, and the head of the drawn page."""
        drawn = document.tree.select_one('[data-test-id="profile-name"]')
        head = document.tree.select_one('[data-test-id="profile-header"]') if drawn is not None else None
        block = head or (drawn.parent.parent if drawn is not None and drawn.parent is not None else None)
        labels = {"followers": FOLLOWERS, "following": _FOLLOWING}
        figures = figure_elements(document, page.role, block, labels) if block is not None else {}
        name = in_element(document, page.role, '[data-test-id="profile-name"]') or _titled(page, document, handle)
        if name is None:
            return None
        return replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=handle,
            name=name,
            followers=figures.get("followers"),
            following=figures.get("following"),
            bio=in_element(document, page.role, '[data-test-id="main-user-description-text"]'),
            website=in_element(document, page.role, '[data-test-id="profile-website"]@href'),
            avatar=in_meta(document, page.role, "og:image"),
        )

    def _from_feed(self, link: Link, page: Page, document: Document) -> Profile | None:
        named = accounts_named(self, [feed_address(document)])
        pins = posts_in(page.body, url=page.url, media_type=page.media_type, page=page.role)
        if not pins or not named or not is_asked(link, *named):
            return None
        shown = self.blank(link, state=State.OBSERVED, source=page.source)
        recent = tuple(replace(pin, kind="image") for pin in pins[:MAX_POSTS])
        return replace(shown, handle=named[0], recent=recent)

    def _named(self, page: Page, document: Document) -> list[str]:
        """The accounts that the page is about: by its own address, by JSON-LD, by the record's owner."""
        if document.is_json:
            author = JsonBlock(document.json, page.role, "#").at("/author_url")
            return accounts_named(self, [author] if isinstance(author, str) else [])
        if page.role == "feed":
            return []
        blocks = json_ld_of(document, page.role, _PROFILE_PAGE)
        names = [str(block.at("/mainEntity/alternateName") or "").removeprefix("@") for block in blocks]
        return accounts_named(self, own_addresses(document)) + [name for name in names if name]


def _roots(page: Page, document: Document) -> Iterator[JsonBlock]:
    """The JSON that a page was made of: an answer as a whole, the islands, what the page's queries brought."""
    if document.is_json:
        yield JsonBlock(document.json, page.role, "#")
        return
    for name in _ISLANDS:
        value = document.island(name)
        if value is not None:
            yield JsonBlock(value, page.role, f'script[id="{name}"]#')
    for value, place in [*document.after(_RELAY), *document.after(_STARTED)]:
        yield JsonBlock(value, page.role, place)


def _record(link: Link, page: Page, document: Document) -> JsonBlock | None:
    """The record with figures of the account asked for; where none was, of the one that the page's address names."""
    asked = link.handle or next(iter(accounts_named(PLATFORM, own_addresses(document))), "")
    if not asked and not document.is_json:
        return None  # the page of a pin, or of the site itself: whose record would be taken is chance
    best: JsonBlock | None = None
    for root in _roots(page, document):
        for block in root.walk():
            name = _username(block)
            if not name or (asked and name.lower() != asked.lower()) or not _is_record(block, document):
                continue
            if best is None or _figures(block) > _figures(best):
                best = block
    return best


def _is_record(block: JsonBlock, document: Document) -> bool:
    """Whether a block is an account's own record: elsewhere accounts stand with their names alone."""
    return _figures(block) > 0 or (document.is_json and block.at("/url") is not None)


def _figures(block: JsonBlock) -> int:
    return sum(name in block.value for name in _FIGURES)


def _username(block: JsonBlock) -> str:
    """The name of the account that a block is the record of, "" for blocks of other things."""
    name = block.at("/username")
    if isinstance(name, str):
        return name
    if isinstance(block.at("/profile_url"), str):
        return next(iter(accounts_named(PLATFORM, [block.at("/profile_url")])), "")
    address = block.at("/url")
    is_old = isinstance(address, str) and block.at("/first_name") is not None
    return next(iter(accounts_named(PLATFORM, [str(address)])), "") if is_old else ""


def _is_board(address: str) -> bool:
    """Whether an address is that of a board, or of what stands in one: below an account, and none of its tabs."""
    return len(segments := segments_of(address)) > 1 and not segments[1].startswith("_")


def _titled(page: Page, document: Document, handle: str) -> Fact[str] | None:
    """The name before the handle in a title."""
    for text, where in (
        (document.meta.get("og:title", ""), document.meta_where("og:title")),
        (document.title, "title"),
    ):
        found = _TITLE.fullmatch(text)
        if found is not None and found.group(2).lower() == handle.lower():
            return Fact(value=found.group(1), page=page.role, where=where)
    return None


def _plain(title: Fact[str] | None) -> Fact[str] | None:
    """A title without the handle behind the name."""
    found = _TITLE.fullmatch(title.value) if title is not None else None
    return replace(title, value=found.group(1)) if title is not None and found is not None else title


def _company_name(record: JsonBlock) -> Fact[str] | None:
    """The first name of an account that has no last name: so the old API wrote those of companies."""
    return record.text("/first_name") if record.text("/last_name") is None else None


def _pins(page: Page, document: Document, handle: str) -> tuple[Post, ...]:
    """The pins that the page carries of this account, newest first; those that others made are marked."""
    found: dict[str, Post] = {}
    for root in _roots(page, document):
        for block in root.walk():
            number = block.at("/id") if str(block.at("/id") or "").isdigit() else block.at("/entityId")
            pinner = block.at("/pinner/username")
            if isinstance(number, str) and number.isdigit() and isinstance(pinner, str) and pinner == handle:
                found.setdefault(number, _pin(block, number, handle, page.fetched_at))
            if len(found) == MAX_POSTS:
                break
    oldest = datetime.min.replace(tzinfo=page.fetched_at.tzinfo)
    return tuple(sorted(found.values(), key=lambda pin: pin.at or oldest, reverse=True))


def _pin(block: JsonBlock, number: str, handle: str, now: datetime) -> Post:
    when = written_at(block, now, "/created_at", "/createdAt")
    text = block.text("/title", "/grid_title", "/gridTitle", "/description")
    maker = block.at("/native_creator/username") or block.at("/nativeCreator/username")
    return Post(
        url=f"https://www.pinterest.com/pin/{number}/",
        at=when[0] if when else None,
        precision=Precision.SECOND if when else None,
        kind="video" if block.at("/is_video") or block.at("/isVideo") or block.at("/videos") else "image",
        text=text.value if text else None,
        reactions=block.number("/total_reaction_count", "/totalReactionCount"),
        comments=block.number("/comment_count", "/commentCount", "/aggregated_pin_data/comment_count"),
        shares=block.number("/repin_count", "/repinCount"),
        repost=isinstance(maker, str) and maker != handle,
        page=block.page,
        where=block.place,
    )


PLATFORM = Pinterest()
