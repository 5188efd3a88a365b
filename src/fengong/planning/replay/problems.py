"""What can be wrong with what the user gave us. The words for each code stand in `words`."""

from __future__ import annotations


class Problem(Exception):
    """The run cannot go on; `code` names the sentence to show, `detail` fills it."""

    def __init__(self, code: str, **detail: object) -> None:
        super().__init__(f"{code} {detail}")
        self.code = code
        self.detail = detail


class BadRow(Exception):
    """One row cannot be used; it is reported with its line and left out."""

    def __init__(self, code: str, **detail: object) -> None:
        super().__init__(f"{code} {detail}")
        self.code = code
        self.detail = detail
