"""An account of the fediverse as its server describes it to other servers: WebFinger, actor, collections, nodeinfo.

Sources: RFC 7033 (WebFinger), ActivityPub and Activity Vocabulary (W3C, 2018), nodeinfo 2.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from urllib.parse import quote

from audit.models import CountFact, Fact, Link, Page, Post, Precision, Profile, Refusal, Request, State
from audit.parse.address import absolute, host, parts, path_segments, query
from audit.parse.document import Document
from audit.parse.structured import JsonBlock, strings
from audit.parse.text import clean
from audit.platforms._shown import MAX_POSTS, day_of, written_at

COUNTED = ("followers", "following", "outbox")  # the collections of an actor whose size says something
ROLES = ("actor", *COUNTED, "activities", "webfinger", "nodeinfo_links", "nodeinfo")
# Pages that lead on and show nothing themselves.
SIGNPOSTS = frozenset({"webfinger", "nodeinfo_links", "nodeinfo"})
PEOPLE = frozenset({"items", "orderedItems"})  # of followers and followed: who they are
_ACTIVITY = "application/activity+json"
_ACTIVITIES = (_ACTIVITY, "application/ld+json")
_ACTOR_TYPES = frozenset({"Application", "Group", "Organization", "Person", "Service"})
_NODEINFO = re.compile(r"https?://nodeinfo\.diaspora\.software/ns/schema/[12]\.\d")
_ADDRESS = re.compile(r"""href=["'](https?://[^"'\s<>]{4,300})["']""")
_LINE_END = re.compile(r"<br\b[^>]{0,50}>|</p>", re.IGNORECASE)
_KINDS = {"Video": "video", "Article": "article", "Page": "article", "Image": "image"}
_NO_ACCOUNT = (404, 410)


def role_of(url: str) -> str | None:
    """Which of `ROLES` an answer from an address plays, where the usual software puts it."""
    segments = path_segments(url)
    if segments[:1] == [".well-known"]:
        return {"webfinger": "webfinger", "nodeinfo": "nodeinfo_links"}.get("/".join(segments[1:]))
    if segments[:1] == ["nodeinfo"]:
        return "nodeinfo"
    if segments[:1] != ["users"] or len(segments) not in (2, 3):
        return None
    role = segments[2] if len(segments) == 3 else "actor"
    return "activities" if role == "outbox" and query(url) else role if role in ("actor", *COUNTED) else None


def wants(link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
    """What to ask of a server about the account `user@server`: where its actor is; the actor; the sizes of its
    collections; its newest activities. Where the server names no actor: whether it is of the fediverse at all."""
    if "webfinger" not in pages:
        server, user = link.url.split("/@", 1)
        account = quote(f"acct:{user}@{server.partition('://')[2]}", safe=":@")
        return {"webfinger": _request(f"{server}/.well-known/webfinger?resource={account}", "application/jrd+json")}
    address = actor_address(pages["webfinger"])
    if address is None:
        return _nodeinfo_wanted(pages) if is_unknown(pages["webfinger"]) else {}
    if "actor" not in pages:
        return {"actor": _request(address)}
    sizes = {role: place for role in COUNTED if (place := collection_address(pages["actor"], role)) is not None}
    if not sizes.keys() <= pages.keys():
        return {role: _request(place) for role, place in sizes.items()}
    first = first_page(pages["outbox"]) if "outbox" in pages and "activities" not in pages else None
    return {"activities": _request(first)} if first is not None else {}


def _request(url: str, accept: str = _ACTIVITY) -> Request:
    return Request(url=url, accept=accept)


def _nodeinfo_wanted(pages: Mapping[str, Page]) -> dict[str, Request]:
    """What a server says of itself: the list of its descriptions, then the newest one."""
    if "nodeinfo_links" not in pages:
        address = absolute("/.well-known/nodeinfo", pages["webfinger"].url)
        return {"nodeinfo_links": _request(address, "application/json")} if address is not None else {}
    found = [
        str(item.at("/href"))
        for item in _answer(pages["nodeinfo_links"]).items("/links")
        if _NODEINFO.fullmatch(str(item.at("/rel"))) and _is_beside(str(item.at("/href")), pages["nodeinfo_links"])
    ]
    return {"nodeinfo": _request(found[-1], "application/json")} if found and "nodeinfo" not in pages else {}


def is_unknown(webfinger: Page) -> bool:
    """Whether a server answers that it knows no such name; that a site without accounts answers too."""
    return webfinger.state is State.OBSERVED and webfinger.status in _NO_ACCOUNT


def is_missing(pages: Mapping[str, Page]) -> bool:
    """Whether a server that says of itself that it speaks ActivityPub knows no such account."""
    if "webfinger" not in pages or "nodeinfo" not in pages or not is_unknown(pages["webfinger"]):
        return False
    return "activitypub" in strings(_answer(pages["nodeinfo"]).at("/protocols"))


def actor_address(webfinger: Page) -> str | None:
    """Where a server says that an account's actor is: on any host, since it vouches for it."""
    for item in _answer(webfinger).items("/links"):
        kind = str(item.at("/type") or "").partition(";")[0].strip().lower()
        address = parts(str(item.at("/href") or ""))
        if item.at("/rel") == "self" and kind in _ACTIVITIES and address is not None and address.protocol == "https:":
            return address.href
    return None


