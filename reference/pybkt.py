"""pyBKT on a file of answers: one skill at a time, all test rows pooled; also writes its parameters.

With a second argument the parameters go to that file as CSV, which `trellis_interop::pybkt` reads.
"""

import sys

import pandas
from pyBKT.models import Model

from answers import Watch, read, show


def main(path, out=None):
    rows = read(path)
    names = ["user_id", "item_id", "skill_name", "order_id", "correct", "test"]
    table = pandas.DataFrame(
        [(s, i, k, n, y, t) for n, (s, i, k, _, y, t) in enumerate(rows)], columns=names
    )
    watch = Watch()
    model = Model(seed=1, num_fits=1, parallel=False)
    model.fit(data=table[~table.test])
    fit_s = watch.seconds()
    predicted = model.predict(data=table[table.test])
    show("pyBKT", list(zip(predicted.correct_predictions, predicted.correct)), fit_s)
    if out:
        model.params().to_csv(out)


if __name__ == "__main__":
    main(*sys.argv[1:3])
