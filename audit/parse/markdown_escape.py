"""The one place where text from outside becomes Markdown.

Every ASCII character that could mean something to Python-Markdown (with tables and attribute lists), to
Pelican's placeholders or to HTML becomes a numeric reference, so that the text comes out as it went in. Marks that
mean nothing once a line has begun with a letter stay as they are: a list marker or a rule needs the line's start.
"""

from __future__ import annotations

import re

from audit.parse.text import clean

MAX_LENGTH = 2_000  # Python-Markdown is quadratic in some punctuation; no text of a report is longer
_HARMLESS_AFTER_A_LETTER = frozenset(".,;:/'\"()?%@=+-")
_LINE_START = re.compile(r"^[^A-Za-z\u00c0-\uffff]*")


def escape(text: str, *, limit: int = MAX_LENGTH) -> str:
    """`text` on one line, cut at `limit` characters (an ellipsis says so), without meaning to Markdown or HTML."""
    line = clean(text)
    if len(line) > limit:
        line = line[: limit - 1].rstrip() + "…"
    match = _LINE_START.match(line)
    start = match.end() if match else 0
    return "".join(_reference(character, index >= start) for index, character in enumerate(line))


def _reference(character: str, begun: bool) -> str:
    if character.isalnum() or character == " " or ord(character) > 127:
        return character
    if begun and character in _HARMLESS_AFTER_A_LETTER:
        return character
    return f"&#{ord(character)};"
