"""ICC profiles drawn by code for the tests."""

import struct


def s15(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def lut8(inputs: int, outputs: int, corner: list[bytes]) -> bytes:
    """lut8Type (ICC.1:2022, 10.11) with two grid points a channel: `corner` gives the output at each corner."""
    identity = b"".join(s15(float(a == b)) for a in range(3) for b in range(3))
    line = bytes(range(256))
    return (
        b"mft1\0\0\0\0" + bytes((inputs, outputs, 2, 0)) + identity + line * inputs + b"".join(corner) + line * outputs
    )


def made_profile(
    kind: bytes = b"prtr", space: bytes = b"CMYK", title: bytes = b"Press of the test", made_from: bytes = b""
) -> bytes:
    """A CMYK profile drawn by code: paper is white, every ink takes light away in equal parts."""
    to_lab = [bytes((max(0, 255 - 80 * bin(at).count("1")), 128, 128)) for at in range(16)]
    from_lab = []
    for at in range(8):
        ink = 0 if at & 4 else 255
        from_lab.append(bytes((0, 0, 0, ink)))
    tags = {
        b"desc": b"desc\0\0\0\0" + struct.pack(">I", len(title) + 1) + title + bytes(80),
        b"A2B0": lut8(4, 3, to_lab),
        b"B2A0": lut8(3, 4, from_lab),
        b"wtpt": b"XYZ \0\0\0\0" + s15(0.9642) + s15(1.0) + s15(0.8249),
        b"targ": b"text\0\0\0\0" + made_from + b"\0",
        b"cprt": b"text\0\0\0\0none\0",
    }
    table, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for key, held in tags.items():
        padded = held + bytes(-len(held) % 4)
        table += struct.pack(">4sII", key, start + len(body), len(held))
        body += padded
    header = struct.pack(">I4sI4s4s4s", start + len(body), b"lcms", 0x02400000, kind, space, b"Lab ")
    header += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + s15(0.9642) + s15(1.0) + s15(0.8249)
    return header.ljust(128, b"\0") + table + body
