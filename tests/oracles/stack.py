"""Reads STACK questions (Moodle XML), lets Maxima draw their variables and work out their own tests, and prints each
test as one line of JSON with everything as a learner would type it. Judging is left to Trellis.

Usage: stack.py FOLDER_OR_FILE... [--most N] [--seed-count N]; needs `maxima` on the path.
"""

import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import maxima_text  # noqa: E402

MARK = "@@"
PRELUDE = r"""
display2d:false$ linel:100000$ ratprint:false$ stringdisp:false$ logexpand:true$ keepfloat:true$
ttyoff:false$ opsubst:false$
:lisp (defun retrieve (msg flag &aux ans) (declare (ignorable msg flag ans)) (merror "asked"))
rand(n):=block([simp:true],if listp(n) then n[random(length(n))+1] else random(n))$
rand_with_step(a,b,s):=block([simp:true],a+s*random(floor((b-a)/s)+1))$
rand_range([a]):=block([simp:true],if length(a)=1 then random(a[1]+1) elseif length(a)=2 then a[1]+random(a[2]-a[1]+1) else rand_with_step(a[1],a[2],a[3]))$
rand_with_prohib(a,b,p):=block([simp:true,x,n:0],x:a+random(b-a+1),while member(x,p) and n<1000 do (x:a+random(b-a+1),n:n+1),x)$
rand_selection(l,n):=block([simp:true,k:copylist(l),out:[],x],for q:1 thru n do (x:rand(k),out:append(out,[x]),k:delete(x,k,1)),out)$
rand_selection_with_replacement(l,n):=block([simp:true],makelist(rand(l),q,1,n))$
simplify(ex):=block([simp:true],fullratsimp(ex))$
int([a]):=apply('integrate,a)$
dispsf(x,n):=displaysf(significantfigures(x,n),n)$
decimalplaces(x,n):=ev(float(round(10^n*float(x))/10^n),simp)$
significantfigures(x,n):=block([simp:true,e],if x=0 then 0 else (e:floor(log(abs(float(x)))/log(10.0)),decimalplaces(x,n-1-e)))$
dispdp(x,n):=displaydp(decimalplaces(x,n),n)$
remove_displaydp(x):=ev(x,displaydp=lambda([a,b],a))$
maxima_version_less(a,b):=false$
comp_square(ex,v):=block([simp:true,c,b,a],ex:expand(ex),a:coeff(ex,v,2),b:coeff(ex,v,1),c:coeff(ex,v,0),a*(v+b/(2*a))^2+ratsimp(c-b^2/(4*a)))$
coeff_list(ex,v):=block([simp:true],ex:expand(ex),makelist(coeff(ex,v,k),k,0,hipow(ex,v)))$
stack_reset_vars(x):=true$
zip_with(f,a,b):=block([simp:true],map(f,a,b))$
cdf_dummy(x):=x$
setequalp_stack(a,b):=is(a=b)$
"""
TYPED = ("algebraic", "numerical", "matrix", "varmatrix", "units", "singlechar", "textarea", "equiv")
RAW = ("NumDecPlaces", "NumSigFigs")


def text(node, path, default=""):
    found = node.find(path)
    return default if found is None or found.text is None else found.text


def tidied(code):
    """Statements without comments, each ended: authors may leave out the semicolon at the end of a line."""
    code = re.sub(r"/\*.*?\*/", " ", code, flags=re.S).strip()
    lines = code.split("\n")
    for i, line in enumerate(lines[:-1]):
        depth = sum(line.count(c) for c in "([{") - sum(line.count(c) for c in ")]}")
        following = next((n for n in lines[i + 1 :] if n.strip()), "")
        begins = re.match(r"\s*[A-Za-z_]\w*(\([^()]*\)|\[[^\[\]]*\])?\s*:", following)
        if line.strip() and depth == 0 and begins and not line.rstrip().endswith((";", "$", ",", "+", "*", "(", ":", "=")):
            lines[i] = line + ";"
    code = "\n".join(lines)
    return code if not code or code.endswith((";", "$")) else code + ";"


def nodes_of(prt):
    for node in prt.iter("node"):
        yield {
            "name": text(node, "name"),
            "test": text(node, "answertest"),
            "options": text(node, "testoptions").strip(),
            "sans": text(node, "sans").strip(),
            "tans": text(node, "tans").strip(),
            **{
                side: {
                    "next": text(node, side + "nextnode", "-1"),
                    "mode": text(node, side + "scoremode", "="),
                    "score": text(node, side + "score", "0"),
                    "note": text(node, side + "answernote").strip(),
                }
                for side in ("true", "false")
            },
        }


