"""Figures that a person looked up and wrote into a table: they count where no page shows the metric."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from audit.models import CountFact, Page, Profile, Source, State
from audit.parse.document import at_pointer, load_json

ROLE = "declared"  # the roles of such pages begin so, and go on with the day
METRICS = ("followers", "following", "posts", "likes", "views", "reviews")
# The platform itself says that there is no such account: no figure of it can be right.
_CLOSED = frozenset({State.MISSING, State.GONE, State.RETIRED})


def with_declared(profile: Profile, pages: Mapping[str, Page]) -> Profile:
    """`profile` with the declared counts that it lacks, those of the newest day.

    A profile of which no page could be read is observed by them, with the source `declared`.
    """
    declared = [page for role, page in sorted(pages.items()) if role.startswith(f"{ROLE}-") and _is_declared(page)]
    if not declared or profile.state in _CLOSED:
        return profile
    facts: dict[str, CountFact] = {}
    for page in sorted(declared, key=lambda page: page.fetched_at, reverse=True):
        for metric, fact in _facts(page).items():
            facts.setdefault(metric, fact)
    missing = {metric: fact for metric, fact in facts.items() if getattr(profile, metric) is None}
    if not missing:
        return profile
    if profile.state is not State.OBSERVED:
        profile = replace(profile, state=State.OBSERVED, source=Source.DECLARED, reason=None)
    return replace(profile, **missing)  # type: ignore[arg-type]  # the metrics are all counts


def _is_declared(page: Page) -> bool:
    return page.source is Source.DECLARED and page.state is State.OBSERVED


def _facts(page: Page) -> dict[str, CountFact]:
    """The page's counts by metric, the last row of each; what is not as `import` writes it is passed over."""
    figures = at_pointer(load_json(page.body.decode("utf-8", "replace")), "/figures")
    found: dict[str, CountFact] = {}
    for index, figure in enumerate(figures if isinstance(figures, list) else []):
        metric, raw = at_pointer(figure, "/metric"), at_pointer(figure, "/row/value")
        low, value, high = (at_pointer(figure, f"/{key}") for key in ("low", "value", "high"))
        if metric not in METRICS or not isinstance(raw, str):
            continue
        if isinstance(low, int) and isinstance(value, int) and isinstance(high, int) and 0 <= low <= value <= high:
            where = f"#/figures/{index}/row/value"
            found[metric] = CountFact(value=value, low=low, high=high, raw=raw, page=page.role, where=where)
    return found
