/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Who may call or read a field at all. */
export type Access =
  /** An active session. */
  | 'ACCOUNT'
  /** An operator of this gateway. */
  | 'ADMIN'
  /** An active session of a member of the organization it was opened for. */
  | 'MEMBER'
  /** An administrator of that organization. */
  | 'ORG_ADMIN'
  /** A session, also one whose second factor is still missing. */
  | 'PENDING'
  /** Everyone. */
  | 'PUBLIC'
  /** A backend with a service key. */
  | 'SERVICE';

/** A signed call. Action `approve`; subject: the challenge; detail: the number. */
export type ApprovePushRequestInput = {
  /** The challenge. */
  readonly challengeId: string | number;
  /** The device, as `connectPushDevice` called it. */
  readonly device: string;
  /** When the call was signed, by the device’s clock: at most a minute from the gateway’s. */
  readonly issuedAt: string;
  /** The number that the page shows which asked. */
  readonly number: string;
  /** ECDSA on P-256 with SHA-256 (64 bytes as base64url) over the lines `stepgate-push/1`, the public URL of the gateway, `device`, the action, its subject, its detail and `issuedAt`; see docs/factors/push.md. */
  readonly signature: string;
};

/** How strongly a session is proved, weakest first. */
export type Assurance =
  /** Two factors of different kinds. */
  | 'MFA'
  /** One factor, such as a password. */
  | 'ONE_FACTOR'
  /** A factor that cannot be relayed, such as a passkey. */
  | 'PHISHING_RESISTANT';

/** Who acts. */
export type AuditActorType =
  /** A signed-in person. */
  | 'ACCOUNT'
  /** Nobody we know. */
  | 'ANONYMOUS'
  /** Somebody on the command line of the gateway. */
  | 'OPERATOR'
  /** A backend with a service key. */
  | 'SERVICE'
  /** The gateway itself. */
  | 'SYSTEM';

/** Which audit events to find; an absent part does not narrow. */
export type AuditEventFilter = {
  /** The account that acted or was acted upon. */
  readonly accountId?: string | number | null | undefined;
  /** Any of these actions. */
  readonly actions?: ReadonlyArray<string> | null | undefined;
  /** From this moment on. */
  readonly from?: string | null | undefined;
  /** Only events that went so. */
  readonly outcome?: AuditOutcome | null | undefined;
  /** Before this moment. */
  readonly until?: string | null | undefined;
};

/** How it went. */
export type AuditOutcome =
  /** A rule refused it. */
  | 'DENIED'
  /** It was tried and went wrong, such as a wrong code. */
  | 'FAILURE'
  /** It happened. */
  | 'SUCCESS';

/** What was acted upon. */
export type AuditTargetType =
  /** A person who can sign in. */
  | 'ACCOUNT'
  /** A network address. */
  | 'ADDRESS'
  /** A budget of attempts or requests. */
  | 'BUDGET'
  /** A question to one session about one factor. */
  | 'CHALLENGE'
  /** A browser or app we have seen. */
  | 'DEVICE'
  /** A way to prove it is you. */
  | 'FACTOR'
  /** A guarded field of the graph. */
  | 'FIELD'
  | 'LIST_ENTRY'
  /** A tenant. */
  | 'ORGANIZATION'
  /** A risk assessment. */
  | 'RISK_DECISION'
  /** A signed-in browser or app. */
  | 'SESSION';

/** Whose account an operator acts on, and why. */
export type CareForAccountInput = {
  /** The account; never the operator’s own. */
  readonly accountId: string | number;
  /** For the audit log: how the caller was verified, a ticket. */
  readonly reason: string;
};

/** Which factor to be asked about. */
export type ChallengeFactorInput = {
  /** One of `stepUp.challenge`, or of `myFactors`. */
  readonly factorId: string | number;
  /** From `StepUp`: ties the proof to what asked for it. Without it the session is raised for nothing special. */
  readonly mfaToken?: string | null | undefined;
};

/** What a right answer does. */
export type ChallengePurpose =
  /** Activates a new factor. */
  | 'ENROLLMENT'
  /** Finishes a sign-in. */
  | 'SIGN_IN'
  /** Raises an active session. */
  | 'STEP_UP';

/** Where a challenge stands. */
export type ChallengeStatus =
  /** The device has approved: call `verifyChallenge` without a code. */
  | 'APPROVED'
  /** The device has denied. A pending session has ended with it. */
  | 'DENIED'
  /** Passed, expired, replaced, used up, or never there. */
  | 'GONE'
  /** Nobody has answered it yet. */
  | 'WAITING';

/** A new e-mail address. */
export type ChangeEmailInput = {
  /** The new address; it has to be confirmed from its mailbox. */
  readonly newEmail: string;
};

/** The current and the new password. */
export type ChangePasswordInput = {
  /** The password until now. */
  readonly currentPassword: string;
  /** The password from now on. */
  readonly newPassword: string;
  /** Whether every other session ends. */
  readonly revokeOthers?: boolean;
};

/** A phone number in place of another. */
export type ChangePhoneInput = {
  /** The `SMS` factor with the old number. It works until the new one is proved. */
  readonly factorId: string | number;
  /** The new number in international form; a code is sent there. */
  readonly newPhoneNumber: string;
};

/** The device that shall answer prompts. */
export type ConnectPushDeviceInput = {
  /** What to call the device, up to 64 characters. */
  readonly name?: string | null | undefined;
  /** The device’s public key on P-256: SPKI as base64url. */
  readonly publicKey: string;
  /** What follows `#connect=` in the link of the enrolment; it works once. */
  readonly token: string;
};

/** A signed call. Action `deny`; subject: the challenge; detail: empty. */
export type DenyPushRequestInput = {
  /** The challenge. */
  readonly challengeId: string | number;
  /** The device, as `connectPushDevice` called it. */
  readonly device: string;
  /** When the call was signed, by the device’s clock: at most a minute from the gateway’s. */
  readonly issuedAt: string;
  /** ECDSA on P-256 with SHA-256 (64 bytes as base64url) over the lines `stepgate-push/1`, the public URL of the gateway, `device`, the action, its subject, its detail and `issuedAt`; see docs/factors/push.md. */
  readonly signature: string;
};

/** A new factor. */
export type EnrollFactorInput = {
  /** For `EMAIL`: the address; your account’s own without. */
  readonly emailAddress?: string | null | undefined;
  /** Its name, up to 64 characters; a plain one is given without. */
  readonly name?: string | null | undefined;
  /** For `SMS`: the number in international form, such as `+1 202 555 0123`; codes go there and nowhere else. */
  readonly phoneNumber?: string | null | undefined;
  /** A factor of yours that the new one takes the place of once it is proved. It works until then. */
  readonly replaces?: string | number | null | undefined;
  /** Its kind; `stepUp.enroll` says which are on offer. */
  readonly type: FactorType;
};

/** Every value of `extensions.code`. */
export type ErrorCode =
  /** An input is missing, malformed or out of range; the value is never echoed. */
  | 'BAD_USER_INPUT'
  /** The challenge is unknown, expired, spent or somebody else’s; the four cannot be told apart. */
  | 'CHALLENGE_NOT_AVAILABLE'
  /** The answer to the challenge is wrong. */
  | 'CODE_INVALID'
  /** The document is too deep, too wide or too costly, or holds more than one authentication mutation. */
  | 'DOCUMENT_TOO_LARGE'
  /** No step-up would help. */
  | 'FORBIDDEN'
  /** The document does not fit the schema. */
  | 'GRAPHQL_VALIDATION_FAILED'
  /** A fault; the log has the detail under the request id. */
  | 'INTERNAL_SERVER_ERROR'
  /** Policy wants a factor and there is none. */
  | 'MFA_ENROLLMENT_REQUIRED'
  /** The sign-in is not finished: the second factor is missing. */
  | 'MFA_REQUIRED'
  /** The MFA token is too old. */
  | 'MFA_TOKEN_EXPIRED'
  /** The MFA token was tampered with. */
  | 'MFA_TOKEN_INVALID'
  /** There is no such step-up context, or it is spent. */
  | 'MFA_TOKEN_NOT_FOUND'
  /** Too many requests; `retryAfterSeconds` says when to come back. */
  | 'RATE_LIMITED'
  /** The risk verdict is to block; the answer carries a reference id and nothing else. */
  | 'RISK_BLOCKED'
  /** Assurance or freshness is too low; `stepUp` says what would do. */
  | 'STEP_UP_REQUIRED'
  /** The attempts are used up; `retryAfterSeconds` says when to come back. */
  | 'TOO_MANY_ATTEMPTS'
  /** There is no session, or it ended. */
  | 'UNAUTHENTICATED'
  /** A dependency is down; nothing was decided. */
  | 'UNAVAILABLE';

/** Where a factor is in its life. */
export type FactorStatus =
  /** Proved once and usable. */
  | 'ACTIVE'
  /** Failed too often; has to be enrolled again. */
  | 'DISABLED'
  /** Its time is over; has to be enrolled again. */
  | 'EXPIRED'
  /** Enrolled but not yet proved; never asked for and never counted. */
  | 'PENDING';

/** A way to prove it is you. */
export type FactorType =
  /** A code sent by e-mail; never counts as MFA unless policy says so. */
  | 'EMAIL'
  /** A message to an enrolled device, answered with the number the sign-in page shows. */
  | 'PUSH'
  /** One of the single-use codes kept for a lost factor. */
  | 'RECOVERY_CODE'
  /** A code sent to a phone number; "restricted" in the words of NIST SP 800-63B. */
  | 'SMS'
  /** Time-based codes of an authenticator app (RFC 6238). */
  | 'TOTP'
  /** A passkey or security key; resists phishing. */
  | 'WEBAUTHN';

/** What there is to know about a kind of factor before it is relied on. */
export type FactorWarningCode =
  /** NIST SP 800-63B-4 3.1.3.1: a mailbox is no second factor by itself. */
  | 'MAILBOX_ONLY'
  /** NIST SP 800-63B-4 3.2.9: offer another factor too. */
  | 'RESTRICTED_AUTHENTICATOR';

