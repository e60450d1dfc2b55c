"""The stages as tasks: what each refuses, in words and with an exit code; nothing is lost, no traceback is shown."""

from __future__ import annotations

import json
import shutil
import socket
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from audit import stages
from audit.errors import DamagedFile, MissingStageFile, StaleStageFile, UsageError
from audit.stages import Run
from tests import needs
from tests.project import ROOT, Project

BROKEN = '''"""A platform whose reader has a defect."""

from audit.models import Link, Page, Profile
from audit.parse.document import Document
from audit.platforms._base import Platform


class Broken(Platform):
    name = "broken"
    title = "Broken"
    hosts = frozenset({"broken.example"})
    way_in = "Open the public profile in a browser, save the page and import the file."

    def link(self, url: str) -> Link | None:
        return Link(company="client", platform="broken", handle="aurora", url=url)

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        raise RuntimeError("a defect of ours")


PLATFORM = Broken()
'''


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """The example, nothing run yet."""
    return Project.at(tmp_path / "project").with_example()


def newest(project: Project) -> Run:
    """The example's newest run."""
    return stages.latest(project.root, "example")


def test_a_stage_without_the_one_before_names_the_task(project: Project) -> None:
    """Each missing file is named with the task that writes it."""
    run = newest(project)
    with pytest.raises(MissingStageFile, match=r"profiles\.json is not there yet\. Run: \./invoke extract"):
        stages.observe(run)
    with pytest.raises(MissingStageFile, match=r"observations\.json is not there yet\. Run: \./invoke observe"):
        stages.score(run)
    with pytest.raises(MissingStageFile, match=r"audit\.json is not there yet\. Run: \./invoke score"):
        stages.write(run)
    with pytest.raises(MissingStageFile, match=r"no written report yet\. Run: \./invoke write"):
        stages.build(project.root, "example")


def test_a_stage_file_of_older_evidence_is_refused(project: Project) -> None:
    """A page that was imported after extract makes profiles.json stale."""
    run = newest(project)
    stages.extract(run)
    note = run.evidence / "client" / "x" / "auroracaffe" / "api.json"
    note.write_text(note.read_text("utf-8").replace("robots.txt", "robots"), "utf-8")
    with pytest.raises(StaleStageFile, match=r"made from an older evidence\. Run: \./invoke extract"):
        stages.observe(run)


def test_a_changed_page_is_refused(project: Project) -> None:
    """Evidence that is not what its digest says is no evidence."""
    run = newest(project)
    body = run.evidence / "client" / "tiktok" / "aurora.caffe" / "profile.body"
    body.write_bytes(body.read_bytes() + b" ")
    with pytest.raises(DamagedFile, match=r"profile\.body is not what its digest in profile\.json says"):
        stages.extract(run)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"schema": "audit/9", "made_from": {}}', b"\xff\xfe"])
def test_a_damaged_stage_file_is_refused_with_the_remedy(project: Project, content: bytes) -> None:
    """Half a file, another schema, no JSON at all: the task that makes it again is named."""
    run = newest(project)
    stages.extract(run)
    stages.observe(run)
    run.stage_file("audit.json").write_bytes(content)
    with pytest.raises(DamagedFile, match=r"Run: \./invoke score"):
        stages.write(run)


def test_each_file_says_what_it_was_made_from(project: Project) -> None:
    """Schema and digests stand in every stage file; keys are sorted, the file ends with a line break."""
    run = newest(project)
    stages.extract(run)
    stages.observe(run)
    stages.score(run)
    for name, kind, sources in (
        ("profiles.json", "profiles/1", {"evidence", "client.toml", "links.json"}),
        ("observations.json", "observations/1", {"profiles.json", "client.toml"}),
        ("audit.json", "audit/1", {"observations.json"}),
    ):
        text = run.stage_file(name).read_text("utf-8")
        stage = json.loads(text)
        assert (kind, sources) == (stage["schema"], set(stage["made_from"])), name
        assert json.dumps(stage, ensure_ascii=False, indent=2, sort_keys=True) + "\n" == text, name


