"""The command line: parse, dispatch; exit 0 done, 1 found (--strict), 2 usage, 3 the world's fault, 70 our bug."""

import argparse
import datetime
import io
import logging
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from services.config.errors import UsageError, UserError
from services.config.messages import text
from ui.cli.window import Window, open_window

ROLES = ("reporter", "editor", "chief", "proofreader", "layout")
USAGE, WORLD, BUG, INTERRUPTED = 2, 3, 70, 130


def run(arguments: Sequence[str], window: Window) -> int:
    """Runs one command and gives its exit code; never raises. Without a command it calls `window`."""
    for stream in (sys.stdout, sys.stderr):  # a terminal that knows no Chinese shows "?" and nothing breaks
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        options = parser().parse_args(arguments)
    except SystemExit as stop:  # argparse has said what is wrong with the usage
        return int(stop.code or 0)
    try:
        return _dispatch(options, window)
    except UsageError as error:
        print(error, file=sys.stderr)
        return USAGE
    except UserError as error:
        print(error, file=sys.stderr)
        return WORLD
    except BrokenPipeError:  # the reader of our output went away
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print(text("cli.interrupted"), file=sys.stderr)
        return INTERRUPTED
    except Exception as error:  # the one place where our own bugs end on the command line
        logging.getLogger("qingyang").debug("bug", exc_info=True)
        traceback.print_exc()
        print(text("cli.bug", error=f"{type(error).__name__}: {error}"), file=sys.stderr)
        return BUG


def _dispatch(options: argparse.Namespace, window: Window) -> int:
    if options.command is None:
        return open_window(window, store=options.store, sample=options.sample, smoke=options.smoke)
    from ui.cli import commands

    return int(commands.TABLE[options.command](options))


def _tier(name: str) -> str:
    if name not in ("certain", "likely", "hint"):
        raise argparse.ArgumentTypeError(text("cli.bad_tier", value=name))
    return name


def _date(value: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise argparse.ArgumentTypeError(text("cli.bad_date", value=value)) from None


def _count(value: str) -> int:
    if not value.isdigit() or not 1 <= int(value[:9]) <= 100_000:
        raise argparse.ArgumentTypeError(text("cli.bad_count", value=value))
    return int(value)


def parser() -> argparse.ArgumentParser:
    """The whole grammar of the command line; `--store` stands before or after the command."""
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--store", default=argparse.SUPPRESS, metavar="PATH-or-URL", help=text("cli.help.store"))
    top = argparse.ArgumentParser(prog="qingyang", description=text("cli.help.program"))
    top.add_argument("--store", default=None, metavar="PATH-or-URL", help=text("cli.help.store"))
    top.add_argument("--smoke", type=Path, metavar="OUT.png", help=text("cli.help.smoke"))
    top.add_argument("--sample", action="store_true", help=text("cli.help.sample"))
    commands = top.add_subparsers(dest="command", metavar=text("cli.help.command"))

    def command(name: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, parents=[shared], help=text(f"cli.help.{name}"))

    _station_commands(command)
    _store_commands(command)
    return top


def _station_commands(command) -> None:  # type: ignore[no-untyped-def]
    make = command("make")
    make.add_argument("files", nargs="+", type=Path, metavar="FILE", help=text("cli.help.file"))
    make.add_argument("--out", required=True, type=Path, metavar="DIR", help=text("cli.help.out"))
    make.add_argument("--date", type=_date, metavar="YYYY-MM-DD", help=text("cli.help.date"))
    make.add_argument("--publication", metavar="NAME", help=text("cli.help.publication"))
    make.add_argument("--no-fix", action="store_true", help=text("cli.help.no_fix"))
    receive = command("receive")
    receive.add_argument("files", nargs="+", type=Path, metavar="FILE", help=text("cli.help.file"))
    receive.add_argument("--json", action="store_true", help=text("cli.help.json"))
    receive.add_argument("--encoding", help=text("cli.help.encoding"))
    proof = command("proof")
    proof.add_argument("file", nargs="?", type=Path, metavar="FILE", help=text("cli.help.file"))
    proof.add_argument("--json", action="store_true", help=text("cli.help.json"))
    proof.add_argument("--lines", action="store_true", help=text("cli.help.lines"))
    proof.add_argument(
        "--tier", type=_tier, default="likely", metavar="certain|likely|hint", help=text("cli.help.tier")
    )
    proof.add_argument("--strict", action="store_true", help=text("cli.help.strict"))
    proof.add_argument("--fix", type=_tier, metavar="TIER", help=text("cli.help.fix"))
    proof.add_argument("--out", type=Path, metavar="FILE2", help=text("cli.help.out_file"))
    learn = command("learn")
    learn.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help=text("cli.help.learn_folder"))
    learn.add_argument("--with-store", action="store_true", help=text("cli.help.learn_store"))
    learn.add_argument("--try", dest="trial", action="store_true", help=text("cli.help.learn_try"))
    learn.add_argument("--use", action="store_true", help=text("cli.help.learn_use"))
    learn.add_argument("--status", action="store_true", help=text("cli.help.learn_status"))
    learn.add_argument("--forget", action="store_true", help=text("cli.help.learn_forget"))
    learn.add_argument("--json", action="store_true", help=text("cli.help.json"))
    tag = command("tag")
    tag.add_argument("file", nargs="?", type=Path, metavar="FILE", help=text("cli.help.file"))
    tag.add_argument("--json", action="store_true", help=text("cli.help.json"))
    tag.add_argument("--lines", action="store_true", help=text("cli.help.lines"))


