"""Of the export of a whole account the parts are found, and what is nobody's words is left out."""

import json
import zipfile
from pathlib import Path

import pytest

from ingest.archive import open_archive
from ingest.detect import find_parts
from ingest.errors import UnknownFormat
from ingest.sources import READERS
from tests.ingest import (
    test_discord_package,
    test_google_chat,
    test_messenger,
    test_meta_posts,
    test_slack,
)
from tests.ingest.seeds import MAIL, SEEDS, WHATSAPP, WHATSAPP_IOS

_PAGE = "<html><head><title>{}</title></head><body><p>Watched Boats of Porto at noon.</p></body>"
_NOTE = "Boats I like, and why I like them.\n\nThey float."
_CSV = "Time,Device,City\n2024-11-03,phone,Porto\n"

TAKEOUT = {
    "Takeout/archive_browser.html": _PAGE.format("Archive"),
    "Takeout/Mail/All mail Including Spam and Trash.mbox": MAIL,
    "Takeout/Mail/User Settings/Vacation Responder.json": "{}",
    **test_google_chat.google_export(test_google_chat.said()),
    "Takeout/Google Chat/Groups/DM 1/File-a.png": "x",
    "Takeout/Drive/Essay.txt": _NOTE,
    "Takeout/Drive/Boats/Notes.md": "# Boats\n\nThey float, mostly.",
    "Takeout/Keep/Boats.html": _PAGE.format("Boats"),
    "Takeout/Keep/Boats.json": json.dumps({"title": "Boats", "textContent": "float"}),
    "Takeout/Blogger/Blogs/Boats/feed.atom": SEEDS["blog"][1]["a.xml"],
    "Takeout/Blogger/Blogs/Boats/settings.csv": _CSV,
    "Takeout/YouTube and YouTube Music/history/watch-history.html": _PAGE.format("Watched"),
    "Takeout/YouTube and YouTube Music/comments/comments.csv": "Comment ID,Comment Text\n1,hi\n",
    "Takeout/My Activity/Search/MyActivity.html": _PAGE.format("My Activity"),
    "Takeout/Location History/Records.json": '{"locations": []}',
    "Takeout/Contacts/All Contacts/All Contacts.vcf": "BEGIN:VCARD\nFN:Ben\nEND:VCARD\n",
    "Takeout/Calendar/ana@example.org.ics": "BEGIN:VCALENDAR\nEND:VCALENDAR\n",
    "Takeout/Chrome/Bookmarks.html": _PAGE.format("Bookmarks"),
    "Takeout/Access Log Activity/Activities.csv": _CSV,
    "Takeout/Google Help Communities/readme.txt": "What is in here, in a few words for you.",
    "Takeout/Profile/Profile.json": json.dumps({"emails": [{"value": "ana@example.org"}]}),
}
META = {
    "start_here.html": _PAGE.format("Start"),
    **test_messenger.messenger_export(test_messenger.thread(test_messenger.said())),
    "your_facebook_activity/messages/inbox/ben_12/photos/1.jpg": "x",
    "your_facebook_activity/messages/autofill_information.json": json.dumps({"a": {}}),
    "your_facebook_activity/posts/your_videos.json": '{"videos_v2": []}',
    "your_facebook_activity/groups/your_comments_in_groups.json": '{"group_comments_v2": []}',
    **test_meta_posts.meta_file(test_meta_posts.FACEBOOK, test_meta_posts.facebook_post()),
    **test_meta_posts.meta_file(
        test_meta_posts.COMMENTS, test_meta_posts.facebook_comment(), key="comments_v2"
    ),
    "personal_information/profile_information/profile_information.json": json.dumps(
        {"profile_v2": {"name": {"full_name": "Ana Reis"}}}
    ),
    "ads_information/advertisers_you've_interacted_with.json": '{"history_v2": []}',
    "security_and_login_information/account_activity.json": '{"account_activity_v2": []}',
    "files/no-data.txt": "There is no data here that could be shown to you.",
}
X = {
    "Your archive.html": _PAGE.format("Your archive"),
    "assets/js/main.js": "window.x = [1];",
    "data/README.txt": "What each of the files in here means, told in a few plain words.",
    "data/account.js": SEEDS["x"][0]["data/account.js"],
    "data/manifest.js": "window.__THAR_CONFIG = {}",
    "data/tweets.js": SEEDS["x"][0]["data/tweets.js"],
    "data/note-tweet.js": SEEDS["x"][2]["data/note-tweet.js"],
    "data/direct-messages.js": SEEDS["x"][1]["data/direct-messages.js"],
    "data/like.js": 'window.YTD.like.part0 = [ {"like": {"tweetId": "1", "fullText": "no"}} ]',
    "data/ad-engagements.js": "window.YTD.ad_engagements.part0 = [ ]",
    "data/tweets_media/7-a.jpg": "x",
}
DISCORD = {
    **test_discord_package.discord_package(),
    "account/avatar.png": "x",
    "servers/index.json": json.dumps({"1": "Allotment"}),
    "servers/1/guild.json": json.dumps({"id": "1", "name": "Allotment"}),
    "activity/analytics/events-2024-00000-of-00001.json": '{"event_type": "x"}\n',
    "programs/README.txt": "Programs that you took part in, if you took part in any.",
}
SLACK = {
    **test_slack.slack_export(test_slack.slack_message()),
    "canvases.json": "[]",
    "file_conversations.json": "[]",
    "general/canvas_in_the_conversation/a.html": _PAGE.format("Canvas"),
}
LINKEDIN = {
    "messages.csv": SEEDS["linkedin"][0]["messages.csv"],
    "Profile.csv": "First Name,Last Name,Headline\nAna,Reis,Boats\n",
    "Connections.csv": 'Notes:\n"Some addresses are missing."\n\nFirst Name,Last Name\nBen,Low\n',
    "Shares.csv": "Date,ShareLink,ShareCommentary\n2024-11-03 21:07:45,https://l.example,hi\n",
    "Comments.csv": "Date,Link,Message\n2024-11-03 21:07:45,https://l.example,hi\n",
    "Invitations.csv": "From,To,Sent At,Message,Direction\nAna,Ben,11/3/24,hi,OUTGOING\n",
    "guide_messages.csv": SEEDS["linkedin"][0]["messages.csv"].partition("\r\n")[0] + "\r\n",
    "Articles/Articles/boats.html": _PAGE.format("Boats"),
    "Jobs/Job Applications.csv": _CSV,
}
CHATGPT = {
    "conversations.json": SEEDS["chatgpt"][0]["conversations.json"],
    "chat.html": _PAGE.format("Chat"),
    "user.json": json.dumps({"id": "u", "email": "ana@example.org"}),
    "message_feedback.json": "[]",
    "shared_conversations.json": "[]",
    "file-a-notes.txt": _NOTE,
}
WHATSAPP_ZIP = {
    "_chat.txt": WHATSAPP_IOS,
    "00000012-PHOTO-2024.jpg": "x",
    "00000013-plan.txt": _NOTE,
    "00000014-Ben.vcf": "BEGIN:VCARD\n",
}
TELEGRAM = {
    "DataExport_2024-11-03/result.json": SEEDS["telegram"][0]["result.json"],
    "DataExport_2024-11-03/chats/chat_01/files/letter.txt": _NOTE,
    "DataExport_2024-11-03/lists/contacts.html": _PAGE.format("Contacts"),
}
INBOX = "your_facebook_activity/messages/inbox/ben_12/message_1.json"
ACCOUNTS: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "takeout": (TAKEOUT, {
        "Takeout/Blogger/Blogs/Boats/feed.atom": "blog",
        "Takeout/Drive/Boats/Notes.md": "markdown",
        "Takeout/Drive/Essay.txt": "text",
        "Takeout/Google Chat/Groups/DM 1/messages.json": "google-chat",
        "Takeout/Keep/Boats.html": "html",
        "Takeout/Mail/All mail Including Spam and Trash.mbox": "mbox",
    }),
    "meta": (META, {
        INBOX: "messenger",
        test_meta_posts.FACEBOOK: "meta-posts",
        test_meta_posts.COMMENTS: "meta-posts",
    }),
    "x": (X, {"data/direct-messages.js": "x", "data/note-tweet.js": "x", "data/tweets.js": "x"}),
    "discord": (DISCORD, {"Messages/index.json": "discord-package"}),
    "slack": (SLACK, {"users.json": "slack"}),
    "linkedin": (LINKEDIN, {"guide_messages.csv": "linkedin", "messages.csv": "linkedin"}),
    "chatgpt": (CHATGPT, {"conversations.json": "chatgpt"}),
    "whatsapp": (WHATSAPP_ZIP, {"_chat.txt": "whatsapp"}),
    "telegram": (TELEGRAM, {"DataExport_2024-11-03/result.json": "telegram"}),
}  # fmt: skip


