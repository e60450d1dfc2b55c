"""Telegram channels and groups: the card at t.me/{name} and the preview of the last posts at t.me/s/{name}."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from audit.models import CountFact, Fact, Link, Page, Post, Precision, Profile, Refusal, Request, State
from audit.parse.address import host, host_matches, path_segments, query
from audit.parse.counts import first_count
from audit.parse.dates import parse_date
from audit.parse.document import Document
from audit.parse.text import clean
from audit.parse.tree import Element
from audit.platforms._ability import Checked, Control, Shown
from audit.platforms._base import Platform
from audit.platforms._shown import in_element, in_meta

_HANDLE = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")
_NOT_PROFILES = frozenset({
    "joinchat", "share", "addstickers", "addemoji", "addtheme", "addlist", "proxy", "socks", "iv", "boost", "bg",
    "login", "setlanguage", "contact", "invoice", "giftcode", "confirmphone", "apps", "blog", "privacy", "username",
    "yourusername", "example", "stickers", "giveaway", "nft",
})  # fmt: skip
_NOT_PROFILE_QUERIES = frozenset({"start", "startgroup", "startapp", "startchannel", "boost", "game", "livestream"})
_PEOPLE = re.compile(r"\b(?:subscribers?|members?)\b")
_CARD_HANDLE = re.compile(r"@([A-Za-z]\w{3,31})\s*$")
# "This channel can’t be displayed because it …": there, and shown in some places or apps alone.
_HIDDEN = re.compile(r"this (?:channel|group|chat) can[’']t be displayed[^.]{0,120}", re.IGNORECASE)
_MAX_TOLD = 3_000  # characters that such a page shows
_MESSAGE = ".tgme_widget_message"


class Telegram(Platform):
    """t.me. The card's figure is exact, the preview's is rounded; both pages are always in English."""

    name = "telegram"
    title = "Telegram"
    hosts = frozenset({"t.me", "telegram.me", "telegram.dog"})
    roles = ("profile", "preview")
    robots_note = "No robots.txt; the terms forbid mass copying: one card and one preview per channel are asked."
    way_in = "Make the channel public and allow its web preview, or save its preview page in a browser and import it."
    by_page = Shown(fields="name followers bio website verified avatar recent")
    checked = Checked(pages="2026")
    control = Control(
        known="https://t.me/telegram",
        unknown="https://t.me/finestra_no_such_7q4x9k2mw5z8",
        page="name followers recent",
    )

    def link(self, url: str) -> Link | None:
        """`t.me/{name}`, `t.me/s/{name}` and `{name}.t.me`; invitations, posts and share addresses are none."""
        if not host_matches(url, self.hosts) or _NOT_PROFILE_QUERIES & set(query(url)):
            return None
        segments = path_segments(url)
        subdomain = host(url).rsplit(".", 2)[0] if host(url).count(".") == 2 else ""
        if subdomain not in ("", "www") and not segments:
            segments = [subdomain]
        elif segments[:1] == ["s"]:
            segments = segments[1:]
        if len(segments) != 1:
            return None
        handle = segments[0].strip().lstrip("@")
        if not _HANDLE.fullmatch(handle) or handle.lower() in _NOT_PROFILES:
            return None
        return self._link(handle, f"https://t.me/{handle}")

    def role(self, url: str) -> str | None:
        """The card or the preview."""
        if self.link(url) is None:
            return None
        return "preview" if path_segments(url)[:1] == ["s"] else "profile"

    def wants(self, link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
        """The card; then the preview, where the card belongs to a channel that has one."""
        if "profile" not in pages:
            return {} if "preview" in pages else {"profile": Request(url=link.url)}
        if "preview" in pages or self._read_page(link, pages["profile"]).state is not State.OBSERVED:
            return {}
        card = Document(pages["profile"].body, pages["profile"].media_type)
        if card.tree.select_one('.tgme_page_context_link[href^="/s/"]') is None:
            return {}
        return {"preview": Request(url=f"https://t.me/s/{link.handle}")}

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """A free name has a card without a title."""
        hidden = _HIDDEN.search(document.shown[:_MAX_TOLD])
        if hidden is not None:
            return Refusal(state=State.PRIVATE, reason=hidden.group())
        if document.tree.select_one(".tgme_page_title, .tgme_channel_info") is not None or _shared_name(document):
            return None
        if re.match(r"Telegram: (?:Contact|Join)\b", document.title):
            return Refusal(state=State.MISSING, reason=f"{document.title}: no such public channel")
        return None

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The preview's header and posts, or the card (also where the preview leads back to it)."""
        if document.tree.select_one(".tgme_channel_info") is not None:
            return self._from_preview(link, page, document)
        if document.tree.select_one(".tgme_page_title") is not None:
            return self._from_card(link, page, document)
        return self._from_head(link, page, document)

    def _from_head(self, link: Link, page: Page, document: Document) -> Profile | None:
        """A page that was cut off before its card: the name that it has for sharing."""
        named = _CARD_HANDLE.search(document.title)
        if named is None or not _same(named.group(1), link.handle) or not _shared_name(document):
            return None
        blank = self.blank(link, state=State.OBSERVED, source=page.source)
        return replace(blank, handle=named.group(1), name=in_meta(document, page.role, "og:title"))

    def _from_card(self, link: Link, page: Page, document: Document) -> Profile | None:
        named = _CARD_HANDLE.search(document.title)
        shown = named.group(1) if named else _opened_by(document)
        if not _same(shown, link.handle):
            return None
        extra = document.find(".tgme_page_extra") or ""
        people = first_count(extra) if _PEOPLE.search(extra) else None
        return replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=shown or None,
            name=in_element(document, page.role, ".tgme_page_title > span", ".tgme_page_title"),
            followers=people.fact(page.role, ".tgme_page_extra") if people else None,
            bio=in_element(document, page.role, ".tgme_page_description"),
            website=_outward(document, page.role, ".tgme_page_description"),
            verified=_verified(document, page.role, ".tgme_page_title") if people else None,
            avatar=in_element(document, page.role, ".tgme_page_photo_image@src"),
        )

    def _from_preview(self, link: Link, page: Page, document: Document) -> Profile | None:
        named = (document.find(".tgme_channel_info_header_username") or "").lstrip("@")
        if not _same(named, link.handle):
            return None
        return replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=named or link.handle or None,
            name=in_element(document, page.role, ".tgme_channel_info_header_title"),
            followers=_counter(document, page.role),
            bio=in_element(document, page.role, ".tgme_channel_info_description"),
            website=_outward(document, page.role, ".tgme_channel_info_description"),
            verified=_verified(document, page.role, ".tgme_channel_info_header_labels"),
            avatar=in_element(document, page.role, ".tgme_channel_info .tgme_page_photo_image img@src"),
            recent=_recent(document, page, named or link.handle),
        )


