"""The two-parameter logistic model by marginal maximum likelihood in PyPI's mirt, on a matrix of answers."""

import sys

import mirt
import numpy

from answers import Watch


def main(path, nodes):
    answers = numpy.loadtxt(path, delimiter=",", dtype=int, ndmin=2)
    persons, items = answers.shape
    watch = Watch()
    fit = mirt.fit_mirt(answers, model="2PL", n_quadpts=nodes, tol=1e-6, compute_standard_errors=False)
    print(
        f"mirt {mirt.__version__}, {nodes} nodes: 2PL {persons} x {items}: {watch.seconds():.3f} s, "
        f"log-likelihood {fit.log_likelihood:.4f}"
    )


if __name__ == "__main__":
    for count in [int(text) for text in sys.argv[2:]] or [21, 61]:
        main(sys.argv[1], count)
