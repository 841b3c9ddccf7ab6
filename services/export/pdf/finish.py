"""The last hand on a PDF: pictures, graphics states, page boxes, metadata, and the keys by which it names its standard.

The keys identify a file; that it holds what they promise is for `preflight` to say. PDF/X-4 (ISO 15930-7) wants the
ICC profile of the printing condition inside: the print house's, or our model of newsprint (PDF/X-4p refers to one
elsewhere). For other paper without a profile the file is PDF/X-1a:2003 (ISO 15930-4): PDF 1.4, CMYK and spot colours
only, the condition named as the ICC registry names it. Archive files are PDF/A-2u (ISO 19005-2).
"""

import io
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from models.values.ids import ArticleId
from models.values.laid_page import LaidPage
from models.values.press import CUSTOM
from services.export.pdf.content import KNOCK_OUT, OVERPRINT, REGISTRATION, spot_resource
from services.export.pdf.images import EncodedPicture
from services.export.pdf.links import add_links
from services.export.pdf.page import Mark
from services.export.pdf.structure import add_structure
from services.export.presets import Preset, Press, margins, plate_name
from services.export.profile import REGISTRY

PROGRAM = "清样 · Qingyang"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A document as reportlab wrote it, and what was marked on each of its pages."""

    content: bytes
    marks: Sequence[Sequence[Mark]]


def finish(
    drawn: Drawn,
    pages: Sequence[LaidPage],
    images: Sequence[EncodedPicture],
    preset: Preset,
    *,
    press: Press,
    title: str,
    articles: Mapping[ArticleId, str],
    when: datetime,
) -> bytes:
    """The finished file. `images` are those named QYim0, QYim1 … in the pages' content."""
    with pikepdf.open(io.BytesIO(drawn.content)) as pdf:
        objects = [pdf.make_indirect(_image(pdf, image)) for image in images]
        states = _graphics_states(pdf)
        plates = _plates(pdf, press) if preset.for_press else None
        for sheet, page in zip(pdf.pages, pages, strict=True):
            _resources(sheet.obj, objects, states if preset.overprint else None, plates)
            _boxes(sheet.obj, page, preset, press)
        part = press.part if preset.for_press else preset.part
        _describe(pdf, part, press, title, when.astimezone(UTC).replace(microsecond=0))
        pdf.Root.Lang = String("zh-CN")
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        _name_labels(pdf, pages)
        add_structure(pdf, pages, drawn.marks, articles)
        if preset.links:
            add_links(pdf, pages, margins(pages[0], preset, press))
        old = part == "PDF/X-1a:2003"
        for sheet in pdf.pages if old else ():
            del sheet.obj.Tabs  # PDF 1.5
        pdf.remove_unreferenced_resources()
        written = io.BytesIO()
        pdf.save(
            written,
            min_version="1.4" if old else "1.6",
            force_version="1.4" if old else "1.6" if part == "PDF/X-4" else "",
            compress_streams=True,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            deterministic_id=True,
        )
        return written.getvalue()


def _image(pdf: pikepdf.Pdf, image: EncodedPicture) -> Any:
    keys: dict[str, Any] = {
        "/Type": Name.XObject,
        "/Subtype": Name.Image,
        "/Width": image.width,
        "/Height": image.height,
        "/BitsPerComponent": 8,
        "/ColorSpace": Name("/" + image.space),
        "/Filter": Name.DCTDecode,
    }
    if image.inverted:
        keys["/Decode"] = Array([1, 0] * 4)
    stream = pikepdf.Stream(pdf, image.data)
    for key, value in keys.items():
        stream[key] = value
    return stream


def _graphics_states(pdf: pikepdf.Pdf) -> Any:
    """Black text prints over (OPM 1: zero inks leave what lies under alone), everything else knocks out."""
    over = Dictionary(Type=Name.ExtGState, OP=True, op=True, OPM=1)
    knock = Dictionary(Type=Name.ExtGState, OP=False, op=False, OPM=0)
    return pdf.make_indirect(
        Dictionary({f"/{OVERPRINT}": pdf.make_indirect(over), f"/{KNOCK_OUT}": pdf.make_indirect(knock)})
    )


def _plates(pdf: pikepdf.Pdf, press: Press) -> Any:
    """Colour spaces of the spot inks, and of the one that prints on every plate (ISO 32000-1, 8.6.6.4)."""
    spaces = {f"/{REGISTRATION}": _separation(pdf, "All", (1.0, 1.0, 1.0, 1.0))} if press.marks else {}
    for at, spot in enumerate(press.spots):
        ink = spot.alternate
        spaces[f"/{spot_resource(at)}"] = _separation(pdf, spot.name, (ink.c, ink.m, ink.y, ink.k))
    return pdf.make_indirect(Dictionary(spaces)) if spaces else None


def _separation(pdf: pikepdf.Pdf, name: str, whole: tuple[float, float, float, float]) -> Any:
    """A tint of the ink is the same tint of its look in CMYK."""
    tint = Dictionary(
        FunctionType=2,
        Domain=Array([0, 1]),
        C0=Array([0, 0, 0, 0]),
        C1=Array([round(part, 4) for part in whole]),
        N=1,
    )
    return pdf.make_indirect(Array([Name.Separation, _name(name), Name.DeviceCMYK, pdf.make_indirect(tint)]))


def _name(words: str) -> Name:
    """A PDF name; what is no plain character is written as #xx of its UTF-8 by the library."""
    return Name("/" + (words if words == "All" else plate_name(words)))


