"""Whose profile it is: what a company's pages and a profile say of each other, as tables, and laws that always hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.models import (
    Client,
    Company,
    Extraction,
    Fact,
    FoundLink,
    Link,
    Mention,
    Ownership,
    PageRecord,
    Profile,
    SiteFacts,
    Source,
    State,
    key_of,
)
from audit.ownership import prove, skeleton

HOME = "https://aurora.it/"
AT = datetime(2026, 11, 23, 8, tzinfo=UTC)
INSTAGRAM = "https://www.instagram.com/aurora.caffe/"


def link(platform: str, handle: str, url: str, **changes: object) -> Link:
    """A link of the client."""
    return replace(Link(company="client", platform=platform, handle=handle, url=url), **changes)  # type: ignore[arg-type]


def instagram(handle: str) -> Link:
    """An Instagram profile's link."""
    return link("instagram", handle, f"https://www.instagram.com/{handle}/")


def client(*declared: Link, site: str | None = HOME, **lists: tuple[str, ...]) -> Client:
    """A client with these profiles in its file; `lists` are to_confirm and not_ours."""
    return Client(
        slug="aurora",
        company=Company(id="client", name="Aurora", site=site, profiles=declared),
        sector="food_beverage", size="small", country="IT", languages=("it",), **lists,
    )  # fmt: skip


def found(of: Link, *places: str, own: bool = True, page: str = HOME) -> FoundLink:
    """A row of links.json: the link shown in these places of a page."""
    mentions = tuple(Mention(page=page, found_in=place, own=own) for place in places)
    return FoundLink(
        company=of.company, platform=of.platform, handle=of.handle, url=of.url,
        found_in=places[0], own=own, mentions=mentions,
    )  # fmt: skip


def said(value: str) -> Fact[str]:
    """What a profile's page says."""
    return Fact(value=value, page="profile", where="#/said")


def profile(of: Link, *, website: str | None = None, bio: str | None = None, state: State = State.OBSERVED) -> Profile:
    """What was read of a link's profile."""
    return Profile(
        company=of.company, platform=of.platform, handle=of.handle, url=of.url, state=state, source=Source.PUBLIC,
        website=said(website) if website else None, bio=said(bio) if bio else None,
    )  # fmt: skip


def page(of: Profile, *, role: str = "profile", url: str = "", final_url: str = "") -> PageRecord:
    """The stored page of a profile."""
    return PageRecord(
        company=of.company, platform=of.platform, profile_url=of.url, role=role, url=url or of.url,
        final_url=final_url or url or of.url, state=State.OBSERVED, source=Source.PUBLIC, fetched_at=AT, status=200,
        media_type="text/html", sha256="ab" * 32, reason=None,
    )  # fmt: skip


def read(*profiles: Profile, pages: Iterable[PageRecord] = ()) -> Extraction:
    """Profiles read, each of one page."""
    return Extraction(profiles=profiles, pages=(*(page(one) for one in profiles), *pages))


def own_site(*phones: str, links: tuple[Link, ...] = ()) -> Profile:
    """The company's website as it was read."""
    facts = tuple(Fact(value=phone, page="home", where="a@href") for phone in phones)
    site = link("website", "aurora.it", HOME)
    return replace(profile(site), site=SiteFacts(phones=facts, links=links))


def ownership_of(of: Link, who: Client, links: Iterable[Link], seen: Extraction) -> Ownership:
    """What the proof says of one link."""
    return prove(who, links, seen)[key_of(of)].ownership


def kinds_of(of: Link, who: Client, links: Iterable[Link], seen: Extraction) -> list[str]:
    """The kinds of the signs, in their order."""
    return [sign.kind for sign in prove(who, links, seen)[key_of(of)].signs]


IT = instagram("aurora.caffe")


