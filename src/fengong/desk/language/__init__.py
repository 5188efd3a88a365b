"""The query language: one line of words by which tickets are found, in lists, views, rules, promises and bulk work.

`status:open,pending -tag:vip priority>=high opened<2d "cannot sign in"`; in Chinese too: `状态:处理中 标签:vip`.
Text becomes a tree (`parse`), a tree becomes a condition on tickets (`condition`) or text again (`printing`), and a
half-written line becomes suggestions (`suggestions`). What each word means stands in `words`.
"""

from fengong.desk.language.condition import Apart, apart, condition, matches
from fengong.desk.language.parse import parse
from fengong.desk.language.printing import printed
from fengong.desk.language.suggestions import Suggestion, suggestions

__all__ = ["Apart", "Suggestion", "apart", "condition", "matches", "parse", "printed", "suggestions"]
