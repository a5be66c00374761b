"""Speed and memory, at growing sizes, with ratios in the same run; see `make bench`."""
