"""What a website's answer does not show is unknown, and another site's answer is not the company's."""

from __future__ import annotations

import asyncio
import hashlib

import pytest

from audit.fetcher import Fetcher
from audit.models import Link, Page, Request, Source, State
from audit.platforms import read_page
from audit.platforms.website import PLATFORM as WEBSITE
from tests.loopback import Web, redirect
from tests.loopback_fetcher import AGENT, NOON, QUICK

HOME = "https://aurora.example/"
TEXT = "<p>Coffee, roasted since 1961.</p>"


def home(body: str, head: str = "") -> bytes:
    """A home page."""
    return f'<html lang="en"><head><title>Aurora</title>{head}</head><body>{body}</body></html>'.encode()


@pytest.mark.parametrize(
    ("final_url", "status", "state"),
    [
        ("https://www.aurora.example/en/", 200, State.OBSERVED),
        ("https://parked.test/", 200, State.SHELL),
        ("https://parked.test/", 404, State.FAILED),
        (HOME, 404, State.MISSING),
    ],
)
def test_another_site_is_not_the_companys(final_url: str, status: int, state: State) -> None:
    """A redirect within the site is usual; one to another domain says nothing of the company."""
    profile = read_page(HOME, home(TEXT), final_url=final_url, status=status)
    assert profile.state is state
    assert "parked" not in final_url or "parked.test" in str(profile.reason)


def test_a_page_that_scripts_fill_in_lacks_nothing() -> None:
    """Without visible text only the head is judged."""
    site = read_page(HOME, home('<div id="root"></div><script>start()</script>')).site
    assert site is not None
    assert site.checks["title"].value
    assert {"email", "phone", "hours", "contact_page", "privacy_notice"}.isdisjoint(site.checks)


def test_a_file_is_no_home_page() -> None:
    """A PDF or an image shows no profile."""
    assert read_page(HOME, b"%PDF-1.7 <title>Aurora</title>").state is State.SHELL
    assert read_page(HOME, home(TEXT), media_type="image/png").state is State.SHELL


def test_an_unread_contact_page_may_hold_the_address() -> None:
    """Absent only where no contact page is linked."""
    without = read_page(HOME, home(TEXT)).site
    linked = read_page(HOME, home(TEXT + '<a href="/contact">Contact</a>')).site
    assert without is not None
    assert linked is not None
    assert not without.checks["email"].value
    assert {"email", "phone", "hours"}.isdisjoint(linked.checks)


def test_json_ld_of_another_company_is_not_ours() -> None:
    """The agency's or the shop system's own organisation does not count."""
    data = '<script type="application/ld+json">{"@type":"Organization","name":"Agency","url":"https://%s/"}</script>'
    theirs, ours = (read_page(HOME, home(TEXT, data % host)).site for host in ("agency.test", "www.aurora.example"))
    assert theirs is not None
    assert ours is not None
    assert (theirs.checks["json_ld_organization"].value, ours.checks["json_ld_organization"].value) == (False, True)


@pytest.mark.parametrize("title", ["Page not found", "Access denied"])
def test_a_long_page_titled_like_an_error_is_a_page(title: str) -> None:
    """A band, a film or an article may be called so."""
    body = f"<html><head><title>{title}</title></head><body>{TEXT * 1_000}</body></html>".encode()
    assert read_page(HOME, body).state is State.OBSERVED
    assert read_page(HOME, body[:2_000]).state is not State.OBSERVED


def test_a_redirect_to_a_closed_platform_is_not_followed() -> None:
    """Nothing is asked of a host that forbids it, not even its robots.txt."""

    async def run() -> tuple[State, list[str]]:
        async with Web({"/aurora": redirect("http://www.facebook.com/aurora")}) as web:
            resolve = web.resolver("one.example", "www.facebook.com")
            async with Fetcher(
                user_agent=AGENT, now=lambda: NOON, limits=QUICK, allow_loopback=True, resolve=resolve
            ) as fetcher:
                page = await fetcher.get(Request(url="http://one.example/aurora"), role="profile")
            return page.state, web.paths()

    assert asyncio.run(run()) == (State.NOT_PERMITTED, ["one.example/robots.txt", "one.example/aurora"])


@pytest.mark.parametrize("address", ["64:ff9b:1::a00:1", "::ffff:0:10.0.0.1", "::ffff:0:192.168.1.1"])
def test_an_inner_address_in_translation_is_refused(address: str) -> None:
    """IPv4 written inside IPv6 is judged as what it reaches."""

    async def resolve(name: str, port: int) -> list[tuple[str, int]]:
        return [(address, port)]

    async def run() -> tuple[State, str | None]:
        async with Fetcher(user_agent=AGENT, now=lambda: NOON, limits=QUICK, resolve=resolve) as fetcher:
            page = await fetcher.get(Request(url="http://one.example/"), role="profile")
            return page.state, page.reason

    state, reason = asyncio.run(run())
    assert state is State.FAILED
    assert "not a public address" in str(reason)


@pytest.mark.parametrize("status", [200, 404])
def test_the_home_page_decides_whether_the_site_was_seen(status: int) -> None:
    """A home page that cannot be read is neither absent because the sitemap is, nor seen because the sitemap is."""
    site = Link(company="client", platform="website", handle="aurora.example", url=HOME)

    def stored(role: str, url: str, body: bytes, code: int) -> Page:
        return Page(
            url=url, final_url=url, role=role, state=State.OBSERVED, source=Source.PUBLIC, fetched_at=NOON,
            status=code, media_type="text/html", sha256=hashlib.sha256(body).hexdigest(), body=body,
        )  # fmt: skip

    pages = {
        "home": stored("home", HOME, home(TEXT).replace(b"Coffee", "Кофе".encode("cp1251")), 200),
        "sitemap": stored("sitemap", f"{HOME}sitemap.xml", b"<urlset></urlset>", status),
    }
    profile = WEBSITE.read(site, pages)
    assert (State.SHELL, None) == (profile.state, profile.site)
    assert "encoding" in str(profile.reason)
