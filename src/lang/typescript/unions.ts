import type { Span } from '../../workspace/span.js'
import type { TsModule } from '../module.js'
import { isKind, type Node } from '../tree.js'
import { constantOf } from './constants.js'
import { constantValue, type TsDeclared, typeBehind, valueBehind } from './declarations.js'
import type { NameScope } from './exports.js'
import { basesOf, findDeclaration, keyOf, spanOf, statementsOf } from './grammar.js'
import { literalOf } from './literals.js'

/** Where names of a union are listed: the alternatives of an alias, an array, an object, an enum, an interface. */
export interface TsNameList extends Span {
  readonly form: 'alternatives' | 'array' | 'object' | 'enum' | 'interface'
  readonly file: string
}

export interface TsUnionMember extends Span {
  readonly value: string
  /** What it stands in, which may be in another file than the union. */
  readonly list: TsNameList
}

/** A type of strings at the top level of a file, with its members wherever they stand. */
export interface TsUnion extends Span {
  readonly name: string
  readonly members: readonly TsUnionMember[]
  /** Members that are no string that can be read, and where. */
  readonly unread: readonly (Span & { readonly file: string })[]
}

/** All types of strings that a file declares: aliases without type parameters, and enums. */
export function unionsOf(scope: NameScope, module: TsModule): TsUnion[] {
  return statementsOf(module, 'TypeAliasDeclaration', 'EnumDeclaration').flatMap(
    (node) => readUnion(scope, module, node) ?? [],
  )
}

/** The type of strings that a file declares under a name; undefined where it has none. */
export function unionNamed(scope: NameScope, module: TsModule, name: string): TsUnion | undefined {
  const node = findDeclaration(module, name, 'TypeAliasDeclaration', 'EnumDeclaration')
  return node === undefined ? undefined : readUnion(scope, module, node)
}

/** The strings that a type may be; undefined where it may be anything else. */
export function stringsOfType(scope: NameScope, module: TsModule, node: Node): readonly string[] | undefined {
  const { members, unread } = new Reader(scope).names(module, node)
  return unread.length > 0 || members.length === 0 ? undefined : members.map((one) => one.value)
}

function readUnion(scope: NameScope, module: TsModule, node: Node): TsUnion | undefined {
  const { members, unread } = new Reader(scope).declared({ module, node })
  return members.length === 0 ? undefined : { name: node.name, members, unread, ...spanOf(node) }
}

type Names = Pick<TsUnion, 'members' | 'unread'>

const NO_NAMES: Names = { members: [], unread: [] }

/** Follows a type to the strings that it may be; what is named in several places is followed once. */
class Reader {
  private readonly known = new Map<string, Map<Node, Names>>()

  constructor(private readonly scope: NameScope) {}

  /** The names that a declared type stands for. */
  declared({ module, node }: TsDeclared): Names {
    return this.once('names', node, () => {
      if (isKind(node, 'EnumDeclaration'))
        return listed(module, node, 'enum', node.list('members'), (one) =>
          literalOf(one.child('initializer')),
        )
      const type = plainTypeOf(node)
      return type === undefined ? NO_NAMES : this.names(module, type)
    })
  }

  /** What is in the middle of being followed has no names of its own. */
  private once(what: string, node: Node, read: () => Names): Names {
    const known = this.known.get(what) ?? new Map<Node, Names>()
    this.known.set(what, known)
    const found = known.get(node)
    if (found !== undefined) return found
    known.set(node, NO_NAMES)
    const names = read()
    known.set(node, names)
    return names
  }

  /** The strings that a type may be. */
  names(module: TsModule, node: Node): Names {
    if (isKind(node, 'UnionType')) return joined(node.list('types').map((one) => this.names(module, one)))
    const names = this.follow(module, node)
    return names === undefined || names.members.length === 0 ? unreadAt(module, node) : names
  }

  private follow(module: TsModule, node: Node): Names | undefined {
    const value = literalOf(node)
    if (value !== undefined) return alternative(module, node, value)
    const inner = node.child('type')
    switch (node.kind) {
      case 'ParenthesizedType':
        return inner === undefined ? undefined : this.names(module, inner)
      case 'TypeReference':
        return this.reference(module, node)
      case 'TypeQuery':
        return alternative(module, node, constantOf(this.scope, module, node.textOf('exprName')))
      case 'TypeOperator':
        return node.mark === 'keyof' && inner !== undefined ? this.keys(module, inner) : undefined
      case 'IndexedAccessType':
        return this.indexed(module, node)
      case 'TemplateLiteralType':
        return this.template(module, node)
      default:
        return undefined
    }
  }

