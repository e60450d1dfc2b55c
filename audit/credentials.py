"""Keys of official APIs: which there are, where each comes from, how it is attached, and to which hosts alone.

Values come from the environment or from the system's keyring (the extra `keyring`), never from a file of the project.
A value is a `SecretStr` until the moment of sending; what comes back is searched for it, because APIs quote tokens in
their errors and write them into the addresses of further pages.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, quote_plus, urlencode

from pydantic import SecretStr

from audit.errors import UsageError

HIDDEN = b"[key]"  # what stands in an answer where it quoted a secret
KEYRING_SERVICE = "finestra"
_SHORTEST = 8  # characters; a shorter text is no key, and hiding it would spoil what an answer says
_PLAIN = re.compile(r"[\x21-\x7e]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """An OAuth 2 client-credentials exchange (RFC 6749, 4.4) that comes first: id and secret for a short-lived token.

    `basic`: id and secret go into the Authorization header instead of the form.
    """

    url: str
    client_id: str
    client_secret: str
    basic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """One way to show who asks. `headers` and `query` are templates: `{VARIABLE}` is a value, `{token}` what the
    exchange brought; `fixed` are headers that the API asks for and that are no secret. `hosts` are the only ones that
    ever see it, over https. `page` is where a key is made, `opens` what it opens."""

    name: str
    title: str
    variables: tuple[str, ...]
    hosts: frozenset[str]
    page: str
    opens: str
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    exchange: Exchange | None = None


def _bearer(variable: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {{{variable}}}"}


_ALL = (
    Credential(
        name="youtube",
        title="YouTube Data API v3",
        variables=("FINESTRA_YOUTUBE_KEY",),
        hosts=frozenset({"www.googleapis.com"}),
        page="https://console.cloud.google.com/apis/credentials",
        opens="any channel: subscribers, videos, views, newest videos (10,000 units a day)",
        query={"key": "{FINESTRA_YOUTUBE_KEY}"},
    ),
    Credential(
        name="x",
        title="X API v2",
        variables=("FINESTRA_X_TOKEN",),
        hosts=frozenset({"api.x.com"}),
        page="https://console.x.com/",
        opens="any account: exact figures and newest posts; costs money, see max_cost_usd in client.toml",
        headers=_bearer("FINESTRA_X_TOKEN"),
    ),
    Credential(
        name="meta",
        title="Meta Graph API",
        variables=("FINESTRA_META_TOKEN",),
        hosts=frozenset({"graph.facebook.com"}),
        page="https://developers.facebook.com/tools/explorer/",
        opens="Facebook: Pages of the token's owner (others with Page Public Content Access); "
        "Instagram: any professional account, through a professional account of your own",
        query={"access_token": "{FINESTRA_META_TOKEN}"},
    ),
    Credential(
        name="threads",
        title="Threads API",
        variables=("FINESTRA_THREADS_TOKEN",),
        hosts=frozenset({"graph.threads.com"}),
        page="https://developers.facebook.com/apps/",
        opens="public profiles of 100 followers and more (permission threads_profile_discovery)",
        query={"access_token": "{FINESTRA_THREADS_TOKEN}"},
    ),
    Credential(
        name="linkedin",
        title="LinkedIn Community Management API",
        variables=("FINESTRA_LINKEDIN_TOKEN",),
        hosts=frozenset({"api.linkedin.com"}),
        page="https://www.linkedin.com/developers/apps",
        opens="company pages that the token's owner administers: followers and posts",
        headers=_bearer("FINESTRA_LINKEDIN_TOKEN"),
        fixed={"LinkedIn-Version": "202610", "X-Restli-Protocol-Version": "2.0.0"},
    ),
    Credential(
        name="tiktok",
        title="TikTok Display API",
        variables=("FINESTRA_TIKTOK_TOKEN",),
        hosts=frozenset({"open.tiktokapis.com"}),
        page="https://developers.tiktok.com/apps/",
        opens="the account that has logged in: figures and newest videos",
        headers=_bearer("FINESTRA_TIKTOK_TOKEN"),
    ),
    Credential(
        name="twitch",
        title="Twitch Helix",
        variables=("FINESTRA_TWITCH_CLIENT_ID", "FINESTRA_TWITCH_CLIENT_SECRET"),
        hosts=frozenset({"api.twitch.tv"}),
        page="https://dev.twitch.tv/console/apps",
        opens="any channel: description, followers, newest videos (800 points a minute)",
        headers={"Authorization": "Bearer {token}", "Client-Id": "{FINESTRA_TWITCH_CLIENT_ID}"},
        exchange=Exchange(
            url="https://id.twitch.tv/oauth2/token",
            client_id="FINESTRA_TWITCH_CLIENT_ID",
            client_secret="FINESTRA_TWITCH_CLIENT_SECRET",  # noqa: S106  # the variable's name
        ),
    ),
    Credential(
        name="github",
        title="GitHub REST API",
        variables=("FINESTRA_GITHUB_TOKEN",),
        hosts=frozenset({"api.github.com"}),
        page="https://github.com/settings/personal-access-tokens",
        opens="nothing that is closed otherwise: 5,000 questions an hour instead of 60",
        headers=_bearer("FINESTRA_GITHUB_TOKEN"),
        fixed={"X-GitHub-Api-Version": "2022-11-28"},
    ),
    Credential(
        name="google_places",
        title="Google Places API (New)",
        variables=("FINESTRA_GOOGLE_KEY",),
        hosts=frozenset({"places.googleapis.com"}),
        page="https://console.cloud.google.com/apis/credentials",
        opens="a place by its place id: rating, number of reviews, website, category",
        headers={"X-Goog-Api-Key": "{FINESTRA_GOOGLE_KEY}"},
    ),
    Credential(
        name="google_knowledge_graph",
        title="Google Knowledge Graph Search API",
        variables=("FINESTRA_GOOGLE_KEY",),
        hosts=frozenset({"kgsearch.googleapis.com"}),
        page="https://console.cloud.google.com/apis/credentials",
        opens="an entity by its number (kgmid): name, description, website",
        query={"key": "{FINESTRA_GOOGLE_KEY}"},
    ),
    Credential(
        name="pinterest",
        title="Pinterest API v5",
        variables=("FINESTRA_PINTEREST_TOKEN",),
        hosts=frozenset({"api.pinterest.com"}),
        page="https://developers.pinterest.com/apps/",
        opens="the account of the token's owner: followers, pins, newest pins",
        headers=_bearer("FINESTRA_PINTEREST_TOKEN"),
    ),
    Credential(
        name="reddit",
        title="Reddit Data API",
        variables=("FINESTRA_REDDIT_CLIENT_ID", "FINESTRA_REDDIT_CLIENT_SECRET"),
        hosts=frozenset({"oauth.reddit.com"}),
        page="https://www.reddit.com/prefs/apps",
        opens="any community or account: members, newest posts; commercial use needs a contract",
        headers={"Authorization": "Bearer {token}"},
        exchange=Exchange(
            url="https://www.reddit.com/api/v1/access_token",
            client_id="FINESTRA_REDDIT_CLIENT_ID",
            client_secret="FINESTRA_REDDIT_CLIENT_SECRET",  # noqa: S106  # the variable's name
            basic=True,
        ),
    ),
    Credential(
        name="vimeo",
        title="Vimeo API",
        variables=("FINESTRA_VIMEO_TOKEN",),
        hosts=frozenset({"api.vimeo.com"}),
        page="https://developer.vimeo.com/apps",
        opens="any account: followers, videos, newest videos",
        headers=_bearer("FINESTRA_VIMEO_TOKEN"),
    ),
    Credential(
        name="tumblr",
        title="Tumblr API v2",
        variables=("FINESTRA_TUMBLR_KEY",),
        hosts=frozenset({"api.tumblr.com"}),
        page="https://www.tumblr.com/oauth/apps",
        opens="any blog: number of posts, newest posts (1,000 questions an hour)",
        query={"api_key": "{FINESTRA_TUMBLR_KEY}"},
    ),
    Credential(
        name="vk",
        title="VK API",
        variables=("FINESTRA_VK_TOKEN",),
        hosts=frozenset({"api.vk.com"}),
        page="https://id.vk.com/about/business/go",
        opens="any community: members, number of posts, newest posts",
        query={"access_token": "{FINESTRA_VK_TOKEN}"},
    ),
    Credential(
        name="soundcloud",
        title="SoundCloud API",
        variables=("FINESTRA_SOUNDCLOUD_CLIENT_ID", "FINESTRA_SOUNDCLOUD_CLIENT_SECRET"),
        hosts=frozenset({"api.soundcloud.com"}),
        page="https://soundcloud.com/you/apps",
        opens="any account: followers, tracks, newest tracks",
        headers={"Authorization": "OAuth {token}"},
        exchange=Exchange(
            url="https://secure.soundcloud.com/oauth/token",
            client_id="FINESTRA_SOUNDCLOUD_CLIENT_ID",
            client_secret="FINESTRA_SOUNDCLOUD_CLIENT_SECRET",  # noqa: S106  # the variable's name
            basic=True,
        ),
    ),
    Credential(
        name="trustpilot",
        title="Trustpilot Business Units API",
        variables=("FINESTRA_TRUSTPILOT_KEY",),
        hosts=frozenset({"api.trustpilot.com"}),
        page="https://businessapp.b2b.trustpilot.com/applications",
        opens="any company: score and number of reviews",
        headers={"apikey": "{FINESTRA_TRUSTPILOT_KEY}"},
    ),
    Credential(
        name="yelp",
        title="Yelp Places API",
        variables=("FINESTRA_YELP_KEY",),
        hosts=frozenset({"api.yelp.com"}),
        page="https://www.yelp.com/developers/v3/manage_app",
        opens="any business: rating and number of reviews; kept 24 hours at most",
        headers=_bearer("FINESTRA_YELP_KEY"),
    ),
    Credential(
        name="tripadvisor",
        title="Tripadvisor Content API",
        variables=("FINESTRA_TRIPADVISOR_KEY",),
        hosts=frozenset({"api.content.tripadvisor.com"}),
        page="https://www.tripadvisor.com/developers",
        opens="any place: rating and number of reviews (5,000 questions a month)",
        query={"key": "{FINESTRA_TRIPADVISOR_KEY}"},
    ),
)
CREDENTIALS: Mapping[str, Credential] = {credential.name: credential for credential in _ALL}


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """What goes out with one request beside what is known of it: secret headers and parts of the query."""

    headers: Mapping[str, SecretStr] = field(default_factory=dict)
    query: Mapping[str, SecretStr] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, SecretStr] | None = None
    secrets: tuple[SecretStr, ...] = ()

    def open_headers(self) -> dict[str, str]:
        """The headers as they are sent."""
        return {**self.fixed, **{name: value.get_secret_value() for name, value in self.headers.items()}}

    def open_target(self, target: str) -> str:
        """Path and query as they are sent."""
        if not self.query:
            return target
        added = urlencode({name: value.get_secret_value() for name, value in self.query.items()})
        return f"{target}{'&' if '?' in target else '?'}{added}"

    def open_form(self) -> bytes | None:
        """The form as it is sent; None when there is none."""
        if self.form is None:
            return None
        return urlencode({name: value.get_secret_value() for name, value in self.form.items()}).encode()

    def hidden(self, data: bytes) -> bytes:
        """`data` with `[key]` in the place of each secret, however it is written."""
        for spelling in sorted(set(_spellings(self.secrets)), key=len, reverse=True):
            data = data.replace(spelling, HIDDEN)
        return data

    def hidden_text(self, text: str) -> str:
        """As `hidden`, for a text."""
        return self.hidden(text.encode("utf-8", "surrogateescape")).decode("utf-8", "surrogateescape")


def _spellings(secrets: Iterable[SecretStr]) -> Iterable[bytes]:
    """A secret as it is, in an address, in JSON, and in JSON that also writes slashes and other marks as escapes."""
    for secret in secrets:
        plain = secret.get_secret_value()
        quoted = json.dumps(plain)[1:-1]
        in_address = (quote(plain, safe=""), quote_plus(plain, safe="/"), quote(plain))
        escaped = (quoted, quoted.replace("/", "\\/"), plain.replace("&", "&amp;"))
        yield from (spelling.encode() for spelling in (plain, *in_address, *escaped))
        yield quote(plain, safe="").lower().encode()


class Keys:
    """The values at hand. `environment` is looked at first, then `keyring` (the value stored under a variable's name).

    Its representation names no value, and none is asked for before it is needed.
    """

    def __init__(
        self, environment: Mapping[str, str] | None = None, keyring: Callable[[str], str | None] | None = None
    ) -> None:
        self._environment, self._keyring = environment or {}, keyring
        self._values: dict[str, SecretStr | None] = {}

    def __repr__(self) -> str:
        return "Keys(…)"

    def missing(self, name: str) -> tuple[str, ...]:
        """The variables of a credential that hold nothing."""
        return tuple(variable for variable in CREDENTIALS[name].variables if self.value(variable) is None)

    def has(self, name: str) -> bool:
        """Whether all that a credential needs is at hand."""
        return not self.missing(name)

    def value(self, variable: str) -> SecretStr | None:
        """The value of a variable; None when there is none. Raises UsageError for what cannot be a key."""
        if variable not in self._values:
            found = self._environment.get(variable, "").strip()
            if not found and self._keyring is not None:
                found = (self._keyring(variable) or "").strip()
            if found and (len(found) < _SHORTEST or not _PLAIN.fullmatch(found)):
                raise UsageError(
                    f"{variable} holds no key: one word of {_SHORTEST} characters or more, letters, digits and marks; "
                    "copy it again"
                ) from None
            self._values[variable] = SecretStr(found) if found else None
        return self._values[variable]

    def attached(self, name: str, token: SecretStr | None = None) -> Attached:
        """What a request to the API carries; `token` is what the exchange brought."""
        credential = CREDENTIALS[name]
        values = self._open(credential)
        if token is not None:
            values["token"] = token.get_secret_value()
        return Attached(
            headers={header: SecretStr(text.format_map(values)) for header, text in credential.headers.items()},
            query={key: SecretStr(text.format_map(values)) for key, text in credential.query.items()},
            fixed=credential.fixed,
            secrets=tuple(SecretStr(value) for value in values.values()),
        )

    def for_exchange(self, name: str) -> Attached:
        """What the request for a token carries."""
        exchange = CREDENTIALS[name].exchange
        assert exchange is not None, f"{name} has no exchange"
        values = self._open(CREDENTIALS[name])
        identifier, secret = values[exchange.client_id], values[exchange.client_secret]
        form = {"grant_type": SecretStr("client_credentials")}
        hidden = [SecretStr(value) for value in values.values()]
        if not exchange.basic:
            form |= {"client_id": SecretStr(identifier), "client_secret": SecretStr(secret)}
            return Attached(form=form, secrets=tuple(hidden))
        pair = SecretStr(_basic(identifier, secret))
        headers = {"Authorization": SecretStr(f"Basic {pair.get_secret_value()}")}
        return Attached(headers=headers, form=form, secrets=(*hidden, pair))

    def _open(self, credential: Credential) -> dict[str, str]:
        found = {variable: self.value(variable) for variable in credential.variables}
        return {variable: value.get_secret_value() for variable, value in found.items() if value is not None}


def _basic(identifier: str, secret: str) -> str:
    return b64encode(f"{identifier}:{secret}".encode()).decode()


def from_keyring(variable: str) -> str | None:
    """The value stored in the system's keyring; None without the library, without a keyring, or when it is locked.

    Stored with `keyring set finestra VARIABLE`.
    """
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    try:
        value: Any = keyring.get_password(KEYRING_SERVICE, variable)
    except KeyringError:
        return None  # as good as empty: the reason for what is not asked then names the variable to set
    return value if isinstance(value, str) else None


def needed(name: str, missing: Iterable[str] = ()) -> str:
    """Why an API was not asked, and what to do."""
    credential = CREDENTIALS[name]
    listed = " and ".join(missing or credential.variables)
    return f"{credential.title} needs a key: set {listed} (made at {credential.page})"


def refused(name: str, words: str) -> str:
    """Why the API did not answer: the key is not accepted, in its own words, and what to do."""
    credential = CREDENTIALS[name]
    said = " ".join(words.split())[:200].rstrip(".")
    listed = " and ".join(credential.variables)
    return f"{credential.title} refused the key in {listed}: {said}. Check it or make a new one at {credential.page}"
