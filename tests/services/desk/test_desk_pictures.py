"""Pictures are looked through whole before they are kept; what is none never gets in."""

import io
from pathlib import Path

import pytest
from PIL import Image

from services.config.errors import UserError
from services.desk.desk import Desk


def png(width: int = 40, height: int = 30) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (120, 90, 60)).save(out, "PNG")
    return out.getvalue()


def test_a_picture_is_kept_as_it_came_and_only_once(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "桥.png"
    path.write_bytes(png())
    card = desk.pictures.add(path, caption="大桥合龙现场。", credit="顾知秋 摄")
    assert (card.width, card.height, card.name) == (40, 30, "桥.png")
    assert desk.pictures.data(card.id) == path.read_bytes()
    again = desk.pictures.add(path)
    assert again == card
    assert desk.pictures.all() == (card,)
    assert desk.pictures.card(card.id) == card


@pytest.mark.parametrize(
    "content",
    [b"", b"x" * 500, png()[:-40], b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage", b"<svg/>"],
)
def test_what_is_no_sound_picture(desk: Desk, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.jpg"
    path.write_bytes(content)
    with pytest.raises(UserError) as told:
        desk.pictures.add(path)
    assert told.value.key == "desk.picture_damaged"
    assert desk.pictures.all() == ()


def test_a_picture_that_would_fill_the_memory(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.png"
    path.write_bytes(png(100, 100))
    monkeypatch.setattr("services.desk.pictures.MOST_PIXELS", 9_999)
    with pytest.raises(UserError) as told:
        desk.pictures.add(path)
    assert told.value.key == "desk.picture_too_large"
    with pytest.raises(UserError):
        desk.pictures.add(tmp_path / "none.png")
