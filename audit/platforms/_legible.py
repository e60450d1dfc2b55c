"""What is kept of a page that is not wholly in the encoding it declares: no text with broken letters is passed on."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from audit.models import Fact, Post, Profile
from audit.parse.document import Document

UNREADABLE = 0.01  # above this share of a page's text nothing of it is believed
_BROKEN = "\ufffd"


def is_legible(document: Document) -> bool:
    """Whether enough of a page can be read to believe anything of it."""
    return document.unreadable <= UNREADABLE


def only_legible(profile: Profile, document: Document) -> Profile:
    """`profile` without the texts that hold a character which could not be read."""
    if document.unreadable == 0:
        return profile
    texts = {field.name: getattr(profile, field.name) for field in fields(Profile)}
    kept: dict[str, Any] = {name: None for name, value in texts.items() if _is_broken(value)}
    kept["recent"] = _posts(profile.recent)
    if profile.site is not None:
        phones = tuple(phone for phone in profile.site.phones if not _is_broken(phone))
        kept["site"] = replace(profile.site, phones=phones, articles=_posts(profile.site.articles))
    return replace(profile, **kept)


def _posts(posts: tuple[Post, ...]) -> tuple[Post, ...]:
    return tuple(replace(post, text=None) if _BROKEN in (post.text or "") else post for post in posts)


def _is_broken(value: object) -> bool:
    return isinstance(value, Fact) and isinstance(value.value, str) and _BROKEN in value.value
