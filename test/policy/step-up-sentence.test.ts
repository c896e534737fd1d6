import { readFile } from 'node:fs/promises'
import { STEP_UP_PURPOSES } from '../../src/kernel/sentences.js'
import { inEnglish } from '../../src/messages/index.js'
import { stepUpSentence } from '../../src/policy/step-up-sentence.js'

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

describe('the message of a step-up', () => {
  it('exists for every purpose in the schema', async () => {
    const table = await readFile(new URL('../../schema/access.md', import.meta.url), 'utf8')
    const purposes = [...new Set(table.match(/(?<=\| `)[a-z-]+\.[a-z-]+(?=` \|)/g))]
    expect(purposes.length).toBeGreaterThan(5)
    expect(purposes.filter((purpose) => !(STEP_UP_PURPOSES as readonly string[]).includes(purpose))).toEqual([])
    expect(stepUpSentence(need('email.change'), { inEnglish })).toEqual({
      says: 'step-up.email.change',
      message: 'Confirm it is you to change your e-mail address.',
    })
  })

  it('is the application’s own if there is one, and then has no id', () => {
    const messages = { 'profile.read': 'Prove it.' }
    expect(stepUpSentence(need('profile.read'), { messages, inEnglish })).toEqual({ message: 'Prove it.' })
  })
})
