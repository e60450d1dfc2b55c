"""Reads what came off the web in processes of its own that can be killed: a hostile page costs a deadline, not the run.

Each piece of reading may take so much time and memory. What exceeds that is stopped (`Stopped`), and the profile it
belongs to is failed, with the reason in words. What a piece raises is a defect of ours (`ReaderRaised`): it is named,
the rest of the run is completed, and the task ends with exit code 3.
"""

from __future__ import annotations

import asyncio
import ctypes
import multiprocessing
import os
import resource
import signal
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as DeadlineExceeded
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from traceback import format_exc
from types import TracebackType
from typing import Generic, ParamSpec, Protocol, Self, TypeAlias, TypeVar

from pebble import ProcessExpired, ProcessPool

from audit.errors import AuditError, MachineTrouble

P = ParamSpec("P")
T = TypeVar("T")

_PR_SET_PDEATHSIG = 1  # prctl(2): the signal that a process gets when the one that started it dies


class Unread(Exception):
    """A piece of reading came to nothing. It ends no task: the profile says so, with `reason`, words for the report."""

    @property
    def reason(self) -> str:
        """Why nothing was read, for the report."""
        return str(self)


class Stopped(Unread):
    """A piece of reading was stopped, for it took too long or needed too much; the message says which."""


class ReaderRaised(Unread):
    """A piece of reading raised: a defect of ours. The message is the error's kind and words; a note holds where."""

    @property
    def reason(self) -> str:
        """The words of the error are for us."""
        return "our reader failed on this page"


class Apart(Protocol):
    """Runs what reads pages: elsewhere than in a process that must not be brought down by them, or here. Raises Unread
    where it came to nothing."""

    async def __call__(self, function: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
        """The function's result."""


async def here(function: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
    """The same in this process: for pages that are our own, as in tests."""
    return function(*arguments, **options)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingLimits:
    """What one piece of reading may cost: `seconds` of time, `memory` bytes beyond what its worker holds before."""

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
            initargs=[method == "fork"],
            context=multiprocessing.get_context(method),
        )

    def __enter__(self) -> Self:
        """Starts the workers: now, while no thread and no event loop of this process is at work, with all that reads
        loaded for them."""
        import audit.surroundings  # noqa: F401
        from audit.platforms import platforms

        platforms()
        try:
            started = self._pool.active  # asking is what starts them
        except (RuntimeError, OSError) as error:  # BrokenProcessPool is a RuntimeError
            raise _cannot_go_on(error) from error
        if not started:
            raise _cannot_go_on()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]  # the library leaves it untyped
        self._pool.join()

    def each(self, function: Callable[..., T], arguments: Iterable[tuple[object, ...]]) -> Iterator[Callable[[], T]]:
        """For each tuple of arguments, in order, a call that gives the result, or raises Unread or one of our own
        errors. All are read side by side."""
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
        waiting = asyncio.wrap_future(future)
        await asyncio.wait([waiting])
        if not waiting.cancelled():
            waiting.exception()  # asked for here too, or asyncio complains that nobody did
        return self._outcome(future)

    def _begin(self, function: Callable[..., T], arguments: tuple[object, ...]) -> Future[_Done[T]]:
        try:
            future: Future[_Done[T]] = self._pool.schedule(
                _perform, args=(self.limits, function, arguments), timeout=self.limits.seconds
            )
        except RuntimeError as error:  # BrokenProcessPool is one
            raise _cannot_go_on() from error
        return future

    def _outcome(self, future: Future[_Done[T]]) -> T:
        try:
            done = future.result()
        except DeadlineExceeded as error:
            raise Stopped(self._too_long()) from error
        except BrokenProcessPool as error:
            raise _cannot_go_on() from error
        except ProcessExpired as error:
            if error.exitcode == -signal.SIGXCPU:
                raise Stopped(self._too_long()) from error
            raise Stopped(f"the reading process ended early (exit code {error.exitcode})") from error
        if isinstance(done, _NoMemory):
            raise Stopped(f"reading needed more than {self.limits.memory // 1_000_000} MB of memory")
        if isinstance(done, _Refused):
            raise done.error
        if isinstance(done, _Raised):
            raised = ReaderRaised(done.words)
            raised.add_note(done.trace)
            raise raised
        return done.value

    def _too_long(self) -> str:
        return f"reading took longer than {self.limits.seconds:g} s"


@dataclass(frozen=True, slots=True)
class _Value(Generic[T]):
    value: T


@dataclass(frozen=True, slots=True)
class _NoMemory:
    pass


@dataclass(frozen=True, slots=True)
class _Refused:
    """An error with a message for people: a file that is nothing that can be read."""

    error: AuditError


@dataclass(frozen=True, slots=True)
class _Raised:
    """What a function raised, in words: the exception itself need not survive the way between two processes."""

    words: str
    trace: str


_Done: TypeAlias = _Value[T] | _NoMemory | _Refused | _Raised


def _perform(limits: ReadingLimits, function: Callable[..., T], arguments: tuple[object, ...]) -> _Done[T]:
    """Runs in a worker: the function's result, or what came in its way."""
    _limit(limits)
    try:
        return _Value(function(*arguments))
    except MemoryError:
        return _NoMemory()
    except AuditError as error:
        return _Refused(error)
    except Exception as error:  # noqa: BLE001  # the boundary: whatever a reader does, its worker reads on
        return _Raised(f"{type(error).__name__}: {error}", format_exc())


def _cannot_go_on(error: BaseException | None = None) -> MachineTrouble:
    said = f" ({error.strerror})" if isinstance(error, OSError) else ""
    return MachineTrouble(
        "the processes that read pages could not be started: this machine has run out of files, memory, shared memory "
        f"(/dev/shm) or processes{said}. What was fetched is stored; close other programs or raise the limit "
        "(ulimit -n 1024) and run the same task again"
    )


def _confine(forked: bool) -> None:
    """Begins a worker: no core file, nothing that belongs to the process it reads for, no life without it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the process that a person started
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # ends it at once, also inside a library's long loop
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if forked:
        _let_go()


def _let_go() -> None:
    """Lets go of files and sockets that came along with the fork: of a lock that would outlive its owner, of
    connections that would stay open. Their numbers stay taken, for objects that still know them."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in [int(name) for name in os.listdir("/proc/self/fd")]:  # noqa: PTH208  # numbers, not paths
        try:
            kind = os.fstat(number).st_mode
        except OSError:
            continue  # the listing's own
        if number > 2 and (stat.S_ISREG(kind) or stat.S_ISSOCK(kind)):
            os.dup2(nothing, number)
    os.close(nothing)


def _limit(limits: ReadingLimits) -> None:
    """Sets what the next piece may cost. The waiting process measures the time; the processor's is a second bound."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _limit_to(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime + limits.seconds) + 2)
    if sys.platform == "linux":
        _limit_to(resource.RLIMIT_AS, _address_space() + limits.memory)


def _limit_to(kind: int, value: int) -> None:
    """Sets a limit that can be set anew for the next piece; never beyond what the machine grants."""
    highest = resource.getrlimit(kind)[1]
    resource.setrlimit(kind, (value if highest == resource.RLIM_INFINITY else min(value, highest), highest))


def _address_space() -> int:
    """Bytes of address space that this process has now."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
