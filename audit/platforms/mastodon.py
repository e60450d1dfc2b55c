"""Mastodon accounts, on the servers that many know and, where somebody declares one, on any server; there also those
of other software of the fediverse, by what it tells other servers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from audit.models import Fact, Link, Page, Post, Precision, Profile, Refusal, Request, State
from audit.parse.address import host, parts, path_segments
from audit.parse.document import Document
from audit.parse.persons import Persons
from audit.parse.structured import JsonBlock
from audit.parse.text import clean
from audit.platforms import _activitypub as activitypub
from audit.platforms._ability import Checked, Control, Shown
from audit.platforms._base import Platform
from audit.platforms._mastodon_page import account_of_page, record_of_page, shown_on_page
from audit.platforms._persons import EVERYWHERE
from audit.platforms._recognised import STAND_INS, segments_of
from audit.platforms._shown import day_of, of_another, written_at

# Large and long-lived servers. An account elsewhere is recognised when it is declared: its address alone could be
# any website's.
_KNOWN = frozenset({
    "mastodon.social", "mastodon.online", "mastodon.world", "mastodon.uno", "mastodon.art", "mastodon.green",
    "mastodon.scot", "mastodon.nl", "mastodon.ie", "mastodon.nu", "mastodon.top", "mastodon.xyz", "mastodon.cloud",
    "mastodon.sdf.org", "mastodon.bida.im", "mastodon.cisti.org", "mastodon.gamedev.place", "mastodon.lol",
    "mastodonapp.uk", "mastodon.au", "mastodon.eus", "mastodon.iriseden.eu", "mastodon.radio", "mastodon.me.uk",
    "mstdn.social", "mstdn.jp", "mstdn.ca", "mstdn.io", "mstdn.party", "mstdn.plus", "mas.to", "masto.ai", "masto.nu",
    "masto.es", "masto.pt", "masto.host", "fosstodon.org", "hachyderm.io", "infosec.exchange", "techhub.social",
    "universeodon.com", "social.vivaldi.net", "social.coop", "social.tchncs.de", "social.linux.pizza", "troet.cafe",
    "chaos.social", "norden.social", "nrw.social", "ruhr.social", "muenchen.social", "bonn.social", "berlin.social",
    "hessen.social", "sueden.social", "rollenspiel.social", "kolektiva.social", "det.social", "digitalcourage.social",
    "piaille.fr", "mamot.fr", "framapiaf.org", "social.bund.de", "ec.social-network.europa.eu", "social.overheid.nl",
    "livellosegreto.it", "sociale.network", "poliversity.it", "poliverso.org", "puntarella.party", "nebbia.fail",
    "wandering.shop", "toot.community", "toot.wales", "toot.io", "toot.cafe", "toot.bike", "tooting.ch",
    "swiss.social", "tilde.zone", "octodon.social", "aus.social", "home.social", "c.im", "ohai.social", "sfba.social",
    "mindly.social", "newsie.social", "journa.host", "press.coop", "flipboard.social", "vivaldi.net", "botsin.space",
    "qoto.org", "pawoo.net", "indieweb.social", "front-end.social", "phpc.social", "ruby.social", "functional.cafe",
    "floss.social", "metalhead.club", "scholar.social", "fediscience.org", "sciences.social", "historians.social",
    "mathstodon.xyz", "astrodon.social", "ioc.exchange", "defcon.social", "cyberplace.social", "tech.lgbt",
    "eldritch.cafe", "meow.social", "snabelen.no", "social.anoxinon.de", "climatejustice.social", "bitcoinhackers.org",
    "glasgow.social", "zirk.us",
})  # fmt: skip
_HANDLE = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,28}[A-Za-z0-9_])?")
_IDENTIFIER = re.compile(r"[A-Za-z0-9]{1,40}")
_MAX_POSTS = 80  # the interface gives forty at a time
_TABS = frozenset({"with_replies", "media", "followers", "following", "featured", "about", "posts"})


class Mastodon(Platform):
    """Accounts of the network that Mastodon's servers make up; a handle is `user@server`."""

    name = "mastodon"
    title = "Mastodon"
    hosts = _KNOWN - {"social.vivaldi.net"}  # lies below vivaldi.net
    anywhere = True
    roles = ("profile", "posts", *activitypub.ROLES, "page")
    persons = EVERYWHERE | Persons(
        keys=frozenset({"ancestors", "descendants", "favourited_by", "reblogged_by", "familiar_followers"})
    )
    robots_note = (
        "The servers' interface for everybody is open: one account and one list of posts are asked; of other software"
        " what its servers tell one another."
    )
    way_in = (
        "Check the account's address; where its server shows accounts to members only, ask its owner for the figures."
    )
    by_page = Shown(fields="name followers following posts bio website created avatar recent", posts="exact")
    checked = Checked(pages="2026-10-15", server="Fedify")
    control = Control(
        known="https://mastodon.social/@Mastodon",
        unknown="https://mastodon.social/@finestra_no_such_7q4x9k2mw5z8",
        page="name followers posts recent",
    )

    def link(self, url: str) -> Link | None:
        """`/@{user}`, `/users/{user}`, `/web/@{user}` on any host; posts, shares and accounts of other servers
        (`/@{user}@{server}`) are none."""
        parsed = parts(url)
        if parsed is None or "." not in parsed.hostname or parsed.hostname.startswith("["):
            return None
        return self._account_link(parsed.port, host(url), self._account_in(url))

    def role(self, url: str) -> str | None:
        """The interface's record of an account, its list of the account's posts, or what other servers are told."""
        segments = path_segments(url)
        if segments[:3] != ["api", "v1", "accounts"] or not 4 <= len(segments) <= 5:
            return activitypub.role_of(url) or ("page" if self.link(url) is not None else None)
        if len(segments) == 4:
            return "profile"
        return "posts" if segments[4] == "statuses" else None

    def wants(self, link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
        """The account; then its own newest posts, which are asked for by its number. Of servers that do not have
        Mastodon's interface, or not for everybody: the account as it is told to other servers."""
        server, user = link.url.split("/@", 1)
        if "profile" not in pages and "page" in pages:
            return {}
        if "profile" not in pages:
            return {"profile": Request(url=f"{server}/api/v1/accounts/lookup?acct={user}", accept="application/json")}
        if self._has_no_interface(link, pages["profile"]):
            return activitypub.wants(link, pages) if "actor" not in pages or self._is_told(link, pages) else {}
        if "posts" in pages or self._read_page(link, pages["profile"]).state is not State.OBSERVED:
            return {}
        account = Document(pages["profile"].body, pages["profile"].media_type).json
        number = str(account.get("id") or "") if isinstance(account, dict) else ""
        if not _IDENTIFIER.fullmatch(number):
            return {}
        wanted = f"{server}/api/v1/accounts/{number}/statuses?exclude_replies=true&limit=40"
        return {"posts": Request(url=wanted, accept="application/json")}

    def read(self, link: Link, pages: Mapping[str, Page]) -> Profile:
        """What the pages show; an account that a server of the fediverse does not know is missing."""
        profile = super().read(link, pages)
        if profile.state is not State.OBSERVED and activitypub.is_missing(pages):
            reason = "the server, which is one of the fediverse, knows no such account"
            return self.blank(link, state=State.MISSING, source=pages["webfinger"].source, reason=reason)
        return profile

    def persons_for(self, link: Link, url: str) -> Persons:
        """Beside those of all answers the people in the lists of followers and of followed accounts."""
        people = Persons(keys=activitypub.PEOPLE) if activitypub.is_of_people(url) else Persons()
        return self.persons | people

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """Accounts that have moved or are suspended, servers that do not know the interface: nothing that such a one
        lacks is a word about the account. The rest is said by the status."""
        if page.role == "page":
            named = account_of_page(document)
            return of_another(link, [named]) if named else None
        if page.role in activitypub.ROLES:
            return activitypub.refusal(page, document)
        account = JsonBlock(document.json, page.role, "#")
        if page.status in (404, 410) and not isinstance(account.at("/error"), str):
            return Refusal(state=State.FAILED, reason="the server does not answer as Mastodon's do")
        if account.at("/suspended") is True:
            return Refusal(state=State.GONE, reason="the server has suspended the account")
        moved = account.at("/moved/url")
        if isinstance(moved, str):
            return Refusal(state=State.GONE, reason=clean(f"the account has moved to {moved}")[:200])
        return None

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The account, or its posts."""
        if page.role in activitypub.ROLES:
            return activitypub.values(self.blank(link, state=State.OBSERVED, source=page.source), link, page, document)
        if page.role == "page":
            return self._from_page(link, page, document)
        answer = JsonBlock(document.json, page.role, "#")
        if isinstance(answer.value, list):
            return self._from_posts(link, page, answer)
        return self._from_record(link, page, answer) if _is_of(link, answer) else None

    def _from_page(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The page for people of the account that it names."""
        named = account_of_page(document)
        if not named:
            return None
        record = record_of_page(page, document, named.split("@")[0])
        if record is not None:
            return self._from_record(link, page, record)
        blank = replace(self.blank(link, state=State.OBSERVED, source=page.source), handle=link.handle or named)
        return shown_on_page(blank, page, document)

    def _from_record(self, link: Link, page: Page, answer: JsonBlock) -> Profile | None:
        username = str(answer.at("/username") or "")
        if not username:
            return None
        return replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=link.handle or username,
            name=answer.text("/display_name"),
            followers=activitypub.shown_count(answer, "/followers_count"),
            following=activitypub.shown_count(answer, "/following_count"),
            posts=activitypub.shown_count(answer, "/statuses_count"),
            bio=activitypub.plain(answer, "/note"),
            website=_website(answer),
            created=day_of(answer, page.fetched_at, "/created_at"),
            avatar=answer.text("/avatar"),
        )

    def _from_posts(self, link: Link, page: Page, answer: JsonBlock) -> Profile | None:
        found: list[Post] = []
        for status in list(answer.items())[:_MAX_POSTS]:
            if isinstance(status.at("/account"), dict) and _is_of(link, status.block("/account")):
                found.append(_post(status, page.fetched_at))
        if not found and answer.value:
            return None
        return replace(self.blank(link, state=State.OBSERVED, source=page.source), recent=tuple(found))

    def _counts(self, link: Link, role: str, pages: Mapping[str, Page]) -> bool:
        """Whether a page is read: signposts show nothing, and a collection counts beside the actor that it is of."""
        if role in activitypub.ROLES and role != "actor":
            is_shown = role in pages and role not in activitypub.SIGNPOSTS
            return is_shown and activitypub.is_named(pages, role) and self._is_told(link, pages)
        return super()._counts(link, role, pages)

    def _is_told(self, link: Link, pages: Mapping[str, Page]) -> bool:
        """Whether the actor is here and is the one of the account."""
        return "actor" in pages and self._read_page(link, pages["actor"]).state is State.OBSERVED

    def _has_no_interface(self, link: Link, profile: Page) -> bool:
        """Whether a server answers, but not as Mastodon's do to everybody."""
        status = profile.status or 200
        if profile.state is not State.OBSERVED or status >= 500:
            return False
        if status < 400:
            return not Document(profile.body, profile.media_type).is_json
        return self._read_page(link, profile).state in (State.FAILED, State.LOGIN_WALL)

    def _account_in(self, url: str) -> str | None:
        segments = segments_of(url)
        if segments[:1] == ["web"]:
            segments = segments[1:]
        if segments[:1] == ["users"] and len(segments) >= 2:
            user, tabs = segments[1], segments[2:]
        elif segments and segments[0].startswith("@"):
            user, tabs = segments[0][1:], segments[1:]
        else:
            return None
        return user if len(tabs) <= 1 and _TABS.issuperset(tabs) else None

    def _account_link(self, port: str, name: str, user: str | None) -> Link | None:
        if user is None or not _HANDLE.fullmatch(user) or user.lower() in STAND_INS:
            return None
        server = name.removeprefix("www.") + (f":{port}" if port else "")
        return self._link(f"{user}@{server}", f"https://{server}/@{user}")


