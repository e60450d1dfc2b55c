"""nginx on loopback: recorded sites and other servers under several host names, with TLS."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import trustme

from tests import needs
from tests.servers.processes import Server, free_port, listens

# Every site has a path that permits two requests a second and one that hangs up without a word.
RECORDED = """    server {{ listen 127.0.0.1:{port} ssl; server_name {name}; root {folder};
        gzip on; gzip_min_length 0; gzip_types *;
        location /slow/ {{ limit_req zone=z; add_header Retry-After 1 always; try_files $uri /index.html; }}
        location = /drop {{ return 444; }}
    }}
"""
PROXIED = """    server {{ listen 127.0.0.1:{port} ssl; server_name {name};
        location / {{ proxy_pass http://127.0.0.1:{behind}; proxy_set_header Host $host;
            proxy_set_header X-Forwarded-Proto https; }}
    }}
"""
# A name that no server has gets no answer, rather than the first server's.
FRAME = """{user}daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{}}
http {{
    include /etc/nginx/mime.types; charset utf-8;
    log_format seen "$host $uri $status $sent_http_content_encoding"; access_log {folder}/access.log seen;
    limit_req_zone $host zone=z:1m rate=2r/s; limit_req_status 429;
    ssl_certificate {folder}/cert.pem; ssl_certificate_key {folder}/key.pem;
    {temporary}
    server {{ listen 127.0.0.1:{port} ssl default_server; return 444; }}
{servers}}}
"""


class Nginx(Server):
    """Sites by host name: a folder of recorded files, or the loopback port of a server that speaks plain HTTP.

    `ca_file` is the authority that signed the certificate of all names. Use as `with Nginx({...}) as nginx`.
    """

    def __init__(self, sites: Mapping[str, Path | int]) -> None:
        self._program = needs.program("nginx")
        self.sites = sites
        self.port = free_port()

    def _start(self) -> None:
        folder = self._processes.folder
        self.ca_file = folder / "ca.pem"
        authority = trustme.CA()
        authority.cert_pem.write_to_path(self.ca_file)
        certificate = authority.issue_cert(*self.sites)
        certificate.private_key_pem.write_to_path(folder / "key.pem")
        (folder / "cert.pem").write_bytes(b"".join(part.bytes() for part in certificate.cert_chain_pems))
        (folder / "nginx.conf").write_text(self._configuration(folder))
        self._processes.run("nginx", [self._program, "-c", folder / "nginx.conf", "-p", folder, "-e", "error.log"])
        self._processes.wait_until(lambda: listens(self.port))

    def asked(self) -> list[str]:
        """What was asked and answered, one line each: host, path, status, packing (`-` for none)."""
        return (self._processes.folder / "access.log").read_text().splitlines()

    @property
    def hosts(self) -> dict[str, tuple[str, int]]:
        """Where each name lies, as the fetcher takes it."""
        return dict.fromkeys(self.sites, ("127.0.0.1", self.port))

    @property
    def fetching(self) -> dict[str, Any]:
        """What a fetcher needs to reach the sites."""
        return {"allow_loopback": True, "hosts": self.hosts, "ca_file": self.ca_file}

    @property
    def setting(self) -> str:
        """The same as the setting `fetch.hosts`."""
        return ", ".join(f"{name}=127.0.0.1:{self.port}" for name in self.sites)

    def _configuration(self, folder: Path) -> str:
        servers = [
            RECORDED.format(port=self.port, name=name, folder=place)
            if isinstance(place, Path)
            else PROXIED.format(port=self.port, name=name, behind=place)
            for name, place in self.sites.items()
        ]
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        return FRAME.format(
            user="user root; " if os.geteuid() == 0 else "",
            folder=folder,
            port=self.port,
            temporary=" ".join(f"{kind}_temp_path {folder}/tmp/{kind};" for kind in kinds),
            servers="".join(servers),
        )
