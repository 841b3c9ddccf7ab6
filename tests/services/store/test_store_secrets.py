"""No password is in any file or message; TLS options go to libpq; read-then-write of two programs waits its turn."""

import subprocess
import sys
import types
from pathlib import Path

import pytest

from services.config.errors import UserError
from services.config.settings import Settings, load_settings, save_settings
from services.desk.desk import open_desk
from services.store import server
from services.store.unit_of_work import Store
from tests.services.store.servers import REASON, URL, fresh_server

SECRET = "gEheim-7788"
ADDRESSES = (
    f"postgresql://zhang:{SECRET}@127.0.0.1:1/paper",
    f"postgresql://zhang@127.0.0.1:1/paper?password={SECRET}",
    f"postgresql://zhang:{SECRET}@127.0.0.1:1/paper?sslmode=verify-full&sslpassword={SECRET}",
    f"mysql://zhang:{SECRET}@127.0.0.1/paper",
    f"postgresql://zhang:{SECRET}@127.0.0.1:port/paper",
)


@pytest.mark.parametrize("where", ADDRESSES)
def test_no_message_holds_a_password(where: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(0)
    with pytest.raises(UserError) as told:
        Store(where)
    words = [str(told.value), repr(told.value), caplog.text, server.shown_url(where)]
    assert not [one for one in words if SECRET in one]


@pytest.mark.parametrize("where", ADDRESSES)
def test_no_settings_file_holds_a_password(where: str, tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    save_settings(Settings(store=where), file)
    assert SECRET not in file.read_text("utf-8")
    kept = load_settings(file).store
    assert kept.startswith(where.partition("zhang")[0] + "zhang@127.0.0.1")
    assert ("sslmode=verify-full" in kept) == ("sslmode=verify-full" in where)


def test_the_keyring_is_asked_and_its_password_shown_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str]] = []

    class KeyringError(Exception):
        pass

    def get_password(service: str, name: str) -> str:
        asked.append((service, name))
        return SECRET

    errors = types.ModuleType("keyring.errors")
    errors.KeyringError = KeyringError  # type: ignore[attr-defined]
    keyring = types.ModuleType("keyring")
    keyring.get_password = get_password  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)
    engine, shown = server.server_engine("postgresql://zhang@db.invalid/paper")
    assert asked == [("qingyang", "zhang@db.invalid:5432/paper")]
    assert engine.url.password == SECRET
    assert SECRET not in shown + str(engine.url) + repr(engine)
    assert server.server_engine("postgresql://zhang@db.invalid/paper?passfile=/p")[0].url.password is None
    assert len(asked) == 1

    def locked(service: str, name: str) -> str:
        raise KeyringError

    keyring.get_password = locked  # type: ignore[attr-defined]
    assert server.server_engine("postgresql://zhang@db.invalid/paper")[0].url.password is None


def test_tls_options_go_to_libpq() -> None:
    engine, _ = server.server_engine("postgresql://z@h/p?sslmode=verify-full&sslrootcert=/ca.pem")
    _, options = engine.dialect.create_connect_args(engine.url)
    assert (options["sslmode"], options["sslrootcert"]) == ("verify-full", "/ca.pem")


@pytest.mark.skipif(not URL, reason=REASON)
def test_a_server_without_tls_is_refused_when_tls_is_asked() -> None:
    with fresh_server() as url, pytest.raises(UserError) as told:
        Store(f"{url}&sslmode=require")
    assert told.value.key == "store.no_server"
    assert "SSL" in str(told.value)


@pytest.mark.skipif(not URL, reason=REASON)
def test_a_password_in_the_address_is_in_no_name() -> None:
    with fresh_server() as url, open_desk(url.replace("tester@", f"tester:{SECRET}@"), Settings()) as desk:
        assert SECRET not in desk.store_name
        assert desk.store.check().ok


COUNT_UP = """
import sys
from dataclasses import replace
from models.values.change import EditArticle
from models.values.ids import ArticleId
from services.config.settings import Settings
from services.desk.desk import open_desk
from sqlalchemy import text
with open_desk(sys.argv[1], Settings()) as desk:
    for _ in range(60):
        with desk.store.work() as work:
            seen = work.session.execute(text("SELECT reason FROM house_word WHERE key = 'count'")).scalar_one()
            counted = {"n": str(int(seen) + 1)}
            work.session.execute(text("UPDATE house_word SET reason = :n WHERE key = 'count'"), counted)
            work.commit()
"""


def test_two_programs_that_read_and_then_write_lose_nothing(place: Path) -> None:
    """BEGIN IMMEDIATE: with a plain BEGIN one of them would read, wait, and fail or overwrite."""
    from models.tables.finding import HouseWordRow

    store = Store(str(place))
    with store.work() as work:
        work.session.add(HouseWordRow(key="count", reason="0"))
        work.commit()
    command = [sys.executable, "-c", COUNT_UP, str(place)]
    programs = [subprocess.Popen(command, cwd=Path(server.__file__).parents[2]) for _ in range(2)]
    assert [program.wait(60) for program in programs] == [0, 0]
    with store.read() as session:
        assert session.get_one(HouseWordRow, 1).reason == "120"
    store.close()
