"""Walls: an answer that is not the profile is known for what it is, and a real page is never taken for a wall."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit import walls
from audit.models import Page, Source, State
from audit.parse.document import Document

PROFILE = "https://www.instagram.com/aurora.caffe/"


def page(body: str, *, url: str = PROFILE, final_url: str | None = None, status: int | None = 200) -> Page:
    """An answer with this body."""
    content = body.encode()
    return Page(
        url=url,
        final_url=final_url or url,
        role="profile",
        state=State.OBSERVED,
        source=Source.PUBLIC,
        fetched_at=datetime(2026, 11, 24, tzinfo=UTC),
        status=status,
        sha256=hashlib.sha256(content).hexdigest(),
        body=content,
    )


def state_of(answer: Page) -> State | None:
    """What walls say of an answer; None: nothing stands in the way."""
    refusal = walls.judge(answer, Document(answer.body, answer.media_type)) or walls.by_status(answer)
    return refusal.state if refusal else None


def titled(title: str, inside: str = "") -> str:
    """A small page with this title."""
    return f"<!doctype html><html><head><title>{title}</title></head><body>{inside}<p>text</p></body></html>"


CHALLENGES = {
    "cloudflare": (503, titled("Just a moment...")),
    "cloudflare in another language": (403, titled("Un momento…", "<script>window._cf_chl_opt={cType:'x'}</script>")),
    "cloudflare block": (403, titled("Attention Required! | Cloudflare")),
    "akamai": (403, "<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY><H1>Access Denied</H1></BODY></HTML>"),
    "f5": (200, titled("Request Rejected", "The requested URL was rejected. Your support ID is: 1")),
    "incapsula": (200, "<html><body><iframe>Request unsuccessful. Incapsula incident ID: 1-2</iframe></body></html>"),
    "shieldsquare": (200, titled("ShieldSquare Captcha")),
    "datadome": (403, titled("shop.example", "<script>var dd={'host':'geo.captcha-delivery.com'}</script>")),
    "aws": (202, titled("", "<script>window.awsWafCookieDomainList=[]</script>")),
    "perimeterx": (403, titled("Access to this page has been denied.")),
    "tiktok": (200, titled("Please wait...", '<p id="wci" class="_wafchallengeid"></p>')),
    "slardar": (200, titled("", "<script>SlardarWAF({})</script>")),
    "google": (200, titled("https://www.google.com/search", "Our systems have detected unusual traffic from your "
                                 "computer network.")),
    "reddit": (200, titled("Reddit - Prove your humanity")),
    "linkedin": (200, titled("Security Verification | LinkedIn")),
}  # fmt: skip


@pytest.mark.parametrize("name", CHALLENGES)
def test_a_bot_check_is_a_challenge(name: str) -> None:
    """Whatever the status, a bot check says nothing about the account."""
    status, body = CHALLENGES[name]
    assert State.CHALLENGED == state_of(page(body, status=status))


@pytest.mark.parametrize(
    ("final_url", "state"),
    [
        ("https://www.instagram.com/accounts/login/?next=/aurora.caffe/", State.LOGIN_WALL),
        ("https://www.facebook.com/login/?next=x", State.LOGIN_WALL),
        ("https://www.linkedin.com/authwall?sessionRedirect=x", State.LOGIN_WALL),
        ("https://www.linkedin.com/uas/login?x=1", State.LOGIN_WALL),
        ("https://www.linkedin.com/checkpoint/lg/login", State.LOGIN_WALL),
        ("https://x.com/i/flow/login", State.LOGIN_WALL),
        ("https://www.instagram.com/challenge/", State.CHALLENGED),
        ("https://www.google.com/sorry/index?continue=x", State.CHALLENGED),
        ("https://validate.perfdrive.com/x", State.CHALLENGED),
        ("https://consent.youtube.com/m?continue=x", State.CONSENT),
        ("https://consent.google.it/ml?continue=x", State.CONSENT),
        ("https://www.instagram.com/", State.SHELL),
    ],
)
def test_where_the_answer_came_from_says_what_it_is(final_url: str, state: State) -> None:
    """A redirect to a login, challenge, consent or home page is not the profile."""
    assert state == state_of(page(titled("Aurora"), final_url=final_url))


def test_a_consent_page_at_the_address_asked_for() -> None:
    """Its form leads to the consent host although the address is the profile's."""
    body = titled("Prima di continuare", '<form action="https://consent.youtube.com/save" method="post"></form>')
    assert State.CONSENT == state_of(page(body, url="https://www.youtube.com/@aurora"))


