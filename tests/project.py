"""A copy of the project in a folder of a test: the tasks run in it as a user runs them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Project:
    """The copy at `root`: its own clients and output, the project's code and theme."""

    root: Path

    @classmethod
    def at(cls, root: Path) -> Project:
        """A copy without clients."""
        root.mkdir(parents=True, exist_ok=True)
        for name in ("tasks.py", "pelicanconf.py", "publishconf.py"):
            shutil.copy(ROOT / name, root / name)
        for name in ("audit", "themes"):
            (root / name).symlink_to(ROOT / name)
        for name in ("clients", "content"):
            (root / name).mkdir()
        return cls(root)

    def with_example(self) -> Project:
        """The same with the example's client file, notes and evidence."""
        shutil.copytree(
            ROOT / "clients" / "example",
            self.root / "clients" / "example",
            ignore=shutil.ignore_patterns(
                "profiles.json", "observations.json", "audit.json", "pdf.json", "*.eml", "*.jsonl"
            ),
        )
        return self

    def client(self, slug: str, text: str) -> Path:
        """Writes a client file; returns the client's folder."""
        folder = self.root / "clients" / slug
        folder.mkdir(parents=True)
        (folder / "client.toml").write_text(text, "utf-8")
        return folder

    def invoke(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Runs a task; the result carries exit code, output and errors."""
        settings: Mapping[str, str] = {**os.environ, **environment}
        return subprocess.run(
            [sys.executable, "-m", "invoke", *arguments],
            cwd=self.root, capture_output=True, text=True, env=settings, timeout=120, check=False,
        )  # fmt: skip
