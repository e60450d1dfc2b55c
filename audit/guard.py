"""Where the fetcher may go: web addresses on public hosts, never the own network.

The addresses that IANA sets aside, and what the translating prefixes of IPv6 hide, come from ssrfguard's table. A name
is resolved once and the connection goes to the address that was checked, so that a name cannot change its mind between.
"""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from ipaddress import ip_address, ip_network
from socket import AI_ADDRCONFIG, SOCK_STREAM, getaddrinfo

from ssrfguard import DEFAULT_DENIED, AddressTable, Block, Reach

from audit.errors import MachineTrouble
from audit.models import State
from audit.parse.address import parts
from audit.parse.text import clean

WEB_PORTS = frozenset({80, 443, 8080, 8443})  # no others on public hosts: the fetcher is not a port scanner
_LOOPBACK = ("127.0.0.1", "::1")
_ADDRESSES_TRIED = 3
_LOOKUPS = 32  # names looked up at once
# The table lacks the way that SIIT (RFC 2765) writes IPv4 addresses.
_DENIED = AddressTable(
    (
        *DEFAULT_DENIED.blocks,
        Block(ip_network("::ffff:0:0:0/96"), "IPv4-translated addresses", "RFC 2765", Reach.DENIED),
    )
)

Address = tuple[str, int]
Resolver = Callable[[str, int], Awaitable[Sequence[Address]]]


class NoAnswer(Exception):
    """Why there is no usable answer: a state of the page, and the reason in words.

    `again`: worth another attempt, after `wait` seconds if the server named them; `dead`: the host is not asked any
    more in this run.
    """

    def __init__(
        self, state: State, reason: str, *, again: bool = False, dead: bool = False, wait: float | None = None
    ) -> None:
        reason = clean(reason)  # it quotes what servers sent
        super().__init__(reason)
        self.state, self.reason, self.again, self.dead, self.wait = state, reason, again, dead, wait

    def hide(self, hidden: Callable[[str], str]) -> None:
        """Changes the words by `hidden`."""
        self.reason = hidden(self.reason)
        self.args = (self.reason,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An address taken apart: what to connect to, what to ask for."""

    url: str
    scheme: str
    name: str
    port: int
    target: str

    @property
    def origin(self) -> str:
        """Scheme, name and port: whose robots.txt holds."""
        return f"{self.scheme}://{self.authority}"

    @property
    def authority(self) -> str:
        """Name and, where it is not the scheme's own, port."""
        default = 443 if self.scheme == "https" else 80
        return self.name if self.port == default else f"{self.name}:{self.port}"


def place_of(url: str) -> Place:
    """`url` taken apart as a browser would; raises NoAnswer for what is no plain http or https address."""
    parsed = parts(url)
    if parsed is None:
        raise NoAnswer(State.FAILED, f"is no http or https address: {url[:200]}")
    if parsed.username or parsed.password:
        raise NoAnswer(State.FAILED, "carries a user name or a password in its address")
    scheme = parsed.protocol.rstrip(":")
    port = int(parsed.port) if parsed.port else 443 if scheme == "https" else 80
    return Place(
        url=parsed.href.partition("#")[0],
        scheme=scheme,
        name=parsed.hostname,
        port=port,
        target=(parsed.pathname or "/") + parsed.search,
    )


# What runs out on this machine: it says nothing about the other side.
_OURS = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOBUFS, errno.EADDRNOTAVAIL})


