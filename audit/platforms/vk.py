"""VK communities: recognised, not read."""

from __future__ import annotations

import re

from audit.models import Link
from audit.parse.persons import Persons
from audit.platforms._ability import Checked, Control, Shown
from audit.platforms._keyed.vk import VkApi
from audit.platforms._persons import EVERYWHERE
from audit.platforms._recognised import STAND_INS, Recognised, is_front_door, segments_of

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


class Vk(Recognised):
    """vk.com, vk.ru."""

    name = "vk"
    title = "VK"
    hosts = frozenset({"vk.com", "vk.ru", "vkontakte.ru", "vk.cc", "userapi.com"})
    roles = (*VkApi.roles, "profile")
    persons = EVERYWHERE | Persons(keys=frozenset({"profiles"}))
    api = VkApi()
    robots_note = "The site turns automatic readers away; the official API needs a key."
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


PLATFORM = Vk()
