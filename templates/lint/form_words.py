"""How instructions ask for a table, bullets, running text or a choice: English, German, French, Spanish.

Each expression asks, and does not merely mention: “as a table”, not “the table on page 3”. Whichever of its
alternatives matches, its only group is the place to mark.
"""

import re

from templates.blocks.base import Form

_MAKE = (
    "make|create|draw|draw up|give|add|use|write|provide|include|insert|build|produce|prepare|present|compile"
)
_BEGINS = r"(?:^|(?<=[.;:!?]\s))"

_ENGLISH: dict[Form, str] = {
    "table": r"\b(?:as|in|into) (an? (?:[\w-]+ ){0,2}?table\b)(?! (?:of contents|in|on|from|by|at)\b)"
    r"|\b((?:in|as) (?:table|tabular) form(?:at)?|as tables)\b"
    rf"|\b(?:{_MAKE})\b(?: [\w-]+){{0,3}}? ((?:an?|one|two|three) (?:[\w-]+ ){{0,3}}?tables?\b)"
    r"(?! of contents)"
    r"|\bwith (an? (?:[\w-]+ ){0,2}?table (?:of|showing|listing))\b(?! contents)"
    rf"|{_BEGINS}(an? (?:[\w-]+ ){{0,3}}?table (?:of|with|showing|listing))\b(?! contents)"
    rf"|{_BEGINS}(tabulate)\b|\b(?:use|write) (tables)\b",
    "bullets": r"(?<!the )\b(bullet(?:ed)?[ -](?:points?|lists?)|(?:as|in|use|using|with|one|short) bullets?"
    r"(?![ -](?:point|list))|(?:as|in|into) (?:a |an )?(?:numbered |short )?list(?: form)?)\b"
    r"(?! of (?:the|these|those|what|who|all|which)\b)",
    "list": rf"\b(?:{_MAKE})\b ((?:an?|one) (?:[\w-]+ ){{0,2}}?list)\b",
    "prose": r"\b(?:as|in|write|use|using|give) ((?:an?|one|two|three|four|\d|short|full|some) "
    r"(?:[\w-]+ ){0,2}?paragraphs?)\b(?! (?:of|in|from) (?:the|its|a|an)\b)(?! \d)"
    r"|\b((?:as|in|write|use) (?:continuous |flowing |running |plain |full )?prose"
    r"|(?:continuous|flowing|running) text|paragraph (?:for|per) each)\b",
    "choice": r"\b((?:choose|select|pick|tick) (?:exactly |only |just )?(?:one )?"
    r"(?:of |from )?(?:the |these )?(?:following(?: options)?|options|boxes|box))\b",
}
_GERMAN: dict[Form, str] = {
    "table": r"\b(?:als|in(?: Form)?) ((?:einer? )?(?:\w+ )?Tabelle)\b(?! (?:der|des|auf|im|in)\b)"
    r"|\b(in Tabellenform|tabellarisch\w*)\b"
    r"|\b(?:erstell|mach|schreib|gib|verwend|nutz|zeichn)\w*(?: \w+){0,3}? (eine (?:\w+ )?Tabelle)\b"
    rf"|{_BEGINS}(eine (?:\w+ )?Tabelle (?:mit|von|der))\b",
    "bullets": r"\b(?:als|in|mit) ((?:einer |kurzen )?(?:Stichpunkten?|Stichworten|Spiegelstrichen?|"
    r"Aufzählung(?:spunkten?)?|Liste))\b(?! (?:der|des|auf|im)\b)",
    "list": r"\b(?:erstell|mach|schreib|gib)\w*(?: \w+){0,2}? (eine (?:\w+ )?Liste)\b",
    "prose": r"\b((?:als|im|in) Fließtext|zusammenhängende[mnrs]? Text"
    r"|in (?:einem|zwei|drei)(?: \w+)? Abs[aä]tz(?:en)?)\b(?! (?:der|des)\b)",
    "choice": r"\b(wähle\w*(?: Sie)? (?:genau )?eine der (?:folgenden )?Optionen|kreuze\w*(?: Sie)? an)\b",
}
_FRENCH: dict[Form, str] = {
    "table": r"\b(sous (?:la )?forme d(?:e |['’]un )tableau|(?:en|comme) tableau|dans un (?:\w+ )?tableau"
    r"(?! (?:du|de la|des|en)\b))\b"
    r"|\b(?:faites|faire|dressez|dresser|établissez|créez|donnez|utilisez|insérez)(?: \w+){0,2}? "
    r"(un (?:\w+ )?tableau)\b"
    rf"|{_BEGINS}(un (?:\w+ )?tableau (?:des|de|avec|qui))\b",
    "bullets": r"\b(liste à (?:puces|tirets)|(?:en|avec des|par) puces"
    r"|sous (?:la )?forme d(?:e |['’]une )liste)\b",
    "list": r"\b(?:faites|dressez|établissez|donnez) (une (?:\w+ )?liste)\b",
    "prose": r"\b(texte (?:suivi|continu)|en (?:un|deux|trois) (?:\w+ )?paragraphes?)\b(?! (?:du|de la)\b)",
    "choice": r"\b((?:choisissez|cochez) (?:une (?:des|seule) (?:options|réponses?)|la case))\b",
}
_SPANISH: dict[Form, str] = {
    "table": r"\b((?:en|como|en forma de) (?:una )?tabla)\b(?! (?:del?|en)\b)"
    r"|\b(?:haga|haz|cree|crea|use|usa|elabore|prepare|incluya)(?: \w+){0,2}? (una (?:\w+ )?tabla)\b"
    rf"|{_BEGINS}(una (?:\w+ )?tabla (?:con|de|que))\b",
    "bullets": r"\b((?:con|en) viñetas|lista con (?:viñetas|guiones)|(?:en forma de|como) (?:una )?lista)\b",
    "list": r"\b(?:haga|haz|elabore|prepare|escriba) (una (?:\w+ )?lista)\b",
    "prose": r"\b(texto (?:corrido|continuo|seguido)|en (?:un|dos|tres) párrafos?)\b(?! (?:del?)\b)",
    "choice": r"\b((?:elija|elige|marque|seleccione) una (?:de las|sola) opci(?:ones|ón))\b",
}


NEGATED = re.compile(
    r"\b(?:not|no|never|without|avoid|instead of|rather than|nor|than|nicht|keine?[nmrs]?|ohne|statt|anstelle"
    r"|pas|sans|jamais|aucune?|plutôt que|évite[rz]?|sin|nunca|ning[uú]na?|evite|en lugar de)\b|n['’]t\b",
    re.IGNORECASE,
)
# “The costs listed in a table” speaks of a table that is there.
SHOWN = re.compile(
    r"\w\s+(?:shown|given|listed|stated|printed|found|contained|reported|published|named|mentioned"
    r"|aufgeführt\w*|genannt\w*|figurant|indiqués?|listados?)\s*$",
    re.IGNORECASE,
)
ASKED: dict[str, dict[Form, re.Pattern[str]]] = {
    language: {form: re.compile(expression, re.IGNORECASE) for form, expression in words.items()}
    for language, words in (("en", _ENGLISH), ("de", _GERMAN), ("fr", _FRENCH), ("es", _SPANISH))
}
