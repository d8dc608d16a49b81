"""Texts that do not say what encoding they are in."""

import pytest

from tests.generation.documents.conftest import Read

JAPANESE = "名前,年齢,住所\n佐藤太郎,30,東京\n三木英子,25,大阪"
TEXTS = [
    ("cp1252", "Das Protokoll der Sitzung in München wurde für gültig erklärt.", "Western European"),
    ("cp1252", "Le président a déclaré la séance levée à 18 h. Ça va.", "Western European"),
    ("cp1250", "Zażółć gęślą jaźń, posiedzenie komisji odbyło się w środę.", "Central European"),
    ("cp1251", "Протокол заседания комитета от третьего марта.", "Cyrillic"),
    ("koi8_r", "Протокол заседания комитета от третьего марта.", "Cyrillic"),
    ("cp1253", "Πρακτικά της συνεδρίασης της επιτροπής", "Greek"),
    ("cp1254", "Toplantı tutanağı: komite bütçeyi onayladı", "Turkish"),
    ("cp1255", "פרוטוקול ישיבת הוועדה", "Hebrew"),
    ("cp1256", "محضر اجتماع اللجنة", "Arabic"),
    ("cp932", JAPANESE, "Japanese"),
    ("euc_jp", "会議の議事録です。委員会は予算に同意しました。", "Japanese"),
    ("iso2022_jp", "会議の議事録です。", "Japanese"),
    ("gb18030", "会议纪要：委员会同意预算。", "Chinese"),
    ("euc_kr", "회의록: 위원회는 예산에 동의했다.", "Korean"),
    ("utf-16-le", "The committee agreed.\nGrüße", "Unicode"),
    ("utf-16-be", "会议纪要：\n委员会同意预算。", "Unicode"),
]


@pytest.mark.parametrize(("encoding", "text", "named"), TEXTS)
def test_a_text_is_read_in_its_encoding_and_the_reader_told(
    read: Read, encoding: str, text: str, named: str
) -> None:
    document = read("a.txt", text.encode(encoding))
    assert document.text == text
    (warning,) = document.warnings
    assert f"it was read as {named} text" in warning


def test_a_table_in_shift_jis_is_a_table(read: Read) -> None:
    assert "| 佐藤太郎 | 30 | 東京 |" in read("a.csv", JAPANESE.encode("cp932")).text


def test_a_long_text_is_judged_by_the_lines_that_tell(read: Read) -> None:
    text = "Plain letters alone.\n" * 5000 + "Протокол заседания комитета\n" * 50
    assert read("a.txt", text.encode("cp1251")).text == text.strip()


def test_utf_8_needs_no_warning(read: Read) -> None:
    document = read("a.txt", "Grüße, Протокол, 会议, 𝔘")
    assert (document.text, document.warnings) == ("Grüße, Протокол, 会议, 𝔘", ())
