"""The people tables."""

from fengong.people.models.access_token import AccessToken
from fengong.people.models.account import Account
from fengong.people.models.duty import Duty
from fengong.people.models.duty_acknowledgement import DutyAcknowledgement
from fengong.people.models.duty_list import DutyList
from fengong.people.models.member import Member
from fengong.people.models.position import Position
from fengong.people.models.skill import Skill
from fengong.people.models.skill_evidence import SkillEvidence
from fengong.people.models.skill_ramp import SkillRamp
from fengong.people.models.skill_stretch import SkillStretch
from fengong.people.models.team import Team
from fengong.people.models.topic import Topic

__all__ = [
    "AccessToken",
    "Account",
    "Duty",
    "DutyAcknowledgement",
    "DutyList",
    "Member",
    "Position",
    "Skill",
    "SkillEvidence",
    "SkillRamp",
    "SkillStretch",
    "Team",
    "Topic",
]
