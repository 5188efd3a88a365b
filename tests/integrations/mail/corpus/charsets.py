"""Texts in encodings that are rare, missing, unknown or lied about."""

from __future__ import annotations

import base64
import quopri

from tests.integrations.mail.corpus.case import Case, mail, word

HELLO = "您好，登录系统时提示密码错误，请帮忙处理，谢谢。"
TRADITIONAL = "您好，登錄系統時提示密碼錯誤，請幫忙處理，謝謝。"
JAPANESE = "お世話になっております。ログインできませんので、ご確認ください。"
KOREAN = "안녕하세요 로그인이 되지 않습니다 확인 부탁드립니다"
RARE = "姓名：喆𠮷祎，镕璟小区"


def _iso_2022_cn(text: str) -> bytes:
    """GB 2312 in seven bits between shift-out and shift-in."""
    seven = bytes(byte & 0x7F for byte in text.encode("gb2312"))
    return b"\x1b$)A\x0e" + seven + b"\x0f"


CASES = (
    Case(
        "gb2312_plain",
        "plain GB2312 in eight bits, subject as an encoded word",
        mail(HELLO.encode("gb2312"), subject=word("登录失败", "gb2312"), kind="text/plain; charset=gb2312"),
        subject="登录失败",
        text=HELLO,
    ),
    Case(
        "gb18030_called_gb2312",
        "characters outside GB2312 under its name, as most Chinese clients send",
        mail(
            RARE.encode("gb18030"),
            subject=word("喆先生", "gb2312", "gb18030"),
            kind="text/plain; charset=gb2312",
        ),
        subject="喆先生",
        text=RARE,
    ),
    Case(
        "gbk_called_iso_8859_1",
        "GBK under ISO-8859-1, under which anything reads as something",
        mail(HELLO.encode("gbk"), subject=b"login", kind="text/plain; charset=iso-8859-1"),
        subject="login",
        text=HELLO,
    ),
    Case(
        "gbk_called_us_ascii",
        "GBK under US-ASCII",
        mail(HELLO.encode("gbk"), kind="text/plain; charset=us-ascii"),
        subject="Test",
        text=HELLO,
    ),
    Case(
        "gbk_called_utf_8",
        "GBK under UTF-8",
        mail(HELLO.encode("gbk"), kind="text/plain; charset=utf-8"),
        subject="Test",
        text=HELLO,
    ),
    Case(
        "utf_8_called_gb2312",
        "UTF-8 under GB2312, from a web form that declares one and writes the other",
        mail(("这是" + HELLO).encode(), kind="text/plain; charset=gb2312"),
        subject="Test",
        text=HELLO,
    ),
    Case(
        "utf_8_without_charset",
        "UTF-8 without any charset, with a byte order mark",
        mail(b"\xef\xbb\xbf" + HELLO.encode(), kind="text/plain"),
        subject="Test",
        text=HELLO,
    ),
    Case(
        "big5",
        "traditional characters in Big5",
        mail(TRADITIONAL.encode("big5"), subject=word("登錄失敗", "big5"), kind="text/plain; charset=big5"),
        subject="登錄失敗",
        text=TRADITIONAL,
    ),
    Case(
        "big5_undeclared",
        "Big5 that does not say so",
        mail(TRADITIONAL.encode("big5"), kind="text/plain"),
        subject="Test",
        text=TRADITIONAL,
    ),
    Case(
        "iso_2022_jp",
        "Japanese with escape sequences, in subject and body",
        mail(
            JAPANESE.encode("iso2022_jp"),
            subject=word("お問い合わせ", "iso-2022-jp", "iso2022_jp"),
            kind="text/plain; charset=iso-2022-jp",
            encoding="7bit",
        ),
        subject="お問い合わせ",
        text=JAPANESE,
    ),
    Case(
        "iso_2022_jp_undeclared",
        "escape sequences without a charset",
        mail(JAPANESE.encode("iso2022_jp"), kind="text/plain", encoding="7bit"),
        subject="Test",
        text=JAPANESE,
    ),
    Case(
        "iso_2022_kr",
        "Korean with shifts, which Python reads and many clients do not",
        mail(KOREAN.encode("iso2022_kr"), kind="text/plain; charset=iso-2022-kr", encoding="7bit"),
        subject="Test",
        text=KOREAN,
    ),
    Case(
        "iso_2022_cn",
        "ISO-2022-CN, for which Python has no codec",
        mail(
            _iso_2022_cn("中文邮件的老编码") + b" ok",
            subject=b"=?ISO-2022-CN?B?" + base64.b64encode(_iso_2022_cn("老编码")) + b"?=",
            kind="text/plain; charset=iso-2022-cn",
            encoding="7bit",
        ),
        subject="老编码",
        text="中文邮件的老编码 ok",
    ),
    Case(
        "hz",
        "HZ, the escape of early Chinese news groups",
        mail("忘记密码怎么办".encode("hz"), kind="text/plain; charset=hz-gb-2312", encoding="7bit"),
        subject="Test",
        text="忘记密码怎么办",
    ),
    Case(
        "utf_7",
        "UTF-7",
        mail("密码错误 help".encode("utf-7"), kind="text/plain; charset=utf-7", encoding="7bit"),
        subject="Test",
        text="密码错误 help",
    ),
    Case(
        "utf_16",
        "UTF-16 with NULs in base64",
        mail(
            base64.encodebytes("密码错误".encode("utf-16")),
            kind="text/plain; charset=utf-16",
            encoding="base64",
        ),
        subject="Test",
        text="密码错误",
    ),
    Case(
        "korean_by_its_windows_name",
        "Korean under ks_c_5601-1987, which is CP949 in truth",
        mail(KOREAN.encode("cp949"), kind='text/plain; charset="ks_c_5601-1987"'),
        subject="Test",
        text=KOREAN,
    ),
    Case(
        "shift_jis_undeclared",
        "Shift_JIS without a charset",
        mail(JAPANESE.encode("cp932"), kind="text/plain"),
        subject="Test",
        text=JAPANESE,
    ),
    Case(
        "unknown_charset",
        "a charset that nobody knows, on GBK",
        mail(HELLO.encode("gbk"), kind="text/plain; charset=x-tencent-private"),
        subject="Test",
        text=HELLO,
    ),
    Case(
        "charset_of_garbage",
        "a charset name of garbage and quotes",
        mail(HELLO.encode(), kind='text/plain; charset="\'=?;utf8"'),
        subject="Test",
        text=HELLO,
    ),
    Case(
        "windows_1252_called_iso_8859_1",
        "typographic quotes of Windows under ISO-8859-1",
        mail(b"\x93Caf\xe9\x94 doesn\x92t open", kind="text/plain; charset=iso-8859-1"),
        subject="Test",
        text="“Café” doesn’t open",
    ),
    Case(
        "quoted_printable_gbk",
        "GBK in quoted-printable with soft breaks inside characters",
        mail(
            quopri.encodestring(HELLO.encode("gbk") * 3),
            kind="text/plain; charset=gbk",
            encoding="quoted-printable",
        ),
        subject="Test",
        text=HELLO,
    ),
    Case(
        "cut_in_mid_character",
        "UTF-8 that ends in the middle of a character",
        mail(HELLO.encode()[:-1], kind="text/plain; charset=utf-8"),
        subject="Test",
        text=HELLO[:-1],
    ),
    Case(
        "flowed",
        "format=flowed with DelSp: lines belong together",
        mail(
            b"The export stops at \r\nninety per \r\ncent.\r\n",
            kind="text/plain; charset=utf-8; format=flowed",
        ),
        subject="Test",
        text="The export stops at ninety per cent.",
    ),
)
