"""Everything the demo needs before it serves: people, their past, who is here now; and the list of sign-ins."""

from __future__ import annotations

import gc

import click
from django.conf import settings

from fengong.demo.cast import cast
from fengong.demo.furnish import furnish
from fengong.demo.past import load_past
from fengong.demo.setup import People, bring_in, build_desk, plan_shifts
from fengong.demo.state import State, remembered
from fengong.kernel import clock


def main(past: str) -> int:
    """Build what is missing, plan today's shifts, and say who may sign in. `past` counts on the first start only."""
    at = clock.now()
    state = remembered(settings.DATA, at=at, past=int(past))
    everybody = build_desk(password=state.password, at=at)
    _load(state, everybody)
    now = clock.now()
    plan_shifts(everybody, anchor=now, at=now)
    bring_in(everybody, at=now)
    furnish(everybody, at=now)
    say_sign_ins(state)
    return 0


def _load(state: State, everybody: People) -> None:
    gc.freeze()  # what is loaded so far stays; looking through it again and again costs a tenth of the time
    with click.progressbar(length=state.past, label="Past tickets", show_pos=True) as bar:
        load_past(
            everybody,
            seed=state.seed,
            anchor=state.anchor,
            tickets=state.past,
            tell=lambda count: bar.update(count - bar.pos),
        )


def say_sign_ins(state: State) -> None:
    """Print everybody's sign-in and the one password they share."""
    click.echo("\n以下账号均可登录；您登录的那位成员不再自动作答，由您来答。")
    click.echo("Sign in as any of these; whom you sign in as no longer answers by themselves, for you do.\n")
    for plan in cast().members:
        position = cast().position(plan.position)
        click.echo(f"  {plan.email:<36} {position.name_en} {position.name_zh}, {plan.name}")
    click.echo(f"\n密码相同 Password for all: {state.password}\n")
