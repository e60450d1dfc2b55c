"""One stored answer, parsed as far as somebody asks: metadata, structured data, embedded JSON, elements.

A `Document` is lazy and total: a body that is not what it claims to be gives empty values, never an exception.
`find` reads the places that facts carry in `where`, so that every value can be looked up again in its page.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
import re
import warnings
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any

from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning
from cssselect import SelectorError

from audit.parse.bounded import MAX_ATTRIBUTES_OF_ONE, MAX_ELEMENTS, TooDeep, TooMuch, soup_of
from audit.parse.text import clean, decode, unreadable_share
from audit.parse.tree import Element, tree_of

# XML answers are read with the HTML parser too: it resolves no entity and no DTD.
warnings.filterwarnings("ignore", category=XMLParsedAsHTMLWarning)

MAX_JSON_DEPTH = 200  # of real pages the deepest seen is 60; json.loads itself gives up near 1,000
MAX_BYTES = 20_000_000  # of one answer; what is fetched is cut at 5,000,000, a saved page may be longer
MAX_JSON_MARKS = 600_000  # brackets and commas of one text: what it may grow to in memory; real ones have 70,000
MAX_META = 2_000  # characters of one value; what pages say for sharing is shorter
MAX_OBJECTS = 100_000  # objects and lists that one walk visits
MAX_POINTER = 2_000  # characters; below keys that long nothing is looked for
MAX_ASSIGNMENTS = 20  # tries for one variable: a page assigns it once, and each failed try costs the whole text
MAX_TRIES = 40  # for what follows a name: pages hand over up to 20 values, each found at the first or second try
_HOLDERS = frozenset(
    {dict, list}
)  # what JSON is made of has these very types: to ask for them is faster than isinstance
_JSON_BEGINNING = re.compile(r"""\s*(?:for\s*\(;;\);|\)\]\}',?|\]\)\}while\(1\);</x>)?[\ufeff \t\r\n]*(?=[{\[])""")
_INDEX = re.compile(r"[0-9]{1,9}")
_BASE64 = re.compile(r"[A-Za-z0-9+/]{40,}={0,2}")
_NEAR = 5_000  # characters between a function's name and the value it is given: a query in its own words is 2,000
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")
_FULL_ELEMENT = re.compile(
    r"""<[A-Za-z][^\s/><]*+(?:[\s/]*+[^\s/><="']++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s><"']*+))?+)"""
    rf"""{{{MAX_ATTRIBUTES_OF_ONE + 1}}}"""
)


