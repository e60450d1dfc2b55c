"""`./invoke platforms --check`: a changed layout is told from a missing account, a wall and a closed network."""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme

from audit.canary import check_platforms, summary_line, ways_into
from audit.controls import Outcome, Verdict, WayIn, fields_of
from audit.credentials import CREDENTIALS
from audit.errors import UsageError
from audit.files import load_profile_folder
from audit.models import Page, Profile, Source
from audit.parse.address import host
from audit.platforms import platforms
from audit.platforms._ability import read_fields
from tests.loopback import Route, Web, answer
from tests.project import Project
from tests.test_audit import serving

FIXTURES = Path(__file__).parent / "fixtures"
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
JSON = "application/json"

# A Mastodon server with the account of the control; all figures are invented.
LOOKUP = "mastodon.social/api/v1/accounts/lookup?acct="
MASTODON = {
    "id": "11", "username": "Mastodon", "acct": "Mastodon", "display_name": "The instance", "locked": False,
    "bot": False, "created_at": "2016-11-23T00:00:00.000Z", "note": "<p>News</p>", "url": "https://mastodon.social/@Mastodon",
    "avatar": "https://files.example/1.png", "followers_count": 812, "following_count": 3, "statuses_count": 41,
    "fields": [],
}  # fmt: skip
STATUS = {
    "id": "91", "created_at": "2026-11-20T08:15:00.000Z", "url": "https://mastodon.social/@Mastodon/91",
    "content": "<p>New.</p>", "replies_count": 0, "reblogs_count": 1, "favourites_count": 2, "reblog": None,
    "card": None, "account": {"acct": "Mastodon", "username": "Mastodon", "id": "11"}, "media_attachments": [],
}  # fmt: skip
STATUSES = "mastodon.social/api/v1/accounts/11/statuses?exclude_replies=true&limit=40"
UNKNOWN = f"{LOOKUP}finestra_no_such_7q4x9k2mw5z8"
NOT_FOUND = answer(b'{"error": "Record not found"}', status="404 Not Found", content_type=JSON)

CARD = """<!doctype html><html><head><meta charset="utf-8"><title>Telegram: Contact @telegram</title>
<meta property="og:title" content="Telegram News"></head><body><div class="tgme_page_wrap"><div class="tgme_page">
<div class="{title}" dir="auto"><span dir="auto">Telegram News</span></div>
<div class="tgme_page_extra">7 654 subscribers</div></div></div></body></html>"""


def says(value: object, status: str = "200 OK") -> bytes:
    """A JSON answer."""
    return answer(json.dumps(value).encode(), status=status, content_type=JSON)


def mastodon(**changes: Route) -> dict[str, Route]:
    """A server that answers as Mastodon does, but for the `changes`: lookup, statuses, unknown, robots."""
    routes: dict[str, Route] = {
        "lookup": says(MASTODON), "statuses": says([STATUS]), "unknown": NOT_FOUND,
        "robots": answer(status="404 Not Found"), **changes,
    }  # fmt: skip
    return {
        f"{LOOKUP}Mastodon": routes["lookup"],
        STATUSES: routes["statuses"],
        UNKNOWN: routes["unknown"],
        "mastodon.social/robots.txt": routes["robots"],
    }


