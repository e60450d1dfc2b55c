"""The error codes that all of Meta's Graph APIs share."""

from __future__ import annotations

from collections.abc import Mapping

from audit.models import State

GRAPH_CODES: Mapping[int, State] = {
    **dict.fromkeys((4, 17, 32, 368, 613, 80001, 80002), State.RATE_LIMITED),
    **dict.fromkeys((10, 102, 104, 190, 200), State.NO_CREDENTIAL),
    803: State.MISSING,
}
