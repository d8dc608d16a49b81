"""Cuts this process off from the network and from starting others, without need of any privilege."""

import ctypes
import os
import struct
import sys
from collections.abc import Callable
from typing import Any

# Linux: the name of the machine in a filter, and numbers of socket, execve, execveat and io_uring_setup, by
# whose rings sockets can be made as well.
_SYSTEM_CALLS = {"x86_64": (0xC000003E, (41, 59, 322, 425)), "aarch64": (0xC00000B7, (198, 221, 281, 425))}
# From here on the same calls have other numbers, for programs of an old kind (x32).
_OTHER_NUMBERS = 0x40000000
_LOAD, _JUMP_IF_EQUAL, _JUMP_IF_FROM, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 13  # 13 is EACCES
_NO_NEW_PRIVILEGES, _SET_FILTER, _BY_FILTER = 38, 22, 2
# A step of a program of the Berkeley packet filter: code, jumps if true and if false, operand.
_Step = tuple[int, int, int, int]
# Kinds of sockets that reach other machines: of the internet, old and new.
_INTERNET = (2, 10)
_REFUSED = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "pty.")


def cut_off() -> None:
    """From now on no socket is made and no program started: by Python's own word everywhere, and by the
    kernel's where it takes a filter (libraries written in C do not ask Python).
    """
    _ask_kernel(_refuse_calls)
    sys.addaudithook(_refuse)


def stay_off_the_internet() -> bool:
    """From now on neither this process nor any it starts opens a way to another machine.

    Whether the kernel took it: only Linux does.
    """
    return _ask_kernel(_refuse_internet)


def _refuse(event: str, _: tuple[Any, ...]) -> None:
    if event.startswith(_REFUSED):
        raise PermissionError(f"{event} is not allowed while a file is read")


def _ask_kernel(write: Callable[[int, tuple[int, ...]], list[_Step]]) -> bool:
    """Whether the kernel took a seccomp filter of these steps."""
    machine = _SYSTEM_CALLS.get(os.uname().machine) if sys.platform == "linux" else None
    if machine is None:
        return False
    library = ctypes.CDLL(None, use_errno=True)
    steps = write(*machine)
    rules = ctypes.create_string_buffer(b"".join(struct.pack("<HBBI", *step) for step in steps))
    program = ctypes.create_string_buffer(struct.pack("@HP", len(steps), ctypes.addressof(rules)))
    if library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    return not library.prctl(_SET_FILTER, _BY_FILTER, ctypes.byref(program), 0, 0)


def _refuse_calls(machine: int, refused: tuple[int, ...]) -> list[_Step]:
    steps = [(_LOAD, 0, 0, 4), (_JUMP_IF_EQUAL, 0, len(refused) + 3, machine), (_LOAD, 0, 0, 0)]
    steps += [(_JUMP_IF_FROM, len(refused) + 1, 0, _OTHER_NUMBERS)]
    steps += [(_JUMP_IF_EQUAL, len(refused) - n, 0, number) for n, number in enumerate(refused)]
    return [*steps, (_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]


def _refuse_internet(machine: int, calls: tuple[int, ...]) -> list[_Step]:
    socket, *_, rings = calls
    steps = [(_LOAD, 0, 0, 4), (_JUMP_IF_EQUAL, 0, 8, machine), (_LOAD, 0, 0, 0)]
    steps += [(_JUMP_IF_FROM, 6, 0, _OTHER_NUMBERS), (_JUMP_IF_EQUAL, 5, 0, rings)]
    steps += [(_JUMP_IF_EQUAL, 0, 3, socket), (_LOAD, 0, 0, 16)]
    steps += [(_JUMP_IF_EQUAL, 2 - n, 0, kind) for n, kind in enumerate(_INTERNET)]
    return [*steps, (_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
