"""What tickets are filed under: types, the desk's own fields, tags; and templates of tickets."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, field_validator

from fengong.api.fields import Id, Shown, Storable, Taken, Text
from fengong.api.schemas.people import Named, NamedFully
from fengong.api.schemas.tickets import Difficulty, Priority, Slug, Values

Name = Annotated[str, Field(max_length=120), Storable]
TagName = Annotated[str, Field(min_length=1, max_length=40), Storable]
Kind = Literal["text", "long", "number", "date", "choice", "choices", "checkbox", "link"]
Required = Literal["", "open", "resolve"]
Position = Annotated[int, Field(ge=0, le=32767)]


class Type(NamedFully):
    """A sort of matter."""

    active: bool
    children_first: bool = Field(
        description="Whether its tickets are resolved only after their child tickets."
    )
    position: int


class TypeIn(Taken):
    """A sort of matter; it has a name in at least one language."""

    slug: Slug
    name_zh: Name = ""
    name_en: Name = ""
    active: bool = True
    children_first: bool = False
    position: Position = 0


class Choice(Taken):
    """One of the values that a field offers."""

    value: Annotated[str, Field(min_length=1, max_length=80), Storable]
    zh: Name = ""
    en: Name = ""


class OwnField(NamedFully):
    """A field that the desk has added to its tickets."""

    kind: Kind
    choices: list[Choice]
    required: Required
    type_ids: list[int] = Field(
        validation_alias="types", description="The types it belongs to; none means every ticket."
    )
    visible_to_customers: bool
    editable_by_customers: bool
    active: bool
    position: int

    @field_validator("type_ids", mode="before")
    @classmethod
    def _ids(cls, value: Any) -> Any:
        return [row.pk for row in value.all()] if hasattr(value, "all") else value


class OwnFieldIn(Taken):
    """A field; its slug and kind stay once it is there."""

    slug: Slug
    kind: Kind
    name_zh: Name = ""
    name_en: Name = ""
    choices: list[Choice] = Field(default=[], max_length=200)
    required: Required = ""
    type_ids: list[Id] = Field(default=[], max_length=50)
    visible_to_customers: bool = False
    editable_by_customers: bool = False
    active: bool = True
    position: Position = 0


class FieldsIn(Taken):
    """Values by the slugs of their fields; those not named stay as they are, null empties one."""

    values: Values = Field(max_length=100)


class TicketTypeIn(Taken):
    """Of which sort a ticket is."""

    type_id: Id | None


class Tag(Shown):
    """A tag."""

    id: int
    name: str


class TagUsed(Tag):
    """A tag, and how many tickets have it."""

    uses: int


class TagIn(Taken):
    """How a tag is written."""

    name: TagName


class TagsIn(Taken):
    """Tags by name; those that nobody has used yet are made."""

    names: list[TagName] = Field(max_length=30)


class TagMergeIn(Taken):
    """The tag that stays."""

    into_id: Id


class Template(Shown):
    """What a new ticket of a common sort begins with."""

    id: int
    label: str
    name_zh: str
    name_en: str
    subject: str
    body: str
    topic: Named | None
    difficulty: int | None
    priority: int | None
    type: Named | None
    tags: list[str]
    fields: dict[str, Any]
    active: bool
    position: int


class TemplateIn(Taken):
    """A template; whatever is left out is left to who opens the ticket."""

    name_zh: Name = ""
    name_en: Name = ""
    subject: Annotated[str, Field(max_length=240), Storable] = ""
    body: Text = ""
    topic_id: Id | None = None
    difficulty: Difficulty | None = None
    priority: Priority | None = None
    type_id: Id | None = None
    tags: list[TagName] = Field(default=[], max_length=30)
    fields: Values = Field(default={}, max_length=100)
    active: bool = True
    position: Position = 0


class Removed(BaseModel):
    """What is gone."""

    id: int
