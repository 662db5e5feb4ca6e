"""Compares pairs of expressions with SymPy: `a TAB b` a line in, `equal`, `different` or `unknown` a line out.

Different: at a real point where both are real they are apart. Equal: SymPy simplifies the difference to zero, or they
agree to 40 digits at every point where both are real, at four points or more.
"""

import random
import signal
import sys

import mpmath
import sympy

NAMES = {"ln": sympy.log, "e": sympy.E, "pi": sympy.pi, "abs": sympy.Abs, "x": sympy.Symbol("x", real=True), "y": sympy.Symbol("y", real=True)}


class TooLong(Exception):
    """The time is over."""


def late(*_):
    raise TooLong


def points(names, count):
    chance = random.Random(7)
    for _ in range(count):
        yield {n: sympy.Rational(chance.randint(-320, 320), 64) for n in names}


def compared(a, b):
    a, b = (sympy.sympify(t.replace("^", "**"), locals=NAMES) for t in (a, b))
    names = sorted(a.free_symbols | b.free_symbols, key=str)
    both = sympy.lambdify(names, [a, b], "mpmath")
    agreed = 0
    for at in points(names, 40 if names else 1):
        try:
            u, v = (mpmath.mpmathify(w) for w in both(*(mpmath.mpf(w.p) / w.q for w in at.values())))
        except (ZeroDivisionError, ValueError, OverflowError, TypeError):
            continue
        size = 1 + abs(u) + abs(v)
        if not mpmath.isfinite(size) or size > mpmath.mpf(10) ** 30:
            continue
        if max(abs(mpmath.im(u)), abs(mpmath.im(v))) > size * mpmath.mpf(10) ** -50:
            continue
        if abs(u - v) > size * mpmath.mpf(10) ** -20:
            return "different"
        agreed += abs(u - v) < size * mpmath.mpf(10) ** -40
    if sympy.simplify(a - b) == 0 or agreed >= (4 if names else 1):
        return "equal"
    return "unknown"


def main():
    mpmath.mp.dps = 80
    signal.signal(signal.SIGALRM, late)
    for line in sys.stdin:
        a, b = line.rstrip("\n").split("\t")
        word = "unknown"
        signal.setitimer(signal.ITIMER_REAL, 4)
        try:
            word = compared(a, b)
        except TooLong:
            pass
        except Exception:  # any failure of the oracle is no answer
            pass
        signal.setitimer(signal.ITIMER_REAL, 0)
        print(word, flush=True)


if __name__ == "__main__":
    main()
