"""``python -m gametheory_eeu``: every game at every calibration, printed and in a folder."""

import sys

from gametheory_eeu.report import main

if __name__ == "__main__":
    sys.exit(main())
