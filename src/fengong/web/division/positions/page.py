"""What the pages of positions show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from fengong.desk.reading.kpis import kpi_values
from fengong.people import queries as people
from fengong.people.policies import may_describe
from fengong.people.reading import duties
from fengong.web.division.positions.wording import Difference, Line, Names, differences, lines_of

SPAN = timedelta(days=30)
"""Over how long figures are told."""


@dataclass(frozen=True)
class Row:
    """A position in the list."""

    position: Any
    holders: list[Any]
    edition: Any
    has_draft: bool
    read: int

    @property
    def all_read(self) -> bool:
        return self.read == len(self.holders)


class Overview:
    """All positions, for one reader."""

    def __init__(self, member: Any, at: datetime) -> None:
        self.member, self.at = member, at

    @cached_property
    def rows(self) -> list[Row]:
        holders = defaultdict(list)
        for member in people.members():
            holders[member.position_id].append(member)
        editions = {edition.position_id: edition for edition in people.all_duties_in_force(self.at)}
        read, drafted = duties.acknowledged(editions.values()), duties.drafted()
        return [
            Row(
                position,
                holders[position.pk],
                editions.get(position.pk),
                position.pk in drafted,
                sum((editions[position.pk].pk, one.pk) in read for one in holders[position.pk])
                if position.pk in editions
                else 0,
            )
            for position in people.positions()
        ]

    @cached_property
    def to_read(self) -> list[Any]:
        """What the reader has still to acknowledge."""
        return people.to_acknowledge(self.member, self.at)

    @property
    def may_make(self) -> bool:
        return bool(self.member.may("people.manage"))


class PositionPage:
    """One position, for one reader."""

    def __init__(self, member: Any, position: Any, at: datetime) -> None:
        self.member, self.position, self.at = member, position, at
        self.names = Names()

    @cached_property
    def edition(self) -> Any:
        return people.duties_in_force(self.position, self.at)

    @cached_property
    def editions(self) -> list[Any]:
        return list(people.duty_editions(self.position))

    @cached_property
    def draft(self) -> Any:
        return people.duty_draft(self.position) if self.may_write else None

    @cached_property
    def holders(self) -> list[Any]:
        return [one for one in people.members() if one.position_id == self.position.pk]

    @cached_property
    def lines(self) -> list[Line]:
        return lines_of(self.edition, self.names, self._values)

    @property
    def has_figures(self) -> bool:
        return any(line.duty.kpis for line in self.lines)

    @cached_property
    def may_write(self) -> bool:
        return may_describe(self.member, self.position)

    @property
    def may_frame(self) -> bool:
        return bool(self.member.may("people.manage"))

    @property
    def is_mine(self) -> bool:
        return bool(self.member.position_id == self.position.pk)

    @property
    def counts_all(self) -> bool:
        """Whether the figures are those of all holders, or the reader's own."""
        return bool(self.member.may("ticket.assign"))

    @cached_property
    def to_read(self) -> list[Any]:
        return people.to_acknowledge(self.member, self.at) if self.is_mine else []

    @cached_property
    def readers(self) -> Any:
        return people.readers(self.edition) if self.edition and self.may_write else None

    @cached_property
    def _values(self) -> Sequence[Any]:
        """KPIs over the last thirty days: of all holders for those who assign work, else of the reader alone."""
        if not self.edition or not (self.counts_all or self.is_mine):
            return ()
        whose = [one.pk for one in self.holders] if self.counts_all else [self.member.pk]
        return kpi_values(self.edition, whose, self.at - SPAN, self.at)


class EditionPage:
    """One edition, for one reader."""

    def __init__(self, member: Any, edition: Any, at: datetime) -> None:
        self.member, self.edition, self.at = member, edition, at
        self.names = Names()

    @cached_property
    def before(self) -> Any:
        return people.duty_editions(self.edition.position).filter(number__lt=self.edition.number).first()

    @cached_property
    def lines(self) -> list[Line]:
        return lines_of(self.edition, self.names)

    @cached_property
    def differences(self) -> list[Difference]:
        return differences(self.before, self.edition, self.names) if self.before else []

    @property
    def is_to_read(self) -> bool:
        return self.edition.pk in {one.pk for one in people.to_acknowledge(self.member, self.at)}

    @cached_property
    def readers(self) -> Any:
        writes = may_describe(self.member, self.edition.position)
        return people.readers(self.edition) if writes else None


class Sheets:
    """Duties in force of some positions, a sheet each."""

    def __init__(self, positions: Sequence[Any], at: datetime) -> None:
        self.positions, self.at = positions, at
        self.names = Names()

    @cached_property
    def _editions(self) -> dict[int, Any]:
        return {edition.position_id: edition for edition in people.all_duties_in_force(self.at)}

    def __iter__(self) -> Iterator[tuple[Any, Any, list[Line]]]:
        for position in self.positions:
            if edition := self._editions.get(position.pk):
                yield position, edition, lines_of(edition, self.names)
