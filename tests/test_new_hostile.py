"""`./invoke new` on pages that take too long to read, or that our reader fails on: words, and no long wait."""

from __future__ import annotations

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


def clients(project: Project) -> list[str]:
    """What lies below clients/."""
    return [path.name for path in (project.root / "clients").iterdir()]


@pytest.mark.parametrize(
    ("home", "contact", "why"),
    [
        (HOME.format(TRAP), CONTACT.format(""), TOO_LONG),
        (HOME.format(""), CONTACT.format(TRAP), f"its links were not read: {TOO_LONG}"),
    ],
    ids=["home", "contact"],
)
def test_a_page_that_takes_too_long_to_read_writes_nothing(tmp_path: Path, home: str, contact: str, why: str) -> None:
    """The reason is told: that no profiles are known does not mean that there are none."""
    project = project_with(tmp_path, NEVER_ENDS)
    began = time.monotonic()
    done = made(project, home, contact)
    assert time.monotonic() - began < 30
    assert 1 == done.returncode, done.stderr
    assert f"{SITE} shows nothing: {why}. Nothing was written." in done.stderr
    assert [] == clients(project)


def test_a_page_that_takes_too_long_to_read_is_told_where_the_name_is_given(tmp_path: Path) -> None:
    """The file is written for a person to fill in."""
    project = project_with(tmp_path, NEVER_ENDS)
    done = made(project, HOME.format(TRAP), CONTACT.format(""), "--name", "Torrefazione Aurora")
    assert 0 == done.returncode, done.stderr
    assert f"Torrefazione Aurora: 0 profiles found\n  {TOO_LONG}\n" in done.stdout
    assert ["website"] == [one.platform for one in load_client(project.root / "clients" / "aurora").company.profiles]


def test_a_reader_that_raises_is_named(tmp_path: Path) -> None:
    """Once, with the error's kind, and the task says by its exit code that a defect of ours was met."""
    project = project_with(tmp_path, 'raise LookupError("a defect")')
    done = made(project, HOME.format(TRAP), CONTACT.format(""), "--name", "Torrefazione Aurora")
    assert 3 == done.returncode, done.stderr
    assert 1 == done.stderr.count("A reader failed, the rest is complete: website ")
    assert "LookupError: a defect" in done.stderr
    assert "our reader failed on this page" in done.stdout
    assert ["aurora"] == clients(project)
