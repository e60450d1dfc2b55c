"""The address of a company's website as a person types it, on the command line or in client.toml."""

from __future__ import annotations

import re

from audit.errors import UsageError
from audit.parse.address import host, is_local, likely_address, parts
from audit.platforms import platform_of

# A host's name comes first: nothing that could be a scheme.
_NO_SCHEME = re.compile(r"\s*(?:localhost|[^\s/\\:@?#]*\.[^\s/\\:@?#]*)(?:[/:?#].*)?", re.S)


def checked_site(text: str, *, country: str = "", allow_local: bool = False) -> str:
    """The site's address as browsers write it; a host's name alone is one.

    Raises UsageError with the nearest likely one for a mistyped address (`country`: two letters, whose ending a name
    without one gets), for a profile, and for an address of the own network unless `allow_local`."""
    typed = parts(text) or (parts(f"https://{text.strip()}") if _NO_SCHEME.fullmatch(text) else None)
    likely = likely_address(text, ending=country.lower() if country and country != "GB" else "com")
    inside = next((one.href for one in (typed, parts(likely or "")) if one is not None and is_local(one.href)), "")
    if inside and not allow_local:
        likely = likely if "." not in host(inside) and host(inside) != "localhost" else None
        raise UsageError(
            f"{text!r} lies in the own network ({host(inside)}), where no audit looks; give the address under"
            f" which the public reaches the site.{_meant(likely)}"
        )
    if typed is not None and is_local(typed.href):
        return typed.href
    if typed is None or likely != typed.href:
        remedy = _meant(likely) or " Write it as the browser shows it: https://www.company.it/"
        raise UsageError(f"{text!r} is no address of a website.{remedy}")
    owner = platform_of(typed.href)
    if owner.name != "website":
        raise UsageError(
            f"{typed.href} is an address of {owner.title}; give the company's own website. A profile stands under"
            " [profiles] in client.toml, as clients/example shows"
        )
    return typed.href


def _meant(likely: str | None) -> str:
    return f" Did you mean {likely} ?" if likely else ""
