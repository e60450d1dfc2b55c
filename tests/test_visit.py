"""What a website leads to: asked once, robots.txt obeyed, Wikidata by its open addresses only."""

from __future__ import annotations

import asyncio
import hashlib
import ssl
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme

from audit.fetcher import Fetcher
from audit.limits import Limits
from audit.models import Link, Page, Source, State
from audit.surroundings import bio_role, leads, role_for, sightings_in
from audit.visit import has_public_name, visit
from tests.loopback import Route, Web, answer
from tests.test_wikidata import data, group, page, statement

SITE = Link(company="client", platform="website", handle="aurora.it", url="https://aurora.it/")
NAMES = ("www.wikidata.org", "it.wikipedia.org", "en.wikipedia.org")
MOMENT = datetime(2026, 11, 23, 9, tzinfo=UTC)
ROBOTS = answer(b"User-agent: *\nDisallow: /w/\nDisallow: /wiki/Special:\nAllow: /wiki/Special:EntityData/*.\n")
STATED = data(P856=[statement("https://www.aurora.it/")], P1=[statement("aurora.caffe")])
SHOWN = page(group("P1", ("https://www.instagram.com/aurora.caffe/", "aurora.caffe")))
DATA = "www.wikidata.org/wiki/Special:EntityData/Q900.json"
ITEM = "www.wikidata.org/wiki/Q900"


def stored(html: str, role: str = "home") -> Page:
    """A page of the site as the evidence holds it."""
    body = html.encode()
    return Page(
        url=SITE.url, final_url=SITE.url, role=role, state=State.OBSERVED, source=Source.PUBLIC, fetched_at=MOMENT,
        status=200, media_type="text/html", sha256=hashlib.sha256(body).hexdigest(), body=body,
    )  # fmt: skip


