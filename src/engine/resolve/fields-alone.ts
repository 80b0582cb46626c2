import { readWireCase } from '../../channel/envelope.js'
import { branchesTaking, isCase } from '../../channel/receiving.js'
import { literalValue } from '../../lang/python/literals.js'
import { callArguments } from '../../lang/python/query.js'
import { readFields } from '../../ledger/fields.js'
import { isInside } from '../../ledger/pair.js'
import { readPythonType } from '../../payload/python.js'
import { readTsType } from '../../payload/typescript.js'
import { modelName } from '../../sites/naming.js'
import { SITES } from '../../sites/registry.js'
import { findEmitUnit } from '../../sites/send/unit.js'
import { ROLES, type Rows, type SurveyContext, siteKey } from '../../sites/site.js'
import { readUpsertKey } from '../../sites/store.js'
import { type Field, type FieldType, scalar } from '../../spec/field-type.js'
import { camelToSnake } from '../../spec/names.js'
import { settleType } from '../../values/typescript/types.js'

/** Sites that say the payload's type, and may show nothing of it. */
const NAMING = SITES.filter((site) => site.needs.includes('ts-payload-interface')).map(siteKey)

/** Sites that show a payload and do not make it; each is read as if it were the only one. */
const SHOWING = ROLES.filter((role) => role !== 'produces')
  .flatMap((role) => SITES.filter((site) => site.role === role && site.payload !== 'none'))
  .map(siteKey)

/**
 * The fields of an event as each place that shows them does alone; what its send gives; and, where only the payload's
 * type is said, one that stands for all.
 */
export function readFieldsAlone(context: SurveyContext, event: string): readonly (readonly Field[])[] {
  const { rows } = context
  const wireCase = readWireCase(context)
  const alone = SHOWING.flatMap((site) => {
    const only: Rows = {
      size: rows.size,
      events: () => rows.events(),
      of: (one, key) => (key === site ? rows.of(one, key) : []),
      isKnown: (one) => rows.isKnown(one),
    }
    const fields = readFields(only, event, 'client-to-server', wireCase)
    return fields === undefined ? [] : [fields]
  })
  const readings = [...alone, readSent(context, event), readCase(context, event), readNamed(context, event)]
  return readings.filter((one) => one !== undefined)
}

/** The keys that the case reads one by one, with what it casts them to. */
function readCase(context: SurveyContext, event: string): Field[] | undefined {
  const found = branchesTaking(context, event).find(isCase)
  return found?.use.reads.map(({ key, cast }) => {
    const written = cast === undefined ? 'unknown' : settleType(cast).node.text
    const bare = written.replace(/ \| undefined$/, '')
    return { name: camelToSnake(key), type: readTsType(bare), optional: bare !== written }
  })
}

function readNamed(context: SurveyContext, event: string): Field[] {
  const { rows, repository } = context
  const says = NAMING.flatMap((site) => rows.of(event, site)).some(({ file, start, end }) =>
    repository.workspace.read(file).text.slice(start, end).includes(modelName(event)),
  )
  const key = readUpsertKey(context, event)
  const name = key === undefined ? 'value' : camelToSnake(key)
  return says ? [{ name, type: scalar('str'), optional: false }] : []
}

/** What the function that is made for the send takes and gives to the factory. */
function readSent({ repository, rows }: SurveyContext, event: string): Field[] | undefined {
  const sent = rows.of(event, 'python-send')[0]
  if (sent === undefined) return undefined
  const module = repository.python(sent.file)
  const unit = findEmitUnit(module, sent.start, event, rows)
  if (unit.kind === 'blocked' || unit.scope === undefined) return undefined
  const call = module.root
    .descendants('call')
    .find((one) => one.start === sent.start && one.child('arguments') !== undefined)
  if (call === undefined) return undefined
  const { parameters } = unit.scope.function
  const branch =
    rows
      .events()
      .flatMap((one) => rows.of(one, 'python-handler-branch'))
      .find((one) => isInside(sent, one))?.shape ?? []
  return callArguments(call).flatMap(({ name, value }): Field[] => {
    const parameter = parameters.find((one) => one.name === value.text)
    if (name === undefined) return []
    if (parameter === undefined)
      return [
        {
          name,
          type: typeOfArgument(value.text) ?? branch.find((one) => one.key === name)?.type ?? scalar('str'),
          optional: false,
        },
      ]
    const type = readPythonType(parameter.annotation ?? 'Any')
    const given = parameter.default === undefined ? undefined : literalValue(parameter.default)
    const isOptional = given === null
    return [
      {
        name: name.replace(/_$/, ''),
        type: isOptional && type.kind === 'nullable' ? type.item : type,
        optional: isOptional,
        ...(given === undefined || isOptional ? {} : { default: given }),
      },
    ]
  })
}

/** A date is read by the type that the answer has. */
function typeOfArgument(text: string): FieldType | undefined {
  const printed = /^TypeAdapter\((.*)\)\.validate_python\(/s.exec(text)?.[1]
  return printed === undefined ? undefined : readPythonType(printed)
}
