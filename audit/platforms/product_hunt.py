"""Product Hunt products and makers: recognised, not read."""

from __future__ import annotations

import re

from audit.models import Link
from audit.platforms._recognised import STAND_INS, Recognised, is_front_door, segments_of

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,98}[a-z0-9])?")
_USER = re.compile(r"@[A-Za-z0-9_]{2,50}")
_TABS = frozenset(
    {"reviews", "launches", "alternatives", "about", "customers", "makers", "team", "followers", "built-with"}
)


class ProductHunt(Recognised):
    """producthunt.com. A product's handle is `products/{slug}`, a maker's the name."""

    name = "product_hunt"
    title = "Product Hunt"
    hosts = frozenset({"producthunt.com"})
    robots_note = "The site turns automatic readers away; the official API needs a key."

    def link(self, url: str) -> Link | None:
        """`/products/{slug}` and its tabs, `/@{name}`; launches, topics, searches are none."""
        segments = segments_of(url)
        if not is_front_door(url, r"producthunt\.com") or not segments:
            return None
        if len(segments) == 1 and _USER.fullmatch(segments[0]) and segments[0][1:].lower() not in STAND_INS:
            return self._link(segments[0][1:], f"https://www.producthunt.com/{segments[0]}")
        if segments[0] != "products" or not 2 <= len(segments) <= 3:
            return None
        slug = segments[1].lower()
        if not _SLUG.fullmatch(slug) or (len(segments) == 3 and segments[2] not in _TABS) or slug in STAND_INS:
            return None
        return self._link(f"products/{slug}", f"https://www.producthunt.com/products/{slug}")


PLATFORM = ProductHunt()
