"""YouTube channels: the state inside the page (two generations of the header, the about panel), the same state as
a JSON answer, the Data API, the feed.

Subscriber counts are cut off, never rounded: 24.6M is 24,600,000 to 24,699,999. Pages carry the figures of related
channels too, so a figure counts only in the block that names the channel asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from audit.models import Count, CountFact, Fact, Link, Page, Post, Precision, Profile, Refusal, Request, State
from audit.parse.address import host, host_matches, path_segments, query
from audit.parse.counts import exact_count, first_count, rounded_to_three
from audit.parse.dates import parse_date
from audit.parse.document import Document, pointer
from audit.parse.feed import posts_in
from audit.parse.persons import Persons
from audit.parse.structured import JsonBlock
from audit.parse.text import clean
from audit.platforms._ability import Checked, Control, Shown
from audit.platforms._base import Platform
from audit.platforms._keyed.youtube import YouTubeApi
from audit.platforms._persons import EVERYWHERE
from audit.platforms._shown import in_element, in_meta, own_addresses
from audit.platforms._youtube_drawn import VIDEOS, drawn_channel
from audit.walls import moved_reason

_FRONT_DOOR = re.compile(r"(?:(?:www|m|music|gaming|[a-z]{2})\.)?youtube(?:-nocookie)?\.com")
_CHANNEL_ID = re.compile(r"UC[A-Za-z0-9_-]{22}")
_HANDLE = re.compile(r"[\w.\-·]{3,30}")
_NO_CHANNELS = frozenset({
    "watch", "embed", "v", "e", "shorts", "live", "playlist", "results", "hashtag", "feed", "feeds", "redirect",
    "attribution_link", "subscription_center", "account", "premium", "t", "about", "howyoutubeworks", "ads",
    "creators", "gaming", "clip", "post", "oembed", "iframe_api", "s", "player", "channel", "c", "user", "youtubei",
    "api", "signin", "login", "logout", "upload", "trending", "music", "kids", "tv", "jobs", "yt", "intl", "movies",
    "sports", "news", "learning", "fashion", "podcasts", "select_site", "static", "img", "supported_browsers",
    "create_channel", "my_videos", "dashboard", "verify_age", "profile", "username", "yourchannel", "example",
    "robots.txt", "favicon.ico", "sitemaps", "source", "opensearch", "new", "get_video_info", "subscribe_embed",
})  # fmt: skip
_TABS = frozenset({
    "videos", "about", "featured", "playlists", "community", "shorts", "streams", "live", "channels", "podcasts",
    "store", "releases", "posts", "membership", "search", "join", "courses", "discussion", "feed",
})  # fmt: skip
_SOCIAL = (
    "facebook.com", "instagram.com", "twitter.com", "x.com", "tiktok.com", "linkedin.com", "youtube.com",
    "discord.gg", "discord.com", "twitch.tv", "t.me", "threads.net", "pinterest.com", "snapchat.com", "bsky.app",
)  # fmt: skip

# The words beside the two figures of the header, by language: which figure it is, and how to read it.
_SUBSCRIBERS = {
    "en": "subscriber", "it": "iscritt", "es": "suscriptor", "fr": "abonné", "de": "abonnent",
    "pt": "inscrito|subscritor", "nl": "abonnee", "pl": "subskry", "ru": "подписчик", "uk": "підписник|стежать",
    "tr": "abone", "sv": "prenumerant", "fi": "tilaaja", "cs": "odběratel", "sk": "odberateľ", "hu": "feliratkozó",
    "ro": "abonaț", "el": "εγγεγραμμέν", "ja": "登録者", "ko": "구독자", "zh": "订阅者|位订阅", "zh-Hant": "訂閱者",
    "ar": "مشترك", "fa": "مشترک", "he": "מנויים", "hi": "सब्सक्राइबर|सदस्य", "bg": "абонат", "hr": "pretplatni",
    "ca": "subscriptor",
    "sr": "претплатник|пратил", "bn": "সাবস্ক্রাইব", "sl": "naročnik", "lt": "prenumerator", "et": "tellija",
    "vi": "người đăng ký", "th": "ผู้ติดตาม",
}  # fmt: skip
_MISSING_WORDS = re.compile(
    r"does(?: not|n[’']t) exist|non esiste|no existe|n[’']existe pas|existiert nicht|não existe|bestaat niet|"
    r"nie istnieje|غير موجود|मौजूद नहीं|tidak ada|không tồn tại|neexistuje|"
    r"не съществува|не существует|не існує|mevcut değil|finns inte|存在しません|존재하지|不存在|404 not found",
    re.IGNORECASE,
)
_GONE_WORDS = re.compile(
    r"terminated|was removed|has been removed|violat|suspended|deleted|chiuso|rimoss|violazion|cancelad|eliminad|"
    r"infring|résilié|supprimé|clôturé|gekündigt|gelöscht|entfernt|encerrad|removid|beëindigd|verwijderd|usunięt|"
    r"إنهاء|إغلاق|समाप्त|हटा दिया|बंद कर|dihentikan|bị chấm dứt|"
    r"удал|заблокирован|видален|kapatıl|停止|削除|해지|삭제|已终止|已終止|移除",
    re.IGNORECASE,
)
_VERIFIED_ICONS = frozenset({"CHECK_CIRCLE_FILLED", "AUDIO_BADGE", "CHECK_CIRCLE_THICK", "OFFICIAL_ARTIST_BADGE"})
_VERIFIED_STYLES = frozenset({"BADGE_STYLE_TYPE_VERIFIED", "BADGE_STYLE_TYPE_VERIFIED_ARTIST"})
_API_HOSTS = ("www.googleapis.com", "youtube.googleapis.com", "content-youtube.googleapis.com")
_STATE_PLACE = "var ytInitialData#"
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # the dates read with it are absolute
_DATE_LANGUAGES = ("en", "it", "es", "fr", "de", "pt", "nl", "pl", "ru", "tr", "ja", "vi", "hi")
_YEAR_FIRST = re.compile(r"(?<!\d)(20\d{2})\s?[./年년-]\s?(\d{1,2})\s?[./月월-]\s?(\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})([./])\s?(\d{1,2})\2\s?(20\d{2})(?!\d)")
_ABOUT_PANELS = ("aboutChannelViewModel", "channelAboutFullMetadataRenderer")


class YouTube(Platform):
    """youtube.com channels. Channel pages may be read; the feed and the site's own API are closed by robots.txt."""

    name = "youtube"
    title = "YouTube"
    hosts = frozenset({"youtube.com", "youtu.be", "youtube-nocookie.com", "ytimg.com", *_API_HOSTS})
    roles = (*YouTubeApi.roles, "profile", "videos", "about", "browse", "feed", "oembed")
    persons = EVERYWHERE | Persons(
        keys=frozenset({
            "commentsEntryPointTeaserRenderer", "commentThreadRenderer", "commentRenderer", "commentViewModel",
            "commentEntityPayload", "topLevelComment", "textDisplay", "textOriginal", "authorDisplayName",
            "authorProfileImageUrl", "authorChannelUrl", "authorChannelId",
        }),
        elements=frozenset({
            "ytd-comment-thread-renderer", "ytd-comment-view-model", "ytd-comment-renderer",
            "ytd-comments-entry-point-teaser-renderer",
        }),
    )  # fmt: skip
    api = YouTubeApi()
    robots_note = "robots.txt leaves channel pages open and closes the feed, the search and the site's own API."
    way_in = "Open the channel in a browser, save the page and import the file."
    by_page = Shown(
        fields="name followers posts views bio website verified created location avatar recent",
        posts="exact or rounded",
    )
    by_key = Shown(fields="name followers posts views bio created location avatar recent", posts="exact")
    checked = Checked(pages="2026-01-27", documentation="2026-11")
    control = Control(
        known="https://www.youtube.com/@YouTube",
        unknown="https://www.youtube.com/@finestra-no-such-7q4x9k2mw",
        page="name followers posts",
        key="name followers posts recent",
    )

    def link(self, url: str) -> Link | None:
        """`/@{handle}`, `/channel/UC…`, `/c/…`, `/user/…` and their tabs; videos, playlists, searches are none."""
        if not _FRONT_DOOR.fullmatch(host(url)):
            return None
        segments = [clean(segment) for segment in path_segments(url)]
        if not segments:
            return None
        prefix = segments[0] if segments[0] in ("channel", "c", "user") else ""
        names = segments[1:] if prefix else segments
        if not names or (len(names) > 1 and names[1].lower() not in _TABS):
            return None
        return self._named(prefix, names[0])

    def role(self, url: str) -> str | None:
        """The channel page and its tabs, and the answers that carry the same or an exacter state."""
        if not host_matches(url, self.hosts):
            return None
        segments = path_segments(url)
        if host(url) in _API_HOSTS or segments[:2] == ["youtube", "v3"]:
            return self.api.role(url) or "api"
        if host(url) == "gdata.youtube.com":
            return "feed"
        for beginning, role in ((["youtubei", "v1", "browse"], "browse"), (["feeds"], "feed"), (["oembed"], "oembed")):
            if segments[: len(beginning)] == beginning:
                return role
        if self.link(url) is None:
            return None
        return segments[-1] if segments[-1] in ("videos", "about") and len(segments) > 1 else "profile"

    def wants(self, link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
        """The channel, its newest videos and its about panel; nothing more once a page is there."""
        if set(pages) & set(self.roles):
            return {}
        return {
            "profile": Request(url=link.url),
            "videos": Request(url=f"{link.url}/videos"),
            "about": Request(url=f"{link.url}/about"),
        }

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """Alerts instead of a channel, age gates, the home page, another channel, errors of the API."""
        if page.role == "api":
            refusal = _api_refusal(JsonBlock(document.json, page.role, "#"))
            missing = refusal is not None and refusal.state is State.MISSING
            if refusal is not None and missing and not _asks_for(page.url, link.handle):
                return Refusal(state=State.SHELL, reason=f"the API was not asked for {link.handle}")
            return refusal
        state = _state(page, document)
        if state is None:
            return None if document.is_json else _said_instead(document)
        alert = _alert(state)
        if alert is not None:
            return alert
        if "channelAgeGateRenderer" in document.text and _is_age_gated(state):
            return Refusal(state=State.PRIVATE, reason="shown to grown-ups who are logged in only")
        if _is_home(state):
            return Refusal(state=State.MISSING, reason="the address leads to YouTube's home page")
        identity = self._identity(state, document)
        if identity and not self._is_asked(link, *identity):
            return Refusal(state=State.SHELL, reason=moved_reason(link.handle, identity[1] or identity[0]))
        other = _other_name(link, self._named_for_itself(state, document))
        return Refusal(state=State.SHELL, reason=moved_reason(link.handle, other)) if other else None

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The channel's own blocks in whichever answer."""
        if page.role == "api":
            return self._from_api(link, page, document)
        if page.role == "oembed":
            return self._from_oembed(link, page, document)
        if page.role == "feed":
            return self._from_feed(link, page, document)
        state = _state(page, document)
        if state is not None:
            return self._from_state(link, page, document, state)
        return None if document.is_json else self._from_head(link, page, document)

    def merged(self, readings: list[Profile]) -> Profile:
        """As everywhere, but a handle that any page shows is better than the channel's id."""
        profile = super().merged(readings)
        shown = [reading.handle for reading in readings if reading.handle and not _CHANNEL_ID.fullmatch(reading.handle)]
        return replace(profile, handle=shown[0]) if shown else profile

    def _named(self, prefix: str, text: str) -> Link | None:
        base = "https://www.youtube.com"
        if prefix == "channel":
            return self._link(text, f"{base}/channel/{text}") if _CHANNEL_ID.fullmatch(text) else None
        if text.startswith("@") and not prefix:
            handle = text.lstrip("@")
            return self._link(handle, f"{base}/@{handle}") if _HANDLE.fullmatch(handle) else None
        if not re.fullmatch(r"[\w.\-]{1,60}", text) or (not prefix and text.lower() in _NO_CHANNELS):
            return None
        return self._link(text, f"{base}/{prefix}/{text}" if prefix else f"{base}/{text}")

    def _identity(self, state: JsonBlock, document: Document) -> tuple[str, str] | None:
        """Id and handle of the channel that the answer is about; None when it does not say."""
        meta = state.block("/metadata/channelMetadataRenderer")
        identifier = meta.at("/externalId") or state.at("/header/c4TabbedHeaderRenderer/channelId")
        for found in state.holding("aboutChannelViewModel") if identifier is None else ():
            if isinstance(found.at("/aboutChannelViewModel/channelId"), str):
                identifier = found.at("/aboutChannelViewModel/channelId")
                break
        if not isinstance(identifier, str):
            return None
        addresses = [meta.at("/vanityChannelUrl"), meta.at("/ownerUrls/0")]
        handles = [_handle_of(str(address)) for address in addresses if address]
        shown = state.at("/header/c4TabbedHeaderRenderer/channelHandleText/runs/0/text")
        handles.append(shown.lstrip("@") if isinstance(shown, str) else "")
        handles.append(str(_header(state, document.language).get("handle") or ""))
        if not document.is_json:
            handles += [_handle_of(address) for address in (document.canonical, document.meta.get("og:url", ""))]
        return identifier, next((handle for handle in handles if handle), "")

    def _named_for_itself(self, state: JsonBlock, document: Document) -> list[Link]:
        """The channels that a page's own addresses lead to."""
        meta = state.block("/metadata/channelMetadataRenderer")
        addresses = [str(url) for url in (meta.at("/vanityChannelUrl"), meta.at("/ownerUrls/0")) if url]
        if not document.is_json:
            addresses += own_addresses(document)
        return [found for address in addresses if address and (found := self.link(address)) is not None]

    def _is_asked(self, link: Link, identifier: str, handle: str) -> bool:
        """Whether a channel is the one of `link`. Names of before handles lead somewhere and cannot be compared."""
        if not link.handle:
            return True
        if _CHANNEL_ID.fullmatch(link.handle):
            return link.handle == identifier
        legacy = "/@" not in link.url
        return legacy or handle.casefold() == link.handle.casefold()

    def _from_state(self, link: Link, page: Page, document: Document, state: JsonBlock) -> Profile | None:
        identity = self._identity(state, document)
        has_panel = any(name in document.text for name in _ABOUT_PANELS)  # spares a walk through everything
        about = self._about(state, identity[0] if identity else "", document.language) if has_panel else None
        header = _header(state, document.language)
        if identity is None and about is None:
            return self._from_owner(link, page, document, state)
        meta = state.block("/metadata/channelMetadataRenderer")
        found: dict[str, Any] = {
            "handle": (identity[1] or identity[0]) if identity else link.handle or None,
            "name": meta.text("/title"),
            "bio": meta.text("/description"),
            "avatar": meta.text("/avatar/thumbnails/0/url"),
            **header,
            **{key: value for key, value in (about or {}).items() if value is not None},
        }
        if not found["name"] and not found.get("followers") and not about:
            return None
        recent = tuple(_videos(state, page, document.language, identity[0] if identity else ""))
        profile = self.blank(link, state=State.OBSERVED, source=page.source)
        known = {key: value for key, value in found.items() if value is not None}
        return replace(profile, **known, recent=recent)

    def _from_owner(self, link: Link, page: Page, document: Document, state: JsonBlock) -> Profile | None:
        """A video's page: the channel is the owner block below the video."""
        for found in state.block("/contents").holding("videoOwnerRenderer"):
            owner = found.block("/videoOwnerRenderer")
            if not isinstance(owner.value, dict):
                continue
            identifier = str(owner.at("/navigationEndpoint/browseEndpoint/browseId") or "")
            base = str(owner.at("/navigationEndpoint/browseEndpoint/canonicalBaseUrl") or "")
            handle, named = _handle_of(base), self.link(f"https://www.youtube.com{base}")
            own = named is not None and _old_name(named) == _old_name(link)
            if not (own if _old_name(link) else self._is_asked(link, identifier, handle)):
                return None
            return replace(
                self.blank(link, state=State.OBSERVED, source=page.source),
                handle=handle or identifier or None,
                name=owner.text("/title/runs/0/text"),
                followers=_subscribers(owner, "/subscriberCountText/simpleText", document.language),
            )
        return None

    def _about(self, state: JsonBlock, identifier: str, language: str) -> dict[str, Any] | None:
        """The about panel of this channel: exact views, the day it was opened, country, links."""
        for found in state.holding(*_ABOUT_PANELS):
            panel = found.block("/aboutChannelViewModel")
            if isinstance(panel.value, dict):
                own = panel.at("/channelId") in (None, identifier) if identifier else True
                return _panel(panel, language) if own else None
            older = found.block("/channelAboutFullMetadataRenderer")
            if isinstance(older.value, dict):
                return _older_panel(older, language)
        return None

    def _from_head(self, link: Link, page: Page, document: Document) -> Profile | None:
        """A page without its state: what the metadata says, and the count of the pages of before 2017."""
        arrived = self.link(document.canonical) or self.link(document.meta.get("og:url", ""))
        name = document.meta.get("og:title", "")
        if arrived is None or not name or document.meta.get("og:type") not in ("profile", "yt-fb-app:channel", None):
            return None
        drawn = drawn_channel(document, page)
        legacy = "/@" not in link.url and not _CHANNEL_ID.fullmatch(link.handle)
        shown = {arrived.handle.casefold(), drawn.handle.casefold()}
        if link.handle and not legacy and link.handle.casefold() not in shown:
            return None
        if _other_name(link, [arrived]):
            return None
        opened = _day_in(drawn.joined.value, document.language) if drawn.joined is not None else None
        return replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=drawn.handle or link.handle or arrived.handle,
            name=Fact(value=name, page=page.role, where=document.meta_where("og:title")),
            followers=drawn.followers,
            posts=drawn.posts,
            views=drawn.views,
            created=replace(drawn.joined, value=opened) if drawn.joined is not None and opened is not None else None,  # type: ignore[arg-type]  # a day for a text
            bio=in_meta(document, page.role, "og:description"),
            avatar=in_meta(document, page.role, "og:image"),
        )

    def _from_api(self, link: Link, page: Page, document: Document) -> Profile | None:
        """`channels.list` of the Data API: the item of the channel asked for, or the only one."""
        block = JsonBlock(document.json, page.role, "#")
        items = [item for item in block.items("/items") if item.at("/kind") == "youtube#channel"]
        own = [item for item in items if link.handle and self._is_api_item(link, item)]
        if not own and len(items) == 1 and not link.handle:
            own = items
        if not own:
            return None
        item = own[0]
        shown = item.text("/snippet/customUrl")
        hidden = item.at("/statistics/hiddenSubscriberCount") is True
        count = exact_count(item.at("/statistics/subscriberCount"))
        followers = None if hidden or count is None else rounded_to_three(count)
        found = parse_date(str(item.at("/snippet/publishedAt")), now=page.fetched_at)
        created = (
            Fact(value=found[0].date(), page=page.role, where=item.place + "/snippet/publishedAt") if found else None
        )
        return replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=shown.value.lstrip("@") if shown else str(item.at("/id") or "") or None,
            name=item.text("/snippet/title"),
            bio=item.text("/snippet/description"),
            followers=followers.fact(page.role, item.place + "/statistics/subscriberCount") if followers else None,
            posts=item.count("/statistics/videoCount"),
            views=item.count("/statistics/viewCount"),
            created=created,
            location=item.text("/snippet/country"),
            avatar=item.text("/snippet/thumbnails/high/url", "/snippet/thumbnails/default/url"),
        )

    def _is_api_item(self, link: Link, item: JsonBlock) -> bool:
        identifier, custom = str(item.at("/id") or ""), str(item.at("/snippet/customUrl") or "")
        if _CHANNEL_ID.fullmatch(link.handle):
            return identifier == link.handle
        return custom.lstrip("@").casefold() == link.handle.casefold()

    def _from_oembed(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The oEmbed answer of a video names its channel and holds no figures."""
        block = JsonBlock(document.json, page.role, "#")
        author = self.link(str(block.at("/author_url") or ""))
        if author is None or (link.handle and author.handle.casefold() != link.handle.casefold()):
            return None
        blank = self.blank(link, state=State.OBSERVED, source=page.source)
        return replace(blank, handle=author.handle, name=block.text("/author_name"))

    def _from_feed(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The feed: the fifteen newest videos with exact times and views."""
        if document.tree.select_one(r"entry > yt\:statistics") is not None:
            return self._from_first_api(link, page, document)
        name, identifier = document.find("feed > title"), _feed_channel(document)
        address = document.find("feed > author > uri") or ""
        if not name or not self._is_asked(link, identifier, _handle_of(address)):
            return None
        entries = document.tree.select("entry")
        recent = []
        for post, entry in zip(posts_in(page.body, url=page.url, page=page.role), entries, strict=False):
            statistics = entry.select_one(r"media\:statistics")
            views = exact_count(str(statistics.get("views"))) if statistics else None
            kind = "short" if "/shorts/" in str(post.url) else "video"
            recent.append(replace(post, kind=kind, views=views.value if views else None))
        opened = document.find("feed > published")
        found = parse_date(opened, now=page.fetched_at) if opened else None
        return replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=link.handle or identifier or None,
            name=Fact(value=name, page=page.role, where="feed > title"),
            created=Fact(value=found[0].date(), page=page.role, where="feed > published") if found else None,
            recent=tuple(recent),
        )

    def _from_first_api(self, link: Link, page: Page, document: Document) -> Profile | None:
        """An account as the API of before 2015 gave it: exact figures, in attributes."""
        user = document.find(r"entry > yt\:username") or ""
        if link.handle and user.casefold() != link.handle.casefold():
            return None
        followers, views = (
            count.fact(page.role, where) if (count := exact_count(document.find(where))) is not None else None
            for where in (r"entry > yt\:statistics@subscribercount", r"entry > yt\:statistics@totaluploadviews")
        )
        opened = document.find("entry > published")
        found = parse_date(opened, now=page.fetched_at) if opened else None
        return replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=user or link.handle or None,
            name=in_element(document, page.role, "entry > title"),
            followers=followers,
            views=views,
            created=Fact(value=found[0].date(), page=page.role, where="entry > published") if found else None,
        )


