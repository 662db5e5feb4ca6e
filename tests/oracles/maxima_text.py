"""Maxima's one-line output to the text that a learner would type, so that Trellis can read it."""

import re
from decimal import Decimal

TOKEN = re.compile(
    r'\s*(?:(\d+\.?\d*(?:[eEbB][-+]?\d+)?|\.\d+(?:[eEbB][-+]?\d+)?)|("(?:[^"\\]|\\.)*")'
    r"|([%A-Za-z_α-ωΑ-Ω][%A-Za-z_0-9α-ωΑ-Ω]*)|(#pm#|\+-|>=|<=|\*\*|[-+*/^=<>#()\[\]{},!.']))"
)
FUNCTIONS = {
    "sin": "sin", "cos": "cos", "tan": "tan", "cot": "cot", "sec": "sec", "csc": "csc", "cosec": "csc",
    "asin": "arcsin", "acos": "arccos", "atan": "arctan", "acot": "arccot", "asec": "arcsec", "acsc": "arccsc",
    "arcsin": "arcsin", "arccos": "arccos", "arctan": "arctan", "sinh": "sinh", "cosh": "cosh", "tanh": "tanh",
    "coth": "coth", "sech": "sech", "csch": "csch", "asinh": "arsinh", "acosh": "arcosh", "atanh": "artanh",
    "exp": "exp", "log": "ln", "ln": "ln", "sqrt": "sqrt", "abs": "abs", "floor": "floor", "ceiling": "ceil",
    "signum": "sign", "min": "min", "max": "max", "gcd": "gcd", "lcm": "lcm", "factorial": "factorial",
}
CONSTANTS = {"%pi": "pi", "pi": "pi", "%e": "e", "e": "e", "inf": "inf", "%i": "i"}
UNREADABLE = {"infinity", "und", "ind", "unknown", "nil"}


class NotWritten(Exception):
    """What Trellis has no text for."""


class Reader:
    def __init__(self, text):
        self.tokens, at = [], 0
        text = text.strip()
        while at < len(text):
            found = TOKEN.match(text, at)
            if not found:
                raise NotWritten("sign " + text[at])
            number, string, name, sign = found.groups()
            kind = "n" if number else "s" if string else "w" if name else "o"
            self.tokens.append((kind, number or string or name or sign))
            at = found.end()
        self.next = 0

    def peek(self):
        return self.tokens[self.next] if self.next < len(self.tokens) else ("", "")

    def take(self, *signs):
        kind, text = self.peek()
        if kind in "ow" and text in signs:
            self.next += 1
            return text
        return None

    def need(self, sign):
        if not self.take(sign):
            raise NotWritten("missing " + sign)

    def whole(self):
        tree = self.logic()
        if self.next < len(self.tokens):
            raise NotWritten("left over " + self.peek()[1])
        return tree

    def logic(self):
        parts = [self.both()]
        while self.take("or", "nounor"):
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else ("or", parts)

    def both(self):
        parts = [self.relation()]
        while self.take("and", "nounand"):
            parts.append(self.relation())
        return parts[0] if len(parts) == 1 else ("and", parts)

    def relation(self):
        if self.take("not", "nounnot"):
            raise NotWritten("not")
        terms, signs = [self.sum()], []
        while sign := self.take("=", "<", ">", "<=", ">=", "#"):
            signs.append("!=" if sign == "#" else sign)
            terms.append(self.sum())
        return terms[0] if not signs else ("rel", terms, signs)

    def sum(self):
        if sign := self.take("+-", "#pm#"):
            tree = ("pm", None, self.product())
        elif self.take("-"):
            tree = ("add", [("neg", self.product())])
        else:
            self.take("+")
            tree = ("add", [self.product()])
        while sign := self.take("+", "-", "+-", "#pm#"):
            right = self.product()
            if sign in ("+", "-"):
                term = right if sign == "+" else ("neg", right)
                if tree[0] == "add":
                    tree[1].append(term)
                else:
                    tree = ("add", [tree, term])
            else:
                tree = ("pm", tree, right)
        return tree[1][0] if tree[0] == "add" and len(tree[1]) == 1 else tree

    def product(self):
        tree = self.power()
        while sign := self.take("*", "/", "."):
            if sign == ".":
                raise NotWritten("dot product")
            right = self.power()
            if sign == "/":
                tree = ("div", tree, right)
            elif tree[0] == "mul":
                tree[1].append(right)
            else:
                tree = ("mul", [tree, right])
        return tree

    def power(self):
        if self.take("-"):
            return ("neg", self.power())
        self.take("+")
        base = self.postfix()
        if self.take("^", "**"):
            return ("pow", base, self.power())
        return base

    def postfix(self):
        tree = self.primary()
        while True:
            if self.take("!"):
                tree = ("call", "factorial", [tree])
            elif tree[0] == "name" and self.take("["):
                index = self.list("]")
                tree = ("name", tree[1] + "".join(re.sub(r"\W", "", write(i)) for i in index))
            else:
                return tree

    def list(self, close):
        out = []
        if self.take(close):
            return out
        while True:
            out.append(self.logic())
            if self.take(close):
                return out
            self.need(",")

    def primary(self):
        kind, text = self.peek()
        self.next += 1
        if kind == "n":
            return ("num", text)
        if kind == "s":
            return ("str", text[1:-1])
        if kind == "w":
            if self.take("("):
                return ("call", text, self.list(")"))
            return ("name", text)
        if text == "(":
            inner = self.list(")")
            if len(inner) != 1:
                raise NotWritten("sequence")
            return ("group", inner[0])
        if text == "[":
            return ("list", self.list("]"))
        if text == "{":
            return ("set", self.list("}"))
        raise NotWritten("sign " + (text or "end"))


