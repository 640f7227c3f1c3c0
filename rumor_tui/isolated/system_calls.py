"""A filter of system calls on Linux: what no parser needs is refused by the kernel, whatever runs in the process.

The filter is a program for the kernel's packet filter (seccomp(2), and its documentation under
userspace-api/seccomp_filter in the kernel's). It is a list of what is refused: a list of what is allowed would have to
know the system calls of every version of the C library. Numbers are from the kernel's asm/unistd_64.h (x86_64) and
asm-generic/unistd.h (aarch64).
"""

from __future__ import annotations

import os
import platform
import struct
import sys
from contextlib import suppress
from errno import ENOSYS, EPERM
from typing import Any, Final, NamedTuple

_SHARED: Final = {"io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427, "clone3": 435, "openat2": 437}
_SHARED.update({"pidfd_send_signal": 424, "open_tree": 428, "move_mount": 429, "fsopen": 430, "pidfd_open": 434})
"""Calls that came after both tables were made one."""

_X86_64_NUMBERS: Final = {
    **{"socket": 41, "connect": 42, "accept": 43, "sendto": 44, "recvfrom": 45, "sendmsg": 46, "recvmsg": 47},
    **{"bind": 49, "listen": 50, "socketpair": 53, "accept4": 288, "recvmmsg": 299, "sendmmsg": 307},
    **{"clone": 56, "fork": 57, "vfork": 58, "execve": 59, "execveat": 322},
    **{"kill": 62, "tkill": 200, "tgkill": 234, "ptrace": 101, "process_vm_readv": 310, "process_vm_writev": 311},
    **{"open": 2, "creat": 85, "openat": 257, "truncate": 76, "ftruncate": 77, "fallocate": 285, "memfd_create": 319},
    **{"rename": 82, "renameat": 264, "renameat2": 316, "mkdir": 83, "mkdirat": 258, "rmdir": 84},
    **{"link": 86, "linkat": 265, "unlink": 87, "unlinkat": 263, "symlink": 88, "symlinkat": 266},
    **{"chmod": 90, "fchmod": 91, "fchmodat": 268, "chown": 92, "fchown": 93, "lchown": 94, "fchownat": 260},
    **{"utime": 132, "utimes": 235, "utimensat": 280, "mknod": 133, "mknodat": 259},
    **{"setxattr": 188, "lsetxattr": 189, "fsetxattr": 190, "mount": 165, "umount2": 166, "pivot_root": 155},
    **{"chroot": 161, "unshare": 272, "setns": 308, "keyctl": 250, "add_key": 248, "request_key": 249, "bpf": 321},
    **{"perf_event_open": 298, "userfaultfd": 323, "open_by_handle_at": 304, "init_module": 175, "finit_module": 313},
    **{"shmget": 29, "shmat": 30, "msgget": 68, "semget": 64, "mq_open": 240, "inotify_init1": 294},
}
_AARCH64_NUMBERS: Final = {
    **{"socket": 198, "socketpair": 199, "bind": 200, "listen": 201, "accept": 202, "connect": 203, "sendto": 206},
    **{"recvfrom": 207, "sendmsg": 211, "recvmsg": 212, "accept4": 242, "recvmmsg": 243, "sendmmsg": 269},
    **{"clone": 220, "execve": 221, "execveat": 281},
    **{"kill": 129, "tkill": 130, "tgkill": 131, "ptrace": 117, "process_vm_readv": 270, "process_vm_writev": 271},
    **{"openat": 56, "truncate": 45, "ftruncate": 46, "fallocate": 47, "memfd_create": 279},
    **{"renameat": 38, "renameat2": 276, "mkdirat": 34, "linkat": 37, "unlinkat": 35, "symlinkat": 36},
    **{"fchmod": 52, "fchmodat": 53, "fchownat": 54, "fchown": 55, "utimensat": 88, "mknodat": 33},
    **{"setxattr": 5, "lsetxattr": 6, "fsetxattr": 7, "mount": 40, "umount2": 39, "pivot_root": 41},
    **{"chroot": 51, "unshare": 97, "setns": 268, "keyctl": 219, "add_key": 217, "request_key": 218, "bpf": 280},
    **{"perf_event_open": 241, "userfaultfd": 282, "open_by_handle_at": 265, "init_module": 105, "finit_module": 273},
    **{"shmget": 194, "shmat": 196, "msgget": 186, "semget": 190, "mq_open": 180, "inotify_init1": 26},
}


class Machine(NamedTuple):
    """A kind of processor: its name in the kernel's audit.h, and the numbers of the calls that are refused.

    Numbers from `foreign` on are another table of calls by which the same things can be done (x32).
    """

    audit: int
    numbers: dict[str, int]
    foreign: int = 0


MACHINES: Final = {
    "x86_64": Machine(0xC000003E, {**_X86_64_NUMBERS, **_SHARED}, foreign=0x40000000),
    "aarch64": Machine(0xC00000B7, {**_AARCH64_NUMBERS, **_SHARED}),
}

_FLAGS_ARGUMENT: Final = {"open": 1, "openat": 2}
"""Calls that are refused only when they open for writing: which argument has the flags."""
_MISSING: Final = ("clone3", "openat2")
"""Calls that a C library does without where they are not there; their arguments lie where a filter cannot look."""
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CLONE_THREAD: Final = 0x00010000

# Instructions, as in linux/bpf_common.h, and answers, as in linux/seccomp.h.
_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _JUMP_IF_BITS, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_NUMBER_AT, _MACHINE_AT, _ARGUMENTS_AT = 0, 4, 16
_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 22, 38
_MODE_FILTER: Final = 2


def die_with_parent() -> None:
    """Have the kernel end this process when its parent ends (Linux)."""
    import signal

    if sys.platform == "linux":
        with suppress(OSError, AttributeError, ImportError):
            _library().prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)


