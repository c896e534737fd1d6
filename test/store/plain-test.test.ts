import fc from 'fast-check'
import { Query } from 'mingo'
import type { Filter } from '../../src/store/index.js'
import { plainTest } from '../../src/store/embedded/plain-test.js'
import type { Row } from '../../src/store/embedded/row.js'

// Few names and few values, so that filters meet what they ask about.
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
const row = fc.dictionary(name, value, { maxKeys: 3 }).map((fields) => ({ _id: 'row', ...fields }))
const orderedOperand = scalar.filter((operand) => operand !== null && typeof operand !== 'boolean')
const comparison = fc
  .record(
    {
      $gt: orderedOperand,
      $gte: orderedOperand,
      $lt: orderedOperand,
      $lte: orderedOperand,
      $exists: fc.boolean(),
      $ne: scalar,
      $in: fc.array(scalar, { maxLength: 2 }),
    },
    { requiredKeys: [] },
  )
  .filter((operators) => Object.keys(operators).length > 0)
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((segments) => segments.join('.'))
const filter = fc
  .dictionary(path, fc.oneof(scalar, comparison), { minKeys: 1, maxKeys: 3 })
  .map((conditions) => conditions as Filter)

describe('plain comparisons', () => {
  it('answer what mingo answers, or leave it to mingo', () => {
    let answered = 0
    const agrees = fc.property(row, filter, (given, conditions) => {
      const answer = plainTest(conditions)?.(given) ?? null
      if (answer === null) return
      answered += 1
      expect(answer).toBe(new Query<Row>(conditions).test(given))
    })
    fc.assert(agrees, { numRuns: 5_000 })
    expect(answered).toBeGreaterThan(500)
  })

  it('answer the guard of a security step themselves', () => {
    const guard: Filter = {
      _id: 'p',
      'sessions.s.challenges.f.expiresAt': { $gt: new Date(0) },
      'sessions.s.challenges.f.attemptsLeft': { $gt: 0 },
      'factors.f.status': 'ACTIVE',
      'sessions.s.stepUps.k': { $exists: true },
    }
    const person = (attemptsLeft: number): Row => ({
      _id: 'p',
      factors: { f: { status: 'ACTIVE' } },
      sessions: { s: { stepUps: { k: {} }, challenges: { f: { expiresAt: new Date(1), attemptsLeft } } } },
    })
    expect([plainTest(guard)?.(person(1)), plainTest(guard)?.(person(0))]).toEqual([true, false])
  })

  it('take null for a field that is null or missing', () => {
    const test = plainTest({ 'a.b': null })
    const rows = [{ a: { b: null } }, { a: {} }, {}, { a: 1 }, { a: { b: 0 } }, { a: { b: '' } }]
    expect(rows.map((row) => test?.({ _id: 'r', ...row }))).toEqual([true, true, true, true, false, false])
    expect(test?.({ _id: 'r', a: { b: [null] } })).toBeNull()
  })

  it('leave lists and every other operator to mingo', () => {
    expect(plainTest({ a: 'x' })?.({ _id: 'r', a: ['x'] })).toBeNull()
    expect(plainTest({ 'a.b': 'x' })?.({ _id: 'r', a: [{ b: 'x' }] })).toBeNull()
    for (const other of [{ a: { $in: ['x'] } }, { $or: [{ a: 1 }] }]) expect(plainTest(other)).toBeNull()
  })
})
