"""Running tasks of the Django Tasks API inside our worker.

The worker of django-tasks-db claims and runs; around it stand a look that takes no write lock (so that an idle worker
does not disturb SQLite's one writer), a way to stop between two tasks, and a name the reaper can check for life.
"""

from __future__ import annotations

import logging
import threading

from django.db import connection
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from fengong.kernel.line import Line

LOOK_EVERY = 0.25  # seconds

logger = logging.getLogger(__name__)


def run_tasks(*, name: str, stop: threading.Event) -> None:
    """Run tasks as they come until told to stop; the task under way is finished first."""
    line = Line()
    while not stop.wait(LOOK_EVERY):
        try:
            line.look_after()
            while DBTaskResult.objects.ready().exists() and not stop.is_set():
                _worker(name).run()
        except Exception:
            logger.exception("The task worker cannot reach its table; it goes on trying")
            stop.wait(1.0)
    connection.close()


def _worker(name: str) -> Worker:
    """A worker for at most one task; its `worker_ids` entry is our name."""
    return Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,
        worker_id=name[:64],
    )
