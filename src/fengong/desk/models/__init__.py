"""The desk tables."""

from fengong.desk.models.attachment import Attachment
from fengong.desk.models.load import Load
from fengong.desk.models.message import Message
from fengong.desk.models.service_level import ServiceLevel
from fengong.desk.models.ticket import Ticket

__all__ = ["Attachment", "Load", "Message", "ServiceLevel", "Ticket"]
