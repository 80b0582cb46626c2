import { type TsUnion, unionNamed } from '../lang/typescript/unions.js'
import { scopeOf } from '../layout/repository.js'
import { perChannel } from './open-channel.js'

/** The union of a channel's wire names, with its members wherever they are listed. */
export const findUnion = perChannel(({ repository, layout, channel }): TsUnion | undefined =>
  channel.union === undefined
    ? undefined
    : unionNamed(scopeOf(repository, layout), repository.typescript(channel.union.file), channel.union.name),
)
