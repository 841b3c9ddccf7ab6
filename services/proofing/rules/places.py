"""Places: a city under the wrong province, a county-level city under the wrong prefecture, regions with wrong names.

The table of the pack holds `浙江 = 杭州 宁波 …` lines: provinces and their prefecture cities, then prefectures and
their county-level cities.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from services.proofing.contract import Find, Hit, Reading

_MUNICIPAL = ("北京", "上海", "天津", "重庆")
_REGIONS = {
    "广西": "广西壮族自治区",
    "内蒙古": "内蒙古自治区",
    "宁夏": "宁夏回族自治区",
    "新疆": "新疆维吾尔自治区",
    "西藏": "西藏自治区",
}


def _lines(words: str) -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for line in words.splitlines():
        name, _, below = line.partition("=")
        if below.strip():
            table.setdefault(name.strip(), []).extend(below.split())
    return table


def _titles(name: str) -> str:
    """The name with its title, as printed: 浙江省, 广西壮族自治区."""
    return _REGIONS.get(name, f"{name}市" if name in _MUNICIPAL else f"{name}省")


def hierarchy(table: Mapping[str, Any]) -> Find:
    """`江苏省杭州市`, `江苏杭州市`, `杭州市义乌市`: the upper name right before the lower one."""
    above: dict[str, set[str]] = {}
    upper: set[str] = set()
    for words in (str(table["provinces"]), str(table["cities"])):
        for name, lower in _lines(words).items():
            upper.add(name)
            for one in lower:
                above.setdefault(one, set()).add(name)
    lower_names = "|".join(sorted(above, key=len, reverse=True))
    upper_names = "|".join(sorted(upper, key=len, reverse=True))
    pattern = re.compile(
        rf"(?P<upper>{upper_names})(?P<title>省|市|自治区|壮族自治区|回族自治区|维吾尔自治区)?"
        rf"(?P<lower>{lower_names})(?P<kind>市|地区|盟|州|县|区)?"
    )
    provinces = _lines(str(table["provinces"]))

    def find(reading: Reading) -> Iterator[Hit]:
        for match in pattern.finditer(reading.text):
            right = above[match["lower"]]
            if match["upper"] in right or match["upper"] == match["lower"]:
                continue
            if not match["title"] and (match["upper"] not in provinces or match["kind"] != "市"):
                continue  # 上海南京路, 海南昌江
            if match["kind"] not in ("市", None) or (match["title"] in ("市", None) and match["kind"] != "市"):
                continue
            if match["upper"] in _MUNICIPAL and match["kind"] != "市":
                continue
            names = [_titles(one) if one in provinces else f"{one}市" for one in sorted(right)]
            fixes = tuple(f"{name}{match['lower']}{match['kind'] or ''}" for name in names)
            values = {"lower": match["lower"], "upper": "、".join(names)}
            yield Hit(start=match.start(), end=match.end(), suggestions=fixes, values=values)

    return find


WITH_WORDS = (("places.hierarchy", hierarchy),)
