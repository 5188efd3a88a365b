"""The tables of imports."""

from fengong.integrations.imports.models.brought import Brought
from fengong.integrations.imports.models.import_run import ImportRun
from fengong.integrations.imports.models.refusal import Refusal

__all__ = ["Brought", "ImportRun", "Refusal"]
