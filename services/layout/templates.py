"""Page templates 版式: resources/grids/*.toml → PageTemplate, every number checked.

A template is data that an editor may change or bring along, so nothing in it is believed: a missing key, a wrong type,
a number out of range or a type area that leaves the sheet is told with file and key.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from models.values.template import FontRole, PageTemplate, Prohibition, TypeStyle
from services.config.errors import UserError
from services.config.files import write_whole
from services.config.paths import RESOURCES

GRIDS = RESOURCES / "grids"
_LARGEST_FILE = 64 << 10
_STEPS = 64
_NAME = re.compile(r"\w[\w（）() +-]{0,59}(?<! )")  # a plain file name on every system

# key: smallest and largest value, in points unless it counts something
LENGTHS: dict[str, tuple[float, float]] = {
    "width": (150, 3000),
    "height": (150, 4500),
    "left": (0, 1000),
    "top": (0, 1000),
    "column_width": (36, 1500),
    "gutter": (3, 60),
    "leading": (6, 60),
    "baseline": (3, 60),
    "bleed": (0, 30),
    "folio_top": (0, 1000),
    "gap": (0, 0.25),  # em
    "indent": (0, 4),  # em
}
COUNTS: dict[str, tuple[int, int]] = {"columns": (1, 16), "rows": (10, 400), "masthead_rows": (1, 60)}
_OTHERS = ("title", "heading_steps", "prohibition", "hanging", "body", "caption", "styles")
_OPTIONAL = frozenset({"bleed", "folio_top", "masthead_rows", "gap", "indent"})


def template(name: str, folder: Path | None = None) -> PageTemplate:
    """A template by name: a preset, or an editor's own in `folder`. Raises UserError when there is none of that name
    or its file is wrong.
    """
    if name in _presets():
        return _preset(name)
    path = _own(name, folder)
    if path is None or not path.is_file():
        raise UserError("layout.template_unknown", name=name, names="、".join(template_names(folder)))
    facts = path.stat()
    return _read_again(path, facts.st_mtime_ns, facts.st_size)


def template_names(folder: Path | None = None) -> tuple[str, ...]:
    """Names of the presets, the reference page's first, then of an editor's own templates in `folder`."""
    own = [] if folder is None or not folder.is_dir() else sorted(path.stem for path in folder.glob("*.toml"))
    return (*_presets(), *(name for name in own if name not in _presets() and _NAME.fullmatch(name)))


def is_preset(name: str) -> bool:
    """Whether a template came with the program: such a one is never written over."""
    return name in _presets()


def write_template(made: PageTemplate, folder: Path) -> Path:
    """Writes an editor's own template into `folder`, whole or not at all; returns its file.

    Raises UserError for the name of a preset, a name that is no plain file name, or values out of range.
    """
    if is_preset(made.name):
        raise UserError("layout.template_preset", name=made.name)
    path = _own(made.name, folder)
    if path is None:
        raise UserError("layout.template_name", name=made.name)
    checked(made)
    write_whole(path, template_words(made).encode())
    return path


def checked(made: PageTemplate) -> PageTemplate:
    """The template as it would be read back from its file. Raises UserError for what no file may say."""
    return _Reader(made.name, tomllib.loads(template_words(made))).template(made.name)


def remove_template(name: str, folder: Path) -> None:
    """Removes an editor's own template; pages that use it must be given another first."""
    if is_preset(name):
        raise UserError("layout.template_preset", name=name)
    path = _own(name, folder)
    if path is not None:
        path.unlink(missing_ok=True)


def template_words(made: PageTemplate) -> str:
    """A template as the words of its file; `read_template` reads them back to the same template."""
    lines = [f"title = {_quoted(made.title)}"]
    lines += [f"{key} = {_figure(getattr(made, key))}" for key in (*LENGTHS, *COUNTS)]
    lines.append("heading_steps = [" + ", ".join(_figure(step) for step in made.heading_steps) + "]")
    lines.append(f'prohibition = "{made.prohibition.value}"')
    lines.append(f"hanging = {str(made.hanging).lower()}")
    tables = {"body": made.body, "caption": made.caption}
    tables |= {f"styles.{_quoted(name)}": style for name, style in made.styles.items()}
    for name, style in tables.items():
        lines += ["", f"[{name}]", f'role = "{style.role.value}"']
        lines += [f"size = {_figure(style.size)}", f"leading = {_figure(style.leading)}"]
    return "\n".join(lines) + "\n"


def _quoted(words: str) -> str:
    """A TOML basic string: JSON's escapes are TOML's, but for the one control character that JSON leaves as it is."""
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")


def _figure(value: float) -> str:
    """A number as TOML writes it: inf and nan too, so that reading refuses them by name."""
    return repr(int(value)) if float(value).is_integer() else repr(float(value))


def _own(name: str, folder: Path | None) -> Path | None:
    """The file of an editor's own template; None for a name that is no plain file name."""
    return folder / f"{name}.toml" if folder is not None and _NAME.fullmatch(name) else None


