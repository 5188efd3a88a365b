"""Kinds of input that many operations take."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from ninja.params.functions import Header, Path
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

LARGEST_ID = 2**63 - 1
LONGEST_TEXT = 100_000


def _storable(text: str) -> str:
    """PostgreSQL stores every character but the null character."""
    if "\x00" in text:
        raise PydanticCustomError("null_character", "text may not hold the null character")
    return text


def _this_age(moment: datetime) -> datetime:
    """Databases and zones disagree about years far away."""
    if not 2000 <= moment.year < 2200:
        raise PydanticCustomError("far_away", "a year from 2000 to 2199")
    return moment


class Shown(BaseModel):
    """Base of what the API shows; read from attributes."""

    model_config = ConfigDict(from_attributes=True)


class Taken(BaseModel):
    """Base of what the API takes in; a name it does not know is refused rather than passed over."""

    model_config = ConfigDict(extra="forbid")


Storable = AfterValidator(_storable)
Line = Annotated[str, Field(max_length=200), Storable]
Text = Annotated[str, Field(max_length=LONGEST_TEXT), Storable]
Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
PathId = Annotated[int, Path(ge=1, le=LARGEST_ID)]
Moment = Annotated[AwareDatetime, AfterValidator(_this_age)]

IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        description="The ETag of the ticket as last read; if it has changed since, nothing is done (412).",
    ),
]
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[\x21-\x7e]{1,100}$",
        description="Any text of up to 100 visible characters; the same again does nothing twice.",
    ),
]
