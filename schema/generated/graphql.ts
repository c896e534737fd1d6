/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** An invitation to accept: by its token, or by the organization. */
export type AcceptInvitationInput = {
  /** In place of the token: an organization that `discoverOrganizations` lists as `INVITED`. */
  readonly organizationId?: string | number | null | undefined;
  /** What follows `#token=` in the link. */
  readonly token?: string | null | undefined;
};

/** Who may call or read a field. */
export type Access =
  /** An active session. */
  | 'ACCOUNT'
  /** An operator of this gateway. */
  | 'ADMIN'
  /** An active session of a member of the organization that the session is for. */
  | 'MEMBER'
  /** An administrator of that organization. */
  | 'ORG_ADMIN'
  /** Any session, including one that has not verified its second factor yet. */
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
  /** The number shown on the page that started the prompt. */
  readonly number: string;
  /** ECDSA on P-256 with SHA-256 (64 bytes as base64url) over the lines `stepgate-push/1`, the public URL of the gateway, `device`, the action, its subject, its detail and `issuedAt`; see docs/factors/push.md. */
  readonly signature: string;
};

/** How strongly a session is authenticated, weakest first. */
export type Assurance =
  /** Two factors of different kinds. */
  | 'MFA'
  /** One factor, such as a password. */
  | 'ONE_FACTOR'
  /** A factor that cannot be relayed, such as a passkey. */
  | 'PHISHING_RESISTANT';

/** The kind of actor. */
export type AuditActorType =
  /** A signed-in person. */
  | 'ACCOUNT'
  /** A caller who is not signed in. */
  | 'ANONYMOUS'
  /** An operator on the command line of the gateway. */
  | 'OPERATOR'
  /** A backend with a service key. */
  | 'SERVICE'
  /** The gateway itself. */
  | 'SYSTEM';

/** What was done to the audit log. */
export type AuditChainFault =
  /** Events or checkpoints are missing in between. */
  | 'DELETED'
  /** An event was changed. */
  | 'EDITED'
  /** A checkpoint was not signed by this installation, or does not match its events. */
  | 'FORGED'
  /** An event was inserted. */
  | 'INSERTED'
  /** An event was moved to another place in its stream. */
  | 'REORDERED'
  /** A part is consistent but is not what a checkpoint covers, or not the noted checkpoint. */
  | 'REWRITTEN'
  /** A stream ends before its checkpoint says, or the log ends before the noted checkpoint. */
  | 'TRUNCATED';

