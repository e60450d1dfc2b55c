"""The stages as tasks: what each refuses, in words and with an exit code; nothing is lost, no traceback is shown."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from audit import stages
from audit.errors import DamagedFile, MissingStageFile, StaleStageFile
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
        ("profiles.json", "profiles/1", {"evidence", "client.toml"}),
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


def test_a_reader_that_raises_is_named_and_the_rest_is_complete(tmp_path: Path) -> None:
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
        "import", "--client", "example", "--url", "https://broken.example/aurora", "--file", str(page)
    )
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
