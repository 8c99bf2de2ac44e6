"""What `slack start` runs: the doors, ticks and delivery, with the tokens it was given."""

import sys

from bot.cli import main

if __name__ == "__main__":
    sys.argv[1:] = sys.argv[1:] or ["serve"]
    main()
