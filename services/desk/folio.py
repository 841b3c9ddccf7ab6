"""What masthead and folio line of a page print, from publication, issue and page."""

import datetime

from models.values.issue import Folio
from models.values.publication import Profile, Publication


def folio(
    publication: Publication,
    *,
    date: datetime.date,
    total_number: int | None,
    page_number: int,
    page_name: str,
    pages: int,
) -> Folio:
    """The folio of one page; the layout adds what the law asks of an internal publication."""
    return Folio(
        publication=publication.name,
        date=date,
        page_number=page_number,
        page_name=page_name,
        total_number=total_number,
        pages=pages,
        number_line=publication.number,
        sponsor=publication.sponsor,
        publisher=publication.publisher,
        address=publication.address,
        price=publication.price,
        internal=publication.profile is Profile.INTERNAL,
    )
