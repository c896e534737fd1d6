import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** Well-known ones that the list lacks. */
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

/** Whether anybody can have a mailbox there: that says nothing about where they belong. */
export type IsPublicMail = (domain: string) => boolean

/** By the list of the package email-providers, with more of the operator's. */
export function publicMailDomains(more: readonly string[] = []): IsPublicMail {
  const listed = require('email-providers/all.json') as readonly string[]
  const domains = new Set([...listed, ...MORE, ...more])
  return (domain) => domains.has(domain)
}
