"""TikTok profiles: the state inside the page (three generations of it), the page's own API, the embed page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from audit.models import CountFact, Fact, Link, Page, Post, Precision, Profile, Refusal, State
from audit.parse.address import host, host_matches, path_segments
from audit.parse.counts import first_count
from audit.parse.dates import seconds_id_time
from audit.parse.document import Document, pointer
from audit.parse.persons import Persons
from audit.parse.structured import JsonBlock, json_ld_of, statistic
from audit.parse.text import clean
from audit.platforms._ability import Checked, Control, Shown
from audit.platforms._base import Platform
from audit.platforms._keyed.tiktok import TikTokApi
from audit.platforms._labels import FOLLOWERS, LIKES, labelled_counts
from audit.platforms._persons import EVERYWHERE
from audit.platforms._shown import accounts_named, described, in_element, own_addresses
from audit.platforms._wall_words import LOGIN

_HANDLE = re.compile(r"[A-Za-z0-9._]{1,24}")
_ISLANDS = ("__UNIVERSAL_DATA_FOR_REHYDRATION__", "SIGI_STATE", "__NEXT_DATA__", "__FRONTITY_CONNECT_STATE__")
_OLDER_NAMES = {
    "heartCount": ("/heart",), "followerCount": ("/fans",), "followingCount": ("/following",),
    "videoCount": ("/video",),
}  # fmt: skip
_VARIABLES = ("SIGI_STATE", "__INIT_PROPS__")
_PROFILE_PAGE = frozenset({"ProfilePage"})
_MISSING_CODES = frozenset({10202, 10221, 10223})
_CHECK_CODES = frozenset({10000, 10204})
_PRIVATE_CODES = frozenset({10216, 10222, 10231})
_SHOWN = {
    "followers": '[data-e2e="followers-count"]',
    "following": '[data-e2e="following-count"]',
    "likes": '[data-e2e="likes-count"]',
}
_FIGURES_OF_TODAY = {"followers": FOLLOWERS, "likes": LIKES}
_FIGURES_BEFORE = {**_FIGURES_OF_TODAY, "following": re.compile(r"following\b|seguiti\b|siguiendo\b|suivis?\b", re.I)}
_GLUED_SENTENCES = re.compile(r"(?<=[^\W\d])\.(?=\d)")  # "3.9M me gusta.783.4K seguidores.Café"
_MAX_FIGURES = 90  # characters of the description that hold the figures; behind them are the account's own words
# "Aurora (@aurora) on TikTok | 5M Likes. …": the figures stand behind the name, which may hold any.
_ABOUT_ACCOUNT = re.compile(r"^.{0,200}?(?:[(（]@[A-Za-z0-9._]{1,24}[)）][^|]{0,60}\|? ?| on TikTok \| ?)")
_NOBODY = re.compile(
    r"couldn[’']t find this account|(?:questo account non è disponibile|impossibile trovare l[’']account)|"
    r"no se pudo encontrar (?:esta|la) cuenta|(?:dieses )?konto konnte nicht gefunden werden|compte introuvable|"
    r"impossible de trouver ce compte|não foi possível encontrar esta conta|не удалось найти этот аккаунт|"
    r"bu hesap bulunamadı|このアカウントは見つかりません|계정을 찾을 수 없|找不到(?:此|該|这个)?(?:帳號|账号)|"
    r"tidak dapat menemukan akun|"
    r"không tìm thấy tài khoản|nie można znaleźć tego konta|kan dit account niet vinden|تعذر العثور على هذا الحساب",
    re.IGNORECASE,
)
_BLOCKED = re.compile(
    r"decided to block \d+ apps, including tiktok|tiktok is not available in your (?:country|region)", re.I
)
_MAX_TOLD = 3_000  # characters that such a page shows
_NO_HANDLE = re.compile(r"(.{1,100}) on TikTok")  # a title of 2020, beside the account's address
_TITLE = re.compile(r"^(.*?)\s*[(（]@([A-Za-z0-9._]{1,24})[)）]")


class TikTok(Platform):
    """tiktok.com. The exact figures stand in `statsV2`; those in `stats` are rounded and can overflow."""

    name = "tiktok"
    title = "TikTok"
    hosts = frozenset({"tiktok.com"})
    roles = (*TikTokApi.roles, "profile", "api", "posts", "embed", "oembed")
    persons = EVERYWHERE | Persons(
        words=frozenset({"comment-item"}), prefixes=frozenset({"comment-username", "comment-level"})
    )
    any_role_suffices = True
    api = TikTokApi()
    robots_note = "robots.txt names AI agents and closes search and API paths; profile pages are asked one by one."
    way_in = "Open the profile in a browser, scroll once, save the page and import the file."
    by_page = Shown(
        fields="name followers following posts likes bio website verified created category avatar recent", posts="exact"
    )
    by_key = Shown(fields="name followers following posts likes bio verified avatar recent", posts="exact")
    checked = Checked(pages="2026-09", documentation="2026-11")
    control = Control(
        known="https://www.tiktok.com/@tiktok",
        unknown="https://www.tiktok.com/@finestra_7q4x9k2mw5z8",
        page="name followers posts likes",
    )

    def link(self, url: str) -> Link | None:
        """`/@{user}` and its embed form; videos, tags, music and share addresses are no profiles."""
        if not host_matches(url, self.hosts):
            return None
        subdomain = host(url).removesuffix("tiktok.com").strip(".")
        if subdomain not in ("", "www", "m", "us"):
            return None
        segments = path_segments(url)
        if segments[:1] == ["embed"]:
            segments = segments[1:]
        if len(segments) != 1 or not segments[0].startswith("@"):
            return None
        handle = segments[0].lstrip("@").strip().rstrip(".,").lower()
        if not _HANDLE.fullmatch(handle) or handle in ("username", "yourusername", "example"):
            return None
        return self._link(handle, f"https://www.tiktok.com/@{handle}")

    def role(self, url: str) -> str | None:
        """The profile page, its embed form, and the answers that the page itself asks for."""
        if host(url) in self.api.hosts:
            return self.api.role(url)
        if not host_matches(url, self.hosts):
            return None
        joined = "/".join(path_segments(url))
        if joined.startswith("api/user/detail"):
            return "api"
        if joined.startswith("api/post/item_list"):
            return "posts"
        if joined.startswith("oembed"):
            return "oembed"
        if self.link(url) is None:
            return None
        return "embed" if joined.startswith("embed/") else "profile"

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """Status codes inside the state, the waiting page of the bot check, login pages."""
        for root in _roots(document, page.role):
            refusal = _coded_refusal(root, link.handle)
            if refusal is not None:
                return refusal
        if path_segments(page.final_url)[:1] == ["login"]:
            return Refusal(state=State.LOGIN_WALL, reason="redirected to /login")
        if document.is_json:
            return None
        if document.title.startswith("Please wait") or "SlardarWAF" in document.text or _waits(document):
            return Refusal(state=State.CHALLENGED, reason=document.title or "SlardarWAF")
        return None if _TITLE.search(document.title) else _said_instead(document)

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The account's block in the state; the shown page and its description where the state is missing."""
        recent = _recent(document, page.role, link.handle)
        for root in _roots(document, page.role):
            user, stats, exact = _account(root, link.handle)
            if user is not None:
                return self._from_state(link, page, user, stats, exact, recent)
        if page.role == "oembed":
            return self._from_oembed(link, page, document)
        if recent:
            return replace(self.blank(link, state=State.OBSERVED, source=page.source), recent=recent)
        if document.is_json:
            return None
        return self._from_description(link, page, document) or self._from_page(link, page, document)

    def _from_state(
        self,
        link: Link,
        page: Page,
        user: JsonBlock,
        stats: JsonBlock,
        exact: JsonBlock,
        recent: tuple[Post, ...],
    ) -> Profile:
        handle = user.text("/uniqueId")
        return replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=handle.value if handle else link.handle,
            name=user.text("/nickname", "/nickName"),
            bio=user.text("/signature"),
            website=user.text("/bioLink/link"),
            verified=user.flag("/verified"),
            created=user.day("/createTime"),
            category=user.text("/commerceUserInfo/category"),
            avatar=user.text("/avatarLarger", "/avatarMedium", "/avatarThumbUrl", "/avatarThumb"),
            recent=recent,
            followers=_stat("followerCount", stats, exact),
            following=_stat("followingCount", stats, exact),
            likes=_stat("heartCount", stats, exact),
            posts=_stat("videoCount", stats, exact),
        )

    def _from_oembed(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The oEmbed answer proves that the account exists and names it; it holds no figures."""
        answer = JsonBlock(document.json, page.role, "#")
        author = self.link(str(answer.at("/author_url") or ""))
        if author is None or (link.handle and author.handle != link.handle):
            return None
        profile = self.blank(link, state=State.OBSERVED, source=page.source)
        return replace(profile, handle=author.handle, name=answer.text("/author_name"))

    def _from_description(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The JSON-LD of the page: exact figures, of followers and hearts only."""
        blank = self.blank(link, state=State.OBSERVED, source=page.source)
        entries = json_ld_of(document, page.role, _PROFILE_PAGE)
        found = described(blank, entries, link.handle, "/alternateName", "/identifier")
        if found is None:
            return None
        profile, account = found
        return replace(
            profile,
            followers=statistic(account, "FollowAction"),
            likes=statistic(account, "LikeAction"),
            following=_shown_counts(document, page.role).get("following"),
        )

    def _from_page(self, link: Link, page: Page, document: Document) -> Profile | None:
        addresses = [address for address in own_addresses(document) if address]
        if addresses and not accounts_named(self, addresses):
            return None  # the page of a video has the likes of the video
        shown = document.meta.get("og:title", "") or document.title
        where = document.meta_where("og:title") if document.meta.get("og:title") else "title"
        title = _TITLE.search(shown)
        named = accounts_named(self, own_addresses(document)) if title is None and _NO_HANDLE.fullmatch(shown) else []
        handle = title.group(2) if title else next(iter(named), "")
        if not handle or (link.handle and handle.lower() != link.handle):
            return None
        name = title.group(1) if title else _NO_HANDLE.sub(r"\1", shown)
        counts = {**_sentence_counts(document, page.role), **_shown_counts(document, page.role)}
        bio = document.find('[data-e2e="user-bio"]') if "user-bio" in document.text else None
        return replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=handle,
            name=Fact(value=name, page=page.role, where=where) if name else None,
            website=in_element(document, page.role, '[data-e2e="user-link"]'),
            bio=Fact(value=bio, page=page.role, where='[data-e2e="user-bio"]') if bio else None,
            followers=counts.get("followers"),
            following=counts.get("following"),
            likes=counts.get("likes"),
        )


