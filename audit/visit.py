"""Asks for what a company's website leads to: its link-in-bio page, short links, its Wikidata item."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping

from audit import surroundings, wikidata
from audit.fetcher import SETTLED, Fetcher
from audit.models import Link, Page, Request, State
from audit.parse.address import is_local, likely_address, registrable
from audit.surroundings import Leads

_JSON = "application/json;q=1.0,*/*;q=0.1"
_MAX_ITEMS = 3  # candidates whose data are asked for
_REHEARSAL = ("example", "test", "invalid")  # endings of no public site (RFC 2606)


Expect = Callable[[Iterable[str]], None]


def _told_nobody(_: Iterable[str]) -> None:
    """Nobody wants to know how many addresses there are still to ask."""


async def visit(
    fetcher: Fetcher,
    site: Link,
    pages: Mapping[str, Page],
    *,
    save: Callable[[Page], None],
    languages: Iterable[str] = (),
    sites: Collection[str] = (),
    expect: Expect = _told_nobody,
) -> None:
    """Asks for the surroundings of `site`, whose own stored `pages` are given; what is stored is not asked for again.

    Where the pages declare no item, the Wikipedias of `languages` are asked for an article of the site's name:
    Wikidata itself lets nobody search by website. The article of a namesake is recognised by its item's official
    website. `sites` are all the company's addresses. Raises Unread where the pages, which `fetcher.apart` reads, could
    not be read, when all that was under way has ended.
    """
    visitor = _Visitor(fetcher, site, dict(pages), save, expect)
    leads = await fetcher.apart(surroundings.leads, site.url, dict(pages), tuple(sites))
    asked = {**leads.short, **({surroundings.bio_role(leads.bio): leads.bio} if leads.bio else {})}
    expect(asked.values())
    outcomes = await asyncio.gather(
        *(visitor.ask(role, address) for role, address in asked.items()),
        visitor.look_up(leads, languages),
        return_exceptions=True,
    )
    for outcome in outcomes:
        if isinstance(outcome, BaseException):
            raise outcome


class _Visitor:
    """The pages around one site, those stored and those that come."""

    def __init__(
        self,
        fetcher: Fetcher,
        site: Link,
        pages: dict[str, Page],
        save: Callable[[Page], None],
        expect: Expect,
    ) -> None:
        self.fetcher, self.site, self.pages = fetcher, site, pages
        self.save, self.expect = save, expect

    async def ask(self, role: str, address: str, accept: str | None = None) -> Page:
        """The page in `role`: the stored one where it is of this address, else what comes now."""
        stored = self.pages.get(role)
        # A short link into a closed platform has told where it leads, though nothing was asked there.
        settled = stored is not None and (stored.state in SETTLED or stored.final_url != stored.url)
        if stored is not None and settled and stored.url == address:
            return stored
        request = Request(url=address) if accept is None else Request(url=address, accept=accept)
        page = await self.fetcher.get(request, role=role)
        self.pages[role] = page
        self.save(page)
        return page

    async def look_up(self, leads: Leads, languages: Iterable[str]) -> None:
        """The data of the items that the site's pages or Wikipedia name, and the page of the one that is its own."""
        self.expect(address for address in leads.declared if wikidata.item_in(address) is None)
        items = [item for item in [await self._item_at(address) for address in leads.declared] if item]
        if not items and leads.name and has_public_name(self.site.url):
            articles = [wikidata.article_address(leads.name, language) for language in languages]
            self.expect(articles)
            for address in articles:
                item = await self._item_of_article(address)
                items += [item] if item else []
        candidates = list(dict.fromkeys(items))[:_MAX_ITEMS]
        self.expect(wikidata.data_address(item) for item in candidates)
        for item in candidates:
            await self.ask(surroundings.item_role(item), wikidata.data_address(item), _JSON)
        own = await self.fetcher.apart(surroundings.item_of, dict(self.pages), self.site.url) if items else None
        if own is not None:
            self.expect([wikidata.page_address(own)])
            await self.ask(surroundings.item_page_role(own), wikidata.page_address(own))

    async def _item_at(self, address: str) -> str | None:
        item = wikidata.item_in(address)
        return item if item is not None else await self._item_of_article(address)

    async def _item_of_article(self, address: str) -> str | None:
        page = await self.ask(surroundings.role_for("wikipedia", address), address)
        if page.state is not State.OBSERVED or page.status != 200:
            return None
        return await self.fetcher.apart(wikidata.item_of_article, page.body)


def has_public_name(url: str) -> bool:
    """Whether `url` has a name of the public name system: only such a site can be somebody's official website."""
    numeric = registrable(url).replace(".", "").strip("[]").isdigit()
    return not is_local(url) and not numeric and not registrable(url).endswith(_REHEARSAL) and bool(likely_address(url))