def all_hosts() -> set[str]:
    """The hosts of all controls, of the keyless interfaces and of the official APIs."""
    found = {name for credential in CREDENTIALS.values() for name in credential.hosts}
    for platform in platforms().values():
        control = platform.control
        for url in (control.known, control.unknown) if control is not None else ():
            link = platform.link(url)
            assert link is not None
            requests = [
                *platform.wants(link, {}).values(),
                *(platform.api.wants(link, {}).values() if platform.api else ()),
            ]
            found |= {host(request.url) for request in requests}
    return found


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, Path]:
    """A certificate for all hosts, and the file of the authority that vouches for it."""
    ca, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert(*sorted(all_hosts())).configure_cert(context)
    file = tmp_path_factory.mktemp("ca") / "ca.pem"
    ca.cert_pem.write_to_path(str(file))
    return context, file


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project without clients."""
    return Project.at(tmp_path / "project")


def settings_for(port: int, ca_file: Path) -> dict[str, object]:
    """The settings that lead all hosts to that port of this machine."""
    return {
        "allow_loopback": True, "delay": "0", "deadline": "5", "retry_after": "1", "ca_file": str(ca_file), "proxy": "",
        "hosts": ", ".join(f"{name}=127.0.0.1:{port}" for name in sorted(all_hosts())),
    }  # fmt: skip


Check = Callable[..., list[Outcome]]


@pytest.fixture
def check(project: Project, authority: tuple[ssl.SSLContext, Path], monkeypatch: pytest.MonkeyPatch) -> Check:
    """The outcomes of checking `only` against a web with these routes; `lines` gets what is shown meanwhile."""
    context, ca_file = authority
    for variable in (variable for one in CREDENTIALS.values() for variable in one.variables):
        monkeypatch.delenv(variable, raising=False)

    def run(
        routes: Mapping[str, Route], *only: str, keys: Mapping[str, str] | None = None, max_cost: float = 0.0,
        keep: Path | None = None,
        lines: list[str] | None = None, asked: list[str] | None = None,
    ) -> list[Outcome]:  # fmt: skip
        for variable, value in (keys or {}).items():
            monkeypatch.setenv(variable, value)
        web = Web(routes, tls=context)
        with serving(web):
            found = check_platforms(
                project.root, settings=settings_for(web.port, ca_file), now=lambda: NOW, only=only, max_cost=max_cost,
                keep=keep, report=(lines if lines is not None else []).append,
            )  # fmt: skip
        (asked if asked is not None else []).extend(web.paths())
        return list(found)

    return run


def outcome(verdict: Verdict, words: str = "", *missing: str, platform: str = "mastodon") -> Outcome:
    """What is expected of a platform that is asked without a key."""
    return Outcome(platform=platform, way=WayIn.PAGE, verdict=verdict, words=words, missing=missing)


def test_a_reader_that_reads_is_told_so(check: Check, project: Project) -> None:
    """The account that is there shows what it should, the other is told as missing: robots.txt is asked first, each
    step is shown, nothing is stored."""
    lines: list[str] = []
    asked: list[str] = []
    before = sorted(project.root.rglob("*"))
    assert [outcome(Verdict.READS)] == check(mastodon(), "mastodon", lines=lines, asked=asked)
    assert ["mastodon.social/robots.txt", f"{LOOKUP}Mastodon", STATUSES, UNKNOWN] == asked
    assert 3 == len(lines)
    assert "  an account that is there, Mastodon Mastodon@mastodon.social: profile: 200, " in lines[0]
    assert before == sorted(project.root.rglob("*"))


def test_a_figure_that_has_moved_is_a_changed_layout(check: Check) -> None:
    """An answer of another shape: the fields that are no longer read are named."""
    moved = {("followersCount" if key == "followers_count" else key): value for key, value in MASTODON.items()}
    assert [outcome(Verdict.CHANGED, "not read: followers", "followers")] == check(
        mastodon(lookup=says(moved)), "mastodon"
    )


def test_the_pages_of_a_changed_layout_are_kept_for_whoever_mends_the_reader(check: Check, tmp_path: Path) -> None:
    """Laid out as evidence and fixtures are; of a platform that is well nothing is kept."""
    check(mastodon(lookup=says({"v": 3})), "mastodon", keep=tmp_path)
    [folder] = (tmp_path / "known" / "mastodon").iterdir()
    link, pages = load_profile_folder(folder)
    assert ("https://mastodon.social/@Mastodon", b'{"v": 3}') == (link.url, pages["profile"].body)
    assert (tmp_path / "unknown" / "mastodon").is_dir()
    check(mastodon(), "mastodon", keep=tmp_path / "well")
    assert not (tmp_path / "well").exists()


def test_an_answer_in_which_nothing_is_found_is_a_changed_layout(check: Check) -> None:
    """All the fields of the control are missing, whatever else the answer holds."""
    [found] = check(mastodon(lookup=says({"v": 3, "account": {"is": MASTODON}})), "mastodon")
    assert (Verdict.CHANGED, ("name", "followers", "posts", "recent")) == (found.verdict, found.missing)
    assert "nothing is read: the page shows nothing of this profile" == found.words


def test_a_missing_account_is_no_excuse_for_the_platforms_own(check: Check) -> None:
    """Where the account that is there is read as missing, the reader is wrong, or the control is: somebody looks."""
    [found] = check(
        {"t.me/telegram": answer(CARD.format(title="tg-title").encode(), content_type="text/html")}, "telegram"
    )
    assert (Verdict.CHANGED, ("name", "followers", "recent")) == (found.verdict, found.missing)
    assert found.words.startswith("the account that is there is read as missing: ")


def test_an_account_that_cannot_be_must_not_be_read(check: Check) -> None:
    """A reader that finds a profile where there is none has lost its hold on the layout."""
    nobody = {**MASTODON, "username": "finestra_no_such_7q4x9k2mw5z8", "acct": "finestra_no_such_7q4x9k2mw5z8"}
    [found] = check(mastodon(unknown=says(nobody)), "mastodon")
    assert outcome(Verdict.CHANGED, "an account that cannot be is read as one that is there") == found


def test_an_answer_for_nobody_in_a_new_shape_is_a_changed_layout(check: Check) -> None:
    """200 and words that the reader does not know where it used to be told that there is no such account."""
    [found] = check(mastodon(unknown=says({"notice": "nobody goes by that name"})), "mastodon")
    assert Verdict.CHANGED == found.verdict
    assert found.words.startswith("an account that cannot be is no longer told as missing: ")


@pytest.mark.parametrize(
    ("refusing", "reason"),
    [
        ({"robots": answer(b"User-agent: *\nDisallow: /api/\n", content_type="text/plain")}, "Disallow: /api/"),
        ({"lookup": says({"error": "This method requires a login"}, "401 Unauthorized")}, "HTTP 401"),
        ({"lookup": answer(b"<title>Just a moment...</title>", status="403 Forbidden", cf_mitigated="challenge",
                           content_type="text/html")}, "Just a moment"),
        ({"lookup": answer(status="429 Too Many Requests", retry_after="3600")}, "429"),
    ],
    ids=["robots.txt", "members only", "bot check", "too often"],
)  # fmt: skip
def test_a_refusal_says_nothing_of_the_layout(check: Check, refusing: dict[str, Route], reason: str) -> None:
    """Who was not let in has not looked: the reason is told, nothing is called changed."""
    [found] = check(mastodon(**refusing), "mastodon")
    assert (Verdict.REFUSED, ()) == (found.verdict, found.missing)
    assert found.words
    assert reason in found.words
    assert not found.was_looked_at


def test_a_field_of_a_page_that_was_refused_is_not_missing(check: Check) -> None:
    """The account is read, its posts are not handed out today: that is no changed layout."""
    [found] = check(mastodon(statuses=answer(status="429 Too Many Requests", retry_after="3600")), "mastodon")
    assert Verdict.REFUSED == found.verdict
    assert found.words.startswith("recent posts stand on what did not come: posts: ")


def test_an_account_that_cannot_be_and_was_not_let_in_leaves_the_reader_well(check: Check) -> None:
    """What was seen is read as expected; that the other question was refused is said."""
    [found] = check(mastodon(unknown=says({"error": "Too many requests"}, "429 Too Many Requests")), "mastodon")
    assert Verdict.READS == found.verdict
    assert found.words.startswith("what an account that cannot be looks like was not seen: ")


def test_a_server_that_fails_is_unreachable(check: Check) -> None:
    """A host that answers 503 whatever is asked, robots.txt too, has shown nothing of its layout."""
    failing = answer(status="503 Service Unavailable")
    [found] = check(mastodon(lookup=failing, unknown=failing), "mastodon")
    assert (Verdict.UNREACHABLE, ()) == (found.verdict, found.missing)


CHANNELS = "www.googleapis.com/youtube/v3/channels?part=snippet,statistics,contentDetails&forHandle=%40"
UPLOADED = "UUaaaaaaaaaaaaaaaaaaaaaa"
UPLOADS = f"www.googleapis.com/youtube/v3/playlistItems?part=snippet,contentDetails&playlistId={UPLOADED}&maxResults=50"
FIGURES = "www.googleapis.com/youtube/v3/videos?part=snippet,statistics,contentDetails&id=aaaaaaaaaaa"
CHANNEL = {
    "kind": "youtube#channel", "id": "UCaaaaaaaaaaaaaaaaaaaaaa",
    "snippet": {"title": "The platform", "customUrl": "@youtube", "publishedAt": "2005-02-14T10:00:00Z"},
    "contentDetails": {"relatedPlaylists": {"uploads": UPLOADED}},
    "statistics": {"viewCount": "9", "subscriberCount": "8", "videoCount": "7", "hiddenSubscriberCount": False},
}  # fmt: skip
VIDEO = {
    "id": "1", "contentDetails": {"videoId": "aaaaaaaaaaa", "videoPublishedAt": "2026-11-20T09:00:00Z"},
    "snippet": {"title": "New", "channelId": "UCaaaaaaaaaaaaaaaaaaaaaa", "publishedAt": "2026-11-20T09:00:00Z",
                "resourceId": {"kind": "youtube#video", "videoId": "aaaaaaaaaaa"}},
}  # fmt: skip
KEY = {"FINESTRA_YOUTUBE_KEY": "a-key-of-nobody"}


def data_api(channel: object) -> dict[str, Route]:
    """The Data API with that channel, and with no page of the site."""
    key = "&key=a-key-of-nobody"
    channels = {"kind": "youtube#channelListResponse"}
    return {
        f"{CHANNELS}YouTube{key}": says({**channels, "items": [channel]}),
        f"{CHANNELS}finestra-no-such-7q4x9k2mw{key}": says({**channels, "pageInfo": {"totalResults": 0}}),
        f"{UPLOADS}{key}": says({"kind": "youtube#playlistItemListResponse", "items": [VIDEO]}),
        f"{FIGURES}{key}": says({"kind": "youtube#videoListResponse", "items": []}),
    }


def test_each_way_in_has_its_own_verdict(check: Check) -> None:
    """With a key the official API is judged, and beside it the page that those without a key ask for."""
    often = answer(status="429 Too Many Requests", retry_after="3600")
    site = {f"www.youtube.com/@YouTube{tab}": often for tab in ("", "/videos", "/about")}
    by_key, by_page = check({**data_api(CHANNEL), **site}, "youtube", keys=KEY)
    assert (WayIn.KEY, Verdict.READS, "") == (by_key.way, by_key.verdict, by_key.words)
    assert (WayIn.PAGE, Verdict.REFUSED) == (by_page.way, by_page.verdict)


def test_an_api_of_another_shape_is_a_changed_layout(check: Check) -> None:
    """The figures of the official API are looked for as those of a page are."""
    changed = {**CHANNEL, "statistics": {"views": "9"}}
    by_key, _ = check(data_api(changed), "youtube", keys=KEY)
    assert (Verdict.CHANGED, ("followers", "posts")) == (by_key.verdict, by_key.missing)


def test_a_key_that_is_turned_away_is_named(check: Check) -> None:
    """A key that the API refuses is no word about its answers; which one it was is said, its value is not."""
    refused = says({"error": {"code": 401, "message": "Invalid credentials"}}, "401 Unauthorized")
    asked: list[str] = []
    by_key, _ = check(dict.fromkeys(data_api(CHANNEL), refused), "youtube", keys=KEY, asked=asked)
    assert Verdict.REFUSED == by_key.verdict
    assert "FINESTRA_YOUTUBE_KEY" in by_key.words
    assert "a-key-of-nobody" not in by_key.words
    assert 1 == asked.count("www.youtube.com/@YouTube")


def test_without_a_key_its_way_in_is_not_asked(check: Check) -> None:
    """What is missing is named by its variable; nobody is asked for it."""
    asked: list[str] = []
    [found] = check({}, "twitch", asked=asked)
    expected = "set FINESTRA_TWITCH_CLIENT_ID and FINESTRA_TWITCH_CLIENT_SECRET"
    assert Outcome(platform="twitch", way=WayIn.KEY, verdict=Verdict.NO_KEY, words=expected) == found
    assert [] == asked


def test_what_costs_money_is_asked_only_where_that_is_permitted(check: Check) -> None:
    """Two accounts at a cent each with twenty cents of posts: the price is said, nothing is bought without a word."""
    asked: list[str] = []
    key = {"FINESTRA_X_TOKEN": "a-token-of-nobody"}
    [found] = check({}, "x", keys=key, asked=asked)
    assert (Verdict.NOT_ASKED, "it costs up to $0.42; permit that with --max-cost 0.42") == (found.verdict, found.words)
    assert [] == asked
    check({}, "x", keys=key, max_cost=0.42, asked=asked)
    assert [path for path in asked if path.startswith("api.x.com/2/users/by/username/X")]


def test_without_a_network_each_platform_is_unreachable_and_none_is_changed(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A port on which nobody answers stands for all hosts, with every key at hand: all of it ends by itself."""
    for variable in (variable for one in CREDENTIALS.values() for variable in one.variables):
        monkeypatch.setenv(variable, "a-key-of-nobody")
    settings = {**settings_for(9, Path()), "ca_file": ""}
    found = check_platforms(
        project.root, settings=settings, now=lambda: NOW, report=lambda _: None, only=(), max_cost=10.0
    )
    assert {Verdict.UNREACHABLE, Verdict.NOT_ASKED} == {one.verdict for one in found}
    assert set(platforms()) == {one.platform for one in found}
    assert all(one.words for one in found)
    assert summary_line(found).startswith("Nothing could be looked at, which says nothing of the readers: ")


