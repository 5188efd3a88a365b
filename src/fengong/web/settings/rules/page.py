"""The page of one rule: its form, its steps, a rehearsal where one was asked for, and what became of what was sent."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from fengong.automation import queries as automation
from fengong.automation.actions.rules import RuleDraft, define_rule, drafted, update_rule
from fengong.automation.rehearsal import Rehearsal, rehearse
from fengong.kernel.clock import now
from fengong.kernel.errors import Missing, Refused
from fengong.people.policies import require
from fengong.web.member import MemberRequest
from fengong.web.settings.builder import Builder
from fengong.web.settings.promises.forms import in_words
from fengong.web.settings.rules.forms import RuleForm, SpanForm

KEPT = ("name_zh", "name_en", "when", "events", "clock", "condition", "position", "stops")
SENDS = ("save", "rehearse")


class RulePage:
    """A rule, or a new one where `pk` is None."""

    def __init__(self, request: MemberRequest, pk: int | None) -> None:
        require(request.member, "desk.configure")
        self.member = request.member
        self.rule = automation.rule(pk) if pk else None
        if pk and self.rule is None:
            raise Missing(_("This rule does not exist."))
        posted = request.POST if request.method == "POST" else None
        self.wish = str(posted.get("op", "")) if posted else ""
        self.form = RuleForm(posted, initial=self._known())
        self.builder = (
            Builder.posted(posted) if posted else Builder(list(self.rule.deeds) if self.rule else [])
        )
        self.span = SpanForm(posted)
        self.rehearsal: Rehearsal | None = None
        self.refused = False
        if posted and self.wish not in SENDS:
            self.builder.change(self.wish, posted.get("new", ""))

    @property
    def status(self) -> int:
        return 422 if self.refused else 200

    @property
    def path(self) -> str:
        return f"/settings/rules/{self.rule.pk}" if self.rule else "/settings/rules/new"

    def done(self) -> bool:
        """Do what was asked; true when the rule was kept."""
        if self.wish not in SENDS:
            return False
        self.refused = not self.form.is_valid()
        if self.refused:
            return False
        try:
            return self._kept() if self.wish == "save" else self._tried()
        except Refused as refusal:
            self._refuse(refusal)
            return False

    def _kept(self) -> bool:
        if self.rule:
            update_rule(actor=self.member, rule=self.rule, draft=self._draft(), at=now())
        else:
            self.rule = define_rule(actor=self.member, draft=self._draft(), at=now())
        return True

    def _tried(self) -> bool:
        self.span.is_valid()
        rule = drafted(self._draft(), at=now())
        self.rehearsal = rehearse(
            actor=self.member, rule=rule, last=int(self.span.cleaned_data.get("last") or 200), at=now()
        )
        return False

    def _refuse(self, refusal: Refused) -> None:
        self.refused = True
        if refusal.field.startswith("deeds"):
            self.builder.refuse(refusal.field, refusal.message)
        else:
            self.form.add_error(refusal.field if refusal.field in self.form.fields else None, refusal.message)

    def _known(self) -> dict[str, Any]:
        if self.rule is None:
            return {}
        known = {name: getattr(self.rule, name) for name in KEPT}
        return known | {"minutes": in_words(self.rule.minutes)}

    def _draft(self) -> RuleDraft:
        said = self.form.cleaned_data
        return RuleDraft(
            name_zh=said["name_zh"],
            name_en=said["name_en"],
            when=said["when"],
            events=said["events"],
            clock=said["clock"],
            minutes=said["minutes"] or 0,
            condition=said["condition"],
            deeds=self.builder.deeds,
            stops=said["stops"],
            position=said["position"] or 0,
        )