def visited(
    tmp_path: Path, routes: Mapping[str, Route], *homes: str, pages: Mapping[str, Page] | None = None
) -> tuple[dict[str, Page], list[str]]:
    """The pages after a visit, and what was asked beside robots.txt; `homes` are visited one after the other."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(*NAMES).configure_cert(context)
    found = dict(pages or {})

    async def run() -> list[str]:
        async with Web({"/robots.txt": ROBOTS, **routes}, tls=context) as web:
            fetcher = Fetcher(
                user_agent="Finestra/0 (audit@agency.example)", now=lambda: MOMENT, limits=Limits(delay=0),
                allow_loopback=True, ca_file=tmp_path / "ca.pem", resolve=web.resolver(*NAMES),
            )  # fmt: skip
            async with fetcher:
                for home in homes:
                    found["home"] = stored(home)
                    await visit(
                        fetcher, SITE, dict(found), save=lambda page: found.update({page.role: page}),
                        languages=("it", "en"),
                    )  # fmt: skip
            return [path for path in web.paths() if not path.endswith("/robots.txt")]

    asked = asyncio.run(run())
    return found, asked


def accounts_of(pages: Mapping[str, Page]) -> list[tuple[str, str]]:
    """The own profiles that the stored pages show, with where they were found."""
    return [(one.link.url, one.link.found_in) for one in sightings_in(SITE, pages) if one.link.own]


DECLARING = """<html><head><title>Torrefazione Aurora</title><script type="application/ld+json">{"@type": "Corporation",
"name": "Torrefazione Aurora", "sameAs": "http://www.wikidata.org/entity/Q900"}</script></head><body>x</body></html>"""
SILENT = "<html><head><title>Torrefazione Aurora</title></head><body>Caff&egrave;</body></html>"


def test_a_declared_item_is_read_by_its_open_addresses(tmp_path: Path) -> None:
    """Its data and its page, nothing under /w/ and no search; a second visit asks for nothing again."""
    routes = {DATA: answer(STATED, content_type="application/json"), ITEM: answer(SHOWN, content_type="text/html")}
    pages, asked = visited(tmp_path, routes, DECLARING, DECLARING)
    assert [DATA, ITEM] == asked
    assert ("https://www.instagram.com/aurora.caffe/", "wikidata") in accounts_of(pages)


def test_an_article_of_the_sites_name_leads_to_its_item(tmp_path: Path) -> None:
    """Asked in the languages of the report; the item counts by its official website."""
    article = (
        b'<html><body><li id="t-wikibase"><a href="https://www.wikidata.org/wiki/Special:EntityPage/Q900">W</a></li>'
    )
    routes = {
        "it.wikipedia.org/wiki/Torrefazione_Aurora": answer(article, content_type="text/html"),
        DATA: answer(STATED, content_type="application/json"), ITEM: answer(SHOWN, content_type="text/html"),
    }  # fmt: skip
    pages, asked = visited(tmp_path, routes, SILENT)
    wikipedias = [f"{language}.wikipedia.org/wiki/Torrefazione_Aurora" for language in ("it", "en")]
    assert [*wikipedias, DATA, ITEM] == asked
    assert [("https://www.instagram.com/aurora.caffe/", "wikidata")] == accounts_of(pages)


def test_the_article_of_a_namesake_is_not_taken(tmp_path: Path) -> None:
    """Its item names another official website: its page is not even asked for."""
    article = b'<html><body><li id="t-wikibase"><a href="https://www.wikidata.org/wiki/Q900">W</a></li>'
    other = data(P856=[statement("https://aurora.example/")], P1=[statement("aurora.caffe")])
    routes = {
        "it.wikipedia.org/wiki/Torrefazione_Aurora": answer(article, content_type="text/html"),
        DATA: answer(other, content_type="application/json"), ITEM: answer(SHOWN, content_type="text/html"),
    }  # fmt: skip
    pages, asked = visited(tmp_path, routes, SILENT)
    assert ITEM not in asked
    assert [] == accounts_of(pages)


def test_what_is_stored_of_another_address_is_not_taken_for_this_one(tmp_path: Path) -> None:
    """A site renamed since is looked up by its new name; a list of links that it left is its own no longer."""
    renamed = SILENT.replace("Torrefazione Aurora", "Caff&egrave; Aurora")
    names = ("Torrefazione_Aurora", "Caff%C3%A8_Aurora")
    _, asked = visited(tmp_path, {}, SILENT, renamed, renamed)
    assert [f"{language}.wikipedia.org/wiki/{name}" for name in names for language in ("it", "en")] == asked
    before = '<html><body><footer><a href="https://linktr.ee/{}">Tutti i link</a></footer></body></html>'
    bio = '<html><body><main><a href="https://www.tiktok.com/@aurora">Video</a></main></body></html>'
    old = "https://linktr.ee/aurora"
    listed = replace(stored(bio, bio_role(old)), url=old, final_url=old)
    shown = {"home": stored(before.format("aurora")), listed.role: listed}
    assert ("https://www.tiktok.com/@aurora", "link-in-bio") in accounts_of(shown)
    shown["home"] = stored(before.format("altra"))
    assert [("https://linktr.ee/altra", "footer")] == accounts_of(shown)


def test_a_stored_page_of_a_role_is_reused_for_its_own_address_alone(tmp_path: Path) -> None:
    """Whatever stands under the role's name."""
    other = replace(stored("{}", "wikidata_q900"), url="https://www.wikidata.org/wiki/Special:EntityData/Q9.json")
    routes = {DATA: answer(STATED, content_type="application/json"), ITEM: answer(SHOWN, content_type="text/html")}
    _, asked = visited(tmp_path, routes, DECLARING, pages={other.role: other})
    assert [DATA, ITEM] == asked


def test_what_robots_txt_closes_is_not_asked(tmp_path: Path) -> None:
    """Not permitted is stored with the reason; nothing is concluded from it."""
    pages, asked = visited(
        tmp_path, {"www.wikidata.org/robots.txt": answer(b"User-agent: *\nDisallow: /\n")}, DECLARING
    )
    assert [] == asked
    assert State.NOT_PERMITTED == pages["wikidata_q900"].state
    assert "wikidata_q900_page" not in pages


FOOTER = """<html><head><title>Rivale</title>{head}</head><body><footer>
<a href="https://www.instagram.com/rivale.caffe/">Instagram</a> <a href="https://linktr.ee/rivale">Tutti i link</a>
<a href="https://bit.ly/rivale">Facebook</a></footer></body></html>"""
WHERE_ELSE = "another company: aurora.it leads to rivale.com, which is another site"


