"""kill -9 anywhere and start again: nothing is asked twice, nothing half-written is read, the result is the same."""

from __future__ import annotations

import json
import random
import re
import resource
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from audit.stages import alone
from tests import needs
from tests.loopback import Web, answer
from tests.project import ROOT, Project
from tests.test_audit import HOME, page, serving

DAY = "2026-11-23"
FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Aurora</title><link>http://x.example/</link>
<item><title>Nuova miscela</title><link>http://x.example/1</link><pubDate>Mon, 16 Nov 2026 08:00:00 GMT</pubDate></item>
</channel></rss>"""
SITEMAP = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>http://x.example/</loc></url></urlset>"""
SITE = {
    "/robots.txt": answer(b"User-agent: *\nDisallow: /interno\n", content_type="text/plain"),
    "/": page(
        HOME.replace(
            "</head>",
            '<link rel="alternate" type="application/rss+xml" href="/feed.xml"><link href="/chi-siamo"></head>',
        ).replace("</body>", '<a href="/chi-siamo">Chi siamo</a></body>')
    ),
    "/contatti": page("<html><title>Contatti</title><body>Tel. 059 1234567, via Emilia 1, Modena</body></html>"),
    "/chi-siamo": page("<html><title>Chi siamo</title><body>La nostra storia comincia nel 1987.</body></html>"),
    "/feed.xml": answer(FEED, content_type="application/rss+xml"),
    "/sitemap.xml": answer(SITEMAP, content_type="application/xml"),
}

STAGES = ("discover", "extract", "observe", "score", "write")
NAMED = [
    *(f"audit.stages:{stage}:1:{when}" for stage in STAGES for when in ("before", "after")),
    *(f"audit.stages:store:{number}:{when}" for number in (1, 3, 6) for when in ("before", "after")),
    *(f"audit.files:save_page:{number}:{when}" for number in (2, 5) for when in ("before", "after")),
    *(f"os:fsync:{number}:{when}" for number in (1, 2, 5, 11, 24) for when in ("before", "after")),
    *(f"pathlib:Path.replace:{number}:{when}" for number in (1, 4, 9) for when in ("before", "after")),
    *(f"audit.fetcher:Fetcher.get:{number}:{when}" for number in (1, 4) for when in ("before", "after")),
    *(f"tempfile:mkstemp:{number}:after" for number in (1, 2, 7)),
    "audit.build:build:1:before",
    "audit.build:build:1:after",
    "audit.files:load_stage:3:after",
    "audit.files:sha256_of:2:after",
]
RANDOM_TIMES = 100
CHUNKS = 10


