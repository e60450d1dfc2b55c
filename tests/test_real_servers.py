"""The gatherer against other people's programs on loopback: nginx, WordPress, Bluesky's own network, mitmproxy."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from audit.models import State
from tests.project import Project
from tests.real_asking import asked_for, exact, gathered, link_to
from tests.servers.bluesky import Account, Bluesky
from tests.servers.mitmproxy import Recording, har_of
from tests.servers.nginx import Nginx
from tests.servers.wordpress import WordPress

POSTS = 23  # of the WordPress site: Notizia 1 on 2 January 2026 and so on, one a day
HOME = """<!doctype html><html lang="it"><head><meta charset="utf-8"><title>{name}</title>
<meta name="description" content="{name}: {what}."><meta name="viewport" content="width=device-width"></head>
<body><h1>{name}</h1><p>{what}. È aperto.</p><a href="/contatti.html">Contatti</a></body></html>"""
CONTACT = """<!doctype html><html lang="it"><head><meta charset="utf-8"><title>Contatti</title></head>
<body><p>{name}, via Emilia 12, Modena</p><a href="mailto:{mail}">Scrivici</a></body></html>"""
COMPANIES = {
    "aurora.example": ("Torrefazione Aurora", "Caffè tostato a Modena", "ciao@aurora.example"),
    "santorso.example": ("Caffè Sant'Orso", "Caffè e pasticceria ad Aosta", "bar@santorso.example"),
}
CLIENT = """name = "Torrefazione Aurora"
site = "https://aurora.example/"
sector = "food_beverage"
size = "small"
country = "IT"
languages = ["en"]
[profiles]
website = "https://aurora.example/"
[[competitors]]
name = "Caffè Sant'Orso"
site = "https://{competitor}/"
[competitors.profiles]
website = "https://{competitor}/"
"""


def site_states(project: Project) -> dict[str, str]:
    """State by company and platform, out of profiles.json."""
    stored = project.root / "clients" / "aurora" / "2026-11-23" / "profiles.json"
    return {
        f"{row['company']} {row['platform']}": row["state"] for row in json.loads(stored.read_text("utf-8"))["profiles"]
    }


# ------------------------------------------------------------------------------------------------------- nginx


@pytest.fixture(scope="session")
def recorded_sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    """Two companies' sites at one address under two names, with TLS and gzip."""
    sites: dict[str, Path | int] = {}
    for host, (name, what, mail) in COMPANIES.items():
        folder = tmp_path_factory.mktemp("site")
        (folder / "index.html").write_text(HOME.format(name=name, what=what), "utf-8")
        (folder / "contatti.html").write_text(CONTACT.format(name=name, mail=mail), "utf-8")
        (folder / "slow").mkdir()
        sites[host] = folder
    with Nginx(sites) as nginx:
        yield nginx


def test_two_names_at_one_address_are_two_sites(recorded_sites: Nginx) -> None:
    """Name, certificate and page belong together; the body stored is the unpacked one."""
    urls = [f"https://{host}/" for host in COMPANIES]
    pages = asked_for(*urls, allow_loopback=True, hosts=recorded_sites.hosts, ca_file=recorded_sites.ca_file)
    expected = [HOME.format(name=name, what=what).encode() for name, what, _ in COMPANIES.values()]
    assert expected == [page.body for page in pages]
    assert "aurora.example /index.html 200 gzip" in recorded_sites.asked()


def test_a_certificate_of_an_unknown_authority_is_a_failure(recorded_sites: Nginx) -> None:
    """Without the authority of the test nothing is read: the site could be anybody's."""
    [page] = asked_for("https://aurora.example/", allow_loopback=True, hosts=recorded_sites.hosts)
    assert State.FAILED == page.state
    assert "certificate" in str(page.reason).lower()


def test_a_limited_path_is_asked_again_when_nginx_says_so(recorded_sites: Nginx) -> None:
    """Two requests a second are permitted: the second one gets 429 and Retry-After of a second, then the page."""
    urls = [f"https://aurora.example/slow/{number}" for number in (1, 2)]
    pages = asked_for(*urls, allow_loopback=True, hosts=recorded_sites.hosts, ca_file=recorded_sites.ca_file)
    assert [200, 200] == [page.status for page in pages]
    refused = [line for line in recorded_sites.asked() if " /slow/2 429 " in line]
    assert 1 == len(refused)


def test_a_connection_that_nginx_drops_is_a_failure(recorded_sites: Nginx) -> None:
    """Hanging up without a word says nothing about the page: failed, not missing."""
    [page] = asked_for(
        "https://santorso.example/drop", allow_loopback=True, hosts=recorded_sites.hosts, ca_file=recorded_sites.ca_file
    )
    assert (State.FAILED, None) == (page.state, page.status)
    assert page.reason


