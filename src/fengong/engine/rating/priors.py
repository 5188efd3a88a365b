"""The model: what is believed before any outcome, and how outcomes follow from ability and difficulty.

Member m, topic k, ticket j, time t; normal distributions by mean and standard deviation.

    ability     theta[m,k](t) = groups of m + slope * (declared[m,k] - average) + general[m] + topical[m,k](t)
    difficulty  beta[j] = base + topic[k] + grade[g] + text_grade[h] + kind[c] + residue[j]
    edge        eta = theta[m,k](t) - beta[j]

    solved, not escalated   P = logistic(eta)                       (Rasch 1960, Probabilistic Models, ch. V)
    not reopened, if solved P = logistic(holds + reopen_load * eta)             (a sequential model: Tutz 1990)
    log minutes of work     N(time[k] + failed * [not solved] - pace[m] - time_load * eta, time_sd)
                                                      (van der Linden 2007, Psychometrika 72, the level of one person)
    satisfaction            N(liked + manner[m] + satisfaction_load * eta, satisfaction_sd)

    general[m] ~ N(0, general)    topical[m,k] ~ N(0, topical), then a random walk of variance drift**2 a day
    base(t): N(0, base_sd) now, a random walk of variance tide**2 a day: what makes all tickets harder or easier
    residue[j] ~ N(0, ticket)     topic[k] ~ N(0, topic)     kind[c] ~ N(0, kind)     group effects ~ N(0, group)
    pace[m] ~ N(0, pace)          manner[m] ~ N(0, manner)

Pace and manner keep the quick and the charming from passing for the able. Hard tickets going to able members does no
harm as long as they go there by what is in the record (grades, topic, earlier attempts): given these, whom a ticket
went to says nothing more about it. Only edges are observed, so the origin is a convention: the average member,
with the average declaration, has ability 0.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

DAY = 1440.0  # minutes


@dataclass(frozen=True, slots=True)
class Scales:
    """The standard deviations and loads of the model, as in the module's formulas; logits unless named otherwise.

    `groups` has one number per column of `Members.groups`. `drift` and `tide` are per square root of a day.
    `time_load`, `time_sd`, `pace` are of log minutes; `satisfaction_load`, `satisfaction_sd`, `manner` of the scale of
    satisfaction.
    """

    general: float = 0.6
    topical: float = 0.6
    drift: float = 0.0
    tide: float = 0.0
    ticket: float = 1.0
    topic: float = 0.7
    kind: float = 0.5
    groups: tuple[float, ...] = ()
    pace: float = 0.3
    manner: float = 0.3
    time_load: float = 0.2
    time_sd: float = 0.6
    satisfaction_load: float = 0.3
    satisfaction_sd: float = 0.8
    reopen_load: float = 0.7


@dataclass(frozen=True, slots=True)
class Priors:
    """Where learning starts. `scales` are learned too when `learn`, as if `weight` values had been seen to fit them.

    `slope` (mean, sd): ability per declared level. `grade_step` and `text_step` (mean, sd): difficulty per grade around
    grade 2; each grade has an effect of its own with that sd. `minutes` (mean, sd) of the log, `liked` (mean, sd) of
    satisfaction, `holds` (mean, sd), `failed` (mean, sd) and `base_sd` are wide on purpose. `group` is the spread of
    groups that `scales` does not name. Where `scales.drift` > 0 a batch takes ability to stand still within `period`
    minutes, where `scales.tide` > 0 the base of difficulty within `tide_period`.
    """

    scales: Scales = field(default_factory=Scales)
    learn: bool = True
    weight: float = 6.0
    slope: tuple[float, float] = (0.4, 0.3)
    grade_step: tuple[float, float] = (0.8, 0.8)
    text_step: tuple[float, float] = (0.2, 0.5)
    minutes: tuple[float, float] = (3.0, 2.0)
    failed: tuple[float, float] = (0.0, 1.0)
    liked: tuple[float, float] = (4.0, 2.0)
    holds: tuple[float, float] = (2.5, 2.0)
    base_sd: float = 3.0
    group: float = 0.7
    period: float = 28 * DAY
    tide_period: float = 7 * DAY

    def scales_for(self, kinds: int) -> Scales:
        """Return the scales with one number per kind of group."""
        given = self.scales.groups[:kinds]
        return replace(self.scales, groups=given + (self.group,) * (kinds - len(given)))