def script_of(question, seed):
    """The Maxima program of one question and what is to be judged."""
    simp = "true" if text(question, "questionsimplify", "1") == "1" else "false"
    out = [PRELUDE, f"set_random_state(make_random_state({seed}))$"]
    if text(question, "assumepositive") == "1":
        out.append("assume_pos:true$")
    out.append(f"simp:{simp}$")
    out.append(tidied(text(question, "questionvariables/text")))
    inputs = [text(i, "name") for i in question.iter("input")]
    kinds = {text(i, "name"): text(i, "type") for i in question.iter("input")}
    tests, plans = list(question.iter("qtest")), []
    for number, test in enumerate(tests):
        values = {text(t, "name"): text(t, "value").strip() for t in test.iter("testinput")}
        for name, value in values.items():
            if value and name in inputs:
                out.append("simp:false$")
                out.append(f"kill({name})$")
                # `ev` binds to the question's variables; the answer itself is not simplified.
                out.append(f"stack_in_{name}:({value})$")
                out.append(f'printf(true,"~%{MARK}I|{number}|{name}|~a~%",string(stack_in_{name}))$')
        for prt in question.iter("prt"):
            asked = " ".join(text(n, side) for n in prt.iter("node") for side in ("sans", "tans"))
            asked += text(prt, "feedbackvariables/text")
            if any(re.search(rf"\b{re.escape(i)}\b", asked) and kinds[i] not in TYPED for i in inputs):
                continue
            expected = next((e for e in test.iter("expected") if text(e, "name") == text(prt, "name")), None)
            if expected is None or text(expected, "expectedanswernote").strip() in ("", "NULL"):
                continue
            where = f"{number}|{text(prt, 'name')}"
            nodes = list(nodes_of(prt))
            out.append("simp:false$")
            for name in values:
                if name in inputs:
                    out.append(f"{name}:stack_in_{name}$")
            out.append("simp:" + ("true" if text(prt, "autosimplify", "1") == "1" else "false") + "$")
            out.append(tidied(text(prt, "feedbackvariables/text")))
            for node in nodes:
                for side in ("sans", "tans"):
                    if not node[side]:
                        continue
                    out.append(
                        f'printf(true,"~%{MARK}N|{where}|{node["name"]}|{side}|~a~%",string({node[side]}))$'
                    )
                if node["options"] and node["test"].startswith(("Num", "Int", "Diff")):
                    option = f"float({node['options']})" if node["test"].startswith("Num") else node["options"]
                    out.append(
                        f'printf(true,"~%{MARK}N|{where}|{node["name"]}|options|~a~%",string({option}))$'
                    )
            plans.append(
                {
                    "test": number,
                    "prt": text(prt, "name"),
                    "nodes": nodes,
                    "inputs": inputs,
                    "expected": {
                        "note": text(expected, "expectedanswernote").strip(),
                        "score": text(expected, "expectedscore").strip(),
                    },
                }
            )
        for name in inputs:
            out.append(f"kill({name})$")
    return "\n".join(out) + "\nquit()$\n", plans


def run(program):
    try:
        done = subprocess.run(
            ["maxima", "--very-quiet"], input=program, capture_output=True, text=True, timeout=40, errors="replace"
        )
        return done.stdout
    except subprocess.TimeoutExpired:
        return ""


def side_of(raw, assigned):
    """One side of a node: how it is typed and what sort it is, or why it has no text."""
    if raw is None:
        return {"why": "Maxima gave no value"}
    if any(word in assigned for word in re.findall(r"[A-Za-z_][A-Za-z_0-9]*", raw)):
        return {"why": "Maxima left a name without its value", "raw": raw[:200]}
    try:
        kind = maxima_text.kind(raw)
        out = {"kind": kind, "raw": raw}
        if kind in ("list", "set", "matrix"):
            out["parts"] = maxima_text.parts(raw)
            out["shape"] = maxima_text.shape(raw)
        elif kind not in ("boolean", "string"):
            out["typed"] = maxima_text.typed(raw)
        return out
    except (maxima_text.NotWritten, ValueError, ArithmeticError, RecursionError, IndexError, TypeError) as why:
        return {"why": str(why) or type(why).__name__, "raw": raw[:200]}


def cases_of(path, question, seed, is_random):
    program, plans = script_of(question, seed)
    found = {}
    for line in run(program).splitlines():
        if line.startswith(MARK):
            parts = line[len(MARK):].split("|", 5 if line.startswith(MARK + "N") else 3)
            found[tuple(parts[:-1])] = parts[-1]
    code = text(question, "questionvariables/text")
    assigned = set(re.findall(r"([A-Za-z_][A-Za-z_0-9]*)\s*:(?!=)", code)) | {
        text(i, "name") for i in question.iter("input")
    }
    # A letter may be given a value for a while and taken back.
    assigned -= set(re.findall(r"kill\((\w+)\)", code))
    for plan in plans:
        where = (str(plan["test"]), plan["prt"])
        case = {
            "question": path,
            "seed": seed,
            "random": is_random,
            "test": plan["test"] + 1,
            "prt": plan["prt"],
            "expected": plan["expected"],
            "nodes": [],
        }
        for node in plan["nodes"]:
            sans = found.get(("N", *where, node["name"], "sans"))
            if node["test"] in RAW and node["sans"] in plan["inputs"]:
                sans = found.get(("I", where[0], node["sans"]), sans)
            case["nodes"].append(
                {
                    "name": node["name"],
                    "test": node["test"],
                    "options": found.get(("N", *where, node["name"], "options"), node["options"]),
                    "sans": side_of(sans, assigned),
                    "tans": side_of(found.get(("N", *where, node["name"], "tans")), assigned),
                    "true": node["true"],
                    "false": node["false"],
                }
            )
        yield case


def main(arguments):
    most = int(arguments[arguments.index("--most") + 1]) if "--most" in arguments else 10**9
    paths = []
    for place in [a for a in arguments if not a.startswith("--") and not a.isdigit()]:
        for folder, _, files in sorted(os.walk(place)):
            paths += [os.path.join(folder, f) for f in sorted(files) if f.endswith(".xml")]
    step = max(1, len(paths) // most) if most < len(paths) else 1
    for path in paths[::step][:most]:
        try:
            root = ET.parse(path).getroot()
        except ET.ParseError as why:
            print(json.dumps({"question": path, "finding": str(why)}), flush=True)
            continue
        for question in root.iter("question"):
            if question.get("type") != "stack" or question.find("qtest") is None:
                continue
            seeds = [int(s.text) for s in question.iter("deployedseed") if s.text]
            is_random = "rand" in text(question, "questionvariables/text")
            for case in cases_of(path, question, seeds[0] if seeds else 1, is_random):
                print(json.dumps(case), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
