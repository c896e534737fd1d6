import { generateSync } from 'otplib'
import {
  ChangePasswordDocument,
  CreateOrganizationDocument,
  EnrollFactorDocument,
  InviteMemberDocument,
  MyFactorsDocument,
  RenameFactorDocument,
  RenameOrganizationDocument,
  SetLanguageDocument,
  SignInDocument,
  SignOutDocument,
  SignUpDocument,
  VerifyEmailDocument,
} from '../../schema/generated/graphql.js'
import type { AuditAction } from '../../src/audit/index.js'
import { challenged, guess, sendCode } from '../support/answers.js'
import { dataOf, type Client } from '../support/client.js'
import type { GatewayProcess } from '../support/gateway-process.js'
import { PASSWORD } from '../support/person.js'

interface Enrolled {
  readonly email: string
  readonly factorId: string
}

/** What the gateway has acknowledged: it must never be lost. */
export interface Journal {
  readonly activated: Enrolled[]
  readonly spent: (Enrolled & { readonly code: string; readonly timeStep: number })[]
  readonly recoveryUsed: Enrolled[]
  /** The cookies of sessions that were ended. */
  readonly ended: ReadonlyMap<string, string>[]
  readonly operations: { readonly action: AuditAction; readonly target: string }[]
}

export const createJournal = (): Journal => ({ activated: [], spent: [], recoveryUsed: [], ended: [], operations: [] })

export const RENAMED = 'Renamed'
const STEP_SECONDS = 30
let people = 0

/**
 * Takes one new person after another through enrolment, step-up, recovery code and sign-out, until the gateway stops
 * answering.
 */
export async function workUntilKilled(gateway: GatewayProcess, journal: Journal): Promise<void> {
  for (;;) {
    try {
      await takeOnePerson(gateway, journal)
    } catch (error) {
      // fetch throws a TypeError (of Node's realm, not of the test's) when the connection is gone.
      if ((error as Error).name === 'TypeError') return
      throw error
    }
  }
}

async function takeOnePerson(gateway: GatewayProcess, journal: Journal): Promise<void> {
  const email = `worker${(people += 1)}@example.com`
  const client = gateway.client()
  dataOf(await client.send(SignUpDocument, { input: { email, password: PASSWORD } }))
  dataOf(await client.send(VerifyEmailDocument, { input: { token: await gateway.linkTokenFor(email) } }))
  const { signIn } = dataOf(await client.send(SignInDocument, { input: { email, password: PASSWORD } }))
  if (signIn.__typename !== 'SignedIn') throw new Error(`an unexpected sign-in: ${signIn.__typename}`)
  journal.operations.push({ action: 'session.created', target: signIn.session.id })

  const { factor, challenge, totp } = dataOf(
    await client.send(EnrollFactorDocument, { input: { type: 'TOTP' } }),
  ).enrollFactor
  journal.operations.push({ action: 'factor.enrolled', target: factor.id })
  const known = { email, factorId: factor.id }
  // With the previous step's code, so that the current one can be used for the step-up.
  const answer = await sendCode(client, challenge?.id ?? '', codeAt(totp?.secret ?? '', timeStep() - 1))
  const enrollment = dataOf(answer).verifyChallenge
  // A time step may end between making a code and its check.
  if (enrollment.__typename !== 'ChallengePassed') return
  journal.activated.push(known)
  journal.operations.push({ action: 'factor.activated', target: factor.id })

  const asked = await challenged(client, factor.id)
  journal.operations.push({ action: 'challenge.created', target: asked.id })
  const step = timeStep()
  const code = codeAt(totp?.secret ?? '', step)
  if ((await guess(client, asked.id, code)) === 'PASSED') {
    journal.spent.push({ ...known, code, timeStep: step })
    journal.operations.push({ action: 'challenge.passed', target: asked.id })
  }
  await changeMore(client, journal, factor.id)
  await useRecoveryCode(client, journal, email, enrollment.recoveryCodes?.[0] ?? '')
  const input = { currentPassword: PASSWORD, newPassword: PASSWORD }
  dataOf(await client.send(ChangePasswordDocument, { input }))

  const cookies = new Map(client.cookies)
  dataOf(await client.send(SignOutDocument))
  journal.ended.push(cookies)
}

/** Changes of the account, a factor, an organization and an invitation. */
async function changeMore(client: Client, journal: Journal, factorId: string): Promise<void> {
  dataOf(await client.send(SetLanguageDocument, { input: { language: 'de' } }))
  dataOf(await client.send(RenameFactorDocument, { input: { factorId, name: RENAMED } }))
  journal.operations.push({ action: 'factor.renamed', target: factorId })
  const { createOrganization } = dataOf(await client.send(CreateOrganizationDocument, { input: { name: 'Acme' } }))
  journal.operations.push({ action: 'organization.created', target: createOrganization.id })
  dataOf(await client.send(RenameOrganizationDocument, { input: { name: RENAMED } }))
  journal.operations.push({ action: 'organization.renamed', target: createOrganization.id })
  dataOf(await client.send(InviteMemberDocument, { input: { email: 'guest@example.com', role: 'MEMBER' } }))
}

async function useRecoveryCode(client: Client, journal: Journal, email: string, code: string): Promise<void> {
  const { myFactors } = dataOf(await client.send(MyFactorsDocument))
  const factorId = myFactors.find(({ type }) => type === 'RECOVERY_CODE')?.id ?? ''
  const { id } = await challenged(client, factorId)
  if ((await guess(client, id, code)) !== 'PASSED') throw new Error('a new recovery code is wrong')
  journal.recoveryUsed.push({ email, factorId })
  journal.operations.push({ action: 'recovery_code.used', target: id })
}

const timeStep = (): number => Math.floor(Date.now() / 1000 / STEP_SECONDS)
const codeAt = (secret: string, step: number): string => generateSync({ secret, epoch: step * STEP_SECONDS })
