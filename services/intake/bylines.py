"""署名 and 消息头: who signed, from the words as printed. Grammar of datelines and signature lines.

In: `本报讯 (记者 甲 通讯员 乙)`, `新华社北京11月22日电（记者 甲、乙）`, `■本报记者 甲 通讯员 乙 文/摄`, `甲 摄影报道`,
`某校宣传部供图`, `文/甲 图/乙`, `（责任编辑：甲）`. Out: lead-in, bylines and credits as values. Nothing is corrected:
only inner spaces of one name are closed (张 三 → 张三). The house in front of a role (本报, 新华社) is left
out of `role`.
"""

import re
from dataclasses import dataclass, replace

from models.values.article_text import ArticleText, Byline, Part
from services.intake.names import FOREIGN, HAN, LATIN, close_up, is_name

_FORMS = str.maketrans(
    "報訊電記員攝圖實習網臺輯責評論繪畫畫編譯綜聯統籌審監導視頻資駐體",
    "报讯电记员摄图实习网台辑责评论绘画画编译综联统筹审监导视频资驻体",
)


def _both(pattern: str) -> str:
    """The pattern with every character of ours that has a traditional form in either form."""
    forms = {simple: chr(full) for full, simple in _FORMS.items() if full != simple}
    return "".join(f"[{c}{forms[ord(c)]}]" if ord(c) in forms else c for c in pattern)


_SEPARATORS = " \t\u3000\xa0、，,；;|｜"
_BULLETS = "■□◆◇●○◎▲△★☆▪▌►▶◤◥※⊙—–－／/\\-"
_ROLE = re.compile(
    _both(
        rf"(?:(?:本报|本台|本网|本刊|本社|校报|校刊|院报|厂报|[{HAN}]{{2,6}}?(?:社|报|网|电视台))\s*)?"
        r"(?P<role>(?:(?:首席|特派|特约|见习|实习|驻站|全媒体|融媒体|融媒|文字|摄影|图片|视频|资深)\s?)*记者"
        r"|特约通讯员|通讯员|通信员|实习生|特约评论员|评论员|特约撰稿人|特约撰稿|撰稿人|撰稿|特约作者|作者|供稿"
        r"|责任编辑|责任校对|美术编辑|执行主编|值班编辑|责编|美编|编辑|校对|审核|统筹|策划|主编|监制|版式|组版|版面设计|编译|译者)(?:\s*[:：]|[/／])?"
    )
)
_TEXT_WORKS = ("综合报道", "联合报道", "报道", "撰文", "整理", "编译", "文")
_PICTURE_WORKS = ("摄影", "供图", "制图", "绘图", "插图", "漫画", "图片", "摄像", "视频", "图表", "摄", "图", "绘")
_BOTH_WORKS = (
    "摄影报道",
    "摄影/报道",
    "文并摄",
    "文并图",
    "图文报道",
    "图文",
)
_SLASH = r"\s*[/／|｜、&]\s*"
_WORK = re.compile(
    _both(
        r"(?:本版|本文|文中)?(?P<work>(?:文|图|撰文|图片)"
        + _SLASH
        + r"(?:图片|摄影|视频|制图|图|摄|文)(?:"
        + _SLASH
        + r"(?:视频|制图))?(?:报道)?"
        r"|摄影[/／]报道|" + "|".join((*_BOTH_WORKS, *_TEXT_WORKS, *_PICTURE_WORKS)) + r")"
        rf"(?P<after>\s*[:：/／]|(?=[{_SEPARATORS}）)。]|\Z))"
    )
)
_GIVEN = re.compile(
    _both(
        rf"(?:(?P<by>图片由|图由|照片由|图片均由|均由)\s*)?(?P<name>[^\s、，,；;。：:（()）]{{2,30}}?)\s*"
        rf"(?P<word>供图|供片|提供图片|提供|供稿)(?=[{_SEPARATORS}）)。]|\Z)"
    )
)
_NAME = re.compile(rf"{FOREIGN}|{LATIN}|[{HAN}]{{1,4}}(?=[{_SEPARATORS}）)。]|\Z)")
_EDITORS_LIST = (
    "责任编辑 责任校对 美术编辑 执行主编 值班编辑 责编 美编 编辑 校对 审核 统筹 策划 主编 监制 版式 组版 版面设计"
)
_EDITORS = frozenset(_EDITORS_LIST.split())
_LONGEST = 240  # characters that a dateline or a signature may have
_SOURCE = re.compile(r"(?:文章|稿件|信息|资料|图片)?来源[:：]\s*(?P<name>[^\s，,。；;、：:（()）]{2,24})")
_NAMED_END = re.compile(r"[。！？…”]\s*([（(][^（()）]{2,12}[)）])\s*\Z")
_OPEN, _CLOSE = "（(【[〔", "）)】]〕"

