"""Wikidata: which item is the company's, and the accounts it states, with addresses as its page shows them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.parse.document import Document
from audit.wikidata import (
    accounts,
    article_address,
    chosen,
    data_address,
    declared_in,
    item_in,
    item_of_article,
    names_site,
    page_address,
)

CORPUS = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus" / "wikidata"


def statement(value: str, *, rank: str = "normal", **qualifiers: str) -> dict[str, object]:
    """A statement as the data write it."""
    return {
        "mainsnak": {"snaktype": "value", "datavalue": {"value": value, "type": "string"}},
        "type": "statement",
        "rank": rank,
        "qualifiers": {name: [{"snaktype": "value"}] for name in qualifiers},
    }


def data(item: str = "Q900", **claims: list[dict[str, object]]) -> bytes:
    """The data of an item."""
    return json.dumps({"entities": {item: {"type": "item", "id": item, "claims": claims}}}).encode()


def group(property_id: str, *links: tuple[str, str], aside: str = "") -> str:
    """A property's statements as an item's page shows them."""
    shown = "".join(
        f'<div class="wikibase-statementview wb-normal" id="Q900$1"><div class="wikibase-snakview-value">'
        f'<a class="wb-external-id external" href="{href}" rel="nofollow">{text}</a></div>{aside}</div>'
        for href, text in links
    )
    return (
        f'<div class="wikibase-statementgroupview listview-item" id="{property_id}" data-property-id="{property_id}">'
        f'<a title="Property:{property_id}" href="/wiki/Property:{property_id}">a name</a>{shown}</div>'
    )


def page(*groups: str) -> bytes:
    """An item's page."""
    return f"<!doctype html><html><body><h1>Q900</h1>{''.join(groups)}</body></html>".encode()


SITE = "https://torrefazioneaurora.example/"


@pytest.mark.parametrize(
    ("address", "item"),
    [
        ("http://www.wikidata.org/entity/Q900", "Q900"),
        ("https://www.wikidata.org/wiki/Q900", "Q900"),
        ("https://m.wikidata.org/wiki/Q900#P856", "Q900"),
        ("https://www.wikidata.org/wiki/Special:EntityPage/Q900", "Q900"),
        ("https://www.wikidata.org/wiki/Special:EntityData/Q900.json", "Q900"),
        ("https://www.wikidata.org/wiki/Property:P856", None),
        ("https://www.wikidata.org/", None),
        ("https://wikidata.org.rogue.example/wiki/Q900", None),
        ("https://www.wikidata.org/wiki/Q0", None),
    ],
)
def test_an_item_is_read_out_of_its_addresses(address: str, item: str | None) -> None:
    """However the item is addressed; a look-alike host gives none."""
    assert item == item_in(address)


def test_what_is_asked_are_open_addresses() -> None:
    """The data with an ending and the page: what robots.txt of www.wikidata.org leaves open."""
    assert "https://www.wikidata.org/wiki/Special:EntityData/Q900.json" == data_address("Q900")
    assert "https://www.wikidata.org/wiki/Q900" == page_address("Q900")
    assert "https://it.wikipedia.org/wiki/Caff%C3%A8_Sant%27Orso" == article_address("caffè Sant'Orso", "it")
    assert "https://it.wikipedia.org/wiki/A%2F..%2FB%3Fc" == article_address("a/../b?c".replace("b", "B"), "it")


def test_a_page_declares_its_item_and_its_articles() -> None:
    """In the company's own JSON-LD and by rel=me; what other pages or the text link to is nobody's declaration."""
    html = """<html><head><link rel="me" href="https://www.wikidata.org/wiki/Q901">
    <script type="application/ld+json">{"@type": "CafeOrCoffeeShop", "name": "Aurora", "sameAs":
    ["http://www.wikidata.org/entity/Q900", "https://it.wikipedia.org/wiki/Torrefazione_Aurora",
     "https://www.facebook.com/aurora"]}</script>
    <script type="application/ld+json">{"@type": "Person", "sameAs": "https://www.wikidata.org/wiki/Q5"}</script>
    </head><body><a href="https://it.wikipedia.org/wiki/Espresso">espresso</a></body></html>"""
    assert (
        "http://www.wikidata.org/entity/Q900",
        "https://it.wikipedia.org/wiki/Torrefazione_Aurora",
        "https://www.wikidata.org/wiki/Q901",
    ) == declared_in(Document(html.encode(), "text/html"))


def test_an_article_names_its_item() -> None:
    """The link of the side bar, not items that the text speaks of."""
    article = b"""<html><body><p><a href="https://www.wikidata.org/wiki/Q5">man</a></p><ul><li id="t-wikibase">
    <a href="https://www.wikidata.org/wiki/Special:EntityPage/Q900">Wikidata item</a></li></ul></body></html>"""
    assert "Q900" == item_of_article(article)
    assert item_of_article(b"<html><body>nothing</body></html>") is None


