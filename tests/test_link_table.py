"""The links of an audit as the terminal lists them."""

from __future__ import annotations

from audit.models import Client, Company, FoundLink, Mention
from audit.summary import link_table

HOME = "https://aurora.example/"
CLIENT = Client(
    slug="aurora", company=Company(id="client", name="Aurora", site=HOME, profiles=()), sector="food_beverage",
    size="small", country="IT", languages=("it",),
)  # fmt: skip


def row_of(url: str, found_in: str, *mentions: Mention) -> str:
    """The line of one link."""
    link = FoundLink(
        company="client", platform="telegram", handle="aurora", url=url, found_in=found_in, mentions=mentions
    )
    return link_table([link], CLIENT).splitlines()[1]


def test_each_place_is_named_once() -> None:
    """What a person declared is a place of its own; beyond three pages only how many there are."""
    footers = [Mention(page=f"{HOME}{number}", found_in="footer") for number in range(5)]
    assert row_of("https://t.me/aurora", "footer", footers[0]).endswith(f"own profile  footer of {HOME}0")
    assert row_of("https://t.me/aurora", "client.toml", footers[0]).endswith(f"client.toml; footer of {HOME}0")
    assert row_of("https://t.me/aurora", "footer", *footers).endswith(f"footer of {HOME}2; and 2 more")


def test_a_long_address_does_not_push_the_columns_off_the_screen() -> None:
    """It is cut with a mark; links.json has the whole."""
    row = row_of("https://t.me/aurora?text=" + "a" * 3_000, "footer")
    assert "a… " in row
    assert len(row) < 200
