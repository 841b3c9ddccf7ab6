"""What the program noticed about a file that it wrote, in plain words."""

from dataclasses import dataclass

from services.config.messages import text


@dataclass(frozen=True, slots=True, kw_only=True)
class PressFinding:
    """`message` is a message key with `values`; `page` counts from 1 in the file, 0 for the whole of it. What `fails`
    keeps the file from the press; the rest only tells."""

    message: str
    page: int = 0
    values: tuple[tuple[str, str], ...] = ()
    fails: bool = True

    def __str__(self) -> str:
        return text(self.message, page=self.page, **dict(self.values))


@dataclass(frozen=True, slots=True, kw_only=True)
class Flight:
    """`wrong`: what the check found in the file; `told`: what was done to pictures and why the file is what it is."""

    wrong: tuple[PressFinding, ...] = ()
    told: tuple[PressFinding, ...] = ()
    checked: bool = False  # the file was read again

    @property
    def ready(self) -> bool:
        """Whether the file may be called ready for the press."""
        return self.checked and not self.wrong
