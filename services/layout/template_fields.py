"""What an editor may change in a page template, field by field: a form is built from `describe`, each answer goes
through `change`, which gives the new template or says in plain words why not.

Lengths are points inside and millimetres in the form, type sizes are points. Nothing is stored here (`templates`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from math import isfinite

from models.values.template import FontRole, PageTemplate, Prohibition, TypeStyle
from services.config.errors import UserError
from services.config.messages import text as message
from services.layout.pull_quote import STYLE as QUOTE_STYLE
from services.layout.templates import COUNTS, LENGTHS, checked
from services.layout.word_setter import STYLES

MM = 72 / 25.4
_MM_FIELDS = frozenset({"width", "height", "left", "top", "column_width", "gutter", "bleed", "folio_top"})
_EM_FIELDS = frozenset({"gap", "indent"})
_RUNNING = ("byline", "lead_in", "crosshead", "kicker", "deck")
_SIZES, _LEADINGS = (4.0, 200.0), (4.0, 300.0)
_STEPS = (8.0, 200.0)


class FieldKind(StrEnum):
    """How a field is asked for: a number, one of a list, yes or no, words, several numbers."""

    NUMBER = "number"
    COUNT = "count"
    CHOICE = "choice"
    TRUTH = "truth"
    WORDS = "words"
    STEPS = "steps"


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateField:
    """One field of the form. `value` is as the form shows it (numbers in `unit`); `choices`: (value, words)."""

    name: str
    group: str  # heading of the form, in words
    label: str
    kind: FieldKind
    value: str | float | bool
    unit: str = ""  # "mm", "pt", "em" or ""
    least: float = 0.0
    most: float = 0.0
    choices: tuple[tuple[str, str], ...] = ()


def describe(made: PageTemplate) -> tuple[TemplateField, ...]:
    """Every field that an editor may change, in the order of the form."""
    return tuple(_fields(made))


def _fields(made: PageTemplate) -> Iterator[TemplateField]:
    yield _field("title", "sheet", FieldKind.WORDS, made.title)
    for name in ("width", "height", "left", "top", "bleed", "folio_top"):
        yield _length(made, name, "sheet")
    for name in ("columns", "rows", "masthead_rows"):
        fewest, many = COUNTS[name]
        yield _field(name, "grid", FieldKind.COUNT, float(getattr(made, name)), least=fewest, most=many)
    for name in ("column_width", "gutter", "leading", "baseline"):
        yield _length(made, name, "grid")
    words = tuple((one.value, message(f"layout.prohibition.{one.value}")) for one in Prohibition)
    yield _field("prohibition", "lines", FieldKind.CHOICE, made.prohibition.value, choices=words)
    yield _field("hanging", "lines", FieldKind.TRUTH, made.hanging)
    for name in ("gap", "indent"):
        yield _length(made, name, "lines")
    steps = " ".join(f"{step:g}" for step in made.heading_steps)
    yield _field("heading_steps", "type", FieldKind.STEPS, steps, unit="pt", least=_STEPS[0], most=_STEPS[1])
    for name, style in styles(made).items():
        roles = tuple((role.value, message(f"layout.role.{role.value}")) for role in FontRole)
        yield _field(f"{name}.role", "type", FieldKind.CHOICE, style.role.value, choices=roles)
        yield _field(f"{name}.size", "type", FieldKind.NUMBER, style.size, unit="pt", least=_SIZES[0], most=_SIZES[1])
        if name != "body":  # the body's is the grid's
            leading = style.leading
            least, most = _LEADINGS
            yield _field(f"{name}.leading", "type", FieldKind.NUMBER, leading, unit="pt", least=least, most=most)


def styles(made: PageTemplate) -> dict[str, TypeStyle]:
    """Every style by name: the template's own, else what the engine takes without one."""
    size, leading = made.body.size, made.leading
    default = {
        "byline": TypeStyle(role=FontRole.KAI, size=size - 0.5, leading=leading),
        "lead_in": TypeStyle(role=FontRole.HEI_BOLD, size=size, leading=leading),
        "crosshead": TypeStyle(role=FontRole.HEI_BOLD, size=size, leading=leading),
        "kicker": TypeStyle(role=FontRole.KAI, size=14.0, leading=18.0),
        "deck": TypeStyle(role=FontRole.KAI, size=14.0, leading=18.0),
        "pull_quote": QUOTE_STYLE,
        **STYLES,
    }
    return {"body": made.body, "caption": made.caption, **default, **made.styles}


def _label(name: str) -> str:
    part, _, what = name.rpartition(".")
    if not part:
        return message(f"layout.field.{name}")
    known = {"body", "caption", "pull_quote", *_RUNNING, *STYLES}
    style = message(f"layout.style.{part}") if part in known else part
    return message("layout.field.of_style", style=style, what=message(f"layout.field.style_{what}"))


def _field(name: str, group: str, kind: FieldKind, value: str | float | bool, **more: object) -> TemplateField:
    words = message(f"layout.group.{group}")
    return TemplateField(name=name, group=words, label=_label(name), kind=kind, value=value, **more)  # type: ignore[arg-type]


def _unit(name: str) -> tuple[str, float]:
    """The form's unit of a length, and how many points or ems it is."""
    if name in _MM_FIELDS:
        return "mm", MM
    return ("em", 1.0) if name in _EM_FIELDS else ("pt", 1.0)


