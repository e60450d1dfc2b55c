"""RSS, Atom and JSON Feed to posts. HTML inside is reduced to its text; nothing of it is trusted."""

from __future__ import annotations

import io
import re
from calendar import timegm
from datetime import UTC, datetime
from typing import Any

import feedparser

from audit.models import Post, Precision
from audit.parse.address import absolute
from audit.parse.bounded import MAX_ATTRIBUTES_OF_ONE, MAX_ELEMENTS, TooMuch
from audit.parse.document import Document
from audit.parse.text import clean
from audit.parse.tree import tree_of

MAX_POSTS = 200  # a feed is a window of 10 to 50; what is longer is an archive or an attack
MAX_TEXT = 500  # characters kept of a post: enough for its subject, hashtags and calls to action
_MAX_HTML = 20_000  # characters of markup looked at for that text
_DAY_ONLY = re.compile(r"\s*\d{4}-\d{2}-\d{2}\s*$")
_FEED_START = re.compile(r"<(?:rss|feed|rdf:RDF|channel)[\s>]", re.IGNORECASE)
_POST_START = re.compile(r"<(?:item|entry)[\s>]")
_POST_END = re.compile(r"</(?:item|entry)\s*>")
_CDATA = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)", re.DOTALL)  # texts, in which elements cost nothing
_PREFIX = re.compile(r"\sxmlns:([^\s=]{1,100})")
_MAX_PREFIXES = 200  # real feeds declare up to 20; the parser compares each element's with all of them
_ATTRIBUTES = re.compile(r"""[^\s>]++(?:\s++[^\s=>"'/]++\s*+=\s*+(?:"[^"]*+"|'[^']*+'))*+""")
_ATTRIBUTE = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+')""")
_SHORT_ELEMENT = 4 * MAX_ATTRIBUTES_OF_ONE  # characters; in fewer there cannot be too many attributes


def posts_in(body: bytes, *, url: str, media_type: str | None = None, page: str = "feed") -> list[Post]:
    """The posts of a feed in its own order; [] for what is no feed. `url` resolves relative links."""
    document = Document(body, media_type)
    if document.is_json:
        return _json_posts(document.json, url, page)
    text = _within_bounds(document.text) if _FEED_START.search(document.text) else None
    if text is None:
        return []
    # As a stream: a bare string or bytes would be tried as an address and as a file name first. Decoded by us: the
    # library would guess an encoding where the declared one does not fit.
    try:
        parsed = feedparser.parse(
            io.BytesIO(text.encode("utf-8", "replace")),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except (KeyError, IndexError, AttributeError, TypeError, ValueError):  # elements where the library expects none
        return []
    element = "entry" if re.search(r"<entry[\s>]", document.text) else "item"
    return [
        _post(entry, f"{element}:nth-of-type({number})", url, page)
        for number, entry in enumerate(parsed.entries[:MAX_POSTS], start=1)
    ]


def _within_bounds(text: str) -> str | None:
    """The feed with its first posts only; None for one that would cost the parser minutes: with more elements,
    attributes or namespaces than any real feed."""
    starts = [match.start() for match, _ in zip(_POST_START.finditer(text), range(MAX_POSTS + 1), strict=False)]
    if len(starts) > MAX_POSTS:
        ends = [match.end() for match in _POST_END.finditer(text, starts[-1])]
        text = text[: starts[-1]] + (text[ends[-1] :] if ends else "")
    if text.count("<") > 2 * MAX_ELEMENTS and _CDATA.sub("", text).count("<") > 2 * MAX_ELEMENTS:
        return None
    if len(set(_PREFIX.findall(text))) > _MAX_PREFIXES:
        return None
    return None if any(map(_has_too_many_attributes, text.split("<"))) else text


def _has_too_many_attributes(element: str) -> bool:
    """Whether an element, from its name on, has more attributes than any real one; none of them can hold a `<`."""
    if len(element) < _SHORT_ELEMENT:
        return False
    attributes = _ATTRIBUTES.match(element)
    return attributes is not None and len(_ATTRIBUTE.findall(attributes.group())) > MAX_ATTRIBUTES_OF_ONE


def is_feed(body: bytes, media_type: str | None = None) -> bool:
    """Whether a body is a feed, even one without posts."""
    document = Document(body, media_type)
    if document.is_json:
        return isinstance(document.json, dict) and "jsonfeed.org" in str(document.json.get("version"))
    return bool(_FEED_START.search(document.text[:5_000]))


def plain_text(markup: str) -> str:
    """The text of a piece of HTML, on one line, at most 500 characters."""
    piece = markup[:_MAX_HTML]
    if "<" in piece or "&" in piece:
        try:
            piece = tree_of(piece).text(" ")
        except TooMuch:
            piece = ""
    text = clean(piece)
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1].rstrip() + "…"


def _post(entry: Any, where: str, base: str, page: str) -> Post:
    at, precision = _moment(entry)
    text = plain_text(str(entry.get("title") or "")) or plain_text(str(entry.get("summary") or ""))
    return Post(
        url=absolute(str(entry.get("link") or ""), base) if entry.get("link") else None,
        at=at,
        precision=precision,
        kind="article",
        text=text or None,
        page=page,
        where=where,
    )


def _moment(entry: Any) -> tuple[datetime | None, Precision | None]:
    for name in ("published", "updated", "created"):
        parsed = entry[f"{name}_parsed"] if f"{name}_parsed" in entry else None  # noqa: SIM401  # get() falls back
        if parsed is None:
            continue
        try:
            moment = datetime.fromtimestamp(timegm(parsed), UTC)
        except (ValueError, OverflowError, OSError):
            continue
        return moment, Precision.DAY if _DAY_ONLY.match(str(entry.get(name))) else Precision.SECOND
    return None, None


def _json_posts(feed: Any, base: str, page: str) -> list[Post]:
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or "jsonfeed.org" not in str(feed.get("version")):
        return []
    return [
        _json_post(item, index, base, page) for index, item in enumerate(items[:MAX_POSTS]) if isinstance(item, dict)
    ]


def _json_post(item: dict[str, Any], index: int, base: str, page: str) -> Post:
    address = item.get("url") or item.get("external_url")
    text = next(
        (
            plain_text(item[key])
            for key in ("title", "summary", "content_text", "content_html")
            if isinstance(item.get(key), str) and plain_text(item[key])
        ),
        None,
    )
    at = _iso(item.get("date_published") or item.get("date_modified"))
    return Post(
        url=absolute(address, base) if isinstance(address, str) else None,
        at=at,
        precision=Precision.SECOND if at else None,
        kind="article",
        text=text,
        page=page,
        where=f"#/items/{index}",
    )


def _iso(value: object) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
