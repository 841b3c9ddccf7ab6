"""What masthead and folio line of a page print, from publication, issue and page."""

import datetime

from models.values.issue import Folio
from models.values.publication import Profile, Publication

INTERNAL_LINE = "内部资料 免费交流"  # 内部资料性出版物管理办法 (2015), art. 14: printed with the permit number


def folio(
    publication: Publication,
    *,
    date: datetime.date,
    total_number: int | None,
    page_number: int,
    page_name: str,
    pages: int,
) -> Folio:
    """The folio of one page; an internal publication prints its permit line, a newspaper its CN number."""
    number = publication.number
    if publication.profile is Profile.INTERNAL:
        number = f"{number}　{INTERNAL_LINE}" if number else INTERNAL_LINE
    return Folio(
        publication=publication.name,
        date=date,
        page_number=page_number,
        page_name=page_name,
        total_number=total_number,
        pages=pages,
        number_line=number,
        sponsor=publication.sponsor,
    )
