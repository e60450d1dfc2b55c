"""mitmproxy on loopback, replaying a HAR: what was recorded is answered, all else is refused."""

from __future__ import annotations

import json
from typing import Any

from tests import needs
from tests.servers.processes import Server, free_port, listens


class Recording(Server):
    """A proxy that answers from a HAR and connects to nothing. `ca_file` signs what it answers."""

    def __init__(self, har: dict[str, Any]) -> None:
        self._program = needs.mitmdump()
        self._har = har
        self.port = free_port()

    @property
    def proxy(self) -> str:
        """The proxy's address."""
        return f"http://127.0.0.1:{self.port}"

    def _start(self) -> None:
        folder = self._processes.folder
        self.ca_file = folder / "mitmproxy-ca-cert.pem"
        (folder / "recorded.har").write_text(json.dumps(self._har), "utf-8")
        options = {
            "confdir": folder, "server_replay_reuse": "true", "server_replay_extra": "kill",
            "server_replay_refresh": "false", "connection_strategy": "lazy", "upstream_cert": "false",
        }  # fmt: skip
        sets = [part for name, value in options.items() for part in ("--set", f"{name}={value}")]
        self._processes.run("mitmdump", [
            self._program, "-q", "--listen-host", "127.0.0.1", "-p", str(self.port),
            "--server-replay", folder / "recorded.har", *sets,
        ])  # fmt: skip
        self._processes.wait_until(lambda: listens(self.port) and self.ca_file.exists())


def har_of(answers: dict[str, tuple[int, str, str]]) -> dict[str, Any]:
    """A HAR with one GET per address: status, media type and text of the answer."""
    return {"log": {"version": "1.2", "creator": {"name": "test", "version": "1"}, "entries": [
        _entry(url, *answer) for url, answer in answers.items()
    ]}}  # fmt: skip


def _entry(url: str, status: int, media_type: str, text: str) -> dict[str, Any]:
    names = [{"name": "content-type", "value": media_type}]
    return {
        "startedDateTime": "2026-11-20T09:00:00.000Z",
        "time": 1,
        "request": {
            "method": "GET", "url": url, "httpVersion": "HTTP/1.1", "headers": [], "queryString": [], "cookies": [],
            "headersSize": -1, "bodySize": 0,
        },
        "response": {
            "status": status, "statusText": "", "httpVersion": "HTTP/1.1", "headers": names, "cookies": [],
            "content": {"size": len(text.encode()), "mimeType": media_type, "text": text},
            "redirectURL": "", "headersSize": -1, "bodySize": -1,
        },
        "cache": {}, "timings": {"send": 0, "wait": 1, "receive": 0},
    }  # fmt: skip
