"""Run as a script: answers each line of its input, an SMT-LIB text and limits as JSON, by a status.

It is a process of its own, which can be ended, because single steps of cvc5 look at no clock.
It imports nothing of the package, so that it starts as fast as cvc5 does.
"""

import json
import sys
from typing import Any


def status(text: str, rlimit: int, milliseconds: int) -> str:
    """The status of a text without ``(check-sat)`` by cvc5: sat, unsat or unknown."""
    import cvc5

    solver = cvc5.Solver()
    limits = {"rlimit-per": rlimit, "tlimit-per": milliseconds, "nl-cov": "true"}
    for option, value in limits.items():
        solver.setOption(option, str(value))
    parser = cvc5.InputParser(solver)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, f"(set-logic QF_NRA)\n{text}\n", "query")
    while not (command := parser.nextCommand()).isNull():
        command.invoke(solver, parser.getSymbolManager())
    result = solver.checkSat()
    return "sat" if result.isSat() else "unsat" if result.isUnsat() else "unknown"


def main() -> None:
    """Answer until the input ends."""
    for line in sys.stdin:
        query: dict[str, Any] = json.loads(line)
        sys.stdout.write(status(**query) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
