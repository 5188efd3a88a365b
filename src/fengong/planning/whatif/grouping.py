"""By what the customers' tickets are grouped: topic, priority, or a column the mapping names as a hint."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from fengong.planning.replay.assemble import Assembled
from fengong.planning.replay.bridge import Study
from fengong.planning.replay.mapping import PRIORITIES, Mapping
from fengong.planning.whatif.problems import BadScenario
from fengong.planning.whatif.scenario import Scenario

OTHER = "other"
UNKNOWN = "–"


@dataclass(frozen=True, slots=True)
class Grouping:
    """`codes` by ticket, None where they are the topics; `names` by code."""

    codes: tuple[int, ...] | None
    names: tuple[str, ...]


def grouping(study: Study, assembled: Assembled, mapping: Mapping, scenario: Scenario) -> Grouping:
    """Return the groups a scenario asks for. Raises `BadScenario` for a column that is no hint."""
    if scenario.groups == "topic":
        return Grouping(None, study.inferred.reading.topics)
    if scenario.groups == "priority":
        codes = tuple(priority - 1 for priority in study.desk.tickets.priority.tolist())
        return Grouping(codes, tuple(PRIORITIES))
    for i, columns in enumerate(mapping.hints):
        if scenario.groups in columns:
            cases = study.inferred.reading.cases
            names = [UNKNOWN if name is None else name for name in assembled.hints[i].codes]
            return _without_rare(study.log.hints[cases, i].tolist(), names, mapping.least_cases)
    known = ("topic", "priority", *(name for columns in mapping.hints for name in columns))
    raise BadScenario(
        scenario.path, scenario.groups_place, "unknown-groups", name=scenario.groups, known=known, near=""
    )


def _without_rare(codes: list[int], names: list[str], least: int) -> Grouping:
    """Fold groups of fewer tickets than `least` into one, so that each left has something to say."""
    count = Counter(codes)
    kept = [code for code, tickets in count.most_common() if tickets >= least]
    new = {code: place for place, code in enumerate(kept)}
    rest = [OTHER] if len(kept) < len(count) else []
    return Grouping(
        tuple(new.get(code, len(kept)) for code in codes), (*(names[code] for code in kept), *rest)
    )
