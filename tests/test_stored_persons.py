"""People planted in pages are in no file of a run: not where it asks, and not where a person gives it saved pages."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from planted import NAMES, PLANTED
from test_saved_formats import HTML, warc
from test_third_persons import link_to, page_of

from audit import stages
from audit.gather import Stage
from audit.models import State
from audit.platforms import platform_of
from audit.reading import Readers, ReadingLimits
from audit.stages import Run
from tests.loopback import answer
from tests.project import Project
from tests.test_audit import serving
from tests.test_gathering import CLIENT, place, site

COMMENTS = PLANTED["wordpress comments"].body.encode()
PAGES = {
    "https://www.trustpilot.com/review/aurora.example": "trustpilot",
    "https://www.linkedin.com/company/torrefazione-aurora/": "linkedin",
    "https://www.facebook.com/torrefazioneaurora": "facebook page",
    "https://www.tiktok.com/@aurora.caffe": "tiktok",
    "https://torrefazioneaurora.example/": "reviews on a site",
}


def found_in(folder: Path) -> list[str]:
    """The files below a folder that hold a planted name, in their bytes or their own names."""
    return [
        f"{path.relative_to(folder)}: {name}"
        for path in sorted(folder.rglob("*"))
        for name in NAMES
        if name in path.name or (path.is_file() and name.encode() in path.read_bytes())
    ]


def test_pages_that_were_asked_for_are_kept_without_others(tmp_path: Path) -> None:
    """Evidence, ledger and the cache of answers; the digest of what came stands in the record."""
    web = site(links="<p>Noi</p>")
    web = replace(web, routes={**web.routes, "/": kept_answer(COMMENTS)})
    with serving(web):
        here = place(tmp_path, web)
        here.gather(Stage.DISCOVER)
        [first] = (here.run.evidence / "client" / "website").rglob("home.json")
        record = json.loads(first.read_text("utf-8"))
        first.with_suffix(".body").unlink()
        first.unlink()
        here.gather(Stage.DISCOVER)

    assert [] == found_in(here.project.root / "clients")
    assert (here.run.client_folder / ".cache" / "http.db").exists()
    assert hashlib.sha256(COMMENTS).hexdigest() == record["came_as"]
    again = json.loads(first.read_text("utf-8"))
    assert 1 == [asked.path for asked in web.asked].count("/")
    assert (record["sha256"], record["came_as"]) == (again["sha256"], again["came_as"])
    assert record["sha256"] == hashlib.sha256(first.with_suffix(".body").read_bytes()).hexdigest()


def kept_answer(body: bytes) -> bytes:
    """An answer that may be kept for an hour."""
    return answer(body, content_type="text/html; charset=utf-8", cache_control="max-age=3600")


def test_pages_that_a_person_saved_are_stored_without_others(tmp_path: Path) -> None:
    """From the archive to the site: nobody who comments, reviews or likes is in any file."""
    project = Project.at(tmp_path / "project")
    project.client("aurora", CLIENT.format(site="https://torrefazioneaurora.example/"))
    for url, name in PAGES.items():
        (tmp_path / f"{name}.warc.gz").write_bytes(warc((url, PLANTED[name].body.encode(), HTML)))
    archives = [part for name in PAGES.values() for part in ("--file", str(tmp_path / f"{name}.warc.gz"))]
    options = ("--client", "aurora", "--day", "2026-11-23")
    done = project.invoke("import", *options, "--company", "client", *archives)
    audited = project.invoke("audit", *options, "--offline")

    assert (0, 0) == (done.returncode, audited.returncode), done.stderr + audited.stderr
    assert len(PAGES) == done.stdout.count("; other people in it were taken out")
    assert [] == found_in(project.root / "clients") + found_in(project.root / "content")
    assert [] == found_in(project.root / "output")


def test_an_answer_of_every_platform_is_stored_without_others(tmp_path: Path) -> None:
    """Each planted answer, as the page of the profile that it is about."""
    run = Run(tmp_path, "aurora", date(2026, 11, 23))
    taken = []
    for name, planted in PLANTED.items():
        link = link_to(planted.url, planted.handle)
        link = replace(link, company=name.replace(" ", "-"), handle=link.handle or "aurora")
        role = platform_of(planted.url).role(planted.url) or "profile"
        taken.append((link, replace(page_of(planted.url, planted.body.encode()), role=role)))

    assert [] == stages.import_pages(run, taken)
    assert [] == found_in(run.evidence)
    assert len(PLANTED) == len(list(run.evidence.rglob("*.body")))


def slow(body: bytes, rules: object, own: str = "") -> bytes:
    """What a page that takes for ever does to the reader."""
    while True:
        pass


def test_a_page_that_takes_for_ever_is_not_stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is left, with the reason; nothing of it lies on the disk."""
    monkeypatch.setattr("audit.third_persons.without", slow)
    planted = PLANTED["discord"]
    run = Run(tmp_path, "aurora", date(2026, 11, 23))
    with Readers(ReadingLimits(seconds=0.5, workers=1)) as readers:
        [(_, _, why)] = stages.import_pages(
            run, [(link_to(planted.url), page_of(planted.url, planted.body.encode()))], readers=readers
        )

    assert "other people could not be taken out of it: reading took longer than 0.5 s" == why
    assert not run.evidence.exists()


def test_an_answer_that_takes_for_ever_has_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What came is kept nowhere, and the page says why."""
    monkeypatch.setattr("audit.third_persons.without", slow)
    monkeypatch.setattr("audit.gather.Readers", lambda: Readers(ReadingLimits(seconds=0.5, workers=1)))
    web = site()
    web = replace(web, routes={**web.routes, "/": kept_answer(COMMENTS)})
    with serving(web):
        here = place(tmp_path, web)
        here.gather(Stage.DISCOVER)

    [stored] = [page for link in stages.links_of(here.run.client()) for page in stages.stored(here.run, link).values()]
    assert (State.FAILED, b"") == (stored.state, stored.body)
    assert "other people could not be taken out of the answer, which is not kept" in str(stored.reason)
    assert [] == found_in(here.project.root / "clients")
