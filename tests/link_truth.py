"""Compares the own accounts found in real home pages, where they lie beside the repository, with what a person read.

Right is an own account that the person saw, under any spelling; not counted are those that stand in the page's data
alone, or of which the person's note says that both answers are right (branches, the group's accounts, reviews).
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from audit.discover import links_in

CORPUS = Path(__file__).resolve().parents[1].parent / "shared" / "corpus"
NETWORKS = re.compile(
    r"(?:^|\.)(?:facebook\.com|fb\.com|twitter\.com|x\.com|linkedin\.com|instagram\.com|youtube\.com|youtu\.be|"
    r"tiktok\.com|snapchat\.com|threads\.(?:net|com)|pinterest\.[a-z.]+|t\.me|telegram\.me|reddit\.com|bsky\.app|"
    r"twitch\.tv|discord\.(?:gg|com)|whatsapp\.com|github\.com|medium\.com|tumblr\.com|vimeo\.com|soundcloud\.com|"
    r"spotify\.com|vk\.com|xing\.com|flickr\.com)$"
)
NOT_COUNTED = (
    "head_only", "jsonld_extra", "microdata_extra", "script_only", "commented_out", "hint", "reviews", "branches",
    "parent", "person_profiles", "twitter_site",
)  # fmt: skip
ONE_HOST = {
    "x.com": "twitter.com", "fb.com": "facebook.com", "telegram.me": "t.me", "threads.net": "threads.com",
    "vk.ru": "vk.com",
}  # fmt: skip
FRONT = re.compile(r"^(?:www|m|mobile|web|touch|[a-z]{2}|[a-z]{2}-[a-z]{2})\.(?=[^.]+\.[^.]+$)")
# What stands behind the account in a path, by host.
TABS = {
    "youtube.com": r"/(?:videos|featured|about|playlists|streams|community|shorts)$",
    "linkedin.com": r"/(?:about|posts|mycompany|jobs|life)$",
    "pinterest.com": r"/_(?:created|saved)$",
    "facebook.com": r"/(?:timeline|about|posts|photos)$",
}


@dataclass
class Counted:
    """What was found over all pages; `wrong` has the pages with something wrong or missed."""

    right: int = 0
    invented: int = 0
    missed: int = 0
    pages: int = 0
    wrong: list[tuple[str, list[str], list[str]]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of the links named as own that are."""
        return self.right / (self.right + self.invented)

    @property
    def recall(self) -> float:
        """The share of the own accounts that are found."""
        return self.right / (self.right + self.missed)

    @property
    def exact(self) -> float:
        """The share of the pages without any mistake."""
        return 1 - len(self.wrong) / self.pages

    def table(self) -> str:
        """The figures, then each page with a mistake."""
        lines = [
            f"{self.pages} pages: precision {self.precision:.3f}, recall {self.recall:.3f}, exact {self.exact:.3f}",
            *(f"{file}: not there {invented or '-'}, missed {missed or '-'}" for file, invented, missed in self.wrong),
        ]
        return "\n".join(lines)


def addresses(value: Any) -> Iterator[str]:
    """The addresses inside a value of the index, which also holds remarks."""
    if isinstance(value, str):
        yield from re.findall(r"(?:https?:)?//[^\s\"',\]]+", value)
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from addresses(one)


def account(address: str) -> str:
    """Host and account of an address, the same for all its spellings."""
    parsed = urlsplit(re.sub(r"^(?=//)", "https:", address.strip()))
    host = FRONT.sub("", parsed.netloc.lower())
    host = "pinterest.com" if host.startswith("pinterest.") else ONE_HOST.get(host, host)
    fragment = unquote(parsed.fragment).split("?")[0]
    path = fragment.removeprefix("!") if fragment.startswith("!") else unquote(parsed.path)
    path = re.sub(r"/+", "/", "/" + path).rstrip("/").lower()
    path = re.sub(TABS.get(host, r"$^"), "", path)
    if host == "facebook.com":
        number = re.search(r"/(?:pages|people)/.*/(\d+)$|/p/.*-(\d+)$", path) or re.search(r"^id=(\d+)", parsed.query)
        path = "/" + next(filter(None, number.groups())) if number else path.replace(".", "")
    simple = {"youtube.com": r"^/(?:c|user)/", "twitter.com": r"^/@", "t.me": r"^/s/"}
    return host + re.sub(simple.get(host, r"^$"), "/", path)


def accounts(value: Any) -> set[str]:
    """The accounts among a value's addresses that belong to a network of the list."""
    found = [re.sub(r"^(?=//)", "https:", address) for address in addresses(value)]
    return {account(address) for address in found if NETWORKS.search(urlsplit(address).netloc.lower())}


def pages() -> list[tuple[str, str, dict[str, Any]]]:
    """File, address and what the person read, of the pages whose accounts were read; [] without the folder."""
    index = CORPUS / "INDEX.tsv"
    if not index.is_file():
        return []
    csv.field_size_limit(10**8)
    with index.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    read = [(row, json.loads(row["truth"] or "{}")) for row in rows if row["platform"] == "website"]
    return [
        (row["file"], row["url_or_endpoint"], truth)
        for row, truth in read
        if row["kind"] in ("homepage", "other") and "social" in truth
    ]


def count() -> Counted:
    """All pages compared."""
    counted = Counted()
    for file, address, truth in pages():
        links = links_in((CORPUS / file).read_bytes(), address)
        got = accounts([link.url for link in links if link.own])
        wanted = accounts(truth["social"])
        allowed = wanted | accounts(truth.get("same", []))
        free = {one for key in NOT_COUNTED for one in accounts(truth.get(key, []))}
        free |= {f"twitter.com/{name.lower()}" for name in re.findall(r"@(\w+)", str(truth.get("twitter_site", "")))}
        invented, missed = got - allowed - free, wanted - got
        spare = min(len(missed), len((got & allowed) - wanted))  # a wanted account under its other name
        counted.pages += 1
        counted.right += len(got & wanted) + spare
        counted.invented += len(invented)
        counted.missed += len(missed) - spare
        if invented or len(missed) > spare:
            counted.wrong.append((file, sorted(invented), sorted(missed)))
    return counted
