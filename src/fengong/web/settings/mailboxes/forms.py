"""What is said about a mailbox."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from fengong.integrations.mail.queries import PRIORITIES
from fengong.people import queries as people

SECURITY = [("tls", "TLS"), ("starttls", "STARTTLS"), ("none", _("Not secured"))]
GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    ("", ("name", "address")),
    (
        _("Coming in (IMAP)"),
        (
            "imap_host",
            "imap_port",
            "imap_security",
            "imap_user",
            "imap_secret",
            "folder",
            "move_to",
            "take_existing",
            "take_bulk",
        ),
    ),
    (
        _("Going out (SMTP)"),
        ("smtp_host", "smtp_port", "smtp_security", "smtp_user", "smtp_secret", "plus_addresses"),
    ),
    (_("New tickets"), ("topic", "priority", "language")),
    (
        _("Words"),
        ("signature_zh", "signature_en", "auto_reply", "auto_reply_zh", "auto_reply_en"),
    ),
)


def _text(label: Any, *, needed: bool = False, most: int = 200, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, required=needed, max_length=most, help_text=hint)


def _secret() -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    hint = _("Stored encrypted. Leave it blank to keep the one that is stored.")
    return forms.CharField(label=_("Password"), required=False, strip=False, widget=widget, help_text=hint)


def _port(label: Any, usual: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=65535, initial=usual)


def _tick(label: Any, hint: Any = "") -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, help_text=hint)


def _words(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )


class MailboxForm(forms.Form):
    """All fields of a mailbox, in groups."""

    name = _text(_("Name"), needed=True, most=80, hint=_("Customers see it as the sender's name."))
    address = forms.EmailField(label=_("Address"))
    imap_host = _text(_("Server"), hint=_("Leave it blank when a mail server hands mail in."))
    imap_port = _port(_("Port"), 993)
    imap_security = forms.ChoiceField(label=_("Security"), choices=SECURITY)
    imap_user = _text(_("User"))
    imap_secret = _secret()
    folder = forms.CharField(label=_("Folder"), max_length=200, initial="INBOX")
    move_to = _text(_("Move to folder"), hint=_("What has been read is moved there; blank leaves it alone."))
    take_existing = _tick(
        _("Take the mail that is already there"), _("Otherwise only what comes from now on.")
    )
    take_bulk = _tick(_("Open tickets for mailing lists and circulars too"))
    smtp_host = _text(_("Server"), hint=_("Without one, nothing is mailed from this address."))
    smtp_port = _port(_("Port"), 465)
    smtp_security = forms.ChoiceField(label=_("Security"), choices=SECURITY)
    smtp_user = _text(_("User"))
    smtp_secret = _secret()
    plus_addresses = _tick(
        _("Mail to name+anything@ arrives here"),
        _("Then answers carry a token that brings them home safely. QQ and 163 do not know such addresses."),
    )
    topic = forms.TypedChoiceField(label=_("Topic"), required=False, coerce=int, empty_value=None)
    priority = forms.TypedChoiceField(label=_("Priority"), coerce=int, choices=PRIORITIES)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    signature_zh = _words(_("Signature in Chinese"))
    signature_en = _words(_("Signature in English"))
    auto_reply = _tick(
        _("Answer a new ticket automatically"), _("Only people, and at most three times an hour.")
    )
    auto_reply_zh = _words(_("Automatic reply in Chinese"))
    auto_reply_en = _words(_("Automatic reply in English"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._topics = {topic.pk: topic for topic in people.topics()}
        chosen: Any = self.fields["topic"]
        chosen.choices = [
            ("", _("Found by the content")),
            *((pk, str(one)) for pk, one in self._topics.items()),
        ]
        for field in self.fields.values():
            if not isinstance(field, forms.BooleanField):
                field.widget.attrs["class"] = "input"

    @property
    def groups(self) -> Iterator[tuple[Any, list[Any]]]:
        """The fields under their headings."""
        for heading, names in GROUPS:
            yield heading, [self[name] for name in names]

    @property
    def given(self) -> dict[str, Any]:
        """What was typed, as the verb takes it."""
        return {**self.cleaned_data, "topic": self._topics.get(self.cleaned_data["topic"])}


def first_values(mailbox: Any = None) -> dict[str, Any]:
    """What the form shows before anything is typed; secrets are never shown."""
    if mailbox is None:
        return {"plus_addresses": True, "language": settings.LANGUAGE_CODE, "priority": 2}
    names = [name for _heading, group in GROUPS for name in group if not name.endswith("_secret")]
    return {name: getattr(mailbox, "topic_id" if name == "topic" else name) for name in names}