/** A filter for audit events. Parts that are left out do not filter. */
export type AuditEventFilter = {
  /** The account that acted or that the event is about. */
  readonly accountId?: string | number | null | undefined;
  /** Any of these actions. */
  readonly actions?: ReadonlyArray<string> | null | undefined;
  /** Events at or after this time. */
  readonly from?: string | null | undefined;
  /** Only events with this outcome. */
  readonly outcome?: AuditOutcome | null | undefined;
  /** The request: an `X-Request-Id`, or the reference that a person was given, in any case and spacing. */
  readonly requestId?: string | number | null | undefined;
  /** Events before this time. */
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

/** What the action affects. */
export type AuditTargetType =
  /** A person who can sign in. */
  | 'ACCOUNT'
  /** A network address. */
  | 'ADDRESS'
  /** A budget of attempts or requests. */
  | 'BUDGET'
  /** A challenge of one session for one factor. */
  | 'CHALLENGE'
  /** A browser or app we have seen. */
  | 'DEVICE'
  /** A way to prove it is you. */
  | 'FACTOR'
  /** A guarded field of the graph. */
  | 'FIELD'
  /** A blocked or allowed network address. */
  | 'LIST_ENTRY'
  /** A tenant. */
  | 'ORGANIZATION'
  /** A risk assessment. */
  | 'RISK_DECISION'
  /** A key of a backend. */
  | 'SERVICE_KEY'
  /** A signed-in browser or app. */
  | 'SESSION';

/** Why an authentication is begun. */
export type AuthenticationIntent =
  /** A person wants to manage factors: a second factor is always required, or its enrolment if there is none. */
  | 'ENROLL'
  /** A person signs in: risk decides whether a second factor is required. */
  | 'SIGN_IN'
  /** A person is about to do something sensitive: a second factor is always required. */
  | 'STEP_UP';

/** What must follow a first factor that a backend verified. */
export type AuthenticationVerdict =
  /** Nothing: the proof says what was proved. */
  | 'ALLOW'
  /** Do not let the person in: the risk is too high, or the account is disabled here. */
  | 'BLOCK'
  /** A second factor, one of those in `stepUp.challenge`. */
  | 'CHALLENGE'
  /** The enrolment of a second factor, of a kind in `stepUp.enroll`. */
  | 'ENROLL';

/** A first factor that a backend has verified, and where. */
export type BeginAuthenticationInput = {
  /** What was verified, by RFC 8176, such as `pwd`: single methods only, so `mfa` is rejected. */
  readonly amr?: ReadonlyArray<string>;
  /** Begins the challenge along with it, if a second factor is required: it saves a call where something is sent or shown first. */
  readonly beginChallenge?: BeginChallengeInput | null | undefined;
  /** The person’s device. */
  readonly device: ReportedDeviceInput;
  /** Where notices about the account go. It never finds an account. */
  readonly email: string;
  /** Wrong first factors for this name within the last hour. */
  readonly failedAttempts?: number;
  /** The purpose. */
  readonly intent?: AuthenticationIntent;
  /** Repeated in the proof: 1 to 256 printable characters. */
  readonly nonce?: string | null | undefined;
  /** The backend’s permanent name for the person: an id, not an address. */
  readonly subject: string;
};

/** Which factor to challenge. */
export type BeginChallengeInput = {
  /** A factor of the account. Without it, the strongest one that `stepUp.challenge` offers. */
  readonly factorId?: string | number | null | undefined;
};

/** The account an operator acts on, and why. */
export type CareForAccountInput = {
  /** The account; never the operator’s own. */
  readonly accountId: string | number;
  /** For the audit log: how the caller was verified, a ticket. */
  readonly reason: string;
};

/** Which factor to challenge. */
export type ChallengeFactorInput = {
  /** One of `stepUp.challenge`, or of `myFactors`. */
  readonly factorId: string | number;
  /** From `StepUp`: binds the proof to the operation that requires it. Without it the proof raises the session in general. */
  readonly mfaToken?: string | null | undefined;
};

/** What the right answer does. */
export type ChallengePurpose =
  /** Activates a new factor. */
  | 'ENROLLMENT'
  /** Finishes a sign-in. */
  | 'SIGN_IN'
  /** Raises an active session. */
  | 'STEP_UP';

/** The status of a challenge. */
export type ChallengeStatus =
  /** The device has approved: call `verifyChallenge` without a code. */
  | 'APPROVED'
  /** The device has denied. A pending session has ended with it. */
  | 'DENIED'
  /** Passed, expired, replaced, used up, or unknown. */
  | 'GONE'
  /** It has not been answered yet. */
  | 'WAITING';

/** A new e-mail address. */
export type ChangeEmailInput = {
  /** The new address. It must be confirmed from its mailbox. */
  readonly newEmail: string;
};

/** The current and the new password. */
export type ChangePasswordInput = {
  /** The current password. Left out where there is none: see `Account.hasPassword`. */
  readonly currentPassword?: string | null | undefined;
  /** The new password. */
  readonly newPassword: string;
  /** Whether every other session ends. */
  readonly revokeOthers?: boolean;
};

/** A new phone number for an `SMS` factor. */
export type ChangePhoneInput = {
  /** The `SMS` factor with the old number. It works until the new one is proved. */
  readonly factorId: string | number;
  /** The new number in international form; a code is sent there. */
  readonly newPhoneNumber: string;
};

/** Client hints, as the browser sent them. */
export type ClientHintsInput = {
  /** The `Sec-CH-UA` header. */
  readonly brands?: string | null | undefined;
  /** The `Sec-CH-UA-Mobile` header. */
  readonly mobile?: string | null | undefined;
  /** The `Sec-CH-UA-Platform` header. */
  readonly platform?: string | null | undefined;
};

/** Closing your account. */
export type CloseAccountInput = {
  /** The password; required where the account has one. */
  readonly password?: string | null | undefined;
};

/** The device that will answer prompts. */
export type ConnectPushDeviceInput = {
  /** The name of the device, up to 64 characters. */
  readonly name?: string | null | undefined;
  /** The device’s public key on P-256: SPKI as base64url. */
  readonly publicKey: string;
  /** What follows `#connect=` in the link of the enrolment; it works once. */
  readonly token: string;
};

/** A new organization. */
export type CreateOrganizationInput = {
  /** What it requires of its members from the start, checked as by `setOrganizationMfaPolicy`; null: nothing. Leave out its `revision`. */
  readonly mfaPolicy?: OrganizationMfaPolicyInput | null | undefined;
  /** Up to 64 characters. */
  readonly name: string;
};

/** A key for a backend. */
export type CreateServiceKeyInput = {
  /** The `aud` of proofs that its backend expects, such as its own address. */
  readonly audience: string;
  /** When it expires; the maximum lifetime by default. */
  readonly expiresAt?: string | null | undefined;
  /** The operators’ name for it, up to 64 characters. */
  readonly name: string;
  /** What it may be used for; at least one. */
  readonly scopes: ReadonlyArray<ServiceScope>;
  /** The application, such as `webshop`: lower-case letters, digits and hyphens. Keys of one tenant share the same people. */
  readonly tenant: string;
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

/** The membership an operator ends, and why. */
export type EndMembershipInput = {
  /** Whether the organization may be left without an administrator. */
  readonly abandonsOrganization?: boolean;
  /** The account; never the operator’s own. */
  readonly accountId: string | number;
  /** The organization. */
  readonly organizationId: string | number;
  /** For the audit log: how the caller was verified, a ticket. */
  readonly reason: string;
};

/** A new factor. */
export type EnrollFactorInput = {
  /** For `EMAIL`: the address; your account’s own by default. */
  readonly emailAddress?: string | null | undefined;
  /** Its name, up to 64 characters; a default name without. */
  readonly name?: string | null | undefined;
  /** For `SMS`: the number in international form, such as `+1 202 555 0123`. Codes are only sent there. */
  readonly phoneNumber?: string | null | undefined;
  /** One of your factors, which the new one replaces once it is proved. It works until then. */
  readonly replaces?: string | number | null | undefined;
  /** Its kind; `stepUp.enroll` lists the available ones. */
  readonly type: FactorType;
};

/** Which account to erase, and why. */
export type EraseAccountInput = {
  /** Whether organizations may be left without an administrator. */
  readonly abandonsOrganizations?: boolean;
  /** The account; never the operator’s own. */
  readonly accountId: string | number;
  /** For the audit log, where it stays: a ticket, and nothing personal. */
  readonly reason: string;
};

/** Every value of `extensions.code`. */
export type ErrorCode =
  /** An input is missing, malformed or out of range; the value is never echoed. */
  | 'BAD_USER_INPUT'
  /** The challenge is unknown, expired, used or belongs to another session; a client cannot tell these apart. */
  | 'CHALLENGE_NOT_AVAILABLE'
  /** The answer to the challenge is wrong. */
  | 'CODE_INVALID'
  /** The document is too deep, too wide or too costly, or holds more than one field that authenticates. */
  | 'DOCUMENT_TOO_LARGE'
  /** The caller may not do this, and no step-up would change that. */
  | 'FORBIDDEN'
  /** The document is malformed or does not fit the schema. */
  | 'GRAPHQL_VALIDATION_FAILED'
  /** A fault; the log has the details under the request id. */
  | 'INTERNAL_SERVER_ERROR'
  /** The policy requires a second factor and the account has none that counts. */
  | 'MFA_ENROLLMENT_REQUIRED'
  /** The sign-in is not complete: a second factor is still missing. */
  | 'MFA_REQUIRED'
  /** The MFA token has expired. */
  | 'MFA_TOKEN_EXPIRED'
  /** The MFA token was altered. */
  | 'MFA_TOKEN_INVALID'
  /** The step-up context of the MFA token does not exist or was used. */
  | 'MFA_TOKEN_NOT_FOUND'
  /** The sign-in waits for the choice of an organization: `selectOrganization` continues it. */
  | 'ORGANIZATION_REQUIRED'
  /** The request names its document by a hash. Send the document without the hash; persisted-query links do so. */
  | 'PERSISTED_QUERY_NOT_SUPPORTED'
  /** Too many requests; `retryAfterSeconds` says when to try again. */
  | 'RATE_LIMITED'
  /** The risk engine blocked the request; the answer carries a reference id and nothing else. */
  | 'RISK_BLOCKED'
  /** The session’s assurance or freshness is too low; `stepUp` says what would be accepted. */
  | 'STEP_UP_REQUIRED'
  /** No attempts are left; `retryAfterSeconds` says when to try again. */
  | 'TOO_MANY_ATTEMPTS'
  /** The request carries no session, or the session has ended. */
  | 'UNAUTHENTICATED'
  /** A dependency is down; nothing was decided or changed. */
  | 'UNAVAILABLE';

/** The code of a mail, entered where the mail was requested. */
export type ExchangeMailedCodeInput = {
  /** The code in the mail. */
  readonly code: string;
  /** The `requestId` of the answer to the request. */
  readonly requestId: string;
  /** The `requestToken`, for clients without cookies. */
  readonly requestToken?: string | null | undefined;
};

/** The account whose data to disclose, and why. */
export type ExportAccountDataInput = {
  /** The account. */
  readonly accountId: string | number;
  /** Where the previous page ended: returns further audit events only. */
  readonly after?: string | null | undefined;
  /** For the audit log: the request, a ticket. */
  readonly reason: string;
};

/** The status of a factor. */
export type FactorStatus =
  /** Verified once and usable. */
  | 'ACTIVE'
  /** Failed too often. It must be enrolled again. */
  | 'DISABLED'
  /** Expired. It must be enrolled again. */
  | 'EXPIRED'
  /** Enrolled but not yet verified. It is never challenged and does not count. */
  | 'PENDING';

/** A type of authentication factor. */
export type FactorType =
  /** A code sent by e-mail; does not count as MFA unless policy says so. */
  | 'EMAIL'
  /** A message to an enrolled device, answered with the number the sign-in page shows. */
  | 'PUSH'
  /** A single-use code that replaces a lost factor. */
  | 'RECOVERY_CODE'
  /** A code sent to a phone number; "restricted" in the words of NIST SP 800-63B. */
  | 'SMS'
  /** Time-based codes of an authenticator app (RFC 6238). */
  | 'TOTP'
  /** A passkey or security key; resists phishing. */
  | 'WEBAUTHN';

/** What to know about a kind of factor before relying on it. */
export type FactorWarningCode =
  /** NIST SP 800-63B-4 3.1.3.1: a mailbox is not a second factor by itself. */
  | 'MAILBOX_ONLY'
  /** NIST SP 800-63B-4 3.2.9: offer another factor too. */
  | 'RESTRICTED_AUTHENTICATOR';

/** One attribute a client reports about itself. A weak signal: it never proves anything. */
export type FingerprintAttributeInput = {
  /** Such as `timeZone`, `screen` or `platform`. */
  readonly name: string;
  /** Stored only as a keyed hash. */
  readonly value: string;
};

/** Whom to invite. */
export type InviteMemberInput = {
  /** Their e-mail address, with or without an account. */
  readonly email: string;
  /** Their future role. */
  readonly role: OrganizationRole;
};

/** What to list: exactly one of `address`, `asn`, `country` and `deviceId`. An existing entry is renewed. */
export type ListEntryInput = {
  /** An address or a network, such as `203.0.113.7`, `203.0.113.0/24` or `2001:db8::/32`. */
  readonly address?: string | null | undefined;
  /** The number of an autonomous system, such as 14061. */
  readonly asn?: number | null | undefined;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string | null | undefined;
  /** A device. */
  readonly deviceId?: string | number | null | undefined;
  /** When it expires; never when left out. */
  readonly expiresAt?: string | null | undefined;
  /** Why, in a line of at most 200 characters. */
  readonly note?: string | null | undefined;
};

/** The kind of value in an entry of the allow and block lists. */
export type ListKind =
  /** An address, or a network of them. */
  | 'ADDRESS'
  /** Every network of an autonomous system. */
  | 'ASN'
  /** Every address in a country. */
  | 'COUNTRY'
  /** A device, at any address. */
  | 'DEVICE';

/** The effect of an entry. */
export type ListVerdict =
  /** Risk contributions of an unusual or rented network are dropped. No guard requires less. */
  | 'ALLOW'
  /** The risk is higher, and at least high on a device that is not trusted. */
  | 'BLOCK';

/** A domain. */
export type OrganizationDomainInput = {
  /** Such as `example.com`. */
  readonly domain: string;
};

/** Whether an organization requires a second factor of its members. */
export type OrganizationMfaMode =
  /** Each member chooses, unless their role requires one. */
  | 'OPTIONAL'
  /** Every member must have one and prove it in each session. */
  | 'REQUIRED_FOR_ALL';

/** The complete new policy of the organization. */
export type OrganizationMfaPolicyInput = {
  /** Whether a remembered device may spare members the prompt at sign-in. */
  readonly allowRememberedDevices?: boolean;
  /** Until then members are only notified: at most a year in the future. */
  readonly enrollmentGraceUntil?: string | null | undefined;
  /** Maximum age of a second factor in seconds: 300 to 2592000. */
  readonly maxAgeSeconds?: number | null | undefined;
  /** The kinds of factor that count, from those in use; at least one must give the required assurance. */
  readonly methods?: ReadonlyArray<FactorType> | null | undefined;
  /** Whether a second factor is required of every member. */
  readonly policy: OrganizationMfaMode;
  /** The `revision` the change is based on: if another administrator has changed the policy since, nothing changes. */
  readonly revision?: number | null | undefined;
  /** The risk from which members are challenged: at each level the stricter of this and the installation’s applies. */
  readonly riskThresholds?: RiskThresholdsInput | null | undefined;
  /** What particular roles must prove, in either mode. */
  readonly roles?: ReadonlyArray<RoleRequirementInput>;
};

/** The name of an organization. */
export type OrganizationNameInput = {
  /** Up to 64 characters. */
  readonly name: string;
};

/** The relation of an organization to a person. */
export type OrganizationRelation =
  /** The person was invited: accept once signed in. */
  | 'INVITED'
  /** The person’s address is in one of its domains: join once signed in. */
  | 'MAY_JOIN'
  /** The person is a member: `selectOrganization` opens it. */
  | 'MEMBER';

/** A role in an organization. */
export type OrganizationRole =
  /** Manages its members and its policy. */
  | 'ADMIN'
  /** A member. */
  | 'MEMBER';

/** A part of the personal data. */
export type ProfileField =
  /** The date of birth. */
  | 'DATE_OF_BIRTH'
  /** The name the person goes by. */
  | 'DISPLAY_NAME'
  /** The name as on official documents. */
  | 'LEGAL_NAME'
  /** The phone number. */
  | 'PHONE_NUMBER'
  /** The postal address. */
  | 'POSTAL_ADDRESS'
  /** The tax number. */
  | 'TAX_ID';

/** A signed call of a device. Action `list`; subject and detail are empty. */
export type PushRequestsInput = {
  /** The device, as `connectPushDevice` called it. */
  readonly device: string;
  /** When the call was signed, by the device’s clock: at most a minute from the gateway’s. */
  readonly issuedAt: string;
  /** ECDSA on P-256 with SHA-256 (64 bytes as base64url) over the lines `stepgate-push/1`, the public URL of the gateway, `device`, the action, its subject, its detail and `issuedAt`; see docs/factors/push.md. */
  readonly signature: string;
};

/** Where a browser can be woken up: `PushSubscription.toJSON()`. */
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
  /** Works once. A retry gets the same answer until that answer is used. */
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

/** The token of a “This wasn’t me” link. */
export type ReportNotMeInput = {
  /** The part of the link after `#token=`. */
  readonly token: string;
};

/** The person’s device as the backend sees it. Risk is judged by it, so pass on what the browser sent, unchanged. */
export type ReportedDeviceInput = {
  /** The `Accept-Language` header. */
  readonly acceptLanguage?: string | null | undefined;
  /** Client hints, where the browser sends them. */
  readonly clientHints?: ClientHintsInput | null | undefined;
  /** What the client can report about itself. */
  readonly fingerprint?: ReadonlyArray<FingerprintAttributeInput> | null | undefined;
  /** The address of the person, not of the backend. */
  readonly ip: string;
  /** The last `deviceToken` issued for this browser. */
  readonly token?: string | null | undefined;
  /** The `User-Agent` header. */
  readonly userAgent: string;
};

/** A request for a sign-in link. */
export type RequestMagicLinkInput = {
  /** The e-mail address. */
  readonly email: string;
  /** The page the link leads to: exactly one of the configured pages. */
  readonly redirectUrl?: string | null | undefined;
  /** Whether this client is recognised by a cookie, or by the `requestToken` of the answer. */
  readonly transport?: SessionTransport;
};

/** A request for a password reset. */
export type RequestPasswordResetInput = {
  /** The e-mail address. */
  readonly email: string;
  /** Whether this client is recognised by a cookie, or by the `requestToken` of the answer. */
  readonly transport?: SessionTransport;
};

/** The token from the mail, and the new password. */
export type ResetPasswordInput = {
  /** Begins the challenge along with it, if a second factor is required: it saves a call where something is sent or shown first. */
  readonly beginChallenge?: BeginChallengeInput | null | undefined;
  /** Whether to show the person’s organizations and let them choose: see `OrganizationRequired`. */
  readonly discover?: boolean;
  /** What the client can report about itself. */
  readonly fingerprint?: ReadonlyArray<FingerprintAttributeInput> | null | undefined;
  /** The new password or passphrase. */
  readonly newPassword: string;
  /** The organization for the session. */
  readonly organizationId?: string | number | null | undefined;
  /** What follows `#token=` in the link. */
  readonly token: string;
  /** Cookie for browsers, bearer for apps. */
  readonly transport?: SessionTransport;
};

/** The account whose sessions to end, and why. */
export type RevokeAccountSessionsInput = {
  /** The account. */
  readonly accountId: string | number;
  /** For the audit log. */
  readonly reason: string;
};

/** What an operator found out about a decision. */
export type RiskLabel =
  /** It was an attack. Their profile forgets it, its sessions end, and the account is under suspicion for a day. */
  | 'ATTACK'
  /** It was the person. Their profile learns the place and the client. */
  | 'LEGITIMATE';

/** What was judged. */
export type RiskPurpose =
  /** A guarded operation; recorded where it was refused for its risk. */
  | 'OPERATION'
  /** The refresh of a bearer session; recorded where it was unusual. */
  | 'REFRESH'
  /** A sign-in whose first factor was right. */
  | 'SIGN_IN';

/** The risk scores, in nats, from which people are challenged: each at least 1 above the one before. */
export type RiskThresholdsInput = {
  /** Above this score only a passkey is accepted; without one, nothing is. 4 to 30. */
  readonly high: number;
  /** Up to this score no one is challenged, unless the policy requires it anyway. -20 at least. */
  readonly low: number;
  /** Up to this score any second factor is accepted; above it, none that can be intercepted. 0 at least. */
  readonly medium: number;
};

/** Roles of an account in this installation. */
export type Role =
  /** An operator: reviews audit events and may end sessions. */
  | 'ADMIN';

/** What members with a role must prove, in either mode. */
export type RoleRequirementInput = {
  /** `MFA` or `PHISHING_RESISTANT`. */
  readonly assurance: Assurance;
  /** The role; each at most once. */
  readonly role: OrganizationRole;
};

/** The choice. */
export type SelectOrganizationInput = {
  /** Begins the challenge along with it, if a second factor is required: it saves a call where something is sent or shown first. */
  readonly beginChallenge?: BeginChallengeInput | null | undefined;
  /** An organization that `discoverOrganizations` lists; null: none. One that the person is `INVITED` to or `MAY_JOIN` is joined. */
  readonly organizationId?: string | number | null | undefined;
};

/** What a service key may be used for. */
export type ServiceScope =
  /** Begin authentications, and act for the sessions that they open. */
  | 'AUTHENTICATE'
  /** Read which factors the accounts of its tenant have. */
  | 'READ_SUBJECTS';

/** How a client sends the credential of a session. */
export type SessionTransport =
  /** An access token and a refresh token in the response; for apps and backends. */
  | 'BEARER'
  /** An HttpOnly cookie; for browsers. */
  | 'COOKIE';

/** The member the policy is set aside for, and why. */
export type SetBreakGlassInput = {
  /** The account of a member. */
  readonly accountId: string | number;
  /** True sets the policy aside for them; false puts them under it again. */
  readonly enabled: boolean;
  /** For the audit log. */
  readonly reason: string;
};

/** The language of mails and messages. */
export type SetLanguageInput = {
  /** A two- or three-letter code, such as `de`. Null: no choice, so `Accept-Language` counts again. */
  readonly language?: string | null | undefined;
};

/** A member and their role. */
export type SetMemberRoleInput = {
  /** The account of the member. */
  readonly accountId: string | number;
  /** Their new role. */
  readonly role: OrganizationRole;
};

/** The organization, and the choice. */
export type SetMfaOptInInput = {
  /** Whether to require a second factor of you there. */
  readonly optIn: boolean;
  /** The organization of the session, which leaves the choice to its members. */
  readonly organizationId: string | number;
};

/** The first factor, and the session’s transport. */
export type SignInInput = {
  /** Begins the challenge along with it, if a second factor is required: it saves a call where something is sent or shown first. */
  readonly beginChallenge?: BeginChallengeInput | null | undefined;
  /** Whether to show the person’s organizations and let them choose: see `OrganizationRequired`. */
  readonly discover?: boolean;
  /** The e-mail address. */
  readonly email: string;
  /** What the client can report about itself. */
  readonly fingerprint?: ReadonlyArray<FingerprintAttributeInput> | null | undefined;
  /** The organization for the session. */
  readonly organizationId?: string | number | null | undefined;
  /** The password. */
  readonly password: string;
  /** Cookie for browsers, bearer for apps. */
  readonly transport?: SessionTransport;
};

/** A token of a trusted issuer in place of the password, and the session’s transport. */
export type SignInWithExternalTokenInput = {
  /** Begins the challenge along with it, if a second factor is required: it saves a call where something is sent or shown first. */
  readonly beginChallenge?: BeginChallengeInput | null | undefined;
  /** Whether to show the person’s organizations and let them choose: see `OrganizationRequired`. */
  readonly discover?: boolean;
  /** What the client can report about itself. */
  readonly fingerprint?: ReadonlyArray<FingerprintAttributeInput> | null | undefined;
  /** The organization for the session. */
  readonly organizationId?: string | number | null | undefined;
  /** A signed JWT, such as an ID token. It works once. */
  readonly token: string;
  /** Cookie for browsers, bearer for apps. */
  readonly transport?: SessionTransport;
};

/** A link from a mail in place of the password, and the session’s transport. */
export type SignInWithMagicLinkInput = {
  /** Begins the challenge along with it, if a second factor is required: it saves a call where something is sent or shown first. */
  readonly beginChallenge?: BeginChallengeInput | null | undefined;
  /** The code shown where the link was requested; not needed in that browser. */
  readonly code?: string | null | undefined;
  /** Whether to show the person’s organizations and let them choose: see `OrganizationRequired`. */
  readonly discover?: boolean;
  /** What the client can report about itself. */
  readonly fingerprint?: ReadonlyArray<FingerprintAttributeInput> | null | undefined;
  /** The organization for the session. */
  readonly organizationId?: string | number | null | undefined;
  /** The `requestToken`, for clients without cookies. */
  readonly requestToken?: string | null | undefined;
  /** What follows `#token=` in the link. */
  readonly token: string;
  /** Cookie for browsers, bearer for apps. */
  readonly transport?: SessionTransport;
};

/** A passkey in place of the password, and the session’s transport. */
export type SignInWithPasskeyInput = {
  /** Begins the challenge along with it, if a second factor is required: it saves a call where something is sent or shown first. */
  readonly beginChallenge?: BeginChallengeInput | null | undefined;
  /** Whether to show the person’s organizations and let them choose: see `OrganizationRequired`. */
  readonly discover?: boolean;
  /** What the client can report about itself. */
  readonly fingerprint?: ReadonlyArray<FingerprintAttributeInput> | null | undefined;
  /** The organization for the session. */
  readonly organizationId?: string | number | null | undefined;
  /** Cookie for browsers, bearer for apps. */
  readonly transport?: SessionTransport;
  /** `JSON.stringify(credential)` of the result of `navigator.credentials.get`. */
  readonly webauthn: string;
};

/** A new account. */
export type SignUpInput = {
  /** The e-mail address. It must be confirmed from its mailbox. */
  readonly email: string;
  /** A password or passphrase. Only length and rarity count; no kind of character is required. */
  readonly password: string;
  /** Whether this client is recognised by a cookie, or by the `requestToken` of the answer. */
  readonly transport?: SessionTransport;
};

/** Why a step-up is required. */
export type StepUpReason =
  /** The session has not proved a second factor that counts here. */
  | 'MFA_MISSING'
  /** The session has proved a second factor, but too long ago. */
  | 'MFA_STALE'
  /** A policy requires it. */
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

/** Personal data to change. Null clears a field; an omitted field stays. */
export type UpdateProfileInput = {
  /** An ISO 8601 calendar date. */
  readonly dateOfBirth?: string | null | undefined;
  /** The name the person goes by. */
  readonly displayName?: string | null | undefined;
  /** The name as on official documents. */
  readonly legalName?: string | null | undefined;
  /** A phone number to reach the person. */
  readonly phoneNumber?: string | null | undefined;
  /** A postal address, in up to ten lines. */
  readonly postalAddress?: string | null | undefined;
  /** A tax number. */
  readonly taxId?: string | null | undefined;
  /** What the administrators of your organizations may see; null for nothing. */
  readonly visibleToOrganizations?: ReadonlyArray<ProfileField> | null | undefined;
};

/** The answer to a challenge: a code, a passkey’s answer, or a recovery code; none for `PUSH`. Name either the challenge, or a factor whose code is at hand (`TOTP`, `RECOVERY_CODE`): then the same call begins its challenge. */
export type VerifyChallengeInput = {
  /** The challenge that was begun. */
  readonly challengeId?: string | number | null | undefined;
  /** The code; spaces between the digits do not matter. */
  readonly code?: string | null | undefined;
  /** The factor, where no challenge was begun. */
  readonly factorId?: string | number | null | undefined;
  /** Only with `factorId`: what `challengeFactor` takes. */
  readonly mfaToken?: string | null | undefined;
  /** A recovery code, for a challenge about recovery codes. */
  readonly recoveryCode?: string | null | undefined;
  /** Whether to spare this device the prompt at sign-in from now on. */
  readonly rememberDevice?: boolean;
  /** For `WEBAUTHN`: `JSON.stringify(credential)` of the result of `navigator.credentials`. */
  readonly webauthn?: string | null | undefined;
};

/** The token of a link sent by e-mail. */
export type VerifyEmailInput = {
  /** The password of the sign-up, or of the account whose address changes. Not needed in the browser that made the request. */
  readonly password?: string | null | undefined;
  /** The `requestToken` of the sign-up, for clients without cookies. */
  readonly requestToken?: string | null | undefined;
  /** What follows `#token=` in the link. */
  readonly token: string;
};

export type SignUpMutationVariables = Exact<{
  input: SignUpInput;
}>;


export type SignUpMutation = { readonly signUp: { readonly accepted: boolean, readonly requestToken: string | null, readonly requestId: string | null } };

export type VerifyEmailMutationVariables = Exact<{
  input: VerifyEmailInput;
}>;


export type VerifyEmailMutation = { readonly verifyEmail: { readonly verified: boolean } };

export type MeQueryVariables = Exact<{ [key: string]: never; }>;


export type MeQuery = { readonly me: { readonly id: string, readonly email: string, readonly createdAt: string, readonly lastSignInAt: string | null, readonly hasPassword: boolean, readonly roles: ReadonlyArray<Role> } };

export type MyProfileQueryVariables = Exact<{ [key: string]: never; }>;


export type MyProfileQuery = { readonly me: { readonly id: string, readonly profile: { readonly id: string, readonly displayName: string | null, readonly legalName: string | null, readonly dateOfBirth: string | null, readonly taxId: string | null, readonly phoneNumber: string | null, readonly postalAddress: string | null, readonly visibleToOrganizations: ReadonlyArray<ProfileField> } | null } };

export type UpdateProfileMutationVariables = Exact<{
  input: UpdateProfileInput;
}>;


export type UpdateProfileMutation = { readonly updateProfile: { readonly id: string, readonly displayName: string | null, readonly legalName: string | null, readonly dateOfBirth: string | null, readonly taxId: string | null, readonly phoneNumber: string | null, readonly postalAddress: string | null, readonly visibleToOrganizations: ReadonlyArray<ProfileField> } };

export type ChangeEmailMutationVariables = Exact<{
  input: ChangeEmailInput;
}>;


export type ChangeEmailMutation = { readonly changeEmail: { readonly confirmationSent: boolean, readonly requestId: string | null } };

export type ChangePasswordMutationVariables = Exact<{
  input: ChangePasswordInput;
}>;


export type ChangePasswordMutation = { readonly changePassword: { readonly changed: boolean } };

export type MyVisibleProfileQueryVariables = Exact<{ [key: string]: never; }>;


export type MyVisibleProfileQuery = { readonly me: { readonly id: string, readonly visibleProfile: { readonly id: string, readonly displayName: string | null, readonly legalName: string | null, readonly dateOfBirth: string | null, readonly taxId: string | null, readonly phoneNumber: string | null, readonly postalAddress: string | null } | null } };

export type ProfilePartsFragment = { readonly id: string, readonly displayName: string | null, readonly legalName: string | null, readonly dateOfBirth: string | null, readonly taxId: string | null, readonly phoneNumber: string | null, readonly postalAddress: string | null, readonly visibleToOrganizations: ReadonlyArray<ProfileField> };

export type ReportNotMeMutationVariables = Exact<{
  input: ReportNotMeInput;
}>;


export type ReportNotMeMutation = { readonly reportNotMe: { readonly reported: boolean } };

export type SetLanguageMutationVariables = Exact<{
  input: SetLanguageInput;
}>;


export type SetLanguageMutation = { readonly setLanguage: { readonly id: string, readonly language: string | null } };

export type AuditEventsQueryVariables = Exact<{
  filter?: AuditEventFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type AuditEventsQuery = { readonly auditEvents: { readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly id: string, readonly stream: string, readonly sequence: number, readonly action: string, readonly outcome: AuditOutcome, readonly reason: string | null, readonly occurredAt: string, readonly metadata: Record<string, unknown>, readonly actor: { readonly id: string | null, readonly type: AuditActorType }, readonly targets: ReadonlyArray<{ readonly id: string, readonly type: AuditTargetType }> } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } };

export type ReadAuditEventQueryVariables = Exact<{
  id: string | number;
}>;


export type ReadAuditEventQuery = { readonly auditEvent: { readonly id: string, readonly stream: string, readonly sequence: number, readonly version: number, readonly action: string, readonly outcome: AuditOutcome, readonly reason: string | null, readonly occurredAt: string, readonly organizationId: string | null, readonly metadata: Record<string, unknown>, readonly previousHash: string, readonly hash: string, readonly actor: { readonly id: string | null, readonly type: AuditActorType }, readonly targets: ReadonlyArray<{ readonly id: string, readonly type: AuditTargetType }>, readonly context: { readonly ip: string | null, readonly country: string | null, readonly userAgent: string | null, readonly deviceId: string | null, readonly sessionId: string | null, readonly requestId: string, readonly operationName: string | null, readonly operationHash: string | null } | null, readonly risk: { readonly verdict: string, readonly level: string, readonly score: number, readonly threshold: number | null, readonly promptBudget: number | null, readonly modelVersion: number | null, readonly contributions: ReadonlyArray<{ readonly code: string, readonly nats: number, readonly detail: string | null }> } | null } | null };

export type VerifyAuditChainQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type VerifyAuditChainQuery = { readonly verifyAuditChain: { readonly intact: boolean | null, readonly finished: boolean, readonly endCursor: string | null, readonly checked: number, readonly verified: number | null, readonly total: number | null, readonly erased: number, readonly uncovered: number, readonly checkpointNumber: number | null, readonly checkpointHash: string | null, readonly firstBreak: { readonly fault: AuditChainFault, readonly detail: string, readonly stream: string | null, readonly sequence: number | null, readonly checkpoint: number | null, readonly eventId: string | null } | null } };

export type AccountsQueryVariables = Exact<{
  search?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type AccountsQuery = { readonly accounts: { readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly id: string, readonly email: string, readonly enabled: boolean, readonly createdAt: string, readonly lastSignInAt: string | null, readonly roles: ReadonlyArray<Role> } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type AccessPolicyQueryVariables = Exact<{ [key: string]: never; }>;


export type AccessPolicyQuery = { readonly accessPolicy: ReadonlyArray<{ readonly field: string, readonly access: Access, readonly assurance: Assurance, readonly withinSeconds: number | null, readonly factors: ReadonlyArray<FactorType> | null, readonly strongest: boolean, readonly purpose: string | null, readonly reportOnly: boolean }> };

export type RevokeAccountSessionsMutationVariables = Exact<{
  input: RevokeAccountSessionsInput;
}>;


export type RevokeAccountSessionsMutation = { readonly revokeAccountSessions: { readonly revoked: number } };

export type ReadAccountQueryVariables = Exact<{
  id: string | number;
}>;


export type ReadAccountQuery = { readonly account: { readonly stepUpLockedUntil: string | null, readonly reEnrollmentRequiredSince: string | null, readonly account: { readonly id: string, readonly email: string, readonly enabled: boolean, readonly createdAt: string, readonly lastSignInAt: string | null }, readonly factors: ReadonlyArray<{ readonly id: string, readonly type: FactorType, readonly name: string, readonly status: FactorStatus, readonly createdAt: string, readonly activatedAt: string | null, readonly lastUsedAt: string | null, readonly codesLeft: number | null, readonly hint: string | null, readonly expiresAt: string | null, readonly warnings: ReadonlyArray<{ readonly code: FactorWarningCode, readonly message: string }> }>, readonly sessions: ReadonlyArray<{ readonly id: string, readonly current: boolean, readonly pending: boolean, readonly assurance: Assurance, readonly transport: SessionTransport, readonly signedInAt: string, readonly lastSeenAt: string, readonly expiresAt: string, readonly deviceId: string | null, readonly organizationId: string | null, readonly address: string, readonly userAgent: string, readonly proofs: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly provedAt: string }> }>, readonly devices: ReadonlyArray<{ readonly id: string, readonly name: string, readonly current: boolean, readonly rememberedUntil: string | null, readonly bound: boolean, readonly firstSeenAt: string, readonly lastSeenAt: string, readonly address: string }> } | null };

export type ResetFactorsMutationVariables = Exact<{
  input: CareForAccountInput;
}>;


export type ResetFactorsMutation = { readonly resetFactors: { readonly account: { readonly stepUpLockedUntil: string | null, readonly reEnrollmentRequiredSince: string | null, readonly account: { readonly id: string, readonly email: string, readonly enabled: boolean, readonly createdAt: string, readonly lastSignInAt: string | null }, readonly factors: ReadonlyArray<{ readonly id: string, readonly type: FactorType, readonly name: string, readonly status: FactorStatus, readonly createdAt: string, readonly activatedAt: string | null, readonly lastUsedAt: string | null, readonly codesLeft: number | null, readonly hint: string | null, readonly expiresAt: string | null, readonly warnings: ReadonlyArray<{ readonly code: FactorWarningCode, readonly message: string }> }>, readonly sessions: ReadonlyArray<{ readonly id: string, readonly current: boolean, readonly pending: boolean, readonly assurance: Assurance, readonly transport: SessionTransport, readonly signedInAt: string, readonly lastSeenAt: string, readonly expiresAt: string, readonly deviceId: string | null, readonly organizationId: string | null, readonly address: string, readonly userAgent: string, readonly proofs: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly provedAt: string }> }>, readonly devices: ReadonlyArray<{ readonly id: string, readonly name: string, readonly current: boolean, readonly rememberedUntil: string | null, readonly bound: boolean, readonly firstSeenAt: string, readonly lastSeenAt: string, readonly address: string }> } } };

export type RequireReEnrollmentMutationVariables = Exact<{
  input: CareForAccountInput;
}>;


export type RequireReEnrollmentMutation = { readonly requireReEnrollment: { readonly account: { readonly stepUpLockedUntil: string | null, readonly reEnrollmentRequiredSince: string | null, readonly account: { readonly id: string, readonly email: string, readonly enabled: boolean, readonly createdAt: string, readonly lastSignInAt: string | null }, readonly factors: ReadonlyArray<{ readonly id: string, readonly type: FactorType, readonly name: string, readonly status: FactorStatus, readonly createdAt: string, readonly activatedAt: string | null, readonly lastUsedAt: string | null, readonly codesLeft: number | null, readonly hint: string | null, readonly expiresAt: string | null, readonly warnings: ReadonlyArray<{ readonly code: FactorWarningCode, readonly message: string }> }>, readonly sessions: ReadonlyArray<{ readonly id: string, readonly current: boolean, readonly pending: boolean, readonly assurance: Assurance, readonly transport: SessionTransport, readonly signedInAt: string, readonly lastSeenAt: string, readonly expiresAt: string, readonly deviceId: string | null, readonly organizationId: string | null, readonly address: string, readonly userAgent: string, readonly proofs: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly provedAt: string }> }>, readonly devices: ReadonlyArray<{ readonly id: string, readonly name: string, readonly current: boolean, readonly rememberedUntil: string | null, readonly bound: boolean, readonly firstSeenAt: string, readonly lastSeenAt: string, readonly address: string }> } } };

export type UnlockAccountMutationVariables = Exact<{
  input: CareForAccountInput;
}>;


export type UnlockAccountMutation = { readonly unlockAccount: { readonly account: { readonly stepUpLockedUntil: string | null, readonly reEnrollmentRequiredSince: string | null, readonly account: { readonly id: string, readonly email: string, readonly enabled: boolean, readonly createdAt: string, readonly lastSignInAt: string | null }, readonly factors: ReadonlyArray<{ readonly id: string, readonly type: FactorType, readonly name: string, readonly status: FactorStatus, readonly createdAt: string, readonly activatedAt: string | null, readonly lastUsedAt: string | null, readonly codesLeft: number | null, readonly hint: string | null, readonly expiresAt: string | null, readonly warnings: ReadonlyArray<{ readonly code: FactorWarningCode, readonly message: string }> }>, readonly sessions: ReadonlyArray<{ readonly id: string, readonly current: boolean, readonly pending: boolean, readonly assurance: Assurance, readonly transport: SessionTransport, readonly signedInAt: string, readonly lastSeenAt: string, readonly expiresAt: string, readonly deviceId: string | null, readonly organizationId: string | null, readonly address: string, readonly userAgent: string, readonly proofs: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly provedAt: string }> }>, readonly devices: ReadonlyArray<{ readonly id: string, readonly name: string, readonly current: boolean, readonly rememberedUntil: string | null, readonly bound: boolean, readonly firstSeenAt: string, readonly lastSeenAt: string, readonly address: string }> } } };

