"""The site: every page there, every link whole, and nothing in it that text off the web could have put there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html as lxml_html

from audit.build import build
from audit.errors import BuildError
from audit.models import Audit
from audit.parse.markdown_escape import escape
from audit.sections import balanced
from tests.sample_audit import OVERALL
from tests.sample_report import MAY, NOVEMBER, UNPUBLISHED, audit_of, lay_out, sample_site

HOSTILE_FILES = sorted((Path(__file__).parent.parent.parent / "shared" / "corpus" / "hostile" / "xss").glob("*.txt"))
OWN_HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "[here](javascript:alert(1))",
    "![x](https://evil.example/pixel.gif)",
    "<https://evil.example/>",
    "[a]: javascript:alert(1)",
    "text {: onclick=alert(1) #summary .cover }",
    "# Heading {#evidence}",
    "{static}/../../etc/passwd [x]({static}/../pelicanconf.py) {attach}x |filename|",
    "| a | b | c |",
    "``` <b> ``` `code` **bold** __bold__ ~~~",
    "&lt;script&gt; &#60;script&#62; &colon;",
    "a\nStatus: draft\nSave_as: ../../evil.html",
    "{{ article.source_path }} {% include 'base.html' %}",
    "\u202eright to left\u202c \x00\x0b\x1b[31m",
    "chart:bullets ![x](chart:bullets)",
)
PAGES = (
    "index.html",
    "en/index.html",
    *(f"{day}/{page}index.html" for day in ("2026-05-18", "2026-11-23") for page in ("", "evidence/", "print/")),
    *(f"en/{day}/{page}index.html" for day in ("2026-05-18", "2026-11-23") for page in ("", "evidence/", "print/")),
)


def make(
    root: Path, *audits: Audit, hostile: str = "", header: Mapping[str, str | None] = {}, name: str = "output"
) -> Path:
    """Builds the site of these audits and returns its folder."""
    content = lay_out(root, *audits, hostile=hostile, header=header)
    output = root / name
    build(sample_site(*audits), content=content, output=output, root=root)
    return output


def parsed(page: Path) -> lxml_html.HtmlElement:
    """A page as a tree."""
    return lxml_html.document_fromstring(page.read_text("utf-8"))


def pages_of(output: Path) -> dict[str, lxml_html.HtmlElement]:
    """Every page of a site by its path."""
    return {page.relative_to(output).as_posix(): parsed(page) for page in sorted(output.rglob("*.html"))}


def links_of(tree: lxml_html.HtmlElement) -> Iterator[tuple[str, str, str]]:
    """Element, attribute and value of everything that points elsewhere."""
    for element in tree.iter():
        for attribute in ("href", "src", "xlink:href", "action", "data", "poster"):
            if isinstance(element.tag, str) and element.get(attribute) is not None:
                yield element.tag, attribute, element.get(attribute, "")


def text_of(element: lxml_html.HtmlElement) -> str:
    """The text of an element with single spaces."""
    return " ".join(element.text_content().split())


# -------------------------------------------------------------------------------------------------- pages


def test_every_audit_has_its_overview_evidence_and_printable_edition(tmp_path: Path) -> None:
    """Two days in two languages: three pages each, and the newest day once more at the top of each language."""
    output = make(tmp_path, audit_of(MAY), audit_of(NOVEMBER))
    assert sorted(PAGES) == sorted(pages_of(output))


def test_the_top_of_the_site_is_the_newest_audit(tmp_path: Path) -> None:
    """The first page of each language shows the newest day, however old the others are."""
    output = make(tmp_path, audit_of(NOVEMBER), audit_of(MAY))
    assert "23 novembre 2026" in text_of(parsed(output / "index.html").find(".//main"))
    assert "23 November 2026" in text_of(parsed(output / "en" / "index.html").find(".//main"))


def test_every_link_inside_the_site_leads_to_a_page_and_a_place_that_are_there(tmp_path: Path) -> None:
    """Relative addresses only; the file exists, and so does the anchor. The PDF is made later."""
    output = make(tmp_path, audit_of(MAY), audit_of(NOVEMBER))
    pages = pages_of(output)
    broken = []
    for name, tree in pages.items():
        for _, _, value in links_of(tree):
            if value.startswith("mailto:") or value.endswith(".pdf"):
                continue
            address, _, anchor = value.partition("#")
            target = ((output / name).parent / address).resolve() if address else (output / name).resolve()
            there = target.is_file() and target.is_relative_to(output.resolve())
            if there and anchor:
                there = bool(pages[target.relative_to(output.resolve()).as_posix()].xpath("//*[@id=$x]", x=anchor))
            if not there:
                broken.append((name, value))
    assert [] == broken


def test_the_pdf_link_names_the_pdf_of_the_pages_day_and_language(tmp_path: Path) -> None:
    """The button leads to the file that the next task makes, beside the site's first page."""
    output = make(tmp_path, audit_of(MAY), audit_of(NOVEMBER))
    (button,) = parsed(output / "en" / "2026-05-18" / "index.html").xpath("//a[@class='btn']/@href")
    assert "../../audit-torrefazione-aurora-2026-05-18.en.pdf" == button


