"""`python -m kg.evaluation`."""

from kg.evaluation.commands import main

if __name__ == "__main__":
    main()