@cache
def _presets() -> tuple[str, ...]:
    names = sorted(path.stem for path in GRIDS.glob("*.toml"))
    return tuple(sorted(names, key=lambda name: (name != "tabloid", name)))


@cache
def _preset(name: str) -> PageTemplate:
    return read_template(GRIDS / f"{name}.toml")


@lru_cache(maxsize=64)
def _read_again(path: Path, changed: int, size: int) -> PageTemplate:
    """An editor's own file, read again when it has changed."""
    return read_template(path)


def read_template(path: Path) -> PageTemplate:
    """Reads one file. Raises UserError naming the file and the key that is wrong."""
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise UserError("layout.template_too_large", file=path.name)
        data = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise UserError("layout.template_unreadable", file=path.name) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UserError("layout.template_broken", file=path.name, reason=str(error)) from error
    return _Reader(path.name, data).template(path.stem)


def read_words(name: str, data: Mapping[str, object]) -> PageTemplate:
    """A template from what a template file says, read already. Raises UserError naming the key that is wrong."""
    if not _NAME.fullmatch(name):
        raise UserError("layout.template_name", name=name)
    return _Reader(name, data).template(name)


class _Reader:
    """Checked access to one file's values; every complaint names the file and the key."""

    def __init__(self, file: str, data: Mapping[str, object]) -> None:
        self._file = file
        self._data = data

    def template(self, name: str) -> PageTemplate:
        given = self._data
        for key in given:
            if key not in {*LENGTHS, *COUNTS, *_OTHERS}:
                raise self._wrong(key, given[key])
        lengths = {
            key: self._number(given, key, *limits)
            for key, limits in LENGTHS.items()
            if key in given or key not in _OPTIONAL
        }
        counts = {
            key: self._count(key, *limits) for key, limits in COUNTS.items() if key in given or key not in _OPTIONAL
        }
        title = given.get("title", name)
        if not isinstance(title, str) or len(title) > 80:
            raise self._wrong("title", title)
        made = PageTemplate(
            name=name,
            title=title,
            heading_steps=self._steps(),
            body=self._style("body", given.get("body")),
            caption=self._style("caption", given.get("caption")),
            styles=self._styles(),
            prohibition=self._prohibition(),
            hanging=self._hanging(),
            **lengths,  # type: ignore[arg-type]  # keys checked above
            **counts,
        )
        self._fits(made)
        return made

    def _fits(self, made: PageTemplate) -> None:
        """The type area must lie on the sheet, the body on its grid."""
        if made.left + made.type_width > made.width:
            raise self._wrong("columns", f"{made.left + made.type_width:g} > {made.width:g}")
        if made.top + made.type_height > made.height:
            raise self._wrong("rows", f"{made.top + made.type_height:g} > {made.height:g}")
        if made.baseline > made.leading:
            raise self._wrong("baseline", made.baseline)
        if abs(made.body.leading - made.leading) > 1e-6:
            raise self._wrong("body.leading", made.body.leading)
        if made.body.size > made.leading:
            raise self._wrong("body.size", made.body.size)
        if made.column_width < 4 * made.body.size:
            raise self._wrong("column_width", made.column_width)

    def _number(self, table: Mapping[str, object], key: str, least: float, most: float, name: str = "") -> float:
        value = table.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            raise self._wrong(name or key, value)
        return float(value)

    def _count(self, key: str, least: int, most: int) -> int:
        value = self._data.get(key)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise self._wrong(key, value)
        return value

    def _steps(self) -> tuple[float, ...]:
        value = self._data.get("heading_steps")
        if not isinstance(value, list) or not 1 <= len(value) <= _STEPS:
            raise self._wrong("heading_steps", value)
        steps = tuple(self._number({"heading_steps": step}, "heading_steps", 8, 200) for step in value)
        return tuple(sorted(set(steps), reverse=True))

    def _prohibition(self) -> Prohibition:
        value = self._data.get("prohibition", Prohibition.GB.value)
        for known in Prohibition:
            if known.value == value:
                return known
        raise self._wrong("prohibition", value)

    def _hanging(self) -> bool:
        value = self._data.get("hanging", False)
        if not isinstance(value, bool):
            raise self._wrong("hanging", value)
        return value

    def _styles(self) -> dict[str, TypeStyle]:
        value = self._data.get("styles", {})
        if not isinstance(value, dict) or len(value) > 64:
            raise self._wrong("styles", value)
        return {str(key): self._style(f"styles.{key}", style) for key, style in value.items()}

    def _style(self, name: str, value: object) -> TypeStyle:
        if not isinstance(value, dict):
            raise self._wrong(name, value)
        role = value.get("role")
        if role not in set(FontRole):
            raise self._wrong(f"{name}.role", role)
        size = self._number(value, "size", 4, 200, f"{name}.size")
        return TypeStyle(
            role=FontRole(role), size=size, leading=self._number(value, "leading", 4, 300, f"{name}.leading")
        )

    def _wrong(self, key: str, value: object) -> UserError:
        shown = "" if value is None else str(value)[:60]
        if value is None:
            return UserError("layout.template_missing", file=self._file, name=key)
        return UserError("layout.template_value", file=self._file, name=key, value=shown)
