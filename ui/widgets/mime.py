"""What is dragged inside the window."""

from PySide6.QtCore import QMimeData

from models.values.ids import ArticleId

ARTICLE = "application/x-qingyang-article"


def article_data(article: ArticleId) -> QMimeData:
    data = QMimeData()
    data.setData(ARTICLE, str(int(article)).encode("ascii"))
    return data


def dragged_article(data: QMimeData) -> ArticleId | None:
    """The article that is dragged, None for anything else: other programs can put any bytes under any name."""
    if not data.hasFormat(ARTICLE):
        return None
    raw = bytes(data.data(ARTICLE).data())
    return ArticleId(int(raw)) if raw.isdigit() and len(raw) < 16 else None