def _roots(document: Document, role: str) -> Iterator[JsonBlock]:
    if document.is_json:
        yield JsonBlock(document.json, role, "#")
        return
    for name in _ISLANDS:
        island = document.island(name)
        if isinstance(island, dict):
            yield JsonBlock(island, role, f'script[id="{name}"]#')
    for name in _VARIABLES:
        if name in document.text:
            value = document.variable(name)
            if isinstance(value, dict):
                yield JsonBlock(value, role, f"var {name}#")


def _coded_refusal(root: JsonBlock, handle: str) -> Refusal | None:
    """The status code beside the place where the account would stand."""
    for block in (root, root.block("/__DEFAULT_SCOPE__/webapp.user-detail"), root.block("/UserPage")):
        code = block.at("/statusCode")
        if not isinstance(code, int) or code == 0 or _account(root, handle)[0] is not None:
            continue
        message = str(block.at("/statusMsg") or block.at("/status_msg") or "")
        reason = f"statusCode {code} {message}".strip()
        if "ban" in message.lower():
            return Refusal(state=State.GONE, reason=reason)
        if code in _MISSING_CODES:
            return Refusal(state=State.MISSING, reason=reason)
        if code in _PRIVATE_CODES:
            return Refusal(state=State.PRIVATE, reason=reason)
        return Refusal(state=State.CHALLENGED if code in _CHECK_CODES else State.SHELL, reason=reason)
    if root.at("/code") == 400 and root.page == "oembed":
        return Refusal(state=State.MISSING, reason=str(root.at("/message") or "code 400"))
    return None


