"""Saved pages: which page a file is, what a recording holds, whose profile each answer belongs to."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.errors import ImportFileError
from audit.models import Link, Source, State
from audit.saved import Assigned, assign, pages_in
from audit.saved_page import SavedPage

SAVED_AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
PROFILE = "https://www.instagram.com/aurora.caffe/"
DESCRIPTION = "1,204 Followers, 310 Following, 87 Posts - See Instagram photos and videos from Aurora (@aurora.caffe)"
PROFILE_HTML = (
    '<html><head><meta property="og:type" content="profile">'
    f'<meta property="og:title" content="Torrefazione Aurora (@aurora.caffe)">'
    f'<meta property="og:description" content="{DESCRIPTION}"></head></html>'
)
LOGIN_HTML = "<html><head><title>Login • Instagram</title></head></html>"
USER_JSON = json.dumps(
    {"data": {"user": {"username": "aurora.caffe", "edge_followed_by": {"count": 1204}, "edge_follow": {"count": 310}}}}
)


def one(data: bytes, *, name: str = "page.html", url: str | None = None) -> SavedPage:
    """The only page in a file."""
    [page] = pages_in(name, data, url=url, saved_at=SAVED_AT)
    return page


def entry(url: str, text: str, *, kind: str = "text/html", **content: object) -> dict[str, Any]:
    """One HAR entry as browsers write them."""
    return {
        "startedDateTime": "2026-11-22T18:04:05.250+01:00",
        "request": {"method": "GET", "url": url},
        "response": {"status": 200, "content": {"size": len(text), "mimeType": kind, "text": text, **content}},
    }


def har(*entries: Any) -> bytes:
    """A recording of these entries."""
    return json.dumps({"log": {"version": "1.2", "pages": [], "entries": list(entries)}}).encode()


def assigned(*entries: Any, links: tuple[Link, ...] = (), company: str | None = "client") -> Assigned:
    """Where the answers of one recording go; the person said that they are the client's."""
    return assign(
        pages_in("x.har", har(*entries), url=None, saved_at=SAVED_AT),
        links=links,
        company=company,
        client_file="clients/aurora/client.toml",
    )


def taken_or_refused(name: str, data: bytes) -> str:
    """ "taken", or the message of the refusal; any other outcome is an exception."""
    try:
        pages = pages_in(name, data, url=PROFILE, saved_at=SAVED_AT)
    except ImportFileError as error:
        return str(error)
    return "taken" if pages else "neither"


# --- HTML -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f"<!doctype html><!-- saved from url=(0040){PROFILE} --><html>", PROFILE),
        (
            f"<html><!--\n Page saved with SingleFile \n url: {PROFILE} \n saved date: Sun Nov 22 2026\n--><head>",
            PROFILE,
        ),
        (f'<html><head><link rel="canonical" href="{PROFILE}">', PROFILE),
        (f'<html><head><meta property="og:url" content="{PROFILE}">', PROFILE),
        (f'<!-- saved from url=(0040){PROFILE} --><link rel="canonical" href="https://other.example/">', PROFILE),
        (f'<link rel="canonical" href="{PROFILE}"><meta property="og:url" content="https://other.example/">', PROFILE),
        (f'<!-- saved from url=(0013)about:newtab --><link rel="canonical" href="{PROFILE}">', PROFILE),
        (f'<link rel="canonical" href="/here"><meta property="og:url" content="{PROFILE}">', PROFILE),
    ],
)
def test_a_saved_page_says_which_page_it_is(html: str, expected: str) -> None:
    """The browser's comment first, then canonical, then og:url; only web addresses count."""
    assert expected == one(html.encode()).url


