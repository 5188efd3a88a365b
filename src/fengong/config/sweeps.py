"""Everything the worker does by itself, and how often. A lane is a thread: one slow sweep does not delay another lane.

Functions are named by their dotted path and called with `at=`; they look into their tables and do what is due there.
"""

from __future__ import annotations

from fengong.kernel.jobs.sweeper import Sweep

LANES: dict[str, tuple[Sweep, ...]] = {
    "matcher": (
        # Before the lease is asked for: the first decision of a process loads the kernels.
        Sweep("warm", run="fengong.dispatch.tasks.warm_up", every=86400.0, alone=False),
        Sweep(
            "match",
            run="fengong.dispatch.tasks.match",
            every=1.0,
            wakes_on=(
                "ticket.opened",
                "ticket.graded",
                "ticket.reopened",
                "ticket.returned",
                "ticket.escalated",
                "ticket.deescalated",
                "ticket.tier_set",
                "ticket.transferred",
                "ticket.pended",
                "ticket.resolved",
                "ticket.snoozed",
                "ticket.woken",
                "ticket.merged",
                "presence",
                "shift",
                "leave",
                "load",
                "skill",
                "member",
                "position.changed",
                "policy",
                "ticket.offer_declined",
                "ticket.offer_missed",
            ),
        ),
    ),
    "automation": (
        Sweep(
            "ladders",
            run="fengong.automation.tasks.climb_ladders",
            every=1.0,
            wakes_on=("ticket.promise_near", "ticket.breached"),
        ),
        Sweep("rules", run="fengong.automation.tasks.follow_rules", every=1.0, wakes_on=("ticket", "rule")),
        Sweep("timers", run="fengong.automation.tasks.ring_timers", every=0.5),
    ),
    "emergency": (
        Sweep("surges", run="fengong.emergency.tasks.watch", every=5.0),
        Sweep(
            "measures",
            run="fengong.emergency.tasks.keep_up",
            every=2.0,
            wakes_on=("surge", "swarm", "policy"),
        ),
    ),
    "webhooks": (
        Sweep(
            "webhook-plan", run="fengong.integrations.webhooks.tasks.plan", every=1.0, wakes_on=("ticket",)
        ),
        Sweep("webhook-send", run="fengong.integrations.webhooks.tasks.send", every=0.25, alone=False),
        Sweep("webhook-forget", run="fengong.integrations.webhooks.tasks.forget_old", every=3600.0),
    ),
    "movers": (
        Sweep(
            "hand-over",
            run="fengong.dispatch.tasks.hand_over",
            every=2.0,
            wakes_on=("ticket.reopened", "presence", "leave", "shift.cancelled", "stand_in"),
        ),
        Sweep("silence", run="fengong.dispatch.tasks.move_on", every=5.0),
        Sweep("balance", run="fengong.dispatch.tasks.even_out", every=5.0, wakes_on=("presence", "load")),
        Sweep("tiers", run="fengong.dispatch.tasks.climb_tiers", every=5.0),
        Sweep(
            "answers",
            run="fengong.dispatch.tasks.tell_answers",
            every=10.0,
            wakes_on=("ticket.resolved",),
        ),
    ),
    "learning": (
        Sweep("grading", run="fengong.dispatch.tasks.learn_grading", every=600.0, alone=False),
        Sweep("abilities", run="fengong.planning.tasks.learn_skills", every=6 * 3600.0),
        Sweep("ramps", run="fengong.planning.tasks.widen_ramps", every=60.0),
    ),
    "mail_in": (Sweep("mail-fetch", run="fengong.integrations.mail.tasks.fetch", every=2.0),),
    "mail_taken": (Sweep("mail-take", run="fengong.integrations.mail.tasks.take", every=0.5),),
    "mail_out": (
        Sweep(
            "mail-plan",
            run="fengong.integrations.mail.tasks.plan",
            every=1.0,
            wakes_on=("ticket.replied", "widget.left"),
        ),
        Sweep("mail-send", run="fengong.integrations.mail.tasks.send", every=0.5),
        Sweep(
            "mail-notices",
            run="fengong.integrations.mail.tasks.notify",
            every=10.0,
            wakes_on=("customer.link_requested", "ticket.rating_asked", "survey.asked"),
        ),
    ),
    "imports": (Sweep("imports", run="fengong.integrations.imports.tasks.carry_on", every=1.0),),
    "what_ifs": (
        Sweep("what-ifs", run="fengong.planning.tasks.carry_out", every=1.0, wakes_on=("comparison",)),
    ),
    "rosters": (
        Sweep(
            "shifts",
            run="fengong.rota.tasks.write_shifts",
            every=10.0,
            wakes_on=("pattern",),
        ),
    ),
    "sweeps": (
        Sweep("offers", run="fengong.dispatch.tasks.expire_offers", every=1.0),
        Sweep("deadlines", run="fengong.desk.tasks.note_breaches", every=1.0),
        Sweep("snoozes", run="fengong.desk.tasks.wake_snoozed", every=1.0),
        Sweep(
            "scheduled",
            run="fengong.desk.tasks.send_scheduled",
            every=1.0,
            wakes_on=("ticket.message_received", "ticket.reply_scheduled"),
        ),
        Sweep(
            "stretch",
            run="fengong.planning.tasks.stand_by",
            every=10.0,
            wakes_on=("ticket.assigned", "skill.stretched"),
        ),
        Sweep("files", run="fengong.desk.tasks.check_files", every=20.0),
        Sweep("lookers", run="fengong.desk.tasks.forget_who_looked", every=3600.0),
        Sweep("runs", run="fengong.kernel.jobs.runs.wake_due", every=1.0),
        Sweep("reaper", run="fengong.kernel.jobs.reaper.reap", every=2.0),
        Sweep("surveys", run="fengong.desk.tasks.ask_surveys", every=20.0),
        Sweep("left", run="fengong.integrations.widget.tasks.follow_those_who_left", every=5.0),
        Sweep("spent", run="fengong.customers.tasks.forget", every=3600.0),
        Sweep("heartbeats", run="fengong.kernel.heartbeat.forget", every=3600.0),
    ),
}
ALERT = {"matcher"}
"""Lanes for which every hundredth of a second between a fact and what follows counts."""
