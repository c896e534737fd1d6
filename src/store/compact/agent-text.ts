/**
 * What most user agents consist of. Each fragment is stored as one control character, which no header can contain. Stored
 * values name a fragment by its place: append new ones, and never change or move the others.
 */
const FRAGMENTS = [
  'Mozilla/5.0 (',
  'Windows NT 10.0; Win64; x64',
  'Macintosh; Intel Mac OS X 10_15_7',
  'X11; Linux x86_64',
  'Linux; Android 10; K',
  ') AppleWebKit/537.36 (KHTML, like Gecko) Chrome/',
  ') AppleWebKit/605.1.15 (KHTML, like Gecko) ',
  '.0.0.0 Safari/537.36',
  '.0.0.0 Mobile Safari/537.36',
  'Version/',
  ' Safari/605.1.15',
  ' Mobile/15E148 Safari/604.1',
  ') Gecko/20100101 Firefox/',
  '; rv:',
  'iPhone; CPU iPhone OS ',
  'iPad; CPU OS ',
  ' like Mac OS X',
  ' Edg/',
  ' OPR/',
  'Linux; Android ',
  'Macintosh; Intel Mac OS X ',
  'Windows NT 10.0; ',
  'Android ',
] as const

const AS_IT_IS = '\0'
const CONTROL = /[\0-\x1f]/
const MARKS = /[\x01-\x1f]/g

/** A user agent with its usual fragments replaced by single characters: about a tenth of it. */
export function shortAgent(userAgent: string): string {
  if (CONTROL.test(userAgent)) return `${AS_IT_IS}${userAgent}`
  return FRAGMENTS.reduce(
    (text, fragment, place) => text.replaceAll(fragment, String.fromCharCode(place + 1)),
    userAgent,
  )
}

/** The user agent that `shortAgent` was given. */
export function fullAgent(short: string): string {
  if (short.startsWith(AS_IT_IS)) return short.slice(1)
  return short.replace(MARKS, (mark) => FRAGMENTS[mark.charCodeAt(0) - 1] ?? mark)
}
