"""Link-in-bio pages: recognised on the company's page, and their links taken as the account's own list."""

from __future__ import annotations

import json

import pytest

from audit.discover import links_in, links_in_bio
from audit.link_kinds import LINK_IN_BIO, Kind, kind_of

SITE = "https://www.birrificio-lupo.example/"


def page(body: str, head: str = "") -> bytes:
    """A small page."""
    return f"<html><head>{head}</head><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    "address",
    [
        "https://linktr.ee/lupobirra", "https://beacons.ai/lupobirra", "https://taplink.cc/lupobirra",
        "https://bio.link/lupobirra", "https://lnk.bio/lupobirra", "https://msha.ke/lupobirra",
        "https://campsite.bio/lupobirra", "https://bio.site/lupobirra", "https://solo.to/lupobirra",
        "https://allmylinks.com/lupobirra", "https://lupobirra.carrd.co/", "https://www.linktr.ee/lupobirra",
    ],
)  # fmt: skip
def test_a_link_in_bio_page_in_the_footer_is_the_companys(address: str) -> None:
    """It has no handle: it is no profile that is asked for figures."""
    (link,) = links_in(page(f'<footer><a href="{address}">Alle Links</a></footer>'), SITE)

    assert (LINK_IN_BIO, "", address, True) == (link.platform, link.handle, link.url, link.own)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ('<footer><a href="https://linktr.ee/">x</a></footer>', Kind.PLACEHOLDER),
        ('<footer><a href="https://linktr.ee/register">x</a></footer>', Kind.PLATFORM_PAGE),
        ('<div class="author-box"><a href="https://linktr.ee/idaberg">Ida</a></div>', Kind.PERSON),
        ('<footer><p>Webdesign by <a href="https://linktr.ee/pixelfabrik">Pixel</a></p></footer>', Kind.CREDIT),
    ],
)  # fmt: skip
def test_other_link_in_bio_pages_are_not(body: str, kind: Kind) -> None:
    """Home page and forms of the service, an author's, the agency's."""
    (link,) = links_in(page(body), SITE)

    assert (LINK_IN_BIO, False, kind) == (link.platform, link.own, kind_of(link))


def test_what_a_link_in_bio_page_lists_is_the_accounts_own() -> None:
    """However it is worded; a video is still no profile, and the service's own account stays the service's."""
    body = (
        '<main><a href="https://www.instagram.com/nachts.am.fluss/">Unser Sommer in Bildern und was danach geschah</a>'
        '<a href="https://www.tiktok.com/@lupobirra">Videos</a><a href="https://youtu.be/abcdefghijk">Neu!</a></main>'
        '<footer><a href="https://www.instagram.com/linktr.ee/">Linktree</a></footer>'
    )

    links = links_in_bio(page(body), "https://linktr.ee/lupobirra")

    assert {("instagram", "nachts.am.fluss"), ("tiktok", "lupobirra")} == {
        (link.platform, link.handle) for link in links if link.own
    }
    assert {Kind.POST, Kind.OTHER_COMPANY} == {kind_of(link) for link in links if not link.own}


def test_a_list_that_stands_only_in_the_pages_data_is_read() -> None:
    """As pages drawn by script hold it."""
    data = {
        "props": {"account": {"links": [
            {"title": "Foto", "url": "https://www.instagram.com/lupo.birra"},
            {"title": "Video", "url": "https://www.youtube.com/@lupobirra"},
        ], "socialLinks": [{"type": "TIKTOK", "url": "https://www.tiktok.com/@lupobirra"}]}}
    }  # fmt: skip
    script = f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(data)}</script>'

    links = links_in_bio(page(f'<div id="__next"></div>{script}'), "https://linktr.ee/lupobirra")

    assert {"lupo.birra", "@lupobirra", "lupobirra"} >= {link.handle for link in links if link.own}
    assert {"instagram", "youtube", "tiktok"} == {link.platform for link in links if link.own}


def test_short_links_wait_for_a_request_and_are_no_profile() -> None:
    """Of a known platform, or of any; those in running text are left out."""
    short = [
        ("https://fb.me/lupobirra", "facebook"), ("https://lnkd.in/abc", "linkedin"),
        ("https://pin.it/abc", "pinterest"),
        ("https://vm.tiktok.com/ZMabc/", "tiktok"), ("https://on.soundcloud.com/abc", "soundcloud"),
        ("https://spoti.fi/abc", "spotify"), ("https://wa.link/abc", "whatsapp"), ("https://t.co/abc", "short-link"),
        ("https://bit.ly/abc", "short-link"),
    ]  # fmt: skip
    body = "".join(f'<li><a href="{address}"></a></li>' for address, _ in short)

    links = links_in(page(f"<footer><ul>{body}</ul></footer>"), SITE)

    assert {(address, name, Kind.SHORT, False) for address, name in short} == {
        (link.url, link.platform, kind_of(link), link.own) for link in links
    }
