import fc from 'fast-check'
import { ACCESS_LEVELS } from '../../src/kernel/access.js'
import { ASSURANCES, USUAL_ASSURANCES } from '../../src/kernel/assurance.js'
import { FACTOR_TYPES } from '../../src/kernel/factor-type.js'
import {
  DEFAULT_REQUIREMENT,
  foldRequirements,
  typesFor,
  type Demand,
  type Requirement,
} from '../../src/policy/requirement.js'

const reached = (...requirements: Partial<Requirement>[]) =>
  requirements.map((over, index) => ({ path: `field${index}`, requirement: { ...DEFAULT_REQUIREMENT, ...over } }))

const demandsOf = (...requirements: Partial<Requirement>[]): Demand[] =>
  foldRequirements(reached(...requirements), USUAL_ASSURANCES).demands.map(
    ({ assurance, withinSeconds, factors, strongest }) => ({
      assurance,
      withinSeconds,
      factors,
      strongest,
    }),
  )

describe('folding requirements', () => {
  it('combines the strictest of each into one demand', () => {
    const folded = demandsOf(
      { assurance: 'MFA', withinSeconds: 3600, factors: ['TOTP', 'WEBAUTHN'] },
      { assurance: 'PHISHING_RESISTANT' },
      { assurance: 'MFA', withinSeconds: 300 },
    )
    expect(folded).toEqual([
      { assurance: 'PHISHING_RESISTANT', withinSeconds: 300, factors: ['TOTP', 'WEBAUTHN'], strongest: false },
    ])
  })

  it('keeps demands apart that no single factor can meet', () => {
    const folded = demandsOf({ factors: ['TOTP'] }, { factors: ['WEBAUTHN'] }, { assurance: 'MFA', withinSeconds: 60 })
    expect(folded).toEqual([
      { assurance: 'MFA', withinSeconds: 60, factors: ['TOTP'], strongest: false },
      { assurance: 'ONE_FACTOR', withinSeconds: null, factors: ['WEBAUTHN'], strongest: false },
    ])
  })

  it('keeps a list of factors apart from the account’s strongest factor, which may not be on the list', () => {
    expect(demandsOf({ factors: ['SMS'] }, { strongest: true })).toHaveLength(2)
  })

  it('requires nothing for public fields', () => {
    const folded = foldRequirements(reached({ access: 'PUBLIC' }), USUAL_ASSURANCES)
    expect(folded).toEqual({ access: [], demands: [], askedBy: [], sensitive: [], rules: [] })
  })

  it('records which field requires what', () => {
    const fields = reached({}, { assurance: 'MFA' }, { access: 'ADMIN' })
    const folded = foldRequirements(fields, USUAL_ASSURANCES)
    expect(folded.access).toEqual(['ACCOUNT', 'ADMIN'])
    expect(folded.demands[0]?.askedBy).toEqual([fields[1]])
    expect(folded.sensitive).toEqual([fields[1], fields[2]])
    expect(folded.askedBy).toEqual(fields)
  })

  it('never loses a requirement of a field, whatever is folded with it', () => {
    const anyRequirement = fc.record({
      access: fc.constantFrom(...ACCESS_LEVELS),
      assurance: fc.constantFrom(...ASSURANCES),
      withinSeconds: fc.option(fc.nat(10_000)),
      factors: fc.option(fc.subarray([...FACTOR_TYPES], { minLength: 1 })),
      strongest: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(anyRequirement, { maxLength: 8 }), (requirements) => {
        const fields = reached(...requirements)
        const folded = foldRequirements(fields, USUAL_ASSURANCES)
        for (const field of fields) {
          const { requirement } = field
          const { access, withinSeconds, strongest } = requirement
          if (access !== 'PUBLIC') expect(folded.access).toContain(access)
          const demand = folded.demands.find(({ askedBy }) => askedBy.includes(field))
          if (!demand) continue
          const wanted = typesFor(requirement, USUAL_ASSURANCES)
          for (const type of typesFor(demand, USUAL_ASSURANCES)) expect(wanted).toContain(type)
          if (withinSeconds !== null) expect(demand.withinSeconds).toBeLessThanOrEqual(withinSeconds)
          if (strongest) expect(demand.strongest).toBe(true)
        }
      }),
    )
  })
})
