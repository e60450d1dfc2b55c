"""Where a redirect may lead: to a web address, and never to a platform that is not asked without a key."""

from __future__ import annotations

from audit.courtesy import Ledger
from audit.guard import NoAnswer, Place
from audit.models import State
from audit.parse.address import absolute
from audit.platforms import platform_of


def redirect_target(location: str, place: Place, ledger: Ledger) -> str:
    """The address that a Location header of `place` means; a step from https down to http is noted in the ledger."""
    target = absolute(location, place.url)
    if target is None:
        raise NoAnswer(State.FAILED, f"redirects to {location[:200]!r}, which is no web address")
    url = target.partition("#")[0]
    downgrades = ledger.of(place.name).downgrades
    if place.scheme == "https" and url.startswith("http:") and place.url not in downgrades:
        downgrades.append(place.url)
    return url


def check_permission(url: str) -> None:
    """Refuses a redirect to a platform that is never asked without a key, before anything is asked there."""
    platform = platform_of(url)
    if not platform.keyless:
        reason = f"redirects to {platform.title}, which does not permit reading without a key: {platform.robots_note}"
        raise NoAnswer(State.NOT_PERMITTED, reason)
