"""Gathering as a person meets it: damaged evidence, settings, and what is said meanwhile."""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from audit import stages
from audit.errors import DamagedFile, UsageError
from audit.fetch_settings import certificates_setting, loopback_allowed
from audit.gather import Stage, gather
from audit.models import FoundLink
from audit.stages import Run
from audit.summary import link_table, profile_table
from tests.loopback import Route, Web, answer
from tests.project import Project
from tests.test_audit import serving

DAY = date(2026, 11, 23)
NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)
SETTINGS: Mapping[str, Any] = {
    "allow_loopback": True, "delay": "0", "deadline": "10", "retry_after": "5", "ca_file": "", "proxy": "", "hosts": "",
}  # fmt: skip
HOME = '<html lang="it"><title>Torrefazione Aurora</title><body><h1>Aurora</h1>{links}<p>Caffè</p></body></html>'
CLIENT = 'name = "Aurora"\nsite = "{site}"\nsector = "food_beverage"\nsize = "small"\ncountry = "IT"\n'


def html(text: str) -> bytes:
    """A page."""
    return answer(text.encode(), content_type="text/html; charset=utf-8")


@dataclass
class Place:
    """A company's site on loopback and the project that audits it."""

    project: Project
    web: Web
    told: list[str] = field(default_factory=list)

    @property
    def run(self) -> Run:
        """The one run."""
        return Run(self.project.root, "aurora", DAY)

    def gather(
        self, *asked: Stage, refresh: bool = False, now: Callable[[], datetime] = lambda: NINE, **settings: object
    ) -> tuple[FoundLink, ...]:
        """Runs the stages; what is said goes to `told`."""
        self.told.clear()
        return gather(
            self.run, asked=asked or tuple(Stage), settings={**SETTINGS, **settings}, report=self.told.append,
            now=now, refresh=refresh,
        ).links  # fmt: skip


def place(folder: Path, web: Web, more: str = "") -> Place:
    """A client whose site is `web`, which is serving already."""
    project = Project.at(folder)
    project.client("aurora", CLIENT.format(site=f"http://127.0.0.1:{web.port}/") + more)
    return Place(project, web)


def site(links: str = "", **routes: Route) -> Web:
    """The company's site with a home page."""
    return Web({"/": html(HOME.format(links=links)), **{f"/{name}": route for name, route in routes.items()}})


@pytest.mark.parametrize("refresh", [False, True])
@pytest.mark.parametrize("name", ["home.body", "home.json", "link.json"])
def test_a_damaged_page_is_asked_for_again(tmp_path: Path, name: str, refresh: bool) -> None:
    """It counts as not stored, one line says so, and the stages after gathering go on; what was damaged stays beside
    it under another name."""
    with serving(web := site()):
        here = place(tmp_path, web)
        here.gather()
        damaged = next(here.run.evidence.glob(f"client/website/*/{name}"))
        damaged.write_bytes(b"{")
        with pytest.raises(DamagedFile, match=r"\./invoke discover --client aurora --day 2026-11-23"):
            stages.extract(here.run)
        here.gather(refresh=refresh)
    [line] = [line for line in here.told if "damaged" in line]
    assert line.startswith("1 damaged file counts as not stored, kept as *.damaged: ")
    assert str(damaged) in line
    assert b"{" == damaged.with_name(f"{name}.damaged").read_bytes()
    assert ["observed"] == [profile.state.value for profile in stages.extract(here.run).profiles]


def test_a_damaged_page_of_nobody_does_not_stop_the_audit(tmp_path: Path) -> None:
    """A page that no stage asks for any more is set aside all the same: the remedy that is named always works."""
    with serving(web := site()):
        here = place(tmp_path, web)
        here.gather()
        folder = here.run.evidence / "client" / "tiktok" / "aurora"
        folder.mkdir(parents=True)
        (folder / "link.json").write_text("no link", "utf-8")
        with pytest.raises(DamagedFile, match=r"\./invoke fetch --client aurora --day 2026-11-23"):
            stages.extract(here.run)
        here.gather(Stage.FETCH)
    stages.extract(here.run)


