"""The only reader and writer of stage files and evidence. Every file appears whole or not at all.

A run is a folder `clients/<slug>/<day>/`:

    evidence/<company>/<platform>/<handle>/link.json, <role>.json, <role>.body
    robots/<origin>.json, <origin>.body
    links.json  courtesy.json  profiles.json  observations.json  audit.json
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from audit.errors import DamagedFile, MissingStageFile, StaleStageFile, file_trouble
from audit.models import Link, Page

_UNFINISHED = ".part"  # how the name of what is being written ends
_DAMAGED = ".damaged"  # how the name of what was set aside ends
_OUT_OF = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM})  # what this machine lacks damages no file

# Which task writes a stage file: named in the error when the file is missing or stale.
WRITTEN_BY = {
    "links.json": "discover",
    "courtesy.json": "fetch",
    "evidence": "fetch",
    "profiles.json": "extract",
    "observations.json": "observe",
    "audit.json": "score",
}


def write_bytes(path: Path, data: bytes) -> None:
    """Writes `path` whole: temporary name, fsync, rename, fsync of the folder. Raises FileTrouble; then the old file is
    as it was."""
    with naming_the_place(path):
        _write_bytes(path, data)


@contextmanager
def naming_the_place(path: Path) -> Iterator[None]:
    """Turns what the system says against writing into FileTrouble that names `path`."""
    try:
        yield
    except OSError as error:
        raise file_trouble(error, path) from error


def _write_bytes(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=_UNFINISHED)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def sweep(folder: Path) -> None:
    """Takes away what runs that were cut short began to write below `folder`; only while no other run goes on."""
    for leftover in folder.rglob(f".*{_UNFINISHED}"):
        if leftover.is_dir():
            shutil.rmtree(leftover)
        else:
            leftover.unlink(missing_ok=True)


def replace_folder(path: Path, fresh: Path) -> None:
    """Puts the folder `fresh` in the place of `path`. A run cut short in between is repaired by `restore_folder`."""
    before = _before(path)
    if path.exists():
        path.rename(before)
    fresh.rename(path)
    if before.exists():
        shutil.rmtree(before)


def restore_folder(path: Path) -> None:
    """Brings back the folder that `replace_folder` had put aside when it was cut short."""
    before = _before(path)
    if before.exists() and not path.exists():
        before.rename(path)
    elif before.exists():
        shutil.rmtree(before)


def unfinished(path: Path) -> Path:
    """Where a folder is made before it takes the place of `path`; empty. `sweep` takes it away."""
    fresh = path.parent / f".{path.name}{_UNFINISHED}"
    if fresh.exists():
        shutil.rmtree(fresh)
    fresh.mkdir(parents=True)
    return fresh


def _before(path: Path) -> Path:
    return path.parent / f".{path.name}.before"


def write_text(path: Path, text: str) -> None:
    """Writes `text` as UTF-8, whole."""
    write_bytes(path, text.encode("utf-8"))


def sha256_of(path: Path) -> str:
    """Hex digest of a file, or of a folder's files with their names."""
    if path.is_dir():
        digest = hashlib.sha256()
        for file in sorted(file for file in path.rglob("*") if file.is_file()):
            digest.update(f"{file.relative_to(path).as_posix()}\0{sha256_of(file)}\n".encode())
        return digest.hexdigest()
    return hashlib.sha256(path.read_bytes()).hexdigest()


def save_stage(path: Path, kind: str, value: object, value_type: Any, *, made_from: list[Path]) -> None:
    """Writes a stage file: schema, digests of what it was made from, then the value's own fields."""
    content = _adapter(value_type).dump_python(value, mode="json")
    fields = content if isinstance(content, dict) else {kind: content}
    stage = {
        "schema": f"{kind}/1",
        "made_from": {source.name: sha256_of(source) for source in made_from if source.exists()},
        **fields,
    }
    write_text(path, to_json(stage))


