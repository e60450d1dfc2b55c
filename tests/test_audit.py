"""One audit from end to end, as a user runs it: a web on loopback, robots.txt obeyed, every refusal told."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests import needs
from tests.loopback import Web, answer
from tests.project import Project

HOME = """<!doctype html><html lang="it"><head><meta charset="utf-8"><title>Torrefazione Aurora</title>
<meta name="description" content="Caffè tostato a Modena, in grani e macinato, dal 1987.">
<meta name="viewport" content="width=device-width"><link rel="icon" href="/favicon.svg"></head>
<body><img src="/a.jpg" alt="Il laboratorio"><a href="/contatti">Contatti</a>
<a href="https://www.instagram.com/aurora.caffe/">Instagram</a></body></html>"""
LOGIN = """<!doctype html><html><head><title>Log in</title></head><body><form action="/login" method="post">
<input name="user"><input type="password" name="password"><button>Log in</button></form></body></html>"""


def page(text: str) -> bytes:
    """An HTML answer."""
    return answer(text.encode(), content_type="text/html; charset=utf-8")


async def never(writer: asyncio.StreamWriter) -> None:
    """An answer that begins and never ends."""
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 999\r\n\r\n<html>")
    await asyncio.sleep(60)


@contextmanager
def serving(*webs: Web) -> Iterator[None]:
    """The webs, served by a thread of their own while the block runs."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    for web in webs:
        asyncio.run_coroutine_threadsafe(web.__aenter__(), loop).result(10)
    try:
        yield
    finally:
        asyncio.run_coroutine_threadsafe(hang_up(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def hang_up() -> None:
    """Ends the answers that would never end."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """An audit of a company with six sites: good, busy, busier, behind a login, hanging, gone."""
    site = Web(
        {
            "/robots.txt": answer(b"User-agent: *\nDisallow: /contatti\n", content_type="text/plain"),
            "/": page(HOME),
            "/contatti": page("<html><body>mai chiesta</body></html>"),
        }
    )
    busy = Web(
        {"/": [answer(status="429 Too Many Requests", retry_after="1"), page(HOME.replace("Aurora", "Aurora Shop"))]}
    )
    stubborn = Web({"/": answer(status="429 Too Many Requests", retry_after="3600")})
    walled = Web({"/": page(LOGIN)})
    hanging = Web({"/": never})
    gone = Web({"/": answer(b"<html><title>404</title></html>", status="404 Not Found", content_type="text/html")})
    webs = {"site": site, "busy": busy, "stubborn": stubborn, "walled": walled, "hanging": hanging, "gone": gone}
    needs.pdf_libraries()
    project = Project.at(tmp_path_factory.mktemp("project"))
    with serving(*webs.values()):
        addresses = {name: f"http://127.0.0.1:{web.port}/" for name, web in webs.items()}
        listed = ", ".join(f'"{address}"' for address in addresses.values())
        project.client(
            "aurora",
            f'name = "Torrefazione Aurora"\nsite = "{addresses["site"]}"\nsector = "food_beverage"\nsize = "small"\n'
            f'country = "IT"\nlanguages = ["en"]\n[profiles]\nwebsite = [{listed}]\n'
            'instagram = "https://www.instagram.com/aurora.caffe/"\n',
        )
        done = project.invoke(
            "audit", "--client", "aurora", "--day", "2026-11-23",
            INVOKE_FETCH_ALLOW_LOOPBACK="1", INVOKE_FETCH_DELAY="0.05", INVOKE_FETCH_DEADLINE="3",
            INVOKE_FETCH_RETRY_AFTER="5",
        )  # fmt: skip
    run = project.root / "clients" / "aurora" / "2026-11-23"
    return {"done": done, "project": project, "webs": webs, "addresses": addresses, "run": run}


def test_the_audit_ends_by_itself(audited: dict[str, object]) -> None:
    """A page that never ends costs one deadline; the task ends well and names the site and the PDF."""
    done = audited["done"]
    assert 0 == done.returncode, done.stderr  # type: ignore[attr-defined]
    last = done.stdout.strip().splitlines()[-2:]  # type: ignore[attr-defined]
    assert ["Site: output/aurora/index.html", "PDF: output/aurora/audit-torrefazione-aurora-2026-11-23.en.pdf"] == last


def test_robots_txt_is_obeyed(audited: dict[str, object]) -> None:
    """The path that robots.txt forbids is never asked for, and robots.txt is asked for first."""
    site = audited["webs"]["site"]  # type: ignore[index]
    paths = [asked.path for asked in site.asked]
    assert "/robots.txt" == paths[0]
    assert "/" in paths
    assert "/contatti" not in paths


def test_we_say_who_we_are(audited: dict[str, object]) -> None:
    """The User-Agent names the program and the agency's address out of pelicanconf.py."""
    site = audited["webs"]["site"]  # type: ignore[index]
    agents = {asked.headers["user-agent"] for asked in site.asked}
    assert {"Finestra/0.1.0 (+https://cinquepassi.example; audit@cinquepassi.example)"} == agents


def test_a_busy_server_is_asked_again_when_it_says_so(audited: dict[str, object]) -> None:
    """429 with Retry-After of a second: the second try comes no earlier, and its page counts."""
    busy = audited["webs"]["busy"]  # type: ignore[index]
    first, second = [asked.at for asked in busy.asked if asked.path == "/"][:2]
    assert second - first >= 1.0
    assert "observed" == states(audited)["busy"]


def states(audited: dict[str, object]) -> dict[str, str]:
    """State by site, out of audit.json."""
    audit = json.loads((audited["run"] / "audit.json").read_text("utf-8"))  # type: ignore[operator]
    by_url = {row["url"]: row["state"] for row in audit["profiles"]}
    return {name: by_url[address] for name, address in audited["addresses"].items()}  # type: ignore[attr-defined]


def test_every_site_gets_its_state(audited: dict[str, object]) -> None:
    """What came of looking, per site; nothing but the 404 is called missing."""
    assert {
        "site": "observed",
        "busy": "observed",
        "stubborn": "rate_limited",
        "walled": "login_wall",
        "hanging": "failed",
        "gone": "missing",
    } == states(audited)


def test_the_report_says_of_each_what_happened(audited: dict[str, object]) -> None:
    """The page lists every site with its state, the forbidden page and the platform that may not be asked."""
    project: Project = audited["project"]  # type: ignore[assignment]
    html = (project.root / "output" / "aurora" / "index.html").read_text("utf-8")
    text = " ".join(BeautifulSoup(html, "lxml").get_text(" ").split())
    addresses: dict[str, str] = audited["addresses"]  # type: ignore[assignment]

    def shown(name: str) -> str:
        return addresses[name].partition("://")[2]

    for name, words in (
        ("stubborn", "too many requests"),
        ("walled", "behind a login"),
        ("hanging", "could not be reached"),
        ("gone", "absent, verified"),
    ):
        assert f"{shown(name)} {words}" in text, name
    assert f"Website, {shown('site')}contatti Not measured: robots.txt does not permit it." in text
    assert "www.instagram.com/aurora.caffe/ reading not permitted" in text


def test_a_second_run_asks_only_for_what_is_missing(audited: dict[str, object]) -> None:
    """Stored pages are not asked for again."""
    project: Project = audited["project"]  # type: ignore[assignment]
    evidence = Path(audited["run"]) / "evidence"  # type: ignore[arg-type]
    before = {path: path.read_bytes() for path in evidence.rglob("*") if path.is_file()}
    done = project.invoke("audit", "--client", "aurora", "--day", "2026-11-23", "--offline")
    assert 0 == done.returncode, done.stderr
    assert before == {path: path.read_bytes() for path in evidence.rglob("*") if path.is_file()}
