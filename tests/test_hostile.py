"""Profiles whose name and bio attack the report: whatever they say stays text, from the stored page to the site."""

from __future__ import annotations

import hashlib
import html
import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from audit import stages
from audit.models import Link, Page, Source, State
from audit.parse.text import clean
from audit.stages import Run
from tests.project import ROOT, Project

pytestmark = pytest.mark.timeout(300)  # three thousand attacks

CORPUS = ROOT.parent / "shared" / "corpus" / "hostile"
PER_AUDIT = 100
FIRST_DAY = date(2025, 1, 1)
OWN = [
    "Aurora\nStatus: hidden\nSave_as: ../../x.html\nTemplate: x\nSlug: ../../evil",
    "<script>alert(1)</script>",
    "[x](javascript:alert(1)) ![y](https://evil.example/p.png)",
    "{: onclick=alert(1) } {#actions} | a | b |",
    "[x]({static}/../pelicanconf.py) {filename}x {attach}y {{ 7*7 }} {% raw %}",
    '"><svg/onload=alert(1)>',
    "## Heading {#evidence}\n\n---\n\n1. item",
    "[0001](#e-0001) https://evil.example <https://evil.example>",
    "\u202egnp.exe\u2066 \u0085 \u2028 \x0b \x1b[31m",
]
CLIENT = """name = "Aurora"
site = "https://aurora.example/"
sector = "food_beverage"
size = "small"
country = "IT"
languages = ["it"]
"""


def attacks() -> list[str]:
    """Own strings, and the lines of the public lists where they lie beside the repository."""
    lines = list(OWN)
    for file in sorted((CORPUS / "xss").glob("*.txt")):
        lines += file.read_text("utf-8", "replace").splitlines()
    naughty = CORPUS / "blns.json"
    if naughty.exists():
        lines += json.loads(naughty.read_text("utf-8"))
    return [line for line in dict.fromkeys(lines) if clean(line)]


def channel(run: Run, number: int, text: str) -> None:
    """Stores the card of a channel whose title and description are `text`."""
    handle = f"aurora_{number:05d}"
    url = f"https://t.me/{handle}"
    shown = html.escape(text)
    body = (
        f"<!DOCTYPE html><html><head><title>Telegram: View @{handle}</title>"
        f'<meta property="og:title" content="{shown}">'
        f'<meta property="og:description" content="{shown}"></head><body><div class="tgme_page">'
        f'<div class="tgme_page_title"><span dir="auto">{shown}</span></div>'
        f'<div class="tgme_page_extra">1 234 subscribers</div><div class="tgme_page_description">{shown}</div>'
        f'<div class="tgme_page_action"><a class="tgme_action_button_new" href="tg://resolve?domain={handle}">'
        "View in Telegram</a></div></div></body></html>"
    ).encode()
    link = Link(company="client", platform="telegram", handle=handle, url=url, found_in="client.toml")
    page = Page(
        url=url, final_url=url, role="profile", state=State.OBSERVED, source=Source.SAVED,
        fetched_at=datetime(2025, 1, 1, 8, tzinfo=UTC), status=200, media_type="text/html",
        sha256=hashlib.sha256(body).hexdigest(), body=body,
    )  # fmt: skip
    stages.store(run, link, page)


