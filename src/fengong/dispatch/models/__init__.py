"""The dispatch tables."""

from fengong.dispatch.models.decision import Decision
from fengong.dispatch.models.escalation import Escalation
from fengong.dispatch.models.move import Move
from fengong.dispatch.models.offer import Offer
from fengong.dispatch.models.policy_edition import PolicyEdition
from fengong.dispatch.models.round import Round
from fengong.dispatch.models.stand_in import StandIn
from fengong.dispatch.models.wait import Wait

__all__ = ["Decision", "Escalation", "Move", "Offer", "PolicyEdition", "Round", "StandIn", "Wait"]
