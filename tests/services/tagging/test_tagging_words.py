"""Every reason that a mention may give has words for people, in both languages."""

import re
import tomllib

from services.config.paths import HOME, RESOURCES


def test_reasons_are_worded_in_both_languages() -> None:
    tables = [
        tomllib.loads((RESOURCES / "locale" / language / "tagging.toml").read_text("utf-8"))
        for language in ("zh", "en")
    ]
    assert tables[0].keys() == tables[1].keys()
    assert tables[0]["reason"].keys() == tables[1]["reason"].keys()
    source = "\n".join(path.read_text("utf-8") for path in sorted((HOME / "services" / "tagging").glob("*.py")))
    for reason in tables[0]["reason"]:
        assert re.search(rf'"{reason}"', source), reason
    used = set(re.findall(r'reasons(?:=\(|\.append\()"(\w+)"', source)) | set(re.findall(r'"(authority_\w+)"', source))
    assert used <= tables[0]["reason"].keys()
