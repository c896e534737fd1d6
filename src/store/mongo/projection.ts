import type { Fields, MapFields, Stored } from '../collection.js'

type Expression = string | number | boolean | null | readonly Expression[] | { readonly [name: string]: Expression }

/**
 * The fields as a projection of `find` and `findAndModify`. Expressions are legal in both since MongoDB 4.4. Values
 * that a caller could choose are literals, so that none is taken for an expression.
 */
export function projectionOf({ paths, maps = {} }: Fields<Stored>): Record<string, Expression> {
  const projection: Record<string, Expression> = {}
  for (const path of paths) projection[path] = 1
  for (const [path, map] of Object.entries(maps)) projection[path] = entriesOf(path, map)
  return projection
}

/** The field, and the whole document as `changed` if the field has another value. */
export const unlessProjection = (field: string, value: string): Record<string, Expression> => ({
  [field]: 1,
  changed: { $cond: [{ $eq: [`$${field}`, { $literal: value }] }, '$$REMOVE', '$$ROOT'] },
})

function entriesOf(path: string, { entries, fields, sizes = {} }: MapFields): Expression {
  const all = { $objectToArray: { $ifNull: [`$${path}`, {}] } }
  const chosen = entries ? { $filter: { input: all, as: 'entry', cond: { $or: conditionsOf(entries) } } } : all
  if (!fields) return { $arrayToObject: chosen }
  const read = fields.map((field) => [field, `$$entry.v.${field}`] as const)
  const counted = Object.entries(sizes).map(([name, inner]) => [name, sizeOf(`$$entry.v.${inner}`)] as const)
  const value = Object.fromEntries<Expression>([...read, ...counted])
  return { $arrayToObject: { $map: { input: chosen, as: 'entry', in: { k: '$$entry.k', v: value } } } }
}

function conditionsOf({ keys, keyAt, where }: NonNullable<MapFields['entries']>): readonly Expression[] {
  return [
    ...(keys ? [{ $in: ['$$entry.k', { $literal: keys }] }] : []),
    ...(keyAt === undefined ? [] : [{ $eq: ['$$entry.k', `$${keyAt}`] }]),
    ...(where ? [{ $and: Object.entries(where).map(equals) }] : []),
  ]
}

const equals = ([field, value]: readonly [string, string]): Expression => ({
  $eq: [`$$entry.v.${field}`, { $literal: value }],
})

const sizeOf = (inner: string): Expression => ({
  $cond: [{ $eq: [{ $type: inner }, 'object'] }, { $size: { $objectToArray: inner } }, '$$REMOVE'],
})