export type AdminAccountPartsFragment = { readonly stepUpLockedUntil: string | null, readonly reEnrollmentRequiredSince: string | null, readonly account: { readonly id: string, readonly email: string, readonly enabled: boolean, readonly createdAt: string, readonly lastSignInAt: string | null }, readonly factors: ReadonlyArray<{ readonly id: string, readonly type: FactorType, readonly name: string, readonly status: FactorStatus, readonly createdAt: string, readonly activatedAt: string | null, readonly lastUsedAt: string | null, readonly codesLeft: number | null, readonly hint: string | null, readonly expiresAt: string | null, readonly warnings: ReadonlyArray<{ readonly code: FactorWarningCode, readonly message: string }> }>, readonly sessions: ReadonlyArray<{ readonly id: string, readonly current: boolean, readonly pending: boolean, readonly assurance: Assurance, readonly transport: SessionTransport, readonly signedInAt: string, readonly lastSeenAt: string, readonly expiresAt: string, readonly deviceId: string | null, readonly organizationId: string | null, readonly address: string, readonly userAgent: string, readonly proofs: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly provedAt: string }> }>, readonly devices: ReadonlyArray<{ readonly id: string, readonly name: string, readonly current: boolean, readonly rememberedUntil: string | null, readonly bound: boolean, readonly firstSeenAt: string, readonly lastSeenAt: string, readonly address: string }> };

