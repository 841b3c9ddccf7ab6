"""审计: one line for every change of an article or a page, each holding the hash of the line before it.

Only ever added to: triggers of the database refuse to change or delete a line (services/store/schema), and a line that
was changed past them no longer fits its hash or that of the next one (services/store/audit).
"""

import datetime

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, UtcTime


class AuditRow(Base):
    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    time: Mapped[datetime.datetime] = mapped_column(UtcTime)
    author: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text)  # "article 12", "page 3"; no key, so that a line outlives its subject
    version: Mapped[int] = mapped_column()  # of the subject after the change
    digest: Mapped[str] = mapped_column(Text)  # SHA-256 of what was stored, hexadecimal
    hash: Mapped[str] = mapped_column(Text, unique=True)  # of this line and the hash before it
