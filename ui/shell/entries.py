"""What the command palette reaches: commands, articles, pages, and the names of the article in front."""

from functools import partial

from services.config.messages import text
from ui.actions.ids import ActionId
from ui.actions.palette import Entry
from ui.actions.registry import keys_of
from ui.shell.frame import Frame
from ui.shell.front import Front
from ui.shell.page_tab import PageTabs
from ui.tagging.entity_list import name_rows


def palette_entries(window: Frame, front: Front, pages: PageTabs) -> list[Entry]:
    """Everything that can be reached now; commands that do not work here are left out."""
    found = [
        Entry(
            words=action.text(), place=text(f"window.menu.{spec.menu.value}"), icon=spec.icon, keys=keys_of(action),
            prefix=">", do=action.trigger, also=spec.id.value.replace("_", " "),
        )
        for spec, action in window.actions_.bound()
        if action.isEnabled() and spec.id is not ActionId.PALETTE
    ]  # fmt: skip
    for card in window.newsroom.cards:
        place = text("window.list.unplaced") if card.page_number is None else f"{card.page_number:02d}"
        found.append(
            Entry(words=card.headline, place=place, icon="article", keys="", prefix="",
                  do=partial(window.open_article, card.id))
        )  # fmt: skip
    if window.newsroom.issue is not None:
        for page in window.newsroom.issue.pages:
            words = text("window.page.name", number=f"{page.number:02d}", name=page.name)
            found.append(
                Entry(words=words, place=text("window.menu.page"), icon="page", keys="", prefix="#",
                      do=partial(pages.open, page.id))
            )  # fmt: skip
    view = front.article
    if view is not None:
        for row in name_rows(view.session.sheet.mentions):
            first = row.mentions[0]
            found.append(
                Entry(words=row.name, place=text(f"window.kind.{row.kind.value}"), icon=row.kind.value, keys="",
                      prefix="@", do=partial(front.reveal, first.start, first.end))
            )  # fmt: skip
    return found
