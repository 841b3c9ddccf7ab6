"""The JSON of the command line, exactly as its contract says; further keys may be added, none may change."""

from collections.abc import Iterable, Sequence
from typing import Any

from models.values.article_text import ArticleText, Byline, Healed, ReceivedArticle, Reception
from models.values.finding import ErrorRate, Finding
from models.values.laid_page import LaidPage, PageFault
from models.values.mention import Mention
from services.config.messages import text

POINTS_PER_MM = 72 / 25.4
OWN_REPORT = "本报讯"


def reception_json(reception: Reception) -> dict[str, Any]:
    """What `receive` answers for one file."""
    return {
        "file": reception.file,
        "encoding": reception.encoding,
        "slogans": list(reception.slogans),
        "articles": [received_json(article) for article in reception.articles],
        "other_encodings": list(reception.other_encodings),
    }


def received_json(article: ReceivedArticle) -> dict[str, Any]:
    return article_json(article.text, article.healed, article.doubts)


def article_json(content: ArticleText, healed: Iterable[Healed] = (), doubts: Iterable[str] = ()) -> dict[str, Any]:
    """The receive shape of one article. `parts` says of each paragraph of `body` what it is."""
    return {
        "kicker": content.kicker or None,
        "headline": content.headline,
        "deck": content.deck or None,
        "lead_in": content.lead_in or None,
        "bylines": [byline_json(byline) for byline in content.bylines],
        "body": [paragraph.text for paragraph in content.body],
        "parts": [paragraph.part.value for paragraph in content.body],
        "credits": [byline_json(byline) for byline in content.credits],
        "form": content.form.value,
        "healed": [{"paragraph": one.paragraph, "offset": one.offset} for one in healed],
        "doubts": list(doubts),
    }


def byline_json(byline: Byline) -> dict[str, str]:
    return {"role": byline.role, "name": byline.name}


def finding_json(finding: Finding) -> dict[str, Any]:
    return {
        "start": finding.start,
        "end": finding.end,
        "text": finding.text,
        "rule": finding.rule,
        "tier": finding.tier.value,
        "weight": finding.weight,
        "message": finding.message,
        "clause": finding.clause,
        "suggestions": list(finding.suggestions),
    }


def findings_json(file: str, characters: int, findings: Sequence[Finding], rate: ErrorRate) -> dict[str, Any]:
    """What `proof` answers for one text; `characters` are its code points."""
    return {
        "file": file,
        "characters": characters,
        "findings": [finding_json(finding) for finding in findings],
        "error_rate": {
            "errors": round(rate.errors, 4),
            "allowed": round(rate.allowed, 4),
            "per_10k": round(rate.per_10k, 4),
        },
    }


def mention_json(mention: Mention) -> dict[str, Any]:
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "kind": mention.kind.value,
        "name": mention.name,
        "titles": [
            {"organisation": office.organisation or None, "position": office.position} for office in mention.offices
        ],
    }


def mentions_json(file: str, mentions: Sequence[Mention]) -> dict[str, Any]:
    """What `tag` answers for one text."""
    return {"file": file, "mentions": [mention_json(mention) for mention in mentions]}


def page_json(page: LaidPage, articles: Sequence[int]) -> dict[str, Any]:
    """A page of report.json; sizes in millimetres of the trimmed sheet."""
    return {
        "number": page.number,
        "name": page.name,
        "size_mm": [round(page.width / POINTS_PER_MM, 2), round(page.height / POINTS_PER_MM, 2)],
        "articles": list(articles),
        "overset_lines": page.overset_lines,
        "empty_lines": page.empty_lines,
        "faults": [fault_json(fault) for fault in page.faults],
    }


def fault_json(fault: PageFault) -> dict[str, Any]:
    return {
        "kind": fault.kind.value,
        "severe": fault.severe,
        "message": text(fault.message, **dict(fault.values)),
        "article": fault.article,
    }
