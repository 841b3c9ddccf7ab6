"""Every pair of ink and ground that the window uses can be read (WCAG 2: 4.5 for text, 3 for edges of controls)."""

import pytest
from PySide6.QtGui import QColor

from ui.widgets.theme import DARK, LIGHT, Theme, style_sheet

TEXT = [("t1", "surf"), ("t1", "win"), ("t1", "acs"), ("t2", "surf"), ("t2", "panel"), ("t2", "acs"), ("t3", "surf"),
        ("ac", "surf"), ("ac", "acs"), ("on_ac", "ac"), ("err", "surf"), ("err", "errs"), ("warn", "surf"),
        ("warn", "warns"), ("hint", "surf"), ("hint", "hints"), ("ins", "surf"), ("ok", "panel"), ("t1", "person"),
        ("t1", "organisation"), ("t1", "place")]  # fmt: skip


def luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(theme: Theme, ink: str, ground: str) -> float:
    light, dark = sorted((luminance(theme.colour(ink)), luminance(theme.colour(ground))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_text_can_be_read(theme: Theme) -> None:
    weak = {pair: round(contrast(theme, *pair), 2) for pair in TEXT if contrast(theme, *pair) < 4.5}
    assert weak == {}
    assert contrast(theme, "ctl", "surf") >= 3


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_style_sheet_names_no_unknown_colour(theme: Theme) -> None:
    assert "$" not in style_sheet(theme)
