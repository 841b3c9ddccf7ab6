"""The commands of the contract. Each takes the parsed options, prints words or JSON, and gives an exit code."""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.values.finding import Tier
from models.values.press import PressSettings
from services.config.errors import UsageError, UserError
from services.config.messages import text
from ui.cli.console import Options, desk_of, print_json, progress, write
from ui.cli.name_commands import names

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from services.desk.files import House

SKIPPED_SHOWN = 20  # files named that nothing was learned from
WORLD = 3  # exit code: something could not be read
FINDINGS = 1  # exit code of `proof --strict` when something is found


def make(options: Options) -> int:
    from services.desk.make import make_issue

    report = make_issue(
        options.files,
        options.out,
        store=options.store,
        date=options.date,
        publication=options.publication,
        fix=not options.no_fix,
        context=progress(),
    )
    for page in report["pages"]:
        print(text("cli.page_line", number=page["number"], articles=len(page["articles"]), faults=len(page["faults"])))
    print(text("cli.made", folder=str(options.out), seconds=f"{sum(report['seconds'].values()):.1f}"))
    return 0


def receive(options: Options) -> int:
    from services.desk.files import receive_file, reception_json

    receptions = [reception_json(receive_file(path, options.encoding)) for path in options.files]
    if options.json:
        print_json(receptions[0] if len(receptions) == 1 else receptions)
        return 0
    for reception in receptions:
        print(text("cli.received", file=reception["file"], encoding=reception["encoding"]))
        for slogan in reception["slogans"]:
            print(f"  [{text('cli.slogan')}] {slogan}")
        for article in reception["articles"]:
            print(f"  {article['headline']}  {text('cli.characters', n=sum(map(len, article['body'])))}")
    return 0


def proof(options: Options) -> int:
    """With --store as that house's desk would: its rules, its words, its names. Without, no store is opened."""
    if options.store is None:
        return _proof(options, None)
    try:
        desk = desk_of(options.store)
    except UserError as error:
        if error.key != "cli.no_store":
            raise
        print(error, file=sys.stderr)  # the file can be read without it, as it was before stores were asked
        return _proof(options, None)
    with desk:
        return _proof(options, desk.proofing.house_knowledge())


def _proof(options: Options, house: "House | None") -> int:
    if options.lines:
        return _lines(lambda words: {"findings": _line_findings(words, Tier(options.tier), house)})
    path = _file(options)
    from services.desk.files import fix_file, proof_file

    if options.fix:
        if options.out is None:
            raise UsageError("cli.fix_needs_out")
        fixed = fix_file(path, Tier(options.fix), house=house)
        write(options.out, fixed.text)
        print(text("cli.fixed", n=fixed.count, file=str(options.out)))
        return 0
    report = proof_file(path, Tier(options.tier), house=house)
    if options.json:
        print_json(report)
    else:
        for finding in report["findings"]:
            change = f" → {finding['suggestions'][0]}" if finding["suggestions"] else ""
            print(f"{finding['start']:>6} {finding['tier']:<8}{finding['text']}{change}  {finding['message']}")
        rate = report["error_rate"]
        print(text("cli.rate", n=len(report["findings"]), errors=rate["errors"], allowed=rate["allowed"]))
    return FINDINGS if options.strict and report["findings"] else 0


def learn(options: Options) -> int:
    """Learns from back issues; what is a gain is put in use at once, unless --try."""
    from services.desk.learning import Learning, gain_in_words, learned_json

    with desk_of(options.store, new=options.store is None) as desk:
        learning: Learning = desk.learning
        if options.forget:
            print(text("cli.learn.forgotten" if learning.forget() else "cli.learn.nothing"))
            return 0
        if options.folder is None and not options.with_store:
            if options.use:
                learned = learning.adopt()
            elif options.status:
                found = learning.status() or learning.trial()
                if found is None:
                    print("{}" if options.json else text("cli.learn.nothing"))
                    return 0
                learned = found
            else:
                raise UsageError("cli.learn.what")
        else:
            learned = learning.learn(options.folder, with_store=options.with_store, context=progress())
            gained = learned.gain is None or learned.gain.is_one
            if options.use or (gained and not options.trial):
                skipped = learned.skipped
                learned = replace(learning.adopt(), skipped=skipped)
    if options.json:
        print_json(learned_json(learned))
        return 0
    for one in learned.skipped[:SKIPPED_SHOWN]:
        print(text("cli.learn.skipped", file=one.file, reason=one.reason), file=sys.stderr)
    if len(learned.skipped) > SKIPPED_SHOWN:
        print(text("cli.learn.skipped_more", count=len(learned.skipped) - SKIPPED_SHOWN), file=sys.stderr)
    for words in (*gain_in_words(learned), text("cli.learn.in_use" if learned.in_use else "cli.learn.on_trial")):
        print(words)
    return 0


