"""Names that a team gives in Chinese, in English, or in both."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language


def chosen(chinese: str, english: str) -> str:
    """The name in the reader's language, or in the other one where that is all there is."""
    if (get_language() or "").startswith("zh"):
        return chinese or english
    return english or chinese


class Bilingual(models.Model):
    """A thing named in one or both languages; at least one name must be given."""

    name_zh = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=120, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language, or in the other one where that is all there is."""
        return chosen(self.name_zh, self.name_en)