@pytest.mark.parametrize("content", [b"", b'{"schema": "courtesy/1"', b'{"schema": "other/1", "made_from": {}}'])
def test_a_damaged_ledger_begins_anew(tmp_path: Path, content: bytes) -> None:
    """No stage that asks is stopped by it, and a line says what is lost."""
    with serving(web := site()):
        here = place(tmp_path, web)
        here.gather()
        ledger = here.run.stage_file("courtesy.json")
        ledger.write_bytes(content)
        here.gather(Stage.DISCOVER)
    [line] = [line for line in here.told if "ledger" in line]
    assert line.startswith("The ledger begins anew, what earlier starts of this run asked and what that cost")
    assert str(ledger) in line
    assert "courtesy/1" == json.loads(ledger.read_bytes())["schema"]


@pytest.mark.parametrize("days", [-400, -1, 1, 400])
def test_d02_clock_jump_between_two_starts(tmp_path: Path, days: int) -> None:
    """A clock that was set right, or wrong, since the last start: pages, robots.txt and cache of then do no harm."""
    kept = answer(
        HOME.format(links="").encode(), content_type="text/html", cache_control="max-age=99999999", etag='"1"'
    )
    with serving(web := Web({"/": kept, "/robots.txt": answer(b"User-agent: *\nAllow: /\n")})):
        here = place(tmp_path, web)
        here.gather()
        here.gather(refresh=True, now=lambda: NINE + timedelta(days=days))
        here.gather(now=lambda: NINE)
    assert ["observed"] == [profile.state.value for profile in stages.extract(here.run).profiles]


def test_d02_clock_jump_while_asking(tmp_path: Path) -> None:
    """Every look at the clock is a year from the one before: what is waited for goes by a steady clock."""
    jumps = (NINE + timedelta(days=365 * (number % 3 - 1)) for number in range(1_000_000))
    later = [answer(status="503 Later", retry_after="Mon, 23 Nov 2026 09:00:01 GMT"), html(HOME.format(links=""))]
    begun = time.monotonic()
    with serving(web := site('<a href="/contatti">Contatti</a>', contatti=later)):
        here = place(tmp_path, web)
        here.gather(now=lambda: next(jumps))
    assert time.monotonic() - begun < 20
    assert ["observed"] == [profile.state.value for profile in stages.extract(here.run).profiles]


def test_a_page_full_of_profiles_does_not_make_a_thousand_requests(tmp_path: Path) -> None:
    """Ten found profiles of a company on a platform are asked for, in the order of links.json; those that a person
    has declared all are. One line says what is left, and the list of links names it as found."""
    shown = "".join(f'<a href="https://www.instagram.com/aurora{number:02}/">Instagram</a>' for number in range(25))
    declared = "".join(f'"https://www.instagram.com/declared{number:02}/",' for number in range(12))
    with serving(web := site(f"<footer>{shown}</footer>")):
        here = place(tmp_path, web, f"[profiles]\ninstagram = [{declared}]\n")
        found = here.gather()
    asked = {path.name for path in (here.run.evidence / "client" / "instagram").iterdir()}
    own = [link.handle for link in found if link.own and link.platform == "instagram"]
    assert 37 == len(own)
    assert set(own[:22]) == asked
    assert {f"declared{number:02}" for number in range(12)} == set(own[:12])
    assert [
        "Found and not asked, beyond 10 of a company on a platform: 15 Instagram profiles of Aurora; they stand in"
        " links.json, what stands under [profiles] in client.toml is always asked"
    ] == [line for line in here.told if "beyond" in line]
    table = link_table(found, here.run.client()).splitlines()
    assert 15 == sum("own profile, not asked: more than 10" in line for line in table)
    assert 23 == len(stages.extract(here.run).profiles)


CLOSED = {
    "https://vine.co/auroracaffe": "closed network: Vine closed on 17 January 2017.",
    "https://plus.google.com/+auroracaffe": "closed network: Google+ closed on 2 April 2019.",
    "https://web.napster.com/artist/art.28190": "closed network: The streaming service closed on 1 January 2026.",
}