/** One attribute a client reports about itself. A weak signal: it never proves anything. */
export type FingerprintAttributeInput = {
  /** Such as `timeZone`, `screen` or `platform`. */
  readonly name: string;
  /** Kept as a keyed hash only. */
  readonly value: string;
};

/** What to list: exactly one of `address`, `asn`, `country` and `deviceId`. What is listed is renewed. */
export type ListEntryInput = {
  /** An address or a network, such as `203.0.113.7`, `203.0.113.0/24` or `2001:db8::/32`. */
  readonly address?: string | null | undefined;
  /** The number of an autonomous system, such as 14061. */
  readonly asn?: number | null | undefined;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string | null | undefined;
  /** A device. */
  readonly deviceId?: string | number | null | undefined;
  /** Until when it counts; for good when left out. */
  readonly expiresAt?: string | null | undefined;
  /** Why, in a line of at most 200 characters. */
  readonly note?: string | null | undefined;
};

/** What an entry of the allow and block lists names. */
export type ListKind =
  /** An address, or a network of them. */
  | 'ADDRESS'
  /** Every network of an autonomous system. */
  | 'ASN'
  /** Every address that is in a country. */
  | 'COUNTRY'
  /** A device, wherever it is. */
  | 'DEVICE';

/** What being listed means. */
export type ListVerdict =
  /** Charges for an unusual or rented network are dropped. No guard asks for less. */
  | 'ALLOW'
  /** The risk is higher, and high at least on a device that is not trusted. */
  | 'BLOCK';

/** A signed call of a device. Action `list`; subject and detail are empty. */
export type PushRequestsInput = {
  /** The device, as `connectPushDevice` called it. */
  readonly device: string;
  /** When the call was signed, by the device’s clock: at most a minute from the gateway’s. */
  readonly issuedAt: string;
  /** ECDSA on P-256 with SHA-256 (64 bytes as base64url) over the lines `stepgate-push/1`, the public URL of the gateway, `device`, the action, its subject, its detail and `issuedAt`; see docs/factors/push.md. */
  readonly signature: string;
};

/** Where a browser lets itself be woken up: `PushSubscription.toJSON()`. */
export type PushSubscriptionInput = {
  /** `keys.auth`. */
  readonly auth: string;
  /** The address at the browser’s push service. */
  readonly endpoint: string;
  /** `keys.p256dh`. */
  readonly p256dh: string;
};

/** The refresh token of a bearer session. */
export type RefreshSessionInput = {
  /** Good for one use; a retry within seconds gets the same answer. */
  readonly refreshToken: string;
};

/** A device and its new name. */
export type RenameDeviceInput = {
  /** Which device. */
  readonly deviceId: string | number;
  /** Up to 64 characters. */
  readonly name: string;
};

/** A factor and its new name. */
export type RenameFactorInput = {
  /** Which factor. */
  readonly factorId: string | number;
  /** Up to 64 characters. */
  readonly name: string;
};

/** The token of a link "this was not me". */
export type ReportNotMeInput = {
  /** What follows `#token=` in the link. */
  readonly token: string;
};

/** Whose sessions to end, and why. */
export type RevokeAccountSessionsInput = {
  /** The account. */
  readonly accountId: string | number;
  /** For the audit log. */
  readonly reason: string;
};

/** What an operator found out about a decision. */
export type RiskLabel =
  /** It was not: their profile forgets it, its sessions end, and the account is under suspicion for a day. */
  | 'ATTACK'
  /** It was the person: their profile knows the place and the client from now on. */
  | 'LEGITIMATE';

/** What was judged. */
export type RiskPurpose =
  /** A guarded operation; written down where it was refused for its risk. */
  | 'OPERATION'
  /** The refresh of a bearer session; written down where it was unusual. */
  | 'REFRESH'
  /** A sign-in whose first factor was right. */
  | 'SIGN_IN';

/** What an account may do beyond its own affairs. */
export type Role =
  /** An operator: reviews audit events and may end sessions. */
  | 'ADMIN';

/** How the credential of a session travels. */
export type SessionTransport =
  /** An access token and a refresh token in the answer; for apps and backends. */
  | 'BEARER'
  /** An HttpOnly cookie; for browsers. */
  | 'COOKIE';

/** The first factor and how the session shall travel. */
export type SignInInput = {
  /** The e-mail address. */
  readonly email: string;
  /** What the client can say about itself. */
  readonly fingerprint?: ReadonlyArray<FingerprintAttributeInput> | null | undefined;
  /** The password. */
  readonly password: string;
  /** Cookie for browsers, bearer for apps. */
  readonly transport?: SessionTransport;
};

/** A passkey in place of the password, and how the session shall travel. */
export type SignInWithPasskeyInput = {
  /** What the client can say about itself. */
  readonly fingerprint?: ReadonlyArray<FingerprintAttributeInput> | null | undefined;
  /** Cookie for browsers, bearer for apps. */
  readonly transport?: SessionTransport;
  /** `JSON.stringify(credential)` of what `navigator.credentials.get` gave. */
  readonly webauthn: string;
};

/** A new account. */
export type SignUpInput = {
  /** The e-mail address; it has to be confirmed from its mailbox. */
  readonly email: string;
  /** A password or passphrase. Length counts; no kind of character is asked for. */
  readonly password: string;
};

/** Why a step-up is asked for. */
export type StepUpReason =
  /** The session has not proved a second factor that counts here. */
  | 'MFA_MISSING'
  /** It has, but too long ago. */
  | 'MFA_STALE'
  /** A policy asks for it. */
  | 'POLICY'
  /** Something about this request is unusual. */
  | 'RISK_ELEVATED';

/** A signed call. Action `subscribe`; subject: the endpoint; detail: `<p256dh>.<auth>`. */
export type SubscribePushDeviceInput = {
  /** The device, as `connectPushDevice` called it. */
  readonly device: string;
  /** When the call was signed, by the device’s clock: at most a minute from the gateway’s. */
  readonly issuedAt: string;
  /** ECDSA on P-256 with SHA-256 (64 bytes as base64url) over the lines `stepgate-push/1`, the public URL of the gateway, `device`, the action, its subject, its detail and `issuedAt`; see docs/factors/push.md. */
  readonly signature: string;
  /** Where the device can be woken up. */
  readonly subscription: PushSubscriptionInput;
};

/** Personal data to change. Null clears a field; one that is not given stays. */
export type UpdateProfileInput = {
  /** An ISO 8601 calendar date. */
  readonly dateOfBirth?: string | null | undefined;
  /** The name as on official documents. */
  readonly legalName?: string | null | undefined;
  /** A phone number to reach the person. */
  readonly phoneNumber?: string | null | undefined;
  /** Where post reaches the person. */
  readonly postalAddress?: string | null | undefined;
  /** A tax number. */
  readonly taxId?: string | null | undefined;
};

/** The answer to a challenge: a code, a passkey’s, or a recovery code; none for `PUSH`. */
export type VerifyChallengeInput = {
  /** The challenge. */
  readonly challengeId: string | number;
  /** The code; spaces between the digits do not matter. */
  readonly code?: string | null | undefined;
  /** A recovery code, for a challenge about recovery codes. */
  readonly recoveryCode?: string | null | undefined;
  /** Spare this device the prompt at sign-in from now on. */
  readonly rememberDevice?: boolean;
  /** For `WEBAUTHN`: `JSON.stringify(credential)` of what `navigator.credentials` gave. */
  readonly webauthn?: string | null | undefined;
};

/** The token of a link that was sent by e-mail. */
export type VerifyEmailInput = {
  /** What follows `#token=` in the link. */
  readonly token: string;
};

export type SignUpMutationVariables = Exact<{
  input: SignUpInput;
}>;


export type SignUpMutation = { readonly signUp: { readonly accepted: boolean } };

export type VerifyEmailMutationVariables = Exact<{
  input: VerifyEmailInput;
}>;


export type VerifyEmailMutation = { readonly verifyEmail: { readonly verified: boolean } };

export type MeQueryVariables = Exact<{ [key: string]: never; }>;


export type MeQuery = { readonly me: { readonly id: string, readonly email: string, readonly createdAt: string, readonly lastSignInAt: string | null, readonly roles: ReadonlyArray<Role> } };

export type MyProfileQueryVariables = Exact<{ [key: string]: never; }>;


export type MyProfileQuery = { readonly me: { readonly profile: { readonly legalName: string | null, readonly dateOfBirth: string | null, readonly taxId: string | null, readonly phoneNumber: string | null, readonly postalAddress: string | null } | null } };

export type UpdateProfileMutationVariables = Exact<{
  input: UpdateProfileInput;
}>;


export type UpdateProfileMutation = { readonly updateProfile: { readonly legalName: string | null, readonly dateOfBirth: string | null, readonly taxId: string | null, readonly phoneNumber: string | null, readonly postalAddress: string | null } };

export type ChangeEmailMutationVariables = Exact<{
  input: ChangeEmailInput;
}>;


export type ChangeEmailMutation = { readonly changeEmail: { readonly confirmationSent: boolean } };

export type ChangePasswordMutationVariables = Exact<{
  input: ChangePasswordInput;
}>;


export type ChangePasswordMutation = { readonly changePassword: { readonly changed: boolean } };

export type ProfilePartsFragment = { readonly legalName: string | null, readonly dateOfBirth: string | null, readonly taxId: string | null, readonly phoneNumber: string | null, readonly postalAddress: string | null };

export type ReportNotMeMutationVariables = Exact<{
  input: ReportNotMeInput;
}>;


export type ReportNotMeMutation = { readonly reportNotMe: { readonly reported: boolean } };

export type AuditEventsQueryVariables = Exact<{
  filter?: AuditEventFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type AuditEventsQuery = { readonly auditEvents: { readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly id: string, readonly sequence: number, readonly action: string, readonly outcome: AuditOutcome, readonly reason: string | null, readonly occurredAt: string, readonly metadata: Record<string, unknown>, readonly actor: { readonly id: string | null, readonly type: AuditActorType }, readonly targets: ReadonlyArray<{ readonly id: string, readonly type: AuditTargetType }> } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } };

export type AuditEventQueryVariables = Exact<{
  id: string | number;
}>;


