"""An article longer than a page goes over pages, its end shares its page with the articles after it."""

import datetime
from pathlib import Path

from models.values.ids import PageId
from models.values.publication import Publication
from services.config.settings import Settings
from services.desk.desk import open_desk
from services.desk.paging import Group, groups, lay_out_groups
from services.jobs.job import JobContext
from services.layout.follow import jump_faults
from services.layout.templates import template

DATE = datetime.date(2026, 11, 20)
SENTENCE = "澜江两岸的老厂房今年改成了职工文化园，车间里摆上了书架，锅炉房里排起了话剧，退休职工每周都来。"


def manuscript(title: str, paragraphs: int) -> str:
    return f"# {title}\n\n本报讯（记者 顾知秋）" + "\n\n".join([SENTENCE * 4] * paragraphs) + "\n"


def test_a_long_article_jumps(tmp_path: Path) -> None:
    long = tmp_path / "long.txt"
    long.write_text(manuscript("老厂房里的新生活", 36), "utf-8")
    others = []
    for number in range(3):
        others.append(tmp_path / f"short{number}.txt")
        others[-1].write_text(manuscript(f"东澜街头见闻之{'一二三'[number]}", 2), "utf-8")
    with open_desk(str(tmp_path / "store.db"), Settings()) as desk:
        paper = desk.publications.save(Publication(name="东澜工人报"))
        issue = desk.issues.create(paper, DATE, 1)
        made = [Group(articles=(card.id,)) for card in desk.intake.take_in([long, *others], issue=issue.id)]
        lengths = {card.id: card.characters for card in desk.articles.list(issue.id)}
        made = groups(made, lengths, template("tabloid"))
        lay_out_groups(desk, issue, made, lengths, JobContext())
        issue = desk.issues.open(issue.id)
        sheets = [desk.pages.open(PageId(page.id)) for page in issue.pages]
        texts = {card.id: desk.articles.open(card.id).text for card in desk.articles.list(issue.id)}
        key = next(key for key, text in texts.items() if text.headline == "老厂房里的新生活")
        parts = [frame for sheet in sheets for frame in sheet.plan.frames if frame.article == key]
        assert [(part.jump_from, part.jump_to) for part in parts] == [
            (number - 1 if number > 1 else 0, number + 1 if number < len(parts) else 0)
            for number in range(1, len(parts) + 1)
        ]
        assert len(parts) > 1
        assert not jump_faults([sheet.plan for sheet in sheets], [sheet.laid for sheet in sheets], texts)
        assert {frame.article for sheet in sheets for frame in sheet.plan.frames} == set(texts)
        for sheet in sheets:
            assert sheet.laid.overset_lines <= 12
            assert not [fault for fault in sheet.laid.faults if fault.kind in ("overlap", "jump")]
        assert next(card.page_number for card in desk.articles.list(issue.id) if card.id == key) == 1