def _old_name(link: Link) -> tuple[str, str] | None:
    """A channel's name of before handles, by its kind: that of the account ("user") or the one that its owner chose;
    None for a handle, an id, and where nobody was asked for."""
    if not link.handle or "/@" in link.url or _CHANNEL_ID.fullmatch(link.handle):
        return None
    return ("user" if "/user/" in link.url else "c", link.handle.casefold())


def _other_name(link: Link, named: list[Link]) -> str:
    """The old name that a page gives itself where one of its kind was asked for, and it is not that one; else "".
    A page that gives itself a handle or an id alone can be any old name's."""
    asked = _old_name(link)
    alike = [name for found in named if asked and (name := _old_name(found)) is not None and name[0] == asked[0]]
    return "" if not alike or asked in alike else alike[0][1]


def _state(page: Page, document: Document) -> JsonBlock | None:
    """The page's state: an answer of the site's API, or the variable inside the page."""
    if document.is_json:
        return JsonBlock(document.json, page.role, "#") if isinstance(document.json, dict) else None
    if "ytInitialData" not in document.text:
        return None
    value = document.variable("ytInitialData")
    return JsonBlock(value, page.role, _STATE_PLACE) if isinstance(value, dict) else None


def _is_age_gated(state: JsonBlock) -> bool:
    key = "channelAgeGateRenderer"
    return any(isinstance(found.value[key], dict) for found in state.block("/contents").holding(key))