export type AuditEventQuery = { readonly auditEvent: { readonly id: string, readonly sequence: number, readonly version: number, readonly action: string, readonly outcome: AuditOutcome, readonly reason: string | null, readonly occurredAt: string, readonly organizationId: string | null, readonly metadata: Record<string, unknown>, readonly previousHash: string, readonly hash: string, readonly actor: { readonly id: string | null, readonly type: AuditActorType }, readonly targets: ReadonlyArray<{ readonly id: string, readonly type: AuditTargetType }>, readonly context: { readonly ip: string, readonly country: string | null, readonly userAgent: string, readonly deviceId: string | null, readonly sessionId: string | null, readonly requestId: string, readonly operationName: string | null, readonly operationHash: string | null } | null, readonly risk: { readonly verdict: string, readonly level: string, readonly score: number, readonly contributions: ReadonlyArray<{ readonly code: string, readonly nats: number, readonly detail: string | null }> } | null } | null };

export type VerifyAuditChainQueryVariables = Exact<{ [key: string]: never; }>;


export type VerifyAuditChainQuery = { readonly verifyAuditChain: { readonly intact: boolean, readonly checked: number, readonly headSequence: number | null, readonly headHash: string | null } };

export type AccountsQueryVariables = Exact<{
  search?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type AccountsQuery = { readonly accounts: { readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly id: string, readonly email: string, readonly enabled: boolean, readonly createdAt: string, readonly lastSignInAt: string | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type AccessPolicyQueryVariables = Exact<{ [key: string]: never; }>;


export type AccessPolicyQuery = { readonly accessPolicy: ReadonlyArray<{ readonly field: string, readonly access: Access, readonly assurance: Assurance, readonly withinSeconds: number | null, readonly factors: ReadonlyArray<FactorType> | null, readonly strongest: boolean, readonly purpose: string | null, readonly reportOnly: boolean }> };

export type RevokeAccountSessionsMutationVariables = Exact<{
  input: RevokeAccountSessionsInput;
}>;


export type RevokeAccountSessionsMutation = { readonly revokeAccountSessions: { readonly revoked: number } };

export type AccountQueryVariables = Exact<{
  id: string | number;
}>;


export type AccountQuery = { readonly account: { readonly stepUpLockedUntil: string | null, readonly reEnrollmentRequiredSince: string | null, readonly account: { readonly id: string, readonly email: string, readonly enabled: boolean, readonly createdAt: string, readonly lastSignInAt: string | null }, readonly factors: ReadonlyArray<{ readonly id: string, readonly type: FactorType, readonly name: string, readonly status: FactorStatus, readonly createdAt: string, readonly activatedAt: string | null, readonly lastUsedAt: string | null, readonly codesLeft: number | null, readonly hint: string | null, readonly expiresAt: string | null, readonly warnings: ReadonlyArray<{ readonly code: FactorWarningCode, readonly message: string }> }>, readonly sessions: ReadonlyArray<{ readonly id: string, readonly current: boolean, readonly pending: boolean, readonly assurance: Assurance, readonly transport: SessionTransport, readonly signedInAt: string, readonly lastSeenAt: string, readonly expiresAt: string, readonly deviceId: string | null, readonly address: string, readonly userAgent: string, readonly proofs: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly provedAt: string }> }>, readonly devices: ReadonlyArray<{ readonly id: string, readonly name: string, readonly current: boolean, readonly rememberedUntil: string | null, readonly bound: boolean, readonly firstSeenAt: string, readonly lastSeenAt: string, readonly address: string }> } | null };

export type ResetFactorsMutationVariables = Exact<{
  input: CareForAccountInput;
}>;


export type ResetFactorsMutation = { readonly resetFactors: { readonly account: { readonly stepUpLockedUntil: string | null, readonly reEnrollmentRequiredSince: string | null, readonly account: { readonly id: string, readonly email: string, readonly enabled: boolean, readonly createdAt: string, readonly lastSignInAt: string | null }, readonly factors: ReadonlyArray<{ readonly id: string, readonly type: FactorType, readonly name: string, readonly status: FactorStatus, readonly createdAt: string, readonly activatedAt: string | null, readonly lastUsedAt: string | null, readonly codesLeft: number | null, readonly hint: string | null, readonly expiresAt: string | null, readonly warnings: ReadonlyArray<{ readonly code: FactorWarningCode, readonly message: string }> }>, readonly sessions: ReadonlyArray<{ readonly id: string, readonly current: boolean, readonly pending: boolean, readonly assurance: Assurance, readonly transport: SessionTransport, readonly signedInAt: string, readonly lastSeenAt: string, readonly expiresAt: string, readonly deviceId: string | null, readonly address: string, readonly userAgent: string, readonly proofs: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly provedAt: string }> }>, readonly devices: ReadonlyArray<{ readonly id: string, readonly name: string, readonly current: boolean, readonly rememberedUntil: string | null, readonly bound: boolean, readonly firstSeenAt: string, readonly lastSeenAt: string, readonly address: string }> } } };

export type RequireReEnrollmentMutationVariables = Exact<{
  input: CareForAccountInput;
}>;


export type RequireReEnrollmentMutation = { readonly requireReEnrollment: { readonly account: { readonly stepUpLockedUntil: string | null, readonly reEnrollmentRequiredSince: string | null, readonly account: { readonly id: string, readonly email: string, readonly enabled: boolean, readonly createdAt: string, readonly lastSignInAt: string | null }, readonly factors: ReadonlyArray<{ readonly id: string, readonly type: FactorType, readonly name: string, readonly status: FactorStatus, readonly createdAt: string, readonly activatedAt: string | null, readonly lastUsedAt: string | null, readonly codesLeft: number | null, readonly hint: string | null, readonly expiresAt: string | null, readonly warnings: ReadonlyArray<{ readonly code: FactorWarningCode, readonly message: string }> }>, readonly sessions: ReadonlyArray<{ readonly id: string, readonly current: boolean, readonly pending: boolean, readonly assurance: Assurance, readonly transport: SessionTransport, readonly signedInAt: string, readonly lastSeenAt: string, readonly expiresAt: string, readonly deviceId: string | null, readonly address: string, readonly userAgent: string, readonly proofs: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly provedAt: string }> }>, readonly devices: ReadonlyArray<{ readonly id: string, readonly name: string, readonly current: boolean, readonly rememberedUntil: string | null, readonly bound: boolean, readonly firstSeenAt: string, readonly lastSeenAt: string, readonly address: string }> } } };

export type UnlockAccountMutationVariables = Exact<{
  input: CareForAccountInput;
}>;


export type UnlockAccountMutation = { readonly unlockAccount: { readonly account: { readonly stepUpLockedUntil: string | null, readonly reEnrollmentRequiredSince: string | null, readonly account: { readonly id: string, readonly email: string, readonly enabled: boolean, readonly createdAt: string, readonly lastSignInAt: string | null }, readonly factors: ReadonlyArray<{ readonly id: string, readonly type: FactorType, readonly name: string, readonly status: FactorStatus, readonly createdAt: string, readonly activatedAt: string | null, readonly lastUsedAt: string | null, readonly codesLeft: number | null, readonly hint: string | null, readonly expiresAt: string | null, readonly warnings: ReadonlyArray<{ readonly code: FactorWarningCode, readonly message: string }> }>, readonly sessions: ReadonlyArray<{ readonly id: string, readonly current: boolean, readonly pending: boolean, readonly assurance: Assurance, readonly transport: SessionTransport, readonly signedInAt: string, readonly lastSeenAt: string, readonly expiresAt: string, readonly deviceId: string | null, readonly address: string, readonly userAgent: string, readonly proofs: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly provedAt: string }> }>, readonly devices: ReadonlyArray<{ readonly id: string, readonly name: string, readonly current: boolean, readonly rememberedUntil: string | null, readonly bound: boolean, readonly firstSeenAt: string, readonly lastSeenAt: string, readonly address: string }> } } };

export type AdminAccountPartsFragment = { readonly stepUpLockedUntil: string | null, readonly reEnrollmentRequiredSince: string | null, readonly account: { readonly id: string, readonly email: string, readonly enabled: boolean, readonly createdAt: string, readonly lastSignInAt: string | null }, readonly factors: ReadonlyArray<{ readonly id: string, readonly type: FactorType, readonly name: string, readonly status: FactorStatus, readonly createdAt: string, readonly activatedAt: string | null, readonly lastUsedAt: string | null, readonly codesLeft: number | null, readonly hint: string | null, readonly expiresAt: string | null, readonly warnings: ReadonlyArray<{ readonly code: FactorWarningCode, readonly message: string }> }>, readonly sessions: ReadonlyArray<{ readonly id: string, readonly current: boolean, readonly pending: boolean, readonly assurance: Assurance, readonly transport: SessionTransport, readonly signedInAt: string, readonly lastSeenAt: string, readonly expiresAt: string, readonly deviceId: string | null, readonly address: string, readonly userAgent: string, readonly proofs: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly provedAt: string }> }>, readonly devices: ReadonlyArray<{ readonly id: string, readonly name: string, readonly current: boolean, readonly rememberedUntil: string | null, readonly bound: boolean, readonly firstSeenAt: string, readonly lastSeenAt: string, readonly address: string }> };

export type RiskDecisionQueryVariables = Exact<{
  id: string | number;
}>;


export type RiskDecisionQuery = { readonly riskDecision: { readonly id: string, readonly decidedAt: string, readonly accountId: string, readonly purpose: RiskPurpose, readonly risk: { readonly verdict: string, readonly level: string, readonly score: number, readonly contributions: ReadonlyArray<{ readonly code: string, readonly nats: number, readonly detail: string | null }> }, readonly context: { readonly ip: string, readonly country: string | null, readonly userAgent: string, readonly deviceId: string | null, readonly sessionId: string | null, readonly requestId: string } | null, readonly label: { readonly label: RiskLabel, readonly at: string, readonly by: string | null } | null } | null };

export type LabelRiskDecisionMutationVariables = Exact<{
  id: string | number;
  label: RiskLabel;
}>;


