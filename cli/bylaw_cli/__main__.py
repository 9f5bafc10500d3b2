"""`python -m bylaw_cli` is `bylaw`."""

from bylaw_cli.main import main

if __name__ == "__main__":
    main()
