import { isKind, type Node } from '../lang/tree.js'
import { typescript } from '../lang/typescript/language.js'
import { word } from '../layout/candidates.js'
import { namesOf } from '../layout/client-part.js'
import { scopeOf } from '../layout/repository.js'
import { bindsAny, isImported } from '../layout/typescript-names.js'
import { declarationOf } from '../values/typescript/bindings.js'
import { type Frame, frameOf, functionBehind, type Written } from '../values/typescript/frame.js'
import { perChannel } from './open-channel.js'

/** What is given to the client to be called with messages: a function, or an expression behind which none was found. */
export interface Registered extends Written {
  readonly handler: Written | undefined
}

/** Every handler that the frontend gives to the channel's client. */
export const registeredOf = perChannel((open): readonly Registered[] => {
  const { repository, layout, channel } = open
  if (channel.client === undefined) return []
  const { folder, aliases } = layout.frontend
  const names = namesOf(repository.typescript(channel.client.file), channel.client.name)
  const scope = scopeOf(repository, layout)
  return (
    repository
      .saying(
        `${folder}/src`,
        typescript.extensions,
        names.map((one) => one.name),
      )
      .filter((file) => file !== channel.client?.file && bindsAny(repository, file, names, aliases))
      // A file that nothing imports never runs, but for the one that the page begins with.
      .filter(
        (file) => file === channel.hook?.file || BEGINS.test(file) || isImported(repository, file, aliases),
      )
      .flatMap((file) => registeredIn(frameOf(scope, repository.typescript(file)), names))
  )
})

const BEGINS = /\/(?:main|index)\.tsx?$/

/** What a method is called that takes a handler. */
const LISTENS = /^(?:on|add|subscribe|listen|watch|register)/

/** What it is called where a handler takes messages, and not what becomes of the connection. */
const OF_MESSAGES = /Message|Json|Event|Data|Payload/i

function registeredIn(frame: Frame, names: readonly { readonly name: string }[]): Registered[] {
  const isClient = word(`(?:${names.map((one) => one.name).join('|')})`)
  return frame.module.root.descendants('CallExpression').flatMap((call) => {
    const callee = call.child('expression')
    if (!isKind(callee, 'PropertyAccessExpression') || !LISTENS.test(callee.name)) return []
    if (!isClient.test(madeOf(callee.child('expression')))) return []
    return call.list('arguments').flatMap((node): Registered[] => {
      const handler = functionBehind({ node, frame })
      const isHandler = handler !== undefined || (OF_MESSAGES.test(callee.name) && !/Literal/.test(node.kind))
      return isHandler ? [{ node, frame, handler }] : []
    })
  })
}

/** The text that says what an object is: of the declaration of its first name, else of the name itself. */
function madeOf(object: Node | undefined): string {
  let first = object
  while (first !== undefined && !isKind(first, 'Identifier')) first = first.child('expression')
  if (first === undefined) return ''
  const declaration = declarationOf(first)
  const whole = isKind(declaration, 'BindingElement')
    ? declaration.closest('VariableDeclaration')
    : declaration
  return whole?.text ?? first.text
}
