"""Names of macros and rules, in Chinese, in English, or in both."""

from __future__ import annotations

from django.utils.translation import gettext as _

from fengong.kernel.errors import Invalid

LONGEST = 120


def check_names(*, zh: str, en: str) -> None:
    """Invalid where there is no name, or one that is too long."""
    if not (zh.strip() or en.strip()):
        raise Invalid(_("A name is needed, in Chinese or in English."), field="name_zh")
    for field, name in (("name_zh", zh), ("name_en", en)):
        if len(name) > LONGEST:
            raise Invalid(_("At most %(count)s characters.") % {"count": LONGEST}, field=field)
