"""Write src/spec/reserved.generated.ts from Python and pydantic themselves.

Run with the interpreter of `.venv`: `.venv/bin/python scripts/generate-reserved.py > src/spec/reserved.generated.ts`.
"""

import keyword
import sys
import warnings

from pydantic import BaseModel

warnings.simplefilter("ignore")


def ts_list(name: str, doc: str, values: list[str]) -> str:
    body = "\n".join(f"  '{value}'," for value in sorted(values))
    return f"/** {doc} */\nexport const {name}: readonly string[] = [\n{body}\n]\n"


print("// Written by scripts/generate-reserved.py; a test compares it with the installed pydantic.\n")
print(ts_list("PYTHON_KEYWORDS", "`keyword.kwlist`.", list(keyword.kwlist)))
print(
    ts_list(
        "PYDANTIC_ATTRIBUTES",
        "The public attributes of `pydantic.BaseModel`.",
        [name for name in dir(BaseModel) if not name.startswith("_")],
    )
)
print(
    ts_list(
        "TYPE_ATTRIBUTES",
        "The public attributes that a model has from its own type (`type`, `ABCMeta`), as `mro`.",
        [name for name in dir(type(BaseModel)) if not name.startswith("_")],
    )
)
print(
    ts_list(
        "STDLIB_MODULES",
        "`sys.stdlib_module_names` without the private ones.",
        [name for name in sys.stdlib_module_names if not name.startswith("_")],
    ),
    end="",
)
