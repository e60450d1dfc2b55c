"""Where a link was found (`Link.found_in`, `Mention.found_in`), the strongest place first."""

from __future__ import annotations

# What a page declares, then what frames each of its pages, then what others list, then what stands anywhere.
PLACES = ("rel-me", "json-ld", "header", "footer", "wikidata", "link-in-bio", "meta", "body")
ON_PAGES = tuple(place for place in PLACES if place not in ("wikidata", "link-in-bio"))  # of the company's own


def rank(place: str) -> int:
    """The smaller the more a link in `place` says about its owner; places that are none of `PLACES` come last."""
    return PLACES.index(place) if place in PLACES else len(PLACES)