def _shared_name(document: Document) -> str:
    """The name that a page cut off before its card has for sharing; "" for that of a free name, which says nothing
    of anybody and wants not to be found."""
    if "noindex" in document.meta.get("robots", "") or document.tree.select_one(".tgme_page") is not None:
        return ""
    name = document.meta.get("og:title", "")
    return "" if name == document.title or name.startswith("Telegram: ") else name


def _opened_by(document: Document) -> str:
    """The name that the card's own links open (`tg://resolve?domain=…`, `/s/…`), or ""."""
    for place, pattern in (
        ('a[href^="tg://resolve"]@href', r"tg://resolve\?domain=(\w+).*"),
        ('.tgme_page_context_link[href^="/s/"]@href', r"/s/(\w+)"),
    ):
        found = re.fullmatch(pattern, document.find(place) or "")
        if found is not None:
            return found.group(1)
    return ""


def _same(shown: str, asked: str) -> bool:
    return not asked or shown.lower() == asked.lower()


def _counter(document: Document, role: str) -> CountFact | None:
    """The header's counter of subscribers, among those of photos, videos, files and links."""
    for number, counter in enumerate(document.tree.select(".tgme_channel_info_counter"), start=1):
        if _PEOPLE.search(counter.text(" ")):
            place = f"{counter.name}.tgme_channel_info_counter:nth-of-type({number}) .counter_value"
            count = first_count(document.find(place) or "")
            return None if count is None else count.fact(role, place)
    return None


