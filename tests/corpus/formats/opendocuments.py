"""OpenDocument files that the tests write themselves: content, styles and what else is given."""

from __future__ import annotations

import io
import zipfile

NAMES = {
    name: f"urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"
    for name, long in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"), ("presentation", "presentation"), ("meta", "meta"), ("manifest", "manifest"),
    )
}  # fmt: skip
_ROOT = (
    " ".join(f'xmlns:{name}="{uri}"' for name, uri in NAMES.items()) + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
_ROOT += ' xmlns:xlink="http://www.w3.org/1999/xlink"'
STYLES = (
    "<style:style style:name='B' style:family='text'><style:text-properties fo:font-weight='bold'/></style:style>"
    "<style:style style:name='S'><style:text-properties style:text-line-through-style='solid'/></style:style>"
    "<style:style style:name='V'><style:text-properties text:display='none'/></style:style>"
    "<style:style style:name='Up'><style:text-properties style:text-position='super 58%'/></style:style>"
    "<style:style style:name='Down'><style:text-properties style:text-position='-33% 58%'/></style:style>"
    "<style:style style:name='Gone'><style:table-properties table:display='false'/></style:style>"
    "<style:style style:name='Unseen'><style:drawing-page-properties presentation:visibility='hidden'/></style:style>"
)


def opendocument(
    kind: str, content: str, *, styles: str = "", master: str = "", meta: str = "", manifest: str = ""
) -> bytes:
    """An OpenDocument file; ``content`` is the inner XML of its body, ``styles`` and ``master`` are further styles."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        body = f"<office:body><office:{kind}>{content}</office:{kind}></office:body>"
        automatic = f"<office:automatic-styles>{STYLES}{styles}</office:automatic-styles>"
        parts = {
            "content.xml": f"<office:document-content {_ROOT}>{automatic}{body}</office:document-content>",
            "styles.xml": f"<office:document-styles {_ROOT}><office:styles>{master}</office:styles>"
            "</office:document-styles>",
            "meta.xml": f"<office:document-meta {_ROOT}><office:meta>{meta}</office:meta></office:document-meta>",
            "META-INF/manifest.xml": f"<manifest:manifest {_ROOT}>{manifest}</manifest:manifest>",
        }
        for name, part in parts.items():
            archive.writestr(name, part, zipfile.ZIP_DEFLATED)
    return file.getvalue()
