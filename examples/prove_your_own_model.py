"""Comparative statics of three models that are not the library's, every sign proved.

Cournot's oligopoly, Spence's signalling by education, and a Laffer curve: formulas go in as text,
and what comes back is a sign for each parameter with a proof that can be checked again.
"""

import argparse
from pathlib import Path

import gametheory_eeu as eeu
from gametheory_eeu import display

COURNOT = eeu.implicit("a - b*(n + 1)*q == c", "q", where="q > 0")
LABOUR = eeu.implicit("ell**3 == (1 - tau)*w", "ell", where="ell > 0")


def main(folder: Path) -> None:
    """Tell the three stories, and draw a matrix of signs into the folder."""
    print("n firms, inverse demand a - b*Q, unit cost c: what each produces, and its price.\n")
    oligopoly = eeu.comparative_statics(
        {"output": COURNOT, "price": ("a - b*n*q", COURNOT), "profit": ("b*q**2", COURNOT)},
        given=["0 < c < a", "b > 0", "n >= 1"],
        title="Cournot oligopoly",
    )
    print(oligopoly, end="\n\n")

    print("The able study just enough that the less able do not follow (Spence 1973).\n")
    signalling = eeu.comparative_statics(
        {"education": "theta_L*(theta_H - theta_L)"},
        given="0 < theta_L < theta_H",
        title="Least-cost separation",
    )
    print(signalling, end="\n\n")

    print("Labour supply solves an equation; revenue is tax, wage and labour together.\n")
    laffer = eeu.comparative_statics(
        {"labour": LABOUR, "revenue": ("tau*w*ell", LABOUR)},
        given=["0 < tau < 1", "w > 0"],
        title="A Laffer curve",
    )
    print(laffer, end="\n\n")
    print(laffer.at_calibration(tau="1/2", w=2), end="\n\n")

    checked = {table.title: table.recheck() for table in (oligopoly, signalling, laffer)}
    print(f"Checked again by a second solver and in numbers: {checked}.")
    path = display.save(display.figure(oligopoly), folder / "cournot_signs.svg")
    print(f"The matrix of signs is in {path}.")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=Path(), help="for the figure")
    main(parser.parse_args().folder)