def _said_instead(document: Document) -> Refusal | None:
    """What the drawn page says where it shows nobody."""
    told = f"{document.title} {document.shown[:_MAX_TOLD]}"
    for words, state in ((_NOBODY, State.MISSING), (_BLOCKED, State.PRIVATE)):
        found = words.search(told)
        if found is not None:
            return Refusal(state=state, reason=clean(found.group()))
    if LOGIN.match(document.title):
        return Refusal(state=State.LOGIN_WALL, reason=document.title)
    return None


def _waits(document: Document) -> bool:
    return all(f'id="{name}"' in document.text for name in ("cs", "wci", "rci"))


def _account(root: JsonBlock, handle: str) -> tuple[JsonBlock | None, JsonBlock, JsonBlock]:
    """The blocks of the account asked for: the user, its figures, and its exact figures (perhaps empty)."""
    nothing = JsonBlock(None, root.page, root.place)
    for block in root.holding("user", "followerCount", "fans"):
        user = block.block("/user")
        if _is_asked_for(block, handle) and block.count("/fans") is not None:
            return block, block, nothing
        if _is_asked_for(user, handle) and (block.at("/stats") or block.at("/statsV2")):
            return user, block.block("/stats"), block.block("/statsV2")
        if _is_asked_for(block, handle) and block.count("/followerCount") is not None:
            return block, block, nothing
    for user in root.items("/UserModule/users"):
        if _is_asked_for(user, handle):
            key = pointer(user.place.rsplit("/", 1)[-1])
            stats = root.block(f"/UserModule/stats{key}")
            return user, stats, root.block(f"/UserModule/statsV2{key}")
    return None, nothing, nothing