def test_languages_point_to_each_other(tmp_path: Path) -> None:
    """The same page of the same day in the other language, by hreflang."""
    output = make(tmp_path, audit_of(MAY), audit_of(NOVEMBER))
    page = output / "2026-05-18" / "evidence" / "index.html"
    (other,) = parsed(page).xpath("//link[@rel='alternate'][@hreflang='en']/@href")
    assert (output / "en/2026-05-18/evidence/index.html").resolve() == (page.parent / other).resolve()


def test_the_overview_says_the_number_and_what_limits_it(tmp_path: Path) -> None:
    """65 with bounds 56 to 71, coverage 84 % rounded down and the grade, as the worked example prints them."""
    (card,) = parsed(make(tmp_path, audit_of()) / "index.html").xpath("//*[@class='score']")
    said = [" ".join(text.split()) for text in card.itertext() if text.strip()]
    assert ["65", "su 100, solida", "Limiti", "tra 56 e 71", "Copertura", "84 %, grado B"] == said


def test_bounds_that_equal_the_score_are_not_printed(tmp_path: Path) -> None:
    """Everything was seen: the number stands alone, with its coverage."""
    seen = replace(OVERALL, low=OVERALL.score or 0, high=OVERALL.score or 0, coverage=1.0, grade="A")
    (card,) = parsed(make(tmp_path, audit_of(overall=seen)) / "en" / "index.html").xpath("//*[@class='score']")
    said = [" ".join(text.split()) for text in card.itertext() if text.strip()]
    assert ["65", "of 100, solid", "Coverage", "100%, grade A"] == said


def test_without_enough_evidence_the_overview_shows_a_dash(tmp_path: Path) -> None:
    """A score that is not published is not printed anywhere on the page's opening."""
    text = text_of(parsed(make(tmp_path, audit_of(overall=UNPUBLISHED)) / "index.html").xpath("//*[@class='score']")[0])
    assert text.startswith("–")
    assert "65" not in text


def test_charts_stand_where_the_text_names_them(tmp_path: Path) -> None:
    """A wide and a narrow drawing on the screen, one for print; each with a title, ids unique in the page."""
    output = make(tmp_path, audit_of())
    overview, printed = parsed(output / "index.html"), parsed(output / "2026-11-23/print/index.html")
    assert ["w", "n"] * 3 == overview.xpath("//figure/svg/@class")
    assert ["p"] * 4 == printed.xpath("//figure/svg/@class")
    for page in (overview, printed):
        assert all(text_of(title) for title in page.xpath("//figure/svg/title"))
        ids = page.xpath("//@id")
        assert sorted(set(ids)) == sorted(ids)