def _resources(sheet: Any, images: Sequence[Any], states: Any, plates: Any) -> None:
    resources = sheet.Resources
    if "/XObject" in resources:
        del resources["/XObject"]
    if images:
        content = sheet.Contents.read_bytes()
        used = {f"/QYim{at}": image for at, image in enumerate(images) if f"/QYim{at} Do".encode() in content}
        if used:
            resources.XObject = Dictionary(used)
    if states is not None:
        resources.ExtGState = states
    if plates is not None:
        resources.ColorSpace = plates
    if "/ProcSet" in resources:
        del resources["/ProcSet"]  # obsolete since PDF 1.4


def _boxes(sheet: Any, page: LaidPage, preset: Preset, press: Press) -> None:
    """MediaBox, BleedBox and TrimBox (ISO 15930-7): the trimmed page, its bleed, the sheet that holds the marks."""
    around = margins(page, preset, press)
    trim = (around.left, around.bottom, around.left + page.width, around.bottom + page.height)
    sheet.MediaBox = Array([0, 0, round(trim[2] + around.right, 3), round(trim[3] + around.top, 3)])
    sheet.TrimBox = Array([round(edge, 3) for edge in trim])
    if preset.bleed:
        bleed = page.bleed
        grown = (trim[0] - bleed, trim[1] - bleed, trim[2] + bleed, trim[3] + bleed)
        sheet.BleedBox = Array([round(edge, 3) for edge in grown])
    for key in ("/CropBox", "/ArtBox", "/Trans", "/Rotate"):
        if key in sheet:
            del sheet[key]


def _name_labels(pdf: pikepdf.Pdf, pages: Sequence[LaidPage]) -> None:
    """Readers number the pages as the paper does."""
    labels: list[Any] = []
    for at, page in enumerate(pages):
        labels += [at, Dictionary(S=Name.D, St=max(1, page.number))]
    pdf.Root.PageLabels = Dictionary(Nums=Array(labels))


def _describe(pdf: pikepdf.Pdf, part: str, press: Press, title: str, when: datetime) -> None:
    date = String(when.strftime("D:%Y%m%d%H%M%SZ"))
    for key in list(pdf.docinfo.keys()):
        del pdf.docinfo[key]
    pdf.docinfo.update(
        {
            "/Title": String(title),
            "/Creator": String(PROGRAM),
            "/Producer": String("reportlab, pikepdf"),
            "/CreationDate": date,
            "/ModDate": date,
        }
    )
    if part.startswith("PDF/X"):
        pdf.docinfo["/Trapped"] = Name("/False")
        pdf.docinfo["/GTS_PDFXVersion"] = String(part)
        pdf.Root.OutputIntents = Array([pdf.make_indirect(_press_intent(pdf, press))])
    elif part:
        pdf.Root.OutputIntents = Array([pdf.make_indirect(_screen_intent(pdf))])
    _metadata(pdf, part, title, when)


def _press_intent(pdf: pikepdf.Pdf, press: Press) -> Any:
    """ISO 32000-1, 14.11.5, table 365. A profile that does not say which registered condition it was made from is
    Custom, and Info says in words what it is; so is our model. Where somebody named a registered condition of
    newsprint, that name is the identifier, since it says which print is meant, and not what the profile was made from;
    Info says that the profile is a model, so that the print house may put its own in its place.
    """
    profile = press.embedded
    if profile is None:
        return Dictionary(
            Type=Name.OutputIntent,
            S=Name("/GTS_PDFX"),
            OutputConditionIdentifier=String(press.condition),
            RegistryName=String(REGISTRY),
            Info=String(press.condition),
        )
    stream = pikepdf.Stream(pdf, profile.raw)
    stream.N = 4
    stream.Alternate = Name.DeviceCMYK
    registered = profile.condition or (press.condition if press.modelled and press.condition != CUSTOM else "")
    named = f"{registered}; {profile.title}" if press.modelled and registered else profile.title
    made = Dictionary(
        Type=Name.OutputIntent,
        S=Name("/GTS_PDFX"),
        OutputCondition=String(registered if press.modelled and registered else profile.title),
        OutputConditionIdentifier=String(registered or CUSTOM),
        Info=String(named),
        DestOutputProfile=pdf.make_indirect(stream),
    )
    if registered:
        made.RegistryName = String(REGISTRY)
    return made


def _screen_intent(pdf: pikepdf.Pdf) -> Any:
    from PIL import ImageCms

    profile = pikepdf.Stream(pdf, ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile.N = 3
    profile.Alternate = Name.DeviceRGB
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name("/GTS_PDFA1"),
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB IEC61966-2.1"),
        DestOutputProfile=pdf.make_indirect(profile),
    )


def _metadata(pdf: pikepdf.Pdf, part: str, title: str, when: datetime) -> None:
    date = when.strftime("%Y-%m-%dT%H:%M:%SZ")
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as words:
        words["dc:title"] = title
        words["dc:format"] = "application/pdf"
        words["dc:language"] = ["zh-CN"]
        words["xmp:CreatorTool"] = PROGRAM
        words["xmp:CreateDate"] = words["xmp:ModifyDate"] = words["xmp:MetadataDate"] = date
        words["pdf:Producer"] = "reportlab, pikepdf"
        if part.startswith("PDF/X"):
            words["pdf:Trapped"] = "False"
        if part == "PDF/X-4":
            words["pdfxid:GTS_PDFXVersion"] = part
            words["xmpMM:DocumentID"] = f"uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{title} {date}')}"
            words["xmpMM:VersionID"] = "1"
            words["xmpMM:RenditionClass"] = "default"
        elif part == "PDF/A-2u":
            words["pdfaid:part"] = "2"
            words["pdfaid:conformance"] = "U"
