"""Programs that a test starts: each in a process group of its own, all data in one folder, all ended together."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Self

START_SECONDS = 60.0  # a busy machine starts a database slowly
STOP_SECONDS = 5.0  # for each of the three signals


class Processes:
    """A folder for one server's data and the programs that run on it.

    The folder is short and, under root, open to other users: sockets have names of at most 107 characters, and
    PostgreSQL runs as somebody else.
    """

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="finestra-"))
        self.folder.chmod(0o755)
        (self.folder / "tmp").mkdir()
        self._running: list[subprocess.Popen[bytes]] = []

    def run(self, name: str, command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> None:
        """Starts a program; what it prints goes to `<name>.log`."""
        with (self.folder / f"{name}.log").open("wb") as log:
            self._running.append(
                subprocess.Popen(
                    [str(part) for part in command], cwd=self.folder, env=self._environment(environment),
                    stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
                )
            )  # fmt: skip

    def once(self, command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> str:
        """Runs a program to its end and returns what it printed; its errors stand in the exception."""
        done = subprocess.run(
            [str(part) for part in command], cwd=self.folder, env=self._environment(environment),
            capture_output=True, text=True, timeout=START_SECONDS, check=False,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{command[0]} ended with {done.returncode}: {done.stdout[-500:]}{done.stderr[-1500:]}")
        return done.stdout

    def wait_until(self, ready: Callable[[], bool]) -> None:
        """Waits until `ready`; raises with the ends of the logs when a program ends before or time is up."""
        end = time.monotonic() + START_SECONDS
        while not ready():
            if time.monotonic() > end or any(process.poll() is not None for process in self._running):
                logs = sorted(self.folder.glob("*.log"))
                raise RuntimeError(
                    "\n".join(f"{log.name}: {log.read_text('utf-8', 'replace')[-1500:]}" for log in logs)
                )
            time.sleep(0.05)

    def stop(self) -> None:
        """Ends all process groups, the last started first, and removes the folder."""
        for process in reversed(self._running):
            for sent in (signal.SIGTERM, signal.SIGINT, signal.SIGKILL):
                if _ended(process, sent):
                    break
        shutil.rmtree(self.folder, ignore_errors=True)

    def _environment(self, more: Mapping[str, str] | None) -> dict[str, str]:
        return {**os.environ, "TMPDIR": str(self.folder / "tmp"), **(more or {})}


def _ended(process: subprocess.Popen[bytes], sent: signal.Signals) -> bool:
    """Whether the whole group is gone soon after a signal: workers may outlive the program that started them."""
    end = time.monotonic() + STOP_SECONDS
    try:
        os.killpg(process.pid, sent)
        while time.monotonic() < end:
            process.poll()
            os.killpg(process.pid, 0)
            time.sleep(0.05)
    except ProcessLookupError:
        return True
    return False


def free_port() -> int:
    """A port of 127.0.0.1 on which nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def listens(port: int) -> bool:
    """Whether something accepts connections on a port of 127.0.0.1."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Server:
    """A server in a folder of its own for the length of a `with` block. `_start` begins it in `self._processes` and
    returns when it answers; whatever goes wrong in it leaves no process behind."""

    def __enter__(self) -> Self:
        self._processes = Processes()
        try:
            self._start()
        except BaseException:
            self._processes.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._processes.stop()

    def _start(self) -> None:
        raise NotImplementedError