def collection_address(actor: Page, role: str) -> str | None:
    """Where a collection of an actor is. One on another host may be anybody's; one of people is asked for only where
    its address says so, since by that the people in it are known and taken out."""
    address = _answer(actor).at(f"/{role}")
    if not isinstance(address, str) or not _is_beside(address, actor):
        return None
    return address if role == "outbox" or is_of_people(address) else None


def is_of_people(url: str) -> bool:
    """Whether an address is one of followers or of followed accounts."""
    return any("follow" in segment.lower() for segment in path_segments(url))


def first_page(outbox: Page) -> str | None:
    """Where the newest activities are, if they do not stand in the outbox itself."""
    address = _answer(outbox).at("/first")
    return address if isinstance(address, str) and _is_beside(address, outbox) else None


def is_named(pages: Mapping[str, Page], role: str) -> bool:
    """Whether the actor that is here names the page of a role as its own."""
    if "actor" not in pages:
        return False
    if role == "activities":
        return is_named(pages, "outbox") and "outbox" in pages and first_page(pages["outbox"]) == pages[role].url
    return collection_address(pages["actor"], role) == pages[role].url


def _is_beside(address: str, page: Page) -> bool:
    return bool(host(address)) and address.startswith("https://") and host(address) == host(page.final_url)


def _answer(page: Page) -> JsonBlock:
    document = Document(page.body, page.media_type)
    there = page.state is State.OBSERVED and (page.status or 200) < 400
    return JsonBlock(document.json if there else None, page.role, "#")


def refusal(page: Page, document: Document) -> Refusal | None:
    """Actors that have moved, are suspended or removed, and what is no ActivityPub."""
    answer = JsonBlock(document.json, page.role, "#")
    moved = answer.at("/movedTo")
    if isinstance(moved, str):
        return Refusal(state=State.GONE, reason=clean(f"the account has moved to {moved}")[:200])
    if answer.at("/suspended") is True or answer.at("/type") == "Tombstone":
        return Refusal(state=State.GONE, reason="the server has suspended or removed the account")
    if not isinstance(answer.value, dict):
        if page.status is not None and page.status >= 400 and page.status not in _NO_ACCOUNT:
            return None
        return Refusal(state=State.FAILED, reason="the server does not answer as ActivityPub's do")
    return None


def values(blank: Profile, link: Link, page: Page, document: Document) -> Profile | None:
    """What an actor, one of its collections or a page of its activities shows. `blank` is the observed profile."""
    answer = JsonBlock(document.json, page.role, "#")
    if page.role == "actor":
        return _of_actor(blank, link, page, answer)
    if page.role == "activities":
        return replace(blank, recent=tuple(_posts(answer, page)))
    size = shown_count(answer, "/totalItems")
    if page.role == "outbox":
        shown = replace(blank, posts=size, recent=tuple(_posts(answer, page)))
        return shown if size is not None or shown.recent else None
    counted = replace(blank, followers=size) if page.role == "followers" else replace(blank, following=size)
    return None if size is None else counted


