import { generateSync } from 'otplib'
import { recoveryFactor } from '../../src/factors/recovery/index.js'
import { totpFactor } from '../../src/factors/totp/index.js'
import { secondsAfter } from '../../src/kernel/clock.js'
import { codeAnswer, NO_ANSWER, secretsOf } from '../factors/world.js'
import { describeFactorKind } from './factor.js'

const secrets = secretsOf('k1')
const totpAt = (secret: string, now: Date): string => generateSync({ secret, epoch: now.getTime() / 1000 })

describeFactorKind('the factor kind TOTP', {
  make: () => totpFactor({ secrets }, { issuer: 'Stepgate', pastSteps: 1, challengeSeconds: 300 }),
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
