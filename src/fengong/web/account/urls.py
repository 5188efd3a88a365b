"""Sign-in, sign-out, preferences, presence."""

from __future__ import annotations

from django.urls import path

from fengong.web.account import views

urlpatterns = [
    path("sign-in", views.sign_in, name="sign_in"),
    path("sign-out", views.sign_out, name="sign_out"),
    path("language", views.language, name="language"),
    path("preferences", views.preferences, name="preferences"),
    path("presence", views.presence, name="presence"),
]
