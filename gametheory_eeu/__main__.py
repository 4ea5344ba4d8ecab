"""``python -m gametheory_eeu``: every game at every calibration, printed and in a folder."""

import gc
import os
import sys

if __name__ == "__main__":
    # At its default SymPy forgets what the next proof needs, and the collector looks for cycles
    # among millions of expressions. SymPy reads its size when it is loaded, hence before.
    os.environ.setdefault("SYMPY_CACHE_SIZE", "20000")
    gc.set_threshold(100_000, 50, 50)
    from gametheory_eeu.report import main

    sys.exit(main())
