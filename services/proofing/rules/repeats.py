"""Doubled words and marks, and words that are missing (报纸期刊质量管理规定: 多字、漏字, 1 each).

1. A function word doubled: 的的, 了了 …, with the phrases in which the doubling is right.
2. A word of two or more characters doubled; reduplication that is grammar is left alone.
3. The same item twice in a list: 复赛、复赛.
4. Marks doubled: ，， 。。 、，.
"""

import re
from collections.abc import Iterator

from models.values.finding import Tier
from services.proofing.contract import HAN, Find, Hit, Reading

# Phrases in which the doubled character is right; "~" is the doubled pair.
_SINGLE: dict[str, str] = {
    "的": "目~ ~确 ~士 打~ 标~ 有~放矢 鹄~ 众矢之~ 端~ 准~",
    "了": "为~解 ~解 ~然 ~之 ~却 ~无 ~一 得~ 不~ 小时~ 大~ 终~ 未~ 临~ 罢~ 末~ 除~ 受~ 私~",
    "是": "~非非 于~ 可~ 但~ 只~ 还~ 就~ 总~ 都~ 也~ ~否 国~ 求~ ~非 若~ 要~ 老~ 凡~ 正~ 便~",
    "在": "存~ 现~ 实~ 正~ 所~ 潜~ 内~ 外~ 自~ 旨~ 好~ 健~ 同~ ~于 ~校 ~职 ~建 ~线 ~读 ~册 ~岗 ~场 ~先 ~逃 ~编 ~家 ~理 ~野 ~内 ~外 ~座 ~途 ~押 ~世 ~位 ~任 ~意 ~乎 ~即 ~行 ~地 ~华 ~用",
    "和": "~睦 ~平 ~气 ~谐 ~美 ~好 ~解 ~善 平~ 温~ 总~ 共~ 柔~ 缓~ 饱~ 人~ 暖~ 谐~ 随~ 义~ 颐~ 祥~ 宪~ 大~ 永~ 雍~ 泰~ 中~ 调~ 讲~ 求~ 附~ 应~ ~约 ~田 ~县 ~龙 ~布克 ~尚 亲~ 言~ 求~ 兴~ 太~ 宜~ 敦~ 安~ 祥~ 协~",
    "与": "参~ 给~ 赋~ 授~ 赠~ 付~ 寄~ 施~ 让~ 干~ 投~ 交~ ~会 ~时 ~共 ~众 ~否 ~人 ~生 ~日 相~ 涉~ ~其 ~此 吾~",
    "为": "认~ 作~ 成~ 行~ 以~ 因~ 视~ 称~ 名~ 极~ 最~ 更~ 颇~ 尤~ 较~ 甚~ 所~ 无~ 有~ 变~ 改~ 定~ 转~ 分~ ~人 ~何 ~了 ~此 ~民 ~主 ~期 ~先 ~止 大~ 人~ 何~ 难~ 略~ 敢~ 能~ 不~ 妄~ 合~ 奉~ 化~ 设~ 沦~ 升~ 列~ 结~ 传~ 致~ 广~ 深~",
    "把": "一~ 两~ 三~ ~关 ~握 ~控 ~手 ~守 ~门 ~持 拖~ 火~ 手~ 车~ 刀~",
    "被": "棉~ ~子 ~告 ~动 ~褥 植~ ~单 ~害 ~选 ~征 ~保 ~套 ~申 ~执",
    "将": "~军 ~来 ~士 ~领 ~近 ~要 ~帅 ~官 即~ 必~ 行~ 大~ 上~ 中~ 少~ 名~ 老~ 干~ 麻~ 健~ 虎~ 女~ 闯~ ~心比心 主~ 武~ 强~ 良~ 部~ 点~ ~乐",
    "及": "以~ 涉~ 波~ 普~ 埃~ 触~ 提~ 顾~ 危~ 来不~ ~时 ~其 ~早 ~格 ~至 ~第 ~物 论~ 殃~ 企~ 旁~ 料~ 遍~ 累~ 比~ 所~ 力所能~ 赶不~ 等不~ 推~ 言~ 惠~ 不~ 述~ 谈~ 延~",
    "由": "理~ 自~ 缘~ 原~ 事~ 因~ ~于 ~来 ~此 ~衷 经~ 案~ 任~ 情~",
    "也": "",
    "就": "成~ 造~ 早~ 一~ ~业 ~近 ~地 ~是 ~职 ~学 ~医 ~餐 ~诊 ~任 ~绪 ~读 ~要 ~座 ~此 ~算 高~ 屈~ 迁~ 铸~ 俯~",
    "都": "首~ 成~ 古~ 京~ 大~ 国~ 旧~ ~市 ~会 ~城 ~江堰 ~督 ~匀 ~安 花~ 丰~ 昌~ 于~ 宁~ 帝~ 迁~ 建~ 定~ 陪~ 新~ 益~ 武~ 故~ 东~ 西~ 南~ 北~ 上~ 中~ 钢~ 陶~ 瓷~ 影~ 煤~ 水~ 酒~",
    "使": "大~ 天~ 公~ 行~ ~用 ~得 ~命 ~者 ~馆 ~劲 ~节 即~ 致~ 促~ 迫~ 驱~ 唆~ 指~ 假~ 出~ 支~ 役~ 特~ 差~ ~领 专~",
}
_SINGLE_PATTERNS = {
    word: tuple((phrase.index("~"), phrase.replace("~", word * 2)) for phrase in phrases.split())
    for word, phrases in _SINGLE.items()
}
_SURE = "的"


