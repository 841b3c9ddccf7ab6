"""Ranks and heading sizes: which article leads, which follow, and how large each is headed.

A desk that has not ranked its copy has still said much: the piece after the slogan leads, order in the manuscript is
order of weight, a kicker and a deck are given to what matters, length follows importance. Sizes step down a named
scale with a ratio of at least 1.2 between levels, so that a reader sees which of two headings is the larger.
"""

from collections.abc import Sequence

from models.values.article_text import ArticleText, Form
from models.values.template import PageTemplate

MIN_RATIO = 1.2
MOST_LEVELS = 6
SMALLEST_HEADING = 13.5  # points: below it a headline sinks into the body


def weight(article: ArticleText, order: int, count: int) -> float:
    """How much an article counts, larger is more: length, kicker, deck, form and its place in the manuscript."""
    body = sum(len(paragraph.text) for paragraph in article.body)
    value = min(body, 1600) / 400.0
    value += 1.2 if article.kicker else 0.0
    value += 0.6 if article.deck else 0.0
    value += 1.5 * (count - order) / max(1, count)
    if order == 0:
        value += 2.0
    if article.form is Form.PHOTO:
        value = min(value, 1.0) + 0.9 * (count - order) / max(1, count)
    return value


def rank(articles: Sequence[ArticleText]) -> tuple[int, ...]:
    """A rank for each article, 0 the lead, every rank once. A photo story leads only where there is no news."""
    count = len(articles)
    order = sorted(
        range(count),
        key=lambda index: (-weight(articles[index], index, count), index),
    )
    news = [index for index in order if articles[index].form is Form.NEWS]
    if news and order[0] != news[0]:
        order.remove(news[0])
        order.insert(0, news[0])
    ranks = [0] * count
    for place, index in enumerate(order):
        ranks[index] = place
    return tuple(ranks)


def heading_scale(template: PageTemplate, lead_size: float) -> tuple[float, ...]:
    """The sizes of the levels in points, largest first, each at least 1.2 times the next."""
    scale = [lead_size]
    ratio = 1.3  # the lead stands clear of the page
    while len(scale) < MOST_LEVELS:
        smaller = [s for s in template.heading_steps if SMALLEST_HEADING <= s <= scale[-1] / ratio + 0.01]
        if not smaller:
            break
        scale.append(max(smaller))
        ratio = MIN_RATIO
    return tuple(scale)


def level_of(place: int, count: int, levels: int) -> int:
    """The level of place `place` of `count`: lead and second alone, the rest spread over what is left."""
    if place <= 1 or levels <= 2:
        return min(place, levels - 1)
    spread = (place - 2) * (levels - 2) // max(1, count - 2)
    return min(levels - 1, 2 + spread)
