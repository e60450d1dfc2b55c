"""A process that runs audits and dies where it is told, for the tests of crash safety.

It reads one trial a line from its input and answers each with a line, both JSON. A trial forks, so that the child
starts with everything imported:

    {"root": folder of a project, "pdf": bool, "point": "module:name:number:before|after|half" or null,
     "seconds": time of death or null, "limits": {"RLIMIT_FSIZE": bytes, …}}
    {"signal": what killed the child, or 0, "code": its exit code, "seconds": how long it ran, "told": its error}

The clock of every trial stands still, so that two runs can be compared byte by byte.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import json
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

MOMENT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SLUG = "aurora"
SETTINGS = {"allow_loopback": True, "delay": "0", "deadline": "10", "retry_after": "5"}


def whole_audit(root: Path, *, pdf: bool) -> None:
    """Every stage of an audit, in the order of the task."""
    from audit import stages
    from audit.gather import Stage, gather
    from audit.stages import Run

    run = Run(root, SLUG, MOMENT.date())
    with run.alone():
        gather(
            run, asked=(Stage.DISCOVER, Stage.FETCH), settings=fetch_settings(), now=lambda: MOMENT,
            report=lambda _: None,
        )  # fmt: skip
        stages.extract(run)
        stages.observe(run)
        stages.score(run)
        stages.write(run)
        stages.build(root, SLUG)
        if pdf:
            stages.pdf(run)


def fetch_settings() -> Mapping[str, Any]:
    """The project's own settings with a loopback web and no delay."""
    import tasks

    return {**tasks.SETTINGS["fetch"], **SETTINGS}  # type: ignore[dict-item]  # one table holds all settings


def die() -> None:
    """Ends this process as a power cut would: no handler, no clean-up."""
    os.kill(os.getpid(), signal.SIGKILL)


def deadly(function: Callable[..., Any], number: int, when: str) -> Callable[..., Any]:
    """The function, dying before or after its call of that number."""
    calls = iter(range(1, 1_000_000))

    if inspect.iscoroutinefunction(function):

        @functools.wraps(function)
        async def awaited(*arguments: Any, **options: Any) -> Any:
            due = next(calls) == number
            if due and when == "before":
                die()
            result = await function(*arguments, **options)
            if due:
                die()
            return result

        return awaited

    @functools.wraps(function)
    def called(*arguments: Any, **options: Any) -> Any:
        due = next(calls) == number
        if due and when == "before":
            die()
        if due and when == "half":  # for functions that get a file and its bytes: half of them reach the disk
            place, data = arguments[:2]
            os.write(place, data[: len(data) // 2])
            die()
        result = function(*arguments, **options)
        if due:
            die()
        return result

    return called


def arm(point: str) -> None:
    """Makes one function of this process deadly."""
    module, name, number, when = point.split(":")
    place: Any = importlib.import_module(module)
    *owners, last = name.split(".")
    for owner in owners:
        place = getattr(place, owner)
    setattr(place, last, deadly(getattr(place, last), int(number), when))


def child(trial: Mapping[str, Any], told: int) -> None:
    """Runs one trial and never returns."""
    code = 0
    os.setpgrp()
    try:
        for name, value in trial.get("limits", {}).items():
            resource.setrlimit(getattr(resource, name), (value, value))
        if trial.get("point"):
            arm(trial["point"])
        whole_audit(Path(trial["root"]), pdf=trial.get("pdf", False))
    except BaseException as error:  # noqa: BLE001  # whatever it is, the other process is told
        os.write(told, f"{type(error).__module__}.{type(error).__name__}: {error}".encode()[:4000])
        code = 1
    finally:
        os._exit(code)


def attempt(trial: Mapping[str, Any]) -> dict[str, Any]:
    """One trial in a fork."""
    reader, writer = os.pipe()
    begun = time.monotonic()
    process = os.fork()
    if process == 0:
        os.close(reader)
        child(trial, writer)
    os.close(writer)
    if trial.get("seconds") is not None:
        killer = threading.Timer(trial["seconds"], os.kill, (process, signal.SIGKILL))
        killer.start()
    _, status = os.waitpid(process, 0)
    if trial.get("seconds") is not None:
        killer.cancel()
    seconds = time.monotonic() - begun
    with os.fdopen(reader, "rb") as pipe:
        told = pipe.read().decode("utf-8", "replace") if not os.WIFSIGNALED(status) else ""
    return {
        "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0,
        "code": os.WEXITSTATUS(status) if os.WIFEXITED(status) else None,
        "seconds": seconds,
        "told": told,
    }


def main() -> None:
    """Trials in, results out, until the input ends."""
    for name in ("audit.stages", "audit.gather", "audit.build", "audit.write", "audit.score", "audit.platforms"):
        importlib.import_module(name)
    from audit.platforms import platforms

    platforms()
    for line in sys.stdin:
        print(json.dumps(attempt(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
