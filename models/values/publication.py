"""Publication 出版物: what kind of paper it is in law, its name and numbers, its people. First setting of a newsroom.

A newspaper with a CN number and an internal publication with a 准印证 have opposite rules
(内部资料性出版物管理办法, 2015, arts. 14-15: no 报 in the name, no 本报, no 记者, permit number on the front).
"""

from dataclasses import dataclass, field
from enum import StrEnum

from models.values.press import PressSettings


class Profile(StrEnum):
    NEWSPAPER = "newspaper"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    name: str
    profile: Profile = Profile.NEWSPAPER
    number: str = ""  # CN 11-0000, or the 准印证 number
    sponsor: str = ""  # 主管主办
    publisher: str = ""  # 出版/编印单位
    home_city: str = ""  # 北京: 市总工会 means 北京市总工会
    address: str = ""
    printer: str = ""
    price: str = ""
    template: str = "tabloid"  # name of the page template (resources/grids)
    staff: tuple[str, ...] = ()  # reporters
    contributors: tuple[str, ...] = ()  # 通讯员
    press: PressSettings = field(default_factory=PressSettings)
