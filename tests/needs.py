"""Programs of the machine that some tests need. Missing: with CI=true the test fails; else it is skipped and named."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest

from audit.doctor import PDF_PACKAGES, install_line, pdf_libraries_present

CHECKERS = Path(__file__).resolve().parent / "checkers"
SERVERS = Path(__file__).resolve().parent / "servers"
PACKAGES = {
    "java": "default-jre-headless",
    "mariadb": "mariadb-client",
    "mariadb-install-db": "mariadb-server",
    "mariadbd": "mariadb-server",
    "nginx": "nginx-light",
    "node": "nodejs",
    "pdfinfo": "poppler-utils",
    "pdftotext": "poppler-utils",
    "php": "php-cli php-mysql php-xml",
    "qpdf": "qpdf",
    "redis-server": "redis-server",
    "rsync": "rsync",
    "setpriv": "util-linux",
    "ssh": "openssh-client",
    "ssh-keygen": "openssh-client",
    "sshd": "openssh-server",
}


def program(name: str) -> str:
    """The path of a program; without it the test ends here."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    return found or missing(f"{name} is needed: apt install {PACKAGES[name]}")


def pdf_libraries() -> None:
    """What WeasyPrint needs of the machine."""
    if not pdf_libraries_present():
        missing(f"the PDF's libraries are needed: {install_line(PDF_PACKAGES)}")


def html_checker() -> list[str]:
    """The command of the Nu HTML checker."""
    jar = CHECKERS / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    if not jar.exists():
        missing("the HTML checker is needed: npm ci --prefix tests/checkers --ignore-scripts")
    return [program("java"), "-jar", str(jar)]


def wordpress() -> Path:
    """The folder with WordPress's code."""
    folder = Path("/usr/share/wordpress")
    if not (folder / "wp-content" / "themes" / "twentytwentythree").exists():
        packages = "wordpress wordpress-theme-twentytwentythree php-cli php-mysql php-xml"
        missing(f"WordPress is needed: apt install --no-install-recommends {packages}")
    return folder


def mediawiki() -> Path:
    """The folder with MediaWiki's code; its package does without SQLite where PHP knows another database."""
    folder = Path("/usr/share/mediawiki")
    known = subprocess.run([program("php"), "-m"], capture_output=True, text=True, check=True).stdout.split()
    if not (folder / "maintenance" / "install.php").exists() or not {"intl", "mbstring", "sqlite3"} <= set(known):
        packages = "mediawiki php-cli php-intl php-mbstring php-sqlite3 php-xml"
        missing(f"MediaWiki is needed: apt install --no-install-recommends {packages}")
    return folder


def postgres() -> Path:
    """The folder with PostgreSQL's programs; Debian puts only its wrappers on the path."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    if folders:
        return folders[-1].parent
    found = shutil.which("postgres")
    return Path(found).resolve().parent if found else missing("postgres is needed: apt install postgresql")


def bluesky() -> None:
    """Bluesky's own network, with its database module compiled."""
    modules = SERVERS / "bluesky" / "node_modules"
    if not (modules / "better-sqlite3" / "build" / "Release" / "better_sqlite3.node").exists():
        missing("Bluesky's own network is needed: tests/servers/bluesky/install")


def fedify() -> None:
    """The server of the fediverse."""
    if not (SERVERS / "fedify" / "node_modules" / "@fedify" / "fedify").exists():
        missing("Fedify is needed: npm ci --prefix tests/servers/fedify --ignore-scripts")


def nodebb() -> Path:
    """The folder with NodeBB and what it needs."""
    modules = SERVERS / "nodebb" / "node_modules"
    if not (modules / "nodebb" / "app.js").exists():
        missing("NodeBB is needed: npm ci --prefix tests/servers/nodebb --ignore-scripts")
    return modules


def mastodon() -> str:
    """The imitation of Mastodon's interface, in an environment of its own."""
    found = SERVERS / "mastodon" / ".venv" / "bin" / "mastodon_mock"
    return str(found) if found.exists() else missing("mastodon_mock is needed: tests/servers/mastodon/install")


def mitmdump() -> str:
    """The replaying proxy; it has an environment of its own, for it pins other versions than we do."""
    found = SERVERS / "mitmproxy" / ".venv" / "bin" / "mitmdump"
    return str(found) if found.exists() else missing("mitmproxy is needed: tests/servers/mitmproxy/install")


def missing(what: str) -> NoReturn:
    """Fails where everything has to be there, skips with the line that installs it elsewhere."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)
