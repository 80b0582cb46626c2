"""Run a program in a pseudo-terminal and answer its prompts.

Reads {"argv", "cwd", "env", "steps": [[expected text, keys], ...]} from standard input, waits for each text
and types its keys, and prints {"exit", "output"}.
"""

import json
import os
import pty
import re
import select
import sys
import time

task = json.load(sys.stdin)
pid, terminal = pty.fork()
if pid == 0:
    os.chdir(task["cwd"])
    os.environ.update(task["env"])
    for name in task.get("unset", []):
        os.environ.pop(name, None)
    os.execvp(task["argv"][0], task["argv"])

output = ""
seen = 0
steps = list(task["steps"])
deadline = time.monotonic() + 60
while time.monotonic() < deadline:
    ready, _, _ = select.select([terminal], [], [], 0.2)
    if ready:
        try:
            chunk = os.read(terminal, 65536)
        except OSError:
            break
        if not chunk:
            break
        output += chunk.decode("utf-8", "replace")
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", output[seen:])
    if steps and steps[0][0] in plain:
        keys = steps.pop(0)[1]
        seen = len(output)
        if keys == "<hangup>":
            os.close(terminal)
            break
        time.sleep(0.15)
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
print(json.dumps({"exit": code, "output": output, "left": steps}))
