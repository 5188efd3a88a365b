"""The mail tables."""

from fengong.integrations.mail.models.bouncing_address import BouncingAddress
from fengong.integrations.mail.models.delivery import Delivery
from fengong.integrations.mail.models.mailbox import Mailbox
from fengong.integrations.mail.models.participant import Participant
from fengong.integrations.mail.models.position import Position
from fengong.integrations.mail.models.raw_mail import RawMail

__all__ = ["BouncingAddress", "Delivery", "Mailbox", "Participant", "Position", "RawMail"]
