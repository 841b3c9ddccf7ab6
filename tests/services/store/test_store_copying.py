"""A store goes to a server and back and nothing differs; an older server is upgraded by an administrator only."""

from pathlib import Path

import pytest
from sqlalchemy import text

from models.values.change import EditArticle
from services.config.errors import UserError
from services.config.settings import Settings
from services.desk.desk import Desk, open_desk
from services.store import schema
from services.store.server import server_engine
from services.store.unit_of_work import Store
from services.store.upgrade import migrate
from tests.services.store.servers import REASON, URL, fresh_server


def fill(desk: Desk, folder: Path) -> None:
    file = folder / "a.txt"
    file.write_text("# 澜江大桥昨日合龙\n\n本报讯（记者 顾知秋）大桥合龙，投资增长60%。\n", "utf-8")
    (card,) = desk.intake.take_in([file], issue=None)
    sheet = desk.articles.open(card.id)
    desk.apply(EditArticle(article=card.id, text=sheet.text, version=sheet.version, reason="same"))
    from dataclasses import replace

    desk.apply(EditArticle(article=card.id, text=replace(sheet.text, headline="新题"), version=sheet.version))


def test_into_another_file_and_never_into_a_full_one(tmp_path: Path) -> None:
    with open_desk(tmp_path / "a.db", Settings()) as desk:
        fill(desk, tmp_path)
        tables = {one.table: one.rows for one in desk.copy_to(str(tmp_path / "b.db"))}
        assert tables["manuscript"] == 1
        assert tables["revision"] == 2
        with pytest.raises(UserError) as told:
            desk.copy_to(str(tmp_path / "b.db"))
        assert told.value.key == "store.copy_not_empty"
    with open_desk(tmp_path / "b.db", Settings()) as copy:
        assert copy.search.find("新题")[0].headline == "新题"
        assert copy.store.check().ok


@pytest.mark.skipif(not URL, reason=REASON)
def test_to_a_server_and_back(tmp_path: Path) -> None:
    with fresh_server() as url:
        with open_desk(tmp_path / "a.db", Settings()) as desk:
            fill(desk, tmp_path)
            there = desk.copy_to(url)
        with open_desk(url, Settings()) as server:
            assert server.store.check().ok
            assert server.search.find("新题")
            assert server.copy_to(str(tmp_path / "b.db")) == there
            fill(server, tmp_path)  # ids go on after those copied
            assert len(server.articles.list()) == 2
        with open_desk(tmp_path / "b.db", Settings()) as back:
            assert back.store.check().ok
            assert len(back.articles.list()) == 1


@pytest.mark.skipif(not URL, reason=REASON)
def test_a_server_is_upgraded_by_an_administrator() -> None:
    with fresh_server() as url:
        engine, _ = server_engine(url)
        with engine.begin() as connection:
            migrate(connection, "0002")
        with pytest.raises(UserError) as told:
            Store(url)
        assert told.value.key == "store.older"
        assert Desk.upgrade_server(url) == ("0002", schema.HEAD)
        assert Desk.upgrade_server(url) == (schema.HEAD, schema.HEAD)
        opened = Store(url)
        assert opened.check().ok
        opened.close()
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        engine.dispose()
        for attempt in (Store, Desk.upgrade_server):
            with pytest.raises(UserError) as told:
                attempt(url)
            assert told.value.key == "store.too_new"


@pytest.mark.skipif(not URL, reason=REASON)
def test_steps_and_fresh_schema_agree_on_a_server() -> None:
    columns = text(
        "SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns"
        " WHERE table_schema = current_schema() ORDER BY 1, 2"
    )
    shapes = []
    for way in (schema.create, migrate):
        with fresh_server() as url:
            engine, _ = server_engine(url)
            with engine.begin() as connection:
                way(connection)
                rows = connection.execute(columns).all()
                names = connection.execute(
                    text(
                        "SELECT conname FROM pg_constraint"
                        " WHERE connamespace = CAST(current_schema() AS regnamespace) ORDER BY 1"
                    )
                ).all()
                indexes = connection.execute(
                    text("SELECT indexname FROM pg_indexes WHERE schemaname = current_schema() ORDER BY 1")
                ).all()
            engine.dispose()
            shapes.append(([tuple(row[:4]) for row in rows], names, indexes))
    assert shapes[0] == shapes[1]


@pytest.mark.skipif(not URL, reason=REASON)
def test_no_password_in_any_word() -> None:
    with pytest.raises(UserError) as told:
        Store("postgresql://editor:geheim@127.0.0.1:1/paper")
    assert "geheim" not in str(told.value)