def test_the_address_given_by_the_person_wins() -> None:
    """`--url` beats what the file says; the bytes stay as they are and the status is not known."""
    html = b'<link rel="canonical" href="https://www.instagram.com/other/">'

    assert SavedPage(
        file="page.html", url=PROFILE, final_url=PROFILE, status=None, media_type="text/html", body=html,
        fetched_at=SAVED_AT,
    ) == one(html, url=PROFILE)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data", "url", "words"),
    [
        ("a.html", b"<html><p>no address", None, "a.html does not say which page it is; add its address: --url"),
        ("a.html", b"  \n", None, "a.html is empty"),
        ("a.html", b"<html>", "javascript:alert(1)", "is no web address"),
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", PROFILE, "a.png is no text"),
        (
            "a.mhtml",
            b"From: <Saved by Blink>\r\nSnapshot-Content-Location: x",
            None,
            "is an MHTML archive without a page",
        ),
        ("a.har", har(entry(PROFILE, PROFILE_HTML))[:-20], None, "a.har is no HAR or is cut off before its end"),
        ("a.har", b"<html>", None, "a.har is no HAR"),
        ("a.har", har(), None, "a.har is a HAR without any answer's content"),
        ("a.json", b'{"data": {}}', None, "a.json is an answer that does not say its address"),
        ("a.har", b"[" * 200_000, None, "a.har is no HAR"),
    ],
)
def test_what_cannot_be_taken_in_is_named_with_its_remedy(name: str, data: bytes, url: str | None, words: str) -> None:
    """File, reason and what to do stand in one message."""
    with pytest.raises(ImportFileError) as caught:
        pages_in(name, data, url=url, saved_at=SAVED_AT)

    assert words in str(caught.value)
    assert "; " in str(caught.value)


