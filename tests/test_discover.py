"""Discovery: the company's own profiles among share buttons, posts, credits and other people's accounts."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.discover import links_in, unwrap
from audit.link_kinds import DEAD, UNSETTLED, kind_of
from audit.models import Link
from audit.platforms import link_of

URL = "https://www.aurora-caffe.example/"
INSTAGRAM = "https://www.instagram.com/aurora.caffe/"
TIKTOK = "https://www.tiktok.com/@aurora.caffe"


def page(body: str, head: str = "", title: str = "Aurora") -> bytes:
    """A page of a fictional roastery."""
    return f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>".encode()


def found(body: str, head: str = "", title: str = "Aurora") -> list[tuple[str, str, bool, str]]:
    """Platform, handle, own, why of all links of a page."""
    return [(link.platform, link.handle, link.own, link.why) for link in links_in(page(body, head, title), URL)]


def own(body: str, head: str = "", title: str = "Aurora") -> list[str]:
    """Addresses of the links taken for the company's own."""
    return [link.url for link in links_in(page(body, head, title), URL) if link.own]


@pytest.mark.parametrize(
    ("address", "profile"),
    [
        ("https://instagram.com/@Aurora.Caffe", INSTAGRAM),
        ("http://www.instagram.com/aurora.caffe/reels/?hl=it", INSTAGRAM),
        ("https://www.instagram.com/_u/aurora.caffe", INSTAGRAM),
        ("https://instagr.am/aurora.caffe", INSTAGRAM),
        ("https://m.tiktok.com/@Aurora.Caffe?lang=it", TIKTOK),
        ("https://www.tiktok.com/embed/@aurora.caffe", TIKTOK),
        ("https://www.snapchat.com/add/auroracaffe", "https://www.snapchat.com/@auroracaffe"),
        ("https://story.snapchat.com/@auroracaffe?share_id=1", "https://www.snapchat.com/@auroracaffe"),
        ("https://t.me/s/AuroraCaffe", "https://t.me/AuroraCaffe"),
        ("https://telegram.me/AuroraCaffe", "https://t.me/AuroraCaffe"),
        ("https://auroracaffe.t.me", "https://t.me/auroracaffe"),
        ("https://us.napster.com/artist/art.90010001", "https://web.napster.com/artist/art.90010001"),
    ],
)
def test_every_spelling_of_a_profile_is_one_address(address: str, profile: str) -> None:
    """Subdomains, tabs, embed forms and old hosts fold into one."""
    link = link_of(address)

    assert link is not None
    assert profile == link.url


@pytest.mark.parametrize(
    "address",
    [
        "https://www.instagram.com/",
        "https://www.instagram.com/p/DAurora001/",
        "https://www.instagram.com/aurora.caffe/p/DAurora001/",
        "https://www.instagram.com/stories/aurora.caffe/1/",
        "https://www.instagram.com/accounts/login/?next=/aurora.caffe/",
        "https://l.instagram.com/?u=https%3A%2F%2Fexample.org",
        "https://ig.me/m/aurora.caffe",
        "https://www.tiktok.com/@aurora.caffe/video/7570000000000000001",
        "https://www.tiktok.com/tag/caffe",
        "https://vm.tiktok.com/ZM000/",
        "https://analytics.tiktok.com/i18n/pixel/events.js",
        "https://www.snapchat.com/spotlight/W7_x",
        "https://www.snapchat.com/@auroracaffe/spotlight/W7_x",
        "https://accounts.snapchat.com/accounts/login",
        "https://t.me/AuroraCaffe/42",
        "https://t.me/share/url?url=https://www.aurora-caffe.example",
        "https://t.me/joinchat/AAAA",
        "https://t.me/+AbCdEf",
        "https://t.me/aurora_bot?start=1",
        "https://www.napster.com/",
        "https://api.napster.com/v2.2/artists/top",
    ],
)
def test_an_address_that_is_no_profile_gives_no_link(address: str) -> None:
    """Share, login, plugin, pixel, invitation and post addresses."""
    assert link_of(address) is None


