"""Encodings: text comes out unchanged, and what is no text is refused by name and cause."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.encodings import decode
from corpus.errors import SourceError
from corpus.skipped import SkippedFile

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


def decoded(data: bytes, *, declared: str | None = None) -> tuple[str, list[SkippedFile]]:
    told: list[SkippedFile] = []
    return decode(data, "a.txt", declared=declared, on_skip=told.append), told


PROSE = "The café’s boiler – Zoë’s – was serviced. Its owner is Núñez. "


@pytest.mark.parametrize("bad", [b"\x92", b"\xe9", b"\xff", b"\xc3", b"\x80", b"\xed\xa0\x80"])
@pytest.mark.parametrize("declared", [None, "utf-8", "iso-8859-1", "no-such-encoding"])
def test_a_text_that_is_utf8_but_for_a_few_bytes_is_utf8_and_they_are_counted(bad: bytes, declared: str | None) -> None:
    data = PROSE.encode() * 3 + b"The key" + bad + b" hangs\nhere. " + PROSE.encode() * 3
    text, told = decoded(data, declared=declared)
    assert text == PROSE * 3 + "The key" + "\ufffd" * len(bad) + " hangs\nhere. " + PROSE * 3
    (skip,) = told
    assert (skip.path, skip.replaced) == ("a.txt", len(bad))
    assert f"0x{bad[0]:02x} at byte {len(PROSE.encode()) * 3 + 8}, line 1" in skip.cause


@given(st.data())
def test_a_text_cut_anywhere_stays_utf8(data: st.DataObject) -> None:
    encoded = (PROSE * 2).encode()
    cut = data.draw(st.integers(10, len(encoded)))
    text, told = decoded(encoded[:cut])
    assert (PROSE * 2).startswith(text.rstrip("\ufffd"))
    assert sum(skip.replaced for skip in told) == text.count("\ufffd") < 4


@pytest.mark.parametrize("tail", [b"\xc3", b"\xe2\x80", b"\xf0\x9f\x8d"])
def test_plain_ascii_cut_inside_its_only_other_character_is_utf8(tail: bytes) -> None:
    assert decoded(b"The next caf" + tail)[0] == "The next caf" + "\ufffd" * len(tail)


def test_one_letter_of_windows_1252_in_plain_ascii_is_read_as_such() -> None:
    assert decoded(b"The caf\xe9 opens at nine. " + b"It is warm there. " * 40) == (
        "The café opens at nine. " + "It is warm there. " * 40,
        [],
    )


def test_utf16_cut_inside_a_character_is_read_and_told() -> None:
    text, told = decoded((PROSE.encode("utf-16"))[:-1])
    assert text == "\ufeff" + PROSE[:-1] + "\ufffd"
    assert [skip.replaced for skip in told] == [1]


def test_a_nul_in_a_long_text_costs_that_byte_alone() -> None:
    text, told = decoded(PROSE.encode() * 20 + b"a\0b")
    assert text == PROSE * 20 + "a\ufffdb"
    assert [skip.replaced for skip in told] == [1]


@pytest.mark.parametrize("size", [1, 4096])
def test_one_run_of_nul_bytes_in_a_text_is_a_slip(size: int) -> None:
    told: list[SkippedFile] = []
    text = decode(b"The pump was serviced.\n" + b"\0" * size + b"It runs.\n", "pump.log", on_skip=told.append)
    assert text == "The pump was serviced.\n" + "\ufffd" * size + "It runs.\n"
    assert [part.replaced for part in told] == [size]


@pytest.mark.parametrize("data", [b"The pump\0was serviced\0long ago.", b"The pump\0\0 \x01 was serviced long ago."])
def test_other_nul_bytes_are_those_of_a_program(data: bytes) -> None:
    with pytest.raises(SourceError, match="is binary"):
        decode(data, "pump.log")