  /** Another union, an enum, a member of one, `Exclude<A, B>`. */
  private reference(module: TsModule, node: Node): Names | undefined {
    const name = node.textOf('typeName')
    const [first, second] = node.list('typeArguments')
    if (first !== undefined) {
      if ((name !== 'Exclude' && name !== 'Extract') || second === undefined) return undefined
      const [all, chosen] = [this.names(module, first), this.names(module, second)]
      const isChosen = (value: string): boolean => chosen.members.some((one) => one.value === value)
      const members = all.members.filter(({ value }) => isChosen(value) === (name === 'Extract'))
      return { members, unread: [...all.unread, ...chosen.unread] }
    }
    if (name.includes('.')) return alternative(module, node, constantOf(this.scope, module, name))
    const found = typeBehind(this.scope, module, name)
    return found === undefined ? undefined : this.declared(found)
  }

  /** What `keyof` gives of a type: `Payloads`, `typeof EVENTS`, `Record<Name, …>`. */
  private keys(module: TsModule, node: Node): Names | undefined {
    const inner = node.child('type')
    switch (node.kind) {
      case 'ParenthesizedType':
        return inner === undefined ? undefined : this.keys(module, inner)
      case 'TypeLiteral':
        return listed(module, node, 'interface', node.list('members'), (one) => this.keyOf(module, one))
      case 'TypeQuery': {
        const found = this.constant(module, node.textOf('exprName'))
        return found === undefined ? undefined : this.entries(found.module, found.value, 'keys')
      }
      case 'TypeReference': {
        const [first] = node.list('typeArguments')
        const name = node.textOf('typeName')
        if (first !== undefined) return name === 'Record' ? this.names(module, first) : undefined
        const found = typeBehind(this.scope, module, name)
        return found === undefined ? undefined : this.keysOfDeclared(found)
      }
      default:
        return undefined
    }
  }

  private keysOfDeclared({ module, node }: TsDeclared): Names {
    return this.once('keys', node, () => {
      const type = plainTypeOf(node)
      if (type !== undefined) return this.keys(module, type) ?? NO_NAMES
      if (!isKind(node, 'InterfaceDeclaration')) return NO_NAMES
      const own = listed(module, node, 'interface', node.list('members'), (one) => this.keyOf(module, one))
      const inherited = basesOf(node).map((base) => {
        const found = typeBehind(this.scope, module, base.textOf('expression'))
        const isPlain = base.list('typeArguments').length === 0
        return found === undefined || !isPlain ? unreadAt(module, base) : this.keysOfDeclared(found)
      })
      return joined([own, ...inherited])
    })
  }

  /** `(typeof NAMES)[number]`, `(typeof EVENTS)[keyof typeof EVENTS]` */
  private indexed(module: TsModule, node: Node): Names | undefined {
    const object = node.child('objectType')
    const query = isKind(object, 'ParenthesizedType') ? object.child('type') : object
    if (!isKind(query, 'TypeQuery')) return undefined
    const name = query.textOf('exprName')
    const found = this.constant(module, name)
    // Without `as const` the type is `string`, whatever is listed.
    if (found === undefined || !found.isConst) return undefined
    const index = node.textOf('indexType').replace(/[()\s]/g, '')
    if (index === 'number') return this.items(found.module, found.value)
    return index === `keyoftypeof${name}` ? this.entries(found.module, found.value, 'values') : undefined
  }

  private constant(module: TsModule, name: string): Constant | undefined {
    const found = valueBehind(this.scope, module, name)
    const constant = found === undefined ? undefined : constantValue(found.node)
    return found === undefined || constant === undefined ? undefined : { module: found.module, ...constant }
  }

  /** The strings of an array, with those of the arrays that are spread into it. */
  private items(module: TsModule, array: Node): Names {
    return this.once('items', array, () =>
      isKind(array, 'ArrayLiteralExpression')
        ? this.listed(module, array, 'array', array.list('elements'), 'items', (one) =>
            this.valueOf(module, one),
          )
        : NO_NAMES,
    )
  }

