"""Text in every Chinese encoding, with and without a byte order mark; what is cleaned; what is refused."""

import codecs

import pytest

from models.values.manuscript import Manuscript, ManuscriptKind
from services.config.errors import UserError
from services.intake.receive import receive
from services.intake.sniff import manuscript_from_bytes

SIMPLIFIED = "东湖区召开年度工作会议\n\n本报讯（记者 张三）5月8日，东湖区召开年度工作会议，总结经验，部署任务。\n"
TRADITIONAL = "東湖區召開年度工作會議\n\n本報訊（記者 張三）5月8日，東湖區召開年度工作會議，總結經驗，部署任務。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "gbk", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("length", [6, 20, 60])
def test_simplified_without_mark(encoding: str, length: int) -> None:
    text = SIMPLIFIED.replace("\n", "")[:length]
    reception = receive(manuscript_from_bytes("a.txt", text.encode(encoding)))
    assert reception.text == text
    assert reception.encoding == ("gb18030" if encoding == "gbk" else encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "utf-16-le"])
def test_traditional(encoding: str) -> None:
    reception = receive(manuscript_from_bytes("a.txt", TRADITIONAL.encode(encoding)))
    assert (reception.text, reception.encoding) == (TRADITIONAL, encoding)
    assert encoding == "utf-8" or encoding not in reception.other_encodings


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (b"\x84\x31\x95\x33", "gb18030"),
    ],
)
def test_mark_decides(mark: bytes, encoding: str) -> None:
    reception = receive(manuscript_from_bytes("a.txt", mark + SIMPLIFIED.encode(encoding)))
    assert (reception.text, reception.encoding) == (SIMPLIFIED, encoding)


def test_guess_can_be_overridden() -> None:
    raw = "東湖區工會".encode("big5")
    manuscript = manuscript_from_bytes("a.txt", raw)
    guessed = receive(manuscript)
    assert guessed.encoding == "big5"
    assert "gb18030" in guessed.other_encodings
    other = receive(manuscript, encoding="gbk")
    assert other.text == raw.decode("gb18030")
    assert "big5" in other.other_encodings
    assert manuscript.raw == raw


def test_wrong_or_unknown_encoding() -> None:
    manuscript = manuscript_from_bytes("a.txt", SIMPLIFIED.encode("gbk"))
    for encoding, key in (("utf-8", "wrong_encoding"), ("klingon", "unknown_encoding"), ("base64", "unknown_encoding")):
        with pytest.raises(UserError) as caught:
            receive(manuscript, encoding=encoding)
        assert caught.value.key == f"intake.{key}"
        assert "a.txt" in str(caught.value)


def test_cleaned_once() -> None:
    raw = "\ufeff标题行一\r\n\r\n近日，某地\x00举行\x07活动。\r第二段\ufffe完。\u200b\n".encode()
    reception = receive(manuscript_from_bytes("a.txt", raw + b"\xe6\x9c\xab" * 400))
    assert reception.text.startswith("标题行一\n\n近日，某地举行活动。\n第二段完。\u200b\n")
    assert any("ZERO WIDTH SPACE" in doubt for article in reception.articles for doubt in article.doubts)


@pytest.mark.parametrize(
    ("name", "raw", "key"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \r\n\t", "empty"),
        ("a.txt", b"%PDF-1.7 \xff", "pdf"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900), "old_word"),
        ("a.wps", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900), "old_word"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "docx_locked"),
        ("a.rtf", b"{\\rtf1 x}", "rtf"),
        ("a.txt", bytes(range(256)) * 40, "not_text"),
        ("a.txt", b"\x89PNG\r\n\x1a\n", "picture"),
        ("a.txt", b"<!DOCTYPE html><html>", "web_page"),
        ("a.docx", b"PK\x03\x04 cut off", "docx_damaged"),
        ("a.txt", b"x" * (20 * 1024 * 1024 + 1), "too_large"),
    ],
)
def test_refused_with_a_way_out(name: str, raw: bytes, key: str) -> None:
    with pytest.raises(UserError) as caught:
        manuscript_from_bytes(name, raw)
    assert caught.value.key == f"intake.{key}"
    assert name in str(caught.value)


def test_too_long_is_refused() -> None:
    with pytest.raises(UserError, match="100000"):
        receive(Manuscript(name="a.txt", kind=ManuscriptKind.TEXT, raw="字".encode() * 100_001))
