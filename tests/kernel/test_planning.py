"""What is asked freely is planned each time on PostgreSQL; what is asked by key is planned once."""

from __future__ import annotations

import pytest
from django.db import connection

from fengong.kernel.planning import planned_each_time
from fengong.people.models import Member

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def _asked_by_plan() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", ["%sort_key%"])
        return int(cursor.fetchone()[0])


def test_only_what_is_asked_by_key_keeps_its_plan():
    before = _asked_by_plan()
    with planned_each_time():
        for number in range(10):
            list(Member.objects.filter(sort_key=str(number)))
    assert _asked_by_plan() == before
    for number in range(10):
        list(Member.objects.filter(sort_key=str(number)))
    assert _asked_by_plan() == before + 1
