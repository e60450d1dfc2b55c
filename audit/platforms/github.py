"""GitHub organisations and users: the public interface's own record of the account."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from audit.models import CountFact, Link, Page, Profile, Refusal, Request, State
from audit.parse.address import host, path_segments
from audit.parse.counts import parse_count
from audit.parse.document import Document
from audit.parse.structured import JsonBlock
from audit.parse.text import clean
from audit.platforms._ability import Checked, Control, Shown
from audit.platforms._base import Platform
from audit.platforms._recognised import STAND_INS, is_front_door, segments_of
from audit.platforms._shown import accounts_named, count_in, day_of, in_element, in_meta, of_another, own_addresses

_API = "https://api.github.com"
_ROLES = {"orgs": "profile", "users": "user"}
_TOO_OFTEN = re.compile(r"rate limit|abuse detection", re.IGNORECASE)

_MISSING = re.compile(r"page not found\b", re.IGNORECASE)
# The lists of an account: others of the same kind stand on its page too.
_LISTS = 'a[href$="/orgs/{0}/{1}"], a[href$="/{0}?tab={1}"]'
_REPOSITORIES = (
    '[data-tab-item$="repositories-tab"] [title]@title', '[data-tab-item="repositories"] [title]@title',
    'a[href$="tab=repositories"] [title]@title', 'a[href$="/repositories"] [title]@title',
)  # fmt: skip
_HANDLE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])){0,38}")
_BEFORE_AN_OWNER = frozenset({"sponsors", "orgs", "users", "stars"})
_WORDS = frozenset({
    "features", "pricing", "topics", "marketplace", "sponsors", "orgs", "users", "stars", "login", "logout", "signup",
    "join", "about", "security", "enterprise", "team", "customer-stories", "readme", "explore", "trending",
    "collections", "events", "issues", "pulls", "notifications", "settings", "search", "new", "organizations", "site",
    "contact", "apps", "codespaces", "copilot", "discussions", "nonprofit", "mobile", "solutions", "resources",
    "open-source", "partners", "premium-support", "skills", "session", "sessions", "password_reset", "dashboard",
    "gist", "gists", "account", "git-guides", "github-copilot", "newsroom", "why-github", "watching", "edu",
    "education", "logos",
})  # fmt: skip


class GitHub(Platform):
    """github.com. A repository, a sponsors' page and an organisation's tabs belong to their owner; `posts` counts the
    public repositories."""

    name = "github"
    title = "GitHub"
    hosts = frozenset({"github.com", "githubusercontent.com", "githubassets.com"})
    roles = ("profile", "user", "page")
    robots_note = "The interface for everybody is open, sixty questions an hour: one or two per account are asked."
    way_in = "Check the account's name on GitHub."
    by_page = Shown(fields="name followers following posts bio website verified created location avatar", posts="exact")
    checked = Checked(pages="2025-08-27")
    control = Control(
        known="https://github.com/github",
        unknown="https://github.com/finestra-no-such-account-7q4x9k2mw5z8",
        page="name followers posts",
    )

    def link(self, url: str) -> Link | None:
        """`/{owner}` and what stands below it, `/orgs/{owner}`, `/sponsors/{owner}`; the site's own pages are none."""
        segments = segments_of(url)
        if not is_front_door(url, r"github\.com", names="www|gist") or (
            host(url).startswith("gist.") and len(segments) != 1
        ):
            return None
        if segments and segments[0].lower() in _BEFORE_AN_OWNER:
            segments = segments[1:]
        if not segments or not _HANDLE.fullmatch(segments[0]) or segments[0].lower() in _WORDS | STAND_INS:
            return None
        return self._link(segments[0], f"https://github.com/{segments[0]}")

    def role(self, url: str) -> str | None:
        """The interface's record of an organisation, or of a user; the page for people."""
        segments = path_segments(url)
        if host(url) == "api.github.com":
            return _ROLES.get(segments[0]) if len(segments) == 2 else None
        return "page" if self.link(url) is not None else None

    def wants(self, link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
        """The organisation of that name; where there is none, the user."""
        if "user" in pages:
            return {}
        if "profile" not in pages and "page" in pages:
            return {}
        if "profile" not in pages:
            return {"profile": _request(f"{_API}/orgs/{link.handle}")}
        if self._read_page(link, pages["profile"]).state is not State.MISSING:
            return {}
        return {"user": _request(f"{_API}/users/{link.handle}")}

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """Asked too often; everything else is said by the status."""
        said = document.json.get("message") if isinstance(document.json, dict) else None
        if page.status in (403, 429) and isinstance(said, str):
            state = State.RATE_LIMITED if _TOO_OFTEN.search(said) else State.FAILED
            return Refusal(state=state, reason=clean(said)[:200])
        if page.status == 401 and isinstance(said, str):
            return Refusal(state=State.NO_CREDENTIAL, reason=clean(said)[:200])
        if document.is_json:
            return None
        if _MISSING.match(document.title):
            return Refusal(state=State.MISSING, reason=document.title)
        return of_another(link, accounts_named(self, own_addresses(document)))

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The account's record, or its page."""
        if not document.is_json:
            return self._from_page(link, page, document)
        account = JsonBlock(document.json, page.role, "#")
        login = str(account.at("/login") or "")
        if not login or (link.handle and login.lower() != link.handle.lower()):
            return None
        return replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=login,
            name=account.text("/name"),
            followers=account.count("/followers"),
            following=account.count("/following"),
            posts=account.count("/public_repos"),
            bio=account.text("/description", "/bio"),
            website=account.text("/blog"),
            verified=account.flag("/is_verified"),
            created=day_of(account, page.fetched_at, "/created_at"),
            location=account.text("/location"),
            avatar=account.text("/avatar_url"),
        )

    def _from_page(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The page for people: an organisation's and a user's have their own places. That of a repository has an
        owner and none of the owner's figures."""
        handle = next(iter(accounts_named(self, own_addresses(document))), "")
        is_owners = len(segments_of(document.meta.get("og:url", "") or document.canonical or page.url)) == 1
        name = in_element(document, page.role, ".vcard-fullname", '[itemtype$="Organization"] h1', ".orghead h1")
        if not handle or not is_owners or name is None:
            return None
        return replace(
            self.blank(link, state=State.OBSERVED, source=page.source),
            handle=handle,
            name=name,
            followers=count_in(document, page.role, _LISTS.format(handle, "followers"), r"(.+?) followers?\b"),
            following=count_in(document, page.role, _LISTS.format(handle, "following"), r"(.+?) following\b"),
            posts=_repositories(document, page),
            bio=in_element(document, page.role, ".user-profile-bio", '[itemtype$="Organization"] h1 + div div'),
            website=in_element(
                document, page.role, '[itemprop="url"]@href', '[data-test-selector="profile-website-url"] a@href'
            ),
            location=in_element(document, page.role, '[itemprop="location"]', '[itemprop="homeLocation"]'),
            avatar=in_meta(document, page.role, "og:image"),
        )


def _repositories(document: Document, page: Page) -> CountFact | None:
    """The counter of the tab of repositories: its title has the whole number."""
    for place in _REPOSITORIES:
        count = parse_count(document.find(place) or "")
        if count is not None:
            return count.fact(page.role, place)
    return None


def _request(url: str) -> Request:
    """Asked with a key where one is set: then 5,000 answers an hour are given instead of 60."""
    return Request(url=url, accept="application/vnd.github+json", credential="github", keyless=True)


PLATFORM = GitHub()
