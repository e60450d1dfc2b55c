"""What goes out with a request to an official API: its key, or the token that stands for an id and a secret.

A key goes to its API's own host over https and nowhere else.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from pydantic import SecretStr

from audit.credentials import CREDENTIALS, Attached, Keys, needed, refused
from audit.guard import NoAnswer, Place, place_of
from audit.models import Request, State
from audit.parse.document import Document
from audit.platforms._api import said
from audit.wire import Answer, Ask

_TOKEN_BYTES = 65_536


@dataclass(slots=True)
class _Token:
    """The token that stands for an id and a secret in this run, or why there is none."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    value: SecretStr | None = None
    trouble: NoAnswer | None = None


class KeyRing:
    """Gives each request its key. `ask` sends the request that turns an id and a secret into a token."""

    def __init__(self, keys: Keys, ask: Callable[[Ask], Awaitable[Answer]]) -> None:
        self.keys, self._ask = keys, ask
        self._tokens: dict[str, _Token] = {}

    async def key_for(self, request: Request) -> Attached | None:
        """What goes out with the request; None for what everybody may ask."""
        name = request.credential
        if not name:
            return None
        missing = self.keys.missing(name)
        if missing and request.keyless:
            return None
        if missing:
            raise NoAnswer(State.NO_CREDENTIAL, needed(name, missing))
        if CREDENTIALS[name].exchange is None:
            return self.keys.attached(name)
        return self.keys.attached(name, await self._token_for(name))

    async def _token_for(self, name: str) -> SecretStr:
        """The token of an id and a secret, asked for once in a run."""
        token = self._tokens.setdefault(name, _Token())
        async with token.lock:
            if token.value is None and token.trouble is None:
                try:
                    token.value = await self._exchange(name)
                except NoAnswer as trouble:
                    token.trouble = trouble
        if token.value is None:
            assert token.trouble is not None
            raise token.trouble.with_traceback(None)
        return token.value

    async def _exchange(self, name: str) -> SecretStr:
        exchange = CREDENTIALS[name].exchange
        assert exchange is not None
        key = self.keys.for_exchange(name)
        place = place_of(exchange.url)
        # Read in this process, where the secret stays: JSON of a few kilobytes, by the loader that takes any.
        answer = await self._ask(Ask(place=place, accept="application/json", cap=_TOKEN_BYTES, key=key))
        document = Document(answer.body, answer.headers.get("content-type"))
        found = document.json.get("access_token") if isinstance(document.json, dict) else None
        if answer.status == 200 and isinstance(found, str) and found.isascii() and found.isprintable() and found:
            return SecretStr(found)
        words = said(document) or f"HTTP {answer.status}"
        if answer.status in (400, 401, 403):
            raise NoAnswer(State.NO_CREDENTIAL, refused(name, words))
        raise NoAnswer(State.FAILED, f"{place.authority} gave no token: {words}")


def check_place_of_key(name: str, place: Place) -> None:
    """Lets a key go to its API's own hosts alone, and never in the clear."""
    if place.scheme != "https" or place.port != 443 or place.name not in CREDENTIALS[name].hosts:
        raise NoAnswer(State.FAILED, f"the key of {CREDENTIALS[name].title} is not sent to {place.origin}")
