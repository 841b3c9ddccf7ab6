"""Names against the byline, the authority file and each other (important names: weight 2 in body and headings).

1. A name one look-alike character away from a signed or known name: 余翠苹 beside 余翠萍.
2. Two names of one article that differ in one look-alike character: 赵丽君/赵丽军; the rarer one is in doubt.
3. A tagged person one character away from a known name, any character, where the known name stands in the text too.
Where nobody is tagged, names are taken from behind offices (主席、院长 …) by their surname.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from models.values.mention import EntityKind
from services.lexicon.names import given_weight
from services.proofing.contract import HAN, Find, Hit, Reading
from services.proofing.rules.alike import alike, variants
from services.proofing.rules.sounds import readings

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪"
    "田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦"
    "季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃"
    "霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀"
)
_OFFICES = (
    "主席|书记|部长|主任|院长|校长|局长|处长|科长|所长|会长|秘书长|理事长|董事长|总经理|经理|总裁|总监|主管|市长|县长|区长|镇长|"
    "乡长|村长|教授|医生|护士|教师|老师|工程师|队长|班长|组长|站长|厂长|记者|通讯员|驾驶员|调度员|司机|先生|女士|同志|劳模|工匠|"
    "委员|代表|先进工作者|劳动模范"
)
_NAME = rf"[{_SURNAMES}][{HAN}]{{2}}"
_BEHIND = re.compile(
    rf"(?:{_OFFICES}|岁的|老人|职工|学生|选手|患者|村民|居民|市民|志愿者|员工|工人|顾客|考生|车长|诗人|作家|歌手|演员)({_NAME})"
)
_SIGNED = re.compile(rf"(?:记者|通讯员|实习生|摄影|作者)[ 　:：]{{0,2}}({_NAME})(?=[ 　）)、]|$)", re.MULTILINE)
_SAYS = re.compile(
    rf"(?:(?<=[，。；、！？“”（\n ])|^)({_NAME})(?=说|表示|介绍|指出|强调|告诉|认为|主持|出席|坦言|"
    r"回忆|提醒|宣布|[ 　]?摄|当选|代表)",
    re.MULTILINE,
)
_LISTED = re.compile(
    rf"(?:(?<=[，。；\n])|^)({_NAME})(?=(?:、{_NAME})*(?:当选|出席|参加|荣获|获|任|和|及))", re.MULTILINE
)


def like_known(reading: Reading) -> Iterator[Hit]:
    """1. Windows of the text one look-alike away from a signed or known name."""
    text = reading.text
    for name, source in _known(reading).items():
        if not 2 <= len(name) <= 4 or not all("\u3400" <= one <= "\u9fff" for one in name):
            continue
        for at, end in _windows(text, name):
            window = text[at:end]
            tagged = _is_person(reading, at, end)
            if window in _known(reading) or (len(name) == 2 and not tagged) or _inside_known(reading, at, end):
                continue
            yield Hit(
                start=at,
                end=end,
                suggestions=(name,),
                related=tuple((found.start(), found.end()) for found in re.finditer(re.escape(name), text))[:1],
                values={"name": name, "source": source},
            )


def _known(reading: Reading) -> dict[str, str]:
    """Names held for right, with where they come from."""
    people = [entity for entity in reading.context.known if entity.kind is EntityKind.PERSON]
    known = {name: "名录" for entity in people for name in (entity.name, *entity.aliases)}
    # a credit such as 宣传部 is no person: a signed name has two to four characters and a surname
    signed = [byline.name for byline in reading.context.bylines if byline.role not in ("供图", "来源", "供稿")]
    known.update({name: "署名" for name in signed if 2 <= len(name) <= 4 and name[0] in _SURNAMES})
    return known


def _windows(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Places of strings that differ from the name in one look-alike character."""
    for index, character in enumerate(name):
        others = taken_for(character)
        if others:
            pattern = f"{re.escape(name[:index])}[{others}]{re.escape(name[index + 1 :])}"
            for match in re.finditer(pattern, text):
                yield match.span()