def test_a_whole_audit_of_two_recorded_companies(recorded_sites: Nginx, tmp_path: Path) -> None:
    """Both sites are seen under their own names, and their facts are those of their pages."""
    project = Project.at(tmp_path / "project")
    project.client("aurora", CLIENT.format(competitor="santorso.example"))
    for task in ("discover", "fetch", "extract"):
        done = project.invoke(
            task, "--client", "aurora", "--day", "2026-11-23",
            INVOKE_FETCH_ALLOW_LOOPBACK="1", INVOKE_FETCH_DELAY="0.01", INVOKE_FETCH_HOSTS=recorded_sites.setting,
            INVOKE_FETCH_CA_FILE=str(recorded_sites.ca_file),
        )  # fmt: skip
        assert 0 == done.returncode, done.stdout + done.stderr
    states = site_states(project)
    assert {"observed"} == {state for key, state in states.items() if key.endswith("website")}
    assert 2 == len([key for key in states if key.endswith("website")])
    stored = json.loads((project.root / "clients/aurora/2026-11-23/profiles.json").read_text("utf-8"))
    named = {row["name"]["value"] for row in stored["profiles"] if row["name"]}
    assert {name for name, _, _ in COMPANIES.values()} == named


# --------------------------------------------------------------------------------------------------- WordPress


@dataclass(frozen=True)
class Magazine:
    """A real WordPress behind nginx."""

    nginx: Nginx

    @property
    def settings(self) -> dict[str, Any]:
        """What the fetcher needs to reach it."""
        return self.nginx.fetching


@pytest.fixture(scope="session")
def magazine() -> Iterator[Magazine]:
    """https://rivista.example/, made with WordPress, with 23 posts and one draft."""
    with (
        WordPress(address="https://rivista.example", posts=POSTS) as wordpress,
        Nginx({"rivista.example": wordpress.port}) as nginx,
    ):
        yield Magazine(nginx)


def test_a_wordpress_site_is_read_as_it_was_made(magazine: Magazine) -> None:
    """Its name, the exact number of its posts without the draft, the ten newest in the feed, the sitemap."""
    profile, pages = gathered(link_to("https://rivista.example/"), **magazine.settings)

    assert State.OBSERVED == profile.state
    assert profile.name is not None
    assert profile.name.value.startswith("Torrefazione Aurora")
    assert exact(POSTS, "post_count", "header x-wp-total") == profile.posts
    assert profile.site is not None
    first_day = datetime(2026, 1, 1, tzinfo=UTC)
    newest = [(f"Notizia {number}", first_day + timedelta(days=number)) for number in range(POSTS, POSTS - 10, -1)]
    assert newest == [(article.text, article.at) for article in profile.site.articles]
    assert {"feed": True, "sitemap": True} == {name: profile.site.checks[name].value for name in ("feed", "sitemap")}
    assert "https://rivista.example/wp-sitemap.xml" == pages["sitemap"].final_url
    assert b"wp-sitemap-posts-post-1.xml" in pages["sitemap"].body


def test_wordpress_robots_txt_is_obeyed(magazine: Magazine) -> None:
    """/wp-admin/ is closed to everybody but for one path; the administration is not asked for."""
    before = len(magazine.nginx.asked())
    [page] = asked_for("https://rivista.example/wp-admin/index.php", **magazine.settings)
    assert State.NOT_PERMITTED == page.state
    assert "Disallow: /wp-admin/" in str(page.reason)
    assert ["rivista.example /robots.txt 200 -"] == magazine.nginx.asked()[before:]


def test_an_unchanged_feed_is_not_sent_twice(magazine: Magazine, tmp_path: Path) -> None:
    """The second run asks with the feed's ETag, WordPress answers 304, and the stored page is the same."""
    settings = {**magazine.settings, "cache": tmp_path / "http.db"}
    [first] = asked_for("https://rivista.example/feed/", **settings)
    before = len(magazine.nginx.asked())
    [second] = asked_for("https://rivista.example/feed/", **settings, refresh=True)
    assert "rivista.example /feed/ 304 -" in magazine.nginx.asked()[before:]
    assert (200, first.body, first.headers) == (second.status, second.body, second.headers)
    assert first.headers["etag"]


# ----------------------------------------------------------------------------------------------------- Bluesky


@dataclass(frozen=True)
class Network:
    """Bluesky's AppView under the name of the public one, and what the test wrote."""

    nginx: Nginx
    aurora: Account
    lina: Account

    @property
    def settings(self) -> dict[str, Any]:
        """What the fetcher needs to reach it."""
        return self.nginx.fetching


def post_day(number: int) -> datetime:
    """When the post of that number was written."""
    return datetime(2026, 11, 1, 8, 30, tzinfo=UTC) + timedelta(days=number)


