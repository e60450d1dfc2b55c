"""Web addresses, read as browsers read them (WHATWG, through ada-url)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from urllib.parse import parse_qsl, unquote

import ada_url
from publicsuffixlist import PublicSuffixList


@cache
def _suffixes() -> PublicSuffixList:
    """The public suffix list that the library carries: no request, no cache on disk."""
    return PublicSuffixList()


def parts(url: str) -> ada_url.URL | None:
    """The parsed address when it is http or https with a host; None for everything else."""
    try:
        parsed = ada_url.URL(url.strip())
    except ValueError:
        return None
    return parsed if parsed.protocol in ("http:", "https:") and parsed.hostname else None


def absolute(url: str, base: str) -> str | None:
    """`url` against `base`, normalised; None when it is no http(s) address."""
    try:
        joined = ada_url.URL(url.strip(), base=base).href
    except ValueError:
        return None
    return joined if parts(joined) else None


def host(url: str) -> str:
    """Host of `url` in lower case without the final dot; "" when there is none."""
    parsed = parts(url)
    return parsed.hostname.rstrip(".").lower() if parsed else ""


def host_matches(url: str, domains: Iterable[str]) -> bool:
    """Whether the host of `url` is one of `domains` or lies below one of them."""
    name = host(url)
    return any(name == domain or name.endswith("." + domain) for domain in domains)


def path_segments(url: str) -> list[str]:
    """The path's non-empty segments, percent-decoded."""
    parsed = parts(url)
    return [unquote(segment) for segment in parsed.pathname.split("/") if segment] if parsed else []


def query(url: str) -> dict[str, str]:
    """The query's parameters, the last of a name wins; {} without a query."""
    parsed = parts(url)
    return dict(parse_qsl(parsed.search.lstrip("?"), keep_blank_values=True)) if parsed else {}


def registrable(url: str) -> str:
    """The registrable domain of `url` (shop.example.co.uk → example.co.uk); the host where there is none.

    Domains below which others let spaces (github.io) count as suffixes: two of them are two owners."""
    name = host(url)
    return _suffixes().privatesuffix(name) or name if name else ""