@pytest.mark.parametrize(
    ("places", "website", "bio", "expected"),
    [
        (("footer",), "https://www.aurora.it/chi-siamo", None, Ownership.BOTH_WAYS),
        (("json-ld",), None, "Caffè dal 1958. www.aurora.it", Ownership.BOTH_WAYS),
        (("rel-me",), "aurora.it", None, Ownership.BOTH_WAYS),
        (("body",), None, "Scrivici: info@aurora.it", Ownership.BOTH_WAYS),
        (("footer",), "https://l.instagram.com/?u=https%3A%2F%2Faurora.it%2F", None, Ownership.BOTH_WAYS),
        (("footer",), None, "Tel. 0461 123456", Ownership.BOTH_WAYS),
        (("footer",), None, "Tel. 0461 999999", Ownership.ONE_WAY),
        (("footer",), None, None, Ownership.ONE_WAY),
        (("footer",), "https://linktr.ee/aurora", None, Ownership.ONE_WAY),
        (("footer",), "https://www.facebook.com/aurora", None, Ownership.ONE_WAY),
        (("footer",), "https://rivenditore.example/", None, Ownership.ONE_WAY),
        (("footer",), "https://aurora.de/", None, Ownership.ONE_WAY),
        ((), "https://aurora.it/", None, Ownership.ONE_WAY),
        ((), "https://aurora.de/", None, Ownership.ONE_WAY),
        ((), "https://aurora.github.io/", None, Ownership.LOOK_ALIKE),
        ((), "https://altro.example/", None, Ownership.LOOK_ALIKE),
        ((), "https://aurora.it.altro.example/", None, Ownership.LOOK_ALIKE),
        ((), "https://linktr.ee/aurora", None, Ownership.UNPROVEN),
        ((), None, "Non siamo aurora.it.example", Ownership.UNPROVEN),
        (("wikidata",), "https://aurora.it/", None, Ownership.BOTH_WAYS),
        (("wikidata",), None, None, Ownership.ONE_WAY),
        (("wikidata",), "https://altro.example/", None, Ownership.LOOK_ALIKE),
        (("link-in-bio",), "https://aurora.it/", None, Ownership.ONE_WAY),
    ],
)
def test_site_and_profile_must_name_each_other(
    places: tuple[str, ...], website: str | None, bio: str | None, expected: Ownership
) -> None:
    """One direction is free for anybody to write; another site's name speaks against a profile nobody points to."""
    links = [found(IT, *places)] if places else [replace(IT, found_in="elsewhere")]
    if "wikidata" in places:
        links = [found(IT, *places, page="https://www.wikidata.org/wiki/Q1")]
    seen = read(own_site("+39 0461 123456"), profile(IT, website=website, bio=bio))
    assert expected == ownership_of(IT, client(), links, seen)


def test_a_profile_that_was_not_read_says_nothing() -> None:
    """Behind a login nothing links back: one way, whatever an old reading held."""
    walled = profile(IT, website=HOME, state=State.LOGIN_WALL)
    assert Ownership.ONE_WAY == ownership_of(IT, client(), [found(IT, "footer")], read(walled))


def test_a_link_named_in_the_text_or_on_a_strangers_page_counts_for_nothing() -> None:
    """A newspaper's article and a foreign site's footer prove nothing, even where the profile names the company."""
    seen = read(profile(IT, website=HOME))
    in_text = found(IT, "body", own=False)
    assert Ownership.ONE_WAY == ownership_of(IT, client(), [in_text], seen)
    assert ["links_back"] == kinds_of(IT, client(), [in_text], seen)
    elsewhere = found(IT, "footer", page="https://fiera.example/espositori")
    assert ["links_back"] == kinds_of(IT, client(), [elsewhere], seen)


def test_the_home_page_that_was_read_points_too() -> None:
    """The links of the website's own reading count like those of links.json, once."""
    shown = replace(IT, found_in="footer")
    seen = read(own_site(links=(shown,)), profile(IT, website=HOME))
    assert Ownership.BOTH_WAYS == ownership_of(IT, client(), [], seen)
    assert ["site_links", "links_back"] == kinds_of(IT, client(), [found(IT, "footer")], seen)


def test_a_link_by_number_reaches_the_profile_that_calls_itself_by_name() -> None:
    """The site links the channel by its number; the page shows its handle: the address is the same."""
    number = link("youtube", "UCabcdefghijklmnopqrstuv", "https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv")
    named = replace(profile(number, website=HOME), handle="auroracaffe")
    proofs = prove(client(), [found(number, "footer")], read(named))
    assert Ownership.BOTH_WAYS == proofs["client", "youtube", "auroracaffe"].ownership


def test_a_person_decides() -> None:
    """In client.toml: confirmed; waiting under to_confirm: not; under not_ours: never, whatever the pages say."""
    seen = read(profile(IT))
    assert Ownership.PERSON == ownership_of(IT, client(IT), [], seen)
    for spelling in (IT.url, "https://instagram.com/Aurora.Caffe", "http://www.instagram.com/aurora.caffe/?hl=it"):
        waits = client(IT, to_confirm=(spelling,))
        assert Ownership.UNPROVEN == ownership_of(IT, waits, [], seen)
        no = client(IT, not_ours=(spelling,))
        mutual = read(profile(IT, website=HOME))
        assert Ownership.LOOK_ALIKE == ownership_of(IT, no, [found(IT, "footer")], mutual)
    waits = client(IT, to_confirm=(IT.url,))
    assert Ownership.BOTH_WAYS == ownership_of(IT, waits, [found(IT, "footer")], read(profile(IT, website=HOME)))


