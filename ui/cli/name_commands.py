"""names: the authority file out and in, a table of mentions, every article about somebody."""

import sys
from typing import TYPE_CHECKING, Any

from models.values.mention import EntityKind
from services.config.errors import UserError
from services.config.messages import text
from ui.cli.console import Options, desk_of, print_json, progress

if TYPE_CHECKING:
    from services.desk.desk import Desk


def names(options: Options) -> int:
    """名录: out, in, and every article that mentions somebody under any name."""
    with desk_of(options.store) as desk:
        return {"export": _export_names, "import": _import_names, "mentions": _mentions, "find": _find_name}[
            options.act
        ](desk, options)


def _export_names(desk: "Desk", options: Options) -> int:
    from services.desk.exchange import export_names

    print(text("cli.names_written", n=export_names(desk, options.file, progress()), file=str(options.file)))
    return 0


def _import_names(desk: "Desk", options: Options) -> int:
    from services.desk.exchange import put_names, told
    from services.desk.name_files import read_names

    found = read_names(options.file)
    for line in told(found.bad):
        print(line, file=sys.stderr)
    if found.bad and not options.skip_bad:
        raise UserError("desk.names_bad_rows", file=options.file.name, n=len(found.bad))
    done = put_names(desk, found, progress())
    print(text("cli.names_read", file=options.file.name, new=done.new, changed=done.changed, same=done.same))
    return 0


def _mentions(desk: "Desk", options: Options) -> int:
    from services.desk.exchange import export_mentions

    count = export_mentions(desk, desk.issues.find(options.issue).id, options.file)
    print(text("cli.mentions_written", n=count, file=str(options.file)))
    return 0


def _find_name(desk: "Desk", options: Options) -> int:
    kinds = (EntityKind.PERSON, EntityKind.ORGANISATION)
    records = [record for kind in kinds for record in desk.records.named(kind, options.name)]
    found: list[dict[str, Any]] = [
        {
            "entity": record.id, "kind": record.kind.value, "name": record.name, "hint": record.hint(),
            "articles": [
                {"article": key, "headline": headline, "date": date and date.isoformat(), "mentions": count}
                for key, headline, date, count in desk.records.articles(record.id)
            ],
        }
        for record in records
        if record.id is not None
    ]  # fmt: skip
    if options.json:
        print_json({"name": options.name, "entities": found})
        return 0
    for one in found:
        print(f"{one['name']}  {one['hint']}")
        for article in one["articles"]:
            print(f"  {article['date'] or '':<12}{article['mentions']:>3}  {article['headline']}")
    print(text("cli.names_found", n=len(found)))
    return 0
