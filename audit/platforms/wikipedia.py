"""Wikipedia articles about a company: recognised, not read."""

from __future__ import annotations

import re
from urllib.parse import quote

from audit.models import Link
from audit.parse.address import host
from audit.platforms._recognised import Recognised, segments_of

_HOST = re.compile(r"([a-z]{2,3}|simple|[a-z]{2,3}-[a-z]{2,10})\.(?:m\.)?wikipedia\.org")
_OTHER_PAGE = re.compile(r"[^\s:_]{2,30}(?:_[^\s:_]{2,20})?:(?=\S)")  # Special:, Talk:, Datei: … in all languages


class Wikipedia(Recognised):
    """{language}.wikipedia.org. The handle is `{language}:{title}`."""

    name = "wikipedia"
    title = "Wikipedia"
    hosts = frozenset({"wikipedia.org"})
    robots_note = "The interface for everybody is open; this audit does not read it yet."

    def link(self, url: str) -> Link | None:
        """`/wiki/{title}`; files, discussions, categories and the like (`…:…`) are none."""
        place = _HOST.fullmatch(host(url))
        segments = segments_of(url)
        if place is None or len(segments) < 2 or segments[0] != "wiki":
            return None
        title = "/".join(segments[1:]).replace(" ", "_").strip("_")
        if not title or len(title) > 200 or re.search(r"[<>\[\]{}|#?]", title) or _OTHER_PAGE.match(title):
            return None
        address = f"https://{place.group(1)}.wikipedia.org/wiki/{quote(title, safe='/()!,:@')}"
        return Link(company="client", platform=self.name, handle=f"{place.group(1)}:{title}", url=address)


PLATFORM = Wikipedia()
