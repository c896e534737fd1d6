export { createAccessTokens, type AccessTokens, type AccessTokenSettings } from './access-token.js'
export { readMfaToken, writeMfaToken, type MfaTokenReading } from './mfa-token.js'
export { createProofTokens, type SessionTokens } from './proof-token.js'
export { readSessionToken, writeSessionToken, type SessionToken } from './session-token.js'
