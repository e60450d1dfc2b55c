"""Official APIs with a key over real HTTPS on loopback: each answers from its fixture folders, as documented."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import json
import logging
import pickle
import ssl
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import trustme

from audit.asking import fetch_profiles
from audit.client import parse_client
from audit.credentials import CREDENTIALS, Attached, Keys, from_keyring
from audit.errors import ClientFileError, UsageError
from audit.events import Event
from audit.fetcher import Fetcher
from audit.files import load_profile_folder, save_page, to_json, to_plain
from audit.forecast import expected_costs, expected_requests
from audit.limits import Limits
from audit.models import Courtesy, Link, Page, Profile, Request, Source, State
from audit.platforms import link_of, platform_of, platforms
from audit.reading import Apart, Readers, ReadingLimits, here
from audit.third_persons import without_third_persons
from tests.loopback import Asked, Route, Web, answer, redirect
from tests.project import Project

FIXTURES = Path(__file__).parent / "fixtures"
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
AGENT = "Finestra/0.1.0 (+https://agency.example; audit@agency.example)"
QUICK = Limits(connect=2.0, read=2.0, deadline=4.0, delay=0.0, jitter=0.0)
WITH_API = {name: platform for name, platform in platforms().items() if platform.api is not None}
FOLDERS = sorted(folder for name in WITH_API for folder in (FIXTURES / name).glob("*_api*") if folder.is_dir())
OPEN = [folder for folder in FOLDERS if folder.name.startswith("open_api")]
TOKEN_HOSTS = {"twitch": "id.twitch.tv", "reddit": "www.reddit.com", "soundcloud": "secure.soundcloud.com"}
TOKEN = "token-Canary-5151/+=end"  # what an exchange brings
# One value a variable, with the marks that are written otherwise in addresses and in JSON.
SECRETS = {
    variable: f"canary-{number:03d}/+=&{variable[-6:]}"
    for number, variable in enumerate(sorted({v for one in CREDENTIALS.values() for v in one.variables}))
}


def ids(folder: Path) -> str:
    return f"{folder.parent.name}/{folder.name}"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, Path]:
    """A certificate for all hosts of APIs, and the authority that vouches for it."""
    hosts = {host for one in CREDENTIALS.values() for host in one.hosts} | {*TOKEN_HOSTS.values(), "www.tiktok.com"}
    hosts |= {"www.youtube.com", "evil.example"}
    ca, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert(*sorted(hosts)).configure_cert(context)
    file = tmp_path_factory.mktemp("ca") / "ca.pem"
    ca.cert_pem.write_to_path(str(file))
    return context, file


@dataclass
class Outcome:
    """What came of asking for one profile."""

    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    courtesy: Courtesy = field(default_factory=Courtesy)

    def profile(self, link: Link) -> Profile:
        return platforms()[link.platform].read(link, self.pages)

    def paths(self) -> list[str]:
        return [asked.host + asked.path for asked in self.asked]


Ask = Callable[..., Outcome]


@pytest.fixture
def ask(authority: tuple[ssl.SSLContext, Path]) -> Ask:
    """Asks for a profile at servers that stand for all hosts of APIs."""
    context, ca_file = authority

    def run(
        routes: Mapping[str, Route],
        link: Link,
        *,
        keys: Keys | None = None,
        stored: Mapping[str, Page] | None = None,
        cache: Path | None = None,
        max_cost: float = 10.0,
        before: Courtesy | None = None,
        apart: Apart = here,
    ) -> Outcome:
        outcome = Outcome()

        async def ask_all() -> None:
            async def there(name: str, port: int) -> list[tuple[str, int]]:
                return [(web.address, web.port)]

            async with Web(routes, tls=context) as web:
                fetcher = Fetcher(
                    user_agent=AGENT, now=lambda: NOW, limits=QUICK, allow_loopback=True, ca_file=ca_file,
                    resolve=there, apart=apart, keys=Keys(SECRETS) if keys is None else keys, cache=cache,
                    max_cost=max_cost, courtesy_before=before, on_event=outcome.events.append,
                )  # fmt: skip
                async with fetcher:
                    await fetch_profiles(
                        fetcher,
                        [link],
                        stored=lambda _: stored or {},
                        save=lambda _, page: outcome.pages.update({page.role: page}),
                        on_event=outcome.events.append,
                    )
                outcome.asked, outcome.courtesy = web.asked, fetcher.courtesy()

        asyncio.run(ask_all())
        return outcome

    return run


def all_hosts() -> list[str]:
    found = {host for one in CREDENTIALS.values() for host in one.hosts} | set(TOKEN_HOSTS.values())
    return [*sorted(found), "www.tiktok.com", "www.youtube.com", "evil.example"]


def routes_of(pages: Mapping[str, Page], credential: str) -> dict[str, Route]:
    """A server's answers out of stored ones; where a query goes with a secret, that is part of the address."""
    routes: dict[str, Route] = {}
    for page in pages.values():
        routes[sent(page.url, credential)] = answer(
            page.body, status=f"{page.status} Status", content_type=str(page.media_type)
        )
    for host in TOKEN_HOSTS.values():
        path = urlsplit(next(e.url for c in CREDENTIALS.values() if (e := c.exchange) and host in e.url)).path
        body = json.dumps({"access_token": TOKEN, "expires_in": 5_000_000, "token_type": "bearer"}).encode()
        routes[host + path] = answer(body, content_type="application/json")
    return routes


