"""Takes other people out of an answer before it is stored: commenters, reviewers, likers; their words, pictures, names.

What is taken out becomes empty where it stood: every element, key and list item stays, so all else is byte for byte
what came and is found at the same place. Counts, scores and dates stay too. The same bytes always give the same bytes,
and what was reduced once is not reduced further. Whatever the bytes are, bytes come back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from html import unescape
from itertools import islice
from typing import Any

from audit.parse.open_elements import OpenElements

_WIDE = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_NOTHING = re.compile(r"(?!)")
_ROUNDS = 8  # whole pages end after one, broken ones that were seen after two to four

# A quotation mark as it is written in JSON, in JSON inside a string, in an attribute, in a string of a script.
_QUOTES = r'\\?"|\\x22|&quot;|&#34;'

# --- what stays -----------------------------------------------------------------------------------------------

# Numbers as people and programs write them, dates, times of day. No telephone number has this shape.
_MEASURE = re.compile(
    r"\s*(?:\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?)?"
    r"|\d{1,3}(?:[.,' \xa0]\d{3})*(?:[.,]\d{1,3})?(?:\xc2?\xa0| )?[KkMm]?|\d{1,3}(?:[.,]\d+)? ?%)\s*"
)
_KIND_KEYS = frozenset({"@type", "$type", "__typename", "@context"})
_KIND = re.compile(r"(?:[\w:/.#-]|\\{1,3}/){1,80}")
_BEFORE_A_NAME = re.compile(r"[/#:.]")
_IDENTIFIER = re.compile(r"(?:^|_)(?:ids?|pk|uid|fbid|nsid|did|urn|phone|tel)$|(?:Ids?|ID|Urn|Phone)$")
_SPARED = frozenset({"itemReviewed", "about"})  # in a review or comment: what it is about
_KEPT_ATTRIBUTES = frozenset(
    {"datetime", "itemprop", "itemscope", "itemtype", "property", "role", "type", "typeof", "colspan"}
)
_COUNTING = re.compile(r"count|num|score|rating|stars|time|date|likes|votes|value|content")


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """Posts that are not the profile's own: objects with the key `mark` whose author, below the key `author` (and,
    where that is an object, its key `name`), is another account than the one asked for.

    What a post of the profile's own holds, as the post that it repeats, is its own. An answer without any post of its
    own is that of another account, and must go on saying so."""

    mark: str
    author: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Positions:
    """Data without names: a text inside a script that begins with `mark` and goes on as JSON. Of its words only those
    at the places `kept` (the indices on the way there) are the profile's."""

    mark: str
    kept: frozenset[tuple[int, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Persons:
    """Where a platform's answers show people other than the profile: names as its pages and APIs write them."""

    keys: frozenset[str] = frozenset()  # JSON: whatever stands under them
    lists: frozenset[str] = frozenset()  # JSON: the same, where it is a list of objects
    types: frozenset[str] = frozenset()  # JSON objects by @type or __typename; elements by the end of their itemtype
    foreign: frozenset[Foreign] = frozenset()  # JSON objects that are posts of others
    positions: frozenset[Positions] = frozenset()  # lists inside lists, by place
    addresses: frozenset[str] = frozenset()  # elements by a piece of the address that they lead to
    words: frozenset[str] = frozenset()  # elements by a word of their class, id or of a name that is given for tests
    prefixes: frozenset[str] = frozenset()  # elements by what a word of their class begins with
    properties: frozenset[str] = frozenset()  # elements by a word of their itemprop
    attributes: frozenset[str] = frozenset()  # elements by the name of an attribute
    elements: frozenset[str] = frozenset()  # elements by their name

    def __or__(self, other: Persons) -> Persons:
        """Both together."""
        return Persons(**{one.name: getattr(self, one.name) | getattr(other, one.name) for one in fields(Persons)})


def may_show(body: bytes, persons: Persons) -> bool:
    """Whether there may be anything to take out; quick, and safe on whatever the bytes are."""
    text, _, _ = _text_of(body)
    found = _Search.of(persons)
    return _shows(text, found) or ("&" in text and _shows(_meant(text), found))


def _shows(text: str, found: _Search) -> bool:
    keys, words = found.keys_and_words
    plain = (*found.persons.addresses, *found.persons.prefixes, *(rule.mark for rule in found.persons.positions))
    if any(piece in text for piece in plain):
        return True
    quoted = (key + quote for key in keys if key in text for quote in ('"', '\\"', "\\x22", "&quot;", "&#34;"))
    return any(key in text for key in quoted) or any(
        word in text and alone.search(text) is not None for word, alone in words
    )


def without(body: bytes, persons: Persons, own: str = "") -> bytes:
    """`body` without the people that `persons` finds in it; `own` is the handle whose posts are no others'.

    Where quotation marks do not pair, each text that goes may show another: it is read until nothing more goes. Of
    what does not come to an end in a few rounds, as only pages made for it, nothing is left."""
    text, codec, rest = _text_of(body)
    found = _Search.of(persons)
    before, reduced = "", text
    for _ in range(_ROUNDS):
        before, reduced = reduced, _reduced(reduced, found, own)
        if reduced == before:
            break
    if reduced != before:
        return b""
    return body if reduced == text else reduced.encode(codec, "surrogatepass") + rest


def _reduced(text: str, found: _Search, own: str) -> str:
    reduced = _applied(text, _json_edits(text, found, own))
    return _applied(reduced, _markup_edits(reduced, found)) if _is_markup(reduced) else reduced


def _text_of(body: bytes) -> tuple[str, str, bytes]:
    """One character for each byte, since all that matters is ASCII; of UTF-16 the text; the codec; an odd byte left."""
    codec = next((codec for start, codec in _WIDE if body.startswith(start)), "latin-1")
    if codec == "latin-1":
        return body.decode(codec), codec, b""
    whole = len(body) // 2 * 2
    try:
        return body[:whole].decode(codec, "surrogatepass"), codec, body[whole:]
    except UnicodeError:
        return body.decode("latin-1"), "latin-1", b""


_Edit = tuple[int, int, str]


def _applied(text: str, edits: list[_Edit]) -> str:
    pieces, end = [], 0
    for start, stop, instead in sorted(edits):
        if start >= end:
            pieces += [text[end:start], instead]
            end = stop
    return "".join([*pieces, text[end:]]) if pieces else text


@dataclass(frozen=True, slots=True)
class _Search:
    """The patterns of a platform's persons."""

    persons: Persons
    keys_and_words: tuple[tuple[str, ...], tuple[tuple[str, re.Pattern[str]], ...]]  # names in JSON, in markup
    keys: re.Pattern[str]
    marks: re.Pattern[str]
    tags: re.Pattern[str]
    by_mark: dict[str, Foreign]

    @staticmethod
    @cache
    def of(persons: Persons) -> _Search:
        """Compiled once."""
        keys, marks = persons.keys | persons.lists, frozenset(rule.mark for rule in persons.foreign)
        tags = persons.words | persons.properties | persons.attributes | persons.elements
        tags |= persons.types
        leading = "|".join(map(re.escape, sorted(persons.addresses | persons.prefixes))) or "(?!)"
        key = rf"(?P<q>{_QUOTES})(?P<key>{_one_of(keys)})(?P=q)\s*+:\s*+"
        mark = rf"(?P<q>{_QUOTES})(?:[\w:/.#\\-]{{0,80}}[/#:.])?(?:{_one_of(marks | persons.types)})(?P=q)"
        tag = rf"(?<![\w-])(?:{_one_of(tags)})(?![\w-])|{leading}"
        return _Search(
            persons=persons,
            keys_and_words=(
                tuple(sorted(keys | marks | persons.types)),
                tuple((word, re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")) for word in sorted(tags)),
            ),
            keys=re.compile(key) if keys else _NOTHING,
            marks=re.compile(mark) if marks or persons.types else _NOTHING,
            tags=re.compile(tag) if tags or persons.addresses or persons.prefixes else _NOTHING,
            by_mark={rule.mark: rule for rule in persons.foreign},
        )


def _one_of(names: frozenset[str]) -> str:
    return "|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name)))) or "(?!)"


# --- JSON, wherever it stands ---------------------------------------------------------------------------------

_JSON_START = re.compile(r"\s*(?:for\s*\(;;\);|\)\]\}',?)?\s*[{\[]")
_SCRIPT = re.compile(r"<(script|code)\b[^>]{0,2000}>(?P<content>.*?)(?:</\1|\Z)", re.IGNORECASE | re.DOTALL)
_IN_ATTRIBUTE = re.compile(r"=\s*'\s*([{\[][^']*)")
_IN_QUOTES = re.compile(r'=\s*"\s*([{\[][^"]*)')
_IN_COMMENT = re.compile(r"<!--\s*([{\[].*?)(?:-->|\Z)", re.DOTALL)
_NEAR, _MANY = 500, 100  # characters of an object around a handle, objects that are looked at
_LIST_OF_OBJECTS = re.compile(r"\[\s*\{")
_COLON = re.compile(r"\s*+:")
_CONTENT = {
    '"': r'(?:[^"\\]++|\\.)*+',
    '\\"': r'(?:[^"\\]++|\\\\(?:\\.|[^\\])|\\[^"\\])*+',
    "\\x22": r"(?:[^\\]++|\\(?:\\|x5[cC])(?:\\.|[^\\])|\\(?!x22)[^\\])*+",
    "&quot;": r"(?:[^&\\]++|&(?!quot;)|\\&quot;|\\.)*+",
    "&#34;": r"(?:[^&\\]++|&(?!#34;)|\\&#34;|\\.)*+",
}
_TOKENS = {
    quote: re.compile(
        rf"(?P<string>{re.escape(quote)}(?P<content>{content})(?:{re.escape(quote)})?)"
        r"|(?P<bracket>[\[\]{}])|(?P<number>-?\d[\d.eE+-]*+)",
        re.DOTALL,
    )
    for quote, content in _CONTENT.items()
}
_VALUE_START = {quote: re.compile(rf"[\[{{]\s*(?:{re.escape(quote)}|[\[{{])") for quote in _CONTENT}
# What ends the string or attribute that JSON so written stands in.
_AROUND = {
    '\\"': re.compile(r'(?<!\\)(?:\\\\)*"'),
    "\\x22": re.compile(r"""(?<!\\)(?:\\\\)*["']"""),
    "&quot;": re.compile(r'["<]'),
    "&#34;": re.compile(r'["<]'),
}


def _json_edits(text: str, search: _Search, own: str) -> list[_Edit]:
    edits = [edit for rule in search.persons.positions for edit in _position_edits(text, rule)]
    for start, stop in _carriers(text):
        for quote in sorted({found["q"] for found in search.marks.finditer(text, start, stop)}):
            for first, end in _marked_objects(text, start, stop, search, own, quote):
                _blank(text, first, end, quote, edits)
        _blank_keys(text, start, stop, search, edits)
    if _is_markup(text) and ("&quot;" in text or "&#34;" in text):
        _blank_keys(text, 0, len(text), search, edits, quotes=("&quot;", "&#34;"))
    return edits


def _position_edits(text: str, rule: Positions) -> list[_Edit]:
    literal = re.compile(rf'"({re.escape(rule.mark)}{_CONTENT[chr(34)]})"', re.DOTALL)
    return [(*found.span(1), _only(found[1], rule)) for found in literal.finditer(text)]


def _only(content: str, rule: Positions) -> str:
    """The content of a text, written anew where words had to go; empty where it cannot be read."""
    try:
        inner = json.loads(f'"{_characters(content)}"', strict=False)
        value = json.loads(inner.removeprefix(rule.mark))
        changed = _emptied(value, rule.kept)
        written = json.dumps(json.dumps(value))[1:-1].replace("<", "\\u003c") if changed else ""
    except (ValueError, RecursionError):
        return ""
    return f"{rule.mark}{written}" if changed else content


def _characters(content: str) -> str:
    """What the bytes say; text that was not read byte by byte is itself."""
    try:
        return content.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return content


def _emptied(value: Any, kept: frozenset[tuple[int, ...]], place: tuple[int, ...] = ()) -> bool:
    """Empties the words below `value`, in place, but for those at the places `kept`; whether there were any."""
    changed = False
    for key, inner in list(value.items() if isinstance(value, dict) else enumerate(value)):
        here = (*place, key) if isinstance(key, int) else place
        if here in kept:
            continue
        if isinstance(inner, dict | list):
            changed |= _emptied(inner, kept, here)
        elif isinstance(inner, str) and not _stays("", inner):
            value[key] = ""
            changed = True
    return changed


def _carriers(text: str) -> Iterator[tuple[int, int]]:
    """Where JSON may stand: the whole text, or of a page its scripts, comments and attributes."""
    if not _is_markup(text):
        yield 0, len(text)
        return
    for script in _SCRIPT.finditer(text):
        yield script.span("content")
    for pattern in (_IN_COMMENT, _IN_ATTRIBUTE, _IN_QUOTES):
        for found in pattern.finditer(text):
            yield found.span(1)


def _is_markup(text: str) -> bool:
    return _JSON_START.match(text.removeprefix("\ufeff").removeprefix("\xef\xbb\xbf")[:200]) is None


def _blank_keys(
    text: str,
    start: int,
    stop: int,
    search: _Search,
    edits: list[_Edit],
    quotes: tuple[str, ...] = ('"', '\\"', "\\x22"),
) -> None:
    """Blanks what stands under the keys of others."""
    position = start
    ends: dict[str, int] = {}  # of the string or attribute around, by how its quotation marks are written
    while (found := search.keys.search(text, position, stop)) is not None:
        position, quote = found.end(), found["q"]
        if quote not in quotes:
            continue
        if found["key"] in search.persons.keys or _LIST_OF_OBJECTS.match(text, position, stop):
            if ends.get(quote, -1) < position:
                around = _AROUND[quote].search(text, position, stop) if quote in _AROUND else None
                ends[quote] = around.start() if around else stop
            position = _blank(text, position, ends[quote], quote, edits, key=found["key"])


def _blank(text: str, start: int, stop: int, quote: str, edits: list[_Edit], *, key: str = "") -> int:
    """Blanks the value at `start`, which ends before `stop`; returns its end."""
    tokens, depth, position = _TOKENS[quote], 0, start
    token = tokens.match(text, position, stop)
    while token is not None:
        position = token.end()
        if token["bracket"]:
            depth += 1 if token["bracket"] in "[{" else -1
        elif token["number"]:
            if _IDENTIFIER.search(key):
                edits.append((*token.span("number"), "null"))
        elif depth and (colon := _COLON.match(text, position, stop)) is not None:
            key = token["content"]
            position = _end_of(text, colon.end(), stop, quote) if key in _SPARED else colon.end()
        elif not _stays(key, token["content"]):
            edits.append((*token.span("content"), ""))
        if depth <= 0:
            break
        token = tokens.search(text, position, stop)
    return position


def _stays(key: str, content: str) -> bool:
    """Whether a text says nothing of a person: a kind of thing, a number, a date."""
    if not content or (key in _KIND_KEYS and _KIND.fullmatch(content)):
        return True
    return _MEASURE.fullmatch(content) is not None and _IDENTIFIER.search(key) is None


def _end_of(text: str, start: int, stop: int, quote: str) -> int:
    """The end of the value after a colon."""
    depth = 0
    for token in _TOKENS[quote].finditer(text, start, stop):
        if token["bracket"]:
            depth += 1 if token["bracket"] in "[{" else -1
        if depth <= 0:
            return token.end()
    return stop


def _marked_objects(text: str, start: int, stop: int, search: _Search, own: str, quote: str) -> list[tuple[int, int]]:
    """The outermost objects that are reviews, comments or posts of others."""
    found: list[tuple[int, int]] = []
    position = start
    while (value := _VALUE_START[quote].search(text, position, stop)) is not None:
        within, position = _marked_within(text, value.start(), stop, search, own, quote)
        found += within
    outermost: list[tuple[int, int]] = []
    for span in sorted(found):
        if not outermost or span[0] >= outermost[-1][1]:
            outermost.append(span)
    return outermost


def _marked_within(
    text: str, start: int, stop: int, search: _Search, own: str, quote: str
) -> tuple[list[tuple[int, int]], int]:
    """Those inside one value, in whatever order, and the value's end."""
    found: list[tuple[int, int, str]] = []
    opened: list[tuple[int, bool]] = []  # where each object or list around begins, and whether it is an object
    marked: dict[int, str] = {}  # the beginnings of objects with a mark: its key, "" where their type is it
    key, position = "", start
    for token in _TOKENS[quote].finditer(text, start, stop):
        position = token.end()
        if token["bracket"] in ("[", "{"):
            opened.append((token.start(), token["bracket"] == "{"))
        elif token["bracket"]:
            begun, _ = opened.pop()
            if begun in marked:
                found.append((begun, position, marked[begun]))
            if not opened:
                break
        elif token["string"]:
            is_key = opened[-1][1] and _COLON.match(text, position, stop) is not None
            key = token["content"] if is_key else key
            if is_key and key in search.by_mark:
                marked.setdefault(opened[-1][0], key)
            elif not is_key and key in _KIND_KEYS and _last_name(token["content"]) in search.persons.types:
                holder = next((begun for begun, is_object in reversed(opened) if is_object), None)
                marked.update({holder: ""} if holder is not None else {})
    found += [(begun, position, "") for begun, _ in opened if marked.get(begun) == ""]  # cut off
    kinds = [(begun, end) for begun, end, mark in found if not mark]
    return kinds + _posts_of_others(text, [one for one in found if one[2]], search, own), position


def _posts_of_others(text: str, marked: list[tuple[int, int, str]], search: _Search, own: str) -> list[tuple[int, int]]:
    others: list[tuple[int, int]] = []
    number, last = 0, 0
    known = _beside(text, own) if marked and own else ""
    for begun, end, mark in sorted(marked):
        if begun < last:
            continue
        number, last = number + 1, end
        name = _author(text[begun:end], search.by_mark[mark])
        if own and name and not _is_named(name, own, known):
            others.append((begun, end))
    return others if len(others) < number else []


def _beside(text: str, own: str) -> str:
    """What stands in the same objects as the handle `own`."""
    named = re.compile(rf'[/"]{re.escape(own.rpartition("/")[2])}"', re.IGNORECASE)
    pieces: list[str] = []
    for found in islice(named.finditer(text), _MANY):
        before, after = text[max(0, found.start() - _NEAR) : found.end()], text[found.end() - 1 : found.end() + _NEAR]
        pieces += [re.split(r"[{}]", before)[-1], re.split(r"[{}]", after)[0]]
    return " ".join(pieces)


def _author(post: str, rule: Foreign) -> str:
    """The handle or the address of who wrote a post; "" where it does not say."""
    author = re.search(rf'"{re.escape(rule.author)}"\s*+:\s*+', post)
    if author is None:
        return ""
    value = post[author.end() : _end_of(post, author.end(), len(post), '"')]
    if not rule.name:
        return value.strip('"')
    inside = re.search(rf'"{re.escape(rule.name)}"\s*+:\s*+"([^"]*)"', value)
    return inside[1] if inside else ""


def _is_named(name: str, own: str, beside: str) -> bool:
    """Whether a handle, or the end of an address, is `own`; a handle with its kind (`u/name`) counts without. A number
    and a name are one account where they stand in one object."""
    last = re.split(r"[/=]", name.replace("\\/", "/").partition("?__")[0].rstrip("/"))[-1]
    one, other = (handle.casefold().lstrip("@").replace(".", "") for handle in (last, own.rpartition("/")[2]))
    if one.isdigit() == other.isdigit():
        return one == other
    return re.search(rf'[/"]{re.escape(last)}"', beside, re.IGNORECASE) is not None


# --- markup -----------------------------------------------------------------------------------------------------

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)
_RAW = frozenset({"script", "style", "textarea", "title", "iframe", "noembed", "xmp"})
_NEVER = frozenset({"html", "head", "body", "main"})  # a word of theirs is about the whole page
_TAG = re.compile(
    r"<!--(?P<comment>.*?)(?:-->|\Z)|<!\[CDATA\[(?P<data>.*?)(?:\]\]>|\Z)"
    r"|<(?P<end>/)?(?P<name>[A-Za-z][^\s/><]*+)"
    r"""(?P<attributes>(?:[\s/]++|[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"?|'[^']*+'?|[^\s>"']?+[^\s>]*+))?+)*+)>?""",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([^\s/>=][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)"?|'([^']*+)'?|([^\s>"'][^\s>]*+)))?+""")
_LEADING = frozenset({"href", "data-href"})
_NAMED_IN = frozenset({
    "class", "id", "data-testid", "data-test-id", "data-test-target", "data-automation", "data-e2e", "data-sigil",
})  # fmt: skip


_PROPERTIES = frozenset({"itemprop", "property"})
_TYPES = frozenset({"itemtype", "typeof"})
_STANDARD = re.compile(r"(?:\xef\xbb\xbf|\ufeff)?\s*<!doctype\s+html\s*>", re.IGNORECASE)
_REFERENCE = re.compile(
    r"&(?:#0*+(?P<number>\d{1,7})(?!\d)|#[xX]0*+(?P<hexadecimal>[\da-fA-F]{1,6})(?![\da-fA-F])|(?P<name>[A-Za-z]{2,31}));?"
)


def _attributes(attributes: str) -> Iterator[tuple[str, str]]:
    """The names in small letters, and the values as they are meant."""
    for found in _ATTRIBUTE.finditer(attributes):
        yield found[1].lower(), _meant(next(filter(None, found.groups()[1:]), ""))


def _meant(value: str) -> str:
    """A text with its character references resolved."""
    return _REFERENCE.sub(_character, value) if "&" in value else value


def _character(reference: re.Match[str]) -> str:
    if reference["name"]:
        return unescape(f"&{reference['name']};")
    code = int(reference["number"]) if reference["number"] else int(reference["hexadecimal"], 16)
    return unescape(f"&#{code};")


def _last_name(kind: str) -> str:
    """The name of a type or property, which may be written as an address or behind the name of its vocabulary."""
    return _BEFORE_A_NAME.split(kind.rstrip("/\\"))[-1]


def _markup_edits(text: str, search: _Search) -> list[_Edit]:
    if search.tags.search(text) is None and ("&" not in text or search.tags.search(_meant(text)) is None):
        return []
    walk = _Walk(text, search)
    for found in _tags(text):
        walk.take(found)
    walk.finish()
    return walk.edits


def _tags(text: str) -> Iterator[re.Match[str]]:
    """Tags, comments and sections of data; none of what only looks like them inside scripts and styles."""
    position = 0
    while (found := _TAG.search(text, position)) is not None:
        yield found
        position = found.end()
        name = (found["name"] or "").lower()
        if name in _RAW and not found["end"]:
            closing = re.compile(rf"</{name}", re.IGNORECASE).search(text, position)
            position = closing.start() if closing else len(text)


class _Walk:
    """Through a page's tags from first to last; of others are the outermost elements known as theirs, to their end."""

    def __init__(self, text: str, search: _Search) -> None:
        self.edits: list[_Edit] = []
        self._text, self._search = text, search
        self._elements = OpenElements(standard=_STANDARD.match(text[:_NEAR]) is not None)
        self._end = 0  # of the tag before

    def take(self, found: re.Match[str]) -> None:
        """The next tag."""
        if self._elements.marked:
            self._blank_text(self._end, found.start())
        self._end = found.end()
        if found["name"] is None:
            group = "comment" if found["comment"] is not None else "data"
            if self._elements.marked:
                self._blank_text(*found.span(group))
        elif found["end"]:
            self._elements.end(found["name"].lower())
        else:
            self._open(found["name"].lower(), found)

    def finish(self) -> None:
        """What follows the last tag."""
        if self._elements.marked:
            self._blank_text(self._end, len(self._text))

    def _open(self, name: str, found: re.Match[str]) -> None:
        self._elements.start(name)
        begins = not self._elements.marked and self._is_of_others(name, found["attributes"])
        if begins or self._elements.marked:
            self._blank_attributes(found)
        if name not in _VOID and not found["attributes"].endswith("/"):
            self._elements.open(name, marked=begins)

    def _is_of_others(self, name: str, attributes: str) -> bool:
        persons = self._search.persons
        if name in _NEVER:
            return False
        if name in persons.elements:
            return True
        if self._search.tags.search(_meant(attributes)) is None:
            return False
        return any(self._tells(key, value) for key, value in _attributes(attributes))

    def _tells(self, key: str, value: str) -> bool:
        """Whether an attribute makes its element one of others."""
        persons = self._search.persons
        if key in persons.attributes:
            return True
        if key in _NAMED_IN:
            words = value.split()
            return not persons.words.isdisjoint(words) or (
                key == "class" and any(word.startswith(start) for start in persons.prefixes for word in words)
            )
        if key in _LEADING:
            return any(piece in value for piece in persons.addresses)
        known = persons.properties if key in _PROPERTIES else persons.types if key in _TYPES else frozenset()
        return bool(known) and not known.isdisjoint(map(_last_name, value.split()))

    def _blank_attributes(self, found: re.Match[str]) -> None:
        offset = found.start("attributes")
        for one in _ATTRIBUTE.finditer(found["attributes"]):
            group = next((number for number in (2, 3, 4) if one[number]), 0)
            name = one[1].lower()
            if not group or name in _KEPT_ATTRIBUTES:
                continue
            if _COUNTING.search(name) is None or _MEASURE.fullmatch(one[group]) is None:
                # A theme writes who it is into the classes too: of those only what the element is known by stays.
                left = " ".join(filter(None, map(self._known, _meant(one[group]).split()))) if name in _NAMED_IN else ""
                start, end = one.span(group)
                self.edits.append((offset + start, offset + end, f'"{left}"' if group == 4 else left))

    def _known(self, word: str) -> str:
        """What of a class makes an element one of others."""
        persons = self._search.persons
        return word if word in persons.words else next(filter(word.startswith, persons.prefixes), "")

    def _blank_text(self, start: int, end: int) -> None:
        shown = self._text[start:end]
        if shown.strip() and _MEASURE.fullmatch(shown) is None:
            self.edits.append((start, end, ""))