def _said_instead(document: Document) -> Refusal | None:
    """What a page without its state says in place of a channel: by its title, or as the pages of before 2017."""
    if document.title.lower() == "404 not found":
        return Refusal(state=State.MISSING, reason=document.title)
    if "yt-alert-error" not in document.text:
        return None
    return _meaning(document.find(".yt-alert-error .yt-alert-message") or "")


def _meaning(said: str) -> Refusal:
    """What an error means. In a language not known here it says that nobody may see the channel, not why."""
    if _MISSING_WORDS.search(said):
        return Refusal(state=State.MISSING, reason=said)
    if _GONE_WORDS.search(said):
        return Refusal(state=State.GONE, reason=said)
    return Refusal(state=State.PRIVATE, reason=said or "an error without words")


def _alert(state: JsonBlock) -> Refusal | None:
    """An error in place of a channel."""
    for alert in state.items("/alerts"):
        block = alert.block("/alertRenderer")
        if block.at("/type") != "ERROR":
            continue
        runs = [str(run.at("/text") or "") for run in block.items("/text/runs")]
        said = clean(str(block.at("/text/simpleText") or "".join(runs)))[:200]
        return _meaning(said)
    return None


def _is_home(state: JsonBlock) -> bool:
    for tab in state.items("/contents/twoColumnBrowseResultsRenderer/tabs"):
        renderer = tab.block("/tabRenderer")
        if renderer.at("/selected") is True and renderer.at("/endpoint/browseEndpoint/browseId") == "FEwhat_to_watch":
            return True
    return False


