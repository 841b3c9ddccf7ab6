"""PressSettings 付印设置: what the print house asked for, set once for a publication."""

from dataclasses import dataclass

from models.values.laid_page import Ink

CUSTOM = "Custom"  # no registered condition: newsprint in general, by the model in resources/press
NEWSPRINT = (CUSTOM, "IFRA26", "CGATS21-2-CRPC1", "JCN2002")  # what that model may stand in for
CONDITIONS = (  # reference names in the ICC registry of characterisation data, newsprint first
    CUSTOM,
    "IFRA26",
    "CGATS21-2-CRPC1",
    "JCN2002",
    "FOGRA52",
    "FOGRA47",
    "FOGRA51",
    "FOGRA39",
    "JC200103",
)
HOUSE_RED = Ink(m=1.0, y=0.95, k=0.12)  # the red of mastheads, slogans and quotes as the layout sets it


@dataclass(frozen=True, slots=True, kw_only=True)
class PressSettings:
    """`profile` is the sha256 of an ICC profile in the store, "": none, then `condition` names the printing condition,
    and pictures for newsprint are converted by our own model of it.

    `spot` names the ink that prints what the layout sets in red (套红), "": red is mixed of the process inks.
    """

    condition: str = CUSTOM  # or a reference name in the ICC registry
    profile: str = ""
    marks: bool = True  # crop, registration and colour marks, page information
    least_ppi: int = 150  # coarser pictures are refused
    spot: str = ""
