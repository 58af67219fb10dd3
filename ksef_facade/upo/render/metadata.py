"""What a PDF/A says of itself to machines: XMP (ISO 16684), with the part and level of PDF/A."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from typing import Final

from ksef_facade.upo.render.wording import Language

LANGUAGE_TAGS: Final[dict[Language, str]] = {"pl": "pl-PL", "en": "en-GB", "both": "pl-PL"}

_PDFA: Final = """\
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
    xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/">
   <pdfaid:part>3</pdfaid:part>
   <pdfaid:conformance>B</pdfaid:conformance>
   <dc:format>application/pdf</dc:format>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
   <pdf:Producer>{producer}</pdf:Producer>
   <xmp:CreatorTool>ksef-facade</xmp:CreatorTool>
   <xmp:CreateDate>{moment}</xmp:CreateDate>
   <xmp:ModifyDate>{moment}</xmp:ModifyDate>
   <xmp:MetadataDate>{moment}</xmp:MetadataDate>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>"""


def pdfa_metadata(title: str, subject: str, producer: str, moment: datetime) -> str:
    """The metadata of a PDF/A-3B document."""
    return _PDFA.format(
        title=escape(title),
        subject=escape(subject),
        producer=escape(producer),
        moment=moment.astimezone(UTC).isoformat(timespec="seconds"),
    )