def test_the_contract_of_a_profile(project: Project) -> None:
    """The fields that others rely on, as profiles.json holds them."""
    run = newest(project)
    stages.extract(run)
    profiles = json.loads(run.stage_file("profiles.json").read_text("utf-8"))["profiles"]
    profile = next(row for row in profiles if row["platform"] == "instagram" and row["company"] == "client")
    promised = {
        "company", "platform", "handle", "url", "state", "source", "reason", "name", "followers", "following", "posts",
        "likes", "views", "bio", "website", "verified", "created", "location", "category", "rating", "reviews",
        "recent",
    }  # fmt: skip
    assert set() == promised - set(profile)
    assert {"value", "low", "high", "raw", "page", "where"} == set(profile["followers"])
    assert {"value", "page", "where"} == set(profile["name"])
    post = {
        "url", "at", "precision", "kind", "text", "reactions", "comments", "shares", "views", "pinned", "repost",
    }  # fmt: skip
    assert set() == post - set(profile["recent"][0])


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("extract", "--client", "exampel"), 2, "Did you mean example?"),
        (("audit", "--client", "example", "--day", "23.11.2026"), 2, "write it as YYYY-MM-DD"),
        (("import", "--client", "example", "--file", "nowhere.html"), 2, "nowhere.html is no file"),
        (("import", "--client", "example", "--company", "x", "--file", "a"), 2, "there are client, caffe-sant-orso"),
        (("profile", "--url", "instagram", "--file", "a"), 2, "it begins with https://"),
        (("build", "--client", "example"), 1, "Run: ./invoke write"),
        (("pdf", "--client", "example"), 1, "Run: ./invoke"),
        (("email", "--client", "example"), 1, "Run: ./invoke"),
        (("serve", "--client", "nobody"), 2, "Run: ./invoke build"),
        (("audit",), 2, "name the client: --client …; there are: example"),
        (("publish",), 2, "name the client: --client …; there are: example"),
        (("publish", "--client", "example"), 2, "--to, a folder or user@host:/path, is missing"),
        (("import",), 2, "name the client"),
        (("links",), 2, "--url, the page's address, is missing"),
        (("links", "--url", "instagram", "--file", "a"), 2, "it begins with https://"),
        (("profile", "--url", "https://t.me/aurora"), 2, "--file, the saved page, is missing"),
        (("audit", "--client", "example", "--day", "2999-01-01"), 2, "2999-01-01 is still to come"),
        (("import", "--client", "example", "--day", "2999-01-01", "--file", "a"), 2, "2999-01-01 is still to come"),
        (
            ("audit", "--client", "example", "--day", "2026-11-20", "--offline"),
            2,
            "nothing is stored for example of 2026-11-20; its audits are of 2026-08-24, 2026-11-23",
        ),
        (("score", "--client", "example", "--day", "2026-11-20"), 2, "its audits are of 2026-08-24, 2026-11-23"),
        (("score", "--client", "example"), 1, "Run: ./invoke observe --client example --day 2026-11-23"),
    ],
)
def test_wrong_usage_gets_words_and_an_exit_code(
    project: Project, arguments: tuple[str, ...], code: int, words: str
) -> None:
    """2 for wrong usage, 1 for what cannot be done yet; a message, no traceback."""
    done = project.invoke(*arguments)
    assert code == done.returncode, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_every_mistake_of_a_client_file_is_printed(project: Project) -> None:
    """File and line before each, exit code 2."""
    file = project.root / "clients" / "example" / "client.toml"
    file.write_text(file.read_text("utf-8").replace('"small"', '"tiny"').replace('"IT"', '"Italy"'), "utf-8")
    done = project.invoke("audit", "--client", "example", "--offline")
    assert 2 == done.returncode
    assert 2 == done.stderr.count("client.toml:")
    assert "one of micro, small, medium, large" in done.stderr


