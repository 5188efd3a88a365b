"""Which addresses a webhook may speak to: public ones, by HTTPS, unless the installation allows more.

A name is resolved here, every address it has is checked, and the request goes to one of those very addresses; a name
that answers differently a moment later gains nothing.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from fengong.kernel.errors import Invalid

Address = IPv4Address | IPv6Address
NAT64 = ip_network("64:ff9b::/96")


class Forbidden(Exception):
    """The address may not be spoken to; the text says why, for the delivery log."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes: the address it connects to, and the host it asks for."""

    address: str
    url: SplitResult

    @property
    def port(self) -> int:
        return self.url.port or (443 if self.url.scheme == "https" else 80)

    @property
    def pinned(self) -> str:
        """The URL with the address in the place of the host."""
        host = f"[{self.address}]" if ":" in self.address else self.address
        query = f"?{self.url.query}" if self.url.query else ""
        return f"{self.url.scheme}://{host}:{self.port}{self.url.path or '/'}{query}"


def checked_url(text: str) -> str:
    """A URL that a webhook may have; Invalid otherwise. Its addresses are checked each time something is sent."""
    url = _split(text.strip())
    if url is None or not url.hostname or url.username or url.password or url.fragment:
        raise Invalid(_("This is not an address that a message can be sent to."), field="url")
    if url.scheme != "https" and not (url.scheme == "http" and settings.WEBHOOK_HTTP):
        raise Invalid(_("Only https addresses, so that nobody on the way can read along."), field="url")
    literal = _literal(url.hostname)
    if literal is not None and not is_allowed(literal):
        raise Invalid(_("This address lies in a private network."), field="url")
    return text.strip()


def target_of(text: str) -> Target:
    """Resolve and check; Forbidden when any address of the host is not allowed, OSError when there is none."""
    url = _split(text)
    if url is None or not url.hostname:
        raise Forbidden("not a URL")
    if url.scheme != "https" and not settings.WEBHOOK_HTTP:
        raise Forbidden("only https is allowed")
    port = url.port or (443 if url.scheme == "https" else 80)
    found = socket.getaddrinfo(url.hostname, port, type=socket.SOCK_STREAM)
    addresses = [ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    refused = [address for address in addresses if not is_allowed(address)]
    if refused or not addresses:
        raise Forbidden(
            f"{url.hostname} leads to {refused[0] if refused else 'nowhere'}, which is not public"
        )
    return Target(str(addresses[0]), url)


def is_allowed(address: Address) -> bool:
    """Whether it is public, or in a network that the installation allows."""
    plain = _unwrapped(address)
    if any(plain in ip_network(network) for network in settings.WEBHOOK_NETWORKS):
        return True
    return plain.is_global and not plain.is_multicast and not plain.is_reserved


def _unwrapped(address: Address) -> Address:
    """The IPv4 address inside an IPv6 one, where there is one: the wrapping must not hide it."""
    if isinstance(address, IPv6Address):
        if address in NAT64:
            return IPv4Address(int(address) & 0xFFFFFFFF)
        teredo = address.teredo
        return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None) or address
    return address


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _split(text: str) -> SplitResult | None:
    try:
        url = urlsplit(text)
        return url if url.port is None or url.port > 0 else None
    except ValueError:
        return None
