"""What two answers say of a reader: one for an account that is there, one for an account that cannot be.

A changed layout is one that came and was not read as it should be. What did not come, or came as a wall, says nothing
of the layout: it could not be looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from audit.models import Page, Profile, State
from audit.parse.document import Document
from audit.platforms import platforms
from audit.platforms._ability import Control, read_fields
from audit.platforms._base import Platform

_TOLD_MISSING = (State.MISSING, State.GONE)


class WayIn(StrEnum):
    """How a platform is asked."""

    PAGE = "without a key"
    KEY = "with the key"


class Verdict(StrEnum):
    """What came of the two questions."""

    READS = "reads as expected"
    CHANGED = "layout changed"
    REFUSED = "refused"  # a wall, robots.txt, a key that was turned away: not looked at
    NO_KEY = "no key"
    UNREACHABLE = "unreachable"
    NOT_ASKED = "not asked"  # by the platform's terms, or because there is nothing that would tell


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The verdict on one way into one platform; `words` say why, `missing` are the fields that were not read."""

    platform: str
    way: WayIn
    verdict: Verdict
    words: str = ""
    missing: tuple[str, ...] = ()

    @property
    def was_looked_at(self) -> bool:
        """Whether it says something of the reader."""
        return self.verdict in (Verdict.READS, Verdict.CHANGED)


def fields_of(control: Control, way: WayIn) -> tuple[str, ...]:
    """The fields that the known account surely shows by that way."""
    return tuple((control.key if way is WayIn.KEY else control.page).split())


def judge(name: str, way: WayIn, known: Mapping[str, Page], unknown: Mapping[str, Page]) -> Outcome:
    """The verdict on what came of asking for the two accounts of the platform's control, by role."""
    platform = platforms()[name]
    control = platform.control
    assert control is not None, name
    verdict, words, missing = _of_known(platform, control, way, known)
    if verdict is Verdict.READS:
        verdict, words = _of_unknown(platform, control, unknown)
    return Outcome(platform=name, way=way, verdict=verdict, words=words, missing=missing)


def _of_known(
    platform: Platform, control: Control, way: WayIn, pages: Mapping[str, Page]
) -> tuple[Verdict, str, tuple[str, ...]]:
    profile = _read(platform, control.known, pages)
    expected = fields_of(control, way)
    refused = _refused(platform, control.known, pages)
    if profile.state in _TOLD_MISSING:
        return Verdict.CHANGED, f"the account that is there is read as {profile.state}: {profile.reason}", expected
    if profile.state is State.OBSERVED:
        missing = tuple(name for name in expected if name not in read_fields(profile))
        if not missing:
            return Verdict.READS, "", ()
        if refused:
            return Verdict.REFUSED, f"{_listed(missing)} stand on what did not come: {refused}", ()
        return Verdict.CHANGED, f"not read: {_listed(missing)}", missing
    if profile.state is State.SHELL and not refused:
        return Verdict.CHANGED, f"nothing is read: {profile.reason}", expected
    unanswered = all(page.state is State.FAILED or (page.status or 0) >= 500 for page in pages.values())
    if profile.state is State.FAILED and unanswered:
        return Verdict.UNREACHABLE, profile.reason or "no answer", ()
    return Verdict.REFUSED, profile.reason or str(profile.state), ()


def _of_unknown(platform: Platform, control: Control, pages: Mapping[str, Page]) -> tuple[Verdict, str]:
    profile = _read(platform, control.unknown, pages)
    if profile.state in _TOLD_MISSING:
        return Verdict.READS, ""
    if profile.state is State.OBSERVED:
        return Verdict.CHANGED, "an account that cannot be is read as one that is there"
    reason = profile.reason or str(profile.state)
    if profile.state is State.SHELL and not _refused(platform, control.unknown, pages):
        return Verdict.CHANGED, f"an account that cannot be is no longer told as missing: {reason}"
    return Verdict.READS, f"what an account that cannot be looks like was not seen: {reason}"


def _read(platform: Platform, url: str, pages: Mapping[str, Page]) -> Profile:
    link = platform.link(url)
    assert link is not None, url
    return platform.read(link, pages)


def _refused(platform: Platform, url: str, pages: Mapping[str, Page]) -> str:
    """The pages that did not come or came as something else, each with the reason."""
    link = platform.link(url)
    assert link is not None, url
    reasons = []
    for role, page in pages.items():
        if page.state is not State.OBSERVED:
            reasons.append(f"{role}: {page.reason or page.state}")
            continue
        refusal = platform.refused(link, page, Document(page.body, page.media_type))
        if refusal is not None:
            reasons.append(f"{role}: {refusal.reason}")
    return "; ".join(reasons)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join("recent posts" if name == "recent" else name for name in names)
