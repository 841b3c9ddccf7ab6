"""Every check that is code, by name, in the order in which families speak."""

from collections.abc import Mapping
from types import MappingProxyType

from services.proofing.contract import Find
from services.proofing.rules import pairs, repeats, widths

CODE: Mapping[str, Find] = MappingProxyType(dict((*widths.TABLE, *pairs.TABLE, *repeats.TABLE)))
