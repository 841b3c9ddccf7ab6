"""Draws the sample paper's pictures and writes its Word manuscripts and foreign encodings: `python seeds/draw.py`.

Everything is made by program from the lines below, so that no picture in the project belongs to anybody else.
"""

import math
import random
from pathlib import Path

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from PIL import Image, ImageDraw, ImageFilter

HERE = Path(__file__).resolve().parent
SIZE = (1800, 1200)  # pixels: 300 ppi at 152 mm


def gradient(top: tuple[int, int, int], bottom: tuple[int, int, int]) -> Image.Image:
    """A sky from one colour to another."""
    column = Image.new("RGB", (1, SIZE[1]))
    for y in range(SIZE[1]):
        part = y / SIZE[1]
        column.putpixel((0, y), tuple(round(a + (b - a) * part) for a, b in zip(top, bottom, strict=True)))
    return column.resize(SIZE)


def ridge(draw: ImageDraw.ImageDraw, base: int, height: int, colour: tuple[int, int, int], seed: int) -> None:
    """A range of hills as a sum of three waves."""
    phase = random.Random(seed).random() * 6
    points = [
        (x, base - height * (math.sin(x / 310 + phase) + 0.6 * math.sin(x / 130 + 2 * phase) + 0.3 * math.sin(x / 57)))
        for x in range(0, SIZE[0] + 1, 6)
    ]
    draw.polygon([*points, (SIZE[0], SIZE[1]), (0, SIZE[1])], fill=colour)


def people(draw: ImageDraw.ImageDraw, y: int, count: int, size: int, colour: tuple[int, int, int], seed: int) -> None:
    """A row of standing figures."""
    chance = random.Random(seed)
    for i in range(count):
        x = SIZE[0] * (i + 0.5) / count + chance.uniform(-0.2, 0.2) * size
        tall = size * chance.uniform(0.92, 1.08)
        draw.ellipse([x - tall * 0.13, y - tall, x + tall * 0.13, y - tall * 0.74], fill=colour)
        draw.rounded_rectangle(
            [x - tall * 0.22, y - tall * 0.7, x + tall * 0.22, y], radius=int(tall * 0.12), fill=colour
        )


def dock() -> Image.Image:
    """Two gantry cranes over a stage at dusk, a choir before it."""
    image = gradient((44, 62, 92), (236, 160, 104))
    draw = ImageDraw.Draw(image)
    for x, high in ((260, 250), (1080, 180)):
        steel = (34, 38, 48)
        for leg in (0, 420):
            draw.polygon([(x + leg, 900), (x + leg + 34, 900), (x + leg + 60, high), (x + leg + 30, high)], fill=steel)
        draw.rectangle([x - 90, high - 34, x + 620, high + 12], fill=steel)
        draw.line([(x + 300, high), (x + 300, high + 260)], fill=steel, width=6)
        draw.rectangle([x + 268, high + 260, x + 332, high + 300], fill=steel)
    draw.rectangle([0, 820, SIZE[0], SIZE[1]], fill=(58, 52, 56))
    draw.polygon([(180, 840), (1620, 840), (1760, 1010), (40, 1010)], fill=(206, 178, 134))
    people(draw, 900, 16, 150, (238, 240, 244), 1)
    people(draw, 985, 14, 168, (176, 44, 40), 2)
    people(draw, SIZE[1] + 60, 11, 210, (24, 24, 30), 3)
    return image