def test_a_json_answer_with_its_address_is_taken() -> None:
    """What a person copied out of the network tab."""
    page = one(USER_JSON.encode(), name="user.json", url="https://www.instagram.com/graphql/query")

    assert ("https://www.instagram.com/graphql/query", "application/json") == (page.url, page.media_type)


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["a.html", "a.har", "a.json"]))
def test_any_bytes_are_pages_or_a_named_refusal(data: bytes, name: str) -> None:
    """A damaged file is refused by name, never by a traceback."""
    outcome = taken_or_refused(name, data)
    assert outcome.startswith(f"{name} ") or outcome == "taken"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda children: (
        st.lists(children, max_size=3)
        | st.dictionaries(st.sampled_from(["request", "response", "content", "text", "url", "status"]), children)
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(st.lists(json_values, max_size=3))
def test_any_recording_is_pages_or_a_named_refusal(entries: list[Any]) -> None:
    """Entries of any shape are left out or read."""
    outcome = taken_or_refused("a.har", har(entry(PROFILE, "x"), *entries))
    assert outcome == "taken" or outcome.startswith("a.har ")


# --- HAR --------------------------------------------------------------------------------------------------


def test_every_answer_with_content_is_read() -> None:
    """Text becomes UTF-8 whatever the page was; base64 keeps its bytes; times are turned into UTC."""
    latin = "<p>Caffè</p>".encode("latin-1")
    text = entry(PROFILE, "<p>Caffè</p>", kind="text/html; charset=iso-8859-1")
    packed = entry(PROFILE, base64.b64encode(latin).decode(), kind="text/html; charset=iso-8859-1", encoding="base64")
    first, second = pages_in("x.har", har(text, packed), url=None, saved_at=SAVED_AT)

    assert ("<p>Caffè</p>".encode(), "text/html; charset=utf-8") == (first.body, first.media_type)
    assert (latin, "text/html; charset=iso-8859-1") == (second.body, second.media_type)
    assert datetime(2026, 11, 22, 17, 4, 5, 250000, tzinfo=UTC) == first.fetched_at
    assert timedelta(0) == first.fetched_at.utcoffset()
    assert 200 == first.status


def test_entries_without_content_are_left_out() -> None:
    """Redirects, blocked requests, data addresses and entries of a broken shape hold nothing."""
    empty = entry(PROFILE, "")
    blocked = entry(PROFILE, "x") | {"response": {"status": 0, "content": {"text": "x"}}}
    data = entry("data:text/html,x", "x")
    pages = pages_in(
        "x.har", har(empty, blocked, data, None, 7, [], {}, entry(PROFILE, "y")), url=None, saved_at=SAVED_AT
    )

    assert [b"y"] == [page.body for page in pages]


@pytest.mark.parametrize("started", ["", "yesterday", "2026-11-22T18:04:05", "0001-01-01T00:00:00+14:00"])
def test_an_unreadable_time_is_the_time_of_the_file(started: str) -> None:
    """A time without zone is no time."""
    [page] = pages_in("x.har", har(entry(PROFILE, "x") | {"startedDateTime": started}), url=None, saved_at=SAVED_AT)

    assert SAVED_AT == page.fetched_at


# --- whose page -------------------------------------------------------------------------------------------


def test_a_recording_gives_the_profile_and_the_answers_of_its_page() -> None:
    """The page by its address; the JSON that it asked for, whose address names nobody, goes with it."""
    result = assigned(
        entry(PROFILE, PROFILE_HTML),
        entry("https://www.instagram.com/graphql/query", USER_JSON, kind="application/json"),
    )

    assert ["profile", "graphql"] == [page.role for _, page in result.taken]
    assert {("client", "instagram", "aurora.caffe", "saved page x.har")} == {
        (link.company, link.platform, link.handle, link.found_in) for link, _ in result.taken
    }
    assert {(Source.SAVED, State.OBSERVED)} == {(page.source, page.state) for _, page in result.taken}
    assert () == result.ignored


def test_json_goes_to_the_page_before_it() -> None:
    """Two profiles in one recording: each keeps its own answers."""
    other = "https://www.instagram.com/bottega.sole/"
    result = assigned(
        entry(PROFILE, PROFILE_HTML),
        entry("https://www.instagram.com/graphql/query", USER_JSON, kind="application/json"),
        entry(other, PROFILE_HTML.replace("aurora.caffe", "bottega.sole")),
        entry("https://www.instagram.com/api/v1/feed/user/1/", "{}", kind="application/json"),
    )

    assert [
        ("aurora.caffe", "profile"),
        ("aurora.caffe", "graphql"),
        ("bottega.sole", "profile"),
        ("bottega.sole", "timeline"),
    ] == [(link.handle, page.role) for link, page in result.taken]


def test_json_before_its_page_goes_to_the_recordings_page() -> None:
    """The order of a recording is not always the order of the page."""
    result = assigned(
        entry("https://www.instagram.com/graphql/query", USER_JSON, kind="application/json"),
        entry(PROFILE, PROFILE_HTML),
    )

    assert ["graphql", "profile"] == [page.role for _, page in result.taken]


def test_what_is_left_out_is_named_with_the_reason() -> None:
    """Pictures, pages that are no profile and answers without a page."""
    result = assigned(
        entry("https://www.instagram.com/p/Cxyz/", "<html>", kind="text/html"),
        entry("https://www.instagram.com/graphql/query", USER_JSON, kind="application/json"),
        entry("https://www.instagram.com/static/logo.png", "eA==", kind="image/png", encoding="base64"),
    )

    assert () == result.taken
    assert [
        "its address is no profile of Instagram",
        "no profile page of Instagram stands in the same file; record the HAR from the page's load",
        "holds no text (image/png)",
    ] == [ignored.why for ignored in result.ignored]


def test_of_two_answers_the_last_that_shows_the_profile_leads() -> None:
    """A login page recorded after the profile does not hide it; nothing is thrown away."""
    richer = PROFILE_HTML.replace("1,204", "1,205")
    result = assigned(entry(PROFILE, PROFILE_HTML), entry(PROFILE, richer), entry(PROFILE, LOGIN_HTML))

    assert [("profile", richer), ("profile-2", PROFILE_HTML), ("profile-3", LOGIN_HTML)] == [
        (page.role, page.body.decode()) for _, page in result.taken
    ]


def test_a_known_profile_keeps_its_company() -> None:
    """A competitor's page is the competitor's, also when nobody said so."""
    competitor = Link(company="bottega-sole", platform="instagram", handle="Aurora.Caffe", url=PROFILE)
    [(link, _)] = assigned(entry(PROFILE, PROFILE_HTML), links=(competitor,), company=None).taken
    [(named, _)] = assigned(entry(PROFILE, PROFILE_HTML), links=(competitor,), company="other").taken

    assert competitor == link
    assert "other" == named.company


def test_a_recording_of_a_site_takes_that_site_only() -> None:
    """Of the many hosts that a page loads from, the one that was opened counts."""
    result = assigned(
        entry("https://www.torrefazione-aurora.example/", "<html><title>Aurora</title>"),
        entry("https://cdn.tracker.example/", "<html>frame"),
    )

    assert [("website", "https://www.torrefazione-aurora.example/")] == [
        (link.platform, page.url) for link, page in result.taken
    ]
    assert ["cdn.tracker.example is not the site that was saved"] == [ignored.why for ignored in result.ignored]


def test_a_profile_that_nobody_declared_is_left_out() -> None:
    """Without a word on whose it is, neither the page nor its answers are taken, also not as the client's."""
    own = Link(company="client", platform="instagram", handle="bottega.sole", url="https://www.instagram.com/x/")
    result = assigned(
        entry("https://www.instagram.com/graphql/query", USER_JSON, kind="application/json"),
        entry(PROFILE, PROFILE_HTML),
        entry("https://www.instagram.com/graphql/query", USER_JSON, kind="application/json"),
        links=(own,),
        company=None,
    )

    assert () == result.taken
    why = "is in no [profiles] of clients/aurora/client.toml; add it there, or say whose it is with --company"
    assert [why, why, why] == [ignored.why for ignored in result.ignored]


def declared(company: str, handle: str) -> Link:
    """An Instagram profile of the client file."""
    return Link(company=company, platform="instagram", handle=handle, url=f"https://www.instagram.com/{handle}/")


@pytest.mark.parametrize(
    ("links", "company", "owner"),
    [
        ((declared("client", "a"), declared("other", "b")), None, "a"),
        ((declared("client", "a"), declared("other", "b")), "other", "b"),
        ((declared("client", "a"), declared("client", "c")), None, None),
        ((declared("other", "b"),), None, None),
    ],
)
def test_answers_without_a_page_go_to_the_one_declared_profile(
    links: tuple[Link, ...], company: str | None, owner: str | None
) -> None:
    """Of the company named, else of the client; where there is a choice or nothing, nobody guesses."""
    answer = entry("https://www.instagram.com/graphql/query", USER_JSON, kind="application/json")
    result = assigned(answer, links=links, company=company)

    assert ([owner] if owner else []) == [link.handle for link, _ in result.taken]


ON_OWN_SERVERS = (
    replace(declared("client", "aurora"), platform="mastodon", handle="aurora@social.aurora.example",
            url="https://social.aurora.example/@aurora"),
    replace(declared("client", "beta"), platform="mastodon", handle="beta@social.beta.example",
            url="https://social.beta.example/@beta"),
    replace(declared("client", "aurora"), platform="peertube", handle="aurora@video.aurora.example",
            url="https://video.aurora.example/c/aurora"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("url", "handle", "role"),
    [
        ("https://social.aurora.example/api/v1/accounts/lookup?acct=aurora", "aurora@social.aurora.example", "profile"),
        ("https://social.beta.example/api/v1/accounts/7/statuses", "beta@social.beta.example", "posts"),
        ("https://video.aurora.example/api/v1/video-channels/aurora", "aurora@video.aurora.example", "profile"),
    ],
    ids=["account", "posts on another server", "films"],
)
def test_a_declared_profile_on_its_own_server_is_recognised(url: str, handle: str, role: str) -> None:
    """What a server of anybody's answers is about the profile that the client file has there."""
    recorded = [entry("https://other.example/", LOGIN_HTML), entry(url, '{"id": "7"}', kind="application/json")]
    found = assigned(*recorded, links=ON_OWN_SERVERS, company=None)

    assert [(handle, role)] == [(link.handle, page.role) for link, page in found.taken]


SITES = tuple(
    replace(declared("client", ""), platform="website", handle=handle, url=f"https://{handle}/")
    for handle in ("aurora.example", "gruppo.example/torrefazione", "gruppo.example/bar")
)


@pytest.mark.parametrize(
    ("url", "company", "handle", "role"),
    [
        ("https://aurora.example/contatti", None, "aurora.example", "contact"),
        ("https://www.aurora.example/chi-siamo/", None, "aurora.example", "about"),
        ("https://aurora.example/it/", None, "aurora.example", "home"),
        ("https://gruppo.example/bar/contatti", None, "gruppo.example/bar", "contact"),
        ("https://nuova.example/negozio/contatti", "client", "nuova.example", "contact"),
    ],
    ids=["contact page", "with www", "a language's home page", "one of two sites on a host", "a site nobody declared"],
)
def test_a_page_of_a_site_belongs_to_the_site(url: str, company: str | None, handle: str, role: str) -> None:
    """It is no site of its own, also in a recording that is about something else."""
    recorded = [entry(PROFILE, PROFILE_HTML)] if company is None else []
    found = assigned(*recorded, entry(url, "<html><p>Noi</p>"), links=SITES, company=company)

    assert [(handle, role)] == [(link.handle, page.role) for link, page in found.taken]


def test_a_page_of_one_of_two_sites_on_a_host_is_not_guessed() -> None:
    """A page above both is of neither."""
    found = assigned(entry("https://gruppo.example/contatti", "<html><p>Noi</p>"), links=SITES, company=None)

    assert () == found.taken


def test_a_page_that_nobody_reads_is_not_stored() -> None:
    """It shows what its visitors wrote and no figure for the audit; its figures can be written down."""
    found = assigned(entry("https://ok.ru/torrefazioneaurora", LOGIN_HTML))

    assert () == found.taken
    assert ["pages of OK are not read; write the figures that it shows into a CSV and import that"] == [
        one.why for one in found.ignored
    ]


def test_a_recording_of_something_else_is_called_that() -> None:
    """Nothing of it belongs to a platform: the reason does not speak of profiles of a website."""
    result = assigned(entry("https://api.weather.example/v1/today?x=1", "{}", kind="application/json"), company=None)

    assert () == result.taken
    assert all(ignored.why.startswith("is of no platform that is audited") for ignored in result.ignored)
    assert 1 == len(result.ignored)


def test_the_same_bytes_twice_are_taken_once() -> None:
    """A file that was named twice, or an answer that was asked for twice."""
    result = assigned(entry(PROFILE, PROFILE_HTML), entry(PROFILE, PROFILE_HTML))

    assert ["profile"] == [page.role for _, page in result.taken]


@pytest.mark.parametrize("mark", ["<!-- saved from url=(0030){} -->", '<link rel="canonical" href="{}">'])
def test_a_page_of_another_platform_than_its_address_is_refused(mark: str) -> None:
    """A Facebook page with an Instagram address is a slip; both addresses are named."""
    page = mark.format("https://www.facebook.com/aurora").encode()
    with pytest.raises(ImportFileError) as caught:
        pages_in("a.html", page, url=PROFILE, saved_at=SAVED_AT)

    assert "https://www.facebook.com/aurora (Facebook)" in str(caught.value)
    assert PROFILE in str(caught.value)


def test_a_time_zone_is_no_obstacle() -> None:
    """The time of the file may be given in any zone; it is kept as the same moment."""
    rome = timezone(timedelta(hours=1))
    page = pages_in("a.html", b"<html>", url=PROFILE, saved_at=datetime(2026, 11, 23, 10, 30, tzinfo=rome))[0]

    assert SAVED_AT == page.fetched_at