export type LabelRiskDecisionMutation = { readonly labelRiskDecision: { readonly id: string, readonly decidedAt: string, readonly accountId: string, readonly purpose: RiskPurpose, readonly risk: { readonly verdict: string, readonly level: string, readonly score: number, readonly contributions: ReadonlyArray<{ readonly code: string, readonly nats: number, readonly detail: string | null }> }, readonly context: { readonly ip: string, readonly country: string | null, readonly userAgent: string, readonly deviceId: string | null, readonly sessionId: string | null, readonly requestId: string } | null, readonly label: { readonly label: RiskLabel, readonly at: string, readonly by: string | null } | null } };

export type RiskDecisionPartsFragment = { readonly id: string, readonly decidedAt: string, readonly accountId: string, readonly purpose: RiskPurpose, readonly risk: { readonly verdict: string, readonly level: string, readonly score: number, readonly contributions: ReadonlyArray<{ readonly code: string, readonly nats: number, readonly detail: string | null }> }, readonly context: { readonly ip: string, readonly country: string | null, readonly userAgent: string, readonly deviceId: string | null, readonly sessionId: string | null, readonly requestId: string } | null, readonly label: { readonly label: RiskLabel, readonly at: string, readonly by: string | null } | null };

export type ChallengeFactorMutationVariables = Exact<{
  input: ChallengeFactorInput;
}>;


export type ChallengeFactorMutation = { readonly challengeFactor: { readonly id: string, readonly factorType: FactorType, readonly purpose: ChallengePurpose, readonly expiresAt: string, readonly resendAvailableAt: string | null, readonly attemptsLeft: number, readonly webauthn: { readonly requestOptions: Record<string, unknown> } | null, readonly push: { readonly number: string } | null } };

export type VerifyChallengeMutationVariables = Exact<{
  input: VerifyChallengeInput;
}>;


export type VerifyChallengeMutation = { readonly verifyChallenge:
    | { readonly __typename: 'ChallengeFailed', readonly code: ErrorCode, readonly attemptsLeft: number | null }
    | { readonly __typename: 'ChallengePassed', readonly reEnrollmentAdvised: boolean, readonly deviceRemembered: boolean, readonly recoveryCodes: ReadonlyArray<string> | null, readonly deviceToken: string | null, readonly session: { readonly id: string, readonly current: boolean, readonly pending: boolean, readonly assurance: Assurance, readonly transport: SessionTransport, readonly signedInAt: string, readonly lastSeenAt: string, readonly expiresAt: string, readonly deviceId: string | null, readonly address: string, readonly userAgent: string, readonly proofs: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly provedAt: string }> }, readonly factor: { readonly id: string, readonly type: FactorType, readonly name: string, readonly status: FactorStatus, readonly createdAt: string, readonly activatedAt: string | null, readonly lastUsedAt: string | null, readonly codesLeft: number | null, readonly hint: string | null, readonly expiresAt: string | null, readonly warnings: ReadonlyArray<{ readonly code: FactorWarningCode, readonly message: string }> }, readonly tokens: { readonly accessToken: string, readonly accessTokenExpiresAt: string, readonly refreshToken: string } | null }
   };

export type CancelChallengeMutationVariables = Exact<{
  challengeId: string | number;
}>;


export type CancelChallengeMutation = { readonly cancelChallenge: { readonly cancelled: boolean } };

export type PreviewStepUpQueryVariables = Exact<{
  document: string;
  operationName?: string | null | undefined;
  variables?: Record<string, unknown> | null | undefined;
}>;


export type PreviewStepUpQuery = { readonly stepUpPreview: { readonly allowed: boolean, readonly code: ErrorCode | null, readonly need: { readonly assurance: Assurance, readonly maxAge: number | null, readonly reason: StepUpReason, readonly purpose: string | null, readonly paths: ReadonlyArray<string>, readonly enroll: ReadonlyArray<FactorType>, readonly challenge: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly name: string }> } | null } };

export type ChallengePartsFragment = { readonly id: string, readonly factorType: FactorType, readonly purpose: ChallengePurpose, readonly expiresAt: string, readonly resendAvailableAt: string | null, readonly attemptsLeft: number, readonly webauthn: { readonly requestOptions: Record<string, unknown> } | null, readonly push: { readonly number: string } | null };

export type MyDevicesQueryVariables = Exact<{ [key: string]: never; }>;


export type MyDevicesQuery = { readonly myDevices: ReadonlyArray<{ readonly id: string, readonly name: string, readonly current: boolean, readonly rememberedUntil: string | null, readonly bound: boolean, readonly firstSeenAt: string, readonly lastSeenAt: string, readonly address: string }> };

export type RenameDeviceMutationVariables = Exact<{
  input: RenameDeviceInput;
}>;


export type RenameDeviceMutation = { readonly renameDevice: { readonly id: string, readonly name: string, readonly current: boolean, readonly rememberedUntil: string | null, readonly bound: boolean, readonly firstSeenAt: string, readonly lastSeenAt: string, readonly address: string } };

export type ForgetDeviceMutationVariables = Exact<{
  deviceId: string | number;
}>;


export type ForgetDeviceMutation = { readonly forgetDevice: { readonly forgotten: number } };

export type ForgetAllDevicesMutationVariables = Exact<{ [key: string]: never; }>;


export type ForgetAllDevicesMutation = { readonly forgetAllDevices: { readonly forgotten: number } };

export type DevicePartsFragment = { readonly id: string, readonly name: string, readonly current: boolean, readonly rememberedUntil: string | null, readonly bound: boolean, readonly firstSeenAt: string, readonly lastSeenAt: string, readonly address: string };

export type MyFactorsQueryVariables = Exact<{ [key: string]: never; }>;


export type MyFactorsQuery = { readonly myFactors: ReadonlyArray<{ readonly id: string, readonly type: FactorType, readonly name: string, readonly status: FactorStatus, readonly createdAt: string, readonly activatedAt: string | null, readonly lastUsedAt: string | null, readonly codesLeft: number | null, readonly hint: string | null, readonly expiresAt: string | null, readonly warnings: ReadonlyArray<{ readonly code: FactorWarningCode, readonly message: string }> }> };

export type EnrollFactorMutationVariables = Exact<{
  input: EnrollFactorInput;
}>;


export type EnrollFactorMutation = { readonly enrollFactor: { readonly recoveryCodes: ReadonlyArray<string> | null, readonly factor: { readonly id: string, readonly type: FactorType, readonly name: string, readonly status: FactorStatus, readonly createdAt: string, readonly activatedAt: string | null, readonly lastUsedAt: string | null, readonly codesLeft: number | null, readonly hint: string | null, readonly expiresAt: string | null, readonly warnings: ReadonlyArray<{ readonly code: FactorWarningCode, readonly message: string }> }, readonly challenge: { readonly id: string, readonly factorType: FactorType, readonly purpose: ChallengePurpose, readonly expiresAt: string, readonly resendAvailableAt: string | null, readonly attemptsLeft: number, readonly webauthn: { readonly requestOptions: Record<string, unknown> } | null, readonly push: { readonly number: string } | null } | null, readonly totp: { readonly secret: string, readonly otpauthUri: string, readonly qrCode: { readonly svg: string, readonly pngDataUrl: string } } | null, readonly webauthn: { readonly creationOptions: Record<string, unknown> } | null, readonly push: { readonly connectUrl: string, readonly qrCode: { readonly svg: string, readonly pngDataUrl: string } } | null } };

export type ChangePhoneMutationVariables = Exact<{
  input: ChangePhoneInput;
}>;


export type ChangePhoneMutation = { readonly changePhone: { readonly factor: { readonly id: string, readonly type: FactorType, readonly name: string, readonly status: FactorStatus, readonly createdAt: string, readonly activatedAt: string | null, readonly lastUsedAt: string | null, readonly codesLeft: number | null, readonly hint: string | null, readonly expiresAt: string | null, readonly warnings: ReadonlyArray<{ readonly code: FactorWarningCode, readonly message: string }> }, readonly challenge: { readonly id: string, readonly factorType: FactorType, readonly purpose: ChallengePurpose, readonly expiresAt: string, readonly resendAvailableAt: string | null, readonly attemptsLeft: number, readonly webauthn: { readonly requestOptions: Record<string, unknown> } | null, readonly push: { readonly number: string } | null } | null } };

export type RenameFactorMutationVariables = Exact<{
  input: RenameFactorInput;
}>;


export type RenameFactorMutation = { readonly renameFactor: { readonly id: string, readonly type: FactorType, readonly name: string, readonly status: FactorStatus, readonly createdAt: string, readonly activatedAt: string | null, readonly lastUsedAt: string | null, readonly codesLeft: number | null, readonly hint: string | null, readonly expiresAt: string | null, readonly warnings: ReadonlyArray<{ readonly code: FactorWarningCode, readonly message: string }> } };

export type RemoveFactorMutationVariables = Exact<{
  factorId: string | number;
}>;


export type RemoveFactorMutation = { readonly removeFactor: { readonly removed: boolean } };

export type RegenerateRecoveryCodesMutationVariables = Exact<{ [key: string]: never; }>;


export type RegenerateRecoveryCodesMutation = { readonly regenerateRecoveryCodes: { readonly recoveryCodes: ReadonlyArray<string> } };

export type FactorPartsFragment = { readonly id: string, readonly type: FactorType, readonly name: string, readonly status: FactorStatus, readonly createdAt: string, readonly activatedAt: string | null, readonly lastUsedAt: string | null, readonly codesLeft: number | null, readonly hint: string | null, readonly expiresAt: string | null, readonly warnings: ReadonlyArray<{ readonly code: FactorWarningCode, readonly message: string }> };

export type ListEntriesQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  kind?: ListKind | null | undefined;
  verdict?: ListVerdict | null | undefined;
  search?: string | null | undefined;
}>;


export type ListEntriesQuery = { readonly listEntries: { readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly id: string, readonly kind: ListKind, readonly value: string, readonly verdict: ListVerdict, readonly note: string | null, readonly createdAt: string, readonly createdBy: string, readonly expiresAt: string | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } };

export type BlockAddressMutationVariables = Exact<{
  input: ListEntryInput;
}>;


export type BlockAddressMutation = { readonly blockAddress: { readonly entry: { readonly id: string, readonly kind: ListKind, readonly value: string, readonly verdict: ListVerdict, readonly note: string | null, readonly createdAt: string, readonly createdBy: string, readonly expiresAt: string | null } } };

