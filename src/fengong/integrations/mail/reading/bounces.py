"""What a bounce says: by the standard report (RFC 3464), or from the words of mail systems that send none."""

from __future__ import annotations

import re

from fengong.integrations.mail.reading.headers import ADDRESS
from fengong.integrations.mail.reading.letter import Report
from fengong.integrations.mail.reading.parts import Contents

OURS = re.compile(r"<ticket-\d+\.[a-z]+-\d+@[^<>\s]{1,250}>")
RETURNED_ID = re.compile(r"^message-id:\s*(<[^<>\s]+>)", re.I | re.M)
STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
REPLY_CODE = re.compile(r"\b([45]\d\d)[ -]")
DELAYED = re.compile(
    r"delayed|will (keep|continue)( to)? (try|retry)|still (trying|being retried)|warning message"
    r"|延迟|稍后重试|将继续尝试",
    re.I,
)
REASON = re.compile(
    r"5\d\d[ -]|4\d\d[ -]|user unknown|no such user|does not exist|not found|mailbox (is )?full|quota|rejected|refused|"
    r"blocked|不存在|已满|超过|拒绝|拒收|原因|错误|禁用|停用|unknown|unable|退信",
    re.I,
)


def report(found: Contents, subject: str) -> Report:
    """What became of which mail. A report that names nobody leaves the recipient blank."""
    original = _original(found)
    for block in found.status:
        for fields in _groups(block):
            if fields.get("action") in ("failed", "delayed"):
                return _by_standard(fields, original)
    return _by_words(found, subject, original)


def is_good_news(found: Contents) -> bool:
    """Whether a standard report says only that mail arrived or was passed on."""
    actions = {
        fields["action"] for block in found.status for fields in _groups(block) if fields.get("action")
    }
    return bool(actions) and actions <= {"delivered", "relayed", "expanded"}


def _groups(block: str) -> list[dict[str, str]]:
    groups = []
    for paragraph in re.split(r"\n\s*\n", block):
        unfolded = re.sub(r"\n[ \t]+", " ", paragraph)
        pairs = (line.partition(":") for line in unfolded.split("\n") if ":" in line)
        fields = {name.strip().lower(): value.strip() for name, _colon, value in pairs}
        fields["action"] = fields.get("action", "").lower().split(" ")[0]
        groups.append(fields)
    return groups


def _by_standard(fields: dict[str, str], original: str) -> Report:
    named = fields.get("original-recipient") or fields.get("final-recipient") or ""
    final = fields.get("final-recipient") or named
    address = ADDRESS.search(named.partition(";")[2] or named) or ADDRESS.search(final)
    why = fields.get("diagnostic-code", "").partition(";")[2].strip() or fields.get("diagnostic-code", "")
    status = STATUS.search(fields.get("status", "")) or STATUS.search(why)
    return Report(
        action=fields["action"],
        recipient=address[0].lower() if address else "",
        status=status[1] if status else "",
        text=why[:500],
        original_id=original,
    )


def _by_words(found: Contents, subject: str, original: str) -> Report:
    said = "\n".join(found.texts) or "\n".join(
        re.sub(r"<(?!ticket-)[^>]{0,200}>", " ", html) for html in found.htmls
    )
    head = re.split(r"-{3,}.{0,30}(original|returned|原)|^received:", said, maxsplit=1, flags=re.I | re.M)[0]
    addresses = [each.lower().strip(".") for each in ADDRESS.findall(head)] or [""]
    strangers = [each for each in addresses if not each.startswith(("postmaster@", "mailer-daemon@"))]
    reasons = [" ".join(line.split()) for line in head.split("\n") if REASON.search(line)]
    status = STATUS.search(head)
    code = REPLY_CODE.search(head)
    late = bool(DELAYED.search(f"{subject}\n{head[:1500]}")) and not (status and status[1].startswith("5"))
    return Report(
        action="delayed" if late else "failed",
        recipient=(strangers or addresses)[0],
        status=status[1] if status else code[1] if code else "",
        text=" · ".join(reasons[:3])[:500] or " ".join(head.split())[:300],
        original_id=original,
    )


def _original(found: Contents) -> str:
    """The id of the mail that came back: ours wherever it stands, else that of the returned headers."""
    places = [*found.returned, *found.texts, *found.htmls, *(each.content.decode("utf-8", "ignore") for each in
              found.files if each.content_type == "message/rfc822")]  # fmt: skip
    for place in places:
        if ours := OURS.search(place.replace("&lt;", "<").replace("&gt;", ">")):
            return ours[0]
    found_ids = [match[1] for place in found.returned if (match := RETURNED_ID.search(place))]
    return found_ids[0] if found_ids else ""
