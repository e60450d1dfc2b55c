"""People beside the profile, as each platform shows them: none is stored, and nothing else is lost."""

from __future__ import annotations

import hashlib
import random
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from planted import NAMES, PLANTED, Planted
from test_corpus import Row, answer_of, rows_of_the_index
from test_platforms import CASE_IDS, CASES, damage, facts_of, text_at

from audit.files import load_profile_folder
from audit.models import Link, Page, Source, State
from audit.parse.document import Document
from audit.platforms import link_of, platform_of, platforms, read_page
from audit.third_persons import may_show_persons, persons_in, without_third_persons


def page_of(url: str, body: bytes) -> Page:
    """An answer as it came."""
    return Page(
        url=url, final_url=url, role="profile", state=State.OBSERVED, source=Source.SAVED,
        fetched_at=datetime(2026, 11, 23, tzinfo=UTC), sha256=hashlib.sha256(body).hexdigest(), body=body,
    )  # fmt: skip


def link_to(url: str, handle: str = "") -> Link:
    """The profile that an answer is about."""
    link = link_of(url) or Link(company="client", platform=platform_of(url).name, handle="", url=url)
    return replace(link, handle=handle or link.handle)


def reduced(planted: Planted) -> str:
    """What of a planted answer is stored."""
    link = link_to(planted.url, planted.handle)
    return without_third_persons(link, page_of(planted.url, planted.body.encode())).body.decode()


@pytest.mark.parametrize("name", sorted(PLANTED))
def test_nobody_beside_the_profile_is_stored(name: str) -> None:
    """Names, handles, pictures, numbers and words of who comments, reviews or likes are in nothing that is stored."""
    planted = PLANTED[name]

    assert [] == [person for person in NAMES if person in reduced(planted)]
    assert any(person in planted.body for person in NAMES)


@pytest.mark.parametrize("name", sorted(PLANTED))
def test_what_the_profile_says_of_itself_stays(name: str) -> None:
    """Its own words, its figures, and how many and when others were."""
    planted = PLANTED[name]

    assert [] == [words for words in planted.own if words not in reduced(planted)]


def test_the_digest_is_that_of_what_is_stored() -> None:
    """The digest of what came is kept beside it; a page that shows nobody is stored as it came."""
    planted = PLANTED["discord"]
    came, plain = page_of(planted.url, planted.body.encode()), page_of(planted.url, b'{"guild": {"name": "Aurora"}}')
    stored = without_third_persons(link_to(planted.url), came)

    assert (hashlib.sha256(stored.body).hexdigest(), came.sha256) == (stored.sha256, stored.came_as)
    assert stored == without_third_persons(link_to(planted.url), stored)
    assert plain is without_third_persons(link_to(planted.url), plain)


@pytest.mark.parametrize("folder", CASES, ids=CASE_IDS)
def test_a_case_is_read_the_same_without_them(folder: Path) -> None:
    """Every value is the same, and stands at the same place."""
    link, came = load_profile_folder(folder)
    stored = {role: without_third_persons(link, page) for role, page in came.items()}
    profile = platforms()[link.platform].read(link, came)

    assert profile == platforms()[link.platform].read(link, stored)
    documents = {role: Document(page.body, page.media_type) for role, page in stored.items()}
    missing = [
        name for name, fact in facts_of(profile) if text_at(stored[fact.page], documents[fact.page], fact.where) is None
    ]
    assert [] == missing


@pytest.mark.parametrize("folder", CASES, ids=CASE_IDS)
def test_damaged_pages_are_reduced_once_and_for_all(folder: Path) -> None:
    """Whatever a page holds, a page comes back, and a second time it is the same one."""
    link, pages = load_profile_folder(folder)
    chance = random.Random(f"{folder.parent.name}/{folder.name}")  # repeatable damage
    for page in pages.values():
        came = replace(page, body=damage(page.body, chance))
        stored = without_third_persons(link, came)
        assert stored.body == without_third_persons(link, stored).body
        assert may_show_persons(link, came) or stored is came


def test_real_pages_are_read_the_same_without_them() -> None:
    """Every value of the profile, on every real page. What a site's page seemed to have in somebody's comment, an
    address or a link of theirs, it has no more."""
    assert [] == [row.file for row in rows_of_the_index() if not is_read_the_same(row)]


def is_read_the_same(row: Row) -> bool:
    """Whether what is stored of a real page shows what the page shows."""
    body, status = answer_of(row)
    stored = without_third_persons(link_to(row.address), page_of(row.address, body)).body
    whole, read = (read_page(row.address, one, status=status) for one in (body, stored))
    if whole.site is None or read.site is None:
        return whole == read
    seen = {name for name, fact in read.site.checks.items() if fact.value}
    before = {name for name, fact in whole.site.checks.items() if fact.value}
    own = [link for link in whole.site.links if link.own] == [link for link in read.site.links if link.own]
    return replace(whole, site=None) == replace(read, site=None) and own and seen <= before


def test_a_platform_that_shows_nobody_of_others_says_so() -> None:
    """Each platform names its places, be they those of any."""
    for platform in platforms().values():
        persons = persons_in(Link(company="client", platform=platform.name, handle="x", url=""), "https://x.example/")
        assert persons.keys | persons.lists, platform.name