def test_d08_partial_failure_report_a_reader_that_raises_is_named_and_the_rest_is_complete(tmp_path: Path) -> None:
    """Exit code 3: the profile is reported as unread, every other one as before, the site is built."""
    needs.pdf_libraries()
    project = Project.at(tmp_path / "project").with_example()
    (project.root / "audit").unlink()
    shutil.copytree(ROOT / "audit", project.root / "audit", ignore=shutil.ignore_patterns("__pycache__"))
    (project.root / "audit/platforms/broken.py").write_text(BROKEN, "utf-8")
    client = project.root / "clients/example/client.toml"
    client.write_text(
        client.read_text("utf-8").replace("[profiles]\n", '[profiles]\nbroken = "https://broken.example/aurora"\n', 1),
        "utf-8",
    )
    page = tmp_path / "page.html"
    page.write_text("<html><title>Aurora</title><body>Aurora</body></html>", "utf-8")
    imported = project.invoke(
        "import", "--client", "example", "--url", "https://broken.example/aurora", "--file", str(page),
        "--day", "2026-11-23",
    )  # fmt: skip
    assert 0 == imported.returncode, imported.stderr
    done = project.invoke("audit", "--client", "example", "--offline")
    assert 3 == done.returncode, done.stderr
    assert "A reader failed, the rest is complete: broken aurora: RuntimeError: a defect of ours" in done.stderr
    run = Run(project.root, "example", date(2026, 11, 23))
    states = {
        (row["company"], row["platform"]): row["state"]
        for row in json.loads(run.stage_file("audit.json").read_text("utf-8"))["profiles"]
    }
    assert ("failed", "observed") == (states["client", "broken"], states["client", "instagram"])
    assert (project.root / "output/example/index.html").exists()


def test_the_consultants_notes_are_included_and_never_touched(project: Project) -> None:
    """Writing twice leaves the notes as they are and puts them into the sections they are named after."""
    run = newest(project)
    notes = project.root / "clients/example/notes"
    (notes / "pillars.md").write_text("Un commento sui pilastri.\n", "utf-8")
    before = {path.name: path.read_bytes() for path in notes.iterdir()}
    stages.extract(run)
    stages.observe(run)
    stages.score(run)
    stages.write(run)
    first = run.markdown("it").read_text("utf-8")
    stages.write(run)
    assert first == run.markdown("it").read_text("utf-8")
    assert before == {path.name: path.read_bytes() for path in notes.iterdir()}
    section = first.partition("{#pillars}")[2].partition("\n## ")[0]
    assert "Un commento sui pilastri." in section
    assert "Un commento sui pilastri." not in run.markdown("en").read_text("utf-8")


def scored(project: Project, day: date) -> Run:
    """The example's run of a day, up to its audit.json."""
    run = Run(project.root, "example", day)
    stages.extract(run)
    stages.observe(run)
    stages.score(run)
    return run


def test_notes_belong_to_one_audit(project: Project) -> None:
    """The client's notes are about the newest day; an older report has the notes that lie with it, or none."""
    (project.root / "clients/example/notes/actions.md").write_text("Parole di oggi.\n", "utf-8")
    old, new = scored(project, date(2026, 8, 24)), scored(project, date(2026, 11, 23))
    stages.write(old)
    stages.write(new)
    assert "Parole di oggi." in new.markdown("it").read_text("utf-8")
    assert "Parole di oggi." not in old.markdown("it").read_text("utf-8")

    (old.folder / "notes").mkdir()
    (old.folder / "notes" / "actions.md").write_text("Parole di agosto.\n", "utf-8")
    stages.write(old)
    assert "Parole di agosto." in old.markdown("it").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("action.md", "Testo.", r"action\.md: no section is named 'action'\. Did you mean actions\?"),
        ("evidence.md", "Testo.", r"no section is named 'evidence'"),
        ("actions.xx.md", "Testo.", r"no report is written in 'xx'"),
        ("actions.md", "Uno.\n\n![foto](https://a.example/a.png)\n", r"notes/actions\.md:3: img src="),
        ("actions.md", "Uno, [due](javascript:alert(1)).\n", r"notes/actions\.md:1: a href="),
        ("actions.en.md", "One.\n\nTwo {: onclick=x }\n{: onclick=x }\n", r"notes/actions\.en\.md:"),
    ],
)
def test_a_note_that_cannot_be_printed_is_named(project: Project, name: str, text: str, words: str) -> None:
    """A mistyped section, another language, a picture, a script: the file and the line, and nothing is written."""
    run = scored(project, date(2026, 11, 23))
    (project.root / "clients/example/notes" / name).write_text(text, "utf-8")
    with pytest.raises(UsageError, match=words):
        stages.write(run)


