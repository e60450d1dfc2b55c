"""Instagram profiles: the sentence in the page's metadata, the JSON inside or behind the page, the embed page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from audit.models import Count, Fact, Link, Page, Post, Precision, Profile, Refusal, Request, State
from audit.parse.address import host, host_matches, path_segments, query
from audit.parse.counts import first_count
from audit.parse.document import Document
from audit.parse.persons import Persons
from audit.parse.structured import JsonBlock
from audit.parse.text import clean
from audit.platforms._ability import Checked, Control, Shown
from audit.platforms._base import Platform
from audit.platforms._keyed.instagram import InstagramApi
from audit.platforms._labels import figure_elements
from audit.platforms._persons import EVERYWHERE
from audit.platforms._shown import without_unread
from audit.platforms._wall_words import LOGIN, NOT_FOUND, PAGE_UNAVAILABLE

_HANDLE = re.compile(r"[A-Za-z0-9._]{1,30}")
_NOT_PROFILES = frozenset({
    "p", "reel", "reels", "tv", "stories", "explore", "accounts", "direct", "about", "legal", "developer",
    "developers", "web", "share", "s", "api", "graphql", "oauth", "press", "privacy", "challenge",
    "emails", "session", "directory", "embed.js", "ar", "a", "locations", "hashtag", "n", "m", "data",
    "fxcal_settings", "ajax", "sharer", "static", "rsrc.php", "login", "signup", "username",
    "yourusername",
})  # fmt: skip
_TABS = frozenset({"reels", "tagged", "channel", "igtv", "feed", "guides", "live", "followers", "embed", "saved"})
_TITLE_MENTION = re.compile(r"[(（][@＠]([A-Za-z0-9._]{1,30})[)）]")
# "Acme (@acme)": the last handle is the account's.
_TITLE_NAME = re.compile(r"^(.*?)\s*[(（][@＠][A-Za-z0-9._]{1,30}[)）](?!.*[(（][@＠])")
_IN_QUOTATION = re.compile(r"[:：]\s*[\"“”„«‘「][^\"“”»’」]*$")
_BIO = re.compile(r"(?:[)）]|[@＠][A-Za-z0-9._]{1,30})[^\"“«„「:]{0,60}:\s*[\"“«„「](.+?)[\"”»“」]?\s*$")
_DASH = re.compile(r"\s[-–—―]\s")
_LISTED = re.compile(r",\s+|\s*[、،]\s*|;\s+")
_NUMBER_AFTER_WORD = re.compile(r"(?<=[^\d\s.,])\s+(?=\d)")

# Words of the three figures in the languages of the interface, followers first: "seguidores" holds "seguido".
_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "followers",
        re.compile(
            r"follower|seguidor|abonné|abonnent|подписчик|підписник|последовател|フォロワー|팔로워|粉丝|粉絲|追蹤者|"
            r"takipçi|متابعون|متابعًا|متابع\b|volgers|följare|følgere|pengikut|obserwujących|sledujíc|követő|urmăritor|"
            r"người theo dõi|फ़ॉलोअर|फॉलोअर|עוקבים|ακόλουθο|seuraaja|دنبال‌کننده|pratitel",
            re.IGNORECASE,
        ),
    ),
    (
        "following",
        re.compile(
            r"following|seguit|seguid|seguindo|a seguir\b|siguiendo|suivi|abonnement|gefolgt|подпис|підпис|"
            r"フォロー中|팔로잉|关注|追蹤|takip|يتابع|volgend|följer|følger|mengikuti|diikuti|obserwowan|sleduje|sledovan|követés|urmăriri|"
            r"đang theo dõi|फ़ॉलोइंग|फॉलोइंग|נעקבים|ακολουθεί|seurattu|prati",
            re.IGNORECASE,
        ),
    ),
    (
        "posts",
        re.compile(
            r"\bpost|publica|publicaç|beitr|публикац|дописів|публікац|投稿|게시물|帖子|貼文|gönderi|منشور|bericht|"
            r"inlägg|innlegg|opslag|příspěv|príspev|bejegyz|postăr|bài viết|โพสต์|पोस्ट|פוסטים|δημοσιεύσ|julkaisu|"
            r"kiriman|objav",
            re.IGNORECASE,
        ),
    ),
)
_ORDER = ("followers", "following", "posts")

_PATHS = {
    "followers": (
        "/edge_followed_by/count",
        "/counts/followed_by",
        "/followed_by/count",
        "/follower_count",
        "/followers_count",
    ),
    "following": ("/edge_follow/count", "/counts/follows", "/follows/count", "/following_count", "/follows_count"),
    "posts": (
        "/edge_owner_to_timeline_media/count",
        "/media/count",
        "/counts/media",
        "/media_count",
        "/posts_count",
    ),
}
_TIMELINES = (
    "/edge_owner_to_timeline_media/edges",
    "/media/nodes",
    "/media/data",
    "/xdt_api__v1__feed__user_timeline_graphql_connection/edges",
)
_MEDIA_TYPES = {1: "image", 2: "video", 8: "carousel"}
_TYPE_NAMES = (("Sidecar", "carousel"), ("Carousel", "carousel"), ("Video", "video"), ("Image", "image"))


_FIRST_ERRORS = {
    "NotFound": State.MISSING, "NotAllowed": State.PRIVATE, "AccessToken": State.NO_CREDENTIAL,
    "Permissions": State.NO_CREDENTIAL, "RateLimit": State.RATE_LIMITED,
}  # fmt: skip
_API_HOSTS = frozenset({"api.instagram.com", "graph.instagram.com"})  # of before 2020, and of the account's owner
_FIGURES_BEGIN = 25  # characters within which a sentence with figures has the first
_MAX_SHELL = 1_500_000  # characters of a page without an account in which its words are looked for


class Instagram(Platform):
    """instagram.com. Its robots.txt closes everything to unnamed readers: read from saved pages only."""

    name = "instagram"
    title = "Instagram"
    hosts = frozenset({"instagram.com", "instagr.am", "ig.me"})
    roles = (*InstagramApi.roles, "api", "profile", "graphql", "timeline", "embed")
    persons = EVERYWHERE | Persons(
        keys=frozenset({
            "edge_media_to_parent_comment", "edge_media_to_comment", "edge_media_preview_comment",
            "edge_threaded_comments", "edge_liked_by", "edge_media_preview_like", "edge_media_to_tagged_user",
            "edge_mutual_followed_by", "usertags", "facepile_top_likers", "profile_context",
            "profile_context_facepile_users", "profile_context_links_with_user_ids", "fb_user_tags",
            "edge_related_profiles", "xdt_api__v1__media__media_id__comments__connection",
        }),
        addresses=frozenset({"/followers/mutual"}),
    )  # fmt: skip
    api = InstagramApi()
    robots_note = "robots.txt: User-agent: * Disallow: /. The terms forbid automated collection without permission."
    way_in = (
        "Open the profile in a browser, record it as a HAR (it holds exact figures) or save the page, "
        "and import the file."
    )
    keyless = False
    by_page = Shown(fields="name followers following posts bio website verified category avatar recent", posts="exact")
    by_key = Shown(fields="name followers following posts bio website avatar recent", posts="exact")
    checked = Checked(pages="2025-01-01", documentation="2026-11")
    control = Control(
        known="https://www.instagram.com/instagram/",
        unknown="https://www.instagram.com/finestra.no.such.7q4x9k2mw5z8/",
        key="followers posts recent",
    )

    def link(self, url: str) -> Link | None:
        """`/{user}/` and its tabs; posts, reels, stories and the site's own pages are no profiles."""
        if not host_matches(url, self.hosts) or host(url).split(".")[0] in ("l", "api", "graph", "help", "i", "about"):
            return None
        segments = path_segments(url)
        if segments[:1] == ["_u"]:
            segments = segments[1:]
        if not segments or (len(segments) > 1 and segments[1].lower() not in _TABS):
            return None
        handle = segments[0].strip().lstrip("@").rstrip(".,;").lower()
        if not _HANDLE.fullmatch(handle) or handle in _NOT_PROFILES or handle.startswith("."):
            return None
        return self._link(handle, f"https://www.instagram.com/{handle}/")

    def role(self, url: str) -> str | None:
        """The profile page, its embed form, and the answers that the page itself asks for."""
        if host(url) in self.api.hosts:
            return self.api.role(url)
        if host(url) in _API_HOSTS:
            return "api"
        if not host_matches(url, self.hosts):
            return None
        segments = path_segments(url)
        joined = "/".join(segments)
        if "graphql" in segments:
            return "graphql"
        if joined.startswith("api/v1/users/") or "business_discovery" in url or "__a=1" in url:
            return "api"
        if joined.startswith("api/v1/feed/user"):
            return "timeline"
        if self.link(url) is None:
            return None
        return "embed" if segments[-1] == "embed" else "profile"

    def wants(self, link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
        """Nothing is asked: robots.txt forbids it."""
        return {}

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """Error messages of the JSON answers, login pages and the two kinds of empty page."""
        if document.is_json:
            return _json_refusal(document, page.url, link.handle)
        return _moved(page) or _page_refusal(document)

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The metadata sentence and the user's JSON block, whichever the page has; JSON is the more exact."""
        structured = self._from_json(link, page, document)
        sentence = None if document.is_json else self._from_meta(link, page, document)
        if structured is None or sentence is None:
            return structured or sentence
        return replace(
            structured,
            name=structured.name or sentence.name,
            bio=structured.bio or sentence.bio,
            followers=structured.followers or sentence.followers,
            following=structured.following or sentence.following,
            posts=structured.posts or sentence.posts,
            avatar=structured.avatar or sentence.avatar,
        )

    def _from_meta(self, link: Link, page: Page, document: Document) -> Profile | None:
        key = next((key for key in ("og:description", "description") if _figures_in(document, key)), None)
        owner = _owner(self, document)
        if owner == "" or (link.handle and owner != link.handle) or (key is None and owner is None):
            return None
        figures = {
            metric: count.fact(page.role, document.meta_where(key or ""))
            for metric, count in _figures_in(document, key or "").items()
        }
        head = document.tree.select_one("header") if not figures else None
        if head is not None:
            figures = figure_elements(document, page.role, head, dict(_WORDS))
        title = document.meta.get("og:title", "") or without_unread(document.title)
        name = _TITLE_NAME.match(title)
        if not figures and name is None:
            return None
        where = document.meta_where("og:title") if document.meta.get("og:title") else "title"
        profile = self.blank(link, state=State.OBSERVED, source=page.source)
        return replace(
            profile,
            handle=owner or profile.handle,
            name=Fact(value=name.group(1), page=page.role, where=where) if name and name.group(1) else None,
            bio=_bio(document, page.role),
            avatar=_meta_fact(document, "og:image", page.role),
            followers=figures.get("followers"),
            following=figures.get("following"),
            posts=figures.get("posts"),
        )

    def _from_json(self, link: Link, page: Page, document: Document) -> Profile | None:
        user = _user_block(document, page.role, link.handle)
        recent = _timeline(document, page.role, user, link.handle)
        if user is None and not recent:
            return None
        profile = self.blank(link, state=State.OBSERVED, source=page.source)
        if user is None:
            return replace(profile, recent=recent)
        handle = user.text("/username")
        return replace(
            profile,
            handle=handle.value if handle else profile.handle,
            name=user.text("/full_name", "/name"),
            bio=user.text("/biography", "/bio"),
            website=user.text("/external_url", "/bio_links/0/url", "/website"),
            verified=user.flag("/is_verified", "/verified"),
            category=user.text("/category_name", "/business_category_name", "/category"),
            avatar=user.text("/profile_pic_url_hd", "/profile_pic_url", "/profile_picture_url", "/profile_picture"),
            recent=recent,
            followers=user.count(*_PATHS["followers"]),
            following=user.count(*_PATHS["following"]),
            posts=user.count(*_PATHS["posts"]),
        )


def _json_refusal(document: Document, address: str, handle: str) -> Refusal | None:
    answer = document.json
    if not isinstance(answer, dict):
        return None
    message = str(answer.get("message") or "")
    if re.search(r"checkpoint_required|challenge_required|feedback_required", message):
        return Refusal(state=State.CHALLENGED, reason=message)
    if "wait a few minutes" in message or "rate limit" in message.lower():
        return Refusal(state=State.RATE_LIMITED, reason=message)
    if answer.get("require_login") or "login" in message.lower():
        return Refusal(state=State.LOGIN_WALL, reason=message or "require_login")
    if "not found" in message.lower():
        return Refusal(state=State.MISSING, reason=message)
    if "useragent" in message.lower():
        return Refusal(state=State.CHALLENGED, reason=message)
    first = _first_api_refusal(JsonBlock(answer, "", "#"))
    if first is not None:
        return first
    data = answer.get("data")
    holder = data if isinstance(data, dict) else answer.get("graphql", answer)
    if isinstance(holder, dict) and "user" in holder and holder["user"] is None:
        asked = [part.lower() for part in (*query(address).values(), *path_segments(address))]
        named = not handle or handle.lower() in asked  # a query by another number says nothing of this account
        return Refusal(state=State.MISSING if named else State.SHELL, reason='"user": null')
    return None


def _first_api_refusal(answer: JsonBlock) -> Refusal | None:
    """An error of the API of before 2020, by its kind."""
    kind = str(answer.at("/meta/error_type") or answer.at("/error_type") or "")
    words = clean(str(answer.at("/meta/error_message") or answer.at("/error_message") or kind))[:200]
    for part, state in _FIRST_ERRORS.items():
        if part in kind:
            return Refusal(state=state, reason=words)
    return Refusal(state=State.FAILED, reason=words) if kind else None


def _moved(page: Page) -> Refusal | None:
    segments = path_segments(page.final_url)
    if segments[:2] == ["accounts", "login"]:
        return Refusal(state=State.LOGIN_WALL, reason="redirected to /accounts/login/")
    if segments[:1] == ["challenge"]:
        return Refusal(state=State.CHALLENGED, reason="redirected to /challenge/")
    return None


def _page_refusal(document: Document) -> Refusal | None:
    title = document.title
    if document.meta.get("og:type") == "profile" or _figures_in(document, "og:description"):
        return None
    text = document.text
    site, first = title.rpartition("•")[2].strip().lower(), title.rpartition("•")[0] or title
    if "instagram" in site and LOGIN.search(first) and _TITLE_MENTION.search(title) is None:
        return Refusal(state=State.LOGIN_WALL, reason=title)
    if NOT_FOUND.search(title) or re.match(r"content unavailable|pagina non disponibile", title, re.IGNORECASE):
        return Refusal(state=State.MISSING, reason=title)
    unavailable = PAGE_UNAVAILABLE.search(text[:_MAX_SHELL])
    if unavailable is not None:
        return Refusal(state=State.MISSING, reason=clean(unavailable.group()))
    if re.match(r"restricted profile", title, re.IGNORECASE):
        return Refusal(state=State.PRIVATE, reason=title)
    if re.search(r'"HttpErrorPage"', text) and document.variable("_sharedData"):
        return Refusal(state=State.MISSING, reason="HttpErrorPage")
    if '"LoginAndSignupPage"' in text:
        return Refusal(state=State.LOGIN_WALL, reason="LoginAndSignupPage")
    return _route_refusal(text)


def _route_refusal(text: str) -> Refusal | None:
    """A page without a route says nothing of anybody; one whose route is the home page was shown instead of it."""
    route = re.search(r'"routePath"\s*:\s*(null|"\\?/")', text)
    if route is None or '"profile_id"' in text:
        return None
    if route.group(1) == "null":
        return Refusal(state=State.SHELL, reason='"routePath":null: a page without a profile')
    return Refusal(state=State.RATE_LIMITED, reason='"routePath":"/": the home page instead of the profile')


def _owner(platform: Instagram, document: Document) -> str | None:
    """The handle that the page says it is about, in its title or its addresses; "" where they contradict each
    other, None where it says nothing. A name or a text may mention anybody."""
    own = [url for url in (document.meta.get("og:url", ""), document.canonical) if _leads_somewhere(url)]
    links = [platform.link(url) for url in own]
    if None in links:
        return ""  # a post, a tag, a place
    addresses = {link.handle for link in links if link is not None}
    titles = [document.meta.get("og:title", ""), document.title]
    if any(_IN_QUOTATION.search(_TITLE_MENTION.split(title)[0]) for title in titles if _TITLE_MENTION.search(title)):
        return ""  # a post quoted, with whom it mentions
    mentioned = next((found[-1] for title in titles if (found := _TITLE_MENTION.findall(title))), None)
    named = addresses | ({mentioned.lower().rstrip(".")} if mentioned else set())
    return min(named) if len(named) == 1 else ("" if named else None)


def _leads_somewhere(address: str) -> bool:
    """Whether an address that a page gives for itself says of what it is: the front page says nothing."""
    return host_matches(address, Instagram.hosts) and bool(path_segments(address))


def _figures_in(document: Document, key: str) -> dict[str, Count]:
    """Followers, following and posts out of the metadata sentence, in whichever language it is written."""
    sentence = document.meta.get(key, "")
    if not any(character.isdigit() for character in sentence[:_FIGURES_BEGIN]):
        return {}  # what stands farther on is the account's name, which may be "5 Followers"
    head = _DASH.split(sentence[:300], maxsplit=1)[0]
    pieces = [piece for piece in _LISTED.split(head) if re.search(r"\d", piece)]
    if len(pieces) == 1:
        pieces = [piece for piece in _NUMBER_AFTER_WORD.split(head) if re.search(r"\d", piece)]
        return _counted(dict(zip(_ORDER, pieces, strict=True)), document) if len(pieces) == 3 else {}
    return _counted(_assigned(pieces), document)


def _assigned(pieces: list[str]) -> dict[str, str]:
    """Which piece tells which figure: by its word; three pieces in the usual order need not all be known."""
    named = [next((metric for metric, word in _WORDS if word.search(piece)), None) for piece in pieces]
    if len(pieces) == 3 and all(name in (None, usual) for name, usual in zip(named, _ORDER, strict=True)):
        return dict(zip(_ORDER, pieces, strict=True))
    known = [name for name in named if name is not None]
    if len(set(known)) != len(known) or "followers" not in known:
        return {}
    return {name: piece for name, piece in zip(named, pieces, strict=True) if name is not None}


def _counted(pieces: dict[str, str], document: Document) -> dict[str, Count]:
    language = document.language or "en"
    counts = {metric: first_count(piece, language) for metric, piece in pieces.items()}
    return {metric: count for metric, count in counts.items() if count is not None}


def _bio(document: Document, role: str) -> Fact[str] | None:
    for key in ("description", "og:description"):
        match = _BIO.search(document.meta.get(key, ""))
        if match:
            return Fact(value=match.group(1).strip(), page=role, where=document.meta_where(key))
    return None


def _meta_fact(document: Document, key: str, role: str) -> Fact[str] | None:
    value = document.meta.get(key)
    return Fact(value=value, page=role, where=document.meta_where(key)) if value else None


def _roots(document: Document, role: str) -> Iterator[JsonBlock]:
    if document.is_json:
        yield JsonBlock(document.json, role, "#")
        return
    if "_sharedData" in document.text:
        yield JsonBlock(document.variable("_sharedData"), role, "var _sharedData#")
    if "contextJSON" in document.text:
        yield JsonBlock(document.variable("contextJSON"), role, "var contextJSON#")
    if re.search(r'"(?:follower_count|edge_followed_by|taken_at|taken_at_timestamp)"', document.text):
        for value, place in document.islands():
            yield JsonBlock(value, role, place)


def _user_block(document: Document, role: str, handle: str) -> JsonBlock | None:
    """The object about the account asked for that knows most: feeds and suggestions hold other accounts too."""
    best: JsonBlock | None = None
    best_known = 0
    for root in _roots(document, role):
        for block in root.walk():
            username = str(block.value.get("username") or "").lower()
            known = sum(block.count(*paths) is not None for paths in _PATHS.values())
            if known > best_known and _is_asked_for(username, handle, block):
                best, best_known = block, known
    return best


def _is_asked_for(username: str, handle: str, block: JsonBlock) -> bool:
    if handle:
        return username == handle.lower()
    return block.place.endswith(("/user", "/business_discovery", "#/data", "#/data/0", "/context", "#"))


def _timeline(document: Document, role: str, user: JsonBlock | None, handle: str) -> tuple[Post, ...]:
    """Recent posts inside the user's block, or of an answer that holds the account's timeline."""
    if user is not None:
        posts = _posts_of(user, handle)
        if posts:
            return posts
    for root in _roots(document, role):
        for block in root.walk():
            for items in (block, block.block("/items")):
                posts = _posts_of(items, handle, owned_only=True)
                if posts:
                    return posts
    return ()


def _posts_of(block: JsonBlock, handle: str, *, owned_only: bool = False) -> tuple[Post, ...]:
    paths = ("",) if isinstance(block.value, list) else _TIMELINES
    for path in paths:
        found = [_post(_node(item), handle, owned_only) for item in block.items(path)]
        posts = tuple(post for post in found if post is not None)
        if posts:
            return posts
    return ()


def _node(item: JsonBlock) -> JsonBlock:
    return item.block("/node") if isinstance(item.at("/node"), dict) else item


def _post(node: JsonBlock, handle: str, owned_only: bool) -> Post | None:
    code = node.text("/shortcode", "/code")
    at = node.moment("/taken_at_timestamp", "/taken_at", "/date")
    if not isinstance(node.value, dict) or (code is None and at is None):
        return None
    owner = node.text("/owner/username", "/user/username")
    foreign = owner is not None and bool(handle) and owner.value.lower() != handle.lower()
    if owned_only and (owner is None or foreign):
        return None
    text = node.text("/edge_media_to_caption/edges/0/node/text", "/caption/text", "/caption")
    hidden = node.at("/like_and_view_counts_disabled") is True
    return Post(
        url=f"https://www.instagram.com/p/{clean(code.value)}/" if code else None,
        at=at,
        precision=Precision.SECOND if at else None,
        kind=_kind(node),
        text=text.value if text else None,
        reactions=None
        if hidden
        else node.number("/edge_liked_by/count", "/edge_media_preview_like/count", "/like_count", "/likes/count"),
        comments=node.number("/edge_media_to_comment/count", "/comment_count", "/comments/count", "/comments_count"),
        views=node.number("/video_view_count", "/play_count", "/ig_play_count", "/view_count"),
        pinned=bool(node.at("/pinned_for_users") or node.at("/timeline_pinned_user_ids")),
        repost=foreign,
        page=node.page,
        where=code.where if code else node.place,
    )


def _kind(node: JsonBlock) -> str | None:
    if node.at("/product_type") == "clips":
        return "short"
    media_type = node.at("/media_type")
    if isinstance(media_type, int):
        return _MEDIA_TYPES.get(media_type)
    name = str(node.at("/__typename") or "")
    known = next((kind for part, kind in _TYPE_NAMES if part in name), None)
    if known is None and isinstance(node.at("/is_video"), bool):
        return "video" if node.at("/is_video") else "image"
    return known


PLATFORM = Instagram()