def test_a_name_that_is_no_platform_is_answered_with_the_list(project: Project) -> None:
    """Nothing is asked."""
    with pytest.raises(UsageError, match="nowhere: no such platform; there are bandcamp, bluesky, "):
        check_platforms(project.root, settings={}, now=lambda: NOW, report=lambda _: None, only=("nowhere",))


@pytest.mark.parametrize(
    ("followers", "code", "line"),
    [
        ("followers_count", 0, "1 way in of 1 could be looked at: 1 reads as expected"),
        ("followersCount", 4, "1 way in of 1 could be looked at: 1 layout changed"),
    ],
    ids=["well", "changed"],
)
def test_the_exit_code_says_whether_a_layout_has_changed(
    project: Project, authority: tuple[ssl.SSLContext, Path], followers: str, code: int, line: str
) -> None:
    """0 when all that could be looked at is well, 4 when a layout has changed; the verdict stands in the table."""
    context, ca_file = authority
    account = {(followers if key == "followers_count" else key): value for key, value in MASTODON.items()}
    with serving(web := Web(mastodon(lookup=says(account)), tls=context)):
        settings = {
            f"INVOKE_FETCH_{name.upper()}": str(value) for name, value in settings_for(web.port, ca_file).items()
        }
        done = project.invoke("platforms", "--check", "--only", "mastodon", **settings)
    assert code == done.returncode, done.stderr
    assert line == done.stdout.splitlines()[-1]
    assert "platform  asked" in done.stdout


