"""What a hit of the search must be besides holding the words: day, page, author, person, organisation, state.

The database narrows down (`conditions`); names are then looked at once more as values (`lets`), so that no part of a
name is found in an office or a mark of JSON.
"""

import json
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.values.cards import SearchFilter

EVERYTHING = SearchFilter()
STATES = {
    "placed": "article.page_id IS NOT NULL",
    "proofed": "article.page_id IS NULL AND article.findings = 0",
    "received": "article.page_id IS NULL AND article.findings <> 0 AND article.version = 1",
    "edited": "article.page_id IS NULL AND article.findings <> 0 AND article.version > 1",
}
_NAMED = (
    "EXISTS (SELECT 1 FROM mention LEFT JOIN entity ON entity.id = mention.entity_id"
    " WHERE mention.article_id = article.id AND ({at}(mention.data, :{name}) > 0 OR {at}(entity.name, :{name}) > 0))"
)
_MENTIONS = (
    "SELECT mention.data, entity.name FROM mention LEFT JOIN entity ON entity.id = mention.entity_id"
    " WHERE mention.article_id = :article"
)


def state_of(page: int | None, findings: int, version: int) -> str:
    """How far an article has come, as the list shows it."""
    if page is not None:
        return "placed"
    if findings == 0:
        return "proofed"
    return "received" if version == 1 else "edited"


def conditions(kept: SearchFilter, *, sqlite: bool) -> tuple[str, dict[str, Any]]:
    """The filter as SQL, to be added to a WHERE, and its values."""
    at = "instr" if sqlite else "strpos"
    found: list[str] = []
    given: dict[str, Any] = {}
    if kept.since is not None:
        found.append("issue.date >= :since")
        given["since"] = kept.since.isoformat() if sqlite else kept.since
    if kept.until is not None:
        found.append("issue.date <= :until")
        given["until"] = kept.until.isoformat() if sqlite else kept.until
    if kept.page is not None:
        found.append("page.number = :page")
        given["page"] = kept.page
    if kept.state:
        found.append(STATES.get(kept.state, "1 = 0"))
    if kept.author:
        found.append(f"{at}(article.authors, :author) > 0")
        given["author"] = _in_json(kept.author)
    for name, value in (("person", kept.person), ("organisation", kept.organisation)):
        if value:
            found.append(_NAMED.format(at=at, name=name))
            given[name] = _in_json(value)
    return "".join(f" AND {one}" for one in found), given


def lets(session: Session, article: int, authors: str, kept: SearchFilter) -> bool:
    """Whether the names that are asked for are really among the article's."""
    if kept.author and not any(kept.author in one for one in _listed(authors)):
        return False
    if not (kept.person or kept.organisation):
        return True
    named: list[tuple[str, str]] = []
    for data, entity in session.execute(text(_MENTIONS), {"article": article}):
        tree = _tree(data)
        named += [(str(tree.get("kind")), str(one)) for one in (tree.get("name"), tree.get("text"), entity) if one]
    wanted = (("person", kept.person), ("organisation", kept.organisation))
    return all(not part or any(kind == one and part in name for one, name in named) for kind, part in wanted)


def _in_json(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)[1:-1]


def _listed(words: str) -> list[str]:
    try:
        tree = json.loads(words)
    except ValueError:
        return []
    return [one for one in tree if isinstance(one, str)] if isinstance(tree, list) else []


def _tree(words: str) -> dict[str, Any]:
    try:
        tree = json.loads(words)
    except ValueError:
        return {}
    return tree if isinstance(tree, dict) else {}
