"""A search index of finer pairs, without the characters that stand everywhere; on a server as small numbers.

Revision: 0009, after 0008. What the index is filled with is that of services/store/search at this revision, kept here
on purpose: a migration does not change when the program does.
"""

import json
from collections.abc import Iterable
from itertools import pairwise

from alembic import op
from sqlalchemy import text

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

DIGITS = "01234567pqrstuvw"
HEADS = ("kicker", "headline", "deck", "dateline")
MARKS = {code: chr(0xE000 + code) for code in range(33, 127) if not chr(code).isalnum()}
EVERYWHERE = frozenset(
    "，。"
    "一万三上下不与专世业东两个中为主举么义之也书了争事二于五亚些交产京亲人什今从他代"
    "令以们件价任众会传但位住体何作你使便保信候做像儿元先光克党入全八公共关兵其具内再"
    "军农决准几出分则利别到制前力办功加务动势包化北区十千半华单南即却历原去县参又及反"
    "发取受变口古只叫可台史号司吃各合同名后向听告员周命和品商器四回因团国图土在地场型"
    "城基增士声处备复外多大天太头女她好如始委子字学它安完官定实家容对导将小少尔就居展"
    "属山州工己已市布师帝带常干平年并广应府度建开式张强当形影很得德心必快思性总息情想"
    "意感成我或战所手才打技把报拉持指据接提收改放政教数整文料斯新方族无日时明是更最月"
    "有望朝期本术机权李条来极构林果校样根格次正此步武死段每比民气水求汉江没河治法活流"
    "济海深清游湖源火点热然爱物特王现理生用由电界白百的皇目直相省看真眼着知石研示社神"
    "种科积称程究空立笑第等算管米类精系红约级线组经结给统美群老考者而职联育能自至色花"
    "英行表被装西要见观规解言计认让议记许论设话该语说调象质资走起路身车转较边达过运近"
    "还这进连选通造道那部都里重量金铁长门问间队阳际院随难集需非面革领题风首马高鱼黄"
)
SERVER = (
    "DROP TABLE chars",
    "CREATE TABLE chars (id INTEGER NOT NULL, tokens SMALLINT[] NOT NULL, CONSTRAINT pk_chars PRIMARY KEY (id), "
    "CONSTRAINT fk_chars_id_article FOREIGN KEY (id) REFERENCES article (id))",
    "CREATE INDEX ix_chars_tokens ON chars USING gin (tokens)",
)


def upgrade() -> None:
    connection = op.get_bind()
    sqlite = connection.dialect.name == "sqlite"
    for statement in ("INSERT INTO chars (chars) VALUES ('delete-all')",) if sqlite else SERVER:
        connection.exec_driver_sql(statement)
    fill = "INSERT INTO chars (rowid, body) VALUES (:id, :tokens)"
    if not sqlite:
        fill = "INSERT INTO chars (id, tokens) VALUES (:id, CAST(:tokens AS smallint[]))"
    last = 0
    while True:
        chosen = text("SELECT id, text FROM article WHERE id > :last ORDER BY id LIMIT 500")
        rows = connection.execute(chosen, {"last": last}).all()
        if not rows:
            return
        entered = words if sqlite else numbers
        connection.execute(text(fill), [{"id": key, "tokens": entered(*held(parts(value)))} for key, value in rows])
        last = rows[-1][0]


def parts(value: str) -> list[str]:
    tree = json.loads(value)
    words = [tree.get(name, "") for name in HEADS]
    words += [paragraph["text"] for paragraph in tree.get("body", [])]
    return [*words, tree.get("signature", "")]


def held(parts: Iterable[str]) -> tuple[set[str], set[int]]:
    singles: set[str] = set()
    pairs: set[int] = set()
    for part in parts:
        squeezed = "".join(part.split()).casefold()
        singles.update(squeezed)
        codes = [ord(character) for character in squeezed]
        pairs.update((a * 7919 + b * 104729) & 65535 for a, b in pairwise(codes))
    return singles - EVERYWHERE, pairs


def words(singles: set[str], pairs: set[int]) -> str:
    return " ".join(sorted({spelled(pair) for pair in pairs}.union("".join(singles).translate(MARKS))))


def spelled(pair: int) -> str:
    return "".join(DIGITS[pair >> at & 7] for at in (0, 3, 6, 9)) + DIGITS[pair >> 12]


def numbers(singles: set[str], pairs: set[int]) -> list[int]:
    return sorted({pair >> 1 for pair in pairs}.union(~(ord(one) & 32767) for one in singles))
