"""A simulated power cut: what an editing program asked of the disk is recorded, and replayed up to a random moment.

The record is strace's. At the cut everything that was synced is on the disk; of what was written since, each write is
there with even chances, one in ten of those only in part, up to a border of 512 bytes. Names of files are taken to be
on the disk at once. The memory-mapped index of the log (-shm) is never on the disk.
"""

import random
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from models.values.ids import ArticleId
from services.config.settings import Settings
from services.desk.desk import open_desk

HOME = Path(__file__).resolve().parents[2]
SECTOR = 512  # bytes
CALLS = "pwrite64,write,fsync,fdatasync,ftruncate,unlink,rename"
_CALL = re.compile(r"^(\w+)\((.*)\)\s+= (-?\d+)")
_WRITE = re.compile(r'^\d+<([^>]*)>, "((?:\\x[0-9a-f]{2})*)", (\d+)(?:, (\d+))?$')
_SYNC = re.compile(r"^\d+<([^>]*)>(?:, (\d+))?$")
EDITOR = """
import os, sys
from dataclasses import replace
import services.store.database as database
from models.values.article_text import Paragraph
from models.values.change import EditArticle
from services.desk.desk import open_desk

set_up = database._set_up

def with_care(connection, record):
    set_up(connection, record)
    connection.execute(f"PRAGMA synchronous={sys.argv[3]}")
    connection.execute("PRAGMA wal_autocheckpoint=60")  # pages: the log goes into the file often

database._set_up = with_care
desk = open_desk(sys.argv[1])
sheet = desk.articles.open(1)
text, version = sheet.text, sheet.version
for number in range(1, int(sys.argv[2]) + 1):
    body = (Paragraph(text=f"第{number}次修改，澜江晨雾。" * 30),)
    text = replace(text, headline=f"澜江晨雾 {number}", body=body)
    version = desk.apply(EditArticle(article=1, text=text, version=version, reason="edit")).version
    os.write(1, b"stored %d\\n" % number)
"""


@dataclass(frozen=True, slots=True)
class Step:
    """`kind`: "write", "truncate", "sync", "unlink" or "told" (`at` edits were acknowledged)."""

    kind: str
    file: str = ""
    at: int = 0
    data: bytes = b""


@dataclass(slots=True)
class Outcome:
    cuts: int = 0
    corrupt: list[str] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)  # acknowledged edits missing, of the cuts that lost any


def make_store(folder: Path) -> Path:
    store, manuscript = folder / "store.db", folder / "a.txt"
    manuscript.write_text("# 澜江晨雾 0\n\n本报讯 今天江上起了雾。\n", "utf-8")
    with open_desk(str(store), Settings()) as desk:
        desk.intake.take_in([manuscript], issue=None)
    return store


def record(store: Path, edits: int, care: str) -> list[Step]:
    """What the edits asked of the disk, in order; `care` is SQLite's synchronous setting."""
    work = store.with_name("recorded.db")
    for tail in ("", "-wal", "-shm"):
        work.with_name(work.name + tail).unlink(missing_ok=True)
    shutil.copy(store, work)
    trace = store.with_name("trace")
    command = ["strace", "-qq", "-xx", "-y", "-s", "1000000", "-e", f"trace={CALLS}", "-o", str(trace)]
    subprocess.run(
        [*command, sys.executable, "-c", EDITOR, str(work), str(edits), care],
        cwd=HOME,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    steps = [step for line in trace.read_text("ascii").splitlines() if (step := _step(line, work.name)) is not None]
    assert sum(step.kind == "told" for step in steps) == edits
    return steps


def _step(line: str, name: str) -> Step | None:
    found = _CALL.match(line)
    if found is None or int(found[3]) < 0:
        return None
    call, asked = found[1], found[2]
    if call in ("pwrite64", "write"):
        parts = _WRITE.match(asked)
        if parts is None:
            return None
        data = bytes.fromhex(parts[2].replace("\\x", ""))
        if call == "write":
            return Step("told", at=int(data.split()[1])) if data.startswith(b"stored ") else None
        assert int(found[3]) == len(data)
        file = _tail(parts[1], name)
        return None if file is None else Step("write", file, int(parts[4] or 0), data)
    if call in ("fsync", "fdatasync", "ftruncate"):
        synced = _SYNC.match(asked)
        file = None if synced is None else _tail(synced[1], name)
        if synced is None or file is None:
            return None
        return Step("truncate", file, int(synced[2])) if call == "ftruncate" else Step("sync", file)
    assert call in ("unlink", "rename")
    file = _tail(asked.strip('"'), name)
    return None if file is None else Step("unlink", file)


def _tail(path: str, name: str) -> str | None:
    """ "" for the store itself, "-wal" for its log; None for other files."""
    if "\\x" in path:
        path = bytes.fromhex(path.replace("\\x", "")).decode("utf-8", "replace")
    last = path.rpartition("/")[2]
    return last[len(name) :] if last in (name, f"{name}-wal", f"{name}-journal") else None


def cut(store: Path, steps: list[Step], chance: random.Random, target: Path) -> int:
    """The files as they lie on the disk after a cut at a random moment; how many edits had been acknowledged."""
    disk: dict[str, bytearray] = {"": bytearray(store.read_bytes())}
    waiting: list[Step] = []
    told = 0
    for step in steps[: chance.randrange(1, len(steps) + 1)]:
        if step.kind == "told":
            told = step.at
        elif step.kind == "unlink":
            disk.pop(step.file, None)
            waiting = [one for one in waiting if one.file != step.file]
        elif step.kind == "sync":
            for one in waiting:
                if one.file == step.file:
                    _put(disk, one, len(one.data))
            waiting = [one for one in waiting if one.file != step.file]
        else:
            waiting.append(step)
    for one in waiting:
        if chance.random() < 0.5:
            torn = chance.random() < 0.1
            _put(disk, one, chance.randrange(0, len(one.data) + 1, SECTOR) if torn and one.data else len(one.data))
    for tail in ("", "-wal", "-shm", "-journal"):
        target.with_name(target.name + tail).unlink(missing_ok=True)
    for tail, content in disk.items():
        target.with_name(target.name + tail).write_bytes(content)
    return told


def _put(disk: dict[str, bytearray], step: Step, length: int) -> None:
    content = disk.setdefault(step.file, bytearray())
    if step.kind == "truncate":
        del content[step.at :]
        return
    if len(content) < step.at:
        content.extend(bytes(step.at - len(content)))
    content[step.at : step.at + length] = step.data[:length]


def cuts(folder: Path, *, edits: int, count: int, care: str = "FULL", seed: int = 20261122) -> Outcome:
    """Cuts the power `count` times during the edits and opens what is left."""
    from services.config.errors import UserError

    store = make_store(folder)
    steps = record(store, edits, care)
    chance = random.Random(seed)
    outcome = Outcome()
    target = folder / "after.db"
    for _ in range(count):
        told = cut(store, steps, chance, target)
        outcome.cuts += 1
        try:
            with open_desk(str(target), Settings()) as desk:
                health = desk.store.check()
                number = int(desk.articles.open(ArticleId(1)).text.headline.rpartition(" ")[2])
        except UserError as error:
            outcome.corrupt.append(str(error))
            continue
        if not health.ok:
            outcome.corrupt.append(health.message)
        if number < told:
            outcome.lost.append(told - number)
    return outcome
