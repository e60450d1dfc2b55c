"""What gathering may cost the other side and us: every limit of the fetcher in one place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Times are seconds, sizes bytes.

    `deadline` covers all attempts of one hop without the waits that pace or server ask for; `retry_after` is the
    longest wait that a server may ask for; `crawl_delay` the longest pause of a robots.txt that is kept;
    `attempts` counts the first one; `retry_budget` is for all hosts of one audit together; `jitter` is the largest
    share of the delay that is waited on top of it. `header_lines` and `header_bytes` are of one answer. An answer in
    the cache older than `kept` is checked anew, however long the server permits to keep it: an audit is of its day.
    """

    connect: float = 10.0
    read: float = 20.0
    deadline: float = 60.0
    body: int = 5_000_000
    header_lines: int = 200
    header_bytes: int = 65_536
    redirects: int = 5
    delay: float = 2.0
    jitter: float = 0.05
    crawl_delay: float = 60.0
    retry_after: float = 60.0
    attempts: int = 3
    retry_budget: int = 20
    parallel: int = 16
    kept: float = 24 * 3600.0
