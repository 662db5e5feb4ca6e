"""Proves with SymPy that two expressions differ: `a TAB b` a line in, `different` or `unknown` a line out.

Decimals are read as exact fractions. Constants differ when their difference, taken exactly or to 60 digits, is not zero;
others when they differ at a rational point at which both are finite and real.
"""

import random
import sys

import sympy
from sympy.parsing.sympy_parser import convert_xor, parse_expr, rationalize, standard_transformations

NAMES = {"ln": sympy.log, "e": sympy.E, "pi": sympy.pi, "abs": sympy.Abs, "i": sympy.I}
READ = (*standard_transformations, convert_xor, rationalize)


def apart(a, b):
    a, b = (parse_expr(t, local_dict=NAMES, transformations=READ) for t in (a, b))
    names = sorted(a.free_symbols | b.free_symbols, key=str)
    if not names:
        difference = sympy.N(a - b, 60)
        return bool(difference != 0) and (a - b).equals(0) is not True
    chance = random.Random(11)
    for _ in range(400):
        at = {n: sympy.Rational(chance.randint(-640, 640), 128) for n in names}
        u, v = (sympy.N(w.subs(at), 60) for w in (a, b))
        if u.is_real and v.is_real and u.is_finite and v.is_finite and abs(u - v) > sympy.Rational(1, 10**40):
            return True
    return False


def main():
    for line in sys.stdin:
        a, b = line.rstrip("\n").split("\t")
        try:
            word = "different" if apart(a, b) else "unknown"
        except Exception:  # any failure of the oracle is no proof
            word = "unknown"
        print(word, flush=True)


if __name__ == "__main__":
    main()
