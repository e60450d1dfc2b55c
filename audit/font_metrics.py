"""Advance widths of Source Sans 3, so that a chart knows how wide a text is before it places it.

Read once with fontTools (`cmap`, `hmtx`, 1000 units an em) from the font files of the theme. Covered: ASCII, Latin-1,
Latin Extended-A and the punctuation that reports use. Kerning is left out: it narrows far more pairs than it widens.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

_RANGES = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x218, 0x21B), (0x2009, 0x2009), (0x2013, 0x2014), (0x2018, 0x201A),
    (0x201C, 0x201E), (0x2022, 0x2022), (0x2026, 0x2026), (0x2039, 0x203A), (0x20AC, 0x20AC), (0x2122, 0x2122),
    (0x2212, 0x2212),
)  # fmt: skip
_CHARACTERS = "".join(chr(code) for first, last in _RANGES for code in range(first, last + 1))
_UNKNOWN = 1000  # drawn by a fallback font: a full em, as wide as an ideograph
# Two base-36 digits per character of `_CHARACTERS`.
_WIDTHS = {
    400: (
        "5k81budtdtmwgx6x8f8fbmdt6x8n6x9qdtdtdtdtdtdtdtdtdtdt6x6xdtdtdtbtnjf3gcfvh3endqh5i47bdbg3dik7hzigfqigfteuewhx"
        "eblue9d8ez8f9q8fdtdwf2e0fdcoffds84e0f46u6vdr73n1f7f2ffff9nbn9ef4czjzceczbt8f6p8fdt5k81dtdtdtdt6pdtf2ko9lbxdt"
        "8nbrf297dta7a7f2fmfk6xf2a7a5bxlpmgm4btf4f4f4f4f4f4mufvenenenen7b7b7b7bhrhzigigigigigdtighxhxhxhxd8g7g0e0e0e0"
        "e0e0e0lmcodsdsdsds6u6u6u6uf4f7f2f2f2f2f2dtf2f4f4f4f4czffczf4e0f4e0f4e0fvcofvcofvcofvcoh3fxhnfmendsendsendsen"
        "dsendsh5e0h5e0h5e0h5e0i4f4j8fh7b6u7b6u7b6u7b6u7b6vemdpdc6vg3drdrdi73di73di7ddia2dw8ahzf7hzf7hzf7ldhnf7igf2ig"
        "f2igf2njnbft9nft9nft9neubneubneubneubnew9eew9eew9ehxf4hxf4hxf4hxf4hxf4hxf4lujyd8czd8ezbtezbtezbt7jeubnew9e2s"
        "dcm86x6x6xbububu8gqc7j7jdthpdt"
    ),
    600: (
        "5k8rdee9e9ndhr7n9090c6e97n8y7n9ke9e9e9e9e9e9e9e9e9e97n7ne9e9e9ccobfiglg0hdeye6hgif7udqgldykpi9iqg6iqggf5f6i7"
        "ewm8f1dxf0909k90e9dwf9ecfncufoe38tegfi7a7bei7jnffkf9fofoadbza1fgdrksdddrcb907390e95k8re9e9e9e973e9f9kr9scne9"
        "8ycbf99oe9acacf9g2gn7nf9aca9cnm3mzmfccfifififififin6g0eyeyeyey7u7u7u7ui3i8iqiqiqiqiqe9iqi7i7i7i7dxgogsececec"
        "ecececlocue3e3e3e37a7a7a7afcfkf9f9f9f9f9e9f9fgfgfgfgdrfodrfiecfiecfiecg0cug0cug0cug0cuhdgihxfoeye3eye3eye3ey"
        "e3eye3hgeghgeghgeghgegiffijjfq7u7a7u7a7u7a7u7a7u7afpekdq7bgleieidy7jdy7jdy84dybcei95i8fki8fki8fkmii3fkiqf9iq"
        "f9iqf9nvn2ggadggadggadf5bzf5bzf5bzf5bzf6a1f6a1f6a1i7fgi7fgi7fgi7fgi7fgi7fgm8ksdxdrdxf0cbf0cbf0cb84f5bzf6a12s"
        "dcm87n7n7ndedede91qs7u7ue9ice9"
    ),
    700: (
        "5k9gexeoeontij8c9k9kcpeo8c988c9feoeoeoeoeoeoeoeoeoeo8c8ceoeoeocvp2fxgtg6hnf8ekhqiq8de5h2eel6ihj0gkj0h1fgfgih"
        "fgmlfrelf19k9f9keodwffenfxd0fxee9heufv7o7qf87yntfwfffxfxb2cbanfsejlkeaehcs9k7g9keo5k9geoeoeoeo7geoffku9zdceo"
        "98cuffa5eoagagffgiho8cffagaddcmhnimqcvfxfxfxfxfxfxnhg6f8f8f8f88d8d8d8di9ihj0j0j0j0j0eoj0ihihihihelh5hkenenen"
        "enenenlpczeeeeeeee7o7o7o7ofifwffffffffffeofffsfsfsfsehfxehfxenfxenfxeng6czg6czg6czg6czhnh2i7fxf8eef8eef8eef8"
        "eef8eehqeuhqeuhqeuhqeuiqfvjufz8d7o8d7o8d7o8d7o8d7pgqfee57qh2f8f8ee7yee7yee8ueeclf39zihfwihfwihfwnmiifwj0ffj0"
        "ffj0ffo7muh1b2h1b2h1b2fgcbfgcbfgcbfgcbfganfganfganihfsihfsihfsihfsihfsihfsmllkelehelf1csf1csf1cs8pfgcbfgan2s"
        "dcm88c8c8cexexex9lr68484eoiyeo"
    ),
}


def _decoded(digits: str) -> Mapping[str, int]:
    pairs = (digits[at : at + 2] for at in range(0, len(digits), 2))
    return {character: int(pair, 36) for character, pair in zip(_CHARACTERS, pairs, strict=True)}


ADVANCES: Mapping[int, Mapping[str, int]] = {weight: _decoded(digits) for weight, digits in _WIDTHS.items()}


def text_width(text: str, size: float, weight: int = 400) -> float:
    """How wide `text` runs at `size`, in the unit of `size`; `weight` is 400, 600 or 700."""
    advances = ADVANCES[weight]
    return sum(_advance(character, advances) for character in text) * size / 1000


def _advance(character: str, advances: Mapping[str, int]) -> int:
    if character in advances:
        return advances[character]
    return 0 if unicodedata.combining(character) else _UNKNOWN
