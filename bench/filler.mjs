/** Source files as a theatre's backend and frontend have them, of any number; the same index gives the same file. */

const THINGS = [
  'Seat',
  'Lamp',
  'Script',
  'Costume',
  'Curtain',
  'Ticket',
  'Poster',
  'Prop',
  'Balcony',
  'Overture',
]
const KINDS = [
  'Ledger',
  'Planner',
  'Registry',
  'Archive',
  'Roster',
  'Store',
  'Index',
  'Queue',
  'Keeper',
  'Report',
]
/** How many functions a file has: few for most, many for some, as in a repository that grew. */
const SIZES = [4, 9, 14, 7, 22, 11, 45, 6, 16, 60]
const VERBS = ['count', 'merge', 'order', 'check', 'price', 'close', 'open', 'move', 'paint', 'mend']

/** @returns {{ thing: string, kind: string, name: string, size: number }} what a file of this index is about */
function subjectOf(index) {
  const pick = (words, step) => words[Math.floor(index / step) % words.length]
  const [thing, kind] = [pick(THINGS, 1), pick(KINDS, 10)]
  return {
    thing,
    kind,
    name: `${thing.toLowerCase()}_${kind.toLowerCase()}_${index}`,
    size: SIZES[(index * 7) % 10],
  }
}

const many = (count, make) => Array.from({ length: count }, (_, index) => make(index)).join('')

/**
 * A service of the backend.
 *
 * @param {number} index which of them
 * @param {boolean} isSender whether it sends a message to clients
 * @returns {[path: string, text: string]}
 */
export function pythonFiller(index, isSender) {
  const { thing, kind, name, size } = subjectOf(index)
  const imports = isSender
    ? 'from cachibot.api.websocket import manager\nfrom cachibot.models.websocket import WSMessage\n\n'
    : ''
  const send = isSender
    ? `

async def tell_${name}(client_id: str, text: str) -> None:
    """Tell a client what became of it."""
    await manager.send(client_id, WSMessage.thinking(text))
`
    : ''
  const method = (at) => {
    const verb = VERBS[at % VERBS.length]
    return `
    def ${verb}_${at}(self, row: int, note: str | None = None) -> dict[str, Any]:
        """What ${verb} makes of a row."""
        entry = self._entries.get(f"${verb}-{row}")
        if entry is None:
            logger.debug("No entry of row %s", row)
            entry = ${thing}Entry(key=f"${verb}-{row}", row=row, price=row * ${at + 1}.5)
            self._entries[entry.key] = entry
        elif entry.price > ${at * 10}:
            entry.price -= ${at}
        for label, value in sorted(entry.labels.items()):
            if value and note is not None:
                entry.labels[label] = f"{value} ({note})"
        return {"key": entry.key, "row": entry.row, "labels": [*entry.labels.values()]}
`
  }
  const text = `"""The ${kind.toLowerCase()} of every ${thing.toLowerCase()} in the house."""

import logging
from dataclasses import dataclass, field
from typing import Any

${imports}logger = logging.getLogger(__name__)


@dataclass
class ${thing}Entry:
    """One ${thing.toLowerCase()}."""

    key: str
    row: int = 0
    price: float = 0.0
    labels: dict[str, str] = field(default_factory=dict)


class ${thing}${kind}:
    """All of them, by their keys."""

    def __init__(self) -> None:
        self._entries: dict[str, ${thing}Entry] = {}
${many(size, method)}${send}`
  return [`cachibot/services/house/${name}.py`, text]
}

/**
 * A component of the frontend.
 *
 * @param {number} index which of them
 * @param {boolean} isReader whether it reads a store that messages go to
 * @returns {[path: string, text: string]}
 */
export function typescriptFiller(index, isReader) {
  const { thing, kind, name, size } = subjectOf(index)
  const component = `${thing}${kind}${index}`
  const helper = (at) => {
    const verb = VERBS[at % VERBS.length]
    return `
/** What ${verb} makes of the rows. */
function ${verb}${at}(rows: readonly ${component}Row[], limit = ${at + 2}): ${component}Row[] {
  const chosen = rows.filter((row) => row.price > ${at} && row.label !== '')
  if (chosen.length > limit) {
    return chosen.slice(0, limit).map((row) => ({ ...row, label: \`\${row.label} (\${row.seat})\` }))
  }
  return [...chosen].sort((a, b) => a.price - b.price)
}
`
  }
  const used = (at) => `      {${VERBS[at % VERBS.length]}${at}(rows).map((row) => (
        <li key={row.seat} className="row">
          {row.label}: {row.price}
        </li>
      ))}
`
  const text = `import { useState } from 'react'
${isReader ? "import { useChatStore } from '../../stores/bots'\n" : ''}
interface ${component}Row {
  seat: string
  label: string
  price: number
  note?: string
}

interface ${component}Props {
  title: string
  rows: ${component}Row[]
  onChoose: (seat: string) => void
}
${many(size, helper)}
export function ${component}({ title, rows, onChoose }: ${component}Props) {
  const [isOpen, setIsOpen] = useState(false)
${isReader ? '  const activeChatId = useChatStore((state) => state.activeChatId)\n' : ''}
  return (
    <section data-testid="${name}">
      <button onClick={() => setIsOpen(!isOpen)}>{${isReader ? "[title, activeChatId].join(' ')" : 'title'}}</button>
${many(size, used)}      {isOpen && <button onClick={() => onChoose(rows[0]?.seat ?? '')}>Choose</button>}
    </section>
  )
}
`
  return [`frontend/src/components/house/${component}.tsx`, text]
}
