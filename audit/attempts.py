"""One request to one host: in its turn, within its deadline, and once more where that may help.

One request at a time per host, started no faster than its delay. A host that is dead, or asks to be left alone for
long, is not asked again in this run.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from random import Random

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt

from audit import walls
from audit.courtesy import Ledger
from audit.events import Tell
from audit.fetched_page import page_of
from audit.guard import NoAnswer, Place
from audit.limits import Limits
from audit.models import Page, State
from audit.pace import Pace
from audit.parse.document import Document
from audit.paying import Budget
from audit.reading import Apart, Unread
from audit.wire import Answer, Ask, Wire

_WALL_BYTES = 65_536  # of a failing answer: enough to see whether it is a wall


@dataclass(slots=True)
class _Host:
    """One host (by name): its pace and, per port, why it is not asked any more."""

    pace: Pace
    closed: dict[int, NoAnswer] = field(default_factory=dict)


@dataclass(slots=True)
class _Effort:
    """What one hop has taken so far: `left` seconds of its deadline; the last answer, if it was a server's failure."""

    left: float
    attempts: int = 0
    answer: Answer | None = None


class Attempts:
    """Asks hosts over `wire`; counts in `ledger`, pays out of `budget`, says to `tell` what happens, reads `apart`.

    `now` is the time that a Retry-After date is counted from; `sleep` waits so many seconds, `monotonic` gives seconds
    of a steady clock, `chance` is behind every jitter.
    """

    def __init__(
        self,
        wire: Wire,
        *,
        limits: Limits,
        ledger: Ledger,
        budget: Budget,
        tell: Tell,
        apart: Apart,
        now: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]],
        monotonic: Callable[[], float],
        chance: Random,
    ) -> None:
        self._wire, self._limits, self._ledger, self._budget, self._tell = wire, limits, ledger, budget, tell
        self._apart, self._now, self._sleep, self._monotonic, self._chance = apart, now, sleep, monotonic, chance
        self._hosts: dict[str, _Host] = {}
        self._retries_left = limits.retry_budget

    def slow_down(self, place: Place, delay: float) -> None:
        """The host of `place` asks for a longer delay between requests, in seconds."""
        self._host(place).pace.slow_down(delay)

    async def ask(self, ask: Ask, conditions: Mapping[str, str]) -> Answer:
        """The host's answer; raises NoAnswer when there is none. `conditions` ask "has it changed?"."""
        host = self._host(ask.place)
        effort = _Effort(self._limits.deadline)
        retrying = AsyncRetrying(
            retry=retry_if_exception(partial(self._worth_another, effort, ask)),
            stop=stop_after_attempt(self._limits.attempts),
            wait=self._wait_before_retry,
            before_sleep=partial(self._note_retry, host, ask.place, effort),
            sleep=_leave_to_the_pace,
            reraise=True,
        )
        async with host.pace.lock:
            if ask.place.port in host.closed:
                raise host.closed[ask.place.port].with_traceback(None)
            try:
                return await retrying(self._attempt, host, ask, conditions, effort)
            except NoAnswer as trouble:
                if effort.answer is not None:
                    return effort.answer
                if trouble.dead:
                    host.closed[ask.place.port] = NoAnswer(trouble.state, f"not asked again: {trouble.reason}")
                raise

    def _host(self, place: Place) -> _Host:
        if place.name not in self._hosts:
            limits = self._limits
            pace = Pace(limits.delay, jitter=limits.jitter, chance=self._chance, monotonic=self._monotonic)
            self._hosts[place.name] = _Host(pace)
        return self._hosts[place.name]

    async def _attempt(self, host: _Host, ask: Ask, conditions: Mapping[str, str], effort: _Effort) -> Answer:
        effort.attempts += 1
        effort.answer = None
        await self._wait_for_turn(host, ask.place)
        self._tell("asking", ask.place.url, f"attempt {effort.attempts}")
        self._ledger.of(ask.place.name).requests += 1
        started = self._monotonic()
        with self._budget.paying(ask.place, ask.price) as payment:
            try:
                answer = await self._wire.exchange(
                    ask, conditions, effort.left, sending=host.pace.start, sent=payment.sent
                )
            finally:
                effort.left -= self._monotonic() - started
            payment.answered(answer.status)
        self._check_wait_asked_for(answer, effort.attempts)
        if 500 <= answer.status < 600 and not await self._is_challenge(answer, ask.place):
            effort.answer = answer
            raise NoAnswer(State.FAILED, f"the server answered {answer.status}", again=True)
        return answer

    async def _wait_for_turn(self, host: _Host, place: Place) -> None:
        wait = host.pace.wait()
        if wait > 0:
            self._tell("waiting", place.url, f"{wait:.1f} s", wait=wait)
            await self._sleep(wait)
            tally = self._ledger.of(place.name)
            tally.pace_wait += min(wait, host.pace.delay * (1 + self._limits.jitter))
            tally.asked_wait += max(0.0, wait - host.pace.delay * (1 + self._limits.jitter))

    def _check_wait_asked_for(self, answer: Answer, number: int) -> None:
        """Raises NoAnswer when the server asks to come back later, worth another attempt if that is soon."""
        wait = retry_after_seconds(answer.headers.get("retry-after"), self._now())
        if answer.status not in (429, 503) or (answer.status == 503 and wait is None):
            return
        asked = "without saying for how long" if wait is None else f"for {wait:.0f} s"
        reason = f"the server answered {answer.status} and asks to wait {asked} (attempt {number})"
        soon = wait is not None and wait <= self._limits.retry_after
        raise NoAnswer(State.RATE_LIMITED, reason, again=soon, dead=True, wait=wait)

    async def _is_challenge(self, answer: Answer, place: Place) -> bool:
        """Whether a failing status is a wall that checks for people: asking again would be pushing at it."""
        if "cf-mitigated" in answer.headers:
            return True
        try:
            return await self._apart(shows_challenge, page_of(answer, place.url, place.url, ""))
        except Unread:
            return False  # a failing answer that nobody can read is a failing answer

    def _worth_another(self, effort: _Effort, ask: Ask, error: BaseException) -> bool:
        """Whether to ask once more: never by a POST, of which nobody knows what it has done already."""
        in_time = isinstance(error, NoAnswer) and error.again and effort.left > 0 and self._retries_left > 0
        return in_time and not ask.is_post and self._budget.permits(ask.price)

    def _wait_before_retry(self, state: RetryCallState) -> float:
        """What the server asked for, else by chance up to twice, then four times the delay (full jitter)."""
        asked = _trouble_of(state).wait
        return self._chance.uniform(0, self._limits.delay * 2**state.attempt_number) if asked is None else asked

    def _note_retry(self, host: _Host, place: Place, effort: _Effort, state: RetryCallState) -> None:
        self._retries_left -= 1
        self._ledger.of(place.name).retries += 1
        host.pace.hold(state.upcoming_sleep)
        if _trouble_of(state).wait is None:  # a wait of our own is part of what the hop may take
            effort.left -= state.upcoming_sleep


def retry_after_seconds(value: str | None, now: datetime) -> float | None:
    """The wait that a Retry-After header asks for, in seconds (a number or a date); None if unreadable."""
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return float(text[:12])
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - now).total_seconds())


async def _leave_to_the_pace(_: float) -> None:
    """The pace of the host waits before the next attempt."""


def _trouble_of(state: RetryCallState) -> NoAnswer:
    trouble = state.outcome.exception() if state.outcome else None
    return trouble if isinstance(trouble, NoAnswer) else NoAnswer(State.FAILED, "")


def shows_challenge(page: Page) -> bool:
    """Whether a page is a wall that checks for people."""
    refusal = walls.judge(page, Document(page.body[:_WALL_BYTES], page.media_type))
    return refusal is not None and refusal.state is State.CHALLENGED
