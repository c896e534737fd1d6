import { dnsServer, domain, integer, list, optional, url } from './parsers.js'
import type { SettingSections } from './setting.js'

/** Organizations and their members: docs/organizations.md. */
export const ORGANIZATION_SETTINGS = {
  organizations: {
    perPerson: {
      env: 'STEPGATE_ORGANIZATIONS_PER_PERSON',
      parser: integer(1, 100),
      default: '20',
      meaning: 'Organizations of one account.',
    },
    admins: {
      env: 'STEPGATE_ORGANIZATION_ADMINS',
      parser: integer(1, 1_000),
      default: '50',
      meaning: 'Administrators of one organization.',
    },
    breakGlass: {
      env: 'STEPGATE_ORGANIZATION_BREAK_GLASS',
      parser: integer(0, 20),
      default: '2',
      meaning: "Members who can be exempt from an organization's policy.",
    },
    domains: {
      env: 'STEPGATE_ORGANIZATION_DOMAINS',
      parser: integer(0, 1_000),
      default: '10',
      meaning: 'Domains of one organization, verified or not.',
    },
    openInvitations: {
      env: 'STEPGATE_ORGANIZATION_INVITATIONS',
      parser: integer(0, 10_000),
      default: '100',
      meaning: 'Open invitations of one organization.',
    },
    invitationSeconds: {
      env: 'STEPGATE_INVITATION_LIFETIME',
      parser: integer(3_600, 2_592_000),
      default: '604800',
      unit: 'seconds',
      meaning: 'How long an invitation works.',
    },
    invitationUrl: {
      env: 'STEPGATE_INVITATION_URL',
      parser: optional(url('http:', 'https:')),
      default: '',
      defaultNote: '`<public URL>/invitation`',
      meaning: 'The page that invitations lead to. The token is in the fragment.',
    },
    membersPerPage: {
      env: 'STEPGATE_MEMBERS_PER_PAGE',
      parser: integer(1, 500),
      default: '100',
      meaning: 'Members on one page of a query.',
    },
    publicMailDomains: {
      env: 'STEPGATE_PUBLIC_MAIL_DOMAINS',
      parser: list(domain),
      default: '',
      meaning:
        'More public mail domains, in addition to the built-in list. Accounts cannot join an organization by them.',
    },
    dnsServers: {
      env: 'STEPGATE_DNS_SERVERS',
      parser: list(dnsServer),
      default: '',
      defaultNote: "the machine's",
      meaning: 'DNS servers for verifying domains, as addresses with an optional port.',
    },
  },
} as const satisfies SettingSections