def test_a_link_to_a_closed_network_is_a_finding_and_waits_for_nobody(tmp_path: Path) -> None:
    """It is listed as what it is, not asked for, nobody's profile, and a link for the company to repair."""
    shown = "".join(f'<a href="{address}">Aurora</a>' for address in CLOSED)
    with serving(web := site(f"<footer>{shown}</footer>")):
        here = place(tmp_path, web)
        found = here.gather()
    rows = {link.url: (link.own, link.why) for link in found if link.platform != "website"}
    assert {address: (False, why) for address, why in CLOSED.items()} == rows
    table = link_table(found, here.run.client())
    assert [False] * 3 == ["own profile" in line for line in table.splitlines() if "closed network: " in line]
    assert ["website"] == [folder.name for folder in (here.run.evidence / "client").iterdir()]
    stages.extract(here.run)
    observations = stages.observe(here.run)
    assert ["website"] == [seen.profile.platform for seen in observations.profiles]
    assert {("closed", address) for address in CLOSED} == {(one.kind, one.url) for one in observations.repairs}
    assert "confirm" not in profile_table(stages.score(here.run))


def test_a_closed_network_that_an_earlier_run_asked_for_waits_for_nobody_either(tmp_path: Path) -> None:
    """Evidence of it without a page is no profile; one that a person has declared stays one."""
    with serving(web := site('<footer><a href="https://vine.co/auroracaffe">Vine</a></footer>')):
        here = place(tmp_path, web, '[profiles]\nnapster = "https://web.napster.com/artist/art.28190"\n')
        here.gather()
    napster = here.run.evidence / "client" / "napster" / "art.28190"
    vine = here.run.evidence / "client" / "vine" / "auroracaffe"
    shutil.copytree(napster, vine)
    for file in vine.glob("*.json"):
        text = file.read_text("utf-8").replace('"napster"', '"vine"').replace("art.28190", "auroracaffe")
        file.write_text(text.replace("web.napster.com/artist", "vine.co"), "utf-8")
    assert ["napster", "website"] == sorted(one.platform for one in stages.extract(here.run).profiles)


@pytest.mark.parametrize("value", ["1", "true", "TRUE", "yes", "on", " on ", True, 1])
def test_what_opens_loopback(value: object) -> None:
    """Words as people write them, and the true of invoke.yaml."""
    assert loopback_allowed({"allow_loopback": value})


@pytest.mark.parametrize("value", ["", "0", "false", "False", "no", "off", False, 0, None])
def test_what_keeps_loopback_closed(value: object) -> None:
    """The words against it, and nothing."""
    assert not loopback_allowed({"allow_loopback": value})


@pytest.mark.parametrize("value", ["maybe", "2", "truefalse", [], 0.5])
def test_a_switch_that_says_neither_is_named(value: object) -> None:
    """No guess about what opens this machine."""
    with pytest.raises(UsageError, match=r"the setting fetch\.allow_loopback is .*; write true or false"):
        loopback_allowed({"allow_loopback": value})


@pytest.mark.parametrize(
    ("file", "variable", "state"),
    [
        ("", "false", "closed"),
        ("", "no", "closed"),
        ("", "true", "open"),
        ("fetch: {allow_loopback: false}", "false", "closed"),
        ("fetch: {allow_loopback: true}", "off", "closed"),
        ("fetch: {allow_loopback: true}", None, "open"),
        ("fetch: {allow_loopback: false}", "1", "open"),
        ("fetch: {allow_loopback: false}", "maybe", "named"),
    ],
)
def test_the_variable_says_what_it_says(tmp_path: Path, file: str, variable: str | None, state: str) -> None:
    """INVOKE_FETCH_ALLOW_LOOPBACK=false opens nothing, whatever invoke.yaml holds."""
    with serving(web := site()):
        here = place(tmp_path, web)
        (tmp_path / "invoke.yaml").write_text(f"{file}\n", "utf-8")
        environment = {} if variable is None else {"INVOKE_FETCH_ALLOW_LOOPBACK": variable}
        done = here.project.invoke("discover", "--client", "aurora", INVOKE_FETCH_DELAY="0", **environment)
    asked = "open" if "/" in [one.path for one in web.asked] else "closed"
    assert state == ("named" if "fetch.allow_loopback is 'maybe'" in done.stderr else asked), done.stderr


