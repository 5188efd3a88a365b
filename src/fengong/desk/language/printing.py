"""From a tree back to a line that reads the same."""

from __future__ import annotations

from fengong.desk.language.marks import COMMA, SEPARATORS
from fengong.desk.language.tree import Every, Node, Not, Number, Some, Term, Text

_QUOTED = set(SEPARATORS + COMMA + '"\\')


def printed(node: Node) -> str:
    """The line; parsing it gives an equal tree."""
    match node:
        case Text():
            return quoted(node.text) if node.quoted else node.text
        case Number():
            return f"#{node.number}"
        case Term():
            return node.word + node.compare + ",".join(value(part.text) for part in node.values)
        case Not():
            return f"NOT {_inside(node.node)}"
        case Every():
            return " ".join(_inside(part) for part in node.nodes)
        case Some():
            return " OR ".join(_inside(part) for part in node.nodes)


def value(text: str) -> str:
    """A value as it must be typed."""
    return quoted(text) if _QUOTED & set(text) or text[:1] in "<>=＜＞＝" else text


def quoted(text: str) -> str:
    """Text in quotation marks."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _inside(node: Node) -> str:
    return f"({printed(node)})" if isinstance(node, Some | Every) else printed(node)