def _of_actor(blank: Profile, link: Link, page: Page, actor: JsonBlock) -> Profile | None:
    kinds, user = strings(actor.at("/type")), link.handle.split("@")[0]
    name = str(actor.at("/preferredUsername") or "")
    if not _ACTOR_TYPES.intersection(kinds) or name.lower() != user.lower():
        return None
    if host(str(actor.at("/id") or "")) != host(page.final_url):
        return None
    return replace(
        blank,
        name=actor.text("/name"),
        bio=plain(actor, "/summary"),
        website=_website(actor),
        created=day_of(actor, page.fetched_at, "/published"),
        avatar=actor.text("/icon/url", "/icon/0/url", "/icon/url/href"),
    )


def shown_count(block: JsonBlock, path: str) -> CountFact | None:
    """A count; some servers write -1 for one that its owner hides."""
    value = block.at(path)
    return None if isinstance(value, int) and value < 0 else block.count(path)


def _website(actor: JsonBlock) -> Fact[str] | None:
    return next((found for field in listed(actor, "/attachment") if (found := linked(field, "/value"))), None)


def listed(block: JsonBlock, path: str) -> Iterator[JsonBlock]:
    """The members of a list in which a single member may stand without the list around it."""
    value = block.at(path)
    if isinstance(value, list):
        yield from block.items(path)
    elif value is not None:
        yield block.block(path)


def linked(block: JsonBlock, path: str) -> Fact[str] | None:
    """The first address that a value written in HTML links to."""
    found = _ADDRESS.search(str(block.at(path) or ""))
    return Fact(value=clean(found[1]), page=block.page, where=f"{block.place}{path}") if found is not None else None


def plain(block: JsonBlock, path: str) -> Fact[str] | None:
    """The text of a value that is written in HTML."""
    value = block.at(path)
    if not isinstance(value, str):
        return None
    spaced = _LINE_END.sub(" ", value).encode("utf-8", "replace")
    text = clean(Document(spaced, "text/html; charset=utf-8").tree.text())
    return Fact(value=text, page=block.page, where=block.place + path) if text else None


def _posts(collection: JsonBlock, page: Page) -> Iterator[Post]:
    """The posts among activities: what the account wrote, and what it repeats."""
    for path in ("/orderedItems", "/items"):
        for item in list(listed(collection, path))[:MAX_POSTS]:
            if host(_id_of(item, "/actor")) == host(page.final_url):
                yield from _post(item, page.fetched_at)


def _post(activity: JsonBlock, now: datetime) -> Iterator[Post]:
    kind, written = activity.at("/type"), activity.block("/object")
    if kind not in ("Create", "Announce") or _is_reply(written):
        return
    read = written_at(activity, now, "/published", "/object/published")
    at, precision = read if read is not None else (None, None)
    if kind == "Announce":
        address = _id_of(activity, "/object") or None
        yield Post(url=address, at=at, precision=precision, repost=True, page=activity.page, where=activity.place)
    elif isinstance(written.value, dict):
        yield _own_post(written, at, precision)


def _own_post(written: JsonBlock, at: datetime | None, precision: Precision | None) -> Post:
    address, text = written.text("/url", "/url/0/href", "/id"), plain(written, "/content") or written.text("/name")
    return Post(
        url=address.value if address else None,
        at=at,
        precision=precision,
        kind=_kind(written),
        text=text.value if text else None,
        reactions=written.number("/likes/totalItems"),
        comments=written.number("/replies/totalItems"),
        shares=written.number("/shares/totalItems"),
        page=written.page,
        where=written.place,
    )


def _is_reply(written: JsonBlock) -> bool:
    return bool(written.at("/inReplyTo"))


def _id_of(block: JsonBlock, path: str) -> str:
    """The address of a thing that stands as its address or as a whole."""
    value = block.at(path)
    return str((value.get("id") if isinstance(value, dict) else value) or "")


def _kind(written: JsonBlock) -> str:
    kinds = [str(medium.at("/mediaType") or medium.at("/type")).lower() for medium in listed(written, "/attachment")]
    if any(kind.startswith("video") for kind in kinds):
        return "video"
    images = sum(kind.startswith(("image", "document")) for kind in kinds)
    return _KINDS.get(str(written.at("/type")), "text") if not images else "image" if images == 1 else "carousel"