export type ReadRiskDecisionQueryVariables = Exact<{
  id: string | number;
}>;


export type ReadRiskDecisionQuery = { readonly riskDecision: { readonly id: string, readonly decidedAt: string, readonly accountId: string, readonly purpose: RiskPurpose, readonly risk: { readonly verdict: string, readonly level: string, readonly score: number, readonly threshold: number | null, readonly promptBudget: number | null, readonly modelVersion: number | null, readonly contributions: ReadonlyArray<{ readonly code: string, readonly nats: number, readonly detail: string | null }> }, readonly context: { readonly ip: string | null, readonly country: string | null, readonly userAgent: string | null, readonly deviceId: string | null, readonly sessionId: string | null, readonly requestId: string } | null, readonly label: { readonly label: RiskLabel, readonly at: string, readonly by: string | null } | null } | null };

export type LabelRiskDecisionMutationVariables = Exact<{
  id: string | number;
  label: RiskLabel;
}>;


export type LabelRiskDecisionMutation = { readonly labelRiskDecision: { readonly id: string, readonly decidedAt: string, readonly accountId: string, readonly purpose: RiskPurpose, readonly risk: { readonly verdict: string, readonly level: string, readonly score: number, readonly threshold: number | null, readonly promptBudget: number | null, readonly modelVersion: number | null, readonly contributions: ReadonlyArray<{ readonly code: string, readonly nats: number, readonly detail: string | null }> }, readonly context: { readonly ip: string | null, readonly country: string | null, readonly userAgent: string | null, readonly deviceId: string | null, readonly sessionId: string | null, readonly requestId: string } | null, readonly label: { readonly label: RiskLabel, readonly at: string, readonly by: string | null } | null } };

export type RiskDecisionPartsFragment = { readonly id: string, readonly decidedAt: string, readonly accountId: string, readonly purpose: RiskPurpose, readonly risk: { readonly verdict: string, readonly level: string, readonly score: number, readonly threshold: number | null, readonly promptBudget: number | null, readonly modelVersion: number | null, readonly contributions: ReadonlyArray<{ readonly code: string, readonly nats: number, readonly detail: string | null }> }, readonly context: { readonly ip: string | null, readonly country: string | null, readonly userAgent: string | null, readonly deviceId: string | null, readonly sessionId: string | null, readonly requestId: string } | null, readonly label: { readonly label: RiskLabel, readonly at: string, readonly by: string | null } | null };

export type EndMembershipMutationVariables = Exact<{
  input: EndMembershipInput;
}>;


export type EndMembershipMutation = { readonly endMembership: { readonly ended: boolean } };

export type ChallengeFactorMutationVariables = Exact<{
  input: ChallengeFactorInput;
}>;


export type ChallengeFactorMutation = { readonly challengeFactor: { readonly id: string, readonly factorType: FactorType, readonly purpose: ChallengePurpose, readonly expiresAt: string, readonly resendAvailableAt: string | null, readonly attemptsLeft: number, readonly webauthn: { readonly requestOptions: Record<string, unknown> } | null, readonly push: { readonly number: string } | null } };

export type VerifyChallengeMutationVariables = Exact<{
  input: VerifyChallengeInput;
}>;


export type VerifyChallengeMutation = { readonly verifyChallenge:
    | { readonly __typename: 'ChallengeFailed', readonly code: ErrorCode, readonly attemptsLeft: number | null }
    | { readonly __typename: 'ChallengePassed', readonly reEnrollmentAdvised: boolean, readonly deviceRemembered: boolean, readonly recoveryCodes: ReadonlyArray<string> | null, readonly deviceToken: string | null, readonly proof: string | null, readonly session: { readonly id: string, readonly current: boolean, readonly pending: boolean, readonly assurance: Assurance, readonly transport: SessionTransport, readonly signedInAt: string, readonly lastSeenAt: string, readonly expiresAt: string, readonly deviceId: string | null, readonly organizationId: string | null, readonly address: string, readonly userAgent: string, readonly proofs: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly provedAt: string }> }, readonly factor: { readonly id: string, readonly type: FactorType, readonly name: string, readonly status: FactorStatus, readonly createdAt: string, readonly activatedAt: string | null, readonly lastUsedAt: string | null, readonly codesLeft: number | null, readonly hint: string | null, readonly expiresAt: string | null, readonly warnings: ReadonlyArray<{ readonly code: FactorWarningCode, readonly message: string }> }, readonly tokens: { readonly accessToken: string, readonly accessTokenExpiresAt: string, readonly refreshToken: string } | null }
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
  withQrCode?: boolean;
}>;


export type EnrollFactorMutation = { readonly enrollFactor: { readonly recoveryCodes: ReadonlyArray<string> | null, readonly factor: { readonly id: string, readonly type: FactorType, readonly name: string, readonly status: FactorStatus, readonly createdAt: string, readonly activatedAt: string | null, readonly lastUsedAt: string | null, readonly codesLeft: number | null, readonly hint: string | null, readonly expiresAt: string | null, readonly warnings: ReadonlyArray<{ readonly code: FactorWarningCode, readonly message: string }> }, readonly challenge: { readonly id: string, readonly factorType: FactorType, readonly purpose: ChallengePurpose, readonly expiresAt: string, readonly resendAvailableAt: string | null, readonly attemptsLeft: number, readonly webauthn: { readonly requestOptions: Record<string, unknown> } | null, readonly push: { readonly number: string } | null } | null, readonly totp: { readonly secret: string, readonly otpauthUri: string, readonly qrCode?: { readonly svg: string, readonly pngDataUrl: string } } | null, readonly webauthn: { readonly creationOptions: Record<string, unknown> } | null, readonly push: { readonly connectUrl: string, readonly qrCode?: { readonly svg: string, readonly pngDataUrl: string } } | null } };

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

export type ServiceKeysQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ServiceKeysQuery = { readonly serviceKeys: { readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly id: string, readonly name: string, readonly tenant: string, readonly audience: string, readonly scopes: ReadonlyArray<ServiceScope>, readonly createdAt: string, readonly createdBy: string, readonly expiresAt: string, readonly revokedAt: string | null, readonly lastUsedAt: string | null, readonly formerWorksUntil: string | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } };

export type CreateServiceKeyMutationVariables = Exact<{
  input: CreateServiceKeyInput;
}>;


export type CreateServiceKeyMutation = { readonly createServiceKey: { readonly secret: string, readonly key: { readonly id: string, readonly name: string, readonly tenant: string, readonly audience: string, readonly scopes: ReadonlyArray<ServiceScope>, readonly createdAt: string, readonly createdBy: string, readonly expiresAt: string, readonly revokedAt: string | null, readonly lastUsedAt: string | null, readonly formerWorksUntil: string | null } } };

export type RotateServiceKeyMutationVariables = Exact<{
  id: string | number;
  expiresAt?: string | null | undefined;
}>;


export type RotateServiceKeyMutation = { readonly rotateServiceKey: { readonly secret: string, readonly key: { readonly id: string, readonly name: string, readonly tenant: string, readonly audience: string, readonly scopes: ReadonlyArray<ServiceScope>, readonly createdAt: string, readonly createdBy: string, readonly expiresAt: string, readonly revokedAt: string | null, readonly lastUsedAt: string | null, readonly formerWorksUntil: string | null } } };

export type RevokeServiceKeyMutationVariables = Exact<{
  id: string | number;
}>;


export type RevokeServiceKeyMutation = { readonly revokeServiceKey: { readonly key: { readonly id: string, readonly name: string, readonly tenant: string, readonly audience: string, readonly scopes: ReadonlyArray<ServiceScope>, readonly createdAt: string, readonly createdBy: string, readonly expiresAt: string, readonly revokedAt: string | null, readonly lastUsedAt: string | null, readonly formerWorksUntil: string | null } } };

export type BeginAuthenticationMutationVariables = Exact<{
  input: BeginAuthenticationInput;
}>;


export type BeginAuthenticationMutation = { readonly beginAuthentication: { readonly verdict: AuthenticationVerdict, readonly pendingToken: string | null, readonly proof: string | null, readonly deviceToken: string | null, readonly dropDeviceToken: boolean, readonly reference: string | null, readonly stepUp: { readonly assurance: Assurance, readonly acrValues: ReadonlyArray<string>, readonly maxAge: number | null, readonly reason: StepUpReason, readonly purpose: string | null, readonly paths: ReadonlyArray<string>, readonly enroll: ReadonlyArray<FactorType>, readonly mfaToken: string, readonly expiresAt: string, readonly challenge: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly name: string }> } | null, readonly challenge: { readonly id: string, readonly factorType: FactorType, readonly purpose: ChallengePurpose, readonly expiresAt: string, readonly resendAvailableAt: string | null, readonly attemptsLeft: number, readonly webauthn: { readonly requestOptions: Record<string, unknown> } | null, readonly push: { readonly number: string } | null } | null, readonly tokens: { readonly accessToken: string, readonly accessTokenExpiresAt: string, readonly refreshToken: string } | null } };

export type ReadSubjectQueryVariables = Exact<{
  subject: string;
}>;


export type ReadSubjectQuery = { readonly subject: { readonly subject: string, readonly accountId: string, readonly factors: ReadonlyArray<{ readonly id: string, readonly type: FactorType, readonly name: string, readonly status: FactorStatus, readonly createdAt: string, readonly activatedAt: string | null, readonly lastUsedAt: string | null, readonly codesLeft: number | null, readonly hint: string | null, readonly expiresAt: string | null, readonly warnings: ReadonlyArray<{ readonly code: FactorWarningCode, readonly message: string }> }> } | null };

export type ServiceKeyPartsFragment = { readonly id: string, readonly name: string, readonly tenant: string, readonly audience: string, readonly scopes: ReadonlyArray<ServiceScope>, readonly createdAt: string, readonly createdBy: string, readonly expiresAt: string, readonly revokedAt: string | null, readonly lastUsedAt: string | null, readonly formerWorksUntil: string | null };

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

export type MyOrganizationsQueryVariables = Exact<{ [key: string]: never; }>;


export type MyOrganizationsQuery = { readonly myOrganizations: ReadonlyArray<{ readonly id: string, readonly name: string, readonly role: OrganizationRole, readonly joinedAt: string, readonly current: boolean, readonly mfaRequired: boolean, readonly mfaOptIn: boolean, readonly enrolled: boolean, readonly enrollBy: string | null }> };

export type ReadOrganizationQueryVariables = Exact<{ [key: string]: never; }>;


export type ReadOrganizationQuery = { readonly organization: { readonly id: string, readonly name: string, readonly createdAt: string, readonly revision: number, readonly mfaPolicy: { readonly policy: OrganizationMfaMode, readonly methods: ReadonlyArray<FactorType> | null, readonly allowRememberedDevices: boolean, readonly enrollmentGraceUntil: string | null, readonly maxAgeSeconds: number | null, readonly riskThresholds: { readonly low: number, readonly medium: number, readonly high: number } | null, readonly roles: ReadonlyArray<{ readonly role: OrganizationRole, readonly assurance: Assurance }> } } };

export type CreateOrganizationMutationVariables = Exact<{
  input: CreateOrganizationInput;
}>;


export type CreateOrganizationMutation = { readonly createOrganization: { readonly id: string, readonly name: string, readonly createdAt: string, readonly revision: number, readonly mfaPolicy: { readonly policy: OrganizationMfaMode, readonly methods: ReadonlyArray<FactorType> | null, readonly allowRememberedDevices: boolean, readonly enrollmentGraceUntil: string | null, readonly maxAgeSeconds: number | null, readonly riskThresholds: { readonly low: number, readonly medium: number, readonly high: number } | null, readonly roles: ReadonlyArray<{ readonly role: OrganizationRole, readonly assurance: Assurance }> } } };

export type RenameOrganizationMutationVariables = Exact<{
  input: OrganizationNameInput;
}>;


export type RenameOrganizationMutation = { readonly renameOrganization: { readonly id: string, readonly name: string, readonly createdAt: string, readonly revision: number, readonly mfaPolicy: { readonly policy: OrganizationMfaMode, readonly methods: ReadonlyArray<FactorType> | null, readonly allowRememberedDevices: boolean, readonly enrollmentGraceUntil: string | null, readonly maxAgeSeconds: number | null, readonly riskThresholds: { readonly low: number, readonly medium: number, readonly high: number } | null, readonly roles: ReadonlyArray<{ readonly role: OrganizationRole, readonly assurance: Assurance }> } } };

export type JoinOrganizationMutationVariables = Exact<{
  organizationId: string | number;
}>;


export type JoinOrganizationMutation = { readonly joinOrganization: { readonly organizationId: string } };

export type LeaveOrganizationMutationVariables = Exact<{
  organizationId: string | number;
}>;


export type LeaveOrganizationMutation = { readonly leaveOrganization: { readonly left: boolean } };

export type SetOrganizationMfaPolicyMutationVariables = Exact<{
  input: OrganizationMfaPolicyInput;
}>;


