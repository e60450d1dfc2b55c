"""What a platform's module says of its own reader: what it reads, what it was checked against, how to check it live."""

from __future__ import annotations

from dataclasses import dataclass, fields

from audit.models import Profile

# The fields of a profile that hold what was read, `recent` last; the others say whose it is and what came of it.
READABLE = (*(field.name for field in fields(Profile) if str(field.type).startswith(("Fact[", "CountFact"))), "recent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What one way in lets the reader read: `fields` of `Profile`, separated by spaces, in the order of `READABLE`.

    `posts` says how the number of all posts is shown: "exact", "rounded", "exact or rounded" (some pages round), or
    "none". What is named here is what the platform's `open` fixtures show together, and the tests keep it so.
    """

    fields: str = ""
    posts: str = "none"

    @property
    def names(self) -> tuple[str, ...]:
        """The fields, one by one."""
        return tuple(self.fields.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a reader was last checked against, each with its date: YYYY, YYYY-MM or YYYY-MM-DD, as far as it is known.

    `pages`: the newest real page or answer that it has read. `documentation`: the state of the documentation of the
    official API after which its requests and answers are made. `server`: software of the platform that the tests run.
    Where nothing is named, only pages made by hand were read, or the form of its addresses is all that is known.
    """

    pages: str = ""
    documentation: str = ""
    server: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """Two addresses that tell a changed layout from a missing account, see `audit.canary`.

    `known` is an account that is there: the platform's own where it has one. `unknown` is one that cannot be: against
    the platform's rules of names, or long and random. `page` and `key` are the fields (as in `Shown`) that `known`
    surely shows, without a key and with one; "" where there is nothing to ask for that way: an API that shows its
    key's owner alone.
    """

    known: str
    unknown: str
    page: str = ""
    key: str = ""


def read_fields(profile: Profile) -> tuple[str, ...]:
    """Which of `READABLE` a profile has."""
    return tuple(name for name in READABLE if getattr(profile, name) not in (None, ()))
