"""Decoding pictures that came from outside: any bytes in, an upright flat picture out, or a kind refusal.

A picture is hostile until decoded: only four formats are tried (Pillow would run Ghostscript on an EPS that is called
.jpg), a header may promise gigapixels, and a torn file shows only when its last row is read.
"""

import io
import struct
import warnings
import zlib

from PIL import Image, ImageOps, UnidentifiedImageError

from services.config.errors import UserError

FORMATS = ("JPEG", "PNG", "WEBP", "TIFF")
MAX_PIXELS = 50_000_000
_DAMAGED = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, struct.error, zlib.error)


def decode(
    raw: bytes, name: str, least: tuple[int, int] | None = None, within: tuple[int, int] | None = None
) -> Image.Image:
    """The picture, upright, without transparency, in mode L, RGB or CMYK. Raises UserError naming the picture.

    A JPEG of more than twice the pixels wanted is decoded at a half, a quarter or an eighth. Wanted are `least`,
    whichever way up it is, or as many as fit into `within`.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a size Pillow only warns of is refused below
            opened = Image.open(io.BytesIO(raw), formats=FORMATS)
            most = MAX_PIXELS // 2 if _transparent(opened) else MAX_PIXELS  # paper and mask stand beside it in memory
            if opened.width * opened.height > most:
                raise _too_large(name, opened.width, opened.height, most)
            if within is not None:
                least = _fitted(opened.size, within)
            elif least is not None:
                least = (max(least), max(least))
            if least is not None:
                opened.draft(None, least)  # of JPEG: the rest never stands in memory
            opened.load()
            upright = ImageOps.exif_transpose(opened)
    except Image.DecompressionBombError as reason:
        raise UserError("export.picture_huge", picture=name, limit=MAX_PIXELS // 1_000_000) from reason
    except UnidentifiedImageError as reason:
        raise UserError("export.picture_unknown", picture=name) from reason
    except _DAMAGED as reason:
        raise UserError("export.picture_damaged", picture=name) from reason
    try:
        return _flat(upright)
    except ValueError as reason:  # Lab and the like
        raise UserError("export.picture_space", picture=name, space=upright.mode) from reason


def _fitted(size: tuple[int, int], within: tuple[int, int]) -> tuple[int, int]:
    """Pixels of a picture that fills a field, lying or turned upright."""
    lying = min(within[0] / size[0], within[1] / size[1])
    turned = min(within[0] / size[1], within[1] / size[0])
    scale = max(lying, turned)
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _too_large(name: str, width: int, height: int, most: int) -> UserError:
    return UserError("export.picture_large", picture=name, width=width, height=height, limit=most // 1_000_000)


def _transparent(image: Image.Image) -> bool:
    return image.mode in ("LA", "RGBA", "PA", "La", "RGBa") or "transparency" in image.info


def _flat(image: Image.Image) -> Image.Image:
    """Transparency on white paper; palettes, 16 bits and other oddities to L, RGB or CMYK."""
    if _transparent(image):
        over = image.convert("RGBA")
        paper = Image.new("RGB", over.size, "white")
        paper.paste(over.convert("RGB"), mask=over.getchannel("A"))
        paper.info["icc_profile"] = image.info.get("icc_profile")
        return paper.convert("L") if image.mode in ("LA", "La") else paper
    if image.mode in ("L", "RGB", "CMYK"):
        return image
    if image.mode.startswith("I") or image.mode == "F":  # 16 bits and more: Pillow would clip, not scale
        _, high = image.getextrema()
        scale = 255 / 65535 if isinstance(high, int | float) and high > 255 else 1.0
        return image.convert("F").point(lambda value: value * scale + 0.5).convert("L")
    return image.convert("L" if image.mode == "1" else "RGB")
