"""What somebody wrote now, apart from the older mails and the signature that their mail client left in the text.

Written for the clients that people in China and elsewhere use: Outlook, Foxmail, QQ, NetEase, Aliyun, Sina, 139, Apple
Mail, Gmail, Thunderbird. Nothing is thrown away: each line is in one of the two parts, in its order.
"""

from __future__ import annotations

import re
from enum import Enum

from mailparser_reply.constants import MAIL_LANGUAGES

ATTRIBUTION_LINES, HEADER_LINES = 3, 9
LONGEST = 400
"""A line of more characters than that is what somebody wrote, not what their client put there."""
SIGNATURE_LINES, DASHED_LINES, SIGNATURE_REACH = 15, 8, 60

LABELS = {
    "from": r"from|发件人|寄件者|寄件人|發件人|发信人|差出人",
    "when": r"sent|date|发送时间|发送日期|日\s*期|时\s*间|發送時間|日\s*期|傳送時間|寄件日期|送信日時",
    "to": r"to|收件人|收件者|收信人|宛先",
    "copy": r"cc|抄送|副本",
    "subject": r"subject|主\s*题|主\s*題|主旨|件名",
}
LABEL = {
    name: re.compile(rf"^[\s|*>]*(?:{words})[\s*|]*[:：|]", re.IGNORECASE) for name, words in LABELS.items()
}
PARTED = re.compile(
    r"^\W*(?:回复的原邮件|回复的邮件|转发的?原?邮件(?:信息)?|转发的消息|原始?邮件|原始郵件|原始消息|原始信息|邮件原件|邮件原文"
    r"|original(?: message| mail)?|replied message|forwarded (?:message|mail|by .{1,80}))\W*$",
    re.IGNORECASE,
)
PARTED_BARE = re.compile(
    r"^\W*(?:begin forwarded message|开始转发的邮件(?:信息)?|下面是(?:被)?转发的邮件|被转发的邮件"
    r"|#+ ?-? ?(?:please (?:type|write) your reply above this line|请在此(?:行|线)上方回复).{0,10})\W*$",
    re.IGNORECASE,
)
DIVIDER = re.compile(r"^[\s_\-=*—─－]{5,}$")
WROTE = (
    re.compile(r"^(?:on|at)\b.{6,}\bwrote\s*[:：]$", re.IGNORECASE),
    re.compile(r"^.{6,}(?:写道|寫道|编写|来信)\s*[:：]$"),
    re.compile(r"^\d{4}[-/年].{4,}<[^<>\s]+@[^<>\s]+>\s*[:：]$"),
)
BEGUN = re.compile(r"^(?:on|at|am|le|el|op|il)\s.*\d|^[在于]\s*\d|\d{4}\s*[年/-]\s*\d|<[^>]*$", re.IGNORECASE)
"""The first line of an attribution that goes on in the next line."""
DATED = re.compile(r"\d{4}\s*[-/.年]|\d{1,2}:\d{2}|\d{1,2}月|\b(?:19|20)\d{2}\b")
FOREIGN = tuple(
    re.compile(str(words["wrote_header"]), re.IGNORECASE)
    for language, words in MAIL_LANGUAGES.items()
    if language not in ("en", "zh") and isinstance(words.get("wrote_header"), str)
)
"""How other languages say "wrote", as the mail-parser-reply project collects it."""
DEVICES = re.compile(
    r"^\W*(?:sent (?:from|via|with) (?:my|mail|outlook|yahoo|the|proton|samsung|huawei)\b.{0,60}"
    r"|get outlook for .{2,60}|获取\s*outlook.{0,60}|下载\s*outlook.{0,60}"
    r"|(?:发|寄|發)(?:自|送自)\s*(?:我的|网易|qq|outlook|windows|雅虎|华为|小米|新浪|飞书).{0,40}"
    r"|从我的.{1,30}(?:发送|发出).{0,6}|来自.{0,12}(?:手机|邮箱|iphone|ipad|android).{0,12}"
    r"|由\s*(?:网易邮箱大师|qq邮箱|outlook).{0,20}发送)\W*$",
    re.IGNORECASE,
)


class Part(Enum):
    """What a line is."""

    OWN = "own"
    BLANK = "blank"
    QUOTE = "quote"
    SIGNATURE = "signature"


