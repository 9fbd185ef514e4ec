"""Under which names and addresses this server may be asked, and by which pages."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass

from downslope.settings import Settings

DEFAULT_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}
PAGE_SCHEMES = {"http": "http", "https": "https", "ws": "http", "wss": "https"}
# What a Host header may be made of: RFC 3986, section 3.2.2, without percent-encoding.
_HOST = re.compile(r"(?P<name>[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::(?P<port>[0-9]{1,5}))?")


@dataclass(frozen=True)
class Host:
    """A name or address and, where one is said, a port. Addresses are in their shortest form."""

    name: str
    port: int | None = None


def parse_host(value: str) -> Host | None:
    """Return what a ``Host`` header says, or None where it is not one."""
    match = _HOST.fullmatch(value.lower())
    if match is None:
        return None
    name, port = match["name"], match["port"]
    if name.startswith("["):
        address = _address(name[1:-1])
        if address is None:
            return None
        name = address
    return Host(name, None if port is None else int(port))


def _address(text: str) -> str | None:
    """Return an IP address in its shortest form (IPv4 also where written as IPv6), None for anything else."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or address)


def _parse_setting(value: str) -> Host:
    """Read one entry of ``allowed_hosts``; an IPv6 address may stand without its brackets."""
    address = _address(value)
    if address is not None:
        return Host(address)
    host = parse_host(value)
    if host is None:
        raise ValueError(
            f"allowed_hosts must be names or addresses, with a port or without, but has {value!r}"
        )
    return host


def own_names(host: str) -> frozenset[str]:
    """Return the names of a server that listens on `host`: loopback's, and the machine's where it is open."""
    names = {"localhost", "127.0.0.1", "::1", _address(host) or host.lower()}
    if not is_loopback(host):
        machine = socket.gethostname().lower()
        names |= {machine, machine.split(".")[0] + ".local"}
    return frozenset(names)


def is_loopback(host: str) -> bool:
    """Return whether only this machine reaches a server that listens on `host`."""
    address = _address(host)
    return host.lower() == "localhost" if address is None else ipaddress.ip_address(address).is_loopback


class AllowedHosts:
    """Judges ``Host`` and ``Origin``.

    The server's own names count at its own port only. Names in the setting ``allowed_hosts`` count at the
    port they say, or at any. The address at which a connection arrived is always ours: another site can give
    its own name our address, but cannot make a browser send our address as its name.
    """

    def __init__(self, own: Iterable[str], extra: Iterable[Host]) -> None:
        self._own = frozenset(own)
        self._extra = frozenset(extra)

    @classmethod
    def of(cls, settings: Settings) -> AllowedHosts:
        """Build the hosts of a server; raises ValueError for an entry that is no host."""
        return cls(own_names(settings.host), map(_parse_setting, settings.allowed_hosts))

    def allows_host(self, value: str, scheme: str, server: tuple[str, int | None]) -> bool:
        """Return whether `value` names this server, reached by `scheme` at the address and port `server`."""
        host = parse_host(value)
        if host is None:
            return False
        default_port = DEFAULT_PORTS[scheme]
        port = default_port if host.port is None else host.port
        if {Host(host.name), Host(host.name, port)} & self._extra:
            return True
        is_ours = host.name in self._own or host.name == _address(server[0])
        return is_ours and port == (server[1] or default_port)


def is_same_origin(origin: str, host: str, scheme: str) -> bool:
    """Return whether a page of `origin` is one that this server gave out under `host`."""
    return origin == f"{PAGE_SCHEMES[scheme]}://{host.lower()}"