def _api_refusal(answer: JsonBlock) -> Refusal | None:
    """Errors of the Data API, and its way of saying that there is no such channel: no items."""
    error = answer.block("/error")
    if isinstance(error.value, dict):
        reason = re.sub(r"<[^<>]{1,200}>", "", clean(str(error.at("/message") or "")))[:200]
        cause = str(error.at("/errors/0/reason") or "")
        if "quota" in cause.lower() or "rateLimit" in cause:
            return Refusal(state=State.RATE_LIMITED, reason=reason)
        known = error.at("/code") in (400, 401, 403)
        return Refusal(state=State.NO_CREDENTIAL if known else State.FAILED, reason=reason or "an error of the API")
    if answer.at("/kind") == "youtube#channelListResponse" and not answer.at("/items"):
        return Refusal(state=State.MISSING, reason="the API knows no such channel")
    return None


def _asks_for(address: str, handle: str) -> bool:
    """Whether the query of the API names this channel."""
    asked = query(address)
    names = [asked.get(key, "").lstrip("@").casefold() for key in ("id", "forHandle", "forUsername")]
    return not handle or handle.casefold() in names


def _handle_of(address: str) -> str:
    segments = path_segments(address if "//" in address else f"https://www.youtube.com{address}")
    return segments[0][1:] if segments and segments[0].startswith("@") else ""


