"""Run a program in a pseudo-terminal and answer its prompts.

Reads {"argv", "cwd", "env", "rows", "columns", "early", "steps": [[expected text, keys], ...]} from standard input, waits for
each text and types its keys, and prints {"exit", "output", "left", "marks"}: steps whose text never came are left, and
where the output had come to when each step typed its keys. "early" is typed before the program begins.
"""

import fcntl
import json
import os
import pty
import re
import select
import struct
import sys
import termios
import time

task = json.load(sys.stdin)
size = struct.pack("HHHH", task.get("rows", 20), task.get("columns", 60), 0, 0)
pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, size)
    os.chdir(task["cwd"])
    os.environ.update(task["env"])
    for name in task.get("unset", []):
        os.environ.pop(name, None)
    os.execvp(task["argv"][0], task["argv"])

def read(patience):
    ready, _, _ = select.select([terminal], [], [], patience)
    if not ready:
        return ""
    try:
        return os.read(terminal, 65536).decode("utf-8", "replace") or None
    except OSError:
        return None


os.write(terminal, task.get("early", "").encode())
output = ""
seen = 0
marks = []
steps = list(task["steps"])
deadline = time.monotonic() + 60
while time.monotonic() < deadline:
    chunk = read(0.2)
    if chunk is None:
        break
    output += chunk
    plain = re.sub(r"\x1b(\[[0-9;?]*[A-Za-z]|[78])", "", output[seen:])
    if steps and steps[0][0] in re.sub(r"\s+", " ", plain):
        keys = steps.pop(0)[1]
        # The rest of what is drawn with the text.
        while keys and (chunk := read(0.05)):
            output += chunk
        seen = len(output)
        marks.append(seen)
        if keys == "<hangup>":
            os.close(terminal)
            break
        os.write(terminal, keys.encode())

status = None
while time.monotonic() < deadline:
    done, status = os.waitpid(pid, os.WNOHANG)
    if done:
        break
    time.sleep(0.05)
else:
    os.kill(pid, 9)
    status = None
code = None if status is None else os.waitstatus_to_exitcode(status)
print(json.dumps({"exit": code, "output": output, "left": steps, "marks": marks}))
