"""Pictures for a PDF: any bytes in, an upright flat picture in the right colours and of the right fineness out.

A picture is hostile until decoded: only four formats are tried (Pillow would run Ghostscript on an EPS that is called
.jpg), a header may promise gigapixels, and a torn file shows only when its last row is read.
"""

import io
import struct
import warnings
import zlib
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageOps, UnidentifiedImageError

from models.values.laid_page import PictureBox
from services.config.errors import UserError
from services.export.presets import Preset

FORMATS = ("JPEG", "PNG", "WEBP", "TIFF")
MAX_PIXELS = 50_000_000
_DAMAGED = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, struct.error, zlib.error)


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodedPicture:
    """JPEG data for an image XObject. `space` is DeviceGray, DeviceRGB or DeviceCMYK; `inverted`: 255 is no ink."""

    data: bytes
    width: int
    height: int
    space: str
    inverted: bool


def decode(raw: bytes, name: str) -> Image.Image:
    """The picture, upright, without transparency, in mode L, RGB or CMYK. Raises UserError naming the picture."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a size Pillow only warns of is refused below
            opened = Image.open(io.BytesIO(raw), formats=FORMATS)
            if opened.width * opened.height > MAX_PIXELS:
                raise _too_large(name, opened.width, opened.height)
            if opened.format == "JPEG":
                _whole_jpeg(raw)
            opened.load()
            upright = ImageOps.exif_transpose(opened)
    except Image.DecompressionBombError as reason:
        raise UserError("export.picture_huge", picture=name, limit=MAX_PIXELS // 1_000_000) from reason
    except UnidentifiedImageError as reason:
        raise UserError("export.picture_unknown", picture=name) from reason
    except _DAMAGED as reason:
        raise UserError("export.picture_damaged", picture=name) from reason
    return _flat(upright)


def _too_large(name: str, width: int, height: int) -> UserError:
    return UserError("export.picture_large", picture=name, width=width, height=height, limit=MAX_PIXELS // 1_000_000)


def _whole_jpeg(raw: bytes) -> None:
    """A JPEG that lacks its end mark is torn, even where the decoder can fill the rest with grey."""
    if b"\xff\xd9" not in raw[-65536:]:
        raise OSError("no end mark")


def _flat(image: Image.Image) -> Image.Image:
    """Transparency on white paper; palettes, 16 bits and other oddities to L, RGB or CMYK."""
    if image.mode in ("L", "RGB", "CMYK"):
        return image.convert("RGB") if "transparency" in image.info and image.mode != "CMYK" else image
    if image.mode.startswith("I") or image.mode == "F":
        _, high = image.getextrema()
        scale = 255 / 65535 if isinstance(high, int | float) and high > 255 else 1.0
        return image.convert("F").point(lambda value: value * scale).convert("L")
    if image.mode == "1":
        return image.convert("L")
    if image.mode in ("LA", "RGBA", "PA", "La", "RGBa") or "transparency" in image.info:
        over = image.convert("RGBA")
        paper = Image.new("RGBA", over.size, "white")
        paper.alpha_composite(over)
        return paper.convert("L" if image.mode in ("LA", "La") else "RGB")
    return image.convert("RGB")


def fill_box(image: Image.Image, box: PictureBox, ppi: int) -> Image.Image:
    """The part of the picture that its box shows: the crop, cut about its middle to the box's shape, never stretched;
    made coarser when it is finer than `ppi` at its printed size."""
    left, top, right, bottom = box.crop
    x0, x1 = sorted((left * image.width, right * image.width))
    y0, y1 = sorted((top * image.height, bottom * image.height))
    x0, y0, x1, y1 = max(0.0, x0), max(0.0, y0), min(float(image.width), x1), min(float(image.height), y1)
    wide, high = max(1.0, x1 - x0), max(1.0, y1 - y0)
    shape = box.box.width / box.box.height
    if wide > high * shape:
        x0 += (wide - high * shape) / 2
        wide = high * shape
    else:
        y0 += (high - wide / shape) / 2
        high = wide / shape
    most = (max(1, round(box.box.width / 72 * ppi)), max(1, round(box.box.height / 72 * ppi)))
    size = (min(most[0], max(1, round(wide))), min(most[1], max(1, round(high))))
    area = (x0, y0, min(float(image.width), x0 + wide), min(float(image.height), y0 + high))
    return image.resize(size, Image.Resampling.LANCZOS, box=area)


def to_process(image: Image.Image) -> Image.Image:
    """RGB to CMYK with all grey taken into K (GCR 100 %): at most 200 % ink, under the 240 % of newsprint
    (ISO 12647-3:2013), and greys stay neutral on a press that is out of register. Grey stays grey."""
    if image.mode != "RGB":
        return image
    cyan, magenta, yellow = (ImageChops.invert(band) for band in image.split())
    black = ImageChops.darker(ImageChops.darker(cyan, magenta), yellow)
    inks = [ImageChops.subtract(band, black) for band in (cyan, magenta, yellow)]
    return Image.merge("CMYK", (*inks, black))


def encode(raw: bytes, box: PictureBox, preset: Preset, name: str) -> EncodedPicture:
    """The picture as it stands in its box. Raises UserError when it cannot be decoded."""
    image = fill_box(_seen_as_grey(decode(raw, name)), box, preset.ppi)
    if preset.name == "press":
        image = to_process(image)
    elif image.mode == "CMYK":
        image = image.convert("RGB")
    written = io.BytesIO()
    image.info = {}  # no Exif, no profile, no place where it was taken
    image.save(written, "JPEG", quality=preset.quality, subsampling=0)
    return EncodedPicture(
        data=written.getvalue(),
        width=image.width,
        height=image.height,
        space={"L": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK"}[image.mode],
        inverted=image.mode == "CMYK",  # Pillow writes CMYK as Adobe does: 255 is no ink
    )


def _seen_as_grey(image: Image.Image) -> Image.Image:
    """A black-and-white photograph that is stored in colour prints in K alone."""
    if image.mode != "RGB":
        return image
    red, green, blue = image.split()
    apart = ImageChops.lighter(ImageChops.difference(red, green), ImageChops.difference(green, blue))
    extremes = apart.getextrema()
    return green if extremes[1] <= 2 else image  # type: ignore[operator]
