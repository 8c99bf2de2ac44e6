"""`python -m bot`."""

import gc

gc.disable()  # what is imported stays: looking through it time and again takes a tenth of the start

from bot.cli import main  # noqa: E402 - see above

gc.freeze()
gc.enable()

if __name__ == "__main__":
    main()
