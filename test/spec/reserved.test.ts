import { describe, expect, test } from 'vitest'
import { PYDANTIC_ATTRIBUTES, TYPE_ATTRIBUTES } from '../../src/spec/reserved.generated.js'
import { findEventNameProblem, findFieldNameProblem } from '../../src/spec/reserved.js'
import { cachibotWs, copyFixture } from '../support/checkout.js'
import { hasPython, python } from '../support/python.js'

/** What Python's own objects are called by: each could be hidden, or hide, where a name is derived from it. */
const NAMES = `
import enum, keyword
from pydantic import BaseModel
owners = (type, type(BaseModel), BaseModel, str, enum.Enum, type(enum.Enum), dict, object)
names = {name for owner in owners for name in dir(owner) if not name.startswith("_")}
names |= {"name", "value", "names", "values", "self", "member", "auto"}
names -= set(keyword.kwlist)
`

/** The three places in which a name stands in Python: a member of the enum, a factory, a field. */
const TRIALS = `
import copy, inspect, json, pydoc
from enum import Enum

def try_enum(name):
    space = {}
    exec(f"from enum import Enum\\nclass E(str, Enum):\\n    A = 'a'\\n    {name.upper()} = {name!r}\\n    B = 'b'\\n", space)
    member = getattr(space["E"], name.upper())
    assert (member, member.value, member.name) == (name, name, name.upper()) and space["E"](name) is member
    assert json.dumps(member) == json.dumps(name)

def try_factory(name):
    assert not hasattr(BaseModel, name), "replaces what every model has"
    space = {"__name__": "m"}
    exec(f'''
from typing import Any
from pydantic import BaseModel
class W(BaseModel):
    type: str
    payload: dict[str, Any]
    @classmethod
    def {name}(cls, x: str) -> "W":
        return cls(type={name!r}, payload={{"x": x}})
    @classmethod
    def after(cls, x: str, y: list[str], z: dict[str, Any]) -> "W":
        return cls(type="after", payload={{"x": x, "y": y, "z": z}})
class S(W):
    extra: int = 0
class H(BaseModel):
    many: list[W] = []
''', space)
    W = space["W"]
    message = getattr(W, name)("1")
    assert (message.type, message.payload) == (name, {"x": "1"}) and W.after("1", [], {}).type == "after"
    for one in (message, space["S"](type="a", payload={})):
        type(one).model_validate(one.model_dump()); type(one).model_validate_json(one.model_dump_json())
        one.model_copy(); copy.deepcopy(one); repr(one)
    space["H"](many=[message]).model_dump_json(); space["H"].model_json_schema(); W.model_rebuild(force=True)
    inspect.getmembers(W); pydoc.render_doc(W)

def try_field(name):
    space = {"__name__": "m"}
    exec(f'''
from typing import Any
from pydantic import BaseModel
class P(BaseModel):
    before: str
    {name}: str
    after: list[str] | None = None
    d: dict[str, Any] = {{}}
class Q(BaseModel):
    {name}: str | None = None
    after: list[str] | None = None
''', space)
    for one in (space["P"](**{"before": "1", name: "v"}), space["Q"](**{name: "v"}), space["Q"]()):
        assert one.model_dump()[name] == getattr(one, name)
        type(one).model_validate_json(one.model_dump_json()); one.model_copy(); copy.deepcopy(one); repr(one)
        type(one).model_json_schema()

def why_not(trial, name):
    try:
        trial(name)
    except BaseException as error:
        return f"{type(error).__name__}: {error}"
`

describe.skipIf(!hasPython)('Python says of each name', () => {
  const options = { cwd: process.cwd(), path: process.cwd() }
  const run = (program: string): unknown =>
    JSON.parse(python(`${NAMES}${TRIALS}\nprint(json.dumps(${program}))`, options))
  const names = run('sorted(names)') as readonly string[]
  const isFree = (problem: unknown): boolean => problem === undefined

  test('there are names of every kind to try', () => {
    expect(names).toEqual(expect.arrayContaining(['mro', 'register', 'title', 'format', 'schema', 'keys']))
    expect(names.filter((name) => isFree(findEventNameProblem(name))).length).toBeGreaterThan(50)
  })

  test('that is taken: it works as a member, a factory and a field', () => {
    const events = names.filter((name) => isFree(findEventNameProblem(name)))
    const fields = names.filter((name) => isFree(findFieldNameProblem(name)))
    expect(
      run(
        `[[name, why] for names, trials in ((${JSON.stringify(events)}, (try_enum, try_factory)), (${JSON.stringify(fields)}, (try_field,))) for name in names for trial in trials if (why := why_not(trial, name))]`,
      ),
    ).toEqual([])
  })

  test('that is reserved because a class has it: it is in the way there', () => {
    const reserved = JSON.stringify([...PYDANTIC_ATTRIBUTES, ...TYPE_ATTRIBUTES])
    expect(
      run(
        `[name for name in ${reserved} for trial in (try_factory, try_field) if why_not(trial, name) is None]`,
      ),
    ).toEqual([])
  })
})

test.each(TYPE_ATTRIBUTES)('%s is exit 2 as an event, as a field and behind a prefix', async (name) => {
  const root = copyFixture('cachibot')
  const ways = [
    ['add-event', name],
    ['add-event', 'seat_taken', '-f', `${name}:str`],
    ['add-event', `room_${name}`, '--channel', 'room'],
  ]
  for (const args of ways) {
    const ran = await cachibotWs(args, { cwd: root })
    expect([args, ran.exitCode]).toEqual([args, 2])
    expect(ran.stderr).toMatch(/ {2}why: .* own type.*\n {2}fix: use another name/)
  }
})