def test_notes_alone_are_no_audit(project: Project) -> None:
    """A day's folder that holds only notes is not taken for the newest audit."""
    (project.root / "clients/example/2026-11-24/notes").mkdir(parents=True)
    assert date(2026, 11, 23) == newest(project).day


def test_a_client_without_an_audit_is_told_what_to_do(project: Project) -> None:
    """Nothing stored and nobody to ask: import, or go online."""
    client = (project.root / "clients/example/client.toml").read_text("utf-8")
    project.client("aurora", client)
    done = project.invoke("audit", "--client", "aurora", "--offline")
    assert 2 == done.returncode
    assert "nothing is stored for aurora yet: import saved pages, or run without --offline" in done.stderr


def test_a_damaged_record_is_named(project: Project) -> None:
    """Which file, and what to do about it."""
    run = newest(project)
    record = run.evidence / "client/tiktok/aurora.caffe/profile.json"
    record.write_text(record.read_text("utf-8")[:-20], "utf-8")
    with pytest.raises(DamagedFile, match=r"tiktok/aurora\.caffe/profile\.json .*import or fetch the page again"):
        stages.extract(run)


INSTAGRAM = """<html><head><link rel="canonical" href="https://www.instagram.com/aurora.caffe/">
<meta property="og:type" content="profile"><meta property="og:title" content="Torrefazione Aurora (@aurora.caffe)">
<meta property="og:description" content="1,204 Followers, 310 Following, 87 Posts"></head></html>"""


def test_saved_pages_go_into_todays_audit(project: Project, tmp_path: Path) -> None:
    """Never silently into an old one; the day is printed, and so is a page that another one replaces."""
    before = sorted((project.root / "clients/example/2026-11-23").rglob("*"))
    page = tmp_path / "page.html"
    page.write_text(INSTAGRAM, "utf-8")
    first_day = datetime.now(UTC).date()
    done = project.invoke("import", "--client", "example", "--file", str(page), "--file", str(page))
    assert 0 == done.returncode, done.stderr
    today = stages.latest(project.root, "example").day
    assert first_day <= today <= datetime.now(UTC).date()
    assert f"These pages belong to the audit of {today}: clients/example/{today}" in done.stdout
    assert 1 == done.stdout.count("taken: ")
    assert "replaces" not in done.stdout
    assert before == sorted((project.root / "clients/example/2026-11-23").rglob("*"))

    page.write_text(INSTAGRAM.replace("1,204", "1,205"), "utf-8")
    done = project.invoke("import", "--client", "example", "--day", str(today), "--file", str(page))
    place = f"clients/example/{today}/evidence/client/instagram/aurora.caffe/profile.body"
    assert f"; replaces the page stored at {place}" in done.stdout


def test_a_page_of_a_stranger_is_not_taken(project: Project, tmp_path: Path) -> None:
    """A profile of nobody in the client file needs a word on whose it is."""
    page = tmp_path / "page.html"
    page.write_text(INSTAGRAM.replace("aurora.caffe", "someone.else"), "utf-8")
    done = project.invoke("import", "--client", "example", "--file", str(page))
    assert 2 == done.returncode
    why = "is in no [profiles] of clients/example/client.toml; add it there, or say whose it is with --company"
    assert why in done.stdout


