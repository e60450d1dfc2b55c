"""English words around numbers, for the terminal. What a report says goes through `language.py`."""

from __future__ import annotations


def counted(number: int, one: str, many: str = "") -> str:
    """`1 page`, `2 pages`, `1,200 pages`; `many` where an s does not make it."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
