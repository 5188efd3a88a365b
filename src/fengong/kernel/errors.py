"""What a verb raises when it will not do what it was asked. Surfaces turn these into pages and problem+json."""

from __future__ import annotations


class Refused(Exception):
    """A request that was understood and not carried out; nothing was changed.

    `code` is stable and for programs, `message` is a whole translated sentence for people, `field` names the input.
    """

    code = "refused"
    status = 400

    def __init__(self, message: str, *, code: str = "", field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).code
        self.field = field


class Denied(Refused):
    """The actor may not do this."""

    code = "denied"
    status = 403


class Missing(Refused):
    """What was named does not exist, or the actor may not know of it."""

    code = "missing"
    status = 404


class Conflict(Refused):
    """The state has moved on: someone else was first, or capacity is used up."""

    code = "conflict"
    status = 409


class Invalid(Refused):
    """An input cannot be accepted; `field` says which."""

    code = "invalid"
    status = 422
