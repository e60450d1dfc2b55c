"""The same evidence gives the same bytes: audit.json, Markdown, HTML and PDF of two runs in two folders."""

from __future__ import annotations

from pathlib import Path

from tests import needs
from tests.project import Project


def made(project: Project) -> dict[str, bytes]:
    """Every file that the demo made, by its path in the project."""
    folders = ("output/example", "content/example")
    files = [file for folder in folders for file in (project.root / folder).rglob("*") if file.is_file()]
    files += sorted((project.root / "clients/example").glob("*/*.json"))
    return {str(file.relative_to(project.root)): file.read_bytes() for file in files}


def test_two_runs_make_the_same_files(tmp_path: Path) -> None:
    """Two copies of the project, at paths of different length, and a second run over the first one's files."""
    needs.pdf_libraries()
    one = Project.at(tmp_path / "one").with_example()
    other = Project.at(tmp_path / "a-longer-folder" / "other").with_example()
    for project in (one, other):
        done = project.invoke("demo")
        assert 0 == done.returncode, done.stderr
    first = made(one)
    kinds = {Path(name).suffix for name in first}
    assert {".json", ".md", ".html", ".pdf"} <= kinds
    assert sorted(first) == sorted(made(other))
    assert [] == [name for name, data in made(other).items() if first[name] != data]
    assert 0 == one.invoke("demo").returncode
    assert [] == [name for name, data in made(one).items() if first[name] != data]


def test_the_order_of_the_clock_does_not_matter(tmp_path: Path) -> None:
    """Another time zone and locale of the machine change nothing."""
    one = Project.at(tmp_path / "one").with_example()
    other = Project.at(tmp_path / "other").with_example()
    assert 0 == one.invoke("demo", TZ="UTC", LC_ALL="C").returncode
    assert 0 == other.invoke("demo", TZ="Asia/Tokyo", LC_ALL="C.UTF-8", PYTHONHASHSEED="7").returncode
    first = made(one)
    assert [] == [name for name, data in made(other).items() if first[name] != data]
