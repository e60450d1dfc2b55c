"""`./invoke new` on pages that take too long to read, or that our reader fails on: words, and no long wait."""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path

import pytest

from audit.client import load_client
from tests.loopback import Web
from tests.project import Project
from tests.test_audit import serving
from tests.test_reading_apart import NEVER_ENDS, TOO_LONG, page, project_with

SITE = "http://torrefazioneaurora.example/"
UNREAD = f"its links were not read: {TOO_LONG}"
TRAP = '<a href="http://sleepy.example/in-discover">A</a>'
HOME = """<html lang="it"><head><title>Torrefazione Aurora</title></head><body><p>Caff&egrave; dal 1987</p>
<a href="/contatti">Contatti</a><footer><a href="https://t.me/auroracaffe">T</a>{}</footer></body></html>"""
CONTACT = "<html><head><title>Contatti</title></head><body><p>Via Roma 1</p>{}</body></html>"


def made(project: Project, home: str, contact: str, *wishes: str) -> subprocess.CompletedProcess[str]:
    """`new`, as a person runs it, on a site of these two pages."""
    with serving(web := Web({"/": page(home), "/contatti": page(contact)})):
        return project.invoke(
            "new", "--site", SITE, "--client", "aurora", *wishes, INVOKE_FETCH_ALLOW_LOOPBACK="1",
            INVOKE_FETCH_DELAY="0", INVOKE_FETCH_HOSTS=f"torrefazioneaurora.example=127.0.0.1:{web.port}",
        )  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project without clients."""
    return Project.at(tmp_path / "project")


def clients(project: Project) -> list[str]:
    """What lies below clients/."""
    return [path.name for path in (project.root / "clients").iterdir()]


@pytest.mark.parametrize(
    ("home", "contact"),
    [(HOME.format(TRAP), CONTACT.format("")), (HOME.format(""), CONTACT.format(TRAP))],
    ids=["home", "contact"],
)
def test_a_page_that_takes_too_long_to_read_writes_nothing(tmp_path: Path, home: str, contact: str) -> None:
    """The reason is told: that no profiles are known does not mean that there are none."""
    project = project_with(tmp_path, NEVER_ENDS)
    began = time.monotonic()
    done = made(project, home, contact)
    assert time.monotonic() - began < 30
    assert 1 == done.returncode, done.stderr
    assert f"{SITE} shows nothing: {UNREAD}. Nothing was written." in done.stderr
    assert 1 == done.stdout.count(UNREAD)
    assert [] == clients(project)


def test_a_page_that_takes_too_long_to_read_is_told_where_the_name_is_given(tmp_path: Path) -> None:
    """The file is written for a person to fill in."""
    project = project_with(tmp_path, NEVER_ENDS)
    done = made(project, HOME.format(TRAP), CONTACT.format(""), "--name", "Torrefazione Aurora")
    assert 0 == done.returncode, done.stderr
    assert f"Torrefazione Aurora: 0 profiles found\n  {UNREAD}\n" in done.stdout
    assert ["website"] == [one.platform for one in load_client(project.root / "clients" / "aurora").company.profiles]


def test_classes_of_a_hundred_thousand_words_cost_no_time(project: Project) -> None:
    """They are asked anew for every link below them."""
    around = '<div class="social ' + "x " * 100_000 + '">'
    home = HOME.format(around * 9 + '<a href="https://www.instagram.com/aurora.caffe/">I</a>' * 1_000)
    done = made(project, home, CONTACT.format(""))
    assert 0 == done.returncode, done.stderr
    assert "instagram.com/aurora.caffe" in done.stdout


def test_addresses_and_declarations_without_end_are_passed_over(project: Project) -> None:
    """A profile's address is short, and a page declares few."""
    many = "".join(f'<link rel="me" href="https://t.me/aurora{number}">' for number in range(20_000))
    long = f'<a href="https://www.facebook.com/sharer.php?u={"a" * 1_000_000}">Condividi</a>'
    done = made(project, HOME.format(long).replace("<title>", f"{many}<title>"), CONTACT.format(""))
    assert 0 == done.returncode, done.stderr
    assert "sharer.php" not in done.stdout
    rows = json.loads(next(project.root.glob("clients/aurora/*/links.json")).read_text("utf-8"))["links"]
    assert 1_000 == sum("rel-me" in [mention["found_in"] for mention in row["mentions"]] for row in rows)


def test_a_reader_that_raises_is_named(tmp_path: Path) -> None:
    """Once, with the error's kind, and the task says by its exit code that a defect of ours was met."""
    project = project_with(tmp_path, 'raise LookupError("a defect")')
    done = made(project, HOME.format(TRAP), CONTACT.format(""), "--name", "Torrefazione Aurora")
    assert 3 == done.returncode, done.stderr
    assert 1 == done.stderr.count("A reader failed, the rest is complete: website ")
    assert "LookupError: a defect" in done.stderr
    assert "our reader failed on this page" in done.stdout
    assert ["aurora"] == clients(project)
