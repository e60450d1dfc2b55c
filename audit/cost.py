"""What a piece of work costs: CPU seconds and peak memory, measured in processes of their own for the benchmarks."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

from audit.errors import StageError


def figures_of(arguments: list[str], *, cwd: Path) -> Any:
    """What a fresh Python prints as JSON in its last line; raises StageError with its last words when it fails."""
    done = subprocess.run([sys.executable, *arguments], cwd=cwd, check=False, capture_output=True, text=True)
    if done.returncode:
        raise StageError(f"the benchmark ended early: {(done.stderr.strip().splitlines() or ['no message'])[-1]}")
    return json.loads(done.stdout.splitlines()[-1])


def cpu_seconds() -> float:
    """CPU seconds of this process and its ended children."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def peak_mib() -> float:
    """Largest resident size so far, of this process or a child, in MiB."""
    largest = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return largest / (1024 * 1024 if sys.platform == "darwin" else 1024)
