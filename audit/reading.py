"""Reads what came off the web in processes of its own that can be killed: a hostile page costs a deadline, not the run.

Each worker may use so much memory and each piece of reading so much time. What exceeds that is stopped, and the
profile it belongs to is failed, with the reason in words.
"""

from __future__ import annotations

import asyncio
import ctypes
import multiprocessing
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as DeadlineExceeded
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from audit.errors import MachineTrouble

P = ParamSpec("P")
T = TypeVar("T")

_PR_SET_PDEATHSIG = 1  # prctl(2): the signal that a process gets when the one that started it dies


class Stopped(Exception):
    """A piece of reading was stopped; the message says why, in words for the report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingLimits:
    """What one piece of reading may cost: `seconds` of time, `memory` bytes beyond what a worker starts with."""

    seconds: float = 20.0
    memory: int = 1_000_000_000
    workers: int = min(4, os.cpu_count() or 1)


class Readers:
    """Workers that read. Use as `with Readers() as readers`; functions and arguments must be picklable."""

    def __init__(self, limits: ReadingLimits | None = None) -> None:
        self.limits = limits or ReadingLimits()
        # A fork has everything imported already; elsewhere than on Linux the system's libraries do not survive one.
        method = "fork" if sys.platform == "linux" else "spawn"
        self._pool = ProcessPool(
            max_workers=self.limits.workers,
            initializer=_confine,
            initargs=[self.limits.memory],
            context=multiprocessing.get_context(method),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]  # the library leaves it untyped
        self._pool.join()

    def each(self, function: Callable[..., T], arguments: Iterable[tuple[object, ...]]) -> Iterator[Callable[[], T]]:
        """For each tuple of arguments, in order, a call that gives the result, or raises Stopped or what the function
        raised. All are read side by side."""
        futures = [self._begin(function, one) for one in arguments]
        for future in futures:
            yield lambda future=future: self._outcome(future)  # type: ignore[misc]  # the future of this round

    def read(self, function: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
        """The function's result, worked out by a worker."""
        assert not options
        return self._outcome(self._begin(function, arguments))

    async def read_soon(self, function: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
        """The same for code that must not wait: other tasks go on meanwhile."""
        assert not options
        future = self._begin(function, arguments)
        await asyncio.wait([asyncio.wrap_future(future)])
        return self._outcome(future)

    def _begin(self, function: Callable[..., T], arguments: tuple[object, ...]) -> Future[T]:
        try:
            future: Future[T] = self._pool.schedule(function, args=arguments, timeout=self.limits.seconds)
        except RuntimeError as error:  # BrokenProcessPool is one
            raise _cannot_go_on() from error
        return future

    def _outcome(self, future: Future[T]) -> T:
        try:
            return future.result()
        except DeadlineExceeded as error:
            raise Stopped(f"reading took longer than {self.limits.seconds:g} s") from error
        except MemoryError as error:
            raise Stopped(f"reading needed more than {self.limits.memory // 1_000_000} MB of memory") from error
        except BrokenProcessPool as error:
            raise _cannot_go_on() from error
        except ProcessExpired as error:
            raise Stopped(f"the reading process ended early (exit code {error.exitcode})") from error


def _cannot_go_on() -> MachineTrouble:
    return MachineTrouble(
        "the processes that read pages could not be started: this machine has run out of files, memory or processes. "
        "What was fetched is stored; close other programs or raise the limit (ulimit -n 1024) and run the same task again"
    )


def _confine(memory: int) -> None:
    """Begins a worker: little memory, no core file, no life without the process that it reads for."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the process that a person started
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        resource.setrlimit(resource.RLIMIT_AS, (_address_space() + memory,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _address_space() -> int:
    """Bytes of address space that this process has now."""
    with open("/proc/self/statm", "rb") as figures:  # noqa: PTH123  # a file of the kernel
        return int(figures.read().split()[0]) * resource.getpagesize()
