"""Bytes to text, whatever the mail says about them.

What a mail declares is often wrong: GB2312 stands on text that needs GB18030, ISO-8859-1 on text that is Chinese, and
some charsets have no name that anybody knows. So what is declared is tried first where it can fail, then UTF-8, which
cannot be mistaken, then whichever of the old encodings gives the most characters that people really use.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

WIDER = {
    "gb2312": "gb18030", "gb_2312-80": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030",
    "ms936": "gb18030", "windows-936": "gb18030", "chinese": "gb18030", "euc-cn": "gb18030", "gb18030-2000": "gb18030",
    "big5": "cp950", "x-x-big5": "cp950", "big5-hkscs": "big5hkscs", "cn-big5": "cp950",
    "ks_c_5601-1987": "cp949", "ks_c_5601": "cp949", "euc-kr": "cp949",
    "shift_jis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932", "iso-2022-jp": "iso2022_jp_ext",
    "iso-8859-8-i": "iso8859-8", "iso-8859-8-e": "iso8859-8", "windows-874": "cp874", "x-mac-roman": "mac_roman",
    "utf-8mb4": "utf-8", "utf8mb4": "utf-8", "unicode-1-1-utf-7": "utf-7", "unicode-1-1-utf-8": "utf-8",
    "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252",
}  # fmt: skip
"""Declared names and the codec that reads what really comes under them."""
ANYTHING_GOES = {"cp1252", "latin_1", "iso8859-1", "ascii", "mac_roman", "cp437", "cp850"}
"""Codecs under which almost any bytes read as something, so that success proves nothing."""
OLD = ("gb18030", "cp950", "cp932", "cp949")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

STRAY = re.compile(r"[\ud800-\udc7f\udd00-\udfff]")


def decode(data: bytes, declared: str = "") -> str:
    """The text, without characters that no database takes; never fails."""
    return clean(_decode(data, _codec(declared)))


def clean(text: str) -> str:
    """Text without NULs, lone surrogates and other characters that say nothing; line ends made one."""
    return CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def repair(text: str) -> str:
    """Text whose 8-bit bytes the parser kept as surrogates."""
    if not any("\udc80" <= char <= "\udcff" for char in text):
        return clean(text)
    return decode(STRAY.sub("", text).encode("utf-8", "surrogateescape"))


def _codec(declared: str) -> str:
    name = declared.strip().strip("\"'").lower()
    if name.startswith("iso-2022-cn"):
        return "iso-2022-cn"
    name = WIDER.get(name, name)
    try:
        return codecs.lookup(name).name if name else ""
    except (LookupError, ValueError):
        return ""


def _decode(data: bytes, codec: str) -> str:
    if b"\x1b" in data and (escaped := _escaped(data, codec)) is not None:
        return escaped
    if _nearly_utf_8(data):
        return data.decode("utf-8-sig", errors="replace")
    for name in _candidates(data, codec):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, ValueError):
            continue
    return data.decode(codec if codec and codec != "iso-2022-cn" else _best(data), errors="replace")


def _nearly_utf_8(data: bytes) -> bool:
    """Whether the bytes are UTF-8 but for a few that were cut off or lost on the way."""
    text = data.decode("utf-8", errors="replace")
    lost = text.count("\ufffd")
    kept = sum(ord(char) > 0x7F for char in text) - lost
    return 0 < lost <= 1 + kept // 20 and kept > lost


def _candidates(data: bytes, codec: str) -> Iterator[str]:
    """Codecs to try strictly, most trustworthy first."""
    if codec and codec not in ANYTHING_GOES and codec not in ("iso-2022-cn", "gb18030"):
        yield codec
    yield "utf-8-sig"
    if codec == "gb18030" or (codec in ("", *ANYTHING_GOES) and _looks_eastern(data)):
        yield _best(data) if codec != "gb18030" else codec
    if codec in ANYTHING_GOES:
        yield codec
    yield _best(data)


def _escaped(data: bytes, codec: str) -> str | None:
    """ISO-2022 text by its escape sequences, whatever it is called; None when it is something else."""
    if b"\x1b$)A" in data or b"\x1b$)G" in data or codec == "iso-2022-cn":
        return _iso_2022_cn(data)
    name = "iso2022_kr" if b"\x1b$)C" in data else "iso2022_jp_ext"
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return data.decode("iso2022_jp_2", errors="replace") if codec.startswith("iso2022_jp") else None


def _iso_2022_cn(data: bytes) -> str:
    """ISO-2022-CN (RFC 1922): shifted runs of GB 2312; the rarer planes of CNS 11643 show as a replacement."""
    text, shifted, designated = [], False, "A"
    for token in re.findall(
        rb"\x1b\$\)[A-Z]|\x1b\$[*+][A-Z]|\x1bN..|\x0e|\x0f|\n|[^\x0e\x0f\x1b\n]+|\x1b", data
    ):
        if token.startswith(b"\x1b$)"):
            designated = chr(token[-1])
        elif token in (b"\x0e", b"\x0f", b"\n"):
            shifted = token == b"\x0e"
            text.append("\n" if token == b"\n" else "")
        elif token.startswith(b"\x1b"):
            text.append("\ufffd" if token.startswith(b"\x1bN") else "")
        elif not shifted:
            text.append(token.decode("ascii", "replace"))
        elif designated == "A":
            text.append(bytes(byte | 0x80 for byte in token).decode("gb2312", "replace"))
        else:
            text.append("\ufffd" * (len(token) // 2))
    return "".join(text)


def _looks_eastern(data: bytes) -> bool:
    """Whether the high bytes stand in runs, as two-byte characters do, and not alone between letters."""
    runs = re.findall(rb"[\x80-\xff][\x40-\xff]*", data)
    high = sum(byte > 0x7F for byte in data)
    paired = sum(len(run) for run in runs if len(run) >= 4 and run[1] > 0x7F)
    return high >= 4 and paired >= 0.6 * high


def _best(data: bytes) -> str:
    """The codec under which most of the text is characters of daily use."""
    scores = {name: _score(data, name) for name in OLD}
    name = max(scores, key=lambda found: scores[found])
    return name if scores[name] > 0 else "cp1252"


def _score(data: bytes, name: str) -> float:
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        if error.start < len(data) - 3:  # a cut at the very end is forgiven
            return 0.0
        text = data.decode(name, errors="ignore")
    foreign = [char for char in text if ord(char) > 0x7F]
    if not foreign:
        return 0.0
    if name == "cp932" and sum("\u3040" <= char <= "\u30ff" for char in foreign) > 0.4 * len(foreign):
        return 2.0  # no other writing reads as so many kana
    if name == "cp949" and len(foreign) > 5 and all("\uac00" <= char <= "\ud7a3" for char in foreign):
        return 1.5  # Chinese would use the other half of the table too
    usual = sum(_usual(char, name) for char in foreign)
    return usual / len(foreign) - 0.3 * sum("\ue000" <= char <= "\uf8ff" for char in foreign) / len(foreign)


def _usual(char: str, name: str) -> float:
    """How usual a character is in the writing that a codec stands for."""
    if name == "cp932":
        return 1.0 if "\u3040" <= char <= "\u30ff" else 0.4 * ("\u4e00" <= char <= "\u9fff")
    if name == "cp949":
        return 1.0 if "\uac00" <= char <= "\ud7a3" else 0.3 * ("\u4e00" <= char <= "\u9fff")
    if char in "，。！？：；、“”（）《》":
        return 1.0
    low, high = (0xB0, 0xD7) if name == "gb18030" else (0xA4, 0xC6)
    try:
        first = char.encode("gb2312" if name == "gb18030" else "big5")[0]
    except UnicodeEncodeError:
        return 0.1 * ("\u4e00" <= char <= "\u9fff")
    return 1.0 if low <= first <= high else 0.4