def _is_of(link: Link, account: JsonBlock) -> bool:
    """Whether a record is of the account asked for, and of the server's own."""
    name = str(account.at("/username") or "").lower()
    own = "@" not in str(account.at("/acct") or "")
    return not link.handle or (own and name == link.handle.split("@")[0].lower())


def _website(account: JsonBlock) -> Fact[str] | None:
    """The first address among the account's fields that its server has verified, else the first of all."""
    found: list[tuple[bool, Fact[str]]] = []
    for field in account.items("/fields"):
        fact = activitypub.linked(field, "/value")
        if fact is not None:
            found.append((field.at("/verified_at") is None, fact))
    return min(found, key=lambda item: item[0])[1] if found else None


def _post(status: JsonBlock, now: datetime) -> Post:
    """One post; what the account only repeats is marked so."""
    read = written_at(status, now, "/created_at")
    repost = isinstance(status.at("/reblog"), dict)
    address, text = status.text("/url", "/uri"), activitypub.plain(status, "/content")
    return Post(
        url=address.value if address else None,
        at=read[0] if read else None,
        precision=Precision.SECOND if read else None,
        kind=None if repost else _kind(status),
        text=text.value if text and not repost else None,
        reactions=None if repost else status.number("/favourites_count"),
        comments=None if repost else status.number("/replies_count"),
        shares=None if repost else status.number("/reblogs_count"),
        pinned=status.at("/pinned") is True,
        repost=repost,
        page=status.page,
        where=status.place,
    )


def _kind(status: JsonBlock) -> str:
    kinds = [str(medium.at("/type")) for medium in status.items("/media_attachments")]
    if any(kind in ("video", "gifv") for kind in kinds):
        return "video"
    if "image" in kinds:
        return "carousel" if len(kinds) > 1 else "image"
    return "link" if isinstance(status.at("/card"), dict) else "text"


PLATFORM = Mastodon()
