"""Grammar of datelines and signatures (newsroom practice: 讯头, 电头, 署名, 图片来源)."""

import pytest

from models.values.article_text import ArticleText, Byline, Paragraph, Part
from services.intake.bylines import (
    dateline_end,
    is_signature,
    parse_dateline,
    parse_signature,
    tail_signature,
    with_signatures,
)


def pairs(signed: tuple[Byline, ...]) -> str:
    return " ".join(f"{each.role}={each.name}" for each in signed)


@pytest.mark.parametrize(
    ("text", "bylines", "credits"),
    [
        ("本报记者 任小洁 通讯员 曹小薇 文 东湖大学宣传部供图", "记者=任小洁 通讯员=曹小薇", "供图=东湖大学宣传部"),
        ("通讯员 赵小龙 摄影报道", "通讯员=赵小龙", "摄影报道=赵小龙"),
        ("本报记者 张 三 李四 文/摄", "记者=张三 记者=李四", "文/摄=张三 文/摄=李四"),
        ("文/张三 图/李四", "文=张三", "图=李四"),
        ("■本报记者 王小明", "记者=王小明", ""),
        ("（本报记者 王小明 摄）", "记者=王小明", "摄=王小明"),
        ("（责任编辑：张三 校对：李四）", "", "责任编辑=张三 校对=李四"),
        ("摄影：王五", "", "摄影=王五"),
        ("阿依古丽·买买提 供图", "", "供图=阿依古丽·买买提"),
        ("见习记者 欧阳明 实习生 张小花 综合报道", "见习记者=欧阳明 实习生=张小花", ""),
        ("本报记者任洁通讯员曹薇摄影报道", "记者=任洁 通讯员=曹薇", "摄影报道=任洁 摄影报道=曹薇"),
        ("图/文 本报记者 陈一", "记者=陈一", "图/文=陈一"),
        ("受访者供图", "", "供图=受访者"),
        ("图片由东湖区总工会提供", "", "供图=东湖区总工会"),
        ("特约记者 张 小 明 李 四", "特约记者=张小明 特约记者=李四", ""),
        ("本报记者 张三 摄影 李四", "记者=张三", "摄影=张三 摄影=李四"),
        ("作者：张 三", "作者=张三", ""),
        ("全媒体记者 司马青 通讯员 何 花", "全媒体记者=司马青 通讯员=何花", ""),
    ],
)
def test_signatures(text: str, bylines: str, credits: str) -> None:
    assert is_signature(text)
    signed, credited = parse_signature(text)
    assert (pairs(signed), pairs(credited)) == (bylines, credits)


@pytest.mark.parametrize(
    "text", ["记者走基层", "记者手记", "张三", "东湖区总工会举办活动", "记者节里话记者", "图书", ""]
)
def test_no_signatures(text: str) -> None:
    assert not is_signature(text)


@pytest.mark.parametrize(
    ("paragraph", "dateline", "lead_in", "bylines"),
    [
        ("本报讯 (记者 盛小丽) 5月18日上午,东湖", "本报讯 (记者 盛小丽)", "本报讯", "记者=盛小丽"),
        (
            "新华社北京11月22日电（记者 张三、李四）近日",
            "新华社北京11月22日电（记者 张三、李四）",
            "新华社北京11月22日电",
            "记者=张三 记者=李四",
        ),
        ("本报讯 记者 王五报道 近日", "本报讯 记者 王五报道", "本报讯", "记者=王五"),
        ("本报讯 记者王五报道：近日", "本报讯 记者王五报道：", "本报讯", "记者=王五"),
        ("本报讯 近日，某地", "本报讯", "本报讯", ""),
        ("本报讯近日", "本报讯", "本报讯", ""),
        ("■本报记者 王五 李四 近日，", "■本报记者 王五 李四", "", "记者=王五 记者=李四"),
        ("本报北京5月18日电 记者 张 三 今天", "本报北京5月18日电 记者 张 三", "本报北京5月18日电", "记者=张三"),
        ("本报记者 王五 北京报道 近日", "本报记者 王五 北京报道", "", "记者=王五"),
        ("本报讯 （记者 阿不都·热西提） 近", "本报讯 （记者 阿不都·热西提）", "本报讯", "记者=阿不都·热西提"),
    ],
)
def test_datelines(paragraph: str, dateline: str, lead_in: str, bylines: str) -> None:
    found = paragraph[: dateline_end(paragraph)]
    assert found == dateline
    head, signed = parse_dateline(found)
    assert (head, pairs(signed)) == (lead_in, bylines)


@pytest.mark.parametrize(
    "text", ["本报记者王五昨日从电力公司获悉", "本报通讯员", "本报电话已改", "王五报道", "记者 王五 近日"]
)
def test_no_datelines(text: str) -> None:
    assert dateline_end(text) == 0


def test_signature_at_the_end_of_a_paragraph() -> None:
    text = "营造浓厚的健身氛围。 通讯员 赵小龙 摄影报道"
    at = tail_signature(text)
    assert at is not None
    assert text[at:] == "通讯员 赵小龙 摄影报道"
    assert tail_signature("举行（以下简称“大会”）") is None
    assert tail_signature("他说。张三走了") is None


def test_derived_again() -> None:
    article = ArticleText(
        headline="某事",
        dateline="本报讯（记者 张三）",
        signature="李四 供图",
        body=(Paragraph(text="图为现场。 王五 摄", part=Part.CAPTION),),
    )
    derived = with_signatures(article)
    assert derived.lead_in == "本报讯"
    assert pairs(derived.bylines) == "记者=张三"
    assert pairs(derived.credits) == "供图=李四 摄=王五"
    assert with_signatures(derived) == derived
