"""The last hand on a PDF: pictures, graphics states, page boxes, metadata, and the keys by which it names its standard.

The keys identify a file as PDF/X-4 (ISO 15930-7) or PDF/A-2u (ISO 19005-2); they do not prove that it conforms. Full
PDF/X-4 also wants the printing condition's ICC profile inside, which only the print house can give.
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
from services.export.pdf.content import KNOCK_OUT, OVERPRINT
from services.export.pdf.images import EncodedPicture
from services.export.pdf.page import Mark
from services.export.pdf.structure import add_structure
from services.export.presets import Preset

PROGRAM = "清样 · Qingyang"
_REGISTRY = "http://www.color.org"


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
    title: str,
    articles: Mapping[ArticleId, str],
    stamp: datetime | None,
) -> bytes:
    """The finished file. `images` are those named QYim0, QYim1 … in the pages' content."""
    with pikepdf.open(io.BytesIO(drawn.content)) as pdf:
        objects = [pdf.make_indirect(_image(pdf, image)) for image in images]
        states = _graphics_states(pdf)
        for sheet, page in zip(pdf.pages, pages, strict=True):
            _resources(sheet.obj, objects, states if preset.overprint else None)
            _boxes(sheet.obj, page, preset)
        _describe(pdf, preset, title, (stamp or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0))
        pdf.Root.Lang = String("zh-CN")
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        _name_labels(pdf, pages)
        add_structure(pdf, pages, drawn.marks, articles)
        pdf.remove_unreferenced_resources()
        written = io.BytesIO()
        pdf.save(
            written,
            min_version="1.6",
            force_version="1.6" if preset.part == "PDF/X-4" else "",
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


def _resources(sheet: Any, images: Sequence[Any], states: Any) -> None:
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
    if "/ProcSet" in resources:
        del resources["/ProcSet"]  # obsolete since PDF 1.4


def _boxes(sheet: Any, page: LaidPage, preset: Preset) -> None:
    """MediaBox, BleedBox and TrimBox (ISO 15930-7): the sheet is the trimmed page with its bleed around it."""
    bleed = page.bleed if preset.bleed else 0.0
    media = [0, 0, round(page.width + 2 * bleed, 3), round(page.height + 2 * bleed, 3)]
    trim = [round(bleed, 3), round(bleed, 3), round(page.width + bleed, 3), round(page.height + bleed, 3)]
    sheet.MediaBox = Array(media)
    sheet.TrimBox = Array(trim)
    if preset.bleed:
        sheet.BleedBox = Array(media)
    for key in ("/CropBox", "/ArtBox", "/Trans", "/Rotate"):
        if key in sheet:
            del sheet[key]


def _name_labels(pdf: pikepdf.Pdf, pages: Sequence[LaidPage]) -> None:
    """Readers number the pages as the paper does."""
    labels: list[Any] = []
    for at, page in enumerate(pages):
        labels += [at, Dictionary(S=Name.D, St=max(1, page.number))]
    pdf.Root.PageLabels = Dictionary(Nums=Array(labels))


def _describe(pdf: pikepdf.Pdf, preset: Preset, title: str, when: datetime) -> None:
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
    if preset.intent:
        pdf.docinfo["/Trapped"] = Name("/False")
    if preset.part == "PDF/X-4":
        pdf.docinfo["/GTS_PDFXVersion"] = String("PDF/X-4")
        pdf.Root.OutputIntents = Array([pdf.make_indirect(_press_intent(preset))])
    elif preset.part:
        pdf.Root.OutputIntents = Array([pdf.make_indirect(_screen_intent(pdf))])
    _metadata(pdf, preset, title, when)


def _press_intent(preset: Preset) -> Any:
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name("/GTS_PDFX"),
        OutputConditionIdentifier=String(preset.intent),
        RegistryName=String(_REGISTRY),
        Info=String(preset.intent),
    )


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


def _metadata(pdf: pikepdf.Pdf, preset: Preset, title: str, when: datetime) -> None:
    date = when.strftime("%Y-%m-%dT%H:%M:%SZ")
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as words:
        words["dc:title"] = title
        words["dc:format"] = "application/pdf"
        words["dc:language"] = ["zh-CN"]
        words["xmp:CreatorTool"] = PROGRAM
        words["xmp:CreateDate"] = words["xmp:ModifyDate"] = words["xmp:MetadataDate"] = date
        words["pdf:Producer"] = "reportlab, pikepdf"
        if preset.part == "PDF/X-4":
            words["pdf:Trapped"] = "False"
            words["pdfxid:GTS_PDFXVersion"] = "PDF/X-4"
            words["xmpMM:DocumentID"] = f"uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{title} {date}')}"
            words["xmpMM:VersionID"] = "1"
            words["xmpMM:RenditionClass"] = "default"
        elif preset.part == "PDF/A-2u":
            words["pdfaid:part"] = "2"
            words["pdfaid:conformance"] = "U"
