"""Surges in streams of contacts, with a bound on false alarms that holds whatever the day looks like.

In each step a stream brings a count and a ceiling for its mean. For every factor f the likelihood ratio of "f times the
ceiling" against "the ceiling" multiplies the evidence, R' = (1 + R) * LR (Shiryaev 1963, Roberts 1966). While the true
mean stays at or below the ceiling, LR has mean at most 1 given the past, for counts as Poisson or negative binomial
have a monotone likelihood ratio; so R - n is a supermartingale, and by optional stopping the mean of R at an alarm is
at most the mean number of steps up to it (Pollak 1985; Shin, Ramdas and Rinaldo 2022 call R an e-detector). The same
is true of the mean of R over factors and over S streams. An alarm when a stream's evidence reaches Q * S comes, in the
mean, no sooner than after Q steps, over all streams together. No independence between streams is needed.

The end of a surge is found the same way round: evidence that the mean has fallen to the ceiling, against its being
still `over` times that; it is called off wrongly no sooner than after `sure` steps in the mean.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

MOST = 1e15
EVEN = 1.001
"""Dispersion up to which counts are taken as Poisson."""


@dataclass(frozen=True, slots=True)
class Dials:
    """`quiet`: steps between two false alarms of all streams together, in the mean at least · `factors`: the growths
    looked for · `over` and `sure`: a surge is over, see above.
    """

    quiet: float = 20_160.0
    factors: tuple[float, ...] = (1.5, 2.0, 3.0, 5.0)
    over: float = 2.0
    sure: float = 60.0

    def __post_init__(self) -> None:
        if self.quiet < 1 or self.sure < 1 or self.over <= 1 or min(self.factors) <= 1:
            raise ValueError("quiet and sure must be at least 1, over and all factors more than 1")


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of S streams for F factors. `evidence` f64[S, F] · `sums` f64[S, F], the CUSUM of the same ratios,
    and `begun` f64[S, F], the step since which it is above zero: the likeliest beginning · `surging` bool[S] · `calm`
    f64[S], the evidence that a surge is over.
    """

    evidence: Floats
    sums: Floats
    begun: Floats
    surging: Flags
    calm: Floats


@dataclass(frozen=True, slots=True)
class Seen:
    """One step of S streams: when, what came f64[S], the ceiling for its mean f64[S] > 0, its dispersion f64[S]."""

    at: float
    counts: Floats
    ceiling: Floats
    dispersion: Floats


def nothing(streams: int, dials: Dials) -> Standing:
    """How streams stand that nobody has looked at."""
    shape = (streams, len(dials.factors))
    return Standing(
        evidence=np.zeros(shape),
        sums=np.zeros(shape),
        begun=np.zeros(shape),
        surging=np.zeros(streams, dtype=np.bool_),
        calm=np.zeros(streams),
    )


def look(standing: Standing, seen: Seen, dials: Dials) -> Standing:
    """How the streams stand after one more step. A surge that is over starts from no evidence again."""
    factors = np.asarray(dials.factors)
    ratio = log_ratio(seen.counts[:, None], seen.ceiling[:, None], factors, seen.dispersion[:, None])
    evidence = np.minimum((1.0 + standing.evidence) * np.exp(np.minimum(ratio, 700.0)), MOST)
    begun = np.where(standing.sums > 0, standing.begun, seen.at)
    sums = np.maximum(standing.sums + ratio, 0.0)
    still = dials.over * seen.ceiling
    fallen = log_ratio(seen.counts, still, np.asarray(1 / dials.over), seen.dispersion)
    calm = np.where(standing.surging, (1.0 + standing.calm) * np.exp(np.minimum(fallen, 700.0)), 0.0)
    over = standing.surging & (calm >= dials.sure)
    starts = ~standing.surging & (evidence.mean(axis=1) >= dials.quiet * len(seen.counts))
    surging = (standing.surging | starts) & ~over
    kept = np.where((standing.surging | starts)[:, None], 0.0, evidence)
    return Standing(
        evidence=np.where(starts[:, None], evidence, kept),
        sums=np.where(over[:, None], 0.0, sums),
        begun=begun,
        surging=surging,
        calm=np.where(surging, np.minimum(calm, MOST), 0.0),
    )


def declared(standing: Standing, stream: int, *, surging: bool) -> Standing:
    """The same where somebody has said that a stream surges, or that its surge is over."""
    flags = standing.surging.copy()
    flags[stream] = surging
    evidence, sums, calm = standing.evidence.copy(), standing.sums.copy(), standing.calm.copy()
    evidence[stream], sums[stream], calm[stream] = 0.0, 0.0, 0.0
    return replace(standing, surging=flags, evidence=evidence, sums=sums, calm=calm)


def share_of_alarm(standing: Standing, dials: Dials) -> Floats:
    """f64[S]: how near each stream is to an alarm, 0 to 1, on the scale of logarithms."""
    whole = np.log1p(dials.quiet * len(standing.surging))
    share: Floats = np.clip(np.log1p(standing.evidence.mean(axis=1)) / whole, 0.0, 1.0)
    return share


def beginning(standing: Standing) -> Floats:
    """f64[S]: the step at which a surge most likely began, by the factor that speaks loudest."""
    loudest = standing.sums.argmax(axis=1)
    first: Floats = np.take_along_axis(standing.begun, loudest[:, None], axis=1)[:, 0]
    return first


def log_ratio(counts: Floats, mean: Floats, factor: Floats, dispersion: Floats) -> Floats:
    """Log likelihood ratio of counts under `factor` times the mean against the mean itself; broadcasts.

    Poisson: x log f - (f - 1) m. With a variance of d times the mean, d > 1, negative binomial of r = m / (d - 1)
    failures with chance 1 / d, whose r grows by f: then both have the same d, and the ratio still grows with x.
    """
    poisson = counts * np.log(factor) - (factor - 1.0) * mean
    wide = np.maximum(dispersion, EVEN)
    r = mean / (wide - 1.0)
    grown = gammaln(counts + factor * r) - gammaln(factor * r) - gammaln(counts + r) + gammaln(r)
    scattered = grown - (factor - 1.0) * r * np.log(wide)
    ratio: Floats = np.where(dispersion > EVEN, scattered, poisson)
    return ratio