class Document:
    """A body with its media type. All properties are computed once, on first use."""

    def __init__(self, body: bytes, media_type: str | None = None) -> None:
        self.body = body
        self.media_type = (media_type or "").split(";")[0].strip().lower()
        self._charset = _charset_of(media_type)
        self._too_much = False
        self._variables: dict[str, Any] = {}
        self._islands: dict[str, Any] = {}
        self._after: dict[str, list[Any]] = {}

    @cached_property
    def text(self) -> str:
        """The body as text; bytes that belong to no character are U+FFFD (see `decode`); "" beyond MAX_BYTES."""
        return decode(self.body, self._charset) if len(self.body) <= MAX_BYTES else ""

    @cached_property
    def unreadable(self) -> float:
        """The share of the text, 0..1, whose bytes are not in the encoding that was declared or recognised."""
        return unreadable_share(self.body, self.text)

    @cached_property
    def is_json(self) -> bool:
        """Whether the body as a whole is a JSON value."""
        return self.json is not None

    @cached_property
    def json(self) -> Any:
        """The body as JSON; None when it is not. A leading `for (;;);` or `)]}'` guard is dropped."""
        beginning = _JSON_BEGINNING.match(self.text, 0, 64)
        return load_json(self.text[beginning.end() :]) if beginning is not None else None

    @cached_property
    def tree(self) -> Element:
        """The page's root; empty for a JSON answer, and when the page has more elements than any real page."""
        if not self.is_json and not self.is_too_large:
            try:
                return tree_of(self.text)
            except TooMuch:
                self._too_much = True
        return tree_of("")

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The same for walks from element to element with their texts, as finding links needs them: it costs ten
        times as much."""
        if not self.is_too_large:
            try:
                return soup_of(self.text)
            except TooDeep:
                pass
            except TooMuch:
                self._too_much = True
        return BeautifulSoup("", "lxml")

    @cached_property
    def meta(self) -> dict[str, str]:
        """Metadata by lower-case property or name (`og:title`, `description` …); the first of a name wins."""
        found: dict[str, str] = {}
        for tag in self.tree.select("meta"):
            key = (tag.get("property") or tag.get("name") or tag.get("itemprop") or "").strip().lower()
            content = _content_of(tag)
            if key and content and key not in found:
                found[key] = content
        return found

    def meta_where(self, key: str) -> str:
        """The place of `meta[key]`, in the form that `find` reads."""
        tags = self.tree.select("meta")
        for tag in tags:
            attribute = next((name for name in ("property", "name", "itemprop") if tag.get(name)), "")
            if not attribute:
                continue
            written = tag.get(attribute) or ""
            if written.strip().lower() != key or not _content_of(tag):
                continue
            # Another tag of that name can stand before it, without content; line breaks stand in no selector.
            first = next(one for one in tags if one.get(attribute) == written)
            is_named = first == tag and written.isprintable()
            return f'meta[{attribute}="{written}"]@content' if is_named else f"{tag.place()}@content"
        return ""

    @cached_property
    def title(self) -> str:
        """The text of the page's `<title>`, white space collapsed; "" without one. A drawing's is its own."""
        for tag in self.tree.select("title"):
            if all(around.name != "svg" for around in tag.ancestors):
                return clean(tag.text())
        return ""

    @cached_property
    def shown(self) -> str:
        """What the page shows without running scripts, on one line."""
        return clean(" ".join(self.tree.shown_texts()))

    @cached_property
    def language(self) -> str:
        """`<html lang>` in lower case, or ""."""
        return (self.tree.get("lang") or "").strip().lower()

    @cached_property
    def canonical(self) -> str:
        """The address of `<link rel=canonical>`, or ""."""
        for tag in self.tree.select("link[rel]"):
            if "canonical" in [word.lower() for word in tag.words("rel")]:
                return clean(tag.get("href") or "")
        return ""

    @cached_property
    def scripts(self) -> list[Element]:
        """All `<script>` elements, in page order."""
        return self.tree.select("script")

    @cached_property
    def json_ld(self) -> list[tuple[dict[str, Any], str]]:
        """Every JSON-LD object (also those inside `@graph` and lists) with its place, in page order."""
        found: list[tuple[dict[str, Any], str]] = []
        number = 0
        for tag in self.scripts:
            if "ld+json" not in (tag.get("type") or "").lower():
                continue
            place = f"json-ld {number}"
            number += 1
            found.extend(_objects(load_json(tag.text(), strict=False), place + "#"))
        return found

    def island(self, script_id: str) -> Any:
        """The JSON inside `<script id=…>`, also in Base64; None without one. Place: `script[id="…"]#/pointer`."""
        if script_id not in self._islands:
            tag = next((tag for tag in self.scripts if tag.get("id") == script_id), None)
            text = tag.text().strip() if tag is not None else ""
            self._islands[script_id] = load_json(_decoded(text) if _BASE64.fullmatch(text) else text)
        return self._islands[script_id]

    def islands(self, media_type: str = "application/json") -> Iterator[tuple[Any, str]]:
        """Every JSON island of this script type, with its place (`island N`)."""
        number = 0
        for tag in self.scripts:
            if (tag.get("type") or "").lower() == media_type:
                value = load_json(tag.text())
                if value is not None:
                    yield value, f"island {number}#"
                number += 1

    def variable(self, name: str) -> Any:
        """The object that a script assigns to `name` (`var ytInitialData = {…};`); None when there is none."""
        if name not in self._variables:
            self._variables[name] = assigned_json(self.text, name)
        return self._variables[name]

    def after(self, name: str) -> Iterator[tuple[Any, str]]:
        """The JSON that follows each mention of `name` in the page: what a script hands to a function. With its place
        (`after name N`)."""
        if name not in self._after:
            self._after[name] = list(json_after(self.text, name))
        for number, value in enumerate(self._after[name]):
            yield value, f"after {name} {number}#"

    def find(self, where: str) -> str | None:
        """The text at a place that a fact carries; None when the place is not there."""
        place, pointed, pointer = where.partition("#/") if "#/" in where else (where, "", "")
        if pointed:
            root = self._root(place)
            value = at_pointer(root, "/" + pointer)
            return None if value is None else value if isinstance(value, str) else json.dumps(value)
        if place == "title":
            return self.title or None
        selector, _, attribute = place.rpartition("@") if "@" in place else (place, "", "")
        try:
            tag = self.tree.select_one(selector)
            value = tag.get(attribute) if tag is not None and attribute else None
        except (SelectorError, ValueError):  # ValueError: a name with a control character
            return None
        if tag is None or attribute:
            return None if value is None else clean(value)
        return clean(tag.text(" "))

    def _root(self, place: str) -> Any:
        if place == "":
            return self.json
        if place.startswith("var "):
            return self.variable(place[4:])
        kind, _, number = place.partition(" ")
        if kind == "after":
            return next((value for value, at in self.after(number.rpartition(" ")[0]) if at == f"{place}#"), None)
        if kind == "json-ld" and _INDEX.fullmatch(number):
            tags = [tag for tag in self.scripts if "ld+json" in (tag.get("type") or "").lower()]
            return load_json(tags[int(number)].text(), strict=False) if int(number) < len(tags) else None
        if kind == "island" and _INDEX.fullmatch(number):
            return next((value for value, at in self.islands() if at == f"island {number}#"), None)
        match = re.fullmatch(r'script\[id="([^"]+)"\]', place)
        if match:
            return self.island(match.group(1))
        text = self.find(place) if place else None  # JSON in an attribute: `input[id="init-data"]@value#/…`
        return None if text is None else load_json(text)

    @property
    def is_too_large(self) -> bool:
        """Whether there is more than is read of one page; then nothing of it is. Known for sure once it was parsed."""
        return self._too_much or len(self.body) > MAX_BYTES or self._too_many_elements

    @cached_property
    def _too_many_elements(self) -> bool:
        """Known before anything is parsed: parsers build everything, also what is not asked for."""
        if self.text[:64].lstrip("\ufeff \t\r\n").startswith(("{", "[")) and _has_too_many_marks(self.text):
            return True
        if len(self.text) > 2 * MAX_ELEMENTS and self.text.count("<") > 2 * MAX_ELEMENTS:  # beginnings and ends
            return True
        return _FULL_ELEMENT.search(self.text) is not None


def _content_of(tag: Element) -> str:
    return clean((tag.get("content") or "")[: 2 * MAX_META])[:MAX_META]


def _decoded(text: str) -> str:
    """The text that Base64 stands for; "" for what is none."""
    try:
        return base64.b64decode(text, validate=True).decode("utf-8", "replace")
    except (ValueError, binascii.Error):
        return ""


def load_json(text: str, *, strict: bool = True) -> Any:
    """JSON, or None for what is not JSON, is longer than any real answer, is nested deeper than 200 or holds numbers
    that are no numbers.

    Not `strict`: texts may hold line breaks as they are, as in structured data that a template wrote.
    """
    if _has_too_many_marks(text):
        return None
    try:
        value = (_DECODER if strict else _LENIENT_DECODER).decode(text)
    except (ValueError, RecursionError):
        return None
    return _sound(value, text)


def _sound(value: Any, text: str) -> Any:
    """`value` without lone surrogates, which no file takes; None when it is nested too deep."""
    deep = text.count("[") + text.count("{") > MAX_JSON_DEPTH  # the small answers of an API cannot be
    if deep and not _depth_within(value, MAX_JSON_DEPTH):
        return None
    return _without_surrogates(value) if _SURROGATE_ESCAPE.search(text) else value


def _without_surrogates(value: Any) -> Any:
    """`value`, changed in place: half characters in keys and strings become U+FFFD."""
    holder = [value]
    stack: list[Any] = [holder]
    while stack:
        parent = stack.pop()
        if isinstance(parent, dict):
            for key in [key for key in parent if _SURROGATE.search(key)]:
                parent[_SURROGATE.sub("\ufffd", key)] = parent.pop(key)
        for key, child in list(parent.items() if isinstance(parent, dict) else enumerate(parent)):
            if isinstance(child, str) and _SURROGATE.search(child):
                parent[key] = _SURROGATE.sub("\ufffd", child)
            elif isinstance(child, dict | list):
                stack.append(child)
    return holder[0]


def _has_too_many_marks(text: str) -> bool:
    return len(text) > MAX_JSON_MARKS and sum(map(text.count, "[{,")) > MAX_JSON_MARKS


def assigned_json(text: str, name: str) -> Any:
    """The JSON object or array assigned to `name` in script text, read to its own end (strings may hold `};`)."""
    if _has_too_many_marks(text):
        return None
    pattern = rf"""{re.escape(name)}(?:["']\])?\s*=\s*(?=[{{\[])"""
    for match in islice(re.finditer(pattern, text), MAX_ASSIGNMENTS):
        try:
            value, _ = _DECODER.raw_decode(text, match.end())
        except (ValueError, RecursionError):
            continue
        return _sound(value, text)
    return _quoted_json(text, name)


def json_after(text: str, name: str) -> Iterator[Any]:
    """After each mention of `name` the first object, or list of objects, that begins near it; in page order."""
    if not name or _has_too_many_marks(text):
        return
    tries = 0
    position = text.find(name)
    while position >= 0 and tries < MAX_TRIES:
        position += len(name)
        following = text.find(name, position)
        near = min(position + _NEAR, following if following >= 0 else len(text))
        for match in re.compile(r"[{\[]\s*[\"{]").finditer(text, position, near):
            tries += 1
            try:
                value, end = _DECODER.raw_decode(text, match.start())
            except (ValueError, RecursionError):
                continue
            if isinstance(value, dict) or isinstance(value[0], dict):
                following = text.find(name, end)
                yield _sound(value, text)
                break
            if tries >= MAX_TRIES:
                return
        position = following


def _quoted_json(text: str, name: str) -> Any:
    """The JSON that a script holds as a quoted string (`var name = '\\x7b…'`, `JSON.parse("…")`,
    `"name":"{\\"…"`)."""
    start = re.search(rf"""{re.escape(name)}(?:["']\])?\s*(?:=|["']\s*:)\s*(?:JSON\.parse\()?(?=["'])""", text)
    if start is None:
        return None
    quote, begin = text[start.end()], start.end() + 1
    end = re.compile(rf"(?:[^\\{quote}]|\\.)*+{quote}", re.DOTALL).match(text, begin)
    if end is None:
        return None
    content = re.sub(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))", _unescaped, text[begin : end.end() - 1])
    content = content.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # joins characters of two halves
    return load_json(content) if content.startswith(("{", "[")) else None


def _unescaped(match: re.Match[str]) -> str:
    code = match.group(1) or match.group(2)
    if code:
        return chr(int(code, 16))
    return {"n": "\n", "t": "\t", "r": "\r"}.get(match.group(3), match.group(3))


def at_pointer(value: Any, pointer: str) -> Any:
    """The value at an RFC 6901 pointer; None when the path is not there."""
    if pointer in ("", "/"):
        return value if pointer == "" else None
    for key in _steps_of(pointer):
        if type(value) is dict:
            value = value.get(key)
        elif type(value) is list and _INDEX.fullmatch(key) and int(key) < len(value):
            value = value[int(key)]
        else:
            return None
    return value


@lru_cache(maxsize=4096)  # readers ask for the same few hundred pointers in every page
def _steps_of(pointer: str) -> tuple[str, ...]:
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in pointer.lstrip("/").split("/"))


