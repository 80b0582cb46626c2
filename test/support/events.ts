import { buildSpec, type EventSpec, parseFieldFlags } from '../../src/spec/event-spec.js'

/** A spec as flags give it. */
export function specOf(name: string, ...fields: string[]): EventSpec {
  return buildSpec({ name, payload: parseFieldFlags(fields) })
}

/** Events that between them use the whole of the type algebra. */
export const EVENTS: readonly EventSpec[] = [
  specOf('seat_taken', 'seat_id:str', 'row:int', 'note:str?'),
  specOf('curtain_up'),
  specOf(
    'scene_changed',
    'scene:str',
    'act:int=1',
    'tempo:float=1.5',
    'dark:bool=false',
    'props:str[]=[]',
    'mood:"calm"|"tense"',
    'changed_at:datetime',
    'class:str',
    'details:dict?',
    'anything:any',
    'previous:str|null',
    'grid:int[][]?',
    'cues:datetime[]',
  ),
]