# -- datelines ---------------------------------------------------------------------------------------------------------
_DIGITS = "0-9０-９"
_DATE = rf"(?:[{_DIGITS}]{{4}}年)?(?:[{_DIGITS}]{{1,2}}月)?[{_DIGITS}]{{1,2}}日"
_HEAD = re.compile(
    _both(
        rf"(?:[{_BULLETS}]\s*)?(?:据|综合)?(?:"
        rf"本(?:报|台|网|刊|社|校|院)\s*(?:(?!通讯|记者|评论|特约)[{HAN}·]{{0,10}}?\s*{_DATE}\s*)?(?:综合)?(?:讯|电|消息)(?![{HAN}]?(?:息|话|视))"
        rf"|本(?:报|台|网|刊|社)(?!通讯|记者|评论|特约)[{HAN}]{{2,6}}?(?:讯|电)(?=\s|[（(：:])"
        rf"|[{HAN}]{{1,8}}(?:社|网|报|台)\s*[{HAN}·]{{0,15}}?\s*[（(]?{_DATE}[）)]?\s*(?:电|讯|消息)"
        rf"|(?:新华社|中新社|中新网|新华网|人民网)\s*(?:电|讯|消息)(?![{HAN}]?(?:息|话|视))"
        rf"|[{HAN}]{{1,6}}(?:报|网|台)讯(?=\s|[（(：:]))"
    )
)
_BRACKET = re.compile(r"\s*[（(〔\[](?P<inner>[^（()）〔〕\[\]\n]{1,120})[）)〕\]]")
_PLACE_REPORT = re.compile(_both(rf"[{HAN}]{{0,6}}?(?:摄影)?(?:综合)?(?:报道|摄影报道)(?=[\s：:，,]|\Z)\s*[：:]?"))


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # role, work, name, given
    text: str
    glued: bool = False  # no space in front of it
    prefix: bool = False  # a work with a colon or slash behind it: 图/乙


def _name_at(text: str, at: int, glued: bool) -> tuple[_Token, int] | None:
    for length in (2, 3, 4):  # 任洁通讯员 曹薇, 甲摄
        name, rest = text[at : at + length], at + length
        if is_name(name) and (_ROLE.match(text, rest) or _WORK.match(text, rest)):
            return _Token("name", name, glued), rest
    found = _NAME.match(text, at)
    if found:
        return _Token("place" if found[0].endswith("报道") else "name", found[0], glued), found.end()
    found = re.compile(FOREIGN).match(text, at)
    return (_Token("name", found[0], glued), found.end()) if found else None


def _tokens(text: str) -> list[_Token] | None:
    """The words of a signature in order, or None when something in it is neither role, name nor work."""
    tokens: list[_Token] = []
    at, end = 0, len(text)
    glued = False
    while at < end:
        if text[at] in _SEPARATORS:
            at, glued = at + 1, False
            continue
        found = _WORK.match(text, at)
        if found:
            work = re.sub(r"\s+", "", found["work"]).replace("／", "/").translate(_FORMS)
            tokens.append(_Token("work", work, glued, bool(found["after"])))
            at, glued = found.end(), not found["after"]
            continue
        found = _ROLE.match(text, at)
        if found:
            tokens.append(_Token("role", found["role"].replace(" ", "").translate(_FORMS)))
            at, glued = found.end(), not found[0].endswith((":", "：", "/", "／"))
            continue
        found = _GIVEN.match(text, at)
        if found and not (is_name(found["name"]) and found["word"] != "供图"):
            word = found["word"].translate(_FORMS)
            word = "供图" if found["by"] or word in ("供片", "提供图片") else word
            tokens.append(_Token("given", f"{word}\t{found['name']}"))
            at, glued = found.end(), True
            continue
        named = _name_at(text, at, glued)
        if named is None:
            return None
        tokens.append(named[0])
        at, glued = named[1], True
    return _closed_up(tokens)


