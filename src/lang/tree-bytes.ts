import type { Tree } from './tree.js'

/** The columns of a tree in the order in which they are written, the wide ones first, so that each is aligned. */
const COLUMNS = ['start', 'end', 'size', 'kind', 'field', 'mark', 'flags'] as const

/** A tree as bytes: the length of a JSON head, the head, then each column, in the byte order of this machine. */
export function writeTree(tree: Tree): Uint8Array {
  const { words, syntaxErrors, isTooDeep } = tree
  const json = JSON.stringify({ words, syntaxErrors, isTooDeep, rows: tree.kind.length })
  const text = new TextEncoder().encode(json)
  const padding = -(text.length + 4) & 3
  const parts = [
    new Uint8Array(Uint32Array.of(text.length + padding).buffer),
    text,
    new Uint8Array(padding).fill(SPACE),
    ...COLUMNS.map((column) => bytesOf(tree[column])),
  ]
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    bytes.set(part, offset)
    offset += part.length
  }
  return bytes
}

/** The tree that was written. Its columns are the bytes themselves where those are aligned, so reading costs next to nothing. */
export function readTree(bytes: Uint8Array): Tree {
  const { buffer, byteOffset } =
    bytes.byteOffset % Uint32Array.BYTES_PER_ELEMENT === 0 ? bytes : bytes.slice()
  const length = new Uint32Array(buffer, byteOffset, 1)[0] as number
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, byteOffset + 4, length))) as Head
  const { rows, ...rest } = head
  let offset = byteOffset + 4 + length
  const take = <T>(make: ColumnType<T>): T => {
    const column = new make(buffer, offset, rows)
    offset += rows * make.BYTES_PER_ELEMENT
    return column
  }
  const [start, end, size] = [take(Uint32Array), take(Uint32Array), take(Uint32Array)]
  const [kind, field, mark] = [take(Uint16Array), take(Uint16Array), take(Uint16Array)]
  return { ...rest, start, end, size, kind, field, mark, flags: take(Uint8Array) }
}

interface Head extends Pick<Tree, 'words' | 'syntaxErrors' | 'isTooDeep'> {
  readonly rows: number
}

interface ColumnType<T> {
  readonly BYTES_PER_ELEMENT: number
  new (buffer: ArrayBufferLike, offset: number, length: number): T
}

const SPACE = 0x20

function bytesOf(column: Uint8Array | Uint16Array | Uint32Array): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, column.byteLength)
}
