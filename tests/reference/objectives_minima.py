"""Global minima as the literature prints them, digit by digit, at the default parameters: (theta, loss).

From S. Surjanovic, D. Bingham, Virtual Library of Simulation Experiments, from M. Jamil, X.-S. Yang, 2013,
and, of the one-dimensional ones, from the papers that the catalogue names. Where a printed number is wrong,
what is wrong with it stands beside it.
"""

from __future__ import annotations

PUBLISHED_MINIMA: dict[str, list[tuple[tuple[str, ...], str]]] = {
    "forrester": [(("0.757249",), "-6.02074")],
    "gramacy-lee": [(("0.548563",), "-0.869011")],
    "booth": [(("1", "3"), "0")],
    "matyas": [(("0", "0"), "0")],
    "trid": [(("2", "2"), "-2")],
    "rosenbrock": [(("1", "1"), "0")],
    "beale": [(("3", "0.5"), "0")],
    "freudenstein-roth": [(("5", "4"), "0")],
    # Printed with y = 2^(-1/2) alone; -y is as good.
    "dixon-price": [(("1", "0.70711"), "0"), (("1", "-0.70711"), "0")],
    "easom": [(("3.14159", "3.14159"), "-1")],
    "zakharov": [(("0", "0"), "0")],
    "himmelblau": [
        (("3", "2"), "0"),
        (("-2.805118", "3.131312"), "0"),
        (("-3.779310", "-3.283186"), "0"),
        (("3.584428", "-1.848126"), "0"),
    ],
    "three-hump-camel": [(("0", "0"), "0")],
    "six-hump-camel": [(("0.0898", "-0.7126"), "-1.0316"), (("-0.0898", "0.7126"), "-1.0316")],
    "goldstein-price": [(("0", "-1"), "3")],
    "mccormick": [(("-0.54719", "-1.54719"), "-1.9133")],
    "branin": [
        (("3.14159", "2.275"), "0.397887"),
        (("-3.14159", "12.275"), "0.397887"),
        (("9.42478", "2.475"), "0.397887"),
    ],
    "rastrigin": [(("0", "0"), "0")],
    "ackley": [(("0", "0"), "0")],
    "styblinski-tang": [(("-2.903534", "-2.903534"), "-78.332")],
    "griewank": [(("0", "0"), "0")],
    "levy": [(("1", "1"), "0")],
    "levy-13": [(("1", "1"), "0")],
    "drop-wave": [(("0", "0"), "-1")],
    "bohachevsky": [(("0", "0"), "0")],
    "michalewicz": [(("2.20", "1.57"), "-1.8013")],
    "schwefel": [(("420.9687", "420.9687"), "-837.9658")],
    "eggholder": [(("512", "404.2319"), "-959.6407")],
    "bukin-6": [(("-10", "1"), "0")],
    # Later printings add the digits 1.349406608602084, of which those after the seventh are wrong.
    "cross-in-tray": [
        (("1.3494", "1.3494"), "-2.06261"),
        (("1.3494", "-1.3494"), "-2.06261"),
        (("-1.3494", "1.3494"), "-2.06261"),
        (("-1.3494", "-1.3494"), "-2.06261"),
    ],
    "holder-table": [
        (("8.05502", "9.66459"), "-19.2085"),
        (("8.05502", "-9.66459"), "-19.2085"),
        (("-8.05502", "9.66459"), "-19.2085"),
        (("-8.05502", "-9.66459"), "-19.2085"),
    ],
}

# Of Shubert's 18 minima the libraries print the loss and the number.
SHUBERT = (18, "-186.7309")
