"""The desk tables."""

from fengong.desk.models.attachment import Attachment
from fengong.desk.models.bulk_change import BulkChange
from fengong.desk.models.calendar import Calendar
from fengong.desk.models.calendar_day import CalendarDay
from fengong.desk.models.draft import Draft
from fengong.desk.models.field import Field
from fengong.desk.models.ladder_step import LadderStep
from fengong.desk.models.link import Link
from fengong.desk.models.load import Load
from fengong.desk.models.mention import Mention
from fengong.desk.models.merge import Merge
from fengong.desk.models.message import Message
from fengong.desk.models.promise_edition import PromiseEdition
from fengong.desk.models.rating import Rating
from fengong.desk.models.scheduled_reply import ScheduledReply
from fengong.desk.models.service_level import ServiceLevel
from fengong.desk.models.service_policy import ServicePolicy
from fengong.desk.models.side_conversation import SideConversation
from fengong.desk.models.side_message import SideMessage
from fengong.desk.models.signature import Signature
from fengong.desk.models.survey import Survey
from fengong.desk.models.tag import Tag
from fengong.desk.models.tagging import Tagging
from fengong.desk.models.ticket import Ticket
from fengong.desk.models.ticket_template import TicketTemplate
from fengong.desk.models.ticket_type import TicketType
from fengong.desk.models.view import View
from fengong.desk.models.viewer import Viewer
from fengong.desk.models.watcher import Watcher

__all__ = [
    "Attachment",
    "BulkChange",
    "Calendar",
    "CalendarDay",
    "Draft",
    "Field",
    "LadderStep",
    "Link",
    "Load",
    "Mention",
    "Merge",
    "Message",
    "PromiseEdition",
    "Rating",
    "ScheduledReply",
    "ServiceLevel",
    "ServicePolicy",
    "SideConversation",
    "SideMessage",
    "Signature",
    "Survey",
    "Tag",
    "Tagging",
    "Ticket",
    "TicketTemplate",
    "TicketType",
    "View",
    "Viewer",
    "Watcher",
]