export type SetOrganizationMfaPolicyMutation = { readonly setOrganizationMfaPolicy: { readonly id: string, readonly name: string, readonly createdAt: string, readonly revision: number, readonly mfaPolicy: { readonly policy: OrganizationMfaMode, readonly methods: ReadonlyArray<FactorType> | null, readonly allowRememberedDevices: boolean, readonly enrollmentGraceUntil: string | null, readonly maxAgeSeconds: number | null, readonly riskThresholds: { readonly low: number, readonly medium: number, readonly high: number } | null, readonly roles: ReadonlyArray<{ readonly role: OrganizationRole, readonly assurance: Assurance }> } } };

export type SetMfaOptInMutationVariables = Exact<{
  input: SetMfaOptInInput;
}>;


export type SetMfaOptInMutation = { readonly setMfaOptIn: { readonly optedIn: boolean } };

export type SetBreakGlassMutationVariables = Exact<{
  input: SetBreakGlassInput;
}>;


export type SetBreakGlassMutation = { readonly setBreakGlass: { readonly enabled: boolean } };

export type MembersQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  search?: string | null | undefined;
}>;


export type MembersQuery = { readonly members: { readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly accountId: string, readonly email: string, readonly role: OrganizationRole, readonly joinedAt: string, readonly mfaOptIn: boolean, readonly mfaRequired: boolean, readonly enrolled: boolean, readonly enrollBy: string | null, readonly breakGlass: boolean } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } };

export type MembersNotEnrolledQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type MembersNotEnrolledQuery = { readonly membersNotEnrolled: { readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly accountId: string, readonly email: string, readonly role: OrganizationRole, readonly joinedAt: string, readonly mfaOptIn: boolean, readonly mfaRequired: boolean, readonly enrolled: boolean, readonly enrollBy: string | null, readonly breakGlass: boolean } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } };

export type SetMemberRoleMutationVariables = Exact<{
  input: SetMemberRoleInput;
}>;


export type SetMemberRoleMutation = { readonly setMemberRole: { readonly role: OrganizationRole } };

export type RemoveMemberMutationVariables = Exact<{
  accountId: string | number;
}>;


export type RemoveMemberMutation = { readonly removeMember: { readonly removed: boolean } };

export type InvitationsQueryVariables = Exact<{ [key: string]: never; }>;


export type InvitationsQuery = { readonly invitations: ReadonlyArray<{ readonly id: string, readonly email: string, readonly role: OrganizationRole, readonly invitedBy: string, readonly createdAt: string, readonly expiresAt: string }> };

export type InviteMemberMutationVariables = Exact<{
  input: InviteMemberInput;
}>;


export type InviteMemberMutation = { readonly inviteMember: { readonly id: string, readonly email: string, readonly role: OrganizationRole, readonly invitedBy: string, readonly createdAt: string, readonly expiresAt: string } };

export type RevokeInvitationMutationVariables = Exact<{
  invitationId: string | number;
}>;


export type RevokeInvitationMutation = { readonly revokeInvitation: { readonly revoked: boolean } };

export type AcceptInvitationMutationVariables = Exact<{
  input: AcceptInvitationInput;
}>;


export type AcceptInvitationMutation = { readonly acceptInvitation: { readonly organizationId: string } };

export type OrganizationDomainsQueryVariables = Exact<{ [key: string]: never; }>;


export type OrganizationDomainsQuery = { readonly organizationDomains: ReadonlyArray<{ readonly domain: string, readonly verified: boolean, readonly recordName: string | null, readonly recordText: string | null }> };

export type AddOrganizationDomainMutationVariables = Exact<{
  input: OrganizationDomainInput;
}>;


export type AddOrganizationDomainMutation = { readonly addOrganizationDomain: ReadonlyArray<{ readonly domain: string, readonly verified: boolean, readonly recordName: string | null, readonly recordText: string | null }> };

export type VerifyOrganizationDomainMutationVariables = Exact<{
  input: OrganizationDomainInput;
}>;


export type VerifyOrganizationDomainMutation = { readonly verifyOrganizationDomain: ReadonlyArray<{ readonly domain: string, readonly verified: boolean, readonly recordName: string | null, readonly recordText: string | null }> };

export type RemoveOrganizationDomainMutationVariables = Exact<{
  input: OrganizationDomainInput;
}>;


export type RemoveOrganizationDomainMutation = { readonly removeOrganizationDomain: ReadonlyArray<{ readonly domain: string, readonly verified: boolean, readonly recordName: string | null, readonly recordText: string | null }> };

export type OrganizationPartsFragment = { readonly id: string, readonly name: string, readonly createdAt: string, readonly revision: number, readonly mfaPolicy: { readonly policy: OrganizationMfaMode, readonly methods: ReadonlyArray<FactorType> | null, readonly allowRememberedDevices: boolean, readonly enrollmentGraceUntil: string | null, readonly maxAgeSeconds: number | null, readonly riskThresholds: { readonly low: number, readonly medium: number, readonly high: number } | null, readonly roles: ReadonlyArray<{ readonly role: OrganizationRole, readonly assurance: Assurance }> } };

export type MemberPagePartsFragment = { readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly accountId: string, readonly email: string, readonly role: OrganizationRole, readonly joinedAt: string, readonly mfaOptIn: boolean, readonly mfaRequired: boolean, readonly enrolled: boolean, readonly enrollBy: string | null, readonly breakGlass: boolean } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } };

export type InvitationPartsFragment = { readonly id: string, readonly email: string, readonly role: OrganizationRole, readonly invitedBy: string, readonly createdAt: string, readonly expiresAt: string };

export type OrganizationDomainPartsFragment = { readonly domain: string, readonly verified: boolean, readonly recordName: string | null, readonly recordText: string | null };

export type ExportMyDataMutationVariables = Exact<{
  after?: string | null | undefined;
}>;


export type ExportMyDataMutation = { readonly exportMyData: { readonly schemaVersion: number, readonly data: Record<string, unknown>, readonly nextAfter: string | null } };

export type CloseAccountMutationVariables = Exact<{
  input: CloseAccountInput;
}>;


export type CloseAccountMutation = { readonly closeAccount: { readonly closed: boolean } };

export type ExportAccountDataMutationVariables = Exact<{
  input: ExportAccountDataInput;
}>;


export type ExportAccountDataMutation = { readonly exportAccountData: { readonly schemaVersion: number, readonly data: Record<string, unknown>, readonly nextAfter: string | null } };

export type EraseAccountMutationVariables = Exact<{
  input: EraseAccountInput;
}>;


export type EraseAccountMutation = { readonly eraseAccount: { readonly begun: boolean } };

export type ExportPartsFragment = { readonly schemaVersion: number, readonly data: Record<string, unknown>, readonly nextAfter: string | null };

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

export type WatchChallengeQueryVariables = Exact<{
  challengeId: string | number;
}>;


export type WatchChallengeQuery = { readonly challengeStatus: ChallengeStatus };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { readonly signIn:
    | { readonly __typename: 'MfaEnrollmentRequired', readonly pendingToken: string | null, readonly stepUp: { readonly assurance: Assurance, readonly acrValues: ReadonlyArray<string>, readonly maxAge: number | null, readonly reason: StepUpReason, readonly purpose: string | null, readonly paths: ReadonlyArray<string>, readonly enroll: ReadonlyArray<FactorType>, readonly mfaToken: string, readonly expiresAt: string, readonly challenge: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly name: string }> } }
    | { readonly __typename: 'MfaRequired', readonly pendingToken: string | null, readonly stepUp: { readonly assurance: Assurance, readonly acrValues: ReadonlyArray<string>, readonly maxAge: number | null, readonly reason: StepUpReason, readonly purpose: string | null, readonly paths: ReadonlyArray<string>, readonly enroll: ReadonlyArray<FactorType>, readonly mfaToken: string, readonly expiresAt: string, readonly challenge: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly name: string }> }, readonly challenge: { readonly id: string, readonly factorType: FactorType, readonly purpose: ChallengePurpose, readonly expiresAt: string, readonly resendAvailableAt: string | null, readonly attemptsLeft: number, readonly webauthn: { readonly requestOptions: Record<string, unknown> } | null, readonly push: { readonly number: string } | null } | null }
    | { readonly __typename: 'OrganizationRequired', readonly pendingToken: string | null, readonly organizations: ReadonlyArray<{ readonly id: string, readonly name: string, readonly relation: OrganizationRelation, readonly mfaRequired: boolean }> }
    | { readonly __typename: 'SignedIn', readonly deviceToken: string | null, readonly account: { readonly id: string, readonly email: string, readonly roles: ReadonlyArray<Role> }, readonly session: { readonly id: string, readonly current: boolean, readonly pending: boolean, readonly assurance: Assurance, readonly transport: SessionTransport, readonly signedInAt: string, readonly lastSeenAt: string, readonly expiresAt: string, readonly deviceId: string | null, readonly organizationId: string | null, readonly address: string, readonly userAgent: string, readonly proofs: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly provedAt: string }> }, readonly tokens: { readonly accessToken: string, readonly accessTokenExpiresAt: string, readonly refreshToken: string } | null }
   };

export type BeginPasskeySignInMutationVariables = Exact<{ [key: string]: never; }>;


export type BeginPasskeySignInMutation = { readonly beginPasskeySignIn: { readonly requestOptions: Record<string, unknown>, readonly expiresAt: string } };

export type SignInWithPasskeyMutationVariables = Exact<{
  input: SignInWithPasskeyInput;
}>;


export type SignInWithPasskeyMutation = { readonly signInWithPasskey:
    | { readonly __typename: 'MfaEnrollmentRequired', readonly pendingToken: string | null, readonly stepUp: { readonly assurance: Assurance, readonly acrValues: ReadonlyArray<string>, readonly maxAge: number | null, readonly reason: StepUpReason, readonly purpose: string | null, readonly paths: ReadonlyArray<string>, readonly enroll: ReadonlyArray<FactorType>, readonly mfaToken: string, readonly expiresAt: string, readonly challenge: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly name: string }> } }
    | { readonly __typename: 'MfaRequired', readonly pendingToken: string | null, readonly stepUp: { readonly assurance: Assurance, readonly acrValues: ReadonlyArray<string>, readonly maxAge: number | null, readonly reason: StepUpReason, readonly purpose: string | null, readonly paths: ReadonlyArray<string>, readonly enroll: ReadonlyArray<FactorType>, readonly mfaToken: string, readonly expiresAt: string, readonly challenge: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly name: string }> }, readonly challenge: { readonly id: string, readonly factorType: FactorType, readonly purpose: ChallengePurpose, readonly expiresAt: string, readonly resendAvailableAt: string | null, readonly attemptsLeft: number, readonly webauthn: { readonly requestOptions: Record<string, unknown> } | null, readonly push: { readonly number: string } | null } | null }
    | { readonly __typename: 'OrganizationRequired', readonly pendingToken: string | null, readonly organizations: ReadonlyArray<{ readonly id: string, readonly name: string, readonly relation: OrganizationRelation, readonly mfaRequired: boolean }> }
    | { readonly __typename: 'SignedIn', readonly deviceToken: string | null, readonly account: { readonly id: string, readonly email: string, readonly roles: ReadonlyArray<Role> }, readonly session: { readonly id: string, readonly current: boolean, readonly pending: boolean, readonly assurance: Assurance, readonly transport: SessionTransport, readonly signedInAt: string, readonly lastSeenAt: string, readonly expiresAt: string, readonly deviceId: string | null, readonly organizationId: string | null, readonly address: string, readonly userAgent: string, readonly proofs: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly provedAt: string }> }, readonly tokens: { readonly accessToken: string, readonly accessTokenExpiresAt: string, readonly refreshToken: string } | null }
   };

export type RequestMagicLinkMutationVariables = Exact<{
  input: RequestMagicLinkInput;
}>;


export type RequestMagicLinkMutation = { readonly requestMagicLink: { readonly code: string, readonly requestToken: string | null, readonly requestId: string | null, readonly expiresAt: string } };

export type SignInWithMagicLinkMutationVariables = Exact<{
  input: SignInWithMagicLinkInput;
}>;


export type SignInWithMagicLinkMutation = { readonly signInWithMagicLink:
    | { readonly __typename: 'MfaEnrollmentRequired', readonly pendingToken: string | null, readonly stepUp: { readonly assurance: Assurance, readonly acrValues: ReadonlyArray<string>, readonly maxAge: number | null, readonly reason: StepUpReason, readonly purpose: string | null, readonly paths: ReadonlyArray<string>, readonly enroll: ReadonlyArray<FactorType>, readonly mfaToken: string, readonly expiresAt: string, readonly challenge: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly name: string }> } }
    | { readonly __typename: 'MfaRequired', readonly pendingToken: string | null, readonly stepUp: { readonly assurance: Assurance, readonly acrValues: ReadonlyArray<string>, readonly maxAge: number | null, readonly reason: StepUpReason, readonly purpose: string | null, readonly paths: ReadonlyArray<string>, readonly enroll: ReadonlyArray<FactorType>, readonly mfaToken: string, readonly expiresAt: string, readonly challenge: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly name: string }> }, readonly challenge: { readonly id: string, readonly factorType: FactorType, readonly purpose: ChallengePurpose, readonly expiresAt: string, readonly resendAvailableAt: string | null, readonly attemptsLeft: number, readonly webauthn: { readonly requestOptions: Record<string, unknown> } | null, readonly push: { readonly number: string } | null } | null }
    | { readonly __typename: 'OrganizationRequired', readonly pendingToken: string | null, readonly organizations: ReadonlyArray<{ readonly id: string, readonly name: string, readonly relation: OrganizationRelation, readonly mfaRequired: boolean }> }
    | { readonly __typename: 'SignedIn', readonly deviceToken: string | null, readonly account: { readonly id: string, readonly email: string, readonly roles: ReadonlyArray<Role> }, readonly session: { readonly id: string, readonly current: boolean, readonly pending: boolean, readonly assurance: Assurance, readonly transport: SessionTransport, readonly signedInAt: string, readonly lastSeenAt: string, readonly expiresAt: string, readonly deviceId: string | null, readonly organizationId: string | null, readonly address: string, readonly userAgent: string, readonly proofs: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly provedAt: string }> }, readonly tokens: { readonly accessToken: string, readonly accessTokenExpiresAt: string, readonly refreshToken: string } | null }
   };

export type RequestPasswordResetMutationVariables = Exact<{
  input: RequestPasswordResetInput;
}>;


export type RequestPasswordResetMutation = { readonly requestPasswordReset: { readonly accepted: boolean, readonly requestToken: string | null, readonly requestId: string | null } };

export type ExchangeMailedCodeMutationVariables = Exact<{
  input: ExchangeMailedCodeInput;
}>;


export type ExchangeMailedCodeMutation = { readonly exchangeMailedCode: { readonly token: string } };

