"""What an import says: of answers that it ignored, and of profiles whose pages it took in, what they show now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields

from audit import stages
from audit.errors import DamagedFile
from audit.language import Language
from audit.models import CountFact, Fact, Link, Profile, State
from audit.parse.text import clean
from audit.platforms import read_profile
from audit.reading import Readers, Unread
from audit.saved import Ignored
from audit.stages import Run
from audit.wording import counted

_MANY = 3  # answers ignored for one reason that are named one by one


def read_lines(run: Run, links: Iterable[Link], readers: Readers) -> Iterator[str]:
    """One line for each profile, of all its stored pages together."""
    for link in dict.fromkeys(links):
        try:
            shown = shown_words(readers.read(read_profile, link, stages.stored(run, link)))
        except Unread as unread:
            shown = f"nothing: {unread.reason}"
        except DamagedFile as damage:  # of a page that was there before
            shown = f"nothing: {damage}"
        yield clean(f"read: {link.company}, {link.platform} {link.handle}: {shown}")


def ignored_lines(ignored: Iterable[Ignored]) -> Iterator[str]:
    """One line for each answer that is of no use, or for all that are so for the same reason, when they are many: a
    recording holds hundreds of pictures."""
    by_reason: dict[str, list[str]] = {}
    for one in ignored:
        by_reason.setdefault(one.why, []).append(one.page.url)
    for why, urls in by_reason.items():
        if len(urls) > _MANY:
            yield f"ignored: {urls[0]} and {len(urls) - 1:,} more: {why}"
        else:
            yield from (f"ignored: {url}: {why}" for url in urls)


def shown_words(profile: Profile) -> str:
    """The figures of a profile, and the names of what else it shows."""
    if profile.state is not State.OBSERVED:
        return f"nothing: {profile.state}" + (f", {profile.reason}" if profile.reason else "")
    english = Language("en")
    words: list[str] = []
    for field in fields(Profile):
        value = getattr(profile, field.name)
        if isinstance(value, CountFact):
            about = "" if value.low == value.high else "about "
            words.append(f"{field.name} {about}{english.number(value.value)}")
        elif isinstance(value, Fact):
            words.append(field.name if value.value is not False else f"not {field.name}")
    words += [counted(len(profile.recent), "recent post")] if profile.recent else []
    words += [counted(len(profile.site.checks), "item of the site", "items of the site")] if profile.site else []
    return ", ".join(words) or "nothing that is looked for"
