"""权限: what each role may do, as a table. Asked in one place, `Bench.permit`; the window shows the same answers.

A store without people (services/desk/people) belongs to one editor, who may do everything.
"""

from enum import StrEnum


class Role(StrEnum):
    REPORTER = "reporter"  # 记者
    EDITOR = "editor"  # 编辑
    CHIEF = "chief"  # 主编
    PROOFREADER = "proofreader"  # 校对
    LAYOUT = "layout"  # 美编


class Action(StrEnum):
    TAKE_IN = "take_in"  # manuscripts and pictures into the store
    EDIT = "edit"  # the words of an article
    SETTLE = "settle"  # let findings stand in one article
    HOUSE = "house"  # the house's own words, rules and waivers
    TAG = "tag"  # mentions of an article
    NAMES = "names"  # the authority file
    PLAN = "plan"  # page plans
    ISSUE = "issue"  # issues and their pages
    EXPORT = "export"
    PAPER = "paper"  # publications
    PEOPLE = "people"


A = Action
PERMISSIONS: dict[Role, frozenset[Action]] = {
    Role.REPORTER: frozenset({A.TAKE_IN, A.EDIT}),
    Role.EDITOR: frozenset({A.TAKE_IN, A.EDIT, A.SETTLE, A.TAG, A.NAMES, A.PLAN, A.ISSUE, A.EXPORT}),
    Role.CHIEF: frozenset(Action),
    Role.PROOFREADER: frozenset({A.EDIT, A.SETTLE, A.HOUSE, A.TAG, A.NAMES}),
    Role.LAYOUT: frozenset({A.TAKE_IN, A.PLAN, A.ISSUE, A.EXPORT}),
}
EVERYTHING = frozenset(Action)
