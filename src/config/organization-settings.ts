import { dnsServer, domain, integer, list, optional, url } from './parsers.js'
import type { SettingTable } from './setting.js'

/** Organizations and their members: docs/organizations.md. */
export const ORGANIZATION_SETTINGS = {
  organizationsPerPerson: {
    env: 'STEPGATE_ORGANIZATIONS_PER_PERSON',
    parser: integer(1, 100),
    default: '20',
    meaning: 'Organizations one person may be in.',
  },
  organizationAdmins: {
    env: 'STEPGATE_ORGANIZATION_ADMINS',
    parser: integer(1, 1_000),
    default: '50',
    meaning: 'Administrators an organization may have.',
  },
  organizationBreakGlass: {
    env: 'STEPGATE_ORGANIZATION_BREAK_GLASS',
    parser: integer(0, 20),
    default: '2',
    meaning: 'Members an organization may set its policy aside for.',
  },
  organizationDomains: {
    env: 'STEPGATE_ORGANIZATION_DOMAINS',
    parser: integer(0, 1_000),
    default: '10',
    meaning: 'Domains an organization may have, proved or not.',
  },
  organizationInvitations: {
    env: 'STEPGATE_ORGANIZATION_INVITATIONS',
    parser: integer(0, 10_000),
    default: '100',
    meaning: 'Invitations of an organization that may be open at once.',
  },
  invitationSeconds: {
    env: 'STEPGATE_INVITATION_LIFETIME',
    parser: integer(3_600, 2_592_000),
    default: '604800',
    unit: 'seconds',
    meaning: 'How long an invitation is good for.',
  },
  invitationUrl: {
    env: 'STEPGATE_INVITATION_URL',
    parser: optional(url('http:', 'https:')),
    default: '',
    defaultNote: '`<public URL>/invitation`',
    meaning: 'The page that invitations lead to; the token is in the fragment.',
  },
  membersPerPage: {
    env: 'STEPGATE_MEMBERS_PER_PAGE',
    parser: integer(1, 500),
    default: '100',
    meaning: 'Members that may be asked for at once.',
  },
  publicMailDomains: {
    env: 'STEPGATE_PUBLIC_MAIL_DOMAINS',
    parser: list(domain),
    default: '',
    meaning: 'Further domains where anybody can have a mailbox, beside those that are known: nobody joins by them.',
  },
  dnsServers: {
    env: 'STEPGATE_DNS_SERVERS',
    parser: list(dnsServer),
    default: '',
    defaultNote: 'those of the machine',
    meaning: 'DNS servers to ask whether a domain is theirs, as addresses, perhaps with a port.',
  },
} as const satisfies SettingTable