def sent(url: str, credential: str) -> str:
    """Host and path as they arrive, with the secret parts of the query."""
    plain = url.removeprefix("https://")
    return plain if CREDENTIALS[credential].exchange else Keys(SECRETS).attached(credential).open_target(plain)


def credential_of(link: Link) -> str:
    """The credential of the first request for a profile."""
    api = platforms()[link.platform].api
    assert api is not None
    return next(iter(api.wants(link, {}).values())).credential


def is_clean(text: str) -> bool:
    """Whether a text holds no secret."""
    return not any(secret in text for secret in (*SECRETS.values(), TOKEN)) and "canary-" not in text.lower()


def test_p01_an_answer_whose_reading_does_not_end_costs_what_would_come_next(ask: Ask) -> None:
    """Answers of an API are read apart too: the account that came stays, the posts say why they did not."""
    link, kept = load_profile_folder(next(folder for folder in OPEN if folder.parent.name == "x"))
    with Readers(ReadingLimits(seconds=0.2, workers=1)) as hasty:
        outcome = ask(
            routes_of(kept, credential_of(link)), link, apart=lambda *reader: hasty.read_soon(too_slowly, *reader)
        )
    failed = outcome.pages["posts"]
    why = "what to ask for next could not be worked out: reading took longer than 0.2 s"
    assert (State.FAILED, Source.API, why) == (failed.state, failed.source, failed.reason)
    assert ["api", "posts"] == list(outcome.pages)
    assert State.OBSERVED is outcome.profile(link).state


def too_slowly(reader: Callable[..., object], *arguments: object) -> object:
    """What a reader makes of its arguments, after half a minute."""
    time.sleep(30)
    return reader(*arguments)


@pytest.mark.parametrize("name", sorted(platforms()))
def test_what_reads_a_platform_can_be_sent_to_another_process(name: str) -> None:
    """Whoever adds a platform adds one that is read apart."""
    platform = platforms()[name]
    for reader in (platform.wants, platform.read, *([platform.api.wants] if platform.api is not None else [])):
        assert type(reader.__self__) is type(pickle.loads(pickle.dumps(reader)).__self__)


@pytest.mark.parametrize("folder", OPEN, ids=ids)
def test_a_profile_is_read_through_the_api(folder: Path, ask: Ask) -> None:
    """Account, posts, older posts: each is asked for with the key and read as it is in the fixture, kept without the
    people who reacted and commented."""
    link, kept = load_profile_folder(folder)
    credential = credential_of(link)
    outcome = ask(routes_of(kept, credential), link)

    fetched = {role: (page.url, page.status, page.body, page.source) for role, page in outcome.pages.items()}
    cleared = {role: without_third_persons(link, page).body for role, page in kept.items()}
    assert {role: (page.url, 200, cleared[role], Source.API) for role, page in kept.items()} == fetched
    expected = json.loads((folder / "expected" / "profile.json").read_text("utf-8"))
    assert expected == to_plain(outcome.profile(link), Profile)
    assert State.OBSERVED == outcome.profile(link).state


# Read by eye off the fixtures: followers, lifetime posts, recent posts, reviews, reactions to the newest post.
FIGURES = {
    "facebook/open_api": (8433, None, 3, 214, 64),
    "google_business/open_api_entity": (None, None, 0, None, None),
    "google_business/open_api_place": (None, None, 0, 387, None),
    "instagram/open_api": (14382, 947, 52, None, 120),
    "linkedin/open_api": (5750, None, 3, None, None),
    "pinterest/open_api": (1207, 339, 3, None, None),
    "reddit/open_api_account": (77, None, 3, None, None),
    "reddit/open_api_community": (1843, None, 0, None, None),
    "soundcloud/open_api": (508, 26, 3, None, 14),
    "threads/open_api": (3911, None, 0, None, None),
    "tiktok/open_api": (20314, 233, 2, None, 812),
    "tripadvisor/open_api": (None, None, 0, 1204, None),
    "trustpilot/open_api": (None, None, 0, 612, None),
    "tumblr/open_api": (None, 429, 3, None, None),
    "twitch/open_api": (3187, None, 3, None, None),
    "vimeo/open_api": (214, 63, 3, None, 12),
    "vk/open_api": (2210, 611, 3, None, 44),
    "x/open_api_with_posts": (2841, 1975, 3, None, 31),
    "yelp/open_api": (None, None, 0, 58, None),
    "youtube/open_api": (12300, 187, 5, None, 61),
}


