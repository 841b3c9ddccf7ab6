"""A run of heading lines → slogans, kicker 引题, headline 主题, deck 副题, by what the lines say; marks are hints only.

A kicker tells the occasion (…大会召开) over a headline that tells the point. A deck adds detail under a
headline. A slogan
口号 tells no event, has parallel halves, and no text of its own before the next heading. Page recognition
often inverts the
levels, so a level outweighs the words only when a line has no words of either kind.
"""

import re
from dataclasses import dataclass

from models.values.article_text import Part
from services.intake.paragraphs import Item
from services.intake.seams import glue, runs_on
from services.intake.shapes import TIME, is_numbered, tells_event, tells_happening, width
from services.intake.traced import Traced, join_with

_EXHORTING = re.compile(
    r"深入|贯彻|学习|弘扬|奋力|奋进|奋斗|建功|喜迎|庆祝|热烈|团结|凝心|聚力|凝聚|开拓|新局面|新征程|新时代|新篇章|不忘初心|牢记|使命|坚持|坚定|高举|"
    r"踔厉|砥砺|争做|共建|共筑|共创|推动|谱写|担当|致敬|向.{2,12}学习|祝|欢迎|精神|伟大|旗帜|精心|全力|努力|安全第一|百年|再创|携手|同心|筑梦|实干"
    r"|以.{1,3}促.|促发展|强技能|立新功|建新功|谱新|展风采|展作为|勇立|再立|再上|聚力|护航"
)
_SERIES = re.compile(r"(?:[·•]|之|[（(])[一二三四五六七八九十\d]{1,3}[)）]?\Z|系列报道|连载\Z|专栏\Z")
_DASH = re.compile(r"\s*(?:——|—|──|－－|--)")
_KICKER_END = re.compile(
    r"(?:强调|指出|要求|表示|提出|认为|召开|举行|启动|闭幕|开幕|落幕|举办|成立|揭晓|会议|大会|座谈会|推进会|时)[：:，,]?\Z"
)

