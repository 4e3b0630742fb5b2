"""Encodings: text comes out unchanged, and what is no text is refused by name and cause."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.encodings import decode
from corpus.errors import SourceError

# Long enough for a detector to tell.
WESTERN = "The “tea” isn’t hot – it’s cold. It costs £5 in the café, and the bread is extra. " * 3
FRENCH = "Les habitants du village vont au marché le mardi et le café ferme à midi, près de la rivière. " * 3
SERBIAN = "Čaj je vruć, a led je hladan. Život u šumi teče polako, đak uči školu i piše žurno. " * 3
GERMAN = "Die Straße ist schön und der Käse ist süß. Über den Flüssen liegen größere Städte. " * 3
CYRILLIC = "Чай горячий, а лёд холодный. Зимой мы пьём чай, а летом едим мороженое с вареньем. " * 3


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1))
def test_utf8_is_decoded_unchanged(text: str) -> None:
    try:
        assert decode(text.encode(), "a.txt") == text
    except SourceError as error:
        assert "is a" in str(error)  # noqa: PT017 (a text may begin like a PDF file)


def test_a_byte_order_mark_and_line_ends_stay_in_the_text() -> None:
    assert decode(b"\xef\xbb\xbfa\r\nb\rc\n", "a.txt") == "\ufeffa\r\nb\rc\n"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_chooses_the_encoding(mark: bytes, encoding: str) -> None:
    assert decode(mark + "Чай 🍵".encode(encoding), "a.txt") == "\ufeffЧай 🍵"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (WESTERN, "cp1252"),
        (FRENCH, "cp1252"),
        (GERMAN, "cp1252"),
        (SERBIAN, "cp1250"),
        (CYRILLIC, "cp1251"),
        (CYRILLIC, "koi8-r"),
    ],
)
def test_other_encodings_are_detected(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt") == text


def test_a_declared_encoding_comes_before_detection() -> None:
    assert decode("żółw".encode("iso-8859-2"), "a.html", declared="iso-8859-2") == "żółw"


@pytest.mark.parametrize(
    "declared",
    [
        "no-such-encoding",
        "..",
        "base64",
        "cp037",
        "idna",
        "punycode",
        "raw_unicode_escape",
        "undefined",
        "unicode_escape",
        "unicode-escape",
        "utf-16",
        "utf-32",
    ],
)
@pytest.mark.parametrize("extra", ["", " \\ud800 \\n xn--p1ai."])
def test_a_wrong_declaration_falls_back_to_detection(declared: str, extra: str) -> None:
    text = WESTERN + extra
    assert decode(text.encode("cp1252"), "a.html", declared=declared) == text


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"%PDF-1.7 text", "is a PDF file"),
        (b"PK\x03\x04rest", "is a ZIP archive"),
        (b"\x89PNG\r\n\x1a\n", "is a PNG image"),
        (b"text\0more", "a NUL byte at byte 4"),
        (codecs.BOM_UTF16_LE + b"a\0b", "says UTF-16-LE"),
        (bytes(range(128, 256)) * 40, "could not be detected"),
    ],
)
def test_what_is_no_text_is_refused_with_the_file_and_the_cause(data: bytes, cause: str) -> None:
    with pytest.raises(SourceError) as caught:
        decode(data, "folder/odd.txt")
    assert str(caught.value).startswith("folder/odd.txt: ")
    assert cause in str(caught.value)
