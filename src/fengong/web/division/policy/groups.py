"""Groups of a policy: who is asked first for which topics, and who falls in when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengong.people import queries as people

RINGS = (1, 2)
MOST = 12
Choices = list[tuple[int, str]]


class GroupForm(forms.Form):
    """One group. Rings beyond the second, channels and the least priority stay as they were."""

    name = forms.CharField(max_length=80, required=False, label=gettext_lazy("Group"))

    def __init__(
        self, data: Any, group: Mapping[str, Any] | None, teams: Choices, topics: Choices, **more: Any
    ) -> None:
        super().__init__(data, initial=_initial(group), **more)
        self.group = group or {}
        self.fields["name"].widget.attrs["class"] = "input"
        self.fields["teams"] = _several(teams, gettext_lazy("Asked at once"))
        self.fields["topics"] = _several(topics, gettext_lazy("For these topics; none means all"))
        for ring in RINGS:
            self.fields[f"after_{ring}"] = _minutes(gettext_lazy("After so many minutes also"))
            self.fields[f"teams_{ring}"] = _several(teams, gettext_lazy("these teams"))
        self.fields["anybody"] = _minutes(gettext_lazy("Anybody after so many minutes; empty: never"))

    @property
    def named(self) -> str:
        return str(self.group.get("name", ""))

    def clean(self) -> dict[str, Any]:
        """A group has a team, and rings open one after the other."""
        given = self.cleaned_data
        if given.get("name") and not given.get("teams"):
            self.add_error("teams", _("Choose at least one team."))
        return given

    def wanted(self) -> dict[str, Any] | None:
        """The group as the rules have it; None where it has no name."""
        given = self.cleaned_data
        if not given["name"]:
            return None
        rings = [
            {"after": given[f"after_{ring}"], "teams": given[f"teams_{ring}"]}
            for ring in RINGS
            if given[f"after_{ring}"] and given[f"teams_{ring}"]
        ]
        kept = {name: self.group[name] for name in ("channels", "priority") if name in self.group}
        rings += self.group.get("rings", [])[len(RINGS) :]
        names = ("name", "teams", "topics", "anybody")
        return {**kept, **{name: given[name] for name in names}, "rings": rings}


def group_forms(data: Any, rules: Mapping[str, Any]) -> list[GroupForm]:
    """A form for each group and an empty one."""
    teams = [(team.pk, team.label) for team in people.teams()]
    topics = [(topic.pk, topic.label) for topic in people.topics()]
    groups = [*rules["groups"], None][:MOST]
    return [GroupForm(data, group, teams, topics, prefix=f"group-{n}") for n, group in enumerate(groups)]


def _initial(group: Mapping[str, Any] | None) -> dict[str, Any]:
    if group is None:
        return {}
    found: dict[str, Any] = {name: group[name] for name in ("name", "teams", "topics", "anybody")}
    for ring, said in zip(RINGS, group["rings"], strict=False):
        found |= {f"after_{ring}": said["after"], f"teams_{ring}": said["teams"]}
    return found


def _several(choices: Choices, label: Any) -> forms.Field:
    widget = forms.SelectMultiple(attrs={"class": "input", "size": min(4, max(2, len(choices)))})
    return forms.TypedMultipleChoiceField(
        choices=choices, coerce=int, required=False, label=label, widget=widget, empty_value=[]
    )


def _minutes(label: Any) -> forms.Field:
    field = forms.FloatField(min_value=0, max_value=10_080, required=False, label=label)
    field.widget.attrs |= {"class": "input", "step": "any"}
    return field
