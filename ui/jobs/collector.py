"""Python's cyclic garbage is collected on the window's thread alone.

The collector may run in whatever thread happens to allocate. A closed page or window is a cycle of Qt objects; freed
by a worker's thread while the window paints, they can take the process down. Price: cycles that a job makes live up
to a second longer.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 1000  # ms


class Collector(QObject):
    """While it lives the automatic collector is off, and a timer of the window's thread does its work."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        gc.disable()
        timer = QTimer(self)
        timer.setInterval(EVERY)
        timer.timeout.connect(self.look)
        timer.start()

    def look(self) -> None:
        """Collects the oldest generation whose threshold is passed; the youngest in well under a millisecond."""
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return