def tag(options: Options) -> int:
    if options.lines:
        return _lines(lambda words: {"mentions": _line_mentions(words)})
    from services.desk.files import tag_file

    report = tag_file(_file(options))
    if options.json:
        print_json(report)
        return 0
    for mention in report["mentions"]:
        titles = "; ".join(f"{title['organisation'] or ''} {title['position']}".strip() for title in mention["titles"])
        print(f"{mention['start']:>6} {mention['kind']:<13}{mention['text']}  {titles}")
    return 0


def export(options: Options) -> int:
    both = not (options.pdf or options.docx or options.names)
    with desk_of(options.store) as desk:
        issue = desk.issues.find(options.issue)
        done = desk.export.whole(
            issue.id,
            options.out,
            pdf=both or options.pdf,
            docx=both or options.docx,
            names=options.names,
            preset=options.preset,
            word=options.word,
            index=options.index,
            press=_press(desk, issue.publication.press, options),
            rate=False,
            context=progress(),
        )
        for path in done.files:
            print(path, flush=True)
        for sentence in (*done.told, *done.notes):
            print(sentence, file=sys.stderr)
        if done.ready is not None:
            print(text("cli.ready" if done.ready else "cli.not_ready"), file=sys.stderr)
            desk.export.keep_rate(issue.id, options.preset)  # the files are there and said; this may take seconds
    return 0


def _press(desk: "Desk", kept: PressSettings, options: Options) -> PressSettings:
    """What is set for the publication, but for what is asked for this once. A profile from a file is checked, and kept
    in the store with the others."""
    asked: dict[str, Any] = {
        "condition": options.condition,
        "marks": options.marks,
        "spot": options.spot,
        "profile": None if options.profile is None else desk.export.keep_profile(options.profile)[0],
    }
    if options.condition and options.profile is None:
        asked["profile"] = ""  # a condition by name, not the profile that is set
    return replace(kept, **{name: value for name, value in asked.items() if value is not None})


def search(options: Options) -> int:
    with desk_of(options.store) as desk:
        hits = desk.search.find(options.query, limit=options.limit)
    rows = [
        {
            "article": hit.article,
            "headline": hit.headline,
            "date": hit.date and hit.date.isoformat(),
            "snippet": hit.snippet,
        }
        for hit in hits
    ]
    if options.json:
        print_json({"query": options.query, "hits": rows})
        return 0
    for row in rows:
        print(f"{row['date'] or '':<12}{row['headline']}\n            {row['snippet']}")
    print(text("cli.hits", n=len(rows)))
    return 0


def backup(options: Options) -> int:
    with desk_of(options.store) as desk:
        made = desk.store.backup(options.file, overwrite=options.overwrite)
    print(text("cli.backed_up", file=str(made)))
    return 0


def restore(options: Options) -> int:
    from services.desk.desk import Desk

    moved = Desk.restore(options.file, options.store)
    print(text("cli.restored", file=str(options.file)))
    if moved is not None:
        print(text("cli.moved_aside", file=str(moved)))
    return 0


def upgrade(options: Options) -> int:
    """A server's store by its administrator; a file comes up to date when it is opened, a copy kept."""
    from services.desk.desk import Desk

    if options.store is not None and "://" in options.store:
        before, after = Desk.upgrade_server(options.store)
        key = "cli.upgraded" if before != after else "cli.up_to_date"
        print(text(key, store=options.store.rpartition("@")[2], before=before, after=after))
        return 0
    with desk_of(options.store) as desk:
        print(text("cli.up_to_date", store=desk.store_name, after=desk.schema))
    return 0


def copy(options: Options) -> int:
    with desk_of(options.source) as desk:
        tables = desk.copy_to(options.target, progress())
    rows = [{"table": one.table, "rows": one.rows, "sha256": one.sha256} for one in tables]
    if options.json:
        print_json({"tables": rows})
        return 0
    for one in tables:
        print(f"{one.table:<20}{one.rows:>10,}  {one.sha256[:16]}")
    print(text("cli.copied", target=options.target.rpartition("@")[2], n=sum(one.rows for one in tables)))
    return 0


def reindex(options: Options) -> int:
    with desk_of(options.store) as desk:
        count = desk.search.rebuild(progress())
        print(text("cli.reindexed", store=desk.store_name, n=count))
    return 0


def check(options: Options) -> int:
    with desk_of(options.store) as desk:
        health = desk.store.check()
        name = desk.store_name
    if options.json:
        print_json(
            {
                "store": name,
                "ok": health.ok,
                "schema": health.schema,
                "articles": health.articles,
                "message": health.message,
                "last_backup": health.last_backup.isoformat() if health.last_backup else None,
            }
        )
    else:
        print(
            text("cli.healthy" if health.ok else "cli.unhealthy", store=name, n=health.articles, message=health.message)
        )
    return 0 if health.ok else 3


