import type { Assurances } from '../kernel/assurance.js'
import { ruleFor } from '../kernel/mfa-rule.js'
import type { CredentialJar, SessionCredential } from '../kernel/request-context.js'
import type { Secrets } from '../kernel/secrets.js'
import type { DeviceCredential } from '../devices/index.js'
import { writeSessionToken, type AccessTokens, type SessionTokens } from '../tokens/index.js'
import { authenticationMethods } from './amr.js'
import { organizationOfSession, type Person } from './person.js'
import { assuranceOfSession, type RefreshState, type Session } from './session.js'

/** The secrets of a new session: what is stored, and what the client receives once the session is stored. */
export interface SessionSecrets {
  readonly secretHash: string
  readonly refresh: RefreshState | null
  /** The cookie's value or, for a bearer session, the secret part of its pending or refresh token. Plain. */
  readonly secret: string
}

/**
 * The credentials a client receives for a new session. Plain; the transport puts the cookie into a header, the rest
 * into the payload.
 */
export interface IssuedCredentials {
  readonly cookie: SessionCredential | null
  readonly pendingToken: string | null
  readonly tokens: IssuedTokens | null
  readonly device: DeviceCredential | null
  /** The proof for the backend that began the authentication, once it is finished; null: no backend began it. */
  readonly proof: string | null
}

export interface IssuedTokens {
  readonly accessToken: string
  readonly accessTokenExpiresAt: Date
  readonly refreshToken: string
}

/**
 * The secrets of a session that begins now. If it replaces another session, they are derived from that one: two
 * attempts whose answers cross give the client the same credential, so it does not matter which it keeps.
 */
export function newSessionSecrets(
  secrets: Secrets,
  session: Pick<Session, 'transport' | 'state'>,
  now: Date,
  madeOf: Pick<Session, 'id' | 'secretHash'> | null = null,
): SessionSecrets {
  const secret = (madeOf && successorSecret(secrets, madeOf)) ?? secrets.random()
  const hash = secrets.digest(secret)
  if (session.transport === 'COOKIE' || session.state === 'pending') return { secretHash: hash, refresh: null, secret }
  // An active bearer session has no secret of its own: only its tokens identify it.
  const refresh = { hash, rotatedAt: now, keyId: secrets.currentKeyId, generation: 0 }
  return { secretHash: secrets.digest(secrets.random()), refresh, secret }
}

const successorSecret = (secrets: Secrets, { id, secretHash }: Pick<Session, 'id' | 'secretHash'>): string | null =>
  secrets.derive('session', secrets.currentKeyId, `${id}.${secretHash}`)

export interface IssueInput {
  /** Whose rules, and which organization, the token's claims follow. */
  readonly person: Pick<Person, 'account' | 'memberships' | 'mfaRules'>
  readonly session: Session
  readonly secret: string
  readonly device: DeviceCredential | null
}

/** Turns a stored session and its secret into the credentials its client holds from now on. */
export async function issueCredentials(
  deps: { readonly accessTokens: AccessTokens; readonly assurances: Assurances },
  input: IssueInput,
): Promise<IssuedCredentials> {
  const { person, session, secret, device } = input
  const accountId = person.account.id
  const token = writeSessionToken({ accountId, sessionId: session.id, secret })
  if (session.transport === 'COOKIE') {
    return { cookie: { token, expiresAt: session.endsAt }, pendingToken: null, tokens: null, device, proof: null }
  }
  if (session.state === 'pending') return { cookie: null, pendingToken: token, tokens: null, device, proof: null }
  const organizationId = organizationOfSession(person, session)
  const rule = ruleFor(person.mfaRules, organizationId)
  const access = await deps.accessTokens.issue({
    accountId,
    sessionId: session.id,
    assurance: assuranceOfSession(session, deps.assurances, rule),
    authTime: authTime(session),
    amr: authenticationMethods(session, deps.assurances, rule),
    organizationId,
    generation: session.refresh?.generation ?? null,
  })
  const tokens = { accessToken: access.token, accessTokenExpiresAt: access.expiresAt, refreshToken: token }
  return { cookie: null, pendingToken: null, tokens, device, proof: null }
}

/** The last active authentication: the newest proof, or the sign-in. A refresh never moves it (R082). */
function authTime(session: Session): Date {
  const moments = Object.values(session.proofs).map((proof) => proof.provedAt)
  return new Date(Math.max(session.signedInAt.getTime(), ...moments.map((moment) => moment.getTime())))
}

/** Puts the cookie credentials into cookies; bearer clients receive theirs in the payload. */
export function deliverCookies(jar: CredentialJar, credentials: IssuedCredentials): void {
  if (credentials.cookie) jar.setSession(credentials.cookie)
  if (credentials.cookie && credentials.device) jar.setDevice(credentials.device.accountId, credentials.device)
}

/** The client's new credentials and, if a backend began the session, the proof of what has been verified so far. */
export async function issueWithProof(
  deps: SessionTokens & { readonly assurances: Assurances },
  input: IssueInput,
): Promise<IssuedCredentials> {
  const credentials = await issueCredentials(deps, input)
  const { session } = input
  if (!session.authentication || session.state === 'pending') return credentials
  const proof = await deps.proofTokens.issue({
    ...session.authentication,
    assurance: assuranceOfSession(session, deps.assurances),
    authTime: authTime(session),
    amr: authenticationMethods(session, deps.assurances),
  })
  return { ...credentials, proof }
}
