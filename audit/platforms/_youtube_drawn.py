"""YouTube's channels as browsers draw them, and as the site served them before it drew them there.

What is shown is cut off after three digits and not rounded, as in the data behind the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from audit.models import CountFact, Fact, Page
from audit.parse.counts import first_count, parse_count, rounded_to_three
from audit.parse.document import Document
from audit.parse.text import clean
from audit.parse.tree import Element
from audit.platforms._labels import SUBSCRIBERS, figure_elements

VIDEOS = re.compile(
    r"v[ií]d[eé][oó]|wideo|\bfilm|ভিডিও|ویدیو|видео|відео|βίντεο|動画|影片|视频|部影片|동영상|فيديو|סרטונ|वीडियो|filmer|"
    r"วิดีโอ|videa|videí",
    re.IGNORECASE,
)
_VIEWS = re.compile(
    r"views?|visualizz|visualiz|vues|aufrufe|weergaven|wyświetl|просмотр|перегляд|görüntülenme|visningar|visninger|"
    r"回視聴|次观看|觀看|조회수|مشاهد|व्यू|zhlédnutí|megtekintés|afișări",
    re.IGNORECASE,
)
_HEADS = "yt-page-header-view-model, yt-page-header-renderer, ytd-c4-tabbed-header-renderer, #channel-header"
_PLACES = {"followers": "#subscriber-count", "posts": "#videos-count"}  # of 2019 to 2024
_OLD_FOLLOWERS = ".yt-subscription-button-subscriber-count-branded-horizontal"
_HANDLE = re.compile(r"[\u200e\u200f]?@([\w.\-·]{3,30})")
_ABOUT = ".about-stats .about-stat"  # to 2017
_MAX_TEXTS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What the drawn page of a channel shows; `joined` is the sentence that tells since when, and its place."""

    handle: str = ""
    followers: CountFact | None = None
    posts: CountFact | None = None
    views: CountFact | None = None
    joined: Fact[str] | None = None


def drawn_channel(document: Document, page: Page) -> Drawn:
    """The head of the channel, in whichever layout."""
    head = document.tree.select_one(_HEADS)
    drawn = _served(document, page)
    if head is None:
        return drawn
    labels = {"followers": SUBSCRIBERS, "posts": VIDEOS}
    found = figure_elements(document, page.role, head, labels)
    for name, where in _PLACES.items():
        text = document.find(where)
        count = first_count(text, document.language or "en") if text and name not in found else None
        if count is not None:
            found[name] = count.fact(page.role, where)
    followers, posts = _cut(document, found.get("followers")), found.get("posts")
    return replace(
        drawn,
        handle=_handle_in(head),
        followers=followers or drawn.followers,
        posts=_cut(document, posts, keep_whole=True),
    )


def _cut(document: Document, fact: CountFact | None, *, keep_whole: bool = False) -> CountFact | None:
    """A figure with the interval of one whose digits were cut off; a number of videos may be whole."""
    text = document.find(fact.where) if fact is not None else None
    count = first_count(text, document.language or "en", rounds_down=True) if text else None
    if count is None or fact is None:
        return None
    return (count if keep_whole else rounded_to_three(count)).fact(fact.page, fact.where)


def _handle_in(head: Element) -> str:
    for text in head.texts()[:_MAX_TEXTS]:
        found = _HANDLE.fullmatch(clean(text))
        if found is not None:
            return found.group(1)
    return ""


def _served(document: Document, page: Page) -> Drawn:
    """The figures of the pages that the site itself drew: exact, by the button and on the tab "about"."""
    text = document.find(_OLD_FOLLOWERS) if "subscriber-count-branded" in document.text else None
    count = first_count(text, document.language or "en", rounds_down=True) if text else None
    drawn = Drawn(followers=count.fact(page.role, _OLD_FOLLOWERS) if count else None)
    for tag in document.tree.select(_ABOUT) if "about-stat" in document.text else ():
        shown, where = clean(tag.text(" ")), tag.place()
        number = tag.select_one("b")
        exact = parse_count(clean(number.text()), document.language or "en") if number is not None else None
        if exact is None:
            drawn = replace(drawn, joined=drawn.joined or Fact(value=shown, page=page.role, where=where))
        elif _VIEWS.search(shown):
            drawn = replace(drawn, views=exact.fact(page.role, where))
        elif SUBSCRIBERS.search(shown):
            drawn = replace(drawn, followers=exact.fact(page.role, where))
    return drawn
