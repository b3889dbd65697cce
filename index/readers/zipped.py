"""Documents that are zip archives of XML: opened without trusting either."""

import io
import zipfile
from typing import Any

from index.errors import ReadError

MAX_UNPACKED = 200_000_000
"""Bytes of all the parts together, as the archive declares; zipfile unpacks no more than that."""
MAX_PARTS = 20_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Package:
    """The parts of a document that is a zip archive.

    Raises ReadError when the bytes are not one, when it is encrypted, or when it would unpack to
    more than `MAX_UNPACKED`.
    """

    def __init__(self, data: bytes) -> None:
        if data.startswith(_OLE):
            if "EncryptedPackage".encode("utf-16-le") in data:
                raise ReadError("password protected")
            raise ReadError("an old Office file: save it in the newer format first")
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise ReadError("damaged: cut off, or not such a file at all") from error
        parts = self._archive.infolist()
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise ReadError(f"too large: unpacks to more than {MAX_UNPACKED // 1_000_000} MB")

    def part(self, name: str) -> bytes | None:
        """The bytes of a part, None when there is no such part."""
        try:
            info = self._archive.getinfo(name)
        except KeyError:
            return None
        if info.flag_bits & 1:
            raise ReadError("password protected")
        try:
            return self._archive.read(info)
        except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError) as error:
            raise ReadError("damaged: a part of it cannot be unpacked") from error

    def xml(self, name: str) -> Any:
        """The tree of a part, None when there is no such part. Entities stay unresolved."""
        data = self.part(name)
        return None if data is None else parse_xml(data)


def parse_xml(data: bytes) -> Any:
    """The tree of an XML text; nothing is fetched or expanded, libxml2 bounds depth and lengths."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ReadError("damaged: a part of it is not XML") from error


def local_name(element: Any) -> str:
    """The name of an element or attribute without its namespace, `""` for an entity."""
    tag = element if isinstance(element, str) else element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