def test_one_answer_of_a_recording_is_read(project: Project, tmp_path: Path) -> None:
    """`profile` reads the entry that was named; without one the addresses of the file are listed."""
    entry = {
        "request": {"url": "https://www.instagram.com/aurora.caffe/"},
        "response": {"status": 200, "content": {"mimeType": "text/html", "text": INSTAGRAM}},
    }
    file = tmp_path / "x.har"
    file.write_text(json.dumps({"log": {"entries": [entry]}}), "utf-8")
    done = project.invoke("profile", "--url", "https://www.instagram.com/aurora.caffe/", "--file", str(file))
    assert "1204" in done.stdout, done.stderr
    done = project.invoke("profile", "--url", "https://www.instagram.com/other/", "--file", str(file))
    assert 2 == done.returncode
    assert "holds no answer of https://www.instagram.com/other/" in done.stderr
    assert "https://www.instagram.com/aurora.caffe/" in done.stderr


def test_a_page_without_links_says_so(project: Project, tmp_path: Path) -> None:
    """Nothing found is an answer; an empty file is a mistake."""
    page = tmp_path / "page.html"
    page.write_text("<html><p>Aurora</p></html>", "utf-8")
    done = project.invoke("links", "--url", "https://aurora.example/", "--file", str(page))
    assert (0, "no profile links found\n") == (done.returncode, done.stdout)
    page.write_text("", "utf-8")
    for task in ("links", "profile"):
        done = project.invoke(task, "--url", "https://aurora.example/", "--file", str(page))
        assert (2, True) == (done.returncode, "page.html is empty" in done.stderr)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("fetch: {delay: abc}", "the setting fetch.delay is 'abc'; write a number of seconds"),
        ("fetch: {deadline: -1}", "the setting fetch.deadline is -1; write a number of seconds"),
        ("fetch: {allow_loopback: maybe}", "the setting fetch.allow_loopback is 'maybe'; write true or false"),
        ("fetch: abc", "invoke.yaml cannot be used"),
        ("fetch: {delay: 2", "invoke.yaml cannot be used"),
        ("fetch: {ca_file: 7}", "the setting fetch.ca_file is 7; write a file's path"),
        ("fetch: {proxy: 'socks5://one.example:1080'}", "write http://host:port"),
        ("fetch: {proxy: 'http://user:secret@one.example:80'}", "write http://host:port"),
        ("fetch: {proxy: 'http://one.example:99999'}", "write http://host:port"),
        ("fetch: {proxy: 8080}", "the setting fetch.proxy is 8080; write http://host:port"),
        ("fetch: {allow_loopback: true, hosts: 'one.example'}", "write name=127.0.0.1:8080"),
        ("fetch: {allow_loopback: true, hosts: 'one.example=127.0.0.1:0'}", "write name=127.0.0.1:8080"),
        ("fetch: {allow_loopback: true, hosts: 'one.example=999.0.0.1:80'}", "write name=127.0.0.1:8080"),
        ("fetch: {hosts: 'one.example=127.0.0.1:80'}", "set fetch.allow_loopback to true"),
    ],
)
def test_a_setting_of_the_wrong_kind_is_named(project: Project, line: str, words: str) -> None:
    """invoke.yaml is written by people: the setting's name, not a traceback."""
    (project.root / "invoke.yaml").write_text(line + "\n", "utf-8")
    done = project.invoke("fetch", "--client", "example", "--day", "2026-11-23")
    assert 2 == done.returncode, done.stderr
    assert words in done.stderr


def test_a_variable_of_the_wrong_kind_is_named(project: Project) -> None:
    """The environment is checked as the file is."""
    done = project.invoke("fetch", "--client", "example", "--day", "2026-11-23", INVOKE_FETCH_DELAY="abc")
    assert (2, False) == (done.returncode, "Traceback" in done.stderr)
    assert "the setting fetch.delay is 'abc'" in done.stderr


