"""Addresses of the pages of types, fields, tags and templates."""

from __future__ import annotations

from django.urls import path

from fengong.web.settings.filing import fields, tags, templates, types

urlpatterns = [
    path("settings/types", types.listing, name="settings_types"),
    path("settings/types/<int:pk>", types.one, name="settings_type"),
    path("settings/fields", fields.listing, name="settings_fields"),
    path("settings/fields/<int:pk>", fields.one, name="settings_field"),
    path("settings/tags", tags.listing, name="settings_tags"),
    path("settings/tags/<int:pk>", tags.one, name="settings_tag"),
    path("settings/tags/<int:pk>/merge", tags.merge, name="settings_tag_merge"),
    path("settings/tags/<int:pk>/removal", tags.removal, name="settings_tag_removal"),
    path("settings/templates", templates.listing, name="settings_templates"),
    path("settings/templates/<int:pk>", templates.one, name="settings_template"),
    path("settings/templates/<int:pk>/removal", templates.removal, name="settings_template_removal"),
]