  /** The keys or the values of an object, with those of the objects that are spread into it. */
  private entries(module: TsModule, object: Node, which: 'keys' | 'values'): Names {
    return this.once(which, object, () =>
      isKind(object, 'ObjectLiteralExpression')
        ? this.listed(module, object, 'object', object.list('properties'), which, (one) =>
            which === 'keys' ? this.keyOf(module, one) : this.valueOf(module, one.child('initializer')),
          )
        : NO_NAMES,
    )
  }

  private listed(
    module: TsModule,
    list: Node,
    form: TsNameList['form'],
    items: readonly Node[],
    which: 'items' | 'keys' | 'values',
    read: (item: Node) => string | undefined,
  ): Names {
    return joined(
      items.map((item) => {
        if (!isKind(item, 'SpreadElement', 'SpreadAssignment'))
          return listed(module, list, form, [item], read)
        const found = this.constant(module, item.textOf('expression'))
        if (found === undefined) return unreadAt(module, item)
        return which === 'items'
          ? this.items(found.module, found.value)
          : this.entries(found.module, found.value, which)
      }),
    )
  }

  /** The key of a property or a member, also of `[EVENTS.CHAT]`. */
  private keyOf(module: TsModule, member: Node): string | undefined {
    const name = member.child('name')
    const computed = isKind(name, 'ComputedPropertyName') ? name.child('expression') : undefined
    return keyOf(member) ?? this.valueOf(module, computed)
  }

  private valueOf(module: TsModule, node: Node | undefined): string | undefined {
    return literalOf(node) ?? (node === undefined ? undefined : constantOf(this.scope, module, node.text))
  }

  /** `` `${Event}` ``, `` `tool_${End}` `` */
  private template(module: TsModule, node: Node): Names | undefined {
    const [only, ...others] = node.list('templateSpans')
    const type = only?.child('type')
    if (only === undefined || type === undefined || others.length > 0) return undefined
    const head = node.textOf('head').slice(1, -2)
    const tail = only.textOf('literal').slice(1, -1)
    if (head.includes('\\') || tail.includes('\\')) return undefined
    const names = this.names(module, type)
    if (head === '' && tail === '') return names
    const made = names.members.map(({ value }) => alternative(module, node, head + value + tail))
    return { members: made.flatMap((one) => one?.members ?? []), unread: names.unread }
  }
}

interface Constant {
  readonly module: TsModule
  readonly value: Node
  readonly isConst: boolean
}

/** What an alias without type parameters stands for. */
function plainTypeOf(node: Node): Node | undefined {
  const isPlain = isKind(node, 'TypeAliasDeclaration') && node.list('typeParameters').length === 0
  return isPlain ? node.child('type') : undefined
}

/** One alternative of the alias around it, or of a type that has no name. */
function alternative(module: TsModule, node: Node, value: string | undefined): Names | undefined {
  const alias = node.closest('TypeAliasDeclaration')
  if (value === undefined) return undefined
  const list: TsNameList = { form: 'alternatives', file: module.source.path, ...spanOf(alias ?? node) }
  return { members: [{ value, list, ...spanOf(node) }], unread: [] }
}

function listed(
  module: TsModule,
  node: Node,
  form: TsNameList['form'],
  items: readonly Node[],
  read: (item: Node) => string | undefined,
): Names {
  const list: TsNameList = { form, file: module.source.path, ...spanOf(node) }
  return joined(
    items.map((item) => {
      const value = read(item)
      return value === undefined
        ? unreadAt(module, item)
        : { members: [{ value, list, ...spanOf(item) }], unread: [] }
    }),
  )
}

function unreadAt(module: TsModule, node: Node): Names {
  return { members: [], unread: [{ file: module.source.path, ...spanOf(node) }] }
}

/** All names, each place once: what is reached by two ways is there once. */
function joined(all: readonly Names[]): Names {
  return {
    members: distinct(
      all.flatMap((one) => one.members),
      ({ list, start, value }) => `${list.file} ${start} ${value}`,
    ),
    unread: distinct(
      all.flatMap((one) => one.unread),
      ({ file, start }) => `${file} ${start}`,
    ),
  }
}

function distinct<T>(all: readonly T[], key: (one: T) => string): T[] {
  return [...new Map(all.map((one) => [key(one), one])).values()]
}