def _closed_up(tokens: list[_Token]) -> list[_Token]:
    """Neighbouring one-character tokens become names."""
    out: list[_Token] = []
    names: list[_Token] = []
    for token in [*tokens, _Token("end", "")]:
        if token.kind == "name":
            names.append(token)
            continue
        glued = bool(names) and names[0].glued
        for i, name in enumerate(close_up([each.text for each in names])):
            out.append(_Token("name", name, glued and i == 0))
        names = []
        out.append(token)
    return out[:-1]


def _kind_of_work(work: str) -> tuple[bool, bool]:
    """(is it writing, is it a picture)."""
    if "/" in work or work in _BOTH_WORKS or "|" in work or "、" in work or "&" in work:
        return True, True
    return work in _TEXT_WORKS, work in _PICTURE_WORKS


class _Reader:
    """Gives names their roles and works, token by token."""

    def __init__(self) -> None:
        self.people: list[tuple[str, str]] = []  # role, name; role may be ""
        self.works: dict[int, list[str]] = {}  # index of people → works
        self.given: list[Byline] = []
        self.group: list[int] = []
        self.role = ""
        self.front = ""  # a work that stands before its names

    def take(self, token: _Token) -> None:
        if token.kind == "role":
            self.role = token.text
        elif token.kind == "place":  # 北京报道
            self.group = []
        elif token.kind == "given":
            word, name = token.text.split("\t")
            self.given.append(Byline(role=word, name=name))
            self.group, self.role, self.front = [], "", ""
        elif token.kind == "work":
            if token.prefix or not self.group:
                self.front, self.group, self.role = token.text, [], ""
            else:
                for index in self.group:
                    self.works.setdefault(index, []).append(token.text)
                self.last, self.group, self.role = token.text, [], ""
        else:
            self.people.append((self.role, token.text))
            index = len(self.people) - 1
            if self.front:
                self.works.setdefault(index, []).append(self.front)
            else:
                self.group.append(index)

    last = ""

    def result(self) -> tuple[tuple[Byline, ...], tuple[Byline, ...]]:
        for index in self.group:  # 记者 甲 摄影 乙: the work belonged to what follows
            if not self.people[index][0] and self.last:
                self.works.setdefault(index, []).append(self.last)
        bylines: list[Byline] = []
        credits: list[Byline] = []
        for index, (role, name) in enumerate(self.people):
            works = self.works.get(index, [])
            if role in _EDITORS:
                credits.append(Byline(role=role, name=name))
                continue
            writing = [work for work in works if _kind_of_work(work)[0]]
            if role or writing or not works:
                bylines.append(Byline(role=role or (writing[0] if writing else ""), name=name))
            credits.extend(Byline(role=work, name=name) for work in works if _kind_of_work(work)[1])
        return tuple(dict.fromkeys(bylines)), tuple(dict.fromkeys([*credits, *self.given]))


def is_source(text: str) -> bool:
    """A line that says where the text comes from and nothing else: 来源：某某网."""
    return _SOURCE.fullmatch(text.strip()) is not None


def _bare(text: str) -> str:
    """Without bullets in front and without brackets around."""
    text = text.strip().lstrip(_BULLETS).strip()
    while len(text) > 2 and text[0] in _OPEN and text[-1] in _CLOSE and not set(text[1:-1]) & set(_OPEN + _CLOSE):
        text = text[1:-1].strip()
    return text.rstrip("。.").strip()


