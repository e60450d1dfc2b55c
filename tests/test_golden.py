"""One whole run of the example against the files kept in golden/: what changes shows as a diff that a person reads.

RECORD=1 writes the files anew. The numbers in them were checked in test_example.py, test_numbers.py and test_score.py
against the pages and the method; here only the change is looked for.
"""

from __future__ import annotations

import difflib
import os
from pathlib import Path

import pytest

from audit import stages
from tests.project import Project

GOLDEN = Path(__file__).resolve().parent / "golden" / "example"
DAY = "2026-11-23"
FILES = {
    f"{DAY}.it.md": f"content/example/{DAY}.it.md",
    f"{DAY}.en.md": f"content/example/{DAY}.en.md",
    "audit.json": f"clients/example/{DAY}/audit.json",
}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's newest day, from evidence to Markdown; the folder of that project."""
    project = Project.at(tmp_path_factory.mktemp("project")).with_example()
    newest = stages.latest(project.root, "example")
    stages.extract(newest)
    stages.observe(newest)
    stages.score(newest)
    stages.write(newest)
    return project.root


@pytest.mark.parametrize("name", sorted(FILES))
def test_the_run_is_the_one_kept(run: Path, name: str) -> None:
    """No line of the report and no figure of the audit changes unseen."""
    actual = (run / FILES[name]).read_text("utf-8")
    kept = GOLDEN / name
    if os.environ.get("RECORD") == "1":
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(actual, "utf-8")
    expected = kept.read_text("utf-8")
    diff = difflib.unified_diff(expected.splitlines(), actual.splitlines(), "kept", "now", lineterm="", n=1)
    assert "" == "\n".join(diff)
