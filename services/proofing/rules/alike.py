"""Characters of given names and surnames that are mixed up in typing: the same sound or nearly the same shape."""

from collections.abc import Mapping
from types import MappingProxyType

_GROUPS = (
    "君军均钧俊峻骏筠珺 丽莉利立力莅 伟玮炜纬卫维 敏闽民珉旻 静靖婧菁晶精京 晓小筱笑孝 明铭鸣茗名 红虹宏洪鸿弘泓 "
    "建健剑 华桦骅 兰岚蓝 平萍苹坪 文雯纹 芳方舫 英瑛莹颖盈影 霞侠 佳嘉家加 琳林霖临淋 杰捷洁婕 辉晖挥徽惠慧卉蕙 "
    "燕艳雁彦嫣 志智治致芝之 玉钰育裕煜昱誉 张章彰 李黎 陈程成城诚承 刘柳 吴武伍 王汪旺 徐许旭 余于俞喻 何贺和 "
    "蒋姜江 罗骆 朱诸竹 曹草 任仁 振震镇 龙隆 思斯丝 远元媛源园圆 远运 薇微维威 盛胜圣生升 金今津锦进晋 春椿 强蔷 "
    "永勇咏泳 国帼 云芸韵 梅玫媚 雪学 涛滔韬 磊蕾雷 超朝 波博勃 峰锋丰枫凤风 飞菲霏妃 宇雨羽禹语 新欣鑫馨心昕 清青卿 "
    "祥翔详 义艺毅怡宜仪 荣蓉容融 秀绣 珍真贞臻 娟涓鹃 凯楷恺 亮良 阳杨洋扬 东冬栋 莲连廉 贵桂 仲忠中钟 庆卿 "
    "德得 福富 全权泉 喜熹禧 延妍言岩研 子梓紫 一依伊 可珂 然冉 希曦晞西 萌蒙 帅率 坤昆 亚娅雅 娜那 莎沙 倩茜 璐露路 "
    "瑞睿锐蕊 涵晗函寒 轩宣萱 浩皓昊灏 泽择 奕弈亦逸 曼蔓 丹单 群裙 珠朱 芬纷 顺舜 万婉宛 树书淑 根耕 兴星 才财材 "
    "少绍邵 化花 友有 巧乔 爱艾 士仕世 天添田 大达 正政征 洲舟周 茂懋 尤优 苏素 傅付 肖萧 阎闫 戴代 候侯 岳月 己已 "
    "日曰 未末 士土 天夭 干千 王玉 刚钢 析祈 准淮 茶荼 恩思 翟瞿 沈沉 冼洗 邢刑 郝赫 柏伯 庞宠 载戴 "
    "祺琪棋 彬斌宾 迪笛 璇旋 颉 屹毅 翠萃"
)


def _table() -> Mapping[str, frozenset[str]]:
    same: dict[str, set[str]] = {}
    for group in _GROUPS.split():
        for character in group:
            same.setdefault(character, set()).update(group)
    return MappingProxyType({character: frozenset(others) for character, others in same.items()})


_SAME = _table()


def alike(one: str, other: str) -> bool:
    """Whether two different characters are taken for each other in names."""
    return one != other and other in _SAME.get(one, ())


def variants(character: str) -> str:
    """The characters that this one is taken for."""
    return "".join(sorted(_SAME.get(character, frozenset()) - {character}))
