import type { Place } from '../errors.js'
import type { Shape } from '../payload/shape.js'
import { modelName } from '../sites/naming.js'
import type { SurveyContext } from '../sites/site.js'
import type { HalfDirection } from '../spec/event-spec.js'
import { frameAt } from '../values/python/frame.js'
import { modelNamed } from '../values/python/models.js'
import { findMisfit, foldKey } from './compare.js'
import type { Contract, SentField } from './contract.js'

/** How a model and the payload that is sent differ at one key. */
export interface ModelDifference {
  readonly key: string
  readonly what: string
  readonly place: Place | undefined
}

/**
 * What the pydantic model of an event says otherwise than what is sent; the case of keys is no difference, and what
 * the two sides of the wire disagree on is told by them.
 *
 * @param aliases what the wire calls fields of the model, by their names
 */
export function findModelDifferences(
  shape: Shape,
  contract: Contract,
  direction: HalfDirection | undefined,
  aliases: ReadonlyMap<string, string>,
): ModelDifference[] {
  const isOf = (sent: SentField, key: string): boolean => isNamed(sent, key) || aliases.get(key) === sent.key
  if (contract.isSentOpen || (direction === 'client-to-server' && !isOfRequest(shape, contract, isOf)))
    return []
  const disputed = disputedKeys(contract)
  const differences = [
    ...missingIn(shape, contract, isOf),
    ...misfitsOf(shape, contract, isOf),
    ...unsentIn(shape, contract, isOf),
  ]
  return differences.filter((one) => !disputed.has(foldKey(one.key)))
}

/** Whether a key of the wire is what a field of the model stands for, and what tells. */
type IsOf = (sent: SentField, key: string) => boolean

function isNamed(sent: SentField, key: string): boolean {
  return foldKey(sent.key) === foldKey(key.replace(/_$/, ''))
}

/** Whether the model is of the request and not of another event, whose payload has the same derived name. */
function isOfRequest(shape: Shape, { sent }: Contract, isOf: IsOf): boolean {
  return shape.filter(({ key }) => sent.some((one) => isOf(one, key))).length * 2 >= shape.length
}

/** Keys that the two sides of the wire already disagree on. */
function disputedKeys(contract: Contract): ReadonlySet<string> {
  const { neverSent, undeclared, caseTwins } = contract
  const keys = [
    ...neverSent.map((one) => one.key),
    ...(neverSent.length > 0 ? undeclared : []).map((one) => one.key),
    ...caseTwins.map((one) => one.sent.key),
    ...contract.wanted.flatMap(({ key, declared, reads }) => {
      const sent = contract.sent.find((one) => one.key === key)
      const types = [declared?.type, ...reads.map((one) => one.type)].filter((one) => one !== undefined)
      return sent !== undefined && types.some((type) => findMisfit(sent.type, type) !== undefined)
        ? [key]
        : []
    }),
  ]
  return new Set(keys.map(foldKey))
}

function missingIn(shape: Shape, { sent }: Contract, isOf: IsOf): ModelDifference[] {
  return sent
    .filter((one) => !shape.some(({ key }) => isOf(one, key)))
    .map((one) => ({ key: one.key, what: `no \`${one.key}\``, place: one.place }))
}

function misfitsOf(shape: Shape, { sent }: Contract, isOf: IsOf): ModelDifference[] {
  return shape.flatMap((field) => {
    const other = sent.find((one) => isOf(one, field.key))
    const misfit = other === undefined ? undefined : findMisfit(other.type, field.type)
    if (other === undefined || misfit === undefined || (misfit === 'null' && field.optional === true))
      return []
    const how = misfit === 'null' ? 'can be null on the wire' : 'has another type on the wire'
    return [{ key: other.key, what: `\`${field.key}\` ${how}`, place: other.place }]
  })
}

function unsentIn(shape: Shape, { sent }: Contract, isOf: IsOf): ModelDifference[] {
  return shape
    .filter(({ key }) => !sent.some((one) => isOf(one, key)))
    .map(({ key }) => ({ key, what: `\`${key}\` is never sent`, place: undefined }))
}

/** What the wire calls the fields of an event's model, by their names. */
export function aliasesOf(
  { repository, layout, channel }: SurveyContext,
  event: string,
): ReadonlyMap<string, string> {
  const module = repository.python(channel.envelope.file)
  const frame = frameAt({ repository, layout }, module, module.root)
  const fields = modelNamed(frame, modelName(event))?.fields ?? []
  return new Map(fields.flatMap(({ name, alias }) => (alias === undefined ? [] : [[name, alias]])))
}
