"""Memory and time of a large issue: sixteen pages with pictures through layout and export.

    python -m tests.bench.bench_issue16 [--pages 16] [--pictures 3] [--megapixels 12]

Makes a store with pages of generated text and pictures drawn by code (JPEGs as a camera gives them), lays the
pages out in a process of its own, then exports press PDF, both Word files and the table of names in another one, whose
peak memory (VmHWM) is the figure.
"""

import argparse
import datetime
import io
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(HOME))

PER_PAGE = 6  # articles


def drawn(seed: int, megapixels: float) -> bytes:
    """A JPEG with edges, slopes and grain, so that it is as long as a photograph."""
    from PIL import Image, ImageDraw, ImageFilter

    wide = round((megapixels * 1e6 * 1.5) ** 0.5)
    high = round(wide / 1.5)
    chance = random.Random(seed)
    image = Image.linear_gradient("L").resize((wide, high)).convert("RGB")
    pen = ImageDraw.Draw(image)
    for _ in range(120):
        x, y = chance.randrange(wide), chance.randrange(high)
        size = chance.randrange(wide // 60, wide // 8)
        pen.ellipse((x, y, x + size, y + size), fill=tuple(chance.randrange(256) for _ in range(3)))
    grain = Image.effect_noise((wide // 4, high // 4), 60).resize((wide, high)).convert("RGB")
    image = Image.blend(image.filter(ImageFilter.GaussianBlur(1)), grain, 0.2)
    written = io.BytesIO()
    image.save(written, "JPEG", quality=90)
    return written.getvalue()


def make_store(store: Path, pages: int, pictures: int, megapixels: float) -> None:
    from dataclasses import replace

    from models.values.change import PlanPage
    from models.values.plan import PicturePlan
    from models.values.publication import Publication
    from services.desk.desk import open_desk
    from tests.bench.typeset import generated

    paragraphs = iter(generated(pages * PER_PAGE * 900))
    with open_desk(store) as desk:
        paper = desk.publications.save(Publication(name="清样周报"))
        issue = desk.issues.create(paper, datetime.date(2023, 5, 22), [f"版{n}" for n in range(1, pages + 1)])
        folder = store.parent
        for page in issue.pages:
            ids = []
            for at in range(PER_PAGE):
                text = []
                while sum(map(len, text)) < 600:
                    text.append(next(paragraphs))
                path = folder / f"{page.number}-{at}.txt"
                head = f"第{page.number}版第{at + 1}篇职工新闻稿件"
                path.write_text("\n\n".join([head, "本报讯（记者 江照野）" + text[0], *text[1:]]), "utf-8")
                ids.append(desk.intake.take_in([path], issue=issue.id)[0].id)
            desk.pages.assign(page.id, ids)
            plan = desk.pages.automatic(page.id, options=1)[0].plan
            frames = list(plan.frames)
            largest = sorted(range(len(frames)), key=lambda n: -frames[n].columns * frames[n].rows)[:pictures]
            for n in largest:
                file = folder / f"{page.number}-{n}.jpg"
                file.write_bytes(drawn(page.number * 10 + n, megapixels))
                card = desk.pictures.add(file, caption="图片说明")
                rows = max(4, min(14, frames[n].rows // 3))
                frames[n] = replace(
                    frames[n], picture=PicturePlan(picture=card.id, columns=min(2, frames[n].columns), rows=rows)
                )
            version = desk.pages.open(page.id).version
            desk.apply(PlanPage(page=page.id, plan=replace(plan, frames=tuple(frames)), version=version))


def peak_mb() -> float:
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def export(store: Path, out: Path) -> None:
    from services.desk.desk import open_desk

    figures: dict[str, float] = {}
    with open_desk(store) as desk:
        issue = desk.issues.find("latest")
        for name, options in (
            ("press", {"docx": False}),
            ("press copy", {"pdf": False}),
            ("archive", {"pdf": False, "preset": "archive", "names": True}),
        ):
            began = time.perf_counter()
            desk.export.printed = None  # the error rate kept with an export is proofing, not export
            desk.export.whole(issue.id, out / name, **options)
            figures[f"{name} s"] = round(time.perf_counter() - began, 2)
            figures[f"{name} peak MB"] = round(peak_mb())
        figures["pdf MB"] = round((out / "press" / "issue.pdf").stat().st_size / 1e6, 1)
        pages = [desk.pages.open(page.id) for page in issue.pages]
        figures["pages"] = len(pages)
        figures["pictures"] = sum(len(frame.pictures) for sheet in pages for frame in sheet.laid.frames)
    print(json.dumps(figures, ensure_ascii=False))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=16)
    parser.add_argument("--pictures", type=int, default=3)
    parser.add_argument("--megapixels", type=float, default=12)
    parser.add_argument("--step", choices=("make", "export"))
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    if options.step == "make":
        make_store(options.folder / "store.db", options.pages, options.pictures, options.megapixels)
        return
    if options.step == "export":
        export(options.folder / "store.db", options.folder / "out")
        return
    with tempfile.TemporaryDirectory() as folder:
        sizes = ["--pages", str(options.pages), "--pictures", str(options.pictures)]
        command = [sys.executable, "-m", "tests.bench.bench_issue16", "--folder", folder, *sizes]
        command += ["--megapixels", str(options.megapixels)]
        for step in ("make", "export"):
            subprocess.run([*command, "--step", step], cwd=HOME, check=True)


if __name__ == "__main__":
    main()
