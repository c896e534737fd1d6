import { RefreshSessionDocument, SignInDocument } from '../../schema/generated/graphql.js'
import { bearer } from './answers.js'
import { dataOf } from './client.js'
import type { TestGateway } from './gateway.js'
import { PASSWORD, stepUp, type PersonWithFactor } from './person.js'

/* An app: it stores tokens instead of cookies. */

/** Signs in a person who needs no second factor and returns the tokens. */
export async function signInApp(gateway: TestGateway, email: string) {
  const input = { email, password: PASSWORD, transport: 'BEARER' } as const
  const { signIn } = dataOf(await gateway.client().send(SignInDocument, { input }))
  if (signIn.__typename !== 'SignedIn' || !signIn.tokens) throw new Error('the sign-in gave no tokens')
  return signIn.tokens
}

/** Signs in a person with a second factor, through the pending token, and returns the tokens. */
export async function signInAppWithFactor(gateway: TestGateway, { email, authenticator }: PersonWithFactor) {
  const input = { email, password: PASSWORD, transport: 'BEARER' } as const
  const { signIn } = dataOf(await gateway.client().send(SignInDocument, { input }))
  if (signIn.__typename !== 'MfaRequired' || !signIn.pendingToken) throw new Error('no second factor was asked for')
  const { mfaToken } = signIn.stepUp
  const { tokens } = await stepUp(gateway, bearer(gateway, signIn.pendingToken), authenticator, { mfaToken })
  if (!tokens) throw new Error('the challenge gave no tokens')
  return tokens
}

export const refresh = (gateway: TestGateway, refreshToken: string) =>
  gateway.client().send(RefreshSessionDocument, { input: { refreshToken } })