export type ResetPasswordMutationVariables = Exact<{
  input: ResetPasswordInput;
}>;


export type ResetPasswordMutation = { readonly resetPassword:
    | { readonly __typename: 'MfaEnrollmentRequired', readonly pendingToken: string | null, readonly stepUp: { readonly assurance: Assurance, readonly acrValues: ReadonlyArray<string>, readonly maxAge: number | null, readonly reason: StepUpReason, readonly purpose: string | null, readonly paths: ReadonlyArray<string>, readonly enroll: ReadonlyArray<FactorType>, readonly mfaToken: string, readonly expiresAt: string, readonly challenge: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly name: string }> } }
    | { readonly __typename: 'MfaRequired', readonly pendingToken: string | null, readonly stepUp: { readonly assurance: Assurance, readonly acrValues: ReadonlyArray<string>, readonly maxAge: number | null, readonly reason: StepUpReason, readonly purpose: string | null, readonly paths: ReadonlyArray<string>, readonly enroll: ReadonlyArray<FactorType>, readonly mfaToken: string, readonly expiresAt: string, readonly challenge: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly name: string }> }, readonly challenge: { readonly id: string, readonly factorType: FactorType, readonly purpose: ChallengePurpose, readonly expiresAt: string, readonly resendAvailableAt: string | null, readonly attemptsLeft: number, readonly webauthn: { readonly requestOptions: Record<string, unknown> } | null, readonly push: { readonly number: string } | null } | null }
    | { readonly __typename: 'OrganizationRequired', readonly pendingToken: string | null, readonly organizations: ReadonlyArray<{ readonly id: string, readonly name: string, readonly relation: OrganizationRelation, readonly mfaRequired: boolean }> }
    | { readonly __typename: 'SignedIn', readonly deviceToken: string | null, readonly account: { readonly id: string, readonly email: string, readonly roles: ReadonlyArray<Role> }, readonly session: { readonly id: string, readonly current: boolean, readonly pending: boolean, readonly assurance: Assurance, readonly transport: SessionTransport, readonly signedInAt: string, readonly lastSeenAt: string, readonly expiresAt: string, readonly deviceId: string | null, readonly organizationId: string | null, readonly address: string, readonly userAgent: string, readonly proofs: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly provedAt: string }> }, readonly tokens: { readonly accessToken: string, readonly accessTokenExpiresAt: string, readonly refreshToken: string } | null }
   };

export type SignInWithExternalTokenMutationVariables = Exact<{
  input: SignInWithExternalTokenInput;
}>;


export type SignInWithExternalTokenMutation = { readonly signInWithExternalToken:
    | { readonly __typename: 'MfaEnrollmentRequired', readonly pendingToken: string | null, readonly stepUp: { readonly assurance: Assurance, readonly acrValues: ReadonlyArray<string>, readonly maxAge: number | null, readonly reason: StepUpReason, readonly purpose: string | null, readonly paths: ReadonlyArray<string>, readonly enroll: ReadonlyArray<FactorType>, readonly mfaToken: string, readonly expiresAt: string, readonly challenge: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly name: string }> } }
    | { readonly __typename: 'MfaRequired', readonly pendingToken: string | null, readonly stepUp: { readonly assurance: Assurance, readonly acrValues: ReadonlyArray<string>, readonly maxAge: number | null, readonly reason: StepUpReason, readonly purpose: string | null, readonly paths: ReadonlyArray<string>, readonly enroll: ReadonlyArray<FactorType>, readonly mfaToken: string, readonly expiresAt: string, readonly challenge: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly name: string }> }, readonly challenge: { readonly id: string, readonly factorType: FactorType, readonly purpose: ChallengePurpose, readonly expiresAt: string, readonly resendAvailableAt: string | null, readonly attemptsLeft: number, readonly webauthn: { readonly requestOptions: Record<string, unknown> } | null, readonly push: { readonly number: string } | null } | null }
    | { readonly __typename: 'OrganizationRequired', readonly pendingToken: string | null, readonly organizations: ReadonlyArray<{ readonly id: string, readonly name: string, readonly relation: OrganizationRelation, readonly mfaRequired: boolean }> }
    | { readonly __typename: 'SignedIn', readonly deviceToken: string | null, readonly account: { readonly id: string, readonly email: string, readonly roles: ReadonlyArray<Role> }, readonly session: { readonly id: string, readonly current: boolean, readonly pending: boolean, readonly assurance: Assurance, readonly transport: SessionTransport, readonly signedInAt: string, readonly lastSeenAt: string, readonly expiresAt: string, readonly deviceId: string | null, readonly organizationId: string | null, readonly address: string, readonly userAgent: string, readonly proofs: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly provedAt: string }> }, readonly tokens: { readonly accessToken: string, readonly accessTokenExpiresAt: string, readonly refreshToken: string } | null }
   };

export type DiscoverOrganizationsQueryVariables = Exact<{ [key: string]: never; }>;


export type DiscoverOrganizationsQuery = { readonly discoverOrganizations: ReadonlyArray<{ readonly id: string, readonly name: string, readonly relation: OrganizationRelation, readonly mfaRequired: boolean }> };

export type SelectOrganizationMutationVariables = Exact<{
  input: SelectOrganizationInput;
}>;


export type SelectOrganizationMutation = { readonly selectOrganization:
    | { readonly __typename: 'MfaEnrollmentRequired', readonly pendingToken: string | null, readonly stepUp: { readonly assurance: Assurance, readonly acrValues: ReadonlyArray<string>, readonly maxAge: number | null, readonly reason: StepUpReason, readonly purpose: string | null, readonly paths: ReadonlyArray<string>, readonly enroll: ReadonlyArray<FactorType>, readonly mfaToken: string, readonly expiresAt: string, readonly challenge: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly name: string }> } }
    | { readonly __typename: 'MfaRequired', readonly pendingToken: string | null, readonly stepUp: { readonly assurance: Assurance, readonly acrValues: ReadonlyArray<string>, readonly maxAge: number | null, readonly reason: StepUpReason, readonly purpose: string | null, readonly paths: ReadonlyArray<string>, readonly enroll: ReadonlyArray<FactorType>, readonly mfaToken: string, readonly expiresAt: string, readonly challenge: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly name: string }> }, readonly challenge: { readonly id: string, readonly factorType: FactorType, readonly purpose: ChallengePurpose, readonly expiresAt: string, readonly resendAvailableAt: string | null, readonly attemptsLeft: number, readonly webauthn: { readonly requestOptions: Record<string, unknown> } | null, readonly push: { readonly number: string } | null } | null }
    | { readonly __typename: 'OrganizationRequired', readonly pendingToken: string | null, readonly organizations: ReadonlyArray<{ readonly id: string, readonly name: string, readonly relation: OrganizationRelation, readonly mfaRequired: boolean }> }
    | { readonly __typename: 'SignedIn', readonly deviceToken: string | null, readonly account: { readonly id: string, readonly email: string, readonly roles: ReadonlyArray<Role> }, readonly session: { readonly id: string, readonly current: boolean, readonly pending: boolean, readonly assurance: Assurance, readonly transport: SessionTransport, readonly signedInAt: string, readonly lastSeenAt: string, readonly expiresAt: string, readonly deviceId: string | null, readonly organizationId: string | null, readonly address: string, readonly userAgent: string, readonly proofs: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly provedAt: string }> }, readonly tokens: { readonly accessToken: string, readonly accessTokenExpiresAt: string, readonly refreshToken: string } | null }
   };

export type RefreshSessionMutationVariables = Exact<{
  input: RefreshSessionInput;
}>;


export type RefreshSessionMutation = { readonly refreshSession: { readonly accessToken: string, readonly accessTokenExpiresAt: string, readonly refreshToken: string } };

export type SignOutMutationVariables = Exact<{ [key: string]: never; }>;


export type SignOutMutation = { readonly signOut: { readonly signedOut: boolean } };

export type MySessionsQueryVariables = Exact<{ [key: string]: never; }>;


export type MySessionsQuery = { readonly mySessions: ReadonlyArray<{ readonly id: string, readonly current: boolean, readonly pending: boolean, readonly assurance: Assurance, readonly transport: SessionTransport, readonly signedInAt: string, readonly lastSeenAt: string, readonly expiresAt: string, readonly deviceId: string | null, readonly organizationId: string | null, readonly address: string, readonly userAgent: string, readonly proofs: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly provedAt: string }> }> };

export type RevokeSessionMutationVariables = Exact<{
  sessionId: string | number;
}>;


export type RevokeSessionMutation = { readonly revokeSession: { readonly revoked: number } };

export type RevokeOtherSessionsMutationVariables = Exact<{ [key: string]: never; }>;


export type RevokeOtherSessionsMutation = { readonly revokeOtherSessions: { readonly revoked: number } };

export type SignedInPartsFragment = { readonly deviceToken: string | null, readonly account: { readonly id: string, readonly email: string, readonly roles: ReadonlyArray<Role> }, readonly session: { readonly id: string, readonly current: boolean, readonly pending: boolean, readonly assurance: Assurance, readonly transport: SessionTransport, readonly signedInAt: string, readonly lastSeenAt: string, readonly expiresAt: string, readonly deviceId: string | null, readonly organizationId: string | null, readonly address: string, readonly userAgent: string, readonly proofs: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly provedAt: string }> }, readonly tokens: { readonly accessToken: string, readonly accessTokenExpiresAt: string, readonly refreshToken: string } | null };

export type MfaRequiredPartsFragment = { readonly pendingToken: string | null, readonly stepUp: { readonly assurance: Assurance, readonly acrValues: ReadonlyArray<string>, readonly maxAge: number | null, readonly reason: StepUpReason, readonly purpose: string | null, readonly paths: ReadonlyArray<string>, readonly enroll: ReadonlyArray<FactorType>, readonly mfaToken: string, readonly expiresAt: string, readonly challenge: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly name: string }> }, readonly challenge: { readonly id: string, readonly factorType: FactorType, readonly purpose: ChallengePurpose, readonly expiresAt: string, readonly resendAvailableAt: string | null, readonly attemptsLeft: number, readonly webauthn: { readonly requestOptions: Record<string, unknown> } | null, readonly push: { readonly number: string } | null } | null };

export type MfaEnrollmentRequiredPartsFragment = { readonly pendingToken: string | null, readonly stepUp: { readonly assurance: Assurance, readonly acrValues: ReadonlyArray<string>, readonly maxAge: number | null, readonly reason: StepUpReason, readonly purpose: string | null, readonly paths: ReadonlyArray<string>, readonly enroll: ReadonlyArray<FactorType>, readonly mfaToken: string, readonly expiresAt: string, readonly challenge: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly name: string }> } };

export type OrganizationRequiredPartsFragment = { readonly pendingToken: string | null, readonly organizations: ReadonlyArray<{ readonly id: string, readonly name: string, readonly relation: OrganizationRelation, readonly mfaRequired: boolean }> };

export type DiscoveredOrganizationPartsFragment = { readonly id: string, readonly name: string, readonly relation: OrganizationRelation, readonly mfaRequired: boolean };

export type SessionPartsFragment = { readonly id: string, readonly current: boolean, readonly pending: boolean, readonly assurance: Assurance, readonly transport: SessionTransport, readonly signedInAt: string, readonly lastSeenAt: string, readonly expiresAt: string, readonly deviceId: string | null, readonly organizationId: string | null, readonly address: string, readonly userAgent: string, readonly proofs: ReadonlyArray<{ readonly factorId: string, readonly type: FactorType, readonly provedAt: string }> };

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
  id
  displayName
  legalName
  dateOfBirth
  taxId
  phoneNumber
  postalAddress
  visibleToOrganizations
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
  organizationId
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
  organizationId
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
    threshold
    promptBudget
    modelVersion
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
export const ServiceKeyPartsFragmentDoc = new TypedDocumentString(`
    fragment ServiceKeyParts on ServiceKey {
  id
  name
  tenant
  audience
  scopes
  createdAt
  createdBy
  expiresAt
  revokedAt
  lastUsedAt
  formerWorksUntil
}
    `, {"fragmentName":"ServiceKeyParts"}) as unknown as TypedDocumentString<ServiceKeyPartsFragment, unknown>;
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
export const OrganizationPartsFragmentDoc = new TypedDocumentString(`
    fragment OrganizationParts on Organization {
  id
  name
  createdAt
  revision
  mfaPolicy {
    policy
    methods
    allowRememberedDevices
    riskThresholds {
      low
      medium
      high
    }
    enrollmentGraceUntil
    maxAgeSeconds
    roles {
      role
      assurance
    }
  }
}
    `, {"fragmentName":"OrganizationParts"}) as unknown as TypedDocumentString<OrganizationPartsFragment, unknown>;
export const MemberPagePartsFragmentDoc = new TypedDocumentString(`
    fragment MemberPageParts on OrganizationMemberConnection {
  edges {
    cursor
    node {
      accountId
      email
      role
      joinedAt
      mfaOptIn
      mfaRequired
      enrolled
      enrollBy
      breakGlass
    }
  }
  pageInfo {
    hasNextPage
    hasPreviousPage
    startCursor
    endCursor
  }
}
    `, {"fragmentName":"MemberPageParts"}) as unknown as TypedDocumentString<MemberPagePartsFragment, unknown>;
export const InvitationPartsFragmentDoc = new TypedDocumentString(`
    fragment InvitationParts on Invitation {
  id
  email
  role
  invitedBy
  createdAt
  expiresAt
}
    `, {"fragmentName":"InvitationParts"}) as unknown as TypedDocumentString<InvitationPartsFragment, unknown>;
export const OrganizationDomainPartsFragmentDoc = new TypedDocumentString(`
    fragment OrganizationDomainParts on OrganizationDomain {
  domain
  verified
  recordName
  recordText
}
    `, {"fragmentName":"OrganizationDomainParts"}) as unknown as TypedDocumentString<OrganizationDomainPartsFragment, unknown>;
export const ExportPartsFragmentDoc = new TypedDocumentString(`
    fragment ExportParts on ExportPayload {
  schemaVersion
  data
  nextAfter
}
    `, {"fragmentName":"ExportParts"}) as unknown as TypedDocumentString<ExportPartsFragment, unknown>;
export const TokenPartsFragmentDoc = new TypedDocumentString(`
    fragment TokenParts on Tokens {
  accessToken
  accessTokenExpiresAt
  refreshToken
}
    `, {"fragmentName":"TokenParts"}) as unknown as TypedDocumentString<TokenPartsFragment, unknown>;
