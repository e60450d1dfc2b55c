"""The settings of what asks the network, checked: what cannot be used is said by name, with what to write instead."""

from __future__ import annotations

import re
import ssl
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from audit.errors import UsageError
from audit.limits import Limits

_ON = frozenset({"1", "true", "yes", "on"})
_OFF = frozenset({"", "0", "false", "no", "off"})


def limits_of(settings: Mapping[str, Any]) -> Limits:
    """The limits that the settings `delay`, `deadline` and `retry_after` (seconds) change."""
    return Limits(
        delay=_seconds(settings, "delay"),
        deadline=_seconds(settings, "deadline"),
        retry_after=_seconds(settings, "retry_after"),
    )


def file_setting(name: str, value: object) -> Path | None:
    """The file that a setting names; None when it is empty. Raises UsageError when it is no text."""
    if value and not isinstance(value, str):
        raise UsageError(f"the setting {name} is {value!r}; write a file's path in quotes")
    return Path(value) if isinstance(value, str) and value else None


def certificates_setting(name: str, value: object) -> Path | None:
    """The file of certificate authorities that a setting names; None when it is empty. Raises UsageError for a file
    that cannot be read or holds no certificate."""
    path = file_setting(name, value)
    if path is None:
        return None
    try:
        ssl.create_default_context(cafile=str(path))
    except (OSError, ValueError) as error:
        none = isinstance(error, ssl.SSLError)
        wrong = "no certificate stands in it" if none else getattr(error, "strerror", None) or error
        raise UsageError(
            f"the setting {name} names {path}: {wrong}; give a file with certificates (-----BEGIN CERTIFICATE-----),"
            " or leave the setting empty"
        ) from error
    return path


def loopback_allowed(settings: Mapping[str, Any]) -> bool:
    """Whether `fetch.allow_loopback` opens this machine's own addresses. Raises UsageError for what says neither."""
    value = settings["allow_loopback"]
    text = "" if value is None else str(value).strip().lower()
    if text in _ON or text in _OFF:
        return text in _ON
    raise UsageError(f"the setting fetch.allow_loopback is {value!r}; write true or false")


def _seconds(settings: Mapping[str, Any], key: str) -> float:
    value = settings[key]
    try:
        seconds = float("nan") if isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        seconds = float("nan")
    if not 0 <= seconds < float("inf"):
        raise UsageError(f"the setting fetch.{key} is {value!r}; write a number of seconds, for example 2.0")
    return seconds


def proxy_of(settings: Mapping[str, Any]) -> str:
    """The proxy that all requests go through, as http://host:port; "" when none is set."""
    value = settings["proxy"]
    found = re.fullmatch(r"http://(?:\[[0-9a-f:]+\]|[\w.-]+):(\d{1,5})/?", str(value))
    if value and not (found and 0 < int(found[1]) < 65_536):
        raise UsageError(f"the setting fetch.proxy is {value!r}; write http://host:port, or nothing for no proxy")
    return str(value).rstrip("/") if value else ""


def fixed_addresses(settings: Mapping[str, Any]) -> dict[str, tuple[str, int]]:
    """The addresses that `fetch.hosts` gives to names ("name=address:port, name:443=address:port")."""
    value = settings["hosts"]
    fixed: dict[str, tuple[str, int]] = {}
    for entry in filter(None, (entry.strip() for entry in str(value).split(","))):
        found = re.fullmatch(r"([\w.-]+(?::\d+)?)=(?:([\d.]+)|\[([0-9a-fA-F:]+)\]):(\d{1,5})", entry)
        try:
            name, four, six, port = found.groups() if found else ("", "", "", "0")
            if not 0 < int(port) < 65_536:
                raise ValueError(entry)
            fixed[name.lower()] = (str(ip_address(four or six)), int(port))
        except ValueError as error:
            example = "name=127.0.0.1:8080, other=127.0.0.1:8081"
            raise UsageError(f"the setting fetch.hosts holds {entry[:100]!r}; write {example}") from error
    if fixed and not loopback_allowed(settings):
        raise UsageError("the setting fetch.hosts is for rehearsals on this machine: set fetch.allow_loopback to true")
    return fixed
