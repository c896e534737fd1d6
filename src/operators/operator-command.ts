import type { Account } from '../accounts/index.js'
import { grantRole, revokeRole, type ChangeOperatorsDeps } from './change-operators.js'

export type OperatorCommand =
  | { readonly kind: 'grant'; readonly who: string }
  | { readonly kind: 'revoke'; readonly who: string; readonly force: boolean }
  | { readonly kind: 'list' }

type Print = (line: string) => void

/** `stepgate admin …`: runs the command, reports the result, and returns the exit status. */
export async function operatorCommand(
  deps: ChangeOperatorsDeps & { readonly print: Print },
  command: OperatorCommand,
): Promise<0 | 1> {
  switch (command.kind) {
    case 'grant':
      return grant(deps, command.who)
    case 'revoke':
      return revoke(deps, command)
    case 'list':
      return list(deps)
  }
}

async function grant(deps: ChangeOperatorsDeps & { readonly print: Print }, who: string): Promise<0 | 1> {
  const outcome = await grantRole(deps, who)
  switch (outcome.kind) {
    case 'granted':
      deps.print(`${nameOf(outcome.account)} is now an operator. ${sessions(outcome.endedSessions)} ended.`)
      deps.print('The role applies from the next sign-in, which requires a second factor or its enrolment.')
      return 0
    case 'held':
      deps.print(`${nameOf(outcome.account)} is already an operator. Nothing changed.`)
      return 0
    case 'not-eligible':
      deps.print(`${nameOf(outcome.account)} cannot be an operator: ${whyNot(outcome.account)}.`)
      return 1
    case 'unknown':
      return unknown(deps, who)
  }
}

async function revoke(
  deps: ChangeOperatorsDeps & { readonly print: Print },
  { who, force }: { readonly who: string; readonly force: boolean },
): Promise<0 | 1> {
  const outcome = await revokeRole(deps, { who, force })
  switch (outcome.kind) {
    case 'revoked':
      deps.print(`${nameOf(outcome.account)} is no longer an operator, from the next request on.`)
      if (outcome.keys.length > 0) {
        deps.print(
          'It has seen the secrets of these service keys, which keep working until they are rotated or revoked:',
        )
        for (const { id, name } of outcome.keys) deps.print(`${id}  ${name}`)
      }
      return 0
    case 'not-held':
      deps.print(`${nameOf(outcome.account)} is not an operator.`)
      return 1
    case 'last':
      deps.print(
        `${nameOf(outcome.account)} is the last operator who can sign in: without it, no one could use the admin API.`,
      )
      deps.print('Grant the role to another account first, or use --force.')
      return 1
    case 'unknown':
      return unknown(deps, who)
  }
}

async function list({ operators, print }: ChangeOperatorsDeps & { readonly print: Print }): Promise<0> {
  const all = await operators.list()
  if (all.length === 0) print('There are no operators.')
  for (const account of all) {
    const { grantedAt, grantedBy } = account.roles.ADMIN ?? {}
    const by = grantedBy === 'SETTING' ? 'by STEPGATE_ADMINISTRATORS' : 'by command'
    const status = account.status === 'ACTIVE' ? '' : ` (${account.status.toLowerCase()})`
    print(`${account.id}  ${account.email}  since ${grantedAt?.toISOString() ?? ''} ${by}${status}`)
  }
  return 0
}

function unknown({ print }: { readonly print: Print }, who: string): 1 {
  const what = who.includes('@') ? 'address' : 'id'
  print(
    `There is no account with the ${what} ${printable(who)}. The person must sign up and confirm the address first.`,
  )
  return 1
}

function whyNot({ linkedTo, status }: Account): string {
  if (linkedTo === null) return `it is ${status.toLowerCase()}`
  return 'another login vouches for it, and that login could sign in as the account'
}

const nameOf = ({ id, email }: Account): string => `${email} (${id})`

const sessions = (count: number): string => (count === 1 ? '1 session was' : `${count} sessions were`)

/** The typed text may hold anything; control characters must not reach the terminal. */
const printable = (text: string): string => text.slice(0, 254).replaceAll(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '?')
