import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** Well-known domains that the list lacks. */
const MORE = [
  'duck.com',
  'fastmail.com',
  'fastmail.fm',
  'mozmail.com',
  'passmail.net',
  'posteo.de',
  'posteo.net',
  'simplelogin.com',
  'tuta.io',
  'tuta.com',
  'tutanota.com',
  'tutanota.de',
  'tutamail.com',
  'xs4all.nl',
  'ziggo.nl',
] as const

/** Whether anyone can have a mailbox there, so that an address says nothing about its owner's organization. */
export type IsPublicMail = (domain: string) => boolean

/** Uses the list of the package email-providers, plus the operator's own entries. */
export function publicMailDomains(more: readonly string[] = []): IsPublicMail {
  const listed = require('email-providers/all.json') as readonly string[]
  const domains = new Set([...listed, ...MORE, ...more])
  return (domain) => domains.has(domain)
}
