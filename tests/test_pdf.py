"""The PDF: accessible, the same every time, made again only when it must be, and blind to all but the theme."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pikepdf
import pytest
from page import validate_pdf

from audit import pdf as pdf_module
from audit.build import build
from audit.errors import BuildError, MissingLibrary
from audit.parse.markdown_escape import escape
from audit.pdf import render
from tests import needs
from tests.sample_report import MAY, NOVEMBER, UNPUBLISHED, audit_of, lay_out, sample_site

HEAD = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Page</title></head><body><h1>Page</h1>'


@pytest.fixture(scope="module", autouse=True)
def _libraries() -> None:
    """Every test here renders."""
    needs.pdf_libraries()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built site of the newest day, in Italian and English."""
    root = tmp_path_factory.mktemp("site")
    audit = audit_of()
    build(sample_site(audit), content=lay_out(root, audit), output=root / "output", root=root)
    return root / "output"


@pytest.fixture(scope="module")
def italian(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Italian PDF of that site."""
    folder = tmp_path_factory.mktemp("pdf")
    render({site / "2026-11-23/print/index.html": folder / "it.pdf"}, site=site, made=folder / "made.json")
    return folder / "it.pdf"


def words_of(pdf: Path, *options: str) -> str:
    """The text of a PDF as pdftotext reads it."""
    command = [needs.program("pdftotext"), *options, str(pdf), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def shape_of(pdf: Path) -> tuple[int, int]:
    """How many links to the outside and how many embedded files a PDF has."""
    with pikepdf.open(pdf) as document:
        annotations = [link for page in document.pages for link in page.get("/Annots", [])]
        outside = [link for link in annotations if "/A" in link and "/URI" in link["/A"]]
        return len(outside), len(document.attachments)


def rendered(html: str, tmp_path: Path) -> Path:
    """A page of one's own, made into a PDF in a site whose theme is an empty sheet."""
    site = tmp_path / "site"
    (site / "theme" / "css").mkdir(parents=True)
    (site / "theme" / "css" / "print.css").write_text("@page { size: A4 }")
    (site / "page.html").write_text(f"{HEAD}{html}</body></html>", "utf-8")
    render({site / "page.html": tmp_path / "page.pdf"}, site=site, made=tmp_path / "made.json")
    return tmp_path / "page.pdf"


# --------------------------------------------------------------------------------------------- the document


def test_the_pdf_passes_every_rule_of_pdf_ua(italian: Path) -> None:
    """PDF/UA-1, by an independent checker: no rule fails."""
    report = validate_pdf(str(italian), profile="ua1")
    assert [] == [str(failure) for failure in report.failures]


@pytest.mark.parametrize("name", ["Ω – 咖啡 <b>& Figli</b>", "A" * 60 + " & C.", "\U0010fffd \ue000 🎉"])
def test_odd_audits_pass_every_rule_too(tmp_path: Path, name: str) -> None:
    """Letters that the fonts lack, a very long name, no score, hostile text: still an accessible document."""
    audit = audit_of(name=name, overall=UNPUBLISHED)
    content = lay_out(tmp_path, audit, hostile=escape('<script>alert(1)</script> "x" \u202eabc 漢字 🎉'))
    output = tmp_path / "output"
    build(sample_site(audit), content=content, output=output, root=tmp_path)
    pdf = tmp_path / "it.pdf"
    render({output / "2026-11-23/print/index.html": pdf}, site=output, made=tmp_path / "made.json")
    assert [] == [str(failure) for failure in validate_pdf(str(pdf), profile="ua1").failures]


def test_a_character_that_no_font_has_is_printed_as_a_question_mark(tmp_path: Path) -> None:
    """The rest of the text stays as it is."""
    assert "caff\u00e8 ? bar" in words_of(rendered("<p>caffè \U0010fffd bar</p>", tmp_path))


def test_the_pdf_says_what_it_is(italian: Path) -> None:
    """Tagged, with language, title and author, and no time of making."""
    with pikepdf.open(italian) as document:
        assert "it" == str(document.Root.Lang)
        assert bool(document.Root.MarkInfo.Marked)
        info = document.docinfo
        assert "Audit della presenza digitale, Torrefazione Aurora, 23 novembre 2026" == str(info["/Title"])
        assert "Studio Prova" == str(info["/Author"])
        assert "/CreationDate" not in info


def test_bookmarks_lead_through_the_report(italian: Path) -> None:
    """The company, then the title of every section in reading order."""
    with pikepdf.open(italian) as document, document.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert "Torrefazione Aurora" == titles[0]
    assert "Siete dove i clienti vi cercano, ma rispondete poco" == titles[1]
    assert "Ogni numero porta a una pagina conservata" == titles[-1]


def test_pages_are_numbered_and_named(italian: Path) -> None:
    """Every page but the cover says client and date, section, agency, its number and how many there are."""
    pages = words_of(italian, "-layout").rstrip("\f").split("\f")
    for number, text in enumerate(pages[1:], start=2):
        assert re.search(rf"Studio Prova\s+{number} di {len(pages)}\s*$", text), text
        assert re.match(r"\s*Torrefazione Aurora, 23 novembre 2026\s+\S", text), text
    assert not re.search(rf"1 di {len(pages)}", pages[0])


def test_the_contents_name_the_page_of_each_section(italian: Path) -> None:
    """The number beside a section in the contents is the page on which its title stands."""
    pages = words_of(italian, "-layout").rstrip("\f").split("\f")
    contents = next(page for page in pages if "Indice" in page)
    titles = {"Pilastri": "La presenza è il punto forte", "Evidenze": "Ogni numero porta a una pagina conservata"}
    for section, title in titles.items():
        match = re.search(rf"^\s*{section}\s+(\d+)$", contents, re.MULTILINE)
        assert match is not None, section
        assert title in pages[int(match.group(1)) - 1]


def test_links_to_evidence_work_inside_the_pdf(italian: Path) -> None:
    """A number's link leads to its row in the same document; nothing leads outside."""
    assert (0, 0) == shape_of(italian)
    with pikepdf.open(italian) as document:
        links = [link for page in document.pages for link in page.get("/Annots", []) if link.Subtype == "/Link"]
    assert len(links) >= 3


def test_pages_may_be_named_relatively(
    site: Path, italian: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The child works in another folder; it is told whole paths."""
    monkeypatch.chdir(site.parent)
    page = Path(site.name) / "2026-11-23/print/index.html"
    render({page: tmp_path / "it.pdf"}, site=Path(site.name), made=tmp_path / "made.json")
    assert italian.read_bytes() == (tmp_path / "it.pdf").read_bytes()


# ------------------------------------------------------------------------------------- again, or not again


def test_the_same_page_gives_the_same_bytes(site: Path, italian: Path, tmp_path: Path) -> None:
    """Two renderings in two processes do not differ in a bit."""
    page = site / "2026-11-23/print/index.html"
    render({page: tmp_path / "it.pdf"}, site=site, made=tmp_path / "made.json")
    assert italian.read_bytes() == (tmp_path / "it.pdf").read_bytes()


def test_a_pdf_is_made_again_only_when_page_theme_or_pdf_have_changed(tmp_path: Path) -> None:
    """Unchanged: not touched. A changed page, a changed theme, a damaged or lost PDF, a damaged memory: made again."""
    pdf = rendered("<p>one</p>", tmp_path)
    site, made = tmp_path / "site", tmp_path / "made.json"

    def made_again() -> bool:
        before = pdf.stat().st_ino if pdf.exists() else 0
        assert [pdf] == render({site / "page.html": pdf}, site=site, made=made)
        return pdf.stat().st_ino != before

    assert not made_again()
    (site / "page.html").write_text(f"{HEAD}<p>two</p></body></html>")
    assert made_again()
    assert not made_again()
    (site / "theme" / "css" / "print.css").write_text("@page { size: A5 }")
    assert made_again()
    assert not made_again()
    pdf.write_bytes(b"%PDF-1.7 damaged")
    assert made_again()
    pdf.unlink()
    assert made_again()
    made.write_text("{ damaged")
    assert made_again()
    assert "two" in words_of(pdf)


# ---------------------------------------------------------------------------------------- what it may read


@pytest.mark.parametrize(
    "html",
    [
        '<a rel="attachment" href="file:///etc/hostname">x</a>',
        '<a rel="attachment" href="../secret.txt">x</a>',
        '<a rel="attachment" href="site/theme/../../secret.txt">x</a>',
        '<link rel="attachment" href="../secret.txt">',
        '<img src="../secret.svg" alt="x">',
        '<img src="theme/../../secret.svg" alt="x">',
        '<img src="theme/%2e%2e/%2e%2e/secret.svg" alt="x">',
        '<img src="theme/linked.svg" alt="x">',
        '<object data="../secret.svg">x</object>',
        '<style>@import "../secret.css"; body::after { content: url(../secret.svg) }</style>',
        '<svg viewBox="0 0 9 9" width="9" height="9"><title>x</title><image href="../secret.svg"/></svg>',
    ],
)
def test_the_page_can_read_nothing_outside_the_theme(tmp_path: Path, html: str) -> None:
    """Neither as attachment, image, style nor through a symbolic link; the rest of the page comes out."""
    (tmp_path / "secret.txt").write_text("the secret")
    (tmp_path / "secret.css").write_text("body::before { content: 'the secret' }")
    frame = 'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 9" width="90" height="9"'
    (tmp_path / "secret.svg").write_text(f'<svg {frame}><text y="9">the secret</text></svg>')
    (tmp_path / "site" / "theme").mkdir(parents=True)
    (tmp_path / "site" / "theme" / "linked.svg").symlink_to(tmp_path / "secret.svg")
    (tmp_path / "site" / "theme").rename(tmp_path / "site" / "kept")
    pdf = _with_theme_files(html, tmp_path)
    assert 0 == shape_of(pdf)[1]
    assert "secret" not in words_of(pdf)
    assert "Page" in words_of(pdf)


def _with_theme_files(html: str, tmp_path: Path) -> Path:
    kept = tmp_path / "site" / "kept"
    site = tmp_path / "site"
    kept.rename(site / "theme")
    (site / "theme" / "css").mkdir()
    (site / "theme" / "css" / "print.css").write_text("@page { size: A4 }")
    (site / "page.html").write_text(f"{HEAD}{html}</body></html>", "utf-8")
    render({site / "page.html": tmp_path / "page.pdf"}, site=site, made=tmp_path / "made.json")
    return tmp_path / "page.pdf"


def test_the_page_can_ask_no_server(tmp_path: Path, httpserver: object) -> None:
    """An image or a style sheet on the net is not asked for."""
    server = httpserver
    address = server.url_for("/pixel.svg")  # type: ignore[attr-defined]
    rendered(f'<img src="{address}" alt="x"><style>@import "{address}";</style>', tmp_path)
    assert [] == server.log  # type: ignore[attr-defined]


# --------------------------------------------------------------------------------------- when it goes wrong


def test_without_pango_the_message_holds_the_line_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """WeasyPrint without its libraries raises OSError while it is imported."""
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library libgobject-2.0-0')\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(MissingLibrary, match=r"(apt install|dnf install|brew install) .*pango"):
        rendered("<p>one</p>", tmp_path)


def test_a_page_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The run goes on with a message; no half PDF is left behind."""
    monkeypatch.setattr(pdf_module, "SECONDS", 0.05)
    with pytest.raises(BuildError, match="stopped"):
        rendered("<p>one</p>", tmp_path)
    assert [] == list(tmp_path.glob("*.pdf"))


def test_a_page_that_cannot_be_read_is_named_in_words(tmp_path: Path) -> None:
    """A site without its theme gives a message, not a traceback."""
    page = tmp_path / "site" / "page.html"
    page.parent.mkdir()
    page.write_text(f"{HEAD}</body></html>")
    with pytest.raises(BuildError, match="could not be made"):
        render({page: tmp_path / "page.pdf"}, site=page.parent, made=tmp_path / "made.json")


def test_each_language_and_day_has_its_pdf(tmp_path: Path) -> None:
    """Several pages go through one child and come out under their own names."""
    audits = (audit_of(MAY), audit_of(NOVEMBER))
    output = tmp_path / "output"
    build(sample_site(*audits), content=lay_out(tmp_path, *audits), output=output, root=tmp_path)
    pages = {
        output / folder / "print" / "index.html": tmp_path / f"{folder.replace('/', '-')}.pdf"
        for folder in ("2026-05-18", "en/2026-11-23")
    }
    assert list(pages.values()) == render(pages, site=output, made=tmp_path / "made.json")
    assert "18 maggio 2026" in words_of(tmp_path / "2026-05-18.pdf")
    assert "23 November 2026" in words_of(tmp_path / "en-2026-11-23.pdf")
