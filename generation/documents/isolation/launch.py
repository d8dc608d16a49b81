"""Becomes the program named by its arguments, kept from the internet and from running for ever."""

import os
import resource
import sys

from generation.documents.isolation.network import stay_off_the_internet


def main() -> None:
    """`python -m generation.documents.isolation.launch SECONDS PROGRAM ARGUMENT…`"""
    seconds, program, *arguments = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    stay_off_the_internet()
    os.execvp(program, [program, *arguments])  # noqa: S606 # our own caller names it, and a shell would only add a process to kill


if __name__ == "__main__":
    main()