def _is_asked_for(user: JsonBlock, handle: str) -> bool:
    unique = user.at("/uniqueId")
    return isinstance(unique, str) and bool(unique) and (not handle or unique.lower() == handle.lower())


def _stat(key: str, stats: JsonBlock, exact: JsonBlock) -> CountFact | None:
    spellings = [f"/{key}", *_OLDER_NAMES.get(key, ())]
    return exact.count(*spellings) or stats.rounded(*spellings)


def _recent(document: Document, role: str, handle: str) -> tuple[Post, ...]:
    posts: dict[str, Post] = {}
    for root in _roots(document, role):
        for item in _items(root):
            post = _post(item, handle)
            if post is not None:
                posts.setdefault(post.where, post)
    return tuple(posts.values())


def _items(root: JsonBlock) -> Iterator[JsonBlock]:
    yield from root.items("/ItemModule")
    for block in root.holding("itemList", "videoList"):
        for key in ("/itemList", "/videoList"):
            yield from (item for item in block.items(key) if isinstance(item.value, dict))


def _post(item: JsonBlock, handle: str) -> Post | None:
    identifier = item.text("/id")
    if identifier is None or not identifier.value.isdigit():
        return None
    author = item.text("/author/uniqueId", "/author", "/authorUniqueId")
    if author is not None and handle and author.value.lower() != handle.lower():
        return None
    at = item.moment("/createTime") or seconds_id_time(identifier.value)
    owner = author.value if author else handle
    text = item.text("/desc")
    kind = "carousel" if item.at("/imagePost") else "video"
    return Post(
        url=f"https://www.tiktok.com/@{owner}/video/{identifier.value}" if owner else None,
        at=at,
        precision=Precision.SECOND if at else None,
        kind=kind,
        text=text.value if text else None,
        reactions=item.number("/statsV2/diggCount", "/stats/diggCount"),
        comments=item.number("/statsV2/commentCount", "/stats/commentCount"),
        shares=item.number("/statsV2/shareCount", "/stats/shareCount"),
        views=item.number("/statsV2/playCount", "/stats/playCount", "/playCount"),
        pinned=item.at("/isPinnedItem") is True,
        page=item.page,
        where=identifier.where,
    )


def _sentence_counts(document: Document, role: str) -> dict[str, CountFact]:
    """ "… | 5M Likes. 1M Followers. Words", and before 2022 "@aurora 1M Followers, 3 Following, 5M Likes - Words"."""
    key = "og:description" if document.meta.get("og:description") else "description"
    sentence = document.meta.get(key, "")
    rest = _ABOUT_ACCOUNT.sub("", sentence)
    before, dash, _ = rest.partition(" - ")
    is_of_before = bool(dash) and "|" not in sentence
    part, labels = (before, _FIGURES_BEFORE) if is_of_before else (rest, _FIGURES_OF_TODAY)
    part = _GLUED_SENTENCES.sub(". ", part[:_MAX_FIGURES])
    counts = labelled_counts(part, labels, document.language or "en")
    return {metric: count.fact(role, document.meta_where(key)) for metric, count in counts.items()}


def _shown_counts(document: Document, role: str) -> dict[str, CountFact]:
    found: dict[str, CountFact] = {}
    if "followers-count" not in document.text:
        return found
    for metric, where in _SHOWN.items():
        count = first_count(document.find(where) or "", document.language or "en")
        if count is not None:
            found[metric] = count.fact(role, where)
    return found


PLATFORM = TikTok()
