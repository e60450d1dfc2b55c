"""Several accounts on one platform: which is proposed as the main one, and why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.main_account import main_account
from audit.models import Link


def account(handle: str, found_in: str = "footer", *, own: bool = True) -> Link:
    """An account on X."""
    return Link(
        company="client", platform="x", handle=handle, url=f"https://x.com/{handle}", found_in=found_in, own=own
    )


def proposed(
    handles: list[str], country: str = "", name: str = "Aurora Caffè", domain: str = "aurora.example"
) -> tuple[str, str]:
    """Handle and reason of the proposal among accounts of a footer."""
    answer = main_account([account(handle) for handle in handles], name, domain, country)
    assert answer is not None
    return answer[0].handle, answer[1]


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


def test_where_an_account_stands_counts_more_than_how_it_is_called() -> None:
    """Declared by the page, against one in its text."""
    links = [account("aurora", "body"), account("torrefazione", "json-ld")]

    assert (links[1], "it stands in a stronger place: json-ld") == main_account(links, "Aurora", "aurora.example")


def test_accounts_that_nothing_tells_apart_are_taken_in_their_order() -> None:
    """And the reason says so."""
    assert ("brenta", "the first on the page; nothing else tells them apart") == proposed(["brenta", "brenta"])


def test_accounts_of_others_are_never_proposed() -> None:
    """Without an own one there is no proposal."""
    assert main_account([account("aurora", own=False)], "Aurora", "aurora.example") is None
    assert main_account([], "Aurora", "aurora.example") is None


@given(st.lists(st.text(max_size=12), min_size=1, max_size=6), st.text(max_size=10), st.text(max_size=6))
def test_one_of_the_own_accounts_is_proposed_whatever_they_are_called(
    handles: list[str], name: str, country: str
) -> None:
    """Total, and the same each time."""
    links = [account(handle) for handle in handles]
    answer = main_account(links, name, f"{name}.example", country)

    assert answer is not None
    assert answer[0] in links
    assert answer[1]
    assert answer == main_account(links, name, f"{name}.example", country)