def _read(text: str) -> tuple[tuple[Byline, ...], tuple[Byline, ...]] | None:
    tokens = _tokens(text)
    if not tokens or not any(token.kind in ("name", "given") for token in tokens):
        return None
    reader = _Reader()
    for token in tokens:
        reader.take(token)
    return reader.result()


def is_signature(text: str) -> bool:
    """Whether a whole line is nothing but a signature: roles, names, works."""
    bare = _bare(text)
    if not bare or len(bare) > 120:
        return False
    tokens = _tokens(bare)
    if not tokens or len({token.kind for token in tokens} & {"name", "given"}) == 0:
        return False
    names = [token for token in tokens if token.kind == "name"]
    if any(token.glued and not is_name(token.text) for token in names):
        return False
    if all(token.kind == "name" for token in tokens):
        return bare != text.strip().rstrip("。.") and len(names) <= 4 and all(is_name(token.text) for token in names)
    surnamed = sum(is_name(token.text) for token in names)
    return not names or 2 * surnamed >= len(names) or (len(names) == 1 and tokens[0].kind == "role")


def parse_signature(text: str) -> tuple[tuple[Byline, ...], tuple[Byline, ...]]:
    """Bylines and credits of a signature. Several lines or bracketed parts are read one by one;
    what is none is passed by."""
    bylines: list[Byline] = []
    credits: list[Byline] = [Byline(role="来源", name=found["name"]) for found in _SOURCE.finditer(text)]
    for line in _SOURCE.sub("", text).split("\n"):
        whole = _read(_bare(line))
        parts = [line] if whole else [p for p in re.split(r"[（()）。]|\s{2,}", line) if p.strip()]
        for part in parts:
            found = _read(_bare(part)) if part.strip() else None
            if found:
                bylines.extend(found[0])
                credits.extend(found[1])
    return tuple(dict.fromkeys(bylines)), tuple(dict.fromkeys(credits))


def tail_signature(text: str) -> int | None:
    """Where a signature starts that stands at the end of a paragraph after its last full stop;
    None if there is none."""
    stop = max(text.rfind(mark, 0, len(text) - 1) for mark in "。！？”…")
    body, tail = text[: stop + 1], text[stop + 1 :]
    if len(tail) > _LONGEST:
        return None
    if stop < 0 or not tail.strip():
        bracket = re.compile(r"[（(][^（()）]{2,60}[）)][。.]?\s*\Z").search(text, max(0, len(text) - 70))
        if bracket and bracket.start() > 8 and is_signature(bracket[0]) and not _only_names(bracket[0]):
            return bracket.start()
        return None
    if is_signature(tail) and not _only_names(tail):
        return len(body) + len(tail) - len(tail.lstrip())
    return None


def ends_signed(text: str) -> bool:
    """Whether a paragraph ends in a signature, or in a name in brackets after its full stop: …。（张三）"""
    if tail_signature(text) is not None:
        return True
    return (bracket := _NAMED_END.search(text, max(0, len(text) - 30))) is not None and is_signature(bracket[1])


def _only_names(text: str) -> bool:
    tokens = _tokens(_bare(text))
    return bool(tokens) and all(token.kind == "name" for token in tokens or [])


# -- datelines ---------------------------------------------------------------------------------------------------------
def starts_dateline(text: str) -> bool:
    return _HEAD.match(text) is not None or dateline_end(text) > 0


def dateline_end(text: str) -> int:
    """Length of the dateline that a paragraph starts with, white space behind it not counted; 0 when there is none."""
    head = text[:_LONGEST]
    return len(head[: _dateline_end(head)].rstrip())


def _dateline_end(text: str) -> int:
    head = _HEAD.match(text)
    at = head.end() if head else 0
    if head:
        bracket = _BRACKET.match(text, at)
        if bracket and _read(_bare(bracket["inner"])):
            at = bracket.end()
            after = re.compile(r"\s*[:：]").match(text, at)
            return after.end() if after else at
    signed = _run_in(text, at, bool(head))
    if signed:
        return signed
    if not head:
        return _bracketed(text)
    after = re.compile(r"\s*[:：]").match(text, at)
    return after.end() if after else at


