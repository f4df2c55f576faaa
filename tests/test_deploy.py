"""What a box must be set up with, T-K1, T-K2, T-K5, T-K7: a line that is missing from deploy/ is named."""

from pathlib import Path

import pytest

DEPLOY = Path(__file__).parent.parent / "deploy"
SEALED = (
    "NoNewPrivileges=yes",
    "ProtectSystem=strict",
    "ProtectHome=yes",
    "PrivateTmp=yes",
    "Restart=always",
)
REQUIRED = {
    "openhall-kiosk.service": (
        *SEALED,
        "User=openhall",
        "IPAddressDeny=any",
        "RestrictAddressFamilies=AF_UNIX AF_NETLINK",
        "Conflicts=getty@tty1.service",
        "ReadWritePaths=/var/lib/openhall",
        "StartLimitIntervalSec=0",
        "LimitCORE=0",
        "ExecStart=/usr/bin/cage -- /opt/openhall/bin/python -m kiosk.watchdog --state /var/lib/openhall",
    ),
    "openhall-sync.service": (
        *SEALED,
        "User=openhall",
        "ReadWritePaths=/var/lib/openhall",
        "CapabilityBoundingSet=",
        "PrivateDevices=yes",
        "CPUSchedulingPolicy=idle",
        "CPUWeight=idle",
    ),
    "openhall-county.service": (
        *SEALED,
        "User=openhall",
        "ReadWritePaths=/var/lib/openhall-county",
        "CapabilityBoundingSet=",
        "PrivateDevices=yes",
    ),
    "host/sysctl.conf": ("kernel.sysrq = 0",),
    "host/modprobe.conf": ("install usb-storage /bin/false", "install uas /bin/false"),
    "host/logind.conf": ("NAutoVTs=0", "ReserveVT=0"),
}
EACH = [(name, line) for name, lines in REQUIRED.items() for line in lines]


def missing(name: str, text: str) -> list[str]:
    """The lines that the file must have and `text` has not."""
    return [line for line in REQUIRED[name] if line not in text.splitlines()]


@pytest.mark.parametrize("name", REQUIRED)
def test_every_line_that_keeps_a_box_shut_is_there(name: str) -> None:
    assert missing(name, (DEPLOY / name).read_text()) == []


@pytest.mark.parametrize(("name", "line"), EACH)
def test_a_line_that_is_missing_is_named(name: str, line: str) -> None:
    """Control."""
    text = (DEPLOY / name).read_text().replace(f"\n{line}\n", "\n")
    assert missing(name, text) == [line]


def test_a_box_is_told_of_every_file() -> None:
    readme = (DEPLOY / "README.md").read_text()
    names = [
        str(path.relative_to(DEPLOY)) for path in DEPLOY.rglob("*") if path.suffix in (".conf", ".service")
    ]
    assert [name for name in names if name not in readme] == []