def load_stage(path: Path, kind: str, value_type: Any, *, made_from: list[Path]) -> Any:
    """Reads a stage file; refuses a missing, damaged or stale one with the task to run."""
    task = WRITTEN_BY.get(path.name, "audit")
    if not path.exists():
        raise MissingStageFile(f"{path} is not there yet. Run: {command(task, path)}")
    try:
        stage = json.loads(path.read_bytes())
        schema, sources = stage.pop("schema"), stage.pop("made_from")
        stale = [
            source.name for source in made_from if source.exists() and sources.get(source.name) != sha256_of(source)
        ]
        if schema != f"{kind}/1":
            raise DamagedFile(f"{path} holds {schema}, not {kind}/1. Run: {command(task, path)}")
        value = stage[kind] if set(stage) == {kind} else stage
        loaded = _adapter(value_type).validate_python(value)
    except (ValueError, KeyError, TypeError, AttributeError, ValidationError) as error:
        raise DamagedFile(f"{path} cannot be read: {_first_line(error)}. Run: {command(task, path)}") from error
    if stale:
        raise StaleStageFile(f"{path} was made from an older {stale[0]}. Run: {command(task, path)}")
    return loaded


def command(task: str, path: Path) -> str:
    """The command that makes the stage file `path` again, with the client and the day that its folders tell."""
    client, day = path.parent.parent, path.parent.name
    if client.parent.name == "clients" and re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
        return f"./invoke {task} --client {client.name} --day {day}"
    return f"./invoke {task}"


def to_json(value: object) -> str:
    """The project's JSON: two spaces, sorted keys, UTF-8 as it is, newline at the end."""
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def to_plain(value: object, value_type: Any) -> Any:
    """A model value as plain dicts and lists, as in a stage file."""
    return _adapter(value_type).dump_python(value, mode="json")


def handle_folder(handle: str) -> str:
    """A folder name for a handle: itself when harmless, else a readable rest and a digest; never two alike."""
    plain = re.sub(r"[^a-z0-9._-]+", "-", handle.lower()).strip(".-")[:60]
    if plain == handle and plain and not re.search(r"-[0-9a-f]{8}$", plain):
        return plain
    return f"{plain or 'profile'}-{hashlib.sha256(handle.encode()).hexdigest()[:8]}"


def profile_folder(evidence: Path, link: Link) -> Path:
    """Where the evidence of one profile lies."""
    return evidence / link.company / link.platform / handle_folder(link.handle)


def save_page(evidence: Path, link: Link, page: Page) -> None:
    """Stores a page: `<role>.body` with its bytes, `<role>.json` with everything else."""
    folder = profile_folder(evidence, link)
    write_text(folder / "link.json", to_json(to_plain(link, Link)))
    _save_body_and_record(folder, page.role, page)


def _save_body_and_record(folder: Path, name: str, page: Page) -> None:
    # Without its record a body is no page: a run that ends here has lost the page, not left a pair that disagrees.
    (folder / f"{name}.json").unlink(missing_ok=True)
    write_bytes(folder / f"{name}.body", page.body)
    record = to_plain(replace(page, body=b""), Page)
    del record["body"]
    if page.came_as is None:  # the body is what came, as nearly always
        del record["came_as"]
    write_text(folder / f"{name}.json", to_json(record))


def save_robots(folder: Path, origin: str, page: Page) -> None:
    """Stores a robots.txt as it came, so that every ruling leads back to it and none is asked for twice in a run."""
    _save_body_and_record(folder, handle_folder(origin), page)


def load_robots(folder: Path) -> dict[str, Page]:
    """The stored robots.txt files by origin (`https://name`); a damaged one is left out: it will be asked for again."""
    found: dict[str, Page] = {}
    for record in sorted(folder.glob("*.json")):
        try:
            page = _load_page(record)
        except (OSError, ValueError, TypeError, DamagedFile):
            continue
        found[page.url.removesuffix("/robots.txt")] = page
    return found


