"""What bounds the cost of a manuscript: lines of a text, styles and relations of a Word file."""

import pytest

from services.config.errors import UserError
from services.intake.receive import LINE_LIMIT, receive
from services.intake.sniff import manuscript_from_bytes
from tests.services.intake.test_intake_docx import docx, p

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def test_very_many_lines_are_refused() -> None:
    raw = ("职工\n" * (LINE_LIMIT + 1)).encode()
    with pytest.raises(UserError) as caught:
        receive(manuscript_from_bytes("a.txt", raw))
    assert caught.value.key == "intake.too_many_lines"


def styles(count: int) -> bytes:
    """A chain of styles, each based on the one before; the first is a heading."""
    chain = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{i}"><w:name w:val="{"heading 1" if i == 0 else f"n{i}"}"/>'
        f'<w:basedOn w:val="s{(i or count) - 1}"/></w:style>'
        for i in range(count)
    )
    return f'<w:styles xmlns:w="{_W}">{chain}</w:styles>'.encode()


def test_styles_inherit_along_a_ring() -> None:
    body = p("读书活动", block='<w:pStyle w:val="s30"/>') + p("职工开展读书活动，市民参加。")
    found = receive(manuscript_from_bytes("a.docx", docx(body, ("word/styles.xml", styles(40)))))
    assert [article.text.headline for article in found.articles] == ["读书活动"]


@pytest.mark.parametrize("part", ["word/styles.xml", "_rels/.rels"])
def test_swollen_small_parts_are_refused(part: str) -> None:
    swollen = b"<a>" + b"".join(b"<b c='%d'/>" % i for i in range(130_000)) + b"</a>"
    with pytest.raises(UserError) as caught:
        receive(manuscript_from_bytes("a.docx", docx(p("正文。"), (part, swollen))))
    assert caught.value.key == "intake.docx_hostile"