@pytest.mark.parametrize("port", ["abc", "0", "70000", "5.5", ""])
def test_a_port_that_is_none_is_named(project: Project, port: str) -> None:
    """Before anything is sent."""
    run = scored(project, date(2026, 11, 23))
    run.site.mkdir(parents=True)
    (run.site / "audit-torrefazione-aurora-2026-11-23.it.pdf").write_bytes(b"%PDF-1.7\n%%EOF\n")
    done = project.invoke("email", "--client", "example", "--send", INVOKE_SMTP_HOST="127.0.0.1", INVOKE_SMTP_PORT=port)
    assert 2 == done.returncode, done.stderr
    assert f"the setting smtp.port is {port!r}" in done.stderr


def test_a_taken_port_is_named_with_another(project: Project) -> None:
    """Showing a site where something else listens: what to give instead."""
    page = project.root / "output/example/index.html"
    page.parent.mkdir(parents=True)
    page.write_text("<title>Aurora</title>", "utf-8")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = project.invoke("serve", "--client", "example", "--port", str(port))
    told = (
        f"Error: port {port} cannot be used ([Errno 98] Address already in use); give another one, for example --port"
    )
    assert (2, f"{told} 8001\n") == (done.returncode, done.stderr)


def test_every_task_has_help(project: Project) -> None:
    """`--help` explains a task and does not run it."""
    names = [line.split()[0] for line in project.invoke("--list").stdout.splitlines() if line.startswith("  ")]
    assert len(names) > 20
    for name in ("audit", "import", "publish", "profile", "links", "rebuild"):
        assert name in names
        done = project.invoke(name, "--help")
        assert (0, True) == (done.returncode, "Usage:" in done.stdout), name


def test_one_client_that_fails_stops_no_other(project: Project) -> None:
    """audit-all goes through all of them, sums up at the end, and exits with 1."""
    needs.pdf_libraries()
    project.client("aaa-broken", "name = 7\n")
    done = project.invoke("audit-all", "--offline")
    assert 1 == done.returncode
    assert "aaa-broken: failed:" in done.stdout
    assert "example: Score: " in done.stdout
    assert (project.root / "output/example/index.html").exists()


@pytest.mark.parametrize("client", ["../clients", "..", "/etc", "*"])
def test_a_client_is_a_name_and_no_path(project: Project, client: str) -> None:
    """No task reaches outside the client's own folders; cleaning removes nothing that was not built."""
    before = sorted(path for path in project.root.rglob("*") if path.is_file())
    for task in ("clean", "build", "audit", "publish"):
        extra = ["--to", str(project.root / "www")] if task == "publish" else []
        project.invoke(task, "--client", client, *extra)
    assert before == sorted(path for path in project.root.rglob("*") if path.is_file())


def test_control_characters_do_not_reach_the_terminal(tmp_path: Path) -> None:
    """A key or a reason off the web cannot move the cursor or set the window's title."""
    page = tmp_path / "page.json"
    page.write_text('{"data": {"user": {"username": "aurora", "full_name": "A\\u001b]0;pwn\\u0007"}}}', "utf-8")
    project = Project.at(tmp_path / "project")
    address = "https://www.instagram.com/api/v1/users/web_profile_info/?username=aurora"
    done = project.invoke("profile", "--url", address, "--file", str(page))
    assert "\x1b" not in done.stdout + done.stderr


def test_a_page_that_shows_nothing_does_not_replace_one_that_does(project: Project, tmp_path: Path) -> None:
    """A wall or an empty shell, saved by mistake, is named and left: the good page stays byte for byte."""
    good = project.root / "clients/example/2026-11-23/evidence/client/telegram/auroracaffe/profile.body"
    before = good.read_bytes()
    empty = tmp_path / "page.html"
    empty.write_text('<link rel="canonical" href="https://t.me/auroracaffe"><script>alert(1)</script>', "utf-8")
    done = project.invoke("import", "--client", "example", "--day", "2026-11-23", "--file", str(empty))
    assert 0 == done.returncode, done.stderr
    reason = "it does not show the profile, the stored page does"
    assert f"left: client, telegram auroracaffe (profile): {reason}" in done.stdout
    assert before == good.read_bytes()
