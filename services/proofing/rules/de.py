"""的、地、得 where the words around leave no doubt: lists of the pack, and the clause around them.

1. 地: a word that stands only before verbs (缓缓, 津津有味, 耐心 …), 的, then a preposition or a verb; not where
   the clause has asked for a noun before it (进行认真的讨论, 表示衷心的感谢) or another 的 follows.
2. 得: a verb, 的, then a complement up to the next mark (抓的更实, 高兴的合不拢嘴).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from services.proofing.contract import HAN, Find, Hit, Reading

_NOUN_ASKED = re.compile(
    "进行|得到|给予|作出|做出|表示|致以|受到|带来|产生|形成|取得|一种|一次|一份|一个|一场|一番|这种|那种|有着|具有|充满|予以|加以|"
    "赢得|获得|引起|发出|付出|寄予|留下|成为|作为|通过|经过|开展|存在|需要|报以|响起|露出|怀着|带着|是|有|以"
)
_NOUN = re.compile(
    "[\u4e00-\u9fff]{0,2}(?:的|和|与|及|是|精神|工作|作用|情况|过程|能力|方式|机制|体系|力度|水平|问题|态度|仪式|方案|计划|办法|措施|方法|"
    "氛围|环境|条件|经验|基础|关系|趋势|势头|成果|成绩|意见|建议|制度|政策|要求|目标|任务|队伍|人员|单位|部门|企业|场面|局面|格局|效果|成效|效益|"
    "习惯|作风|品质|思想|理论|知识|技能|技术|平台|渠道|模式|路径|内容|形式|人$|者$|性$|率$|量$|力$|感$|度$)"
)
_ONLY = re.compile(r"(.)\1(?!的)|[\u4e00-\u9fff]{4}")
_BOUNDS = "，。；：！？、“”\n（）"
_PREPOSITIONS = "为|把|将|向|对|给|被|用|从|在|跟|与|同|往|朝|由|让"
_ASPECT = "了|着|过|到|出|起|下|上|来|去|住|进|回|向|开|完|好|成|给"


def adverbial(table: Mapping[str, Any]) -> Find:
    """`adverbs`: words that modify verbs; `verbs`: verbs of two characters; `short`: verbs of one."""
    adverbs = "|".join(sorted(str(table["adverbs"]).split(), key=len, reverse=True))
    verbs = "|".join(sorted(str(table["verbs"]).split(), key=len, reverse=True))
    short = str(table["short"])
    pattern = re.compile(
        rf"(?P<adverb>(?:{adverbs}))的(?P<verb>(?:{_PREPOSITIONS})(?=[{HAN}]{{2}})|(?:{verbs})|[{short}](?={_ASPECT})|[说笑喊问答叫](?=[：:，。]|$))"
    )

    def find(reading: Reading) -> Iterator[Hit]:
        for match in pattern.finditer(reading.text):
            before = reading.text[max(0, match.start() - 14) : match.start()]
            clause = re.split(f"[{_BOUNDS}]", before)[-1]
            after = re.split(f"[{_BOUNDS}]", reading.text[match.end() : match.end() + 16])[0]
            only = _ONLY.fullmatch(match["adverb"]) is not None  # no adjective: 缓缓, 津津有味
            if not only and (
                _NOUN_ASKED.search(clause) or _NOUN.match(after) or (not after and match["verb"] not in "说笑喊问答叫")
            ):
                continue
            if only and re.match("的|和|与|精神|作风|态度", after):
                continue
            at = match.end("adverb")
            yield Hit(start=match.start(), end=at + 1, suggestions=(match["adverb"] + "地",))

    return find


def complement(table: Mapping[str, Any]) -> Find:
    """`verbs`: verbs and adjectives before the complement, `complements`: what follows to the end of the clause."""
    verbs = "|".join(sorted(str(table["verbs"]).split(), key=len, reverse=True))
    complements = "|".join(sorted(str(table["complements"]).split(), key=len, reverse=True))
    pattern = re.compile(
        rf"(?P<verb>{verbs})的(?=(?:{complements})|(?:更加?|很|还|挺|太|真|特别|非常|十分|格外|越来越|比较)"
        rf"(?:好|快|慢|高|大|多|早|晚|远|深|实|稳|准|细|严|紧|响|旺|美|亮|强|久|长|香|甜|红火|扎实|精彩|漂亮|开心|踏实|认真|仔细|清楚|到位|顺利|出色|成功|及时|"
        rf"优秀|热闹|辛苦|充实|幸福|舒心|舒服|放心|满意|彻底|透彻|牢固|紧张|激烈|愉快|明显|突出|透|好看|好听)(?=[，。！？；、”…\n]|了[，。！]|的(?:老人|同志|人|孩子)|$))",
        re.MULTILINE,
    )

    def find(reading: Reading) -> Iterator[Hit]:
        for match in pattern.finditer(reading.text):
            before = reading.text[max(0, match.start() - 1) : match.start()]
            if before == "所" or "，" in match["verb"]:
                continue
            yield Hit(start=match.start(), end=match.end(), suggestions=(match["verb"] + "得",))

    return find


WITH_WORDS = (("de.adverbial", adverbial), ("de.complement", complement))