def single(reading: Reading) -> Iterator[Hit]:
    """A function word twice. 的的 is certain, the others are likely."""
    text = reading.text
    for word, phrases in _SINGLE_PATTERNS.items():
        at = text.find(word * 2)
        while at >= 0:
            end = at + 2
            tripled = text.startswith(word, end)
            legal = any(offset <= at and text.startswith(phrase, at - offset) for offset, phrase in phrases)
            if not legal and not tripled:
                yield Hit(start=at, end=end, suggestions=(word,), tier=None if word in _SURE else Tier.LIKELY)
            at = text.find(word * 2, end)


# Words of two characters that no sentence doubles on purpose.
_NEVER = frozenset(
    "我们 你们 他们 她们 它们 咱们 自己 职工 工会 会议 组织 单位 企业 群众 人民 社会 经济 政府 干部 党员 同志 记者 "
    "以及 通过 根据 关于 由于 因此 因为 所以 但是 可以 已经 正在 应当 应该 必须 需要 如果 虽然 而且 并且 或者 其中 "
    "同时 目前 近日 近年 此外 据悉 这个 那个 这些 那些 这样 那样 什么 怎么 没有 不是 就是 还是 也是 都是 仍然 依然 "
    "问题 工作 方面 情况 条件 水平 能力 质量 标准 制度 政策 措施 项目 工程 技术 科技 创新 教育 文化 卫生 医疗 服务 "
    "管理 建设 发展 改革 开放 安全 生产 市场 产业 农业 工业 农村 城市 地区 区域 全国 国家 中央 地方 世界 国际 时代 "
    "领导 主席 书记 部长 主任 局长 负责 成员 代表 委员 专家 教授 学生 教师 医生 护士 患者 居民 农民 工人 市民 进行 "
    "开展 实施 推进 推动 促进 加强 提高 提升 完善 实现 成为 作为 具有 包括 参加 参与 举办 召开 举行 出席 获得 取得 "
    "得到 受到 达到 表示 指出 强调 认为 介绍 报道 宣传 贯彻 落实 坚持 围绕 聚焦 深入 积极 认真 切实 努力 不断 全面 "
    "进一步 为了 对于 成立 设立 位于 来自 按照 依据 依法 有关 相关 规定 要求 内容 方式 方法 目标 任务 责任 义务 权利".split()
)
# Words of two characters that are doubled by grammar: verbs for a short while, adjectives, adverbs.
_OFTEN = frozenset(
    "研究 讨论 商量 考虑 休息 学习 锻炼 活动 了解 介绍 打听 收拾 打扫 整理 琢磨 体验 感受 体会 尝试 比较 参考 观察 "
    "欣赏 放松 享受 庆祝 照顾 帮助 关心 教育 批评 表扬 鼓励 安慰 打扮 准备 检查 分析 总结 交流 沟通 调查 调研 宣传 "
    "合计 盘算 溜达 走动 意思 商议 考察 品尝 回忆 回顾 评论 评价 辅导 指导 指点 点拨 提醒 温习 复习 练习 演练 清理 "
    "清洗 打理 修理 修改 改进 联系 联络 磨合 切磋 比划 比试 试验 实验 思考 反思 反省 斟酌 掂量 权衡 参观 参谋 高兴 "
    "热闹 凉快 暖和 漂亮 痛快 轻松 风光 快乐 亲热 舒服 明白 清楚 一个 一次 一步 一天 一点 一遍 一层 一年 一代 很多 "
    "许多 非常 特别 十分 好多 多少 谢谢 再见 加油 努力 恭喜 欢迎 哈哈 呵呵 哗啦 叮咚 叮当 咕咚 扑通 滴答 轰隆 噼啪 "
    "叽喳 嘀嗒 咚咚 好好 慢慢 渐渐 刚刚 仅仅 常常 天天 年年 人人 处处 事事 时时 彼此 往来 来往 上下 进出 反复 永远 "
    "快点 快快 不要 不行 不是 知道 等等 打打 试试 看看 听听 想想".split()
)
_PAIR = re.compile(rf"([{HAN}]{{2}})\1(?!\1)")


