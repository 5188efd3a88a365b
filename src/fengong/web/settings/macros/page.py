"""The page of one macro: its form, its steps, and what became of what was sent."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from fengong.automation import queries as automation
from fengong.automation.actions.macros import MacroDraft, define_macro, update_macro
from fengong.automation.policies import require_keeping
from fengong.kernel.clock import now
from fengong.kernel.errors import Missing, Refused
from fengong.people import queries as people
from fengong.web.member import MemberRequest
from fengong.web.settings.builder import Builder
from fengong.web.settings.macros.forms import MacroForm, audience_of

KEPT = ("name_zh", "name_en", "writes", "body_zh", "body_en", "position")


class MacroPage:
    """A macro, or a new one where `pk` is None."""

    def __init__(self, request: MemberRequest, pk: int | None) -> None:
        self.member = request.member
        self.macro = automation.macro(pk) if pk else None
        if pk and self.macro is None:
            raise Missing(_("This macro does not exist."))
        require_keeping(self.member, self.macro.member if self.macro else self.member)
        posted = request.POST if request.method == "POST" else None
        self.wish = str(posted.get("op", "")) if posted else ""
        self.form = MacroForm(posted, member=self.member, teams=self.teams, initial=self._known())
        self.builder = (
            Builder.posted(posted) if posted else Builder(list(self.macro.deeds) if self.macro else [])
        )
        if posted and self.wish != "save":
            self.builder.change(self.wish, posted.get("new", ""))

    @cached_property
    def teams(self) -> list[Any]:
        return list(people.teams())

    @property
    def status(self) -> int:
        return 422 if self.wish == "save" else 200

    def save(self) -> bool:
        """Keep what was sent; false where it was refused, which the page then says."""
        if self.wish != "save" or not self.form.is_valid():
            return False
        try:
            if self.macro:
                update_macro(actor=self.member, macro=self.macro, draft=self._draft(), at=now())
            else:
                define_macro(actor=self.member, draft=self._draft(), at=now())
        except Refused as refusal:
            self._refuse(refusal)
            return False
        return True

    def _refuse(self, refusal: Refused) -> None:
        if refusal.field.startswith("deeds"):
            self.builder.refuse(refusal.field, refusal.message)
        else:
            self.form.add_error(refusal.field if refusal.field in self.form.fields else None, refusal.message)

    def _known(self) -> dict[str, Any]:
        if self.macro is None:
            return {"audience": "me"}
        return {name: getattr(self.macro, name) for name in KEPT} | {"audience": audience_of(self.macro)}

    def _draft(self) -> MacroDraft:
        said = self.form.cleaned_data
        audience = said["audience"]
        return MacroDraft(
            name_zh=said["name_zh"],
            name_en=said["name_en"],
            writes=said["writes"],
            body_zh=said["body_zh"],
            body_en=said["body_en"],
            deeds=self.builder.deeds,
            team=next((team for team in self.teams if str(team.pk) == audience), None),
            member=self.member if audience == "me" else None,
            position=said["position"] or 0,
        )