def test_a_login_page_at_the_address_asked_for() -> None:
    """A page titled as a login with a password field is a login wall."""
    body = titled("Accedi | Rete", '<form action="/x"><input type="password" name="pass"></form>')
    assert State.LOGIN_WALL == state_of(page(body))


def test_a_login_banner_over_a_real_page_is_no_wall() -> None:
    """A profile page with a login form on top is still the profile."""
    body = titled("Torrefazione Aurora - Post | Facebook", '<form action="/login"><input type="password"></form>')
    assert state_of(page(body)) is None


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (200, None), (None, None), (301, None), (400, State.FAILED), (401, State.LOGIN_WALL),
        (403, State.CHALLENGED), (404, State.MISSING), (410, State.GONE), (429, State.RATE_LIMITED),
        (451, State.PRIVATE), (500, State.FAILED), (503, State.FAILED), (999, State.RATE_LIMITED),
    ],
)  # fmt: skip
def test_the_status_decides_when_nothing_else_does(status: int | None, state: State | None) -> None:
    """An error status with a page that says nothing more."""
    assert state == state_of(page(titled("Aurora"), status=status))


def test_a_404_of_another_site_is_not_missing() -> None:
    """Only the site that was asked can say that there is no such page."""
    assert State.FAILED == state_of(page(titled("Not found"), final_url="https://errors.example.net/x", status=404))


def test_an_empty_answer_is_a_shell() -> None:
    """Nothing was said about the account."""
    assert State.SHELL == state_of(page(" \n"))


@pytest.mark.parametrize(
    ("body", "state"),
    [
        ('{"message":"Please wait a few minutes before you try again.","status":"fail"}', State.RATE_LIMITED),
        ('{"message":"checkpoint_required","status":"fail"}', State.CHALLENGED),
        ('{"message":"login_required"}', State.LOGIN_WALL),
        ('{"error":{"message":"An access token is required to request this resource."}}', State.NO_CREDENTIAL),
        ('{"message":"hello","name":"Aurora"}', None),
        ('{"error":null}', None),
        ("[1,2]", None),
    ],
)
def test_a_json_answer_that_refuses(body: str, state: State | None) -> None:
    """Refusals of JSON answers stand in their message."""
    assert state == state_of(page(body))


def test_a_long_page_that_quotes_a_wall_is_no_wall() -> None:
    """An article about bot checks is an article."""
    body = titled("How bot checks work", "<p>" + "geo.captcha-delivery.com _cf_chl_opt " * 5_000 + "</p>")
    assert state_of(page(body)) is None


@given(st.binary(max_size=300), st.sampled_from([None, 200, 403, 404, 503, 7]), st.text(max_size=40))
@settings(deadline=None)
def test_any_answer_is_judged(body: bytes, status: int | None, address: str) -> None:
    """Nothing that a server sends makes the judgement raise, and a refusal never says observed."""
    answer = Page(
        url=PROFILE,
        final_url=address,
        role="profile",
        state=State.OBSERVED,
        source=Source.PUBLIC,
        fetched_at=datetime(2026, 11, 24, tzinfo=UTC),
        status=status,
        sha256="",
        body=body,
    )
    assert state_of(answer) is not State.OBSERVED
