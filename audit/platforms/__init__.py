"""The platforms: every module beside this file that does not start with an underscore is one."""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache, lru_cache

from audit.models import Link, Page, Profile, Source, State
from audit.platforms._base import Platform
from audit.platforms._declared import with_declared

_UNKNOWN_TIME = datetime(1970, 1, 1, tzinfo=UTC)


@cache
def platforms() -> dict[str, Platform]:
    """All platforms by name, sorted by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    found: dict[str, Platform] = {}
    for name in names:
        found[name] = importlib.import_module(f"{__name__}.{name}").PLATFORM
    return found


@lru_cache(maxsize=4096)  # asked for every page of a profile, and every link to one
def platform_of(url: str, *, declared: bool = False) -> Platform:
    """The platform that `url` is an address of; the company's own website for all other addresses.

    `declared` says that somebody called the address a profile of the company (rel=me, Wikidata, a client file): then
    an unknown host whose path has the shape of a profile is a server of a platform that anybody can run.
    """
    website = platforms()["website"]
    known = next((platform for platform in platforms().values() if platform.claims(url)), website)
    if not declared or known is not website:
        return known
    return next(
        (platform for platform in platforms().values() if platform.anywhere and platform.link(url) is not None), website
    )


def link_of(url: str, *, company: str = "client", declared: bool = False) -> Link | None:
    """The profile that `url` points to, on whichever platform; None when it is no profile of a platform.
    `declared` as in `platform_of`."""
    platform = platform_of(url, declared=declared)
    link = platform.link(url)
    return (
        None
        if link is None
        else Link(company=company, platform=link.platform, handle=link.handle, url=link.url, found_in=link.found_in)
    )


def read_profile(link: Link, pages: Mapping[str, Page]) -> Profile:
    """All that stored pages show of a profile, by its platform's reader; then what a person declared."""
    return with_declared(platforms()[link.platform].read(link, pages), pages)


def read_page(
    url: str,
    body: bytes,
    *,
    status: int = 200,
    media_type: str | None = None,
    final_url: str | None = None,
    source: Source = Source.SAVED,
) -> Profile:
    """Reads one saved response and returns the profile that it shows; never raises for what it holds."""
    link, role = _asked_for(url)
    page = Page(
        url=url,
        final_url=final_url or url,
        role=role,
        state=State.OBSERVED,
        source=source,
        fetched_at=_UNKNOWN_TIME,
        status=status,
        media_type=media_type,
        sha256=hashlib.sha256(body).hexdigest(),
        body=body,
    )
    return platforms()[link.platform].read(link, {role: page})


@lru_cache(maxsize=4096)  # answers of one address come again and again
def _asked_for(url: str) -> tuple[Link, str]:
    """Whose page an address asks for, and the role that its answer plays."""
    platform = platform_of(url)
    role = platform.role(url) or ("profile" if "profile" in platform.roles else platform.roles[0])
    return platform.link(url) or Link(company="client", platform=platform.name, handle="", url=url), role
