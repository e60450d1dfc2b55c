"""Programs of the machine that some tests need. Missing: with CI=true the test fails; else it is skipped and named."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

from audit.doctor import PDF_PACKAGES, install_line, pdf_libraries_present

CHECKERS = Path(__file__).resolve().parent / "checkers"
PACKAGES = {
    "java": "default-jre-headless",
    "pdfinfo": "poppler-utils",
    "pdftotext": "poppler-utils",
    "qpdf": "qpdf",
    "rsync": "rsync",
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


def missing(what: str) -> NoReturn:
    """Fails where everything has to be there, skips with the line that installs it elsewhere."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)
