"""Chinese surnames and what a signed name looks like: evidence for bylines, nothing more."""

import re

# Surnames in use, commonest first (about 99 % of the population), and the compound ones met in newspapers.
_BY_FREQUENCY = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程苏魏吕丁任沈姚卢姜崔钟"
    "谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐"
    "易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳"
    "管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵"
    "苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮"
    "粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈"
    "伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴"
    "昝智幸奉植衡富尧闭由"
)
SURNAMES = frozenset(_BY_FREQUENCY + "賀劉張陳楊黃趙吳孫馬鄭謝韓馮鄧蕭葉蘇盧鍾譚陸賈鄒龍顧錢嚴龔湯陽東")
COMMON = frozenset(_BY_FREQUENCY[:120])
_COMPOUND_LIST = (
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 "
    "申屠 公孙 "
    "慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 令狐 呼延 拓跋 轩辕 百里 东郭 南门 歐陽"
)
COMPOUND = frozenset(_COMPOUND_LIST.split())
HAN = "\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_DOTS = "·•・‧∙"
FOREIGN = rf"[{HAN}]{{1,10}}(?:[{_DOTS}][{HAN}]{{1,12}})+"  # 阿依古丽·买买提
LATIN = r"[A-Z][A-Za-z'.\-]*(?: [A-Z][A-Za-z'.\-]*){0,3}"
_WHOLE = re.compile(rf"(?:{FOREIGN}|{LATIN})\Z")

# Two or three characters that follow a dateline as if they were a name, and are none.
_NO_NAMES_LIST = "时下 时隔 明天 明年 明日 和平 全市 全国 全省 全区 全县 平安 成立 文明 文化 金秋 方便 连日来 连日 路上"
_NO_NAMES = frozenset(_NO_NAMES_LIST.split())


def has_surname(name: str) -> bool:
    return name[:1] in SURNAMES or name[:2] in COMPOUND


def is_name(name: str) -> bool:
    """Whether it looks like a person's name: surname first, two to four characters; or a name with · or in Latin."""
    if _WHOLE.match(name):
        return True
    if name in _NO_NAMES or not 2 <= len(name) <= 4 or not re.fullmatch(rf"[{HAN}]+", name):
        return False
    return name[:2] in COMPOUND or (has_surname(name) and len(name) <= 3)


def close_up(tokens: list[str]) -> list[str]:
    """Names set with inner spaces put together again: 张, 三 → 张三; 张, 小, 明 → 张小明; 张, 三,
    李, 四 → two names."""
    names: list[str] = []
    at = 0
    while at < len(tokens):
        if len(tokens[at]) != 1 or tokens[at] not in SURNAMES:
            compound = tokens[at] in COMPOUND and at + 1 < len(tokens) and len(tokens[at + 1]) == 1
            names.append("".join(tokens[at : at + 2]) if compound else tokens[at])
            at += 2 if compound else 1
            continue
        end = at + 1
        while end < len(tokens) and len(tokens[end]) == 1 and end - at < 3:
            if end - at == 2 and tokens[end] in COMMON and end + 1 < len(tokens) and len(tokens[end + 1]) == 1:
                break
            end += 1
        if end == at + 1 and end < len(tokens) and len(tokens[end]) == 2 and tokens[end][0] not in SURNAMES:
            end += 1  # 张 小明
        names.append("".join(tokens[at:end]))
        at = end
    return names
