"""Tables that every app shares."""

from fengong.kernel.models.event import Event
from fengong.kernel.models.event_subject import EventSubject
from fengong.kernel.models.heartbeat import Heartbeat
from fengong.kernel.models.lease import Lease

__all__ = ["Event", "EventSubject", "Heartbeat", "Lease"]
