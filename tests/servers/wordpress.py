"""WordPress with its database on loopback, with posts of its own. It speaks plain HTTP; nginx stands before it."""

from __future__ import annotations

import getpass
import shutil
import urllib.error
import urllib.request
from pathlib import Path

from tests import needs
from tests.servers.processes import Server, free_port

HERE = Path(__file__).resolve().parent / "wordpress"
CONFIGURATION = """<?php
define('DB_NAME', 'wp'); define('DB_USER', 'root'); define('DB_PASSWORD', ''); define('DB_CHARSET', 'utf8mb4');
define('DB_HOST', 'localhost:{socket}'); define('WP_HOME', '{address}'); define('WP_SITEURL', WP_HOME);
define('WP_ENVIRONMENT_TYPE', 'local'); define('WP_HTTP_BLOCK_EXTERNAL', true); define('DISABLE_WP_CRON', true);
if (($_SERVER['HTTP_X_FORWARDED_PROTO'] ?? '') === 'https') {{ $_SERVER['HTTPS'] = 'on'; }}
$table_prefix = 'wp_';
if (!defined('ABSPATH')) {{ define('ABSPATH', __DIR__ . '/'); }}
require ABSPATH . 'wp-settings.php';
"""


class WordPress(Server):
    """A site that calls itself `address` and holds `posts` published posts and a draft. `port` is where it answers."""

    def __init__(self, *, address: str, posts: int) -> None:
        self._php = needs.program("php")
        self._database = needs.program("mariadbd")
        self._installer = needs.program("mariadb-install-db")
        self._shell = needs.program("mariadb")
        self._code = needs.wordpress()
        self.address, self.posts = address, posts
        self.port = free_port()

    def _start(self) -> None:
        folder, processes = self._processes.folder, self._processes
        site, socket = folder / "www", folder / "s"
        shutil.copytree(self._code, site, symlinks=False)
        (site / "wp-config.php").write_text(CONFIGURATION.format(socket=socket, address=self.address))
        mine = ["--no-defaults", f"--user={getpass.getuser()}", f"--datadir={folder}/db"]
        processes.once([
            self._installer, *mine, "--auth-root-authentication-method=normal", "--skip-test-db",
        ])  # fmt: skip
        processes.run("mariadb", [
            self._database, *mine, f"--socket={socket}", f"--pid-file={folder}/db/pid", "--skip-networking",
            "--innodb-buffer-pool-size=16M", "--innodb-flush-log-at-trx-commit=0",
        ])  # fmt: skip
        processes.wait_until(socket.exists)
        processes.once([self._shell, "--no-defaults", "-S", socket, "-u", "root", "-e", "create database wp"])
        processes.once([self._php, HERE / "seed.php", site, str(self.posts), self.address])
        processes.run(
            "php", [self._php, "-S", f"127.0.0.1:{self.port}", "-t", site, HERE / "router.php"],
            {"PHP_CLI_SERVER_WORKERS": "4"},
        )  # fmt: skip
        processes.wait_until(self._answers)

    def _answers(self) -> bool:
        asked = urllib.request.Request(f"http://127.0.0.1:{self.port}/wp-json/", headers={"X-Forwarded-Proto": "https"})
        try:
            with urllib.request.urlopen(asked, timeout=20) as answer:
                return bool(answer.status == 200)
        except urllib.error.HTTPError:
            raise
        except OSError:
            return False
