"""A widget."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language, pgettext_lazy


class Widget(models.Model):
    """A chat window for some sites. `token` names it in public; `secret` vouches for who a site says its visitor is."""

    class Position(models.TextChoices):
        RIGHT = "right", pgettext_lazy("widget", "Right below")
        LEFT = "left", pgettext_lazy("widget", "Left below")

    class Language(models.TextChoices):
        AUTO = "", pgettext_lazy("widget", "The visitor's")
        CHINESE = "zh-hans", "简体中文"
        ENGLISH = "en", "English"

    name = models.CharField(max_length=80)
    token = models.CharField(max_length=40, unique=True)
    secret = models.CharField(max_length=80)
    origins = models.JSONField(default=list, blank=True)
    colour = models.CharField(max_length=7, default="#0f766e")
    position = models.CharField(max_length=5, choices=Position.choices, default=Position.RIGHT)
    language = models.CharField(max_length=10, choices=Language.choices, default=Language.AUTO, blank=True)
    greeting_zh = models.CharField(max_length=300, default="", blank=True)
    greeting_en = models.CharField(max_length=300, default="", blank=True)
    away_zh = models.CharField(max_length=300, default="", blank=True)
    away_en = models.CharField(max_length=300, default="", blank=True)
    away_minutes = models.PositiveSmallIntegerField(default=2)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name

    @property
    def greeting(self) -> str:
        """The first words, in the reader's language or in the other one where that is all there is."""
        return _first(self.greeting_zh, self.greeting_en)

    @property
    def away(self) -> str:
        """What is said while nobody is at the desk."""
        return _first(self.away_zh, self.away_en)


def _first(chinese: str, english: str) -> str:
    wanted, other = (chinese, english) if (get_language() or "").startswith("zh") else (english, chinese)
    return wanted or other