def bare(tree):
    while tree[0] == "group":
        tree = tree[1]
    return tree


def kind(text):
    """What sort of thing it is: expression, equation, inequality, list, set, matrix, logic, boolean, string."""
    tree = bare(Reader(text).whole())
    if tree[0] == "rel":
        return "equation" if set(tree[2]) == {"="} else "inequality"
    if tree[0] in ("list", "set"):
        return tree[0]
    if tree[0] == "call" and tree[1] in ("matrix", "ntuple", "set"):
        return "list" if tree[1] == "ntuple" else tree[1]
    if tree[0] in ("and", "or"):
        return "logic"
    if tree[0] == "str":
        return "string"
    if tree[0] == "name" and tree[1] in ("true", "false", "all", "none"):
        return "boolean"
    return "expression"


def parts(text):
    """The entries of a list, set or matrix row by row, each as typed."""
    tree = bare(Reader(text).whole())
    if tree[0] in ("list", "set"):
        return [write(t) for t in tree[1]]
    return [write(cell) for row in tree[2] for cell in (bare(row)[1] if bare(row)[0] == "list" else [row])]


def shape(text):
    tree = bare(Reader(text).whole())
    return [len(bare(row)[1]) for row in tree[2]] if tree[0] == "call" and tree[1] == "matrix" else None


def name(word):
    if word in CONSTANTS:
        return CONSTANTS[word]
    if word == "minf":
        return "(-inf)"
    if word in UNREADABLE or word.startswith("%"):
        raise NotWritten("name " + word)
    if len(word) == 1 and word != "i":
        return word
    return "v_{" + re.sub(r"[^A-Za-z0-9α-ω]", "u", word) + "}"


def number(text):
    return re.sub(r"[bB]", "e", text).rstrip(".") if "e" not in text.lower() else re.sub("[bBE]", "e", text)


def call(function, arguments):
    if function in ("displaydp", "dispdp"):
        value, places = (Decimal(write(a).strip("()")) for a in arguments)
        return format(value, f".{int(places)}f")
    if function == "displaysf":
        value, figures = (Decimal(write(a).strip("()")) for a in arguments)
        places = int(figures) - 1 - value.adjusted()
        return format(value, f".{max(places, 0)}f")
    if function == "displaysci":
        return f"{write(arguments[0])}e{write(arguments[2])}"
    if function == "lg":
        return f"log({write(arguments[0])}, {write(arguments[1]) if len(arguments) > 1 else '10'})"
    if function == "root":
        degree = write(arguments[1]) if len(arguments) > 1 else "2"
        return f"({write(arguments[0])})^(1/({degree}))"
    if function == "atan2" or function not in FUNCTIONS:
        raise NotWritten("function " + function)
    return f"{FUNCTIONS[function]}({', '.join(write(a) for a in arguments)})"


def tight(tree):
    """In brackets unless it is one piece."""
    text = write(tree)
    whole = tree[0] in ("num", "name", "call", "group", "list", "set")
    return text if whole and "/" not in text[:1] and (tree[0] != "num" or "e" not in text) else f"({text})"


def write(tree):
    """The text of a tree, with every bracket that keeps its shape."""
    head = tree[0]
    if head == "num":
        return number(tree[1])
    if head == "name":
        return name(tree[1])
    if head == "str":
        raise NotWritten("string")
    if head == "group":
        return f"({write(tree[1])})"
    if head == "neg":
        return "-" + (write(tree[1]) if tree[1][0] in ("mul", "div", "pow") else tight(tree[1]))
    if head == "add":
        out = ""
        for i, term in enumerate(tree[1]):
            if term[0] == "neg":
                out += (" - " if i else "-") + (
                    write(term[1]) if term[1][0] in ("mul", "div", "pow") else tight(term[1])
                )
            else:
                out += (" + " if i else "") + (
                    write(term) if term[0] in ("mul", "div", "pow", "num") else tight(term)
                )
        return out
    if head == "mul":
        return "*".join(write(f) if f[0] == "pow" else tight(f) for f in tree[1])
    if head == "div":
        top = write(tree[1]) if tree[1][0] in ("pow", "mul", "div") else tight(tree[1])
        return top + "/" + (write(tree[2]) if tree[2][0] == "pow" else tight(tree[2]))
    if head == "pow":
        return tight(tree[1]) + "^" + tight(tree[2])
    if head == "call":
        return call(tree[1], tree[2])
    if head == "rel":
        out = write(tree[1][0])
        for sign, term in zip(tree[2], tree[1][1:]):
            out += f" {sign} {write(term)}"
        return out
    if head in ("and", "or"):
        return f" {head} ".join(write(p) for p in tree[1])
    if head == "pm":
        return (tight(tree[1]) if tree[1] else "") + " ± " + tight(tree[2])
    if head == "set":
        return "{" + ", ".join(write(p) for p in tree[1]) + "}"
    if head == "list":
        return "(" + ", ".join(write(p) for p in tree[1]) + ")"
    raise NotWritten(head)


def typed(text):
    """Maxima's output as typed text; raises NotWritten with the reason."""
    return write(Reader(text).whole())
