"""Bytes to text, and text to one clean line."""

from __future__ import annotations

import codecs
import re
import unicodedata

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
# Direction overrides and isolates, zero-width marks, other format and control characters (not tab, line feed).
_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_SURROGATE = re.compile(r"[\ud800-\udfff]")  # half a character, which no encoding can write
_WHITE = re.compile(r"\s+")


def decode(body: bytes, charset: str | None = None) -> str:
    """Text of `body`: byte order mark, `charset` of the header, `<meta charset>`, else UTF-8; bad bytes U+FFFD."""
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace")
    declared = charset
    if declared is None:
        match = _META_CHARSET.search(body[:4096])
        declared = match.group(1).decode("ascii") if match else "utf-8"
    try:
        codec = codecs.lookup(declared)
    except LookupError:
        codec = codecs.lookup("utf-8")
    if codec.name in ("utf-7", "punycode", "idna", "unicode_escape", "raw_unicode_escape") or not _is_text(codec):
        codec = codecs.lookup("utf-8")
    if codec.name in ("iso8859-1", "ascii"):
        codec = codecs.lookup("cp1252")  # as browsers do (WHATWG Encoding)
    return body.decode(codec.name, "replace")


def clean(text: str) -> str:
    """`text` on one line: NFC, invisible and control characters dropped, white space collapsed and trimmed,
    half characters (lone surrogates) replaced by U+FFFD."""
    whole = _SURROGATE.sub("\ufffd", unicodedata.normalize("NFC", text))
    return _WHITE.sub(" ", _INVISIBLE.sub("", whole)).strip()


def _is_text(codec: codecs.CodecInfo) -> bool:
    return bool(getattr(codec, "_is_text_encoding", True))
