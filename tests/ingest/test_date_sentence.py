"""Dates that are sentences are read in every language that an account can be kept in."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sources.date_sentence import read_date_sentence

# fmt: off
DATES = {
    "en": (
        "Sunday, November 3, 2024 at 9:07:45 PM UTC",
        "Tuesday, March 5, 2024 at 8:07:45 AM UTC",
    ),
    "en-GB": (
        "Sunday, 3 November 2024 at 21:07:45 UTC",
        "Tuesday, 5 March 2024 at 08:07:45 UTC",
    ),
    "de": (
        "Sonntag, 3. November 2024 um 21:07:45 UTC",
        "Dienstag, 5. März 2024 um 08:07:45 UTC",
    ),
    "fr": (
        "dimanche 3 novembre 2024 à 21:07:45 UTC",
        "mardi 5 mars 2024 à 08:07:45 UTC",
    ),
    "es": (
        "domingo, 3 de noviembre de 2024, 21:07:45 UTC",
        "martes, 5 de marzo de 2024, 8:07:45 UTC",
    ),
    "es-MX": (
        "domingo, 3 de noviembre de 2024, 9:07:45 p.m. UTC",
        "martes, 5 de marzo de 2024, 8:07:45 a.m. UTC",
    ),
    "it": (
        "domenica 3 novembre 2024 alle ore 21:07:45 UTC",
        "martedì 5 marzo 2024 alle ore 08:07:45 UTC",
    ),
    "pt": (
        "domingo, 3 de novembro de 2024 às 21:07:45 UTC",
        "terça-feira, 5 de março de 2024 às 08:07:45 UTC",
    ),
    "pt-PT": (
        "domingo, 3 de novembro de 2024 às 21:07:45 UTC",
        "terça-feira, 5 de março de 2024 às 08:07:45 UTC",
    ),
    "nl": (
        "zondag 3 november 2024 om 21:07:45 UTC",
        "dinsdag 5 maart 2024 om 08:07:45 UTC",
    ),
    "sv": (
        "söndag 3 november 2024 kl. 21:07:45 UTC",
        "tisdag 5 mars 2024 kl. 08:07:45 UTC",
    ),
    "da": (
        "søndag den 3. november 2024 kl. 21.07.45 UTC",
        "tirsdag den 5. marts 2024 kl. 08.07.45 UTC",
    ),
    "nb": (
        "søndag 3. november 2024 kl. 21:07:45 UTC",
        "tirsdag 5. mars 2024 kl. 08:07:45 UTC",
    ),
    "fi": (
        "sunnuntai 3. marraskuuta 2024 klo 21.07.45 UTC",
        "tiistai 5. maaliskuuta 2024 klo 8.07.45 UTC",
    ),
    "is": (
        "sunnudagur, 3. nóvember 2024 kl. 21:07:45 UTC",
        "þriðjudagur, 5. mars 2024 kl. 08:07:45 UTC",
    ),
    "pl": (
        "niedziela, 3 listopada 2024 21:07:45 UTC",
        "wtorek, 5 marca 2024 08:07:45 UTC",
    ),
    "cs": (
        "neděle 3. listopadu 2024 v 21:07:45 UTC",
        "úterý 5. března 2024 v 8:07:45 UTC",
    ),
    "sk": (
        "nedeľa 3. novembra 2024 o 21:07:45 UTC",
        "utorok 5. marca 2024 o 8:07:45 UTC",
    ),
    "sl": (
        "nedelja, 3. november 2024 ob 21:07:45 UTC",
        "torek, 5. marec 2024 ob 08:07:45 UTC",
    ),
    "hr": (
        "nedjelja, 3. studenoga 2024. u 21:07:45 UTC",
        "utorak, 5. ožujka 2024. u 08:07:45 UTC",
    ),
    "sr": (
        "недеља, 3. новембар 2024. 21:07:45 UTC",
        "уторак, 5. март 2024. 08:07:45 UTC",
    ),
    "bg": (
        "неделя, 3 ноември 2024 г. в 21:07:45 ч. UTC",
        "вторник, 5 март 2024 г. в 8:07:45 ч. UTC",
    ),
    "ru": (
        "воскресенье, 3 ноября 2024 г. в 21:07:45 UTC",
        "вторник, 5 марта 2024 г. в 08:07:45 UTC",
    ),
    "uk": (
        "неділя, 3 листопада 2024 р. о 21:07:45 UTC",
        "вівторок, 5 березня 2024 р. о 08:07:45 UTC",
    ),
    "ro": (
        "duminică, 3 noiembrie 2024 la 21:07:45 UTC",
        "marți, 5 martie 2024 la 08:07:45 UTC",
    ),
    "hu": (
        "2024. november 3., vasárnap 21:07:45 UTC",
        "2024. március 5., kedd 8:07:45 UTC",
    ),
    "el": (
        "Κυριακή 3 Νοεμβρίου 2024 στις 9:07:45 μ.μ. UTC",
        "Τρίτη 5 Μαρτίου 2024 στις 8:07:45 π.μ. UTC",
    ),
    "tr": (
        "3 Kasım 2024 Pazar 21:07:45 UTC",
        "5 Mart 2024 Salı 08:07:45 UTC",
    ),
    "lt": (
        "2024 m. lapkričio 3 d., sekmadienis 21:07:45 UTC",
        "2024 m. kovo 5 d., antradienis 08:07:45 UTC",
    ),
    "lv": (
        "svētdiena, 2024. gada 3. novembris 21:07:45 UTC",
        "otrdiena, 2024. gada 5. marts 08:07:45 UTC",
    ),
    "et": (
        "pühapäev, 3. november 2024, kell 21:07:45 UTC",
        "teisipäev, 5. märts 2024, kell 08:07:45 UTC",
    ),
    "ca": (
        "diumenge, 3 de novembre del 2024, a les 21:07:45 UTC",
        "dimarts, 5 de març del 2024, a les 8:07:45 UTC",
    ),
    "eu": (
        "2024(e)ko azaroaren 3(a), igandea (21:07:45 (UTC))",
        "2024(e)ko martxoaren 5(a), asteartea (08:07:45 (UTC))",
    ),
    "gl": (
        "domingo, 3 de novembro de 2024, 21:07:45 UTC",
        "martes, 5 de marzo de 2024, 08:07:45 UTC",
    ),
    "id": (
        "Minggu, 03 November 2024 pukul 21.07.45 UTC",
        "Selasa, 05 Maret 2024 pukul 08.07.45 UTC",
    ),
    "ms": (
        "Ahad, 3 November 2024 pada 9:07:45 PTG UTC",
        "Selasa, 5 Mac 2024 pada 8:07:45 PG UTC",
    ),
    "fil": (
        "Linggo, Nobyembre 3, 2024 nang 9:07:45 PM UTC",
        "Martes, Marso 5, 2024 nang 8:07:45 AM UTC",
    ),
    "sw": (
        "Jumapili, 3 Novemba 2024, 21:07:45 UTC",
        "Jumanne, 5 Machi 2024, 08:07:45 UTC",
    ),
    "vi": (
        "lúc 21:07:45 UTC Chủ Nhật, 3 tháng 11, 2024",
        "lúc 08:07:45 UTC Thứ Ba, 5 tháng 3, 2024",
    ),
    "th": (
        "วันอาทิตย์ที่ 3 พฤศจิกายน พ.ศ. 2567 เวลา 21 นาฬิกา 07 นาที 45 วินาที UTC",
        "วันอังคารที่ 5 มีนาคม พ.ศ. 2567 เวลา 8 นาฬิกา 07 นาที 45 วินาที UTC",
    ),
    "ja": (
        "2024年11月3日日曜日 21:07:45 UTC",
        "2024年3月5日火曜日 8:07:45 UTC",
    ),
    "ko": (
        "2024년 11월 3일 일요일 오후 9시 7분 45초 UTC",
        "2024년 3월 5일 화요일 오전 8시 7분 45초 UTC",
    ),
    "zh-CN": (
        "2024年11月3日星期日 UTC 21:07:45",
        "2024年3月5日星期二 UTC 08:07:45",
    ),
    "zh-TW": (
        "2024年11月3日 星期日 晚上9:07:45 [UTC]",
        "2024年3月5日 星期二 上午8:07:45 [UTC]",
    ),
    "zh-HK": (
        "2024年11月3日星期日 下午9:07:45 [UTC]",
        "2024年3月5日星期二 上午8:07:45 [UTC]",
    ),
    "ar": (
        "الأحد، 3 نوفمبر 2024 في 9:07:45 م UTC",
        "الثلاثاء، 5 مارس 2024 في 8:07:45 ص UTC",
    ),
    "he": (
        "יום ראשון, 3 בנובמבר 2024 בשעה 21:07:45 UTC",
        "יום שלישי, 5 במרץ 2024 בשעה 8:07:45 UTC",
    ),
    "hi": (
        "रविवार, 3 नवंबर 2024 को 9:07:45 pm UTC बजे",
        "मंगलवार, 5 मार्च 2024 को 8:07:45 am UTC बजे",
    ),
    "ur": (
        "اتوار، 3 نومبر، 2024 کو 9:07:45 PM UTC",
        "منگل، 5 مارچ، 2024 کو 8:07:45 AM UTC",
    ),
    "bn": (
        "রবিবার, ৩ নভেম্বর, ২০২৪ এ ৯:০৭:৪৫ PM UTC",
        "মঙ্গলবার, ৫ মার্চ, ২০২৪ এ ৮:০৭:৪৫ AM UTC",
    ),
    "ta": (
        "ஞாயிறு, 3 நவம்பர், 2024 அன்று 9:07:45 PM UTC",
        "செவ்வாய், 5 மார்ச், 2024 அன்று 8:07:45 AM UTC",
    ),
}
# fmt: on


@pytest.mark.parametrize("language", DATES)
def test_a_date_is_read_in_each_language(language: str) -> None:
    evening, morning = DATES[language]
    assert read_date_sentence(evening) == datetime(2024, 11, 3, 21, 7, 45, tzinfo=UTC)
    assert read_date_sentence(morning) == datetime(2024, 3, 5, 8, 7, 45, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "month"),
    [
        ("niedziela, 6 października 2024 21:07:45 UTC", 10),
        ("środa, 6 listopada 2024 21:07:45 UTC", 11),
        ("nedjelja, 6. listopada 2024. u 21:07:45 UTC", 10),
        ("srijeda, 6. studenoga 2024. u 21:07:45 UTC", 11),
        ("martes, 6 de agosto de 2024, 21:07:45 UTC", 8),
    ],
)
def test_names_that_mean_two_months_are_told_apart(written: str, month: int) -> None:
    assert read_date_sentence(written) == datetime(2024, month, 6, 21, 7, 45, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("Sunday, November 3, 2024 at 12:07:45\u202fAM UTC", 0),
        ("Sunday, November 3, 2024 at 12:07:45\u202fPM UTC", 12),
        ("2024년 11월 3일 일요일 오전 12시 7분 45초 UTC", 0),
        ("2024年11月3日 星期日 中午12:07:45 [UTC]", 12),
    ],
)
def test_noon_and_midnight_are_told_apart(written: str, hour: int) -> None:
    assert read_date_sentence(written).hour == hour


@pytest.mark.parametrize(
    "written",
    ["", "soon", "3 November 2024", "21:07:45 UTC", "Sunday, November 31, 2024 at 9:07:45 PM UTC",
     "۱۴۰۳ آبان ۱۳, یکشنبه ساعت ۲۱:۰۷:۴۵ (UTC)", "Sunday, Smarch 3, 2024 at 9:07:45 PM UTC"],
)  # fmt: skip
def test_what_is_no_date_that_is_known_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_date_sentence(written)


@given(st.text())
def test_any_text_is_a_date_or_refused(written: str) -> None:
    try:
        assert read_date_sentence(written).tzinfo is UTC
    except ValueError as error:
        assert str(error)