export type AllowAddressMutationVariables = Exact<{
  input: ListEntryInput;
}>;


export type AllowAddressMutation = { readonly allowAddress: { readonly entry: { readonly id: string, readonly kind: ListKind, readonly value: string, readonly verdict: ListVerdict, readonly note: string | null, readonly createdAt: string, readonly createdBy: string, readonly expiresAt: string | null } } };

export type RemoveListEntryMutationVariables = Exact<{
  id: string | number;
}>;


export type RemoveListEntryMutation = { readonly removeListEntry: { readonly entry: { readonly id: string, readonly kind: ListKind, readonly value: string, readonly verdict: ListVerdict, readonly note: string | null, readonly createdAt: string, readonly createdBy: string, readonly expiresAt: string | null } } };

export type ListEntryPartsFragment = { readonly id: string, readonly kind: ListKind, readonly value: string, readonly verdict: ListVerdict, readonly note: string | null, readonly createdAt: string, readonly createdBy: string, readonly expiresAt: string | null };

export type ConnectPushDeviceMutationVariables = Exact<{
  input: ConnectPushDeviceInput;
}>;


export type ConnectPushDeviceMutation = { readonly connectPushDevice: { readonly device: string, readonly email: string } };

export type SubscribePushDeviceMutationVariables = Exact<{
  input: SubscribePushDeviceInput;
}>;


export type SubscribePushDeviceMutation = { readonly subscribePushDevice: { readonly subscribed: boolean } };

export type PushRequestsQueryVariables = Exact<{
  input: PushRequestsInput;
}>;


export type PushRequestsQuery = { readonly pushRequests: { readonly now: string, readonly requests: ReadonlyArray<{ readonly challengeId: string, readonly purpose: ChallengePurpose, readonly email: string, readonly agent: string, readonly country: string | null, readonly createdAt: string, readonly expiresAt: string, readonly attemptsLeft: number }> } };

export type ApprovePushRequestMutationVariables = Exact<{
  input: ApprovePushRequestInput;
}>;


export type ApprovePushRequestMutation = { readonly approvePushRequest:
    | { readonly __typename: 'ChallengeFailed', readonly code: ErrorCode, readonly attemptsLeft: number | null }
    | { readonly __typename: 'PushAnswered', readonly challengeId: string }
   };

export type DenyPushRequestMutationVariables = Exact<{
  input: DenyPushRequestInput;
}>;


export type DenyPushRequestMutation = { readonly denyPushRequest:
    | { readonly __typename: 'ChallengeFailed', readonly code: ErrorCode, readonly attemptsLeft: number | null }
    | { readonly __typename: 'PushAnswered', readonly challengeId: string }
   };

export type ChallengeStatusQueryVariables = Exact<{
  challengeId: string | number;
}>;


export type ChallengeStatusQuery = { readonly challengeStatus: ChallengeStatus };

type PushAnswerParts_ChallengeFailed_Fragment = { readonly __typename: 'ChallengeFailed', readonly code: ErrorCode, readonly attemptsLeft: number | null };

type PushAnswerParts_PushAnswered_Fragment = { readonly __typename: 'PushAnswered', readonly challengeId: string };

export type PushAnswerPartsFragment =
  | PushAnswerParts_ChallengeFailed_Fragment
  | PushAnswerParts_PushAnswered_Fragment
;

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { readonly signIn:
    | { readonly __typename: 'MfaEnrollmentRequired', readonly pendingToken: string | null, readonly stepUp: { readonly assurance: Assurance, readonly acrValues: ReadonlyArray<string>, readonly maxAge: number | null, readonly reason: StepUpReason, readonly purpose: string | null, readonly paths: ReadonlyArray<string>, readonly enroll: ReadonlyArray<FactorType>, readonly mfaToken: string, readonly expiresAt: string, readonly challenge: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly name: string }> } }
    | { readonly __typename: 'MfaRequired', readonly pendingToken: string | null, readonly stepUp: { readonly assurance: Assurance, readonly acrValues: ReadonlyArray<string>, readonly maxAge: number | null, readonly reason: StepUpReason, readonly purpose: string | null, readonly paths: ReadonlyArray<string>, readonly enroll: ReadonlyArray<FactorType>, readonly mfaToken: string, readonly expiresAt: string, readonly challenge: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly name: string }> } }
    | { readonly __typename: 'SignedIn', readonly deviceToken: string | null, readonly account: { readonly id: string, readonly email: string, readonly roles: ReadonlyArray<Role> }, readonly session: { readonly id: string, readonly current: boolean, readonly pending: boolean, readonly assurance: Assurance, readonly transport: SessionTransport, readonly signedInAt: string, readonly lastSeenAt: string, readonly expiresAt: string, readonly deviceId: string | null, readonly address: string, readonly userAgent: string, readonly proofs: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly provedAt: string }> }, readonly tokens: { readonly accessToken: string, readonly accessTokenExpiresAt: string, readonly refreshToken: string } | null }
   };

export type BeginPasskeySignInMutationVariables = Exact<{ [key: string]: never; }>;


export type BeginPasskeySignInMutation = { readonly beginPasskeySignIn: { readonly requestOptions: Record<string, unknown>, readonly expiresAt: string } };

export type SignInWithPasskeyMutationVariables = Exact<{
  input: SignInWithPasskeyInput;
}>;


export type SignInWithPasskeyMutation = { readonly signInWithPasskey:
    | { readonly __typename: 'MfaEnrollmentRequired' }
    | { readonly __typename: 'MfaRequired' }
    | { readonly __typename: 'SignedIn', readonly deviceToken: string | null, readonly account: { readonly id: string, readonly email: string, readonly roles: ReadonlyArray<Role> }, readonly session: { readonly id: string, readonly current: boolean, readonly pending: boolean, readonly assurance: Assurance, readonly transport: SessionTransport, readonly signedInAt: string, readonly lastSeenAt: string, readonly expiresAt: string, readonly deviceId: string | null, readonly address: string, readonly userAgent: string, readonly proofs: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly provedAt: string }> }, readonly tokens: { readonly accessToken: string, readonly accessTokenExpiresAt: string, readonly refreshToken: string } | null }
   };

export type RefreshSessionMutationVariables = Exact<{
  input: RefreshSessionInput;
}>;


export type RefreshSessionMutation = { readonly refreshSession: { readonly accessToken: string, readonly accessTokenExpiresAt: string, readonly refreshToken: string } };

export type SignOutMutationVariables = Exact<{ [key: string]: never; }>;


export type SignOutMutation = { readonly signOut: { readonly signedOut: boolean } };

export type MySessionsQueryVariables = Exact<{ [key: string]: never; }>;


export type MySessionsQuery = { readonly mySessions: ReadonlyArray<{ readonly id: string, readonly current: boolean, readonly pending: boolean, readonly assurance: Assurance, readonly transport: SessionTransport, readonly signedInAt: string, readonly lastSeenAt: string, readonly expiresAt: string, readonly deviceId: string | null, readonly address: string, readonly userAgent: string, readonly proofs: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly provedAt: string }> }> };

export type RevokeSessionMutationVariables = Exact<{
  sessionId: string | number;
}>;


export type RevokeSessionMutation = { readonly revokeSession: { readonly revoked: number } };

export type RevokeOtherSessionsMutationVariables = Exact<{ [key: string]: never; }>;


export type RevokeOtherSessionsMutation = { readonly revokeOtherSessions: { readonly revoked: number } };

export type SessionPartsFragment = { readonly id: string, readonly current: boolean, readonly pending: boolean, readonly assurance: Assurance, readonly transport: SessionTransport, readonly signedInAt: string, readonly lastSeenAt: string, readonly expiresAt: string, readonly deviceId: string | null, readonly address: string, readonly userAgent: string, readonly proofs: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly provedAt: string }> };

export type TokenPartsFragment = { readonly accessToken: string, readonly accessTokenExpiresAt: string, readonly refreshToken: string };

export type StepUpPartsFragment = { readonly assurance: Assurance, readonly acrValues: ReadonlyArray<string>, readonly maxAge: number | null, readonly reason: StepUpReason, readonly purpose: string | null, readonly paths: ReadonlyArray<string>, readonly enroll: ReadonlyArray<FactorType>, readonly mfaToken: string, readonly expiresAt: string, readonly challenge: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly name: string }> };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const ProfilePartsFragmentDoc = new TypedDocumentString(`
    fragment ProfileParts on Profile {
  legalName
  dateOfBirth
  taxId
  phoneNumber
  postalAddress
}
    `, {"fragmentName":"ProfileParts"}) as unknown as TypedDocumentString<ProfilePartsFragment, unknown>;
export const FactorPartsFragmentDoc = new TypedDocumentString(`
    fragment FactorParts on Factor {
  id
  type
  name
  status
  createdAt
  activatedAt
  lastUsedAt
  codesLeft
  hint
  expiresAt
  warnings {
    code
    message
  }
}
    `, {"fragmentName":"FactorParts"}) as unknown as TypedDocumentString<FactorPartsFragment, unknown>;
export const SessionPartsFragmentDoc = new TypedDocumentString(`
    fragment SessionParts on Session {
  id
  current
  pending
  assurance
  transport
  signedInAt
  lastSeenAt
  expiresAt
  deviceId
  address
  userAgent
  proofs {
    factorId
    type
    provedAt
  }
}
    `, {"fragmentName":"SessionParts"}) as unknown as TypedDocumentString<SessionPartsFragment, unknown>;
export const DevicePartsFragmentDoc = new TypedDocumentString(`
    fragment DeviceParts on Device {
  id
  name
  current
  rememberedUntil
  bound
  firstSeenAt
  lastSeenAt
  address
}
    `, {"fragmentName":"DeviceParts"}) as unknown as TypedDocumentString<DevicePartsFragment, unknown>;