def site_of(root: Path, texts: list[str]) -> Path:
    """The site of a client whose channels are called so, a hundred to an audit; returns its folder."""
    project = Project.at(root)
    project.client("aurora", CLIENT)
    for start in range(0, len(texts), PER_AUDIT):
        run = Run(project.root, "aurora", FIRST_DAY + timedelta(days=start // PER_AUDIT))
        for number, text in enumerate(texts[start : start + PER_AUDIT], start):
            channel(run, number, text)
        stages.extract(run)
        stages.observe(run)
        stages.score(run)
        stages.write(run)
    stages.build(project.root, "aurora")
    return project.root


def shapes(page: BeautifulSoup) -> set[tuple[str, str]]:
    """Element and attribute names of a page."""
    return {(tag.name, name) for tag in page.find_all(True) for name in (*tag.attrs, "")}


def pages_of(root: Path) -> dict[str, BeautifulSoup]:
    """Every built page by its path."""
    site = root / "output" / "aurora"
    return {
        str(path.relative_to(site)): BeautifulSoup(path.read_bytes(), "lxml") for path in sorted(site.rglob("*.html"))
    }


def headers_of(root: Path) -> set[tuple[str, ...]]:
    """The keys of the Markdown files' headers, up to the first empty line."""
    found = set()
    for path in (root / "content" / "aurora").glob("*.md"):
        head = path.read_text("utf-8").partition("\n\n")[0]
        found.add(tuple(line.partition(":")[0] for line in head.splitlines()))
    return found


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The site of all attacks."""
    texts = attacks()
    return site_of(tmp_path_factory.mktemp("attacked"), texts), texts


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with ordinary names, long ones and short ones."""
    names = [f"Torrefazione Aurora {number}, caffè in grani e macinato dal 1987 a Modena" for number in range(60)]
    return site_of(tmp_path_factory.mktemp("harmless"), [*names, *(f"Aurora {number}" for number in range(20))])


def test_no_element_and_no_attribute_comes_out_of_a_profile(attacked: tuple[Path, list[str]], harmless: Path) -> None:
    """A page of attacks is made of the elements and attributes that harmless pages are made of."""
    known = set[tuple[str, str]]().union(*(shapes(page) for page in pages_of(harmless).values()))
    for name, page in pages_of(attacked[0]).items():
        assert set() == shapes(page) - known, name


def test_no_link_comes_out_of_a_profile(attacked: tuple[Path, list[str]]) -> None:
    """Links lead to evidence, to sections, to pages of the site and to the agency; to nothing a profile names."""
    allowed = re.compile(
        r"#[a-z0-9-]+|(?:\.\./|\./)*(?:[a-z]{2}/)?(?:\d{4}-\d\d-\d\d/)?(?:evidence/|print/)?(?:index\.html)?(?:#e-\d+)?"
        r"|(?:\.\./|\./)*theme/[a-z/.-]+|(?:\.\./|\./)*[a-z0-9.-]+\.pdf|(?:\.\./|\./)*\d{4}-\d\d-\d\d/facts\.json"
        r"|mailto:audit@cinquepassi\.example"
    )
    for name, page in pages_of(attacked[0]).items():
        targets = [str(tag.get(key)) for key in ("href", "src", "action") for tag in page.find_all(attrs={key: True})]
        assert [] == [target for target in targets if not allowed.fullmatch(target)], name


def test_headers_hold_the_keys_of_a_clean_run(attacked: tuple[Path, list[str]], harmless: Path) -> None:
    """No text adds a line to Pelican's header."""
    assert headers_of(harmless) == headers_of(attacked[0])
    assert {("Title", "Date", "Lang", "Slug", "Client", "Summary", "Status")} == headers_of(attacked[0])


def test_what_a_profile_says_can_be_read(attacked: tuple[Path, list[str]]) -> None:
    """The name stands in the report's list of profiles as the page shows it, cleaned of invisible characters."""
    root, texts = attacked
    shown = " ".join(clean(page.get_text(" ")) for name, page in pages_of(root).items() if name.count("/") == 1)
    missing = [text for text in texts if len(clean(text)) < 200 and clean(text) not in shown]
    assert [] == missing[:5]


def test_nothing_is_written_beside_the_clients_folders(attacked: tuple[Path, list[str]]) -> None:
    """No name makes a file of its own anywhere."""
    root = attacked[0]
    assert {"audit", "clients", "content", "output", "pelicanconf.py", "publishconf.py", "tasks.py", "themes"} == {
        path.name for path in root.iterdir()
    }
    assert {"aurora"} == {path.name for path in (root / "output").iterdir()}