def test_the_companys_own_site_needs_no_confirmation() -> None:
    """The audit starts from it."""
    site = link("website", "aurora.it", HOME)
    assert Ownership.PERSON == ownership_of(site, client(site, to_confirm=(HOME,)), [], read(own_site()))


def test_a_site_that_moved_is_still_the_companys() -> None:
    """The profile names the new domain of the same name, to which the old home page leads; a form elsewhere is no
    move."""
    site = own_site()
    moved = page(site, role="home", url=HOME, final_url="https://aurora.com/")
    contact = page(site, role="contact", url=f"{HOME}contatti", final_url="https://moduli.example/aurora")
    new = read(site, profile(IT, website="https://aurora.com/"), pages=(moved,))
    assert Ownership.BOTH_WAYS == ownership_of(IT, client(), [found(IT, "footer")], new)
    form = read(site, profile(IT, website="https://moduli.example/"), pages=(contact,))
    assert Ownership.ONE_WAY == ownership_of(IT, client(), [found(IT, "footer")], form)


def test_a_lapsed_domain_that_leads_to_its_buyer_makes_nothing_the_companys() -> None:
    """The buyer's page and profile name each other, not the company; a person who declares the new address decides."""
    new_home = "https://rivale-caffe.com/"
    site = own_site()
    moved = page(site, role="home", url=HOME, final_url=new_home)
    seen = read(site, profile(IT, website=new_home, bio="info@rivale-caffe.com"), pages=(moved,))
    shown = [found(IT, "footer", page=new_home)]
    assert Ownership.LOOK_ALIKE == ownership_of(IT, client(), shown, seen)
    assert ["other_site"] == kinds_of(IT, client(), shown, seen)
    declared = link("website", "rivale-caffe.com", new_home)
    assert Ownership.BOTH_WAYS == ownership_of(IT, client(declared), shown, seen)
    assert Ownership.LOOK_ALIKE == ownership_of(IT, client(declared, to_confirm=(new_home,)), shown, seen)


@pytest.mark.parametrize(
    ("site", "website", "bio", "expected"),
    [
        ("https://aurora.wordpress.com/", "https://aurora.wordpress.com/chi-siamo", None, Ownership.BOTH_WAYS),
        ("https://aurora.wordpress.com/", "https://rivale.wordpress.com/", None, Ownership.ONE_WAY),
        ("https://aurora.webnode.it/", "https://webnode.it/", None, Ownership.ONE_WAY),
        ("https://aurora.carrd.co/", "https://aurora.carrd.co/", None, Ownership.BOTH_WAYS),
        (
            "https://digilander.libero.it/aurora/",
            "http://digilander.libero.it/aurora/caffe.htm",
            None,
            Ownership.BOTH_WAYS,
        ),
        ("https://digilander.libero.it/aurora/", "https://digilander.libero.it/rivale/", None, Ownership.ONE_WAY),
        ("https://digilander.libero.it/aurora/", None, "rivale@libero.it, digilander.libero.it", Ownership.ONE_WAY),
        ("https://sites.google.com/view/aurora", "https://www.google.com/", None, Ownership.ONE_WAY),
    ],
)
def test_a_host_that_lends_its_name_is_nobodys_domain(
    site: str, website: str | None, bio: str | None, expected: Ownership
) -> None:
    """Another name or path of the same host is somebody else's; the company's own one is as good as a domain."""
    seen = read(profile(IT, website=website, bio=bio))
    assert expected == ownership_of(IT, client(site=site), [found(IT, "footer", page=site)], seen)


def test_a_page_of_another_on_the_companys_host_points_to_nothing() -> None:
    """It is confirmed by nobody, and its footer is a stranger's."""
    site, theirs = "https://digilander.libero.it/aurora/", "https://digilander.libero.it/rivale/"
    seen = read(profile(IT, website=site))
    assert ["links_back"] == kinds_of(IT, client(site=site), [found(IT, "footer", page=theirs)], seen)
    other = link("website", "digilander.libero.it/rivale", theirs)
    assert Ownership.PERSON != ownership_of(other, client(site=site), [], read(profile(other)))


