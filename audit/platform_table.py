"""The platforms as a table, out of what their modules say: for the terminal, and for the README."""

from __future__ import annotations

from io import StringIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from audit.credentials import CREDENTIALS
from audit.errors import UsageError
from audit.platforms import platforms
from audit.platforms._base import Platform

BEGIN = "<!-- The platforms, written by ./invoke platforms --readme: do not edit between the two marks. -->"
END = "<!-- The end of the platforms. -->"
_HEAD = ("platform", "ways in", "reads", "number of posts", "reader", "last checked against")
_LEAST_WIDTH = 100  # characters; a narrower table breaks words


def platform_table(width: int) -> str:
    """Every platform in a table of at most `width` characters, with what its robots.txt and terms say."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 1, 0))
    for name in (*_HEAD, "robots.txt and terms"):
        table.add_column(name, overflow="fold")
    for platform in platforms().values():
        table.add_row(*map(Text, (*_row(platform), platform.robots_note)))
    console = Console(file=StringIO(), width=max(width, _LEAST_WIDTH), color_system=None)
    with console.capture() as printed:
        console.print(table)
    return "\n".join(line.rstrip() for line in printed.get().splitlines())


def readme_table() -> str:
    """The same in Markdown, between its two marks."""
    rows = [_HEAD, ("---",) * len(_HEAD), *(_row(platform) for platform in platforms().values())]
    lines = [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows]
    return "\n".join((BEGIN, "", *lines, "", END))


def with_readme_table(text: str) -> str:
    """The README's text with the table of today. Raises UsageError when the two marks are not there, once each."""
    if (text.count(BEGIN), text.count(END)) != (1, 1) or text.index(BEGIN) > text.index(END):
        raise UsageError(f"README.md: the table has no place; write these two lines where it belongs:\n{BEGIN}\n{END}")
    before, after = text[: text.index(BEGIN)], text[text.index(END) + len(END) :]
    return f"{before}{readme_table()}{after}"


def key_of(platform: Platform) -> str:
    """The variables that hold the key of a platform's official API, joined by +; "" where it has none."""
    return " + ".join(CREDENTIALS[platform.api.credential].variables) if platform.api is not None else ""


def _api_of(platform: Platform) -> str:
    """The names of the official API, or of the two that one platform has; "" where it has none."""
    hosts = platform.api.hosts if platform.api is not None else frozenset()
    return " and ".join(credential.title for credential in CREDENTIALS.values() if credential.hosts & hosts)


def _spare_key(platform: Platform) -> str:
    """The variables of a key that goes along where it is set, and is not needed; "" where there is none."""
    link = platform.link(platform.control.known) if platform.control is not None else None
    names = {request.credential for request in platform.wants(link, {}).values()} if link is not None else set()
    return " + ".join(variable for name in sorted(filter(None, names)) for variable in CREDENTIALS[name].variables)


def price_of(platform: Platform) -> float:
    """What one profile costs at most through the official API, in US dollars."""
    return round(sum(platform.api.prices.values()), 4) if platform.api is not None else 0.0


def _row(platform: Platform) -> tuple[str, ...]:
    title = platform.title
    return (title, _ways(platform), _reads(platform), _posts(platform), _reader(platform), _checked(platform))


def _ways(platform: Platform) -> str:
    """How its figures come in, the best way first."""
    if platform.retired:
        return "none: it has closed"
    ways = []
    if platform.api is not None:
        price = price_of(platform)
        cost = f" (up to ${price:.2f} a profile)" if price else ""
        ways.append(f"{_api_of(platform)} with {key_of(platform)}{cost}")
    if platform.keyless:
        spare = _spare_key(platform)
        ways.append("asked without a key" + (f" (with {spare}: more often)" if spare else ""))
    if platform.by_page.fields:
        ways.append("saved page")
    return ", ".join([*ways, "declared"])


def _reads(platform: Platform) -> str:
    """What the reader finds: by every way in, then what a single one adds."""
    page, key = platform.by_page.names, platform.by_key.names
    both = [name for name in page if name in key] if page and key else [*page, *key]
    parts = [", ".join(both)]
    if page and key:
        for names, other, way in ((key, page, "with the key"), (page, key, "without")):
            added = [name for name in names if name not in other]
            parts.append(f"{way} also {', '.join(added)}" if added else "")
    return "; ".join(filter(None, parts)).replace("recent", "recent posts") or "nothing"


def _posts(platform: Platform) -> str:
    page, key = platform.by_page, platform.by_key
    if page.fields and key.fields and page.posts != key.posts:
        return f"{key.posts} with the key, {page.posts} without"
    return key.posts if key.fields else page.posts


def _reader(platform: Platform) -> str:
    """How far the reader is."""
    if platform.retired:
        return "recognised; the service has closed"
    sorts = {"pages": platform.by_page.fields, "the API's answers": platform.by_key.fields}
    read = " and ".join(name for name, fields in sorts.items() if fields)
    return f"reads {read}" if read else "recognised, not read"


def _checked(platform: Platform) -> str:
    checked = platform.checked
    parts = (
        checked.pages and f"real pages or answers of {checked.pages}",
        checked.documentation and f"the API's documentation of {checked.documentation}",
        checked.server and f"{checked.server}, run by the tests",
    )
    if not any(parts):
        return "pages made by hand in its form" if platform.by_page.fields else "the form of its addresses"
    return "; ".join(filter(None, parts))
