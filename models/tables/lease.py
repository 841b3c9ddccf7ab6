"""占用: who has an article or a page open, until when. A courtesy for people: the version of a change is the guarantee.

Times are those of the database's clock. `token` grows with every new holder; it is never given twice, so that whoever
was taken over is told so at the next heartbeat.
"""

import datetime

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, UtcTime


class LeaseRow(Base):
    __tablename__ = "lease"

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(Text, unique=True)  # "article 12", "page 3"
    holder: Mapped[str] = mapped_column(Text)  # shown name
    desk: Mapped[str] = mapped_column(Text)  # which program: one person may have two
    token: Mapped[int] = mapped_column()
    since: Mapped[datetime.datetime] = mapped_column(UtcTime)
    until: Mapped[datetime.datetime] = mapped_column(UtcTime)