@pytest.mark.parametrize("address", ["https://linkr.bio/a", "https://aurora.carrd.co/", "https://rb.gy/abc", "https://wa.me/39",
                                     "https://www.etsy.com/it/shop/a", "https://aurora.lnk.to/x"])  # fmt: skip
def test_lists_of_links_short_links_and_markets_name_no_site(address: str) -> None:
    """They speak neither for a profile nor against it."""
    seen = read(profile(IT, website=address))
    assert [] == kinds_of(IT, client(), [replace(IT, found_in="elsewhere")], seen)


@pytest.mark.parametrize(
    ("platform", "handle", "url", "expected"),
    [
        ("bluesky", "aurora.it", "https://bsky.app/profile/aurora.it", Ownership.BOTH_WAYS),
        ("bluesky", "caffe.aurora.it", "https://bsky.app/profile/caffe.aurora.it", Ownership.BOTH_WAYS),
        ("bluesky", "aurora.bsky.social", "https://bsky.app/profile/aurora.bsky.social", Ownership.UNPROVEN),
        ("instagram", "aurora.it", "https://www.instagram.com/aurora.it/", Ownership.UNPROVEN),
        ("mastodon", "caffe", "https://social.aurora.it/@caffe", Ownership.BOTH_WAYS),
    ],
)
def test_a_domain_that_the_platform_has_checked_is_proof_enough(
    platform: str, handle: str, url: str, expected: Ownership
) -> None:
    """A Bluesky handle is a domain that its owner has shown to hold; on Instagram anybody may write dots."""
    one = link(platform, handle, url)
    assert expected == ownership_of(one, client(), [], read(profile(one)))


@pytest.mark.parametrize(
    ("handle", "places", "expected"),
    [
        ("auroracafe", (), Ownership.LOOK_ALIKE),  # a doubled letter less
        ("aur0racaffe", (), Ownership.LOOK_ALIKE),  # 0 for o
        ("auroracaffе", (), Ownership.LOOK_ALIKE),  # the last letter is Cyrillic
        ("aurora_caffe", (), Ownership.LOOK_ALIKE),  # other dots, on the same platform
        ("aurora.caffe_official", (), Ownership.LOOK_ALIKE),
        ("real.aurora.caffe", (), Ownership.LOOK_ALIKE),
        ("auroracaffe.it", (), Ownership.LOOK_ALIKE),
        ("auroracaffe.it", ("footer",), Ownership.ONE_WAY),  # the site itself points to it: a second account
        ("aur0racaffe", ("footer",), Ownership.LOOK_ALIKE),  # a slip, or worse, in the site's footer
        ("auroracaffetrento", (), Ownership.UNPROVEN),
        ("caffe.aurora", (), Ownership.UNPROVEN),
    ],
)
def test_a_handle_that_only_looks_like_a_confirmed_one(
    handle: str, places: tuple[str, ...], expected: Ownership
) -> None:
    """Beside the confirmed aurora.caffe on the same platform."""
    other = instagram(handle)
    links = [found(other, *places)] if places else [replace(other, found_in="elsewhere")]
    proofs = prove(client(IT), links, read(profile(IT), profile(other)))
    assert expected == proofs[key_of(other)].ownership
    assert Ownership.PERSON == proofs[key_of(IT)].ownership


def test_the_same_name_on_another_platform_is_no_look_alike() -> None:
    """aurora.caffe here and auroracaffe there is how companies do it."""
    there = link("telegram", "auroracaffe", "https://t.me/auroracaffe")
    seen = read(profile(IT), profile(there))
    assert Ownership.UNPROVEN == ownership_of(there, client(IT), [replace(there, found_in="elsewhere")], seen)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("milano", "rnilano", True),
        ("lidl", "Iidl", True),
        ("paypal", "раураl", True),
        ("google", "g00gle", True),
        ("aurora", "aurora.", True),
        ("aurora", "aurore", False),
        ("caffè", "tè", False),
    ],
)
def test_the_skeleton_is_what_an_eye_sees(one: str, other: str, alike: bool) -> None:
    """Letters of other scripts, 1 and l and I, 0 and o, rn and m, doubled letters."""
    assert alike == (skeleton(one) == skeleton(other))


def test_a_sign_leads_to_the_stored_page_and_the_place_in_it() -> None:
    """Strongest first: the footer of the home page, then the profile's field, on the address the answer came from."""
    shown = profile(IT, website=HOME)
    seen = Extraction(
        profiles=(shown,), pages=(page(shown, final_url="https://www.instagram.com/aurora.caffe/?hl=it"),)
    )
    signs = prove(client(), [found(IT, "footer")], seen)[key_of(IT)].signs
    assert [
        ("site_links", HOME, "footer", INSTAGRAM),
        ("links_back", "https://www.instagram.com/aurora.caffe/?hl=it", "#/said", HOME),
    ] == [(sign.kind, sign.page, sign.where, sign.text) for sign in signs]


