"""What administrators type about members, teams and topics."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fengong.people import queries as people
from fengong.web.settings.filing.forms import NamedForm, SettingForm

BETWEEN = re.compile(r"[,，、;；\n]+")
ROOM = 240
"""Minutes of effort that somebody new holds at once, to begin with."""
PROFICIENCY = (
    ("", "–"),
    (1, pgettext_lazy("proficiency", "1 · beginner")),
    (2, pgettext_lazy("proficiency", "2 · with help")),
    (3, pgettext_lazy("proficiency", "3 · alone")),
    (4, pgettext_lazy("proficiency", "4 · experienced")),
    (5, pgettext_lazy("proficiency", "5 · expert")),
)


def _teams() -> list[tuple[int, Any]]:
    return [(team.pk, team.label) for team in people.teams()]


def _positions() -> list[tuple[int, Any]]:
    return [(position.pk, position.label) for position in people.positions()]


class MemberForm(SettingForm):
    """Somebody who works here."""

    display_name = forms.CharField(max_length=80, label=gettext_lazy("What colleagues call them"))
    team = forms.TypedChoiceField(coerce=int, choices=_teams, label=gettext_lazy("Team"))
    position = forms.TypedChoiceField(coerce=int, choices=_positions, label=gettext_lazy("Position"))
    capacity = forms.IntegerField(
        min_value=0,
        max_value=2880,
        initial=ROOM,
        label=gettext_lazy("Room for work at once, in minutes"),
        help_text=gettext_lazy("Tickets are given up to this many minutes of expected work; 0: none."),
    )
    sort_key = forms.CharField(
        max_length=80,
        required=False,
        label=gettext_lazy("Sorted as"),
        help_text=gettext_lazy("Such as the name in Latin letters."),
    )


class NewMemberForm(MemberForm):
    """Somebody new, with a sign-in and a first guess at what they know."""

    field_order = ("display_name", "email", "language", "team", "position", "level", "capacity", "sort_key")
    email = forms.EmailField(
        max_length=254,
        required=False,
        label=gettext_lazy("E-mail address to sign in with"),
        help_text=gettext_lazy("You get a link to hand to them; they choose a password by it."),
    )
    language = forms.ChoiceField(choices=settings.LANGUAGES, label=gettext_lazy("Language"))
    level = forms.TypedChoiceField(
        coerce=int,
        empty_value=None,
        choices=PROFICIENCY,
        required=False,
        label=gettext_lazy("Knows every topic at level"),
        help_text=gettext_lazy("To begin with; leave it empty to say it topic by topic afterwards."),
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["sort_key"].widget = forms.HiddenInput()


class TeamForm(NamedForm):
    """A team."""


class LedTeamForm(TeamForm):
    """A team that stands, and who leads it."""

    def __init__(self, *given: Any, team: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        those = [(one.pk, one.display_name) for one in people.members() if one.team_id == team.pk]
        self.fields["lead"] = forms.TypedChoiceField(
            coerce=int,
            empty_value=None,
            required=False,
            choices=[("", _("nobody")), *those],
            label=pgettext_lazy("team", "Lead"),
            widget=forms.Select(attrs={"class": "input"}),
        )


class TopicForm(NamedForm):
    """What tickets are about, and how long each difficulty is expected to take."""

    keywords = forms.CharField(
        max_length=2000,
        required=False,
        label=gettext_lazy("Words that point to it, with commas"),
        help_text=gettext_lazy("New tickets that hold one of these are graded to this topic."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    minutes_1 = forms.IntegerField(
        min_value=1, max_value=2880, initial=15, label=gettext_lazy("Minutes of work on a common matter")
    )
    minutes_2 = forms.IntegerField(
        min_value=1, max_value=2880, initial=30, label=gettext_lazy("Minutes of work on a medium one")
    )
    minutes_3 = forms.IntegerField(
        min_value=1, max_value=2880, initial=60, label=gettext_lazy("Minutes of work on a hard one")
    )

    def clean_keywords(self) -> list[str]:
        """Each word by itself."""
        return [word.strip() for word in BETWEEN.split(self.cleaned_data["keywords"]) if word.strip()]


class SkillsForm(SettingForm):
    """How proficient somebody is in each topic."""

    def __init__(self, *given: Any, known: dict[int, int], **named: Any) -> None:
        super().__init__(*given, **named)
        self.topics = list(people.topics())
        self.known = known
        for topic in self.topics:
            self.fields[f"topic_{topic.pk}"] = forms.TypedChoiceField(
                coerce=int,
                empty_value=None,
                choices=PROFICIENCY,
                required=False,
                label=topic.label,
                initial=known.get(topic.pk),
                widget=forms.Select(attrs={"class": "input"}),
            )

    def stated(self) -> list[tuple[Any, int | None]]:
        """Topics whose level is another one now."""
        told = [(topic, self.cleaned_data[f"topic_{topic.pk}"]) for topic in self.topics]
        return [(topic, level) for topic, level in told if level != self.known.get(topic.pk)]


class PasswordForm(SettingForm):
    """The password somebody chooses who was invited."""

    password = forms.CharField(
        max_length=200,
        strip=False,
        label=gettext_lazy("Your password"),
        help_text=gettext_lazy("At least ten characters."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
