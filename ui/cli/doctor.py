"""What this machine lacks, each with the command that brings it: Python, Qt libraries, faces by role, PDF tools."""

import os
import shutil
import sys
from dataclasses import dataclass

from services.config.errors import UserError
from services.config.messages import text
from ui.cli.system import LIBRARIES, SCREEN_LIBRARIES, has_display, install_line, missing_libraries


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    name: str
    ok: bool
    detail: str = ""
    do: str = ""
    needed: bool = True


def examine() -> list[Check]:
    """Every check, in the order in which a person would mend them."""
    return [_python(), *_libraries(), *_faces(), *_tools(), *_rules(), _display()]


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    return Check(name="Python", ok=sys.version_info >= (3, 11), detail=version)


def _libraries() -> list[Check]:
    missing = missing_libraries()
    count = len(LIBRARIES) + len(SCREEN_LIBRARIES)
    detail = text("cli.doctor.all_there") if not missing else ", ".join(missing)
    do = install_line(missing) if missing else ""
    return [Check(name=text("cli.doctor.libraries", n=count), ok=not missing, detail=detail, do=do)]


def _faces() -> list[Check]:
    from models.values.template import FontRole
    from services.fonts.catalogue import installed

    try:
        fonts = installed()
    except UserError as error:
        return [Check(name=text("cli.doctor.faces"), ok=False, detail=str(error))]
    instead = dict(fonts.substitutes())
    rows = []
    for role in FontRole:
        face = fonts.face(role)
        substituted = role in instead
        package = PACKAGES.get(role.value, "")
        do = install_line([package]) if substituted and package and sys.platform == "linux" else ""
        detail = text("cli.doctor.instead", face=face.family) if substituted else face.family
        rows.append(
            Check(name=text(f"cli.doctor.role.{role.value}"), ok=not substituted, detail=detail, do=do, needed=False)
        )
    return rows


# Debian packages that bring a face for a role; no free Fangsong is packaged
PACKAGES = {
    "song": "fonts-noto-cjk",
    "song_bold": "fonts-noto-cjk",
    "song_black": "fonts-noto-cjk-extra",
    "hei": "fonts-noto-cjk",
    "hei_bold": "fonts-noto-cjk",
    "kai": "fonts-lxgw-wenkai",
}


def _tools() -> list[Check]:
    rows = []
    for tool, package in (("pdftotext", "poppler-utils"), ("qpdf", "qpdf")):
        there = shutil.which(tool) is not None
        do = "" if there else install_line([package])
        rows.append(Check(name=text("cli.doctor.tool", tool=tool), ok=there, detail=package, do=do, needed=False))
    return rows


def _rules() -> list[Check]:
    """The packs of rules, a row for each rule that is switched off."""
    from services.config.settings import load_settings
    from services.desk.proofing import rule_faults

    running, faults = rule_faults(load_settings())
    name = text("cli.doctor.rules")
    if not faults:
        return [Check(name=name, ok=True, detail=text("cli.doctor.rules_run", n=running), needed=False)]
    return [Check(name=name, ok=False, detail=words, do="", needed=False) for words in faults]


def _display() -> Check:
    detail = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY") or os.environ.get("QT_QPA_PLATFORM") or ""
    do = "" if has_display() else text("cli.no_display")
    return Check(name=text("cli.doctor.display"), ok=has_display(), detail=detail, do=do, needed=False)
