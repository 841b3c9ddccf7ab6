"""Suspects before conviction, and the privacy of people who need it.

A text is before conviction when it speaks of arrest or inquiry and nowhere of a sentence or a prison.
"""

import re
from collections.abc import Iterator

from services.lexicon.names import given_weight, surname_weight
from services.proofing.contract import HAN, Find, Hit, Reading

_INQUIRY = re.compile("抓获|抓捕|拘留|逮捕|立案|侦查|审讯|报案|民警|警方|公安|案发|作案|落网|通缉|嫌疑人")
_CONVICTED = re.compile("判决|判处|判刑|获刑|有期徒刑|无期徒刑|死刑|服刑|监狱|刑满|罪犯改造|减刑|假释|戴罪|战犯|缓刑")
_BEFORE_TRIAL = re.compile("刑事拘留|拘留|逮捕|侦查|审讯|移送|抓获|落网|锁定")
_CRIMINAL = re.compile(
    "(?:作案|杀人|盗窃|抢劫|诈骗|贩毒)?罪犯(?!罪)|(?<!现行)(?<!主)(?<!从)(?<!累)(?<!惯)犯人(?!生)|(?:杀人|盗窃|抢劫|诈骗|贩毒|强奸)犯(?!罪)|疑犯|嫌犯(?!罪)|(?<!恶性)作案人员"
)


def suspects(reading: Reading) -> Iterator[Hit]:
    """罪犯, 犯人 in a text that is before conviction; 曾因盗窃被判刑 says nothing of this case."""
    text = re.sub(r"(?:曾|前科|此前|之前)[^。；\n]{0,20}(?:判刑|判处|服刑|有期徒刑|获刑|刑满)", "", reading.text)
    if not _INQUIRY.search(text) or _CONVICTED.search(text):
        return
    for match in _CRIMINAL.finditer(reading.text):
        yield Hit(start=match.start(), end=match.end(), suggestions=("犯罪嫌疑人",))


_PROTECTED = re.compile(
    r"(?:艾滋病(?:患者|感染者|病人)?|(?:HIV|艾滋病病毒)感染者|性病患者|精神病(?:患者|人)|精神障碍患者|乙肝患者|肺结核患者|麻风病(?:患者|人)|"
    r"吸毒(?:人员|者)|戒毒(?:人员|者)|(?:被)?(?:强奸|性侵|猥亵|拐卖)(?:的)?(?:受害(?:人|者)|妇女|女子|女孩|儿童|少女)|"
    r"未成年(?:犯罪)?(?:嫌疑人|犯|被害人|受害人)|(?:犯罪)?嫌疑人(?:的)?(?:妻子|丈夫|父亲|母亲|儿子|女儿|弟弟|哥哥|姐姐|妹妹)|"
    rf"代孕(?:妈妈|母亲))(?P<name>[{HAN}]{{2,3}})"
)
_STOPS = "（，。、说在的和与因被是："


def privacy(reading: Reading) -> Iterator[Hit]:
    """A full name behind a word that asks for 某."""
    for match in _PROTECTED.finditer(reading.text):
        name = match["name"]
        for length in (3, 2):
            given = name[1:length]
            following = reading.after(match.start("name") + length)
            if len(name) < length or "某" in given or (following and following not in _STOPS):
                continue
            if (surname_weight(name[0]) or 0) < 0.5 or given_weight(given) < 0:
                continue
            fix = reading.text[match.start() : match.start("name")] + name[0] + "某"
            end = match.start("name") + length
            yield Hit(start=match.start(), end=end, suggestions=(fix,), values={"name": name[:length]})
            break


_IDENTITY = re.compile(
    r"(?<![\dA-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])"
)


def identity_number(reading: Reading) -> Iterator[Hit]:
    """An identity card number in print."""
    for match in _IDENTITY.finditer(reading.text):
        yield Hit(start=match.start(), end=match.end())


TABLE: tuple[tuple[str, Find], ...] = (
    ("wording.before_conviction", suspects),
    ("wording.privacy", privacy),
    ("wording.identity_number", identity_number),
)
