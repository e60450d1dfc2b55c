"""What a run will ask for and what that may cost, before anything is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from audit.credentials import Keys
from audit.models import Link, State
from audit.parse.address import host
from audit.platforms._base import Platform


def hosts_in_order(links: Iterable[Link], offered: Mapping[str, Platform]) -> list[list[Link]]:
    """The links by host, the host with most to ask first; a website is many pages, a profile one or two."""
    groups: dict[str, list[Link]] = {}
    for link in links:
        groups.setdefault(host(link.url), []).append(link)
    return sorted(groups.values(), key=lambda group: -sum(expected_requests(link, offered) for link in group))


def expected_requests(link: Link, offered: Mapping[str, Platform], keys: Keys | None = None) -> int:
    """About how many pages will be asked for on behalf of `link`: none of a platform that is not asked."""
    platform = offered.get(link.platform)
    if platform is None or platform.read(link, {}).state is State.RETIRED:
        return 0
    if platform.api is not None and keys is not None and keys.has(platform.api.credential):
        return len(platform.api.roles)
    if not platform.keyless:
        return 0
    return len(platform.roles) if link.platform == "website" else len(platform.wants(link, {}))


def expected_costs(links: Iterable[Link], offered: Mapping[str, Platform], keys: Keys) -> dict[str, tuple[int, float]]:
    """How many profiles will be asked for through an API that costs money, and what they cost at most together (US
    dollars), by platform."""
    costs: dict[str, tuple[int, float]] = {}
    for link in links:
        api = offered[link.platform].api if link.platform in offered else None
        if api is not None and api.prices and keys.has(api.credential):
            number, cost = costs.get(link.platform, (0, 0.0))
            costs[link.platform] = (number + 1, round(cost + sum(api.prices.values()), 4))
    return costs
