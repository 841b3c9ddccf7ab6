"""A laid page as text that a person can read: frames with their boxes, lines with row, place and words."""

from models.values.laid_page import GlyphRun, LaidFrame, LaidPage
from models.values.template import PageTemplate


def page_text(page: LaidPage, template: PageTemplate) -> str:
    """Boxes in points, baselines in rows of the grid below the top of the type area."""
    out = [f"page {page.number} {page.name} {page.width:.1f} x {page.height:.1f}"]
    for run in page.furniture:
        out.append(f"  {run.xs[0]:7.2f} {run.baseline:8.2f} {run.size:5.1f} {run.text}")
    for line in page.furniture_lines:
        out.append(f"  rule {line.x0:.2f},{line.y0:.2f} - {line.x1:.2f},{line.y1:.2f} {line.width}")
    for tint in page.furniture_tints:
        out.append(f"  tint {tint.box.x:.2f},{tint.box.y:.2f} {tint.box.width:.2f} x {tint.box.height:.2f}")
    for frame in page.frames:
        out += frame_text(frame, template)
    for fault in page.faults:
        out.append(f"fault {fault.kind} {dict(fault.values)}")
    return "\n".join(out) + "\n"


def frame_text(frame: LaidFrame, template: PageTemplate) -> list[str]:
    box = frame.box
    out = [
        f"frame {frame.article}: {box.x:.2f},{box.y:.2f} {box.width:.2f} x {box.height:.2f}"
        f" lines {frame.body_lines} overset {frame.overset_lines} empty {frame.empty_lines}"
    ]
    for tint in frame.tints:
        out.append(f"  tint {tint.box.x:.2f},{tint.box.y:.2f} {tint.box.width:.2f} x {tint.box.height:.2f}")
    for picture in frame.pictures:
        where = picture.box
        out.append(f"  picture {where.x:.2f},{where.y:.2f} {where.width:.2f} x {where.height:.2f}")
    for line in frame.lines:
        out.append(f"  rule {line.x0:.2f},{line.y0:.2f} - {line.x1:.2f},{line.y1:.2f}")
    before: GlyphRun | None = None
    for run in frame.runs:
        row = (run.baseline - template.top) / template.leading
        if before is not None and before.baseline == run.baseline and run.xs[0] > before.xs[-1] and _near(before, run):
            out[-1] += f"|{run.text}"
        else:
            out.append(f"  {run.xs[0]:7.2f} row {row:6.3f} {run.size:5.2f} {run.text}")
        before = run
    return out


def _near(before: GlyphRun, run: GlyphRun) -> bool:
    return run.xs[0] - before.xs[-1] < 3 * before.size
