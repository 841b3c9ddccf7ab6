"""Pictures for a PDF: cut to their box, of the right fineness, in the right colours, as JPEG."""

import io
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageChops

from models.values.laid_page import PictureBox
from services.export.pictures import decode
from services.export.presets import Preset
from services.export.profile import MOST_BYTES, OutputProfile, to_process

MOST_INK = 2.4  # of the four inks together on newsprint (ISO 12647-3:2013)


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodedPicture:
    """JPEG data for an image XObject. `space` is DeviceGray, DeviceRGB or DeviceCMYK; `inverted`: 255 is no ink.

    `change` says what was done to its colours: "" nothing, "profile", "model" (our own of newsprint), "general" (no
    profile at all), "less_ink".
    """

    data: bytes
    width: int
    height: int
    space: str
    inverted: bool
    name: str = ""
    short: str = ""  # in a list of pictures
    change: str = ""


@dataclass(slots=True)
class Colours:
    """Pictures into the inks of the press: by its profile, or where there is none by taking all grey into K.

    `modelled`: the profile is our own model of newsprint.
    """

    profile: OutputProfile | None = None
    modelled: bool = False
    _standard: Any = None

    def to_press(self, image: Image.Image) -> tuple[Image.Image, str]:
        """The picture in grey or CMYK, and what was done to it."""
        source = image.info.get("icc_profile")
        if image.mode == "CMYK":
            if not _too_much_ink(image):
                return image, ""
            return self._rgb_to_press(image.convert("RGB"), None)[0], "less_ink"
        if image.mode != "RGB":
            return image, ""
        return self._rgb_to_press(image, source)

    def _rgb_to_press(self, image: Image.Image, source: bytes | None) -> tuple[Image.Image, str]:
        if self.profile is None:
            return without_grey(image), "general"
        made: Image.Image = self._transform(source).apply(image)
        return made, "model" if self.modelled else "profile"

    def _transform(self, source: bytes | None) -> Any:
        """From the profile that the picture brings, where lcms takes it; else from sRGB."""
        assert self.profile is not None
        if isinstance(source, bytes) and source[16:20] == b"RGB " and len(source) <= MOST_BYTES:
            try:
                return to_process(self.profile.raw, source)
            except ValueError:
                pass  # a damaged profile in a picture is as good as none
        if self._standard is None:
            self._standard = to_process(self.profile.raw)
        return self._standard


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
    most = _pixels(box, ppi)
    size = (min(most[0], max(1, round(wide))), min(most[1], max(1, round(high))))
    area = (x0, y0, min(float(image.width), x0 + wide), min(float(image.height), y0 + high))
    return image.resize(size, Image.Resampling.LANCZOS, box=area)


def _pixels(box: PictureBox, ppi: int) -> tuple[int, int]:
    return max(1, round(box.box.width / 72 * ppi)), max(1, round(box.box.height / 72 * ppi))


def _least(box: PictureBox, ppi: int) -> tuple[int, int]:
    """Pixels that the whole picture must have for its box to be full."""
    wide, high = _pixels(box, ppi)
    left, top, right, bottom = box.crop
    part = max(0.05, min(abs(right - left), abs(bottom - top), 1.0))
    return round(max(wide, high) / part), round(max(wide, high) / part)


def without_grey(image: Image.Image) -> Image.Image:
    """RGB to CMYK with all grey taken into K (GCR 100 %): at most 200 % ink, under what newsprint takes, and greys stay
    neutral on a press that is out of register."""
    cyan, magenta, yellow = (ImageChops.invert(band) for band in image.split())
    black = ImageChops.darker(ImageChops.darker(cyan, magenta), yellow)
    inks = [ImageChops.subtract(band, black) for band in (cyan, magenta, yellow)]
    return Image.merge("CMYK", (*inks, black))


def _too_much_ink(image: Image.Image) -> bool:
    """Whether a hundredth of a CMYK picture or more holds more ink than newsprint takes: made for glossy paper."""
    small = image.resize((min(image.width, 64), min(image.height, 64)), Image.Resampling.NEAREST).tobytes()
    sums = [sum(small[at : at + 4]) for at in range(0, len(small), 4)]
    return sum(ink > MOST_INK * 255 for ink in sums) * 100 > len(sums)


def encode(raw: bytes, box: PictureBox, preset: Preset, name: str, colours: Colours | None = None) -> EncodedPicture:
    """The picture as it stands in its box. Raises UserError when it cannot be decoded."""
    whole = decode(raw, name, _least(box, preset.ppi))
    source = whole.info.get("icc_profile")
    image = fill_box(_seen_as_grey(whole), box, preset.ppi)
    del whole
    change = ""
    if preset.for_press:
        image.info["icc_profile"] = source
        image, change = (colours or Colours()).to_press(image)
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
        name=name,
        change=change,
    )


def _seen_as_grey(image: Image.Image) -> Image.Image:
    """A black-and-white photograph that is stored in colour prints in K alone."""
    if image.mode != "RGB":
        return image
    red, green, blue = image.split()
    apart = ImageChops.lighter(ImageChops.difference(red, green), ImageChops.difference(green, blue))
    extremes = apart.getextrema()
    return green if extremes[1] <= 2 else image  # type: ignore[operator]
