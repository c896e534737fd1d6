import {
  RequestMagicLinkDocument,
  RequestPasswordResetDocument,
  ResetPasswordDocument,
  SignInWithMagicLinkDocument,
  type RequestMagicLinkInput,
  type ResetPasswordInput,
  type SignInWithMagicLinkInput,
} from '../../schema/generated/graphql.js'
import { dataOf, type Client } from './client.js'
import type { TestGateway } from './gateway.js'

type Given<T> = Partial<Omit<T, 'email' | 'token'>>

/** Requests a sign-in link and returns what the mail and the requesting page contain. */
export async function askForLink(
  gateway: TestGateway,
  email: string,
  client: Client,
  over: Given<RequestMagicLinkInput> = {},
) {
  const known = await gateway.linksTo(email)
  const sent = await client.send(RequestMagicLinkDocument, { input: { email, ...over } })
  const { code, requestToken } = dataOf(sent).requestMagicLink
  return { code, requestToken: requestToken ?? null, token: await gateway.linkTokenFor(email, known) }
}

export const followLink = (client: Client, token: string, over: Given<SignInWithMagicLinkInput> = {}) =>
  client.send(SignInWithMagicLinkDocument, { input: { token, ...over } })

/** Requests a password reset link and returns its token. */
export async function askForReset(gateway: TestGateway, email: string): Promise<string> {
  const known = await gateway.linksTo(email)
  dataOf(await gateway.client().send(RequestPasswordResetDocument, { input: { email } }))
  return gateway.linkTokenFor(email, known)
}

export const resetWith = (
  client: Client,
  token: string,
  newPassword: string,
  over: Omit<Given<ResetPasswordInput>, 'newPassword'> = {},
) => client.send(ResetPasswordDocument, { input: { token, newPassword, ...over } })
