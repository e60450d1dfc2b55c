"""What each stage costs on the example: CPU and wall seconds, peak memory. No network."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from audit.cost import cpu_seconds, figures_of, peak_mib
from audit.summary import aligned

_STAGES = ("extract", "observe", "score", "write", "build", "pdf")


def table(root: Path, runs: int) -> str:
    """The middle values of `runs` runs, each in a fresh process, imports included; the site is built anew."""
    measured = [_run(root) for _ in range(max(1, runs))]
    rows: list[tuple[str, ...]] = [("stage", "CPU s", "wall s", "peak MiB")]
    for stage in (*_STAGES, "all"):
        figures = [[one[stage][index] for one in measured] for index in range(3)]
        cpu, wall, peak = (median(values) for values in figures)
        rows.append((stage, f"{cpu:.2f}", f"{wall:.2f}", f"{peak:.0f}"))
    return aligned(rows, right=(1, 2, 3))


def _run(root: Path) -> dict[str, list[float]]:
    with tempfile.TemporaryDirectory() as scratch:
        figures: dict[str, list[float]] = figures_of(["-m", "audit.bench", str(root), scratch], cwd=root)
    return figures


def measure(root: Path, scratch: Path) -> dict[str, list[float]]:
    """Runs the newest example audit once in a copy of the project's data below `scratch`."""
    import shutil

    made = shutil.ignore_patterns("profiles.json", "observations.json", "audit.json", "pdf.json")
    for name in ("clients/example", "themes"):
        shutil.copytree(root / name, scratch / name, ignore=made)
    shutil.copy(root / "pelicanconf.py", scratch)
    begun = time.perf_counter()
    from audit import stages

    run = stages.latest(scratch, "example")
    steps: dict[str, Callable[[], object]] = {
        "extract": lambda: stages.extract(run),
        "observe": lambda: stages.observe(run),
        "score": lambda: stages.score(run),
        "write": lambda: stages.write(run),
        "build": lambda: stages.build(scratch, "example"),
        "pdf": lambda: stages.pdf(run),
    }
    figures: dict[str, list[float]] = {}
    for name, step in steps.items():
        cpu, wall = cpu_seconds(), time.perf_counter()
        step()
        figures[name] = [cpu_seconds() - cpu, time.perf_counter() - wall, peak_mib()]
    figures["all"] = [cpu_seconds(), time.perf_counter() - begun, peak_mib()]
    return figures


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), Path(sys.argv[2]))))  # noqa: T201