def _header(state: JsonBlock, language: str) -> dict[str, Any]:
    """Figures, badge and first link of the channel's header, of whichever generation."""
    older = state.block("/header/c4TabbedHeaderRenderer")
    if isinstance(older.value, dict) and older.at("/title"):
        return _older_header(older, language)
    view = state.block("/header/pageHeaderRenderer/content/pageHeaderViewModel")
    if isinstance(view.value, dict):
        return _page_header(view, language)
    for item in state.items("/header/carouselHeaderRenderer/contents"):
        topic = item.block("/topicChannelDetailsRenderer")
        if isinstance(topic.value, dict):
            return {"followers": _subscribers(topic, "/subtitle/simpleText", language)}
    return {}


def _older_header(header: JsonBlock, language: str) -> dict[str, Any]:
    styles = [badge.at("/metadataBadgeRenderer/style") for badge in header.items("/badges")]
    verified = next((index for index, style in enumerate(styles) if str(style) in _VERIFIED_STYLES), None)
    place = "/title" if verified is None else f"/badges/{verified}/metadataBadgeRenderer/style"
    path = "/headerLinks/channelHeaderLinksViewModel/firstLink"
    return {
        "followers": _subscribers(header, "/subscriberCountText/simpleText", language)
        or _subscribers(header, "/subscriberCountText/runs/0/text", language),
        "posts": _video_count(header, language),
        "verified": Fact(value=verified is not None, page=header.page, where=header.place + place),
        "website": _linked(header, path),
    }


