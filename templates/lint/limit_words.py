"""How instructions say how many: English, German, French, Spanish."""

import re

UNITS = {
    "words": r"words?|Wörtern?|Worte|mots?|palabras?",
    "points": r"bullets?(?: points?)?|points?|items?|Stichpunkten?|Punkten?|puces?|viñetas?|puntos?",
    "rows": r"rows?|Zeilen?|lignes?|filas?",
    "columns": r"columns?|Spalten?|colonnes?|columnas?",
    "options": r"options?|Optionen|opciones",
}


def _ending(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})\s*$", re.IGNORECASE)


def _beginning(words: str) -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{words})\b", re.IGNORECASE)


AT_MOST = _ending(
    r"at most|up to|no more than|not more than|a? ?maximum(?: of)?|max\.?|within|under|fewer than|less than"
    r"|not exceed(?:ing)?|höchstens|maximal|bis zu|nicht mehr als|unter|au plus|au maximum|maximum"
    r"|jusqu['’]à|moins de|pas plus de|como máximo|máximo|hasta|no más de|menos de"
)
AT_LEAST = _ending(
    r"at least|no fewer than|no less than|not fewer than|a? ?minimum(?: of)?|min\.?|more than|over|mindestens"
    r"|wenigstens|mehr als|au moins|plus de|al menos|como mínimo|mínimo|más de"
)
ABOUT = _ending(
    r"about|around|approximately|roughly|some|circa|ca\.?|etwa|ungefähr|rund|environ|à peu près|unos|unas"
    r"|aproximadamente|alrededor de"
)
EXACTLY = _ending(r"exactly|precisely|genau|exactement|exactamente")
# What comes before a number of points, rows or columns that are to be written.
ASKS = _ending(
    r"give|list|write|name|use|produce|make|choose|in|with|as|of these|gib|nenne|schreibe|mit|donnez|citez"
    r"|écrivez|en|avec|dé|enumere|escriba|con"
)
MOST_AFTER = _beginning(
    r"at most|or (?:fewer|less)|max(?:imum|imal)?|höchstens|oder weniger|au (?:plus|maximum)"
    r"|como máximo|o menos"
)
LEAST_AFTER = _beginning(r"at least|or more|minimum|mindestens|oder mehr|au moins|ou plus|como mínimo|o más")
EACH_AFTER = _beginning(
    r"(?:for |in |on )?(?:each|every)|per|an? (?:bullet|point|row|item|paragraph|sentence)|pro|je|jeweils"
    r"|par|chacun\w*|por|cada"
)
EACH_BEFORE = re.compile(
    r"\b(?:each|every|per|sentences? (?:of|with)|paragraphs? (?:of|with)|quot\w*|cite\w*|jede\w*|pro"
    r"|zitier\w*|chaque|par|phrases? de|cada|por)\b",
    re.IGNORECASE,
)
# Rows and points of a document, not of what is to be written.
ELSEWHERE_AFTER = _beginning(
    r"(?:of|in|from|on|above|below) (?:the|its|a|an|page|his|her|their)|that|which|who|where|der|des|im|aus"
    r"|du|de la|des|dans|del|de la"
)
ELSEWHERE_BEFORE = re.compile(
    r"\b(?:the|these|those|first|last|latest|next|other|previous|die|den|letzten|ersten|les|derni\w+|premi\w+|las|los"
    r"|últim\w+|primer\w+)\s+$",
    re.IGNORECASE,
)

_CHOOSE = r"\b(?:choose|select|pick|tick|mark|wähle\w*(?: Sie)?|choisi\w*|cochez|elija|elige|seleccione)"
CHOOSE_SEVERAL = re.compile(
    rf"{_CHOOSE}\s+(?:all|every|each|several|two|three|one or more|one or several|as many|alle|jede\w*"
    r"|mehrere|tou(?:te)?s|plusieurs|tod[oa]s|vari[oa]s)\b",
    re.IGNORECASE,
)
CHOOSE_ONE = re.compile(
    rf"{_CHOOSE}\s+(?:exactly|only|just|genau|nur|une? seule?|un[oa] sol[oa])"
    rf"\s*(?:one|a single|eine?|option|opción)?\b(?! (?:those|what|if|when|or|the ones))"
    rf"|{_CHOOSE}\s+a single\b",
    re.IGNORECASE,
)
