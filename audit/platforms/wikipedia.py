"""Wikipedia articles about a company: title, first words, official website; what the interface answers, where saved."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import quote

from audit.models import Fact, Link, Page, Profile, Refusal, Request, State
from audit.parse.address import host, path_segments, query
from audit.parse.document import Document
from audit.parse.feed import plain_text
from audit.parse.structured import JsonBlock
from audit.parse.text import clean
from audit.platforms._ability import Checked, Control, Shown
from audit.platforms._base import Platform
from audit.platforms._recognised import segments_of
from audit.platforms._shown import accounts_named, in_meta, of_another

_HOST = re.compile(r"([a-z]{2,3}|simple|[a-z]{2,3}-[a-z]{2,10})\.(?:m\.)?wikipedia\.org")
_OTHER_PAGE = re.compile(r"[^\s:_]{2,30}(?:_[^\s:_]{2,20})?:(?=\S)")  # Special:, Talk:, Datei: … in all languages
_SHORT_DESCRIPTION = re.compile(r"""<div class=["']shortdescription\b[^>]{0,300}>([^<]{1,300})</div>""")
_NO_ARTICLE = re.compile(r"""class=["']noarticletext\b|"wgArticleId":0\b""")
# The box that says so, in the wikis' own templates; a link to such a list is marked too, but otherwise.
_SEVERAL_MEANINGS = re.compile(r"""\b(?:id=["'](?:disambigbox|setindexbox)\b|dmbox-disambig\b|avviso-disambigua\b)""")
_WEBSITES = ".url, .official-website, .website"
_SEVERAL = "the article lists several meanings of the name"


class Wikipedia(Platform):
    """{language}.wikipedia.org. The handle is `{language}:{title}`."""

    name = "wikipedia"
    title = "Wikipedia"
    hosts = frozenset({"wikipedia.org"})
    roles = ("summary", "answer", "profile")
    robots_note = "robots.txt leaves articles open and closes the interface: one article is asked."
    way_in = "Check the address of the article."
    by_page = Shown(fields="name bio website avatar")
    checked = Checked(pages="2024-06-10", server="MediaWiki")
    control = Control(
        known="https://en.wikipedia.org/wiki/Wikipedia",
        unknown="https://en.wikipedia.org/wiki/Finestra_no_such_article_7q4x9k2mw5z8",
        page="name bio",
    )

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
        return self._link(f"{place.group(1)}:{title}", address)

    def role(self, url: str) -> str | None:
        """The article, its summary, or what the interface answers about it."""
        if _HOST.fullmatch(host(url)) is None:
            return None
        segments = path_segments(url)
        if segments[:4] == ["api", "rest_v1", "page", "summary"]:
            return "summary"
        if segments == ["w", "api.php"]:
            return "answer" if query(url).get("action") == "query" else None
        return super().role(url)

    def wants(self, link: Link, pages: Mapping[str, Page]) -> dict[str, Request]:
        """The article."""
        return {} if pages else {"profile": Request(url=link.url)}

    def refusal(self, link: Link, page: Page, document: Document) -> Refusal | None:
        """Articles that are not there, lists of what the name may mean, and the article of another title."""
        if document.is_json:
            refusal = _refused_answer(JsonBlock(document.json, page.role, "#"))
        else:
            refusal = _refused_article(document)
        return refusal or of_another(link, self._named(page, document))

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        """The article, or what the interface says of it."""
        handle = next(iter(self._named(page, document)), "")
        if not handle:
            return None
        shown = replace(self.blank(link, state=State.OBSERVED, source=page.source), handle=handle)
        if document.is_json:
            article = _article(JsonBlock(document.json, page.role, "#"))
            return replace(
                shown,
                name=article.text("/title"),
                bio=_extract(article),
                avatar=article.text("/originalimage/source", "/thumbnail/source"),
            )
        name = _heading(document, page.role)
        description = _SHORT_DESCRIPTION.search(document.text)
        return replace(
            shown,
            name=name,
            bio=_fact(description.group(1), page.role, ".shortdescription") if description else None,
            website=_website(document, page.role),
            avatar=in_meta(document, page.role, "og:image"),
        )

    def _named(self, page: Page, document: Document) -> list[str]:
        """The article that the page, or the answer, is about."""
        if not document.is_json:
            return accounts_named(self, [document.canonical])
        place = _HOST.fullmatch(host(page.final_url))
        title = _article(JsonBlock(document.json, page.role, "#")).text("/titles/canonical", "/title")
        if place is None or title is None:
            return []
        return accounts_named(self, [f"https://{place.group(1)}.wikipedia.org/wiki/{quote(title.value, safe='')}"])


def _article(answer: JsonBlock) -> JsonBlock:
    """The article in an answer: a summary is one itself, the interface lists them by number."""
    return next((item for item in answer.items("/query/pages") if isinstance(item.value, dict)), answer)


def _refused_answer(answer: JsonBlock) -> Refusal | None:
    article = _article(answer)
    if isinstance(article.value, dict) and ("missing" in article.value or "invalid" in article.value):
        return Refusal(state=State.MISSING, reason="Wikipedia has no such article")
    if str(answer.at("/type")).endswith("not_found"):
        return Refusal(state=State.MISSING, reason=clean(str(answer.at("/title") or "Not found."))[:200])
    if answer.at("/type") == "disambiguation" or article.at("/pageprops/disambiguation") is not None:
        return Refusal(state=State.SHELL, reason=_SEVERAL)
    error = answer.at("/error/info")
    return Refusal(state=State.FAILED, reason=clean(error)[:200]) if isinstance(error, str) else None


def _refused_article(document: Document) -> Refusal | None:
    if _NO_ARTICLE.search(document.text):
        return Refusal(state=State.MISSING, reason="Wikipedia has no such article")
    if _SEVERAL_MEANINGS.search(document.text):
        return Refusal(state=State.SHELL, reason=_SEVERAL)
    return None


def _heading(document: Document, role: str) -> Fact[str] | None:
    heading = document.tree.select_one("h1#firstHeading")
    return _fact(heading.text(" "), role, "#firstHeading") if heading is not None else None


def _website(document: Document, role: str) -> Fact[str] | None:
    """The address that the article's box of facts marks as the official one."""
    box = document.tree.select_one("table.infobox") or document.tree.select_one("table.sinottico")
    if box is None:
        return None
    for mark in box.select(_WEBSITES):
        anchor = mark if mark.name == "a" else mark.select_one("a.external")
        if anchor is not None and host(str(anchor.get("href"))):
            return _fact(str(anchor.get("href")), role, f"{anchor.place()}@href")
    return None


def _extract(article: JsonBlock) -> Fact[str] | None:
    """The first words of an article, without their markup."""
    text = article.text("/extract")
    return None if text is None else _fact(plain_text(text.value), text.page, text.where)


def _fact(text: str, page: str, where: str) -> Fact[str] | None:
    return Fact(value=clean(text), page=page, where=where) if clean(text) else None


PLATFORM = Wikipedia()