export const AdminAccountPartsFragmentDoc = new TypedDocumentString(`
    fragment AdminAccountParts on AdminAccountDetail {
  account {
    id
    email
    enabled
    createdAt
    lastSignInAt
  }
  factors {
    ...FactorParts
  }
  sessions {
    ...SessionParts
  }
  devices {
    ...DeviceParts
  }
  stepUpLockedUntil
  reEnrollmentRequiredSince
}
    fragment DeviceParts on Device {
  id
  name
  current
  rememberedUntil
  bound
  firstSeenAt
  lastSeenAt
  address
}
fragment FactorParts on Factor {
  id
  type
  name
  status
  createdAt
  activatedAt
  lastUsedAt
  codesLeft
  hint
  expiresAt
  warnings {
    code
    message
  }
}
fragment SessionParts on Session {
  id
  current
  pending
  assurance
  transport
  signedInAt
  lastSeenAt
  expiresAt
  deviceId
  address
  userAgent
  proofs {
    factorId
    type
    provedAt
  }
}`, {"fragmentName":"AdminAccountParts"}) as unknown as TypedDocumentString<AdminAccountPartsFragment, unknown>;
export const RiskDecisionPartsFragmentDoc = new TypedDocumentString(`
    fragment RiskDecisionParts on RiskDecision {
  id
  decidedAt
  accountId
  purpose
  risk {
    verdict
    level
    score
    contributions {
      code
      nats
      detail
    }
  }
  context {
    ip
    country
    userAgent
    deviceId
    sessionId
    requestId
  }
  label {
    label
    at
    by
  }
}
    `, {"fragmentName":"RiskDecisionParts"}) as unknown as TypedDocumentString<RiskDecisionPartsFragment, unknown>;
export const ChallengePartsFragmentDoc = new TypedDocumentString(`
    fragment ChallengeParts on Challenge {
  id
  factorType
  purpose
  expiresAt
  resendAvailableAt
  attemptsLeft
  webauthn {
    requestOptions
  }
  push {
    number
  }
}
    `, {"fragmentName":"ChallengeParts"}) as unknown as TypedDocumentString<ChallengePartsFragment, unknown>;
export const ListEntryPartsFragmentDoc = new TypedDocumentString(`
    fragment ListEntryParts on ListEntry {
  id
  kind
  value
  verdict
  note
  createdAt
  createdBy
  expiresAt
}
    `, {"fragmentName":"ListEntryParts"}) as unknown as TypedDocumentString<ListEntryPartsFragment, unknown>;
export const PushAnswerPartsFragmentDoc = new TypedDocumentString(`
    fragment PushAnswerParts on AnswerPushResult {
  __typename
  ... on PushAnswered {
    challengeId
  }
  ... on ChallengeFailed {
    code
    attemptsLeft
  }
}
    `, {"fragmentName":"PushAnswerParts"}) as unknown as TypedDocumentString<PushAnswerPartsFragment, unknown>;
export const TokenPartsFragmentDoc = new TypedDocumentString(`
    fragment TokenParts on Tokens {
  accessToken
  accessTokenExpiresAt
  refreshToken
}
    `, {"fragmentName":"TokenParts"}) as unknown as TypedDocumentString<TokenPartsFragment, unknown>;
export const StepUpPartsFragmentDoc = new TypedDocumentString(`
    fragment StepUpParts on StepUp {
  assurance
  acrValues
  maxAge
  reason
  purpose
  paths
  challenge {
    factorId
    type
    name
  }
  enroll
  mfaToken
  expiresAt
}
    `, {"fragmentName":"StepUpParts"}) as unknown as TypedDocumentString<StepUpPartsFragment, unknown>;
export const SignUpDocument = new TypedDocumentString(`
    mutation SignUp($input: SignUpInput!) {
  signUp(input: $input) {
    accepted
  }
}
    `) as unknown as TypedDocumentString<SignUpMutation, SignUpMutationVariables>;
export const VerifyEmailDocument = new TypedDocumentString(`
    mutation VerifyEmail($input: VerifyEmailInput!) {
  verifyEmail(input: $input) {
    verified
  }
}
    `) as unknown as TypedDocumentString<VerifyEmailMutation, VerifyEmailMutationVariables>;
export const MeDocument = new TypedDocumentString(`
    query Me {
  me {
    id
    email
    createdAt
    lastSignInAt
    roles
  }
}
    `) as unknown as TypedDocumentString<MeQuery, MeQueryVariables>;
export const MyProfileDocument = new TypedDocumentString(`
    query MyProfile {
  me {
    profile {
      ...ProfileParts
    }
  }
}
    fragment ProfileParts on Profile {
  legalName
  dateOfBirth
  taxId
  phoneNumber
  postalAddress
}`) as unknown as TypedDocumentString<MyProfileQuery, MyProfileQueryVariables>;
export const UpdateProfileDocument = new TypedDocumentString(`
    mutation UpdateProfile($input: UpdateProfileInput!) {
  updateProfile(input: $input) {
    ...ProfileParts
  }
}
    fragment ProfileParts on Profile {
  legalName
  dateOfBirth
  taxId
  phoneNumber
  postalAddress
}`) as unknown as TypedDocumentString<UpdateProfileMutation, UpdateProfileMutationVariables>;
export const ChangeEmailDocument = new TypedDocumentString(`
    mutation ChangeEmail($input: ChangeEmailInput!) {
  changeEmail(input: $input) {
    confirmationSent
  }
}
    `) as unknown as TypedDocumentString<ChangeEmailMutation, ChangeEmailMutationVariables>;
export const ChangePasswordDocument = new TypedDocumentString(`
    mutation ChangePassword($input: ChangePasswordInput!) {
  changePassword(input: $input) {
    changed
  }
}
    `) as unknown as TypedDocumentString<ChangePasswordMutation, ChangePasswordMutationVariables>;
export const ReportNotMeDocument = new TypedDocumentString(`
    mutation ReportNotMe($input: ReportNotMeInput!) {
  reportNotMe(input: $input) {
    reported
  }
}
    `) as unknown as TypedDocumentString<ReportNotMeMutation, ReportNotMeMutationVariables>;