@pytest.mark.parametrize("folder", OPEN, ids=ids)
def test_the_figures_are_those_of_the_answers(folder: Path) -> None:
    """Each figure once more, by eye; what an API does not tell is None."""
    link, pages = load_profile_folder(folder)
    profile = platforms()[link.platform].read(link, pages)
    counts = (profile.followers, profile.posts, profile.reviews)
    followers, posts, reviews = (None if count is None else count.value for count in counts)
    newest = max(profile.recent, key=lambda post: str(post.at), default=None)

    assert FIGURES[ids(folder)] == (
        followers, posts, len(profile.recent), reviews, newest.reactions if newest else None,
    )  # fmt: skip


# Of the states that a refused answer may have, the one of each fixture.
STATES = {
    "key": State.NO_CREDENTIAL, "credits": State.NO_CREDENTIAL, "scope": State.NO_CREDENTIAL,
    "permission": State.NO_CREDENTIAL, "no_own_account": State.NO_CREDENTIAL, "missing": State.MISSING,
    "none": State.MISSING, "no_entity": State.MISSING, "quota": State.RATE_LIMITED, "limit": State.RATE_LIMITED,
    "rate": State.RATE_LIMITED, "error_in_200": State.RATE_LIMITED, "suspended": State.GONE, "banned": State.GONE,
    "private": State.PRIVATE, "not_shown": State.SHELL, "small": State.SHELL, "version": State.FAILED,
}  # fmt: skip


@pytest.mark.parametrize("folder", [one for one in FOLDERS if one.name.startswith("refused")], ids=ids)
def test_a_refusal_is_told_in_the_words_of_the_api(folder: Path, ask: Ask) -> None:
    """Refused key, end of the quota, error inside a 200, no such account, another account: each its own state."""
    link, kept = load_profile_folder(folder)
    credential = credential_of(link)
    outcome = ask(routes_of(kept, credential), link)
    profile = platforms()[link.platform].read(
        link, {role: page for role, page in outcome.pages.items() if page.source == Source.API}
    )

    kind = folder.name.removeprefix("refused_api_")
    assert STATES.get(kind, State.SHELL) == profile.state
    assert profile.reason
    if kind.startswith("other"):
        assert link.handle in profile.reason
        assert "the answer is about" in profile.reason
    if profile.state is State.NO_CREDENTIAL:
        assert all(variable in profile.reason for variable in CREDENTIALS[credential].variables)
    assert is_clean(str(profile.reason))


@pytest.mark.parametrize("folder", OPEN, ids=ids)
@pytest.mark.parametrize("status", [401, 403, 404, 429])
def test_a_status_without_words_is_told_from_the_others(folder: Path, status: int, ask: Ask) -> None:
    """401 and 403 are the key's, 404 the account's, 429 nobody's; the last asks to wait longer than we do."""
    link, kept = load_profile_folder(folder)
    credential = credential_of(link)
    refusing = answer(b"{}", status=f"{status} Status", content_type="application/json", retry_after="900")
    routes = routes_of(kept, credential)
    routes |= {sent(page.url, credential): refusing for page in kept.values()}
    first = next(iter(platforms()[link.platform].api.wants(link, {}).values()))  # type: ignore[union-attr]
    routes[sent(first.url, credential)] = refusing
    outcome = ask(routes, link)
    profile = platforms()[link.platform].read(
        link, {role: page for role, page in outcome.pages.items() if page.source == Source.API}
    )

    expected = {401: State.NO_CREDENTIAL, 403: State.NO_CREDENTIAL, 404: State.MISSING, 429: State.RATE_LIMITED}
    assert expected[status] == profile.state
    if status == 429:
        assert "asks to wait for 900 s" in str(profile.reason)


def test_a_short_wait_is_waited(ask: Ask) -> None:
    """A 429 that asks for a moment is asked again, once that is over."""
    link, kept = load_profile_folder(FIXTURES / "vk" / "open_api")
    routes = routes_of(kept, "vk")
    address = sent(kept["api"].url, "vk")
    routes[address] = [answer(status="429 Slow down", retry_after="0"), routes[address]]  # type: ignore[list-item]
    outcome = ask(routes, link)

    assert State.OBSERVED == outcome.profile(link).state
    assert 2 == outcome.paths().count(address)


@pytest.mark.parametrize("name", sorted(CREDENTIALS))
def test_a_key_is_attached_as_documented(name: str) -> None:
    """Header or query, and the headers that the API asks for beside it."""
    credential = CREDENTIALS[name]
    attached = Keys(SECRETS).attached(name, None if credential.exchange is None else secret(TOKEN))
    headers, target = attached.open_headers(), attached.open_target("/path?a=1")
    value = TOKEN if credential.exchange else SECRETS[credential.variables[0]]

    in_query = [found for values in parse_qs(urlsplit(target).query).values() for found in values]
    in_headers = [part for header in headers.values() for part in header.split(" ")]
    assert value in in_query + in_headers
    assert target.startswith("/path?a=1")
    assert credential.page.startswith("https://")
    assert credential.opens
    assert is_clean(repr(attached))


def secret(value: str) -> object:
    from pydantic import SecretStr

    return SecretStr(value)


