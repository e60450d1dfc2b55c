"""Reading in processes of its own, from the command line: a reader that never ends costs its deadline and nothing
else, one that raises costs its own profile, and no worker outlives the process that it reads for."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.loopback import Web, answer
from tests.project import ROOT, Project
from tests.test_audit import serving

SECONDS = 2
SLEEPY = '''"""A platform whose reader does not come back."""

import time

from audit.models import Link, Page, Profile, State
from audit.parse.document import Document
from audit.platforms._base import Platform


class Sleepy(Platform):
    name = "sleepy"
    title = "Sleepy"
    hosts = frozenset({"sleepy.example"})
    roles = ("profile", "more")
    way_in = "Open the public profile in a browser, save the page and import the file."

    def link(self, url: str) -> Link | None:
        if url.endswith("/in-discover"):
            NEVER
        handle = url.rpartition("/")[2]
        return Link(company="client", platform="sleepy", handle=handle, url=url)

    def wants(self, link: Link, pages: dict[str, Page]) -> dict[str, object]:
        if pages and link.handle == "in-fetch":
            NEVER
        return super().wants(link, pages)

    def values(self, link: Link, page: Page, document: Document) -> Profile | None:
        if link.handle == "in-extract":
            NEVER
        return self.blank(link, state=State.OBSERVED)


PLATFORM = Sleepy()
'''
CLIENT = """name = "Aurora"
site = "http://127.0.0.1:{port}/"
sector = "food_beverage"
size = "small"
country = "IT"
[profiles]
sleepy = [{profiles}]
"""
HOME = "<html lang=it><title>Aurora</title><body><h1>Aurora</h1><footer>{links}</footer><p>Caffè</p></body></html>"
ADDRESS = "http://sleepy.example/"
TOO_LONG = f"reading took longer than {SECONDS} s"


def page(text: str) -> bytes:
    """A page."""
    return answer(text.encode(), content_type="text/html; charset=utf-8")


def project_with(folder: Path, never: str, seconds: float = SECONDS) -> Project:
    """A project with a copy of the code, in which a platform's reader does `never` and readers have so many seconds."""
    project = Project.at(folder / "project")
    (project.root / "audit").unlink()
    shutil.copytree(ROOT / "audit", project.root / "audit", ignore=shutil.ignore_patterns("__pycache__"))
    (project.root / "audit/platforms/sleepy.py").write_text(SLEEPY.replace("NEVER", never), "utf-8")
    reading = project.root / "audit/reading.py"
    limited = reading.read_text("utf-8").replace("seconds: float = 20.0", f"seconds: float = {seconds}")
    assert f"seconds: float = {seconds}" in limited
    reading.write_text(limited, "utf-8")
    return project


@contextmanager
def company(project: Project, handles: list[str], links: str = "") -> Iterator[dict[str, str]]:
    """A company with these profiles on the platform, whose site shows `links`: both are served while the block runs,
    which gets the settings that lead there."""
    sleepy = {f"sleepy.example/{handle}": page(f"<html><title>{handle}</title><p>A</p></html>") for handle in handles}
    with serving(web := Web({"/": page(HOME.format(links=links)), **sleepy})):
        profiles = ", ".join(f'"{ADDRESS}{handle}"' for handle in handles)
        project.client("aurora", CLIENT.format(port=web.port, profiles=profiles))
        yield {
            "INVOKE_FETCH_ALLOW_LOOPBACK": "true",
            "INVOKE_FETCH_DELAY": "0",
            "INVOKE_FETCH_HOSTS": f"sleepy.example=127.0.0.1:{web.port}",
        }


def audited(project: Project, handles: list[str], links: str = "") -> subprocess.CompletedProcess[str]:
    """A whole audit of it."""
    with company(project, handles, links) as settings:
        return project.invoke("audit", "--client", "aurora", **settings)


def result_of(project: Project) -> dict[tuple[str, str], tuple[str, str | None]]:
    """State and reason of each profile, by platform and handle."""
    [place] = project.root.glob("clients/aurora/*/profiles.json")
    profiles: list[dict[str, Any]] = json.loads(place.read_text("utf-8"))["profiles"]
    return {
        (one["platform"], one["handle"] if one["platform"] != "website" else ""): (one["state"], one["reason"])
        for one in profiles
    }


def pages_of(project: Project, handle: str) -> dict[str, tuple[str, str | None]]:
    """State and reason of each stored page of a profile on the platform, by role."""
    [folder] = project.root.glob(f"clients/aurora/*/evidence/client/sleepy/{handle}")
    records = [json.loads(place.read_text("utf-8")) for place in folder.glob("*.json") if place.name != "link.json"]
    return {record["role"]: (record["state"], record["reason"]) for record in records}


