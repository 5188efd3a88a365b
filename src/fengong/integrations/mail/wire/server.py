"""How a mail server is reached, and what went wrong, in words."""

from __future__ import annotations

import smtplib
import socket
import ssl
from dataclasses import dataclass

from django.utils.translation import gettext as _

SECONDS = 15.0
"""How long a server may keep silent."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where, how secured, and as whom. A blank user does not sign in."""

    host: str
    port: int
    security: str
    user: str = ""
    secret: str = ""


class Unreachable(Exception):
    """A server that could not be used; the message is a sentence for people. `permanent` when trying again is idle."""

    def __init__(self, message: str, *, permanent: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.permanent = permanent


def explained(error: BaseException, server: Server) -> str:
    """What went wrong between us and a server, as a sentence."""
    words = {"place": f"{server.host}:{server.port}", "host": server.host, "why": _said(error)}
    sentences: tuple[tuple[type[BaseException], str], ...] = (
        (TimeoutError, _("%(place)s did not answer in time.")),
        (ConnectionRefusedError, _("Nothing listens at %(place)s.")),
        (socket.gaierror, _("There is no server called %(host)s.")),
        (ssl.SSLCertVerificationError, _("The certificate of %(place)s cannot be trusted: %(why)s")),
        (ssl.SSLError, _("%(place)s does not speak TLS in the way that is set.")),
        (smtplib.SMTPAuthenticationError, _("%(place)s refused the user or password: %(why)s")),
        (BaseException, _("%(place)s said: %(why)s")),
    )
    return next(sentence for kind, sentence in sentences if isinstance(error, kind)) % words


def _said(error: BaseException) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        return f"{error.smtp_code} {text}"[:300]
    return " ".join(str(error).split())[:300] or type(error).__name__