export const SignedInPartsFragmentDoc = new TypedDocumentString(`
    fragment SignedInParts on SignedIn {
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
  organizationId
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
}`, {"fragmentName":"SignedInParts"}) as unknown as TypedDocumentString<SignedInPartsFragment, unknown>;
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
export const MfaRequiredPartsFragmentDoc = new TypedDocumentString(`
    fragment MfaRequiredParts on MfaRequired {
  stepUp {
    ...StepUpParts
  }
  challenge {
    ...ChallengeParts
  }
  pendingToken
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
}`, {"fragmentName":"MfaRequiredParts"}) as unknown as TypedDocumentString<MfaRequiredPartsFragment, unknown>;
export const MfaEnrollmentRequiredPartsFragmentDoc = new TypedDocumentString(`
    fragment MfaEnrollmentRequiredParts on MfaEnrollmentRequired {
  stepUp {
    ...StepUpParts
  }
  pendingToken
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
}`, {"fragmentName":"MfaEnrollmentRequiredParts"}) as unknown as TypedDocumentString<MfaEnrollmentRequiredPartsFragment, unknown>;
export const DiscoveredOrganizationPartsFragmentDoc = new TypedDocumentString(`
    fragment DiscoveredOrganizationParts on DiscoveredOrganization {
  id
  name
  relation
  mfaRequired
}
    `, {"fragmentName":"DiscoveredOrganizationParts"}) as unknown as TypedDocumentString<DiscoveredOrganizationPartsFragment, unknown>;
export const OrganizationRequiredPartsFragmentDoc = new TypedDocumentString(`
    fragment OrganizationRequiredParts on OrganizationRequired {
  organizations {
    ...DiscoveredOrganizationParts
  }
  pendingToken
}
    fragment DiscoveredOrganizationParts on DiscoveredOrganization {
  id
  name
  relation
  mfaRequired
}`, {"fragmentName":"OrganizationRequiredParts"}) as unknown as TypedDocumentString<OrganizationRequiredPartsFragment, unknown>;
export const SignUpDocument = new TypedDocumentString(`
    mutation SignUp($input: SignUpInput!) {
  signUp(input: $input) {
    accepted
    requestToken
    requestId
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
    hasPassword
    roles
  }
}
    `) as unknown as TypedDocumentString<MeQuery, MeQueryVariables>;
