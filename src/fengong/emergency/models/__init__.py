"""The tables of sudden events."""

from fengong.emergency.models.lane import Lane
from fengong.emergency.models.measure import Measure
from fengong.emergency.models.readiness import Readiness
from fengong.emergency.models.shielded_ticket import ShieldedTicket
from fengong.emergency.models.standby_call import StandbyCall
from fengong.emergency.models.stream import Stream
from fengong.emergency.models.surge import Surge
from fengong.emergency.models.swarm import Swarm
from fengong.emergency.models.swarm_entry import SwarmEntry
from fengong.emergency.models.swarm_member import SwarmMember
from fengong.emergency.models.swarm_task import SwarmTask

__all__ = [
    "Lane",
    "Measure",
    "Readiness",
    "ShieldedTicket",
    "StandbyCall",
    "Stream",
    "Surge",
    "Swarm",
    "SwarmEntry",
    "SwarmMember",
    "SwarmTask",
]
