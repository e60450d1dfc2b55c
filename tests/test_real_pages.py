"""Real pages that people saved, imported as competitors of one another: the report prints what the pages show."""

from __future__ import annotations

import csv
import json
from typing import Any

import pytest

from tests.project import ROOT, Project

CORPUS = ROOT.parent / "shared" / "corpus"
DAY = "2026-11-23"
# The index's rows, the company each page becomes, and its address where the file does not tell it.
PAGES = {
    "facebook/01": ("client", "https://m.facebook.com/Nintendo/posts/"),
    "youtube/b01": ("one-media", "https://www.youtube.com/channel/UCzcRQ3vRNr6fJ1A9rqFn7QA"),
    "linkedin/01": ("audiense", "https://uk.linkedin.com/company/audiense"),
    "instagram/05": ("pluto", "https://www.instagram.com/pluto__travel/"),
    "tiktok/01": ("illojuan", "https://www.tiktok.com/@illojuan"),
    "telegram/b02": ("diabox", "https://t.me/DiaboxApp"),
}
CLIENT = """name = "Nintendo"
sector = "tech_software"
size = "large"
country = "IT"
languages = ["en"]
""" + "".join(
    f'[[competitors]]\nname = "{name}"\n' for name in ("ONE Media", "Audiense", "Pluto", "IlloJuan", "DiaBox")
)
METRICS = ("followers", "following", "posts", "likes")


def index_rows() -> dict[str, dict[str, str]]:
    """The rows of the index that this test imports; {} where the corpus does not lie beside the repository."""
    index = CORPUS / "INDEX.tsv"
    if not index.exists():
        return {}
    with index.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {key: next(row for row in rows if row["file"].startswith(key + "-")) for key in PAGES}


ROWS = index_rows()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The client with every page imported by the task, audited offline."""
    project = Project.at(tmp_path_factory.mktemp("project"))
    project.client("nintendo", CLIENT)
    for key, row in ROWS.items():
        company, url = PAGES[key]
        done = project.invoke(
            "import", "--client", "nintendo", "--company", company, "--day", DAY,
            "--url", url, "--file", str(CORPUS / row["file"]),
        )  # fmt: skip
        assert 0 == done.returncode, done.stderr
    done = project.invoke("audit", "--client", "nintendo", "--day", DAY, "--offline")
    assert 0 == done.returncode, done.stderr
    return project


def audit_of(project: Project) -> dict[str, Any]:
    """The run's audit.json."""
    loaded: dict[str, Any] = json.loads((project.root / "clients/nintendo" / DAY / "audit.json").read_text("utf-8"))
    return loaded


@pytest.mark.parametrize("key", sorted(ROWS))
def test_the_numbers_are_those_of_the_index(project: Project, key: str) -> None:
    """What a careful reader saw on the page lies in the interval that the evidence prints; the rest is not there."""
    truth = json.loads(ROWS[key]["truth"])
    company = PAGES[key][0]
    evidence = {row["metric"]: row for row in audit_of(project)["evidence"] if row["company"] == company}
    for metric in METRICS:
        if truth.get(metric) is None:
            assert metric not in evidence, metric
        else:
            assert evidence[metric]["low"] <= truth[metric] <= evidence[metric]["high"], metric
            assert evidence[metric]["sha256"], metric
            assert "saved" == evidence[metric]["source"], metric


@pytest.mark.parametrize("key", sorted(ROWS))
def test_each_profile_stands_in_the_report_with_its_evidence(project: Project, key: str) -> None:
    """The evidence page has a row for the profile that the page shows."""
    company = PAGES[key][0]
    rows = [row for row in audit_of(project)["profiles"] if row["company"] == company]
    assert ["observed"] == [row["state"] for row in rows]
    page = (project.root / "output/nintendo" / DAY / "evidence/index.html").read_text("utf-8")
    shown = [fact for name, fact in rows[0]["facts"].items() if name in ("followers", "likes", "posts")]
    assert any(f'id="{fact}"' in page for fact in shown)
