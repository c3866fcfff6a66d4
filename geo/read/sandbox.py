"""Takes away from the child process what reading a file does not need.

Python's audit hook refuses files outside the working folder and the interpreter, sockets and
programs, and cannot be taken off again. It does not see what GDAL, PROJ and Arrow do in C: for
them GDAL has two drivers that open one local file each (`OGR_SKIP`, in the environment before
GDAL loads), its HTTP goes to a port where nothing listens, PROJ's network is off, and where the
kernel allows it the process has a network of its own without any way out.
"""

import ctypes
import os
import resource
import site
import sys
import sysconfig
from contextlib import suppress
from pathlib import Path
from typing import Any

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_OPEN_FILES = 128
_DEVICES = ("/dev/null", "/dev/urandom", "/usr/share/zoneinfo", "/etc/localtime")
_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "os.kill",
    "urllib.",
    "http.",
    "ftplib.",
    "pty.",
)
"""Beginnings of the names of audit events that end in a refusal, whatever they are about."""

_PATHS = {
    "open": 1,
    "sqlite3.connect": 1,
    "ctypes.dlopen": 1,
    "os.listdir": 1,
    "os.scandir": 1,
    "os.remove": 1,
    "os.rmdir": 1,
    "os.mkdir": 1,
    "os.chmod": 1,
    "os.chown": 1,
    "os.truncate": 1,
    "os.rename": 2,
    "os.link": 2,
    "os.symlink": 2,
}
"""Audit event -> how many of its first arguments are paths."""

_READING = frozenset({"open", "ctypes.dlopen", "os.listdir", "os.scandir"})


def confine(folder: Path, *, memory_mb: int) -> None:
    """Limit this process for good.

    Parameters
    ----------
    folder
        The only place where it may write, and read what is not part of the interpreter.
    memory_mb
        Of address space, libraries included.
    """
    _leave_network()
    memory = memory_mb * 1_000_000
    for limit, value in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, memory),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(limit)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (value, value))
    sys.addaudithook(_Guard(folder))


def limit_processor(seconds: float) -> None:
    """Let this process use so many more seconds of processor time before the kernel ends it."""
    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used + seconds) + 1, hard))


class _Guard:
    """The audit hook: raises PermissionError for what a reader of files has no use for."""

    def __init__(self, folder: Path) -> None:
        self._own = (os.path.realpath(folder),)
        code = {sys.prefix, sys.base_prefix, sys.exec_prefix, *site.getsitepackages()}
        code |= {*sysconfig.get_paths().values(), str(Path(__file__).resolve().parents[1])}
        self._readable = (*self._own, *(os.path.realpath(path) for path in code), *_DEVICES)

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in _PATHS:
            allowed = self._readable if event in _READING else self._own
            if event == "open" and _writes(*arguments[1:]):
                allowed = (*self._own, "/dev/null")
            for path in arguments[: _PATHS[event]]:
                _demand(path, allowed)
        elif event.startswith(_FORBIDDEN):
            raise PermissionError(event)


def _writes(mode: str | None, flags: int) -> bool:
    if mode is not None:
        return any(letter in mode for letter in "wax+")
    return bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC))


def _demand(path: object, allowed: tuple[str, ...]) -> None:
    if path is None or isinstance(path, int):  # an open descriptor, or ctypes' own program
        return
    real = os.path.realpath(os.fsdecode(path))  # type: ignore[arg-type]
    if not any(real == place or real.startswith(place + os.sep) for place in allowed):
        raise PermissionError("outside the working folder")


def _leave_network() -> None:
    """Move into a network of one's own, with nothing in it, where the kernel lets us."""
    uid, gid = os.getuid(), os.getgid()
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "unshare") or libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET):
        return
    # Without these the process owns nothing any more and could not write into its folder.
    with suppress(OSError):
        Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
    Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")
