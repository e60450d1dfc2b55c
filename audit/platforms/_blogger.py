"""What Blogger says of a blog's posts: its feeds carry how many are published, beside the few that they list.

Google's feeds follow the OpenSearch response elements; a feed of one label, of a search or of comments counts those
alone, so only the feed of all posts is believed, in the three shapes that Blogger gives it: Atom, RSS, JSON.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.models import CountFact, Page, Refusal, State
from audit.parse.address import absolute, host, owner_place, path_segments, query
from audit.parse.counts import exact_count
from audit.parse.document import Document, at_pointer
from audit.parse.text import clean

_FEED = re.compile(r"feeds/posts/(?:default|summary|full)", re.I)
_ANY_FEED = re.compile(r"feeds/(?:\d+/)?(?:posts|comments)/(?:default|summary|full)(?:/-/.+)?", re.I)
_HOST = re.compile(r"[\w-]+\.blogspot\.(?:com?\.)?[a-z]{2,3}")
_PLAIN = frozenset({"alt", "max-results", "start-index", "orderby", "redirect", "prettyprint", "v"})  # select no posts
_BLOG = re.compile(r"tag:blogger\.com,1999:blog-\d+")  # a feed of comments is named after this, and goes on
_COUNT = "/feeds/posts/summary?alt=json&max-results=0&redirect=false"  # `redirect`: not to a feed burned elsewhere
_SHAPES = (
    ("feed > id", "feed > opensearch\\:totalresults"),
    ("channel > atom\\:id", "channel > opensearch\\:totalresults"),
)
_GATE = "blogin.g"  # of www.blogger.com: closed blogs, and those with a warning of their content, lead there
_NO_BLOG = {"blog has been removed": State.GONE, "blog not found": State.MISSING}  # titles
_JSON_ID, _JSON_TOTAL = "/feed/id/$t", "/feed/openSearch$totalResults/$t"


def feed_role(url: str) -> str | None:
    """`post_count` for the feed of all posts where it is asked for its total, `feed` for every other of Blogger's."""
    asked = query(url)
    if _is_of_all_posts(url) and (asked.get("alt") == "json" or asked.get("max-results") in ("0", "1")):
        return "post_count"
    return "feed" if _ANY_FEED.fullmatch("/".join(path_segments(url))) else None


def post_count_address(url: str, generator: str, feeds: Iterable[str]) -> str | None:
    """Where to ask a blog for its total, given its home page: its address, `<meta name="generator">`, linked feeds.

    None where nothing says that the site is made with Blogger."""
    place = owner_place(url)
    linked = next((feed for feed in feeds if _is_of_all_posts(feed) and place and owner_place(feed) == place), None)
    if linked is not None:
        return absolute(_COUNT, linked)
    is_blogger = generator.strip().lower() == "blogger" or _HOST.fullmatch(host(url)) is not None
    return absolute(_COUNT, url) if is_blogger else None


def posts_total(page: Page, document: Document) -> CountFact | None:
    """The number of published posts out of the feed of all of them. None for 0: where a blog gives out no feed, or
    consists of pages, that says nothing of its posts."""
    if not _is_of_all_posts(page.final_url) or owner_place(page.url) != owner_place(page.final_url):
        return None
    found = _in_json(document) if document.is_json else _in_markup(document)
    total = exact_count(found[0]) if found is not None else None
    if found is None or total is None or total.value == 0:
        return None
    return total.fact(page.role, found[1])


def no_blog(page: Page, document: Document) -> Refusal | None:
    """Blogger's own ways of refusing: closed to all but some, taken down, never there; None otherwise."""
    if host(page.final_url) == "www.blogger.com" and path_segments(page.final_url) == [_GATE]:
        return Refusal(state=State.PRIVATE, reason="Blogger shows this blog only to invited or confirmed readers")
    state = _NO_BLOG.get(document.title.lower()) if _HOST.fullmatch(host(page.final_url)) else None
    return Refusal(state=state, reason=document.title) if state is not None else None


def _in_json(document: Document) -> tuple[object, str] | None:
    name = at_pointer(document.json, _JSON_ID)
    is_of_a_blog = isinstance(name, str) and _BLOG.fullmatch(name) is not None
    return (at_pointer(document.json, _JSON_TOTAL), f"#{_JSON_TOTAL}") if is_of_a_blog else None


def _in_markup(document: Document) -> tuple[str, str] | None:
    """The feed's own total; what stands inside a post is a post's text. Of two totals none is believed."""
    for identity, place in _SHAPES:
        name = document.tree.select_one(identity)
        totals = document.tree.select(place, limit=2)
        if name is not None and len(totals) == 1 and _BLOG.fullmatch(clean(name.text())):
            return clean(totals[0].text()), place
    return None


def _is_of_all_posts(url: str) -> bool:
    return _FEED.fullmatch("/".join(path_segments(url))) is not None and query(url).keys() <= _PLAIN