@pytest.mark.parametrize(("name", "host"), sorted(TOKEN_HOSTS.items()))
def test_a_token_is_asked_for_once_and_by_post(name: str, host: str, ask: Ask) -> None:
    """Id and secret go to the token's own host, in the form or the header; the API sees the token alone."""
    folder = next(folder for folder in OPEN if folder.parent.name == name)
    link, kept = load_profile_folder(folder)
    outcome = ask(routes_of(kept, name), link)

    identifier, hidden = (SECRETS[variable] for variable in CREDENTIALS[name].variables)
    exchanges = [asked for asked in outcome.asked if asked.host == host]
    api = [asked for asked in outcome.asked if asked.host in CREDENTIALS[name].hosts and asked.path != "/robots.txt"]
    basic = "Basic " + b64encode(f"{identifier}:{hidden}".encode()).decode()
    assert [basic if name != "twitch" else None] == [asked.headers.get("authorization") for asked in exchanges]
    assert ["application/x-www-form-urlencoded"] == [asked.headers.get("content-type") for asked in exchanges]
    assert {("OAuth " if name == "soundcloud" else "Bearer ") + TOKEN} == {a.headers["authorization"] for a in api}
    assert not any(hidden in str(asked.headers) + asked.path for asked in api)


def test_a_refused_exchange_names_the_credential(ask: Ask) -> None:
    """Wrong id or secret: the words of the server, both variables, where to get new ones; the API is not asked."""
    link = link_of("https://www.twitch.tv/auroracaffe")
    assert link is not None
    refusing = answer(b'{"status":403,"message":"invalid client secret"}', status="403 Forbidden")
    outcome = ask({"id.twitch.tv/oauth2/token": refusing}, link)
    profile = outcome.profile(link)

    assert State.NO_CREDENTIAL == profile.state
    for part in ("invalid client secret", *CREDENTIALS["twitch"].variables, "https://dev.twitch.tv/console/apps"):
        assert part in str(profile.reason)
    assert [] == [path for path in outcome.paths() if path.startswith("api.twitch.tv/helix")]


@pytest.mark.parametrize("name", sorted(WITH_API))
def test_without_a_key_nobody_is_asked(name: str, ask: Ask) -> None:
    """The page says which variable is missing; where the pages are closed too, that stays the reason."""
    platform, link = WITH_API[name], load_profile_folder(next(f for f in OPEN if f.parent.name == name))[0]
    if platform.keyless:
        return  # asked as everybody may: tests of the platform
    outcome = ask({}, link, keys=Keys())
    api = platform.api
    assert api is not None
    variables = CREDENTIALS[credential_of(link)].variables

    page = outcome.pages[next(iter(api.wants(link, {})))]
    assert (State.NO_CREDENTIAL, True) == (page.state, all(one in str(page.reason) for one in variables))
    assert [] == outcome.asked
    expected = State.NO_CREDENTIAL if api.only else State.NOT_PERMITTED
    assert expected == outcome.profile(link).state


def test_a_saved_page_wins_over_a_missing_key(ask: Ask) -> None:
    """What a person saved is not covered by a refusal."""
    link, pages = load_profile_folder(FIXTURES / "instagram" / "open")
    outcome = ask({}, link, keys=Keys(), stored=pages)

    assert {} == outcome.pages


def test_a_refused_key_leaves_the_way_that_everybody_may_go(ask: Ask) -> None:
    """A platform that is open without a key is asked without one where the API brings nothing."""
    folder = FIXTURES / "youtube" / "refused_api_key"
    link, kept = load_profile_folder(folder)
    page = b"<html><head><title>Aurora</title></head></html>"
    routes: dict[str, Route] = {**routes_of(kept, "youtube"), "www.youtube.com/@TorrefazioneAurora": answer(page)}
    outcome = ask(routes, link)

    assert {"api": Source.API, "profile": Source.PUBLIC} == {
        role: page.source for role, page in outcome.pages.items() if role in ("api", "profile")
    }
    [plain] = [asked for asked in outcome.asked if asked.path == "/@TorrefazioneAurora"]
    assert is_clean(str(plain))


def test_what_the_api_has_answered_is_not_asked_again(ask: Ask) -> None:
    """A run that goes on buys nothing twice; an answer that was refused is asked for again."""
    link, kept = load_profile_folder(FIXTURES / "x" / "open_api_with_posts")
    refused = load_profile_folder(FIXTURES / "x" / "refused_api_key")[1]

    assert [] == ask(routes_of(kept, "x"), link, stored=kept).asked
    assert State.OBSERVED == ask(routes_of(kept, "x"), link, stored=refused).profile(link).state


