"""What a record of the authority file may say. Apart from the store, so that a form can ask before it sends."""

from models.values.entity import EntityRecord
from services.config.errors import UserError

LONGEST_NAME = 200  # characters


def complain(record: EntityRecord) -> None:
    """Raises UserError for a record that nobody could have meant."""
    if not record.name.strip():
        raise UserError("desk.names_no_name")
    for words in (record.name, record.parent, *(a.name for a in record.aliases), *(o.position for o in record.offices)):
        if len(words) > LONGEST_NAME or "\n" in words:
            raise UserError("desk.names_too_long", name=words[:20], most=LONGEST_NAME)
    spans = [(one.since, one.until) for one in record.aliases] + [(one.since, one.until) for one in record.offices]
    for since, until in spans:
        if since is not None and until is not None and until < since:
            raise UserError("desk.names_ends_before", name=record.name)
