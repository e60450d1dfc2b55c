"""What each stage costs on the example: CPU and wall seconds, peak memory. No network."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from audit.errors import StageError
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
        command = [sys.executable, "-m", "audit.bench", str(root), scratch]
        done = subprocess.run(command, cwd=root, check=False, capture_output=True, text=True)
    if done.returncode:
        raise StageError(f"the benchmark ended early: {(done.stderr.strip().splitlines() or ['no message'])[-1]}")
    figures: dict[str, list[float]] = json.loads(done.stdout.splitlines()[-1])
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
        cpu, wall = _cpu(), time.perf_counter()
        step()
        figures[name] = [_cpu() - cpu, time.perf_counter() - wall, _peak()]
    figures["all"] = [_cpu(), time.perf_counter() - begun, _peak()]
    return figures


def _cpu() -> float:
    """CPU seconds of this process and its ended children."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _peak() -> float:
    """Largest resident size so far, of this process or a child, in MiB."""
    largest = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return largest / (1024 * 1024 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), Path(sys.argv[2]))))  # noqa: T201
