"""Bluesky's own network on loopback, with accounts, profiles and posts made by the test."""

from __future__ import annotations

import grp
import json
import os
import pwd
import time
import urllib.error
import urllib.request
from datetime import datetime
from pathlib import Path
from typing import Any

from tests import needs
from tests.servers.processes import START_SECONDS, Server, free_port

HERE = Path(__file__).resolve().parent / "bluesky"


class Account:
    """An account on the network: it writes records as its owner would."""

    def __init__(self, pds: str, handle: str) -> None:
        self._pds = pds
        wanted = {"handle": handle, "email": f"{handle}@mail.test", "password": "secret"}
        made = ask(f"{pds}/xrpc/com.atproto.server.createAccount", wanted)
        self.handle = handle
        self.did: str = made["did"]
        self._token: str = made["accessJwt"]

    def post(self, text: str, at: datetime, **more: Any) -> dict[str, str]:
        """Publishes a post; returns its address and digest (`uri`, `cid`)."""
        return self._create("app.bsky.feed.post", {"text": text, "createdAt": _written(at), **more})

    def reply(self, text: str, at: datetime, to: dict[str, str]) -> dict[str, str]:
        """Answers a post that begins a thread."""
        return self.post(text, at, reply={"root": _reference(to), "parent": _reference(to)})

    def repost(self, post: dict[str, str], at: datetime) -> None:
        """Repeats another account's post."""
        self._create("app.bsky.feed.repost", {"subject": _reference(post), "createdAt": _written(at)})

    def like(self, post: dict[str, str], at: datetime) -> None:
        """Likes a post."""
        self._create("app.bsky.feed.like", {"subject": _reference(post), "createdAt": _written(at)})

    def follow(self, other: Account, at: datetime) -> None:
        """Follows another account."""
        self._create("app.bsky.graph.follow", {"subject": other.did, "createdAt": _written(at)})

    def introduce(self, **fields: Any) -> None:
        """Writes the profile: displayName, description, pinnedPost."""
        self._create("app.bsky.actor.profile", fields, rkey="self", action="putRecord")

    def _create(self, kind: str, record: dict[str, Any], *, action: str = "createRecord", **more: str) -> Any:
        wanted = {"repo": self.did, "collection": kind, "record": {"$type": kind, **record}, **more}
        return ask(f"{self._pds}/xrpc/com.atproto.repo.{action}", wanted, token=self._token)


class Bluesky(Server):
    """Directory, personal data server and AppView over PostgreSQL and Redis. `port` is the AppView's (plain HTTP)."""

    def __init__(self) -> None:
        self._node = needs.program("node")
        self._redis = needs.program("redis-server")
        self._postgres = needs.postgres()
        needs.bluesky()
        self.port = free_port()

    def account(self, handle: str) -> Account:
        """A new account."""
        return Account(self._pds, handle)

    def wait_for(self, address: str, key: str, value: object) -> None:
        """Waits until the AppView has read what was written: until `key` of an answer is `value`."""
        end = time.monotonic() + START_SECONDS
        while self._shown(address).get(key) != value:
            if time.monotonic() > end:
                raise RuntimeError(f"{address} does not come to show {key} {value}")
            time.sleep(0.1)

    def _shown(self, address: str) -> dict[str, Any]:
        """The AppView's answer; nothing for what it does not know yet."""
        try:
            return dict(ask(f"{self._appview}/xrpc/{address}"))
        except urllib.error.HTTPError as error:
            if error.code != 400:
                raise
            return {}

    def _start(self) -> None:
        folder, processes = self._processes.folder, self._processes
        database, cache = free_port(), free_port()
        data = folder / "pg"
        data.mkdir()
        other: list[str] = []
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            other = [needs.program("setpriv"), "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
            os.chown(data, *_nobody())
        processes.once([
            *other, self._postgres / "initdb", "-D", data / "data", "-U", "pg", "-A", "trust", "--no-sync",
            "-E", "UTF8", "--locale=C.UTF-8",
        ], {"TMPDIR": str(data)})  # fmt: skip
        processes.run("postgres", [
            *other, self._postgres / "postgres", "-D", data / "data", "-p", str(database), "-k", data,
            "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off",
        ], {"TMPDIR": str(data)})  # fmt: skip
        processes.run("redis", [
            self._redis, "--port", str(cache), "--bind", "127.0.0.1", "--save", "", "--dir", folder,
        ])  # fmt: skip
        processes.wait_until(lambda: (data / f".s.PGSQL.{database}").exists())
        processes.run(
            "node", [self._node, HERE / "network.js", str(self.port), folder],
            {
                "DB_POSTGRES_URL": f"postgresql://pg@127.0.0.1:{database}/postgres", "DB_POSTGRES_SCHEMA": "t",
                "REDIS_HOST": f"127.0.0.1:{cache}", "LOG_ENABLED": "false",
            },
        )  # fmt: skip
        processes.wait_until((folder / "ready.json").exists)
        places = json.loads((folder / "ready.json").read_text())
        self._appview, self._pds = places["appview"], places["pds"]


def ask(url: str, body: dict[str, Any] | None = None, *, token: str = "") -> Any:
    """The JSON that a server of the network answers."""
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    request = urllib.request.Request(url, None if body is None else json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)


def _reference(post: dict[str, str]) -> dict[str, str]:
    return {"uri": post["uri"], "cid": post["cid"]}


def _written(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _nobody() -> tuple[int, int]:
    return pwd.getpwnam("nobody").pw_uid, grp.getgrnam("nogroup").gr_gid
