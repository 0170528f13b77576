"""What the benchmarks measure us against; installed by `make bench` alone, where it needs more."""
