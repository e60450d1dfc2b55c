"""mastodon_mock on loopback: an imitation of the interface of Mastodon's servers that keeps what is written to it. It
speaks plain HTTP; nginx stands before it."""

from __future__ import annotations

import json
import urllib.parse
import urllib.request
from collections.abc import Mapping, Sequence
from typing import Any

from tests import needs
from tests.servers.processes import Server, free_port, listens

CONFIGURATION = """domain = "{name}"
url_scheme = "https"
"""
ACCOUNT = """[[seed.accounts]]
username = "{handle}"
access_token = "{handle}"
"""


class Member:
    """An account of the server: it writes as its owner would."""

    def __init__(self, server: str, handle: str) -> None:
        self._server, self.handle = server, handle
        self.id = str(self._ask("GET", "/accounts/verify_credentials")["id"])

    def introduce(self, **fields: str) -> None:
        """Writes the profile: display_name, note and, as `fields_attributes[0][name]` and `[value]`, its fields."""
        self._ask("PATCH", "/accounts/update_credentials", fields)

    def post(self, text: str, **more: str) -> dict[str, Any]:
        """Publishes a post (a reply with `in_reply_to_id`); returns it as the server shows it."""
        return self._ask("POST", "/statuses", {"status": text, **more})

    def repeat(self, post: Mapping[str, Any]) -> None:
        """Shows a post to one's own followers."""
        self._ask("POST", f"/statuses/{post['id']}/reblog")

    def like(self, post: Mapping[str, Any]) -> None:
        """Likes a post."""
        self._ask("POST", f"/statuses/{post['id']}/favourite")

    def follow(self, other: Member) -> None:
        """Follows another account."""
        self._ask("POST", f"/accounts/{other.id}/follow")

    def _ask(self, method: str, path: str, fields: Mapping[str, str] | None = None) -> dict[str, Any]:
        body = urllib.parse.urlencode(fields or {}).encode() if method != "GET" else None
        headers = {"Authorization": f"Bearer {self.handle}"}
        request = urllib.request.Request(f"{self._server}/api/v1{path}", body, headers, method=method)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return dict(json.load(answer))


class Mastodon(Server):
    """A server that goes by `name`, with an account for each of `handles`. `port` is where it answers."""

    def __init__(self, handles: Sequence[str], *, name: str) -> None:
        self._program = needs.mastodon()
        self._handles, self.name = handles, name
        self.port = free_port()

    def member(self, handle: str) -> Member:
        """One of the accounts."""
        return Member(f"http://127.0.0.1:{self.port}", handle)

    def _start(self) -> None:
        settings = self._processes.folder / "mastodon.toml"
        accounts = [ACCOUNT.format(handle=handle) for handle in self._handles]
        settings.write_text(CONFIGURATION.format(name=self.name) + "".join(accounts), "utf-8")
        self._processes.run("mastodon", [
            self._program, "serve", "--host", "127.0.0.1", "--port", str(self.port), "--in-memory",
            "--config", settings, "--domain", self.name,
        ])  # fmt: skip
        self._processes.wait_until(lambda: listens(self.port))
