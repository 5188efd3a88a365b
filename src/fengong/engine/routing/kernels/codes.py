"""The policies by number, as kernels know them; `policies` gives them names."""

from __future__ import annotations

FENGONG, ALIS, LEAST_LOADED, ROUND_ROBIN, STATIC_TIERS = range(5)
LONGEST_IDLE, STATIC_PRIORITY, FIXED_RATIO, GENERALIZED_CMU = range(5, 9)
CMU_THETA, OVERFLOW, FAIR_IDLE, BULLSEYE = range(9, 13)
