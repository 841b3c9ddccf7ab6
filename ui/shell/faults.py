"""The one place that tells faults: the world's kindly in a notice, ours by the crash handler."""

from PySide6.QtCore import QObject

from services.config.errors import UserError
from services.config.messages import text
from ui.layout.session import PageSession
from ui.proofing.session import ArticleSession
from ui.shell.frame import Frame


class Faults(QObject):
    def __init__(self, window: Frame) -> None:
        super().__init__(window)
        self._window = window

    def tell(self, error: Exception) -> None:
        """A UserError is told; anything else is a bug and goes the crash handler's way."""
        if isinstance(error, UserError | OSError):
            self._window.notices.tell(str(error), fault=True)
            return
        raise error

    def tell_plan(self, session: PageSession, error: Exception) -> None:
        """A page's fault; what could not be stored is offered once more."""
        if isinstance(error, UserError | OSError):
            offer = (text("window.save.again"), session.again) if session.broken else None
            self._window.notices.tell(str(error), fault=True, offer=offer)
            return
        raise error

    def tell_save(self, session: ArticleSession, error: Exception) -> None:
        """What was typed is not stored: it stays in the window, and the person chooses what to do."""
        if isinstance(error, UserError) and error.key == "desk.stale":
            again = (text("window.save.mine"), lambda: session.save(force=True))
            self._window.notices.tell(str(error), fault=True, offer=again)
        elif isinstance(error, UserError | OSError):
            self._window.notices.tell(str(error), fault=True, offer=(text("window.save.again"), session.save))
        else:
            self._window.notices.tell(
                text("window.save.failed"), fault=True, offer=(text("window.save.again"), session.save)
            )
            raise error
