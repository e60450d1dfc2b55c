"""Publishing: into a folder, and through a real sshd and rsync on loopback."""

from __future__ import annotations

import getpass
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from audit import publish as publish_module
from audit.errors import AuditError, DeliveryError, MissingLibrary, UsageError
from audit.publish import Changes, FolderTarget, PublishReport, RsyncTarget, publish, target_of
from tests import needs


def site_of(folder: Path, **files: str) -> Path:
    """A small built site of the client "aurora"; names are written with `__` for `/` and `_` for `.`."""
    site = folder / "aurora"
    for name, text in {"index_html": "home", **files}.items():
        path = site / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return site


def contents(folder: Path) -> dict[str, str]:
    """What a visitor of the folder sees: text by path."""
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


@dataclass
class Place:
    """A target under test: how `--to` names it, and the folder where it shows."""

    to: str
    folder: Path
    ssh_config: Path | None

    def publish(self, site: Path, *, dry_run: bool = False) -> PublishReport:
        """Publishes to this place."""
        return publish(site, self.to, dry_run=dry_run, ssh_config=self.ssh_config)

    @property
    def releases(self) -> list[str]:
        """The releases kept beside the place."""
        return sorted(path.name for path in self.folder.with_name(f".{self.folder.name}.releases").iterdir())


