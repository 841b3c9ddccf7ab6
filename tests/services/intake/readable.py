"""A reception as a person reads it: what the expected files beside the manuscripts hold."""

from models.values.article_text import Byline, ReceivedArticle, Reception


def readable(reception: Reception) -> str:
    """Parts by name, one a line; ‖ marks a place where two pieces were joined; doubts are left out."""
    lines = [f"slogan: {slogan}" for slogan in reception.slogans]
    for article in reception.articles:
        lines += ["", f"== {article.text.form.value}", *_article(article)]
    return "\n".join(lines).strip() + "\n"


def _article(article: ReceivedArticle) -> list[str]:
    text = article.text
    named = [("kicker", text.kicker), ("headline", text.headline), ("deck", text.deck)]
    named += [("dateline", text.dateline), ("lead-in", text.lead_in), ("signature", text.signature)]
    lines = [f"{name}: {words}" for name, words in named if words]
    lines += [f"byline: {_signed(each)}" for each in text.bylines]
    lines += [f"credit: {_signed(each)}" for each in text.credits]
    for index, paragraph in enumerate(text.body):
        words, at = "", 0
        for healed in sorted(each.offset for each in article.healed if each.paragraph == index):
            words += paragraph.text[at:healed] + "‖"
            at = healed
        lines.append(f"{paragraph.part.value}: {words}{paragraph.text[at:]}")
    return lines


def _signed(byline: Byline) -> str:
    return f"{byline.role}/{byline.name}"
