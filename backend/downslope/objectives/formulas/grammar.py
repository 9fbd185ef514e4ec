"""The grammar of formulas, and the sentences that say where an expression leaves it.

Powers bind tighter than signs and group from the right: ``-x^2`` is -(x^2), ``2^3^2`` is 2^9. A number or a
closing bracket may stand before a name, a function or a bracket, for a product: ``2x``, ``3(x+1)``,
``(x+1)(x-1)``, ``2 sin(x)cos(y)``. Not after ``/`` or in an exponent, where it can be read in two ways.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

from lark import Lark, Token, Transformer, UnexpectedInput, v_args
from lark.lexer import Lexer
from lark.parsers.lalr_interactive_parser import InteractiveParser

from downslope.errors import FormulaError
from downslope.objectives.formulas.names import Names, shown
from downslope.objectives.formulas.scanner import Piece, scan
from downslope.objectives.formulas.tree import Node, call

GRAMMAR = r"""
?start: sum

?sum: product
    | sum _PLUS product              -> add
    | sum _MINUS product             -> subtract

?product: signed
    | product _TIMES signed          -> multiply
    | product _DIVIDE divisor        -> divide

?signed: chain
    | _MINUS signed                  -> negate
    | _PLUS signed

?divisor: power
    | _MINUS divisor                 -> negate
    | _PLUS divisor

?chain: power
    | prefix last                    -> multiply
?prefix: number
    | closed
    | prefix closed                  -> multiply
?last: name
    | closed
    | name _POWER exponent           -> power
    | closed _POWER exponent         -> power

?power: atom
    | atom _POWER exponent           -> power
?exponent: power
    | _MINUS exponent                -> negate
    | _PLUS exponent

?atom: number
    | name
    | closed
?closed: _OPEN sum _CLOSE
    | FUNCTION _OPEN _CLOSE           -> function
    | FUNCTION _OPEN arguments _CLOSE -> function
arguments: sum
    | arguments _COMMA sum

number: NUMBER
name: NAME

%declare NUMBER NAME FUNCTION _PLUS _MINUS _TIMES _DIVIDE _POWER _OPEN _CLOSE _COMMA
"""

_OPERATORS = {"_PLUS", "_TIMES", "_DIVIDE", "_POWER"}
_STARTS = {"NUMBER", "NAME", "FUNCTION", "OPEN"}
_PHRASES = {"NUMBER": "a number", "NAME": "a name", "_OPEN": "(", "_CLOSE": ")", "_COMMA": ","}


class _Builder(Transformer[Token, Node]):
    """Turns what the parser reduces into nodes, at once: no parse tree is built or walked."""

    @v_args(inline=True)
    def number(self, token: Token) -> Node:
        return Node("number", str(token), _column(token))

    @v_args(inline=True)
    def name(self, token: Token) -> Node:
        return Node("name", str(token), _column(token))

    @v_args(inline=True)
    def function(self, token: Token, arguments: tuple[Node, ...] = ()) -> Node:
        return call(str(token), _column(token), *arguments)

    def arguments(self, children: list[Any]) -> tuple[Node, ...]:
        *before, last = children
        return (*before[0], last) if before else (last,)

    def __default__(self, data: Any, children: list[Node], meta: Any) -> Node:
        return call(str(data), children[0].column, *children)


def _column(token: Token) -> int:
    assert token.column is not None
    return token.column


class _NoLexer(Lexer):
    """The tokens come from the scanner."""

    def __init__(self, conf: Any) -> None:
        pass

    def lex(self, *_: Any) -> Iterator[Token]:
        return iter(())


@functools.cache
def _parser() -> Lark:
    return Lark(GRAMMAR, parser="lalr", lexer=_NoLexer, transformer=_Builder(), maybe_placeholders=False)


def parse(expression: str, names: Names) -> Node:
    """Return the tree of `expression`, with every name resolved and noted in `names`.

    Raises:
        FormulaError: it does not follow the grammar; says the column, what was expected, and what to write.
    """
    parser = _parser().parse_interactive()
    pieces: list[Piece] = []
    for piece in scan(expression, names):
        pieces.append(piece)
        kind = piece.type if piece.type in ("NUMBER", "NAME", "FUNCTION") else f"_{piece.type}"
        try:
            parser.feed_token(Token(kind, piece.text, column=piece.column))
        except UnexpectedInput as error:
            raise _unexpected(_accepted(parser), pieces) from error
    end = Piece("$END", "", len(expression) + 1)
    try:
        tree: Node = parser.feed_eof()  # type: ignore[no-untyped-call]
    except UnexpectedInput as error:
        raise _unexpected(_accepted(parser), [*pieces, end]) from error
    return tree


def _accepted(parser: InteractiveParser) -> set[str]:
    return set(parser.accepts())  # type: ignore[no-untyped-call]


def _unexpected(accepted: set[str], pieces: list[Piece]) -> FormulaError:
    found = pieces[-1]
    expected = _expected(accepted)
    if found.type in _STARTS and "NUMBER" not in accepted:
        return FormulaError(_missing_operator(pieces), column=found.column, allowed=expected)
    what = f"found {shown(found.text)}" if found.type != "$END" else "the formula ended"
    detail = f"expected {_either(expected)} but {what} at column {found.column}"
    return FormulaError(detail, column=found.column, allowed=expected)


def _missing_operator(pieces: list[Piece]) -> str:
    """Return what to write where two factors stand side by side and no rule makes them a product."""
    left, right = (shown(piece.text) for piece in pieces[-2:])
    place = f"expected an operator but found {right} at column {pieces[-1].column}"
    bound = pieces[-3] if len(pieces) > 2 else None
    if bound and bound.type in ("DIVIDE", "POWER") and "NUMBER" == pieces[-2].type != pieces[-1].type:
        factor = {"OPEN": "(…)", "FUNCTION": f"{right}(…)"}.get(pieces[-1].type, right)
        ways = f"{bound.text}({left}*{factor}) or {bound.text}{left}*{factor}"
        return f"{place}: after {bound.text} this can be read in two ways; write {ways}"
    return f"{place}; write * between {left} and {right} to multiply"


def _expected(accepted: set[str]) -> list[str]:
    if "NUMBER" in accepted:
        words = ["a number", "a name", "("]
        return [*words, *(["-"] if "_MINUS" in accepted else [])]
    words = ["an operator"] if accepted & _OPERATORS else []
    words += [_PHRASES[kind] for kind in ("_COMMA", "_CLOSE", "_OPEN") if kind in accepted]
    return words + (["the end"] if "$END" in accepted else [])


def _either(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
