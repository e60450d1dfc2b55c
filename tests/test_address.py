"""Addresses as people type them: what was probably meant, and what lies in the own network."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.parse.address import is_local, likely_address, name_in, owner_place, parts, registrable

RIGHT = (
    "https://aurora.it/",
    "http://www.aurora.it/",
    "https://shop.aurora.co.uk/caffe?lang=it",
    "https://aurora.example/",
    "https://93.184.215.14/",
    "https://aurora.github.io/",
    "https://aurora.it:8443/",
    "https://xn--caff-aurora-y7a.it/",
)
MISTYPED = (
    ("htps://aurora.it", "https://aurora.it/"),
    ("htpps://aurora.it/caffe", "https://aurora.it/caffe"),
    ("ttps://aurora.it", "https://aurora.it/"),
    ("https:/aurora.it", "https://aurora.it/"),
    ("https:aurora.it", "https://aurora.it/"),
    ("https//aurora.it", "https://aurora.it/"),
    ("https;//aurora.it", "https://aurora.it/"),
    ("https:\\\\aurora.it", "https://aurora.it/"),
    ("http//:aurora.it", "http://aurora.it/"),
    ("://aurora.it", "https://aurora.it/"),
    ("//aurora.it", "https://aurora.it/"),
    ("ftp://aurora.it/caffe", "https://aurora.it/caffe"),
    ("view-source:https://aurora.it/", "https://aurora.it/"),
    ("https://https://aurora.it", "https://aurora.it/"),
    ("www,aurora.it", "https://www.aurora.it/"),
    ("www.aurora,it", "https://www.aurora.it/"),
    ("https://www,aurora,it/contatti", "https://www.aurora.it/contatti"),
    ("wwww.aurora.it", "https://www.aurora.it/"),
    ("https://ww.aurora.it", "https://www.aurora.it/"),
    ("aurora", "https://aurora.com/"),
    ("www.aurora", "https://www.aurora.com/"),
    ("https://aurora.con", "https://aurora.com/"),
    ("https://aurora.cmo/", "https://aurora.com/"),
    ("aurora.ti", "https://aurora.it/"),
    ("aurora.itt", "https://aurora.it/"),
    ("aurora.og", "https://aurora.org/"),
    ("aurora.i", "https://aurora.it/"),
    ("aurora.c", "https://aurora.com/"),
    ("aurora..it", "https://aurora.it/"),
    (" https://aurora.it ", "https://aurora.it/"),
    ("www. aurora. it", "https://www.aurora.it/"),
    ("torrefazione aurora.it", "https://torrefazioneaurora.it/"),
    ("<https://aurora.it>", "https://aurora.it/"),
    ("aurora.it.", "https://aurora.it/"),
    ("info@aurora.it", "https://aurora.it/"),
    ("mailto:info@aurora.it", "https://aurora.it/"),
    ("https://marta:segreto@aurora.it/", "https://aurora.it/"),
    ("https://aurora.it:otto/", "https://aurora.it/"),
    ("ａｕｒｏｒａ．ｉｔ", "https://aurora.it/"),
)


@pytest.mark.parametrize("address", RIGHT)
def test_a_right_address_stays_as_it_is(address: str) -> None:
    """Nobody is asked whether they meant what they wrote."""
    assert address == likely_address(address)


@pytest.mark.parametrize(("typed", "meant"), MISTYPED)
def test_a_mistyped_address_is_repaired(typed: str, meant: str) -> None:
    """The slips that people make in schemes, dots, www and endings."""
    assert meant == likely_address(typed)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "https://",
        "...",
        "marta@gmail.com",
        "com",
        "co.uk",
        "-",
        "aurora.qqqzzz",
        "javascript:alert(1)",
        "file:///etc/passwd",
    ],
)
def test_what_holds_no_site_gives_none(text: str) -> None:
    """A mail address at a provider says nothing about a site; an ending alone is none."""
    assert likely_address(text) is None


def test_a_name_alone_gets_the_ending_of_the_country() -> None:
    """Who audits an Italian company most likely means its Italian site."""
    assert "https://aurora.it/" == likely_address("aurora", ending="it")


@given(st.text(max_size=80))
def test_whatever_is_typed_gives_an_address_or_nothing(text: str) -> None:
    """Never an exception; what comes back can be opened, and is not repaired further."""
    likely = likely_address(text)
    assert likely is None or (parts(likely) is not None and likely_address(likely) in (likely, None))


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/", "http://127.1/", "http://0x7f.1/", "http://2130706433/", "http://[::1]/", "http://10.0.0.8/",
        "http://192.168.1.1:8080/", "http://169.254.169.254/latest/", "http://[fd00::1]/", "http://[::ffff:10.0.0.1]/",
        "http://0.0.0.0/", "http://localhost/", "http://shop.localhost:8000/", "http://nas.local/", "http://intranet/",
        "http://router.lan/", "http://100.64.1.1/", "http://224.0.0.1/",
    ],
)  # fmt: skip
def test_the_own_network_is_recognised_by_name(address: str) -> None:
    """However a private address is written."""
    assert is_local(address)


@pytest.mark.parametrize("address", ["https://aurora.it/", "https://93.184.215.14/", "https://localhost.aurora.it/"])
def test_public_names_are_not_local(address: str) -> None:
    """A public name may hold the word."""
    assert not is_local(address)


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("https://shop.aurora.co.uk/", "aurora.co.uk"), ("https://aurora.github.io/", "aurora.github.io"),
        ("https://aurora.wordpress.com/chi-siamo/", "aurora.wordpress.com"),
        ("https://www.aurora.weebly.com/", "aurora.weebly.com"), ("https://aurora.webnode.it/", "aurora.webnode.it"),
        ("https://aurora.webnode.com.br/", "aurora.webnode.com.br"),
        ("https://aurora.squarespace.com/", "aurora.squarespace.com"),
        ("https://aurora.jimdosite.com/", "aurora.jimdosite.com"),
        ("https://aurora.jimdofree.com/", "aurora.jimdofree.com"),
        ("https://aurora.site123.me/", "aurora.site123.me"),
        ("https://aurora.godaddysites.com/", "aurora.godaddysites.com"),
        ("https://aurora.my.canva.site/", "aurora.my.canva.site"), ("https://aurora.canva.site/", "aurora.canva.site"),
        ("https://aurora.altervista.org/", "aurora.altervista.org"),
        ("https://www.weebly.com/", "weebly.com"), ("https://weebly.com/", "weebly.com"),
        ("https://notweebly.com/", "notweebly.com"), ("http://127.0.0.1:8000/", "127.0.0.1"),
    ],
)  # fmt: skip
def test_two_names_of_a_host_that_lends_them_are_two_owners(address: str, domain: str) -> None:
    """Also of hosts that the public suffix list lacks; a number is a host and has no domain."""
    assert domain == registrable(address)


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("https://www.aurora.it/chi-siamo", "aurora.it"),
        ("https://aurora.weebly.com/x", "aurora.weebly.com"),
        ("https://digilander.libero.it/aurora/contatti.html", "digilander.libero.it/aurora"),
        ("https://sites.google.com/view/aurora/home", "sites.google.com/view/aurora"),
        ("https://digilander.libero.it/", ""),
        ("https://sites.google.com/view", ""),
        ("https://www.google.com/", ""),
        ("https://www.etsy.com/it/shop/aurora", ""),
        ("no address", ""),
    ],
)
def test_a_host_that_lends_paths_is_nobodys_by_its_name(address: str, place: str) -> None:
    """Its owners differ by the path; on a market no path says where one owner's part begins."""
    assert place == owner_place(address)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("aurora.it", "aurora.com", True), ("aurora.it", "aurora.co.uk", True), ("aurora.it", "aurora-caffe.it", False),
        ("aurora.it", "aurora.weebly.com", False), ("aurora.weebly.com", "aurora.github.io", False),
        ("10.0.0.1", "10.0.0.2", False), ("digilander.libero.it/aurora", "digilander.it", False),
    ],
)  # fmt: skip
def test_the_same_name_under_another_ending(one: str, other: str, same: bool) -> None:
    """Of registries alone: below a host that lends names anybody may take it."""
    assert same is (name_in(one) == name_in(other))
