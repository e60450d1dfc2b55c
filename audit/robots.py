"""robots.txt as RFC 9309 reads it: who may ask for what, and which line says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from protego import Protego

ROBOTS_BYTES = 500 * 1024  # RFC 9309: at least this much is read; the rest is ignored
NO_RULE = "no rule"
_TOGETHER = "its rules taken together"
_PLAIN = re.compile(r"[A-Za-z0-9/_.-]*")  # the part of a pattern that means itself, however it is written
_LINES_TRIED = 2_000  # a file of more rules than this is obeyed all the same; its line is not looked for further

# What lines that matter are called, however misspelt; any other line is none of the protocol (RFC 9309, 2.2.4).
_OF_THE_PROTOCOL = re.compile(r"agent|al+ow|delay|rate|time|map|host", re.I)
_KEY = re.compile(r"(?m)^[ \t]*([^:#\r\n]{1,100}?)[ \t]*:[^\r\n]*")

_Line = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whether an address may be asked for, and the line that says so ("line 2: Disallow: /")."""

    permitted: bool
    rule: str


class Rules:
    """The rules of one robots.txt for one product token (the agent's name without its version)."""

    def __init__(self, body: bytes, product: str) -> None:
        text = _only_product_tokens(_without_other_lines(body[:ROBOTS_BYTES].decode("utf-8-sig", "replace")))
        self._product = product
        self._rules = Protego.parse(text)
        self._group = _group_of(text, product)
        self.names_product = bool(_groups_of(text, product)[0])

    @property
    def crawl_delay(self) -> float | None:
        """Seconds between two requests that the file asks for; None when it asks for none, or for nonsense."""
        delay = self._rules.crawl_delay(self._product)
        return None if delay is None else float(delay)

    @property
    def sitemaps(self) -> Iterator[str]:
        """The addresses of sitemaps that the file names, as written there."""
        return iter(self._rules.sitemaps)

    def ruling(self, url: str) -> Ruling:
        """Whether `url` may be asked for."""
        permitted = bool(self._rules.can_fetch(url, self._product))
        return Ruling(permitted, _rule_behind(self._group, url, permitted=permitted))


def _without_other_lines(text: str) -> str:
    """The same lines, those of other keys left empty: they must not end the list of agents that a rule is for."""
    return _KEY.sub(lambda line: line.group() if _OF_THE_PROTOCOL.search(line.group(1)) else "", text)


def _only_product_tokens(text: str) -> str:
    """RFC 9309 compares product tokens only: "Name/1.0" and "Name bot" both mean "Name"."""
    return re.sub(r"(?im)^([ \t]*user-agent[ \t]*:[ \t]*[a-z_-]+)[^\r\n#]*", r"\1", text)


def _rule_behind(group: list[_Line], url: str, *, permitted: bool) -> str:
    kind = "allow" if permitted else "disallow"
    path = re.sub(r"^[a-z]+://[^/?#]*", "", url) or "/"
    likely = [
        (number, pattern)
        for number, key, pattern in group
        if key == kind and pattern and path.startswith(_plain_start(pattern))
    ]
    matching = [(number, pattern) for number, pattern in likely[:_LINES_TRIED] if _matches(pattern, url)]
    if not matching:
        return NO_RULE if permitted else _TOGETHER
    number, pattern = max(matching, key=lambda rule: len(rule[1]))
    return f"line {number}: {kind.capitalize()}: {pattern[:100]}"


def _group_of(robots: str, product: str) -> list[_Line]:
    """Line number, key and value of the rules for `product`: those of its own group, else everybody's."""
    named, everybody = _groups_of(robots, product)
    return named or everybody


def _groups_of(robots: str, product: str) -> tuple[list[_Line], list[_Line]]:
    """The rules that name `product`, and those for everybody."""
    named: list[_Line] = []
    everybody: list[_Line] = []
    agents: list[str] = []
    in_rules = False
    for number, line in enumerate(robots.splitlines(), 1):
        key, _, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if key == "user-agent":
            agents = [value.lower()] if in_rules else [*agents, value.lower()]
            in_rules = False
        elif key in ("allow", "disallow"):
            in_rules = True
            if product.lower() in agents:
                named.append((number, key, value))
            elif "*" in agents:
                everybody.append((number, key, value))
    return named, everybody


def _plain_start(pattern: str) -> str:
    found = _PLAIN.match(pattern)
    return found.group() if found else ""


def _matches(pattern: str, url: str) -> bool:
    return not Protego.parse(f"User-agent: *\nDisallow: {pattern}\n").can_fetch(url, "any")
