"""Compares pairs of expressions with Maxima: `a TAB b` a line in, `equal`, `different` or `unknown` a line out.

Maxima computes both sides to 60 digits at real points. They differ where both are real and apart; they are equal when
they agree at four points or more, or when Maxima simplifies the difference to zero.
"""

import random
import re
import subprocess
import sys

HEAD = """display2d:false$ linel:100000$ fpprec:60$ ratprint:false$ algebraic:true$ logexpand:super$ float2bf:true$
:lisp (defun retrieve (msg flag &aux ans) (declare (ignorable msg flag ans)) (merror "asked"))
seen(n,u,v):=block([d,s], if not (bfloatp(u) or numberp(u)) or not (bfloatp(v) or numberp(v)) then return(false),
  s:1+abs(u)+abs(v), if s>1b30 then return(false), d:abs(u-v),
  if d>s*1b-20 then printf(true,"~%@@~d apart~%",n) elseif d<s*1b-40 then printf(true,"~%@@~d near~%",n))$
"""


def maxima(text):
    text = re.sub(r"\bpi\b", "%pi", text)
    text = re.sub(r"\be\b", "%e", text)
    return text.replace("ln(", "log(")


def program(pairs):
    chance = random.Random(11)
    at = [(chance.randint(-320, 320), chance.randint(1, 320)) for _ in range(16)]
    out = [HEAD]
    for n, (a, b) in enumerate(pairs):
        out.append(f"kill(a,b)$ a:{maxima(a)}$ b:{maxima(b)}$")
        for i, (p, q) in enumerate(at):
            x, y = f"{p if i % 2 else abs(p) + 1}/64", f"{q}/64"
            put = f"subst([x={x},y={y}],"
            out.append(f"errcatch(seen({n},rectform(bfloat({put}a))),rectform(bfloat({put}b)))))$")
        out.append(f'errcatch(if is(trigsimp(ratsimp(a-b))=0) then printf(true,"~%@@{n} zero~%"))$')
    return "\n".join(out) + "\nquit()$\n"


def main():
    pairs = [line.rstrip("\n").split("\t") for line in sys.stdin]
    for start in range(0, len(pairs), 25):
        part = pairs[start : start + 25]
        try:
            done = subprocess.run(
                ["maxima", "--very-quiet"], input=program(part), capture_output=True, text=True, timeout=120
            ).stdout
        except subprocess.TimeoutExpired as late:
            done = (late.stdout or b"").decode(errors="replace")
        words = re.findall(r"@@(\d+) (\w+)", done)
        for n in range(len(part)):
            mine = [word for number, word in words if int(number) == n]
            near = mine.count("near")
            if "apart" in mine:
                print("different")
            elif near >= 4 or "zero" in mine:
                print("equal")
            else:
                print("unknown")


if __name__ == "__main__":
    main()
