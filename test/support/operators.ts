import {
  AccountsDocument,
  ChangeEmailDocument,
  MeDocument,
  VerifyEmailDocument,
} from '../../schema/generated/graphql.js'
import { codeOf, dataOf, type Client } from './client.js'
import type { TestGateway } from './gateway.js'
import { signIn, stepUp, type PersonWithFactor } from './person.js'

/* Operators of the installation. */

/** Runs `stepgate admin …` on the store of a running gateway. */
export async function administer(gateway: TestGateway, command: Parameters<TestGateway['app']['administer']>[0]) {
  const lines: string[] = []
  const status = await gateway.app.administer(command, (line) => lines.push(line))
  return { status, text: lines.join('\n') }
}

export const grant = (gateway: TestGateway, who: string) => administer(gateway, { kind: 'grant', who })
export const revoke = (gateway: TestGateway, who: string, force = false) =>
  administer(gateway, { kind: 'revoke', who, force })

/** The person in a new session, with the second factor where it is required. */
export async function signedInAnew(gateway: TestGateway, person: PersonWithFactor): Promise<PersonWithFactor> {
  const { client, result } = await signIn(gateway, person.email)
  if (result.__typename === 'MfaRequired') {
    await stepUp(gateway, client, person.authenticator, { mfaToken: result.stepUp.mfaToken })
  }
  return { ...person, client }
}

/** An account that the command line made an operator, signed in since. */
export async function madeOperator(gateway: TestGateway, person: PersonWithFactor): Promise<PersonWithFactor> {
  await grant(gateway, person.email)
  return signedInAnew(gateway, person)
}

/** The roles that the session reports. */
export const rolesSeen = async (client: Client) => dataOf(await client.send(MeDocument)).me.roles

/** The admin API's answer to a session with a fresh proof; null: it answers. */
export async function adminAnswer(gateway: TestGateway, { client, authenticator }: PersonWithFactor) {
  await stepUp(gateway, client, authenticator)
  return codeOf(await client.send(AccountsDocument, {}))
}

/** Requests a change of the account's address, with a fresh proof. */
export async function askToMove(gateway: TestGateway, { client, authenticator }: PersonWithFactor, newEmail: string) {
  await stepUp(gateway, client, authenticator)
  return client.send(ChangeEmailDocument, { input: { newEmail } })
}

/** Changes the account's address. */
export async function moveTo(gateway: TestGateway, person: PersonWithFactor, newEmail: string): Promise<void> {
  const known = await gateway.linksTo(newEmail)
  dataOf(await askToMove(gateway, person, newEmail))
  const token = await gateway.linkTokenFor(newEmail, known)
  dataOf(await person.client.send(VerifyEmailDocument, { input: { token } }))
}
