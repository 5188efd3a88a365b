"""Rules and their runs as rows of a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fengong.automation import queries as automation
from fengong.automation.deeds import DEEDS, Chip, describe_all
from fengong.automation.occasions import CLOCKS, OCCASIONS
from fengong.kernel.paging import page
from fengong.web.settings.promises.forms import in_words
from fengong.web.settings.rules.forms import LogForm

A_PAGE = 50


@dataclass(frozen=True)
class Row:
    """A rule in the list."""

    rule: Any
    when: list[str]
    chips: list[Chip]


def rows() -> list[Row]:
    """All rules in their order, with when they look and what they do."""
    rules = list(automation.rules())
    said = describe_all(rule.deeds for rule in rules)
    return [Row(rule, when(rule), chips) for rule, chips in zip(rules, said, strict=True)]


def when(rule: Any) -> list[str]:
    """When a rule looks, in words."""
    if rule.when == "event":
        return [str(OCCASIONS[name].label) for name in rule.events if name in OCCASIONS]
    return [f"{in_words(rule.minutes)} {dict(CLOCKS).get(rule.clock, '')}"]


@dataclass(frozen=True)
class Outcome:
    """What became of one deed of a run."""

    label: Any
    icon: str
    done: bool
    said: str


class Log:
    """A stretch of the log, narrowed as the URL says."""

    def __init__(self, query: Any) -> None:
        self.form = LogForm(query)
        self.form.is_valid()
        self.asked = {name: value for name, value in self.form.cleaned_data.items() if value}
        after = self.asked.pop("after", None)
        found = automation.runs(
            rule=self.asked.get("rule"), ticket=self.asked.get("ticket"), state=self.asked.get("state", "")
        )
        self._page = page(found, by=("-id",), limit=A_PAGE, after=(after,) if after else None)

    @property
    def rows(self) -> list[tuple[Any, list[Outcome]]]:
        return [(run, outcomes(run.outcomes)) for run in self._page.rows]

    @property
    def older(self) -> str:
        """Query of the next stretch; empty at the end."""
        return urlencode({**self.asked, "after": self._page.after[0]}) if self._page.after else ""


def outcomes(stored: list[dict[str, Any]]) -> list[Outcome]:
    """Stored outcomes with the words of their deeds."""
    return [
        Outcome(
            label=DEEDS[one["deed"]].label if one["deed"] in DEEDS else one["deed"],
            icon="circle-check" if one["done"] else "circle-x",
            done=one["done"],
            said=one["said"],
        )
        for one in stored
    ]
