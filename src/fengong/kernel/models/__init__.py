"""Tables that every app shares."""

from fengong.kernel.models.bookmark import Bookmark
from fengong.kernel.models.event import Event
from fengong.kernel.models.event_subject import EventSubject
from fengong.kernel.models.heartbeat import Heartbeat
from fengong.kernel.models.lease import Lease
from fengong.kernel.models.run import Run

__all__ = ["Bookmark", "Event", "EventSubject", "Heartbeat", "Lease", "Run"]
