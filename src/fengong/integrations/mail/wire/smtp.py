"""Handing mails to an SMTP server, and what it says about each."""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from types import TracebackType

from fengong.integrations.mail.wire.server import SECONDS, Server, Unreachable, explained


class Refusal(Exception):
    """A mail that the server did not take. `permanent` when it says that trying again is idle."""

    def __init__(self, message: str, *, permanent: bool) -> None:
        super().__init__(message)
        self.message = message
        self.permanent = permanent


class Line:
    """An open line to a server. Use it in a `with`; trouble with the server itself leaves as Unreachable."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Line:
        try:
            self._open()
        except smtplib.SMTPAuthenticationError as error:
            self._close()
            raise Unreachable(explained(error, self._server), permanent=True) from error
        except (OSError, smtplib.SMTPException) as error:
            self._close()
            raise Unreachable(explained(error, self._server)) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _open(self) -> None:
        server = self._server
        if server.security == "tls":
            self._smtp = smtplib.SMTP_SSL(
                server.host, server.port, timeout=SECONDS, context=ssl.create_default_context()
            )
        else:
            self._smtp = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
        if server.security == "starttls":
            self._smtp.starttls(context=ssl.create_default_context())
        if server.user:
            self._smtp.login(server.user, server.secret)

    def _close(self) -> None:
        if self._smtp is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self._smtp.quit()
            self._smtp.close()
            self._smtp = None

    def send(self, message: EmailMessage, *, sender: str, recipients: list[str]) -> dict[str, str]:
        """Send one mail; who was refused while others were taken, and why. Refusal when nobody was taken."""
        if self._smtp is None:
            raise Unreachable("closed")
        try:
            refused = self._smtp.sendmail(
                sender, recipients, message.as_bytes(policy=SMTP), self._options(message)
            )
        except smtplib.SMTPRecipientsRefused as error:
            raise _nobody(error) from error
        except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
            raise Refusal(
                _line(error.smtp_code, error.smtp_error), permanent=error.smtp_code >= 500
            ) from error
        except smtplib.SMTPNotSupportedError as error:
            raise Refusal(str(error), permanent=True) from error
        except (OSError, smtplib.SMTPException) as error:
            raise Unreachable(explained(error, self._server)) from error
        return {address: _line(*answer) for address, answer in refused.items()}

    def _options(self, message: EmailMessage) -> list[str]:
        """Ask for 8-bit lines where the server has them; the mail itself is composed so that it needs none."""
        return ["BODY=8BITMIME"] if self._smtp and self._smtp.has_extn("8bitmime") else []


def _nobody(error: smtplib.SMTPRecipientsRefused) -> Refusal:
    answers = list(error.recipients.values())
    permanent = bool(answers) and all(code >= 500 for code, _said in answers)
    lines = {address: _line(*answer) for address, answer in error.recipients.items()}
    said = "; ".join(f"{address}: {line}" for address, line in lines.items())
    said = said if len(lines) > 1 else next(iter(lines.values()), "")
    return Refusal(said[:500], permanent=permanent)


def _line(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return " ".join(f"{code} {text}".split())[:300]
