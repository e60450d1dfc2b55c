"""Discord servers, as their invitation shows them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from audit.models import Fact, Link, Page, Profile, Refusal, Request, State
from audit.parse.document import Document
from audit.parse.persons import Persons
from audit.parse.structured import JsonBlock
from audit.platforms._ability import Checked, Control, Shown
from audit.platforms._base import Platform
from audit.platforms._persons import EVERYWHERE
from audit.platforms._recognised import is_front_door, segments_of
from audit.platforms._shown import accounts_named, count_in_meta, in_meta, is_asked, own_addresses

_UNKNOWN_INVITATION = 10006

_CODE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,60}[A-Za-z0-9])?")
_TITLES = (
    re.compile(r"Join the (.{1,120}) Discord Server!"),
    re.compile(r"(?:Discord - )?Check out the (.{1,120}) community on Discord.*"),
)
_MEMBERS = r"(?:\| |with )(\d[\d.,]*) (?:other )?members"
_WORDS = frozenset({"invite", "channels", "api", "oauth2", "widget", "login", "register", "example", "your-server"})


class Discord(Platform):
    """discord.gg, discord.com/invite. The handle is the invitation's code; `followers` are the server's members, as
    Discord estimates them."""

    name = "discord"
    title = "Discord"
    hosts = frozenset({"discord.gg", "discord.com", "discordapp.com", "discordapp.net", "discord.me"})
    roles = ("profile", "page")
    persons = EVERYWHERE | Persons(keys=frozenset({"inviter", "target_user", "members"}))
    robots_note = "The interface for invitations is open: one question per invitation is asked."
    way_in = "Open the invitation in a browser: where it has expired, publish one that does not expire."
    by_page = Shown(fields="name followers bio verified avatar")
    checked = Checked(pages="2026-08-07")
    control = Control(
        known="https://discord.com/invite/discord-developers",
        unknown="https://discord.com/invite/finestra-no-such-7q4x9k2mw5z8",
        page="name followers",
    )

    def link(self, url: str) -> Link | None:
        """`discord.gg/{code}` and `/invite/{code}`; channels, applications, widgets are none."""
        segments = segments_of(url)
        if is_front_door(url, r"discord(?:app)?\.com", names="www|ptb|canary") and segments[:1] == ["invite"]:
            segments = segments[1:]
        elif is_front_door(url, r"discord\.gg", names="www"):
            segments = segments[1:] if segments[:1] == ["invite"] else segments
        else:
            return None
        if len(segments) != 1 or not _CODE.fullmatch(segments[0]) or segments[0].lower() in _WORDS:
            return None
        code = segments[0]
        return self._link(code, f"https://discord.com/invite/{code}")

    def role(self, url: str) -> str | None:
        """The interface's answer about an invitation; its page for people."""
        segments = segments_of(url)
        if self.link(url) is not None:
            return "page"
        is_answer = len(segments) in (3, 4) and segments[0] == "api" and segments[-2] == "invites"
        return "profile" if is_answer and is_front_door(url, r"discord(?:app)?\.com", names="www|ptb|canary") else None

    def wants(self, link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
        """The invitation, with the server's figures."""
        address = f"https://discord.com/api/v10/invites/{link.handle}?with_counts=true&with_expiration=true"
        return {} if pages else {"profile": Request(url=address, accept="application/json")}

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """An invitation that has expired or never was."""
        answer = document.json
        if isinstance(answer, dict) and answer.get("code") == _UNKNOWN_INVITATION:
            return Refusal(state=State.MISSING, reason="the invitation has expired or never was one")
        return None

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The server that the invitation leads to."""
        if not document.is_json:
            return self._from_page(link, page, document)
        invitation = JsonBlock(document.json, page.role, "#")
        code = str(invitation.at("/code") or "")
        server = invitation.block("/guild")
        if not isinstance(server.value, dict) or (link.handle and code.lower() != link.handle.lower()):
            return None
        features = server.at("/features")
        is_marked = isinstance(features, list) and "VERIFIED" in features
        return replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=code or link.handle or None,
            name=server.text("/name"),
            followers=invitation.count("/approximate_member_count"),
            bio=server.text("/description"),
            verified=(
                Fact(value=is_marked, page=page.role, where=f"{server.place}/features")
                if isinstance(features, list)
                else None
            ),
        )

    def _from_page(self, link: Link, page: Page, document: Document) -> Profile | None:
        """What the page has for sharing: "Join the Caffè Aurora Discord Server!", "Coffee | 1234 members"."""
        title = document.meta.get("og:title", "")
        named = next((found for form in _TITLES if (found := form.fullmatch(title))), None)
        if named is None:
            return None
        addresses = accounts_named(self, own_addresses(document))
        if addresses and not is_asked(link, *addresses):
            return None
        return replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=next(iter(addresses), link.handle) or None,
            name=Fact(value=named.group(1), page=page.role, where=document.meta_where("og:title")),
            followers=count_in_meta(document, page.role, "og:description", _MEMBERS),
            avatar=in_meta(document, page.role, "og:image"),
        )


PLATFORM = Discord()