def weld() -> Image.Image:
    """A welder and the sparks."""
    image = gradient((26, 30, 38), (62, 66, 74))
    glow = Image.new("RGB", SIZE, (0, 0, 0))
    ImageDraw.Draw(glow).ellipse([820, 520, 1320, 1000], fill=(255, 190, 96))
    image = Image.blend(image, glow.filter(ImageFilter.GaussianBlur(130)), 0.45)
    draw = ImageDraw.Draw(image)
    draw.rectangle([560, 880, 1740, 960], fill=(92, 96, 104))
    draw.rectangle([620, 960, 700, 1200], fill=(60, 64, 70))
    draw.rectangle([1560, 960, 1640, 1200], fill=(60, 64, 70))
    draw.rounded_rectangle([250, 560, 640, 1220], radius=120, fill=(46, 66, 104))
    draw.polygon([(560, 640), (1010, 800), (990, 860), (520, 780)], fill=(40, 58, 92))
    draw.ellipse([330, 300, 600, 590], fill=(210, 170, 60))
    draw.polygon([(470, 360), (640, 380), (650, 600), (480, 620)], fill=(20, 22, 26))
    draw.line([(1000, 830), (1065, 872)], fill=(220, 220, 220), width=10)
    chance = random.Random(7)
    for _ in range(420):
        angle, reach = chance.uniform(-math.pi, 0.25), chance.expovariate(1 / 210)
        x, y = 1070 + reach * math.cos(angle), 870 + 0.8 * reach * math.sin(angle) + reach * reach / 1500
        tail = 6 + reach / 26
        heat = (255, 220 - min(120, int(reach / 5)), 120)
        draw.line([(x, y), (x + tail * math.cos(angle), y + tail * math.sin(angle))], fill=heat, width=4)
    draw.ellipse([1040, 840, 1100, 900], fill=(255, 255, 246))
    return image


def river() -> Image.Image:
    """Hills in mist, a ferry on the water."""
    image = gradient((206, 222, 226), (242, 236, 224))
    for base, height, colour, seed in (
        (560, 60, (176, 198, 204), 3),
        (660, 50, (140, 170, 178), 5),
        (740, 36, (104, 138, 148), 9),
    ):
        layer = image.copy()
        ridge(ImageDraw.Draw(layer), base, height, colour, seed)
        image = Image.blend(layer.filter(ImageFilter.GaussianBlur(5)), image, 0.2)
    draw = ImageDraw.Draw(image)
    draw.rectangle([0, 790, SIZE[0], SIZE[1]], fill=(150, 182, 188))
    chance = random.Random(4)
    for _ in range(130):
        y = chance.uniform(800, SIZE[1])
        x, long = chance.uniform(0, SIZE[0]), (y - 760) * chance.uniform(0.2, 0.6)
        draw.line([(x, y), (x + long, y)], fill=(184, 208, 212), width=3)
    draw.polygon([(930, 880), (1500, 880), (1440, 950), (980, 950)], fill=(40, 62, 74))
    draw.rectangle([1010, 810, 1400, 880], fill=(236, 238, 236))
    draw.rectangle([1080, 760, 1220, 812], fill=(236, 238, 236))
    for x in range(1030, 1380, 60):
        draw.rectangle([x, 828, x + 36, 856], fill=(86, 122, 136))
    draw.rectangle([1130, 700, 1142, 762], fill=(60, 70, 76))
    return image


def table() -> Image.Image:
    """Three people at a long table under a lamp, papers before them."""
    image = gradient((226, 222, 212), (204, 198, 186))
    draw = ImageDraw.Draw(image)
    draw.rectangle([180, 150, 760, 560], fill=(188, 206, 210))
    for x in (180, 470, 745):
        draw.rectangle([x, 150, x + 15, 560], fill=(120, 112, 100))
    draw.polygon([(1180, 0), (1192, 0), (1192, 210), (1180, 210)], fill=(70, 66, 60))
    draw.polygon([(1090, 300), (1282, 300), (1226, 205), (1146, 205)], fill=(58, 84, 92))
    for x, coat, hair in ((430, (66, 88, 120), 40), (920, (150, 60, 54), 28), (1390, (84, 104, 88), 60)):
        draw.ellipse([x - 78, 420, x + 78, 600], fill=(222, 184, 152))
        draw.pieslice([x - 88, 396, x + 88, 570], 180, 360, fill=(hair, hair, hair + 6))
        draw.rounded_rectangle([x - 170, 600, x + 170, 980], radius=90, fill=coat)
    draw.polygon([(0, 860), (1800, 860), (1800, 1200), (0, 1200)], fill=(142, 104, 70))
    draw.rectangle([0, 850, 1800, 872], fill=(118, 84, 56))
    for x, y in ((360, 930), (640, 1000), (900, 920), (1180, 990), (1420, 930)):
        draw.polygon([(x, y), (x + 190, y - 14), (x + 214, y + 90), (x + 10, y + 106)], fill=(246, 246, 242))
        for line in range(4):
            draw.line([(x + 26, y + 18 + line * 18), (x + 170, y + 8 + line * 18)], fill=(150, 152, 156), width=4)
    return image


