import { readFile } from 'node:fs/promises'
import { stepUpMessage } from '../../src/policy/step-up-message.js'

const need = (purpose: string | null) =>
  ({
    assurance: 'MFA',
    maxAge: 300,
    reason: 'MFA_STALE',
    purpose,
    paths: [],
    challenge: [],
    enroll: ['TOTP'],
  }) as const

describe('the sentence a person reads when asked for a step-up', () => {
  it('is there for every purpose in the schema', async () => {
    const table = await readFile(new URL('../../schema/access.md', import.meta.url), 'utf8')
    const purposes = [...new Set(table.match(/(?<=\| `)[a-z-]+\.[a-z-]+(?=` \|)/g))]
    expect(purposes.length).toBeGreaterThan(5)
    const general = stepUpMessage(need(null))
    expect(purposes.filter((purpose) => stepUpMessage(need(purpose)) === general)).toEqual([])
  })

  it('is the application’s own where it has one', () => {
    expect(stepUpMessage(need('profile.read'), { 'profile.read': 'Prove it.' })).toBe('Prove it.')
  })
})
