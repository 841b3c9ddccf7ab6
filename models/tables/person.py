"""人员: who works on a store and as what (services/desk/permissions); empty for a store of one editor.

On a server the login is that of the connection: a person is who the database says, not who the settings say.
"""

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, Timed


class PersonRow(Timed, Base):
    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text, default="")  # as shown in the history; "": the login
    role: Mapped[str] = mapped_column(Text)
