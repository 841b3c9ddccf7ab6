"""The window starts light: what is heavy is loaded when it is used."""

import subprocess
import sys
from pathlib import Path

from models.values.article_text import ArticleText, Paragraph
from services.config.messages import catalogue
from ui.actions.catalogue import CATALOGUE, Menu
from ui.actions.palette import Entry, matching, score
from ui.shell.crash import draft_words, write_drafts

HOME = Path(__file__).resolve().parents[3]
HEAVY = ("jieba", "reportlab", "docx", "alembic", "sqlalchemy", "cnlunar")


def test_the_shell_imports_nothing_heavy() -> None:
    code = f"import sys; import ui.shell.app; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=HOME, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_command_has_words_in_both_languages() -> None:
    for language in ("zh", "en"):
        words = catalogue(language)
        assert [spec.words for spec in CATALOGUE if not words.get(spec.words)] == []
        assert [menu for menu in Menu if f"window.menu.{menu.value}" not in words] == []
    assert {key for key in catalogue("zh") if key.startswith("window.")} == {
        key for key in catalogue("en") if key.startswith("window.")
    }


def test_no_two_commands_share_a_shortcut() -> None:
    keys = [key for spec in CATALOGUE for key in spec.keys]
    assert len(keys) == len(set(keys))


def test_the_palette_finds_by_letters_in_order_and_by_kind() -> None:
    def entry(words: str, prefix: str) -> Entry:
        return Entry(words=words, place="", icon="", keys="", prefix=prefix, do=lambda: None)

    entries = [entry("全文检查", ">"), entry("检查本期", ">"), entry("检查站开放", "")]
    assert [one.words for one in matching(entries, "检查")] == ["检查本期", "检查站开放", "全文检查"]
    assert [one.words for one in matching(entries, ">检查")] == ["检查本期", "全文检查"]
    assert score("全查", "全文检查") > 0
    assert score("查全", "全文检查") == 0


def test_drafts_are_written_whole(tmp_path: Path) -> None:
    words = ArticleText(
        headline="渡轮交付", dateline="本报讯（记者 江照野）", body=(Paragraph(text="近日。"),), signature="江照野 文"
    )
    assert draft_words(words) == "渡轮交付\n\n本报讯（记者 江照野）近日。\n\n江照野 文\n"
    (written,) = write_drafts({"article 1": words})
    assert written.read_text("utf-8") == draft_words(words)