def test_tables_carry_their_heads_for_readers_and_narrow_screens(tmp_path: Path) -> None:
    """Scopes on head cells, labels on the others, figures flush right, no style attribute anywhere."""
    page = parsed(make(tmp_path, audit_of()) / "index.html")
    (table,) = page.xpath("//section[@id='inventory']//table")
    assert ["col", "col", "col"] == table.xpath("thead//th/@scope")
    assert ["Instagram", "Facebook"] == [text_of(cell) for cell in table.xpath("tbody//th[@scope='row']")]
    assert ["Nome", "Follower"] * 2 == table.xpath("tbody//td/@data-l")
    assert ["12.300", "8.940"] == [text_of(cell) for cell in table.xpath("tbody//td[@class='r']")]
    assert [] == page.xpath("//@style")


@pytest.mark.parametrize(
    ("title", "second"),
    [
        ("Presenza è il punto forte, contenuti e UGC quello debole", "contenuti e UGC quello debole"),
        ("Cominciate da qui: fatevi riconoscere come profilo ufficiale", "fatevi riconoscere come profilo ufficiale"),
        ("Nessuna settimana vuota nel 2026 grazie ai lettori del canale", "2026 grazie ai lettori del canale"),
        ("Ogni numero porta a una pagina", None),
        ("Precipitevolissimevolmente" * 3, None),
    ],
)
def test_a_long_title_breaks_near_its_middle_in_print(title: str, second: str | None) -> None:
    """After a mark when there is one; a title of one line, or of one word, stays as it is."""
    first = title.removesuffix(second) if second else title
    assert f"<h2>{first}{(second or '').replace(' ', chr(0xA0))}</h2>" == balanced(f"<h2>{title}</h2>")


@pytest.mark.parametrize(
    ("notes", "levels"),
    [
        ("#### Deep\n\ntext\n\n# High", ["h4", "h3"]),
        ("###### Deepest", ["h4"]),
        ("Underlined\n---\n\ntext", ["h3"]),
        ("Doubly underlined\n===\n\n## Unknown", ["h3", "h3"]),
    ],
)
def test_headings_of_notes_stay_inside_their_section(tmp_path: Path, notes: str, levels: list[str]) -> None:
    """Whatever level a note's headings have, no level is skipped and no section is lost or opened."""
    page = parsed(make(tmp_path, audit_of(), hostile=f"\n\n{notes}\n") / "2026-11-23" / "print" / "index.html")
    sections = ["summary", "actions", "pillars", "calendar", "inventory", "unseen", "method", "evidence"]
    assert sections == page.xpath("//section[@id]/@id")
    headings = page.xpath("//section[@id='summary']//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5]")
    assert ["h2", "h3", *levels] == [heading.tag for heading in headings]


def test_evidence_is_there_to_download(tmp_path: Path) -> None:
    """Every piece of evidence of the audit, as JSON with a schema."""
    output = make(tmp_path, audit_of())
    facts = json.loads((output / "2026-11-23" / "facts.json").read_bytes())
    assert ("facts/1", "aurora", "2026-11-23") == (facts["schema"], facts["client"], facts["day"])
    shown = {row["id"]: row["value"] for row in facts["evidence"]}
    assert {"e-0001": 12300, "e-0002": 8940, "e-0003": "2026-11-20"} == shown


