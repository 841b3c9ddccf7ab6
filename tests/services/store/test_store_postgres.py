"""The same desk on a PostgreSQL server; and two programs on it at once."""

import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from models.values.change import EditArticle
from models.values.entity import EditRecords, EntityRecord
from models.values.mention import EntityKind
from services.config.settings import Settings
from services.desk.desk import Desk, StaleVersion, open_desk
from tests.services.store.servers import REASON, URL, fresh_server

server = pytest.mark.skipif(not URL, reason=REASON)
HOME = Path(__file__).resolve().parents[3]


@pytest.fixture
def url() -> Iterator[str]:
    with fresh_server() as made:
        yield made


@pytest.fixture
def desk(url: str) -> Iterator[Desk]:
    with open_desk(url, Settings()) as opened:
        yield opened


@server
def test_articles_edits_and_search(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("# 澜江大桥昨日合龙\n\n本报讯（记者 顾知秋）大桥合龙，投资增长60%。\n", "utf-8")
    (card,) = desk.intake.take_in([file], issue=None)
    sheet = desk.articles.open(card.id)
    change = EditArticle(article=card.id, text=replace(sheet.text, headline='引"号与\\杠_'), version=sheet.version)
    receipt = desk.apply(change)
    for query in ('引"号', "\\杠_", "60%", "，投资", "记者 顾"):
        assert card.id in [hit.article for hit in desk.search.find(query)]
    assert card.id not in [hit.article for hit in desk.search.find("6_%")]
    with pytest.raises(StaleVersion):
        desk.apply(replace(change, text=sheet.text))
    desk.apply(receipt.inverse)
    assert desk.articles.open(card.id).text == sheet.text
    assert desk.store.check().ok


@server
def test_two_programs_never_overwrite_each_other(desk: Desk, url: str, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("# 标题0\n\n本报讯（记者 顾知秋）大桥合龙。\n", "utf-8")
    (card,) = desk.intake.take_in([file], issue=None)
    stored: list[int] = []

    def edit(name: str) -> None:
        with open_desk(url, Settings(editor=name)) as own:
            for number in range(20):
                sheet = own.articles.open(card.id)
                text = replace(sheet.text, headline=f"{name}{number}")
                try:
                    own.apply(EditArticle(article=card.id, text=text, version=sheet.version, reason="edit"))
                except StaleVersion:
                    continue
                stored.append(number)

    threads = [threading.Thread(target=edit, args=(name,)) for name in ("甲", "乙", "丙")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert desk.articles.open(card.id).version == len(stored) + 1
    assert len(desk.articles.revisions(card.id)) == len(stored) + 1


@server
def test_others_hear_of_a_change_and_not_of_one_taken_back(desk: Desk, url: str, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("# 标题0\n\n本报讯（记者 顾知秋）大桥合龙。\n", "utf-8")
    (card,) = desk.intake.take_in([file], issue=None)
    heard: queue.Queue[tuple[str, int]] = queue.Queue()
    with open_desk(url, Settings(editor="乙")) as other:
        news = other.store.listen(lambda subject, version: heard.put((subject, version)))
        sheet = desk.articles.open(card.id)
        change = EditArticle(article=card.id, text=replace(sheet.text, headline="新题"), version=sheet.version)
        desk.apply(change)
        assert heard.get(timeout=10) == (f"article {card.id}", 2)
        with pytest.raises(StaleVersion):
            desk.apply(replace(change, text=sheet.text))
        desk.apply(replace(change, text=replace(sheet.text, headline="又一题"), version=2))
        assert heard.get(timeout=10) == (f"article {card.id}", 3)
        desk.records.apply(EditRecords(records=(EntityRecord(kind=EntityKind.PERSON, name="沈砚舟"),), reason="add"))
        assert heard.get(timeout=10) == ("names", 0)
        template = replace(desk.pages.templates.get("tabloid"), name="五 栏", columns=5)
        desk.pages.templates.save(template)
        assert heard.get(timeout=10) == ("template 五 栏", 1)
        news.close()


PROGRAM = """
import sys
from services.config.settings import Settings
from services.desk.desk import open_desk
from models.values.publication import Publication
with open_desk(sys.argv[1], Settings(editor="乙")) as desk:
    desk.publications.save(Publication(name="东澜工人报"))
"""


def test_what_another_program_changes_in_a_file_is_heard(tmp_path: Path) -> None:
    heard: queue.Queue[tuple[str, int]] = queue.Queue()
    with open_desk(tmp_path / "a.db", Settings()) as desk:
        news = desk.store.listen(lambda subject, version: heard.put((subject, version)))
        subprocess.run([sys.executable, "-c", PROGRAM, str(tmp_path / "a.db")], check=True, cwd=HOME)
        assert heard.get(timeout=10) == ("", 0)
        assert [paper.name for _, paper in desk.publications.all()] == ["东澜工人报"]
        news.close()
