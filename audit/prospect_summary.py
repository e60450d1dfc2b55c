"""What `./invoke new` tells a person: the profiles it proposes, what the other links are, what to check and to do."""

from __future__ import annotations

from collections.abc import Sequence

from audit.models import FoundLink
from audit.parse.text import clean
from audit.platforms import platforms
from audit.prospect import Prospect, findings, found_where
from audit.summary import aligned
from audit.wording import counted

_MAX_ROWS = 40  # lines of one table; the rest stands in links.json


def prospect_text(prospect: Prospect, *, client_file: str) -> str:
    """All that was found and written; `client_file` is the written file as a person reads its path."""
    proposed = {link.url for links in prospect.proposed.values() for link in links}
    own = [link for links in prospect.proposed.values() for link in links]
    others = [link for link in prospect.links if link.url not in proposed]
    parts = [
        _titled(f"{clean(prospect.client.name.value)}: {counted(len(own), 'profile')} found", _own_rows(prospect)),
        _titled("Several accounts on one platform", [(text,) for text in _mains(prospect)]),
        _titled(_title_of_others(len(others)), _other_rows(others, prospect.client.site)),
        _titled("On the site itself", [(text,) for text in (*prospect.capped, *findings(prospect.links))[:_MAX_ROWS]]),
        _titled("To check in the file", [(text,) for text in _checks(prospect)]),
        _titled("Next", [(text,) for text in _next(prospect, client_file)]),
    ]
    return "\n\n".join(part for part in parts if part)


def _titled(title: str, rows: Sequence[tuple[str, ...]]) -> str:
    if not rows:
        return ""
    return f"{title}\n" + "\n".join(f"  {line}" for line in aligned(rows).splitlines())


def _title_of_others(number: int) -> str:
    return "What the other link is" if number == 1 else f"What the other {number:,} links are"


def _title(platform: str) -> str:
    return platforms()[platform].title if platform in platforms() else platform


def _own_rows(prospect: Prospect) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [
        (
            _title(platform),
            link.url,
            found_where(link, prospect.client.site),
            "main account" if len(links) > 1 and link is links[0] else "",
        )
        for platform, links in prospect.proposed.items()
        for link in links
    ]
    nothing = "the site's pages point to none; that is a finding, no proof that there are none"
    return rows or [(prospect.trouble or prospect.unseen or nothing,)]


def _mains(prospect: Prospect) -> list[str]:
    return [
        f"{_title(platform)}: {prospect.proposed[platform][0].url} is proposed as the main account: {reason}"
        for platform, reason in prospect.reasons.items()
    ]


def _other_rows(others: Sequence[FoundLink], site: str) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [
        (_title(link.platform), link.url[:120], _what(link), found_where(link, site)) for link in others[:_MAX_ROWS]
    ]
    if len(others) > _MAX_ROWS:
        rows.append(("", f"and {len(others) - _MAX_ROWS} more in links.json", "", ""))
    return rows


def _what(link: FoundLink) -> str:
    return "own, but one of too many for the file" if link.own else link.why


def _checks(prospect: Prospect) -> list[str]:
    client = prospect.client
    noted = (("name", client.name), ("sector", client.sector), ("size", client.size), ("country", client.country))
    return [f"{key} = {clean(value.value)}: {clean(value.note)}" for key, value in noted if value.note]


def _next(prospect: Prospect, client_file: str) -> list[str]:
    steps = [f"written: {client_file}"]
    if prospect.proposed:
        steps.append(
            "open each address in a browser; delete from to_confirm what you have looked at and is the company's"
        )
    steps.append("write into the file who receives the report, and up to five competitors with their site and profiles")
    steps.append(f"then: ./invoke audit --client {prospect.run.slug}")
    return steps
