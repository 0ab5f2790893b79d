"""A small export of every text format and variant, to be damaged by chance or by the fuzzer."""

import json
from typing import Any

from tests.ingest import (
    test_discord,
    test_discord_package,
    test_eml,
    test_google_chat,
    test_imessage,
    test_line,
    test_messenger,
    test_meta_posts,
    test_signal,
    test_slack,
)

Files = dict[str, str]

WHATSAPP = (
    "03/11/2024, 21:06 - Messages and calls are end-to-end encrypted.\n"
    "03/11/2024, 21:07 - Ana: hi\n03/11/2024, 21:07 - ~\u202fBen: <Media omitted>\nlook\n"
    "03/11/2024, 21:07 - Ana left\n03/11/2024, 21:07 - +351 900 000 000: POLL:\nroof?\n"
    "OPTION: yes (1 vote)\n03/11/2024, 21:08 - Ana: ok <This message was edited>\n"
)
WHATSAPP_IOS = (
    "[11/3/24, 9:07:45\u202fPM] Roof: \u200eMessages and calls are end-to-end encrypted.\n"
    "[11/3/24, 9:07:45\u202fPM] Ana: \u200eimage omitted\n"
    "\u200e[11/13/24, 9:07:45\u202fPM] Bo: \u200e<attached: 00000012-PHOTO-2024.jpg>\nhi\n"
    "[2024/11/14 下午9:07:45] Bo: 好\n"
)
_TELEGRAM_MESSAGE: dict[str, Any] = {
    "id": 7,
    "type": "message",
    "date": "2024-11-03T21:07:45",
    "date_unixtime": "1730668065",
    "from": "Ana",
    "from_id": "user1",
    "reply_to_message_id": 6,
    "text": ["see ", {"type": "link", "text": "ex.org"}],
    "poll": {"question": "where?"},
}
_TELEGRAM_CHAT: dict[str, Any] = {
    "name": "Ana",
    "type": "personal_chat",
    "id": 1,
    "messages": [
        {**_TELEGRAM_MESSAGE, "id": 5, "type": "service", "actor": "Ana", "action": "phone_call"},
        _TELEGRAM_MESSAGE,
        {**_TELEGRAM_MESSAGE, "id": 8, "media_type": "sticker", "sticker_emoji": "👍"},
    ],
}
TELEGRAM: dict[str, Any] = {
    "personal_information": {"user_id": 1, "first_name": "Ana"},
    "chats": {"list": [_TELEGRAM_CHAT]},
}
MAIL = (
    "From 1@x Sun Nov 03 21:07:45 +0000 2024\nFrom: =?utf-8?q?Jos=C3=A9?= <j@x.org>\n"
    "Subject: Re: roof\nDate: Sun, 3 Nov 2024 22:07:45 +0100\nMessage-ID: <m2@x.org>\n"
    "In-Reply-To: <m1@x.org>\nX-Gmail-Labels: Sent,Chat\nContent-Type: multipart/mixed; "
    "boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n"
    "Content-Transfer-Encoding: quoted-printable\n\ncaf=C3=A9\n\nOn Sun, Ben wrote:\n> roof?\n"
    "-- \nAna\n--b\nContent-Type: text/html\n\n<p>a&amp;b<blockquote>c</blockquote>\n--b\n"
    'Content-Type: image/png; name="a.png"\nContent-Disposition: attachment\n\nx\n--b--\n\n'
    "From - Sun Nov  3 21:07:45 2024\nFrom: b@x.org\n\n>From here\n"
)
_X_ACCOUNT = 'window.YTD.account.part0 = [ {"account": {"accountId": "42", "username": "ana"}} ]'
_X_POST: dict[str, Any] = {
    "id_str": "7",
    "full_text": "a &amp; b https://t.co/a",
    "created_at": "Sun Nov 03 21:07:45 +0000 2024",
    "entities": {"urls": [{"url": "https://t.co/a", "expanded_url": "https://x.org"}]},
    "extended_entities": {"media": [{"type": "photo", "url": "https://t.co/b"}]},
}
_X_TALK = {
    "conversationId": "42-77",
    "messages": [
        {
            "messageCreate": {
                "id": "1",
                "senderId": "42",
                "text": "hi &lt;3",
                "createdAt": "2024-11-03T21:07:45.000Z",
                "mediaUrls": ["https://x"],
            }
        },
        {"participantsLeave": {"userIds": ["3"], "createdAt": "2024-11-03T21:07:45.000Z"}},
    ],
}
_X_NOTE = {
    "noteTweetId": "9",
    "createdAt": "2024-11-03T21:07:45.000Z",
    "core": {"text": "long", "urls": [{"shortUrl": "https://t.co/a", "expandedUrl": "x.org"}]},
}


def _x(name: str, value: Any) -> str:
    return f"window.YTD.{name}.part0 = {json.dumps([value])}"


