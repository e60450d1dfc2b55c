"""Every platform on every one of its fixture folders: what is read, where it stands, and that nothing breaks it.

`RECORD=1 pytest tests/test_platforms.py` writes the expected files; a person reads the difference.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import pkgutil
import random
import re
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import audit.platforms
from audit.files import load_profile_folder, to_json, to_plain, write_text
from audit.models import CountFact, Fact, Link, Page, Profile, Source, State
from audit.parse.document import Document
from audit.parse.text import clean
from audit.platforms import link_of, platform_of, platforms
from audit.platforms._ability import READABLE, Shown, read_fields
from audit.platforms._recognised import Recognised

FIXTURES = Path(__file__).parent / "fixtures"
MODULES = sorted(
    module.name for module in pkgutil.iter_modules(audit.platforms.__path__) if not module.name.startswith("_")
)
CASES = sorted(place.parent for name in MODULES for place in (FIXTURES / name).glob("*/link.json") if name in MODULES)
CASE_IDS = [f"{case.parent.name}/{case.name}" for case in CASES]


def read_case(folder: Path) -> tuple[Link, dict[str, Page], Profile]:
    """A fixture folder and what its platform reads in it."""
    link, pages = load_profile_folder(folder)
    return link, pages, platforms()[link.platform].read(link, pages)


@pytest.mark.parametrize("folder", CASES, ids=CASE_IDS)
def test_a_case_is_read_as_expected(folder: Path) -> None:
    """The profile read is the one that lies beside the pages."""
    expected_file = folder / "expected" / "profile.json"
    plain = to_plain(read_case(folder)[2], Profile)
    if os.environ.get("RECORD") == "1":
        write_text(expected_file, to_json(plain))
    assert json.loads(expected_file.read_text(encoding="utf-8")) == plain


@pytest.mark.parametrize("folder", CASES, ids=CASE_IDS)
def test_the_name_of_a_case_says_whether_the_profile_is_seen(folder: Path) -> None:
    """`open…` cases are observed, `refused…` cases are not and say why. What was saved of a platform that has
    closed since is still read, but it is not observed any more."""
    profile = read_case(folder)[2]
    seen = profile.state is State.OBSERVED or (profile.state is State.RETIRED and profile.name is not None)
    assert folder.name.startswith("open") == seen
    assert folder.name.startswith(("open", "refused"))
    assert profile.state is State.OBSERVED or profile.reason


@pytest.mark.parametrize("folder", CASES, ids=CASE_IDS)
def test_a_gathered_case_wants_nothing_more(folder: Path) -> None:
    """With its pages here a platform asks for no further one."""
    link, pages, profile = read_case(folder)
    assert {} == platforms()[profile.platform].wants(link, pages)


@pytest.mark.parametrize("folder", CASES, ids=CASE_IDS)
def test_every_value_leads_back_to_its_place(folder: Path) -> None:
    """The place a fact names is there, in the page it names, and holds the text that was read."""
    _, pages, profile = read_case(folder)
    documents = {role: Document(page.body, page.media_type) for role, page in pages.items()}
    for name, fact in facts_of(profile):
        found = text_at(pages[fact.page], documents[fact.page], fact.where)
        assert found is not None, f"{name}: {fact.where}"
        if isinstance(fact, CountFact):
            assert clean(fact.raw) in clean(found), f"{name}: {fact.raw!r} not in {found!r}"
        elif name == "name":
            assert clean(str(fact.value)) in clean(found), f"{name}: {fact.value!r} not in {found!r}"
    for post in profile.recent:
        assert documents[post.page].find(post.where) is not None, f"post: {post.where}"


def text_at(page: Page, document: Document, where: str) -> str | None:
    """What stands at a fact's place: in the page, or in a header that was kept with it."""
    return page.headers.get(where.removeprefix("header ")) if where.startswith("header ") else document.find(where)


def facts_of(profile: Profile) -> list[tuple[str, Fact[Any]]]:
    """The facts of a profile by field."""
    found = [(field.name, getattr(profile, field.name)) for field in fields(Profile)]
    return [(name, fact) for name, fact in found if isinstance(fact, Fact)]


@pytest.mark.parametrize("folder", CASES, ids=CASE_IDS)
def test_the_address_of_a_case_is_recognised(folder: Path) -> None:
    """A case's link is what its platform makes of the link's own address, and each page has the role it plays."""
    link, pages = load_profile_folder(folder)
    platform = platform_of(link.url)
    made = link_of(link.url, company=link.company)
    assert link.platform == platform.name
    assert made is not None
    assert (link.handle, link.url) == (made.handle, made.url)
    for role, page in pages.items():
        assert role in platform.roles
        assert role == platform.role(page.url)


@pytest.mark.parametrize("name", MODULES)
def test_every_platform_has_an_open_and_a_refused_case(name: str) -> None:
    """A reader without both has not been shown what it must tell apart; a network that is not read has no open one."""
    cases = [case.name for case in CASES if case.parent.name == name]
    is_read = not isinstance(platforms()[name], Recognised) or platforms()[name].api is not None
    is_read = is_read and not platforms()[name].retired
    assert is_read == any(case.startswith("open") for case in cases)
    assert any(case.startswith("refused") for case in cases)