# --- robots.txt and redirects ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("robots", "asked"),
    [
        (answer(b"User-agent: *\nDisallow: /\n"), True),
        (answer(b"User-agent: Finestra\nDisallow: /\n"), False),
        (answer(b"User-agent: Finestra\nDisallow: /v1.0/other\n"), True),
        (answer(status="500 Broken"), True),
        (answer(status="404 Not Found"), True),
    ],
)
def test_a_key_is_heard_before_everybody_and_after_our_name(robots: bytes, asked: bool, ask: Ask) -> None:
    """The group for everybody does not speak to a request with a key; one that names this program does."""
    link, kept = load_profile_folder(FIXTURES / "threads" / "open_api")
    outcome = ask({**routes_of(kept, "threads"), "graph.threads.com/robots.txt": robots}, link)

    assert asked == (State.OBSERVED == outcome.profile(link).state)
    if not asked:
        assert "robots.txt of graph.threads.com does not permit it" in str(outcome.pages["api"].reason)


@pytest.mark.parametrize(
    "target", ["https://evil.example/steal", "http://graph.threads.com/plain", "https://graph.threads.com:8443/other"]
)
def test_a_key_follows_no_redirect_to_another_place(target: str, ask: Ask) -> None:
    """Another host, another port, or the same in the clear: nothing is asked there."""
    link, kept = load_profile_folder(FIXTURES / "threads" / "open_api")
    routes = routes_of(kept, "threads")
    routes[sent(kept["api"].url, "threads")] = redirect(target)
    outcome = ask(routes, link)

    assert (State.FAILED, True) == (outcome.pages["api"].state, "is not sent to" in str(outcome.pages["api"].reason))
    assert {"graph.threads.com"} == {asked.host for asked in outcome.asked}


def test_a_redirect_on_the_same_host_is_followed_with_the_key(ask: Ask) -> None:
    """SoundCloud resolves an address by a redirect to the account."""
    link, kept = load_profile_folder(FIXTURES / "soundcloud" / "open_api")
    routes = routes_of(kept, "soundcloud")
    first = sent(kept["api"].url, "soundcloud")
    routes["api.soundcloud.com/users/30123456"] = routes[first]
    routes[first] = redirect("https://api.soundcloud.com/users/30123456")
    outcome = ask(routes, link)

    assert State.OBSERVED == outcome.profile(link).state
    assert "https://api.soundcloud.com/users/30123456" == outcome.pages["api"].final_url


def test_a_key_is_for_its_own_host_alone(ask: Ask) -> None:
    """A request that names the wrong host for its key is not sent at all."""

    async def run() -> Page:
        fetcher = Fetcher(user_agent=AGENT, now=lambda: NOW, limits=QUICK, keys=Keys(SECRETS))
        async with fetcher:
            return await fetcher.get(Request(url="https://evil.example/x", credential="vk"), role="api")

    page = asyncio.run(run())
    assert (State.FAILED, "the key of VK API is not sent to https://evil.example") == (page.state, page.reason)


# --- what must stay secret ---------------------------------------------------------------------------------------


def echo(credential: str, name: str) -> bytes:
    """An answer that quotes the secret in every spelling, as Meta does in errors and in `paging.next`."""
    value = TOKEN if CREDENTIALS[credential].exchange else SECRETS[CREDENTIALS[credential].variables[-1]]
    attached = Attached(query={"k": secret(value)})  # type: ignore[dict-item]
    error = {"message": f"Malformed access token {value}", "type": "OAuthException", "code": 190}
    body = json.dumps({"error": error, "next": attached.open_target("/x"), "again": "AGAIN"})
    return body.replace("AGAIN", json.dumps(value)[1:-1].replace("/", "\\/")).encode()