def _bracketed(text: str) -> int:
    """End of a byline in brackets that stands in front of the text: （通讯员 甲 摄影 乙）11月3日, …; 0 without one."""
    bracket = _BRACKET.match(text)
    if not bracket or not text[bracket.end() :].strip():
        return 0
    inner = _bare(bracket["inner"])
    given = _GIVEN.match(inner)
    sure = _ROLE.match(inner) is not None or (given is not None and given.end() == len(inner))
    return bracket.end() if sure and is_signature(inner) else 0


def _run_in(text: str, at: int, after_head: bool) -> int:
    """End of `记者 甲 通讯员 乙报道` in front of the text; names must be sure, since nothing closes them."""
    start = re.compile(rf"[\s{_BULLETS}：:]*").match(text, at)
    assert start is not None
    begin = at = start.end()
    ends = 0
    role = _ROLE.match(text, at)
    bulleted = any(mark in _BULLETS for mark in text[:begin])
    if not role or (not after_head and not (bulleted or text[at:].startswith("本"))):
        return 0
    while at < len(text):
        role = _ROLE.match(text, at)
        if role:
            at = role.end()
        gap = re.compile(r"[ \t\u3000\xa0、]*").match(text, at)
        assert gap is not None
        at = gap.end()
        name = _run_in_name(text, at)
        if name:
            at = ends = name
            continue
        report = _PLACE_REPORT.match(text, at)
        if report and ends:
            return report.end()
        if not _ROLE.match(text, at) or role:
            break
    spaced = ends and (ends == len(text) or text[ends] in " \t\u3000\xa0：:")
    return ends + (text[ends : ends + 1] in ("：", ":")) if spaced else 0


def _run_in_name(text: str, at: int) -> int:
    """End of one sure name at `at`: closed by a space, a 、, a colon, 报道 or the next role."""
    closed = r"(?=[ \t\u3000\xa0、：:]|\Z|综合报道|摄影报道|报道)"
    for pattern in (FOREIGN, rf"[{HAN}][ \u3000][{HAN}](?:[ \u3000][{HAN}])?", rf"[{HAN}]{{2,4}}?"):
        found = re.compile(f"(?:{pattern}){closed}").match(text, at)
        if found and is_name(re.sub(r"\s", "", found[0])):
            return found.end()
    for length in (2, 3):
        if is_name(text[at : at + length]) and _ROLE.match(text, at + length):
            return at + length
    return 0


def parse_dateline(text: str) -> tuple[str, tuple[Byline, ...]]:
    """Lead-in (本报讯, 新华社北京11月22日电; "" for a bare byline) and bylines of a dateline."""
    stripped = text.strip()
    head = _HEAD.match(stripped)
    lead_in = head[0].lstrip(_BULLETS + " \u3000") if head else ""
    rest = stripped[head.end() :] if head else stripped
    bylines, credits = parse_signature(re.sub(r"[:：]\s*\Z", "", re.sub(r"\A\s*[:：]", "", rest)))
    written = tuple(each for each in bylines if each.name)
    pictured = tuple(each for each in credits if each.name not in {name.name for name in written})
    return lead_in, written + pictured


def with_signatures(article: ArticleText) -> ArticleText:
    """The article with lead-in, bylines and credits read anew from its dateline, its signature and its captions."""
    lead_in, bylines = parse_dateline(article.dateline) if article.dateline else ("", ())
    signed, credits = parse_signature(article.signature) if article.signature else ((), ())
    for paragraph in article.body:
        tail = tail_signature(paragraph.text) if paragraph.part is Part.CAPTION else None
        if tail is not None:
            credits += parse_signature(paragraph.text[tail:])[1]
    if article.dateline:
        credits += tuple(each for each in _dateline_credits(article.dateline) if each not in credits)
    return replace(
        article,
        lead_in=lead_in,
        bylines=tuple(dict.fromkeys(bylines + signed)),
        credits=tuple(dict.fromkeys(credits)),
    )


def _dateline_credits(dateline: str) -> tuple[Byline, ...]:
    head = _HEAD.match(dateline.strip())
    return parse_signature(dateline.strip()[head.end() if head else 0 :])[1]
