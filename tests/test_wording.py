"""English words around numbers."""

from __future__ import annotations

import pytest

from audit.wording import counted


@pytest.mark.parametrize(
    ("number", "words", "expected"),
    [
        (0, ("page",), "0 pages"),
        (1, ("page",), "1 page"),
        (2, ("page",), "2 pages"),
        (1200, ("page",), "1,200 pages"),
        (1, ("piece of evidence", "pieces of evidence"), "1 piece of evidence"),
        (3, ("piece of evidence", "pieces of evidence"), "3 pieces of evidence"),
    ],
)
def test_a_number_and_its_word_agree(number: int, words: tuple[str, ...], expected: str) -> None:
    """One of them and none or several of them are told apart."""
    assert expected == counted(number, *words)
