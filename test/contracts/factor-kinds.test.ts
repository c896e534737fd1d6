import { generateSync } from 'otplib'
import { createAuditLog } from '../../src/audit/index.js'
import { emailFactor } from '../../src/factors/email/index.js'
import { recoveryFactor } from '../../src/factors/recovery/index.js'
import { smsFactor } from '../../src/factors/sms/index.js'
import { passkeyFactor } from '../../src/factors/webauthn/index.js'
import { totpFactor } from '../../src/factors/totp/index.js'
import type { TextMessage } from '../../src/factors/index.js'
import { secondsAfter } from '../../src/kernel/clock.js'
import { createBudgets } from '../../src/limits/index.js'
import { createMessages } from '../../src/messages/index.js'
import { createAuditRepository } from '../../src/store/audit-repository.js'
import { codeAnswer, NO_ANSWER, secretsOf } from '../factors/world.js'
import { limitsWorld } from '../limits/support/limits-world.js'
import { otherCode, otherThan } from '../support/factors.js'
import { registerPasskey, RELYING_PARTY } from '../factors/register-passkey.js'
import type { SoftPasskey } from '../support/soft-passkey.js'
import { describeFactorKind } from './factor.js'

const secrets = secretsOf('k1')
const world = await limitsWorld('embedded')
afterAll(() => world.close())
const toSend = {
  secrets,
  limits: world.deps,
  budgets: createBudgets(),
  shares: { enrollment: 0.6, unknownDevice: 0.8 },
  audit: createAuditLog({
    store: createAuditRepository(world.store),
    clock: world.clock,
    secrets,
    countryOf: () => null,
  }),
  messages: createMessages({ service: 'Stepgate', language: 'en' }),
}
/** The code in the newest of some messages. */
const codeIn = (texts: readonly { readonly text: string }[]): string =>
  /\b\d{6}\b/.exec(texts.at(-1)?.text ?? '')?.[0] ?? ''

const totpAt = (secret: string, now: Date): string => generateSync({ secret, epoch: now.getTime() / 1000 })

describeFactorKind('the factor kind TOTP', {
  make: () =>
    totpFactor(
      { secrets },
      { issuer: 'Stepgate', pastSteps: 1, stepsAhead: 1, maxDriftSteps: 2, challengeSeconds: 300 },
    ),
  rightAnswer: ({ totp }, now) => codeAnswer(totpAt(totp?.secret ?? '', now)),
  nextAnswer: ({ totp }, now) => {
    const later = secondsAfter(now, 30)
    return { answer: codeAnswer(totpAt(totp?.secret ?? '', later)), now: later }
  },
  wrongAnswer: ({ totp }, now) => codeAnswer(totpAt(totp?.secret ?? '', secondsAfter(now, 3600))),
  secretsIn: ({ totp }) => (totp ? [totp.secret] : []),
  ofAltered: 'unreadable',
})

describeFactorKind('the factor kind RECOVERY_CODE', {
  make: () => recoveryFactor({ secrets }, { codes: 10, challengeSeconds: 600 }),
  rightAnswer: ({ recoveryCodes }) => ({ ...NO_ANSWER, recoveryCode: recoveryCodes?.[3] ?? '' }),
  nextAnswer: ({ recoveryCodes }, now) => ({ answer: codeAnswer(recoveryCodes?.[4] ?? ''), now }),
  wrongAnswer: () => codeAnswer('0000-0000-0000-0000'),
  secretsIn: ({ recoveryCodes }) => (recoveryCodes ?? []).flatMap((code) => [code, code.replaceAll('-', '')]),
  ofAltered: 'wrong',
})

const texts: TextMessage[] = []
const textSender = { send: (message: TextMessage) => Promise.resolve(void texts.push(message)) }
describeFactorKind('the factor kind SMS', {
  make: () =>
    smsFactor({ ...toSend, texts: textSender }, { challengeSeconds: 600, defaultRegion: null, host: 'id.example.com' }),
  given: { phoneNumber: '+12025550123' },
  sentCode: () => codeIn(texts),
  rightAnswer: ({ sentCode }) => codeAnswer(sentCode ?? ''),
  wrongAnswer: ({ sentCode }) => codeAnswer(otherThan(sentCode ?? '')),
  secretsIn: ({ sentCode }) => (sentCode === null ? [] : [sentCode]),
  ofAltered: 'unreadable',
})

const mails: { readonly text: string }[] = []
const mailer = { send: (mail: { readonly text: string }) => Promise.resolve(void mails.push(mail)) }
describeFactorKind('the factor kind EMAIL', {
  make: () => emailFactor({ ...toSend, mailer }, { challengeSeconds: 600 }),
  given: { emailAddress: 'a-mailbox-with-a-name-that-is-long@example.com' },
  sentCode: () => codeIn(mails),
  rightAnswer: ({ sentCode }) => codeAnswer(sentCode ?? ''),
  wrongAnswer: ({ sentCode }) => codeAnswer(otherCode([sentCode ?? ''])),
  secretsIn: ({ sentCode }) => (sentCode === null ? [] : [sentCode]),
  ofAltered: 'unreadable',
})

const passkeys = new Map<string, SoftPasskey>()
/** The passkey that a question names. */
const passkeyAskedBy = (options: object | null): SoftPasskey => {
  const { allowCredentials } = options as { allowCredentials: readonly { readonly id: string }[] }
  const found = passkeys.get(allowCredentials[0]?.id ?? '')
  if (!found) throw new Error('the question is put to no passkey')
  return found
}
describeFactorKind('the factor kind WEBAUTHN', {
  make: () => passkeyFactor({ secrets, relyingParty: RELYING_PARTY }, { challengeSeconds: 300 }),
  prove: async (kind, owner, begun) => {
    const { factor, passkey } = await registerPasskey(kind, owner, begun)
    passkeys.set(passkey.id, passkey)
    return factor
  },
  rightAnswer: ({ shown }) => {
    const { webauthn } = shown
    return { ...NO_ANSWER, webauthn: passkeyAskedBy(webauthn).get(webauthn ?? {}) }
  },
  wrongAnswer: ({ shown }) => {
    const { webauthn } = shown
    return { ...NO_ANSWER, webauthn: passkeyAskedBy(webauthn).get(webauthn ?? {}, { challenge: 'another' }) }
  },
  secretsIn: ({ shown }) => [passkeyAskedBy(shown.webauthn).privateKey.export({ format: 'jwk' }).d ?? ''],
  ofAltered: 'unreadable',
})
