"""A touch panel on an X server of its own: Xorg's drivers `dummy` for the picture and `inputtest` for the fingers.

The protocol is in xf86-input-inputtest-protocol.h of the X server: little structures, in the byte order of the
machine. Positions are fractions of the screen from its upper left.
"""

import ctypes
import os
import shutil
import socket
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes.util import find_library
from pathlib import Path

VERSION, TOUCH = 0, 6
BEGIN, END = 18, 20
"""Kinds of events: of the protocol, and of a finger, as XInput 2 numbers them."""
VALUATORS, FULL = 64, 0xFFFF
CONFIG = """
Section "ServerFlags"
  Option "AutoAddDevices" "false"
  Option "AutoAddGPU" "false"
EndSection
Section "Device"
  Identifier "dummy"
  Driver "dummy"
EndSection
Section "Screen"
  Identifier "screen"
  Device "dummy"
  DefaultDepth 24
  SubSection "Display"
    Virtual 800 1280
  EndSubSection
EndSection
Section "InputDevice"
  Identifier "touch"
  Driver "inputtest"
  Option "SocketPath" "{socket}"
  Option "DeviceType" "Touch"
EndSection
Section "ServerLayout"
  Identifier "panel"
  Screen "screen"
  InputDevice "touch" "SendCoreEvents"
EndSection
"""


class Panel:
    """Fingers on the panel."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.connect()

    def connect(self) -> None:
        """Begin, or begin again with a panel that is back."""
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(str(self._path))
        self._socket.sendall(struct.pack("=IiHH", 12, VERSION, 1, 1))
        self._socket.recv(12)

    def finger(self, kind: int, x: float, y: float, number: int = 1) -> None:
        """One event of a finger."""
        values = [x * FULL, y * FULL, *([0.0] * (2 * VALUATORS - 2))]
        body = struct.pack(f"=IIIQ4x{2 * VALUATORS}d", number, kind, 0, 0b11, *values)
        self._socket.sendall(struct.pack("=Ii", 8 + len(body), TOUCH) + body)

    def tap(self, x: float, y: float) -> None:
        """Down and up."""
        self.finger(BEGIN, x, y)
        self.finger(END, x, y)

    def close(self) -> None:
        self._socket.close()


class _Device(ctypes.Structure):
    """XIDeviceInfo of X11/extensions/XInput2.h."""

    _fields_ = [
        ("id", ctypes.c_int),
        ("name", ctypes.c_char_p),
        ("use", ctypes.c_int),
        ("attachment", ctypes.c_int),
        ("enabled", ctypes.c_int),
        ("classes", ctypes.c_int),
        ("class_list", ctypes.c_void_p),
    ]


def plug(display: str, there: bool) -> None:
    """Take the panel away from the X server, as unplugging does, or give it back."""
    x11, xi = (ctypes.CDLL(find_library(name)) for name in ("X11", "Xi"))
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = ctypes.c_ulong
    xi.XIQueryDevice.restype = ctypes.POINTER(_Device)
    opened, count = ctypes.c_void_p(x11.XOpenDisplay(display.encode())), ctypes.c_int()
    devices = xi.XIQueryDevice(opened, 0, ctypes.byref(count))
    (panel,) = [devices[number].id for number in range(count.value) if devices[number].name == b"touch"]
    enabled = ctypes.c_ulong(x11.XInternAtom(opened, b"Device Enabled", False))
    integer, replacing, on = ctypes.c_ulong(19), 0, ctypes.c_ubyte(there)
    xi.XIChangeProperty(opened, panel, enabled, integer, 8, replacing, ctypes.byref(on), 1)
    x11.XSync(opened, False)
    x11.XCloseDisplay(opened)


def missing() -> str:
    """What this machine lacks for a panel, or nothing."""
    if shutil.which("Xorg") is None:
        return "Xorg is not installed"
    return "" if os.geteuid() == 0 else "Xorg starts only for root"


@contextmanager
def panel(folder: Path) -> Iterator[tuple[str, Panel]]:
    """A display and its panel."""
    config, path = folder / "xorg.conf", folder / "touch"
    config.write_text(CONFIG.format(socket=path))
    reading, writing = os.pipe()
    command = [
        "Xorg",
        "-displayfd",
        str(writing),
        "-config",
        str(config),
        "-logfile",
        str(folder / "xorg.log"),
    ]
    with subprocess.Popen(
        [*command, "-noreset", "-novtswitch", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    ) as server:
        os.close(writing)
        with open(reading) as pipe:
            name = f":{pipe.readline().strip()}"
        try:
            fingers = Panel(path)
            yield name, fingers
            fingers.close()
        finally:
            server.terminate()
