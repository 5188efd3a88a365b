"""Mails whose form is broken."""

from __future__ import annotations

from tests.integrations.mail.corpus.case import PDF, Case, attached, mail, part, parts

MIXED = 'multipart/mixed; boundary="b1"'
HEAD = b"From: wang@beifeng.example\r\nSubject: Test\r\n"


def _unread(name: str, why: str, raw: bytes, *, sender: str = "") -> Case:
    return Case(name, why, raw, state="kept_unparsed", reason="no_sender", sender=sender, subject="*")


CASES = (
    _unread("nothing", "no byte at all", b""),
    _unread("garbage", "random bytes", bytes(range(256)) * 20),
    _unread("no_head", "words without any head", b"hello, is anybody there?\r\nsecond line\r\n"),
    _unread("no_sender", "a head without a sender", b"Subject: who am I\r\n\r\nhello\r\n"),
    _unread("sender_without_address", "a sender that is only a name", mail(b"x", sender=b"Wang Qiang")),
    _unread(
        "sender_impossible",
        "an address to which no mail could go",
        mail(b"x", sender=b"a@b@c <@>"),
        sender="a@b@c",
    ),
    Case(
        "no_end_boundary",
        "a boundary that never ends",
        mail(
            b"--b1\r\n" + part("the words", "text/plain") + b"--b1\r\nContent-Type: text/html\r\n\r\n<p>cut",
            kind=MIXED,
            encoding="7bit",
        ),
        subject="Test",
        text="the words",
    ),
    Case(
        "wrong_boundary",
        "a boundary that never comes",
        mail(b"--other\r\n\r\nthe words\r\n", kind=MIXED, encoding="7bit"),
        subject="Test",
        text="the words",
    ),
    Case(
        "no_boundary",
        "a multipart that names no boundary",
        mail(b"the words", kind="multipart/mixed", encoding="7bit"),
        subject="Test",
        text="the words",
    ),
    Case(
        "nul_bytes",
        "NULs in head and body",
        HEAD.replace(b"Test", b"T\0est") + b"\r\nthe\0 words\0\r\n",
        subject="Test",
        text="the words",
    ),
    Case(
        "only_line_feeds",
        "line ends of one sort",
        HEAD.replace(b"\r", b"") + b"\nthe words\n",
        subject="Test",
        text="the words",
    ),
    Case(
        "only_carriage_returns",
        "line ends of the other sort",
        b"From: wang@beifeng.example\rSubject: Test\r\rthe words\r",
        subject="Test",
        text="the words",
    ),
    Case(
        "mbox_line",
        "a line of an mbox file before the head",
        b"From wang Mon Mar  2 13:59:00 2026\n" + HEAD + b"\r\nthe words",
        subject="Test",
        text="the words",
    ),
    Case(
        "blank_lines_first",
        "blank lines before the head",
        b"\r\n\r\n" + HEAD + b"\r\nthe words",
        subject="Test",
        text="the words",
    ),
    Case(
        "date_of_garbage",
        "a date that never was",
        HEAD + b"Date: Thu, 99 Foo 20266 77:61:00 +9999999\r\n\r\nthe words",
        subject="Test",
        text="the words",
    ),
    Case(
        "ten_thousand_headers",
        "a head of ten thousand lines",
        HEAD + b"".join(b"X-Hop-%d: relay\r\n" % number for number in range(10_000)) + b"\r\nthe words",
        subject="Test",
        text="the words",
    ),
    Case(
        "endless_header",
        "one field of two megabytes",
        HEAD + b"X-Long: " + b"a" * 2_000_000 + b"\r\n\r\nthe words",
        subject="Test",
        text="the words",
    ),
    Case(
        "header_without_colon",
        "lines in the head that are no fields",
        b"From: wang@beifeng.example\r\nSubject: Test\r\nthis is no field\r\n\r\nthe words",
        subject="Test",
        text="the words",
    ),
    Case(
        "many_parts",
        "two thousand parts",
        mail(
            parts(*[part(f"piece {number}", "text/plain") for number in range(2_000)]),
            kind=MIXED,
            encoding="7bit",
        ),
        subject="Test",
        text="piece 1",
    ),
    Case(
        "hundred_floors",
        "a hundred multiparts within each other",
        HEAD
        + b"".join(
            b'Content-Type: multipart/mixed; boundary="n%d"\r\n\r\n--n%d\r\n' % (n, n) for n in range(100)
        )
        + b"\r\nthe core\r\n",
        subject="Test",
        text="Only a part of this mail",
    ),
    Case(
        "base64_of_garbage",
        "base64 with foreign characters inside and the end missing",
        mail(b"aGVsbG8g!!**d29ybG\r\nQgYWdhaW4\r\n", kind="text/plain", encoding="base64"),
        subject="Test",
        text="hello world again",
    ),
    Case(
        "unknown_encoding",
        "a transfer encoding that nobody knows",
        mail(b"the words", encoding="x-yenc-2"),
        subject="Test",
        text="the words",
    ),
    Case(
        "type_of_garbage",
        "a content type of garbage",
        mail(b"the words", kind="???;;=;charset"),
        subject="Test",
        text="(only files)",
        files=("file-1.bin",),
    ),
    Case(
        "type_text_alone",
        "a content type of one word",
        mail(b"the words", kind="text"),
        subject="Test",
        text="the words",
    ),
    Case(
        "twice_everything",
        "fields that stand twice",
        b"From: wang@beifeng.example\r\nFrom: li@beifeng.example\r\nSubject: Test\r\nSubject: Other\r\n\r\nthe words",
        subject="Test",
        text="the words",
    ),
    Case(
        "empty_file",
        "an attachment of no bytes",
        mail(parts(part("the words", "text/plain"), attached("a.pdf", b"")), kind=MIXED, encoding="7bit"),
        subject="Test",
        text="the words",
        files=("a.pdf",),
    ),
    Case(
        "hidden_program",
        "a program called a picture",
        mail(
            parts(part("look", "text/plain"), attached("cat.png", b"MZ\x90\0 this program", "image/png")),
            kind=MIXED,
            encoding="7bit",
        ),
        subject="Test",
        text="look",
        files=("cat.png",),
    ),
    Case(
        "direction_tricks",
        "a file name that turns its ending round",
        mail(
            parts(
                part("look", "text/plain"),
                part(
                    PDF,
                    "application/pdf",
                    "Content-Disposition: attachment; filename*=utf-8''a%E2%80%AEfdp.exe%E2%80%AC.pdf",
                    encoding="base64",
                ),
            ),
            kind=MIXED,
            encoding="7bit",
        ),
        subject="Test",
        text="look",
        files=("a_fdp.exe_.pdf",),
    ),
    Case(
        "lone_surrogates",
        "bytes that decode to halves of characters",
        mail(b"a \xed\xa0\x80 b", kind="text/plain; charset=utf-8"),
        subject="Test",
        text="a ",
    ),
    Case(
        "huge",
        "thirty-one megabytes: the beginning is read, the whole is kept",
        mail(
            parts(part("the words", "text/plain"), attached("big.bin", b"x" * 23_000_000)),
            kind=MIXED,
            encoding="7bit",
        ),
        subject="Test",
        text="the words",
        files=("big.bin",),
    ),
)