export const AuditEventsDocument = new TypedDocumentString(`
    query AuditEvents($filter: AuditEventFilter, $first: Int, $after: String, $last: Int, $before: String) {
  auditEvents(
    filter: $filter
    first: $first
    after: $after
    last: $last
    before: $before
  ) {
    edges {
      cursor
      node {
        id
        sequence
        action
        outcome
        reason
        occurredAt
        actor {
          id
          type
        }
        targets {
          id
          type
        }
        metadata
      }
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<AuditEventsQuery, AuditEventsQueryVariables>;
export const AuditEventDocument = new TypedDocumentString(`
    query AuditEvent($id: ID!) {
  auditEvent(id: $id) {
    id
    sequence
    version
    action
    outcome
    reason
    occurredAt
    organizationId
    actor {
      id
      type
    }
    targets {
      id
      type
    }
    context {
      ip
      country
      userAgent
      deviceId
      sessionId
      requestId
      operationName
      operationHash
    }
    risk {
      verdict
      level
      score
      contributions {
        code
        nats
        detail
      }
    }
    metadata
    previousHash
    hash
  }
}
    `) as unknown as TypedDocumentString<AuditEventQuery, AuditEventQueryVariables>;
export const VerifyAuditChainDocument = new TypedDocumentString(`
    query VerifyAuditChain {
  verifyAuditChain {
    intact
    checked
    headSequence
    headHash
  }
}
    `) as unknown as TypedDocumentString<VerifyAuditChainQuery, VerifyAuditChainQueryVariables>;
export const AccountsDocument = new TypedDocumentString(`
    query Accounts($search: String, $first: Int, $after: String) {
  accounts(search: $search, first: $first, after: $after) {
    edges {
      cursor
      node {
        id
        email
        enabled
        createdAt
        lastSignInAt
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<AccountsQuery, AccountsQueryVariables>;
export const AccessPolicyDocument = new TypedDocumentString(`
    query AccessPolicy {
  accessPolicy {
    field
    access
    assurance
    withinSeconds
    factors
    strongest
    purpose
    reportOnly
  }
}
    `) as unknown as TypedDocumentString<AccessPolicyQuery, AccessPolicyQueryVariables>;
export const RevokeAccountSessionsDocument = new TypedDocumentString(`
    mutation RevokeAccountSessions($input: RevokeAccountSessionsInput!) {
  revokeAccountSessions(input: $input) {
    revoked
  }
}
    `) as unknown as TypedDocumentString<RevokeAccountSessionsMutation, RevokeAccountSessionsMutationVariables>;
export const AccountDocument = new TypedDocumentString(`
    query Account($id: ID!) {
  account(id: $id) {
    ...AdminAccountParts
  }
}
    fragment AdminAccountParts on AdminAccountDetail {
  account {
    id
    email
    enabled
    createdAt
    lastSignInAt
  }
  factors {
    ...FactorParts
  }
  sessions {
    ...SessionParts
  }
  devices {
    ...DeviceParts
  }
  stepUpLockedUntil
  reEnrollmentRequiredSince
}
fragment DeviceParts on Device {
  id
  name
  current
  rememberedUntil
  bound
  firstSeenAt
  lastSeenAt
  address
}
fragment FactorParts on Factor {
  id
  type
  name
  status
  createdAt
  activatedAt
  lastUsedAt
  codesLeft
  hint
  expiresAt
  warnings {
    code
    message
  }
}
fragment SessionParts on Session {
  id
  current
  pending
  assurance
  transport
  signedInAt
  lastSeenAt
  expiresAt
  deviceId
  address
  userAgent
  proofs {
    factorId
    type
    provedAt
  }
}`) as unknown as TypedDocumentString<AccountQuery, AccountQueryVariables>;
export const ResetFactorsDocument = new TypedDocumentString(`
    mutation ResetFactors($input: CareForAccountInput!) {
  resetFactors(input: $input) {
    account {
      ...AdminAccountParts
    }
  }
}
    fragment AdminAccountParts on AdminAccountDetail {
  account {
    id
    email
    enabled
    createdAt
    lastSignInAt
  }
  factors {
    ...FactorParts
  }
  sessions {
    ...SessionParts
  }
  devices {
    ...DeviceParts
  }
  stepUpLockedUntil
  reEnrollmentRequiredSince
}
fragment DeviceParts on Device {
  id
  name
  current
  rememberedUntil
  bound
  firstSeenAt
  lastSeenAt
  address
}
fragment FactorParts on Factor {
  id
  type
  name
  status
  createdAt
  activatedAt
  lastUsedAt
  codesLeft
  hint
  expiresAt
  warnings {
    code
    message
  }
}
fragment SessionParts on Session {
  id
  current
  pending
  assurance
  transport
  signedInAt
  lastSeenAt
  expiresAt
  deviceId
  address
  userAgent
  proofs {
    factorId
    type
    provedAt
  }
}`) as unknown as TypedDocumentString<ResetFactorsMutation, ResetFactorsMutationVariables>;
export const RequireReEnrollmentDocument = new TypedDocumentString(`
    mutation RequireReEnrollment($input: CareForAccountInput!) {
  requireReEnrollment(input: $input) {
    account {
      ...AdminAccountParts
    }
  }
}
    fragment AdminAccountParts on AdminAccountDetail {
  account {
    id
    email
    enabled
    createdAt
    lastSignInAt
  }
  factors {
    ...FactorParts
  }
  sessions {
    ...SessionParts
  }
  devices {
    ...DeviceParts
  }
  stepUpLockedUntil
  reEnrollmentRequiredSince
}
fragment DeviceParts on Device {
  id
  name
  current
  rememberedUntil
  bound
  firstSeenAt
  lastSeenAt
  address
}
fragment FactorParts on Factor {
  id
  type
  name
  status
  createdAt
  activatedAt
  lastUsedAt
  codesLeft
  hint
  expiresAt
  warnings {
    code
    message
  }
}
fragment SessionParts on Session {
  id
  current
  pending
  assurance
  transport
  signedInAt
  lastSeenAt
  expiresAt
  deviceId
  address
  userAgent
  proofs {
    factorId
    type
    provedAt
  }
}`) as unknown as TypedDocumentString<RequireReEnrollmentMutation, RequireReEnrollmentMutationVariables>;
export const UnlockAccountDocument = new TypedDocumentString(`
    mutation UnlockAccount($input: CareForAccountInput!) {
  unlockAccount(input: $input) {
    account {
      ...AdminAccountParts
    }
  }
}
    fragment AdminAccountParts on AdminAccountDetail {
  account {
    id
    email
    enabled
    createdAt
    lastSignInAt
  }
  factors {
    ...FactorParts
  }
  sessions {
    ...SessionParts
  }
  devices {
    ...DeviceParts
  }
  stepUpLockedUntil
  reEnrollmentRequiredSince
}
fragment DeviceParts on Device {
  id
  name
  current
  rememberedUntil
  bound
  firstSeenAt
  lastSeenAt
  address
}
fragment FactorParts on Factor {
  id
  type
  name
  status
  createdAt
  activatedAt
  lastUsedAt
  codesLeft
  hint
  expiresAt
  warnings {
    code
    message
  }
}
fragment SessionParts on Session {
  id
  current
  pending
  assurance
  transport
  signedInAt
  lastSeenAt
  expiresAt
  deviceId
  address
  userAgent
  proofs {
    factorId
    type
    provedAt
  }
}`) as unknown as TypedDocumentString<UnlockAccountMutation, UnlockAccountMutationVariables>;
export const RiskDecisionDocument = new TypedDocumentString(`
    query RiskDecision($id: ID!) {
  riskDecision(id: $id) {
    ...RiskDecisionParts
  }
}
    fragment RiskDecisionParts on RiskDecision {
  id
  decidedAt
  accountId
  purpose
  risk {
    verdict
    level
    score
    contributions {
      code
      nats
      detail
    }
  }
  context {
    ip
    country
    userAgent
    deviceId
    sessionId
    requestId
  }
  label {
    label
    at
    by
  }
}`) as unknown as TypedDocumentString<RiskDecisionQuery, RiskDecisionQueryVariables>;
export const LabelRiskDecisionDocument = new TypedDocumentString(`
    mutation LabelRiskDecision($id: ID!, $label: RiskLabel!) {
  labelRiskDecision(id: $id, label: $label) {
    ...RiskDecisionParts
  }
}
    fragment RiskDecisionParts on RiskDecision {
  id
  decidedAt
  accountId
  purpose
  risk {
    verdict
    level
    score
    contributions {
      code
      nats
      detail
    }
  }
  context {
    ip
    country
    userAgent
    deviceId
    sessionId
    requestId
  }
  label {
    label
    at
    by
  }
}`) as unknown as TypedDocumentString<LabelRiskDecisionMutation, LabelRiskDecisionMutationVariables>;
export const ChallengeFactorDocument = new TypedDocumentString(`
    mutation ChallengeFactor($input: ChallengeFactorInput!) {
  challengeFactor(input: $input) {
    ...ChallengeParts
  }
}
    fragment ChallengeParts on Challenge {
  id
  factorType
  purpose
  expiresAt
  resendAvailableAt
  attemptsLeft
  webauthn {
    requestOptions
  }
  push {
    number
  }
}`) as unknown as TypedDocumentString<ChallengeFactorMutation, ChallengeFactorMutationVariables>;
export const VerifyChallengeDocument = new TypedDocumentString(`
    mutation VerifyChallenge($input: VerifyChallengeInput!) {
  verifyChallenge(input: $input) {
    __typename
    ... on ChallengePassed {
      session {
        ...SessionParts
      }
      factor {
        ...FactorParts
      }
      reEnrollmentAdvised
      deviceRemembered
      recoveryCodes
      tokens {
        ...TokenParts
      }
      deviceToken
    }
    ... on ChallengeFailed {
      code
      attemptsLeft
    }
  }
}
    fragment FactorParts on Factor {
  id
  type
  name
  status
  createdAt
  activatedAt
  lastUsedAt
  codesLeft
  hint
  expiresAt
  warnings {
    code
    message
  }
}
fragment SessionParts on Session {
  id
  current
  pending
  assurance
  transport
  signedInAt
  lastSeenAt
  expiresAt
  deviceId
  address
  userAgent
  proofs {
    factorId
    type
    provedAt
  }
}
fragment TokenParts on Tokens {
  accessToken
  accessTokenExpiresAt
  refreshToken
}`) as unknown as TypedDocumentString<VerifyChallengeMutation, VerifyChallengeMutationVariables>;
export const CancelChallengeDocument = new TypedDocumentString(`
    mutation CancelChallenge($challengeId: ID!) {
  cancelChallenge(challengeId: $challengeId) {
    cancelled
  }
}
    `) as unknown as TypedDocumentString<CancelChallengeMutation, CancelChallengeMutationVariables>;
export const PreviewStepUpDocument = new TypedDocumentString(`
    query PreviewStepUp($document: String!, $operationName: String, $variables: JSONObject) {
  stepUpPreview(
    document: $document
    operationName: $operationName
    variables: $variables
  ) {
    allowed
    code
    need {
      assurance
      maxAge
      reason
      purpose
      paths
      enroll
      challenge {
        factorId
        type
        name
      }
    }
  }
}
    `) as unknown as TypedDocumentString<PreviewStepUpQuery, PreviewStepUpQueryVariables>;
export const MyDevicesDocument = new TypedDocumentString(`
    query MyDevices {
  myDevices {
    ...DeviceParts
  }
}
    fragment DeviceParts on Device {
  id
  name
  current
  rememberedUntil
  bound
  firstSeenAt
  lastSeenAt
  address
}`) as unknown as TypedDocumentString<MyDevicesQuery, MyDevicesQueryVariables>;
export const RenameDeviceDocument = new TypedDocumentString(`
    mutation RenameDevice($input: RenameDeviceInput!) {
  renameDevice(input: $input) {
    ...DeviceParts
  }
}
    fragment DeviceParts on Device {
  id
  name
  current
  rememberedUntil
  bound
  firstSeenAt
  lastSeenAt
  address
}`) as unknown as TypedDocumentString<RenameDeviceMutation, RenameDeviceMutationVariables>;
export const ForgetDeviceDocument = new TypedDocumentString(`
    mutation ForgetDevice($deviceId: ID!) {
  forgetDevice(deviceId: $deviceId) {
    forgotten
  }
}
    `) as unknown as TypedDocumentString<ForgetDeviceMutation, ForgetDeviceMutationVariables>;
export const ForgetAllDevicesDocument = new TypedDocumentString(`
    mutation ForgetAllDevices {
  forgetAllDevices {
    forgotten
  }
}
    `) as unknown as TypedDocumentString<ForgetAllDevicesMutation, ForgetAllDevicesMutationVariables>;
export const MyFactorsDocument = new TypedDocumentString(`
    query MyFactors {
  myFactors {
    ...FactorParts
  }
}
    fragment FactorParts on Factor {
  id
  type
  name
  status
  createdAt
  activatedAt
  lastUsedAt
  codesLeft
  hint
  expiresAt
  warnings {
    code
    message
  }
}`) as unknown as TypedDocumentString<MyFactorsQuery, MyFactorsQueryVariables>;
export const EnrollFactorDocument = new TypedDocumentString(`
    mutation EnrollFactor($input: EnrollFactorInput!) {
  enrollFactor(input: $input) {
    factor {
      ...FactorParts
    }
    challenge {
      ...ChallengeParts
    }
    totp {
      secret
      otpauthUri
      qrCode {
        svg
        pngDataUrl
      }
    }
    webauthn {
      creationOptions
    }
    push {
      connectUrl
      qrCode {
        svg
        pngDataUrl
      }
    }
    recoveryCodes
  }
}
    fragment ChallengeParts on Challenge {
  id
  factorType
  purpose
  expiresAt
  resendAvailableAt
  attemptsLeft
  webauthn {
    requestOptions
  }
  push {
    number
  }
}
fragment FactorParts on Factor {
  id
  type
  name
  status
  createdAt
  activatedAt
  lastUsedAt
  codesLeft
  hint
  expiresAt
  warnings {
    code
    message
  }
}`) as unknown as TypedDocumentString<EnrollFactorMutation, EnrollFactorMutationVariables>;
export const ChangePhoneDocument = new TypedDocumentString(`
    mutation ChangePhone($input: ChangePhoneInput!) {
  changePhone(input: $input) {
    factor {
      ...FactorParts
    }
    challenge {
      ...ChallengeParts
    }
  }
}
    fragment ChallengeParts on Challenge {
  id
  factorType
  purpose
  expiresAt
  resendAvailableAt
  attemptsLeft
  webauthn {
    requestOptions
  }
  push {
    number
  }
}
fragment FactorParts on Factor {
  id
  type
  name
  status
  createdAt
  activatedAt
  lastUsedAt
  codesLeft
  hint
  expiresAt
  warnings {
    code
    message
  }
}`) as unknown as TypedDocumentString<ChangePhoneMutation, ChangePhoneMutationVariables>;
export const RenameFactorDocument = new TypedDocumentString(`
    mutation RenameFactor($input: RenameFactorInput!) {
  renameFactor(input: $input) {
    ...FactorParts
  }
}
    fragment FactorParts on Factor {
  id
  type
  name
  status
  createdAt
  activatedAt
  lastUsedAt
  codesLeft
  hint
  expiresAt
  warnings {
    code
    message
  }
}`) as unknown as TypedDocumentString<RenameFactorMutation, RenameFactorMutationVariables>;
export const RemoveFactorDocument = new TypedDocumentString(`
    mutation RemoveFactor($factorId: ID!) {
  removeFactor(factorId: $factorId) {
    removed
  }
}
    `) as unknown as TypedDocumentString<RemoveFactorMutation, RemoveFactorMutationVariables>;
export const RegenerateRecoveryCodesDocument = new TypedDocumentString(`
    mutation RegenerateRecoveryCodes {
  regenerateRecoveryCodes {
    recoveryCodes
  }
}
    `) as unknown as TypedDocumentString<RegenerateRecoveryCodesMutation, RegenerateRecoveryCodesMutationVariables>;
export const ListEntriesDocument = new TypedDocumentString(`
    query ListEntries($first: Int, $after: String, $kind: ListKind, $verdict: ListVerdict, $search: String) {
  listEntries(
    first: $first
    after: $after
    kind: $kind
    verdict: $verdict
    search: $search
  ) {
    edges {
      cursor
      node {
        ...ListEntryParts
      }
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    fragment ListEntryParts on ListEntry {
  id
  kind
  value
  verdict
  note
  createdAt
  createdBy
  expiresAt
}`) as unknown as TypedDocumentString<ListEntriesQuery, ListEntriesQueryVariables>;
export const BlockAddressDocument = new TypedDocumentString(`
    mutation BlockAddress($input: ListEntryInput!) {
  blockAddress(input: $input) {
    entry {
      ...ListEntryParts
    }
  }
}
    fragment ListEntryParts on ListEntry {
  id
  kind
  value
  verdict
  note
  createdAt
  createdBy
  expiresAt
}`) as unknown as TypedDocumentString<BlockAddressMutation, BlockAddressMutationVariables>;
export const AllowAddressDocument = new TypedDocumentString(`
    mutation AllowAddress($input: ListEntryInput!) {
  allowAddress(input: $input) {
    entry {
      ...ListEntryParts
    }
  }
}
    fragment ListEntryParts on ListEntry {
  id
  kind
  value
  verdict
  note
  createdAt
  createdBy
  expiresAt
}`) as unknown as TypedDocumentString<AllowAddressMutation, AllowAddressMutationVariables>;
export const RemoveListEntryDocument = new TypedDocumentString(`
    mutation RemoveListEntry($id: ID!) {
  removeListEntry(id: $id) {
    entry {
      ...ListEntryParts
    }
  }
}
    fragment ListEntryParts on ListEntry {
  id
  kind
  value
  verdict
  note
  createdAt
  createdBy
  expiresAt
}`) as unknown as TypedDocumentString<RemoveListEntryMutation, RemoveListEntryMutationVariables>;
export const ConnectPushDeviceDocument = new TypedDocumentString(`
    mutation ConnectPushDevice($input: ConnectPushDeviceInput!) {
  connectPushDevice(input: $input) {
    device
    email
  }
}
    `) as unknown as TypedDocumentString<ConnectPushDeviceMutation, ConnectPushDeviceMutationVariables>;
export const SubscribePushDeviceDocument = new TypedDocumentString(`
    mutation SubscribePushDevice($input: SubscribePushDeviceInput!) {
  subscribePushDevice(input: $input) {
    subscribed
  }
}
    `) as unknown as TypedDocumentString<SubscribePushDeviceMutation, SubscribePushDeviceMutationVariables>;
export const PushRequestsDocument = new TypedDocumentString(`
    query PushRequests($input: PushRequestsInput!) {
  pushRequests(input: $input) {
    now
    requests {
      challengeId
      purpose
      email
      agent
      country
      createdAt
      expiresAt
      attemptsLeft
    }
  }
}
    `) as unknown as TypedDocumentString<PushRequestsQuery, PushRequestsQueryVariables>;
export const ApprovePushRequestDocument = new TypedDocumentString(`
    mutation ApprovePushRequest($input: ApprovePushRequestInput!) {
  approvePushRequest(input: $input) {
    ...PushAnswerParts
  }
}
    fragment PushAnswerParts on AnswerPushResult {
  __typename
  ... on PushAnswered {
    challengeId
  }
  ... on ChallengeFailed {
    code
    attemptsLeft
  }
}`) as unknown as TypedDocumentString<ApprovePushRequestMutation, ApprovePushRequestMutationVariables>;
export const DenyPushRequestDocument = new TypedDocumentString(`
    mutation DenyPushRequest($input: DenyPushRequestInput!) {
  denyPushRequest(input: $input) {
    ...PushAnswerParts
  }
}
    fragment PushAnswerParts on AnswerPushResult {
  __typename
  ... on PushAnswered {
    challengeId
  }
  ... on ChallengeFailed {
    code
    attemptsLeft
  }
}`) as unknown as TypedDocumentString<DenyPushRequestMutation, DenyPushRequestMutationVariables>;
export const ChallengeStatusDocument = new TypedDocumentString(`
    query ChallengeStatus($challengeId: ID!) {
  challengeStatus(challengeId: $challengeId)
}
    `) as unknown as TypedDocumentString<ChallengeStatusQuery, ChallengeStatusQueryVariables>;
export const SignInDocument = new TypedDocumentString(`
    mutation SignIn($input: SignInInput!) {
  signIn(input: $input) {
    __typename
    ... on SignedIn {
      account {
        id
        email
        roles
      }
      session {
        ...SessionParts
      }
      tokens {
        ...TokenParts
      }
      deviceToken
    }
    ... on MfaRequired {
      stepUp {
        ...StepUpParts
      }
      pendingToken
    }
    ... on MfaEnrollmentRequired {
      stepUp {
        ...StepUpParts
      }
      pendingToken
    }
  }
}
    fragment SessionParts on Session {
  id
  current
  pending
  assurance
  transport
  signedInAt
  lastSeenAt
  expiresAt
  deviceId
  address
  userAgent
  proofs {
    factorId
    type
    provedAt
  }
}
fragment TokenParts on Tokens {
  accessToken
  accessTokenExpiresAt
  refreshToken
}
fragment StepUpParts on StepUp {
  assurance
  acrValues
  maxAge
  reason
  purpose
  paths
  challenge {
    factorId
    type
    name
  }
  enroll
  mfaToken
  expiresAt
}`) as unknown as TypedDocumentString<SignInMutation, SignInMutationVariables>;
export const BeginPasskeySignInDocument = new TypedDocumentString(`
    mutation BeginPasskeySignIn {
  beginPasskeySignIn {
    requestOptions
    expiresAt
  }
}
    `) as unknown as TypedDocumentString<BeginPasskeySignInMutation, BeginPasskeySignInMutationVariables>;
export const SignInWithPasskeyDocument = new TypedDocumentString(`
    mutation SignInWithPasskey($input: SignInWithPasskeyInput!) {
  signInWithPasskey(input: $input) {
    __typename
    ... on SignedIn {
      account {
        id
        email
        roles
      }
      session {
        ...SessionParts
      }
      tokens {
        ...TokenParts
      }
      deviceToken
    }
  }
}
    fragment SessionParts on Session {
  id
  current
  pending
  assurance
  transport
  signedInAt
  lastSeenAt
  expiresAt
  deviceId
  address
  userAgent
  proofs {
    factorId
    type
    provedAt
  }
}
fragment TokenParts on Tokens {
  accessToken
  accessTokenExpiresAt
  refreshToken
}`) as unknown as TypedDocumentString<SignInWithPasskeyMutation, SignInWithPasskeyMutationVariables>;
export const RefreshSessionDocument = new TypedDocumentString(`
    mutation RefreshSession($input: RefreshSessionInput!) {
  refreshSession(input: $input) {
    ...TokenParts
  }
}
    fragment TokenParts on Tokens {
  accessToken
  accessTokenExpiresAt
  refreshToken
}`) as unknown as TypedDocumentString<RefreshSessionMutation, RefreshSessionMutationVariables>;
export const SignOutDocument = new TypedDocumentString(`
    mutation SignOut {
  signOut {
    signedOut
  }
}
    `) as unknown as TypedDocumentString<SignOutMutation, SignOutMutationVariables>;
export const MySessionsDocument = new TypedDocumentString(`
    query MySessions {
  mySessions {
    ...SessionParts
  }
}
    fragment SessionParts on Session {
  id
  current
  pending
  assurance
  transport
  signedInAt
  lastSeenAt
  expiresAt
  deviceId
  address
  userAgent
  proofs {
    factorId
    type
    provedAt
  }
}`) as unknown as TypedDocumentString<MySessionsQuery, MySessionsQueryVariables>;
export const RevokeSessionDocument = new TypedDocumentString(`
    mutation RevokeSession($sessionId: ID!) {
  revokeSession(sessionId: $sessionId) {
    revoked
  }
}
    `) as unknown as TypedDocumentString<RevokeSessionMutation, RevokeSessionMutationVariables>;
export const RevokeOtherSessionsDocument = new TypedDocumentString(`
    mutation RevokeOtherSessions {
  revokeOtherSessions {
    revoked
  }
}
    `) as unknown as TypedDocumentString<RevokeOtherSessionsMutation, RevokeOtherSessionsMutationVariables>;