"""Addresses of mailboxes and their mail."""

from __future__ import annotations

from django.urls import path

from fengong.web.settings.mailboxes import log, views

urlpatterns = [
    path("settings/mailboxes", views.listing, name="mailboxes"),
    path("settings/mailboxes/new", views.new, name="mailbox-new"),
    path("settings/mailboxes/<int:pk>", views.one, name="mailbox"),
    path("settings/mailboxes/<int:pk>/trial", views.trial, name="mailbox-trial"),
    path("settings/mailboxes/<int:pk>/pause", views.pause, name="mailbox-pause"),
    path("settings/mailboxes/<int:pk>/removal", views.removal, name="mailbox-removal"),
    path("settings/mailboxes/<int:pk>/token", views.token, name="mailbox-token"),
    path("settings/mail", log.came_in, name="mail"),
    path("settings/mail/unread", log.unread, name="mail-unread"),
    path("settings/mail/out", log.went_out, name="mail-out"),
    path("settings/mail/<int:pk>/raw", log.raw, name="mail-raw"),
    path("settings/mail/<int:pk>/retry", log.retry, name="mail-retry"),
    path("settings/mail/out/<int:pk>/retry", log.resend, name="mail-resend"),
]
