"""An invented page for the tests of the layout: three articles, the faces of the wheel alone."""

import datetime

from models.values.article_text import ArticleText, Byline, Form, Paragraph, Part
from models.values.ids import ArticleId
from models.values.issue import Folio
from models.values.plan import FramePlan, HeadingPlan, PagePlan, PicturePlan
from models.values.template import FontRole
from services.fonts.catalogue import Catalogue
from services.fonts.scan import scan, wheel_folder

_folder = wheel_folder()
FONTS = Catalogue(scan([_folder] if _folder else []).faces)
LEAD, PHOTO, SHORT = ArticleId(1), ArticleId(2), ArticleId(3)

ARTICLES = {
    LEAD: ArticleText(
        kicker="江南市总工会十届三次全会召开",
        headline="让每一名劳动者都有所依靠",
        deck="今年将新建“暖心驿站”120个",
        dateline="本报讯（记者 甲小乙）",
        lead_in="本报讯",
        bylines=(Byline(role="记者", name="甲小乙"),),
        body=(
            Paragraph(
                text="3月18日上午，江南市总工会召开十届三次全体会议，总结2025年工作，部署2026年重点任务。市总工会"
                "主席丙丁出席会议并讲话。"
            ),
            Paragraph(
                text="会议指出，过去一年，全市各级工会坚持以职工为中心，建成“暖心驿站”236个，服务户外劳动者超过"
                "10万人次；举办技能比赛58场，参赛职工同比增长近60%。"
            ),
            Paragraph(text="把服务送到身边", part=Part.CROSSHEAD),
            Paragraph(
                text="“驿站里有热水、有微波炉，夏天还有绿豆汤。”外卖骑手戊先生说。会议提出，今年将再建120个站点，"
                "并与社区卫生服务中心合作，定期开展义诊——让户外劳动者累能歇脚、渴能喝水、病能问医……"
            ),
        ),
    ),
    PHOTO: ArticleText(
        headline="千人健步迎“五一”",
        body=(
            Paragraph(
                text="近日，江南市纺织集团工会组织职工沿滨江绿道健步行走，全程6公里，1200多名职工参加，现场气氛热烈。"
            ),
        ),
        signature="通讯员 己庚 摄影报道",
        form=Form.PHOTO,
        bylines=(Byline(role="通讯员", name="己庚"),),
    ),
    SHORT: ArticleText(
        headline="城东区为一线职工免费体检",
        dateline="本报讯（通讯员 辛壬）",
        lead_in="本报讯",
        bylines=(Byline(role="通讯员", name="辛壬"),),
        body=(
            Paragraph(
                text="近日，城东区总工会启动一线职工免费体检活动，首批860名环卫、快递、建筑行业职工将在4家医院接受"
                "检查，项目包括心电图、胸片等12项。"
            ),
            Paragraph(text="据了解，这项活动已连续开展5年，累计服务职工3900余人次。"),
        ),
    ),
}

FOLIO = Folio(
    publication="江南职工报",
    date=datetime.date(2026, 3, 20),
    page_number=2,
    page_name="工会新闻",
    editors=(("责任编辑", "癸甲"), ("校对", "子丑")),
)

PLAN = PagePlan(
    number=2,
    template="tabloid",
    name="工会新闻",
    slogan="弘扬劳模精神 凝聚奋进力量",
    frames=(
        FramePlan(
            article=LEAD, column=0, row=3, columns=4, rows=17, heading=HeadingPlan(size=33, role=FontRole.SONG_BLACK)
        ),
        FramePlan(
            article=PHOTO,
            column=4,
            row=3,
            columns=2,
            rows=17,
            heading=HeadingPlan(size=18.5, role=FontRole.KAI),
            picture=PicturePlan(rows=10),
            rule_left=True,
        ),
        FramePlan(
            article=SHORT,
            column=0,
            row=21,
            columns=3,
            rows=12,
            heading=HeadingPlan(size=24, role=FontRole.HEI_BOLD, lines=2),
            tint=True,
            rule_above=True,
        ),
    ),
)
