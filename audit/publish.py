"""Puts a built site where people see it: a folder of this machine, or another machine by rsync over ssh.

The site is copied whole into a new folder beside the published one, which is a link; then the link is switched
in one step. Whoever looks sees the old site or the new one, never a half. A release is named after
its client and its content; a place that shows one client's site is not given to another's.

    www            -> .www.releases/aurora-3f9c2a71d04be856
    .www.releases/    aurora-3f9c2a71d04be856  (shown)   aurora-a0417be2c95d3316  (the one before)
"""

from __future__ import annotations

import posixpath
import re
import shlex
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from audit.errors import DeliveryError, MissingLibrary, UsageError
from audit.files import handle_folder, sha256_of

SECONDS = 600  # that one program may take
_NAME_LENGTH = 16  # hex digits of the digest in a release's name
_RELEASE = re.compile(r"(?:(?P<client>[a-z0-9._-]+)-)?[0-9a-f]{16}")  # without a client: made by version 0.1
_REMOTE = re.compile(r"(?P<host>(?:[\w.-]+@)?[A-Za-z0-9_][\w.-]*):(?P<path>[^:].*)")
_REMOTE_URL = re.compile(
    r"(?:ssh|rsync)://(?P<host>(?:[\w.-]+@)?[A-Za-z0-9_][\w.-]*)(?::(?P<port>\d{1,5}))?(?P<path>/.+)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Paths inside the site, sorted, as they would change."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishReport:
    """What was done: `published` False means nothing (a rehearsal with its `changes`, or nothing to do)."""

    target: str
    release: str
    published: bool
    changes: Changes | None = None

    def __str__(self) -> str:
        if self.published:
            return f"Published release {self.release} to {self.target}"
        if self.changes is None:
            return f"{self.target} already shows this site (release {self.release}); nothing changed"
        marks = (("+", self.changes.added), ("~", self.changes.changed), ("-", self.changes.removed))
        lines = [f"{mark} {path}" for mark, paths in marks for path in paths]
        return "\n".join([f"Would publish release {self.release} to {self.target}:", *lines])


class Target(Protocol):
    """A place that shows a site."""

    def shown(self) -> str | None:
        """The release shown now; None when nothing is. Raises DeliveryError when the place holds something else."""
        ...

    def changes(self, site: Path, before: str | None) -> Changes:
        """What showing `site` in place of the release `before` would change."""
        ...

    def show(self, site: Path, release: str, before: str | None) -> None:
        """Copies `site` beside the place, then switches to it; raises DeliveryError and leaves `before`."""
        ...


def publish(site: Path, target: str, *, dry_run: bool, ssh_config: Path | None = None) -> PublishReport:
    """Publishes the folder `site` to `target`: a folder, `[user@]host:path` or `ssh://[user@]host[:port]/path`.

    `rsync://` is read as `ssh://`: the copy always goes over ssh, since the switch needs a command there.
    The site folder's name is the client's: a place that shows another client's site is refused.
    `ssh_config` is an ssh configuration file to use in place of the user's. Raises UsageError for a site or a
    target that is none, MissingLibrary without ssh or rsync, DeliveryError with the program's own words.
    """
    _check_site(site)
    place = target_of(target, ssh_config=ssh_config)
    client = handle_folder(site.resolve().name)
    release = f"{client}-{sha256_of(site)[:_NAME_LENGTH]}"
    before = place.shown()
    _check_owner(before, client, target)
    if before == release:
        return PublishReport(target=target, release=release, published=False)
    if dry_run:
        return PublishReport(target=target, release=release, published=False, changes=place.changes(site, before))
    place.show(site, release, before)
    return PublishReport(target=target, release=release, published=True)


def target_of(text: str, *, ssh_config: Path | None = None) -> Target:
    """The place that `text` names: with a colon before the first slash another machine, else a folder here."""
    if not text.strip() or re.search(r"[\x00-\x1f\x7f]", text):
        raise UsageError("--to names no place; write a folder or host:path")
    url = _REMOTE_URL.fullmatch(text)
    if url:
        return RsyncTarget(
            url["host"], url["path"], port=int(url["port"]) if url["port"] else None, ssh_config=ssh_config
        )
    if ":" in text.split("/")[0]:
        remote = None if "://" in text else _REMOTE.fullmatch(text)
        if remote is None:
            raise UsageError(f"--to {text} is no target; write a folder, host:path or ssh://host/path")
        return RsyncTarget(remote["host"], remote["path"].removeprefix("~/"), ssh_config=ssh_config)
    return FolderTarget(Path(text))


class FolderTarget:
    """A folder of this machine; it becomes a link into the folder of releases beside it."""

    def __init__(self, path: Path) -> None:
        if path.name in ("", ".."):
            raise UsageError(f"--to {path} names no folder")
        self._path = path.parent.resolve() / path.name  # the last step may be our own link
        self._releases = self._path.parent / _releases(self._path.name)

    def shown(self) -> str | None:
        """The release that the link points to."""
        if self._path.is_symlink():
            return _release_in(str(self._path.readlink()), self._path.name, str(self._path))
        if self._path.exists() and (not self._path.is_dir() or any(self._path.iterdir())):
            raise DeliveryError(_occupied(str(self._path)))
        return None

    def changes(self, site: Path, before: str | None) -> Changes:
        """File by file, by content."""
        new, old = _contents(site), _contents(self._path)
        return Changes(
            added=tuple(sorted(new.keys() - old.keys())),
            changed=tuple(sorted(path for path in new.keys() & old.keys() if new[path] != old[path])),
            removed=tuple(sorted(old.keys() - new.keys())),
        )

    def show(self, site: Path, release: str, before: str | None) -> None:
        """Copy, rename, switch the link, drop all releases but this one and the one before."""
        try:
            self._copy(site, release)
            self._switch(release)
        except OSError as error:
            raise DeliveryError(f"{self._path}: {_words(error)}; the site shown is unchanged") from error
        try:
            for old in self._releases.iterdir():
                if old.name not in (release, before):
                    shutil.rmtree(old)
        except OSError as error:
            raise DeliveryError(f"{self._path} is published, an old release stays: {_words(error)}") from error

    def _copy(self, site: Path, release: str) -> None:
        partial = self._releases / f"{release}.partial"
        if partial.exists():
            shutil.rmtree(partial)  # of a run that was killed
        if not (self._releases / release).exists():
            self._releases.mkdir(parents=True, exist_ok=True)
            shutil.copytree(site, partial)
            partial.rename(self._releases / release)

    def _switch(self, release: str) -> None:
        following = self._path.with_name(f".{self._path.name}.next")
        following.unlink(missing_ok=True)
        following.symlink_to(f"{self._releases.name}/{release}")
        if self._path.is_dir() and not self._path.is_symlink():
            self._path.rmdir()  # empty, as `shown` has seen
        following.replace(self._path)


class RsyncTarget:
    """A folder of another machine, reached by ssh: the same layout as FolderTarget's."""

    def __init__(self, host: str, path: str, *, port: int | None = None, ssh_config: Path | None = None) -> None:
        path = posixpath.normpath(path)
        self._host = host
        self._parent, self._name = posixpath.dirname(path) or ".", posixpath.basename(path)
        if self._name in ("", ".", ".."):
            raise UsageError(f"--to {host}:{path} names no folder")
        self._place = f"{host}:{path}"
        self._ssh = ["ssh", "-o", "BatchMode=yes", "-o", "ConnectTimeout=20"]
        self._ssh += ["-F", str(ssh_config)] if ssh_config else []
        self._ssh += ["-p", str(port)] if port else []

    def shown(self) -> str | None:
        """The release that the remote link points to."""
        name = shlex.quote(self._name)
        answer = self._remote(
            f"cd {shlex.quote(self._parent)} 2>/dev/null || {{ echo nothing; exit 0; }}; "
            f"if [ -L {name} ]; then printf 'link %s\\n' \"$(readlink {name})\"; "
            f'elif [ -d {name} ] && [ -z "$(ls -A {name})" ]; then echo nothing; '
            f"elif [ -e {name} ]; then echo occupied; else echo nothing; fi"
        )
        last = answer.strip().rpartition("\n")[2]  # a login shell may greet before
        if last == "occupied":
            raise DeliveryError(_occupied(self._place))
        if last.startswith("link "):
            return _release_in(last.removeprefix("link "), self._name, self._place)
        return None

    def changes(self, site: Path, before: str | None) -> Changes:
        """What rsync itself says that it would do, by content."""
        if before is None:
            return Changes(added=tuple(sorted(_contents(site))))
        listing = self._rsync("--dry-run", "--itemize-changes", site=site, to=f"{self._parent}/{self._name}/")
        added: list[str] = []
        changed: list[str] = []
        removed: list[str] = []
        for line in listing.splitlines():
            mark, _, path = line.partition(" ")
            if mark == "*deleting" and not path.endswith("/"):
                removed.append(path.strip())
            elif mark.startswith("<f"):
                (added if mark.endswith("+") else changed).append(path)
        return Changes(added=tuple(sorted(added)), changed=tuple(sorted(changed)), removed=tuple(sorted(removed)))

    def show(self, site: Path, release: str, before: str | None) -> None:
        """Copy into a new remote folder, then rename and switch the link in one remote command."""
        releases = f"{self._parent}/{_releases(self._name)}"
        options = [f"--rsync-path=mkdir -p -- {shlex.quote(releases)} && rsync"]
        options += [f"--link-dest=../{before}"] if before else []
        self._rsync(*options, site=site, to=f"{releases}/{release}.partial/")
        self._remote(self._switch(release, before or release))

    def _switch(self, release: str, before: str) -> str:
        name, following = shlex.quote(self._name), shlex.quote(f".{self._name}.next")
        releases = shlex.quote(_releases(self._name))
        return (
            f"set -e; cd {shlex.quote(self._parent)}; "
            f"if [ -d {releases}/{release} ]; then rm -rf -- {releases}/{release}.partial; "
            f"else mv -T -- {releases}/{release}.partial {releases}/{release}; fi; "
            f"if [ -d {name} ] && [ ! -L {name} ]; then rmdir -- {name}; fi; "
            f"ln -sfn -- {releases}/{release} {following}; mv -T -- {following} {name}; "
            f'cd {releases}; for old in *; do case "$old" in {release}|{before}) ;; *) rm -rf -- "$old";; esac; done'
        )

    def _remote(self, script: str) -> str:
        return _run([*self._ssh, self._host, f"sh -c {shlex.quote(script)}"], self._place)

    def _rsync(self, *options: str, site: Path, to: str) -> str:
        usual = ["--recursive", "--links", "--perms", "--times", "--checksum", "--delete", "--compress", "--timeout=60"]
        # The remote shell must not read the path: --protect-args sends it past it.
        command = ["rsync", *usual, "--protect-args", *options, "-e", shlex.join(self._ssh)]
        return _run([*command, "--", f"{site.resolve()}/", f"{self._host}:{to}"], self._place)


def _run(command: list[str], place: str) -> str:
    """The program's output; its own last words become the error."""
    program = command[0]
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=SECONDS, check=False)
    except FileNotFoundError as error:
        package = {"ssh": "openssh-client"}.get(program, program)
        raise MissingLibrary(f"{program} is not installed. Run: sudo apt-get install -y {package}") from error
    except subprocess.TimeoutExpired as error:
        raise DeliveryError(f"{place}: {program} did not finish in {SECONDS} s; the site shown is unchanged") from error
    if done.returncode != 0:
        words = " ".join(re.sub(r"[^\S ]|[^\x20-\x7e\x80-\U0010ffff]", " ", done.stderr).split())[-500:]
        raise DeliveryError(f"{place}: {program} says: {words or f'exit {done.returncode}'}")
    return done.stdout


