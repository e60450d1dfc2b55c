"""Several accounts on one platform: which is proposed as the main one, and why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.main_account import main_first
from audit.models import FoundLink, Link, Mention


def account(handle: str, found_in: str = "footer", *, own: bool = True) -> Link:
    """An account on X."""
    return Link(
        company="client", platform="x", handle=handle, url=f"https://x.com/{handle}", found_in=found_in, own=own
    )


def proposed(
    handles: list[str], country: str = "", name: str = "Aurora Caffè", domain: str = "aurora.example"
) -> tuple[str, str]:
    """Handle and reason of the proposal among accounts of a footer."""
    ranked, reason = main_first([account(handle) for handle in handles], name=name, domain=domain, country=country)
    return ranked[0].handle, reason


@pytest.mark.parametrize(
    ("handles", "country", "handle", "reason"),
    [
        (["aurora"], "", "aurora", "the only one"),
        (["AuroraCares", "aurora"], "", "aurora", "it is for the whole company, the other for customer service"),
        (["aurora_jobs", "auroracaffe_it"], "", "auroracaffe_it", "it is for the whole company, the other for jobs"),
        (["aurora", "aurora_de"], "de", "aurora_de", "it is the account for DE"),
        (["aurora", "AuroraSchweiz"], "de-CH", "AuroraSchweiz", "it is the account for CH"),
        (["auroraUK", "aurora"], "it", "aurora", "it is for no one country, the other for GB"),
        (["aurora_uk", "aurora_fr"], "en", "aurora_uk", "it is the account for GB"),
        (["aurora_fr", "aurora"], "", "aurora", "it is for no one country, the other for FR"),
        (["lascatola", "aurora"], "", "aurora", "its handle is nearest to the company's name"),
    ],
)  # fmt: skip
def test_the_main_account_is_proposed_with_the_reason(
    handles: list[str], country: str, handle: str, reason: str
) -> None:
    """The whole company, then the country, then the name."""
    assert (handle, reason) == proposed(handles, country)


def test_words_of_a_longer_name_are_read_too() -> None:
    """A handle seldom bears all of it; what is part of the name is no purpose."""
    name, domain = "Torrefazione Aurora Sport", "torrefazioneaurora.example"
    for handle, reason in (
        ("aurora.caffe.de", "it is for no one country, the other for DE"),
        ("aurora.caffe.support", "it is for the whole company, the other for customer service"),
    ):
        assert ("aurorasport", reason) == proposed([handle, "aurorasport"], "it", name, domain)


def test_where_an_account_stands_counts_more_than_how_it_is_called() -> None:
    """Declared by the page, against one in its text."""
    links = [account("aurora", "body"), account("torrefazione", "json-ld")]
    ranked = main_first(links, name="Aurora", domain="aurora.example")
    assert ((links[1], links[0]), "it stands in a stronger place (json-ld)") == ranked


def test_an_account_on_more_pages_comes_before_one_of_the_same_place() -> None:
    """A page counts once, and only where it calls the account the company's."""

    def shown(handle: str, *pages: str, elsewhere: str = "") -> FoundLink:
        mentions = [Mention(page=page, found_in="footer") for page in pages]
        mentions += [Mention(page=elsewhere, found_in="footer", own=False)] if elsewhere else []
        link = account(handle)
        return FoundLink(
            company=link.company, platform=link.platform, handle=handle, url=link.url, found_in="footer",
            mentions=tuple(mentions),
        )  # fmt: skip

    links = [shown("aurora", "/", "/", elsewhere="/news"), shown("brenta", "/", "/contatti")]
    ranked, reason = main_first(links, name="Aurora", domain="aurora.example")
    assert ("brenta", "it stands on more pages (2 against 1)") == (ranked[0].handle, reason)


def test_accounts_that_nothing_tells_apart_are_taken_in_their_order() -> None:
    """And the reason says so."""
    assert ("brenta", "the first on the page; nothing else tells them apart") == proposed(["brenta", "brenta"])


def test_accounts_of_others_are_never_proposed() -> None:
    """Without an own one there is no proposal."""
    foreign = [account("aurora", own=False)]
    assert ((), "") == main_first(foreign, name="Aurora", domain="aurora.example")
    assert ((), "") == main_first([], name="Aurora", domain="aurora.example")


@given(st.lists(st.text(max_size=12), min_size=1, max_size=6), st.text(max_size=10), st.text(max_size=6))
def test_all_own_accounts_are_listed_whatever_they_are_called(handles: list[str], name: str, country: str) -> None:
    """Total, the same each time, and the main one does not hang on the order where something tells them apart."""
    links = [account(handle) for handle in handles]
    ranked, reason = main_first(links, name=name, domain=f"{name}.example", country=country)

    assert reason
    assert sorted(links, key=lambda link: link.handle) == sorted(ranked, key=lambda link: link.handle)
    assert (ranked, reason) == main_first(links, name=name, domain=f"{name}.example", country=country)
    again, reason = main_first(links[::-1], name=name, domain=f"{name}.example", country=country)
    assert ranked[0] == again[0] or reason.startswith("the first on the page")