_SUBJECT = re.compile(
    r"(?:总工会|工会|公司|集团|街道|社区|学校|大学|学院|小学|中学|医院|中心|协会|委员会|局|厂|矿|镇|乡|村|区|县|市"
    r"|大赛|比赛|活动|运动会|论坛|职工)\Z"
)
_PREDICATE = re.compile(
    r"为|在|向|对|与|把|让|将|获|荣|送|办|建|开展|举办|举行|组织|启动|召开|走访|慰问|成立|携手|深入|推进|推出|推动|打造|助力"
    r"|揭晓|落幕|圆满|全面|积极"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a run of heading lines says. `unsure` when another reading was nearly as good."""

    kicker: Traced | None = None
    headline: Traced | None = None
    deck: Traced | None = None
    unsure: bool = False


def halves(text: str) -> tuple[str, ...]:
    """The parts of a line between spaces or after an exclamation mark."""
    return tuple(part for part in re.split(r"[\s\u3000]+|(?<=[！!])", text.strip()) if part)


def is_slogan(text: str) -> bool:
    """Parallel halves of an exhortation, and no event told."""
    parts = halves(text)
    if tells_happening(text) or TIME.search(text) or is_numbered(text) or "“" in text[:1]:
        return False
    lengths = [len(part) for part in parts]
    if not 2 <= len(parts) <= 4 or min(lengths) < 4 or max(lengths) > 24:
        return False
    parallel = max(lengths) - min(lengths) <= (2 if len(parts) == 2 else 3)
    calls = sum(_EXHORTING.search(part) is not None for part in parts)
    return calls == len(parts) or (parallel and calls > 0)


def split_slogans(run: list[Item], *, many: bool, page_top: bool) -> tuple[list[Item], list[Item]]:
    """(slogan lines, heading lines). A slogan needs a heading after it; `many`: the page has several articles."""
    slogans: list[Item] = []
    rest = list(run)
    while len(rest) > 1 and rest[0].label is None and _slogan_first(rest, many=many, page_top=page_top):
        slogans.append(rest.pop(0))
    return slogans, rest


def _slogan_first(rest: list[Item], *, many: bool, page_top: bool) -> bool:
    first, second = rest[0].text.text, rest[1].text.text
    if _DASH.match(second):
        return False
    if is_slogan(first):
        # In a single manuscript the same words over a headline are its kicker.
        return many or len(rest) > 2 or (page_top and rest[0].look.level == 1 and rest[1].look.level > 1)
    bold_call = _EXHORTING.search(first) and not tells_event(first) and not TIME.search(first)
    return bool(
        page_top and many and len(rest) > 2 and bold_call and rest[0].gap + rest[1].gap > 0 and _set_apart(rest)
    )


def _set_apart(rest: list[Item]) -> bool:
    """The first line's level is the highest of the run and the rest is complete without it."""
    levels = [item.look.level or 9 for item in rest]
    return levels[0] <= min(levels[1:]) and levels[0] < max(levels[1:])


def heading_of(run: list[Item]) -> Heading:
    """Kicker, headline and deck of a run (slogans taken off)."""
    if not run:
        return Heading()
    if any(item.label for item in run):
        return _labelled(run)
    lines = _rejoined(run)
    if len(lines) == 1:
        return Heading(headline=lines[0].text)
    at, unsure = _headline_at(lines)
    before, after = [line.text for line in lines[:at]], [line.text for line in lines[at + 1 :]]
    return Heading(
        kicker=_together(before),
        headline=lines[at].text,
        deck=_together(after),
        unsure=unsure or len(before) > 1 or len(after) > 1,
    )


def _together(lines: list[Traced]) -> Traced | None:
    return join_with((line, " ") for line in lines) if lines else None


def _labelled(run: list[Item]) -> Heading:
    found: dict[Part, Traced] = {}
    for item in run:
        part = item.label or (Part.DECK if Part.HEADLINE in found else Part.KICKER)
        if part is Part.DECK and Part.HEADLINE in found and Part.DECK in found and not item.label:
            continue
        found[part] = join_with([(found[part], " "), (item.text, "")]) if part in found else item.text
    if Part.HEADLINE not in found:
        first = next(iter(found))
        found[Part.HEADLINE] = found.pop(first)
    return Heading(kicker=found.get(Part.KICKER), headline=found[Part.HEADLINE], deck=found.get(Part.DECK))


def _rejoined(run: list[Item]) -> list[Item]:
    """Two lines of one look that are halves of one headline put together again."""
    lines = [run[0]]
    for item in run[1:]:
        last = lines[-1]
        before, after = last.text.text, item.text.text
        same = last.look.level == item.look.level and abs(last.look.size - item.look.size) < 0.6
        near = same and width(before + after) <= 60 and item.gap <= 1 and not _DASH.match(after)
        if near and (_one_sentence(before, after) or runs_on(before, after)):
            text = join_with([(last.text, glue(before, after)), (item.text, "")])
            lines[-1] = Item(last.kind, text, (), last.look, last.gap, last.parted, last.label)
        else:
            lines.append(item)
    return lines


def _one_sentence(before: str, after: str) -> bool:
    """A bare subject and its predicate: 东湖区总工会 / 为女职工送健康."""
    subject = _SUBJECT.search(before) is not None and width(before) <= 16 and not tells_event(before[:-3])
    return subject and _PREDICATE.match(after) is not None


def _headline_at(lines: list[Item]) -> tuple[int, bool]:
    """Which line is the headline: the best sum of evidence over the possible readings."""
    scores = []
    for at in range(min(len(lines), 3)):
        score = _size_score(lines, at)
        score += sum(_kicker_score(lines[i], lines[at]) for i in range(at))
        score += sum(_deck_score(lines[i], lines[at]) for i in range(at + 1, len(lines)))
        score -= 1.5 * max(0, at - 1) + 1.0 * max(0, len(lines) - at - 2)
        scores.append((score, -at))
    ranked = sorted(scores, reverse=True)
    return -ranked[0][1], ranked[0][0] - ranked[1][0] < 1.0


def _size_score(lines: list[Item], at: int) -> float:
    """How far the look of a line sets it above the others: size counts most, then a mark, then its level."""
    mine = lines[at].look
    score = 0.0
    for i, line in enumerate(lines):
        if i == at:
            continue
        if mine.size and line.look.size and abs(mine.size - line.look.size) >= 1:
            score += 3.0 if mine.size > line.look.size else -3.0
        elif bool(mine.level) != bool(line.look.level):
            score += 2.5 if mine.level else -2.5
        elif mine.level != line.look.level:
            score += 0.8 if mine.level < line.look.level else -0.8
    return score / (len(lines) - 1)


def _kicker_score(line: Item, headline: Item) -> float:
    """For `line` standing over `headline`."""
    text, main = line.text.text, headline.text.text
    score = 0.0
    if _KICKER_END.search(text):
        score += 2.0
    elif tells_happening(text):
        score += 1.0
    if tells_happening(main) and not tells_happening(text):
        score += 0.5 if is_slogan(text) else -0.5
    if tells_happening(main) and tells_happening(text):
        score -= 1.0
    if _DASH.match(main):
        score -= 5.0
    if text.endswith(("：", ":", "，", ",")):
        score += 2.0
    if _SERIES.search(text):
        score += 2.0
    if width(text) <= 6 and width(main) >= 9 and not tells_event(text):
        score += 2.0  # the name of a column of pieces: 一线声音
    return score


def _deck_score(line: Item, headline: Item) -> float:
    """For `line` standing under `headline`."""
    text, main = line.text.text, headline.text.text
    score = 0.3  # a headline alone at the top is the common case
    if _DASH.match(text):
        score += 5.0
    if width(text) > width(main) + 3:
        score += 0.8
    if tells_happening(text) and not tells_happening(main):
        score += 0.6
    if _KICKER_END.search(main) and not tells_happening(text):
        score -= 1.0
    if re.search(r"\d", text) and not re.search(r"\d", main):
        score += 0.5
    if text.startswith(("邀请", "近", "共", "推动", "打造", "首批", "聚焦", "旨在", "让", "助力")):
        score += 0.4
    return score
