"""Which hosts may be asked."""

from __future__ import annotations

import pytest

from rumor_tui.sources.config import Access
from rumor_tui.sources.hosts import RefusedHost, check_host, is_public, literal_address, resolve_checked

PRIVATE = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::", "::1", "fe80::1", "fe80::1%eth0",
    "fc00::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1",
    "2002:7f00:1::", "2002:a00:1::", "2001:db8::1", "fec0::1", "feff::1", "3fff::1", "3fff:fff::1", "64:ff9b:1::1",
    "2606:4700::5efe:7f00:1", "2606:4700::200:5efe:a00:1", "fe80::5efe:101:101", "fec0::5efe:101:101", "no address",
]  # fmt: skip
PUBLIC = [
    "93.184.216.34", "1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101", "2002:101:101::",
    "2606:4700::5efe:101:101", "2606:4700::5eff:7f00:1", "2606:4700::1:0:5efe",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_of_the_public_internet(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", ["127.1", "0x7f.1", "2130706433", "0177.0.0.1", "127.0.0.1", "[::1]", "::1", "0"])
def test_odd_spellings_of_this_machine(host: str) -> None:
    assert not is_public(literal_address(host) or "")
    with pytest.raises(RefusedHost):
        check_host(host, 80, frozenset())


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "localhost.", "a.localhost"])
def test_names_of_this_machine(host: str) -> None:
    with pytest.raises(RefusedHost):
        check_host(host, 80, frozenset())


@pytest.mark.parametrize("host", ["example.com", "1e100.net", "127.example.com", "", "a" * 300])
def test_names_are_no_numbers(host: str) -> None:
    assert literal_address(host) is None
    check_host(host, 80, frozenset())


async def test_what_was_typed_is_asked_at_its_port_only() -> None:
    access = Access(typed=frozenset({("127.0.0.1", 8080)}))
    assert await resolve_checked("127.0.0.1", 8080, access) == ["127.0.0.1"]
    with pytest.raises(RefusedHost):
        await resolve_checked("127.0.0.1", 80, access)


async def test_one_private_address_among_others_is_enough() -> None:
    access = Access(resolve=lambda host, port: ["93.184.216.34", "10.0.0.1"])
    with pytest.raises(RefusedHost):
        await resolve_checked("example.com", 80, access)


async def test_a_name_without_addresses() -> None:
    def nowhere(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    with pytest.raises(OSError, match="no such name"):
        await resolve_checked("example.com", 80, Access(resolve=nowhere))