def test_links_of_header_and_footer_are_the_companys() -> None:
    """Also with a handle that does not hold the company's name."""
    links = links_in(
        page(
            f'<header><a href="{TIKTOK}"><svg></svg></a></header>'
            '<footer><a href="https://www.instagram.com/kaffeeliebe/?igsh=x">Instagram</a></footer>'
        ),
        URL,
    )

    assert [
        Link(company="client", platform="tiktok", handle="aurora.caffe", url=TIKTOK, found_in="header"),
        Link(
            company="client",
            platform="instagram",
            handle="kaffeeliebe",
            url="https://www.instagram.com/kaffeeliebe/",
            found_in="footer",
        ),
    ] == links


def test_old_pages_mark_their_footer_with_a_class() -> None:
    """No `<footer>` element in the pages of ten years ago."""
    (link,) = links_in(page(f'<div id="site-footer-inner"><p><a href="{INSTAGRAM}">IG</a></p></div>'), URL)

    assert ("footer", True) == (link.found_in, link.own)


def test_what_the_page_declares_counts_most() -> None:
    """JSON-LD sameAs and rel=me name the profile; the footer's link is the same one and stands once."""
    declared = json.dumps(
        {"@type": "Organization", "name": "Aurora", "sameAs": [INSTAGRAM, "https://www.camera-commercio.example/Q1"]}
    )
    head = f'<script type="application/ld+json">{declared}</script><link rel="me" href="{TIKTOK}">'

    links = links_in(page(f'<footer><a href="{INSTAGRAM}">IG</a></footer>', head), URL)

    assert [("tiktok", "rel-me"), ("instagram", "json-ld")] == [(link.platform, link.found_in) for link in links]


def test_a_server_that_nobody_knows_is_one_of_mastodons_when_the_page_declares_it() -> None:
    """A link in the footer to the same address is a link to some website."""
    account = "https://social.aurora-caffe.example/@notizie"

    assert [account] == own("", f'<link rel="me" href="{account}">')
    assert [] == found(f'<footer><a href="{account}">Notizie</a></footer>')


def test_an_authors_accounts_are_not_the_companys() -> None:
    """sameAs of a person inside an article belongs to the person."""
    article = {"@type": "Article", "author": {"@type": "Person", "name": "Anna", "sameAs": [TIKTOK]}}

    assert [] == own("", f'<script type="application/ld+json">{json.dumps(article)}</script>')


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("https://www.instagram.com/", "placeholder: the platform's home page"),
        ("https://www.tiktok.com", "placeholder: the platform's home page"),
        ("https://www.instagram.com/p/DAurora001/", "post"),
        ("https://www.tiktok.com/@aurora.caffe/video/7570000000000000001", "post"),
        ("https://www.instagram.com/accounts/login/", "login"),
        ("https://www.instagram.com/explore/tags/caffe/", "search"),
        ("https://www.instagram.com/wix", "placeholder: the theme's or builder's own account"),
    ],
)
def test_what_is_no_profile_of_the_company_says_what_it_is(address: str, why: str) -> None:
    """Reported, so that a person sees it, but never as own."""
    assert [(False, why)] == [
        (is_own, reason) for _, _, is_own, reason in found(f'<footer><a href="{address}">x</a></footer>')
    ]


def test_the_builders_name_is_no_placeholder_for_the_builder() -> None:
    """The brand itself may be called so."""
    (link,) = links_in(
        page('<footer><a href="https://www.instagram.com/webflow/">IG</a></footer>'), "https://webflow.com/"
    )

    assert link.own


def test_the_agencys_credit_is_not_the_company() -> None:
    """Words just before the link tell."""
    footer = '<footer><p>Realizzato da <a href="https://www.instagram.com/studio.pixel/">Studio Pixel</a></p></footer>'

    assert [("instagram", "studio.pixel", False, "agency credit")] == found(footer)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ('<div class="comment"><a href="https://www.instagram.com/mario.r/">Mario</a></div>', "person"),
        ('<ul class="our-partners"><a href="https://www.instagram.com/birra.lupo/">Lupo</a></ul>', "another company"),
        ('<blockquote><a href="https://www.tiktok.com/@gusto.rivista">@gusto.rivista</a></blockquote>', "quoted post"),
        (
            '<p>Ne ha scritto <a href="https://www.tiktok.com/@gusto.rivista">Gusto</a> in un articolo lungo e '
            "generoso sulla nostra tostatura lenta, che vi consigliamo di leggere.</p>",
            "named in the text",
        ),
    ],
)  # fmt: skip
def test_other_peoples_accounts_are_not_the_companys(body: str, why: str) -> None:
    """Comments, partners, quotations and names in the text."""
    assert [(False, why)] == [(is_own, reason) for _, _, is_own, reason in found(body)]


