"""Media, notices and edits of a WhatsApp export are told from what people wrote."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from ingest.sources.whatsapp import WhatsApp
from tests.ingest.exports import read, shown

ANDROID = "03/11/2024, 21:07 - "
IOS = "[03/11/2024, 21:07:45] "
LTR = "\u200e"


@dataclass(frozen=True)
class Body:
    name: str
    text: str
    """What stands after the head and the name of Ana."""
    shown: str
    """What is made of it, after `Ana: `; or the whole line when it is a notice."""
    head: str = ANDROID


BODIES = [
    Body("omitted", "<Media omitted>", "[media] "),
    Body("omitted, caption below", "<Media omitted>\nlook\nhere", "[media] look\nhere"),
    Body("omitted in spanish", "<Multimedia omitido>", "[media] "),
    Body("omitted in portuguese", "<Mídia oculta>", "[media] "),
    Body("omitted in german", "<Medien ausgeschlossen>", "[media] "),
    Body("omitted in german, older", "<Medien weggelassen>", "[media] "),
    Body("omitted in french", "<Médias omis>", "[media] "),
    Body("omitted in italian", "<Media omessi>", "[media] "),
    Body("omitted in dutch", "<Media weggelaten>", "[media] "),
    Body("photo", "IMG-20241103-WA0003.jpg (file attached)", "[photo] "),
    Body("photo, caption below", "IMG-1.jpg (file attached)\nlook", "[photo] look"),
    Body("photo behind a mark", f"{LTR}IMG-1.jpg (file attached)", "[photo] "),
    Body("photo in spanish", "IMG-1.jpg (archivo adjunto)", "[photo] "),
    Body("photo in german", "IMG-1.jpg (Datei angehängt)", "[photo] "),
    Body("photo in portuguese", "IMG-1.jpg (arquivo anexado)", "[photo] "),
    Body("photo in french", "IMG-1.jpg (fichier joint)", "[photo] "),
    Body("photo in italian", "IMG-1.jpg (file allegato)", "[photo] "),
    Body("voice", "PTT-20241103-WA0001.opus (file attached)", "[voice message] "),
    Body("video", "VID-20241103-WA0001.mp4 (file attached)", "[video] "),
    Body("sticker", "STK-20241103-WA0001.webp (file attached)", "[sticker] "),
    Body("contact", "Ben Ode.vcf (file attached)", "[contact card] "),
    Body("music", "song.mp3 (file attached)", "[audio] "),
    Body("document", "my plan.v2.pdf (file attached)", "[file: my plan.v2.pdf] "),
    Body("ios photo", f"{LTR}<attached: 00000012-PHOTO-2024-11-03.jpg>", "[photo] ", IOS),
    Body("ios caption after", f"{LTR}<attached: 1-PHOTO.jpg> look", "[photo] look", IOS),
    Body("ios caption below", f"{LTR}<attached: 1-PHOTO.jpg>\nlook", "[photo] look", IOS),
    Body("ios caption before", f"look {LTR}<attached: 1-PHOTO.jpg>", "[photo] look", IOS),
    Body("ios video", f"{LTR}<attached: 1-VIDEO-2024.mp4>", "[video] ", IOS),
    Body("ios gif", f"{LTR}<attached: 1-GIF-2024.mp4>", "[GIF] ", IOS),
    Body("ios voice", f"{LTR}<attached: 1-AUDIO-2024.opus>", "[voice message] ", IOS),
    Body("ios spanish", f"{LTR}<adjunto: 1-PHOTO.jpg>", "[photo] ", IOS),
    Body("ios german", f"{LTR}<Anhang: 1-PHOTO.jpg>", "[photo] ", IOS),
    Body("ios french", f"{LTR}<pièce jointe : 1-PHOTO.jpg>", "[photo] ", IOS),
    Body("ios document", f"plan.pdf • {LTR}2 pages {LTR}<attached: 1-plan.pdf>",
         "[file: plan.pdf] ", IOS),
    Body("ios document omitted", f"plan.pdf • {LTR}2 pages {LTR}document omitted",
         "[file: plan.pdf] ", IOS),
    Body("ios image omitted", f"{LTR}image omitted", "[photo] ", IOS),
    Body("ios image omitted, caption", f"{LTR}image omitted\nlook", "[photo] look", IOS),
    Body("ios caption, image omitted", f"look {LTR}image omitted", "[photo] look", IOS),
    Body("ios video omitted", f"{LTR}video omitted", "[video] ", IOS),
    Body("ios audio omitted", f"{LTR}audio omitted", "[voice message] ", IOS),
    Body("ios sticker omitted", f"{LTR}sticker omitted", "[sticker] ", IOS),
    Body("ios GIF omitted", f"{LTR}GIF omitted", "[GIF] ", IOS),
    Body("ios contact omitted", f"{LTR}Contact card omitted", "[contact card] ", IOS),
    Body("ios spanish omitted", f"{LTR}imagen omitida", "[photo] ", IOS),
    Body("ios german omitted", f"{LTR}Bild weggelassen", "[photo] ", IOS),
    Body("ios portuguese omitted", f"{LTR}imagem ocultada", "[photo] ", IOS),
    Body("ios french omitted", f"{LTR}image absente", "[photo] ", IOS),
    Body("ios italian omitted", f"{LTR}immagine omessa", "[photo] ", IOS),
    Body("ios dutch omitted", f"{LTR}afbeelding weggelaten", "[photo] ", IOS),
    Body("view once", "", "[view once media] "),
    Body("ios view once", LTR, "[view once media] ", IOS),
    Body("location", "location: https://maps.google.com/?q=41.1,-8.6",
         "[location] location: https://maps.google.com/?q=41.1,-8.6"),
    Body("ios location", f"{LTR}Location: https://maps.google.com/?q=41.1,-8.6",
         "[location] Location: https://maps.google.com/?q=41.1,-8.6", IOS),
    Body("poll", "POLL:\nwhere?\nOPTION: home (1 vote)\nOPTION: out (2 votes)",
         "[poll] POLL:\nwhere?\nOPTION: home (1 vote)\nOPTION: out (2 votes)"),
    Body("ios poll", f"{LTR}POLL:\nwhere?\n{LTR}OPTION: home ({LTR}1 vote)\n",
         f"[poll] POLL:\nwhere?\n{LTR}OPTION: home ({LTR}1 vote)", IOS),
    Body("edited", "see you at six <This message was edited>", "see you at six"),
    Body("ios edited", f"see you\nat six {LTR}<This message was edited>", "see you\nat six", IOS),
    Body("edited in german", "um sechs <Diese Nachricht wurde bearbeitet.>", "um sechs"),
    Body("about a video call", "video call tomorrow at 8?", "video call tomorrow at 8?"),
    Body("about media", "all media omitted, why?", "all media omitted, why?"),
    Body("about waiting", "waiting for this message all day", "waiting for this message all day"),
    Body("about leaving", "Ben left the party", "Ben left the party"),
    Body("about a file", "it says (file attached)", "it says (file attached)"),
    Body("tag", "<b>bold</b> 1 < 2", "<b>bold</b> 1 < 2"),
]  # fmt: skip

NOTICES = [
    Body("deleted", "This message was deleted", "* This message was deleted"),
    Body("own deleted", "You deleted this message", "* You deleted this message"),
    Body("deleted in spanish", "Eliminaste este mensaje.", "* Eliminaste este mensaje."),
    Body("deleted in german", "Diese Nachricht wurde gelöscht.",
         "* Diese Nachricht wurde gelöscht."),
    Body("ios deleted", f"{LTR}This message was deleted.", "* This message was deleted.", IOS),
    Body("missed call", "Missed voice call", "* Missed voice call"),
    Body("ios missed call", f"{LTR}Missed video call", "* Missed video call", IOS),
    Body("ios missed call, callable", f"{LTR}Missed voice call. {LTR}Tap to call back",
         f"* Missed voice call. {LTR}Tap to call back", IOS),
    Body("ios call", f"{LTR}Voice call, {LTR}3 min", f"* Voice call, {LTR}3 min", IOS),
    Body("ios added", f"{LTR}Ana added you", "* Ana added you", IOS),
    Body("ios left", f"{LTR}Ana left", "* Ana left", IOS),
    Body("ios encrypted", f"{LTR}Messages and calls are end-to-end encrypted.",
         "* Messages and calls are end-to-end encrypted.", IOS),
    Body("ios subject", f"{LTR}Ana changed the subject to “Trip: Rome”",
         "* Ana changed the subject to “Trip: Rome”", IOS),
    Body("not yet there", "Waiting for this message. This may take a while.",
         "* Waiting for this message. This may take a while."),
    Body("nothing", "null", "* null"),
]  # fmt: skip


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.name)
def test_media_is_told_from_words(body: Body, tmp_path: Path) -> None:
    content = f"{body.head}Ana: before\n{body.head}Ana: {body.text}\n{body.head}Ben: after"
    assert shown(read(WhatsApp(), tmp_path, content)) == [
        "Ana: before",
        f"Ana: {body.shown}",
        "Ben: after",
    ]


@pytest.mark.parametrize("body", NOTICES, ids=lambda body: body.name)
def test_what_the_platform_says_in_the_name_of_a_person_is_a_notice(
    body: Body, tmp_path: Path
) -> None:
    content = f"{body.head}Ana: before\n{body.head}Ana: {body.text}\n{body.head}Ben: after"
    assert shown(read(WhatsApp(), tmp_path, content)) == ["Ana: before", body.shown, "Ben: after"]


def test_a_name_without_words_is_media_to_be_seen_once(tmp_path: Path) -> None:
    content = f"{ANDROID}Ana:\n{ANDROID}Ana:.\n{ANDROID}Ana: .\n{ANDROID}Ana: \n{ANDROID}Ben: ho"
    assert shown(read(WhatsApp(), tmp_path, content)) == [
        "Ana: [view once media] ",
        "Ana: [view once media] ",
        "Ana: .",
        "Ana: [view once media] ",
        "Ben: ho",
    ]


ANDROID_NOTICES = [
    "Messages and calls are end-to-end encrypted. No one outside of this chat can read them.",
    'Ana created group "Trip"',
    'Ana created group "Trip: Rome"',
    'Ana changed the subject from "Trip" to "Trip: Rome"',
    'Ana changed the group name from "Trip: Rome" to "Trip"',
    "Ana cambió el asunto de “Viaje” a “Viaje: Roma”",
    'Ana mudou o nome do grupo de "Viagem" para "Viagem: Roma"',
    "Ana hat den Betreff zu „Reise: Rom“ geändert",
    "Ana a changé l'objet pour « Voyage : Rome »",
    "Ana added Ben",
    "Ben left",
    "+34 600 000 000 changed to +34 600 000 001",
    "Ana turned on disappearing messages. New messages will disappear after 7 days.",
    "Missed voice call at 21:07",
    "Your security code with Ben changed. Tap to learn more.",
]


@pytest.mark.parametrize("notice", ANDROID_NOTICES)
def test_a_line_without_a_name_is_a_notice(notice: str, tmp_path: Path) -> None:
    content = f"{ANDROID}{notice}\n{ANDROID}Ana: hi"
    assert shown(read(WhatsApp(), tmp_path, content)) == [f"* {notice}", "Ana: hi"]


@pytest.mark.parametrize("notice", ["Ana dodał(a) Bena", "グループを作成しました", "Ana added Ben"])
def test_the_name_of_a_group_never_speaks(notice: str, tmp_path: Path) -> None:
    content = (
        f"{IOS}Ours: {LTR}Wiadomości są szyfrowane.\n{IOS}Ours: {LTR}{notice}\n"
        f"{IOS}Ana: hi\n{IOS}Ben: {LTR}https://ex.org\n{IOS}Ben: ho"
    )
    assert shown(read(WhatsApp(), tmp_path, content)) == [
        "* Wiadomości są szyfrowane.",
        f"* {notice}",
        "Ana: hi",
        "Ben: https://ex.org",
        "Ben: ho",
    ]
