"""Frozen values <-> JSON. What comes out of a database is hostile until it has passed `load`.

One pair of functions for every value of models/values: the type hints of the dataclass say what the JSON must be.
Fields that hold their default are left out, so that a value may gain fields with a default without a migration.
A union of dataclasses carries the class name under "is".
"""

import dataclasses
import datetime
import json
import types
import typing
from collections.abc import Callable
from enum import Enum
from functools import cache
from typing import Any, TypeVar

V = TypeVar("V")
MOST_NUMBER = 1e15  # lengths are points and shares: anything larger is no length
MOST_BYTES = 64 * 1024 * 1024  # a value longer than this is no work of an editor


class DamagedValue(ValueError):
    """The JSON is not what the type says; the message names the place in it."""


def dump(value: object) -> str:
    """JSON text of a value (dataclass, tuple, enum, date, number, string), Chinese left readable."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def dump_union(value: object) -> str:
    """Like dump, with the class name under "is" for `load` of a union."""
    body = _plain(value)
    assert isinstance(body, dict)
    return json.dumps({"is": type(value).__name__, **body}, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def load(kind: type[V], text: str) -> V:
    """The value that `dump` wrote. Raises DamagedValue for anything else."""
    if not isinstance(text, str) or len(text) > MOST_BYTES:
        raise DamagedValue("no text")
    try:
        tree = json.loads(text)
        return typing.cast(V, _reader(kind)(tree, kind_name(kind)))
    except (ValueError, OverflowError, RecursionError) as error:  # numbers of thousands of digits among them
        raise error if isinstance(error, DamagedValue) else DamagedValue(str(error)) from error


def kind_name(kind: Any) -> str:
    return getattr(kind, "__name__", str(kind))


def _plain(value: object) -> Any:
    if value is None or isinstance(value, (bool, float)):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (str, int)):
        return value
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, frozenset):
        return sorted(_plain(item) for item in value)
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, datetime.date):
        return value.isoformat()
    if dataclasses.is_dataclass(value):
        return {
            name: _plain(given)
            for name, default in _fields(typing.cast(type, type(value)))
            if (given := getattr(value, name)) != default or type(given) is not type(default)
        }
    raise TypeError(f"no JSON for {type(value).__name__}")


@cache
def _fields(kind: type) -> tuple[tuple[str, object], ...]:
    return tuple((field.name, _default(field)) for field in dataclasses.fields(kind))


def _default(field: "dataclasses.Field[Any]") -> object:
    if field.default is not dataclasses.MISSING:
        return field.default
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return dataclasses.MISSING


Reader = Callable[[Any, str], Any]


def _reader(kind: Any) -> Reader:
    return _made_reader(kind)


@cache
def _made_reader(kind: Any) -> Reader:
    """The function that checks a JSON tree against a type and makes the value."""
    while isinstance(kind, typing.NewType):
        kind = kind.__supertype__
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return _union(typing.get_args(kind))
    if origin is tuple:
        return _tuple(typing.get_args(kind))
    if origin is frozenset:
        return _frozenset(typing.get_args(kind)[0])
    if origin is dict:
        return _dict(typing.get_args(kind)[1])
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _enum(kind)
    if dataclasses.is_dataclass(kind):
        return _dataclass(typing.cast(type, kind))
    if kind in _SCALARS:
        return _SCALARS[kind]
    raise TypeError(f"no reader for {kind}")


def _text(tree: Any, at: str) -> str:
    if not isinstance(tree, str):
        raise DamagedValue(f"{at}: no text")
    if any("\ud800" <= character <= "\udfff" for character in tree):
        raise DamagedValue(f"{at}: half a character")
    return tree


def _whole(tree: Any, at: str) -> int:
    if not isinstance(tree, int) or isinstance(tree, bool) or abs(tree) >= 2**63:
        raise DamagedValue(f"{at}: no whole number")
    return tree


def _truth(tree: Any, at: str) -> bool:
    if not isinstance(tree, bool):
        raise DamagedValue(f"{at}: neither true nor false")
    return tree


def _number(tree: Any, at: str) -> float:
    if not isinstance(tree, (int, float)) or isinstance(tree, bool) or abs(tree) > MOST_NUMBER or tree != tree:
        raise DamagedValue(f"{at}: no number")
    return float(tree)


def _date(tree: Any, at: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(_text(tree, at))
    except ValueError as error:
        raise DamagedValue(f"{at}: no date") from error


def _nothing(tree: Any, at: str) -> None:
    if tree is not None:
        raise DamagedValue(f"{at}: not empty")


_SCALARS: dict[Any, Reader] = {
    str: _text,
    int: _whole,
    bool: _truth,
    float: _number,
    datetime.date: _date,
    type(None): _nothing,
}


def _list(tree: Any, at: str) -> list[Any]:
    if not isinstance(tree, list):
        raise DamagedValue(f"{at}: no list")
    return tree


def _tuple(arguments: tuple[Any, ...]) -> Reader:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        item = _reader(arguments[0])
        return lambda tree, at: tuple(item(part, at) for part in _list(tree, at))
    items = [_reader(argument) for argument in arguments]

    def read(tree: Any, at: str) -> tuple[Any, ...]:
        if len(_list(tree, at)) != len(items):
            raise DamagedValue(f"{at}: {len(tree)} parts, not {len(items)}")
        return tuple(item(part, at) for item, part in zip(items, tree, strict=True))

    return read


def _frozenset(argument: Any) -> Reader:
    item = _reader(argument)
    return lambda tree, at: frozenset(item(part, at) for part in _list(tree, at))


def _dict(argument: Any) -> Reader:
    item = _reader(argument)

    def read(tree: Any, at: str) -> dict[str, Any]:
        if not isinstance(tree, dict):
            raise DamagedValue(f"{at}: no table")
        return {_text(key, at): item(part, f"{at}.{key}") for key, part in tree.items()}

    return read


def _enum(kind: type[Enum]) -> Reader:
    known = {member.value: member for member in kind}

    def read(tree: Any, at: str) -> Enum:
        if not isinstance(tree, (str, int)) or tree not in known:
            raise DamagedValue(f"{at}: unknown {kind.__name__}")
        return known[tree]

    return read


def _union(arguments: tuple[Any, ...]) -> Reader:
    classes = {kind_name(argument): argument for argument in arguments if dataclasses.is_dataclass(argument)}
    rest = [_reader(argument) for argument in arguments if not dataclasses.is_dataclass(argument)]

    def read(tree: Any, at: str) -> Any:
        if isinstance(tree, dict) and len(classes) == 1:
            return _reader(next(iter(classes.values())))(tree, at)
        if isinstance(tree, dict) and isinstance(tree.get("is"), str) and tree["is"] in classes:
            return _reader(classes[tree["is"]])({key: part for key, part in tree.items() if key != "is"}, at)
        for reader in rest:
            try:
                return reader(tree, at)
            except DamagedValue:
                continue
        raise DamagedValue(f"{at}: none of the kinds allowed")

    return read


def _dataclass(kind: type) -> Reader:
    hints = typing.get_type_hints(kind)
    readers = {name: _reader(hints[name]) for name, _ in _fields(kind)}
    needed = {name for name, default in _fields(kind) if default is dataclasses.MISSING}

    def read(tree: Any, at: str) -> Any:
        if not isinstance(tree, dict):
            raise DamagedValue(f"{at}: no {kind.__name__}")
        if not needed <= tree.keys() <= readers.keys():
            raise DamagedValue(f"{at}: fields of {kind.__name__} missing or unknown")
        return kind(**{name: readers[name](part, f"{at}.{name}") for name, part in tree.items()})

    return read
