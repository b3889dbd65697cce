"""Letters (.eml): the words of the body, without the headers and the attachments."""

import email.policy
from email import message_from_bytes
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime

from index.errors import ReadError
from index.readers import html
from index.readers.decoding import decode, normalise
from index.readers.metadata import iso_date, one_line
from index.readers.reading import Reading

_ENCRYPTED = frozenset(
    ["multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"]
)


def read(data: bytes) -> Reading:
    """The plain body of a letter (RFC 5322), or else its HTML. Headers are metadata.

    Raises ReadError for one that is encrypted.
    """
    message = message_from_bytes(data, policy=email.policy.default)
    if not isinstance(message, EmailMessage):
        raise ReadError("damaged: this is not a letter")
    if any(part.get_content_type() in _ENCRYPTED for part in message.walk()):
        raise ReadError("password protected: the letter is encrypted")
    body = message.get_body(("plain", "html"))
    payload = body.get_payload(decode=True) if body is not None else b""
    payload = payload if isinstance(payload, bytes) else b""
    if body is not None and body.get_content_subtype() == "html":
        text = html.visible_text(payload)
    else:
        text = normalise(decode(payload, body.get_content_charset() if body is not None else None))
    name, address = parseaddr(str(message.get("from", "")))
    return Reading(
        text,
        title=one_line(str(message.get("subject", ""))),
        author=one_line(name) or one_line(address),
        published=_date(str(message.get("date", ""))),
    )


def _date(text: str) -> str | None:
    try:
        return iso_date(parsedate_to_datetime(text).date().isoformat())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