def raise_if_ours(error: BaseException) -> None:
    """Raises MachineTrouble when the cause of a failed connection is that this machine has run out of something."""
    for cause in _causes(error):
        lookup = isinstance(cause, socket.gaierror) and cause.errno in (socket.EAI_SYSTEM, socket.EAI_MEMORY)
        if isinstance(cause, OSError) and (lookup or cause.errno in _OURS):
            raise MachineTrouble(
                f"this machine has run out of something: {cause.strerror or cause}. What was fetched is stored; "
                "close other programs or raise the limit (ulimit -n 1024) and run the same task again"
            ) from error


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and everything that led to it, groups of errors taken apart."""
    waiting, seen = [error], set()
    while waiting:
        cause = waiting.pop()
        if id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        waiting += [one for one in (cause.__cause__, cause.__context__) if one is not None]
        waiting += getattr(cause, "exceptions", ())


class Guard:
    """Gives the checked addresses of a place, or refuses it.

    `allow_loopback` opens 127.0.0.1 and ::1 only, and with them the loopback addresses in `hosts`: fixed addresses
    of names ("name" or "name:port"). With a proxy (`proxied`) names are left to it, addresses are judged here.
    """

    def __init__(
        self,
        *,
        resolve: Resolver | None = None,
        allow_loopback: bool = False,
        hosts: Mapping[str, Address] | None = None,
        proxied: bool = False,
    ) -> None:
        # Names that hang hold up neither the other names nor the rest of the program.
        self._lookups = ThreadPoolExecutor(_LOOKUPS, thread_name_prefix="lookup")
        self._resolve = resolve or self._resolve_by_system
        self._hosts = dict(hosts or {}) if allow_loopback else {}
        self._proxied = proxied
        fixed = {address for address, _ in self._hosts.values() if ip_address(address).is_loopback}
        self._own = (
            frozenset(ip_address(address) for address in (*_LOOPBACK, *fixed)) if allow_loopback else frozenset()
        )

    def close(self) -> None:
        """Waits for no lookup that is still under way."""
        self._lookups.shutdown(wait=False, cancel_futures=True)

    async def addresses(self, place: Place) -> Sequence[Address]:
        """Where `place` lies, every address checked; one that is not permitted refuses them all. [] : ask the proxy."""
        name = place.name.strip("[]")
        if self._proxied:
            self._check_for_proxy(name, place)
            return []
        fixed = self._hosts.get(f"{place.name}:{place.port}") or self._hosts.get(place.name)
        try:
            addresses = [fixed] if fixed else await self._resolve(name, place.port)
        except (OSError, UnicodeError) as error:
            raise_if_ours(error)
            reason = f"the name {name} was not found: {words(error)}"
            raise NoAnswer(State.FAILED, reason, dead=True) from error
        if not addresses:
            raise NoAnswer(State.FAILED, f"the name {name} has no address", dead=True)
        for address, _ in addresses:
            self._check(address, place)
        return addresses[:_ADDRESSES_TRIED]

    async def _resolve_by_system(self, name: str, port: int) -> list[Address]:
        look_up = partial(getaddrinfo, name, port, type=SOCK_STREAM, flags=AI_ADDRCONFIG)
        found = await asyncio.get_running_loop().run_in_executor(self._lookups, look_up)
        return list(dict.fromkeys((str(place[0]), port) for *_, place in found))

    def _check_for_proxy(self, name: str, place: Place) -> None:
        if name == "localhost" or name.endswith(".localhost"):
            name = "127.0.0.1"
        try:
            ip_address(name.partition("%")[0])
        except ValueError:
            _check_port(place)
        else:
            self._check(name, place)

    def _check(self, address: str, place: Place) -> None:
        plain = ip_address(address.partition("%")[0])
        if plain in self._own:
            return
        verdict = _DENIED.classify(plain)
        if verdict.blocked:
            where = f"{place.authority} lies at {address}, which is not a public address"
            raise NoAnswer(State.FAILED, f"{where} ({verdict.reason})")
        _check_port(place)


def _check_port(place: Place) -> None:
    if place.port not in WEB_PORTS:
        raise NoAnswer(State.FAILED, f"port {place.port} of {place.name} is not a web server's")


def words(error: BaseException) -> str:
    """What an error says, on one line and not too long."""
    return " ".join(str(error).split())[:200] or type(error).__name__
