import fc from 'fast-check'
import type { Filter } from '../../src/store/index.js'

// Few names and few values, so that filters often match.
const name = fc.constantFrom('a', 'b', 'c')
const scalar = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, '', 'a', 'b', 0, -1, 1.5),
  fc.constantFrom(0, 1_000).map((ms) => new Date(ms)),
)
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { weight: 4, arbitrary: scalar },
    { weight: 3, arbitrary: fc.dictionary(name, tie('value'), { maxKeys: 3 }) },
    { weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 2 }) },
  ),
}))
const ordered = scalar.filter((operand) => operand !== null && typeof operand !== 'boolean')
const comparison = fc
  .record(
    {
      $gt: ordered,
      $gte: ordered,
      $lt: ordered,
      $lte: ordered,
      $exists: fc.boolean(),
      $ne: scalar,
      $in: fc.array(scalar, { maxLength: 3 }),
    },
    { requiredKeys: [] },
  )
  .filter((operators) => Object.keys(operators).length > 0)
const condition = fc.oneof({ weight: 2, arbitrary: scalar }, { weight: 1, arbitrary: comparison })

export const randomPath = fc.array(name, { minLength: 1, maxLength: 2 }).map((segments) => segments.join('.'))

/** The fields of a document: text, numbers, dates, null, lists and objects, nested. */
export const randomFields = fc.dictionary(name, value, { maxKeys: 3 })

export const randomFilter: fc.Arbitrary<Filter> = fc
  .dictionary(randomPath, condition, { minKeys: 1, maxKeys: 3 })
  .chain((fields) => fc.constantFrom(fields, { $or: Object.entries(fields).map(([path, what]) => ({ [path]: what })) }))
  .map((filter) => filter as Filter)