def test_what_a_site_leads_to_is_shown_while_it_is_asked(tmp_path: Path) -> None:
    """The link-in-bio page and a short link: a line for each page that came, for the site's sake."""
    links = '<a href="http://linktr.ee/aurora">Links</a> <a href="http://bit.ly/aurora">Instagram</a>'
    web = site(links)
    web.routes = {**web.routes, "linktr.ee/aurora": html("<p>links</p>"), "bit.ly/aurora": html("<p>short</p>")}
    with serving(web):
        here = place(tmp_path, web)
        hosts = ", ".join(f"{name}=127.0.0.1:{web.port}" for name in ("linktr.ee", "bit.ly"))
        here.gather(Stage.DISCOVER, hosts=hosts)
        lines = [line for line in here.told if ": 200, " in line and "Aurora, Website 127.0.0.1" in line]
    pages = [json.loads(record.read_bytes()) for record in here.run.evidence.glob("client/website/*/*.json")]
    came = {page["role"] for page in pages if page.get("status") == 200}
    assert 3 == len(came)
    assert came == {line.split(": ")[1] for line in lines}


NO_PEM = "-----BEGIN CERTIFICATE-----\nabcd\n-----END CERTIFICATE-----\n"


@pytest.mark.parametrize(
    ("name", "content", "wrong"),
    [
        ("missing.pem", None, "No such file or directory"),
        ("", None, "Is a directory"),
        ("empty.pem", "", "no certificate stands in it"),
        ("letter.pem", "Dear colleagues", "no certificate stands in it"),
        ("broken.pem", NO_PEM, "no certificate stands in it"),
    ],
    ids=["missing", "folder", "empty", "letter", "broken"],
)
def test_a_file_of_certificates_that_is_none_is_named(
    tmp_path: Path, name: str, content: str | None, wrong: str
) -> None:
    """The setting, the file, what is wrong with it and what to do."""
    file = tmp_path / name
    if content is not None:
        file.write_text(content, "utf-8")
    with pytest.raises(UsageError) as told:
        certificates_setting("fetch.ca_file", str(file))
    remedy = "give a file with certificates (-----BEGIN CERTIFICATE-----), or leave the setting empty"
    assert f"the setting fetch.ca_file names {file}: {wrong}; {remedy}" == str(told.value)


def test_a_wrong_file_of_certificates_ends_the_task_with_two(tmp_path: Path) -> None:
    """As a person meets it: exit code 2, nobody asked, nothing stored."""
    with serving(web := site()):
        here = place(tmp_path, web)
        done = here.project.invoke(
            "audit", "--client", "aurora", INVOKE_FETCH_ALLOW_LOOPBACK="true", INVOKE_FETCH_CA_FILE="/nowhere/ca.pem"
        )
    assert 2 == done.returncode
    assert done.stderr.startswith("Error: the setting fetch.ca_file names /nowhere/ca.pem: No such file or directory;")
    assert [] == web.asked
    assert not here.run.evidence.exists()


def test_one_of_a_thing_is_told_as_one(tmp_path: Path) -> None:
    """A company with a website and nothing else: no "1 links", no "1 profiles"."""
    with serving(web := Web({"/": answer(b"A", content_type="text/html")})):
        here = place(tmp_path, web)
        loopback = {"INVOKE_FETCH_ALLOW_LOOPBACK": "true", "INVOKE_FETCH_DELAY": "0"}
        told = [here.project.invoke("discover", "--client", "aurora", **loopback).stdout]
    told += [here.project.invoke(task, "--client", "aurora").stdout for task in ("extract", "observe")]
    assert "  Aurora, Website 127.0.0.1" in told[0]
    assert ": home: 200, 1 byte\n" in told[0]
    assert "\n1 link -> " in told[0]
    assert told[1].startswith("1 profile -> ")
    assert [] == re.findall(r"\b1 (?!s\b)(?:more )?[a-z]+s\b", "".join(told))
