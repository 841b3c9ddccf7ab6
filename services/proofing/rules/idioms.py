"""Idioms with one wrong character: four characters of the text that differ from an idiom in one, which sounds alike.

The wrong form must be no idiom itself. Shapes that are taken for each other (未/末, 己/已) count as alike too.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from services.proofing.contract import HAN, Find, Hit, Reading
from services.proofing.rules.sounds import idiom_halves, idiom_holes, idioms, same_sound

_RUNS = re.compile(f"[{HAN}]{{4,}}")
_SHAPES = (
    "未末 己已巳 人入 日曰 士土 天夭 干千于 戊戌戍 侯候 辨辩辫 竟竞 即既 亳毫 晴睛 "
    "暮幕慕墓 熙煕 茶荼 粟栗 崇祟 盲肓 免兔 刺剌 汩汨 赢羸嬴 徒徙 拔拨 折拆析 券卷 "
    "拙绌 骛鹜 炙灸 韬滔 篷蓬 掂惦 迁迂 酒洒 抉决 棵颗 挑桃 抢枪 壁璧 瑕暇遐 沾玷 "
    "诌 诞延 滥烂 竽芋 弛驰 渎犊 玷沾 仆扑朴 坠堕 狠狼 贷货 贬砭 倦卷 蜚斐 汗汉 "
    "戮戳 幻幼 喧渲 薄簿 坐座 叉又 籍藉 尝偿 噪躁燥澡 悍捍 涛滔 栋拣 粱梁 撤撒 "
    "侍待 恃持 采彩 偏遍 抱刨 膺鹰 狡皎 渺缈 弈奕 诸褚 副幅 复覆 带戴 度渡 分份 "
    "做作 像象 形型 记纪 练炼 订定 需须 查察 申伸 决绝 反返 付负 常长 历厉励 至致 "
    "以已 在再 的得地 象像 班搬 倍辈 合和 具俱 连联 身深 生声 "
)


def _alike(one: str, other: str) -> bool:
    return any(one in group and other in group for group in _SHAPE_GROUPS)


_SHAPE_GROUPS = tuple(_SHAPES.split())


def near_idiom(table: Mapping[str, Any]) -> Find:
    """`but`: forms that stand for themselves although they are near an idiom; `without`: words of the list left out."""
    but = frozenset(str(table["but"]).split())
    more = frozenset(word for word in str(table.get("more", "")).split() if len(word) == 4)
    further: dict[str, tuple[str, ...]] = {}
    for word in sorted(more):
        for at in range(4):
            hole = f"{word[:at]}＿{word[at + 1 :]}"
            further[hole] = (*further.get(hole, ()), word)
    starts, ends = {word[:2] for word in more}, {word[2:] for word in more}
    without = frozenset(str(table.get("without", "")).split())

    def find(reading: Reading) -> Iterator[Hit]:
        known, holes = idioms(), idiom_holes()
        heads, tails = idiom_halves()
        for run in _RUNS.finditer(reading.text):
            words = run.group()
            at = 0
            while at + 4 <= len(words):
                four = words[at : at + 4]
                # with one character wrong, one half is still that of an idiom
                if four[:2] not in heads and four[2:] not in tails and four[:2] not in starts and four[2:] not in ends:
                    at += 1
                    continue
                if four in known or four in more:
                    at += 4
                    continue
                meant = (_meant(four, holes, without) or _meant(four, further, without)) if four not in but else ()
                # an idiom that begins within the window explains it: 有条不紊 in 事有条不紊
                if meant and not any(words[at + shift : at + shift + 4] in known for shift in (1, 2, 3)):
                    yield Hit(start=run.start() + at, end=run.start() + at + 4, suggestions=meant)
                    at += 4
                    continue
                at += 1

    return find


def _meant(four: str, holes: Mapping[str, tuple[str, ...]], without: frozenset[str]) -> tuple[str, ...]:
    found: list[str] = []
    for at in range(4):
        for idiom in holes.get(f"{four[:at]}＿{four[at + 1 :]}", ()):
            if idiom not in without and (same_sound(four[at], idiom[at], fuzzy=True) or _alike(four[at], idiom[at])):
                found.append(idiom)
    return tuple(found)


WITH_WORDS = (("words.near_idiom", near_idiom),)
