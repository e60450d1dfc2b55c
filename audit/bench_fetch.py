"""What gathering costs: a company and three competitors on twelve loopback hosts, and Scrapy on the same hosts.

Each host answers after 200 ms and wants a second between the starts of two requests. Politeness alone sets a bound:
the host with n requests takes (n - 1) delays and one latency. Everything is asked on this machine.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from typing import Any

from audit.cost import cpu_seconds, figures_of, peak_mib
from audit.summary import aligned

HOSTS = 12
LATENCY = 0.2  # seconds until a host answers
DELAY = 1.0  # seconds between the starts of two requests to a host
_NAME = "audit.bench_fetch"
_DAY = date(2026, 11, 23)
_NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
_PAGES = {
    "/robots.txt": ("text/plain", "User-agent: *\nDisallow: /private\n"),
    "/": (
        "text/html",
        '<html lang="en"><head><title>Aurora</title><link rel="alternate" type="application/rss+xml" href="/feed.xml">'
        '</head><body><a href="/contact">Contact</a> <a href="/about">About us</a>'
        + "<p>Coffee, roasted every morning.</p>" * 600
        + "</body></html>",
    ),
    "/contact": ("text/html", "<html><title>Contact</title><body>Via Emilia 1, Modena</body></html>"),
    "/about": ("text/html", "<html><title>About us</title><body>Since 1987.</body></html>"),
    "/feed.xml": (
        "application/rss+xml",
        '<rss version="2.0"><channel><title>Aurora</title><item><title>New blend</title>'
        "<pubDate>Mon, 16 Nov 2026 08:00:00 GMT</pubDate></item></channel></rss>",
    ),
    "/sitemap.xml": (
        "application/xml",
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>http://x.example/</loc></url></urlset>',
    ),
}
BOUND = (len(_PAGES) - 1) * DELAY + LATENCY  # seconds; every host is asked for all its pages


def table(root: Path, runs: int) -> str:
    """The middle values of `runs` runs of each gatherer; the web of the benchmark runs in a process of its own."""
    rows: list[tuple[str, ...]] = [("gatherer", "requests", "wall s", "of the bound", "CPU s", "peak MiB")]
    with _web() as port:
        for label, arguments in (("finestra", ["ours", str(root)]), ("scrapy", ["scrapy"])):
            command = ["-m", _NAME, *arguments, str(port)]
            figures = [figures_of(command, cwd=root) for _ in range(max(1, runs))]  # None: not installed
            if None in figures:
                rows.append((label, "not installed; ./invoke test installs it", "", "", "", ""))
                continue
            requests, wall, cpu, peak = (median(one[key] for one in figures) for key in _FIGURES)
            rows.append((label, f"{requests:.0f}", f"{wall:.2f}", f"{wall / BOUND:.3f} x", f"{cpu:.2f}", f"{peak:.0f}"))
    polite = f"{HOSTS} hosts, {len(_PAGES)} requests each, {LATENCY:g} s latency, {DELAY:g} s delay"
    return f"{polite}: no sooner than {BOUND:.2f} s\n{aligned(rows, right=(1, 2, 3, 4, 5))}"


_FIGURES = ("requests", "wall", "cpu", "peak")


@contextmanager
def _web() -> Iterator[int]:
    """The twelve hosts, at 127.0.1.1 to 127.0.1.12 and under names at 127.0.0.1; gives their port."""
    process = subprocess.Popen([sys.executable, "-m", _NAME, "serve"], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield int(process.stdout.readline())
    finally:
        process.terminate()
        process.wait(10)


def addresses(port: int) -> list[str]:
    """The home pages of the hosts, each at a loopback address of its own."""
    return [f"http://127.0.1.{number}:{port}/" for number in range(1, HOSTS + 1)]


def names() -> list[str]:
    """The names that the hosts have for a gatherer that can be told where a name lies."""
    return [f"site{number}.example" for number in range(1, HOSTS + 1)]


async def _serve() -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        found = re.match(r"GET (\S+)", head)
        media_type, text = _PAGES.get(found.group(1) if found else "", ("text/html", ""))
        await asyncio.sleep(LATENCY)
        body = text.encode()
        status = "200 OK" if body else "404 Not Found"
        lines = f"content-type: {media_type}\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n"
        writer.write(f"HTTP/1.1 {status}\r\n{lines}".encode() + body)
        await writer.drain()
        writer.close()

    first = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = first.sockets[0].getsockname()[1]
    others = [await asyncio.start_server(answer, f"127.0.1.{number}", port) for number in range(1, HOSTS + 1)]
    print(port, flush=True)  # noqa: T201  # read by the process that started this one
    await asyncio.gather(*(server.serve_forever() for server in [first, *others]))


def measure_ours(root: Path, port: int) -> dict[str, float]:
    """One gathering for a company and three competitors with three sites each, with an empty evidence folder."""
    from audit import stages
    from audit.gather import Stage, gather
    from audit.stages import Run

    sites = [f"http://{name}/" for name in names()]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "pelicanconf.py").write_text((root / "pelicanconf.py").read_text("utf-8"), "utf-8")
        client = folder / "clients" / "bench"
        client.mkdir(parents=True)
        (client / "client.toml").write_text(_client_file(sites), "utf-8")
        run = Run(folder, "bench", _DAY)
        settings = {
            "delay": str(DELAY), "deadline": "30", "retry_after": "30", "allow_loopback": True, "ca_file": "",
            "proxy": "", "hosts": ", ".join(f"{name}=127.0.0.1:{port}" for name in names()),
        }  # fmt: skip
        begun = time.perf_counter()
        gather(
            run, asked=(Stage.DISCOVER, Stage.FETCH), settings=settings, now=lambda: _NOW, report=lambda _: None,
        )  # fmt: skip
        wall = time.perf_counter() - begun
        asked = stages.stored_courtesy(run)
        requests = sum(host.requests for host in asked.hosts) if asked else 0
    return {"requests": requests, "wall": wall, "cpu": cpu_seconds(), "peak": peak_mib()}


def _client_file(sites: list[str]) -> str:
    def profiles(own: list[str]) -> str:
        return "website = [" + ", ".join(f'"{site}"' for site in own) + "]\n"

    text = (
        f'name = "Aurora"\nsite = "{sites[0]}"\nsector = "food_beverage"\nsize = "small"\ncountry = "IT"\n'
        f'languages = ["en"]\n[profiles]\n{profiles(sites[:3])}'
    )
    for number in (1, 2, 3):
        own = sites[3 * number : 3 * number + 3]
        text += f'[[competitors]]\nname = "Rival {number}"\nsite = "{own[0]}"\n[competitors.profiles]\n{profiles(own)}'
    return text


def measure_scrapy(port: int) -> dict[str, float] | None:
    """Scrapy with the same delays, robots.txt obeyed, for the same pages; None where it is not installed."""
    try:
        import scrapy
        from scrapy.crawler import CrawlerProcess
    except ImportError:
        return None

    class Spider(scrapy.Spider):
        name = "pages"
        start_urls = addresses(port)

        def parse(self, response: Any) -> Iterator[Any]:
            if response.url in self.start_urls:
                for path in _PAGES:
                    if path not in ("/", "/robots.txt"):
                        yield response.follow(path, callback=self.parse)
                # What our own reading does of every page is done here too: its links are looked at.
                response.css("a::attr(href)").getall()

    logging.disable(logging.CRITICAL)
    process = CrawlerProcess(
        {
            "DOWNLOAD_DELAY": DELAY,
            "RANDOMIZE_DOWNLOAD_DELAY": False,
            "CONCURRENT_REQUESTS": 16,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
            "ROBOTSTXT_OBEY": True,
            "TELNETCONSOLE_ENABLED": False,
            "LOG_ENABLED": False,
        }
    )
    crawler = process.create_crawler(Spider)
    process.crawl(crawler)
    begun = time.perf_counter()
    process.start()
    wall = time.perf_counter() - begun
    requests = crawler.stats.get_value("downloader/request_count")
    return {"requests": requests, "wall": wall, "cpu": cpu_seconds(), "peak": peak_mib()}


def main(arguments: list[str]) -> None:
    """One of the benchmark's own processes."""
    if arguments[0] == "serve":
        asyncio.run(_serve())
        return
    port = int(arguments[-1])
    figures = measure_ours(Path(arguments[1]), port) if arguments[0] == "ours" else measure_scrapy(port)
    print(json.dumps(figures))  # noqa: T201  # read by the process that started this one


if __name__ == "__main__":
    main(sys.argv[1:])
