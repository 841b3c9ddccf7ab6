"""Which record is meant: by office, or not at all."""

from models.values.article_text import FlatText
from models.values.ids import EntityId
from models.values.mention import EntityKind, KnownEntity, Office
from services.tagging.resolve import resolve
from services.tagging.tag import TagContext, tag


def _known(
    number: int, name: str, *offices: Office, kind: EntityKind = EntityKind.PERSON, aliases: tuple[str, ...] = ()
):
    return KnownEntity(id=EntityId(number), kind=kind, name=name, offices=offices, aliases=aliases)


CHAIR = Office(position="副主席", organisation="江州市总工会")
DRIVER = Office(position="驾驶员", organisation="客二分公司")
TWO = (_known(1, "李明", CHAIR), _known(2, "李明", DRIVER))


def test_the_office_tells_two_apart() -> None:
    assert resolve(TWO, (Office(position="驾驶员", organisation="客二分公司"),)).entity == TWO[1]
    assert resolve(TWO, (Office(position="副主席", organisation="市总工会"),)).entity == TWO[0]


def test_without_office_two_stay_two() -> None:
    link = resolve(TWO, ())
    assert link.entity is None
    assert link.reasons == ("authority_namesakes",)


def test_one_record_with_quite_another_office_is_not_linked() -> None:
    link = resolve(TWO[:1], (DRIVER,))
    assert (link.entity, link.reasons) == (None, ("authority_other_office",))
    assert resolve(TWO[:1], ()).entity == TWO[0]


def test_nobody_known() -> None:
    assert resolve((), (CHAIR,)).entity is None


def test_mentions_are_linked_in_the_text() -> None:
    text = FlatText.plain("江州市总工会副主席李明出席会议。客二分公司驾驶员李明发言。")
    people = [m for m in tag(text, TagContext(known=TWO)) if m.kind is EntityKind.PERSON]
    assert [(m.text, m.entity) for m in people] == [("李明", 1), ("李明", 2)]


def test_an_alias_gives_the_full_name() -> None:
    known = (_known(7, "江州市职工技术协会", kind=EntityKind.ORGANISATION, aliases=("江州技协",)),)
    found = [m for m in tag(FlatText.plain("江州技协举办讲座。"), TagContext(known=known)) if m.entity]
    assert [(m.text, m.name, m.entity) for m in found] == [("江州技协", "江州市职工技术协会", 7)]


def test_a_known_name_that_is_a_word_is_found_by_its_office_only() -> None:
    known = (_known(3, "高兴", CHAIR),)
    text = "江州市总工会副主席高兴讲话。大家都很高兴。"
    people = [m for m in tag(FlatText.plain(text), TagContext(known=known)) if m.kind is EntityKind.PERSON]
    assert [(m.start, m.entity) for m in people] == [(9, 3)]
