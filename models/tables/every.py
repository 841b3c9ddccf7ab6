"""Every table in one list, so that the metadata is whole whoever asks for it."""

from models.tables.article import ArticleRow
from models.tables.audit import AuditRow
from models.tables.base import Base
from models.tables.change_log import ChangeRow
from models.tables.entity import AliasRow, EntityChangeRow, EntityRow, OfficeRow, RefusalRow
from models.tables.export_log import ExportRow
from models.tables.finding import HouseWordRow, SettledRow, WaiverRow
from models.tables.house_rule import HouseRuleRow
from models.tables.issue import IssueRow
from models.tables.issue_rate import IssueRateRow
from models.tables.lease import LeaseRow
from models.tables.manuscript import ManuscriptRow
from models.tables.mention import MentionRow
from models.tables.page import PageRow
from models.tables.person import PersonRow
from models.tables.picture import PictureRow
from models.tables.profile import ProfileRow
from models.tables.publication import PublicationRow
from models.tables.revision import RevisionRow
from models.tables.template import TemplateRow

METADATA = Base.metadata
ROWS: tuple[type[Base], ...] = (
    PublicationRow,
    IssueRow,
    PageRow,
    ManuscriptRow,
    ArticleRow,
    RevisionRow,
    WaiverRow,
    SettledRow,
    HouseWordRow,
    HouseRuleRow,
    EntityRow,
    AliasRow,
    OfficeRow,
    EntityChangeRow,
    RefusalRow,
    MentionRow,
    PictureRow,
    ProfileRow,
    ChangeRow,
    ExportRow,
    IssueRateRow,
    AuditRow,
    PersonRow,
    LeaseRow,
    TemplateRow,
)