NEVER_ENDS = "time.sleep(300)"


def test_p01_a_reader_that_never_ends_in_extract(tmp_path: Path) -> None:
    """Its profile is failed with the reason, every other one is read, and the report is made."""
    project = project_with(tmp_path, NEVER_ENDS)
    done = audited(project, ["in-extract", "awake"])
    assert 0 == done.returncode, done.stderr
    assert {
        ("sleepy", "in-extract"): ("failed", TOO_LONG), ("sleepy", "awake"): ("observed", None),
        ("website", ""): ("observed", None),
    } == result_of(project)  # fmt: skip
    assert (project.root / "output/aurora/index.html").exists()


def test_p01_a_reader_that_never_ends_in_fetch(tmp_path: Path) -> None:
    """What it would have asked for next is a page that failed, with the reason; the others are asked."""
    project = project_with(tmp_path, NEVER_ENDS)
    done = audited(project, ["in-fetch", "awake"])
    assert 0 == done.returncode, done.stderr
    why = f"what to ask for next could not be worked out: {TOO_LONG}"
    assert {"profile": ("observed", None), "more": ("failed", why)} == pages_of(project, "in-fetch")
    assert {"profile": ("observed", None)} == pages_of(project, "awake")
    assert f"  Aurora, Sleepy in-fetch: more: failed, {why}\n" in done.stdout


def test_p01_a_reader_that_never_ends_in_discover(tmp_path: Path) -> None:
    """The site's links are not read, which is said; the site is failed with the reason, the profiles are asked."""
    project = project_with(tmp_path, NEVER_ENDS)
    done = audited(project, ["awake"], links=f'<a href="{ADDRESS}in-discover">Sleepy</a>')
    assert 0 == done.returncode, done.stderr
    assert {("sleepy", "awake"): ("observed", None), ("website", ""): ("failed", TOO_LONG)} == result_of(project)
    assert f": its links were not read: {TOO_LONG}\n" in done.stdout


RAISES = 'raise RuntimeError("a defect of ours")'


@pytest.mark.parametrize("where", ["in-extract", "in-fetch", "in-discover"])
def test_d08_a_reader_that_raises(tmp_path: Path, where: str) -> None:
    """Wherever it raises, it is named, the rest is complete, the site is built, and the exit code is 3."""
    project = project_with(tmp_path, RAISES)
    in_discover = where == "in-discover"
    handles = ["awake"] if in_discover else [where, "awake"]
    done = audited(project, handles, links=f'<a href="{ADDRESS}in-discover">Sleepy</a>' if in_discover else "")
    assert 3 == done.returncode, done.stderr
    whose = "website 127.0.0.1" if in_discover else f"sleepy {where}"
    named = f"A reader failed, the rest is complete: {whose}"
    assert 1 == sum(
        line.startswith(named) and "RuntimeError: a defect of ours" in line for line in done.stderr.split("\n")
    )
    assert ("observed", None) == result_of(project)["sleepy", "awake"]
    assert (project.root / "output/aurora/index.html").exists()


def test_p01_workers_die_with_the_process_that_they_read_for(tmp_path: Path) -> None:
    """kill -9 of a run that is reading: nothing goes on reading."""
    project = project_with(tmp_path, NEVER_ENDS, seconds=60)
    with company(project, ["in-extract", "awake"]) as settings:
        run = subprocess.Popen(
            [sys.executable, "-u", "-m", "invoke", "audit", "--client", "aurora"],
            cwd=project.root, env={**os.environ, **settings}, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert run.stdout is not None
        assert "extract ...\n" in iter(run.stdout.readline, "")
        workers = until(lambda: children_of(run.pid), lambda found: len(found) > 0)
        assert [] != workers
        run.send_signal(signal.SIGKILL)
        run.wait(10)
        run.stdout.close()
    assert [] == until(lambda: [worker for worker in workers if is_alive(worker)], lambda left: left == [])


def until(look: Callable[[], list[int]], enough: Callable[[list[int]], bool]) -> list[int]:
    """What is there as soon as it is enough, or after five seconds."""
    ends = time.monotonic() + 5
    while not enough(found := look()) and time.monotonic() < ends:
        time.sleep(0.05)
    return found


def stat_of(process: int) -> list[str]:
    """State, parent and more of a process; nothing of one that is gone."""
    try:
        return Path("/proc", str(process), "stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return []


def children_of(parent: int) -> list[int]:
    """The processes that another has started."""
    processes = [int(place.name) for place in Path("/proc").iterdir() if place.name.isdigit()]
    return [process for process in processes if stat_of(process)[1:2] == [str(parent)]]


def is_alive(process: int) -> bool:
    """Whether it can still do something."""
    return stat_of(process)[:1] not in ([], ["Z"], ["X"])