@pytest.mark.parametrize("role", ["home", "contact", "about"])
def test_a_page_that_leads_to_another_site_shows_nothing_of_the_companys(role: str) -> None:
    """A lapsed domain leads to whoever bought it, a contact page to a partner's form: what stands there is listed with
    the reason, and neither its list of links, nor its short links, nor its item is asked for."""
    item = '<link rel="me" href="https://www.wikidata.org/wiki/Q900">'
    away = replace(stored(FOOTER.format(head=item), role), final_url="https://rivale.com/")
    own = {} if role == "home" else {"home": stored(SILENT)}
    pages = {**own, role: away}

    shown = [one.link for one in sightings_in(SITE, pages)]
    assert "https://www.instagram.com/rivale.caffe/" in [link.url for link in shown]
    assert {(False, WHERE_ELSE)} == {(link.own, link.why) for link in shown}
    found = leads(SITE.url, pages)
    assert (None, {}, ()) == (found.bio, found.short, found.declared)
    assert ("" if role == "home" else "Torrefazione Aurora") == found.name


@pytest.mark.parametrize(
    ("arrived", "sites"),
    [("https://aurora.com/", ()), ("https://www.aurora.it/it/", ()), ("https://rivale.com/", ("https://rivale.com/",))],
)
def test_a_site_that_moved_under_its_name_or_was_declared_is_the_companys(arrived: str, sites: tuple[str, ...]) -> None:
    """The same name under another ending; another name by a person's word alone."""
    pages = {
        role: replace(stored(FOOTER.format(head=""), role), final_url=arrived) for role in ("home", "contact", "about")
    }
    own = [one.link.url for one in sightings_in(SITE, pages, sites) if one.link.own]
    assert "https://www.instagram.com/rivale.caffe/" in own
    assert "https://linktr.ee/rivale" == leads(SITE.url, pages, sites).bio


@pytest.mark.parametrize(
    ("target", "listed"),
    [
        ("https://t.me/auroracaffe", ("telegram", "https://t.me/auroracaffe", True)),
        ("http://169.254.169.254/latest/", ("short-link", "https://bit.ly/rivale", False)),
        ("http://nas.local/", ("short-link", "https://bit.ly/rivale", False)),
    ],
)
def test_a_short_link_is_what_it_leads_to(target: str, listed: tuple[str, str, bool]) -> None:
    """Also where nothing answered there; one into the own network stays what it is, for a person to see."""
    asked = replace(
        stored("", role_for("short", "https://bit.ly/rivale")), url="https://bit.ly/rivale", final_url=target,
        state=State.FAILED,
    )  # fmt: skip
    found = [one.link for one in sightings_in(SITE, {"home": stored(FOOTER.format(head="")), asked.role: asked})]
    assert listed in [(link.platform, link.url, link.own) for link in found]


LISTED = """<html><body><main><a href="https://www.tiktok.com/@aurora">Video</a>
<a href="https://www.instagram.com/rivale.caffe/">Instagram</a></main></body></html>"""


@pytest.mark.parametrize(
    ("arrived", "own", "why"),
    [
        ("https://rivale.com/", [], "another company: linktr.ee leads to rivale.com, which is another site"),
        ("https://linktr.ee/", [], "another company: linktr.ee/aurora leads to linktr.ee, which is another site"),
        (
            "https://linktr.ee/rivale",
            [],
            "another company: linktr.ee/aurora leads to linktr.ee/rivale, which is another site",
        ),
        ("https://www.linktr.ee/Aurora/", ["instagram", "tiktok"], ""),
        ("https://www.aurora.it/link", ["instagram", "tiktok"], ""),
    ],
)
def test_a_list_of_links_that_leads_elsewhere_is_not_the_companys(arrived: str, own: list[str], why: str) -> None:
    """A service leads from an account that is gone to its own pages, and hands the name on; what the company's own site
    shows is judged as there."""
    listed = replace(
        stored(LISTED, bio_role("https://linktr.ee/aurora")), url="https://linktr.ee/aurora", final_url=arrived
    )
    home = stored('<html><body><footer><a href="https://linktr.ee/aurora">Tutti i link</a></footer></body></html>')
    found = [one.link for one in sightings_in(SITE, {"home": home, listed.role: listed}) if one.link.url != listed.url]
    assert own == sorted(link.platform for link in found if link.own)
    assert {why} == {link.why for link in found}


@pytest.mark.parametrize(
    ("url", "public"),
    [("https://aurora.it/", True), ("http://127.0.0.1:8000/", False), ("https://93.184.215.14/", False),
     ("https://aurora.example/", False), ("http://localhost/", False)],
)  # fmt: skip
def test_only_a_site_with_a_public_name_can_be_somebodys_official_website(url: str, public: bool) -> None:
    """Wikipedia is not asked about rehearsals."""
    assert public is has_public_name(url)
