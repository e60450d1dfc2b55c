"""Reddit communities and accounts: the page of each of the site's three designs, and its data, where a person saved
them. What members write in a community is theirs: only an account's own posts are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from audit.models import CountFact, Fact, Link, Page, Post, Precision, Profile, Refusal, Request, State
from audit.parse.address import path_segments
from audit.parse.counts import exact_count
from audit.parse.dates import from_epoch, parse_date
from audit.parse.document import Document
from audit.parse.persons import Persons
from audit.parse.structured import JsonBlock
from audit.parse.text import clean
from audit.parse.tree import Element
from audit.platforms._ability import Checked, Control, Shown
from audit.platforms._base import Platform
from audit.platforms._keyed.reddit import RedditApi
from audit.platforms._persons import EVERYWHERE
from audit.platforms._recognised import STAND_INS, is_front_door, segments_of
from audit.platforms._shown import (
    MAX_POSTS,
    SAVE_IT,
    accounts_named,
    count_in,
    in_element,
    in_meta,
    is_asked,
    of_another,
    own_addresses,
    profile_of,
    variable_of,
)

_COMMUNITY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_]{1,20}")
_ACCOUNT = re.compile(r"[A-Za-z0-9_-]{3,20}")
_NO_COMMUNITIES = frozenset({"all", "popular", "friends", "mod", "random", "subreddits"})
_TABS = frozenset({
    "hot", "new", "top", "rising", "about", "wiki", "overview", "comments", "submitted", "posts", "controversial",
    "rules",
})  # fmt: skip
_HEADER = "shreddit-subreddit-header"
_STATE = "___r"
_SAYS = (
    (
        re.compile(r"there aren.t any communities on Reddit with that name|nobody on Reddit goes by that name", re.I),
        State.MISSING,
    ),
    (re.compile(r"community not found|reddit\.com: page not found", re.I), State.MISSING),
    (re.compile(r"has been banned from Reddit|this (?:community|subreddit) (?:has been|was) banned", re.I), State.GONE),
    (re.compile(r"this account has been suspended", re.I), State.GONE),
    (re.compile(r"is a private community|this (?:community|subreddit) is private", re.I), State.PRIVATE),
    (re.compile(r"this (?:community|subreddit) is quarantined", re.I), State.PRIVATE),
    (re.compile(r"you must be (?:invited|at least eighteen|18\+)[^<>]{0,60}", re.I), State.PRIVATE),
)
_KINDS = {"text": "text", "image": "image", "gallery": "carousel", "video": "video", "link": "link"}


_MEMBERS = Persons(
    keys=frozenset({"children", "posts", "author", "authorId"}),
    words=frozenset({"thing"}),
    elements=frozenset({"shreddit-post"}),
)


class Reddit(Platform):
    """reddit.com. A handle is written as people write it: `r/…` for a community, `u/…` for an account.

    Votes are not read as reactions: what is shown is votes for less votes against.
    """

    name = "reddit"
    title = "Reddit"
    hosts = frozenset({"reddit.com", "redd.it", "redditstatic.com", "redditmedia.com"})
    roles = (*RedditApi.roles, "profile", "listing")
    persons = EVERYWHERE | Persons(keys=frozenset({"crosspost_parent_list"}), elements=frozenset({"shreddit-comment"}))
    api = RedditApi()
    keyless = False
    way_in = SAVE_IT
    robots_note = "robots.txt closes the whole site to unnamed readers, and the API asks for an agreement."
    by_page = Shown(fields="name followers bio created avatar recent")
    by_key = Shown(fields="name followers bio created avatar recent")
    checked = Checked(pages="2019-11-16", documentation="2026-11")
    control = Control(
        known="https://www.reddit.com/r/announcements/",
        unknown="https://www.reddit.com/r/no_such_7q4x9k2mw5z8/",
        key="name followers recent",
    )

    def link(self, url: str) -> Link | None:
        """`/r/{community}` and `/user/{name}` with their tabs and data; posts, the submit button, lists of all are
        none."""
        segments = segments_of(url)
        if not is_front_door(url, r"reddit\.com", names="www|old|new|np|amp|m|i|sh") or not 2 <= len(segments) <= 3:
            return None
        kind, name = segments[0].lower(), segments[1].removesuffix(".json")
        tab = segments[2].lower().removesuffix(".json") if len(segments) == 3 else ""
        if tab and (tab not in _TABS or (kind == "r" and tab == "comments")):
            return None
        if name.lower() in STAND_INS:
            return None
        if kind == "r" and _COMMUNITY.fullmatch(name) and name.lower() not in _NO_COMMUNITIES:
            return self._link(f"r/{name}", f"https://www.reddit.com/r/{name}/")
        if kind in ("u", "user") and _ACCOUNT.fullmatch(name) and name.lower() != "me":
            return self._link(f"u/{name}", f"https://www.reddit.com/user/{name}/")
        return None

    def role(self, url: str) -> str | None:
        """What the API or the site answers of an account, its list of posts as data, or a page."""
        role = super().role(url)
        segments = path_segments(url)
        if role != "profile" or not segments[-1].endswith(".json"):
            return role
        return "profile" if segments[-1] == "about.json" else "listing"

    def persons_for(self, link: Link, url: str) -> Persons:
        """In a community its members write, on an account's page the account."""
        return self.persons | _MEMBERS if link.handle.startswith("r/") else self.persons

    def wants(self, link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
        """Nothing: a page is read where a person has saved it."""
        return {}

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """The site's words for what is not there, banned or closed, and the page of another account."""
        if document.is_json:
            return self._refused_data(link, page, document)
        if 'name="js_challenge"' in document.text[:20_000]:
            return Refusal(state=State.CHALLENGED, reason="a check of the browser")
        named = self._named(page, document)
        leads_to = path_segments(page.final_url)[:2] if is_front_door(page.final_url, r"reddit\.com") else []
        if "search" in leads_to and not named:
            return Refusal(state=State.MISSING, reason="the site knows no such name and leads to its search")
        return of_another(link, named) or (None if _shows_an_account(document) else _said(document))

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """An account's data or its page in one of the three designs."""
        if document.is_json:
            return self._from_data(link, page, document)
        shown = profile_of(self, link, page, self._named(page, document))
        if shown is None:
            return None
        if document.tree.select_one("feed > title") is not None:
            return replace(shown, name=in_element(document, page.role, "feed > title"))
        state = variable_of(document, page.role, _STATE) if _is_second(document) else None
        if state is not None:
            return _from_state(shown, state)
        if document.tree.select_one(".titlebox") is not None:
            return _from_first_design(shown, page, document)
        return _from_third_design(shown, page, document)

    def _refused_data(self, link: Link, page: Page, document: Document) -> Refusal | None:
        refusal = self.api.refusal(link, page, document)
        if refusal is not None and refusal.state is State.NO_CREDENTIAL:  # the site asks nobody for a key
            state = State.PRIVATE if page.status == 403 else State.LOGIN_WALL
            return Refusal(state=state, reason=refusal.reason)
        account = self.api.account(JsonBlock(document.json, page.role, "#"))
        return refusal or (of_another(link, self.api.names(account)) if account is not None else None)

    def _from_data(self, link: Link, page: Page, document: Document) -> Profile | None:
        answer = JsonBlock(document.json, page.role, "#")
        account = self.api.account(answer)
        if account is not None:
            return self.api.profile(link, page, account) if is_asked(link, *self.api.names(account)) else None
        children = list(answer.items("/data/children"))
        authors = {str(child.at("/data/author")) for child in children}
        if page.role != "listing" or not link.handle.startswith("u/") or len(authors) != 1:
            return None
        if not is_asked(link, f"u/{authors.pop()}") or any(child.at("/kind") != "t3" for child in children):
            return None
        posts = tuple(self.api.posts(link, page, answer))[:MAX_POSTS]
        return replace(self.blank(link, state=State.OBSERVED, source=page.source), recent=posts)

    def _named(self, page: Page, document: Document) -> list[str]:
        """The community or account that a page is about."""
        if page.role != "profile":
            return []
        if document.tree.select_one("feed > title") is not None:
            return accounts_named(self, [document.find("feed > link[rel=alternate]@href") or ""])
        header = document.tree.select_one(_HEADER)
        name = clean(str(header.get("prefixed-name") or "")) if header is not None else ""
        if name:
            return [name]
        named = accounts_named(self, own_addresses(document))
        box = document.tree.select_one(".titlebox h1") if not named else None
        shown = clean(box.text()) if box is not None else ""
        is_community = box is not None and "redditname" in box.words("class")
        return named or ([f"{'r' if is_community else 'u'}/{shown}"] if shown else [])


def _said(document: Document) -> Refusal | None:
    for words, state in _SAYS:
        found = words.search(document.text)
        if found is not None:
            return Refusal(state=state, reason=clean(found.group())[:200])
    return None


def _shows_an_account(document: Document) -> bool:
    """Whether any of the three designs has what it shows accounts in; else its words say why it has not."""
    return _is_second(document) or document.tree.select_one(f"{_HEADER}, .titlebox, shreddit-post") is not None


def _is_second(document: Document) -> bool:
    return f"{_STATE} =" in document.text or f"{_STATE}=" in document.text


def _from_third_design(shown: Profile, page: Page, document: Document) -> Profile | None:
    """The page made of the site's own elements: a community's header has the figures in its attributes."""
    header = document.tree.select_one(_HEADER)
    if header is not None:
        return replace(
            shown,
            name=_attribute(page, header, "display-name"),
            followers=_number(page, header, "subscribers"),
            bio=_attribute(page, header, "description"),
            avatar=_attribute(page, header, "icon-url"),
        )
    if not str(shown.handle).startswith("u/"):
        return None
    own = [post for post in document.tree.select("shreddit-post") if _is_by(shown, post, "author")]
    name = in_element(document, page.role, "main h1", "h1")
    posts = tuple(_post(page, post) for post in own[:MAX_POSTS])
    return replace(shown, name=name, recent=posts) if name or posts else None


def _attribute(page: Page, tag: Element, name: str) -> Fact[str] | None:
    value = clean(str(tag.get(name) or ""))
    return Fact(value=value, page=page.role, where=f"{tag.name}@{name}") if value else None


def _number(page: Page, tag: Element, name: str) -> CountFact | None:
    count = exact_count(tag.get(name))
    return None if count is None else count.fact(page.role, f"{tag.name}@{name}")


def _is_by(shown: Profile, post: Element, attribute: str) -> bool:
    return f"u/{post.get(attribute)}".casefold() == str(shown.handle).casefold()


def _post(page: Page, post: Element) -> Post:
    """A post of the third design, by its attributes."""
    read = parse_date(str(post.get("created-timestamp") or "")[:40], now=page.fetched_at)
    comments = exact_count(post.get("comment-count"))
    path = str(post.get("permalink") or "")
    return Post(
        url=f"https://www.reddit.com{path}" if path.startswith("/") else None,
        at=read[0] if read else None,
        precision=read[1] if read else None,
        kind=_KINDS.get(str(post.get("post-type"))),
        text=clean(str(post.get("post-title") or "")) or None,
        comments=comments.value if comments else None,
        page=page.role,
        where=post.place(),
    )


def _from_state(shown: Profile, state: JsonBlock) -> Profile | None:
    """The state of the second design: communities and profiles by number, what they say of themselves beside them."""
    kind, _, name = str(shown.handle).partition("/")
    group = "/subreddits" if kind == "r" else "/profiles"
    for model in state.items(f"{group}/models"):
        if str(model.at("/name")).casefold() in (name.casefold(), f"u_{name}".casefold()):
            about = state.block(f"{group}/about/{model.place.rsplit('/', 1)[-1]}")
            return replace(
                shown,
                name=model.text("/title"),
                followers=model.count("/subscribers") or about.count("/subscribers"),
                bio=about.text("/publicDescription"),
                created=about.day("/created"),
                avatar=model.text("/icon/url", "/communityIcon"),
            )
    return None


def _from_first_design(shown: Profile, page: Page, document: Document) -> Profile:
    """The oldest design: a box beside the posts."""
    stamp = document.tree.select_one(".titlebox .age time[datetime]")
    read = parse_date(str(stamp.get("datetime")), now=page.fetched_at) if stamp is not None else None
    created = None
    if stamp is not None and read is not None:
        created = Fact(value=read[0].date(), page=page.role, where=f"{stamp.place()}@datetime")
    if str(shown.handle).startswith("u/"):
        name = in_element(document, page.role, ".titlebox h1")
        return replace(shown, name=name, created=created, recent=tuple(_old_posts(shown, page, document)))
    return replace(
        shown,
        name=in_element(document, page.role, "title"),
        followers=count_in(document, page.role, ".titlebox .subscribers .number", r"(.+)"),
        bio=in_meta(document, page.role, "og:description", "description"),
        created=created,
    )


def _old_posts(shown: Profile, page: Page, document: Document) -> Iterator[Post]:
    for thing in document.tree.select("#siteTable .thing.link", limit=MAX_POSTS):
        if not _is_by(shown, thing, "data-author"):
            continue
        at, comments = from_epoch(str(thing.get("data-timestamp"))), exact_count(thing.get("data-comments-count"))
        title, path = thing.select_one("a.title"), str(thing.get("data-permalink") or "")
        yield Post(
            url=f"https://www.reddit.com{path}" if path.startswith("/") else None,
            at=at,
            precision=Precision.SECOND if at else None,
            kind="text" if str(thing.get("data-domain")).startswith("self.") else "link",
            text=clean(title.text()) or None if title is not None else None,
            comments=comments.value if comments else None,
            page=page.role,
            where=thing.place(),
        )


PLATFORM = Reddit()
