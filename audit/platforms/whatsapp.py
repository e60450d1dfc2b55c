"""WhatsApp channels, as a person saved their page. Chat links and invitations to groups are no profiles."""

from __future__ import annotations

import re
from dataclasses import replace

from audit.models import CountFact, Fact, Link, Page, Profile, Refusal, State
from audit.parse.document import Document
from audit.platforms._ability import Shown
from audit.platforms._base import Platform
from audit.platforms._labels import FOLLOWERS, figures_around, labelled_count
from audit.platforms._recognised import is_front_door, segments_of
from audit.platforms._shown import accounts_named, in_element, in_meta, of_another, own_addresses

_CODE = re.compile(r"[0-9A-Za-z]{20,30}")
# "Caffè Aurora | WhatsApp Channel": any other page of the site has no channel in its title.
_TITLE = re.compile(
    r"(.+?)\s*\|\s*(?=.*whatsapp)(?=.*(?:channel|canal|kanaa?[lł]|chaîne|канал|チャンネル|채널|频道|頻道|قناة|saluran|चैनल|ערוץ|ช่อง|kênh))"
    r"[^|]{1,60}",
    re.IGNORECASE,
)
_HEADLINES = "h1, h2, h3"
_MAX_HEADLINES = 5


class WhatsApp(Platform):
    """whatsapp.com channels. The handle is the channel's code. Posts are shown in the app alone."""

    name = "whatsapp"
    title = "WhatsApp"
    hosts = frozenset({"whatsapp.com", "wa.me", "whatsapp.net"})
    robots_note = "The terms forbid automated reading."
    way_in = "Open the channel's page in a browser, save it and import the file."
    keyless = False
    by_page = Shown(fields="name followers bio avatar")

    def link(self, url: str) -> Link | None:
        """`/channel/{code}`; wa.me, send, group invitations are ways to write, not profiles."""
        segments = segments_of(url)
        if not is_front_door(url, r"whatsapp\.com", names="www") or len(segments) != 2:
            return None
        if segments[0].lower() != "channel" or not _CODE.fullmatch(segments[1]):
            return None
        code = segments[1]
        return self._link(code, f"https://www.whatsapp.com/channel/{code}")

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """Another channel's page, and the site's own page in place of a channel that is not there."""
        refusal = of_another(link, accounts_named(self, own_addresses(document)))
        if refusal is not None or _title(document) is not None or document.is_json:
            return refusal
        words = document.title or "no title"
        return Refusal(state=State.SHELL, reason=f"a page of the site without a channel: {words}"[:200])

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """Name, followers and description: they stand in the page and in what it has for sharing."""
        title = _title(document)
        if title is None:
            return None
        name, where = title
        return replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            name=Fact(value=name, page=page.role, where=where),
            followers=_followers(document, page, name),
            bio=in_element(document, page.role, "h4"),
            avatar=in_meta(document, page.role, "og:image"),
        )


def _title(document: Document) -> tuple[str, str] | None:
    """The channel's name and where it stands."""
    for text, where in (
        (document.meta.get("og:title", ""), document.meta_where("og:title")),
        (document.title, "title"),
    ):
        found = _TITLE.fullmatch(text)
        if found is not None:
            return found.group(1), where
    return None


def _followers(document: Document, page: Page, name: str) -> CountFact | None:
    """Those beside the name; else the only ones that the description tells of: the channel's own words are in it."""
    heads = [tag for tag in document.tree.select(_HEADLINES, limit=_MAX_HEADLINES) if tag.text(" ").strip() == name]
    for head in heads:
        found = figures_around(document, page.role, head, {"followers": FOLLOWERS})
        if found:
            return found["followers"]
    text = document.meta.get("og:description", "")
    text = text[len(name) :] if text.startswith(name) else text
    if len(FOLLOWERS.findall(text)) != 1:
        return None
    count = labelled_count(text, FOLLOWERS, document.language or "en")
    return count.fact(page.role, document.meta_where("og:description")) if count else None


PLATFORM = WhatsApp()
