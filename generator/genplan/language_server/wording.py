"""In which words a plan is written."""

from genplan.language_server.tree import KeyNode, Tree, spots
from genplan.messages import current_language
from genplan.plan.key_wording import TRADITIONAL_FORMS, KeyWording
from genplan.plan.keys import KEYS


def wording_of(tree: Tree | None) -> KeyWording:
    """Find the words that most keys are written in; where there are none, those of the language of messages."""
    keys = [spot.what.key for spot in spots(tree) if isinstance(spot.what, KeyNode) and spot.what.colon]
    known = [key for key in keys if KEYS(key) != key or key.isascii()]
    if not known:
        language = current_language()
        return KeyWording(language.startswith("zh"), language == "zh-TW")
    chinese = sum(not key.isascii() for key in known) * 2 > len(known)
    return KeyWording(chinese, traditional=chinese and any(key in TRADITIONAL_FORMS for key in known))
