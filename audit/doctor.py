"""Each thing that Finestra needs of the machine: there or not, and the one line that installs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from ctypes.util import find_library
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from audit.credentials import CREDENTIALS, KEYRING_SERVICE, Credential, Keys
from audit.errors import UsageError

PDF_PACKAGES = {
    "apt": "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "dnf": "dnf install pango harfbuzz",
    "brew": "brew install pango",
}
_TEST_PACKAGES = {
    "rsync": ("rsync", "rsync"),
    "ssh": ("openssh-client", "openssh"),
    "sshd": ("openssh-server", "openssh"),
    "pdfinfo": ("poppler-utils", "poppler"),
    "qpdf": ("qpdf", "qpdf"),
    "java": ("default-jre-headless", "openjdk"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One thing: what it is for, whether it is there, and the line that installs it."""

    name: str
    purpose: str
    present: bool
    remedy: str
    required: bool


def examine(which: Callable[[str], str | None] = shutil.which) -> list[Need]:
    """All needs of this machine, the required ones first."""
    needs = [
        Need(
            name="Python 3.11 or newer",
            purpose="everything",
            present=sys.version_info >= (3, 11),
            remedy="install Python 3.11 or newer",
            required=True,
        ),
        Need(
            name="Pango and HarfBuzz",
            purpose="the PDF",
            present=pdf_libraries_present(),
            remedy=install_line(PDF_PACKAGES, which),
            required=False,
        ),
    ]
    for program, (debian, brew) in _TEST_PACKAGES.items():
        lines = {"apt": f"apt install {debian}", "dnf": f"dnf install {debian}", "brew": f"brew install {brew}"}
        purpose = "publishing over ssh" if program in ("rsync", "ssh") else "the test suite"
        present = which(program) is not None or Path(f"/usr/sbin/{program}").exists()
        needs.append(
            Need(name=program, purpose=purpose, present=present, remedy=install_line(lines, which), required=False)
        )
    return needs


def keys_at_hand(keys: Keys) -> list[Need]:
    """The keys of official APIs: there or not, what each opens, where it is made. Values are not shown."""
    library = Need(
        name="keyring",
        purpose=f"keys out of the system's keyring: keyring set {KEYRING_SERVICE} VARIABLE",
        present=has_module("keyring"),
        remedy=f"{sys.executable} -m pip install keyring",
        required=False,
    )
    return [library, *(_key(credential, keys) for credential in CREDENTIALS.values())]


def _key(credential: Credential, keys: Keys) -> Need:
    remedy = f"set {' and '.join(credential.variables)}, made at {credential.page}"
    try:
        present = keys.has(credential.name)
    except UsageError as error:
        present, remedy = False, str(error)
    name = f"key of {credential.title}"
    return Need(name=name, purpose=credential.opens, present=present, remedy=remedy, required=False)


def pdf_libraries_present() -> bool:
    """Whether WeasyPrint finds Pango, and HarfBuzz's subsetter (without it fonts are cut by a slower way)."""
    return find_library("pango-1.0") is not None and find_library("harfbuzz-subset") is not None


def install_line(lines: dict[str, str], which: Callable[[str], str | None] = shutil.which) -> str:
    """The line for the package manager found on this machine; all of them when none is found."""
    for manager in ("apt", "dnf", "brew"):
        if which("apt-get" if manager == "apt" else manager):
            return lines[manager]
    return " · ".join(lines.values())


def set_up() -> None:
    """After the Python packages: installs the PDF's libraries where we may, else says what to type."""
    if pdf_libraries_present():
        return
    line = install_line(PDF_PACKAGES)
    if not line.startswith("apt ") or os.geteuid() != 0:
        print(f"For the PDF, once: {line}", file=sys.stderr)  # noqa: T201
        return
    print(f"Installing the PDF's libraries: {line}", file=sys.stderr)  # noqa: T201
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    packages = line.split()[2:]
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
    ):
        done = subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
        if done.returncode:
            print(f"That failed; all but the PDF works. Later: {line}", file=sys.stderr)  # noqa: T201
            return


def has_module(name: str) -> bool:
    """Whether a Python module can be imported."""
    return find_spec(name) is not None


if __name__ == "__main__":
    set_up()
