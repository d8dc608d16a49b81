"""Which sentences of the demo's letters promise an outcome."""

import re

PROMISES = re.compile(
    r"guarantee|certainly|be sure that|without any risk|nothing to complain|bound to|promise that|assured"
    r"|no doubt|Nothing can go wrong|for good|We assure|is certain|are certain|have our word|never be lower"
)