def load_evidence(evidence: Path) -> Iterator[tuple[Link, dict[str, Page]]]:
    """Every profile with its pages by role, sorted by folder; a body that does not match its digest is refused."""
    for place in sorted(evidence.glob("*/*/*/link.json")):
        yield load_profile_folder(place.parent)


def load_profile_folder(folder: Path) -> tuple[Link, dict[str, Page]]:
    """One profile's link and pages out of its folder (the layout of evidence and of test fixtures)."""
    with _naming_the_damage(folder / "link.json"):
        link = _load_link(folder / "link.json")
    pages: dict[str, Page] = {}
    for record in _page_records(folder):
        with _naming_the_damage(record):
            page = _load_page(record)
            pages[page.role] = page
    return link, pages


def pages_without_bodies(evidence: Path) -> Iterator[tuple[Link, Page]]:
    """What is known of every stored page but its body, which need not be read for that; damaged ones are left out."""
    for place in sorted(evidence.glob("*/*/*/link.json")):
        for record in _page_records(place.parent):
            try:
                yield _load_link(place), _load_record(record)
            except (ValueError, TypeError):
                continue  # found and named by whoever reads it


def set_damaged_aside(evidence: Path) -> list[str]:
    """Gives damaged pages and links names under which they count as not stored (`<name>.damaged`): they can be asked
    for again, and a person can still look at them. Returns the damages in words."""
    told: list[str] = []
    for link in sorted(evidence.glob("*/*/*/link.json")):
        records: list[tuple[Path, Callable[[Path], object]]] = [(link, _load_link)]
        records += [(record, _load_page) for record in _page_records(link.parent)]
        for record, load in records:
            try:
                load(record)
            except (OSError, ValueError, TypeError, DamagedFile) as error:
                if isinstance(error, OSError) and error.errno in _OUT_OF:
                    raise
                told.append(str(error) if isinstance(error, DamagedFile) else f"{record}: {_first_line(error)}")
                _set_aside(record)
                if load is _load_page:
                    _set_aside(record.with_suffix(".body"))
    return told


def _set_aside(path: Path) -> None:
    if path.exists():
        path.replace(path.with_name(f"{path.name}{_DAMAGED}"))


def _page_records(folder: Path) -> list[Path]:
    return [record for record in sorted(folder.glob("*.json")) if record.name != "link.json"]


@contextmanager
def _naming_the_damage(record: Path) -> Iterator[None]:
    """Turns what reading a piece of evidence raises into DamagedFile with the task that mends it."""
    try:
        yield
    except DamagedFile as error:
        raise DamagedFile(f"{error}; {_again(record)}") from error
    except OSError as error:
        place = error.filename or record
        raise DamagedFile(f"{place} cannot be read: {error.strerror or error}; {_again(record)}") from error
    except (ValueError, TypeError, ValidationError) as error:
        raise DamagedFile(f"{record} cannot be read: {_first_line(error)}; {_again(record)}") from error


def _again(record: Path) -> str:
    """What brings a damaged page back: discover asks for a website and what it leads to, fetch for the profiles."""
    platform = record.parent.parent
    task = "discover" if platform.name == "website" else "fetch"
    return f"import or fetch the page again: {command(task, platform.parent.parent)}"


def _load_link(record: Path) -> Link:
    link: Link = _adapter(Link).validate_json(record.read_bytes())
    return link


def _load_record(record: Path) -> Page:
    page: Page = _adapter(Page).validate_python({**json.loads(record.read_bytes()), "body": b""})
    return page


def _load_page(record: Path) -> Page:
    page = _load_record(record)
    body = record.with_suffix(".body").read_bytes()
    if hashlib.sha256(body).hexdigest() != page.sha256:
        raise DamagedFile(f"{record.with_suffix('.body')} is not what its digest in {record.name} says")
    return replace(page, body=body)


@cache
def _adapter(value_type: Any) -> TypeAdapter[Any]:
    return TypeAdapter(value_type)


def _first_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:300]
