"""Other people's checkers over what the demo makes: the Nu HTML checker, qpdf, poppler, PDF/UA."""

from __future__ import annotations

import re
import subprocess

import pytest
from page import validate_pdf

from tests import needs
from tests.project import Project


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The example's site and PDFs."""
    needs.pdf_libraries()
    project = Project.at(tmp_path_factory.mktemp("project")).with_example()
    done = project.invoke("demo")
    assert 0 == done.returncode, done.stderr
    return project


def test_every_page_is_valid_html(demo: Project) -> None:
    """No error on any built page."""
    pages = [str(page) for page in sorted((demo.root / "output").rglob("*.html"))]
    assert len(pages) >= 14
    command = [*needs.html_checker(), "--errors-only", "--format", "gnu", *pages]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=110)
    assert "" == done.stderr + done.stdout


def test_every_style_sheet_is_valid(demo: Project) -> None:
    """The screen's sheet has no error; the print sheet uses paged media, which the checker does not know."""
    sheet = demo.root / "output/example/theme/css/screen.css"
    command = [*needs.html_checker(), "--css", "--errors-only", "--format", "gnu", str(sheet)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=110)
    assert "" == done.stderr + done.stdout


def test_every_pdf_passes_pdf_ua(demo: Project) -> None:
    """Both languages, both days: no rule of PDF/UA-1 fails."""
    for pdf in sorted((demo.root / "output/example").glob("*.pdf")):
        assert [] == [str(failure) for failure in validate_pdf(str(pdf), profile="ua1").failures], pdf.name


def test_poppler_finds_a_tagged_document_of_six_pages_at_least(demo: Project) -> None:
    """What pdfinfo says of it."""
    for pdf in sorted((demo.root / "output/example").glob("*.pdf")):
        told = subprocess.run([needs.program("pdfinfo"), str(pdf)], capture_output=True, text=True, check=True).stdout
        assert re.search(r"^Tagged:\s+yes$", told, re.MULTILINE), pdf.name
        pages = re.search(r"^Pages:\s+(\d+)$", told, re.MULTILINE)
        assert pages is not None
        assert int(pages.group(1)) >= 6


def test_qpdf_finds_no_damage(demo: Project) -> None:
    """The structure of every PDF is sound."""
    for pdf in sorted((demo.root / "output/example").glob("*.pdf")):
        done = subprocess.run([needs.program("qpdf"), "--check", str(pdf)], capture_output=True, text=True, check=False)
        assert 0 == done.returncode, done.stdout + done.stderr
