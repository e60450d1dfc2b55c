"""Small pages as networks show them, of a company that is none, and what a reader makes of them."""

from __future__ import annotations

import json
from datetime import date
from html import escape
from typing import Any

from audit.models import Profile
from audit.platforms import read_page


def page_of(
    body: str = "", *, title: str = "", meta: dict[str, str] | None = None, language: str = "en", head: str = ""
) -> str:
    """An HTML page with a title, metadata by name (`og:…` and `al:…` by property) and a body."""
    tags = "".join(
        f'<meta {"property" if name.startswith(("og:", "al:")) else "name"}="{name}" content="{escape(content)}">'
        for name, content in (meta or {}).items()
    )
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"{tags}{head}</head><body>{body}</body></html>"
    )


def island(value: Any, attributes: str = 'type="application/json"') -> str:
    """A script element that holds `value` as JSON."""
    return f"<script {attributes}>{json.dumps(value)}</script>"


def shown(profile: Profile, *names: str) -> dict[str, Any]:
    """The bare values of the named fields; `recent` as the number of posts, dates in ISO form."""
    values: dict[str, Any] = {}
    for name in names:
        value = getattr(profile, name)
        value = getattr(value, "value", value)
        if name == "recent":
            value = len(value)
        values[name] = value.isoformat() if isinstance(value, date) else value
    return values


def read_shown(
    url: str, body: Any, expected: dict[str, Any], *, status: int = 200, final_url: str | None = None
) -> dict[str, Any]:
    """What is read of an answer (text, or a value that stands for its JSON), of the fields that are expected."""
    text = body if isinstance(body, str) else json.dumps(body)
    profile = read_page(url, text.encode("utf-8"), status=status, final_url=final_url)
    return shown(profile, *expected)
