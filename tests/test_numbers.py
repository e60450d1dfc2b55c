"""Every number of the example's report stands in audit.json and leads to a stored page with the right digest."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from audit.files import load_evidence
from audit.parse.document import Document
from tests import needs
from tests.project import Project

DAY = "2026-11-23"
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
LINK = re.compile(r"\[(\d{4})\]\(#(e-\d{4})\)")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The example, run by the demo task."""
    needs.pdf_libraries()
    project = Project.at(tmp_path_factory.mktemp("project")).with_example()
    done = project.invoke("demo")
    assert 0 == done.returncode, done.stderr
    return project


def audit_of(project: Project) -> dict[str, Any]:
    """audit.json of the newest day."""
    loaded: dict[str, Any] = json.loads((project.root / "clients/example" / DAY / "audit.json").read_text("utf-8"))
    return loaded


def markdown_of(project: Project, language: str) -> str:
    """The report without the consultant's own words, which are his."""
    text = (project.root / "content/example" / f"{DAY}.{language}.md").read_text("utf-8")
    suffix = "" if language == "it" else f".{language}"
    for note in (project.root / "clients/example/notes").glob(f"*{suffix}.md"):
        for line in note.read_text("utf-8").splitlines():
            text = text.replace(line, "") if line.strip() else text
    return text


def leaves(value: Any) -> Iterator[Any]:
    """Every leaf of a JSON value."""
    if isinstance(value, dict):
        for child in value.values():
            yield from leaves(child)
    elif isinstance(value, list):
        for child in value:
            yield from leaves(child)
    else:
        yield value


def printable(value: float) -> set[Decimal]:
    """How a report may print a number: rounded to at most two decimals, or as a percentage, coverage rounded down."""
    exact = Decimal(str(value))
    steps = [Decimal(1), Decimal("0.1"), Decimal("0.01")]
    rounded = {abs(number).quantize(step, ROUND_HALF_UP) for number in (exact, exact * 100) for step in steps}
    return rounded | {(abs(exact) * 100).quantize(Decimal(1), ROUND_FLOOR)}


def known_numbers(audit: dict[str, Any]) -> set[Decimal]:
    """Every number of audit.json as it may be printed, and those inside its dates, ids, codes and addresses."""
    known: set[Decimal] = set()
    for leaf in leaves(audit):
        if isinstance(leaf, bool) or leaf is None:
            continue
        if isinstance(leaf, int | float):
            known |= printable(leaf)
        else:
            known |= {Decimal(digits) for digits in re.findall(r"\d+", leaf)}
    return known


def as_number(token: str, language: str) -> Decimal:
    """A number as the language writes it."""
    grouping, decimal = (".", ",") if language == "it" else (",", ".")
    return Decimal(token.replace(grouping, "").replace(decimal, "."))


@pytest.mark.parametrize("language", ["it", "en"])
def test_every_number_of_the_text_stands_in_the_audit(report: Project, language: str) -> None:
    """Nothing is computed while writing, nothing is made up."""
    audit = audit_of(report)
    known = known_numbers(audit)
    text = unescape(markdown_of(report, language)).replace(audit["method"]["version"], "")
    body = text.partition("{#evidence}")[0]
    prose = re.sub(r"\(#e-\d+\)|\{#[a-z]+\}", "", body)
    prose = re.sub(r"(?m)^(\d+)\. ", "", prose)  # the numbers of a list
    prose = re.sub(r"\]\(chart:[a-z-]+\)", "]", prose)
    # The scale is the method's: points from 0 to 100, 50 the median, 90 the best tenth, advice aims at 80.
    scale = {Decimal(number) for number in (0, 50, 80, 90, 100)}
    unknown = [token for token in NUMBER.findall(prose) if as_number(token, language) not in known | scale]
    assert [] == unknown


@pytest.mark.parametrize("language", ["it", "en"])
def test_every_row_of_evidence_is_the_one_in_the_audit(report: Project, language: str) -> None:
    """The value and the interval printed beside an id are those of that id."""
    rows = {row["id"]: row for row in audit_of(report)["evidence"]}
    table = markdown_of(report, language).partition("{#evidence}")[2]
    printed = re.findall(r"(?m)^\| \[(\d{4})\]\(#(e-\d{4})\) \| [^|]+ \| ([^|]*) \| [^|]* \|$", table)
    assert len(printed) > 80
    for number, identity, value in printed:
        assert f"e-{number}" == identity
        row = rows[identity]
        if isinstance(row["value"], int | float) and not isinstance(row["value"], bool):
            shown = [as_number(token, language) for token in NUMBER.findall(value.replace("&#37;", "%"))]
            allowed = (
                printable(row["value"])
                | printable(row["low"] or 0)
                | printable(row["high"] or 0)
                | printable(row["n"] or 0)
            )
            assert shown, identity
            assert shown[0] in printable(row["value"]), identity
            assert set() == set(shown) - allowed, identity


def test_every_link_of_the_text_has_its_row(report: Project) -> None:
    """No figure leads nowhere."""
    for language in ("it", "en"):
        body, _, table = markdown_of(report, language).partition("{#evidence}")
        rows = set(re.findall(r"(?m)^\| \[\d{4}\]\(#(e-\d{4})\)", table))
        assert set() == {identity for _, identity in LINK.findall(body)} - rows


def test_every_piece_of_evidence_leads_to_the_stored_page(report: Project) -> None:
    """Address, time and digest are those of a page in the evidence, whose bytes have that digest."""
    stored = {}
    for link, pages in load_evidence(report.root / "clients/example" / DAY / "evidence"):
        for role, page in pages.items():
            stored[link.company, link.platform, role, page.sha256] = page
    for row in audit_of(report)["evidence"]:
        page = stored[row["company"], row["platform"], row["page"], row["sha256"]]
        assert hashlib.sha256(page.body).hexdigest() == row["sha256"], row["id"]
        assert page.final_url == row["url"], row["id"]
        assert page.fetched_at.isoformat().replace("+00:00", "Z") == row["fetched_at"], row["id"]


def test_every_figure_as_shown_stands_at_its_place_in_the_page(report: Project) -> None:
    """The raw text of a count is found again at the place that its evidence names."""
    bodies: dict[tuple[str, str, str], Document] = {}
    for link, pages in load_evidence(report.root / "clients/example" / DAY / "evidence"):
        for role, page in pages.items():
            bodies[link.company, link.platform, role] = Document(page.body, page.media_type)
    looked = 0
    for row in audit_of(report)["evidence"]:
        if row["metric"] in ("followers", "following", "posts", "likes", "views"):
            text = bodies[row["company"], row["platform"], row["page"]].find(row["where"])
            assert text is not None, row
            assert row["raw"] in text, row
            looked += 1
    assert looked >= 15


def test_the_site_and_the_pdf_print_the_same_numbers(report: Project) -> None:
    """Site and PDF are made of that Markdown alone: the score of the page is the score of the file."""
    overall = audit_of(report)["overall"]
    page = (report.root / "output/example/index.html").read_text("utf-8")
    score = str(Decimal(str(overall["score"])).quantize(Decimal(1), ROUND_HALF_UP))
    assert f'<p class="num">{score}<small>' in page
    assert (Path(report.root) / "output/example" / f"audit-torrefazione-aurora-{DAY}.it.pdf").exists()