@pytest.fixture(scope="session")
def network() -> Iterator[Network]:
    """aurora.test with a profile, seven posts (one pinned), a reply and a repost; followed by lina.test."""
    with Bluesky() as bluesky, Nginx({"public.api.bsky.app": bluesky.port}) as nginx:
        aurora, lina = bluesky.account("aurora.test"), bluesky.account("lina.test")
        written = [aurora.post(f"Notizia {number}", post_day(number)) for number in range(1, 8)]
        thread = lina.post("Filati nuovi", post_day(2))
        aurora.reply("Belli!", post_day(3), thread)
        aurora.repost(thread, post_day(4))
        lina.like(written[4], post_day(6))
        lina.reply("Buono", post_day(6), written[4])
        lina.repost(written[4], post_day(6))
        lina.follow(aurora, post_day(1))
        pinned = {"uri": written[0]["uri"], "cid": written[0]["cid"]}
        description = "Caffè tostato a Modena. https://aurora.example/"
        aurora.introduce(displayName="Torrefazione Aurora", description=description, pinnedPost=pinned)
        account = "app.bsky.actor.getProfile?actor=aurora.test"
        bluesky.wait_for(account, "postsCount", 8)
        bluesky.wait_for(account, "followersCount", 1)
        bluesky.wait_for(account, "displayName", "Torrefazione Aurora")
        yield Network(nginx, aurora, lina)


def test_a_bluesky_profile_is_read_as_it_was_made(network: Network) -> None:
    """Name, description, site and all figures; the count of posts has the reply in it and not the repost."""
    profile, _ = gathered(link_to("https://bsky.app/profile/aurora.test"), **network.settings)

    assert State.OBSERVED == profile.state
    assert ("aurora.test", "Torrefazione Aurora") == (profile.handle, profile.name and profile.name.value)
    assert exact(1, "profile", "#/followersCount") == profile.followers
    assert exact(0, "profile", "#/followsCount") == profile.following
    assert exact(8, "profile", "#/postsCount") == profile.posts
    assert profile.website is not None
    assert "https://aurora.example/" == profile.website.value
    assert profile.verified is None


def test_bluesky_posts_are_read_as_they_were_written(network: Network) -> None:
    """The seven posts with text and moment, the first of them pinned; the repost is marked, the reply left out."""
    profile, _ = gathered(link_to("https://bsky.app/profile/aurora.test"), **network.settings)

    own = [post for post in profile.recent if not post.repost]
    assert {(f"Notizia {n}", post_day(n)) for n in range(1, 8)} == {(post.text, post.at) for post in own}
    assert 7 == len(own)
    assert ["Notizia 1"] == [post.text for post in own if post.pinned]
    assert 1 == len([post for post in profile.recent if post.repost])
    [answered] = [post for post in own if post.text == "Notizia 5"]
    assert (1, 1, 1) == (answered.reactions, answered.comments, answered.shares)


def test_a_bluesky_account_is_found_by_its_did_too(network: Network) -> None:
    """The same account under its permanent name; the handle shown is read."""
    profile, _ = gathered(link_to(f"https://bsky.app/profile/{network.aurora.did}"), **network.settings)
    assert (State.OBSERVED, "aurora.test") == (profile.state, profile.handle)


def test_an_unknown_bluesky_account_is_missing(network: Network) -> None:
    """The network itself says that there is nobody of that name."""
    profile, _ = gathered(link_to("https://bsky.app/profile/nessuno.test"), **network.settings)
    assert (State.MISSING, "Profile not found") == (profile.state, profile.reason)


# --------------------------------------------------------------------------------------------------- mitmproxy


@pytest.fixture(scope="session")
def recording() -> Iterator[Recording]:
    """A proxy that knows the site of one company and nothing else."""
    name, what, mail = COMPANIES["aurora.example"]
    html = "text/html; charset=utf-8"
    known = {
        "https://aurora.example/robots.txt": (200, "text/plain", "User-agent: *\nDisallow: /privato/\n"),
        "https://aurora.example/": (200, html, HOME.format(name=name, what=what)),
        "https://aurora.example/contatti.html": (200, html, CONTACT.format(name=name, mail=mail)),
        "https://aurora.example/sitemap.xml": (404, html, "<title>404</title>"),
        "https://aurora.example/sitemap_index.xml": (404, html, "<title>404</title>"),
    }
    with Recording(har_of(known)) as proxy:
        yield proxy


def test_a_recorded_company_is_audited_through_the_proxy(recording: Recording, tmp_path: Path) -> None:
    """Over TLS with the proxy's authority the recorded pages come; a site that was not recorded failed, and is not
    called missing."""
    project = Project.at(tmp_path / "project")
    project.client("aurora", CLIENT.format(competitor="santorso.example"))
    for task in ("discover", "fetch", "extract"):
        done = project.invoke(
            task, "--client", "aurora", "--day", "2026-11-23",
            INVOKE_FETCH_DELAY="0.01", INVOKE_FETCH_PROXY=recording.proxy,
            INVOKE_FETCH_CA_FILE=str(recording.ca_file),
        )  # fmt: skip
        assert 0 == done.returncode, done.stdout + done.stderr
    states = site_states(project)
    assert {"client website": "observed", "caffe-sant-orso website": "failed"} == states
    contact = project.root / "clients/aurora/2026-11-23/evidence/client/website/aurora.example/contact.body"
    name, _, mail = COMPANIES["aurora.example"]
    assert CONTACT.format(name=name, mail=mail) == contact.read_text("utf-8")
