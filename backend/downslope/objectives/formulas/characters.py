"""Characters beyond ASCII: those that are read as what they mean, and what to say about all others."""

from __future__ import annotations

import unicodedata

from downslope.objectives.formulas.names import GREEK

# What an input method or a word processor writes in place of an operator.
_OPERATORS = {
    "·": "*", "×": "*", "∙": "*", "⋅": "*", "∗": "*", "＊": "*", "÷": "/", "／": "/",
    "−": "-", "–": "-", "－": "-", "＋": "+", "＾": "^", "（": "(", "）": ")", "，": ",",
}  # fmt: skip
_GREEK_LETTERS = "αβγδεζηθικλμνξρστυφχψω"
# Omicron has no name of its own, it looks like o; final sigma ends words only.
_LETTERS = {
    **dict(zip(_GREEK_LETTERS, GREEK, strict=True)),
    "π": "pi", "ϵ": "epsilon", "ϑ": "theta", "ϕ": "phi",
}  # fmt: skip
SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-", strict=True))
_SPACES = "\u00a0\u2002\u2003\u2009\u202f\u3000"

READ_AS = {
    **_OPERATORS,
    **{letter: f" {name} " for letter, name in _LETTERS.items()},
    **dict.fromkeys(_SPACES, " "),
}

_LOOK_ALIKES = dict(
    zip(
        "асеорхуіјѕԁһАВСЕНІЈКМОРЅТХΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
        "aceopxyijsdhABCEHIJKMOPSTXABEZHIKMNOPTYXo",
        strict=True,
    )
)
_HINTS = {
    "=": "write only what stands right of it",
    "[": "write ( for a bracket",
    "]": "write ) for a bracket",
    "{": "write ( for a bracket",
    "}": "write ) for a bracket",
    "|": "write abs(x) for an absolute value",
    ".": "a number may have one decimal point, such as 0.5, and names have no parts",
    ";": "write , between arguments",
    "%": "write /100 for per cent",
    "!": "write the product out, there is no factorial",
    "\\": "write the name alone, such as sqrt(x)",
    "√": "write sqrt(x)",
    "∞": "every number must be finite",
    "∑": "write the sum out",
    "<": "write min, max, relu or abs for what depends on a comparison",
    ">": "write min, max, relu or abs for what depends on a comparison",
    "_": "a name begins with a letter",
    "∂": "type the function, its gradient is worked out",
    "；": "write , between arguments",
    "、": "write , between arguments",
    "。": "write . for a decimal point",
}


def described(character: str) -> str:
    """Return a character as a message can show it: its code point where it would not be seen by itself."""
    if unicodedata.category(character)[0] in "CZM":
        return f"U+{ord(character):04X} ({unicodedata.name(character, 'a control character').lower()})"
    return character


def hint(character: str) -> str:
    """Return why a character is not read and what to write instead."""
    if character in _HINTS:
        return _HINTS[character]
    if character in _LOOK_ALIKES:
        latin = _LOOK_ALIKES[character]
        name = unicodedata.name(character).lower()
        return f"it is {name} and only looks like {latin}; type the letter {latin}"
    plain = unicodedata.normalize("NFKC", character)
    if plain != character and len(plain) == 1 and plain.isascii() and plain.isprintable():
        return f"it is {unicodedata.name(character).lower()}; type {plain} with a plain keyboard layout"
    return "use letters a to z, digits, + - * / ^ ( ) and the comma"
