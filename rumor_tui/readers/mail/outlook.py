"""Messages of Outlook (.msg), and the other files of the same container, which are refused with their names.

The container is a compound file (MS-CFB), which olefile reads: a small file system, in which every property of a
message is a stream (MS-OXMSG). The message is written again as mail of the internet and read as such.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any, Final

from rumor_tui.model import SourceError
from rumor_tui.readers.binary import describe_document
from rumor_tui.readers.decode import decode_text
from rumor_tui.readers.source import Hint, name_source

if TYPE_CHECKING:
    from email.message import EmailMessage

    from rumor_tui.model import Listing

MAX_ATTACHMENTS: Final = 200
MAX_RICH_TEXT: Final = 500_000
"""Bytes of a body in Rich Text; so many take two seconds."""

_LONGEST_FILE_NAME: Final = 120

_PROPERTIES = "__properties_version1.0"
_HEADER_BYTES = 32
"""Bytes before the first property of a message that is in no other message."""

_UNICODE, _BYTES, _BINARY, _TIME = 0x001F, 0x001E, 0x0102, 0x0040
_SUBJECT, _TEXT, _HTML, _RTF = 0x0037, 0x1000, 0x1013, 0x1009
_SENDERS = ((0x0042, (0x5D02, 0x0065)), (0x0C1A, (0x5D01, 0x0C1F)))
"""The names of the author and of who sent it for them, each with the properties that may have the address."""

_IDENTIFIERS = ((0x1035, "Message-ID"), (0x1042, "In-Reply-To"), (0x1039, "References"))
_TIMES = (0x0039, 0x0E06, 0x3007)
"""When it was sent, delivered, made."""

_ATTACHMENT_NAMES = (0x3707, 0x3704, 0x3001)
_EPOCH = 11_644_473_600
"""Seconds from 1601, from which Windows counts in steps of 100 ns, to 1970."""

_DOCUMENTS = (
    ("WordDocument", "a Word document"),
    ("Workbook", "an Excel workbook"),
    ("Book", "an Excel workbook"),
    ("PowerPoint Document", "a PowerPoint presentation"),
    ("VisioDocument", "a Visio drawing"),
    ("EncryptedPackage", "an Office document with a password"),
)
"""Streams by which the programs are told apart."""


def sniff(data: bytes, hint: Hint) -> bool:
    """Always: the first bytes are those of a compound file."""
    return True


def read(data: bytes, hint: Hint) -> Listing:
    """The message as a listing of one thread. Raises SourceError when it is another file, damaged or without text."""
    import olefile

    from rumor_tui.readers.mail import reader

    try:
        with olefile.OleFileIO(data) as file:
            if not file.exists(_PROPERTIES):
                names = (name for stream, name in _DOCUMENTS if file.exists(stream))
                raise SourceError(f"{name_source(hint)} is {describe_document(next(names, 'an Office document'))}")
            message = _as_internet_mail(_Properties(file), hint)
    except SourceError:
        raise
    except Exception as error:  # olefile raises many kinds for damaged files
        raise SourceError(
            f"{name_source(hint)} is a message of Outlook or an Office document that is damaged. "
            "Save or download it again."
        ) from error
    return reader.read_mail(message, hint)


class _Properties:
    """The properties of a message, each of which is a stream or stands in the stream of those of fixed length."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._fixed = file.openstream(_PROPERTIES).read()

    def text(self, number: int, folder: str = "") -> str:
        """A text property without the zeros at its end; empty where the message has none."""
        wide = self._stream(number, _UNICODE, folder)
        if wide:
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        return decode_text(self._stream(number, _BYTES, folder)).rstrip("\0")

    def data(self, number: int) -> bytes:
        """A binary property."""
        return self._stream(number, _BINARY, "")

    def moment(self) -> float | None:
        """When the message was sent, in seconds since 1970 UTC."""
        times = {}
        for place in range(_HEADER_BYTES, len(self._fixed) - 15, 16):
            kind, number, _, ticks = struct.unpack_from("<HHLQ", self._fixed, place)
            if kind == _TIME and ticks:
                times[number] = ticks / 10_000_000 - _EPOCH
        return next((times[number] for number in _TIMES if number in times), None)

    def attachments(self) -> list[str]:
        """The names of the attached files."""
        folders = {entry[0] for entry in self._file.listdir() if entry[0].startswith("__attach_version1.0_")}
        names = (
            next(filter(None, (self.text(number, folder) for number in _ATTACHMENT_NAMES)), "attachment")
            for folder in sorted(folders)[:MAX_ATTACHMENTS]
        )
        return list(names)

    def _stream(self, number: int, kind: int, folder: str) -> bytes:
        name = f"__substg1.0_{number:04X}{kind:04X}"
        path = [folder, name] if folder else name
        return bytes(self._file.openstream(path).read()) if self._file.exists(path) else b""


def _as_internet_mail(properties: _Properties, hint: Hint) -> bytes:
    """The message with header fields, as its text and, where it has none, its HTML.

    The fields are written here, in UTF-8: the e-mail package takes seconds to fold and encode a long one.
    """
    from email.message import EmailMessage

    from rumor_tui.markdown_format import FIRST_MOMENT, LAST_MOMENT
    from rumor_tui.readers.mail.headers import format_mail_date

    fields = {"From": _author(properties), "Subject": _line(properties.text(_SUBJECT))}
    moment = properties.moment()
    if moment is not None and FIRST_MOMENT <= moment <= LAST_MOMENT:
        fields["Date"] = format_mail_date(moment)
    fields |= {field: _line(properties.text(number)) for number, field in _IDENTIFIERS}
    message = EmailMessage()
    _add_body(message, properties, hint)
    for name in properties.attachments():
        message.add_attachment(b"", "application", "octet-stream", filename=_line(name)[:_LONGEST_FILE_NAME])
    head = "".join(f"{field}: {value}\n" for field, value in fields.items() if value)
    return head.encode("utf-8", "replace") + message.as_bytes()


def _add_body(message: EmailMessage, properties: _Properties, hint: Hint) -> None:
    text = properties.text(_TEXT)
    html = "" if text.strip() else decode_text(properties.data(_HTML)) or properties.text(_HTML)
    if not (text.strip() or html.strip()):
        text = _rich_text(properties.data(_RTF), hint)
    if html.strip():
        message.set_content(html, subtype="html")
    else:
        message.set_content(text.replace("\r\n", "\n"))


def _rich_text(data: bytes, hint: Hint) -> str:
    """The text of a body in Rich Text (RTF), which is compressed (MS-OXRTFCP). Raises SourceError when it is large."""
    if not data:
        return ""
    from compressed_rtf import decompress
    from striprtf.striprtf import rtf_to_text

    if max(int.from_bytes(data[4:8], "little"), 2 * len(data)) > MAX_RICH_TEXT:
        raise SourceError(
            f"{name_source(hint)} is a message of Outlook whose text is only there as Rich Text (RTF), and that is too "
            "large. Save it from Outlook as .eml, HTML or text, and open that."
        )
    return str(rtf_to_text(decompress(data).decode("latin-1"), errors="replace"))


def _author(properties: _Properties) -> str:
    from email.utils import formataddr

    for name_number, address_numbers in _SENDERS:
        name = _line(properties.text(name_number))
        addresses = (_line(properties.text(number)) for number in address_numbers)
        address = next((address for address in addresses if "@" in address and address.isascii()), "")
        if name or address:
            return formataddr((name, address)) if address else name
    return ""


def _line(text: str) -> str:
    return " ".join(text.split())
