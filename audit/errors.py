"""What can go wrong on our side. Trouble at the other end is data: a `State` in `models.py`.

AuditError
├── UsageError            exit 2: the command or the client file is wrong
│   ├── ClientFileError   every mistake in client.toml at once, each with key and line
│   └── ImportFileError   a saved page that cannot be taken in
├── StageError            exit 1: a stage cannot run
│   ├── BusyClient        another run of the same client is going on
│   ├── MissingStageFile  the stage before it has not run
│   ├── StaleStageFile    what it was made from has changed since
│   └── DamagedFile       a stage file or a piece of evidence is not what its digest says
├── BuildError            exit 1: a page or a PDF that was expected did not come out
├── MachineTrouble        exit 1: this machine has run out of files, memory or ports
│   └── FileTrouble       a file cannot be written or read: the disk is full, read-only, damaged
├── MissingLibrary        exit 1: names the one line that installs it
└── DeliveryError         exit 1: publishing or sending failed

Two more exit codes stand for no error of these: 3, finished but for a reader that raised (`reading.ReaderRaised`, named
at the end), and 130, stopped by Ctrl+C. A reader that was stopped (`reading.Stopped`) is none: its profile is failed.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass


class AuditError(Exception):
    """Base of all errors that end a task with a message and no traceback. `exit_code` is the process's."""

    exit_code = 1


class UsageError(AuditError):
    """The command line is wrong; the message names the remedy."""

    exit_code = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One mistake in a file a person wrote: where it is (file, dotted key, line from 1) and what to do."""

    file: str
    key: str
    line: int | None
    message: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.key}: {self.message}" if self.key else f"{place}: {self.message}"


class ClientFileError(UsageError):
    """A client file with at least one mistake; `mistakes` holds them all, in file order."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        self.mistakes = mistakes
        super().__init__("\n".join(str(mistake) for mistake in mistakes))


class ImportFileError(UsageError):
    """A saved page that cannot be taken in: the message names the file, the reason and the remedy."""


class StageError(AuditError):
    """A stage cannot run."""


class BusyClient(StageError):
    """Another run of the same client is going on: two at once would mix their files."""


class MissingStageFile(StageError):
    """The file that a stage reads is not there; the message names the task that writes it."""


class StaleStageFile(StageError):
    """A stage file was made from something that has changed since; the message names the task to run."""


class DamagedFile(StageError):
    """A file does not match its digest or is not what its schema says."""


class BuildError(AuditError):
    """A page or a PDF that was expected did not come out."""


class MachineTrouble(AuditError):
    """This machine has run out of something while asking: no word about the other side."""


class FileTrouble(MachineTrouble):
    """A file cannot be written or read; the message names it, what the system says, and what to do."""


_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NO_PERMISSION = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_NOTHING_LEFT = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM})


def file_trouble(error: OSError, place: object = "") -> FileTrouble:
    """What the system says of a file, as an error of ours. `place` is the file that was meant, where the system's own
    error names none or a temporary one."""
    named = place or error.filename
    said = error.strerror or str(error)
    words = f"{named}: {said}" if named else said
    remedy = _remedy(error.errno)
    again = "run the same task again. What was stored before is whole"
    return FileTrouble(f"{words}; {remedy} and {again}" if remedy else words)


def _remedy(number: int | None) -> str:
    if number in _NO_ROOM:
        return "free some room there"
    if number in _NO_PERMISSION:
        return "let this account write there"
    if number in _NOTHING_LEFT:
        return "close other programs or raise the limit (ulimit -n 1024)"
    return "have the disk checked" if number == errno.EIO else ""


class MissingLibrary(AuditError):
    """A shared library or a program is missing; the message holds the one line that installs it."""


class DeliveryError(AuditError):
    """Publishing or sending failed; nothing was half-published."""