def test_no_page_asks_anybody_else_or_runs_a_script(tmp_path: Path) -> None:
    """A strict policy in every page, nothing loaded from another host, and search engines kept out."""
    for name, page in pages_of(make(tmp_path, audit_of())).items():
        (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy.startswith("default-src 'none'"), name
        assert "unsafe" not in policy, name
        assert ["noindex"] == page.xpath("//meta[@name='robots']/@content"), name
        assert [] == page.xpath("//script"), name
        loaded = [value for tag, _, value in links_of(page) if tag not in ("a",)]
        assert [] == [value for value in loaded if re.match(r"[a-z]+:|//", value)], name


def test_the_same_audits_give_the_same_bytes(tmp_path: Path) -> None:
    """Nothing of the clock, of the machine or of an earlier run gets into a page."""
    audits = (audit_of(MAY), audit_of(NOVEMBER))
    first, second = make(tmp_path, *audits, name="first"), make(tmp_path, *audits, name="second")
    files = {file.relative_to(first): file.read_bytes() for file in first.rglob("*") if file.is_file()}
    assert files == {file.relative_to(second): file.read_bytes() for file in second.rglob("*") if file.is_file()}


def test_a_client_never_appears_in_another_clients_site(tmp_path: Path) -> None:
    """Two clients built in one process share nothing but the theme."""
    make(tmp_path / "a", audit_of(name="Torrefazione Aurora"))
    other = make(tmp_path / "b", audit_of(name="Pastificio Lume", slug="lume"))
    opening = [text_of(page.find(".//h1")) for page in pages_of(other).values() if page.find(".//h1") is not None]
    assert {"Pastificio Lume", "Evidenze", "Evidence"} == set(opening)


def test_what_no_audit_makes_any_more_is_taken_away(tmp_path: Path) -> None:
    """An audit that was withdrawn, or a language given up, does not stay public through an earlier build."""
    make(tmp_path, audit_of(MAY), audit_of(NOVEMBER))
    old, kept = "audit-torrefazione-aurora-2026-05-18.it.pdf", "audit-torrefazione-aurora-2026-11-23.it.pdf"
    for name in (old, kept):
        (tmp_path / "output" / name).write_bytes(b"%PDF")
    (tmp_path / "content" / "aurora" / "2026-05-18.it.md").unlink()
    (tmp_path / "content" / "aurora" / "2026-05-18.en.md").unlink()
    output = make(tmp_path, audit_of(NOVEMBER))
    names = [file.relative_to(output).as_posix() for file in output.rglob("*") if file.is_file()]
    assert [] == [name for name in names if "2026-05-18" in name]
    assert {"index.html", "2026-11-23/facts.json", kept} <= set(names)


def test_days_may_have_different_languages(tmp_path: Path) -> None:
    """The newest day's first language leads; an older page in a language since given up still speaks it."""
    old, new = audit_of(MAY), audit_of(NOVEMBER)
    new = replace(new, client=replace(new.client, languages=("en",)))
    output = make(tmp_path, old, new)
    assert "en" == parsed(output / "index.html").get("lang")
    italian = parsed(output / "it" / "2026-05-18" / "index.html")
    assert ["Che cosa fare", "Pilastri"] == [text_of(kicker) for kicker in italian.xpath("//header/p[@class='kick']")][
        :2
    ]
    assert not (output / "it" / "index.html").exists()


def test_the_project_may_lie_behind_a_link_or_be_named_relatively(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages are the same, whatever way the folder is reached."""
    straight = outline(make(tmp_path / "real", audit_of()))
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert straight == outline(make(tmp_path / "link", audit_of()))
    monkeypatch.chdir(tmp_path / "real")
    assert straight == outline(make(Path(), audit_of()))


# ------------------------------------------------------------------------------------- what must not pass


@pytest.mark.parametrize(
    "header",
    [
        {"Status": "draft"},
        {"Status": "hidden"},
        {"Status": "skip"},
        {"Title": None},
        {"Date": None},
        {"Date": "yesterday"},
        {"Date": "2026-11-22"},
        {"Lang": "it"},
        {"Save_as": "elsewhere.html"},
        {"Template": "print"},
        {"Tags": "a, b"},
        {"Author": "somebody"},
    ],
    ids=lambda header: "-".join(f"{key}-{value}" for key, value in header.items()),
)
def test_an_article_that_pelican_would_skip_or_put_elsewhere_fails_the_build(
    tmp_path: Path, header: Mapping[str, str | None]
) -> None:
    """Pelican passes over such a file and reports success; here the build fails."""
    with pytest.raises(BuildError):
        make(tmp_path, audit_of(), header=header)


def test_a_missing_article_fails_the_build_and_is_named(tmp_path: Path) -> None:
    """An audit whose Markdown is gone is a page that would be missing."""
    audit = audit_of()
    content = lay_out(tmp_path, audit)
    (content / "2026-11-23.en.md").unlink()
    with pytest.raises(BuildError, match=r"2026-11-23\.en\.md"):
        build(sample_site(audit), content=content, output=tmp_path / "output", root=tmp_path)


def test_an_article_of_no_audit_fails_the_build_and_is_named(tmp_path: Path) -> None:
    """A stray file in the content folder is not published by accident."""
    audit = audit_of()
    content = lay_out(tmp_path, audit, audit_of(MAY))
    with pytest.raises(BuildError, match=r"2026-05-18"):
        build(sample_site(audit), content=content, output=tmp_path / "output", root=tmp_path)


@pytest.mark.parametrize(
    "raw",
    [
        "[here](javascript:alert(1))",
        "[here](JaVaScRiPt:alert(1))",
        "[here](data:text/html;base64,PHNjcmlwdD4=)",
        "[here](file:///etc/passwd)",
        "[here](//evil.example/)",
        "[here](../../../elsewhere.html)",
        '[here](#e-0001 "a title")',
        "![x](https://evil.example/pixel.gif)",
        "![x](data:image/svg+xml;base64,PHN2Zz4=)",
        "*a*{: onmouseover=alert(1) }",
        "*a*{: style=position:fixed }",
        "*a*{: id=summary }",
        "*a*{: class=cover }",
    ],
)
def test_what_slips_past_the_escape_is_stopped_after_the_conversion(tmp_path: Path, raw: str) -> None:
    """The second wall: unescaped text that makes a link, an image or an attribute of its own ends the build."""
    with pytest.raises(BuildError):
        make(tmp_path, audit_of(), hostile=raw)


@pytest.mark.parametrize("raw", ["<script>alert(1)</script>", "<b onclick=alert(1)>x</b>", "<!-- x -->", "<?php x ?>"])
def test_raw_html_in_markdown_stays_text(tmp_path: Path, raw: str) -> None:
    """Python-Markdown would pass it on; the converter of a report has no such door."""
    page = parsed(make(tmp_path, audit_of(), hostile=raw) / "index.html")
    assert raw in text_of(page.xpath("//section[@id='actions']//li")[0])
    assert [] == page.xpath("//script | //b[@onclick] | //comment()")


def hostile_texts() -> list[str]:
    """Own strings, and the lines of the public lists where they lie beside the repository."""
    lines = [line for file in HOSTILE_FILES for line in file.read_text("utf-8", "replace").splitlines()]
    return [*OWN_HOSTILE, *sorted({line.strip() for line in lines if line.strip()})]


def outline(output: Path) -> list[tuple[str, list[tuple[str, tuple[tuple[str, str], ...]]]]]:
    """Every element of every page with its attributes: what a page does, without what it says."""
    return [
        (name, [(str(element.tag), tuple(sorted(element.attrib.items()))) for element in page.iter()])
        for name, page in pages_of(output).items()
    ]


def test_hostile_text_changes_no_element_and_no_attribute(tmp_path: Path) -> None:
    """Escaped, any text in any position gives the very page that harmless text gives, but for the words."""
    harmless = outline(make(tmp_path / "harmless", audit_of(), hostile="nulla"))
    text = " · ".join(OWN_HOSTILE)
    assert harmless == outline(make(tmp_path / "own", audit_of(), hostile=escape(text)))
    texts = hostile_texts()
    for start in range(0, len(texts), 400):
        together = "".join(f"{escape(text)} · " for text in texts[start : start + 400])
        assert harmless == outline(make(tmp_path / "listed", audit_of(), hostile=f"x {together}")), start


@pytest.mark.parametrize("name", ['<script>alert("a")</script> & Figli', 'O\'Hara "Best" <b>', "Ω – 咖啡 \u202eabc"])
def test_a_hostile_company_name_stays_a_name(tmp_path: Path, name: str) -> None:
    """The name goes into titles, attributes and drawings without passing through Markdown."""
    plain = outline(make(tmp_path / "plain", audit_of(name="Torrefazione Aurora")))
    output = make(tmp_path / "hostile", audit_of(name=name))
    assert [[tag for tag, _ in page] for _, page in plain] == [[tag for tag, _ in page] for _, page in outline(output)]
    assert [] == [page for page in pages_of(output).values() if page.xpath("//@*[starts-with(name(), 'on')]")]
    assert " ".join(name.split()) == text_of(parsed(output / "index.html").find(".//h1"))
