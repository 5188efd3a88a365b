"""Mails built of parts in every way that clients have found."""

from __future__ import annotations

import base64
import struct

from tests.integrations.mail.corpus.case import PDF, PNG, Case, mail, part, parts

MIXED = 'multipart/mixed; boundary="b1"'
CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1@x\r\n"
    "DTSTAMP:20260302T050000Z\r\nDTSTART:20260305T060000Z\r\nDTEND:20260305T070000Z\r\nSUMMARY:季度评审\r\n"
    "LOCATION:三号会议室\r\nORGANIZER:mailto:boss@beifeng.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
INSIDE = b"From: a@x.example\r\nSubject: =?utf-8?B?5Y6f6YKu5Lu2?=\r\n\r\nthe older mail\r\n"

SHOT = part(
    PNG,
    "image/png",
    "Content-ID: <shot@1>",
    'Content-Disposition: inline; filename="shot.png"',
    encoding="base64",
)


def _attribute(level: int, tag: int, data: bytes) -> bytes:
    return struct.pack("<BII", level, tag, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def _properties(*values: tuple[int, int, bytes]) -> bytes:
    """MAPI properties of variable size."""
    found = struct.pack("<I", len(values))
    for kind, tag, data in values:
        found += struct.pack("<HHII", kind, tag, 1, len(data)) + data + b"\0" * (-len(data) % 4)
    return found


def winmail(*, html: str = "") -> bytes:
    """A TNEF stream with one file; with HTML, a body too."""
    stream = struct.pack("<IH", 0x223E9F78, 1) + _attribute(1, 0x00069007, struct.pack("<II", 936, 0))
    if html:
        stream += _attribute(1, 0x00069003, _properties((0x102, 0x1013, html.encode("gbk"))))
    stream += _attribute(2, 0x00069002, b"\0" * 14) + _attribute(2, 0x00018010, b"REPORT~1.PDF\0")
    stream += _attribute(2, 0x0006800F, PDF)
    long_name = "三月报表.pdf\0".encode("utf-16-le")
    return stream + _attribute(2, 0x00069005, _properties((0x1F, 0x3707, long_name)))


def _nested(depth: int) -> bytes:
    inner = part("the core", "text/plain")
    for level in range(depth):
        boundary = f"n{level}"
        inner = part(parts(inner, boundary=boundary), f'multipart/mixed; boundary="{boundary}"')
    return inner.replace(b"Content-Type:", b"From: wang@beifeng.example\r\nSubject: deep\r\nContent-Type:", 1)


def _shaped(*children: bytes, kind: str = MIXED) -> bytes:
    return mail(parts(*children), kind=kind, encoding="7bit")


CASES = (
    Case(
        "only_html",
        "no text part, GBK inside a meta tag and the part",
        mail(
            "<html><head><style>p{color:red}</style></head><body><p>密码<b>错误</b></p><p>第二行</p></body></html>".encode(
                "gbk"
            ),
            kind="text/html; charset=gbk",
        ),
        subject="Test",
        text="密码错误\n",
        not_text="color",
    ),
    Case(
        "alternative_text_first",
        "text and HTML of the same words",
        _shaped(
            part("plain words", "text/plain"),
            part("<p>rich words</p>", "text/html"),
            kind='multipart/alternative; boundary="b1"',
        ),
        subject="Test",
        text="plain words",
        not_text="rich words",
    ),
    Case(
        "alternative_empty_text",
        "an empty text beside the HTML that says it all",
        _shaped(
            part(" \r\n", "text/plain"),
            part("<p>rich words</p>", "text/html"),
            kind='multipart/alternative; boundary="b1"',
        ),
        subject="Test",
        text="rich words",
    ),
    Case(
        "script_in_html",
        "HTML that would run",
        mail(b"<p onclick=x()>hello</p><script>steal()</script>", kind="text/html"),
        subject="Test",
        text="hello",
        not_text="steal",
        not_html="onclick",
    ),
    Case(
        "mixed_with_two_texts",
        "a text, a file, and a second text after it",
        _shaped(
            part("before", "text/plain"),
            part(
                PDF, "application/pdf", 'Content-Disposition: attachment; filename="a.pdf"', encoding="base64"
            ),
            part("after", "text/plain"),
        ),
        subject="Test",
        text="before\n\nafter",
        files=("a.pdf",),
    ),
    Case(
        "picture_inside",
        "a picture that the HTML shows by its content id",
        _shaped(
            part('<p>see <img src="cid:shot@1"></p>', "text/html"),
            part(
                PNG,
                "image/png",
                "Content-ID: <shot@1>",
                'Content-Disposition: inline; filename="shot.png"',
                encoding="base64",
            ),
            kind='multipart/related; boundary="b1"',
        ),
        subject="Test",
        text="see",
        files=("shot.png",),
    ),
    Case(
        "five_floors",
        "multiparts within multiparts",
        _nested(5),
        subject="deep",
        text="the core",
    ),
    Case(
        "winmail",
        "winmail.dat with a file whose long name is only in its properties",
        _shaped(
            part("see file", "text/plain"),
            part(
                winmail(),
                "application/ms-tnef",
                'Content-Disposition: attachment; filename="winmail.dat"',
                encoding="base64",
            ),
        ),
        subject="Test",
        text="see file",
        files=("三月报表.pdf",),
    ),
    Case(
        "winmail_alone",
        "nothing but winmail.dat, with the words as HTML inside",
        mail(
            base64.encodebytes(winmail(html="<p>词在里面</p>")),
            kind='application/ms-tnef; name="winmail.dat"',
            encoding="base64",
        ),
        subject="Test",
        text="词在里面",
        files=("三月报表.pdf",),
    ),
    Case(
        "winmail_broken",
        "a winmail.dat that is none",
        _shaped(
            part("see file", "text/plain"),
            part(
                b"not tnef at all",
                "application/ms-tnef",
                'Content-Disposition: attachment; filename="winmail.dat"',
                encoding="base64",
            ),
        ),
        subject="Test",
        text="see file",
        files=("winmail.dat",),
    ),
    Case(
        "winmail_cut",
        "a winmail.dat that breaks off in its file",
        _shaped(
            part("see file", "text/plain"),
            part(
                winmail()[:-60],
                "application/ms-tnef",
                'Content-Disposition: attachment; filename="winmail.dat"',
                encoding="base64",
            ),
        ),
        subject="Test",
        text="see file",
        files=("REPORT~1.PDF",),
    ),
    Case(
        "invitation",
        "a calendar invitation as an alternative",
        _shaped(
            part("Please come", "text/plain"),
            part(CALENDAR, "text/calendar; charset=utf-8; method=REQUEST"),
            kind='multipart/alternative; boundary="b1"',
        ),
        subject="Test",
        text="季度评审, 2026-03-05 06:00",
    ),
    Case(
        "invitation_alone",
        "nothing but a calendar",
        mail(CALENDAR.encode(), kind="text/calendar; charset=utf-8; method=REQUEST"),
        subject="Test",
        text="三号会议室",
        files=("invite.ics",),
    ),
    Case(
        "invitation_broken",
        "a calendar that no library reads",
        mail(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:yesterday\r\n", kind="text/calendar"),
        subject="Test",
        text="(only files)",
        files=("invite.ics",),
    ),
    Case(
        "mail_in_a_mail",
        "a forwarded mail as an attachment",
        _shaped(part("see the old one", "text/plain"), part(INSIDE, "message/rfc822")),
        subject="Test",
        text="see the old one",
        not_text="the older mail",
        files=("原邮件.eml",),
    ),
    Case(
        "digest",
        "a digest: parts that are mails without saying so",
        _shaped(b"\r\n" + INSIDE, b"\r\n" + INSIDE, kind='multipart/digest; boundary="b1"'),
        subject="Test",
        text="(only files)",
        files=("原邮件.eml", "原邮件.eml"),
    ),
    Case(
        "signed_pgp",
        "a PGP signature beside the text",
        _shaped(
            part("signed words", "text/plain"),
            part("-----BEGIN PGP SIGNATURE-----\r\nx\r\n", "application/pgp-signature"),
            kind='multipart/signed; protocol="application/pgp-signature"; boundary="b1"',
        ),
        subject="Test",
        text="signed words",
        files=("signature.asc",),
    ),
    Case(
        "encrypted_pgp",
        "a mail that only its reader can open is kept whole",
        _shaped(
            part("Version: 1", "application/pgp-encrypted"),
            part(
                "-----BEGIN PGP MESSAGE-----\r\nx",
                "application/octet-stream",
                'Content-Disposition: inline; filename="encrypted.asc"',
            ),
            kind='multipart/encrypted; protocol="application/pgp-encrypted"; boundary="b1"',
        ),
        subject="Test",
        text="(only files)",
        files=("file-1.bin", "encrypted.asc"),
    ),
    Case(
        "smime",
        "an S/MIME envelope",
        mail(
            base64.encodebytes(b"\x30\x82\x01\x00 cms"),
            kind='application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"',
            encoding="base64",
        ),
        subject="Test",
        text="(only files)",
        files=("smime.p7m",),
    ),
    Case(
        "uuencoded",
        "a body in uuencode",
        mail(
            b"begin 644 a.txt\r\n+:&5L;&\\@=V]R;&0 \r\n`\r\nend\r\n", kind="text/plain", encoding="x-uuencode"
        ),
        subject="Test",
        text="hello world",
    ),
    Case(
        "only_a_file",
        "a photo and not a word",
        mail(base64.encodebytes(PNG), kind='image/png; name="照片.png"', encoding="base64"),
        subject="Test",
        text="(only files)",
        files=("照片.png",),
    ),
    Case(
        "empty",
        "a head and nothing below",
        mail(b""),
        subject="Test",
        text="(no text)",
    ),
    Case(
        "quoted_reply",
        "the older mail below the new words",
        mail(
            '还是不行\r\n\r\n在 2026-03-01 10:00，"客服" <support@desk.example> 写道：\r\n> 请重启\r\n'.encode()
        ),
        subject="Test",
        text="还是不行",
        not_text="请重启",
    ),
)
