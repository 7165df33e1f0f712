"""Speed and memory, measured by hand: `python -m benchmarks.perf engine --help`. Figures stand in README.md."""
