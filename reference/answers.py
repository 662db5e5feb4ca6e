"""Reads a file of answers and prints figures, the same way for every reference script."""

import csv
import math
import resource
import sys
import time


def read(path):
    """Rows of a file as (student, item, skill, time, right, is_test), in the order of the file."""
    rows, parts = [], False
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            parts = parts or "part" in row
            student = row["user_id"]
            rows.append(
                (
                    student,
                    row["item_id"],
                    row["skill_id"],
                    int(float(row.get("timestamp") or 0)),
                    int(float(row["correct"])),
                    row.get("part") == "test",
                )
            )
    if not parts:
        students = {student: number for number, student in enumerate(dict.fromkeys(r[0] for r in rows))}
        rows = [(*row[:5], students[row[0]] % 5 == 0) for row in rows]
    if len({row[5] for row in rows}) < 2:
        sys.exit(f"{path}: no rows to fit, or none to score")
    return rows


def auc(scored):
    """Area under the ROC curve, ties counted half."""
    ranked = sorted(scored)
    wins = below = right_in_all = 0.0
    at = 0
    while at < len(ranked):
        end = at
        while end < len(ranked) and ranked[end][0] == ranked[at][0]:
            end += 1
        right = sum(y for _, y in ranked[at:end])
        wrong = end - at - right
        wins += right * (below + wrong / 2)
        below += wrong
        right_in_all += right
        at = end
    return wins / (right_in_all * below) if right_in_all and below else 0.5


def ece(scored):
    """Expected calibration error over 20 bins of equal width."""
    bins = [[0.0, 0.0] for _ in range(20)]
    for p, y in scored:
        one = bins[min(int(p * 20), 19)]
        one[0] += p
        one[1] += y
    return sum(abs(p - y) for p, y in bins) / len(scored)


def show(name, scored, fit_s):
    """Prints the line of `trellis evaluate`: AUC, RMSE, log loss, ECE, CPU seconds of the fit, peak memory."""
    if not scored:
        sys.exit(f"{name}: nothing to score")
    scored = [(float(p), int(y)) for p, y in scored]
    rmse = math.sqrt(sum((p - y) ** 2 for p, y in scored) / len(scored))
    clip = lambda p: min(max(p, 1e-15), 1.0)
    loss = -sum(math.log(clip(p if y else 1 - p)) for p, y in scored) / len(scored)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{name:<16} AUC {auc(scored):.4f}  RMSE {rmse:.4f}  log loss {loss:.4f}  ECE {ece(scored):.4f}  "
        f"fit {fit_s:.3f} s  peak {peak} MB  rows {len(scored)}"
    )


class Watch:
    """CPU seconds of this process since it was made."""

    def __init__(self):
        self.then = time.process_time()

    def seconds(self):
        return time.process_time() - self.then
