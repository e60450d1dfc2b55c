"""Evidence on disk: folders that no two handles share, pages that are whole or not there."""

from __future__ import annotations

import errno
import hashlib
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from audit.errors import FileTrouble, file_trouble
from audit.files import handle_folder, load_evidence, profile_folder, save_page
from audit.models import Link, Page, Source, State

LINK = Link(company="client", platform="telegram", handle="aurora", url="https://t.me/aurora")
PAGE = Page(
    url=LINK.url, final_url=LINK.url, role="profile", state=State.OBSERVED, source=Source.SAVED,
    fetched_at=datetime(2026, 11, 23, 8, tzinfo=UTC), status=200, media_type="text/html",
    sha256=hashlib.sha256(b"Aurora").hexdigest(), body=b"Aurora",
)  # fmt: skip


def test_a_page_comes_back_as_it_was_stored(tmp_path: Path) -> None:
    """Link, record and bytes."""
    save_page(tmp_path, LINK, PAGE)
    assert [(LINK, {"profile": PAGE})] == list(load_evidence(tmp_path))


def test_a_page_replaces_the_one_before(tmp_path: Path) -> None:
    """The last one stored in a role is the one there is."""
    newer = replace(PAGE, body=b"Aurora 2", sha256=hashlib.sha256(b"Aurora 2").hexdigest())
    save_page(tmp_path, LINK, PAGE)
    save_page(tmp_path, LINK, newer)
    assert [(LINK, {"profile": newer})] == list(load_evidence(tmp_path))


def test_a_body_without_its_record_is_no_page_and_blocks_nothing(tmp_path: Path) -> None:
    """What a run leaves that ended between the two files: the page is simply not there, and can be stored again."""
    save_page(tmp_path, LINK, PAGE)
    (profile_folder(tmp_path, LINK) / "profile.json").unlink()
    assert [(LINK, {})] == list(load_evidence(tmp_path))
    save_page(tmp_path, LINK, PAGE)
    assert [(LINK, {"profile": PAGE})] == list(load_evidence(tmp_path))


@pytest.mark.parametrize("handle", ["aurora.caffe", "aurora_caffe", "a-b", "127.0.0.1"])
def test_a_plain_handle_is_its_own_folder(handle: str) -> None:
    """A person finds the evidence by the handle."""
    assert handle == handle_folder(handle)


def test_no_two_handles_share_a_folder() -> None:
    """Case, separators, dots, other scripts, and a handle that looks like another one's folder."""
    handles = [
        "aurora",
        "Aurora",
        "AURORA",
        "../aurora",
        "aurora/",
        "…",
        "咖啡",
        "咖啡店",
        "a" * 80,
        "a" * 81,
        ".",
        "..",
    ]
    handles += [handle_folder(handle) for handle in handles if handle_folder(handle) != handle]
    folders = [handle_folder(handle) for handle in handles]
    assert len(handles) == len(set(folders))
    assert [] == [folder for folder in folders if "/" in folder or folder.startswith(".") or len(folder) > 80]


@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        (errno.ENOSPC, "free some room there and run the same task again. What was stored before is whole"),
        (errno.EDQUOT, "free some room there and run the same task again. What was stored before is whole"),
        (errno.EROFS, "let this account write there and run the same task again. What was stored before is whole"),
        (errno.EACCES, "let this account write there and run the same task again. What was stored before is whole"),
        (errno.EIO, "have the disk checked and run the same task again. What was stored before is whole"),
        (errno.EMFILE, "close other programs or raise the limit (ulimit -n 1024) and run the same task again."),
    ],
)
def test_d02_what_a_file_suffers_is_told_with_the_remedy(number: int, remedy: str) -> None:
    """The file, what the system says, what to do; the exit code is that of our own failures."""
    trouble = file_trouble(OSError(number, os.strerror(number)), Path("clients/aurora/links.json"))
    assert str(trouble).startswith(f"clients/aurora/links.json: {os.strerror(number)}; {remedy}")
    assert 1 == trouble.exit_code


def test_the_system_names_the_file_where_nobody_else_does() -> None:
    """And where it names none either, no file is made up."""
    named = OSError(errno.ENOENT, "No such file or directory", "/there/x")
    assert "/there/x: No such file or directory" == str(file_trouble(named))
    assert "Address already in use" == str(file_trouble(OSError(errno.EADDRINUSE, "Address already in use")))


def test_a_page_that_cannot_be_written_leaves_no_half_of_it(tmp_path: Path) -> None:
    """A file where a folder should be: the trouble names what could not be written."""
    (tmp_path / "client").write_text("not a folder", "utf-8")
    with pytest.raises(FileTrouble, match=r"/client/telegram/aurora/link\.json: (Not a directory|File exists)"):
        save_page(tmp_path, LINK, PAGE)
    assert [tmp_path / "client"] == list(tmp_path.iterdir())