@dataclass
class Trials:
    """The process that dies on demand, the web that it asks, and the result of a run that nobody disturbed."""

    process: subprocess.Popen[str]
    folder: Path
    webs: tuple[Web, ...]
    client: str
    number: int = 0

    def project(self) -> Project:
        """A fresh project with the client file."""
        self.number += 1
        project = Project.at(self.folder / str(self.number))
        project.client("aurora", self.client)
        return project

    def attempt(self, project: Project, **trial: Any) -> dict[str, Any]:
        """One run, ended as told."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"root": str(project.root), **trial}) + "\n")
        self.process.stdin.flush()
        result: dict[str, Any] = json.loads(self.process.stdout.readline())
        return result

    def asked(self) -> Counter[str]:
        """How often each address was asked for so far, by port and path."""
        return Counter(f"{web.port}{asked.path}" for web in self.webs for asked in web.asked)


@pytest.fixture(scope="module")
def trials(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trials]:
    """Two sites on loopback and the process that runs audits of them."""
    webs = (Web(SITE), Web({path: route for path, route in SITE.items() if path != "/feed.xml"}))
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.crashing"],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with serving(*webs):
        own, other = (f"http://127.0.0.1:{web.port}/" for web in webs)
        client = (
            f'name = "Torrefazione Aurora"\nsite = "{own}"\nsector = "food_beverage"\nsize = "small"\n'
            'country = "IT"\nlanguages = ["it", "en"]\n[profiles]\ninstagram = "https://www.instagram.com/aurora.caffe/"\n'
            f'[[competitors]]\nname = "Nerochicco"\nsite = "{other}"\n'
        )
        yield Trials(process, tmp_path_factory.mktemp("trials"), webs, client)
        assert process.stdin is not None
        process.stdin.close()
        process.wait(20)


@pytest.fixture(scope="module")
def undisturbed(trials: Trials) -> dict[str, bytes]:
    """What a run leaves that nobody disturbed."""
    project = trials.project()
    result = trials.attempt(project)
    assert (0, 0, "") == (result["signal"], result["code"], result["told"])
    return left_by(project)


def left_by(project: Project) -> dict[str, bytes]:
    """Every file of a run's result: evidence, stage files, Markdown, site. What is kept about the run itself (lock,
    cache, count of requests) is no result."""
    run = f"clients/aurora/{DAY}"
    folders = [project.root / name for name in (run, "content", "output")]
    return {
        str(file.relative_to(project.root)): file.read_bytes()
        for folder in folders
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name not in ("courtesy.json",)
    }


def stored(project: Project) -> set[str]:
    """The addresses of the pages that the evidence holds whole, as port and path."""
    found = set()
    for record in (project.root / "clients/aurora" / DAY).rglob("*.json"):
        content = json.loads(record.read_text("utf-8"))
        if "fetched_at" in content and content["status"] is not None:
            found.add(content["url"].partition("//127.0.0.1:")[2])
    return found


def recovers(trials: Trials, undisturbed: dict[str, bytes], **death: Any) -> bool:
    """Runs until death, starts again and compares; returns whether death came before the end."""
    project = trials.project()
    died = trials.attempt(project, **death)
    assert died["code"] in (None, 0), died
    before, kept = trials.asked(), stored(project)
    again = trials.attempt(project)
    assert (0, 0, "") == (again["signal"], again["code"], again["told"])
    repeated = kept & set(trials.asked() - before)
    assert set() == repeated, "asked again although its answer was stored"
    now = left_by(project)
    assert sorted(undisturbed) == sorted(now)
    assert [] == [name for name, data in now.items() if data != undisturbed[name]]
    shutil.rmtree(project.root)
    return bool(died["signal"])


@pytest.mark.parametrize("point", NAMED)
def test_d01_kill9_at_a_named_point(trials: Trials, undisturbed: dict[str, bytes], point: str) -> None:
    """Death before or after a step of the run costs at most the one answer that was under way."""
    assert recovers(trials, undisturbed, point=point), "the point was never reached"


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_d01_kill9_at_random_times(trials: Trials, undisturbed: dict[str, bytes], chunk: int) -> None:
    """Death at any time, ten draws at a time: the same result."""
    length = min(trials.attempt(trials.project())["seconds"] for _ in range(2))
    draws = random.Random(chunk)  # the same times in every run of the tests
    for _ in range(RANDOM_TIMES // CHUNKS):
        recovers(trials, undisturbed, seconds=draws.uniform(0, length))


# ------------------------------------------------------------------------------- the disk, the files, the clock


def whole(trials: Trials) -> tuple[Project, dict[str, bytes]]:
    """A project whose audit has been made, and its files."""
    project = trials.project()
    assert 0 == trials.attempt(project)["code"]
    return project, left_by(project)


@pytest.mark.parametrize("size", [0, 300, 5_000, 40_000])
def test_d02_disk_full(trials: Trials, size: int) -> None:
    """No file may grow beyond some bytes, as on a full disk: an error of ours in words, the old audit whole."""
    project, before = whole(trials)
    touch(project)
    result = trials.attempt(project, limits={"RLIMIT_FSIZE": size})
    assert (0, 1) == (result["signal"], result["code"]), result
    told = r"FileTrouble: /\S*/aurora/\S+: File too large; free some room there and run the same task again"
    none_at_all = (
        r"MachineTrouble: the processes that read pages could not be started: .* \(File too large\)\. What was"
    )
    assert re.match(rf"audit\.errors\.{told if size else none_at_all}", result["told"]), result["told"]
    assert site_of(before) == site_of(left_by(project))
    again = trials.attempt(project)
    assert (0, "") == (again["code"], again["told"])


@pytest.mark.parametrize("files", [8, 12, 13, 14, 15, 16])
def test_d02_too_many_open_files(trials: Trials, files: int) -> None:
    """A process that may open few files only: an error of ours and never a site that "could not be reached"."""
    project, before = whole(trials)
    shutil.rmtree(project.root / "clients/aurora" / DAY)
    result = trials.attempt(project, limits={"RLIMIT_NOFILE": files})
    assert 0 == result["signal"], result
    if result["code"]:
        assert "Too many open files" in result["told"] or "has run out of files" in result["told"]
        assert site_of(before) == site_of(left_by(project))
    again = trials.attempt(project)
    assert (0, "") == (again["code"], again["told"])
    assert before == left_by(project)


def touch(project: Project) -> None:
    """Changes the client file, so that every stage has something to write."""
    place = project.root / "clients/aurora/client.toml"
    place.write_text(place.read_text("utf-8").replace("Torrefazione Aurora", "Torrefazione Aurora & Figli"), "utf-8")


def site_of(files: dict[str, bytes]) -> dict[str, bytes]:
    """The site among the files of a project."""
    return {name: data for name, data in files.items() if name.startswith("output/")}


def test_d02_in_words(trials: Trials) -> None:
    """The task tells a person: the file, the trouble, exit code 1, no traceback."""
    project, before = whole(trials)
    touch(project)
    done = subprocess.run(
        [sys.executable, "-m", "invoke", "audit", "--client", "aurora", "--day", DAY, "--offline"],
        cwd=project.root, capture_output=True, text=True, check=False, timeout=100, preexec_fn=no_room,
    )  # fmt: skip
    assert 1 == done.returncode
    assert re.fullmatch(told_of_no_room(r"/\S*/aurora/\S+"), done.stderr)
    assert site_of(before) == site_of(left_by(project))


def no_room() -> None:
    """No file of this process grows beyond 3,000 bytes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (3_000, 3_000))


