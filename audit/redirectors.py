"""Addresses that only lead on, read without any request: redirectors, follow plugins, app links, wrong spellings."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from urllib.parse import unquote

from audit.parse.address import host, parts, query, registrable
from audit.platforms import platform_of

_WEBSITE = "website"
# Addresses that only lead on: host (and those below it) → the parameters that may hold the target.
_WRAPPERS = {
    "l.facebook.com": ("u",), "lm.facebook.com": ("u",), "l.instagram.com": ("u",), "l.threads.com": ("u",),
    "l.messenger.com": ("u",), "google.com": ("q", "url"), "youtube.com": ("q",),
    "linkedin.com": ("url", "sessionRedirect"),
    "vk.com": ("to",), "steamcommunity.com": ("url",), "slack-redir.net": ("url",), "out.reddit.com": ("url",),
    "duckduckgo.com": ("uddg",), "medium.com": ("url",), "t.umblr.com": ("z",), "consent.youtube.com": ("continue",),
    "safelinks.protection.outlook.com": ("url",), "href.li": ("",), "web.archive.org": ("",),
}  # fmt: skip
_WRAPPER_PATHS = {
    "google.com": ("/url",), "youtube.com": ("/redirect",), "linkedin.com": ("/redir/", "/authwall"),
    "vk.com": ("/away.php",), "steamcommunity.com": ("/linkfilter",), "duckduckgo.com": ("/l/",), "medium.com": ("/r",),
}  # fmt: skip
_LEADING_ON = re.compile(r"redirect|/out\b|away|goto|exit|outbound|/go/|click|track|jump|link", re.I)
_TARGETS = ("goto", "url", "to", "u", "link", "target", "redirect", "dest", "destination", "href", "out", "q", "r")
_PLUGIN = re.compile(
    r"/(?:v\d[\d.]*/)?plugins/(page|likebox|like|follow|fan|activity|facepile)\.php|/connect/(?:connect|likebox)\.php",
    re.I,
)
_DEEP = re.compile(
    r"^(?:(?:fb|facebook)://(?:page|profile|group)/\??(?:id=)?(?P<facebook>[\w.]+)|instagram://user\?username=(?P<instagram>[\w.]+)|"
    r"twitter://user\?screen_name=(?P<x>\w+)|tg://resolve\?domain=(?P<telegram>\w+))",
    re.I,
)
_DEEP_HOME = {
    "facebook": "https://www.facebook.com/",
    "instagram": "https://www.instagram.com/",
    "x": "https://x.com/",
    "telegram": "https://t.me/",
}
_NO_SCHEME = re.compile(r"^(?:[a-z-]+\.){0,2}[a-z-]+\.(?:com|net|me|tv|be)(?:/|$)", re.I)


def unwrap(address: str, own_domain: str = "") -> str:
    """The address that a redirector, a follow plugin or an app link leads to, found without any request."""
    current = address
    for _ in range(5):
        following = (
            _deep_link(current) or _wrapped(current, own_domain) or _plugin_target(current) or _repaired(current)
        )
        if following is None or following == current:
            return current
        current = following
    return current


def is_plugin(address: str) -> bool:
    """Whether an address is a follow or like box, which names the account in its query."""
    return _PLUGIN.search(address) is not None


def _deep_link(address: str) -> str | None:
    match = _DEEP.match(address)
    if match is None:
        return None
    name, handle = next((name, handle) for name, handle in match.groupdict().items() if handle)
    return _DEEP_HOME[name] + handle


def _wrapped(address: str, own_domain: str) -> str | None:
    name = host(address)
    for domain, parameters in _WRAPPERS.items():
        target = _wrapper_target(address, domain, parameters) if f".{name}".endswith(f".{domain}") else None
        if target is not None:
            return target
    if name == "urldefense.com" or name.endswith("urldefense.proofpoint.com"):
        return _defended(address)
    if name.endswith("bing.com"):
        return _encoded(query(address).get("u", ""))
    if own_domain and registrable(address).removeprefix("www.") == own_domain and _LEADING_ON.search(address):
        return _target_in(address, _TARGETS)
    if not name and "=" in address and _LEADING_ON.search(address):  # a relative redirector of the site itself
        return _target_in("https://own.invalid/" + address.lstrip("/"), _TARGETS)
    return None


def _wrapper_target(address: str, domain: str, parameters: tuple[str, ...]) -> str | None:
    parsed = parts(address)
    paths = _WRAPPER_PATHS.get(domain, ("",))
    if parsed is None or not any(parsed.pathname.startswith(path) for path in paths):
        return None
    if parameters == ("",):
        match = re.search(r"https?://.+", (parsed.pathname + parsed.search)[1:])
        return match.group(0) if match else None
    return _target_in(address, parameters)


def _defended(address: str) -> str | None:
    """The target inside Proofpoint's addresses: version 3 as it is, version 2 with its own escapes."""
    newer = re.search(r"/v3/__(https?:/.+?)__;", address)
    if newer:
        return newer.group(1)
    older = query(address).get("u", "")
    return unquote(older.replace("-", "%").replace("_", "/")) if older.startswith("http") else None


def _encoded(value: str) -> str | None:
    """The target of Bing's `a1` and base64 without padding."""
    if not value.startswith("a1"):
        return None
    try:
        target = urlsafe_b64decode(value[2:] + "=" * (-len(value[2:]) % 4)).decode("utf-8")
    except ValueError:
        return None
    return target if target.startswith("http") else None


def _target_in(address: str, parameters: tuple[str, ...]) -> str | None:
    values = query(address)
    for parameter in parameters:
        value = unquote(values.get(parameter, ""))
        if re.match(r"(?:https?:)?//", value):
            return value if value.startswith("http") else "https:" + value
    return None


def _plugin_target(address: str) -> str | None:
    """The page that a follow widget is for; a screen name in a follow intent."""
    if not _PLUGIN.search(address):
        intent = re.search(r"//(?:www\.)?(?:twitter|x)\.com/(?:intent/(?:user|follow)|follow)\b", address, re.I)
        handle = query(address).get("screen_name", "").lstrip("@") if intent else ""
        return f"https://x.com/{handle}" if re.fullmatch(r"\w{1,15}", handle) else None
    values = query(address if "://" in address else "https:" + address)
    target = unquote(values.get("href", ""))
    if re.match(r"(?:https?:)?//", target):
        return target if target.startswith("http") else "https:" + target
    if re.fullmatch(r"\d{5,20}", values.get("id", "")):
        return f"https://www.facebook.com/{values['id']}"
    return None


def _repaired(address: str) -> str | None:
    """Addresses written wrongly in ways that people still follow: no scheme, two in one, `#!` paths."""
    doubled = re.match(r"^https?:/{1,2}[^/]*/{0,2}(https?:/{1,2}[^/].*)$", address, re.I)
    if doubled and "?" not in address[: doubled.start(1)]:
        return doubled.group(1)
    if _NO_SCHEME.match(address) and platform_of("https://" + address).name != _WEBSITE:
        return "https://" + address
    parsed = parts(address)
    if parsed is not None and parsed.hash.startswith("#!/"):
        return f"{parsed.protocol}//{parsed.host}{parsed.hash[2:]}"
    return None
