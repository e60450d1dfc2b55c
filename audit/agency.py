"""The agency that signs the audit, out of `pelicanconf.py`."""

from __future__ import annotations

import re
import runpy
from dataclasses import dataclass
from pathlib import Path

from audit import __version__
from audit.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """Name, e-mail address and website of the agency."""

    name: str
    email: str
    url: str

    @property
    def user_agent(self) -> str:
        """What we call ourselves to the servers we ask: who we are and whom to write to."""
        contact = "; ".join(part for part in (f"+{self.url}" if self.url else "", self.email) if part)
        return f"Finestra/{__version__} ({contact})"


def load_agency(root: Path) -> Agency:
    """The agency of `root/pelicanconf.py`; a contact address is required, since we ask strangers' servers."""
    path = root / "pelicanconf.py"
    settings = runpy.run_path(str(path))
    values = {}
    for field, key in (("name", "AGENCY_NAME"), ("email", "AGENCY_EMAIL"), ("url", "AGENCY_URL")):
        value = settings.get(key, "")
        if not isinstance(value, str) or (not value and key != "AGENCY_URL"):
            raise UsageError(f"{path}: {key}: write it in quotes, for example {key} = …")
        if not value.isprintable():
            raise UsageError(f"{path}: {key}: holds a line break or another control character; take it out")
        values[field] = value
    if not re.fullmatch(r"[!-~]+@[!-~]+", values["email"]):
        raise UsageError(f"{path}: AGENCY_EMAIL: {values['email']!r} is no e-mail address")
    return Agency(**values)
