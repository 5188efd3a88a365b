"""Which SQLite the process runs on.

SQLite 3.7.0 to 3.51.2 can corrupt a database in WAL mode (the WAL-reset defect; fixed in 3.51.3 and in the 3.44.6+ and
3.50.7+ lines). The `pysqlite3` wheel carries a fixed build, so it takes the place of the standard module before Django
opens its first connection.
"""

from __future__ import annotations

import sys

import pysqlite3
import pysqlite3.dbapi2


def use_fixed_sqlite() -> None:
    """Let every later `import sqlite3` in this process receive the fixed build."""
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def is_safe(version: tuple[int, ...]) -> bool:
    """Whether this SQLite version is free of the WAL-reset defect."""
    fixed_lines = {(3, 44): 6, (3, 50): 7}
    line, patch = version[:2], version[2]
    return version >= (3, 51, 3) or (line in fixed_lines and patch >= fixed_lines[line])
