"""Two kinds of error: the world's (UserError: say it kindly, at the place) and ours (everything else)."""

from services.config.messages import text


class UserError(Exception):
    """Something outside is wrong: a file missing, damaged, refused; a store locked or too new.

    `key` is a message of resources/locale that says what happened, to which file, what to do; `values` fill it.
    The command line ends with exit code 3, the window shows a notice.
    """

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def __str__(self) -> str:
        return text(self.key, **self.values)


class UsageError(UserError):
    """A command was called with words that do not go together. The command line ends with exit code 2."""
