"""The shape of the code: who may import whom."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

AUDIT = Path(__file__).resolve().parent.parent / "audit"
CORE = {"models", "errors", "parse", "method", "found_in"}
# Which of our own modules a pure module may import. Keys are modules or packages of audit/.
ALLOWED = {
    "models": set(),
    "errors": set(),
    "found_in": set(),
    "credentials": {"errors"},
    "parse": CORE - {"method"},
    "method": CORE,
    "walls": CORE - {"method"},
    "platforms": CORE - {"method"} | {"platforms", "walls", "discover", "credentials"},
    "discover": CORE - {"method"} | {"platforms", "redirectors", "link_kinds", "link_words", "link_places"},
    "main_account": CORE - {"method"},
    "redirectors": CORE - {"method"} | {"platforms"},
    "link_kinds": CORE - {"method"},
    "link_words": set(),
    "link_places": CORE - {"method"} | {"platforms", "redirectors", "link_words"},
    "roster": CORE - {"method"} | {"platforms", "link_kinds"},
    "ownership": CORE - {"method"} | {"platforms", "discover", "link_kinds", "roster"},
    "identity": CORE - {"method"},
    "client_file": CORE - {"method"},
    "third_persons": CORE - {"method"} | {"platforms"},
    "surroundings": CORE - {"method"} | {"platforms", "discover", "identity", "roster", "wikidata", "link_kinds"},
    "wikidata": CORE - {"method"} | {"platforms"},
    "observe": CORE | {"ownership"},
    "pillars": CORE | {"pillars"},
    "score": CORE | {"pillars", "recommend"},
    "recommend": CORE,
    "write": CORE | {"language", "charts"},
    "charts": CORE | {"language", "font_metrics"},
    "font_metrics": set(),
    "robots": set(),
    "wording": set(),
    "events": CORE - {"method"} | {"wording"},
    "controls": CORE - {"method"} | {"platforms"},
    "forecast": CORE - {"method"} | {"platforms", "credentials"},
}


def imports_of(path: Path) -> set[str]:
    """The names that a module imports, dotted."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def own_parts(names: set[str]) -> set[str]:
    """The modules or packages directly below audit/ among imported names."""
    return {name.split(".")[1] for name in names if name.startswith("audit.")}


def modules_of(part: str) -> list[Path]:
    """The files of a module or package of audit/."""
    return sorted((AUDIT / part).rglob("*.py")) if (AUDIT / part).is_dir() else [AUDIT / f"{part}.py"]


@pytest.mark.parametrize("part", sorted(ALLOWED))
def test_pure_modules_import_only_what_the_architecture_allows(part: str) -> None:
    """A pure module knows the nouns, the parsers and the method; never files, the network or the reports."""
    allowed = ALLOWED[part] | {part}
    for path in modules_of(part):
        beyond = own_parts(imports_of(path)) - allowed
        assert set() == {name for name in beyond if name != "__version__"}, path.name


def test_only_the_wire_imports_httpx() -> None:
    """One module speaks HTTP to the outside: another library in its place changes that one."""
    speakers = {path.name for path in AUDIT.rglob("*.py") if any(n.split(".")[0] == "httpx" for n in imports_of(path))}
    assert {"wire.py"} == speakers


def test_pure_modules_read_neither_clock_nor_files_nor_network() -> None:
    """Time, files and sockets are passed in from the edges."""
    forbidden = {"time", "socket", "subprocess", "urllib.request", "asyncio", "os", "tempfile", "shutil"}
    pure = [path for part in ALLOWED if part not in ("platforms", "pillars", "method") for path in modules_of(part)]
    for path in pure:
        assert set() == imports_of(path) & forbidden, path.name


def test_a_platform_imports_no_other_platform() -> None:
    """A platform is one module: adding or removing it touches no other."""
    names = {path.stem for path in (AUDIT / "platforms").glob("*.py") if not path.stem.startswith("_")}
    for name in names:
        imported = imports_of(AUDIT / "platforms" / f"{name}.py")
        assert set() == {other for other in names - {name} if f"audit.platforms.{other}" in " ".join(imported)}, name


def test_nobody_but_the_tasks_reads_the_clock() -> None:
    """`datetime.now`, `date.today` and `time.time` stand in tasks.py alone."""
    for path in AUDIT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                called = f"{ast.unparse(node.func.value)}.{node.func.attr}"
                assert called not in {"datetime.now", "datetime.utcnow", "date.today", "time.time"}, path.name


def test_every_private_name_is_used_in_its_module() -> None:
    """A constant, class or function that begins with an underscore and that its own module never reads is left over."""
    left_over: list[str] = []
    for path in sorted(AUDIT.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        read = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
        for node in tree.body:
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            names = [target.id for target in targets if isinstance(target, ast.Name)] + [getattr(node, "name", "")]
            left_over.extend(f"{path.name}: {name}" for name in names if re.match(r"_[^_]", name) and name not in read)
    assert [] == left_over