@pytest.mark.parametrize("name", MODULES)
def test_a_platform_says_of_its_reader_what_its_open_cases_show(name: str) -> None:
    """`by_page` and `by_key` name the fields that the cases show together, in the order of a profile, and how exactly
    posts are counted: what `./invoke platforms` and the README tell."""
    profiles = [read_case(case)[2] for case in CASES if case.parent.name == name and case.name.startswith("open")]
    platform = platforms()[name]
    ways = ((False, platform.by_page), (True, platform.by_key))
    expected = [shown_by([profile for profile in profiles if (profile.source == Source.API) == key]) for key, _ in ways]
    assert expected == [said for _, said in ways]


def shown_by(profiles: list[Profile]) -> Shown:
    """What profiles show together."""
    fields_seen = {field for profile in profiles for field in read_fields(profile)}
    counts = [profile.posts for profile in profiles if profile.posts is not None]
    posts = {"exact" if count.low == count.high else "rounded" for count in counts}
    return Shown(
        fields=" ".join(field for field in READABLE if field in fields_seen),
        posts=" or ".join(sorted(posts)) or "none",
    )


DATE = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"


@pytest.mark.parametrize("name", MODULES)
def test_a_platform_says_what_its_reader_was_checked_against(name: str) -> None:
    """Each date is a date; of an API it is that of its documentation."""
    platform = platforms()[name]
    checked = platform.checked
    assert (platform.api is not None) == bool(checked.documentation)
    assert all(re.fullmatch(DATE, day) for day in (checked.pages, checked.documentation) if day)


@pytest.mark.parametrize("name", MODULES)
def test_a_module_is_named_after_its_platform(name: str) -> None:
    """Module, platform and fixture folder carry one name; each says how to get in and what robots.txt says."""
    platform = importlib.import_module(f"audit.platforms.{name}").PLATFORM
    assert name == platform.name
    assert platform.title
    assert platform.way_in
    assert platform.robots_note
    assert platform.roles


def test_no_two_platforms_claim_an_address() -> None:
    """Hosts are disjoint, also where one lies below another."""
    owned = [(host, platform.name) for platform in platforms().values() for host in platform.hosts]
    clashes = [
        (one, other)
        for one, owner in owned
        for other, second in owned
        if owner != second and (one == other or one.endswith("." + other))
    ]
    assert [] == clashes


@pytest.mark.parametrize("folder", CASES, ids=CASE_IDS)
def test_damaged_pages_are_read_without_an_exception(folder: Path) -> None:
    """Pages cut short or with flipped bits give a profile; a refused one is never raised into `missing` by luck
    of the parser, it stays a profile with a state."""
    link, pages = load_profile_folder(folder)
    platform = platforms()[link.platform]
    chance = random.Random(hashlib.sha256(str(folder.name).encode()).hexdigest())
    for _ in range(6):
        damaged = {role: replace(page, body=damage(page.body, chance)) for role, page in pages.items()}
        profile = platform.read(link, damaged)
        assert link.platform == profile.platform
        assert profile.state in State


def damage(body: bytes, chance: random.Random) -> bytes:
    """`body` cut short, or with some bytes changed."""
    if not body:
        return b"{"
    if chance.random() < 0.5:
        return body[: chance.randrange(len(body))]
    changed = bytearray(body)
    for _ in range(1 + len(body) // 300):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["data", "user", "result", "legacy", "core", "header", "metadata", "items", "error", "alerts", "name", "id",
         "screen_name", "followers_count", "graphql", "userInfo", "props", "pageProps", "contents", "elements"]
    ), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@pytest.mark.parametrize("name", MODULES)
@given(value=JSON_VALUES, role=st.integers(min_value=0, max_value=9), status=st.sampled_from([None, 200, 403, 404]))
@settings(max_examples=40, deadline=None)
def test_any_json_is_read_without_an_exception(name: str, value: Any, role: int, status: int | None) -> None:
    """Whatever shape an answer has, in whichever role, a profile comes back."""
    platform = platforms()[name]
    case = next(case for case in CASES if case.parent.name == name)
    link, pages = load_profile_folder(case)
    page = replace(
        next(iter(pages.values())),
        role=platform.roles[role % len(platform.roles)],
        status=status,
        body=json.dumps(value).encode(),
        media_type="application/json",
    )
    assert name == platform.read(link, {page.role: page}).platform


@pytest.mark.parametrize("name", MODULES)
@given(text=st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_address_is_a_link_or_none(name: str, text: str) -> None:
    """Addresses off the web never raise, and a link has a handle, an address and its platform's name."""
    platform = platforms()[name]
    hosts = [*sorted(platform.hosts), "example.com"]
    for address in (text, *(f"https://{host}/{text}" for host in hosts)):
        platform.role(address)
        link = platform.link(address)
        assert link is None or (link.platform == name and link.handle and link.url.startswith("http"))
