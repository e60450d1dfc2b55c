"""The pace of one host: one request at a time, starts no closer together than its delay."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from random import Random


class Pace:
    """GCRA without a burst: a request may start at `free_at` and moves it on by the delay and a little more.

    `jitter` is the largest share of the delay added by chance, so that visits do not beat like a clock; it
    never makes them faster. `monotonic` gives seconds of a steady clock. Hold `lock` from start to end of a request.
    """

    def __init__(self, delay: float, *, jitter: float, chance: Random, monotonic: Callable[[], float]) -> None:
        self.delay = delay
        self.lock = asyncio.Lock()
        self._jitter, self._chance, self._monotonic = jitter, chance, monotonic
        self._free_at = 0.0

    def wait(self) -> float:
        """Seconds until a request may start; 0 when it may start now."""
        return max(0.0, self._free_at - self._monotonic())

    def start(self) -> None:
        """A request starts now: the next one may start a delay later."""
        pause = self.delay * (1 + self._chance.uniform(0, self._jitter))
        self._free_at = max(self._free_at, self._monotonic() + pause)

    def slow_down(self, delay: float) -> None:
        """The host asks for a longer delay, counted from now on."""
        if delay > self.delay:
            self.delay = delay
            self.hold(delay)

    def hold(self, seconds: float) -> None:
        """Nothing may start for so long."""
        self._free_at = max(self._free_at, self._monotonic() + seconds)
