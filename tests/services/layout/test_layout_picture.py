"""Pictures fill their boxes undistorted; a missing one says so."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values.ids import PictureId
from models.values.laid_page import Box
from models.values.plan import PicturePlan
from services.layout.lay_out import lay_out
from services.layout.picture import crop_to, picture_rows, place_picture
from services.layout.templates import template
from tests.services.layout.invented import ARTICLES, FOLIO, FONTS, PHOTO, PLAN

GRID = template("tabloid")
SIDE = st.floats(20.0, 2000.0)


@given(width=SIDE, height=SIDE, box_width=SIDE, box_height=SIDE)
def test_what_is_shown_has_the_box_s_proportion(
    width: float, height: float, box_width: float, box_height: float
) -> None:
    left, top, right, bottom = crop_to(width / height, Box(x=0, y=0, width=box_width, height=box_height))
    assert 0 <= left < right <= 1
    assert 0 <= top < bottom <= 1
    shown = (right - left) * width / ((bottom - top) * height)
    assert shown == pytest.approx(box_width / box_height)
    assert left == pytest.approx(1 - right)
    assert top <= 1 - bottom + 1e-9


def test_a_picture_of_unknown_size_is_drawn_whole() -> None:
    assert crop_to(0.0, Box(x=0, y=0, width=10, height=10)) == (0.0, 0.0, 1.0, 1.0)


def test_rows_of_a_picture() -> None:
    assert picture_rows(321.0, GRID) == 15
    assert picture_rows(210.0, GRID, 3 / 2) == 12
    assert picture_rows(20.0, GRID) == 3


def test_the_place_holder_says_what_is_missing() -> None:
    placed, (tint,), runs = place_picture(PicturePlan(rows=5), Box(x=10, y=20, width=200, height=60), FONTS)
    assert placed.picture is None
    assert tint.box == placed.box
    assert "".join(run.text for run in runs) == "待配图"
    middle = (runs[0].xs[0] + runs[-1].xs[-1] + runs[-1].size) / 2
    assert middle == pytest.approx(110.0, abs=0.5)


def test_a_picture_at_hand_is_cropped_on_the_page() -> None:
    picture = PictureId(5)
    frames = tuple(
        replace(frame, picture=PicturePlan(rows=10, picture=picture)) if frame.article == PHOTO else frame
        for frame in PLAN.frames
    )
    laid = lay_out(replace(PLAN, frames=frames), ARTICLES, GRID, FONTS, FOLIO, pictures={picture: (4000, 3000)})
    (box,) = laid.frames[1].pictures
    left, top, right, bottom = box.crop
    assert (left, right) == (0.0, 1.0)
    assert (bottom - top) * 3000 / 4000 == pytest.approx(box.box.height / box.box.width)
    assert not any(run.text == "待配图" for run in laid.frames[1].runs)
    assert "layout.fault.missing_picture" not in {fault.message for fault in laid.faults}


def _photo(caption: str, credit: str = "") -> tuple[str, tuple[str, ...]]:
    """Text of the photo story's frame from top to bottom, and its faults."""
    frames = tuple(
        replace(frame, rows=frame.rows + 4, picture=PicturePlan(rows=10, caption=caption, credit=credit))
        if frame.article == PHOTO
        else frame
        for frame in PLAN.frames
    )
    laid = lay_out(replace(PLAN, frames=frames), ARTICLES, GRID, FONTS, FOLIO)
    runs = sorted(laid.frames[1].runs, key=lambda run: (run.baseline, run.xs[0] if run.xs else 0.0))
    return "".join(run.text for run in runs), tuple(fault.message for fault in laid.faults)


def test_a_caption_typed_for_a_photo_story_is_printed_under_the_photo() -> None:
    own, _ = _photo("")
    words, _ = _photo("渡轮驶离云帆码头。", "江照野 摄")
    assert "渡轮驶离云帆码头。" not in own
    assert words.count("渡轮驶离云帆码头。") == 1
    assert words.index("渡轮驶离云帆码头。") < words.index("江照野")
    assert words.index("江照野") < words.index(ARTICLES[PHOTO].headline)