@cache
def taken_for(character: str) -> str:
    """The characters that are written for this one in names: they look alike, or sound alike but for the tone."""
    return "".join(dict.fromkeys(variants(character) + _homophones(character)))


@cache
def _homophones(character: str) -> str:
    """Characters that sound alike but for the tone; those that build grammar are left out."""
    table, alike_sounds = readings(), _by_syllable()
    same = {one for syllable in table.get(character, ()) for one in alike_sounds[syllable]}
    return "".join(sorted(same - {character} - _GRAMMAR))


@cache
def _by_syllable() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for character, syllables in readings().items():
        for syllable in syllables:
            found.setdefault(syllable, []).append(character)
    return MappingProxyType({syllable: tuple(held) for syllable, held in found.items()})


_GRAMMAR = frozenset("的地得了着过是说在和")


def _is_person(reading: Reading, start: int, end: int) -> bool:
    spans = zip(reading.people.starts, reading.people.ends, strict=True)
    return (start, end) in spans if reading.people.touches(start, end) else False


def _inside_known(reading: Reading, start: int, end: int) -> bool:
    """Whether the window is only a piece of a longer tagged name."""
    return reading.people.touches(start, end) and not _is_person(reading, start, end)


def variants_in_text(reading: Reading) -> Iterator[Hit]:
    """2. Two forms in one article; a form that is signed or known is left to `like_known`."""
    text, known = reading.text, _known(reading)
    names = [mention.text for mention in reading.context.mentions if mention.kind is EntityKind.PERSON]
    if not names:
        names = _unmarked(text)
    counts = Counter({name: text.count(name) for name in names if len(name) in (2, 3)})
    doubted: set[tuple[int, int]] = set()
    for name in counts:
        for at, end in _windows(text, name):
            other = text[at:end]
            if name in known or other in known or (at, end) in doubted or _inside_known(reading, at, end):
                continue
            if len(name) == 2 and not _is_person(reading, at, end):
                continue  # two characters are too often a word
            mine, theirs = text.count(name), text.count(other)
            if mine < theirs or (mine == theirs and text.find(name) > at):
                continue  # this form is the rarer or the later one: it is in doubt itself
            doubted.add((at, end))
            places = tuple(match.span() for match in re.finditer(re.escape(name), text))
            yield Hit(start=at, end=end, suggestions=(name,), related=places[:3], values={"name": name})


def _unmarked(text: str) -> list[str]:
    """Names by their places in the sentence, where nobody is tagged: behind offices, before 说, in the byline."""
    found = [name for pattern in (_BEHIND, _SIGNED, _SAYS, _LISTED) for name in pattern.findall(text)]
    return [name for name in dict.fromkeys(found) if given_weight(name[1:]) > -1 and not _VERB.search(name[1:])]


_VERB = re.compile("[说表介指强告认主出坦回提宣当在为了的和与及等将对向从到是有]")


def near_known(reading: Reading) -> Iterator[Hit]:
    """3. A tagged person of three characters, one of them other than in a known name that the text holds too."""
    known = [name for name in _known(reading) if len(name) == 3 and name in reading.text]
    for start, end in zip(reading.people.starts, reading.people.ends, strict=True):
        tagged = reading.text[start:end]
        if tagged in _known(reading):
            continue  # both are on file: two people
        for name in known:
            differing = [i for i in range(3) if len(tagged) == 3 and tagged[i] != name[i]]
            if len(differing) == 1 and differing[0] > 0 and not alike(tagged[differing[0]], name[differing[0]]):
                at = reading.text.find(name)
                yield Hit(start=start, end=end, suggestions=(name,), related=((at, at + 3),), values={"name": name})


TABLE: tuple[tuple[str, Find], ...] = (
    ("names.like_known", like_known),
    ("names.variants", variants_in_text),
    ("names.near_known", near_known),
)
