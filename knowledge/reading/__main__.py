"""python -m knowledge.reading: the child process of `read_safely`."""

from knowledge.reading.child import main

main()
