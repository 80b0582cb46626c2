"""Run programs and tell what each one took.

Reads a job a line as JSON, {"argv", "cwd", "env", "stdout", "stderr", "limit", "until"?, "answer"?}, and answers each with a line,
{"exit", "cpu", "wall", "mib", "over"}: milliseconds, and the most memory it had.

Why Python: only `wait4` says what one process took, with its children and threads, to the microsecond, and its peak memory;
Node has no such call. To poll `/proc` misses the end of a process and disturbs a machine of few cores, and a hook in the
process disturbs what it measures and reaches no native program. A process begins with the peak of the one that starts
it, so that one must be small: this, with 12 MiB, and not the bench, with 60.

With "until" the program runs in a pseudo-terminal until it has shown that text, and is killed: what it does while a person
reads is not counted. With "answer" that is typed instead, and Enter at whatever is asked then, until the program ends.
"""

import fcntl
import json
import os
import pty
import re
import resource
import select
import signal
import struct
import sys
import termios
import time

ESCAPES = re.compile(r"\x1b(\[[0-9;?]*[A-Za-z]|[78])")


def spawn(job, actions, session):
    argv = job["argv"]
    return os.posix_spawn(
        argv[0], argv, job["env"], file_actions=actions, setsid=session
    )


def opened(descriptor, path, flags):
    return (os.POSIX_SPAWN_OPEN, descriptor, path, flags, 0o600)


def start_in_terminal(job):
    """Start in a terminal of its own; the first one that a session opens is the one it hangs up with."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    name = os.ttyname(slave)
    child = spawn(job, [opened(number, name, os.O_RDWR) for number in range(3)], True)
    os.close(slave)
    return child, master


def read_until(master, text, deadline):
    """Whether the text came, as a person reads it."""
    output = b""
    while time.perf_counter() < deadline:
        if not select.select([master], [], [], 0.2)[0]:
            continue
        try:
            output += os.read(master, 65536)
        except OSError:
            return False
        shown = ESCAPES.sub("", output.decode("utf-8", "replace"))
        if text in re.sub(r"\s+", " ", shown):
            return True
    return False


def answer(master, text, deadline):
    """Whether the program ended when all was answered."""
    keys = text.encode() + b"\r"
    while time.perf_counter() < deadline:
        os.write(master, keys)
        keys = b"\r"
        pause = time.perf_counter() + 0.2
        while select.select([master], [], [], max(0, pause - time.perf_counter()))[0]:
            try:
                os.read(master, 65536)
            except OSError:
                return True
    return False


def run_in_terminal(job, begun):
    deadline = begun + job["limit"]
    child, master = start_in_terminal(job)
    done = read_until(master, job["until"], deadline)
    if done and "answer" in job:
        done = answer(master, job["answer"], deadline)
    else:
        os.kill(child, signal.SIGKILL)
    _, status, used = os.wait4(child, 0)
    os.close(master)
    return status, used, not done


def run(job):
    write = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    actions = [
        opened(0, os.devnull, os.O_RDONLY),
        opened(1, job["stdout"], write),
        opened(2, job["stderr"], write),
    ]
    child = spawn(job, actions, False)
    stop_at(child, job["limit"])
    _, status, used = os.wait4(child, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)
    over = os.WIFSIGNALED(status) and os.WTERMSIG(status) in (
        signal.SIGKILL,
        signal.SIGXCPU,
    )
    return status, used, over


def stop_at(child, limit):
    """Kill it when it took so many seconds of CPU time, where that can be asked for, and when it hangs."""
    signal.signal(signal.SIGALRM, lambda *_: os.kill(child, signal.SIGKILL))
    if hasattr(resource, "prlimit"):
        resource.prlimit(child, resource.RLIMIT_CPU, (limit, limit))
        limit *= 5
    signal.setitimer(signal.ITIMER_REAL, limit)


def measure(job):
    os.chdir(job["cwd"])
    begun = time.perf_counter()
    status, used, over = run_in_terminal(job, begun) if "until" in job else run(job)
    scale = 1024 * 1024 if sys.platform == "darwin" else 1024
    return {
        "exit": os.waitstatus_to_exitcode(status),
        "cpu": (used.ru_utime + used.ru_stime) * 1000,
        "wall": (time.perf_counter() - begun) * 1000,
        "mib": used.ru_maxrss / scale,
        "over": over,
    }


for line in sys.stdin:
    print(json.dumps(measure(json.loads(line))), flush=True)
