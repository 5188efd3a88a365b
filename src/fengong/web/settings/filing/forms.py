"""What people say of a type, a field, a tag or a template."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fengong.desk.reading import fields as filed
from fengong.kernel.errors import Refused
from fengong.people import queries as people
from fengong.web.tickets.own_fields import PREFIX, form_fields

KINDS = (
    ("text", pgettext_lazy("field kind", "Line of text")),
    ("long", pgettext_lazy("field kind", "Long text")),
    ("number", pgettext_lazy("field kind", "Number")),
    ("date", pgettext_lazy("field kind", "Date")),
    ("choice", pgettext_lazy("field kind", "One of several")),
    ("choices", pgettext_lazy("field kind", "Some of several")),
    ("checkbox", pgettext_lazy("field kind", "Yes or no")),
    ("link", pgettext_lazy("field kind", "Web address")),
)
REQUIRED = (
    ("", gettext_lazy("May stay empty")),
    ("open", gettext_lazy("Needed in the form of a new ticket")),
    ("resolve", gettext_lazy("Needed before resolving")),
)
CUSTOMERS = ("visible_to_customers", "editable_by_customers")
LAST = ("active", "position")
LEVELS = (("", "–"), (1, pgettext_lazy("difficulty", "Common")), (2, pgettext_lazy("difficulty", "Medium")))
DIFFICULTIES = (*LEVELS, (3, pgettext_lazy("difficulty", "Hard")))
PRIORITIES = (
    ("", "–"),
    (1, pgettext_lazy("priority", "Low")),
    (2, pgettext_lazy("priority", "Normal")),
    (3, pgettext_lazy("priority", "High")),
    (4, pgettext_lazy("priority", "Urgent")),
)


def type_choices() -> list[tuple[Any, Any]]:
    """The types in use."""
    return [(kind.pk, kind.label) for kind in filed.types()]


def _types_or_none() -> list[tuple[Any, Any]]:
    return [("", "–"), *type_choices()]


def _topics_or_none() -> list[tuple[Any, Any]]:
    return [("", "–"), *((topic.pk, topic.label) for topic in people.topics())]


class SettingForm(forms.Form):
    """Base: one style for all inputs, and refusals of verbs beside the input they name."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for field in self.fields.values():
            if not isinstance(field.widget, forms.CheckboxInput | forms.CheckboxSelectMultiple):
                field.widget.attrs["class"] = "input"

    def kept(self, verb: Callable[[], Any]) -> Any:
        """What the verb returns; None where it refused, which the form then says."""
        try:
            return verb()
        except Refused as refusal:
            field = refusal.field.replace("fields.", PREFIX)
            self.add_error(field if field in self.fields else None, refusal.message)
            return None


class NamedForm(SettingForm):
    """A thing with a name in one or both languages."""

    name_zh = forms.CharField(max_length=120, required=False, label=gettext_lazy("Name in Chinese"))
    name_en = forms.CharField(max_length=120, required=False, label=gettext_lazy("Name in English"))


class OrderForm(SettingForm):
    """Whether a thing is in use, and where it stands among the others."""

    active = forms.BooleanField(required=False, initial=True, label=gettext_lazy("In use"))
    position = forms.IntegerField(
        min_value=0, max_value=32767, initial=0, required=False, label=gettext_lazy("Place in the order")
    )

    def clean_position(self) -> int:
        """Blank is the first place."""
        return self.cleaned_data["position"] or 0


class TypeForm(NamedForm, OrderForm):
    """A type of tickets."""

    field_order = ("name_zh", "name_en", "slug", "children_first", "active", "position")
    slug = forms.CharField(max_length=50, label=gettext_lazy("Short name"))
    children_first = forms.BooleanField(
        required=False, label=gettext_lazy("Resolved only when its child tickets are")
    )


class FieldForm(NamedForm, OrderForm):
    """A field of tickets; its kind and short name stay once it is there."""

    field_order = ("name_zh", "name_en", "slug", "kind", "choices", "required", "types", *CUSTOMERS, *LAST)
    slug = forms.CharField(
        max_length=50, label=gettext_lazy("Short name"), help_text=gettext_lazy("For queries and programs.")
    )
    kind = forms.ChoiceField(choices=KINDS, label=pgettext_lazy("field", "Kind"))
    choices = forms.CharField(
        max_length=20_000,
        required=False,
        label=gettext_lazy("Choices"),
        help_text=gettext_lazy("One a line: value | Chinese | English"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    required = forms.ChoiceField(choices=REQUIRED, required=False, label=gettext_lazy("When it is needed"))
    types = forms.TypedMultipleChoiceField(
        coerce=int,
        choices=type_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Only for these types"),
    )
    visible_to_customers = forms.BooleanField(required=False, label=gettext_lazy("Customers see it"))
    editable_by_customers = forms.BooleanField(required=False, label=gettext_lazy("Customers fill it in"))

    def __init__(self, *given: Any, fixed: bool = False, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["slug"].disabled = self.fields["kind"].disabled = fixed

    def clean_choices(self) -> list[dict[str, str]]:
        """Each line as a choice."""
        lines = [line for line in self.cleaned_data["choices"].splitlines() if line.strip()]
        return [_choice(line) for line in lines]


def _choice(line: str) -> dict[str, str]:
    parts = [part.strip() for part in line.replace("｜", "|").split("|")]
    value, zh, en = (*parts, "", "")[:3]
    return {"value": value, "zh": zh, "en": en}


def choices_as_text(choices: list[dict[str, str]]) -> str:
    """Choices as lines, the way they are typed."""
    rows = ([choice["value"], choice.get("zh", ""), choice.get("en", "")] for choice in choices)
    return "\n".join(" | ".join(row).rstrip(" |") for row in rows)


class TagForm(SettingForm):
    """How a tag is written."""

    name = forms.CharField(max_length=40, label=gettext_lazy("Name"))


class TemplateForm(NamedForm, OrderForm):
    """A template of tickets, with the desk's own fields of its type."""

    field_order = ("name_zh", "name_en", "subject", "body", "topic", "difficulty", "priority", "type", "tags")
    subject = forms.CharField(max_length=240, required=False, label=pgettext_lazy("ticket", "Subject"))
    body = forms.CharField(
        max_length=20_000,
        required=False,
        label=gettext_lazy("What they want"),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    topic = forms.TypedChoiceField(
        coerce=int, empty_value=None, required=False, choices=_topics_or_none, label=gettext_lazy("Topic")
    )
    difficulty = forms.TypedChoiceField(
        coerce=int, empty_value=None, required=False, choices=DIFFICULTIES, label=gettext_lazy("Difficulty")
    )
    priority = forms.TypedChoiceField(
        coerce=int, empty_value=None, required=False, choices=PRIORITIES, label=gettext_lazy("Priority")
    )
    type = forms.TypedChoiceField(
        coerce=int, empty_value=None, required=False, choices=_types_or_none, label=gettext_lazy("Type")
    )
    tags = forms.CharField(max_length=400, required=False, label=gettext_lazy("Tags, with commas"))

    def __init__(self, *given: Any, type_id: int | None = None, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields.update(form_fields(filed.fields_of(type_id)))
        for name in LAST:
            self.fields[name] = self.fields.pop(name)

    def clean_tags(self) -> list[str]:
        """Each tag by itself."""
        parts = self.cleaned_data["tags"].replace("，", ",").split(",")
        return [part.strip() for part in parts if part.strip()]


def saved() -> str:
    """What is said when it worked."""
    return _("Saved.")
