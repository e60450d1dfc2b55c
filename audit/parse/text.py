"""Bytes to text, and text to one clean line."""

from __future__ import annotations

import codecs
import re
import unicodedata

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_XML_STARTS = ((b"<\0?\0", "utf-16-le"), (b"\0<\0?", "utf-16-be"))  # XML 1.0, appendix F: no mark is needed
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""", re.IGNORECASE)
_NO_PAGES = ("utf-7", "punycode", "idna", "unicode_escape", "raw_unicode_escape", "utf-8-sig")
_ONE_BYTE = ("cp125", "iso8859", "koi8", "mac-", "cp866", "cp874", "cp437", "cp850", "tis-620")
# Direction overrides and isolates, zero-width marks, other format and control characters (not tab, line feed).
_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_SURROGATE = re.compile(r"[\ud800-\udfff]")  # half a character, which no encoding can write


def decode(body: bytes, charset: str | None = None) -> str:
    """Text of `body`: byte order mark, `charset` of the header, the page's own declaration, else UTF-8; bad bytes
    U+FFFD.

    A declaration that the bytes belie does not hold: UTF-8 is known by its shape, and where the header's charset does
    not fit the bytes, the page's own may. Nothing is guessed beyond that.
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace")
    for start, name in _XML_STARTS:
        if body.startswith(start):
            return body.decode(name, "replace")
    declared = [codec for codec in (_codec(charset), _codec(_own_charset(body))) if codec is not None] or ["utf-8"]
    if declared[0] != "utf-8" and _is_utf_8(body, declared[0]):
        return body.decode("utf-8", "replace")
    for codec in declared:
        try:
            return body.decode(codec)
        except UnicodeError:
            continue
    return body.decode(declared[0], "replace")


def unreadable_share(body: bytes, text: str) -> float:
    """The share of characters in `text`, decoded from `body`, that were not to be had: bytes of another encoding."""
    if text.isascii() and "\0" not in text:
        return 0.0
    written = body.count("\ufffd".encode())
    nothing = text.count("\0")
    # Real pages hold runs of null characters, which mean nothing; every second one is UTF-16 read as something else.
    wrong = max(0, text.count("\ufffd") - written) + (nothing if nothing * 4 > len(text) else 0)
    return wrong / max(1, len(text))


def clean(text: str) -> str:
    """`text` on one line: NFC, invisible and control characters dropped, white space collapsed and trimmed,
    half characters (lone surrogates) replaced by U+FFFD."""
    whole = unicodedata.normalize("NFC", text)
    if not whole.isprintable():  # the least of texts: what is invisible, no space or half a character is not printable
        whole = _INVISIBLE.sub("", _SURROGATE.sub("\ufffd", whole))
    return " ".join(whole.split())


def _own_charset(body: bytes) -> str | None:
    """What a page declares in `<meta>` or an XML document in its first line."""
    match = _META_CHARSET.search(body[:4096]) or _XML_CHARSET.match(body[:300])
    name = match.group(1).decode("ascii") if match else None
    # Whoever could read this declaration was not reading UTF-16 (WHATWG).
    return "utf-8" if name is not None and name.lower().startswith(("utf-16", "utf-32")) else name


def _codec(declared: str | None) -> str | None:
    """The decoder that browsers take for a declared name; None for a name that is none."""
    if declared is None:
        return None
    try:
        codec = codecs.lookup(declared)
    except (LookupError, ValueError):  # ValueError: a name with a null character
        return None
    if codec.name in _NO_PAGES or not _is_text(codec):
        return "utf-8"
    return "cp1252" if codec.name in ("iso8859-1", "ascii") else codec.name  # as browsers do (WHATWG Encoding)


def _is_utf_8(body: bytes, declared: str) -> bool:
    """Whether bytes declared as something else are UTF-8: text of one byte a letter never has its shape by chance."""
    if not declared.startswith(_ONE_BYTE):
        return declared.startswith("utf-16") and b"\0" not in body and _decodes(body)
    if body.isascii():
        return False
    text = body.decode("utf-8", "replace")
    wrong = text.count("\ufffd") - body.count("\ufffd".encode())
    right = sum(not character.isascii() for character in text) - wrong
    return wrong * 20 <= right


def _decodes(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeError:
        return False
    return True


def _is_text(codec: codecs.CodecInfo) -> bool:
    return bool(getattr(codec, "_is_text_encoding", True))