def _words(error: OSError) -> str:
    return f"{error.strerror}: {error.filename}" if error.strerror and error.filename else str(error)


def _check_site(site: Path) -> None:
    if not (site / "index.html").is_file():
        raise UsageError(f"{site} is no built site (no index.html). Run: ./invoke build")
    links = [path for path in site.rglob("*") if path.is_symlink()]
    if links:
        raise DeliveryError(f"{links[0]} is a link; a published site consists of files only")


def _contents(site: Path) -> dict[str, str]:
    """Digest by path inside the site; {} when there is no such folder."""
    return {path.relative_to(site).as_posix(): sha256_of(path) for path in site.rglob("*") if path.is_file()}


def _releases(name: str) -> str:
    return f".{name}.releases"


def _release_in(link: str, name: str, place: str) -> str:
    """The release that a link of ours points to; a link of somebody else's is not replaced."""
    folder, _, release = link.rpartition("/")
    if folder != _releases(name) or _RELEASE.fullmatch(release) is None:
        raise DeliveryError(f"{place} is a link to {link}, not one of ours; name a folder that is not there yet")
    return release


def _check_owner(release: str | None, client: str, place: str) -> None:
    """One place shows one client: a mistyped --to must not hide another client's site."""
    match = _RELEASE.fullmatch(release or "")
    if match and match["client"] not in (None, client):
        raise DeliveryError(
            f"{place} shows the site of {match['client']}, not of {client}; "
            f"name another folder with --to, or take the link {place} away first"
        )


def _occupied(place: str) -> str:
    return f"{place} holds files that no release of ours put there; name a folder that is empty or not there yet"
