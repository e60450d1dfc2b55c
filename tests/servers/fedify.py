"""A server of the fediverse on loopback, made with Fedify, with the accounts that the test gives it. It speaks plain
HTTP; nginx stands before it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests import needs
from tests.servers.processes import Server, free_port, listens

HERE = Path(__file__).resolve().parent / "fedify"


@dataclass(frozen=True, kw_only=True)
class Written:
    """A post: `text` in HTML and when it was written (RFC 3339), or the address of the post that it `repeats`."""

    at: str
    text: str = ""
    repeats: str = ""


@dataclass(frozen=True, kw_only=True)
class FediverseAccount:
    """An account: `summary` and the values of its `fields` in HTML, followers by their addresses, newest post first."""

    handle: str
    name: str
    summary: str
    created: str
    fields: Sequence[tuple[str, str]] = ()
    followers: Sequence[str] = ()
    following: Sequence[str] = ()
    posts: Sequence[Written] = ()


class Fedify(Server):
    """A server that calls itself `origin`. `port` is where it answers."""

    def __init__(self, accounts: Sequence[FediverseAccount], *, origin: str) -> None:
        self._node = needs.program("node")
        needs.fedify()
        self._accounts = accounts
        self.origin = origin
        self.port = free_port()

    def _start(self) -> None:
        made = self._processes.folder / "accounts.json"
        made.write_text(json.dumps([asdict(account) for account in self._accounts]), "utf-8")
        self._processes.run("node", [self._node, HERE / "server.js", self.origin, str(self.port), made])
        self._processes.wait_until(lambda: listens(self.port))
