"""Settings of this person on this machine: declared once, with type and default; read from one TOML file.

A file that is missing gives the defaults; a value of the wrong type or out of range is passed over and named in
`Settings.wrong`, so that one slip never keeps anybody from working.
"""

import getpass
import tomllib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from services.config.files import write_whole

CHOICES = {
    "language": ("zh", "en"),
    "tier": ("certain", "likely", "hint"),
    "theme": ("light", "dark", "system"),
    "preset": ("press", "proof", "archive", "web"),
}
RANGES = {"autosave_seconds": (1, 600), "text_size": (8, 48)}
LARGEST_FILE = 256 << 10
SECRET = ("password", "sslpassword")  # options of a server's address that never lie in a file


def _person() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "编辑"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    language: str = "zh"  # of the words for people
    editor: str = field(default_factory=_person)  # who stands in the history
    store: str = ""  # path or URL; "": the user's own data folder
    tier: str = "likely"  # lowest tier of findings shown
    theme: str = "light"
    preset: str = "press"  # of the PDF
    text_size: int = 22  # pixels of an article's text in the editor
    autosave_seconds: int = 2  # idle time after which typing is stored
    rule_folders: tuple[str, ...] = ()  # rule packs of the house
    model: str = ""  # of the user's own, as evidence: an .onnx file or an address on the own network
    model_agreed: str = ""  # the model that a person switched on; another one stays off
    wrong: tuple[str, ...] = ()  # names in the file that were passed over; not stored


def settings_file() -> Path:
    import platformdirs

    return Path(platformdirs.user_config_dir("qingyang", appauthor=False)) / "settings.toml"


def load_settings(path: Path | None = None) -> Settings:
    """The settings in a file (default: the user's own); never fails on what the file holds."""
    path = path or settings_file()
    defaults = Settings()
    try:
        if path.stat().st_size > LARGEST_FILE:
            return replace(defaults, wrong=(path.name,))
        table = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return defaults
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
        return replace(defaults, wrong=(path.name,))
    known = {item.name for item in fields(Settings)} - {"wrong"}
    fit: dict[str, object] = {}
    wrong: list[str] = []
    for name, value in table.items():
        checked = _checked(name, value, getattr(defaults, name, None)) if name in known else None
        if checked is None:
            wrong.append(name)
        else:
            fit[name] = checked
    return replace(defaults, **fit, wrong=tuple(wrong))  # type: ignore[arg-type]  # names and types checked


def _checked(name: str, value: object, default: object) -> object | None:
    if isinstance(default, tuple):
        fit = isinstance(value, list) and all(isinstance(item, str) for item in value)
        return tuple(value) if fit and isinstance(value, list) else None
    if type(value) is not type(default):
        return None
    if name in CHOICES and value not in CHOICES[name]:
        return None
    if isinstance(value, int) and not RANGES[name][0] <= value <= RANGES[name][1]:
        return None
    return value


def save_settings(settings: Settings, path: Path | None = None) -> None:
    """Writes the settings that differ from the defaults. Raises UserError when the file cannot be written."""
    defaults = Settings()
    settings = replace(settings, store=_without_password(settings.store))
    lines = [
        f"{item.name} = {_toml(getattr(settings, item.name))}"
        for item in fields(Settings)
        if item.name != "wrong" and getattr(settings, item.name) != getattr(defaults, item.name)
    ]
    write_whole(path or settings_file(), "".join(f"{line}\n" for line in lines).encode())


def _without_password(store: str) -> str:
    """A server's address as it may lie in a file: its password is asked of the keyring or of ~/.pgpass."""
    if "://" not in store:
        return store
    before, at, after = store.rpartition("@")
    scheme, _, user = before.partition("://")
    address, mark, query = after.partition("?")
    kept = "&".join(part for part in query.split("&") if part.partition("=")[0].casefold() not in SECRET)
    head = f"{scheme}://{user.partition(':')[0]}@" if at else ""
    return f"{head}{address}{mark if kept else ''}{kept}"


def _toml(value: object) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    if isinstance(value, int):
        return str(value)
    escaped = "".join(
        f"\\u{ord(c):04x}" if ord(c) < 32 or ord(c) == 127 else "\\" + c if c in '"\\' else c for c in str(value)
    )
    return f'"{escaped}"'
