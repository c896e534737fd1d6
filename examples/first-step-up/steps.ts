import {
  ChangeEmailDocument,
  EnrollFactorDocument,
  MeDocument,
  MyProfileDocument,
  SignInDocument,
  SignOutDocument,
  SignUpDocument,
  VerifyChallengeDocument,
  VerifyEmailDocument,
} from '../../schema/generated/graphql.js'
import { readAuditLog } from './audit-trail.js'
import { drawQrCode, scanQrCode } from './authenticator.js'
import { readLinkToken } from './mailbox.js'
import { ADA, given, type Story } from './story.js'
import { dataOf, expect, refusalOf } from './surprise.js'

/** One action of a person or a client. `run` returns what to show, and throws when something else happened. */
export interface Step {
  readonly does: string
  readonly expects: string
  readonly run: (story: Story) => Promise<string>
}

const CREDENTIALS = { email: ADA.email, password: ADA.password, transport: 'COOKIE' } as const

/** The story from the sign-up to the audit log, one answer of the gateway after another. */
export const STEPS: readonly Step[] = [
  {
    does: 'Sign up.',
    expects: 'The sign-up is accepted, as every sign-up is, so that no one learns which addresses have accounts.',
    run: async ({ laptop }) => {
      const { signUp } = dataOf(await laptop.send(SignUpDocument, { input: ADA }))
      expect(signUp.accepted, signUp)
      return `accepted: true`
    },
  },
  {
    does: 'Read the mail in the development outbox.',
    expects: 'A link with a token in its fragment.',
    run: async (story) => {
      story.linkToken = await readLinkToken(story.gateway.url, ADA.email)
      return `#token=${story.linkToken.slice(0, 8)}…`
    },
  },
  {
    does: 'Verify the e-mail address.',
    expects: 'The account exists.',
    run: async ({ laptop, linkToken }) => {
      const { verifyEmail } = dataOf(await laptop.send(VerifyEmailDocument, { input: { token: given(linkToken) } }))
      expect(verifyEmail.verified, verifyEmail)
      return 'verified: true'
    },
  },
  {
    does: 'Sign in with the password.',
    expects: 'Signed in with one factor: there is no other yet.',
    run: async ({ laptop }) => {
      const { signIn } = dataOf(await laptop.send(SignInDocument, { input: CREDENTIALS }))
      expect(signIn.__typename === 'SignedIn' && signIn.session.assurance === 'ONE_FACTOR', signIn)
      return `${signIn.__typename}, assurance ${signIn.session.assurance}`
    },
  },
  {
    does: 'Read `me`.',
    expects: 'An answer: a session is enough for it.',
    run: async ({ laptop }) => {
      const { me } = dataOf(await laptop.send(MeDocument))
      expect(me.email === ADA.email, me)
      return `${me.email}, ${me.roles.join()}`
    },
  },
  {
    does: 'Ask for `me.profile`, which is guarded by MFA no older than 300 seconds.',
    expects: 'STEP_UP_REQUIRED, saying that a factor must be enrolled first.',
    run: async ({ laptop }) => {
      const { message, extensions } = refusalOf(await laptop.send(MyProfileDocument), 'STEP_UP_REQUIRED')
      const { stepUp } = extensions
      expect(stepUp?.reason === 'MFA_MISSING' && stepUp.challenge.length === 0, extensions)
      expect(stepUp.maxAge === 300 && stepUp.enroll.includes('TOTP'), extensions)
      return `STEP_UP_REQUIRED: ${message}\nreason ${stepUp.reason}, purpose ${String(stepUp.purpose)}, enrol one of: ${stepUp.enroll.join()}`
    },
  },
  {
    does: 'Enrol an authenticator app.',
    expects: 'A QR code, and a challenge to prove that the app has it.',
    run: async (story) => {
      const { enrollFactor } = dataOf(await story.laptop.send(EnrollFactorDocument, { input: { type: 'TOTP' } }))
      const { factor, challenge, totp } = enrollFactor
      expect(factor.status === 'PENDING' && challenge != null && totp != null, enrollFactor)
      story.challengeId = challenge.id
      story.authenticator = { factorId: factor.id, ...scanQrCode(totp.otpauthUri, story.gateway.clock) }
      return `${await drawQrCode(totp.otpauthUri, story.colours)}\n${totp.otpauthUri}`
    },
  },
  {
    does: 'Answer the challenge with the code the app shows.',
    expects: 'The factor is active and the session has MFA.',
    run: async (story) => {
      const code = given(story.authenticator).code()
      const input = { challengeId: given(story.challengeId), code }
      const { verifyChallenge } = dataOf(await story.laptop.send(VerifyChallengeDocument, { input }))
      expect(verifyChallenge.__typename === 'ChallengePassed', verifyChallenge)
      expect(verifyChallenge.factor.status === 'ACTIVE' && verifyChallenge.session.assurance === 'MFA', verifyChallenge)
      story.recoveryCodes = verifyChallenge.recoveryCodes ?? null
      return `code ${code}: ${verifyChallenge.__typename}, assurance ${verifyChallenge.session.assurance}`
    },
  },
  {
    does: 'Look at the recovery codes that came with the first factor.',
    expects: 'Ten different codes, shown this once.',
    run: async ({ recoveryCodes }) => {
      const codes = given(recoveryCodes)
      expect(new Set(codes).size === 10 && codes.every((code) => /^(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}$/.test(code)), codes)
      return [codes.slice(0, 5).join('  '), codes.slice(5).join('  ')].join('\n')
    },
  },
  {
    does: 'Ask for `me.profile` again.',
    expects: 'An answer: MFA was proved just now.',
    run: async ({ laptop }) => {
      const { me } = dataOf(await laptop.send(MyProfileDocument))
      expect(me.profile != null && me.profile.taxId === null, me)
      return `profile: ${JSON.stringify(me.profile)}`
    },
  },
  {
    does: 'Let 301 seconds pass, and ask once more.',
    expects: 'STEP_UP_REQUIRED with the reason MFA_STALE, naming the factor that satisfies it.',
    run: async (story) => {
      story.gateway.clock.advance(301)
      const { extensions } = refusalOf(await story.laptop.send(MyProfileDocument), 'STEP_UP_REQUIRED')
      const { stepUp } = extensions
      const { factorId } = given(story.authenticator)
      expect(stepUp?.reason === 'MFA_STALE', extensions)
      const option = stepUp.challenge.find((each) => each.factorId === factorId)
      expect(option?.type === 'TOTP', extensions)
      story.mfaToken = stepUp.mfaToken
      return `reason ${stepUp.reason}, would do: ${stepUp.challenge.map(({ name }) => name).join(', ')}`
    },
  },
  {
    does: 'Answer with a code, for this refusal, and have this device remembered.',
    expects: 'The device is remembered, and the profile opens again.',
    run: async (story) => {
      const code = given(story.authenticator).code()
      const { factorId } = given(story.authenticator)
      const input = { factorId, mfaToken: given(story.mfaToken), code, rememberDevice: true }
      const { verifyChallenge } = dataOf(await story.laptop.send(VerifyChallengeDocument, { input }))
      expect(verifyChallenge.__typename === 'ChallengePassed' && verifyChallenge.deviceRemembered, verifyChallenge)
      const { me } = dataOf(await story.laptop.send(MyProfileDocument))
      expect(me.profile != null, me)
      return `code ${code}: ${verifyChallenge.__typename}, deviceRemembered: true, profile answered`
    },
  },
  {
    does: 'Sign out.',
    expects: 'The session has ended: `me` no longer answers.',
    run: async ({ laptop }) => {
      const { signOut } = dataOf(await laptop.send(SignOutDocument))
      expect(signOut.signedOut, signOut)
      refusalOf(await laptop.send(MeDocument), 'UNAUTHENTICATED')
      return 'signedOut: true, then UNAUTHENTICATED'
    },
  },
  {
    does: 'Sign in again from the same device.',
    expects: 'Signed in without a prompt, and with one factor only: remembering is not a proof.',
    run: async ({ laptop }) => {
      const { signIn } = dataOf(await laptop.send(SignInDocument, { input: CREDENTIALS }))
      expect(signIn.__typename === 'SignedIn' && signIn.session.assurance === 'ONE_FACTOR', signIn)
      return `${signIn.__typename}, assurance ${signIn.session.assurance}`
    },
  },
  {
    does: 'Change the e-mail address from there.',
    expects: 'STEP_UP_REQUIRED all the same.',
    run: async ({ laptop }) => {
      const asked = await laptop.send(ChangeEmailDocument, { input: { newEmail: 'countess@example.com' } })
      const { message, extensions } = refusalOf(asked, 'STEP_UP_REQUIRED')
      expect(extensions.stepUp?.purpose === 'email.change', extensions)
      return `STEP_UP_REQUIRED: ${message}`
    },
  },
  {
    does: 'Sign in from another device.',
    expects: 'MfaRequired: a pending session that can only prove the second factor.',
    run: async ({ elsewhere }) => {
      const { signIn } = dataOf(await elsewhere.send(SignInDocument, { input: CREDENTIALS }))
      expect(signIn.__typename === 'MfaRequired', signIn)
      refusalOf(await elsewhere.send(MeDocument), 'MFA_REQUIRED')
      return `${signIn.__typename}, reason ${signIn.stepUp.reason}; \`me\` answers MFA_REQUIRED`
    },
  },
  {
    does: 'Read the audit log, as the administrator she is, after a step-up with the next code.',
    expects: 'Every step above in order, and an unbroken hash chain.',
    run: readAuditLog,
  },
]