def fold(text: str) -> tuple[str, str]:
    """What is read, and what is folded away under it: older mails and the signature.

    Answers written between the lines of a quoted mail stay with what they answer. A text that would leave nothing to
    read (a mail passed on without a word) is shown whole.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    away = hidden(lines)
    visible = "\n".join(line for line, is_away in zip(lines, away, strict=True) if not is_away).strip()
    if not visible:
        return text.strip(), ""
    return visible, "\n".join(line for line, is_away in zip(lines, away, strict=True) if is_away).strip("\n")


def hidden(lines: list[str]) -> list[bool]:
    """Which lines are folded away: all after the last own word, and a quote above when the answer stands below it."""
    parts = _parts(lines)
    own = [at for at, part in enumerate(parts) if part is Part.OWN]
    if not own:
        return [False] * len(parts)
    first, last = own[0], own[-1]
    is_below = Part.QUOTE not in parts[first:]
    return [at > last or (is_below and at < first and part is Part.QUOTE) for at, part in enumerate(parts)]


def starts_history(lines: list[str], at: int) -> bool:
    """Whether the rest of the text, from this line on, is older mails."""
    line = lines[at].strip()
    if not line or len(line) > LONGEST:
        return False
    return _is_parting(line) or _is_header(lines, at)


def attribution(lines: list[str], at: int) -> int:
    """How many lines from here say who wrote the quoted mail that follows; 0 when none does."""
    joined = ""
    for count, line in enumerate(lines[at : at + ATTRIBUTION_LINES], start=1):
        joined = f"{joined} {line.strip()}".strip()
        if not line.strip() or _is_quoted(line) or len(joined) > LONGEST:
            return 0
        if _says_who_wrote(joined):
            return count
        if not BEGUN.search(joined):
            return 0
    return 0


def _says_who_wrote(line: str) -> bool:
    if not line.endswith((":", "：")):
        return False
    if any(pattern.match(line) for pattern in WROTE):
        return bool(DATED.search(line)) and ("@" in line or "<" in line or sum(map(str.isdigit, line)) >= 4)
    return "@" in line and any(pattern.match(line) for pattern in FOREIGN)


def _is_parting(line: str) -> bool:
    if PARTED_BARE.match(line):
        return True
    dashed = line[:2] in ("--", "——", "－－", "__", "==") or line.startswith(("———", "***"))
    return dashed and bool(PARTED.match(line))


def _is_header(lines: list[str], at: int) -> bool:
    """A block of From, Sent, To, Subject as Outlook and Foxmail write it; not any list with a "To:" in it."""
    if not any(LABEL[name].match(lines[at]) for name in ("from", "when")):
        return False
    block = [line for line in lines[at : at + HEADER_LINES] if line.strip()]
    found = [name for line in block for name, label in LABEL.items() if label.match(line)]
    if "from" not in found[:2] or len(set(found)) < len(("from", "when", "to")):
        return False
    return "subject" in found or any("@" in line for line in block)


def _parts(lines: list[str]) -> list[Part]:
    parts: list[Part] = []
    while len(parts) < len(lines):
        at = len(parts)
        if starts_history(lines, at):
            return _from_divider(lines, parts) + [Part.QUOTE] * (len(lines) - len(parts))
        if count := attribution(lines, at):
            if not _is_quoted(_next(lines, at + count)):
                return parts + [Part.QUOTE] * (len(lines) - at)
            parts += [Part.QUOTE] * count
        elif count := _signature(lines, at):
            parts += [Part.SIGNATURE] * count
        else:
            parts.append(_plainly(lines[at]))
    return parts


def _from_divider(lines: list[str], parts: list[Part]) -> list[Part]:
    """The lines so far, where a rule drawn right above older mails counts with them."""
    at = len(parts) - 1
    while at >= 0 and parts[at] is Part.BLANK:
        at -= 1
    if at >= 0 and DIVIDER.match(lines[at]):
        parts[at] = Part.QUOTE
    return parts


def _plainly(line: str) -> Part:
    if not line.strip():
        return Part.BLANK
    return Part.QUOTE if _is_quoted(line) else Part.OWN


def _is_quoted(line: str) -> bool:
    return line.lstrip().startswith((">", "＞"))


def _next(lines: list[str], at: int) -> str:
    return next((line for line in lines[at:] if line.strip()), "")


def _signature(lines: list[str], at: int) -> int:
    """How many lines from here are a signature: those under `-- `, or one that names the device."""
    line = lines[at]
    if len(line) <= LONGEST and DEVICES.match(line):
        return 1
    if line.rstrip() != "--":
        return 0
    below = range(at + 1, min(at + 1 + SIGNATURE_REACH, len(lines)))
    count = next((end for end in below if _ends_signature(lines, end)), len(lines)) - at
    most = SIGNATURE_LINES if line == "-- " else DASHED_LINES
    return count if sum(bool(later.strip()) for later in lines[at + 1 : at + count]) <= most else 0


def _ends_signature(lines: list[str], at: int) -> bool:
    return _is_quoted(lines[at]) or starts_history(lines, at) or attribution(lines, at) > 0