@pytest.fixture(scope="module")
def ssh_config(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A real sshd on loopback with a key of its own; `target` is its name in the configuration."""
    sshd = needs.program("sshd")
    for name in ("ssh", "ssh-keygen", "rsync"):
        needs.program(name)
    folder = tmp_path_factory.mktemp("ssh")
    for key in ("host", "user"):
        subprocess.run(["ssh-keygen", "-qt", "ed25519", "-N", "", "-f", str(folder / key)], check=True)
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "sshd_config").write_text(
        f"ListenAddress 127.0.0.1\nPort {port}\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/user.pub\n"
        "PidFile none\nPasswordAuthentication no\nStrictModes no\nMaxStartups 100\n"
    )
    kind, key = (folder / "host.pub").read_text().split()[:2]
    (folder / "known").write_text(f"[127.0.0.1]:{port} {kind} {key}\n")
    config = folder / "config with space"
    config.write_text(
        f"Host target\nHostName 127.0.0.1\nPort {port}\nUser {getpass.getuser()}\nIdentityFile {folder}/user\n"
        f"IdentitiesOnly yes\nUserKnownHostsFile {folder}/known\nStrictHostKeyChecking yes\n"
    )
    server = subprocess.Popen(
        [sshd, "-D", "-e", "-f", str(folder / "sshd_config")], stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        _wait_for(["ssh", "-F", str(config), "target", "true"])
        yield config
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=10)


def _wait_for(command: list[str]) -> None:
    for _ in range(100):
        if subprocess.run(command, capture_output=True, check=False).returncode == 0:
            return
        time.sleep(0.05)
    pytest.fail(f"sshd does not answer: {subprocess.run(command, capture_output=True, text=True, check=False).stderr}")


@pytest.fixture(params=["folder", "rsync"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Both kinds of target behave alike; the path holds what a shell would take apart."""
    folder = tmp_path / "the site's $HOME" / "www"
    folder.parent.mkdir()
    if request.param == "folder":
        return Place(str(folder), folder, None)
    return Place(f"target:{folder}", folder, request.getfixturevalue("ssh_config"))


def test_a_site_is_shown_whole(place: Place, tmp_path: Path) -> None:
    """First publication: the place is a link to a release named after its content."""
    site = site_of(tmp_path / "site", audit__style_css="body {}")
    report = place.publish(site)

    assert {"index.html": "home", "audit/style.css": "body {}"} == contents(place.folder)
    assert report.published
    assert f"Published release {report.release} to {place.to}" == str(report)
    assert [report.release] == place.releases
    assert report.release.startswith("aurora-")
    assert place.folder.is_symlink()


def test_another_clients_site_is_not_replaced(place: Place, tmp_path: Path) -> None:
    """A mistyped place is refused, in rehearsal too, with both clients named; the site shown stays."""
    place.publish(site_of(tmp_path))
    other = tmp_path / "bottega-sole"
    other.mkdir()
    (other / "index.html").write_text("other")
    for dry_run in (True, False):
        with pytest.raises(DeliveryError, match=r"shows the site of aurora, not of bottega-sole; name another folder"):
            place.publish(other, dry_run=dry_run)

    assert {"index.html": "home"} == contents(place.folder)


def test_a_release_without_a_client_is_followed_by_one_with(place: Place, tmp_path: Path) -> None:
    """What an earlier version published is updated as before."""
    old = place.folder.with_name(".www.releases") / "3f9c2a71d04be856"
    old.mkdir(parents=True)
    (old / "index.html").write_text("old")
    place.folder.symlink_to(".www.releases/3f9c2a71d04be856")
    release = place.publish(site_of(tmp_path)).release

    assert {"index.html": "home"} == contents(place.folder)
    assert ["3f9c2a71d04be856", release] == place.releases


def test_the_same_site_twice_changes_nothing_and_says_so(place: Place, tmp_path: Path) -> None:
    """Equal content is the same release, whenever it was built and wherever it lies."""
    first = place.publish(site_of(tmp_path / "one"))
    before = place.folder.lstat().st_mtime_ns
    second = place.publish(site_of(tmp_path / "two"))

    assert (first.release, False) == (second.release, second.published)
    assert f"{place.to} already shows this site (release {first.release}); nothing changed" == str(second)
    assert before == place.folder.lstat().st_mtime_ns


def test_a_new_site_replaces_the_old_one_and_one_release_is_kept(place: Place, tmp_path: Path) -> None:
    """Removed files are gone, changed ones are new also at equal size and time; the release before stays."""
    sites = [site_of(tmp_path / str(n), index_html=f"home {n}", **{f"page{n}_html": "x"}) for n in range(3)]
    for site in sites:
        for file in site.rglob("*"):
            os.utime(file, (1_700_000_000, 1_700_000_000))
    first, second, third = [place.publish(site).release for site in sites]

    assert {"index.html": "home 2", "page2.html": "x"} == contents(place.folder)
    assert sorted([second, third]) == place.releases
    assert first not in place.releases


def test_going_back_is_publishing_again(place: Place, tmp_path: Path) -> None:
    """The release before is still there and is shown again."""
    old, new = site_of(tmp_path / "old"), site_of(tmp_path / "new", index_html="new")
    releases = {place.publish(old).release, place.publish(new).release}
    place.publish(old)

    assert {"index.html": "home"} == contents(place.folder)
    assert sorted(releases) == place.releases


def test_a_rehearsal_lists_what_would_change_and_changes_nothing(place: Place, tmp_path: Path) -> None:
    """Before the first publication everything is new; later the difference by content."""
    old = site_of(tmp_path / "old", same_css="s", gone__deep_html="g", changed_html="1")
    new = site_of(tmp_path / "new", same_css="s", fresh__deep_html="f", changed_html="2")
    first = place.publish(old, dry_run=True)
    assert Changes(added=("changed.html", "gone/deep.html", "index.html", "same.css")) == first.changes
    assert not place.folder.exists()

    place.publish(old)
    second = place.publish(new, dry_run=True)
    assert Changes(added=("fresh/deep.html",), changed=("changed.html",), removed=("gone/deep.html",)) == second.changes
    assert contents(old) == contents(place.folder)
    assert [
        f"Would publish release {second.release} to {place.to}:",
        "+ fresh/deep.html",
        "~ changed.html",
        "- gone/deep.html",
    ] == str(second).splitlines()


def test_what_a_killed_run_left_is_cleared_away(place: Place, tmp_path: Path) -> None:
    """A half copy beside the place is neither shown nor mixed into the new release."""
    site = site_of(tmp_path / "site")
    release = place.publish(site, dry_run=True).release
    half = place.folder.with_name(".www.releases") / f"{release}.partial"
    site_of(half, leftover_html="half")
    (half.parent / "0000000000000000.partial").mkdir()
    (place.folder.parent / ".www.next").symlink_to("nowhere")
    place.publish(site)

    assert {"index.html": "home"} == contents(place.folder)
    assert [release] == place.releases


def test_an_empty_folder_is_taken_a_full_one_is_not(place: Place, tmp_path: Path) -> None:
    """Files of somebody else are never overwritten or hidden."""
    site = site_of(tmp_path / "site")
    place.folder.mkdir()
    (place.folder / "other.txt").write_text("theirs")
    with pytest.raises(DeliveryError, match="holds files that no release of ours put there"):
        place.publish(site)
    assert {"other.txt": "theirs"} == contents(place.folder)

    (place.folder / "other.txt").unlink()
    place.publish(site)
    assert {"index.html": "home"} == contents(place.folder)


def test_somebody_elses_link_is_not_replaced(place: Place, tmp_path: Path) -> None:
    """A link to another folder stays as it is."""
    (tmp_path / "real").mkdir()
    place.folder.symlink_to(tmp_path / "real")
    with pytest.raises(DeliveryError, match="not one of ours"):
        place.publish(site_of(tmp_path / "site"))


def test_trouble_on_the_way_leaves_the_old_site(place: Place, tmp_path: Path) -> None:
    """The copy cannot be made: an error that names the place, and visitors see no change."""
    place.publish(site_of(tmp_path / "old"))
    new = site_of(tmp_path / "new", index_html="new")
    release = place.publish(new, dry_run=True).release
    (place.folder.with_name(".www.releases") / f"{release}.partial").write_text("a file in the way")
    with pytest.raises(DeliveryError, match=r"www: ."):
        place.publish(new)

    assert {"index.html": "home"} == contents(place.folder)


@pytest.mark.parametrize("make", ["empty", "link"])
def test_what_is_no_site_is_not_published(make: str, tmp_path: Path) -> None:
    """A folder without index.html, or with a link that would publish a file from elsewhere."""
    site = tmp_path / "site"
    site.mkdir()
    if make == "link":
        site = site_of(site)
        (site / "passwords.html").symlink_to("/etc/passwd")
    with pytest.raises(AuditError, match=r"no built site|is a link"):
        publish(site, str(tmp_path / "www"), dry_run=False)
    assert not (tmp_path / "www").exists()


def test_a_host_that_cannot_be_reached_is_named_in_sshs_own_words(ssh_config: Path, tmp_path: Path) -> None:
    """Nothing listens on that port."""
    with pytest.raises(DeliveryError, match=r"^127\.0\.0\.1:/www: ssh says: .*[Cc]onnection refused"):
        publish(site_of(tmp_path / "site"), "ssh://127.0.0.1:1/www", dry_run=False, ssh_config=ssh_config)


def test_a_missing_program_is_named_with_the_line_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without ssh on the path."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingLibrary, match=r"ssh is not installed. Run: sudo apt-get install -y openssh-client"):
        publish(site_of(tmp_path / "site"), "host:www", dry_run=False)


def test_a_program_that_hangs_is_ended(ssh_config: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No publication waits for ever."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        monkeypatch.setattr(publish_module, "SECONDS", 0.3)
        target = f"ssh://127.0.0.1:{silent.getsockname()[1]}/www"
        with pytest.raises(DeliveryError, match=r"ssh did not finish in 0\.3 s"):
            publish(site_of(tmp_path / "site"), target, dry_run=False, ssh_config=ssh_config)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("/var/www/aurora", FolderTarget),
        ("public", FolderTarget),
        ("./odd:name", FolderTarget),
        ("web:www", RsyncTarget),
        ("elena@web.agency.example:/var/www/aurora", RsyncTarget),
        ("web:~/www", RsyncTarget),
        ("ssh://elena@web.agency.example:2222/var/www", RsyncTarget),
        ("rsync://web.agency.example/var/www", RsyncTarget),
    ],
)
def test_a_target_is_a_folder_or_another_machine(text: str, kind: type) -> None:
    """A colon before the first slash makes it another machine, as with rsync."""
    assert kind is type(target_of(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        ".",
        "..",
        "/",
        "-oProxyCommand=x:www",
        "host:",
        "web:..",
        "web:/",
        "a b:www",
        "host:www\nrm",
        "ssh://-x/y",
    ],
)
def test_what_names_no_place_is_a_usage_error(text: str) -> None:
    """Nothing that ssh could read as an option, nothing without a folder's name."""
    with pytest.raises(UsageError, match="--to"):
        target_of(text)
