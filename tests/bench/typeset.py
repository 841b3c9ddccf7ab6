"""The command that is timed: a generated text on tabloid pages, six columns, 9/12 pt, into a press PDF.

    python -m tests.bench.typeset --characters 100000 --out FILE.pdf

The text is drawn from the sample paper's sentences in an order that is always the same, so that it has the lengths and
marks of news. `--text FILE` writes it down, for a peer to set the same.
"""

import argparse
import datetime
import gc
import random
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(HOME))

from models.values.article_text import ArticleText, Paragraph  # noqa: E402 - the project's folder goes first
from models.values.ids import ArticleId  # noqa: E402
from models.values.issue import Folio  # noqa: E402


def generated(characters: int) -> list[str]:
    """Paragraphs of 60 to 260 characters, `characters` in all."""
    source = "".join(path.read_text("utf-8") for path in sorted((HOME / "seeds" / "manuscripts").glob("4*.txt")))
    sentences = [s + "。" for s in source.replace("\n", "").split("。") if 8 <= len(s) <= 80 and "□" not in s]
    chance = random.Random(20230522)
    paragraphs: list[str] = []
    left = characters
    while left > 0:
        paragraph = ""
        wanted = chance.randint(60, 260)
        while len(paragraph) < wanted:
            paragraph += chance.choice(sentences)
        paragraphs.append(paragraph[:left])
        left -= len(paragraphs[-1])
    return paragraphs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--characters", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--text", type=Path)
    options = parser.parse_args()
    gc.disable()  # a process that sets one text and ends: nothing that it makes is ever dropped
    paragraphs = generated(options.characters)
    if options.text:
        options.text.write_text("\n\n".join(paragraphs), "utf-8")

    from services.export.pdf.book import write_pdf
    from services.fonts.catalogue import installed
    from services.layout.run_on import run_on
    from services.layout.templates import template

    text = ArticleText(headline="—", body=tuple(Paragraph(text=paragraph) for paragraph in paragraphs))
    folio = Folio(publication="清样", date=datetime.date(2023, 5, 22), page_number=2)
    fonts = installed()
    pages = list(run_on(text, template("tabloid"), fonts, folio))
    write_pdf(pages, options.out, title="typeset", articles={ArticleId(1): "typeset"}, fonts=fonts)
    print(f"{options.characters} characters, {len(pages)} pages")


if __name__ == "__main__":
    main()