@pytest.mark.parametrize(
    ("statements", "sureness"),
    [
        ([statement("https://www.torrefazioneaurora.example")], 2),
        ([statement("https://shop.torrefazioneaurora.example/it/")], 1),
        ([statement("https://altro.example/"), statement(SITE)], 2),
        ([statement(SITE, rank="deprecated")], 0),
        ([statement(SITE, P582="2019")], 0),
        ([statement("https://torrefazioneaurora.example.rogue.example/")], 0),
        ([], 0),
    ],
)
def test_an_item_counts_by_its_official_website(statements: list[dict[str, object]], sureness: int) -> None:
    """The very site, its domain, or not at all; a deprecated or ended statement speaks for nobody."""
    assert sureness == names_site(data(P856=statements), "Q900", SITE)


def test_the_host_that_lends_a_site_its_path_is_another_owner() -> None:
    """The lender's own item, and that of a neighbour, are not the company's."""
    site = "https://sites.google.com/view/aurora"
    for other in ("https://www.google.com/", "https://sites.google.com/view/rivale"):
        assert 0 == names_site(data(P856=[statement(other)]), "Q900", site)
    assert 2 == names_site(data(P856=[statement("https://sites.google.com/view/aurora/")]), "Q900", site)


@pytest.mark.parametrize(
    ("sureness", "item"),
    [
        ({"Q900": 2, "Q901": 1}, "Q900"),
        ({"Q900": 1}, "Q900"),
        ({"Q900": 2, "Q901": 2}, None),
        ({"Q900": 0, "Q901": 0}, None),
        ({}, None),
    ],
)
def test_of_several_items_the_surest_counts_and_of_two_alike_none(sureness: dict[str, int], item: str | None) -> None:
    """A brand and its company may both name the site: then a person decides."""
    assert item == chosen(sureness)


def test_accounts_have_the_addresses_that_the_page_shows() -> None:
    """Identifier and address are joined by property; ended, deprecated and lesser statements are left out, and what
    is no profile of a platform is no account."""
    stated = data(
        P856=[statement(SITE)],
        P1=[statement("aurora.caffe"), statement("aurora.old", P582="2020")],
        P2=[statement("torrefazioneaurora", rank="preferred"), statement("aurora.nuova")],
        P3=[statement("rogue", rank="deprecated")],
        P4=[statement("0000 0001 2345 6789")],
    )
    shown = page(
        group("P1", ("https://www.instagram.com/aurora.caffe/", "aurora.caffe"),
              ("https://www.instagram.com/aurora.old/", "aurora.old")),
        group("P2", ("https://www.facebook.com/torrefazioneaurora", "torrefazioneaurora"),
              ("https://www.facebook.com/aurora.nuova", "aurora.nuova")),
        group("P3", ("https://x.com/rogue", "rogue")),
        group("P4", ("https://isni.example/0000000123456789", "0000 0001 2345 6789")),
    )  # fmt: skip
    assert [
        ("instagram", "https://www.instagram.com/aurora.caffe/", True, "wikidata"),
        ("facebook", "https://www.facebook.com/torrefazioneaurora", True, "wikidata"),
    ] == [(link.platform, link.url, link.own, link.found_in) for link in accounts(stated, shown, "Q900")]


def test_the_same_identifier_of_another_property_gives_no_address() -> None:
    """`aurora` may be somebody else's name elsewhere."""
    assert [] == accounts(data(P1=[statement("aurora")]), page(group("P2", ("https://x.com/aurora", "aurora"))), "Q900")


def test_identifiers_in_references_give_no_address() -> None:
    """A reference names the source of a statement, which is not the company's."""
    aside = (
        '<div class="wikibase-statementview-references-container">'
        '<a class="wb-external-id external" href="https://x.com/giornale">giornale</a></div>'
    )
    shown = page(group("P1", ("https://x.com/aurora", "aurora"), aside=aside))
    assert [] == accounts(data(P1=[statement("giornale")]), shown, "Q900")


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[]", b'{"entities": {"Q900": {"missing": ""}}}', b'{"entities": {"Q900": {"claims": []}}}',
             b'{"entities": {"Q900": {"claims": {"P856": {"a": 1}, "P1": [7, {"rank": "normal", "mainsnak": 3}]}}}}',
             b"<html>robots</html>"],
)  # fmt: skip
def test_data_that_say_nothing_give_nothing(body: bytes) -> None:
    """Deleted items, empty ones, damaged answers."""
    assert (0, []) == (names_site(body, "Q900", SITE), accounts(body, page(), "Q900"))


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_no_answer_raises(first: bytes, second: bytes) -> None:
    """Whatever comes back."""
    assert [] == accounts(first, second, "Q900")
    assert item_of_article(first) is None


if CORPUS.exists():  # without the corpus there is nothing to test, and nothing is skipped

    def test_a_real_item_states_its_accounts() -> None:
        """Real data beside the addresses that the page shows for them; follower figures are no accounts."""
        stated = (CORPUS / "b03-entity-q43404-discovery-excerpt.json").read_bytes()
        shown = page(
            group("P2003", ("https://www.instagram.com/discovery/", "discovery")),
            group("P2013", ("https://www.facebook.com/Discovery", "Discovery")),
            group("P2002", ("https://x.com/discovery", "discovery")),
        )
        found = {link.platform: link.handle for link in accounts(stated, shown, "Q43404")}
        assert {"instagram": "discovery", "facebook": "Discovery", "x": "discovery"} == found
        assert 0 == names_site((CORPUS / "b02-entity-deleted.json").read_bytes(), "Q10908976", SITE)
