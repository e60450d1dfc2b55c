"""What official APIs cost: nothing is bought beyond what the client file permits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from audit.courtesy import Ledger
from audit.guard import NoAnswer, Place
from audit.models import State

_TOO_MANY = 429  # the one answer that says "not done, and not counted"


class Payment:
    """One attempt that costs money: `sent` once it has left this machine, `refused` when it was not served."""

    def __init__(self) -> None:
        self._sent = self._refused = False

    @property
    def is_due(self) -> bool:
        """Whether the other side may have served it, whatever came of its answer."""
        return self._sent and not self._refused

    def sent(self) -> None:
        """The request begins to leave this machine."""
        self._sent = True

    def answered(self, status: int) -> None:
        """An answer came."""
        self._refused = status == _TOO_MANY


class Budget:
    """What a run and its earlier starts may spend, in US dollars; what they have spent stands in the ledger."""

    def __init__(self, ledger: Ledger, max_cost: float) -> None:
        self._ledger, self._max_cost = ledger, max_cost

    def permits(self, price: float) -> bool:
        """Whether one more attempt at this price stays within what is permitted."""
        return not price or round(self._ledger.cost + price, 4) <= self._max_cost

    def check(self, price: float) -> None:
        """Raises NoAnswer, with what to raise, when one more attempt would cost more than is permitted."""
        if not self.permits(price):
            raise NoAnswer(
                State.NOT_PERMITTED,
                f"it costs up to ${price:.3f}, and max_cost_usd in client.toml permits "
                f"${self._max_cost:.2f} a run, of which ${self._ledger.cost:.3f} are spent; raise it there",
            )

    @contextmanager
    def paying(self, place: Place, price: float) -> Iterator[Payment]:
        """Books the price of one attempt before it is sent, so that those under way count too. It is given back when
        the attempt was never sent, or was answered with 429: a sale whose answer breaks off is a sale."""
        self.check(price)
        payment = Payment()
        self._ledger.of(place.name).cost += price
        try:
            yield payment
        finally:
            if not payment.is_due:
                self._ledger.of(place.name).cost -= price