def test_the_companys_name_in_the_handle_speaks_for_it_even_in_the_text() -> None:
    """A link in a paragraph to @aurora.caffe on the site of Aurora."""
    text = "Seguite la tostatura di ogni sabato mattina, dal vivo e senza filtri, sul nostro "
    body = f"<p>{text}<a href='{TIKTOK}'>profilo</a>.</p>"

    assert [TIKTOK] == own(body)


def test_a_row_of_icons_is_the_companys_wherever_it_stands() -> None:
    """Links to several platforms side by side."""
    row = '<div><a href="https://www.instagram.com/kaffeeliebe/"></a><a href="https://www.tiktok.com/@kaffeeliebe"></a></div>'

    assert ["https://www.instagram.com/kaffeeliebe/", "https://www.tiktok.com/@kaffeeliebe"] == own(row)


def test_a_profile_that_is_own_once_is_own() -> None:
    """The share of one link in an article does not make the footer's link foreign."""
    text = (
        '<p>Un grande grazie a <a href="https://www.instagram.com/kaffeeliebe/">tutti</a>'
        + " e ancora grazie" * 10
        + "</p>"
    )

    assert ["https://www.instagram.com/kaffeeliebe/"] == own(
        text + '<footer><a href="https://instagram.com/KaffeeLiebe">IG</a></footer>'
    )


def test_links_only_in_scripts_are_found_when_they_carry_the_name() -> None:
    """Pages that draw their icons by script; other accounts in the data are left out."""
    script = '<script>var s={"a":"https:\\/\\/www.instagram.com\\/aurora.caffe\\/","b":"https://www.tiktok.com/@altro"};</script>'

    assert [INSTAGRAM] == own(script)


def test_a_commented_out_link_is_not_there() -> None:
    """Nobody sees it."""
    assert [] == found(f"<footer><!-- <a href='{INSTAGRAM}'>IG</a> --></footer>")


def test_a_name_in_twitter_site_alone_is_a_hint() -> None:
    """It proves nothing by itself, but is shown."""
    links = links_in(page("", '<meta name="twitter:site" content="@auroracaffe">'), URL)

    assert [(False, "hint: named in twitter:site only")] == [
        (link.own, link.why) for link in links if link.platform == "x"
    ]


def test_look_alike_hosts_are_no_platform() -> None:
    """Matched on the whole domain, not on a part of the name."""
    body = "".join(
        f'<a href="https://{name}/aurora.caffe">x</a>'
        for name in ("instagram.com.evil.example", "notinstagram.com", "instagram.co.example", "myinstagram.com")
    )

    assert [] == found(f"<footer>{body}</footer>")


def test_a_platforms_own_page_does_not_point_to_itself() -> None:
    """On instagram.com every link is one to instagram.com."""
    assert [] == links_in(page(f'<footer><a href="{INSTAGRAM}">x</a></footer>'), "https://www.instagram.com/")


