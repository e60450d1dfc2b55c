"""A company's own forum, on Discourse or NodeBB: how many members and topics it has.

What is written there is its members', not the company's: it is neither read as posts nor stored.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from html import unescape

from audit.models import Fact, Link, Page, Profile, Refusal, Request, State
from audit.parse.address import host, host_matches, parts, path_segments, registrable
from audit.parse.document import Document
from audit.parse.persons import Persons
from audit.parse.structured import JsonBlock
from audit.parse.text import clean
from audit.platforms._ability import Checked, Control, Shown
from audit.platforms._base import Platform
from audit.platforms._persons import EVERYWHERE
from audit.platforms._recognised import segments_of
from audit.platforms._shown import day_of
from audit.walls import moved_reason

# Where forums of either software are rented, and the makers' own. Any other is recognised when it is declared.
_RENTED = frozenset({"discourse.group", "nodebb.com"})
_MAKERS = frozenset({"meta.discourse.org", "try.discourse.org", "community.nodebb.org"})
_HOST = re.compile(r"(?:forums?|community|comunita|communaute|discuss|discourse|board|talk)\.[^.]+\..+")
_FOLDERS = frozenset({"forum", "forums", "community", "comunita", "communaute", "discourse", "nodebb"})
_ENDS = {
    ("about.json",): "profile", ("site", "basic-info.json"): "basics",
    ("api", "config"): "config", ("api", "users"): "users", ("api", "recent"): "topics",
}  # fmt: skip
_OTHER_SOFTWARE = "the site does not answer as a forum of Discourse or NodeBB"


class Forum(Platform):
    """A forum by the address of its first page. The handle is its host without `www.`, with port and folder where
    there are any; `followers` are its members, `posts` its topics: replies are not counted."""

    name = "forum"
    title = "Forum"
    hosts = _RENTED | _MAKERS
    anywhere = True
    roles = ("profile", "basics", "config", "users", "topics")
    persons = EVERYWHERE | Persons(
        keys=frozenset({
            "users", "user", "moderators", "admins", "moderator_ids", "admin_ids", "category_moderators", "topics",
        })
    )  # fmt: skip
    robots_note = "Each forum's own robots.txt is followed: one to four answers are asked for its figures."
    way_in = "Check the forum's address; where only members see it, ask its owner for the figures."
    by_page = Shown(fields="name followers posts bio created", posts="exact")
    checked = Checked(server="NodeBB")
    control = Control(
        known="https://meta.discourse.org/",
        unknown="https://meta.discourse.org/forum",
        page="name followers posts",
    )

    def link(self, url: str) -> Link | None:
        """The first page of a forum: of a rented one, of a host called `forum`, `community` or the like, or in a
        folder of that name; topics, members and all else are none."""
        parsed = parts(url)
        if parsed is None or "." not in parsed.hostname or parsed.hostname.startswith("["):
            return None
        name, segments = host(url).removeprefix("www."), segments_of(url)
        own_host = name in _MAKERS or _HOST.fullmatch(name) or (host_matches(url, _RENTED) and name not in _RENTED)
        in_folder = len(segments) == 1 and segments[0].lower() in _FOLDERS
        if not in_folder and (segments or not own_host):
            return None
        place = host(url) + (f":{parsed.port}" if parsed.port else "")
        folder = segments[0] if in_folder else ""
        handle = place.removeprefix("www.") + (f"/{folder}" if folder else "")
        return self._link(handle, f"https://{place}/{folder}")

    def role(self, url: str) -> str | None:
        """One of the answers of either software's interface."""
        segments = path_segments(url)
        return _ENDS.get(tuple(segments[-1:])) or _ENDS.get(tuple(segments[-2:]))

    def wants(self, link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
        """What Discourse says of the forum, in full or where that is hidden in short; where it is not Discourse, what
        NodeBB says."""
        if "profile" not in pages:
            return self._asking(link, "profile")
        if _is_discourse(pages["profile"]):
            hidden = pages["profile"].status == 404 and "basics" not in pages
            return self._asking(link, "basics") if hidden else {}
        if pages["profile"].state is not State.OBSERVED or (pages["profile"].status or 200) >= 500:
            return {}
        if "config" not in pages:
            return self._asking(link, "config")
        lists = {"users", "topics"} - pages.keys()
        return self._asking(link, *lists) if self._shows(link, pages, "config") else {}

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """Forums for members only, of other software, and other sites than the one asked for."""
        if registrable(page.final_url) != registrable(page.url):
            return Refusal(state=State.SHELL, reason=moved_reason(host(page.url), host(page.final_url)))
        answer = JsonBlock(document.json, page.role, "#")
        error = _error_of(answer)
        if error in ("not_logged_in", "invalid_access") or page.status in (401, 403):
            if document.is_json:
                said = answer.text("/errors/0", "/message", "/error")
                return Refusal(state=State.LOGIN_WALL, reason=said.value[:200] if said else "for members only")
            return None
        if error == "rate_limit":
            return Refusal(state=State.RATE_LIMITED, reason="the forum asks for a pause")
        if error == "not_found" and page.role == "basics":
            return Refusal(state=State.MISSING, reason="Discourse answers there, and has no forum at this address")
        if page.status in (404, 410):
            return Refusal(state=State.FAILED, reason=_OTHER_SOFTWARE)
        if not isinstance(answer.value, dict):
            return Refusal(state=State.SHELL, reason=_OTHER_SOFTWARE)
        return None

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """What one of the answers shows."""
        answer = JsonBlock(document.json, page.role, "#")
        blank = self.blank(link, state=State.OBSERVED, source=page.source)
        shown = _READERS[page.role](blank, page, answer)
        return None if shown == blank else shown

    def _counts(self, link: Link, role: str, pages: Mapping[str, Page]) -> bool:
        """Whether a page is read: NodeBB's lists beside what says that it is NodeBB."""
        return role in pages and (role not in ("users", "topics") or self._shows(link, pages, "config"))

    def _shows(self, link: Link, pages: Mapping[str, Page], role: str) -> bool:
        return role in pages and self._read_page(link, pages[role]).state is State.OBSERVED

    def _asking(self, link: Link, *roles: str) -> dict[str, Request]:
        places = {role: "/".join(end) for end, role in _ENDS.items() if role in roles}
        base = link.url.rstrip("/")
        return {role: Request(url=f"{base}/{place}", accept="application/json") for role, place in places.items()}


def _error_of(answer: JsonBlock) -> str:
    return str(answer.at("/error_type") or "")


def _is_discourse(page: Page) -> bool:
    """Whether an answer is Discourse's, if only an error."""
    answer = JsonBlock(Document(page.body, page.media_type).json, page.role, "#")
    return bool(_error_of(answer)) or isinstance(answer.at("/about"), dict)


def _about(blank: Profile, page: Page, answer: JsonBlock) -> Profile:
    """Discourse's page about itself; names of its figures since 2023, before it."""
    about = answer.block("/about")
    return replace(
        blank,
        name=about.text("/title"),
        followers=about.count("/stats/users_count", "/stats/user_count"),
        posts=about.count("/stats/topics_count", "/stats/topic_count"),
        bio=about.text("/description"),
        created=day_of(about, page.fetched_at, "/site_creation_date"),
    )


def _basics(blank: Profile, page: Page, answer: JsonBlock) -> Profile:
    """What Discourse says of a forum to everybody, also where its page about itself is hidden."""
    return replace(blank, name=answer.text("/title"), bio=answer.text("/description"))


def _config(blank: Profile, page: Page, answer: JsonBlock) -> Profile:
    """NodeBB's settings; the title is written as in HTML."""
    title = answer.text("/siteTitle")
    if title is None or not isinstance(answer.at("/relative_path"), str):
        return blank
    return replace(blank, name=Fact(value=clean(unescape(title.value)), page=title.page, where=title.where))


def _users(blank: Profile, page: Page, answer: JsonBlock) -> Profile:
    """NodeBB's list of members, for their number."""
    return replace(blank, followers=answer.count("/userCount"))


def _topics(blank: Profile, page: Page, answer: JsonBlock) -> Profile:
    """NodeBB's list of the newest topics, for the number of all that everybody may see."""
    return replace(blank, posts=answer.count("/topicCount"))


_READERS = {"profile": _about, "basics": _basics, "config": _config, "users": _users, "topics": _topics}
PLATFORM = Forum()
