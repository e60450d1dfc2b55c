"""The report's languages: complete catalogues, numbers and dates as people write them."""

from __future__ import annotations

import ast
import re
from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from audit import charts, sections, write
from audit.language import Language, languages, round_half_up, whole_percent_down
from audit.platforms import platforms

AUDIT = Path(__file__).resolve().parent.parent / "audit"
THEME = AUDIT.parent / "themes" / "finestra" / "templates"
CALL = re.compile(r"""(?:\b_|\btext|ngettext|plural)\(\s*"((?:[^"\\]|\\.)*)"(?:\s*,\s*"((?:[^"\\]|\\.)*)")?""")


def messages_of_templates() -> set[str]:
    """Every message that a template says."""
    files = [*(AUDIT / "templates").glob("*.j2"), *THEME.glob("*.html")]
    return {match.group(1) for file in files for match in CALL.finditer(file.read_text("utf-8"))}


def messages_of_code() -> set[str]:
    """Every message that a module says: literal first arguments of text() and plural(), and the tables of words."""
    found: set[str] = set()
    for file in AUDIT.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
                first = node.args[0]
                said = str(first.value) if isinstance(first, ast.Constant) else ""
                if node.func.attr in ("text", "plural") and said.strip() and not said.startswith("/"):  # pointer
                    found.add(said)
    tables = (
        write.STATES, write.SOURCES, write.REASONS, write.REMEDIES, write.METRICS, write.CHECKS, write.BANDS,
        write.OWNERSHIP, write.ALONE, write.TOLD, write.REPAIRS, write.PLACES,
    )  # fmt: skip
    for table in (*tables, sections.NAMES, dict(charts._BANDS)):
        found |= set(table.values())
    found |= {platform.way_in for platform in platforms().values()}
    return found | {write.ANY_REMEDY}


@pytest.mark.parametrize("code", [code for code in languages() if code != "en"])
def test_a_catalogue_says_everything(code: str) -> None:
    """No English word is left in a report of another language, and no text in the catalogue is unused."""
    with (AUDIT / "locale" / f"{code}.po").open("rb") as file:
        known = {m.id if isinstance(m.id, str) else m.id[0] for m in read_po(file, locale=code) if m.id}
    used = messages_of_templates() | messages_of_code()
    titles = {platform.title for platform in platforms().values()}
    assert set() == used - known
    assert set() == known - used - titles


@pytest.mark.parametrize("code", [code for code in languages() if code != "en"])
def test_a_translation_uses_the_fields_of_its_message(code: str) -> None:
    """A {field} is in both or in neither: a wrong one would end the report."""
    with (AUDIT / "locale" / f"{code}.po").open("rb") as file:
        for message in read_po(file, locale=code):
            if not message.id:
                continue
            ids = [message.id] if isinstance(message.id, str) else list(message.id)
            texts = [message.string] if isinstance(message.string, str) else list(message.string)
            wanted = set(re.findall(r"\{(\w+)\}", " ".join(ids)))
            for text in texts:
                assert text, message.id
                assert set() == set(re.findall(r"\{(\w+)\}", text)) - wanted, message.id


@pytest.mark.parametrize(
    ("code", "value", "digits", "expected"),
    [
        ("it", 12300, 0, "12.300"),
        ("en", 12300, 0, "12,300"),
        ("it", 2.5, 1, "2,5"),
        ("it", -0.25, 1, "−0,3"),
        ("it", 1000, 0, "1.000"),
        ("en", 0.5, 0, "1"),
    ],
)
def test_numbers(code: str, value: float, digits: int, expected: str) -> None:
    """The language's separators, rounded half up, a real minus."""
    assert expected == Language(code).number(value, digits)


def test_percentages() -> None:
    """A no-break space before the sign in Italian; a coverage never claims more than was seen."""
    assert ("0,78\u00a0%", "0.78%") == (Language("it").percent(0.0078, 2), Language("en").percent(0.0078, 2))
    assert ("84\u00a0%", "84%") == (Language("it").coverage(0.8499), Language("en").coverage(0.8499))


def test_dates_and_lists() -> None:
    """As the languages write them, whatever the machine's locale is."""
    day = date(2026, 11, 3)
    assert ("3 novembre 2026", "3 November 2026") == (Language("it").date(day), Language("en").date(day))
    assert "a, b e c" == Language("it").list(["a", "b", "c"])


def test_rounding() -> None:
    """Half away from zero, so that what is printed is what a person computes; coverage downwards."""
    assert [1, 2, 3, -1] == [round_half_up(value) for value in (0.5, 1.5, 2.5, -0.5)]
    assert [84, 85] == [whole_percent_down(value) for value in (0.8499, 0.85)]


def test_an_unknown_language_is_named() -> None:
    """The message lists the languages that there are."""
    with pytest.raises(ValueError, match="en, it"):
        Language("xx")