@pytest.mark.parametrize(
    ("wrapped", "target"),
    [
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.instagram.com%2Faurora.caffe%2F&h=AT0", INSTAGRAM),
        ("https://l.instagram.com/?u=https%3A%2F%2Fwww.tiktok.com%2F%40aurora.caffe&e=AT", TIKTOK),
        ("https://www.google.com/url?q=https://www.tiktok.com/@aurora.caffe&sa=D", TIKTOK),
        ("https://www.google.it/search?q=https://www.tiktok.com/@aurora.caffe", "https://www.google.it/search?q=https://www.tiktok.com/@aurora.caffe"),
        ("https://www.youtube.com/redirect?event=x&q=https%3A%2F%2Fwww.instagram.com%2Faurora.caffe%2F", INSTAGRAM),
        ("https://consent.youtube.com/m?continue=https%3A%2F%2Fwww.tiktok.com%2F%40aurora.caffe&gl=IT", TIKTOK),
        ("https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.tiktok.com%2F%40aurora.caffe", TIKTOK),
        ("https://urldefense.com/v3/__https://www.instagram.com/aurora.caffe/__;!!A", INSTAGRAM),
        ("https://www.bing.com/ck/a?u=a1aHR0cHM6Ly93d3cuaW5zdGFncmFtLmNvbS9hdXJvcmEuY2FmZmUv&ntb=1", INSTAGRAM),
        ("https://href.li/?https://www.instagram.com/aurora.caffe/", INSTAGRAM),
        ("/redirect.php?event=out&goto=https://www.tiktok.com/@aurora.caffe&af=1", TIKTOK),
        ("https://aurora-caffe.example/out?url=https%3A%2F%2Fwww.tiktok.com%2F%40aurora.caffe", TIKTOK),
        ("https://www.facebook.com/plugins/page.php?href=https%3A%2F%2Fwww.facebook.com%2Faurora&tabs=", "https://www.facebook.com/aurora"),
        ("https://twitter.com/intent/user?screen_name=aurora", "https://x.com/aurora"),
        ("https://twitter.com/#!/aurora", "https://twitter.com/aurora"),
        ("instagram://user?username=aurora.caffe", "https://www.instagram.com/aurora.caffe"),
        ("https://www.instagram.com/https://www.instagram.com/aurora.caffe/", INSTAGRAM),
        ("www.instagram.com/aurora.caffe/", INSTAGRAM),
        ("https://l.facebook.com/l.php?u=javascript:alert(1)", "https://l.facebook.com/l.php?u=javascript:alert(1)"),
    ],
)  # fmt: skip
def test_addresses_that_only_lead_on_are_followed_without_a_request(wrapped: str, target: str) -> None:
    """Redirectors, plugins, app links and addresses written wrongly."""
    assert target == unwrap(wrapped, "aurora-caffe.example")


def test_a_redirector_that_names_itself_ends() -> None:
    """Wrapped a hundred times it is given up, not followed for ever."""
    address = "https://www.instagram.com/aurora.caffe/"
    for _ in range(8):
        address = "https://href.li/?" + address

    assert unwrap(address).startswith("https://")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.sampled_from(["href", "data-href", "data-url", "onclick"]))
def test_no_address_makes_it_raise(address: str, attribute: str) -> None:
    """Hostile attributes give no link or an honest one."""
    escaped = address.replace('"', "&quot;").replace("<", "&lt;")
    for link in links_in(page(f'<a href="#" {attribute}="{escaped}">x</a>'), URL):
        assert link.url.startswith(("http://", "https://"))


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300))
def test_no_page_makes_it_raise(body: bytes) -> None:
    """Bytes that are no page hold no links."""
    assert isinstance(links_in(body, URL), list)


@pytest.mark.parametrize(
    "body",
    [
        '<p class="social">' + "".join(f'<a href="https://www.tiktok.com/@user{n}">t</a>' for n in range(4_000)),
        "<div>" * 400 + "".join(f'<a href="https://www.tiktok.com/@user{n}">t</a>' for n in range(2_000)),
        "".join(f'<div>word<a href="https://www.tiktok.com/@user{n}">t</a>' for n in range(500)) + "word " * 20_000,
        "<script>" + "".join(f'"https://www.tiktok.com/@user{n}",' for n in range(20_000)) + "</script>",
    ],
    ids=["a crowd", "below 400 elements", "each inside the one before", "in a script"],
)  # fmt: skip
def test_pages_made_to_take_long_take_seconds_at_most(body: str) -> None:
    """What is found out about an element is not found out again for each link inside."""
    begun = time.process_time()
    links = links_in(page(body), URL)

    assert time.process_time() - begun < 10
    assert not any(link.own for link in links)


def test_findings_are_picked_out_by_the_beginning_of_their_reason() -> None:
    """Dead links are placeholders and closed networks; what one request settles are short links and redirects."""
    body = (
        '<footer><a href="https://www.instagram.com/"></a><a href="https://www.storify.com/aurora"></a>'
        '<a href="https://bit.ly/abc"></a><a href="/go/instagram" class="icon-instagram"></a></footer>'
    )
    links = links_in(page(body), URL)

    assert {"instagram", "storify"} == {link.platform for link in links if kind_of(link) in DEAD}
    assert {"short-link", "instagram"} == {link.platform for link in links if kind_of(link) in UNSETTLED}