_CHATGPT: list[dict[str, Any]] = [
    {
        "id": "c1",
        "title": "Roof",
        "current_node": "2",
        "mapping": {
            "0": {"id": "0", "parent": None, "children": ["1", "3"], "message": None},
            "1": {
                "id": "1",
                "parent": "0",
                "children": ["2"],
                "message": {
                    "id": "1",
                    "author": {"role": "user"},
                    "create_time": 1730668065.5,
                    "content": {"content_type": "multimodal_text", "parts": ["hi", {"x": 1}]},
                },
            },
            "2": {
                "id": "2",
                "parent": "1",
                "children": [],
                "message": {
                    "author": {"role": "assistant"},
                    "create_time": None,
                    "weight": 1,
                    "content": {"content_type": "text", "parts": ["ho"]},
                },
            },
            "3": {"id": "3", "parent": "0", "children": [], "message": {"author": None}},
        },
    }
]
_LINKEDIN = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,"
    "SUBJECT,CONTENT,FOLDER,ATTACHMENTS\r\n"
    'c1,,Ana Reis,https://l.example/ana,Ben,https://l.example/ben,2024-11-03 21:07:45 UTC,,"<p>hi'
    '</p>\r\nyou, ""you""",INBOX,\r\n'
    "c1,,Ana Reis,,Ben;Zoë,,soon,roof,,SPAM,https://x/a\r\n"
)
_RSS = (
    "<?xml version='1.0'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/"
    "content/' xmlns:wp='http://wordpress.org/export/1.2/' xmlns:dc='http://purl.org/dc/elements/"
    "1.1/'><channel><item><title>T</title><guid>g</guid><dc:creator>ana</dc:creator>"
    "<pubDate>Sun, 03 Nov 2024 21:07:45 +0000</pubDate><wp:post_type>post</wp:post_type>"
    "<content:encoded><![CDATA[<p>a</p><blockquote>b</blockquote>]]></content:encoded>"
    "<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_content>c &amp; d"
    "</wp:comment_content></wp:comment></item></channel></rss>"
)
_ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id><title>T</title><published>"
    "2024-11-03T21:07:45Z</published><author><name>ana</name></author><category "
    "term='http://schemas.google.com/blogger/2008/kind#post'/><content type='xhtml'><div>a</div>"
    "</content></entry></feed>"
)
_PAGE = (
    "<!doctype html><html><head><title>Rain</title><meta charset=utf-8></head><body><h1>Rain</h1>"
    "<p>It <b>rains</b> &amp; pours.<br>Still.<blockquote>as Ben said</blockquote><h2>Why?</h2>"
    "<ul><li>one<li>two</ul><pre>a\n  b</pre><script>x</script></body></html>"
)
_MARKDOWN = (
    "---\ndate: 2026-05-03\n---\n# T\n\n## Who?\n\nme\n\n```\nx\n```\n> y\n\n## Why?\nQ: a?\nA: b\n"
)
_TABLE = "conversation,author,time,text,id,reply_to\nBen,Ana,2024-11-03T21:07Z,hi,1,\nBen,,,,,x\n"
_LINES = '{"text":"hi","author":"Ana","time":"1730668065"}\n{"text":"ho","author":"","x":1}\n'
_BLOCK = "Nov 03, 2024  9:08:00 PM\nAna\nok\nEdited 1 minute later: k\n"

SEEDS: dict[str, list[Files]] = {
    "whatsapp": [{"_chat.txt": WHATSAPP}, {"_chat.txt": WHATSAPP_IOS}],
    "telegram": [
        {"result.json": json.dumps(TELEGRAM)},
        {"result.json": json.dumps(_TELEGRAM_CHAT)},
    ],
    "discord": [
        {"beans.json": json.dumps(test_discord.discord_export(test_discord.discord_message()))}
    ],
    "discord-package": [
        test_discord_package.discord_package(),
        test_discord_package.discord_package("Compte", "", older=True),
    ],
    "slack": [test_slack.slack_export(test_slack.slack_message(), test_slack.slack_message("1.2"))],
    "messenger": [
        test_messenger.messenger_export(
            test_messenger.thread(test_messenger.said(), test_messenger.said(1))
        ),
        test_messenger.encrypted_export(
            {"senderName": "Zoë", "timestamp": 1, "text": "é", "media": [{"uri": "a"}]}
        ),
    ],
    "meta-posts": [
        test_meta_posts.meta_file("posts_1.json", test_meta_posts.facebook_post()),
        test_meta_posts.meta_file("posts_1.json", test_meta_posts.instagram_post("sea")),
        test_meta_posts.meta_file("post_comments_1.json", test_meta_posts.instagram_comment()),
        test_meta_posts.meta_file(
            "comments.json", test_meta_posts.facebook_comment(), key="comments_v2"
        ),
    ],
    "imessage": [{"Ana.txt": test_imessage.CHAT + _BLOCK}],
    "signal": [
        {"Ana/chat.md": test_signal.CHAT},
        {"Ana/data.json": test_signal.data(test_signal.said(), test_signal.said(sender="Me"))},
    ],
    "line": [{"[LINE] Ben.txt": test_line.CHAT}],
    "google-chat": [test_google_chat.google_export(test_google_chat.said())],
    "mbox": [{"All mail.mbox": MAIL}],
    "eml": [{"1.eml": test_eml.FIRST, "M/cur/2:2,S": test_eml.ANSWER}],
    "x": [
        {"data/account.js": _X_ACCOUNT, "data/tweets.js": _x("tweets", {"tweet": _X_POST})},
        {
            "data/account.js": _X_ACCOUNT,
            "data/direct-messages.js": _x("direct_messages", {"dmConversation": _X_TALK}),
        },
        {"data/note-tweet.js": _x("note_tweet", {"noteTweet": _X_NOTE})},
    ],
    "chatgpt": [{"conversations.json": json.dumps(_CHATGPT)}],
    "linkedin": [{"messages.csv": _LINKEDIN}],
    "blog": [{"a.xml": _RSS}, {"a.xml": _ATOM}],
    "csv": [{"a.csv": _TABLE}],
    "jsonl": [{"a.jsonl": _LINES}],
    "html": [{"a.html": _PAGE}],
    "markdown": [{"a.md": _MARKDOWN}],
    "text": [{"a.txt": "It rains in Porto.\nStill.\n\nDate: 2024-11-03\n\nAnd on.\n"}],
}
"""Exports by the format that reads them; of some formats several variants."""
