"""Messages to the user, in the user's language."""

from genplan.messages.catalogue import catalogue, localized
from genplan.messages.language import LANGUAGES, current_language, supported, system_language, use_language
from genplan.messages.message import InScripts, Message, a_few, from_data, listing, msg, placeholders, plain, plural, to_data, translated
from genplan.messages.system import reason

__all__ = [
    "LANGUAGES",
    "InScripts",
    "Message",
    "a_few",
    "catalogue",
    "current_language",
    "from_data",
    "listing",
    "localized",
    "msg",
    "placeholders",
    "plain",
    "plural",
    "reason",
    "supported",
    "system_language",
    "to_data",
    "translated",
    "use_language",
]
