"""The versioned method: what is tested, with which curve, against which median, for which platform.

The tables are data (`rubric.toml`, `benchmarks.toml`, `relevance.toml`); curves and windows stand beside what they
judge (`pillars/`, `observe.py`). `Method.digest` is the digest of all of it: a changed threshold changes it.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import sqrt
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent
_TABLES = ("rubric.toml", "benchmarks.toml", "relevance.toml")
HOURS = {"S": 3, "M": 10, "L": 36, "XL": 60}  # midpoints of the effort classes; XL a quarter


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One statement of the rubric. `points` are of the whole method's 100; texts by language code."""

    name: str
    pillar: str
    code: str
    points: float
    source: str
    effort: str
    title: Mapping[str, str]
    action: Mapping[str, str]
    advice: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Method:
    """The tables of the method, read once."""

    rubric: Mapping[str, Any]
    benchmarks: Mapping[str, Any]
    relevance_tables: Mapping[str, Any]
    criteria: Mapping[str, Criterion]
    version: str
    digest: str

    @property
    def pillars(self) -> tuple[str, ...]:
        """Pillar ids in the report's order."""
        return tuple(self.rubric["pillar"])

    def threshold(self, name: str) -> Any:
        """A threshold of the rubric."""
        return self.rubric["thresholds"][name]

    def relevance(self, *, sector: str, country: str, audience: str | None) -> dict[str, float]:
        """w by platform: sqrt(reach) x sector x audience over the largest; countries without a table: the world."""
        tables = self.relevance_tables
        reach = tables["reach"].get(country, tables["reach"]["world"])
        by_sector = tables["sector"][sector]
        by_audience = tables["audience"].get(audience, {})
        raw = {name: sqrt(reach[name]) * by_sector[name] * by_audience.get(name, 1.0) for name in reach}
        largest = max(raw.values())
        return {name: value / largest for name, value in raw.items()}

    def in_scope(self, weight: float) -> bool:
        """Whether a platform of this relevance is scored."""
        return weight >= float(self.relevance_tables["in_scope"])

    def engagement_median(self, platform: str, sector: str, followers: int) -> tuple[float, float] | None:
        """Median and p90 of the engagement rate (share of followers per post) for an audience of this size;
        None where no publisher has one by follower."""
        found = self._benchmark("engagement", platform, sector)
        if found is None:
            return None
        percent, spread = found
        slope = self.benchmarks["size_slope"][platform]
        size = min(max(followers, 500), 1_000_000)
        median = percent / 100 * (size / 50_000) ** -slope
        return median, median * spread

    def cadence_median(self, platform: str, sector: str, size: str) -> tuple[float, float] | None:
        """Median and p90 of posts per week for a company of this size; None where there is no figure."""
        found = self._benchmark("cadence", platform, sector)
        if found is None:
            return None
        company = self.benchmarks["company_size"][size]
        median = found[0] * company["cadence"]
        return median, median * company["cadence_spread"]

    def audience_median(self, size: str) -> tuple[float, float]:
        """Median and p90 of the total audience for a company of this size."""
        median, p90 = self.benchmarks["company_size"][size]["audience"]
        return float(median), float(p90)

    def views_median(self, platform: str, followers: int) -> tuple[float, float] | None:
        """Median and p90 of views per follower of a video; None where there is no figure."""
        table = self.benchmarks["views_per_follower"].get(platform)
        if table is None:
            return None
        tiers = table["tiers"]  # the last one has no upper end
        median = next((value for below, value in tiers if followers < below), tiers[-1][1])
        return median, median * table["spread"]

    def _benchmark(self, metric: str, platform: str, sector: str) -> tuple[float, float] | None:
        """The sector's figure and spread where its industry has one, else the all-industry one."""
        industry = self.benchmarks["industry_of"][sector]
        for name in (industry, "all"):
            value = self.benchmarks[metric].get(name, {}).get(platform)
            if value:
                spread = self.benchmarks["spread"]["all" if name == "all" else "sector"].get(platform, 7.64)
                return float(value), float(spread)
        return None


@cache
def load_method() -> Method:
    """The method of this version."""
    contents = {name: (_FOLDER / name).read_bytes() for name in _TABLES}
    rubric, benchmarks, relevance = (tomllib.loads(contents[name].decode()) for name in _TABLES)
    code = [path.read_bytes() for path in _judging_code()]
    digest = hashlib.sha256(b"\0".join([*(contents[name] for name in _TABLES), *code])).hexdigest()
    criteria = {name: Criterion(name=name, **table) for name, table in rubric["criterion"].items()}
    return Method(rubric, benchmarks, relevance, criteria, rubric["version"], digest)


def _judging_code() -> list[Path]:
    """The modules that hold curves, windows and sums: a part of the method as much as the tables."""
    audit = _FOLDER.parent
    names = ("observe.py", "score.py", "recommend.py", "method/curves.py")
    return [*sorted((audit / "pillars").glob("*.py")), *(audit / name for name in names)]


def sectors() -> tuple[str, ...]:
    """The sectors a client file may name."""
    return tuple(load_method().relevance_tables["sector"])


def sizes() -> tuple[str, ...]:
    """The company sizes a client file may name."""
    return tuple(load_method().benchmarks["company_size"])


def audiences() -> tuple[str, ...]:
    """The audiences a client file may name."""
    return tuple(load_method().relevance_tables["audience"])
