"""Names, subjects and file names that are encoded in every way that clients have found."""

from __future__ import annotations

import base64

from tests.integrations.mail.corpus.case import PDF, Case, mail, part, parts, word

_SUBJECT = "发票抬头开错了请重新开具".encode()


def _with_file(disposition: bytes, *, kind: str = "application/pdf") -> bytes:
    head = b"Content-Type: " + kind.encode() + b"\r\nContent-Transfer-Encoding: base64\r\n"
    file = head + b"Content-Disposition: " + disposition + b"\r\n\r\n" + base64.encodebytes(PDF) + b"\r\n"
    return mail(
        parts(part("see file", "text/plain"), file), kind='multipart/mixed; boundary="b1"', encoding="7bit"
    )


CASES = (
    Case(
        "subject_cut_in_mid_character",
        "encoded words that cut a character in two",
        mail(
            b"x",
            subject=b"=?utf-8?B?%s?=\r\n =?utf-8?B?%s?="
            % (base64.b64encode(_SUBJECT[:10]), base64.b64encode(_SUBJECT[10:])),
        ),
        subject="发票抬头开错了请重新开具",
        text="x",
    ),
    Case(
        "subject_mixed_words",
        "two charsets and plain text in one subject",
        mail(b"x", subject=b"Re: " + word("发票", "gbk") + b" no. 7 " + word("抬頭", "big5")),
        subject="Re: 发票 no. 7 抬頭",
        text="x",
    ),
    Case(
        "subject_raw_gbk",
        "a subject in raw GBK without any encoding",
        mail(b"x", subject="发票抬头错误，请更正".encode("gbk")),
        subject="发票抬头错误，请更正",
        text="x",
    ),
    Case(
        "subject_raw_utf_8",
        "a subject in raw UTF-8",
        mail(b"x", subject="发票抬头错误".encode()),
        subject="发票抬头错误",
        text="x",
    ),
    Case(
        "subject_bad_base64",
        "an encoded word without its padding and with a space inside",
        mail(b"x", subject=b"=?utf-8?B?5Y+R56Wo5ZWP6aG?= ok"),
        subject="发票問\ufffd ok",
        text="x",
    ),
    Case(
        "subject_rfc_2231_language",
        "an encoded word with a language after a star",
        mail(b"x", subject=b"=?utf-8*zh-CN?Q?=E5=8F=91=E7=A5=A8?="),
        subject="发票",
        text="x",
    ),
    Case("subject_missing", "no subject at all", mail(b"x", subject=b""), subject="", text="x"),
    Case(
        "subject_of_lines",
        "a subject folded over many lines with tabs",
        mail(b"x", subject=b"a\r\n\t b\r\n  c"),
        subject="a b c",
        text="x",
    ),
    Case(
        "sender_encoded_whole",
        "name and address together in one encoded word",
        mail(b"x", sender=word("王强 <wang@beifeng.example>", "utf-8")),
        subject="Test",
        text="x",
        writer="王强",
    ),
    Case(
        "sender_quoted_encoded",
        "an encoded word inside quotes, against the rules",
        mail(b"x", sender=b'"' + word("王强", "gb2312") + b'" <wang@beifeng.example>'),
        subject="Test",
        text="x",
        writer="王强",
    ),
    Case(
        "sender_raw_gbk",
        "a name in raw GBK",
        mail(b"x", sender="王强".encode("gbk") + b" <Wang@BeiFeng.example>"),
        subject="Test",
        text="x",
    ),
    Case(
        "sender_with_comma",
        "a comma in a name without quotes",
        mail(b"x", sender=b"Wang, Qiang <wang@beifeng.example>"),
        subject="Test",
        text="x",
    ),
    Case(
        "sender_with_comment",
        "the old form with the name in brackets",
        mail(b"x", sender=b"new@beifeng.example (Wang Qiang)"),
        subject="Test",
        sender="new@beifeng.example",
        text="x",
        writer="Wang Qiang",
    ),
    Case(
        "two_senders",
        "two addresses in From and one in Sender",
        mail(b"x", sender=b"wang@beifeng.example, li@beifeng.example", extra=b"Sender: li@beifeng.example\n"),
        subject="Test",
        text="x",
    ),
    Case(
        "file_rfc_2231",
        "a file name by RFC 2231 in one piece",
        _with_file(b"attachment; filename*=UTF-8''%E5%8F%91%E7%A5%A8.pdf"),
        subject="Test",
        text="see file",
        files=("发票.pdf",),
    ),
    Case(
        "file_rfc_2231_pieces",
        "a file name by RFC 2231 in pieces, out of order, one of them plain",
        _with_file(b"attachment; filename*1*=%A5%A8;\r\n filename*0*=utf-8''%E5%8F%91%E7; filename*2=.pdf"),
        subject="Test",
        text="see file",
        files=("发票.pdf",),
    ),
    Case(
        "file_encoded_word",
        "a file name as an encoded word in quotes, as most clients in China send",
        _with_file(b'attachment; filename="' + word("发票（三月）.pdf", "gb18030") + b'"'),
        subject="Test",
        text="see file",
        files=("发票（三月）.pdf",),
    ),
    Case(
        "file_raw_gbk",
        "a file name in raw GBK",
        _with_file(b'attachment; filename="' + "发票明细清单.pdf".encode("gbk") + b'"'),
        subject="Test",
        text="see file",
        files=("发票明细清单.pdf",),
    ),
    Case(
        "file_with_path",
        "a file name that tries to climb",
        _with_file(b'attachment; filename="..\\\\..\\\\etc/passwd.pdf"'),
        subject="Test",
        text="see file",
        files=("etc_passwd.pdf",),
    ),
    Case(
        "file_without_name",
        "an attachment without any name",
        _with_file(b"attachment"),
        subject="Test",
        text="see file",
        files=("file-1.pdf",),
    ),
    Case(
        "file_name_unquoted",
        "a file name with spaces and no quotes",
        _with_file(b"attachment; filename=march bill.pdf"),
        subject="Test",
        text="see file",
        files=("march bill.pdf",),
    ),
    Case(
        "file_name_endless",
        "a file name of four hundred characters",
        _with_file(b'attachment; filename="' + b"a" * 400 + b'.pdf"'),
        subject="Test",
        text="see file",
        files=("a" * 116 + ".pdf",),
    ),
)
