"""Which addresses are of the public internet."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

#: IPv4 addresses behind a translator between the protocols (RFC 6052).
_NAT64 = ip_network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether an address is one of the public internet: neither private, loopback, link-local, multicast nor reserved.

    An IPv4 address inside an IPv6 one (mapped, 6to4, Teredo, NAT64) has to be public too. Raises `ValueError` for what is
    no address.
    """
    ip = ip_address(address.partition("%")[0])
    return all(_is_public(one) for one in (ip, *_inner(ip)))


def _is_public(ip: IPv4Address | IPv6Address) -> bool:
    return ip.is_global and not ip.is_multicast


def _inner(ip: IPv4Address | IPv6Address) -> list[IPv4Address]:
    if isinstance(ip, IPv4Address):
        return []
    translated = IPv4Address(ip.packed[-4:]) if ip in _NAT64 else None
    found = (ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ()), translated)
    return [inner for inner in found if inner is not None]