def _zip(path: Path, files: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def _unpacked(folder: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode())
    return folder


def _parts(path: Path) -> dict[str, str]:
    with open_archive(path) as archive:
        return {part.name: part.reader.format for part in find_parts(archive, READERS, None)}


@pytest.mark.parametrize("account", ACCOUNTS)
def test_of_an_account_the_parts_are_found_and_nothing_else(account: str, tmp_path: Path) -> None:
    files, wanted = ACCOUNTS[account]
    assert _parts(_zip(tmp_path / "export.zip", files)) == wanted


@pytest.mark.parametrize("account", set(ACCOUNTS) - {"whatsapp"})
def test_an_account_may_be_unpacked(account: str, tmp_path: Path) -> None:
    files, wanted = ACCOUNTS[account]
    assert _parts(_unpacked(tmp_path / "export", files)) == wanted


@pytest.mark.parametrize("packed", [True, False])
def test_accounts_side_by_side_do_not_mix(packed: bool, tmp_path: Path) -> None:
    folder = tmp_path / "all"
    folder.mkdir()
    for account, (files, _) in ACCOUNTS.items():
        if packed:
            _zip(folder / f"{account}.zip", files)
        elif account != "whatsapp":
            _unpacked(folder / account, files)
    _unpacked(folder, {"letter.txt": _NOTE})
    wanted = {
        f"{account}/{name}": format
        for account, (_, parts) in ACCOUNTS.items()
        for name, format in parts.items()
        if packed or account != "whatsapp"
    }
    assert _parts(folder) == {**wanted, "letter.txt": "text"}


def test_parts_of_one_account_in_several_zips_are_found(tmp_path: Path) -> None:
    folder = tmp_path / "all"
    folder.mkdir()
    names = sorted(TAKEOUT)
    for number in range(3):
        some = {name: TAKEOUT[name] for name in names[number::3]}
        _zip(folder / f"takeout-20241103-00{number}.zip", some)
    found = {name.partition("/")[2]: format for name, format in _parts(folder).items()}
    assert found == ACCOUNTS["takeout"][1]


def test_chats_in_zips_in_a_folder_are_found_without_what_was_sent_in_them(tmp_path: Path) -> None:
    folder = tmp_path / "all"
    folder.mkdir()
    _zip(folder / "WhatsApp Chat - Ben.zip", WHATSAPP_ZIP)
    _zip(folder / "WhatsApp Chat - Zoë.zip", {**WHATSAPP_ZIP, "_chat.txt": WHATSAPP})
    assert _parts(folder) == {
        "WhatsApp Chat - Ben/_chat.txt": "whatsapp",
        "WhatsApp Chat - Zoë/_chat.txt": "whatsapp",
    }


PAGES = {
    "facebook": ("messages/inbox/ben_12/message_1.html", "<div class='_a706'>hi</div>"),
    "instagram": (
        "your_instagram_activity/messages/inbox/ben_12/message_1.html",
        "<div>hi</div>",
    ),
    "telegram": (
        "ChatExport_2024-11-03/messages.html",
        "<html><title>Exported Data</title><div class='page_wrap'><div class='history'>hi</div>",
    ),
    "discord": ("beans.html", "<html><div class='preamble'>x</div><div class='chatlog'>hi</div>"),
}


@pytest.mark.parametrize("kind", PAGES)
def test_chats_as_web_pages_are_told_to_be_asked_for_in_another_form(
    kind: str, tmp_path: Path
) -> None:
    name, page = PAGES[kind]
    folder = _unpacked(tmp_path / "all", {name: f"<!doctype html><body>{page}</body>"})
    with pytest.raises(UnknownFormat, match=r"as web pages.*JSON"):
        _parts(folder)
