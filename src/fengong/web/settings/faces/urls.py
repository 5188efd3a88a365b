"""Addresses of the settings of what customers meet."""

from __future__ import annotations

from django.urls import path

from fengong.web.settings.faces import portal, satisfaction, surveys, widgets

urlpatterns = [
    path("settings/portal", portal.portal, name="portal_settings"),
    path("settings/widgets", widgets.listing, name="widgets"),
    path("settings/widgets/new", widgets.new, name="widget_new"),
    path("settings/widgets/<int:pk>", widgets.one, name="widget"),
    path("settings/widgets/<int:pk>/secret", widgets.secret, name="widget_secret"),
    path("settings/widgets/<int:pk>/trial", widgets.trial, name="widget_trial"),
    path("settings/surveys", surveys.listing, name="surveys"),
    path("settings/surveys/new", surveys.one, name="survey_new"),
    path("settings/surveys/<int:pk>", surveys.one, name="survey"),
    path("settings/satisfaction", satisfaction.satisfaction, name="satisfaction"),
]