def pointer(*steps: str | int) -> str:
    """An RFC 6901 pointer out of its steps."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def walk(value: Any, path: str = "") -> Iterator[tuple[Any, str]]:
    """Every object inside `value`, itself included, with its pointer; in document order, without recursion.

    At most `MAX_OBJECTS` objects and lists are visited, and nothing below pointers longer than `MAX_POINTER`.
    """
    for found, place in _visited(value):
        yield found, path + _pointer_to(place)


def holding(value: Any, keys: frozenset[str], path: str = "") -> Iterator[tuple[dict[str, Any], str]]:
    """The objects that `walk` finds that have one of `keys`; of the others, nearly all, no pointer is built."""
    for found, place in _visited(value):
        if not keys.isdisjoint(found):
            yield found, path + _pointer_to(place)


# Where an object is: the place of what holds it, its key there, and how long its pointer is at least.
_Place = tuple["_Place | None", str | int, int]


def _pointer_to(place: _Place) -> str:
    steps: list[str | int] = []
    above, key, _ = place
    while above is not None:
        steps.append(key)
        above, key, _ = above
    return pointer(*reversed(steps))


def _visited(value: Any) -> Iterator[tuple[dict[str, Any], _Place]]:
    stack: list[tuple[Any, _Place]] = [(value, (None, "", 0))] if type(value) in _HOLDERS else []
    visits = MAX_OBJECTS
    while stack and visits:
        visits -= 1
        current, place = stack.pop()
        if type(current) is dict:
            yield current, place
        if place[2] <= MAX_POINTER:
            stack += _inside(current, place)


def _inside(holder: Any, place: _Place) -> list[tuple[Any, _Place]]:
    """The objects and lists directly inside one, the last first."""
    start = place[2] + 1
    if type(holder) is dict:
        inside: list[tuple[Any, _Place]] = [
            (child, (place, key, start + len(key)))
            for key, child in islice(holder.items(), MAX_OBJECTS)
            if type(child) in _HOLDERS and len(key) <= MAX_POINTER
        ]
    else:
        inside = [
            (child, (place, index, start + 1))
            for index, child in islice(enumerate(holder), MAX_OBJECTS)
            if type(child) in _HOLDERS
        ]
    inside.reverse()
    return inside


def _objects(value: Any, place: str) -> Iterator[tuple[dict[str, Any], str]]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _objects(item, f"{place}/{index}")
    elif isinstance(value, dict):
        yield value, place
        if isinstance(value.get("@graph"), list):
            yield from _objects(value["@graph"], f"{place}/@graph")


def _depth_within(value: Any, limit: int) -> bool:
    level = [value] if type(value) in _HOLDERS else []
    for _ in range(limit):
        level = [
            child
            for parent in level
            for child in (parent.values() if type(parent) is dict else parent)
            if type(child) in _HOLDERS
        ]
        if not level:
            return True
    return False


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):  # 1e400 and the like: no count, no rating, no time
        raise ValueError(f"{digits[:20]} is beyond all numbers")
    return number


def _small_int(digits: str) -> int | None:
    return int(digits) if len(digits) <= 20 else None


_DECODER = json.JSONDecoder(parse_constant=_no_constant, parse_int=_small_int, parse_float=_finite)
_LENIENT_DECODER = json.JSONDecoder(
    parse_constant=_no_constant, parse_int=_small_int, parse_float=_finite, strict=False
)


def _charset_of(media_type: str | None) -> str | None:
    match = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", media_type or "", re.IGNORECASE)
    return match.group(1) if match else None