export const MyProfileDocument = new TypedDocumentString(`
    query MyProfile {
  me {
    id
    profile {
      ...ProfileParts
    }
  }
}
    fragment ProfileParts on Profile {
  id
  displayName
  legalName
  dateOfBirth
  taxId
  phoneNumber
  postalAddress
  visibleToOrganizations
}`) as unknown as TypedDocumentString<MyProfileQuery, MyProfileQueryVariables>;
export const UpdateProfileDocument = new TypedDocumentString(`
    mutation UpdateProfile($input: UpdateProfileInput!) {
  updateProfile(input: $input) {
    ...ProfileParts
  }
}
    fragment ProfileParts on Profile {
  id
  displayName
  legalName
  dateOfBirth
  taxId
  phoneNumber
  postalAddress
  visibleToOrganizations
}`) as unknown as TypedDocumentString<UpdateProfileMutation, UpdateProfileMutationVariables>;
export const ChangeEmailDocument = new TypedDocumentString(`
    mutation ChangeEmail($input: ChangeEmailInput!) {
  changeEmail(input: $input) {
    confirmationSent
    requestId
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
export const MyVisibleProfileDocument = new TypedDocumentString(`
    query MyVisibleProfile {
  me {
    id
    visibleProfile {
      id
      displayName
      legalName
      dateOfBirth
      taxId
      phoneNumber
      postalAddress
    }
  }
}
    `) as unknown as TypedDocumentString<MyVisibleProfileQuery, MyVisibleProfileQueryVariables>;
export const ReportNotMeDocument = new TypedDocumentString(`
    mutation ReportNotMe($input: ReportNotMeInput!) {
  reportNotMe(input: $input) {
    reported
  }
}
    `) as unknown as TypedDocumentString<ReportNotMeMutation, ReportNotMeMutationVariables>;
export const SetLanguageDocument = new TypedDocumentString(`
    mutation SetLanguage($input: SetLanguageInput!) {
  setLanguage(input: $input) {
    id
    language
  }
}
    `) as unknown as TypedDocumentString<SetLanguageMutation, SetLanguageMutationVariables>;
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
        stream
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
export const ReadAuditEventDocument = new TypedDocumentString(`
    query ReadAuditEvent($id: ID!) {
  auditEvent(id: $id) {
    id
    stream
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
      threshold
      promptBudget
      modelVersion
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
    `) as unknown as TypedDocumentString<ReadAuditEventQuery, ReadAuditEventQueryVariables>;
export const VerifyAuditChainDocument = new TypedDocumentString(`
    query VerifyAuditChain($after: String) {
  verifyAuditChain(after: $after) {
    intact
    finished
    endCursor
    checked
    verified
    total
    erased
    uncovered
    checkpointNumber
    checkpointHash
    firstBreak {
      fault
      detail
      stream
      sequence
      checkpoint
      eventId
    }
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
        roles
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
export const ReadAccountDocument = new TypedDocumentString(`
    query ReadAccount($id: ID!) {
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
  organizationId
  address
  userAgent
  proofs {
    factorId
    type
    provedAt
  }
}`) as unknown as TypedDocumentString<ReadAccountQuery, ReadAccountQueryVariables>;
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
  organizationId
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
  organizationId
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
  organizationId
  address
  userAgent
  proofs {
    factorId
    type
    provedAt
  }
}`) as unknown as TypedDocumentString<UnlockAccountMutation, UnlockAccountMutationVariables>;
export const ReadRiskDecisionDocument = new TypedDocumentString(`
    query ReadRiskDecision($id: ID!) {
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
    threshold
    promptBudget
    modelVersion
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
}`) as unknown as TypedDocumentString<ReadRiskDecisionQuery, ReadRiskDecisionQueryVariables>;
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
    threshold
    promptBudget
    modelVersion
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
export const EndMembershipDocument = new TypedDocumentString(`
    mutation EndMembership($input: EndMembershipInput!) {
  endMembership(input: $input) {
    ended
  }
}
    `) as unknown as TypedDocumentString<EndMembershipMutation, EndMembershipMutationVariables>;
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
      proof
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
  organizationId
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
    mutation EnrollFactor($input: EnrollFactorInput!, $withQrCode: Boolean! = false) {
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
      qrCode @include(if: $withQrCode) {
        svg
        pngDataUrl
      }
    }
    webauthn {
      creationOptions
    }
    push {
      connectUrl
      qrCode @include(if: $withQrCode) {
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
export const ServiceKeysDocument = new TypedDocumentString(`
    query ServiceKeys($first: Int, $after: String) {
  serviceKeys(first: $first, after: $after) {
    edges {
      cursor
      node {
        ...ServiceKeyParts
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
    fragment ServiceKeyParts on ServiceKey {
  id
  name
  tenant
  audience
  scopes
  createdAt
  createdBy
  expiresAt
  revokedAt
  lastUsedAt
  formerWorksUntil
}`) as unknown as TypedDocumentString<ServiceKeysQuery, ServiceKeysQueryVariables>;
export const CreateServiceKeyDocument = new TypedDocumentString(`
    mutation CreateServiceKey($input: CreateServiceKeyInput!) {
  createServiceKey(input: $input) {
    key {
      ...ServiceKeyParts
    }
    secret
  }
}
    fragment ServiceKeyParts on ServiceKey {
  id
  name
  tenant
  audience
  scopes
  createdAt
  createdBy
  expiresAt
  revokedAt
  lastUsedAt
  formerWorksUntil
}`) as unknown as TypedDocumentString<CreateServiceKeyMutation, CreateServiceKeyMutationVariables>;
export const RotateServiceKeyDocument = new TypedDocumentString(`
    mutation RotateServiceKey($id: ID!, $expiresAt: DateTimeISO) {
  rotateServiceKey(id: $id, expiresAt: $expiresAt) {
    key {
      ...ServiceKeyParts
    }
    secret
  }
}
    fragment ServiceKeyParts on ServiceKey {
  id
  name
  tenant
  audience
  scopes
  createdAt
  createdBy
  expiresAt
  revokedAt
  lastUsedAt
  formerWorksUntil
}`) as unknown as TypedDocumentString<RotateServiceKeyMutation, RotateServiceKeyMutationVariables>;
export const RevokeServiceKeyDocument = new TypedDocumentString(`
    mutation RevokeServiceKey($id: ID!) {
  revokeServiceKey(id: $id) {
    key {
      ...ServiceKeyParts
    }
  }
}
    fragment ServiceKeyParts on ServiceKey {
  id
  name
  tenant
  audience
  scopes
  createdAt
  createdBy
  expiresAt
  revokedAt
  lastUsedAt
  formerWorksUntil
}`) as unknown as TypedDocumentString<RevokeServiceKeyMutation, RevokeServiceKeyMutationVariables>;
export const BeginAuthenticationDocument = new TypedDocumentString(`
    mutation BeginAuthentication($input: BeginAuthenticationInput!) {
  beginAuthentication(input: $input) {
    verdict
    stepUp {
      ...StepUpParts
    }
    challenge {
      ...ChallengeParts
    }
    pendingToken
    proof
    tokens {
      ...TokenParts
    }
    deviceToken
    dropDeviceToken
    reference
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
}`) as unknown as TypedDocumentString<BeginAuthenticationMutation, BeginAuthenticationMutationVariables>;
export const ReadSubjectDocument = new TypedDocumentString(`
    query ReadSubject($subject: String!) {
  subject(subject: $subject) {
    subject
    accountId
    factors {
      ...FactorParts
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
}`) as unknown as TypedDocumentString<ReadSubjectQuery, ReadSubjectQueryVariables>;
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
export const MyOrganizationsDocument = new TypedDocumentString(`
    query MyOrganizations {
  myOrganizations {
    id
    name
    role
    joinedAt
    current
    mfaRequired
    mfaOptIn
    enrolled
    enrollBy
  }
}
    `) as unknown as TypedDocumentString<MyOrganizationsQuery, MyOrganizationsQueryVariables>;
export const ReadOrganizationDocument = new TypedDocumentString(`
    query ReadOrganization {
  organization {
    ...OrganizationParts
  }
}
    fragment OrganizationParts on Organization {
  id
  name
  createdAt
  revision
  mfaPolicy {
    policy
    methods
    allowRememberedDevices
    riskThresholds {
      low
      medium
      high
    }
    enrollmentGraceUntil
    maxAgeSeconds
    roles {
      role
      assurance
    }
  }
}`) as unknown as TypedDocumentString<ReadOrganizationQuery, ReadOrganizationQueryVariables>;
export const CreateOrganizationDocument = new TypedDocumentString(`
    mutation CreateOrganization($input: CreateOrganizationInput!) {
  createOrganization(input: $input) {
    ...OrganizationParts
  }
}
    fragment OrganizationParts on Organization {
  id
  name
  createdAt
  revision
  mfaPolicy {
    policy
    methods
    allowRememberedDevices
    riskThresholds {
      low
      medium
      high
    }
    enrollmentGraceUntil
    maxAgeSeconds
    roles {
      role
      assurance
    }
  }
}`) as unknown as TypedDocumentString<CreateOrganizationMutation, CreateOrganizationMutationVariables>;
export const RenameOrganizationDocument = new TypedDocumentString(`
    mutation RenameOrganization($input: OrganizationNameInput!) {
  renameOrganization(input: $input) {
    ...OrganizationParts
  }
}
    fragment OrganizationParts on Organization {
  id
  name
  createdAt
  revision
  mfaPolicy {
    policy
    methods
    allowRememberedDevices
    riskThresholds {
      low
      medium
      high
    }
    enrollmentGraceUntil
    maxAgeSeconds
    roles {
      role
      assurance
    }
  }
}`) as unknown as TypedDocumentString<RenameOrganizationMutation, RenameOrganizationMutationVariables>;
export const JoinOrganizationDocument = new TypedDocumentString(`
    mutation JoinOrganization($organizationId: ID!) {
  joinOrganization(organizationId: $organizationId) {
    organizationId
  }
}
    `) as unknown as TypedDocumentString<JoinOrganizationMutation, JoinOrganizationMutationVariables>;
export const LeaveOrganizationDocument = new TypedDocumentString(`
    mutation LeaveOrganization($organizationId: ID!) {
  leaveOrganization(organizationId: $organizationId) {
    left
  }
}
    `) as unknown as TypedDocumentString<LeaveOrganizationMutation, LeaveOrganizationMutationVariables>;
export const SetOrganizationMfaPolicyDocument = new TypedDocumentString(`
    mutation SetOrganizationMfaPolicy($input: OrganizationMfaPolicyInput!) {
  setOrganizationMfaPolicy(input: $input) {
    ...OrganizationParts
  }
}
    fragment OrganizationParts on Organization {
  id
  name
  createdAt
  revision
  mfaPolicy {
    policy
    methods
    allowRememberedDevices
    riskThresholds {
      low
      medium
      high
    }
    enrollmentGraceUntil
    maxAgeSeconds
    roles {
      role
      assurance
    }
  }
}`) as unknown as TypedDocumentString<SetOrganizationMfaPolicyMutation, SetOrganizationMfaPolicyMutationVariables>;
export const SetMfaOptInDocument = new TypedDocumentString(`
    mutation SetMfaOptIn($input: SetMfaOptInInput!) {
  setMfaOptIn(input: $input) {
    optedIn
  }
}
    `) as unknown as TypedDocumentString<SetMfaOptInMutation, SetMfaOptInMutationVariables>;
export const SetBreakGlassDocument = new TypedDocumentString(`
    mutation SetBreakGlass($input: SetBreakGlassInput!) {
  setBreakGlass(input: $input) {
    enabled
  }
}
    `) as unknown as TypedDocumentString<SetBreakGlassMutation, SetBreakGlassMutationVariables>;
export const MembersDocument = new TypedDocumentString(`
    query Members($first: Int, $after: String, $search: String) {
  members(first: $first, after: $after, search: $search) {
    ...MemberPageParts
  }
}
    fragment MemberPageParts on OrganizationMemberConnection {
  edges {
    cursor
    node {
      accountId
      email
      role
      joinedAt
      mfaOptIn
      mfaRequired
      enrolled
      enrollBy
      breakGlass
    }
  }
  pageInfo {
    hasNextPage
    hasPreviousPage
    startCursor
    endCursor
  }
}`) as unknown as TypedDocumentString<MembersQuery, MembersQueryVariables>;
export const MembersNotEnrolledDocument = new TypedDocumentString(`
    query MembersNotEnrolled($first: Int, $after: String) {
  membersNotEnrolled(first: $first, after: $after) {
    ...MemberPageParts
  }
}
    fragment MemberPageParts on OrganizationMemberConnection {
  edges {
    cursor
    node {
      accountId
      email
      role
      joinedAt
      mfaOptIn
      mfaRequired
      enrolled
      enrollBy
      breakGlass
    }
  }
  pageInfo {
    hasNextPage
    hasPreviousPage
    startCursor
    endCursor
  }
}`) as unknown as TypedDocumentString<MembersNotEnrolledQuery, MembersNotEnrolledQueryVariables>;
export const SetMemberRoleDocument = new TypedDocumentString(`
    mutation SetMemberRole($input: SetMemberRoleInput!) {
  setMemberRole(input: $input) {
    role
  }
}
    `) as unknown as TypedDocumentString<SetMemberRoleMutation, SetMemberRoleMutationVariables>;
export const RemoveMemberDocument = new TypedDocumentString(`
    mutation RemoveMember($accountId: ID!) {
  removeMember(accountId: $accountId) {
    removed
  }
}
    `) as unknown as TypedDocumentString<RemoveMemberMutation, RemoveMemberMutationVariables>;
export const InvitationsDocument = new TypedDocumentString(`
    query Invitations {
  invitations {
    ...InvitationParts
  }
}
    fragment InvitationParts on Invitation {
  id
  email
  role
  invitedBy
  createdAt
  expiresAt
}`) as unknown as TypedDocumentString<InvitationsQuery, InvitationsQueryVariables>;
export const InviteMemberDocument = new TypedDocumentString(`
    mutation InviteMember($input: InviteMemberInput!) {
  inviteMember(input: $input) {
    ...InvitationParts
  }
}
    fragment InvitationParts on Invitation {
  id
  email
  role
  invitedBy
  createdAt
  expiresAt
}`) as unknown as TypedDocumentString<InviteMemberMutation, InviteMemberMutationVariables>;
export const RevokeInvitationDocument = new TypedDocumentString(`
    mutation RevokeInvitation($invitationId: ID!) {
  revokeInvitation(invitationId: $invitationId) {
    revoked
  }
}
    `) as unknown as TypedDocumentString<RevokeInvitationMutation, RevokeInvitationMutationVariables>;
export const AcceptInvitationDocument = new TypedDocumentString(`
    mutation AcceptInvitation($input: AcceptInvitationInput!) {
  acceptInvitation(input: $input) {
    organizationId
  }
}
    `) as unknown as TypedDocumentString<AcceptInvitationMutation, AcceptInvitationMutationVariables>;
export const OrganizationDomainsDocument = new TypedDocumentString(`
    query OrganizationDomains {
  organizationDomains {
    ...OrganizationDomainParts
  }
}
    fragment OrganizationDomainParts on OrganizationDomain {
  domain
  verified
  recordName
  recordText
}`) as unknown as TypedDocumentString<OrganizationDomainsQuery, OrganizationDomainsQueryVariables>;
export const AddOrganizationDomainDocument = new TypedDocumentString(`
    mutation AddOrganizationDomain($input: OrganizationDomainInput!) {
  addOrganizationDomain(input: $input) {
    ...OrganizationDomainParts
  }
}
    fragment OrganizationDomainParts on OrganizationDomain {
  domain
  verified
  recordName
  recordText
}`) as unknown as TypedDocumentString<AddOrganizationDomainMutation, AddOrganizationDomainMutationVariables>;
export const VerifyOrganizationDomainDocument = new TypedDocumentString(`
    mutation VerifyOrganizationDomain($input: OrganizationDomainInput!) {
  verifyOrganizationDomain(input: $input) {
    ...OrganizationDomainParts
  }
}
    fragment OrganizationDomainParts on OrganizationDomain {
  domain
  verified
  recordName
  recordText
}`) as unknown as TypedDocumentString<VerifyOrganizationDomainMutation, VerifyOrganizationDomainMutationVariables>;
export const RemoveOrganizationDomainDocument = new TypedDocumentString(`
    mutation RemoveOrganizationDomain($input: OrganizationDomainInput!) {
  removeOrganizationDomain(input: $input) {
    ...OrganizationDomainParts
  }
}
    fragment OrganizationDomainParts on OrganizationDomain {
  domain
  verified
  recordName
  recordText
}`) as unknown as TypedDocumentString<RemoveOrganizationDomainMutation, RemoveOrganizationDomainMutationVariables>;
export const ExportMyDataDocument = new TypedDocumentString(`
    mutation ExportMyData($after: String) {
  exportMyData(after: $after) {
    ...ExportParts
  }
}
    fragment ExportParts on ExportPayload {
  schemaVersion
  data
  nextAfter
}`) as unknown as TypedDocumentString<ExportMyDataMutation, ExportMyDataMutationVariables>;
export const CloseAccountDocument = new TypedDocumentString(`
    mutation CloseAccount($input: CloseAccountInput!) {
  closeAccount(input: $input) {
    closed
  }
}
    `) as unknown as TypedDocumentString<CloseAccountMutation, CloseAccountMutationVariables>;
export const ExportAccountDataDocument = new TypedDocumentString(`
    mutation ExportAccountData($input: ExportAccountDataInput!) {
  exportAccountData(input: $input) {
    ...ExportParts
  }
}
    fragment ExportParts on ExportPayload {
  schemaVersion
  data
  nextAfter
}`) as unknown as TypedDocumentString<ExportAccountDataMutation, ExportAccountDataMutationVariables>;
export const EraseAccountDocument = new TypedDocumentString(`
    mutation EraseAccount($input: EraseAccountInput!) {
  eraseAccount(input: $input) {
    begun
  }
}
    `) as unknown as TypedDocumentString<EraseAccountMutation, EraseAccountMutationVariables>;
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
    __typename
    ... on PushAnswered {
      challengeId
    }
    ... on ChallengeFailed {
      code
      attemptsLeft
    }
  }
}
    `) as unknown as TypedDocumentString<ApprovePushRequestMutation, ApprovePushRequestMutationVariables>;
export const DenyPushRequestDocument = new TypedDocumentString(`
    mutation DenyPushRequest($input: DenyPushRequestInput!) {
  denyPushRequest(input: $input) {
    __typename
    ... on PushAnswered {
      challengeId
    }
    ... on ChallengeFailed {
      code
      attemptsLeft
    }
  }
}
    `) as unknown as TypedDocumentString<DenyPushRequestMutation, DenyPushRequestMutationVariables>;
export const WatchChallengeDocument = new TypedDocumentString(`
    query WatchChallenge($challengeId: ID!) {
  challengeStatus(challengeId: $challengeId)
}
    `) as unknown as TypedDocumentString<WatchChallengeQuery, WatchChallengeQueryVariables>;
export const SignInDocument = new TypedDocumentString(`
    mutation SignIn($input: SignInInput!) {
  signIn(input: $input) {
    __typename
    ...SignedInParts
    ...MfaRequiredParts
    ...MfaEnrollmentRequiredParts
    ...OrganizationRequiredParts
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
fragment SignedInParts on SignedIn {
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
fragment MfaRequiredParts on MfaRequired {
  stepUp {
    ...StepUpParts
  }
  challenge {
    ...ChallengeParts
  }
  pendingToken
}
fragment MfaEnrollmentRequiredParts on MfaEnrollmentRequired {
  stepUp {
    ...StepUpParts
  }
  pendingToken
}
fragment OrganizationRequiredParts on OrganizationRequired {
  organizations {
    ...DiscoveredOrganizationParts
  }
  pendingToken
}
fragment DiscoveredOrganizationParts on DiscoveredOrganization {
  id
  name
  relation
  mfaRequired
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
  organizationId
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
    ...SignedInParts
    ...MfaRequiredParts
    ...MfaEnrollmentRequiredParts
    ...OrganizationRequiredParts
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
fragment SignedInParts on SignedIn {
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
fragment MfaRequiredParts on MfaRequired {
  stepUp {
    ...StepUpParts
  }
  challenge {
    ...ChallengeParts
  }
  pendingToken
}
fragment MfaEnrollmentRequiredParts on MfaEnrollmentRequired {
  stepUp {
    ...StepUpParts
  }
  pendingToken
}
fragment OrganizationRequiredParts on OrganizationRequired {
  organizations {
    ...DiscoveredOrganizationParts
  }
  pendingToken
}
fragment DiscoveredOrganizationParts on DiscoveredOrganization {
  id
  name
  relation
  mfaRequired
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
  organizationId
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
}`) as unknown as TypedDocumentString<SignInWithPasskeyMutation, SignInWithPasskeyMutationVariables>;
export const RequestMagicLinkDocument = new TypedDocumentString(`
    mutation RequestMagicLink($input: RequestMagicLinkInput!) {
  requestMagicLink(input: $input) {
    code
    requestToken
    requestId
    expiresAt
  }
}
    `) as unknown as TypedDocumentString<RequestMagicLinkMutation, RequestMagicLinkMutationVariables>;
export const SignInWithMagicLinkDocument = new TypedDocumentString(`
    mutation SignInWithMagicLink($input: SignInWithMagicLinkInput!) {
  signInWithMagicLink(input: $input) {
    __typename
    ...SignedInParts
    ...MfaRequiredParts
    ...MfaEnrollmentRequiredParts
    ...OrganizationRequiredParts
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
fragment SignedInParts on SignedIn {
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
fragment MfaRequiredParts on MfaRequired {
  stepUp {
    ...StepUpParts
  }
  challenge {
    ...ChallengeParts
  }
  pendingToken
}
fragment MfaEnrollmentRequiredParts on MfaEnrollmentRequired {
  stepUp {
    ...StepUpParts
  }
  pendingToken
}
fragment OrganizationRequiredParts on OrganizationRequired {
  organizations {
    ...DiscoveredOrganizationParts
  }
  pendingToken
}
fragment DiscoveredOrganizationParts on DiscoveredOrganization {
  id
  name
  relation
  mfaRequired
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
  organizationId
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
}`) as unknown as TypedDocumentString<SignInWithMagicLinkMutation, SignInWithMagicLinkMutationVariables>;
export const RequestPasswordResetDocument = new TypedDocumentString(`
    mutation RequestPasswordReset($input: RequestPasswordResetInput!) {
  requestPasswordReset(input: $input) {
    accepted
    requestToken
    requestId
  }
}
    `) as unknown as TypedDocumentString<RequestPasswordResetMutation, RequestPasswordResetMutationVariables>;
export const ExchangeMailedCodeDocument = new TypedDocumentString(`
    mutation ExchangeMailedCode($input: ExchangeMailedCodeInput!) {
  exchangeMailedCode(input: $input) {
    token
  }
}
    `) as unknown as TypedDocumentString<ExchangeMailedCodeMutation, ExchangeMailedCodeMutationVariables>;
export const ResetPasswordDocument = new TypedDocumentString(`
    mutation ResetPassword($input: ResetPasswordInput!) {
  resetPassword(input: $input) {
    __typename
    ...SignedInParts
    ...MfaRequiredParts
    ...MfaEnrollmentRequiredParts
    ...OrganizationRequiredParts
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
fragment SignedInParts on SignedIn {
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
fragment MfaRequiredParts on MfaRequired {
  stepUp {
    ...StepUpParts
  }
  challenge {
    ...ChallengeParts
  }
  pendingToken
}
fragment MfaEnrollmentRequiredParts on MfaEnrollmentRequired {
  stepUp {
    ...StepUpParts
  }
  pendingToken
}
fragment OrganizationRequiredParts on OrganizationRequired {
  organizations {
    ...DiscoveredOrganizationParts
  }
  pendingToken
}
fragment DiscoveredOrganizationParts on DiscoveredOrganization {
  id
  name
  relation
  mfaRequired
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
  organizationId
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
}`) as unknown as TypedDocumentString<ResetPasswordMutation, ResetPasswordMutationVariables>;
export const SignInWithExternalTokenDocument = new TypedDocumentString(`
    mutation SignInWithExternalToken($input: SignInWithExternalTokenInput!) {
  signInWithExternalToken(input: $input) {
    __typename
    ...SignedInParts
    ...MfaRequiredParts
    ...MfaEnrollmentRequiredParts
    ...OrganizationRequiredParts
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
fragment SignedInParts on SignedIn {
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
fragment MfaRequiredParts on MfaRequired {
  stepUp {
    ...StepUpParts
  }
  challenge {
    ...ChallengeParts
  }
  pendingToken
}
fragment MfaEnrollmentRequiredParts on MfaEnrollmentRequired {
  stepUp {
    ...StepUpParts
  }
  pendingToken
}
fragment OrganizationRequiredParts on OrganizationRequired {
  organizations {
    ...DiscoveredOrganizationParts
  }
  pendingToken
}
fragment DiscoveredOrganizationParts on DiscoveredOrganization {
  id
  name
  relation
  mfaRequired
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
  organizationId
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
}`) as unknown as TypedDocumentString<SignInWithExternalTokenMutation, SignInWithExternalTokenMutationVariables>;
export const DiscoverOrganizationsDocument = new TypedDocumentString(`
    query DiscoverOrganizations {
  discoverOrganizations {
    ...DiscoveredOrganizationParts
  }
}
    fragment DiscoveredOrganizationParts on DiscoveredOrganization {
  id
  name
  relation
  mfaRequired
}`) as unknown as TypedDocumentString<DiscoverOrganizationsQuery, DiscoverOrganizationsQueryVariables>;
export const SelectOrganizationDocument = new TypedDocumentString(`
    mutation SelectOrganization($input: SelectOrganizationInput!) {
  selectOrganization(input: $input) {
    __typename
    ...SignedInParts
    ...MfaRequiredParts
    ...MfaEnrollmentRequiredParts
    ...OrganizationRequiredParts
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
fragment SignedInParts on SignedIn {
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
fragment MfaRequiredParts on MfaRequired {
  stepUp {
    ...StepUpParts
  }
  challenge {
    ...ChallengeParts
  }
  pendingToken
}
fragment MfaEnrollmentRequiredParts on MfaEnrollmentRequired {
  stepUp {
    ...StepUpParts
  }
  pendingToken
}
fragment OrganizationRequiredParts on OrganizationRequired {
  organizations {
    ...DiscoveredOrganizationParts
  }
  pendingToken
}
fragment DiscoveredOrganizationParts on DiscoveredOrganization {
  id
  name
  relation
  mfaRequired
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
  organizationId
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
}`) as unknown as TypedDocumentString<SelectOrganizationMutation, SelectOrganizationMutationVariables>;
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
  organizationId
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