@pytest.mark.parametrize("folder", OPEN, ids=ids)
def test_no_secret_is_left_anywhere(folder: Path, ask: Ask, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Canaries in the keys are in no page, event, ledger, cache or log, also when the API sends them back."""
    caplog.set_level(logging.DEBUG)
    link, kept = load_profile_folder(folder)
    credential = credential_of(link)
    first = next(iter(platforms()[link.platform].api.wants(link, {}).values()))  # type: ignore[union-attr]
    quoting = answer(echo(credential, link.platform), status="400 Bad Request", content_type="application/json",
                     etag=f'"{SECRETS[CREDENTIALS[credential].variables[0]]}"')  # fmt: skip
    for number, routes in enumerate(
        (routes_of(kept, credential), {**routes_of(kept, credential), sent(first.url, credential): quoting})
    ):
        outcome = ask(routes, link, cache=tmp_path / f"{number}.db")
        for page in outcome.pages.values():
            save_page(tmp_path / str(number), link, page)
        told = [repr(outcome.pages), repr(outcome.events), to_json(to_plain(outcome.courtesy, Courtesy)), caplog.text]
        assert all(is_clean(text) for text in told)
        assert any(any(s in str(a.headers) + a.path for s in (TOKEN, *_in_address(SECRETS))) for a in outcome.asked)
    for file in tmp_path.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert not any(spelling in data for spelling in (b"canary-", b"Canary-5151")), file


def _in_address(secrets: Mapping[str, str]) -> list[str]:
    plain = list(secrets.values())
    return plain + [Attached(query={"k": secret(value)}).open_target("")[3:] for value in plain]  # type: ignore[dict-item]


def test_a_secret_shows_in_no_representation() -> None:
    """Neither the keys nor what is attached to a request tell a value when they are printed."""
    keys = Keys(SECRETS)
    assert all(is_clean(repr(one)) for one in (keys, keys.attached("meta"), keys.for_exchange("twitch")))


@pytest.mark.parametrize("value", ["short", "two words here", "line\nbreak-in-it", "umlaut-schlüssel"])
def test_what_cannot_be_a_key_is_refused_by_its_variables_name(value: str) -> None:
    """A slip of copying is named before anything is sent, without the value."""
    with pytest.raises(UsageError, match="FINESTRA_VK_TOKEN holds no key") as caught:
        Keys({"FINESTRA_VK_TOKEN": value}).has("vk")
    assert value not in str(caught.value)


def test_a_key_comes_from_the_keyring_when_the_environment_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """The value stored under the variable's name; a keyring that cannot be opened is an empty one."""
    import keyring
    from keyring.backend import KeyringBackend
    from keyring.errors import InitError, KeyringLocked

    class InMemory(KeyringBackend):
        """A keyring that is locked or holds one value."""

        priority = 1.0  # type: ignore[assignment]  # the library computes it by a property of its own
        locked = False

        def get_password(self, service: str, username: str) -> str | None:
            if self.locked:
                raise KeyringLocked("locked") from InitError()
            return "from-the-keyring" if (service, username) == ("finestra", "FINESTRA_VK_TOKEN") else None

        def set_password(self, service: str, username: str, password: str) -> None:
            raise NotImplementedError

        def delete_password(self, service: str, username: str) -> None:
            raise NotImplementedError

    before = keyring.get_keyring()
    backend = InMemory()
    keyring.set_keyring(backend)
    try:
        found = Keys({}, from_keyring).value("FINESTRA_VK_TOKEN")
        assert found is not None
        assert "from-the-keyring" == found.get_secret_value()
        assert not Keys({}, from_keyring).has("yelp")
        backend.locked = True
        assert not Keys({}, from_keyring).has("vk")
        first = Keys({"FINESTRA_VK_TOKEN": "from-environment"}, from_keyring).value("FINESTRA_VK_TOKEN")
        assert first is not None
        assert "from-environment" == first.get_secret_value()
    finally:
        keyring.set_keyring(before)


# --- what costs money --------------------------------------------------------------------------------------------


def x_link() -> tuple[Link, dict[str, Page]]:
    return load_profile_folder(FIXTURES / "x" / "open_api_with_posts")


def test_the_cost_of_a_run_is_known_before_it_starts() -> None:
    """Per profile at most one account ($0.010) and forty posts ($0.005 each); nothing where there is no key."""
    link, _ = x_link()

    assert {"x": (3, 0.63)} == expected_costs([link] * 3, platforms(), Keys(SECRETS))
    assert {} == expected_costs([link] * 3, platforms(), Keys())
    assert 3 == expected_requests(link, platforms(), Keys(SECRETS))
    assert 0 == expected_requests(link, platforms(), Keys())


@pytest.mark.parametrize(
    ("max_cost", "roles", "cost"),
    [
        (0.0, [], 0.0),
        (0.01, ["api"], 0.01),
        (0.11, ["api", "posts"], 0.11),
        (0.5, ["api", "posts", "more_posts"], 0.21),
    ],
)
def test_nothing_is_bought_beyond_what_is_permitted(max_cost: float, roles: list[str], cost: float, ask: Ask) -> None:
    """Each answer is counted before it is asked for; what would cost more is not, and the page says what to raise."""
    link, kept = x_link()
    outcome = ask(routes_of(kept, "x"), link, max_cost=max_cost)

    observed = [role for role, page in outcome.pages.items() if page.state is State.OBSERVED]
    assert roles == observed
    assert cost == sum(host.cost for host in outcome.courtesy.hosts)
    for page in outcome.pages.values():
        assert page.state is State.OBSERVED or (
            page.state is State.NOT_PERMITTED and "max_cost_usd in client.toml permits" in str(page.reason)
        )


def test_what_an_earlier_start_of_the_run_has_spent_counts(ask: Ask) -> None:
    """A run that was cut short and goes on has one cap, not two."""
    link, kept = x_link()
    before = ask(routes_of(kept, "x"), link, max_cost=0.25).courtesy
    outcome = ask(routes_of(kept, "x"), link, max_cost=0.25, before=before)

    assert ["api", "posts"] == list(outcome.pages)
    assert [State.OBSERVED, State.NOT_PERMITTED] == [page.state for page in outcome.pages.values()]


def test_an_answer_that_did_not_come_costs_nothing(ask: Ask) -> None:
    """The price is given back when the server asks to come back later."""
    link, kept = x_link()
    routes = routes_of(kept, "x")
    routes[sent(kept["api"].url, "x")] = answer(status="429 Too Many Requests", retry_after="900")
    outcome = ask(routes, link)

    assert 0.0 == sum(host.cost for host in outcome.courtesy.hosts)


SERVER_ERROR = answer(status="500 Internal Server Error")
HALF_PACKED = answer(gzip.compress(b"{}" * 900)[:-8], content_encoding="gzip", content_type="application/json")
HALF = answer(b"{}", content_type="application/json").replace(b"content-length: 2", b"content-length: 900")


@pytest.mark.parametrize("route", [HALF_PACKED, SERVER_ERROR], ids=["broken off", "500"])
@pytest.mark.parametrize(("max_cost", "attempts", "cost"), [(10.0, 3, 0.03), (0.025, 2, 0.02), (0.01, 1, 0.01)])
def test_each_attempt_that_was_sent_is_paid_for(
    route: Route, max_cost: float, attempts: int, cost: float, ask: Ask
) -> None:
    """The other side has counted a request whose answer breaks off or is its own failure: three attempts at $0.010
    are three purchases, and none is made beyond the cap."""
    link, kept = x_link()
    routes = {**routes_of(kept, "x"), sent(kept["api"].url, "x"): route}
    outcome = ask(routes, link, max_cost=max_cost)

    assert attempts == outcome.paths().count(sent(kept["api"].url, "x"))
    assert cost == sum(host.cost for host in outcome.courtesy.hosts)
    assert "permits" not in str(outcome.pages["api"].reason)


def test_an_answer_that_breaks_off_for_good_is_paid_for(ask: Ask) -> None:
    """What is not worth another attempt has been sold all the same."""
    link, kept = x_link()
    outcome = ask({**routes_of(kept, "x"), sent(kept["api"].url, "x"): HALF}, link)

    assert State.FAILED is outcome.pages["api"].state
    assert 0.01 == sum(host.cost for host in outcome.courtesy.hosts)


def test_a_request_that_never_left_costs_nothing(authority: tuple[ssl.SSLContext, Path]) -> None:
    """No connection, no sale."""
    _, ca_file = authority
    link, _ = x_link()

    async def nowhere(name: str, port: int) -> list[tuple[str, int]]:
        return [("127.0.0.1", 9)]

    async def ask_once() -> tuple[Page, Courtesy]:
        async with Fetcher(
            user_agent=AGENT, now=lambda: NOW, limits=QUICK, allow_loopback=True, ca_file=ca_file, resolve=nowhere,
            keys=Keys(SECRETS), max_cost=10.0,
        ) as fetcher:  # fmt: skip
            request = next(iter(platforms()["x"].api.wants(link, {}).values()))  # type: ignore[union-attr]  # x has one
            return await fetcher.get(request, role="api"), fetcher.courtesy()

    page, courtesy = asyncio.run(ask_once())
    assert State.FAILED is page.state
    assert 0.0 == sum(host.cost for host in courtesy.hosts)


@pytest.mark.parametrize("written", ['"0.50"', "-1", "true", "1000", "nan", "inf"])
def test_a_cap_that_is_none_is_refused_with_its_line(written: str) -> None:
    """A slip of the point must not become a bill: dollars as a number from 0 to 100, else nothing."""
    text = CLIENT.format(cost=f"max_cost_usd = {written}")
    with pytest.raises(ClientFileError, match=r"client\.toml:7: max_cost_usd: .*for example 0\.50"):
        parse_client(text.encode(), slug="aurora", file="client.toml")


@pytest.mark.parametrize(("written", "cap"), [("", 0.0), ("max_cost_usd = 0.5", 0.5), ("max_cost_usd = 3", 3.0)])
def test_a_cap_is_read_off_the_client_file(written: str, cap: float) -> None:
    """Without it nothing is bought."""
    client = parse_client(CLIENT.format(cost=written).encode(), slug="aurora", file="client.toml")
    assert cap == client.max_cost_usd


@pytest.mark.parametrize("broken", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{", b"no HTTP at all\r\n\r\n"])
def test_a_connection_that_breaks_tells_no_key(broken: bytes, ask: Ask) -> None:
    """What went wrong is said without what was sent."""
    link, kept = load_profile_folder(FIXTURES / "threads" / "open_api")
    outcome = ask({sent(kept["api"].url, "threads"): broken}, link)

    assert State.FAILED == outcome.pages["api"].state
    assert is_clean(repr(outcome.pages) + repr(outcome.events))


# --- the table ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(WITH_API))
def test_an_api_names_a_credential_and_its_hosts(name: str) -> None:
    """Platform, credential and hosts agree; every role is one of the platform's; an address of the API is its own."""
    platform = WITH_API[name]
    api = platform.api
    assert api is not None
    assert name == api.platform
    assert api.hosts >= CREDENTIALS[api.credential].hosts
    assert set(api.roles) <= set(platform.roles)
    for folder in (folder for folder in FOLDERS if folder.parent.name == name):
        for role, page in load_profile_folder(folder)[1].items():
            assert (name, role) == (platform_of(page.url).name, platform.role(page.url))


# --- a whole run -------------------------------------------------------------------------------------------------


class ServedApis:
    """The servers of APIs for another process: answers out of fixtures, on one port of loopback."""

    def __init__(self, routes: Mapping[str, Route], context: ssl.SSLContext) -> None:
        self.web = Web(routes, tls=context)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Web:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self.web.__aenter__(), self._loop).result(10)
        return self.web

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self.web.__aexit__(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()


CLIENT = """
name = "Torrefazione Aurora"
sector = "food_beverage"
size = "small"
country = "IT"
languages = ["it", "en"]
{cost}
[profiles]
x = "https://x.com/AuroraCaffe"
facebook = "https://www.facebook.com/aurora.caffe"
twitch = "https://www.twitch.tv/auroracaffe"
instagram = "https://www.instagram.com/aurora.caffe/"
"""


@pytest.mark.parametrize(("cost", "state"), [("", State.NOT_PERMITTED), ("max_cost_usd = 0.50", State.OBSERVED)])
def test_a_whole_run_with_keys_leaves_none_of_them(
    cost: str, state: State, tmp_path: Path, authority: tuple[ssl.SSLContext, Path]
) -> None:
    """Discover to report: figures of the APIs in the audit, the price said before, no key in any file or output; an
    API that quotes the token and one whose key is refused among them."""
    context, ca_file = authority
    folders = ("x/open_api_with_posts", "facebook/open_api", "twitch/open_api")
    routes: dict[str, Route] = {}
    for name in folders:
        link, kept = load_profile_folder(FIXTURES / name)
        routes |= routes_of(kept, credential_of(link))
    own = "https://graph.facebook.com/v26.0/me/accounts?fields=instagram_business_account{id}"
    routes[sent(own, "meta")] = answer(echo("meta", "instagram"), status="400 Bad Request")
    project = Project.at(tmp_path / "project")
    project.client("aurora", CLIENT.format(cost=cost))
    with ServedApis(routes, context) as web:
        hosts = ", ".join(f"{host}=127.0.0.1:{web.port}" for host in all_hosts())
        settings = {
            "INVOKE_FETCH_ALLOW_LOOPBACK": "1", "INVOKE_FETCH_DELAY": "0", "INVOKE_FETCH_HOSTS": hosts,
            "INVOKE_FETCH_CA_FILE": str(ca_file),
        }  # fmt: skip
        done = [project.invoke(*task, **settings, **SECRETS) for task in (
            ("fetch", "--client", "aurora", "--verbose"), ("extract", "--client", "aurora"),
            ("observe", "--client", "aurora"), ("score", "--client", "aurora"), ("write", "--client", "aurora"),
            ("doctor",), ("platforms",),
        )]  # fmt: skip
    output = "".join(one.stdout + one.stderr for one in done)

    assert [0, 0, 0, 0, 0] == [one.returncode for one in done[:5]], output
    audit = json.loads(next(project.root.glob("clients/aurora/*/audit.json")).read_text("utf-8"))
    shown = {row["platform"]: (row["state"], row["followers"]) for row in audit["profiles"]}
    assert (state.value, 2841 if cost else None) == shown["x"]
    assert (("observed", 8433), ("observed", 3187)) == (shown["facebook"], shown["twitch"])
    assert "no_credential" == shown["instagram"][0]
    assert "X: 1 profile costs at most $0.21; max_cost_usd in client.toml permits" in output
    assert "yes  key of Yelp Places API" in output
    assert is_clean(output)
    for file in project.root.rglob("*"):
        if file.is_file():
            assert b"canary-" not in file.read_bytes().lower(), file
    [reason] = [row["reason"] for row in audit["profiles"] if row["platform"] == "instagram"]
    assert "refused the key in FINESTRA_META_TOKEN: Malformed access token [key]" in reason
    assert 2 == len(list(project.root.glob("content/aurora/*.md")))


def test_github_is_asked_with_a_key_where_there_is_one(ask: Ask) -> None:
    """The token raises what may be asked in an hour; without it the same is asked as everybody may."""
    link = link_of("https://github.com/aurora")
    assert link is not None
    with_key, without = ask({}, link), ask({}, link, keys=Keys())

    for outcome, source, header in (
        (with_key, Source.API, f"Bearer {SECRETS['FINESTRA_GITHUB_TOKEN']}"), (without, Source.PUBLIC, None),
    ):  # fmt: skip
        sent_headers = {a.headers.get("authorization") for a in outcome.asked if a.path != "/robots.txt"}
        assert {header} == sent_headers
        assert {source} == {page.source for page in outcome.pages.values()}


def test_reviewers_in_an_answer_are_not_kept(ask: Ask) -> None:
    """What an API says of others goes as it goes from pages; the account's figures stay."""
    link, kept = load_profile_folder(FIXTURES / "yelp" / "open_api")
    review = {"rating": 5, "text": "Un assaggio memorabile", "user": {"name": "Ottilia Quarantani"}}
    came = json.dumps({**json.loads(kept["api"].body), "reviews": [review]}).encode()
    outcome = ask(routes_of({"api": replace(kept["api"], body=came)}, "yelp"), link)

    assert [] == [name for name in (b"Ottilia", b"memorabile") if name in outcome.pages["api"].body]
    assert hashlib.sha256(came).hexdigest() == outcome.pages["api"].came_as
    assert platforms()["yelp"].read(link, kept).reviews == outcome.profile(link).reviews