def _video_count(header: JsonBlock, language: str) -> CountFact | None:
    """`6,8 K` and ` vídeos` stand in two pieces, or all in one text."""
    runs = [str(run.at("/text") or "") for run in header.items("/videosCountText/runs")]
    path = "/videosCountText/runs/0/text" if runs else "/videosCountText/simpleText"
    text = "".join(runs) or header.at("/videosCountText/simpleText")
    count = _count(text, language)
    return count.fact(header.page, header.place + path) if count else None


def _page_header(view: JsonBlock, language: str) -> dict[str, Any]:
    rows = view.block("/metadata/contentMetadataViewModel")
    texts = [
        part
        for row in rows.items("/metadataRows")
        for part in row.items("/metadataParts")
        if isinstance(part.at("/text/content"), str)
    ]
    figures = [part for part in texts if not clean(str(part.at("/text/content"))).startswith("@")]
    followers, posts = _figures(figures, language)
    title = view.block("/title/dynamicTextViewModel/text")
    icons = [found for found in title.walk() if str(found.at("/imageName")) in _VERIFIED_ICONS]
    where = icons[0].place + "/imageName" if icons else title.place + "/content"
    handle = next((str(part.at("/text/content")) for part in texts if part not in figures), "")
    return {
        "followers": followers,
        "posts": posts,
        "verified": Fact(value=bool(icons), page=view.page, where=where) if title.at("/content") else None,
        "website": _linked(view, "/attribution/attributionViewModel/text"),
        **({"handle": clean(handle).lstrip("@")} if handle else {}),
        **({"name": title.text("/content")} if title.at("/content") else {}),
    }


