"""Which elements of a page are open at a tag: where HTML ends them, with or without an end tag of their own.

The rules are those of the HTML standard's tree construction ("in body", "in table"), as far as they decide where an
element ends: https://html.spec.whatwg.org/multipage/parsing.html. What they move elsewhere stays where it is written,
and a link does not end a link: pages that were saved out of a browser hold one in the other.
"""

from __future__ import annotations

_SCOPE = frozenset({"applet", "caption", "html", "table", "td", "th", "marquee", "object", "template"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "center", "details", "dialog", "dir", "div", "dl", "fieldset",
    "figcaption", "figure", "footer", "form", "header", "hgroup", "listing", "main", "menu", "nav", "ol", "pre",
    "search", "section", "summary", "ul",
})  # fmt: skip
_SPECIAL = _SCOPE | _HEADINGS | _BLOCKS - {"dialog"} | {
    "body", "button", "colgroup", "dd", "dt", "frameset", "head", "iframe", "li", "noembed", "noframes", "noscript",
    "p", "plaintext", "script", "select", "style", "tbody", "textarea", "tfoot", "thead", "title", "tr", "xmp",
}  # fmt: skip
_FORMATTING = frozenset({
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
})  # fmt: skip
_PASSED_OVER = frozenset({"address", "div", "p"})

# The elements that an end does not reach across, by the kind of end.
_BARRIERS = {
    "block": _SCOPE,
    "p": _SCOPE | {"button"},
    "list": _SCOPE | {"ol", "ul"},
    "table": frozenset({"html", "table", "template"}),
    "li": _SPECIAL - _PASSED_OVER - {"li"},
    "dl": _SPECIAL - _PASSED_OVER - {"dd", "dt"},
    "inline": _SPECIAL,
}
_KINDS_OF = {name: tuple(kind for kind, names in _BARRIERS.items() if name in names) for name in _SPECIAL}

# What a start tag ends, and across what it does not.
_ENDED_BY: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {
    **dict.fromkeys(_BLOCKS | _HEADINGS | {"p", "hr", "xmp", "plaintext", "table"}, ((("p",), "p"),)),
    "li": ((("li",), "li"), (("p",), "p")),
    **dict.fromkeys(("dd", "dt"), ((("dd", "dt"), "dl"), (("p",), "p"))),
    "tr": ((("tr",), "table"),),
    **dict.fromkeys(("td", "th"), ((("td", "th"), "table"),)),
    **dict.fromkeys(("tbody", "thead", "tfoot"), ((("tbody", "thead", "tfoot"), "table"),)),
    "button": ((("button",), "block"),),
    "option": ((("option",), "inline"),),
    "optgroup": ((("option", "optgroup"), "inline"),),
}
_KIND_OF_END = {
    **dict.fromkeys(_SPECIAL | {"dialog"}, "block"),
    "p": "p",
    "li": "list",
    **dict.fromkeys(("table", "tbody", "thead", "tfoot", "tr", "td", "th"), "table"),
}


class OpenElements:
    """The elements that are open, one of which may be `marked`: the page's end of that one is what matters here.

    Each tag takes a time that does not depend on how many are open."""

    def __init__(self, *, standard: bool) -> None:
        """`standard`: whether the page begins with `<!doctype html>`; in older ones a table does not end a `p`."""
        self._standard = standard
        self._opened: list[str] = []  # by depth
        self._ended: set[int] = set()  # the depths of those that were ended while something in them goes on
        self._places: dict[str, list[int]] = {}  # the depths of each name
        self._barriers: dict[str, list[int]] = {kind: [] for kind in _BARRIERS}
        self._marked: int | None = None  # the depth of the marked element

    @property
    def marked(self) -> bool:
        """Whether the marked element is open."""
        return self._marked is not None

    def start(self, name: str) -> None:
        """Ends what a start tag of this name ends."""
        if name == "table" and not self._standard:
            return
        for names, kind in _ENDED_BY.get(name, ()):
            self._end_all(max(self._reached(one, kind) for one in names), again=kind != "table")
        if name in _HEADINGS and self._opened and self._opened[-1] in _HEADINGS:
            self._end_all(len(self._opened) - 1)

    def open(self, name: str, *, marked: bool = False) -> None:
        """One more element is open inside the others."""
        depth = len(self._opened)
        self._opened.append(name)
        self._places.setdefault(name, []).append(depth)
        for kind in _KINDS_OF.get(name, ()):
            self._barriers[kind].append(depth)
        if marked:
            self._marked = depth

    def end(self, name: str) -> None:
        """An end tag; of nothing that it reaches, browsers pass over it, as over the end of the page's body."""
        if name in _FORMATTING or name == "form":
            self._end_one(self._reached(name, "block"))
        elif name in _HEADINGS:
            self._end_all(max(self._reached(one, "block") for one in _HEADINGS))
        elif name not in ("body", "html"):
            self._end_all(self._reached(name, _KIND_OF_END.get(name, "inline")))

    def _reached(self, name: str, kind: str) -> int:
        """The depth of the innermost open element of the name; -1 where there is none, or a barrier is inside it."""
        places, barriers = self._places.get(name), self._barriers[kind]
        if not places:
            return -1
        inner = barriers[-1] if barriers else -1
        return places[-1] if places[-1] >= inner else -1

    def _end_all(self, depth: int, *, again: bool = False) -> None:
        """Ends the element at a depth and whatever is in it. With `again`, a marked one in it that only formats goes
        on: without an end tag of its own, browsers open it anew for what follows."""
        unfinished = ""
        while len(self._opened) > depth >= 0:
            name, last = self._opened.pop(), len(self._opened)
            if last == self._marked:
                unfinished = name if again and last > depth and name in _FORMATTING else ""
                self._marked = None
            for kind in _KINDS_OF.get(name, ()):
                self._barriers[kind].pop()
            if last in self._ended:
                self._ended.discard(last)
            else:
                self._places[name].pop()
        if unfinished:
            self.open(unfinished, marked=True)

    def _end_one(self, depth: int) -> None:
        """Ends the element at a depth; what is in it and no mere text goes on."""
        if depth < 0:
            return
        if not self._barriers["inline"] or self._barriers["inline"][-1] <= depth:
            self._end_all(depth)
            return
        self._places[self._opened[depth]].pop()
        self._ended.add(depth)
        if depth == self._marked:
            self._marked = None
