"""The desk tables."""

from fengong.desk.models.attachment import Attachment
from fengong.desk.models.bulk_change import BulkChange
from fengong.desk.models.calendar import Calendar
from fengong.desk.models.calendar_day import CalendarDay
from fengong.desk.models.field import Field
from fengong.desk.models.ladder_step import LadderStep
from fengong.desk.models.link import Link
from fengong.desk.models.load import Load
from fengong.desk.models.merge import Merge
from fengong.desk.models.message import Message
from fengong.desk.models.promise_edition import PromiseEdition
from fengong.desk.models.service_level import ServiceLevel
from fengong.desk.models.service_policy import ServicePolicy
from fengong.desk.models.tag import Tag
from fengong.desk.models.tagging import Tagging
from fengong.desk.models.ticket import Ticket
from fengong.desk.models.ticket_template import TicketTemplate
from fengong.desk.models.ticket_type import TicketType
from fengong.desk.models.watcher import Watcher

__all__ = [
    "Attachment",
    "BulkChange",
    "Calendar",
    "CalendarDay",
    "Field",
    "LadderStep",
    "Link",
    "Load",
    "Merge",
    "Message",
    "PromiseEdition",
    "ServiceLevel",
    "ServicePolicy",
    "Tag",
    "Tagging",
    "Ticket",
    "TicketTemplate",
    "TicketType",
    "Watcher",
]
