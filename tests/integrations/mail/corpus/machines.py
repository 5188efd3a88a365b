"""Mails that machines write: replies nobody sent, lists, loops, bounces of mail that was never ours."""

from __future__ import annotations

from tests.integrations.mail.corpus.case import Case, mail, part, parts

STATUS = (
    "Reporting-MTA: dns; mx.beifeng.example\r\n\r\nFinal-Recipient: rfc822; ghost@beifeng.example\r\n"
    "Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\r\n"
)


def _report(action: str = "failed") -> bytes:
    return mail(
        parts(
            part("It did not arrive.", "text/plain"),
            part(STATUS.replace("failed", action), "message/delivery-status"),
            part("Message-ID: <x@elsewhere.example>\r\nSubject: x\r\n", "text/rfc822-headers"),
        ),
        kind='multipart/report; report-type=delivery-status; boundary="b1"',
        encoding="7bit",
        sender=b"MAILER-DAEMON@beifeng.example",
        subject=b"Undelivered Mail Returned to Sender",
        extra=b"Auto-Submitted: auto-replied\nReturn-Path: <>\n",
    )


def _ignored(name: str, why: str, reason: str, raw: bytes, *, sender: str = "wang@beifeng.example") -> Case:
    return Case(name, why, raw, state="ignored", reason=reason, sender=sender, subject="*")


CASES = (
    _ignored(
        "away_by_header",
        "an automatic reply that says so",
        "auto_reply",
        mail(b"I am away", extra=b"Auto-Submitted: auto-replied (vacation)\n"),
    ),
    _ignored(
        "away_by_exchange",
        "Exchange's out of office",
        "auto_reply",
        mail(b"I am away", subject=b"Automatic reply: Your ticket", extra=b"X-Auto-Response-Suppress: All\n"),
    ),
    _ignored(
        "away_in_chinese",
        "an automatic reply that only its subject gives away",
        "auto_reply",
        mail("我在休假".encode(), subject="自动回复：您的工单".encode()),
    ),
    _ignored(
        "away_by_qq",
        "the automatic reply of a free mailer",
        "auto_reply",
        mail("已收到".encode(), subject="自动回复: Re: 工单".encode(), extra=b"X-Autoreply: yes\n"),
    ),
    _ignored(
        "newsletter",
        "a newsletter with a way out",
        "bulk",
        mail(b"Buy!", extra=b"List-Unsubscribe: <mailto:x@y.example>\nPrecedence: bulk\n"),
    ),
    _ignored(
        "mailing_list", "a mailing list", "bulk", mail(b"hi all", extra=b"List-Id: <dev.lists.example>\n")
    ),
    _ignored(
        "from_ourselves",
        "our own address as the sender",
        "loop",
        mail(b"echo", sender=b"Support <support@desk.example>"),
        sender="support@desk.example",
    ),
    _ignored(
        "from_ourselves_tagged",
        "our own address with a tag",
        "loop",
        mail(b"echo", sender=b"support+t1.aaaaaaaa@desk.example"),
        sender="support+t1.aaaaaaaa@desk.example",
    ),
    _ignored(
        "bounce_of_a_stranger",
        "a bounce of a mail we never sent",
        "bounce",
        _report(),
        sender="mailer-daemon@beifeng.example",
    ),
    _ignored(
        "delivered_report",
        "a receipt that a mail arrived",
        "bounce",
        _report("delivered"),
        sender="mailer-daemon@beifeng.example",
    ),
    _ignored(
        "bounce_in_words",
        "a bounce without a report, in Chinese",
        "bounce",
        mail(
            "收件人 ghost@qq.example 不存在，邮件无法投递".encode(),
            sender=b"PostMaster@qq.example",
            subject="系统退信".encode(),
        ),
        sender="postmaster@qq.example",
    ),
    Case(
        "hushed_person",
        "a person whose system asks for no automatic answer is a person all the same",
        mail(b"a real question", extra=b"X-Auto-Response-Suppress: OOF, AutoReply\n"),
        subject="Test",
        text="a real question",
    ),
    Case(
        "monitoring",
        "an alarm of a monitoring system opens a ticket",
        mail(b"disk full", sender=b"alarm@beifeng.example", extra=b"Auto-Submitted: auto-generated\n"),
        subject="Test",
        sender="alarm@beifeng.example",
        text="disk full",
    ),
    Case(
        "contact_form",
        "a form that sends from our own address and names the visitor for answers",
        mail("表单内容".encode(), sender=b"support@desk.example", extra=b"Reply-To: li@beifeng.example\n"),
        subject="Test",
        sender="support@desk.example",
        text="表单内容",
        writer="li",
    ),
    Case(
        "no_reply_with_answer_address",
        "a machine that writes for a person",
        mail(b"order 7", sender=b"no-reply@shop.example", extra=b"Reply-To: Li Lei <li@beifeng.example>\n"),
        subject="Test",
        sender="no-reply@shop.example",
        text="order 7",
        writer="Li Lei",
    ),
)
