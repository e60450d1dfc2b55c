"""The courtesy ledger of a run: what each host was asked, how long was waited for it, what its robots.txt said."""

from __future__ import annotations

from dataclasses import dataclass, field

from audit.models import Courtesy, HostCourtesy, RobotsRuling


@dataclass(slots=True)
class _Tally:
    requests: int = 0
    bytes: int = 0
    pace_wait: float = 0.0
    asked_wait: float = 0.0
    retries: int = 0
    cached: int = 0
    revalidated: int = 0
    downgrades: list[str] = field(default_factory=list)
    cost: float = 0.0


class Ledger:
    """Counts while a run goes on; `before` is what an earlier start of the same run had counted."""

    def __init__(self, before: Courtesy | None = None) -> None:
        self._hosts: dict[str, _Tally] = {}
        self._rulings: dict[str, RobotsRuling] = {}
        if before is not None:
            self._take_over(before)

    def of(self, host: str) -> _Tally:
        """The running sums of one host."""
        return self._hosts.setdefault(host, _Tally())

    @property
    def cost(self) -> float:
        """What all answers have cost at most, in US dollars."""
        return round(sum(tally.cost for tally in self._hosts.values()), 4)

    def ruled(self, ruling: RobotsRuling) -> None:
        """Notes what robots.txt says of an address; the last word on it stays."""
        self._rulings[ruling.url] = ruling

    def value(self) -> Courtesy:
        """The ledger as it stands, hosts and addresses sorted; waits in seconds to a millisecond."""
        return Courtesy(
            hosts=tuple(
                HostCourtesy(
                    host=host,
                    requests=tally.requests,
                    bytes=tally.bytes,
                    pace_wait=round(tally.pace_wait, 3),
                    asked_wait=round(tally.asked_wait, 3),
                    retries=tally.retries,
                    cached=tally.cached,
                    revalidated=tally.revalidated,
                    downgrades=tuple(tally.downgrades),
                    cost=round(tally.cost, 4),
                )
                for host, tally in sorted(self._hosts.items())
            ),
            robots=tuple(ruling for _, ruling in sorted(self._rulings.items())),
        )

    def _take_over(self, before: Courtesy) -> None:
        for host in before.hosts:
            self._hosts[host.host] = _Tally(
                requests=host.requests,
                bytes=host.bytes,
                pace_wait=host.pace_wait,
                asked_wait=host.asked_wait,
                retries=host.retries,
                cached=host.cached,
                revalidated=host.revalidated,
                downgrades=list(host.downgrades),
                cost=host.cost,
            )
        self._rulings.update({ruling.url: ruling for ruling in before.robots})