def refuse_system_calls() -> bool:
    """Put the filter in place, for good. False where the system has no such filter, or we have no table for it."""
    machine = MACHINES.get(platform.machine())
    if sys.platform != "linux" or machine is None:
        return False
    try:
        return _install(filter_program(machine))
    except (OSError, AttributeError, ImportError):
        return False


def filter_program(machine: Machine) -> bytes:
    """The filter, as instructions of 8 bytes: an operation, two distances to jump, and a value."""
    refused = _REFUSE | EPERM
    program = [
        *(_step(_LOAD, _MACHINE_AT), _step(_JUMP_EQUAL, machine.audit, 1, 0), _step(_RETURN, _KILL)),
        _step(_LOAD, _NUMBER_AT),
    ]
    if machine.foreign:
        program += [_step(_JUMP_AT_LEAST, machine.foreign, 0, 1), _step(_RETURN, _KILL)]
    for name, number in machine.numbers.items():
        if name in _FLAGS_ARGUMENT:
            program += _if_bits(number, _FLAGS_ARGUMENT[name], _WRITING, refused, _ALLOW)
        elif name == "clone":
            program += _if_bits(number, 0, _CLONE_THREAD, _ALLOW, refused)
        else:
            answer = _REFUSE | ENOSYS if name in _MISSING else refused
            program += [_step(_JUMP_EQUAL, number, 0, 1), _step(_RETURN, answer)]
    return b"".join([*program, _step(_RETURN, _ALLOW)])


def _if_bits(number: int, argument: int, bits: int, answer: int, otherwise: int) -> list[bytes]:
    """For one system call: an answer if any of the bits is set in an argument, and another one if none is."""
    return [
        _step(_JUMP_EQUAL, number, 0, 4),
        _step(_LOAD, _ARGUMENTS_AT + 8 * argument),
        _step(_JUMP_IF_BITS, bits, 0, 1),
        _step(_RETURN, answer),
        _step(_RETURN, otherwise),
    ]


def _step(operation: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", operation, if_true, if_false, value)


def _install(program: bytes) -> bool:
    import ctypes

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))

    library = _library()
    if library.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    filled = Program(len(program) // 8, program)
    return not library.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(filled), 0, 0)


def _library() -> Any:
    """The C library of this process, as far as it is needed here."""
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)
    library.prctl.argtypes = [ctypes.c_int, *[ctypes.c_void_p] * 4]
    library.prctl.restype = ctypes.c_int
    return library