@pytest.mark.parametrize("name", sorted(platforms()))
def test_a_platform_that_can_be_asked_has_its_two_accounts(name: str) -> None:
    """Both addresses are profiles of this platform and not the same; what is looked for is what the reader reads. A
    website has no common layout, and a platform that is not asked needs no control."""
    platform = platforms()[name]
    can_be_asked = not platform.retired and (platform.keyless or platform.api is not None)
    control = platform.control
    assert (can_be_asked and name != "website") == (control is not None)
    if control is None:
        return
    known, unknown = platform.link(control.known), platform.link(control.unknown)
    assert known is not None
    assert unknown is not None
    assert (control.known, control.unknown) == (known.url, unknown.url)
    assert known.handle != unknown.handle
    assert set(control.page.split()) <= set(platform.by_page.names)
    assert set(control.key.split()) <= set(platform.by_key.names)
    assert platform.keyless == bool(control.page)
    assert len(ways_into(platform)) == platform.keyless + (platform.api is not None)


ASKED = [(platform.name, way) for platform in platforms().values() for way in ways_into(platform)]
CONTROLLED = [
    (name, way) for name, way in ASKED if (control := platforms()[name].control) is not None and fields_of(control, way)
]


@pytest.mark.parametrize(("name", "way"), CONTROLLED, ids=[f"{name}, {way}" for name, way in CONTROLLED])
def test_a_control_looks_for_nothing_that_its_way_in_does_not_show(name: str, way: WayIn) -> None:
    """One of the open cases, as far as its pages would be asked for that way, shows all the fields: else each check
    would call the layout changed."""
    platform = platforms()[name]
    control = platform.control
    assert control is not None
    shown = [read_fields(profile) for case in (FIXTURES / name).glob("open*") if (profile := asked_for(case, way))]
    assert [fields for fields in shown if set(fields_of(control, way)) <= set(fields)]


def asked_for(case: Path, way: WayIn) -> Profile | None:
    """What a case shows by the pages that would be asked for one after the other; None where it came another way."""
    link, pages = load_profile_folder(case)
    platform = platforms()[link.platform]
    wants = platform.api.wants if way is WayIn.KEY and platform.api is not None else platform.wants
    here: dict[str, Page] = {}
    for _ in range(5):
        here |= {role: pages[role] for role in wants(link, here) if role in pages}
    by_key = {page.source == Source.API for page in here.values()}
    return platform.read(link, here) if by_key == {way is WayIn.KEY} else None