def told_of_no_room(place: str) -> str:
    """What a person reads about the file that fits the pattern `place`."""
    again = "free some room there and run the same task again. What was stored before is whole"
    return rf"Error: {place}: File too large; {re.escape(again)}\n"


def test_d02_each_stage_names_what_it_could_not_write(tmp_path: Path) -> None:
    """Every stage after gathering, on a disk without room and then with: what is there before stays, the message
    names the file, and the same task again is the remedy."""
    needs.pdf_libraries()
    project = Project.at(tmp_path / "project").with_example()
    run = rf"\S*/clients/example/{DAY}"
    for task, place in (
        ("extract", rf"{run}/links\.json"),
        ("observe", rf"{run}/observations\.json"),
        ("score", rf"{run}/audit\.json"),
        ("write", rf"\S*/content/example/{DAY}\.it\.md"),
        ("build", r"\S*/output/example"),
        ("pdf", rf"\S*/output/example/audit-\S+-{DAY}\.it\.pdf or its temporary files in \S+"),
    ):
        command = [sys.executable, "-m", "invoke", task, "--client", "example"]
        before = all_files(project)
        done = subprocess.run(
            command, cwd=project.root, capture_output=True, text=True, check=False, timeout=100, preexec_fn=no_room
        )
        assert 1 == done.returncode, task
        assert re.fullmatch(told_of_no_room(place), done.stderr), (task, done.stderr)
        assert before == all_files(project), task
        assert 0 == subprocess.run(command, cwd=project.root, capture_output=True, check=False).returncode, task


def all_files(project: Project) -> dict[Path, bytes]:
    """What clients, content and output hold, but for locks and what is still being made."""
    return {
        file: file.read_bytes()
        for name in ("clients", "content", "output")
        for file in (project.root / name).rglob("*")
        if file.is_file() and not any(part.startswith(".") for part in file.relative_to(project.root).parts)
    }


def test_d03_two_runs_same_client(trials: Trials) -> None:
    """The second run of a client is told about the first and does nothing; another client's is not held up."""
    project = trials.project()
    shutil.copytree(project.root / "clients/aurora", project.root / "clients/borea")
    with alone(project.root, "aurora"):
        for task in ("audit", "fetch", "discover"):
            done = project.invoke(task, "--client", "aurora", "--day", DAY)
            told = "another run of aurora is going on; wait until it has ended, or stop it, and start this one again"
            assert (1, f"Error: {told}\n") == (done.returncode, done.stderr), task
        with alone(project.root, "borea"):
            assert not (project.root / "clients/aurora" / DAY).exists()
    assert 0 == trials.attempt(project)["code"]


def test_d03_a_dead_run_holds_nobody_up(trials: Trials) -> None:
    """The lock of a run that was killed is free."""
    project = trials.project()
    assert 9 == trials.attempt(project, point="audit.stages:extract:1:before")["signal"]
    with alone(project.root, "aurora"):
        assert (project.root / "clients/aurora/.lock").exists()
