"""What can happen with what customers think of us. Scores and words stand in the ratings, not on the spine."""

from __future__ import annotations

from dataclasses import dataclass

from fengong.kernel.spine import Fact


@dataclass(frozen=True)
class SurveyDefined(Fact):
    verb = "survey.defined"
    about = ()
    survey: int
    kind: str
    active: bool


@dataclass(frozen=True)
class RatingAsked(Fact):
    verb = "ticket.rating_asked"
    about = ("ticket", "customer")
    ticket: int
    customer: int
    rating: int


@dataclass(frozen=True)
class TicketRated(Fact):
    verb = "ticket.rated"
    about = ("ticket", "customer", "member")
    ticket: int
    customer: int
    member: int | None
    rating: int


@dataclass(frozen=True)
class SurveyAsked(Fact):
    verb = "survey.asked"
    about = ("customer",)
    customer: int
    rating: int


@dataclass(frozen=True)
class SurveyAnswered(Fact):
    verb = "survey.answered"
    about = ("customer",)
    customer: int
    rating: int
