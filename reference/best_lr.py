"""Best-LR of Gervet and others (2020) with scikit-learn, on a file of answers."""

import sys
from collections import defaultdict
from math import log1p

from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from answers import Watch, read, show


def main(path):
    rows = read(path)
    watch = Watch()
    items = {item: n for n, item in enumerate(dict.fromkeys(r[1] for r in rows))}
    skills = {skill: n for n, skill in enumerate(dict.fromkeys(r[2] for r in rows))}
    width = len(items) + 3 * len(skills) + 4
    indices, values, starts = [], [], [0]
    seen, student_before = None, None
    for student, item, skill, _, right, _ in rows:
        if student != student_before:
            seen, student_before = defaultdict(lambda: [0, 0]), student
        i, k = items[item], len(items) + skills[skill]
        of_item, of_skill, of_all = seen["item", item], seen["skill", skill], seen["all"]
        last = len(items) + 3 * len(skills)
        cells = [
            (i, 1.0),
            (k, 1.0),
            (k + len(skills), log1p(of_skill[1])),
            (k + 2 * len(skills), log1p(of_skill[0])),
            (last, log1p(of_item[1])),
            (last + 1, log1p(of_item[0])),
            (last + 2, log1p(of_all[1])),
            (last + 3, log1p(of_all[0])),
        ]
        for column, value in cells:
            if value:
                indices.append(column)
                values.append(value)
        starts.append(len(indices))
        for counts in (of_item, of_skill, of_all):
            counts[0] += 1
            counts[1] += right
    x = csr_matrix((values, indices, starts), shape=(len(rows), width))
    train = [n for n, row in enumerate(rows) if not row[5]]
    test = [n for n, row in enumerate(rows) if row[5]]
    model = LogisticRegression(solver="lbfgs", max_iter=1000)
    model.fit(x[train], [rows[n][4] for n in train])
    fit_s = watch.seconds()
    predicted = model.predict_proba(x[test])[:, 1]
    show("Best-LR, sklearn", list(zip(predicted, (rows[n][4] for n in test))), fit_s)


if __name__ == "__main__":
    main(sys.argv[1])