def _store_commands(command) -> None:  # type: ignore[no-untyped-def]
    export = command("export")
    export.add_argument("issue", metavar="ISSUE", help=text("cli.help.issue"))
    export.add_argument("--out", required=True, type=Path, metavar="DIR", help=text("cli.help.out"))
    export.add_argument("--pdf", action="store_true", help=text("cli.help.pdf"))
    export.add_argument("--docx", action="store_true", help=text("cli.help.docx"))
    export.add_argument(
        "--preset", choices=("press", "proof", "archive", "web"), default="press", help=text("cli.help.preset")
    )
    export.add_argument("--word", choices=("press", "archive", "clean"), default="", help=text("cli.help.word"))
    export.add_argument("--index", action=argparse.BooleanOptionalAction, help=text("cli.help.index"))
    export.add_argument("--names", action="store_true", help=text("cli.help.names_table"))
    export.add_argument("--profile", type=Path, metavar="FILE", help=text("cli.help.profile"))
    export.add_argument("--condition", metavar="NAME", help=text("cli.help.condition"))
    export.add_argument("--marks", action=argparse.BooleanOptionalAction, help=text("cli.help.marks"))
    export.add_argument("--spot", metavar="NAME", help=text("cli.help.spot"))
    search = command("search")
    search.add_argument("query", metavar="QUERY", help=text("cli.help.query"))
    search.add_argument("--json", action="store_true", help=text("cli.help.json"))
    search.add_argument("--limit", type=_count, default=50, metavar="N", help=text("cli.help.limit"))
    _names_commands(command("names"))
    backup = command("backup")
    backup.add_argument("file", type=Path, metavar="FILE", help=text("cli.help.backup_file"))
    backup.add_argument("--overwrite", action="store_true", help=text("cli.help.overwrite"))
    restore = command("restore")
    restore.add_argument("file", type=Path, metavar="FILE", help=text("cli.help.backup_file"))
    users = command("users")
    users.add_argument("step", choices=("list", "add", "role", "remove"), help=text("cli.help.user_step"))
    users.add_argument("login", nargs="?", metavar="LOGIN", help=text("cli.help.login"))
    users.add_argument("given", nargs="?", choices=ROLES, metavar="ROLE", help=text("cli.help.role"))
    users.add_argument("--role", choices=ROLES, help=text("cli.help.role"))
    users.add_argument("--name", help=text("cli.help.user_name"))
    users.add_argument("--json", action="store_true", help=text("cli.help.json"))
    check = command("check")
    check.add_argument("--json", action="store_true", help=text("cli.help.json"))
    command("upgrade")
    command("reindex")
    copy = command("copy")
    copy.add_argument("source", metavar="FROM", help=text("cli.help.source"))
    copy.add_argument("target", metavar="TO", help=text("cli.help.target"))
    copy.add_argument("--json", action="store_true", help=text("cli.help.json"))
    doctor = command("doctor")
    doctor.add_argument("--json", action="store_true", help=text("cli.help.json"))
    command("sample")


def _names_commands(names: argparse.ArgumentParser) -> None:
    acts = names.add_subparsers(dest="act", required=True, metavar=text("cli.help.names_act"))
    for act in ("export", "import", "mentions", "find"):
        one = acts.add_parser(act, help=text(f"cli.help.names_{act}"))
        if act == "mentions":
            one.add_argument("issue", metavar="ISSUE", help=text("cli.help.issue"))
        if act == "find":
            one.add_argument("name", metavar="NAME", help=text("cli.help.name"))
            one.add_argument("--json", action="store_true", help=text("cli.help.json"))
        else:
            one.add_argument("file", type=Path, metavar="FILE", help=text("cli.help.names_file"))
        if act == "import":
            one.add_argument("--skip-bad", action="store_true", help=text("cli.help.skip_bad"))
