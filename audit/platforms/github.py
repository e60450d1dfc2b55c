"""GitHub organisations and users: recognised, not read."""

from __future__ import annotations

import re

from audit.models import Link
from audit.parse.address import host
from audit.platforms._recognised import STAND_INS, Recognised, is_front_door, segments_of

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


class GitHub(Recognised):
    """github.com. A repository, a sponsors' page and an organisation's tabs belong to their owner."""

    name = "github"
    title = "GitHub"
    hosts = frozenset({"github.com", "githubusercontent.com", "githubassets.com"})
    robots_note = "The interface for everybody is open; this audit does not read it yet."

    def link(self, url: str) -> Link | None:
        """`/{owner}` and what stands below it, `/orgs/{owner}`, `/sponsors/{owner}`; the site's own pages are none."""
        segments = segments_of(url)
        if not is_front_door(url, r"github\.com", names="www|gist"):
            return None
        if host(url).startswith("gist.") and len(segments) != 1:
            return None
        if segments and segments[0].lower() in _BEFORE_AN_OWNER:
            segments = segments[1:]
        if not segments or not _HANDLE.fullmatch(segments[0]) or segments[0].lower() in _WORDS | STAND_INS:
            return None
        return Link(company="client", platform=self.name, handle=segments[0], url=f"https://github.com/{segments[0]}")


PLATFORM = GitHub()
