"""MediaWiki over SQLite on loopback, with articles made by the test. It speaks plain HTTP; nginx stands before it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests import needs
from tests.servers.processes import Server, free_port, listens

HERE = Path(__file__).resolve().parent / "mediawiki"
SETTINGS = """
$wgCacheDirectory = __DIR__ . '/data';
$wgMainCacheType = CACHE_NONE;
$wgArticlePath = '/wiki/$1';
$wgEnableCanonicalServerLink = true;
wfLoadExtension('TextExtracts');
"""


class MediaWiki(Server):
    """A wiki that calls itself `address`. `port` is where it answers."""

    def __init__(self, *, address: str) -> None:
        self._php = needs.program("php")
        self._code = needs.mediawiki()
        self.address = address
        self.port = free_port()

    def write(self, articles: Mapping[str, str]) -> None:
        """Writes articles in wiki text, by title."""
        folder = self._processes.folder / "articles"
        folder.mkdir(exist_ok=True)
        files = [folder / f"{title}.txt" for title in articles]
        for file, text in zip(files, articles.values(), strict=True):
            file.write_text(text, "utf-8")
        self._maintain("importTextFiles.php", "--user", "Admin", *files)

    def _start(self) -> None:
        folder = self._processes.folder
        (folder / "data").mkdir()
        entries = folder / "www" / "w"
        entries.mkdir(parents=True)
        for part in self._code.iterdir():
            if part.name != "LocalSettings.php":  # the machine's own wiki, if there is one
                (entries / part.name).symlink_to(part)
        self._environment = {"MW_INSTALL_PATH": str(entries), "MW_CONFIG_FILE": str(folder / "LocalSettings.php")}
        self._maintain(
            "install.php", "--dbtype", "sqlite", "--dbname", "wiki", "--dbpath", folder / "data",
            "--confpath", folder, "--server", self.address, "--scriptpath", "/w", "--lang", "it",
            "--pass", "not-a-secret", "Prova", "Admin",
        )  # fmt: skip
        with (folder / "LocalSettings.php").open("a") as settings:
            settings.write(SETTINGS)
        self._processes.run(
            "php", [self._php, "-S", f"127.0.0.1:{self.port}", "-t", folder / "www", HERE / "router.php"],
            {"PHP_CLI_SERVER_WORKERS": "4", **self._environment},
        )  # fmt: skip
        self._processes.wait_until(lambda: listens(self.port))

    def _maintain(self, script: str, *arguments: str | Path) -> None:
        self._processes.once([self._php, self._code / "maintenance" / script, *arguments], self._environment)