def _length(made: PageTemplate, name: str, group: str) -> TemplateField:
    unit, scale = _unit(name)
    least, most = (limit / scale for limit in LENGTHS[name])
    value = round(getattr(made, name) / scale, 2)
    return _field(name, group, FieldKind.NUMBER, value, unit=unit, least=round(least, 2), most=round(most, 2))


def change(made: PageTemplate, field: str, value: str | float | bool) -> PageTemplate:
    """The template with one field changed; `value` as the form gives it. Raises UserError in words for the editor."""
    changed = _changed(made, field, value)
    wrong = next(_misfits(changed), None)
    if wrong is not None and next(_misfits(made), None) is None:
        raise wrong
    return checked(changed)


def _changed(made: PageTemplate, field: str, value: str | float | bool) -> PageTemplate:
    setters: dict[str, Callable[[], PageTemplate]] = {
        "title": lambda: replace(made, title=_words(field, value)),
        "prohibition": lambda: replace(made, prohibition=Prohibition(_choice(field, value, list(Prohibition)))),
        "hanging": lambda: replace(made, hanging=_truth(field, value)),
        "heading_steps": lambda: replace(made, heading_steps=_steps(field, value)),
    }
    if field in setters:
        return setters[field]()
    if field in COUNTS:
        number = _number(field, value, *COUNTS[field], "")
        if number != int(number):
            raise UserError("layout.field_whole", field=_label(field), value=_shown(value))
        return replace(made, **{field: int(number)})  # type: ignore[arg-type]  # a count's own name
    if field in LENGTHS:
        unit, scale = _unit(field)
        least, most = LENGTHS[field]
        shown = _number(field, value, round(least / scale, 2), round(most / scale, 2), unit)
        length = min(max(shown * scale, least), most)
        changed = replace(made, **{field: length})  # type: ignore[arg-type]  # a length's own name
        return replace(changed, body=replace(made.body, leading=length)) if field == "leading" else changed
    return _styled(made, field, value)


def _styled(made: PageTemplate, field: str, value: str | float | bool) -> PageTemplate:
    name, _, what = field.rpartition(".")
    style = styles(made).get(name)
    if style is None or what not in ("role", "size", "leading") or field == "body.leading":
        raise UserError("layout.field_unknown", field=field[:60])
    if what == "role":
        new = replace(style, role=FontRole(_choice(field, value, list(FontRole))))
    elif what == "size":
        new = replace(style, size=_number(field, value, *_SIZES, "pt"))
    else:
        new = replace(style, leading=_number(field, value, *_LEADINGS, "pt"))
    if name == "body":
        return replace(made, body=new)
    if name == "caption":
        return replace(made, caption=new)
    return replace(made, styles={**made.styles, name: new})


def _misfits(made: PageTemplate) -> Iterator[UserError]:
    """What the numbers together cannot be: each alone may be within its range."""
    over = made.left + made.type_width - made.width
    if over > 0:
        yield UserError("layout.too_wide", columns=made.columns, over=f"{over / MM:.1f}")
    over = made.top + made.type_height - made.height
    if over > 0:
        yield UserError("layout.too_high", rows=made.rows, over=f"{over / MM:.1f}")
    if made.baseline > made.leading:
        yield UserError("layout.baseline_low", baseline=f"{made.baseline:g}", leading=f"{made.leading:g}")
    if made.body.size > made.leading:
        yield UserError("layout.body_large", size=f"{made.body.size:g}", leading=f"{made.leading:g}")
    if made.column_width < 4 * made.body.size:
        yield UserError("layout.column_narrow", least=f"{4 * made.body.size / MM:.1f}")


def _shown(value: object) -> str:
    return str(value)[:40]


def _number(field: str, value: object, least: float, most: float, unit: str) -> float:
    try:
        number = float(value) if not isinstance(value, bool) else float("nan")  # type: ignore[arg-type]
    except (TypeError, ValueError):
        number = float("nan")
    if not isfinite(number) or not least <= number <= most:
        shown = message(f"layout.unit.{unit}") if unit else ""
        raise UserError(
            "layout.field_range",
            field=_label(field),
            value=_shown(value),
            least=f"{least:g}",
            most=f"{most:g}",
            unit=shown,
        )
    return number


def _words(field: str, value: object) -> str:
    words = " ".join(str(value).split())
    if not isinstance(value, str) or not 1 <= len(words) <= 80:
        raise UserError("layout.field_words", field=_label(field))
    return words


def _truth(field: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise UserError("layout.field_choice", field=_label(field), value=_shown(value))
    return value


def _choice(field: str, value: object, known: list[Prohibition] | list[FontRole]) -> str:
    if not isinstance(value, str) or value not in [one.value for one in known]:
        raise UserError("layout.field_choice", field=_label(field), value=_shown(value))
    return value


def _steps(field: str, value: object) -> tuple[float, ...]:
    parts = str(value).replace("，", " ").replace("、", " ").replace(",", " ").split()
    if not 1 <= len(parts) <= 64:
        raise UserError("layout.field_words", field=_label(field))
    return tuple(sorted({_number(field, part, *_STEPS, "pt") for part in parts}, reverse=True))