def _figures(parts: list[JsonBlock], language: str) -> tuple[CountFact | None, CountFact | None]:
    """Subscribers and videos, told apart by their words; by their places only when exactly two stand there.

    A channel that hides its subscribers shows the videos alone, in the first place.
    """
    followers = posts = None
    unknown = []
    for part in parts:
        text = str(part.at("/text/content"))
        if _language_of(text):
            followers = _subscribers(part, "/text/content", language) or _subscribers(
                part, "/accessibilityLabel", language
            )
        elif VIDEOS.search(text):
            count = _count(text, language)
            posts = count.fact(part.page, part.place + "/text/content") if count else None
        else:
            unknown.append(part)
    if len(unknown) == 2 and len(parts) == 2:
        first, second = (_count(str(part.at("/text/content")), language) for part in unknown)
        followers = rounded_to_three(first).fact(unknown[0].page, unknown[0].place + "/text/content") if first else None
        posts = second.fact(unknown[1].page, unknown[1].place + "/text/content") if second else None
    return followers, posts


def _subscribers(block: JsonBlock, path: str, language: str) -> CountFact | None:
    text = block.at(path)
    count = _count(text, language) if isinstance(text, str) else None
    return rounded_to_three(count).fact(block.page, block.place + path) if count else None


def _count(text: object, language: str) -> Count | None:
    """A figure of the header; YouTube cuts digits off. The words say the language where the page does not."""
    if not isinstance(text, str):
        return None
    return first_count(text, language or _language_of(text) or "en", rounds_down=True)


def _language_of(text: str) -> str:
    """The language whose word for subscribers `text` holds, or ""."""
    folded = text.lower()
    return next((tag for tag, words in _SUBSCRIBERS.items() if re.search(words, folded)), "")


def _linked(block: JsonBlock, path: str) -> Fact[str] | None:
    """The address behind the header's link text, unless it is another profile of the company."""
    target = block.block(path)
    if not isinstance(target.value, dict):
        return None
    for found in target.walk():
        address = found.at("/urlEndpoint/url")
        if isinstance(address, str):
            unwrapped = query(address).get("q") or address
            if host(unwrapped) and not host_matches(unwrapped, _SOCIAL):
                return Fact(value=unwrapped, page=block.page, where=block.place + path + "/content")
            return None
    return None


def _panel(panel: JsonBlock, language: str) -> dict[str, Any]:
    """The about panel of today. `subscriberCountText` is a text here; as an object it is another channel's."""
    opened = panel.at("/joinedDateText/content")
    posts = _count(panel.at("/videoCountText"), language)
    views = _count(panel.at("/viewCountText"), language)
    return {
        "followers": _subscribers(panel, "/subscriberCountText", language),
        "posts": posts.fact(panel.page, panel.place + "/videoCountText") if posts else None,
        "views": views.fact(panel.page, panel.place + "/viewCountText") if views else None,
        "created": _opened(panel, "/joinedDateText/content", language) if isinstance(opened, str) else None,
        "location": panel.text("/country"),
        "website": _panel_website(panel),
        "bio": panel.text("/description"),
        "handle": _handle_of(str(panel.at("/canonicalChannelUrl") or "")) or None,
    }


def _panel_website(panel: JsonBlock) -> Fact[str] | None:
    for item in panel.items("/links"):
        model = item.block("/channelExternalLinkViewModel")
        text = model.at("/link/content")
        if isinstance(text, str) and text and not host_matches(f"https://{text}", _SOCIAL):
            address = text if text.startswith("http") else f"https://{text}"
            return Fact(value=address, page=panel.page, where=model.place + "/link/content")
    return None


def _older_panel(panel: JsonBlock, language: str) -> dict[str, Any]:
    """The about tab of before October 2023."""
    views = _count(panel.at("/viewCountText/simpleText"), language)
    link = next(
        (
            str(found.at("/urlEndpoint/url"))
            for found in panel.block("/primaryLinks").walk()
            if found.at("/urlEndpoint/url")
        ),
        "",
    )
    address = query(link).get("q") or link
    known = host(address) and not host_matches(address, _SOCIAL)
    return {
        "views": views.fact(panel.page, panel.place + "/viewCountText/simpleText") if views else None,
        "created": _opened(panel, "/joinedDateText/runs/1/text", language),
        "location": panel.text("/country/simpleText"),
        "bio": panel.text("/description/simpleText"),
        "website": Fact(value=address, page=panel.page, where=panel.place + "/primaryLinks") if known else None,
    }


def _opened(panel: JsonBlock, path: str, language: str) -> Fact[date] | None:
    """The day the channel was opened, out of the sentence that tells it."""
    text = panel.at(path)
    found = _day_in(clean(text), language) if isinstance(text, str) else None
    return Fact(value=found, page=panel.page, where=panel.place + path) if found is not None else None


