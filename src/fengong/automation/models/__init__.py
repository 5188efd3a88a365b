"""The automation tables."""

from fengong.automation.models.ladder_run import LadderRun
from fengong.automation.models.macro import Macro
from fengong.automation.models.rule import Rule
from fengong.automation.models.rule_run import RuleRun
from fengong.automation.models.timer import Timer

__all__ = ["LadderRun", "Macro", "Rule", "RuleRun", "Timer"]
