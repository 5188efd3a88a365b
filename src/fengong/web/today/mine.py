"""What waits for a member beside their open tickets: where they were named, what wakes today, words not sent yet."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from fengong.desk.reading import drafts, mentions, satisfaction, snoozes
from fengong.dispatch.reading import moves

MOST = 6


class Mine:
    """A member's loose ends, at one instant."""

    def __init__(self, member: Any, at: datetime) -> None:
        self.member, self.at = member, at

    @property
    def mentions(self) -> list[Any]:
        """Notes that name them and that they have not looked at."""
        return list(mentions.mentions_of(self.member, unseen=True)[:MOST])

    @property
    def waking(self) -> list[Any]:
        """Their snoozed tickets that come back before the day ends."""
        return list(snoozes.waking(self.member, _end_of_day(self.at))[:MOST])

    @property
    def drafts(self) -> list[Any]:
        """What they began to write, the newest first."""
        return list(drafts.drafts_of(self.member)[:MOST])

    @property
    def answers(self) -> list[Any]:
        """What came of tickets they handed up, until they put it away."""
        return list(moves.answers_for(self.member)[:MOST])

    @property
    def referrals(self) -> list[Any]:
        """Tickets that went back and forth until they have to decide."""
        return list(moves.referred_to(self.member)[:MOST])

    @property
    def ratings(self) -> list[Any]:
        """What customers said lately about their tickets; for leads, about anybody's."""
        return list(satisfaction.visible(self.member).order_by("-answered_at", "-id")[:MOST])


def _end_of_day(at: datetime) -> datetime:
    """Midnight where the reader is."""
    here = timezone.localtime(at)
    return here.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