def oar() -> Image.Image:
    """A ferryman's boat on a wide river at dawn."""
    image = gradient((246, 208, 170), (250, 236, 214))
    draw = ImageDraw.Draw(image)
    draw.ellipse([1210, 340, 1390, 520], fill=(238, 120, 78))
    ridge(draw, 600, 44, (196, 160, 150), 8)
    ridge(draw, 660, 30, (160, 134, 138), 2)
    draw.rectangle([0, 690, SIZE[0], SIZE[1]], fill=(216, 184, 168))
    chance = random.Random(11)
    for _ in range(150):
        y = chance.uniform(700, SIZE[1])
        x, long = chance.uniform(0, SIZE[0]), (y - 660) * chance.uniform(0.2, 0.7)
        draw.line([(x, y), (x + long, y)], fill=(240, 208, 184) if chance.random() < 0.7 else (196, 160, 150), width=4)
    dark = (58, 48, 52)
    draw.polygon([(440, 880), (1120, 880), (1180, 830), (1060, 950), (560, 950), (380, 830)], fill=dark)
    draw.polygon([(600, 880), (620, 770), (860, 770), (880, 880)], fill=(92, 74, 70))
    draw.ellipse([952, 600, 1008, 662], fill=dark)
    draw.polygon([(948, 666), (1016, 666), (1040, 880), (936, 880)], fill=dark)
    draw.line([(1000, 710), (1270, 990)], fill=dark, width=12)
    draw.polygon([(1240, 950), (1300, 1040), (1266, 1056), (1218, 972)], fill=dark)
    draw.line([(1010, 700), (1090, 800)], fill=dark, width=26)
    return image


def insert(paragraph: object, words: str, author: str) -> None:
    """A tracked insertion, as a reporter's second thought arrives from Word."""
    mark = OxmlElement("w:ins")
    for name, value in (("id", "7"), ("author", author), ("date", "2023-05-18T09:30:00Z")):
        mark.set(qn(f"w:{name}"), value)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = words
    run.append(text)
    mark.append(run)
    paragraph._p.append(mark)  # type: ignore[attr-defined]


def word(source: str, target: str, inserted: str) -> None:
    """A .txt manuscript as a Word file; its last paragraph gets a tracked insertion."""
    document = Document()
    lines = [line for line in (HERE / source).read_text("utf-8").splitlines() if line.strip()]
    for line in lines:
        if line.startswith("# "):
            document.add_heading(line[2:], level=1)
        elif line.startswith("**"):
            document.add_heading(line.strip("*"), level=2)
        else:
            last = document.add_paragraph(line)
    if inserted:
        insert(last, inserted, "贺兰亭")
    document.core_properties.author = "职工周刊"
    document.save(str(HERE / target))


def main() -> None:
    (HERE / "pictures").mkdir(exist_ok=True)
    for name, draw in (("dock", dock), ("weld", weld), ("river", river), ("table", table), ("oar", oar)):
        draw().quantize(96).save(HERE / "pictures" / f"{name}.png", dpi=(300, 300), optimize=True)
    word("manuscripts/102_kaohe.md", "manuscripts/102_kaohe.docx", "“我们要让渡轮跑得更安静。”宁书玉说。")
    word("manuscripts/303_wenda.md", "manuscripts/303_wenda.docx", "")
    for name, encoding in (("103_shuwu", "gb18030"), ("304_peixun", "utf-16")):
        words = (HERE / "manuscripts" / f"{name}.md").read_text("utf-8")
        (HERE / "manuscripts" / f"{name}.txt").write_bytes(words.encode(encoding))


if __name__ == "__main__":
    main()
