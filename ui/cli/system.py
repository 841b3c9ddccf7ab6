"""What the machine offers a window: a display, and the system libraries that Qt loads."""

import ctypes
import os
import sys


def has_display() -> bool:
    """Whether a window can be shown: always elsewhere than on Linux; there a display server or a chosen Qt platform."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"))


# Shared objects that Qt needs on Linux, with the Debian package that brings each. The last group is for real screens.
LIBRARIES = (
    ("libglib-2.0.so.0", "libglib2.0-0"),
    ("libEGL.so.1", "libegl1"),
    ("libGL.so.1", "libgl1"),
    ("libX11.so.6", "libx11-6"),
    ("libxkbcommon.so.0", "libxkbcommon0"),
    ("libdbus-1.so.3", "libdbus-1-3"),
    ("libfontconfig.so.1", "libfontconfig1"),
)
SCREEN_LIBRARIES = (
    ("libxcb-cursor.so.0", "libxcb-cursor0"),
    ("libxcb-icccm.so.4", "libxcb-icccm4"),
    ("libxcb-image.so.0", "libxcb-image0"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    ("libxcb-randr.so.0", "libxcb-randr0"),
    ("libxcb-render-util.so.0", "libxcb-render-util0"),
    ("libxcb-shape.so.0", "libxcb-shape0"),
    ("libxcb-xkb.so.1", "libxcb-xkb1"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    ("libX11-xcb.so.1", "libx11-xcb1"),
)


def missing_libraries(*, screen: bool = True) -> list[str]:
    """Debian packages whose library does not load. Asked before Qt is imported, whose own ImportError is opaque."""
    if not sys.platform.startswith("linux"):
        return []
    on_screen = (
        screen and os.environ.get("QT_QPA_PLATFORM", "") in ("", "xcb") and not os.environ.get("WAYLAND_DISPLAY")
    )
    wanted = LIBRARIES + (SCREEN_LIBRARIES if on_screen else ())
    return [package for library, package in wanted if not _loads(library)]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_line(packages: list[str]) -> str:
    return "sudo apt-get install -y --no-install-recommends " + " ".join(packages)
