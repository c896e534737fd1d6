import type { PasswordHasher } from '../../src/accounts/index.js'

const PASSWORD = 'a passphrase to be timed'

/** Milliseconds of processor time one password check takes, when `checks` of them are asked for at once. */
export async function passwordTime(passwords: PasswordHasher, checks: number): Promise<number> {
  const hash = await passwords.hash(PASSWORD)
  const before = process.cpuUsage()
  await Promise.all(Array.from({ length: checks }, () => passwords.verify(PASSWORD, hash)))
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000 / checks
}
