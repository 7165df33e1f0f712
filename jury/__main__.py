"""`python -m jury` is the `jury` command."""

from jury.launch import main

if __name__ == "__main__":
    main()