def _day_in(text: str, language: str) -> date | None:
    """The day in a sentence of any language. Of two small numbers with strokes English alone has the month first, and
    then only in America: where the language is not known, neither is the day."""
    numbers = _YEAR_FIRST.search(text)
    if numbers is not None:
        return _day(*numbers.groups())
    numbers = _YEAR_LAST.search(text)
    if numbers is not None:
        day, stroke, month, year = numbers.groups()
        if stroke == "/" and int(day) <= 12 and int(month) <= 12 and language[:2] in ("", "en"):
            return None
        return _day(year, month, day) or _day(year, day, month)
    for tag in dict.fromkeys((language[:2] or "en", *_DATE_LANGUAGES)):
        found = parse_date(text, now=_NEVER, locale=tag)
        if found is not None and found[1] is Precision.DAY:
            return found[0].date()
    return None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _videos(state: JsonBlock, page: Page, language: str, identifier: str) -> Iterator[Post]:
    """The channel's videos in sight, each once; videos of other channels on its shelves are left out."""
    seen: set[str] = set()
    for found in state.block("/contents").holding(*_VIDEO_READERS):
        for key, reader in _VIDEO_READERS.items():
            video = found.block(pointer(key))
            if not isinstance(video.value, dict) or not _is_own_video(video, identifier):
                continue
            post = reader(video, page, language)
            if post is not None and post.url not in seen:
                seen.add(str(post.url))
                yield post


def _is_own_video(video: JsonBlock, identifier: str) -> bool:
    """No byline, or a byline that leads to the channel."""
    runs = (
        run for path in ("/shortBylineText", "/longBylineText", "/ownerText") for run in video.items(f"{path}/runs")
    )
    leads = [run.at("/navigationEndpoint/browseEndpoint/browseId") for run in runs]
    leads += [found.at("/browseId") for found in video.block("/metadata").holding("browseId")]
    channels = [str(lead) for lead in leads if str(lead).startswith("UC")]
    return not identifier or not channels or identifier in channels


def _video(video: JsonBlock, page: Page, language: str) -> Post | None:
    title = "".join(str(run.at("/text") or "") for run in video.items("/title/runs")) or video.at("/title/simpleText")
    age = video.at("/publishedTimeText/simpleText")
    views = video.at("/viewCountText/simpleText")
    return _post(video, page, language, "video", video.at("/videoId"), title, age, views)


def _short(video: JsonBlock, page: Page, language: str) -> Post | None:
    title, views = video.at("/headline/simpleText"), video.at("/viewCountText/simpleText")
    return _post(video, page, language, "short", video.at("/videoId"), title, None, views)


def _short_lockup(video: JsonBlock, page: Page, language: str) -> Post | None:
    identifier = str(video.at("/entityId") or "").removeprefix("shorts-shelf-item-")
    title = video.at("/overlayMetadata/primaryText/content")
    views = video.at("/overlayMetadata/secondaryText/content")
    return _post(video, page, language, "short", identifier, title, None, views)


def _lockup(video: JsonBlock, page: Page, language: str) -> Post | None:
    if video.at("/contentType") not in ("LOCKUP_CONTENT_TYPE_VIDEO", None):
        return None
    model = video.block("/metadata/lockupMetadataViewModel")
    texts = [
        str(part.at("/text/content") or "")
        for row in model.items("/metadata/contentMetadataViewModel/metadataRows")
        for part in row.items("/metadataParts")
    ]
    views, age = (texts[-2], texts[-1]) if len(texts) >= 2 else (None, texts[0] if texts else None)
    return _post(video, page, language, "video", video.at("/contentId"), model.at("/title/content"), age, views)


def _post(
    video: JsonBlock,
    page: Page,
    language: str,
    kind: str,
    identifier: object,
    title: object,
    age: object,
    views: object,
) -> Post | None:
    if not isinstance(identifier, str) or not re.fullmatch(r"[\w-]{11}", identifier):
        return None
    at = parse_date(age, now=page.fetched_at, locale=language or "en") if isinstance(age, str) else None
    count = first_count(views, language or "en") if isinstance(views, str) else None
    address = f"https://www.youtube.com/{'shorts/' if kind == 'short' else 'watch?v='}{identifier}"
    return Post(
        url=address,
        at=at[0] if at else None,
        precision=at[1] if at else None,
        kind=kind,
        text=clean(title) if isinstance(title, str) else None,
        views=count.value if count else None,
        page=video.page,
        where=video.place,
    )


def _feed_channel(document: Document) -> str:
    """The channel's id in a feed, which sometimes comes without its first two letters."""
    identifier = document.find("feed > yt\\:channelid") or ""
    return identifier if identifier.startswith("UC") or not identifier else f"UC{identifier}"


_VIDEO_READERS = {
    "videoRenderer": _video,
    "gridVideoRenderer": _video,
    "lockupViewModel": _lockup,
    "reelItemRenderer": _short,
    "shortsLockupViewModel": _short_lockup,
}

PLATFORM = YouTube()
