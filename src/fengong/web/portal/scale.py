"""The scores one can choose, and what they mean."""

from __future__ import annotations

from typing import Any

from django.utils.translation import pgettext


def words_of(score: int, highest: int) -> str:
    """What a score on the scale of five means."""
    names = (
        pgettext("score", "Very bad"),
        pgettext("score", "Bad"),
        pgettext("score", "Neither good nor bad"),
        pgettext("score", "Good"),
        pgettext("score", "Very good"),
    )
    return names[score - 1] if highest == len(names) else ""


def scale_of(survey: Any) -> list[dict[str, Any]]:
    """The scores one can choose, lowest first."""
    return [
        {"value": score, "name": words_of(score, survey.highest)}
        for score in range(survey.lowest, survey.highest + 1)
    ]