def users(options: Options) -> int:
    """Who may work on a store: list, add, role, remove."""
    from services.desk.permissions import Role

    role = options.role or options.given
    if options.step != "list" and (not options.login or (options.step != "remove" and not role)):
        raise UsageError("cli.user_what")
    with desk_of(options.store) as desk:
        if options.step == "add":
            desk.people.add(options.login, Role(role), options.name or "")
        elif options.step == "role":
            desk.people.give_role(options.login, Role(role))
        elif options.step == "remove":
            desk.people.remove(options.login)
        people = desk.people.all()
    if options.json:
        rows = [{"login": one.login, "name": one.name, "role": one.role and one.role.value} for one in people]
        print_json({"users": rows})
        return 0
    for one in people:
        role = text(f"desk.role.{one.role.value}") if one.role is not None else "?"
        print(f"{one.login:<20}{role}  {one.name if one.name != one.login else ''}".rstrip())
    if not people:
        print(text("cli.no_users"))
    return 0


def doctor(options: Options) -> int:
    from ui.cli.doctor import examine

    rows = examine()
    if options.json:
        print_json({"checks": [{"name": row.name, "ok": row.ok, "detail": row.detail, "do": row.do} for row in rows]})
    else:
        for row in rows:
            print(f"{'✓' if row.ok else '✗'} {row.name}  {row.detail}" + (f"\n    {row.do}" if row.do else ""))
    return 0 if all(row.ok for row in rows if row.needed) else 3


def sample(options: Options) -> int:
    with desk_of(options.store, new=True) as desk:
        issue = desk.sample()
    print(text("cli.sample", store=desk.store_name, date=issue.date.isoformat(), pages=len(issue.pages)))
    return 0


def export_sample(store: str | None, out: Path) -> int:
    """Makes the sample issue in `out`: what `make run` does where there is no display."""
    with desk_of(store, new=True) as desk:
        files = desk.export.issue(desk.sample().id, out, context=progress())
    for path in files:
        print(path)
    return 0


TABLE: dict[str, Callable[[Options], int]] = {
    "make": make,
    "receive": receive,
    "proof": proof,
    "learn": learn,
    "tag": tag,
    "export": export,
    "search": search,
    "names": names,
    "backup": backup,
    "restore": restore,
    "check": check,
    "upgrade": upgrade,
    "copy": copy,
    "reindex": reindex,
    "users": users,
    "doctor": doctor,
    "sample": sample,
}


def _file(options: Options) -> Path:
    if options.file is None:
        raise UsageError("cli.file_missing")
    return Path(options.file)


def _line_findings(words: str, tier: Tier, house: "House | None" = None) -> list[dict[str, Any]]:
    from services.desk.files import finding_json, proof_text

    return [finding_json(finding) for finding in proof_text(words, house) if tier.includes(finding.tier)]


def _line_mentions(words: str) -> list[dict[str, Any]]:
    from services.desk.files import mention_json, tag_text

    return [mention_json(mention) for mention in tag_text(words)]


LINE_LIMIT = 8 * 1024 * 1024  # bytes of one JSON line; longer input is refused, not read into memory


def _lines(answer: Callable[[str], dict[str, Any]]) -> int:
    """An answer a line. A line that cannot be read gets an answer that says so, and the rest goes on; exit code 3."""
    bad = 0
    for number, row in _json_lines():
        words = row.get("text") if isinstance(row, dict) else None
        if isinstance(row, dict) and isinstance(words, str):
            print_json({"id": row.get("id"), **answer(words)}, indent=None)
            continue
        bad += 1
        key = row.get("id") if isinstance(row, dict) else None
        print_json({"id": key, "line": number, "error": text("cli.bad_line", number=number)}, indent=None)
    if bad:
        print(text("cli.bad_lines", count=bad), file=sys.stderr)
    return WORLD if bad else 0


def _json_lines() -> Iterator[tuple[int, object]]:
    """Number and value of each line; None for one that is no JSON or longer than it may be."""
    number = 0
    while raw := sys.stdin.buffer.readline(LINE_LIMIT + 1):
        number += 1
        if len(raw) > LINE_LIMIT:
            while raw and not raw.endswith(b"\n"):  # the rest of it
                raw = sys.stdin.buffer.readline(LINE_LIMIT + 1)
            yield number, None
            continue
        if not raw.strip():
            continue
        try:
            yield number, json.loads(raw)
        except (ValueError, RecursionError):
            yield number, None
