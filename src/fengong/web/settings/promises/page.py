"""The page of one policy: its form, and the steps of its ladder, each with a list of deeds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from fengong.automation.deeds import check
from fengong.desk.actions.service_policies import LONGEST_LADDER, save_policy
from fengong.desk.reading import promises as reading
from fengong.kernel.clock import now
from fengong.kernel.errors import Missing, Refused
from fengong.people.policies import require
from fengong.web.member import MemberRequest
from fengong.web.settings.builder import Builder
from fengong.web.settings.promises.forms import PolicyForm

PLACES = range(1, LONGEST_LADDER + 1)


def policy_there(pk: int) -> Any:
    """The policy, or Missing."""
    found = reading.policy(pk)
    if found is None:
        raise Missing(_("This policy does not exist."))
    return found


@dataclass(frozen=True)
class LadderStep:
    """A step of the ladder as the page shows it."""

    place: int
    fields: list[Any]
    builder: Builder


class PolicyPage:
    """A policy, or a new one where `pk` is None."""

    def __init__(self, request: MemberRequest, pk: int | None) -> None:
        require(request.member, "desk.configure")
        self.member = request.member
        self.policy = policy_there(pk) if pk else None
        posted = request.POST if request.method == "POST" else None
        wish = str(posted.get("op", "save")) if posted is not None else ""
        self.saves = wish == "save"
        self.builders = self._builders(posted)
        if posted is None or self.saves:
            self.form = PolicyForm(posted, policy=self.policy)
        else:
            self.form = PolicyForm(policy=self.policy, typed=posted)
            self._change(wish, posted)

    @property
    def status(self) -> int:
        return 422 if self.saves else 200

    @property
    def ladder(self) -> list[LadderStep]:
        """The steps that there are, and one to fill in."""
        used = [place for place in PLACES if self.form.has_rung(place) or self.builders[place].deeds]
        free = [place for place in PLACES if place not in used][:1]
        return [
            LadderStep(place, self.form.rung(place), self.builders[place]) for place in sorted(used + free)
        ]

    @property
    def texts(self) -> Builder:
        """The placeholders that texts of deeds may hold."""
        return self.builders[1]

    def done(self) -> bool:
        """Save what was sent; false where something is wrong, which the page then says in its place."""
        if not self.saves:
            return False
        sound = self.form.is_valid()
        deeds = {place: self._deeds(place) for place in PLACES}
        if not sound or self.form.errors or any(builder.wrong for builder in self.builders.values()):
            return False
        try:
            save_policy(actor=self.member, wanted=self.form.wanted(deeds), policy=self.policy, at=now())
        except Refused as refusal:
            self.form.add_error(refusal.field if refusal.field in self.form.fields else None, refusal.message)
            return False
        return True

    def _deeds(self, place: int) -> list[dict[str, Any]]:
        builder, target = self.builders[place], f"step_{place}_target"
        if builder.deeds and not self.form.errors.get(target) and not self.form.cleaned_data.get(target):
            self.form.add_error(target, _("Say which promise this step is about, or remove its deeds."))
        try:
            return check(builder.deeds)
        except Refused as refusal:
            builder.refuse(refusal.field, refusal.message)
            return []

    def _builders(self, posted: Any) -> dict[int, Builder]:
        if posted is not None:
            return {place: Builder.posted(posted, _prefix(place)) for place in PLACES}
        kept = {step.place: step.deeds for step in self.policy.steps.all()} if self.policy else {}
        return {place: Builder(list(kept.get(place, [])), prefix=_prefix(place)) for place in PLACES}

    def _change(self, wish: str, posted: Any) -> None:
        for builder in self.builders.values():
            if wish.startswith(builder.prefix):
                builder.change(wish.removeprefix(builder.prefix), posted.get(f"{builder.prefix}new", ""))


def _prefix(place: int) -> str:
    return f"step-{place}-"