def _outward(document: Document, role: str, place: str) -> Fact[str] | None:
    """The first address in the description that leads out of Telegram."""
    for number, anchor in enumerate(document.tree.select(f"{place} a[href]"), start=1):
        address = str(anchor.get("href"))
        if address.startswith("http") and not host_matches(address, (*Telegram.hosts, "telegram.org")):
            return Fact(value=clean(address), page=role, where=f"{place} a:nth-of-type({number})@href")
    return None


def _verified(document: Document, role: str, place: str) -> Fact[bool] | None:
    """Whether the badge stands where it would; None on a page that has no such place."""
    if document.tree.select_one(place) is None:
        return None
    there = document.tree.select_one(f"{place} .verified-icon") is not None
    return Fact(value=there, page=role, where=place)


def _recent(document: Document, page: Page, handle: str) -> tuple[Post, ...]:
    """The posts of the preview, newest first; what the service wrote (channel created …) is no post."""
    posts = [_post(message, page, handle) for message in document.tree.select(f"{_MESSAGE}[data-post]")]
    return tuple(post for post in reversed(posts) if post is not None)


def _post(message: Element, page: Page, handle: str) -> Post | None:
    identifier = str(message.get("data-post"))
    channel, _, number = identifier.partition("/")
    if "service_message" in message.words("class") or not number.isdigit() or not _same(channel, handle):
        return None
    stamp = message.select_one(f"{_MESSAGE}_date time[datetime]")
    when = parse_date(str(stamp.get("datetime")), now=page.fetched_at) if stamp else None
    text = next((found for found in message.select(f"{_MESSAGE}_text") if not _is_quoted(found)), None)
    return Post(
        url=f"https://t.me/{channel}/{number}",
        at=when[0] if when else None,
        precision=Precision.SECOND if when else None,
        kind=_kind(message),
        text=(clean(text.text(" ")) or None) if text else None,
        reactions=_reactions(message),
        views=_shown_number(message.select_one(f"{_MESSAGE}_views")),
        repost=message.select_one(f"{_MESSAGE}_forwarded_from") is not None,
        page=page.role,
        where=f'[data-post="{identifier}"]',
    )


def _is_quoted(text: Element) -> bool:
    """Whether a text is that of the message to which this one replies."""
    return any("tgme_widget_message_reply" in around.words("class") for around in text.ancestors)


def _kind(message: Element) -> str:
    if len(message.select(f"{_MESSAGE}_photo_wrap, {_MESSAGE}_video_player")) > 1:
        return "carousel"
    if message.select_one(f"{_MESSAGE}_video_player, {_MESSAGE}_roundvideo_player"):
        return "video"
    if message.select_one(f"{_MESSAGE}_photo_wrap"):
        return "image"
    return "link" if message.select_one(f"{_MESSAGE}_link_preview") else "text"


def _reactions(message: Element) -> int | None:
    """The sum over all kinds of reactions; None where none is shown or one cannot be read."""
    counts = [_shown_number(reaction) for reaction in message.select(".tgme_reaction")]
    return sum(count for count in counts if count is not None) if counts and None not in counts else None


def _shown_number(tag: Element | None) -> int | None:
    count = first_count(tag.text(" ")) if tag is not None else None
    return None if count is None else count.value


PLATFORM = Telegram()
