"""What a file is, by its first bytes. What its sender calls it is only a hint between kinds that begin alike."""

from __future__ import annotations

import re

UNKNOWN = "application/octet-stream"
MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"{\\rtf", "application/rtf"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-elf"),
    (b"\xca\xfe\xba\xbe", "application/x-mach-binary"),
    (b"\xcf\xfa\xed\xfe", "application/x-mach-binary"),
    (b"#!", "text/x-script"),
)
INSIDE_ZIP = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "jar": "application/java-archive",
    "apk": "application/vnd.android.package-archive",
}
INSIDE_OLE = {
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "msg": "application/vnd.ms-outlook",
    "msi": "application/x-msi",
}
KINDS_OF_TEXT = {
    "csv": "text/csv",
    "json": "application/json",
    "eml": "message/rfc822",
    "ics": "text/calendar",
}
LIVELY = re.compile(
    rb"<(!doctype\s+html|html|head|body|script|iframe|object|embed|form|meta|link|style|base)\b", re.I
)
DRAWING = re.compile(rb"<([a-z]+:)?svg\b", re.I)
LOOK_AT = 4096


def sniff(content: bytes, name: str = "") -> str:
    """The content type, with the charset for plain text that is not UTF-8."""
    ending = name.rpartition(".")[2].lower()
    found = _by_magic(content, ending)
    return found or _of_text(content, ending)


def _by_magic(content: bytes, ending: str) -> str:
    kind = next((kind for magic, kind in MAGIC if content.startswith(magic)), "")
    if kind == "application/zip":
        return INSIDE_ZIP.get(ending, kind)
    if kind == "application/x-ole-storage":
        return INSIDE_OLE.get(ending, kind)
    if content[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(content[8:12], "video/x-msvideo")
    if content[4:8] == b"ftyp":
        return "image/avif" if content[8:12] in (b"avif", b"avis") else "video/mp4"
    return kind


def _of_text(content: bytes, ending: str) -> str:
    """Markup that a browser would act on counts as such wherever it stands near the beginning."""
    head = content[:LOOK_AT]
    if _is_wide(head) or DRAWING.search(head):
        return "image/svg+xml" if DRAWING.search(head) else UNKNOWN
    if LIVELY.search(head):
        return "text/html"
    if b"\x00" in content:
        return UNKNOWN
    charset = _charset(content)
    if not charset:
        return UNKNOWN
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml"):
        return "application/xml"
    kind = KINDS_OF_TEXT.get(ending, "text/plain")
    return kind if charset == "utf-8" else f"{kind}; charset={charset}"


def _is_wide(head: bytes) -> bool:
    """Whether it begins as UTF-16 or UTF-32, in which markup could hide from the patterns above."""
    return head.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff"))


def _charset(content: bytes) -> str:
    for charset in ("utf-8", "gb18030"):
        try:
            text = content.decode(charset)
        except UnicodeDecodeError:
            continue
        return charset if _is_legible(text[:LOOK_AT]) else ""
    return ""


def _is_legible(text: str) -> bool:
    strange = sum(char < " " and char not in "\t\n\r\f\x1b" for char in text)
    return strange * 100 <= len(text)
