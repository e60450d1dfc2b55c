"""VK communities, by the API or as a person saved their page: for desktops, for phones, of today."""

from __future__ import annotations

import re
from dataclasses import replace

from audit.models import Link, Page, Profile, Refusal, State
from audit.parse.document import Document
from audit.parse.persons import Persons
from audit.parse.text import clean
from audit.platforms._ability import Checked, Control, Shown
from audit.platforms._base import Platform
from audit.platforms._keyed.vk import VkApi
from audit.platforms._labels import FOLLOWERS, figure_elements, figures_around
from audit.platforms._persons import EVERYWHERE
from audit.platforms._recognised import STAND_INS, is_front_door, segments_of
from audit.platforms._shown import SAVE_IT, accounts_named, in_element, in_meta, is_asked, of_another, own_addresses

_HANDLE = re.compile(r"[A-Za-z][A-Za-z0-9_.]{1,31}")
_CONTENT = re.compile(
    r"(?:wall|photo|photos|video|videos|album|albums|topic|board|doc|audio|audios|note|story|clip|market|"
    r"product|poll|page|pages|app|feed|away|share|write|gim|artist|podcast)-?\d.*|.+\.php",
    re.IGNORECASE,
)
_WORDS = frozenset({
    "share", "away", "feed", "im", "login", "join", "search", "dev", "support", "about", "terms", "privacy", "jobs",
    "ads", "stories", "clips", "video", "videos", "music", "audio", "groups", "friends", "market", "apps", "games",
    "settings", "blog", "biz", "business", "legal", "press", "licence", "mobile", "restore", "services", "docs",
    "wall", "pages", "js", "images", "doc", "data", "rtrg", "al_feed", "menu", "discover", "bookmarks", "edit",
    "widget_community", "cookies", "community",
})  # fmt: skip


# The page that stands in a community's place says why, in Russian or in the visitor's language.
_SAYS = (
    (re.compile(r"страница удалена либо ещ[её] не создана|page has either been deleted or has not been created", re.I),
     State.MISSING),
    (re.compile(r"(?:сообщество|страница) заблокирован[оа]|community (?:has been|is) blocked", re.I), State.GONE),
    (re.compile(r"это (?:закрытое|частное) сообщество|this is a (?:closed|private) community", re.I), State.PRIVATE),
    (re.compile(r"(?:нужно|необходимо) (?:войти|зайти) на сайт|you (?:have|need) to log in to view", re.I),
     State.LOGIN_WALL),
)  # fmt: skip
_NAMES = "h1.page_name, h2.basicGroupInfo__title, .basicGroupInfo__title, h1"
_TITLE_END = re.compile(r"\s*[|–-]\s*(?:VK|ВКонтакте|VKontakte)$", re.IGNORECASE)
_BLOCKS = ".header_top, .slim_header, .module_header, .pm_counter, .OwnerInfo__row"
_MAX_TOLD = 3_000  # characters that such a page shows


class Vk(Platform):
    """vk.com, vk.ru."""

    name = "vk"
    title = "VK"
    hosts = frozenset({"vk.com", "vk.ru", "vkontakte.ru", "vk.cc", "userapi.com"})
    roles = (*VkApi.roles, "profile")
    persons = EVERYWHERE | Persons(
        keys=frozenset({"profiles"}), words=frozenset({"replies", "reply", "wall_replies", "replies_list"})
    )
    api = VkApi()
    any_role_suffices = True
    keyless = False
    way_in = SAVE_IT
    robots_note = "The site turns automatic readers away; the official API needs a key."
    by_page = Shown(fields="name followers bio avatar")
    by_key = Shown(fields="name followers posts bio website verified location category avatar recent", posts="exact")
    checked = Checked(documentation="2026-11")
    control = Control(
        known="https://vk.com/vk", unknown="https://vk.com/finestra_7q4x9k2mw5z8", key="name followers recent"
    )

    def link(self, url: str) -> Link | None:
        """`/{name}`, `/public{id}`, `/club{id}`; posts, photos, share forms and widgets are none."""
        segments = segments_of(url)
        if not is_front_door(url, r"vk\.(?:com|ru)|vkontakte\.ru", names="www|m|new") or len(segments) != 1:
            return None
        handle = segments[0].lstrip("@")
        if not _HANDLE.fullmatch(handle) or _CONTENT.fullmatch(handle) or handle.lower() in _WORDS | STAND_INS:
            return None
        if handle.lower().startswith("widget_"):
            return None
        return self._link(handle, f"https://vk.com/{handle}")

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """The site's words in place of a community, and the page of another one."""
        if document.is_json:
            return None
        told = f"{document.title} {document.shown[:_MAX_TOLD]}"
        for words, state in () if document.tree.select_one(_BLOCKS) is not None else _SAYS:
            found = words.search(told)
            if found is not None:
                return Refusal(state=state, reason=clean(found.group()))
        return of_another(link, accounts_named(self, own_addresses(document)))

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The name, and the number of people as the page of whichever time shows it."""
        named = next(iter(accounts_named(self, own_addresses(document))), "")
        if document.is_json or not named or not is_asked(link, named):
            return None
        headline = document.tree.select_one(_NAMES)
        name = in_element(document, page.role, *_NAMES.split(", ")) or in_meta(document, page.role, "og:title")
        if name is None:
            return None
        labels = {"followers": FOLLOWERS}
        figures = figures_around(document, page.role, headline, labels) if headline is not None else {}
        for block in document.tree.select(_BLOCKS) if not figures else ():
            parent = block.parent or block
            figures = figures or figure_elements(document, page.role, parent, labels)
        return replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=named,
            name=replace(name, value=_TITLE_END.sub("", name.value)),
            followers=figures.get("followers"),
            bio=in_element(document, page.role, ".group_info_row .line_value")
            or in_meta(document, page.role, "description"),
            avatar=in_meta(document, page.role, "og:image"),
        )


PLATFORM = Vk()