def test_a_competitors_profiles_are_proved_by_its_own_site() -> None:
    """Each company by itself: the client's site proves nothing of a rival."""
    rival = Company(id="rivale", name="Rivale", site="https://rivale.example/")
    theirs = replace(instagram("rivale"), company="rivale")
    who = replace(client(), competitors=(rival,))
    ours = found(theirs, "footer")
    assert Ownership.ONE_WAY == ownership_of(theirs, who, [ours], read(profile(theirs, website=rival.site)))
    own = found(theirs, "footer", page="https://rivale.example/")
    assert Ownership.BOTH_WAYS == ownership_of(theirs, who, [own], read(profile(theirs, website=rival.site)))


# ------------------------------------------------------------------------------------------------------------ laws

RANK = (Ownership.UNPROVEN, Ownership.LOOK_ALIKE, Ownership.ONE_WAY, Ownership.BOTH_WAYS, Ownership.PERSON)
HANDLES = ("aurora.caffe", "aurora_caffe", "aur0ra.caffe", "altro", "Aurora.Caffe")
PLACES = ("rel-me", "json-ld", "header", "footer", "meta", "body", "wikidata", "link-in-bio", "elsewhere")
WEBSITES = (None, HOME, "https://aurora.de/", "https://altro.example/", "https://linktr.ee/a", "…", "http://[", "\0")
BIOS = (None, "", "info@aurora.it", "aurora.it", "www.altro.example", "+39 0461 123456", "@@@..", "٣" * 9)

handles = st.sampled_from(HANDLES)
rows = st.builds(
    lambda handle, places, own, page: found(instagram(handle), *places, own=own, page=page),
    handles,
    st.lists(st.sampled_from(PLACES), min_size=1, max_size=3),
    st.booleans(),
    st.sampled_from((HOME, "https://fiera.example/", "")),
)
readings = st.builds(
    lambda handle, website, bio, state: profile(instagram(handle), website=website, bio=bio, state=state),
    handles,
    st.one_of(st.sampled_from(WEBSITES), st.text(min_size=1, max_size=20)),
    st.one_of(st.sampled_from(BIOS), st.text(max_size=40)),
    st.sampled_from((State.OBSERVED, State.MISSING, State.LOGIN_WALL)),
)
seen_links, seen_profiles = (
    st.lists(rows, max_size=4),
    st.lists(readings, max_size=3, unique_by=lambda one: key_of(one)),
)


@given(seen_links, seen_profiles, st.lists(handles, unique=True), st.lists(handles, unique=True))
def test_what_waits_for_a_person_is_never_called_confirmed_by_one(
    links: list[FoundLink], profiles: list[Profile], declared: list[str], waiting: list[str]
) -> None:
    """Whatever the pages say; and only what the client file names can be."""
    who = client(*map(instagram, declared), to_confirm=tuple(instagram(one).url for one in waiting))
    told = {handle.casefold() for handle in declared} - {handle.casefold() for handle in waiting}
    for key, proof in prove(who, links, read(own_site(), *profiles)).items():
        if key[1] != "website":
            assert (key[2] in told) == (proof.ownership is Ownership.PERSON)


@given(seen_links, seen_profiles, st.lists(handles, unique=True), st.randoms(use_true_random=False))
def test_the_order_of_links_is_no_matter(
    links: list[FoundLink], profiles: list[Profile], declared: list[str], dice: object
) -> None:
    """The same proofs with the same signs."""
    who = client(*map(instagram, declared))
    shuffled = list(links)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random of hypothesis
    seen = read(own_site(), *profiles)
    assert prove(who, links, seen) == prove(who, shuffled, seen)


@given(seen_links, seen_profiles, rows)
def test_one_more_sign_never_lowers_a_profile(links: list[FoundLink], profiles: list[Profile], more: FoundLink) -> None:
    """A further link may lift a profile; what it may lower is a look-alike of one that it has lifted."""
    seen = read(own_site(), *profiles)
    before, after = prove(client(), links, seen), prove(client(), [*links, more], seen)
    for key, proof in before.items():
        if Ownership.LOOK_ALIKE in (proof.ownership, after[key].ownership):
            continue
        assert RANK.index(proof.ownership) <= RANK.index(after[key].ownership)
