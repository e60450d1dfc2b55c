"""A new client's `client.toml` as text: what was found, with where it was found, for a person to check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import tomlkit
from tomlkit.items import Array, Item, Table

from audit.parse.text import clean

_MAX_COMMENT = 100  # characters; a comment stands beside its line


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """A value and what the file says beside it."""

    value: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundProfile:
    """A profile that was found: `platform` is its key in the file, `note` where it was found."""

    platform: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewClient:
    """All that the file of a new client holds; texts may come off the web."""

    name: Noted
    site: str
    sector: Noted
    size: Noted
    country: Noted
    languages: tuple[str, ...]
    profiles: tuple[FoundProfile, ...]


def client_toml(client: NewClient) -> str:
    """The file's text. It is read back by `audit.client.parse_client` without a mistake."""
    document = tomlkit.document()
    for line in (
        "Who is audited. Written by ./invoke new: check every value; the file is yours from now on.",
        "clients/example/client.toml explains each of them.",
    ):
        document.add(tomlkit.comment(line))
    document.add(tomlkit.nl())
    document.add("name", _text(client.name))
    document.add("site", _text(Noted(value=client.site)))
    document.add("sector", _text(client.sector))
    document.add("size", _text(client.size))
    document.add("country", _text(client.country))
    document.add("languages", tomlkit.item([clean(code) for code in client.languages]).comment("the first one leads"))
    document.add("recipients", tomlkit.item([]).comment('who receives the report: ["name@company.example"]'))
    document.add(tomlkit.nl())
    waiting = [profile.url for profile in client.profiles if profile.platform != "website"]
    document.add(tomlkit.comment("Open each address in a browser. The company's own: delete its line here."))
    document.add(tomlkit.comment("Somebody else's: move it to not_ours, and delete it under [profiles]."))
    document.add("to_confirm", _lines(waiting))
    document.add("not_ours", tomlkit.item([]).comment("addresses that are not the company's"))
    document.add(tomlkit.nl())
    document.add("profiles", _profiles(client.profiles))
    document.add(tomlkit.nl())
    for line in (
        "Up to five competitors: take away the # and repeat the lines for each.",
        "[[competitors]]",
        'name = "A competitor"',
        'site = "https://competitor.example/"',
        "[competitors.profiles]",
        'instagram = "https://www.instagram.com/competitor/"',
    ):
        document.add(tomlkit.comment(line))
    return tomlkit.dumps(document)


def _profiles(profiles: Sequence[FoundProfile]) -> Table:
    table = tomlkit.table()
    for platform in dict.fromkeys(profile.platform for profile in profiles):
        listed = [profile for profile in profiles if profile.platform == platform]
        if len(listed) == 1:
            table.add(platform, _text(Noted(value=listed[0].url, note=listed[0].note)))
            continue
        array = tomlkit.array()
        for profile in listed:
            array.add_line(clean(profile.url), comment=_comment(profile.note), indent="    ")
        array.add_line(indent="")
        table.add(platform, array)
    return table


def _text(noted: Noted) -> Item:
    text = tomlkit.string(clean(noted.value))
    return text.comment(_comment(noted.note)) if noted.note else text


def _lines(values: Sequence[str]) -> Array:
    array = tomlkit.array()
    for value in values:
        array.add_line(clean(value), indent="    ")
    if values:
        array.add_line(indent="")
    return array


def _comment(text: str) -> str:
    """One line of a comment: TOML ends it at the line's end and permits no control characters."""
    plain = "".join(mark for mark in clean(text) if mark.isprintable())
    return plain if len(plain) <= _MAX_COMMENT else plain[: _MAX_COMMENT - 1] + "…"
