"""A NodeBB forum with its database on loopback, with the members and topics that the test gives it. It speaks plain
HTTP; nginx stands before it."""

from __future__ import annotations

import json
import shutil
import urllib.request
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests import needs
from tests.servers.processes import Server, free_port, listens

HERE = Path(__file__).resolve().parent / "nodebb"


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What a member answered, and when (RFC 3339)."""

    by: str
    at: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Topic:
    """A topic of a member in one of NodeBB's four categories: 1 announcements, 2 discussion, 3 blogs, 4 feedback."""

    by: str
    at: str
    title: str
    text: str
    category: int = 2
    replies: Sequence[Reply] = ()


class NodeBB(Server):
    """A forum that calls itself `address` and `title`, with `members` beside its administrator, who is called "admin".
    `port` is where it answers."""

    def __init__(self, *, address: str, title: str, members: Sequence[str], topics: Sequence[Topic]) -> None:
        self._node = needs.program("node")
        self._redis = needs.program("redis-server")
        self._modules = needs.nodebb()
        self.address, self._meta = address, {"title": title}
        self._members, self._topics = members, topics
        self.port = free_port()

    def _start(self) -> None:
        folder, processes = self._processes.folder, self._processes
        database = free_port()
        processes.run("redis", [
            self._redis, "--port", str(database), "--bind", "127.0.0.1", "--save", "", "--dir", folder,
        ])  # fmt: skip
        app = folder / "app"
        shutil.copytree(self._modules / "nodebb", app)
        (app / "node_modules").symlink_to(self._modules)
        (app / "public" / "uploads" / "sounds").mkdir(parents=True)
        (folder / "forum.json").write_text(json.dumps(self._content(database)), "utf-8")
        processes.wait_until(lambda: listens(database))
        processes.once([self._node, HERE / "setup.js", app, folder / "forum.json"])
        processes.run("nodebb", [self._node, app / "app.js"])
        processes.wait_until(lambda: listens(self.port))
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/config", timeout=30):
            pass  # the first answer takes long

    def _content(self, database: int) -> dict[str, Any]:
        return {
            "setup": {
                "url": self.address, "secret": "not-a-secret", "database": "redis", "redis:host": "127.0.0.1",
                "redis:port": str(database), "redis:database": "0", "redis:password": "",
                "admin:username": "admin", "admin:email": "admin@forum.example",
                "admin:password": "not-a-secret", "admin:password:confirm": "not-a-secret",
            },
            "config": {"bind_address": "127.0.0.1", "port": str(self.port)},
            "meta": self._meta,
            "members": list(self._members),
            "topics": [asdict(topic) for topic in self._topics],
        }  # fmt: skip
