"""Every write of messaging, one function for each act."""

from kith.messaging.commands.forgetting import (
    forget_messages_of_matches,
    forget_old_messages,
    let_go_of_person,
)
from kith.messaging.commands.reporting import (
    AlreadyAnswered,
    AlreadyShown,
    AnswerNeeded,
    YourOwnMessage,
    answer_report,
    show_message,
)
from kith.messaging.commands.sending import (
    MessageEmpty,
    MessageTooLong,
    ThreadClosed,
    look,
    send_file,
    send_message,
)
from kith.messaging.commands.wording import (
    WordMissing,
    WordsFull,
    add_word,
    change_word,
    remove_word,
)

__all__ = [
    "AlreadyAnswered",
    "AlreadyShown",
    "AnswerNeeded",
    "MessageEmpty",
    "MessageTooLong",
    "ThreadClosed",
    "WordMissing",
    "WordsFull",
    "YourOwnMessage",
    "add_word",
    "answer_report",
    "change_word",
    "forget_messages_of_matches",
    "forget_old_messages",
    "let_go_of_person",
    "look",
    "remove_word",
    "send_file",
    "send_message",
    "show_message",
]