def pair(reading: Reading) -> Iterator[Hit]:
    """A two-character word twice."""
    for match in _PAIR.finditer(reading.text):
        word = match[1]
        if word[0] == word[1] or word in _OFTEN or "一" in word or word[0] in "零二三四五六七八九十百千万亿〇":
            continue
        if word in _NEVER:
            yield Hit(start=match.start(), end=match.end(), suggestions=(word,))
        else:
            yield Hit(start=match.start(), end=match.end(), suggestions=(word,), tier=Tier.HINT)


_PHRASE = re.compile(rf"([{HAN}]{{3,12}}?)\1")


def phrase(reading: Reading) -> Iterator[Hit]:
    """Three characters or more twice, such as a line set twice."""
    for match in _PHRASE.finditer(reading.text):
        words = match[1]
        half = len(words) // 2
        if len(set(words)) < 3 or words.startswith("一") or words == words[:half] * 2:
            continue
        yield Hit(start=match.start(), end=match.end(), suggestions=(words,))


_LIST = re.compile(rf"[{HAN}A-Za-z0-9“”‘’《》〈〉·]+(?:、[{HAN}A-Za-z0-9“”‘’《》〈〉·]+)+")
_TAIL = re.compile("等|的|和|及|以及|与|或")


def in_list(reading: Reading) -> Iterator[Hit]:
    """An item that stands twice in a list with 、. The first and last item may have other words around them."""
    for match in _LIST.finditer(reading.text):
        items: list[tuple[str, int]] = []
        at = match.start()
        for item in match.group().split("、"):
            items.append((item, at))
            at += len(item) + 1
        yield from _repeated_items(items)


def _repeated_items(items: list[tuple[str, int]]) -> Iterator[Hit]:
    seen: dict[str, int] = {}
    for number, (item, at) in enumerate(items):
        last = number == len(items) - 1
        core = _core(item, seen) if last else item
        if len(core) >= 2 and core in seen:
            before = seen[core]
            beside = items[number - 1][0] == core
            start = before if beside else at - 1
            words = core if beside else ""
            yield Hit(
                start=start,
                end=at + len(core),
                suggestions=(words,),
                related=((before, before + len(core)),),
                values={"item": core},
            )
        else:
            seen[item] = at


def _core(item: str, seen: dict[str, int]) -> str:
    """The last item without what follows it: 复赛的层层选拔 → 复赛, where 复赛 was seen before."""
    for word in sorted(seen, key=len, reverse=True):
        if item == word or (item.startswith(word) and _TAIL.match(item, len(word))):
            return word
    return item


_MARKS = (
    (re.compile("[，,]{2,}"), "，", None),
    (re.compile("、{2,}"), "、", None),
    (re.compile("(?<!。)。。(?!。)"), "。", None),
    (re.compile("[；;]{2,}"), "；", None),
    (re.compile("[：:]{2,}"), "：", None),
    (re.compile("，、|、，"), "，", Tier.LIKELY),
    (re.compile("[，、；]。"), "。", None),
    (re.compile("。[，、；]"), "。", Tier.LIKELY),
    (re.compile("[，、：]；|；[，、]"), "；", Tier.LIKELY),
    (re.compile("：[，、。]|[，、]："), "：", Tier.LIKELY),
)


def marks(reading: Reading) -> Iterator[Hit]:
    """Marks doubled or one too many."""
    for pattern, fix, tier in _MARKS:
        for match in pattern.finditer(reading.text):
            if not reading.foreign.touches(*match.span()):
                yield Hit(start=match.start(), end=match.end(), suggestions=(fix,), tier=tier)


TABLE: tuple[tuple[str, Find], ...] = (
    ("repeats.single", single),
    ("repeats.pair", pair),
    ("repeats.phrase", phrase),
    ("repeats.list", in_list),
    ("repeats.marks", marks),
)
